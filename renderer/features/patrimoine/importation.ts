import { create } from 'zustand';
import type { z } from 'zod';
import type { Entree, Progres, ProfilImport, Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { annoncer } from '../../app/operation.ts';
import { invalider } from '../../app/requetes.ts';
import { appeler, appelerSuivi, enErreur } from '../../app/service.ts';
import { allerAuChamp, allerEtape, useSession } from '../../app/session.ts';

export type Analyse = Sortie<'import.analyser'>;
export type Resultat = Sortie<'import.lire'>;
export type Profil = z.output<typeof ProfilImport>;

/** Où en est l'import. L'étape peut être quittée pendant la lecture : elle continue, et se retrouve. */
export type Phase =
  | { nom: 'repos' }
  | { nom: 'examen'; chemin: string }
  | { nom: 'correspondance'; chemin: string; analyse: Analyse; aTraduire: Record<string, string[]> }
  /** Le fichier ne dit pas son organisme : la personne le dit, et la lecture reprend. */
  | { nom: 'origine'; entree: Entree<'import.lire'> }
  | { nom: 'lecture'; chemin: string; progres: Progres | null; arret: boolean }
  | { nom: 'comparaison'; resultat: Resultat; jeton: string }
  | { nom: 'application'; resultat: Resultat };

type Etat = {
  dossier: string | null;
  phase: Phase;
  erreur: Erreur | null;
  reprise: (() => void) | null;
  /** Ce que le dernier import de cette session a changé, dit une fois. */
  fini: { resultat: Resultat; jeu: 'applique' | 'inchange' | 'abandonne' } | null;
  rapport: boolean;
  /** Une décision sur des conflits est en cours. */
  tranche: boolean;
  /** SIREN de l'organisme du fichier, quand la personne l'a dit. */
  origine: string | null;
  /** Le tableau lu en dernier : pour revenir à ses correspondances. */
  tableau: { chemin: string; profil: Profil } | null;
  /** La dernière enquête d'occupation, ou le dernier tableau d'attributions, lu : appliqué, ou seulement comparé. */
  enquete: Resultat | null;
};

const NEUF = { phase: { nom: 'repos' }, erreur: null, reprise: null, fini: null, rapport: false, tranche: false, origine: null, tableau: null, enquete: null } satisfies Partial<Etat>;

export const useImport = create<Etat>(() => ({ ...NEUF, dossier: null }));

let arreter: (() => void) | null = null;
/** Numéro de l'import en cours : la réponse d'un import quitté ne change plus rien. */
let numero = 0;

/** L'import appartient à un dossier : un autre dossier repart de zéro. */
export function accueillirImport(): void {
  const { dossier } = useSession.getState();
  if (useImport.getState().dossier === dossier) return;
  numero += 1;
  arreter?.();
  useImport.setState({ ...NEUF, dossier });
}

export async function choisirEtCommencer(titre: string): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre, filtres: [FILTRES.logements] });
  if (chemin) await commencer(chemin);
}

/** Une déclaration RPLS se lit aussitôt ; un tableau passe par la correspondance de ses colonnes. */
export async function commencer(chemin: string, origine: string | null = null, type?: 'ops' | 'attributions'): Promise<void> {
  const mien = ++numero;
  useImport.setState({ phase: { nom: 'examen', chemin }, origine, erreur: null, reprise: null, fini: null, rapport: false, enquete: null });
  try {
    const analyse = await appeler('import.analyser', type === undefined ? { chemin } : { chemin, type });
    if (mien !== numero) return;
    if (analyse.type === 'rpls') await lire({ chemin, type: 'rpls' });
    else useImport.setState({ phase: { nom: 'correspondance', chemin, analyse, aTraduire: {} } });
  } catch (cause) {
    if (mien === numero) echouer(cause, () => void commencer(chemin, origine, type));
  }
}

export async function lireTableau(chemin: string, profil: Profil): Promise<void> {
  useImport.setState({ tableau: { chemin, profil } });
  await lire({ chemin, type: profil.type, profil });
}

