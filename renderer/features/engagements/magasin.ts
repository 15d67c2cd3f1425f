import { create } from 'zustand';
import type { Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { enregistrer, toutEnregistrer, useEnregistrement } from '../../app/enregistrement.ts';
import { surEcriture } from '../../app/operation.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { useSession } from '../../app/session.ts';
import type { Pose, Refus } from './presse.ts';
import { nommer, type Cellule, type Ligne, type Matrice } from './rangees.ts';

/** Ce qui est tapé et pas encore relu du service ; `refus` quand il n'a pas voulu le garder. */
type Locale = { texte: string; refus: string | null };
type Changement = { champ: string; nom: string; avant: string; apres: string };
/** `champs` : les cases que le geste a posées. `pas` : ce qu'il a changé ; défait, son compte rendu s'en va avec lui. */
export type BilanPose = { titre: string; enregistrees: number; refus: Refus[]; champs?: readonly string[]; pas?: readonly Changement[] };

export type Proposition = Sortie<'engagements.propositions'>['propositions'][number];
export type SansProposition = Sortie<'engagements.propositions'>['sansProposition'][number];
/** Ce que la zone sous la grille montre : le détail de la ligne, ou un outil. */
export type Volet = 'detail' | 'propositions' | 'repartition' | 'scenarios';

type Magasin = {
  dossier: string | null;
  /** Le scénario que la grille montre et remplit ; `null` : les cibles du dossier. */
  scenario: { id: number; nom: string } | null;
  volet: Volet;
  /** Ce que les données proposent, par case. */
  propositions: ReadonlyMap<string, Proposition>;
  sansProposition: ReadonlyMap<string, SansProposition>;
  matrice: Matrice | null;
  /** Chaque champ de la matrice : sa ligne, et sa case (`null` pour une référence). */
  index: Map<string, { ligne: Ligne; cellule: Cellule | null }>;
  locales: ReadonlyMap<string, Locale>;
  erreur: Erreur | null;
  replis: ReadonlySet<string>;
  annulables: Changement[][];
  retablissables: Changement[][];
  bilan: BilanPose | null;
};

const VIDE: Omit<Magasin, 'dossier'> = {
  scenario: null,
  volet: 'detail',
  propositions: new Map(),
  sansProposition: new Map(),
  matrice: null,
  index: new Map(),
  locales: new Map(),
  erreur: null,
  replis: new Set(),
  annulables: [],
  retablissables: [],
  bilan: null,
};

// Ce module se charge à la première visite de l'écran : le dossier est alors déjà ouvert.
export const useEngagements = create<Magasin>(() => ({ dossier: useSession.getState().dossier, ...VIDE }));

/** Le dernier texte demandé pour chaque champ : ce qu'écrit une tâche, même rejouée plus tard. */
const demandes = new Map<string, string>();

/** Un autre dossier : rien de l'ancien ne doit rester, ni ses annulations. */
export function ouvrirPour(dossier: string | null): void {
  if (useEngagements.getState().dossier === dossier) return;
  demandes.clear();
  useEngagements.setState({ dossier, ...VIDE });
}

function indexer(matrice: Matrice): Magasin['index'] {
  const index: Magasin['index'] = new Map();
  for (const ligne of matrice.lignes) {
    index.set(ligne.champReference, { ligne, cellule: null });
    for (const cellule of ligne.cellules) index.set(cellule.champ, { ligne, cellule });
  }
  return index;
}

let lecture = 0;
/** Vrai quand autre chose que la grille a écrit depuis la dernière lecture : toute la matrice est à relire. */
let etrangere = false;
/** Couples `indicateur/territoire` que la grille a changés depuis la dernière lecture. */
const touches = new Set<string>();
const PARTIELLE_MAX = 300;

const cleDe = (champ: string): string => champ.split('/').slice(1, 3).join('/');

/** Une suggestion qui ne se lit pas ne gêne pas la saisie : l'écran s'en passe, et la redemandera. */
async function chargerPropositions(mienne: number, lignes?: string[]): Promise<void> {
  try {
    const { propositions, sansProposition } = await appeler('engagements.propositions', { ...cibleDe(), ...(lignes === undefined ? {} : { lignes }) });
    if (mienne !== lecture) return;
    const relues = new Set(lignes);
    useEngagements.setState((s) => ({
      propositions: new Map([...(lignes === undefined ? [] : [...s.propositions].filter(([champ]) => !relues.has(cleDe(champ)))), ...propositions.map((p): [string, Proposition] => [p.champ, p])]),
      sansProposition: new Map([...(lignes === undefined ? [] : [...s.sansProposition].filter(([champ]) => !relues.has(cleDe(champ)))), ...sansProposition.map((t): [string, SansProposition] => [t.champ, t])]),
    }));
  } catch {
    if (mienne === lecture && lignes === undefined) useEngagements.setState({ propositions: new Map(), sansProposition: new Map() });
  }
}

/**
 * Relit ce que les dernières saisies ont pu changer : leurs lignes, constats et propositions. Dix mille cases relues à
 * chaque frappe feraient attendre la suivante ; tout est relu quand autre chose a écrit.
 */
export async function relireMatrice(): Promise<void> {
  const { matrice } = useEngagements.getState();
  if (matrice === null || etrangere || touches.size === 0 || touches.size > PARTIELLE_MAX) return chargerMatrice();
  const mienne = ++lecture;
  const lignes = [...touches];
  try {
    const lue = await appeler('engagements.matrice', { ...cibleDe(), lignes });
    if (mienne !== lecture) return undefined;
    const neuves = new Map(lue.lignes.map((l) => [l.champReference, l]));
    for (const l of lignes) touches.delete(l);
    useEngagements.setState((s) => {
      if (s.matrice === null) return {};
      const relue = { ...s.matrice, lignes: s.matrice.lignes.map((l) => neuves.get(l.champReference) ?? l), attendus: lue.attendus, renseignes: lue.renseignes, developpements: lue.developpements };
      return { matrice: relue, index: indexer(relue), erreur: null };
    });
    await chargerPropositions(mienne, lignes);
  } catch (cause) {
    if (mienne === lecture) useEngagements.setState({ erreur: enErreur(cause) });
  }
  return undefined;
}

/** Le jeu de cibles que la grille montre, pour le service. */
export function cibleDe(): { scenario?: number } {
  const { scenario } = useEngagements.getState();
  return scenario === null ? {} : { scenario: scenario.id };
}

/** Montre un autre jeu de cibles. Ce qui est en file s'écrit d'abord, dans celui où il a été tapé. */
export async function montrerScenario(scenario: Magasin['scenario']): Promise<void> {
  await toutEnregistrer();
  demandes.clear();
  useEngagements.setState({ scenario, locales: new Map(), annulables: [], retablissables: [], bilan: null, propositions: new Map(), sansProposition: new Map() });
  await chargerMatrice();
}

export async function chargerMatrice(): Promise<void> {
  const mienne = ++lecture;
  try {
    const matrice = await appeler('engagements.matrice', cibleDe());
    if (mienne !== lecture) return;
    etrangere = false;
    touches.clear();
    useEngagements.setState({ matrice, index: indexer(matrice), erreur: null });
    void chargerPropositions(mienne);
  } catch (cause) {
    if (mienne === lecture) useEngagements.setState({ erreur: enErreur(cause) });
  }
}

/** Le texte d'un champ tel qu'on le voit : ce qui vient d'être tapé, sinon ce qui est conservé. */
export function texteDe(champ: string, s: Pick<Magasin, 'locales' | 'index'> = useEngagements.getState()): string {
  const locale = s.locales.get(champ);
  if (locale) return locale.texte;
  const trouve = s.index.get(champ);
  if (!trouve) return '';
  return (trouve.cellule ? trouve.cellule.saisie : trouve.ligne.reference) ?? '';
}

let blocs = 0;

function mettreEnFile(changements: Changement[]): void {
  useEngagements.setState((s) => {
    const locales = new Map(s.locales);
    for (const c of changements) locales.set(c.champ, { texte: c.apres, refus: null });
    return { locales };
  });
  const [premier] = changements;
  if (!premier) return;
  for (const c of changements) demandes.set(c.champ, c.apres);
  const jeu = cibleDe();
  enregistrer({
    cle: changements.length === 1 ? premier.champ : `engagements ${++blocs}`,
    libelle: changements.length === 1 ? premier.nom : `${changements.length} cases d’engagement`,
    // Les textes sont relus au moment d'écrire : rejouée plus tard, la tâche n'écrase rien de plus récent.
    ecrire: () => ecrire(changements.map((c) => ({ champ: c.champ, valeur: demandes.get(c.champ) ?? c.apres })), jeu),
  });
}

async function ecrire(cellules: { champ: string; valeur: string }[], jeu: { scenario?: number }): Promise<{ enregistreA: string }> {
  const reponse = await appeler('engagements.definir', { ...jeu, cellules });
  const envoyes = new Map(cellules.map((c) => [c.champ, c.valeur]));
  // La lecture partie avant cette écriture rendrait l'ancienne valeur.
  lecture += 1;
  useEngagements.setState((s) => {
    const locales = new Map(s.locales);
    for (const r of reponse.cellules) {
      const locale = locales.get(r.champ);
      const texte = envoyes.get(r.champ) ?? '';
      // Retapée pendant l'écriture : la suite est déjà en file.
      if (locale && locale.texte !== texte) continue;
      if (!r.ok) {
        locales.set(r.champ, { texte, refus: r.message });
        continue;
      }
      locales.delete(r.champ);
      touches.add(cleDe(r.champ));
      const trouve = s.index.get(r.champ);
      if (trouve?.cellule && r.cible) Object.assign(trouve.cellule, r.cible);
      else if (trouve && !trouve.cellule) trouve.ligne.reference = texte || null;
    }
    return { locales, index: new Map(s.index) };
  });
  return reponse;
}

/** Écrit des valeurs dans la matrice ; ce qui ne change rien n'est pas écrit. */
export function poser(poses: readonly Pose[]): number {
  const changements = poses
    .map((p) => ({ champ: p.champ, nom: p.nom, avant: texteDe(p.champ), apres: p.valeur.trim() }))
    .filter((c) => c.avant !== c.apres);
  dernierPas = changements.length === 0 ? undefined : changements;
  if (changements.length === 0) return 0;
  useEngagements.setState((s) => ({ annulables: [...s.annulables.slice(-199), changements], retablissables: [] }));
  mettreEnFile(changements);
  return changements.length;
}

/** Ce que le dernier geste a changé ; `undefined` : rien. */
let dernierPas: Changement[] | undefined;

/** Dit ce que le geste qui vient d'être fait a donné ; ce compte rendu s'en va quand le geste est défait. */
export function rendreCompte(bilan: Omit<BilanPose, 'pas'>): void {
  useEngagements.setState({ bilan: dernierPas === undefined ? bilan : { champs: dernierPas.map((c) => c.champ), ...bilan, pas: dernierPas } });
}

/**
 * Ce qu'un geste laisse à revoir : ce qu'il n'a pas pu poser ou lire, puis chaque case posée que les contrôles marquent,
 * comme la grille la marque. `enCours` : certaines ne sont pas encore écrites et relues par les contrôles.
 */
export function revoir(bilan: BilanPose, s: Pick<Magasin, 'locales' | 'index'>): { refus: Refus[]; enCours: boolean } {
  const dits = new Set(bilan.refus.flatMap((r) => r.champ ?? []));
  const refus = [...bilan.refus];
  let enCours = false;
  for (const champ of new Set(bilan.champs)) {
    const trouve = s.index.get(champ);
    const locale = s.locales.get(champ);
    if (trouve === undefined) continue;
    const attend = locale === undefined ? touches.has(cleDe(champ)) : locale.refus === null;
    enCours ||= attend;
    if (attend || dits.has(champ)) continue;
    const constats = trouve.cellule === null ? trouve.ligne.constatsReference : trouve.cellule.constats;
    const raisons = locale?.refus == null ? constats : [locale.refus];
    const nom = nommer(trouve.ligne, trouve.cellule?.horizon ?? null);
    // Un constat commence souvent par le nom de sa case : il n'est pas dit deux fois.
    if (raisons.length > 0) refus.push({ champ, nom, valeur: texteDe(champ, s), raison: raisons.map((r) => (r.startsWith(`${nom} : `) ? r.slice(nom.length + 3) : r)).join(' ') });
  }
  return { refus, enCours };
}

type Pile = 'annulables' | 'retablissables';

/**
 * Rejoue le dernier pas d'une pile. Une case qui ne porte plus ce que ce pas y avait mis a été
 * changée depuis, par autre chose que lui : elle garde sa valeur et elle est nommée.
 */
function rejouer(de: Pile, vers: Pile, titre: string): string | null {
  const dernier = useEngagements.getState()[de].at(-1);
  if (!dernier) return null;
  const defaire = de === 'annulables';
  const attendu = (c: Changement) => (defaire ? c.apres : c.avant);
  const faits = dernier.filter((c) => texteDe(c.champ) === attendu(c));
  const sautes = dernier.filter((c) => texteDe(c.champ) !== attendu(c));
  useEngagements.setState((s) => ({ [de]: s[de].slice(0, -1), ...(defaire && s.bilan?.pas === dernier ? { bilan: null } : {}), ...(faits.length > 0 ? { [vers]: [...s[vers], faits] } : {}) }));
  if (sautes.length > 0) {
    const refus = sautes.map((c) => ({ champ: c.champ, nom: c.nom, valeur: texteDe(c.champ), raison: 'changée depuis, laissée telle quelle.' }));
    useEngagements.setState({ bilan: { titre, enregistrees: faits.length, refus } });
  }
  mettreEnFile(faits.map((c) => (defaire ? { ...c, avant: c.apres, apres: c.avant } : c)));
  return dernier[0]?.champ ?? null;
}

/** Défait la dernière saisie faite ici ; rend le premier champ touché, pour y aller. */
export function annuler(): string | null {
  return rejouer('annulables', 'retablissables', 'Annulation');
}

export function retablir(): string | null {
  return rejouer('retablissables', 'annulables', 'Rétablissement');
}

const conserve = ({ ligne, cellule }: { ligne: Ligne; cellule: Cellule | null }): string => (cellule ? cellule.saisie : ligne.reference) ?? '';

/**
 * Lance une écriture faite hors de la grille (import d'un tableau) et la retient comme un seul pas :
 * ce que chaque case portait avant, ce qu'elle porte après.
 */
export async function commeUnPas<T>(lancer: () => Promise<T | null>): Promise<T | null> {
  const { dossier } = useEngagements.getState();
  dernierPas = undefined;
  await chargerMatrice();
  const avant = new Map([...useEngagements.getState().index].map(([champ, t]) => [champ, conserve(t)]));
  const resultat = await lancer();
  if (resultat === null) return null;
  // Les pas précédents ne valent que si l'on sait ce que celui-ci a changé.
  const { annulables } = useEngagements.getState();
  useEngagements.setState({ annulables: [], retablissables: [] });
  await chargerMatrice();
  const s = useEngagements.getState();
  if (s.erreur || s.dossier !== dossier) return resultat;
  const pas = [...s.index].flatMap(([champ, t]): Changement[] => {
    const [a, b] = [avant.get(champ), conserve(t)];
    const horizon = t.cellule ? t.cellule.horizon : null;
    return a === undefined || a === b ? [] : [{ champ, nom: nommer(t.ligne, horizon), avant: a, apres: b }];
  });
  // Un texte refusé plus tôt cacherait la valeur importée.
  const locales = new Map(s.locales);
  for (const c of pas) locales.delete(c.champ);
  dernierPas = pas.length > 0 ? pas : undefined;
  useEngagements.setState({ locales, annulables: pas.length > 0 ? [...annulables, pas] : annulables });
  return resultat;
}

/** Une valeur de l'État acceptée n'est pas une saisie d'ici : aucune annulation ne la traverse. */
surEcriture((operation) => {
  etrangere = true;
  if (operation === 'observations.accepter') useEngagements.setState({ annulables: [], retablissables: [] });
});

export function basculerGroupe(cle: string, replie?: boolean): void {
  useEngagements.setState((s) => {
    const replis = new Set(s.replis);
    if (replie ?? !replis.has(cle)) replis.add(cle);
    else replis.delete(cle);
    return { replis };
  });
}

export function deplier(cles: readonly string[]): void {
  useEngagements.setState((s) => {
    if (!cles.some((c) => s.replis.has(c))) return s;
    const replis = new Set(s.replis);
    for (const c of cles) replis.delete(c);
    return { replis };
  });
}

/** Vrai si rien n'attend d'être écrit : c'est le moment de relire la matrice. */
export function filePrete(): boolean {
  const { enCours, attente } = useEnregistrement.getState();
  return enCours === null && attente.length === 0;
}

useEnregistrement.subscribe((s) => {
  if (s.enCours !== null && !/^(?:engagement|reference)/u.test(s.enCours.cle)) etrangere = true;
});

useSession.subscribe((s) => ouvrirPour(s.dossier));
