import type { Sortie } from '../../shared/contract.ts';
import type { Mesure } from '../../shared/domain/carte/mesures.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { readPlafonds } from '../../shared/domain/loyers/npl/plafonds.ts';
import type { PlafondLoyer } from '../../shared/domain/loyers/npl/types.ts';
import { computeLoyers, computeMarge } from '../../shared/domain/loyers/taux.ts';
import { MOIS_METHODE_DPE } from '../../shared/domain/rpls/classes.ts';
import type { Base } from '../store/base.ts';
import { SOMMES_NPL } from '../../shared/domain/carte/npl.ts';
import { anneeEnVigueur, countDpeCommunes, countDpeEnsembles, countQpv } from '../store/carte.ts';
import { readPlafondsLoyer, readZones } from '../store/npl/baremes.ts';
import type { ComptesDpe } from '../store/carte.ts';
import { readVersionParc } from '../store/version.ts';
import { listTranchesLogements } from '../store/tranches.ts';
import type { Suivi } from './contexte.ts';
import { parTours } from './tours.ts';
import type { Tour } from './tours.ts';
import { readNplCarte } from './carte-npl.ts';
import { codeDe, readSommes } from './loyers.ts';
import type { Par } from './loyers.ts';
import { prepareOccupation, readTotaux } from './occupation-resultats.ts';
import { readServiceRendu } from './service-rendu-resultats.ts';

export type Mesures = Sortie<'carte.mesures'>;
type Surface = 'SH' | 'SU' | 'SC';
type Valeur = { valeur: number | null; sur: number };
/** Une mesure : ses valeurs par code, et ce qu'il faut en dire. */
type Source = { valeurs: ReadonlyMap<string, Valeur>; absence?: string; precision?: string };

const PRODUITS = ['PLAI', 'PLUS', 'PLS'] as const;

/**
 * Toutes les mesures de la carte : la seule fonction d'où viennent carte, tableau, terminal, feuille imprimée et
 * explications. Chacune est prise à ce qui la donne ailleurs.
 */
export function readMesures(base: Base, par: Par, surface: Surface, { annee: anneeVoulue, scenario: voulu }: { annee?: number | undefined; scenario?: number | undefined } = {}): Mesures {
  const sommes = readSommes(base, par, surface);
  const plafonds = readPlafondsLoyer(base);
  const annees = [...new Set(plafonds.map((p) => p.annee))].sort((a, b) => b - a);
  const annee = anneeVoulue ?? anneeEnVigueur(base);
  const sources = new Map<Mesure, Source>();
  const loyers = new Map(sommes.map((s) => [s.code, computeLoyers(s)]));
  const loyer = (cle: 'loyerM2' | 'loyerMaxM2' | 'ecartM2', sur: 'loues' | 'avecMaximum'): Source => ({
    valeurs: new Map([...loyers].map(([code, l]) => [code, { valeur: l[cle], sur: l[sur] }])),
  });
  sources.set('loyerM2', loyer('loyerM2', 'loues'));
  sources.set('loyerMaxM2', loyer('loyerMaxM2', 'avecMaximum'));
  sources.set('ecartM2', loyer('ecartM2', 'avecMaximum'));
  sources.set('marge', { valeurs: new Map(sommes.map((s) => [s.code, { valeur: computeMarge(s), sur: s.avecMaximum }])) });
  for (const [produit, source] of readEcartsPlafonds(base, par, surface, loyers, plafonds, annee, annees)) sources.set(`plafond${produit}`, source);
  const npl = readNplCarte(base, par, surface, voulu);
  for (const [mesure, source] of npl.sources) sources.set(mesure, source);
  for (const [mesure, source] of readOccupationCarte(base, par)) sources.set(mesure, source);
  sources.set('serviceRendu', readService(base, par));
  sources.set('dpe', readDpe(base, par));
  sources.set('qpv', readQpv(base, par));
  const resultat: Mesures = { annee, annees, scenarios: npl.scenarios, scenario: npl.scenario, lignes: [], absences: {}, precisions: {} };
  for (const [mesure, { absence, precision }] of sources) {
    if (absence !== undefined) resultat.absences[mesure] = absence;
    if (precision !== undefined) resultat.precisions[mesure] = precision;
  }
  resultat.lignes = sommes.map(({ code, surfaceMax, loyerPratiqueMax, maximum }) => {
    const ligne: Mesures['lignes'][number] = { code, valeurs: {}, sur: {}, sommesMax: { surface: surfaceMax, loyer: loyerPratiqueMax, maximum }, sommesNpl: npl.sommes.get(code) ?? SANS_NPL };
    for (const [mesure, { valeurs }] of sources) {
      const lue = valeurs.get(code);
      ligne.valeurs[mesure] = lue?.valeur ?? null;
      ligne.sur[mesure] = lue?.sur ?? 0;
    }
    return ligne;
  });
  return resultat;
}