async function lire(demande: Entree<'import.lire'>): Promise<void> {
  const mien = ++numero;
  const { origine } = useImport.getState();
  const entree = origine === null ? demande : { ...demande, origine };
  useImport.setState({ phase: { nom: 'lecture', chemin: entree.chemin, progres: null, arret: false }, erreur: null, fini: null });
  const appel = appelerSuivi('import.lire', entree, (progres) => {
    if (mien !== numero) return;
    useImport.setState((s) => (s.phase.nom === 'lecture' ? { phase: { ...s.phase, progres } } : s));
  });
  arreter = appel.annuler;
  try {
    const resultat = await appel.reponse;
    if (mien !== numero) return;
    if (resultat.type === 'ops' || resultat.type === 'attributions') finirEnquete(resultat);
    else if (resultat.comparaison !== null) useImport.setState({ phase: { nom: 'comparaison', resultat, jeton: resultat.comparaison } });
    else finir(resultat, resultat.applique ? 'applique' : 'inchange');
  } catch (cause) {
    if (mien !== numero) return;
    const { code } = enErreur(cause);
    if (code === 'annule') useImport.setState({ phase: { nom: 'repos' } });
    else if (code === 'origine-a-preciser') useImport.setState({ phase: { nom: 'origine', entree } });
    else echouer(cause, () => void lire(entree));
  } finally {
    arreter = null;
  }
}

/** Une enquête se lit à l'étape Occupation sociale, des attributions aux Engagements, d'où que soit venu le fichier. */
function finirEnquete(enquete: Resultat): void {
  useImport.setState({ phase: { nom: 'repos' }, enquete, erreur: null, reprise: null });
  if (enquete.applique) {
    annoncer('import.lire');
    invalider();
  }
  if (enquete.type === 'attributions') allerAuChamp('attributions');
  else allerEtape('occupation');
}

/** Applique l'enquête, ou les attributions, comparées, suivant les mêmes correspondances. */
export async function appliquerEnquete(): Promise<void> {
  const { tableau, enquete } = useImport.getState();
  if (enquete === null) return;
  const profil = tableau?.chemin === enquete.fichier ? tableau.profil : undefined;
  await lire({ chemin: enquete.fichier, type: enquete.type, appliquer: true, ...(profil === undefined ? {} : { profil }) });
}

export const fermerEnquete = (): void => useImport.setState({ enquete: null });

export function choisirOrigine(siren: string): void {
  const { phase } = useImport.getState();
  if (phase.nom !== 'origine') return;
  useImport.setState({ origine: siren });
  void lire(phase.entree);
}

export function quitterOrigine(): void {
  useImport.setState({ phase: { nom: 'repos' }, erreur: null });
}

export function annuler(): void {
  arreter?.();
  useImport.setState((s) => (s.phase.nom === 'lecture' ? { phase: { ...s.phase, arret: true } } : s));
}

export async function appliquer(): Promise<void> {
  const { phase } = useImport.getState();
  if (phase.nom !== 'comparaison') return;
  const mien = ++numero;
  useImport.setState({ phase: { nom: 'application', resultat: phase.resultat }, erreur: null });
  try {
    const resultat = await appeler('import.appliquer', { comparaison: phase.jeton });
    if (mien === numero) finir({ ...phase.resultat, ...resultat }, 'applique');
  } catch (cause) {
    if (mien !== numero) return;
    // La comparaison n'est pas perdue : elle reste à appliquer ou à abandonner.
    useImport.setState({ phase, erreur: enErreur(cause), reprise: null });
  }
}

/** Garde les corrections faites à la main, ou prend la valeur du fichier : pour ces conflits, ou pour tous. */
export async function trancher(decision: 'correction' | 'fichier', conflits?: number[]): Promise<void> {
  const { phase, tranche } = useImport.getState();
  if (phase.nom !== 'comparaison' || tranche) return;
  useImport.setState({ tranche: true, erreur: null });
  try {
    const resultat = await appeler('import.trancher', { comparaison: phase.jeton, decision, ...(conflits === undefined ? {} : { conflits }) });
    useImport.setState((s) => (s.phase.nom === 'comparaison' && s.phase.jeton === phase.jeton ? { phase: { ...s.phase, resultat } } : s));
  } catch (cause) {
    useImport.setState({ erreur: enErreur(cause), reprise: null });
  } finally {
    useImport.setState({ tranche: false });
  }
}

