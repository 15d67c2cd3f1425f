import type { Sortie } from '../../shared/contract.ts';
import { formatChamp } from '../../shared/domain/engagements/champ.ts';
import type { ChampCible } from '../../shared/domain/engagements/champ.ts';
import { isExigee } from '../../shared/domain/engagements/lecture.ts';
import { parseValeurChamp } from '../../shared/domain/organisme/champs.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { readChamp, writeChamp } from '../store/champs.ts';
import type { QuiQuand } from '../store/champs.ts';
import type { Base } from '../store/base.ts';
import { writeHors } from '../store/version.ts';
import { closeOperation, reopenSaisie } from '../store/operations.ts';
import type { DefinitionChamp } from '../../shared/millesimes/types.ts';
import { readCible, readJustifications, readReferences, writeJustification } from '../store/engagements.ts';
import { changeCibles, dateEffetDe, labelCible, recognizeCible, saveCible } from './cibles.ts';
import { defineCase, isCase } from './corrections-champ.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { conduct } from './geste.ts';
import { findChamp } from '../../shared/millesimes/index.ts';
import { readConstats } from './controles.ts';
import { readEngagements } from './matrice.ts';
import { millesimeDe } from './millesime.ts';

type Champ = Sortie<'champs.lister'>['champs'][number];

const INCONNU = (nom: string) =>
  invalide('champ-inconnu', `Le champ « ${nom} » n’existe pas.`, 'Voir les champs du dossier avec « cus champs ».');

/** Champs d'identité et de calendrier, puis cibles et références de la matrice, dans leur ordre. */
export function listChamps(base: Base): Champ[] {
  const { millesime, champs, matrice, cibles, references, lecture } = readEngagements(base);
  const simples = millesime.champs.map((d): Champ => ({
    champ: d.champ,
    libelle: d.libelle,
    valeur: champs[d.champ] ?? null,
    obligatoire: d.siVide === 'bloquant',
    type: d.type,
    ...(d.choix.length > 0 ? { choix: [...d.choix] } : {}),
    article: d.article,
    aide: d.aide,
    groupe: d.groupe,
  }));
  const cibleDe = (champ: string, valeur: string | null, obligatoire: boolean, article: string): Champ => ({
    champ, libelle: labelCible(millesime, champ, champs['organisme/nom'] ?? null), valeur, obligatoire, type: 'cible', article, aide: '', groupe: 'Engagements',
  });
  const cellules = matrice.lignes.flatMap((l) => [
    cibleDe(l.champReference, references.get(l.champReference) ?? null, false, l.indicateur.article),
    ...l.cellules
      .filter((c) => c.ouvert)
      .map((c) => cibleDe(c.champ, cibles.get(c.champ)?.saisie ?? null, isExigee(matrice, c.champ, lecture), l.indicateur.article)),
  ]);
  // Une valeur gardée hors de la matrice (territoire sans logement, indicateur plus demandé) reste visible.
  const vus = new Set(cellules.map((c) => c.champ));
  const autres = [...cibles.values(), ...[...references].map(([champ, saisie]) => ({ champ, saisie }))]
    .filter((c) => !vus.has(c.champ))
    .map((c) => cibleDe(c.champ, c.saisie || null, false, ''));
  return [...simples, ...cellules, ...autres];
}

/** Ce qu'un champ porte, ce qu'une valeur en ferait, et de quoi l'écrire dans une opération déjà ouverte. `etape` : celle d'un champ simple. */
export type EcritureChamp = { etape: string | null; avant: string | null; apres: string | null; ecrire: (par: QuiQuand & { operation: number }) => void };

/** Prépare l'écriture d'un champ simple, d'une cible ou d'une référence, sans rien écrire. Erreur « champ-inconnu ». */
export function prepareChamp(base: Base, champ: string, valeur: string): EcritureChamp {
  const definition = findChamp(millesimeDe(base), champ);
  if (definition !== undefined) {
    const lue = parseValeurChamp(definition, valeur);
    const apres = lue.ok ? lue.valeur : valeur.trim();
    return { etape: definition.etape, avant: readChamp(base, champ), apres: apres || null, ecrire: (par) => void writeChamp(base, champ, apres, par) };
  }
  const cible = findCible(base, champ);
  const nom = formatChamp(cible);
  const avant = cible.genre === 'reference' ? readReferences(base).get(nom) : readCible(base, nom)?.saisie;
  return { etape: null, avant: avant || null, apres: valeur.trim() || null, ecrire: (par) => void saveCible(base, cible, valeur, { ...par, operation: () => par.operation }) };
}

