import type { Entree } from '../../shared/contract.ts';

/** Un logement candidat, tel que la table des logements le donne. */
export type Candidat = { identifiant: string; ensemble: string; commune: string; departement: string };

const PAR_ENSEMBLE = 14;
const ENSEMBLES_PAR_DEPARTEMENT = 2;
const ACQUEREURS = ['locataires', 'locataires', 'locataires', 'autre', 'societe-vente'] as const;

/** Quelques logements d'un ou deux ensembles par département, étalés sur la convention : toujours les mêmes. */
export function planDemonstration(candidats: readonly Candidat[], annees: readonly number[]): { identifiants: string[]; cases: Entree<'ventes.definir'>['cases']; communes: string[] } {
  const parDepartement = new Map<string, Map<string, Candidat[]>>();
  for (const c of candidats) {
    const ensembles = parDepartement.get(c.departement) ?? new Map<string, Candidat[]>();
    ensembles.set(c.ensemble, [...(ensembles.get(c.ensemble) ?? []), c]);
    parDepartement.set(c.departement, ensembles);
  }
  const choisis = [...parDepartement.values()].flatMap((ensembles) =>
    // Les plus grands d'abord ; à égalité, dans l'ordre de leur code.
    [...ensembles].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1)).slice(0, ENSEMBLES_PAR_DEPARTEMENT).flatMap(([, liste]) => liste.slice(0, PAR_ENSEMBLE)),
  );
  const cases = choisis.flatMap(({ identifiant }, i) => {
    const annee = annees[i % annees.length] ?? 0;
    const acquereur = ACQUEREURS[i % ACQUEREURS.length] ?? 'locataires';
    return [
      { identifiant, colonne: 'annee', texte: String(annee) },
      { identifiant, colonne: 'acquereur', texte: acquereur },
      // Les documents des deux premières années sont prêts, les autres se réuniront.
      ...(annee <= (annees[1] ?? 0) ? [{ identifiant, colonne: 'documents', texte: 'oui' }] : []),
    ];
  });
  return { identifiants: choisis.map((c) => c.identifiant), cases, communes: [...new Set(choisis.map((c) => c.commune))].sort() };
}

const FICTIF = 'Chiffres fictifs de la démonstration';

/** Taux fictifs, dits tels : l'une des communes atteint le sien, l'autre non. */
export function communesDemonstration(communes: readonly string[]): Entree<'ventes.definirCommunes'>['cases'] {
  return communes.slice(0, 2).flatMap((commune, i) => [
    { commune, colonne: 'objectif', texte: '20' },
    { commune, colonne: 'residences', texte: '40000' },
    { commune, colonne: 'sociaux', texte: i === 0 ? '9300' : '7100' },
    { commune, colonne: 'carence', texte: 'non' },
    { commune, colonne: 'source', texte: FICTIF },
  ]);
}

/** Toutes reçues le même jour ; la première commune répond favorablement, les autres se taisent. */
export function consultationsDemonstration(cles: readonly string[], recue: string): Entree<'ventes.definirConsultation'>['cases'] {
  return cles.flatMap((cle, i) => [
    { cle, colonne: 'envoyee', texte: '2025-09-22' },
    { cle, colonne: 'recue', texte: recue },
    ...(i === 0 || !cle.startsWith('commune-') ? [{ cle, colonne: 'reponse', texte: 'favorable' }, { cle, colonne: 'repondue', texte: '2025-11-04' }] : []),
  ]);
}
