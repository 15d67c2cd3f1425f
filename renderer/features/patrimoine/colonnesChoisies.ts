import { create } from 'zustand';
import { garderPreference, lirePreference, oublierPreference } from '../../app/memoire.ts';
import { ordonner, type Colonne } from './cases.tsx';

/** Toujours la première, et toujours là : on sait de quel logement on parle. */
export const PREMIERE = 'ident_int';
/** Montrées d'office à côté, quel que soit le groupe. */
const REPERES = ['organisme_origine', 'nom_commune', 'nom_ensemble'];
const CLE = 'patrimoine.colonnes';

type Choix = Record<string, string[]>;

function lire(): Choix {
  try {
    const lu: unknown = JSON.parse(lirePreference(CLE) ?? '{}');
    if (typeof lu !== 'object' || lu === null) return {};
    return Object.fromEntries(Object.entries(lu).flatMap(([g, noms]) => (Array.isArray(noms) ? [[g, noms.filter((n): n is string => typeof n === 'string')]] : [])));
  } catch {
    return {};
  }
}

/** Colonnes choisies sur cet ordinateur, par groupe de colonnes ; un groupe absent montre les siennes. */
export const useColonnesChoisies = create<{ choix: Choix }>(() => ({ choix: lire() }));

function garder(choix: Choix): void {
  useColonnesChoisies.setState({ choix });
  if (Object.keys(choix).length === 0) oublierPreference(CLE);
  else garderPreference(CLE, JSON.stringify(choix));
}

/** Celles qu'un groupe montre d'office. */
export function colonnesDuGroupe(colonnes: readonly Colonne[], groupe: string): string[] {
  const reperes = REPERES.filter((nom) => colonnes.some((c) => c.nom === nom));
  return [...reperes, ...ordonner(colonnes.filter((c) => c.groupe === groupe && c.derivee !== true && c.nom !== PREMIERE && !REPERES.includes(c.nom))).map((c) => c.nom)];
}

/** Les colonnes montrées, la première comprise ; une colonne qui n'existe plus est passée. */
export function colonnesMontrees(colonnes: readonly Colonne[], groupe: string, choix: Choix): Colonne[] {
  const noms = choix[groupe] ?? colonnesDuGroupe(colonnes, groupe);
  return [PREMIERE, ...noms.filter((n) => n !== PREMIERE)].flatMap((nom) => colonnes.find((c) => c.nom === nom) ?? []);
}

export function choisirColonnes(groupe: string, noms: readonly string[]): void {
  garder({ ...useColonnesChoisies.getState().choix, [groupe]: noms.filter((n) => n !== PREMIERE) });
}

export function retablirColonnes(groupe: string): void {
  const { [groupe]: _, ...reste } = useColonnesChoisies.getState().choix;
  garder(reste);
}

/** Déplace un nom d'une place ; la liste rendue est la même si rien ne bouge. */
export function deplacerNom(noms: readonly string[], nom: string, pas: -1 | 1): string[] {
  const i = noms.indexOf(nom);
  const j = i + pas;
  if (i < 0 || j < 0 || j >= noms.length) return [...noms];
  const suite = [...noms];
  suite.splice(i, 1);
  suite.splice(j, 0, nom);
  return suite;
}
