import { resolveDepcom } from '../../territoires/index.ts';
import { attendu, messageAnomalie } from './anomalies.ts';
import type { CodeRemarque } from './anomalies.ts';
import { decodeCellule } from './cellule.ts';
import type { Champ } from './champs.ts';
import { VALEURS_USUELLES } from './colonnes.ts';
import { controlerValeurs, ecrireCentiemes } from './controler.ts';
import { ILLISIBLE } from './decoder.ts';
import type { Valeur } from './decoder.ts';
import { reparer } from './reparer.ts';
import { parseMontant } from '../nombres/mesures.ts';

/** Bornes de saisie, au-delà des plus longs champs du RPLS (200 caractères ; 7 chiffres pour un prix de vente). */
const LONGUEUR_MAX = 500;
const MONTANT_MAX = 999_999_999;

/** Une case lue : sa valeur, et ce qui a été fait d'elle sans le dire dans la case ; ou la raison du refus. */
export type CaseLue = { ok: true; valeur: Valeur; note: string | null } | { ok: false; message: string };

/**
 * La valeur d'une case de logement d'après ce qui y est tapé ou collé, lue comme à l'import d'un tableau
 * (`decodeCellule`). Vide : la case est vidée. Là où l'import garderait la ligne en ignorant la valeur,
 * ou la rejetterait, la case est refusée : la personne est là pour la corriger.
 */
export function parseCase(champ: Champ, texte: string): CaseLue {
  // Une case de tableur sur plusieurs lignes tient ici sur une seule.
  const tape = texte.replace(/\s*[\r\n]+\s*/gu, ' ').trim();
  if (champ.nom === 'DEPCOM') return parseDepcom(champ, tape.toUpperCase());
  if (tape === '') return { ok: true, valeur: null, note: null };
  if (/^#(N\/A|NOM|NAME|REF|VALEUR|VALUE|DIV\/0|NUL|NULL|NOMBRE|NUM)[!?]?$/iu.test(tape)) {
    return { ok: false, message: `${champ.libelle} : « ${tape} » est une erreur de tableur. Corriger la formule, puis coller la valeur.` };
  }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/u.test(tape)) return { ok: false, message: `${champ.libelle} : la valeur contient un caractère de commande invisible. La retaper.` };
  if (tape.length > LONGUEUR_MAX) return { ok: false, message: `${champ.libelle} : ${tape.length} caractères, plus que les ${LONGUEUR_MAX} d’une case.` };
  const nombre = champ.type === 'euros' || champ.type === 'surface';
  const unite = tape.replace(/\s*(€|euros?|m²|m2)$/iu, '');
  // « 1.250 » : mille deux cent cinquante, ou un et un quart ? L'import suit la convention du fichier ; ici rien ne la dit.
  if (nombre && /^[1-9]\d{0,2}\.\d{3}$/u.test(unite)) {
    return { ok: false, message: `${champ.libelle} : « ${tape} » se lit de deux façons. Taper ${unite.replace('.', '')}, ou ${unite.replace('.', ',')}.` };
  }
  const { valeur, remarque } = decodeCellule(champ, code(champ, tape), { valeurs: VALEURS_USUELLES[champ.nom] });
  if (valeur === ILLISIBLE) return { ok: false, message: refus(champ, tape) };
  if (nombre && typeof valeur === 'number' && valeur > MONTANT_MAX) return { ok: false, message: `${champ.libelle} : « ${tape} » dépasse ce que ce champ peut porter (7 chiffres).` };
  if (remarque !== null) return { ok: true, valeur, note: messageAnomalie(remarque, champ.nom, tape) };
  if (valeur === null) return { ok: true, valeur, note: `${champ.libelle} : « ${tape} » veut dire « sans objet » dans ce champ ; la case est vidée.` };
  if (nombre && typeof valeur === 'number' && parseMontant(unite) === null) {
    return { ok: true, valeur, note: `${champ.libelle} : « ${tape} » a plus de deux décimales ; ${ecrireCentiemes(valeur)} est gardé.` };
  }
  return { ok: true, valeur, note: null };
}

function parseDepcom(champ: Champ, tape: string): CaseLue {
  const repare = reparer(champ, tape, false);
  const lu = repare !== null && resolveDepcom(repare.texte).commune !== null ? repare.texte : tape;
  const { commune, statut } = resolveDepcom(lu);
  if (commune === null) return { ok: false, message: messageAnomalie('commune-inconnue', 'DEPCOM', tape) };
  if (lu !== tape) return { ok: true, valeur: lu, note: messageAnomalie(repare?.code ?? 'code-repare', 'DEPCOM', tape) };
  return { ok: true, valeur: lu, note: statut === 'fusionnee' ? messageAnomalie('commune-fusionnee', 'DEPCOM', lu) : null };
}

/** « 13 PLUS », tel que la table le montre, est le code 13. */
function code(champ: Champ, tape: string): string {
  const m = /^(\S{1,2})\s+\(?(.+?)\)?$/u.exec(tape);
  const libelle = m?.[1] === undefined ? undefined : champ.codes?.[m[1].toUpperCase()];
  return m !== null && libelle !== undefined && libelle.toLowerCase() === m[2]?.toLowerCase() ? (m[1] ?? tape) : tape;
}

function refus(champ: Champ, tape: string): string {
  if (champ.nom === 'SORTIEPATRIM') return messageAnomalie('sortie-invalide', champ.nom, tape);
  const codes = Object.entries(champ.codes ?? {});
  const connus = codes.length === 0 || codes.length > 8 ? '' : ` : ${codes.map(([c, l]) => (c === l ? c : `${c} (${l})`)).join(', ')}`;
  return `${champ.libelle} : « ${tape} » ${attendu(champ)}${connus}.`;
}

export type Remarque = { code: CodeRemarque; champ: string; valeur: string };

/**
 * Les 63 valeurs d'un logement une fois ces cases changées, et les remarques que le changement fait
 * naître : celles qu'un import ferait de la ligne, moins celles qu'elle avait déjà.
 */
export function applyCases(avant: readonly Valeur[], cases: readonly { champ: Champ; valeur: Valeur }[]): { valeurs: Valeur[]; remarques: Remarque[] } {
  const valeurs = [...avant];
  for (const { champ, valeur } of cases) valeurs[champ.position - 1] = valeur;
  const dites = (v: Valeur[]): Remarque[] => {
    const remarques: Remarque[] = [];
    controlerValeurs(v, (c, champ, valeur) => remarques.push({ code: c, champ, valeur }));
    return remarques;
  };
  const deja = new Set(dites([...avant]).map((r) => JSON.stringify(r)));
  return { valeurs, remarques: dites(valeurs).filter((r) => !deja.has(JSON.stringify(r))) };
}

/** Commune d'aujourd'hui d'un code déclaré. */
export const communeDe = (depcom: Valeur): string | null => resolveDepcom(String(depcom ?? '')).commune;