function findCible(base: Base, champ: string): ChampCible {
  if (!champ.startsWith('engagement/') && !champ.startsWith('reference/')) throw INCONNU(champ);
  const cible = recognizeCible(millesimeDe(base), dateEffetDe(base), champ);
  if (cible instanceof ErreurCus) throw cible;
  return cible;
}

/** Écrit un champ par son nom stable ; la valeur illisible est gardée telle que tapée, les contrôles la signalent. */
export function defineChamp(contexte: Contexte, champ: string, valeur: string): Sortie<'champs.definir'> {
  const { base } = contexte.dossierEcriture();
  const quand = contexte.maintenant().toISOString();
  const par = { qui: contexte.utilisateur, quand };
  const millesime = millesimeDe(base);
  const definition = findChamp(millesime, champ);
  if (definition !== undefined) {
    const { avant, apres } = prepareChamp(base, champ, valeur);
    // Une valeur inchangée n'est pas un geste : rien à annuler.
    if (avant !== apres) saisir(contexte, base, definition, apres ?? '');
    return { champ, avant, apres, enregistreA: quand };
  }
  if (champ.startsWith('justification/')) return defineJustification(contexte, champ, valeur);
  const cible = findCible(base, champ);
  const geste = (): string => `Engagements : ${labelCible(millesime, champ, readChamp(base, 'organisme/nom'))}`;
  const { avant } = changeCibles(base, 'engagements.saisir', geste, par, (e) => saveCible(base, cible, valeur, e)).valeur;
  return { champ, avant, apres: valeur.trim() === '' ? null : valeur.trim(), enregistreA: quand };
}

/** Temps pendant lequel un texte long qui s'enregistre encore est le même geste. */
const SUITE_MS = 10 * 60_000;

/** Écrit un champ simple, d'un geste annulable ; un paragraphe qui s'enregistre en plusieurs fois n'en fait qu'un. */
export function saisir(contexte: Contexte, base: Base, { champ, etape, libelle, type }: DefinitionChamp, valeur: string): void {
  const maintenant = contexte.maintenant();
  const par = { qui: contexte.utilisateur, quand: maintenant.toISOString() };
  const ecrire = base.transaction(() => {
    const suite = type === 'paragraphe' ? reopenSaisie(base, champ, par, new Date(maintenant.getTime() - SUITE_MS).toISOString()) : null;
    if (suite === null) {
      conduct(contexte, base, `champs.${etape}`, libelle, (e) => writeChamp(base, champ, valeur, e));
      return;
    }
    writeChamp(base, champ, valeur, { ...par, operation: suite });
    closeOperation(base);
  });
  // Une suite ne passe pas par `conduct` : elle non plus ne périme rien de ce qui se compte dans le parc.
  writeHors(base, 'parc', () => ecrire.immediate());
}

/** `justification/<code du constat>/<champ>` : le motif d'un constat à justifier ; vide, il s'efface. */
function defineJustification(contexte: Contexte, nom: string, motif: string): Sortie<'champs.definir'> {
  const { base } = contexte.dossierEcriture();
  const [, code = '', ...reste] = nom.split('/');
  const champ = reste.join('/');
  const quand = contexte.maintenant().toISOString();
  const constats = readConstats(base, quand.slice(0, 10)).aJustifier;
  const avant = readJustifications(base).find((j) => j.code === code && j.champ === champ)?.motif ?? null;
  if (avant === null && !constats.some((c) => c.code === code && (c.champ ?? '') === champ)) {
    throw invalide(
      'constat-inconnu',
      `Aucun constat à justifier ne porte le code « ${code} »${champ === '' ? '' : ` sur « ${champ} »`}.`,
      'Voir les constats à justifier avec « cus controler » ; un constat bloquant se corrige, ou se passe au dépôt avec un motif.',
    );
  }
  writeJustification(base, code, champ, motif.trim(), { qui: contexte.utilisateur, quand });
  return { champ: nom, avant, apres: motif.trim() === '' ? null : motif.trim(), enregistreA: quand };
}

export const handlers = {
  'champs.lister': (contexte) => ({ champs: listChamps(contexte.dossier().base) }),
  'champs.definir': (contexte, { champ, valeur }) => (isCase(champ) ? defineCase : defineChamp)(contexte, champ, valeur),
} satisfies Partial<Handlers>;
