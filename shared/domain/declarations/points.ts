/** Une déclaration gardée par le dossier : le parc d'un bailleur à une date. */
export type Declaration = { id: number; annee: number | null; origine: number | null; enVigueur: boolean };
/** Un point des évolutions : chaque bailleur y est par sa déclaration de l'année ou, à défaut, la dernière d'avant. */
export type Point = { annee: number | null; declarations: Declaration[] };

const rangAnnee = (d: Declaration): number => d.annee ?? Number.POSITIVE_INFINITY;
const avant = (a: Declaration, b: Declaration): number => rangAnnee(a) - rangAnnee(b) || Number(a.enVigueur) - Number(b.enVigueur) || a.id - b.id;

/**
 * Points des évolutions, du plus ancien au plus récent. Deux déclarations d'une même année pour un bailleur :
 * celle en vigueur, sinon la dernière importée. Une déclaration sans année vient à la fin.
 */
export function buildPoints(declarations: readonly Declaration[]): Point[] {
  const annees = [...new Set(declarations.map((d) => d.annee))].toSorted((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  const origines = [...new Set(declarations.map((d) => d.origine))].toSorted((a, b) => (a ?? 0) - (b ?? 0));
  return annees.map((annee) => ({
    annee,
    declarations: origines.flatMap((o) => {
      const siennes = declarations.filter((d) => d.origine === o && (annee === null || (d.annee !== null && d.annee <= annee))).toSorted(avant);
      return siennes.at(-1) ?? [];
    }),
  }));
}

/** Ce qui a fait entrer ou sortir des logements du parc entre deux points, hors changement de périmètre. */
export const LIBELLE_ENTREE: Readonly<Record<string, string>> = {
  '1': 'construction par l’organisme',
  '2': 'acquisition avec travaux',
  '3': 'acquisition sans travaux',
  '4': 'acquisition en VEFA',
  inconnu: 'nouveau, origine inconnue',
  retour: 'revenu dans le parc',
  commune: 'changement de commune',
  perimetre: 'organisme réuni',
};
export const LIBELLE_SORTIE: Readonly<Record<string, string>> = {
  '1': 'vente à l’occupant',
  '2': 'vente à un autre bailleur social',
  '3': 'autre vente',
  '4': 'démolition',
  '5': 'autre motif',
  absent: 'absent de la déclaration suivante, sans motif',
  commune: 'changement de commune',
  perimetre: 'organisme absent de ce point',
};

/** Un groupe de logements qui entrent, sortent ou changent de commune ; une commune vide : hors du parc. */
export type Mouvement = { avant: string | null; apres: string | null; motif: string; logements: number };
export type Bilan = { entrees: Record<string, number>; sorties: Record<string, number> };

/** Entrées et sorties d'un territoire (`null` : tout) ; un changement de commune en son sein n'en est pas une. */
export function sumMouvements(mouvements: readonly Mouvement[], communes: ReadonlySet<string> | null): Bilan {
  const dedans = (commune: string | null): boolean => commune !== null && (communes === null || communes.has(commune));
  const bilan: Bilan = { entrees: {}, sorties: {} };
  for (const m of mouvements) {
    const [de, vers] = [dedans(m.avant), dedans(m.apres)];
    if (de === vers) continue;
    const cote = vers ? bilan.entrees : bilan.sorties;
    cote[m.motif] = (cote[m.motif] ?? 0) + m.logements;
  }
  return bilan;
}