const SANS_NPL = Object.fromEntries(SOMMES_NPL.map((s) => [s, 0])) as Mesures['lignes'][number]['sommesNpl'];
const communesDesEnsembles = (base: Base): Map<string, string> => new Map(base.prepare<[], { code: string; commune: string }>('SELECT code, commune FROM ensemble').all().map((e) => [e.code, e.commune]));

type Loyers = ReadonlyMap<string, ReturnType<typeof computeLoyers>>;

/** Loyer moins plafond de la zone : en surface utile seulement, là où une commune n'a qu'un plafond. */
function readEcartsPlafonds(base: Base, par: Par, surface: Surface, loyers: Loyers, plafonds: readonly PlafondLoyer[], annee: number | null, annees: readonly number[]): [(typeof PRODUITS)[number], Source][] {
  const sans = (absence: string): [(typeof PRODUITS)[number], Source][] => PRODUITS.map((p) => [p, { valeurs: new Map(), absence }]);
  if (annees.length === 0) return sans('Aucun plafond de loyer n’est saisi : ils se saisissent ou s’importent, avec leur source, dans la nouvelle politique des loyers.');
  if (annee === null) return sans('L’année des loyers n’est pas connue : choisir celle des plafonds.');
  if (surface !== 'SU') return sans('Les plafonds de loyer s’entendent au m² de surface utile : choisir la surface utile (SU).');
  if (par !== 'ensemble' && par !== 'commune') return sans('Un plafond est celui d’une zone de communes : choisir la maille de l’ensemble ou de la commune.');
  const zones = readZones(base);
  if (zones.size === 0) return sans('Aucun zonage des communes n’est chargé : il s’importe dans la nouvelle politique des loyers.');
  const table = readPlafonds(plafonds, annee);
  const communes = par === 'commune' ? null : communesDesEnsembles(base);
  return PRODUITS.map((produit) => {
    let sansPlafond = 0;
    const valeurs = new Map<string, Valeur>();
    for (const [code, l] of loyers) {
      const plafond = table.plafond(produit, zones.get(communes?.get(code) ?? code) ?? []);
      if (plafond === null) sansPlafond += 1;
      else valeurs.set(code, { valeur: l.loyerM2 === null ? null : l.loyerM2 - Number(plafond.taux) / 10_000, sur: l.loues });
    }
    const nom = par === 'commune' ? 'commune' : 'ensemble';
    if (valeurs.size === 0) return [produit, { valeurs, absence: `Aucun plafond ${produit} n’est saisi pour ${annee} dans les zones du parc.` }];
    return [produit, {
      valeurs,
      precision: `Plafonds ${produit} de ${annee}, les loyers du parc étant ceux de la déclaration de ${anneeEnVigueur(base) ?? 'date inconnue'}.${sansPlafond > 0 ? ` ${pluriel(sansPlafond, `${nom} sans plafond`, `${nom}s sans plafond`)} de zone : sans valeur.` : ''}`,
    }];
  });
}

