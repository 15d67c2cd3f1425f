import type { Sortie } from '../../shared/contract.ts';
import { computeFiche } from '../../shared/domain/ensembles/fiche.ts';
import { invalide } from '../../shared/erreurs.ts';
import { findCommune, nomDepartement, nomTerritoire } from '../../shared/territoires/index.ts';
import { findEnsemble, readCommunes } from '../store/decisions.ts';
import { listCodes } from '../store/ensembles.ts';
import { iterateFiche, readHistoire } from '../store/fiche.ts';
import type { Contexte } from './contexte.ts';
import { readEnsembles } from './ensembles.ts';
import { readLoyers } from './loyers.ts';

type Fiche = Sortie<'ensembles.fiche'>;
const SURFACES = ['SH', 'SU', 'SC'] as const;
const centiemes = ({ logements, total }: { logements: number; total: number }): { logements: number; total: number } => ({ logements, total: total / 100 });

/**
 * La fiche d'un ensemble (R445-3). Chaque chiffre vient de la fonction qui le donne ailleurs : la liste
 * des ensembles, les loyers, les comptes du parc.
 */
export async function readFiche(contexte: Contexte, id: string): Promise<Fiche> {
  const { base } = contexte.dossier();
  const connu = findEnsemble(base, id);
  const [ensemble] = connu === null ? [] : readEnsembles(base, id);
  if (connu === null || ensemble === undefined) {
    throw invalide('ensemble-inconnu', `Aucun ensemble immobilier du parc n’a le code « ${id} ».`, 'Choisir un ensemble de la liste.');
  }
  const { comptes, surfaces, accessoires, dpe, conventions, ventes } = computeFiche(iterateFiche(base, connu.id));
  const codes = listCodes(base);
  const rang = codes.indexOf(id);
  const commune = findCommune(ensemble.commune);
  const { observations } = await contexte.appeler('observations.lister', {});
  return {
    ensemble,
    decide: { nom: connu.nomDecidePar === 'utilisateur', composition: connu.compositionDecideePar === 'utilisateur' },
    epci: commune?.epci == null ? null : { code: commune.epci, nom: nomTerritoire(`epci-${commune.epci}`) },
    departement: commune === null ? '' : (nomDepartement(commune.departement) ?? commune.departement),
    communes: readCommunes(base, connu.id).map((code) => ({ code, nom: findCommune(code)?.nom ?? code })),
    rang: rang + 1, total: codes.length, precedent: codes[rang - 1] ?? null, suivant: codes[rang + 1] ?? null,
    pieces: comptes.pieces ?? {}, types: comptes.type ?? {}, annees: comptes.annee ?? {}, modes: comptes.mode ?? {},
    vacants: comptes.vacants?.[''] ?? 0, sortis: comptes.sortis?.[''] ?? 0,
    surfaces: { SH: centiemes(surfaces.SH), SU: centiemes(surfaces.SU), SC: centiemes(surfaces.SC) },
    accessoires: centiemes(accessoires), dpe, conventions,
    loyers: SURFACES.flatMap((sorte) => readLoyers(base, 'ensemble', sorte, id).map((l) => ({ ...l, sorte }))),
    ventes: { ...ventes, prix: centiemes(ventes.prix), produit: centiemes(ventes.produit) },
    observations: observations.filter((o) => o.champ === `ensemble/${id}` || o.champ.startsWith(`ensemble/${id}/`)),
    historique: readHistoire(base, id),
  };
}
