import { parseArgs } from 'node:util';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import type { Option, Verbe } from './verbe.ts';

/** Acceptées par tous les verbes. */
export const OPTIONS_COMMUNES: Readonly<Record<string, Option>> = {
  json: { type: 'drapeau', aide: 'répond par un seul objet JSON sur la sortie standard' },
  maintenant: { type: 'texte', valeur: 'INSTANT', aide: 'fixe l’horloge, par exemple 2026-03-01T09:00:00Z' },
  aide: { type: 'drapeau', aide: 'montre cette aide' },
};

export type ArgumentsLus = {
  positionnels: string[];
  textes: ReadonlyMap<string, string>;
  /** Options répétables : toutes leurs valeurs. */
  listes: ReadonlyMap<string, string[]>;
  drapeaux: ReadonlySet<string>;
};

/** Lit la ligne de commande d'un verbe. Erreur « usage » (sortie 2) qui nomme ce qui est de trop ou manque. */
export function parseLigne(verbe: Verbe, argv: readonly string[]): ArgumentsLus {
  const options: Record<string, Option> = { ...verbe.options, ...OPTIONS_COMMUNES };
  const { tokens } = parseArgs({
    args: argv.map((a) => (a === '-h' || a === '--help' ? '--aide' : a)),
    options: Object.fromEntries(
      Object.entries(options).map(([nom, o]) => [nom, { type: o.type === 'texte' ? 'string' : 'boolean' }] as const),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionnels: string[] = [];
  const textes = new Map<string, string>();
  const listes = new Map<string, string[]>();
  const drapeaux = new Set<string>();
  for (const t of tokens) {
    if (t.kind === 'positional') positionnels.push(t.value);
    if (t.kind !== 'option') continue;
    const option = Object.hasOwn(options, t.name) && t.rawName.startsWith('--') ? options[t.name] : undefined;
    if (option === undefined) throw usage(verbe, `L’option « ${t.rawName} » n’existe pas pour « cus ${verbe.nom} ».`);
    if (option.repetable === true) {
      listes.set(t.name, [...(listes.get(t.name) ?? []), readValeur(verbe, t.rawName, option, t.value, t.inlineValue === true)]);
      continue;
    }
    if (textes.has(t.name) || drapeaux.has(t.name)) throw usage(verbe, `L’option « ${t.rawName} » est donnée deux fois.`);
    if (option.type === 'drapeau') {
      if (t.value !== undefined) throw usage(verbe, `L’option « ${t.rawName} » ne prend pas de valeur.`);
      drapeaux.add(t.name);
    } else {
      textes.set(t.name, readValeur(verbe, t.rawName, option, t.value, t.inlineValue === true));
    }
  }
  return { positionnels, textes, listes, drapeaux };
}

function readValeur(verbe: Verbe, nom: string, option: Option, valeur: string | undefined, collee: boolean): string {
  // « --siren --nom X » : le nom d'option suivant n'est pas la valeur attendue.
  if (valeur === undefined || (!collee && valeur.startsWith('-') && valeur !== '-')) {
    throw usage(verbe, `L’option « ${nom} » attend une valeur (${option.valeur ?? 'TEXTE'}).`, `Une valeur qui commence par un tiret se colle : ${nom}=VALEUR. `);
  }
  if (option.choix !== undefined && !option.choix.includes(valeur)) {
    throw usage(verbe, `« ${valeur} » n’est pas une valeur de « ${nom} ».`, `Choisir parmi : ${option.choix.join(', ')}. `);
  }
  return valeur;
}

/** Refuse un argument manquant ou de trop. */
export function checkArguments(verbe: Verbe, positionnels: readonly string[]): void {
  const manque = verbe.arguments[positionnels.length];
  if (manque !== undefined) throw usage(verbe, `Il manque ${manque.nom} : ${manque.aide}.`);
  const trop = positionnels[verbe.arguments.length];
  if (trop !== undefined) throw usage(verbe, `L’argument « ${trop} » est de trop.`, 'Mettre entre guillemets un texte qui contient des espaces. ');
}

function usage(verbe: Verbe, message: string, conseil = ''): ErreurCus {
  return invalide('usage', message, `${conseil}Voir « cus ${verbe.nom} --aide ».`);
}

/** L'horloge demandée, ou `null`. Accepte une date (minuit UTC) ou un instant ISO avec fuseau. */
export function parseMaintenant(texte: string | undefined): Date | null {
  if (texte === undefined) return null;
  const forme = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(texte);
  const date = new Date(texte);
  // Le 30 février glisserait au 2 mars : la date relue doit être celle qui est écrite.
  if (!forme || Number.isNaN(date.getTime()) || !isJour(texte.slice(0, 10))) {
    throw invalide('instant-invalide', `« ${texte} » n’est pas un instant.`, 'Donner par exemple --maintenant 2026-03-01T09:00:00Z.');
  }
  return date;
}

function isJour(iso: string): boolean {
  const d = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(d.getTime()) && d.toISOString().startsWith(iso);
}

export function optionObligatoire(verbe: string, option: string): ErreurCus {
  return invalide('usage', `Il manque l’option « --${option} ».`, `Voir « cus ${verbe} --aide ».`);
}
