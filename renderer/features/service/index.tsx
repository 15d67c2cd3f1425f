import { Download, Redo2, Sparkles, Star, Undo2, Users } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { parseNote } from '../../../shared/domain/service-rendu/echelle.ts';
import { listCriteres } from '../../../shared/domain/service-rendu/types.ts';
import { MENTION_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { aplatir } from '../../app/entreesPalette.ts';
import { useEnregistrement } from '../../app/enregistrement.ts';
import { HORS_SAISIE, useAnnulation, useHistorique } from '../../app/historique.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete, useVersion } from '../../app/requetes.ts';
import { allerEtape, useSession } from '../../app/session.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { Bandeau, Bouton, BoutonIcone, Choix, Echec, Recherche, Segments, Squelette, Vide } from '../../ui/index.ts';
import { blocDe } from '../engagements/selection.ts';
import { EnBloc } from './EnBloc.tsx';
import { GrilleEditeur } from './GrilleEditeur.tsx';
import { champNote, chargerNotes, filePrete, remonter, useService, type EnsembleNote, type Notes, type Vue } from './magasin.ts';
import { BandeauImportNotes, BoutonImport } from './ImportNotes.tsx';
import { Resultats } from './Resultats.tsx';
import { TableNotes, type Selection } from './TableNotes.tsx';
import './service.css';

type Grille = NonNullable<Sortie<'serviceRendu.grille'>['grille']>;
const VUES: { valeur: Vue; libelle: string }[] = [{ valeur: 'notes', libelle: 'Notes' }, { valeur: 'resultats', libelle: 'Résultats' }, { valeur: 'grille', libelle: 'Grille' }];
const RELECTURE_MS = 700;
/** Une opération d'un autre écran n'est pas annulée d'ici : `remonter` la nomme, et dit où. */
const MENEES = { annuler: () => void remonter('annuler'), refaire: () => void remonter('refaire') };

/** Étape Service rendu : la grille de l'organisme, les notes de ses ensembles, ce qu'elles donnent. */
export default function Service() {
  const info = useRequete('dossier.info', {}).donnees;
  const etat = useRequete('serviceRendu.grille', {});
  const { notes, erreur } = useNotes();
  const vue = useService((s) => s.vue);
  const dit = useService((s) => s.dit);
  useCible();
  useAnnulation(useHistorique(HORS_SAISIE), info?.lectureSeule === false ? MENEES : null);
  // Une autre grille : ses colonnes se relisent tout de suite, sans attendre que la frappe s'arrête.
  const enRetard = etat.donnees?.grille != null && notes !== null && !memesCriteres(etat.donnees.grille, notes);
  useEffect(() => {
    if (enRetard) void chargerNotes();
  }, [enRetard]);
  if (!etat.donnees || !info || !notes || enRetard) {
    const manque = etat.erreur ?? erreur;
    return <section className="service" aria-label="Service rendu">{manque ? <Echec erreur={manque} reessayer={() => { etat.recharger(); void chargerNotes(); }} /> : <Squelette lignes={12} />}</section>;
  }
  const { grille } = etat.donnees;
  if (notes.ensembles.length === 0 || grille === null) return <SansGrille parc={notes.ensembles.length > 0} proposee={etat.donnees.proposee} lectureSeule={info.lectureSeule} />;
  return (
    <section className="service" aria-label="Service rendu">
      <header className="service-tete">
        <h1 className="titre-ecran">Service rendu</h1>
        <Segments nom="Vue du service rendu" valeur={vue} options={VUES} surChoix={(v) => useService.setState({ vue: v })} />
        <Couverture />
        <Outils lectureSeule={info.lectureSeule} />
      </header>
      {dit !== null && <Bandeau ton="info" titre={typographie(dit)} actions={<Bouton variante="texte" onClick={() => useService.setState({ dit: null })}>Masquer</Bouton>} />}
      {erreur && <Echec erreur={erreur} reessayer={() => void chargerNotes()} />}
      <Bilan />
      <BandeauImportNotes />
      {vue === 'notes' && <VueNotes notes={notes} grille={grille} lectureSeule={info.lectureSeule} />}
      {vue === 'resultats' && <Resultats grille={grille} />}
      {vue === 'grille' && <GrilleEditeur enregistree={grille} lectureSeule={info.lectureSeule} />}
    </section>
  );
}

const memesCriteres = (grille: Grille, notes: Notes): boolean =>
  listCriteres(grille).map((c) => c.code).join() === notes.criteres.map((c) => c.code).join();

/** Relit les notes après une écriture, quand plus rien n'attend : jamais au milieu d'une frappe. */
function useNotes() {
  const version = useVersion();
  const occupe = useEnregistrement((s) => s.enCours !== null || s.attente.length > 0);
  const { notes, erreur } = useService();
  useEffect(() => {
    if (!useService.getState().notes) {
      void chargerNotes();
      return undefined;
    }
    if (occupe) return undefined;
    const minuterie = setTimeout(() => filePrete() && void chargerNotes(), RELECTURE_MS);
    return () => clearTimeout(minuterie);
  }, [version, occupe]);
  useEffect(() => () => useService.setState({ notes: null }), []);
  return { notes, erreur };
}

/** Un champ demandé d'ailleurs (inspecteur, observation) ouvre la bonne vue. */
function useCible() {
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (!cible?.champ.startsWith('service-rendu')) return;
    useService.setState({ vue: cible.champ === 'service-rendu/grille' ? 'grille' : cible.champ.startsWith('service-rendu/note/') ? 'notes' : 'resultats' });
    useSession.setState({ cible: null });
  }, [cible]);
}

