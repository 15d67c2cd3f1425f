import { LIBELLE_ENTREE, LIBELLE_SORTIE } from './points.ts';

type Loyers = { loues: number; loyerM2: number | null; loyerMaxM2: number | null; ecartM2: number | null };
export type PointMontre = {
  libelle: string;
  logements: number;
  sortis: number;
  qpv: number;
  vacance: { vacants: number; proposes: number | null; plusDeTroisMois: number | null; dureeInconnue: number | null };
  dpe: Record<string, number>;
  dpeAvant: Record<string, number>;
  dpeDepuis: Record<string, number>;
  dpeSansDate: Record<string, number>;
  loyers: { SH: Loyers; SU: Loyers; SC: Loyers };
};
export type MouvementMontre = { de: string; a: string; entrees: Record<string, number>; sorties: Record<string, number> };
export type Format = 'entier' | 'taux' | 'euros';
/** Une grandeur et sa valeur à chaque point ; `null` : les données ne la disent pas. */
export type RangeeTendance = { groupe: string; libelle: string; format: Format; valeurs: (number | null)[] };

/** Part, entre 0 et 1 ; `null` sans dénominateur. */
export const part = (n: number | null, sur: number | null): number | null => (n === null || sur === null || sur === 0 ? null : n / sur);

const CLASSES = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const SURFACES = { SH: 'surface habitable', SU: 'surface utile', SC: 'surface corrigée' } as const;

/** Toutes les grandeurs des évolutions, dans l'ordre où l'écran, le terminal et l'export les montrent. */
export function buildTableau(points: readonly PointMontre[], mouvements: readonly MouvementMontre[]): RangeeTendance[] {
  const rangees: RangeeTendance[] = [];
  const add = (groupe: string, libelle: string, format: Format, valeur: (p: PointMontre) => number | null): void =>
    void rangees.push({ groupe, libelle, format, valeurs: points.map(valeur) });
  add('Parc', 'Logements', 'entier', (p) => p.logements);
  add('Parc', 'En QPV', 'entier', (p) => p.qpv);
  addMouvements(rangees, points, mouvements);
  add('Vacance', 'Vacants (MODE 2)', 'entier', (p) => p.vacance.vacants);
  add('Vacance', 'Loués ou proposés (MODE 1 et 2)', 'entier', (p) => p.vacance.proposes);
  add('Vacance', 'Taux de vacance', 'taux', (p) => part(p.vacance.vacants, p.vacance.proposes));
  add('Vacance', 'Vacants depuis plus de trois mois', 'entier', (p) => p.vacance.plusDeTroisMois);
  add('Vacance', 'Taux de vacance de plus de trois mois', 'taux', (p) => part(p.vacance.plusDeTroisMois, p.vacance.proposes));
  add('Vacance', 'Vacants dont la durée est inconnue', 'entier', (p) => p.vacance.dureeInconnue);
  const periodes = [['dpe', 'DPE, toutes dates'], ['dpeAvant', 'DPE d’avant le 1er juillet 2021'], ['dpeDepuis', 'DPE depuis le 1er juillet 2021'], ['dpeSansDate', 'DPE sans date']] as const;
  for (const [cle, groupe] of periodes) {
    for (const classe of CLASSES) add(groupe, `Classe ${classe}`, 'entier', (p) => p[cle][classe] ?? 0);
    if (cle === 'dpe') add(groupe, 'Classe inconnue', 'entier', (p) => p.dpe['inconnu'] ?? 0);
  }
  for (const [surface, nom] of Object.entries(SURFACES) as [keyof typeof SURFACES, string][]) {
    add(`Loyers, ${nom}`, 'Logements loués retenus', 'entier', (p) => p.loyers[surface].loues);
    add(`Loyers, ${nom}`, 'Loyer moyen (€/m²)', 'euros', (p) => p.loyers[surface].loyerM2);
    add(`Loyers, ${nom}`, 'Loyer maximal moyen (€/m²)', 'euros', (p) => p.loyers[surface].loyerMaxM2);
    add(`Loyers, ${nom}`, 'Écart au maximum (€/m²)', 'euros', (p) => p.loyers[surface].ecartM2);
  }
  return rangees;
}

/** Ce qui est entré et sorti depuis le point d'avant, motif par motif ; rien au premier. */
function addMouvements(rangees: RangeeTendance[], points: readonly PointMontre[], mouvements: readonly MouvementMontre[]): void {
  const parPoint = points.map((p) => mouvements.find((m) => m.a === p.libelle) ?? null);
  for (const [cote, nom, libelles] of [['entrees', 'Entrées', LIBELLE_ENTREE], ['sorties', 'Sorties', LIBELLE_SORTIE]] as const) {
    const motifs = Object.keys(libelles).filter((m) => mouvements.some((x) => (x[cote][m] ?? 0) > 0));
    rangees.push({ groupe: nom, libelle: 'Ensemble', format: 'entier', valeurs: parPoint.map((m) => (m === null ? null : Object.values(m[cote]).reduce((a, b) => a + b, 0))) });
    for (const motif of motifs) rangees.push({ groupe: nom, libelle: libelles[motif] ?? motif, format: 'entier', valeurs: parPoint.map((m) => (m === null ? null : (m[cote][motif] ?? 0))) });
  }
}