function readService(base: Base, par: Par): Source {
  const { grille, lignes } = readServiceRendu(base, par);
  if (grille === null) return { valeurs: new Map(), absence: 'Aucune grille du service rendu n’est définie.' };
  return { valeurs: new Map(lignes.map((l) => [l.code, { valeur: l.resultat, sur: l.logementsNotes }])) };
}

const BORNE_RESSOURCES = 60;

/** Vacance, rotation, ressources : les mêmes lignes que l'occupation sociale, sans masque (l'écran est celui de l'organisme). */
function readOccupationCarte(base: Base, par: Par): ['vacance' | 'rotation' | 'ressources', Source][] {
  const { lignes, enquete, bornes, variables } = readTotaux(base, par);
  const parts = (compter: (l: (typeof lignes)[number]) => [number | null, number | null]): Map<string, Valeur> =>
    new Map(lignes.map((l) => {
      const [n, sur] = compter(l);
      return [l.code, part(n ?? 0, n === null ? 0 : (sur ?? 0))];
    }));
  const sans = (valeurs: Map<string, Valeur>, absence: string): Source => ([...valeurs.values()].some((v) => v.sur > 0) ? { valeurs } : { valeurs, absence });
  const borne = bornes.indexOf(BORNE_RESSOURCES);
  const ressources = parts(compterRessources(bornes, variables));
  const absenceRessources = !enquete ? 'Aucune enquête d’occupation sociale n’est importée.' : 'Aucun ménage n’a de ressources connues.';
  return [
    ['vacance', sans(parts(({ total }) => [total.vacants, total.offerts]), 'Aucun logement n’est loué ni proposé à la location.')],
    ['rotation', sans(parts(({ total }) => [total.rotation, total.baseRotation]), 'Aucune date d’entrée ne permet de compter la rotation.')],
    ['ressources', borne < 0 ? { valeurs: new Map(), absence: `Les bandes de ressources n’ont pas de borne à ${BORNE_RESSOURCES} % des plafonds.` } : sans(ressources, absenceRessources)],
  ];
}

type Occupation = ReturnType<typeof readTotaux>;

/** D'une ligne d'occupation : ménages au plus à 60 % des plafonds du PLUS, et ceux dont les ressources sont connues. */
function compterRessources(bornes: readonly number[], variables: Occupation['variables']): (l: Occupation['lignes'][number]) => [number, number] {
  const rang = variables.findIndex((v) => v.code === 'ressources');
  const borne = bornes.indexOf(BORNE_RESSOURCES);
  const somme = (liste: readonly (number | null)[]): number => liste.reduce<number>((n, v) => n + (v ?? 0), 0);
  return ({ total }) => {
    // La dernière modalité est « inconnu » : elle n'est pas une ressource.
    const comptes = total.variables[rang]?.slice(0, -1) ?? [];
    return [somme(comptes.slice(0, borne + 1)), somme(comptes)];
  };
}

/** Par ensemble, les ménages au plus à 60 % des plafonds du PLUS et ceux qu'on sait ; sinon pourquoi ils manquent. */
export function readRessources(base: Base): { comptes: ReadonlyMap<string, { sous: number; sur: number }> } | { absence: string } {
  const { lignes, enquete, bornes, variables } = readTotaux(base, 'ensemble');
  if (!enquete) return { absence: 'Aucune enquête d’occupation sociale n’est importée.' };
  if (!bornes.includes(BORNE_RESSOURCES)) return { absence: `Les bandes de ressources n’ont pas de borne à ${BORNE_RESSOURCES} % des plafonds.` };
  const compter = compterRessources(bornes, variables);
  return { comptes: new Map(lignes.map((l) => { const [sous, sur] = compter(l); return [l.code, { sous, sur }]; })) };
}

/** Réunit des comptes par commune à la maille voulue ; ceux d'un ensemble le sont déjà. */
function grouper<C extends { cle: string }>(comptes: readonly C[], par: Par, ajouter: (a: C, b: C) => C): Map<string, C> {
  const groupes = new Map<string, C>();
  for (const c of comptes) {
    const code = par === 'ensemble' ? c.cle : codeDe(c.cle, par);
    const deja = groupes.get(code);
    groupes.set(code, deja === undefined ? c : ajouter(deja, c));
  }
  return groupes;
}

