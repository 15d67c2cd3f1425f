import type { Base } from '../../store/base.ts';
import { readVersionLecture } from '../../store/version.ts';
import { listTranches, versionSituations } from '../../store/situations.ts';
import type { Tranche } from '../../store/situations.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { interrompue, rendreLaMain } from '../tours.ts';
import { openCalcul, situationsGardees } from './situations.ts';
import type { Situations } from './situations.ts';

/** Un calcul en cours et qui l'attend : plusieurs écrans le demandent ensemble, il ne se fait qu'une fois. */
type EnCours = { attendants: Set<Suivi>; fin: Promise<void> };
const enCours = new WeakMap<Base, EnCours>();

/**
 * Les situations du dossier ouvert, calculées par lots quand elles sont à refaire : entre deux lots, le
 * service répond aux autres demandes, une saisie comprise. Un changement pendant le calcul le fait
 * reprendre. Erreur « annule » : la personne a renoncé ; le calcul s'arrête quand plus personne ne l'attend.
 */
export async function prepareSituations(contexte: Contexte, suivi: Suivi): Promise<Situations> {
  const { base } = contexte.dossier();
  for (;;) {
    if (!base.open || suivi.signal.aborted) throw interrompue();
    const gardees = situationsGardees(base, contexte.repertoireDonnees);
    if (gardees !== null) return gardees;
    await attendre(enCours.get(base) ?? demarrer(base, contexte.repertoireDonnees), suivi);
  }
}

function demarrer(base: Base, repertoire: string): EnCours {
  const attendants = new Set<Suivi>();
  const calcul = { attendants, fin: calculer(base, repertoire, attendants).finally(() => enCours.delete(base)) };
  enCours.set(base, calcul);
  return calcul;
}

async function attendre({ attendants, fin }: EnCours, suivi: Suivi): Promise<void> {
  attendants.add(suivi);
  let renoncer = (): void => undefined;
  const renonce = new Promise<void>((resolve) => (renoncer = resolve));
  suivi.signal.addEventListener('abort', renoncer);
  try {
    await Promise.race([fin, renonce]);
  } finally {
    attendants.delete(suivi);
    suivi.signal.removeEventListener('abort', renoncer);
  }
}

/** Rend quand les situations sont gardées, ou que plus personne ne les attend. */
async function calculer(base: Base, repertoire: string, attendants: ReadonlySet<Suivi>): Promise<void> {
  const continuer = async (): Promise<boolean> => {
    await rendreLaMain();
    return base.open && attendants.size > 0;
  };
  while ((await continuer()) && situationsGardees(base, repertoire) === null) {
    const calcul = openCalcul(base, repertoire);
    let etat = calcul.avancer();
    while (etat === 'suite') {
      for (const { progres } of attendants) progres({ etape: 'Position des logements', fait: calcul.fait, total: calcul.total });
      if (!(await continuer())) {
        if (base.open) calcul.abandonner();
        return;
      }
      etat = calcul.avancer();
    }
    if (etat === 'fini') calcul.garder();
  }
}

/**
 * Ce que `lire` rend de chaque tranche du parc situé, d'un seul et même état du dossier : un changement
 * entre deux tranches fait tout relire. Le service répond aux autres demandes entre deux.
 */
export async function readParTranches<T>(contexte: Contexte, suivi: Suivi, lire: (base: Base, tranche: Tranche) => T[]): Promise<{ situations: Situations; lues: T[] }> {
  const { base } = contexte.dossier();
  for (;;) {
    const situations = await prepareSituations(contexte, suivi);
    const version = versionDe(base);
    const lues: T[] = [];
    let entier = true;
    for (const tranche of listTranches(base)) {
      for (const l of lire(base, tranche)) lues.push(l);
      await rendreLaMain();
      if (!base.open || suivi.signal.aborted) throw interrompue();
      entier = versionDe(base) === version && situationsGardees(base, contexte.repertoireDonnees) !== null;
      if (!entier) break;
    }
    if (entier) return { situations, lues };
  }
}

const versionDe = (base: Base): string => `${readVersionLecture(base)};${versionSituations(base)}`;
