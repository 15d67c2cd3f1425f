import type { Sortie } from '../../../shared/contract.ts';
import { ETATS_VENTE, LIBELLE_ETAT_VENTE } from '../../../shared/domain/ventes/types.ts';
import { writeDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { parseNombre, parseOuiNon } from '../../../shared/domain/ventes/saisie.ts';
import { findControle } from '../../../shared/millesimes/index.ts';
import { nomTerritoire } from '../../../shared/territoires/index.ts';
import type { Base } from '../../store/base.ts';
import { readChamp } from '../../store/champs.ts';
import { readPlan } from './plan.ts';
import type { LigneVente } from './plan.ts';

type Comptes = { logements: number; annees: Record<string, number>; acquereurs: Record<string, number>; etats: Record<string, number> };
const INCONNU = 'inconnu';

/** Ce qu'une liste de logements du plan compte, par année, acquéreur et état. */
export function countVentesDe(lignes: readonly LigneVente[]): Comptes {
  const c: Comptes = { logements: lignes.length, annees: {}, acquereurs: {}, etats: {} };
  const un = (comptes: Record<string, number>, cle: string): void => void (comptes[cle] = (comptes[cle] ?? 0) + 1);
  for (const l of lignes) {
    un(c.annees, l.annee === null ? INCONNU : String(l.annee));
    un(c.acquereurs, l.acquereur ?? INCONNU);
    un(c.etats, l.etat);
  }
  return c;
}

export const CHAMP_AUCUNE = 'ventes/aucune';

export function readResume(base: Base, aujourdhui: string): Sortie<'ventes.resume'> {
  const { lignes, cadre, millesime } = readPlan(base, aujourdhui);
  const { regles } = cadre;
  const parDrapeau = new Map<string, number>();
  for (const l of lignes) for (const d of l.drapeaux) parDrapeau.set(d.code, (parDrapeau.get(d.code) ?? 0) + 1);
  const distincts = (lire: (l: LigneVente) => string | null): number => new Set(lignes.map(lire).filter((v) => v !== null && v !== '')).size;
  return {
    ...countVentesDe(lignes),
    communes: distincts((l) => l.commune),
    epci: distincts((l) => l.epci),
    departements: distincts((l) => l.departement),
    qpv: lignes.filter((l) => l.qpv === true).length,
    documents: lignes.filter((l) => l.documents).length,
    drapeaux: regles.drapeaux.flatMap(({ code, court, article }) => {
      const nombre = parDrapeau.get(code) ?? 0;
      return nombre === 0 ? [] : [{ code, court, article, niveau: findControle(millesime, code).niveau, nombre }];
    }),
    periode: [...cadre.annees],
    listeAcquereurs: regles.acquereurs.map(({ code, libelle, court }) => ({ code, libelle, court })),
    listeEtats: ETATS_VENTE.map((code) => ({ code, libelle: LIBELLE_ETAT_VENTE[code] })),
    energie: { seuil: writeDecimal(cadre.seuil), source: readSource(base, regles.energie), article: regles.energie.article, bornes: regles.energie.sourceBornes },
    texte: regles.texte,
    article: regles.article,
    incertitudes: [...regles.incertitudes],
    aucune: isAucune(base),
  };
}

export const isAucune = (base: Base): boolean => parseOuiNon(readChamp(base, CHAMP_AUCUNE) ?? '') === true;

/** D'où vient la consommation maximale : la source saisie, sinon l'article ; sans source, une valeur changée le dit. */
function readSource(base: Base, energie: { champSeuil: string; champSource: string; source: string; seuil: string }): string {
  const seuil = readChamp(base, energie.champSeuil);
  if (seuil !== null && parseNombre(seuil) === null) return `« ${seuil} » ne se lit pas : ${energie.seuil} est appliqué. ${energie.source}`;
  const saisie = readChamp(base, energie.champSource);
  if (saisie !== null) return saisie;
  return seuil === null || seuil === energie.seuil ? energie.source : 'valeur saisie, sans source';
}

/** Totaux par commune, EPCI ou département, du plus grand au plus petit ; hors de tout EPCI : `aucun`. */
export function listTerritoires(lignes: readonly LigneVente[], par: 'commune' | 'epci' | 'departement'): Sortie<'ventes.territoires'>['lignes'] {
  const groupes = new Map<string, LigneVente[]>();
  for (const l of lignes) {
    const code = par === 'commune' ? l.commune : par === 'epci' ? (l.epci ?? 'aucun') : l.departement;
    const liste = groupes.get(code);
    if (liste === undefined) groupes.set(code, [l]);
    else liste.push(l);
  }
  const prefixe = { commune: 'com', epci: 'epci', departement: 'dep' }[par];
  const nom = (code: string, premiere: LigneVente | undefined): string => (par === 'commune' ? (premiere?.nomCommune ?? code) : code === 'aucun' ? 'Hors de tout EPCI' : nomTerritoire(`${prefixe}-${code}`));
  return [...groupes]
    .map(([code, liste]) => ({ code, nom: nom(code, liste[0]), ...countVentesDe(liste) }))
    .sort((a, b) => b.logements - a.logements || (a.nom < b.nom ? -1 : 1));
}