const source = (par: Par): 'ensemble' | 'commune' => (par === 'ensemble' ? 'ensemble' : 'commune');
const part = (n: number, sur: number): Valeur => ({ valeur: sur > 0 ? (100 * n) / sur : null, sur });

const addDpe = (a: ComptesDpe, b: ComptesDpe): ComptesDpe => ({
  cle: a.cle, connus: a.connus + b.connus, fg: a.fg + b.fg, avant: a.avant + b.avant, depuis: a.depuis + b.depuis, sansDate: a.sansDate + b.sansDate,
});

/** Le DPE par ensemble ne se déduit d'aucun résumé : un parcours du parc, gardé tant que le dossier ne change pas. */
const dpeEnsembles = parTours('DPE du parc', (base) => String(readVersionParc(base)), function* (base): Generator<Tour, ReadonlyMap<string, ComptesDpe>> {
  const comptes = new Map<string, ComptesDpe>();
  const tranches = listTranchesLogements(base);
  for (const [i, tranche] of tranches.entries()) {
    for (const c of countDpeEnsembles(base, MOIS_METHODE_DPE, tranche)) {
      const deja = comptes.get(c.cle);
      comptes.set(c.cle, deja === undefined ? c : addDpe(deja, c));
    }
    yield { fait: i + 1, total: tranches.length };
  }
  return comptes;
});

/** Rend `readMesures` prompt, sans retenir le service pendant qu'il parcourt le parc. Erreur « annule ». */
export async function prepareMesures(base: Base, par: Par, suivi: Suivi): Promise<void> {
  if (par === 'ensemble') await dpeEnsembles.preparer(base, suivi);
  await prepareOccupation(base, suivi);
}

export const groupDpe = (base: Base, par: Par): ReadonlyMap<string, ComptesDpe> => (par === 'ensemble' ? dpeEnsembles.lire(base) : grouper(countDpeCommunes(base), par, addDpe));

function readDpe(base: Base, par: Par): Source {
  const groupes = groupDpe(base, par);
  const somme = (f: 'connus' | 'avant' | 'depuis' | 'sansDate'): number => [...groupes.values()].reduce((n, g) => n + g[f], 0);
  if (somme('connus') === 0) return { valeurs: new Map(), absence: 'Aucun DPE n’est connu.' };
  return {
    valeurs: new Map([...groupes].map(([code, g]) => [code, part(g.fg, g.connus)])),
    precision: `${direDates({ avant: somme('avant'), depuis: somme('depuis'), sansDate: somme('sansDate') })} : les deux méthodes ne se comparent pas.`,
  };
}

/** « DPE : 12 d'avant le 1er juillet 2021, 30 depuis, 2 sans date ». */
export function direDates({ avant, depuis, sansDate }: { avant: number; depuis: number; sansDate: number }): string {
  return `DPE : ${avant} d’avant le 1er juillet 2021, ${depuis} depuis, ${sansDate} sans date`;
}

export function groupQpv(base: Base, par: Par): ReturnType<typeof grouper<ReturnType<typeof countQpv>[number]>> {
  return grouper(countQpv(base, source(par)), par, (a, b) => ({ cle: a.cle, logements: a.logements + b.logements, qpv: a.qpv + b.qpv, qpvInconnu: a.qpvInconnu + b.qpvInconnu }));
}

function readQpv(base: Base, par: Par): Source {
  const groupes = groupQpv(base, par);
  const inconnus = [...groupes.values()].reduce((n, g) => n + g.qpvInconnu, 0);
  return {
    valeurs: new Map([...groupes].map(([code, g]) => [code, part(g.qpv, g.logements - g.qpvInconnu)])),
    ...(inconnus > 0 ? { precision: `${pluriel(inconnus, 'logement de situation inconnue', 'logements de situation inconnue')}, hors de la part.` } : {}),
  };
}
