import { LIBELLE_COLONNE_VENTE, COLONNES_VENTE } from '../../../shared/domain/ventes/saisie.ts';
import type { ColonneGrille } from '../../grille/colonnes.ts';
import { date, deuxDecimales } from '../../ui/format.ts';
import { classes } from '../../ui/index.ts';
import type { Resume, Vente } from './magasin.ts';

export const MODIFIABLES: ReadonlySet<string> = new Set(COLONNES_VENTE);
const TYPES: Readonly<Record<string, string>> = { C: 'Collectif', I: 'Individuel', E: 'Étudiant' };
const sujet = (colonne: string) => (l: Vente): string => `ventes/logement/${l.identifiant}/${colonne}`;

/** Le texte d'une case modifiable, tel qu'il se tape, se copie et se recopie. */
export function texteCase(resume: Resume, l: Vente, colonne: string): string {
  switch (colonne) {
    case 'annee': return l.annee === null ? '' : String(l.annee);
    case 'acquereur': return l.acquereur === null ? '' : (resume.listeAcquereurs.find((a) => a.code === l.acquereur)?.court ?? l.acquereur);
    case 'etat': return resume.listeEtats.find((e) => e.code === l.etat)?.libelle ?? l.etat;
    case 'date': return l.date === null ? '' : date(l.date);
    case 'conso': return l.conso === null ? '' : l.conso.replace('.', ',');
    case 'documents': return l.documents ? 'oui' : 'non';
    case 'note': return l.note;
    default: return String(COPIES[colonne]?.(l) ?? '');
  }
}

const COPIES: Readonly<Record<string, (l: Vente) => string | number | null>> = {
  adresse: (l) => l.adresse, identifiant: (l) => l.identifiant, nomCommune: (l) => l.nomCommune, nomEpci: (l) => l.nomEpci, nomEnsemble: (l) => l.nomEnsemble, type: (l) => l.type, pieces: (l) => l.pieces, surface: (l) => l.surface,
  construct: (l) => l.construct, dpe: (l) => l.dpe, drapeaux: (l) => l.drapeaux.map((d) => d.court).join(', '),
};

/** Les valeurs proposées d'une case fermée. */
export function optionsCase(resume: Resume, colonne: string): readonly { valeur: string; libelle: string }[] | null {
  switch (colonne) {
    case 'annee': return resume.periode.map((a) => ({ valeur: String(a), libelle: String(a) }));
    case 'acquereur': return resume.listeAcquereurs.map((a) => ({ valeur: a.court, libelle: a.libelle }));
    case 'etat': return resume.listeEtats.map((e) => ({ valeur: e.libelle, libelle: e.libelle }));
    case 'documents': return [{ valeur: 'oui', libelle: 'Réunis' }, { valeur: 'non', libelle: 'À réunir' }];
    default: return null;
  }
}

function Drapeaux({ l }: { l: Vente }) {
  return (
    <span className="ventes-drapeaux">
      {l.drapeaux.map((d) => (
        <span key={d.code} className={classes('ventes-drapeau', `ventes-drapeau-${d.niveau}`)} title={`${d.texte} (${d.article})`}>
          {d.court} <span className="ventes-article">{d.article}</span>
        </span>
      ))}
    </span>
  );
}

/** Les colonnes du plan : ce qui situe le logement, ce que la personne en décide, ce qu'il faut en savoir. */
export function colonnesPlan(resume: Resume): ColonneGrille<Vente>[] {
  const saisie = (cle: string, libelle: string, largeur: number, autres: Partial<ColonneGrille<Vente>> = {}): ColonneGrille<Vente> => ({
    cle, libelle, largeur, triable: true, sujet: sujet(cle), contenu: (l) => texteCase(resume, l, cle), ...autres,
  });
  return [
    { cle: 'adresse', libelle: 'Adresse', largeur: 250, triable: true, sujet: sujet('drapeaux'), contenu: (l) => (l.adresse === '' ? <span className="doux">{l.identifiant}</span> : l.adresse) },
    { cle: 'identifiant', libelle: 'Identifiant', largeur: 118, triable: true, contenu: (l) => l.identifiant },
    { cle: 'nomCommune', libelle: 'Commune', largeur: 130, triable: true, contenu: (l) => l.nomCommune },
    saisie('annee', 'Mise en vente', 104, { aide: LIBELLE_COLONNE_VENTE.annee, droite: true }),
    saisie('acquereur', 'Acquéreur', 146, { aide: 'Acquéreur prévu (R445-5)', contenu: (l) => (l.acquereur === null ? <span className="doux">à dire</span> : texteCase(resume, l, 'acquereur')) }),
    saisie('etat', 'État', 140),
    saisie('date', 'Date', 92, { aide: 'Date de la commercialisation ou de la vente' }),
    { cle: 'drapeaux', libelle: 'À signaler', largeur: 300, triable: true, sujet: sujet('drapeaux'), contenu: (l) => <Drapeaux l={l} /> },
    { cle: 'dpe', libelle: 'DPE', largeur: 62, triable: true, aide: 'Classe d’énergie déclarée au RPLS', contenu: (l) => l.dpe ?? <span className="doux">–</span> },
    saisie('conso', 'kWhEP/m²/an', 100, { aide: `${LIBELLE_COLONNE_VENTE.conso} : saisie, elle l’emporte sur la classe`, droite: true }),
    saisie('documents', 'Documents', 92, { aide: 'Documents d’habitabilité et d’énergie réunis (L445-1)' }),
    { cle: 'construct', libelle: 'Construit', largeur: 82, droite: true, triable: true, contenu: (l) => l.construct ?? '–' },
    { cle: 'type', libelle: 'Type', largeur: 92, triable: true, contenu: (l) => (l.type === null ? '–' : (TYPES[l.type] ?? l.type)) },
    { cle: 'pieces', libelle: 'Pièces', largeur: 64, droite: true, triable: true, contenu: (l) => l.pieces ?? '–' },
    { cle: 'surface', libelle: 'Surface (m²)', largeur: 92, droite: true, triable: true, aide: 'Surface habitable', contenu: (l) => (l.surface === null ? '–' : deuxDecimales(l.surface)) },
    { cle: 'nomEpci', libelle: 'EPCI', largeur: 220, triable: true, contenu: (l) => l.nomEpci },
    { cle: 'nomEnsemble', libelle: 'Ensemble', largeur: 180, triable: true, contenu: (l) => l.nomEnsemble },
    saisie('note', 'Note', 180, { aide: 'Reste dans le dossier : le paquet ne la porte pas' }),
  ];
}
