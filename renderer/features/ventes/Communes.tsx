import { ArrowRight, Upload } from 'lucide-react';
import { useMemo, useState } from 'react';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import type { ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { Bandeau, Bouton, Echec, Segments, Squelette } from '../../ui/index.ts';
import { ecrireCommunes } from './gestes.ts';
import { useVentes, type CommuneVente, type Resume } from './magasin.ts';
import { TableLocale } from './TableLocale.tsx';

const MODIFIABLES: ReadonlySet<string> = new Set(['taux', 'objectif', 'residences', 'sociaux', 'carence', 'mixite', 'source']);
const virgule = (t: string | null): string => (t === null ? '' : t.replace('.', ','));
const ouiNon = (v: boolean | null): string => (v === null ? '' : v ? 'oui' : 'non');

function texte(c: CommuneVente, colonne: string): string {
  switch (colonne) {
    case 'taux': return virgule(c.taux);
    case 'objectif': return virgule(c.objectif);
    case 'residences': return c.residences === null ? '' : String(c.residences);
    case 'sociaux': return c.sociaux === null ? '' : String(c.sociaux);
    case 'carence': return ouiNon(c.carence);
    case 'mixite': return ouiNon(c.mixite);
    case 'source': return c.source;
    case 'nom': return c.nom;
    default: return '';
  }
}

function Etat({ etat }: { etat: CommuneVente['actuel'] }) {
  if (etat.atteint === null) return <span className="doux">{etat.manque.length === 0 ? '–' : `il manque ${etat.manque.join(', ')}`}</span>;
  return (
    <span className={etat.atteint ? '' : 'ventes-sous'}>
      {etat.atteint ? 'atteint' : 'non atteint'}
      {etat.dit !== '' && <span className="doux"> ({typographie(etat.dit)})</span>}
    </span>
  );
}

const saisie = (cle: string, libelle: string, largeur: number, aide: string, droite = false): ColonneLocale<CommuneVente> => ({
  cle, libelle, largeur, aide, droite, triable: true, valeur: (c) => texte(c, cle), contenu: (c) => texte(c, cle),
});
const nomDeCommune = (largeur: number): ColonneLocale<CommuneVente> => ({ cle: 'nom', libelle: 'Commune', largeur, triable: true, valeur: (c) => c.nom, contenu: (c) => c.nom, sujet: (c) => `ventes/commune/${c.commune}` });
const AU_PLAN: ColonneLocale<CommuneVente> = { cle: 'logements', libelle: 'Au plan', largeur: 64, aide: 'Logements du plan dans la commune', droite: true, triable: true, valeur: (c) => c.logements, contenu: (c) => nombre(c.logements), sujet: (c) => `ventes/commune/${c.commune}` };

/** Deux vues, dont chacune tient dans une fenêtre de 1 280 pixels : ce qui fait le taux, et le reste. */
type VueColonnes = 'taux' | 'carence';
const VUES: readonly { valeur: VueColonnes; libelle: string }[] = [{ valeur: 'taux', libelle: 'Taux' }, { valeur: 'carence', libelle: 'Carence et sources' }];
const COLONNES: Record<VueColonnes, readonly ColonneLocale<CommuneVente>[]> = {
  taux: [
    nomDeCommune(150),
    AU_PLAN,
    saisie('taux', 'Taux (%)', 66, 'Taux de logements sociaux de la commune (L302-5)', true),
    saisie('objectif', 'À atteindre (%)', 84, 'Taux mentionné à l’article L302-5', true),
    saisie('residences', 'Résidences principales', 94, 'Pour le calcul exact après les ventes', true),
    saisie('sociaux', 'Logements sociaux', 90, 'Au sens de l’article L302-5', true),
    { cle: 'actuel', libelle: 'Aujourd’hui', largeur: 231, triable: true, valeur: (c) => (c.actuel.atteint === null ? null : c.actuel.atteint ? 1 : 0), contenu: (c) => <Etat etat={c.actuel} />, sujet: (c) => `ventes/commune/${c.commune}` },
    { cle: 'apres', libelle: 'Après les ventes du plan', largeur: 231, triable: true, valeur: (c) => (c.apres.atteint === null ? null : c.apres.atteint ? 1 : 0), contenu: (c) => <Etat etat={c.apres} />, sujet: (c) => `ventes/commune/${c.commune}` },
  ],
  carence: [
    nomDeCommune(220),
    AU_PLAN,
    saisie('carence', 'Arrêté de carence', 130, 'L443-7 : oui ou non'),
    saisie('mixite', 'Contrat de mixité sociale', 170, 'L443-7 : conclu, l’arrêté de carence n’interdit plus la vente'),
    saisie('source', 'Source', 420, 'D’où viennent ces chiffres'),
  ],
};

/** Les communes du plan : leur taux de logements sociaux, ce que les ventes en font, l'arrêté de carence. */
export function Communes({ resume, lectureSeule }: { resume: Resume; lectureSeule: boolean }) {
  const lu = useRequete('ventes.communes', {});
  const choisie = useVentes((s) => s.choisie);
  const importer = useOperation('ventes.importerCommunes');
  const [colonnes, setColonnes] = useState<VueColonnes>('taux');
  const incoherentes = useMemo(() => lu.donnees?.lignes.filter((c) => c.incoherent !== null) ?? [], [lu.donnees]);
  async function charger() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Table des communes (taux, objectif, carence)', filtres: [FILTRES.tableauOuOds] });
    if (chemin) await importer.lancer({ chemin });
  }
  if (!lu.donnees) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={8} />;
  return (
    <>
      <div className="table-actions">
        {!lectureSeule && <Bouton icone={Upload} occupe={importer.enCours} onClick={() => void charger()}>Charger une table de communes</Bouton>}
        <Bouton icone={ArrowRight} disabled={choisie === null || !lu.donnees.lignes.some((c) => c.commune === choisie)} onClick={() => choisie !== null && useVentes.setState({ vue: 'plan', filtre: { communes: [choisie] } })}>Voir ses logements</Bouton>
        <span className="ventes-outils"><Segments<VueColonnes> nom="Colonnes des communes" valeur={colonnes} options={VUES} surChoix={setColonnes} /></span>
        <span className="doux">
          Colonnes lues : commune, taux, objectif, residences, sociaux, carence, mixite, source. {lu.donnees.chargees > 0 && `${accord(lu.donnees.chargees, 'commune renseignée', 'communes renseignées')}.`} Aucun taux n’est fourni.
        </span>
      </div>
      {importer.erreur && <Echec erreur={importer.erreur} fermer={importer.effacer} />}
      {importer.resultat && (
        <Bandeau
          ton={importer.resultat.refusees.length > 0 ? 'attention' : 'succes'}
          titre={`${accord(importer.resultat.enregistrees, 'commune gardée', 'communes gardées')} sur ${accord(importer.resultat.lignes, 'ligne')}.`}
          actions={<Bouton variante="texte" onClick={importer.effacer}>Masquer</Bouton>}
        >
          {importer.resultat.refusees.slice(0, 5).map((r) => <p key={r.ligne}>Ligne {r.ligne} refusée : {typographie(r.raison)}</p>)}
          {importer.resultat.refusees.length > 5 && <p>Et {accord(importer.resultat.refusees.length - 5, 'autre refus', 'autres refus')}.</p>}
          {importer.resultat.remarques.map((r) => <p key={r}>{typographie(r)}</p>)}
          {importer.resultat.colonnesIgnorees.length > 0 && <p>Colonnes ignorées : {importer.resultat.colonnesIgnorees.join(', ')}.</p>}
        </Bandeau>
      )}
      {incoherentes.map((c) => (
        <Bandeau key={c.commune} ton="attention" titre={`${c.nom} : le taux saisi (${virgule(c.taux)} %) n’est pas celui des nombres saisis (${virgule(c.incoherent)} %).`} />
      ))}
      <TableLocale
        key={colonnes}
        nom="Communes du plan" colonnes={COLONNES[colonnes]} lignesTexte={colonnes === 'taux' ? 3 : 2} lignes={lu.donnees.lignes} cleDe={(c) => c.commune} nomDe={(c) => c.nom} modifiables={MODIFIABLES} texte={texte}
        options={(c) => (c === 'carence' || c === 'mixite' ? [{ valeur: 'oui', libelle: 'oui' }, { valeur: 'non', libelle: 'non' }] : null)}
        ecrire={ecrireCommunes} lectureSeule={lectureSeule} choisie={choisie} surChoix={(cle) => useVentes.setState({ choisie: cle })} vide="Aucune commune : le plan est vide."
      />
      <div className="ventes-notes doux petit">{resume.incertitudes.slice(0, 2).map((t) => <p key={t}>{typographie(t)}</p>)}</div>
    </>
  );
}
