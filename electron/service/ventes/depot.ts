import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import type { Contexte } from '../contexte.ts';

const PAGE = 1000;

/** Le plan tel qu'il se dépose : les mêmes opérations que l'écran ; les notes restent dans le dossier. `null` : plan vide. */
export async function buildVentes(contexte: Contexte): Promise<NonNullable<DonneesPaquet['ventes']> | null> {
  const resume = await contexte.appeler('ventes.resume', {});
  if (resume.logements === 0) return null;
  const lignes: NonNullable<DonneesPaquet['ventes']>['lignes'] = [];
  for (let decalage = 0; decalage < resume.logements; decalage += PAGE) {
    const page = await contexte.appeler('ventes.page', { decalage, nombre: PAGE });
    lignes.push(...page.lignes.map(({ note: _, ...l }) => l));
  }
  const territoires = [];
  for (const par of ['epci', 'commune'] as const) territoires.push({ par, ...(await contexte.appeler('ventes.territoires', { par })) });
  const { lignes: consultations } = await contexte.appeler('ventes.consultations', {});
  const { lignes: communes } = await contexte.appeler('ventes.communes', {});
  return { resume, lignes, territoires, communes, consultations: consultations.map(({ note: _, aVerifier: __, ...c }) => c) };
}
