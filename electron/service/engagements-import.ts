import { basename } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { formatChamp, parseChamp } from '../../shared/domain/engagements/champ.ts';
import type { ChampCible } from '../../shared/domain/engagements/champ.ts';
import { composeSaisie, isSaisieVide, parseSaisie, SAISIE_VIDE } from '../../shared/domain/nombres/saisie.ts';
import type { Saisie } from '../../shared/domain/nombres/saisie.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { normalizeColonne, readTableau } from '../import/tableau.ts';
import { changeCibles, dateEffetDe, recognizeCible, saveCible, saveCommentaire } from './cibles.ts';
import type { Base } from '../store/base.ts';
import type { EcritureCible } from '../store/engagements.ts';
import type { Contexte } from './contexte.ts';
import { COLONNES_ENGAGEMENTS } from './engagements-export.ts';
import { direGardees, findContradictions } from './engagements-doublons.ts';
import type { EcritureLigne } from './engagements-doublons.ts';
import { millesimeDe } from './millesime.ts';

type Colonne = (typeof COLONNES_ENGAGEMENTS)[number] | 'champ';
type Ligne = { numero: number; lire(colonne: Colonne): string };

/**
 * Lit un fichier d'engagements. Une case vide du fichier ne touche pas à celle du dossier (elle est
 * comptée dans `vides`) ; une ligne qui ne peut pas être gardée est refusée avec sa raison, les autres
 * sont écrites ensemble. Une case, un commentaire ou une référence à qui le
 * fichier donne deux valeurs différentes n'en reçoit aucune ; ce que ces lignes disent d'autre est gardé, et dit.
 */
export async function importEngagements(contexte: Contexte, chemin: string): Promise<Sortie<'engagements.importer'>> {
  const lignes = readLignes(await readTableau(chemin), chemin);
  const { base } = contexte.dossierEcriture();
  const millesime = millesimeDe(base);
  const effet = dateEffetDe(base);
  const quiQuand = { qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() };
  const refusees: Sortie<'engagements.importer'>['refusees'] = [];
  const lues: LigneLue[] = [];
  for (const ligne of lignes) {
    const nom = nomChamp(ligne);
    const cible = recognizeCible(millesime, effet, nom);
    const lu = cible instanceof ErreurCus ? cible.erreur.message : readTexteLigne(ligne);
    if (typeof lu === 'string') refusees.push({ ligne: ligne.numero, champ: nom, raison: lu });
    else if (!(cible instanceof ErreurCus)) lues.push({ cible, ecritures: listEcritures(cible, ligne, lu.texte) });
  }
  const contraires = findContradictions(lues.flatMap((l) => l.ecritures));
  const gardees = lues.map(({ cible, ecritures }) => ({ cible, lue: ecritures.length > 0, ecritures: ecritures.filter((e) => !contraires.has(e.champ)) }));
  for (const [champ, { raison, lignes: nommees }] of contraires) {
    // Une référence vaut pour toute une rangée : dite une fois, avec ses lignes.
    for (const groupe of champ.startsWith('reference/') ? [[...nommees]] : [...nommees].map((n) => [n])) {
      const garde = direGardees(gardees.flatMap((l) => l.ecritures.filter((e) => groupe.includes(e.ligne))));
      refusees.push({ ligne: groupe[0] ?? 0, champ, raison, ...(garde === '' ? {} : { garde }) });
    }
  }
  let enregistrees = 0;
  let vides = 0;
  changeCibles(base, 'engagements.importer', `Engagements : import de « ${basename(chemin)} »`, quiQuand, (par) => {
    for (const { cible, lue, ecritures } of gardees) {
      for (const e of ecritures) writeEcriture(base, cible, e, par);
      if (ecritures.length > 0) enregistrees += 1;
      else if (!lue) vides += 1;
    }
  });
  return { lignes: lignes.length, enregistrees, vides, refusees: refusees.toSorted((a, b) => a.ligne - b.ligne) };
}

type LigneLue = { cible: ChampCible; ecritures: EcritureLigne[] };

/** Ce que la ligne donne de lisible à écrire ; rien pour une ligne vide. */
function listEcritures(cible: ChampCible, ligne: Ligne, texte: string): EcritureLigne[] {
  const { indicateur, territoire, ventilation } = cible;
  const champ = formatChamp(cible);
  const suite: [string, string][] = cible.genre === 'reference' ? [] : [
    [`${champ}#commentaire`, ligne.lire('commentaire')],
    [formatChamp({ genre: 'reference', indicateur, territoire, ventilation }), ligne.lire('reference')],
  ];
  return [[champ, texte] as [string, string], ...suite].flatMap(([c, valeur]) => (valeur === '' ? [] : [{ ligne: ligne.numero, champ: c, valeur }]));
}

