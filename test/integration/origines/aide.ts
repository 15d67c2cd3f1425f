import { join } from 'node:path';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import type { OptionsBailleur, Totaux } from '../../../electron/demo/index.ts';
import type { Atelier } from '../import/aide.ts';

type Comptes = Record<string, number>;
const SURFACES = ['SH', 'SU', 'SC'] as const;

const addComptes = (a: Comptes, b: Comptes): Comptes =>
  Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((k) => [k, (a[k] ?? 0) + (b[k] ?? 0)]).filter(([, n]) => n !== 0));

const NOMBRES = ['parc', 'sortis', 'qpv', 'horsQpv', 'qpvInconnu'] as const;
const TABLES = ['financements', 'familles', 'dpe', 'annees', 'types', 'pieces', 'communes', 'epci', 'departements'] as const;

/** Ce que plusieurs bailleurs réunis doivent donner : la somme de leurs totaux connus. */
export function addTotaux(totaux: readonly Totaux[]) {
  const somme = (f: (t: Totaux) => number): number => totaux.reduce((n, t) => n + f(t), 0);
  return {
    ...Object.fromEntries(NOMBRES.map((n) => [n, somme((t) => t[n])])),
    ...Object.fromEntries(TABLES.map((n) => [n, totaux.map((t) => t[n]).reduce(addComptes, {})])),
    loyers: Object.fromEntries(
      SURFACES.map((s) => [s, { loues: somme((t) => t.loyers[s].loues), surface: somme((t) => t.loyers[s].surface), loyer: somme((t) => t.loyers[s].loyer), avecMaximum: somme((t) => t.loyers[s].avecMaximum) }]),
    ),
  };
}

type EtatLu = Awaited<ReturnType<typeof lireEtat>>;
const lireEtat = (atelier: Atelier) => atelier.faire('etat.lire', {});

/** La même forme, depuis un état et des loyers lus : à l'écran, au terminal ou dans le paquet. */
export function enTotaux(etat: EtatLu, organisme: (surface: (typeof SURFACES)[number]) => { loues: number; surface: number; loyerMensuel: number; avecMaximum: number } | undefined) {
  return {
    parc: etat.logements, sortis: etat.sortis, qpv: etat.qpv, horsQpv: etat.horsQpv, qpvInconnu: etat.qpvInconnu,
    ...Object.fromEntries(TABLES.map((n) => [n, addComptes(etat[n], {})])),
    loyers: Object.fromEntries(
      SURFACES.map((s) => {
        const l = organisme(s);
        return [s, { loues: l?.loues, surface: l?.surface, loyer: l?.loyerMensuel, avecMaximum: l?.avecMaximum }];
      }),
    ),
  };
}

export async function observer(atelier: Atelier) {
  const loyers = new Map(
    await Promise.all(SURFACES.map(async (surface) => [surface, (await atelier.faire('loyers.lire', { par: 'organisme', surface })).lignes[0]] as const)),
  );
  return enTotaux(await lireEtat(atelier), (s) => loyers.get(s));
}

/** Écrit la déclaration d'un bailleur fictif ; rend son fichier, son SIREN et ses totaux connus. */
export function ecrireBailleur(atelier: Atelier, nom: string, options: OptionsBailleur): { chemin: string; siren: string; totaux: Totaux } {
  const generation = generateBailleur(options);
  const chemin = join(atelier.repertoire, nom);
  ecrireFichier(generation, chemin);
  return { chemin, siren: generation.identite.siren, totaux: generation.totaux() };
}
