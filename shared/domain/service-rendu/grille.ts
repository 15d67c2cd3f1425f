import { parseDecimal } from '../nombres/decimal.ts';
import { bornesEchelle, compareTextes } from './echelle.ts';
import { ASPECTS, LIBELLE_ASPECT, listCriteres } from './types.ts';
import type { Aspect, Echelle, Grille } from './types.ts';

const CODE = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/u;
const CRITERES_MAX = 100;
const LIBELLE_MAX = 120;
/** Poids et valeurs restent assez petits pour que leurs produits soient des entiers exacts. */
const GRAND = 1000n;

const decimalOk = (texte: string, decimales: number, negatif: boolean): boolean => {
  const d = parseDecimal(texte);
  if (d === null || d.echelle > decimales) return false;
  const borne = GRAND * 10n ** BigInt(d.echelle);
  return d.mantisse <= borne && d.mantisse >= (negatif ? -borne : 0n);
};

const texteOk = (texte: string): boolean => texte.trim() !== '' && texte.length <= LIBELLE_MAX;

/**
 * Ce qui empêche d'employer une grille, en phrases ; vide quand elle est bonne. Une grille qui n'est pas
 * bonne n'est jamais enregistrée : un résultat en dépend.
 */
export function checkGrille(grille: Grille): string[] {
  const fautes = checkEchelle(grille.echelle);
  const codes = new Set<string>();
  const libelles = new Set<string>();
  if (grille.familles.length === 0) fautes.push('La grille n’a aucune famille.');
  if (listCriteres(grille).length === 0) fautes.push('La grille n’a aucun critère.');
  if (listCriteres(grille).length > CRITERES_MAX) fautes.push(`La grille a plus de ${CRITERES_MAX} critères.`);
  for (const f of grille.familles) {
    if (!texteOk(f.libelle)) fautes.push('Une famille n’a pas de nom, ou un nom de plus de 120 caractères.');
    if (!decimalOk(f.poids, 2, false)) fautes.push(`Le poids de la famille « ${f.libelle} » n’est pas un nombre de 0 à 1000, deux décimales au plus.`);
    if (!CODE.test(f.code)) fautes.push(`Le code « ${f.code} » d’une famille n’est pas fait de minuscules, de chiffres et de tirets.`);
    if (codes.has(`f ${f.code}`)) fautes.push(`Deux familles ont le code « ${f.code} ».`);
    codes.add(`f ${f.code}`);
    for (const c of f.criteres) {
      if (!texteOk(c.libelle)) fautes.push(`Un critère de « ${f.libelle} » n’a pas de nom, ou un nom de plus de 120 caractères.`);
      if (!decimalOk(c.poids, 2, false)) fautes.push(`Le poids du critère « ${c.libelle} » n’est pas un nombre de 0 à 1000, deux décimales au plus.`);
      if (!CODE.test(c.code)) fautes.push(`Le code « ${c.code} » d’un critère n’est pas fait de minuscules, de chiffres et de tirets.`);
      if (codes.has(c.code)) fautes.push(`Deux critères ont le code « ${c.code} ».`);
      // Un fichier de notes nomme les critères : deux du même nom ne s'y distingueraient pas.
      const nom = c.libelle.trim().toLowerCase();
      if (libelles.has(nom)) fautes.push(`Deux critères s’appellent « ${c.libelle} ».`);
      codes.add(c.code);
      libelles.add(nom);
    }
  }
  if (!Number.isInteger(grille.seuil) || grille.seuil < 0 || grille.seuil > 100) fautes.push('Le seuil de complétude n’est pas un nombre entier de 0 à 100.');
  return fautes.length > 0 ? fautes : checkClasses(grille);
}

