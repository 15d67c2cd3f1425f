import type { Sortie } from '../../../shared/contract.ts';
import { familleDe, FAMILLES, LIBELLE_FAMILLE } from '../../../shared/domain/rpls/familles.ts';
import { nombre } from '../../ui/format.ts';

export type Ensemble = Sortie<'ensembles.lister'>['ensembles'][number];

const plat = (t: string): string => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Ensembles dont le nom, l'adresse, la commune ou le code contiennent toutes les parties tapées. */
export function chercherEnsembles(ensembles: readonly Ensemble[], texte: string): Ensemble[] {
  const parties = plat(texte).split(/\s+/).filter(Boolean);
  return ensembles.filter((e) => {
    const ou = plat(`${e.nom} ${e.adresse} ${e.nomCommune} ${e.id}`);
    return parties.every((p) => ou.includes(p));
  });
}

/** « PLUS 40, PLAI 8 » : les familles de financement, de la plus nombreuse à la moins nombreuse. */
export function familles(e: Ensemble): string {
  const comptes = new Map<string, number>();
  for (const [code, n] of Object.entries(e.financements)) comptes.set(familleDe(code), (comptes.get(familleDe(code)) ?? 0) + n);
  return FAMILLES.flatMap((f) => (comptes.has(f) ? [{ f, n: comptes.get(f) ?? 0 }] : []))
    .sort((a, b) => b.n - a.n)
    .map(({ f, n }) => `${LIBELLE_FAMILLE[f]} ${nombre(n)}`)
    .join(', ');
}
