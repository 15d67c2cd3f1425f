import type { NaturePersonne, Presence } from '../../../shared/domain/association/types.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';
import { communesDe, epciInfo, findCommune, nomTerritoire, parseTerritoire, resolveDepcom } from '../../../shared/territoires/index.ts';
import type { Base } from '../../store/base.ts';
import { readStockCommunes } from '../../store/stock.ts';
import type { TerritoiresDossier } from '../territoires.ts';

const PARIS = 'com-75056';

/** La nature d'une personne publique d'après le code de son territoire. */
export function natureDe(territoire: string): NaturePersonne {
  if (territoire === PARIS) return 'paris';
  if (territoire.startsWith('ept-')) return 'ept';
  if (territoire.startsWith('dep-')) return 'departement';
  if (territoire.startsWith('com-')) return 'commune';
  if (!territoire.startsWith('epci-')) return 'autre';
  return epciInfo(territoire.slice(5))?.type === 'MET69' ? 'metropole-lyon' : 'epci';
}

/** Le nom d'une personne publique d'après son territoire ; une commune est dite avec son code, que des homonymes n'ont pas. */
export const nomPersonne = (territoire: string): string => (territoire.startsWith('com-') && territoire !== PARIS ? `${nomTerritoire(territoire)} (${territoire.slice(4)})` : nomTerritoire(territoire));

/**
 * Le territoire qu'un code tel qu'on le connaît désigne : Insee d'une commune (même d'hier, ou d'un arrondissement),
 * SIREN d'un EPCI ou d'un EPT, numéro de département. `null` : ce n'est pas un code ; vide : il n'en désigne aucun.
 */
export function territoireDuCode(tape: string): string | null {
  const code = tape.trim().toUpperCase();
  if (/^\d{9}$/u.test(code)) return [`epci-${code}`, `ept-${code}`].find((t) => parseTerritoire(t) !== null) ?? '';
  if (/^(?:\d{2}|2[AB])\d{3}$/u.test(code)) return resolveDepcom(code).commune === null ? '' : `com-${resolveDepcom(code).commune ?? ''}`;
  if (/^(?:\d{2,3}|2[AB])$/u.test(code)) return parseTerritoire(`dep-${code}`) === null ? '' : `dep-${code}`;
  return null;
}

/** Communes du territoire d'une personne publique, sans celles qu'une autre y exerce seule (métropole de Lyon dans le Rhône). */
export function communesPersonne({ association: { exclusions } }: Millesime, territoire: string): string[] {
  const communes = communesDe(territoire);
  const ailleurs = new Set(exclusions.filter((x) => x.territoire === territoire).flatMap((x) => communesDe(x.sans)));
  return ailleurs.size === 0 ? communes : communes.filter((c) => !ailleurs.has(c));
}

/** Logements du parc sur le territoire d'une personne publique : ceux des communes de `communesPersonne`. */
export const compterParc = ({ association: { exclusions } }: Millesime, territoires: TerritoiresDossier) => (code: string): number =>
  exclusions.filter((x) => x.territoire === code).reduce((n, x) => n - territoires.stockDe(x.sans).parc, territoires.stockDe(code).parc);

/**
 * Les personnes publiques que la présence du parc désigne (L445-1, alinéa 3). `ps1Choisis` : la liste des EPCI de
 * L441-1 que l'organisme a fixée ; l'alinéa y renvoie, c'est la même liste.
 */
export function readPresences(base: Base, millesime: Millesime, territoires: TerritoiresDossier, ps1Choisis: readonly string[] | null): Presence[] {
  const stock = new Map(readStockCommunes(base).map((c) => [c.commune, c.parc]));
  // Les comptes du parc par territoire sont déjà faits : chercher les communes de chacun coûterait à chaque lecture.
  const compter = compterParc(millesime, territoires);
  const presence = (code: string, dit: Pick<Presence, 'propose' | 'certain' | 'motif' | 'article'>): Presence => ({
    code, nom: nomPersonne(code), nature: natureDe(code), logements: compter(code), ...dit,
  });
  const nommee = (motif: string) => ({ propose: true, certain: true, motif, article: 'L445-1' });
  const groupements = territoires.ps1.map((p) => {
    const nature = natureDe(p.code);
    if (nature === 'paris') return presence(p.code, nommee('La commune de Paris.'));
    if (nature === 'metropole-lyon') return presence(p.code, nommee('La métropole de Lyon.'));
    if (ps1Choisis !== null && nature === 'epci' && ps1Choisis.includes(p.code)) {
      return presence(p.code, nommee('Établissement de L441-1, retenu par l’organisme dans les territoires de PS-1.'));
    }
    return presence(p.code, p);
  });
  const departements = territoires.departements.map((code) => {
    const sur = !millesime.association.aConfirmer.some((a) => a.territoires.includes(code));
    return presence(code, { ...nommee('Des immeubles de l’organisme s’y trouvent.'), certain: sur });
  });
  const seules = [...stock].filter(([code, n]) => n > 0 && findCommune(code)?.epci === null && `com-${code}` !== PARIS && findCommune(code)?.ept === null)
    .map(([code]) => presence(`com-${code}`, { propose: false, certain: false, motif: 'Commune hors de tout groupement : associée si elle est compétente pour le programme local de l’habitat.', article: 'L445-1' }));
  return [...groupements, ...departements, ...seules].filter((p) => p.logements > 0);
}
