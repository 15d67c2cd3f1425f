import { FileText, Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { appeler } from '../../app/service.ts';
import type { ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { accord, date, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { Bandeau, Bouton, Champ, Choix, classes, Echec, Saisie, Segments, Squelette } from '../../ui/index.ts';
import { ecrireConsultations, mener } from './gestes.ts';
import { useVentes, type Consultation } from './magasin.ts';
import { TableLocale } from './TableLocale.tsx';

const QUALITES = { commune: 'commune', collectivite: 'collectivité', groupement: 'groupement' } as const;
const REPONSES = { favorable: 'favorable', defavorable: 'défavorable', reserves: 'avec réserves' } as const;
const MODIFIABLES: ReadonlySet<string> = new Set(['adresse', 'envoyee', 'recue', 'reponse', 'repondue', 'echeance', 'motif', 'note', 'nom', 'communes', 'logements']);
const jour = (d: string | null): string => (d === null ? '' : date(d));

function texte(c: Consultation, colonne: string): string {
  switch (colonne) {
    case 'nom': return c.nom;
    case 'adresse': return c.adresse;
    case 'envoyee': return jour(c.envoyee);
    case 'recue': return jour(c.recue);
    case 'reponse': return c.reponse === null ? '' : REPONSES[c.reponse];
    case 'repondue': return jour(c.repondue);
    case 'echeance': return jour(c.echeance);
    case 'motif': return c.motif;
    case 'note': return c.note;
    case 'communes': return c.communes.join(', ');
    case 'logements': return c.identifiants.join(' ; ');
    default: return '';
  }
}

const sujet = (c: Consultation): string => `ventes/consultation/${c.cle}`;
const saisie = (cle: string, libelle: string, largeur: number, aide?: string): ColonneLocale<Consultation> => ({
  cle, libelle, largeur, triable: true, valeur: (c) => texte(c, cle), contenu: (c) => texte(c, cle), ...(aide === undefined ? {} : { aide }),
});
const NOM: ColonneLocale<Consultation> = { cle: 'nom', libelle: 'Consulté', largeur: 158, triable: true, valeur: (c) => c.nom, sujet, contenu: (c) => <>{c.nom} <span className="doux">{QUALITES[c.nature]}</span></> };
const NOMBRE: ColonneLocale<Consultation> = { cle: 'nombre', libelle: 'Logements', largeur: 82, droite: true, triable: true, valeur: (c) => c.logements, sujet, contenu: (c) => nombre(c.logements) };

/** Deux vues, dont chacune tient dans une fenêtre de 1 280 pixels, où en est l'avis compris. */
type VueColonnes = 'suivi' | 'garanties';
const VUES: readonly { valeur: VueColonnes; libelle: string }[] = [{ valeur: 'suivi', libelle: 'Suivi' }, { valeur: 'garanties', libelle: 'Garanties et lettres' }];
const COLONNES: Record<VueColonnes, readonly ColonneLocale<Consultation>[]> = {
  suivi: [
    NOM,
    NOMBRE,
    saisie('envoyee', 'Envoyée le', 93),
    saisie('recue', 'Reçue le', 93, 'Jour où le maire a reçu la consultation : le délai en court'),
    {
      cle: 'limite', libelle: 'Délai jusqu’au', largeur: 93, triable: true, sujet, valeur: (c) => c.limite, aide: 'Deux mois de la réception pour la commune (L445-1) ; proposé pour les autres',
      contenu: (c) => (c.limite === null ? '' : <>{date(c.limite)}{c.limite === c.echeance ? <span className="doux"> retenu</span> : !c.delaiLegal && <span className="doux"> proposé</span>}</>),
    },
    saisie('reponse', 'Avis reçu', 90, 'favorable, défavorable, avec réserves, ou vide'),
    saisie('repondue', 'Avis du', 93),
    {
      cle: 'etat', libelle: 'Où en est l’avis', largeur: 128, triable: true, sujet, valeur: (c) => c.libelleEtat,
      contenu: (c) => (
        <>
          <span className={classes('ventes-etat', `ventes-etat-${c.etat}`)}>{c.libelleEtat}{c.tardif ? ' (réponse tardive)' : ''}</span>
          {c.aVerifier.length > 0 && <> <span className="ventes-drapeau ventes-drapeau-a-justifier" title={typographie(c.aVerifier.join(' '))}>à vérifier</span></>}
        </>
      ),
    },
    saisie('echeance', 'Date retenue', 93, 'Remplace la date calculée, avec un motif ; ne peut pas abréger le délai d’une commune'),
    saisie('motif', 'Motif', 88, 'Motif de la date retenue'),
  ],
  garanties: [
    NOM,
    NOMBRE,
    saisie('communes', 'Communes garanties', 160, 'Codes Insee, pour une collectivité qui a financé ou garanti'),
    saisie('logements', 'Logements garantis', 200, 'Identifiants du plan, séparés par des points-virgules'),
    saisie('adresse', 'Adresse de la lettre', 216),
    saisie('note', 'Note', 180, 'Reste dans le dossier'),
  ],
};

/** Les consultations sur le plan : une par commune, une par collectivité saisie ; lettres, délais, réponses. */
export function Consultations({ lectureSeule }: { lectureSeule: boolean }) {
  const lu = useRequete('ventes.consultations', {});
  const choisie = useVentes((s) => s.choisie);
  const [ajout, setAjout] = useState(false);
  const [colonnes, setColonnes] = useState<VueColonnes>('suivi');
  const courriers = useOperation('ventes.courriers', false);
  if (!lu.donnees) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={8} />;
  const { lignes } = lu.donnees;
  const retirable = lignes.find((c) => c.cle === choisie && c.nature !== 'commune');
  async function ecrire() {
    const repertoire = await window.atelier.choisirRepertoire({ titre: 'Où écrire les lettres de consultation' });
    if (!repertoire) return;
    const r = await courriers.lancer({ repertoire });
    const premiere = r?.fichiers[0];
    if (premiere) window.atelier.montrerFichier(premiere.chemin);
  }
  return (
    <>
      <div className="table-actions">
        <Bouton variante="principal" icone={FileText} occupe={courriers.enCours} disabled={lignes.every((c) => c.logements === 0)} onClick={() => void ecrire()}>Écrire les lettres</Bouton>
        {!lectureSeule && <Bouton icone={Plus} aria-expanded={ajout} onClick={() => setAjout(!ajout)}>Ajouter un garant ou financeur…</Bouton>}
        {!lectureSeule && retirable && <Bouton icone={Trash2} onClick={() => void mener(() => appeler('ventes.retirerGarant', { cle: retirable.cle }))}>{`Retirer ${retirable.nom}`}</Bouton>}
        <span className="ventes-outils"><Segments<VueColonnes> nom="Colonnes des consultations" valeur={colonnes} options={VUES} surChoix={setColonnes} /></span>
      </div>
      {ajout && <Ajout fermer={() => setAjout(false)} />}
      {courriers.erreur && <Echec erreur={courriers.erreur} fermer={courriers.effacer} />}
      {courriers.resultat && (
        <Bandeau ton="succes" titre={`${accord(courriers.resultat.fichiers.length, 'lettre écrite', 'lettres écrites')} dans ${nomDeFichier(courriers.resultat.repertoire)}.`} actions={<Bouton variante="texte" onClick={courriers.effacer}>Masquer</Bouton>}>
          {courriers.resultat.ecartesDits !== '' && <p>Dans aucune lettre : {typographie(courriers.resultat.ecartesDits)}.</p>}
          {courriers.resultat.sansLogement.length > 0 && <p>Sans logement du plan, donc sans lettre : {courriers.resultat.sansLogement.join(', ')}.</p>}
        </Bandeau>
      )}
      <TableLocale
        key={colonnes}
        nom="Consultations sur le plan" colonnes={COLONNES[colonnes]} lignesTexte={lignes.some((c) => c.tardif || c.aVerifier.length > 0) ? 3 : 2} lignes={lignes} cleDe={(c) => c.cle} nomDe={(c) => c.nom} modifiables={MODIFIABLES} texte={texte}
        options={(c) => (c === 'reponse' ? Object.values(REPONSES).map((v) => ({ valeur: v, libelle: v })) : null)}
        ecrire={ecrireConsultations} lectureSeule={lectureSeule} choisie={choisie} surChoix={(cle) => useVentes.setState({ choisie: cle })} vide="Aucune commune à consulter : aucun logement du plan ne le demande."
      />
      <div className="ventes-notes doux petit">
        {lu.donnees.ecartesDits !== '' && <p>Sans consultation : {typographie(lu.donnees.ecartesDits)}.</p>}
        <p>{typographie(lu.donnees.silence)} {typographie(lu.donnees.opposition)} ({lu.donnees.article})</p>
        <p>{typographie(lu.donnees.sansDelai)}</p>
      </div>
    </>
  );
}

type Nature = 'collectivite' | 'groupement';

function Ajout({ fermer }: { fermer: () => void }) {
  const [nom, setNom] = useState('');
  const [nature, setNature] = useState<Nature>('collectivite');
  async function ajouter(e: FormEvent) {
    e.preventDefault();
    const r = await mener(() => appeler('ventes.ajouterGarant', { nature, nom: nom.trim() }));
    if (r === null) return;
    useVentes.setState({ choisie: r.cle });
    fermer();
  }
  return (
    <form className="appliquer-formulaire" onSubmit={(e) => void ajouter(e)}>
      <Champ libelle="Nom">{({ id }) => <Saisie id={id} autoFocus value={nom} onChange={(e) => setNom(e.target.value)} />}</Champ>
      <Champ libelle="Qualité">
        {({ id }) => <Choix<Nature> id={id} valeur={nature} options={[{ valeur: 'collectivite', libelle: 'Collectivité' }, { valeur: 'groupement', libelle: 'Groupement de collectivités' }]} surChoix={setNature} />}
      </Champ>
      <span className="appliquer-boutons">
        <Bouton type="submit" variante="principal" disabled={nom.trim() === ''}>Ajouter</Bouton>
        <Bouton variante="texte" onClick={fermer}>Fermer</Bouton>
      </span>
    </form>
  );
}