function SansGrille({ parc, proposee, lectureSeule }: { parc: boolean; proposee: Grille; lectureSeule: boolean }) {
  const definir = useOperation('serviceRendu.definirGrille');
  return (
    <section className="service" aria-label="Service rendu">
      {definir.erreur && <Echec erreur={definir.erreur} />}
      {parc ? (
        <Vide icone={Star} phrase="L’état du service rendu se lit ici : la grille de l’organisme, les notes de ses ensembles immobiliers, le résultat de chacun et de chaque territoire (R445-3).">
          {!lectureSeule && (
            <Bouton variante="principal" icone={Sparkles} occupe={definir.enCours} onClick={() => void definir.lancer({ grille: proposee })}>
              Partir de la grille proposée
            </Bouton>
          )}
          <p className="doux petit">Grille {MENTION_PROPOSEE} : tout s’y modifie ensuite.</p>
        </Vide>
      ) : (
        <Vide icone={Star} phrase="L’état du service rendu note les ensembles immobiliers : il se remplit une fois le patrimoine importé.">
          <Bouton variante="principal" onClick={() => allerEtape('patrimoine')}>Aller au patrimoine</Bouton>
        </Vide>
      )}
    </section>
  );
}

function Couverture() {
  const lu = useRequete('serviceRendu.lire', { par: 'organisme' }).donnees;
  if (!lu?.organisme) return null;
  const { organisme: o, illisibles, horsParc } = lu;
  return (
    <p className="service-couverture doux">
      <strong className="nombre">{nombre(o.ensemblesNotes)}</strong> sur {accord(o.ensembles, 'ensemble noté', 'ensembles notés')}
      {illisibles > 0 && <span className="service-alerte">, {accord(illisibles, 'note illisible', 'notes illisibles')}</span>}
      {horsParc > 0 && <span title="Elles reviennent avec leur ensemble s’il revient au parc."> , {accord(horsParc, 'note hors du parc', 'notes hors du parc')}</span>}
    </p>
  );
}