function checkEchelle(echelle: Echelle): string[] {
  if (echelle.genre === 'nombres') {
    const { min, max, decimales } = echelle;
    if (!decimalOk(min, 2, true) || !decimalOk(max, 2, true)) return ['Les bouts de l’échelle ne sont pas des nombres de -1000 à 1000, deux décimales au plus.'];
    if (compareTextes(min, max) >= 0) return ['Le bas de l’échelle n’est pas plus petit que son haut.'];
    return Number.isInteger(decimales) && decimales >= 0 && decimales <= 2 ? [] : ['Une note a de 0 à 2 décimales.'];
  }
  const { niveaux } = echelle;
  if (niveaux.length < 2) return ['L’échelle a moins de deux niveaux.'];
  if (niveaux.length > 20) return ['L’échelle a plus de vingt niveaux.'];
  const fautes: string[] = [];
  const codes = new Set<string>();
  const valeurs = new Set<string>();
  for (const n of niveaux) {
    const code = n.code.trim();
    if (code === '' || code.length > 12 || code !== n.code) fautes.push('Un niveau n’a pas de code, ou un code de plus de 12 caractères.');
    if (codes.has(code.toLowerCase())) fautes.push(`Deux niveaux ont le code « ${code} ».`);
    codes.add(code.toLowerCase());
    if (!decimalOk(n.valeur, 2, true)) fautes.push(`La valeur du niveau « ${code} » n’est pas un nombre de -1000 à 1000, deux décimales au plus.`);
    const valeur = n.valeur.includes('.') ? n.valeur.replace(/\.?0+$/u, '') : n.valeur;
    if (valeurs.has(valeur)) fautes.push(`Deux niveaux ont la valeur ${n.valeur}.`);
    valeurs.add(valeur);
    if (n.libelle.length > LIBELLE_MAX) fautes.push(`Le nom du niveau « ${code} » a plus de 120 caractères.`);
  }
  return fautes;
}

/** Les classes couvrent toute l'échelle, sans trou : la première part de son bas, les bornes montent. */
function checkClasses({ classes, echelle }: Grille): string[] {
  const { min, max } = bornesEchelle(echelle);
  const fautes: string[] = [];
  if (classes.length === 0 || classes.length > 12) return ['La grille a de une à douze classes de résultat.'];
  if (classes.some((c) => !decimalOk(c.de, 2, true))) return ['La borne d’une classe n’est pas un nombre, deux décimales au plus.'];
  if (classes.some((c) => !texteOk(c.libelle))) fautes.push('Une classe n’a pas de nom, ou un nom de plus de 120 caractères.');
  if (new Set(classes.map((c) => c.libelle.trim().toLowerCase())).size < classes.length) fautes.push('Deux classes ont le même nom.');
  if (compareTextes(classes[0]?.de ?? '', min) !== 0) fautes.push(`La première classe ne part pas du bas de l’échelle (${min.replace('.', ',')}).`);
  if (classes.some((c, i) => i > 0 && compareTextes(c.de, classes[i - 1]?.de ?? '') <= 0)) fautes.push('Les bornes des classes ne montent pas de la première à la dernière.');
  if (compareTextes(classes.at(-1)?.de ?? '', max) > 0) fautes.push(`La dernière classe commence au-dessus du haut de l’échelle (${max.replace('.', ',')}).`);
  return fautes;
}

const compte = (poids: string): boolean => /[1-9]/u.test(poids);

/** Aspects de R445-3 qu'aucun critère de poids positif n'apprécie. */
export function aspectsManquants(grille: Grille): Aspect[] {
  const pris = new Set(grille.familles.filter((f) => compte(f.poids) && f.criteres.some((c) => compte(c.poids))).map((f) => f.aspect));
  return ASPECTS.filter((a) => !pris.has(a));
}

/** Ce qui mérite d'être su d'une grille bonne à employer, sans rien empêcher. */
export function remarkGrille(grille: Grille): string[] {
  const manquants = aspectsManquants(grille);
  const remarques = manquants.map((a) => `Aucun critère qui compte n’apprécie : ${LIBELLE_ASPECT[a].toLowerCase()} (R445-3).`);
  const nuls = listCriteres(grille).filter((c) => !compte(c.poids));
  if (nuls.length > 0) remarques.push(`Poids nul, donc hors du résultat : ${nuls.map((c) => c.libelle).join(', ')}.`);
  return remarques;
}

/** Code stable d'un critère ou d'une famille neuve, d'après son nom et ceux qui sont pris. */
export function newCode(libelle: string, pris: readonly string[]): string {
  const racine =
    libelle
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, '-')
      .slice(0, 32)
      .replace(/^-+|-+$/gu, '') || 'critere';
  let code = racine;
  for (let rang = 2; pris.includes(code); rang += 1) code = `${racine}-${rang}`;
  return code;
}
