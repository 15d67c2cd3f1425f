import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';
import { champEn, nommer, nommerHorizon, type Rangee } from './rangees.ts';
import type { Bloc, Place } from './selection.ts';

/** Le tableau d'un tableur tel qu'il arrive au presse-papiers (tabulations, guillemets, CRLF). */
export function lireTsv(texte: string): string[][] {
  const lignes: string[][] = [];
  let ligne: string[] = [];
  let i = 0;
  const fin = texte.length;
  while (i <= fin) {
    let valeur = '';
    if (texte[i] === '"') {
      i += 1;
      while (i < fin && !(texte[i] === '"' && texte[i + 1] !== '"')) {
        if (texte[i] === '"') i += 1;
        valeur += texte[i] ?? '';
        i += 1;
      }
      i += 1;
    }
    while (i < fin && texte[i] !== '\t' && texte[i] !== '\n' && texte[i] !== '\r') {
      valeur += texte[i];
      i += 1;
    }
    ligne.push(valeur);
    if (texte[i] === '\t') {
      i += 1;
      continue;
    }
    lignes.push(ligne);
    ligne = [];
    if (texte[i] === '\r' && texte[i + 1] === '\n') i += 1;
    i += 1;
  }
  // Un tableur termine la dernière ligne : ce n'est pas une ligne vide de plus.
  const derniere = lignes[lignes.length - 1];
  if (lignes.length > 1 && derniere?.length === 1 && derniere[0] === '') lignes.pop();
  return lignes;
}