function Outils({ lectureSeule }: { lectureSeule: boolean }) {
  const exporter = useOperation('serviceRendu.exporter', false);
  const operations = useRequete('operations.lister', {}).donnees?.operations ?? [];
  const annulable = operations.find((o) => o.annulable && o.nature.startsWith('service-rendu'));
  const refaisable = operations.find((o) => o.refaisable && o.nature.startsWith('service-rendu'));
  async function choisir() {
    const destination = await window.atelier.choisirDestination({ titre: 'Exporter les notes', filtres: [{ nom: 'Tableau', extensions: ['xlsx', 'ods', 'csv'] }], defaut: 'service-rendu.xlsx' });
    if (destination && (await exporter.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  return (
    <span className="service-outils">
      {!lectureSeule && (
        <>
          <BoutonIcone nom={annulable ? `Annuler : ${typographie(annulable.libelle)}` : 'Annuler'} raccourci="Ctrl+Z" icone={Undo2} disabled={!annulable} onClick={() => void remonter('annuler')} />
          <BoutonIcone nom={refaisable ? `Refaire : ${typographie(refaisable.libelle)}` : 'Refaire'} raccourci="Ctrl+Y" icone={Redo2} disabled={!refaisable} onClick={() => void remonter('refaire')} />
        </>
      )}
      {!lectureSeule && <BoutonImport />}
      <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void choisir()}>Exporter</Bouton>
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
    </span>
  );
}

function Bilan() {
  const bilan = useService((s) => s.bilan);
  if (!bilan) return null;
  const { titre, enregistrees, refus } = bilan;
  return (
    <Bandeau
      ton={refus.length > 0 ? 'attention' : 'succes'}
      titre={`${titre} : ${accord(enregistrees, 'note écrite', 'notes écrites')}${refus.length > 0 ? `, ${nombre(refus.length)} à revoir` : ''}.`}
      actions={<Bouton variante="texte" onClick={() => useService.setState({ bilan: null })}>Masquer</Bouton>}
    >
      {refus.length > 0 && (
        <ul className="service-passage">
          {refus.slice(0, 8).map((r, i) => <li key={i}>{typographie(`${r.nom}, « ${r.saisie} » : ${r.message}`)}</li>)}
          {refus.length > 8 && <li>… et {refus.length - 8} autres.</li>}
        </ul>
      )}
    </Bandeau>
  );
}

type Filtre = 'tous' | 'sans' | 'illisibles';
const FILTRES: { valeur: Filtre; libelle: string }[] = [{ valeur: 'tous', libelle: 'Tous les ensembles' }, { valeur: 'sans', libelle: 'Sans résultat' }, { valeur: 'illisibles', libelle: 'Avec une note illisible' }];

function VueNotes({ notes, grille, lectureSeule }: { notes: Notes; grille: Grille; lectureSeule: boolean }) {
  const lu = useRequete('serviceRendu.lire', { par: 'ensemble' }).donnees;
  const [texte, setTexte] = useState('');
  const [filtre, setFiltre] = useState<Filtre>('tous');
  const [enBloc, setEnBloc] = useState(false);
  const [selection, setSelection] = useState<Selection>({ active: { rang: 0, colonne: 0 }, ancre: { rang: 0, colonne: 0 } });
  const resultats = useMemo(() => new Map((lu?.lignes ?? []).map((l) => [l.code, l])), [lu]);
  const montres = useMontres(notes, grille, texte, filtre, resultats);
  const planche = useMemo(() => ({ ensembles: montres, criteres: notes.criteres, echelle: grille.echelle }), [montres, notes.criteres, grille.echelle]);
  const bloc = blocDe(selection.ancre, selection.active);
  const choisis = bloc.bas > bloc.haut ? montres.slice(bloc.haut, bloc.bas + 1) : montres;
  return (
    <>
      <div className="service-filtres">
        <Recherche nom="Chercher un ensemble ou une commune" value={texte} onChange={(e) => { setTexte(e.currentTarget.value); setSelection({ active: { rang: 0, colonne: 0 }, ancre: { rang: 0, colonne: 0 } }); }} />
        <Choix compact nom="Ensembles montrés" valeur={filtre} options={FILTRES} surChoix={setFiltre} />
        <span className="doux petit">{accord(montres.length, 'ensemble')}</span>
        {!lectureSeule && <Bouton icone={Users} aria-expanded={enBloc} onClick={() => setEnBloc(!enBloc)}>Noter en bloc</Bouton>}
      </div>
      {enBloc && !lectureSeule && (
        <EnBloc planche={planche} vises={choisis} portee={bloc.bas > bloc.haut ? 'Les ensembles des lignes sélectionnées.' : 'Tous les ensembles montrés ; pour n’en viser que quelques-uns, les filtrer ou sélectionner leurs lignes.'} fermer={() => setEnBloc(false)} />
      )}
      {montres.length === 0 ? (
        <Vide phrase="Aucun ensemble ne répond à ce filtre."><Bouton onClick={() => { setTexte(''); setFiltre('tous'); }}>Tout montrer</Bouton></Vide>
      ) : (
        <TableNotes planche={planche} grille={grille} resultats={resultats} selection={borne(selection, montres.length)} surSelection={setSelection} lectureSeule={lectureSeule} />
      )}
    </>
  );
}

function borne({ active, ancre }: Selection, n: number): Selection {
  const dans = (rang: number) => Math.max(0, Math.min(n - 1, rang));
  return { active: { ...active, rang: dans(active.rang) }, ancre: { ...ancre, rang: dans(ancre.rang) } };
}

/** Un ensemble qu'on est en train de noter ne disparaît pas du filtre sous la main : le filtre se lit à la demande. */
function useMontres(notes: Notes, grille: Grille, texte: string, filtre: Filtre, resultats: ReadonlyMap<string, { resultat: number | null }>): EnsembleNote[] {
  const locales = useService((s) => s.locales);
  const gardes = useMemo(() => {
    if (filtre === 'tous') return null;
    const illisible = (e: EnsembleNote) => notes.criteres.some((c, j) => !parseNote(grille.echelle, locales.get(champNote(e.id, c.code)) ?? e.saisies[j] ?? '').ok);
    return new Set(notes.ensembles.filter((e) => (filtre === 'sans' ? resultats.get(e.id)?.resultat == null : illisible(e))).map((e) => e.id));
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [filtre, texte]);
  return useMemo(() => {
    const parties = aplatir(texte).split(/\s+/u).filter(Boolean);
    return notes.ensembles.filter((e) => (gardes === null || gardes.has(e.id)) && parties.every((p) => aplatir(`${e.nom} ${e.nomCommune}`).includes(p)));
  }, [notes, texte, gardes]);
}