export async function abandonner(): Promise<void> {
  const { phase } = useImport.getState();
  if (phase.nom !== 'comparaison') return;
  const mien = ++numero;
  try {
    await appeler('import.abandonner', { comparaison: phase.jeton });
    if (mien === numero) finir(phase.resultat, 'abandonne');
  } catch (cause) {
    // Inconnue du service (il a redémarré) : il n'y a plus rien à abandonner.
    if (mien === numero) useImport.setState({ phase: { nom: 'repos' }, erreur: enErreur(cause), reprise: null });
  }
}

/** Relit le tableau sous un autre format ; rend ce qui a été lu, ou `null` si c'est impossible (l'erreur est montrée). */
export async function relire(chemin: string, format: Omit<Entree<'import.analyser'>, 'chemin'>): Promise<Analyse | null> {
  try {
    const analyse = await appeler('import.analyser', { chemin, ...format });
    useImport.setState((s) => (s.phase.nom === 'correspondance' && s.phase.chemin === chemin ? { phase: { ...s.phase, analyse }, erreur: null } : s));
    return analyse;
  } catch (cause) {
    useImport.setState({ erreur: enErreur(cause), reprise: null });
    return null;
  }
}

export function quitterCorrespondance(): void {
  numero += 1;
  useImport.setState({ phase: { nom: 'repos' }, erreur: null });
}

/** Revient aux correspondances avec les valeurs que la lecture n'a pas reconnues, champ par champ. */
export async function corrigerValeurs(resultat: Resultat): Promise<void> {
  const { tableau } = useImport.getState();
  if (!tableau) return;
  if (useImport.getState().phase.nom === 'comparaison') await abandonner();
  const mien = ++numero;
  useImport.setState({ phase: { nom: 'examen', chemin: tableau.chemin }, erreur: null, fini: null, rapport: false });
  try {
    const analyse = await appeler('import.analyser', { chemin: tableau.chemin });
    if (mien !== numero) return;
    const aTraduire: Record<string, string[]> = {};
    for (const a of resultat.anomalies) if (a.code === 'code-inconnu') (aTraduire[a.champ] ??= []).push(a.valeur);
    useImport.setState({ phase: { nom: 'correspondance', chemin: tableau.chemin, analyse: { ...analyse, profil: tableau.profil }, aTraduire } });
  } catch (cause) {
    if (mien === numero) echouer(cause, () => void corrigerValeurs(resultat));
  }
}

function finir(resultat: Resultat, jeu: 'applique' | 'inchange' | 'abandonne'): void {
  useImport.setState({ phase: { nom: 'repos' }, fini: { resultat, jeu }, erreur: null, reprise: null });
  invalider();
}

function echouer(cause: unknown, reprise: () => void): void {
  useImport.setState({ phase: { nom: 'repos' }, erreur: enErreur(cause), reprise });
}

/** L'anomalie que vise un constat : `import/rpls/<code>`, si le rapport en compte ; `null` pour toutes. */
export function codeVise(champ: string, resultat: Pick<Resultat, 'comptesAnomalies'>): string | null {
  const code = champ.split('/')[2];
  return code !== undefined && (resultat.comptesAnomalies[code] ?? 0) > 0 ? code : null;
}

export const fermerErreur = (): void => useImport.setState({ erreur: null, reprise: null });
export const fermerFini = (): void => useImport.setState({ fini: null });
/** Ouvrir le rapport ferme l'annonce de l'import, qu'il redit en entier. */
export const montrerRapport = (rapport: boolean): void => useImport.setState(rapport ? { rapport, fini: null } : { rapport });
