import type { Stock, StockDe } from '../../shared/domain/engagements/denominateur.ts';
import { proposeTerritoirePs1 } from '../../shared/domain/engagements/territoires-ps1.ts';
import type { PropositionPs1 } from '../../shared/domain/engagements/territoires-ps1.ts';
import { communesDe, epciInfo, findCommune, nomTerritoire, territoiresDeCommune } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { communesAvecQpv, readStockCommunes } from '../store/stock.ts';

export type TerritoiresDossier = {
  /** Codes `dep-13` des départements où se trouve le parc, triés. */
  departements: string[];
  /** Codes `reg-93` des régions où se trouve le parc, triés. */
  regions: string[];
  /** EPCI et EPT du parc, avec ce que L441-1 en dit d'après les données. */
  ps1: PropositionPs1[];
  stockDe: StockDe;
};

/** L441-1 vise aussi la commune de Paris, que n'inclut aucun établissement public territorial. */
const PARIS = 'com-75056';
const RIEN: Stock = { parc: 0, parcFG: 0 };

/** Où est le parc : tout ce que la matrice et les contrôles en savent vient d'ici. */
export function readTerritoires(base: Base): TerritoiresDossier {
  const stocks = new Map<string, Stock>();
  const communes = readStockCommunes(base);
  for (const { commune, parc, parcFG } of communes) {
    for (const territoire of territoiresDeCommune(commune)) {
      const s = stocks.get(territoire) ?? RIEN;
      stocks.set(territoire, { parc: s.parc + parc, parcFG: s.parcFG + parcFG });
    }
  }
  const presents = [...stocks.keys()].sort();
  const qpv = communesAvecQpv(base);
  return {
    departements: presents.filter((t) => t.startsWith('dep-')),
    regions: presents.filter((t) => t.startsWith('reg-')),
    ps1: presents.filter((t) => t.startsWith('epci-') || t.startsWith('ept-') || t === PARIS).flatMap((t) => proposeFor(t, qpv)),
    stockDe: (territoire) => stocks.get(territoire) ?? RIEN,
  };
}

function proposeFor(territoire: string, communesQpv: ReadonlySet<string>): PropositionPs1[] {
  const nom = nomTerritoire(territoire);
  const membres = communesDe(territoire);
  const populations = membres.map((c) => findCommune(c)?.population ?? 0);
  const info = territoire.startsWith('epci-') ? epciInfo(territoire.slice(5)) : null;
  const type = territoire === PARIS ? 'PARIS' : territoire.startsWith('ept-') ? 'EPT' : info?.type;
  if (type === undefined) return [];
  return [
    proposeTerritoirePs1({
      code: territoire,
      nom,
      type,
      population: info?.population ?? populations.reduce((a, b) => a + b, 0),
      // La population de la même année que celle de l'établissement : le seuil compare les deux.
      populationCommune: info?.populationCommune ?? Math.max(0, ...populations),
      seuilIncertain: info?.seuilIncertain ?? false,
      // Nos données ne disent pas les compétences ; un QPV où l'organisme n'a rien leur échappe aussi.
      competenceHabitat: null,
      qpv: membres.some((c) => communesQpv.has(c)) ? true : null,
    }),
  ];
}
