/** Lecture d'une ligne d'enquête : valeurs comprises, anomalies à dire. Rien n'est deviné. */
import { notationScientifique } from '../rpls/reparer.ts';
import type { Intervalle } from './bandes.ts';
import { parseRessources } from './bandes.ts';
import { EFFECTIFS } from './champs.ts';
import { codeDe } from './codes.ts';

export type Signaler = (code: string, champ: string, valeur: string) => void;
export type Textes = ReadonlyMap<string, string>;

/** Un ménage ; `null` : inconnu. `bail` : `AAAA-MM-JJ` ou `AAAA-MM`. */
export type Menage = {
  repondant: boolean;
  occupants: number | null;
  majeurs: number | null;
  mineurs: number | null;
  type: number | null;
  age: number | null;
  ressources: Intervalle | null;
  apl: boolean | null;
  activite: number | null;
  bail: string | null;
};

/** Effectifs d'un ensemble, par variable et rang ; ceux d'une variable absente du fichier restent inconnus. */
export type Reunis = {
  repondants: number;
  enquetes: number | null;
  occupants: number | null;
  majeurs: number | null;
  mineurs: number | null;
  qpv: 1 | 2 | null;
  effectifs: Partial<Record<string, number[]>>;
};

const MAXIMA: Readonly<Record<string, number>> = { NB_OCCUPANTS: 30, NB_MAJEURS: 30, NB_MINEURS: 30, AGE_TITULAIRE: 120 };
const RESSOURCES_MAX = 200_000;