export function ecrireTsv(tableau: readonly (readonly string[])[]): string {
  return tableau.map((l) => l.map((v) => (/[\t\n\r"]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join('\t')).join('\n');
}

/** Les textes d'un bloc ; les en-têtes de groupe n'ont pas de ligne. */
export function copierBloc(rangees: readonly Rangee[], bloc: Bloc, texteDe: (champ: string) => string): string[][] {
  const tableau: string[][] = [];
  for (let rang = bloc.haut; rang <= bloc.bas; rang += 1) {
    const rangee = rangees[rang];
    if (rangee?.genre !== 'ligne') continue;
    const ligne: string[] = [];
    for (let colonne = bloc.gauche; colonne <= bloc.droite; colonne += 1) {
      const champ = champEn(rangee, colonne);
      ligne.push(champ === null ? '' : texteDe(champ));
    }
    tableau.push(ligne);
  }
  return tableau;
}

export type Pose = { champ: string; valeur: string; nom: string };
export type Refus = { champ: string | null; nom: string; valeur: string; raison: string };

export const FERMEE = 'La loi ne demande pas de valeur dans cette case.';
const DEHORS = 'Cette valeur tombe hors du tableau.';

/** Une place hors du tableau, dite depuis ce qui y est : la ligne et l'année quand elles existent. */
function nommerDehors(rangees: readonly Rangee[], horizons: readonly string[], rang: number, colonne: number): string {
  const rangee = rangees[rang];
  const apres = rang - rangees.length + 1;
  const horizon = colonne === 0 ? 'référence' : horizons[colonne - 1];
  const ligne = rangee === undefined ? `${ordinal(apres)} ligne sous le tableau` : rangee.genre === 'ligne' ? nommer(rangee.ligne) : rangee.libelle;
  return `${ligne}, ${horizon === undefined ? `${ordinal(colonne - horizons.length)} colonne après la dernière` : nommerHorizon(horizon)}`;
}

const ordinal = (n: number): string => (n === 1 ? '1re' : `${n}e`);

/**
 * Où va chaque valeur collée. Un bloc se pose à partir de `coin`, en sautant les en-têtes de groupe ;
 * une valeur seule remplit toute la sélection. Rien n'est perdu en silence : ce qui tombe sur une case
 * fermée ou dehors est nommé, ce qui ne se lit pas est posé tel quel et nommé aussi.
 */
export function planifierCollage(
  rangees: readonly Rangee[],
  horizons: readonly string[],
  bloc: Bloc,
  tableau: readonly (readonly string[])[],
): { poses: Pose[]; refus: Refus[] } {
  const poses: Pose[] = [];
  const refus: Refus[] = [];
  const nomDe = (rangee: Rangee, colonne: number): string =>
    rangee.genre === 'ligne' ? nommer(rangee.ligne, horizons[colonne - 1] ?? null) : rangee.libelle;

  function poser(rang: number, colonne: number, brut: string): void {
    const valeur = brut.trim();
    const rangee = rangees[rang];
    if (!rangee || colonne > horizons.length) {
      if (valeur !== '') refus.push({ champ: null, nom: nommerDehors(rangees, horizons, rang, colonne), valeur, raison: DEHORS });
      return;
    }
    const champ = champEn(rangee, colonne);
    if (champ === null) {
      if (valeur !== '') refus.push({ champ: null, nom: nomDe(rangee, colonne), valeur, raison: FERMEE });
      return;
    }
    const nom = nomDe(rangee, colonne);
    poses.push({ champ, valeur, nom });
    const lu = parseSaisie(valeur);
    if (!lu.ok) refus.push({ champ, nom, valeur, raison: lu.message });
  }

  const seule = tableau.length === 1 && tableau[0]?.length === 1 ? (tableau[0][0] ?? '') : null;
  if (seule !== null) {
    for (let rang = bloc.haut; rang <= bloc.bas; rang += 1) {
      if (rangees[rang]?.genre !== 'ligne') continue;
      for (let colonne = bloc.gauche; colonne <= bloc.droite; colonne += 1) {
        // Remplir une sélection passe à côté des cases fermées ; une case fermée visée seule est dite.
        const uneSeule = bloc.haut === bloc.bas && bloc.gauche === bloc.droite;
        if (uneSeule || champEn(rangees[rang], colonne) !== null) poser(rang, colonne, seule);
      }
    }
    return { poses, refus };
  }

  const coin: Place = { rang: bloc.haut, colonne: bloc.gauche };
  let rang = coin.rang;
  for (const valeurs of tableau) {
    while (rangees[rang]?.genre === 'groupe') rang += 1;
    for (const [i, valeur] of valeurs.entries()) poser(rang, coin.colonne + i, valeur);
    rang += 1;
  }
  return { poses, refus };
}

/** Recopie vers le bas : la première ligne du bloc dans les suivantes ; une ligne seule reprend celle du dessus. */
export function planifierRecopie(
  rangees: readonly Rangee[],
  horizons: readonly string[],
  bloc: Bloc,
  texteDe: (champ: string) => string,
): Pose[] {
  const poses: Pose[] = [];
  for (let colonne = bloc.gauche; colonne <= bloc.droite; colonne += 1) {
    let source: string | null = null;
    if (bloc.haut === bloc.bas) {
      for (let r = bloc.haut - 1; r >= 0 && source === null; r -= 1) source = champEn(rangees[r], colonne);
    }
    for (let rang = bloc.haut; rang <= bloc.bas; rang += 1) {
      const rangee = rangees[rang];
      const champ = champEn(rangee, colonne);
      if (champ === null || rangee?.genre !== 'ligne') continue;
      if (source === null) source = champ;
      else poses.push({ champ, valeur: texteDe(source), nom: nommer(rangee.ligne, horizons[colonne - 1] ?? null) });
    }
  }
  return poses;
}

/** Recopie vers la droite : la première case ouverte de chaque ligne dans les suivantes ; une colonne seule reprend celle de gauche. */
export function planifierRecopieDroite(rangees: readonly Rangee[], horizons: readonly string[], bloc: Bloc, texteDe: (champ: string) => string): Pose[] {
  const poses: Pose[] = [];
  for (let rang = bloc.haut; rang <= bloc.bas; rang += 1) {
    const rangee = rangees[rang];
    if (rangee?.genre !== 'ligne') continue;
    let source: string | null = null;
    if (bloc.gauche === bloc.droite) for (let c = bloc.gauche - 1; c >= 0 && source === null; c -= 1) source = champEn(rangee, c);
    for (let colonne = bloc.gauche; colonne <= bloc.droite; colonne += 1) {
      const champ = champEn(rangee, colonne);
      if (champ === null) continue;
      if (source === null) source = champ;
      else poses.push({ champ, valeur: texteDe(source), nom: nommer(rangee.ligne, horizons[colonne - 1] ?? null) });
    }
  }
  return poses;
}

/**
 * Étend un bloc par sa poignée jusqu'à une case : ses lignes (ou ses colonnes) se répètent dans l'ordre. Les cases
 * fermées et les en-têtes sont passés ; une source vide vide.
 */
export function planifierEtirement(rangees: readonly Rangee[], horizons: readonly string[], bloc: Bloc, jusque: Place, texteDe: (champ: string) => string): Pose[] {
  const poses: Pose[] = [];
  const lignes = (haut: number, bas: number): number[] => rangees.slice(haut, bas + 1).flatMap((r, i) => (r.genre === 'ligne' ? [haut + i] : []));
  const poser = (rang: number, colonne: number, source: string | null): void => {
    const rangee = rangees[rang];
    const champ = champEn(rangee, colonne);
    if (champ !== null && source !== null && rangee?.genre === 'ligne') poses.push({ champ, valeur: texteDe(source), nom: nommer(rangee.ligne, horizons[colonne - 1] ?? null) });
  };
  const sources = lignes(bloc.haut, bloc.bas);
  if (jusque.rang > bloc.bas) {
    for (const [i, rang] of lignes(bloc.bas + 1, jusque.rang).entries()) {
      for (let c = bloc.gauche; c <= bloc.droite; c += 1) poser(rang, c, champEn(rangees[sources[i % Math.max(1, sources.length)] ?? -1], c));
    }
  } else if (jusque.colonne > bloc.droite) {
    const largeur = bloc.droite - bloc.gauche + 1;
    for (const rang of sources) for (let c = bloc.droite + 1; c <= jusque.colonne; c += 1) poser(rang, c, champEn(rangees[rang], bloc.gauche + ((c - bloc.gauche) % largeur)));
  }
  return poses;
}

/** Vide les cases ouvertes d'un bloc. */
export function planifierEffacement(rangees: readonly Rangee[], horizons: readonly string[], bloc: Bloc): Pose[] {
  const poses: Pose[] = [];
  for (let rang = bloc.haut; rang <= bloc.bas; rang += 1) {
    const rangee = rangees[rang];
    if (rangee?.genre !== 'ligne') continue;
    for (let colonne = bloc.gauche; colonne <= bloc.droite; colonne += 1) {
      const champ = champEn(rangee, colonne);
      if (champ !== null) poses.push({ champ, valeur: '', nom: nommer(rangee.ligne, horizons[colonne - 1] ?? null) });
    }
  }
  return poses;
}
