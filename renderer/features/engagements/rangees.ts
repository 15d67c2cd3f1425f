import type { Sortie } from '../../../shared/contract.ts';

export type Matrice = Sortie<'engagements.matrice'>;
export type Ligne = Matrice['lignes'][number];
export type Cellule = Ligne['cellules'][number];

/** Une rangée affichée : un en-tête qui se replie, ou une ligne de saisie. */
export type Rangee =
  | { genre: 'groupe'; niveau: 0 | 1 | 2; cle: string; libelle: string; code: string; replie: boolean; attendus: number; renseignes: number; premiere: Ligne }
  | { genre: 'ligne'; niveau: 1 | 2 | 3 | 4; cle: string; libelle: string; ligne: Ligne; /** Par colonne d'horizon ; `null` : la loi n'y demande rien. */ cases: (Cellule | null)[] };

export type RangeeLigne = Extract<Rangee, { genre: 'ligne' }>;

export function cleLigne(l: Ligne): string {
  return `${l.indicateur}/${l.territoire}/${l.ventilation}`;
}

/** Une valeur lisible : un texte gardé mais illisible ne renseigne rien (même règle que le contrôle). */
const estLue = (c: Cellule): boolean => c.valeur !== null || c.pourcentage !== null || c.numerateur !== null || c.denominateur !== null;

/** Cases exigées et renseignées : le seul compte de l'écran, de l'en-tête aux groupes. */
export function compter(lignes: readonly Ligne[]): { attendus: number; renseignes: number } {
  let attendus = 0;
  let renseignes = 0;
  for (const l of lignes) {
    for (const c of l.cellules) {
      if (!c.obligatoire) continue;
      attendus += 1;
      if (estLue(c)) renseignes += 1;
    }
  }
  return { attendus, renseignes };
}

function parCle<T>(liste: readonly T[], cle: (t: T) => string): Map<string, T[]> {
  const groupes = new Map<string, T[]>();
  for (const t of liste) {
    const c = cle(t);
    const groupe = groupes.get(c);
    if (groupe) groupe.push(t);
    else groupes.set(c, [t]);
  }
  return groupes;
}

/**
 * Les rangées visibles : politique, indicateur, territoire (quand il a plusieurs ventilations),
 * ligne. `replis` tient les clés des groupes repliés.
 */
export function construireRangees(matrice: Matrice, replis: ReadonlySet<string>, court: (code: string) => string): Rangee[] {
  const rangees: Rangee[] = [];
  const horizons = matrice.colonnes.map((c) => c.horizon);
  const groupe = (niveau: 0 | 1 | 2, cle: string, code: string, libelle: string, lignes: readonly Ligne[]): boolean => {
    const [premiere] = lignes;
    if (!premiere) return false;
    const replie = replis.has(cle);
    rangees.push({ genre: 'groupe', niveau, cle, code, libelle, replie, premiere, ...compter(lignes) });
    return !replie;
  };
  const ajouter = (ligne: Ligne, niveau: 1 | 2 | 3 | 4, libelle: string): void => {
    const cases = horizons.map((h) => ligne.cellules.find((c) => c.horizon === h) ?? null);
    rangees.push({ genre: 'ligne', niveau, cle: cleLigne(ligne), libelle, ligne, cases });
  };
  for (const [politique, lignesP] of parCle(matrice.lignes, (l) => l.politique)) {
    if (!groupe(0, politique, '', politique, lignesP)) continue;
    for (const [code, lignesI] of parCle(lignesP, (l) => l.indicateur)) {
      if (!groupe(1, `${politique}/${code}`, code, court(code), lignesI)) continue;
      for (const [territoire, lignesT] of parCle(lignesI, (l) => l.territoire)) {
        const [premiere] = lignesT;
        if (!premiere) continue;
        if (lignesT.length === 1) {
          ajouter(premiere, 2, premiere.nomTerritoire);
          continue;
        }
        if (!groupe(2, `${politique}/${code}/${territoire}`, '', premiere.nomTerritoire, lignesT)) continue;
        for (const { ligne: l, libelle, niveau } of sousLignes(lignesT)) ajouter(l, niveau, libelle);
      }
    }
  }
  return rangees;
}

/** « PLAI, dont part hors QPV » sous « PLAI » : la part se lit sans son mode, et se distingue de la suivante même à l'étroit. */
function sousLignes(lignes: readonly Ligne[]): { ligne: Ligne; libelle: string; niveau: 3 | 4 }[] {
  let mode = '';
  return lignes.map((ligne) => {
    const { libelleVentilation: libelle } = ligne;
    if (mode !== '' && libelle.startsWith(`${mode}, `)) return { ligne, libelle: libelle.slice(mode.length + 2), niveau: 4 };
    mode = libelle;
    return { ligne, libelle, niveau: 3 };
  });
}

/** Les groupes qui contiennent une ligne : à déplier pour qu'elle se voie. */
export function groupesDe(l: Ligne): string[] {
  return [l.politique, `${l.politique}/${l.indicateur}`, `${l.politique}/${l.indicateur}/${l.territoire}`];
}

/** Tous les groupes d'un niveau, pour tout replier. */
export function groupesNiveau(matrice: Matrice, niveau: 0 | 1 | 2): string[] {
  return [...new Set(matrice.lignes.map((l) => groupesDe(l)[niveau] ?? ''))];
}

/** Champ sous une colonne : 0 est la référence, puis les horizons. `null` : case fermée. */
export function champEn(rangee: Rangee | undefined, colonne: number): string | null {
  if (rangee?.genre !== 'ligne') return null;
  return colonne === 0 ? rangee.ligne.champReference : (rangee.cases[colonne - 1]?.champ ?? null);
}

export const nommerHorizon = (horizon: string): string => horizon.replace(/^(\d+)ans$/, '$1 ans');

/** Une case nommée comme on la dirait : `PP-3, Bouches-du-Rhône, 2027` ; sans horizon, sa ligne ; `null`, sa référence. */
export function nommer(l: Ligne, horizon?: string | null): string {
  const quand = horizon === undefined ? '' : horizon === null ? 'référence' : nommerHorizon(horizon);
  const parties = [l.indicateur, l.nomTerritoire, l.ventilation === 'total' ? '' : l.libelleVentilation, quand];
  return parties.filter(Boolean).join(', ');
}
