import { basename } from 'node:path';
import { formatDate } from '../../shared/domain/nombres/format.ts';
import type { Sortie } from '../../shared/contract.ts';
import { addAttributions, addCumul, anneesAvant, cumulDe, cumulVide } from '../../shared/domain/attributions/comptes.ts';
import type { Atome, Cumul } from '../../shared/domain/attributions/comptes.ts';
import { MESURES, isSomme } from '../../shared/domain/attributions/mesures.ts';
import type { Millesime, Seuil } from '../../shared/millesimes/types.ts';
import { findCommune, nomTerritoire, territoiresDeCommune } from '../../shared/territoires/index.ts';
import { cleLots, iterateSemblables, lotsEnVigueur, readObjectifs } from '../store/attributions.ts';
import type { Lot } from '../store/attributions.ts';
import type { Base } from '../store/base.ts';
import type { EtatEngagements } from './matrice.ts';

export type EtatAttributions = Sortie<'attributions.resultats'>;
export type LigneAttributions = EtatAttributions['lignes'][number];
export type Par = EtatAttributions['par'];

const INCONNU = 'inconnu';

// Un seul parcours sert tout, tant que les lots en vigueur sont les mêmes.
type Retenu = { cle: string; atomes: readonly Atome[]; territoires: Map<string, ReadonlyMap<string, Cumul>> };
const retenus = new WeakMap<Base, Retenu>();

/** Les attributions en vigueur, réunies par commune et par année : tous les chiffres en viennent. */
export const readAtomes = (base: Base): readonly Atome[] => readRetenu(base).atomes;

function readRetenu(base: Base): Retenu {
  const cle = cleLots(base);
  const connu = retenus.get(base);
  if (connu?.cle === cle) return connu;
  const atomes = new Map<string, Atome>();
  for (const { annee, commune, attribution, nombre, refus } of iterateSemblables(base)) {
    const nom = `${annee} ${commune ?? ''}`;
    let a = atomes.get(nom);
    if (a === undefined) atomes.set(nom, (a = { annee, commune, cumul: cumulVide() }));
    addAttributions(a.cumul, attribution, nombre, refus);
  }
  const retenu: Retenu = { cle, atomes: [...atomes.values()], territoires: new Map() };
  retenus.set(base, retenu);
  return retenu;
}

/** Les années civiles de référence ; vide sans date d'effet. */
export const anneesReference = ({ millesime, matrice }: Pick<EtatEngagements, 'millesime' | 'matrice'>): number[] =>
  matrice.premiereAnnee === null ? [] : anneesAvant(matrice.premiereAnnee, millesime.attributions.annees);

/** Les années d'une période : une année, plusieurs (`2023+2025`), `reference`, ou `toutes` (`null`). Une période inconnue n'en a aucune. */
export function anneesDe(periode: string, reference: readonly number[]): ReadonlySet<number> | null {
  if (periode === 'toutes') return null;
  if (periode === 'reference') return new Set(reference);
  return new Set(/^\d{4}(?:\+\d{4})*$/u.test(periode) ? periode.split('+').map(Number) : []);
}

/** Vrai des communes de ce territoire ; l'organisme les a toutes, même inconnues. */
export function communesDans(territoire: string): (commune: string | null) => boolean {
  if (territoire === 'organisme') return () => true;
  if (territoire === INCONNU) return (commune) => commune === null;
  const vues = new Map<string, boolean>();
  return (commune) => {
    if (commune === null) return false;
    let dans = vues.get(commune);
    if (dans === undefined) vues.set(commune, (dans = territoiresDeCommune(commune).includes(territoire)));
    return dans;
  };
}

/** Les attributions de ces années, pour chaque territoire où il y en a, de la région à la commune. */
export function cumulsTerritoires(base: Base, annees: ReadonlySet<number>): ReadonlyMap<string, Cumul> {
  const { atomes, territoires } = readRetenu(base);
  const cle = [...annees].join();
  const connus = territoires.get(cle);
  if (connus !== undefined) return connus;
  const cumuls = new Map<string, Cumul>();
  for (const a of atomes) {
    if (!annees.has(a.annee)) continue;
    for (const t of a.commune === null ? ['organisme'] : territoiresDeCommune(a.commune)) {
      let c = cumuls.get(t);
      if (c === undefined) cumuls.set(t, (c = cumulVide()));
      addCumul(c, a.cumul);
    }
  }
  territoires.set(cle, cumuls);
  return cumuls;
}