function writeEcriture(base: Base, cible: ChampCible, { champ, valeur }: EcritureLigne, par: EcritureCible): void {
  const lu = parseChamp(champ);
  if (lu !== null) saveCible(base, lu, valeur, par);
  else if (cible.genre === 'engagement') saveCommentaire(base, cible, valeur, par);
}

function readLignes(tableau: string[][], chemin: string): Ligne[] {
  const entete = tableau.findIndex((l) => {
    const noms = l.map(normalizeColonne);
    return noms.includes('champ') || (noms.includes('indicateur') && noms.includes('territoire'));
  });
  if (entete === -1) {
    throw invalide(
      'colonnes-absentes',
      `Le fichier « ${chemin} » n’a pas de ligne de titres avec les colonnes indicateur et territoire.`,
      `Utiliser les colonnes ${COLONNES_ENGAGEMENTS.join(' ; ')} (celles de l’export).`,
    );
  }
  const rangs = new Map((tableau[entete] ?? []).map((nom, i) => [normalizeColonne(nom), i]));
  return tableau.slice(entete + 1).flatMap((cellules, i) => {
    if (cellules.every((c) => c.trim() === '')) return [];
    return [{ numero: entete + i + 2, lire: (colonne: Colonne): string => (cellules[rangs.get(colonne) ?? -1] ?? '').trim() }];
  });
}

function nomChamp(ligne: Ligne): string {
  const champ = ligne.lire('champ');
  if (champ !== '' && parseChamp(champ) !== null) return champ;
  return ['engagement', ligne.lire('indicateur'), ligne.lire('territoire'), ligne.lire('horizon'), ligne.lire('ventilation') || 'total'].join('/');
}

/** Deux saisies de même valeur : `1050.50` et `1050.5`. */
const sansZeros = (d: string | null): string | null => (d?.includes('.') === true ? d.replace(/\.?0+$/u, '') : d);
const isMeme = (a: Saisie, b: Saisie): boolean =>
  sansZeros(a.valeur) === sansZeros(b.valeur) && sansZeros(a.pourcentage) === sansZeros(b.pourcentage) && a.numerateur === b.numerateur && a.denominateur === b.denominateur;

/**
 * Le texte à garder d'une ligne : celui de sa colonne « saisie », mot pour mot et même illisible, comme la grille le garde ;
 * sinon ce que forment ses colonnes de valeurs. Ou la raison de refuser la ligne, si l'une contredit les autres.
 */
function readTexteLigne(ligne: Ligne): { texte: string } | string {
  const saisie = readSaisieLigne(ligne);
  if (typeof saisie === 'string') return saisie;
  const tape = ligne.lire('saisie');
  const forme = composeSaisie(saisie) ?? '';
  if (tape === '') return { texte: forme };
  const lue = parseSaisie(tape);
  if (isSaisieVide(saisie) || (lue.ok && isMeme(lue.saisie, saisie))) return { texte: tape };
  return `Colonne « saisie », « ${tape} » : les colonnes de valeurs disent « ${forme} ». Vider ce qui ne vaut pas, n’en laisser qu’un.`;
}

/** La saisie que forment les colonnes d'une ligne, ou la raison de la refuser. */
function readSaisieLigne(ligne: Ligne): Saisie | string {
  const saisie: Saisie = { ...SAISIE_VIDE };
  const colonnes: [Colonne, (lue: Saisie) => Partial<Saisie>][] = [
    ['valeur', (lue) => lue],
    // Une colonne « pourcentage » contient 25 ou 25 % : c'est le même nombre.
    ['pourcentage', (lue) => ({ pourcentage: lue.pourcentage ?? lue.valeur })],
    ['numerateur', (lue) => ({ numerateur: entierDe(lue) })],
    ['denominateur', (lue) => ({ denominateur: entierDe(lue) })],
  ];
  for (const [colonne, garder] of colonnes) {
    const lue = parseSaisie(ligne.lire(colonne), { pointDecimal: true });
    if (!lue.ok) return `Colonne « ${colonne} », « ${ligne.lire(colonne)} » : ${lue.message}`;
    if (isSaisieVide(lue.saisie)) continue;
    for (const [cle, v] of Object.entries(garder(lue.saisie)) as [keyof Saisie, never][]) if (v !== null) saisie[cle] = v;
    if ((colonne === 'numerateur' || colonne === 'denominateur') && saisie[colonne] === null) {
      return `Colonne « ${colonne} », « ${ligne.lire(colonne)} » : un nombre entier est attendu.`;
    }
  }
  return composeSaisie(saisie) === null ? 'Un dénominateur est donné sans numérateur.' : saisie;
}

const entierDe = (lue: Saisie): number | null => (lue.valeur !== null && /^\d+$/u.test(lue.valeur) ? Number(lue.valeur) : null);