/** Une absence de valeur écrite en toutes lettres. */
export const isVide = (texte: string): boolean => texte === '' || /^(?:na|n\/a|#n\/a|nc|nr|null|nan|-|\.)$/iu.test(texte);

/** Un identifiant comme le dossier l'écrit, rétabli d'une écriture de tableur (« 2,00E+04 »). */
export function repareIdentifiant(texte: string): string | null {
  return notationScientifique(texte) ?? /^(\d+)[.,]0$/u.exec(texte)?.[1] ?? null;
}

export function lireMenage(textes: Textes, date1904: boolean, signaler: Signaler): Menage {
  const texte = (champ: string): string => {
    const t = textes.get(champ)?.trim() ?? '';
    return isVide(t) ? '' : t;
  };
  const entier = (champ: string): number | null => lireEntier(champ, texte(champ), MAXIMA[champ] ?? Number.MAX_SAFE_INTEGER, signaler);
  const code = (champ: string): number | null => lireCode(champ, texte(champ), signaler);
  const m: Menage = {
    repondant: false, occupants: entier('NB_OCCUPANTS'), majeurs: entier('NB_MAJEURS'), mineurs: entier('NB_MINEURS'), type: code('TYPE_MENAGE'), age: entier('AGE_TITULAIRE'),
    ressources: lireRessources(texte('RESSOURCES_PCT_PLUS'), signaler), apl: ouiNon(code('APL')), activite: code('ACTIVITE'), bail: lireDate('DATE_BAIL', texte('DATE_BAIL'), date1904, signaler),
  };
  // Zéro occupant ne décrit pas un ménage.
  if (m.occupants === 0) {
    signaler('ops-valeur-hors-mesure', 'NB_OCCUPANTS', '0');
    m.occupants = null;
  }
  const dit = ouiNon(code('REPONDANT'));
  const decrit = [m.occupants, m.majeurs, m.mineurs, m.type, m.age, m.ressources, m.apl, m.activite].some((v) => v !== null);
  m.repondant = dit ?? decrit;
  if (dit === false && decrit) signaler('ops-sans-reponse', 'REPONDANT', texte('REPONDANT'));
  if (m.repondant && m.occupants !== null && m.majeurs !== null && m.mineurs !== null && m.majeurs + m.mineurs !== m.occupants) {
    signaler('ops-composition-incoherente', 'NB_OCCUPANTS', `${m.majeurs} + ${m.mineurs}, pour ${m.occupants}`);
  }
  if (m.repondant) return m;
  return { ...m, occupants: null, majeurs: null, mineurs: null, type: null, age: null, ressources: null, apl: null, activite: null };
}

/** `null` : les effectifs se contredisent, la ligne est rejetée (l'anomalie est dite). */
export function lireReunis(textes: Textes, signaler: Signaler): Reunis | null {
  const entier = (champ: string): number | null => {
    const t = textes.get(champ)?.trim() ?? '';
    return lireEntier(champ, isVide(t) ? '' : t, 1_000_000, signaler);
  };
  const repondants = entier('REPONDANTS');
  const enquetes = entier('ENQUETES');
  const refuser = (valeur: string): null => {
    signaler('ops-comptes-incoherents', '', valeur);
    return null;
  };
  if (repondants === null) return refuser('Le nombre de ménages répondants est absent ou illisible.');
  if (enquetes !== null && enquetes < repondants) return refuser(`Il y a ${repondants} répondants pour ${enquetes} logements concernés.`);
  const effectifs: Reunis['effectifs'] = {};
  for (const { champ, variable, rang } of EFFECTIFS) {
    const n = textes.has(champ) ? entier(champ) : null;
    if (n !== null) (effectifs[variable] ??= [])[rang] = n;
  }
  for (const [variable, n] of Object.entries(effectifs)) {
    const total = Array.from(n ?? [], (x) => x ?? 0).reduce((s, x) => s + x, 0);
    if (total > repondants) return refuser(`${variable} : ${total} ménages pour ${repondants} répondants.`);
  }
  const qpv = lireCode('QPV', textes.get('QPV')?.trim() ?? '', signaler);
  return { repondants, enquetes, occupants: entier('TOTAL_OCCUPANTS'), majeurs: entier('TOTAL_MAJEURS'), mineurs: entier('TOTAL_MINEURS'), qpv: qpv === 1 ? 1 : qpv === 2 ? 2 : null, effectifs };
}

function lireEntier(champ: string, texte: string, max: number, signaler: Signaler): number | null {
  if (texte === '') return null;
  const m = /^(\d{1,9})(?:[.,]0+)?$/u.exec(texte.replace(/[\s\u00a0\u202f]/gu, ''));
  if (m === null) {
    signaler('ops-valeur-illisible', champ, texte);
    return null;
  }
  const n = Number(m[1]);
  if (n <= max) return n;
  signaler('ops-valeur-hors-mesure', champ, texte);
  return null;
}

function lireCode(champ: string, texte: string, signaler: Signaler): number | null {
  if (texte === '') return null;
  const code = codeDe(champ, texte);
  if (code === null) signaler('ops-valeur-illisible', champ, texte);
  return code;
}

const ouiNon = (code: number | null): boolean | null => (code === null ? null : code === 1);

function lireRessources(texte: string, signaler: Signaler): Intervalle | null {
  if (texte === '') return null;
  const r = parseRessources(texte);
  if (r === null) signaler('ops-valeur-illisible', 'RESSOURCES_PCT_PLUS', texte);
  else if (r.min > RESSOURCES_MAX) {
    signaler('ops-valeur-hors-mesure', 'RESSOURCES_PCT_PLUS', texte);
    return null;
  }
  return r;
}

const JOURS_1904 = 1462;

function lireDate(champ: string, texte: string, date1904: boolean, signaler: Signaler): string | null {
  if (texte === '') return null;
  const iso = /^([12]\d{3})-(\d{2})(?:-(\d{2})(?:T.*)?)?$/u.exec(texte);
  const jma = /^(?:(\d{1,2})\/)?(\d{1,2})\/([12]\d{3})$/u.exec(texte);
  const serie = /^(\d{5})(?:[.,]\d+)?$/u.exec(texte);
  let date: string | null = null;
  if (iso !== null) date = dateSure(iso[1] ?? '', iso[2] ?? '', iso[3]);
  else if (jma !== null) date = dateSure(jma[3] ?? '', (jma[2] ?? '').padStart(2, '0'), jma[1]?.padStart(2, '0'));
  else if (serie !== null) {
    const jours = Number(serie[1]) + (date1904 ? JOURS_1904 : 0);
    if (jours >= 10_228 && jours <= 73_050) {
      date = new Date(Date.UTC(1899, 11, 30) + jours * 86_400_000).toISOString().slice(0, 10);
      signaler('ops-date-retablie', champ, texte);
    }
  }
  if (date === null) signaler('ops-valeur-illisible', champ, texte);
  return date;
}

function dateSure(annee: string, mois: string, jour: string | undefined): string | null {
  if (Number(mois) < 1 || Number(mois) > 12) return null;
  if (jour === undefined) return `${annee}-${mois}`;
  const d = new Date(Date.UTC(Number(annee), Number(mois) - 1, Number(jour)));
  return d.getUTCMonth() === Number(mois) - 1 && Number(jour) > 0 ? `${annee}-${mois}-${jour}` : null;
}