/** Les fichiers d'où viennent ces années, chacun une fois : « a.csv, importé le 02/03/2026 (2023, 2024) ». */
export function direFichiers(lots: readonly Lot[]): string {
  const parImport = new Map<number, Lot[]>();
  for (const l of lots) parImport.set(l.import, [...(parImport.get(l.import) ?? []), l]);
  return [...parImport.values()].map((liste) => `${basename(liste[0]?.fichier ?? '')}, importé le ${formatDate((liste[0]?.importeLe ?? '').slice(0, 10))} (${liste.map((l) => l.annee).join(', ')})`).join(' ; ');
}

/** Le territoire d'une commune à cette maille ; dans le Grand Paris, l'établissement public territorial tient lieu d'EPCI. */
function territoireDe(par: Par, commune: string | null): string {
  if (par === 'organisme') return 'organisme';
  const c = commune === null ? null : findCommune(commune);
  if (c === null) return INCONNU;
  switch (par) {
    case 'region': return `reg-${c.region}`;
    case 'departement': return `dep-${c.departement}`;
    case 'epci': return c.ept !== null ? `ept-${c.ept}` : c.epci !== null ? `epci-${c.epci}` : `com-${c.code}`;
    case 'commune': return `com-${c.code}`;
  }
}

export const nomDe = (territoire: string): string => (territoire === INCONNU ? 'Commune inconnue' : nomTerritoire(territoire));

const ligneDe = (territoire: string, periode: string, c: Cumul): LigneAttributions => ({
  territoire, nom: nomDe(territoire), periode, attributions: c.attributions, qpv: c.qpv, horsQpv: c.horsQpv, qpvInconnu: c.qpvInconnu, mesures: c.mesures,
});

/** Les attributions par territoire et par période : la seule fonction d'où viennent écran, terminal, documents et paquet. */
export function readAttributions(base: Base, etat: EtatEngagements, par: Par): EtatAttributions {
  const { millesime } = etat;
  const atomes = readAtomes(base);
  const lots = lotsEnVigueur(base);
  const reference = anneesReference(etat);
  const periodes = [...lots.map((l) => String(l.annee)), ...(reference.length > 0 ? ['reference'] : []), 'toutes'];
  const groupes = new Map<string, Atome[]>();
  for (const a of atomes) {
    const t = territoireDe(par, a.commune);
    const g = groupes.get(t);
    if (g === undefined) groupes.set(t, [a]);
    else g.push(a);
  }
  const lire = (territoire: string, siens: readonly Atome[]): LigneAttributions[] => periodes.map((p) => ligneDe(territoire, p, cumulDe(siens, () => true, anneesDe(p, reference))));
  return {
    par,
    annees: lots.map(({ annee, fichier, importeLe, lignes }) => ({ annee, fichier, importeLe, attributions: lignes })),
    reference,
    reserve: millesime.attributions.reserve,
    mesures: MESURES.map(({ code, libelle, sur, formule }) => ({ code, libelle, sur, formule, somme: isSomme(code), indicateurs: millesime.attributions.lignes.filter((l) => l.mesure === code).map((l) => l.indicateur) })),
    seuils: readSeuils(base, etat),
    lignes: [...groupes].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([t, siens]) => lire(t, siens).filter((l) => l.attributions > 0)),
    organisme: lots.length === 0 ? [] : lire('organisme', atomes),
  };
}

/** Les territoires où un minimum s'apprécie : ceux de la loi pour son indicateur, ou ceux du parc. */
export function territoiresSeuil(seuil: Seuil, etat: EtatEngagements): { code: string; nom: string }[] {
  const { territoires: ou } = seuil;
  if ('maille' in ou) return ou.maille === 'organisme' ? [{ code: 'organisme', nom: nomTerritoire('organisme') }] : etat.territoires.departements.map((code) => ({ code, nom: nomTerritoire(code) }));
  const vus = new Map<string, string>();
  for (const l of etat.matrice.lignes) if (l.indicateur.code === ou.indicateur && l.base) vus.set(l.territoire.code, l.territoire.nom);
  return [...vus].map(([code, nom]) => ({ code, nom }));
}

function readSeuils(base: Base, etat: EtatEngagements): EtatAttributions['seuils'] {
  const objectifs = readObjectifs(base);
  return etat.millesime.seuils.map((s) => ({
    code: s.code, libelle: s.libelle, article: s.article, texte: s.texte, mesure: s.mesure, incertitude: s.incertitude, objectif: s.objectif?.texte ?? null, minimum: s.minimum,
    territoires: territoiresSeuil(s, etat).map((t) => {
      const o = objectifs.find((x) => x.seuil === s.code && x.territoire === t.code);
      return { ...t, objectif: o === undefined ? null : { saisie: o.saisie, source: o.source } };
    }),
  }));
}

export const findSeuil = (millesime: Millesime, code: string): Seuil | undefined => millesime.seuils.find((s) => s.code === code);
