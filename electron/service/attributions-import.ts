import { basename, resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { messageAttribution } from '../../shared/domain/attributions/anomalies.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { Illisibles } from '../../shared/domain/tableaux/illisibles.ts';
import type { Illisible } from '../../shared/domain/tableaux/illisibles.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { annule } from '../import/erreurs.ts';
import { examinerOctets } from '../import/fichier.ts';
import type { Encodage } from '../import/fichier.ts';
import { writeRapport } from '../import/rapport.ts';
import type { RapportEcrit } from '../import/rapport.ts';
import { abandonPrepares, compareAttributions, insertAttributions, lotsEnVigueur, prepareLots } from '../store/attributions.ts';
import type { AnomalieAttribution } from '../store/attributions.ts';
import { closeOperation } from '../store/operations.ts';
import { rememberProfil } from '../store/profils.ts';
import { lireFichier } from './attributions-lecture.ts';
import type { LectureAttributions } from './attributions-lecture.ts';
import type { Contexte, Suivi } from './contexte.ts';
import { assertCible } from './fichiers.ts';
import type { DemandeEssaiTableau, DemandeTableau, EssaiTableau } from './imports-lecteurs.ts';

type Resultat = Sortie<'import.lire'>;
const MONTREES = 100;
const ENCODAGE: Encodage = 'utf-8';

/**
 * Lit un tableau d'attributions, une ligne par attribution. Tout est lu en mémoire avant que rien ne soit
 * écrit : un fichier qui nomme des personnes est refusé en entier, et n'a laissé aucune trace. Le fichier
 * remplace les années civiles qu'il couvre, et elles seules. Le premier import est appliqué ; les suivants
 * sont comparés, sauf `appliquer`. Erreurs (sortie 2) : « donnees-personnelles », colonnes absentes, aucune
 * ligne acceptée.
 */
export async function importAttributions(contexte: Contexte, demande: DemandeTableau, suivi: Suivi): Promise<Resultat> {
  const { base } = contexte.dossierEcriture();
  try {
    return await importer(contexte, demande, suivi);
  } catch (cause) {
    // Le dossier fermé en chemin : toute lecture échoue alors, et l'import est abandonné.
    throw base.open || cause instanceof ErreurCus ? cause : annule();
  }
}

async function importer(contexte: Contexte, { chemin, profil, anomalies: rapport, appliquer }: DemandeTableau, suivi: Suivi): Promise<Resultat> {
  const debut = performance.now();
  const dossier = contexte.dossierEcriture();
  const { base } = dossier;
  if (rapport !== undefined) assertCible(resolve(rapport), { dossier: dossier.chemin, entrees: [chemin] });
  const quand = contexte.maintenant().toISOString();
  const lecture = await lireFichier(base, chemin, profil, quand.slice(0, 10), null, suivi);
  const { lignes, anomalies } = lecture;
  const ecrire = (): RapportEcrit | null =>
    rapport === undefined ? null : writeRapport(resolve(rapport), { type: 'logements', encodage: ENCODAGE, entete: lecture.entete }, () => anomalies.map((a) => ({ ...a, rejet: a.rejet ? 1 : 0 })));
  if (lignes.length === 0) {
    ecrire();
    throw aucuneLigne(chemin, lecture, rapport);
  }
  const premier = lotsEnVigueur(base).length === 0;
  const souffler = (etape: string) => async (fait: number, total: number): Promise<void> => {
    suivi.progres({ etape, fait, total });
    await new Promise(setImmediate);
    if (suivi.signal.aborted || !base.open) throw annule();
  };
  const ecarts = await compareAttributions(base, lignes, souffler('Comparaison au dossier'));
  const applique = appliquer || premier;
  // Le rapport d'abord : s'il ne peut pas être écrit, rien n'est changé dans le dossier.
  const ecrit = ecrire();
  const par = { qui: contexte.utilisateur, quand };
  const comptes = base.prepare<[], { logements: number | null; ensembles: number }>(`SELECT sum(logements) AS logements, count(DISTINCT ensemble) AS ensembles FROM resume_ensemble WHERE surface = 'SH'`).get();
  const resultat: Resultat = {
    lignes: lecture.lues, acceptees: lignes.length, rejetees: lecture.lues - lignes.length, signalees: lecture.signalees, ...ecarts, applique,
    anomalies: anomalies.slice(0, MONTREES).map(({ ligne, champ, valeur, code }) => ({ ligne, champ, valeur, code, message: messageAttribution(code, champ, valeur) ?? code })),
    comptesAnomalies: compter(anomalies), illisibles: illisiblesDe(anomalies), logements: comptes?.logements ?? 0, ensembles: comptes?.ensembles ?? 0,
    dureeMs: performance.now() - debut, type: 'attributions', fichier: chemin, importeLe: quand, annee: null, comparaison: null, colonnesIgnorees: lecture.colonnes.ignorees,
  };
  if (applique && ecarts.ajoutes + ecarts.modifies + ecarts.disparus > 0) {
    const sha256 = examinerOctets(chemin, ENCODAGE, () => undefined).sha256;
    const lots = await prepareLots(base, lignes, souffler('Enregistrement des attributions'));
    const texte = JSON.stringify(profil);
    const mettreEnVigueur = base.transaction(() => {
      insertAttributions(base, { fichier: chemin, sha256, profil: texte, encodage: ENCODAGE, entete: lecture.entete, resultat: JSON.stringify(resultat) }, lots, anomalies, `Import de ${pluriel(lignes.length, 'attribution')} (« ${basename(chemin)} »)`, par);
      rememberProfil(base, 'attributions', lecture.colonnes.noms, texte, quand);
      closeOperation(base);
    });
    try {
      mettreEnVigueur.immediate();
    } catch (cause) {
      abandonPrepares(base);
      throw cause;
    }
  }
  return { ...resultat, dureeMs: performance.now() - debut, ...(ecrit === null || ecrit.rejets === null ? {} : { rejets: ecrit.rejets }) };
}

/** Ce que cet import donnerait, par la même lecture ; une colonne qui désigne des personnes est refusée de même. */
export async function essayerAttributions(contexte: Contexte, { chemin, profil, limite }: DemandeEssaiTableau, suivi: Suivi): Promise<EssaiTableau> {
  const { lignes, lues, signalees, complet, anomalies } = await lireFichier(contexte.dossier().base, chemin, profil, contexte.maintenant().toISOString().slice(0, 10), limite, suivi);
  return {
    lignes: lues, acceptees: lignes.length, signalees, rejetees: lues - lignes.length, complet,
    vues: anomalies.map(({ ligne, champ, valeur, code, rejet }) => ({ ligne, champ, valeur, code, rejet, message: messageAttribution(code, champ, valeur) ?? code })),
  };
}

function illisiblesDe(anomalies: readonly AnomalieAttribution[]): Illisible[] {
  const illisibles = new Illisibles();
  for (const a of anomalies) illisibles.add(a);
  return illisibles.liste();
}

function compter(anomalies: readonly AnomalieAttribution[]): Record<string, number> {
  const comptes: Record<string, number> = {};
  for (const { code } of anomalies) comptes[code] = (comptes[code] ?? 0) + 1;
  return comptes;
}

function aucuneLigne(chemin: string, lecture: LectureAttributions, rapport: string | undefined): ErreurCus {
  const suite = rapport === undefined ? 'Au terminal, --anomalies A.csv écrit ces lignes et leur raison.' : `Ces lignes et leur raison sont écrites dans « ${rapport} ».`;
  return lecture.lues === 0
    ? invalide('aucune-ligne', `Le fichier « ${basename(chemin)} » n’a aucune ligne.`, 'Refaire l’export, puis l’importer ; rien n’a été changé.')
    : invalide('aucune-ligne', `Aucune ligne de « ${basename(chemin)} » ne peut être acceptée : ${pluriel(lecture.lues, 'ligne rejetée', 'lignes rejetées')}.`, `Vérifier la colonne de la date, puis importer de nouveau ; rien n’a été changé. ${suite}`);
}
