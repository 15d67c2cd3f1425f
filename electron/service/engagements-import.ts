import { basename } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { formatChamp, parseChamp } from '../../shared/domain/engagements/champ.ts';
import type { ChampCible } from '../../shared/domain/engagements/champ.ts';
import { composeSaisie, isSaisieVide, parseSaisie, SAISIE_VIDE } from '../../shared/domain/nombres/saisie.ts';
import type { Saisie } from '../../shared/domain/nombres/saisie.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { normalizeColonne, readTableau } from '../import/tableau.ts';
import { changeCibles, dateEffetDe, recognizeCible, saveCible, saveCommentaire } from './cibles.ts';
import type { EcritureCible } from '../store/engagements.ts';
import type { Contexte } from './contexte.ts';
import { COLONNES_ENGAGEMENTS } from './engagements-export.ts';
import { millesimeDe } from './millesime.ts';

type Colonne = (typeof COLONNES_ENGAGEMENTS)[number] | 'champ';
type Ligne = { numero: number; lire(colonne: Colonne): string };

/**
 * Lit un fichier d'engagements. Une case vide du fichier ne touche pas à celle du dossier (elle est
 * comptée dans `vides`) ; une ligne qui ne peut pas être gardée est refusée avec sa raison, les autres
 * sont écrites ensemble.
 */
export async function importEngagements(contexte: Contexte, chemin: string): Promise<Sortie<'engagements.importer'>> {
  const lignes = readLignes(await readTableau(chemin), chemin);
  const { base } = contexte.dossierEcriture();
  const millesime = millesimeDe(base);
  const effet = dateEffetDe(base);
  const quiQuand = { qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() };
  const refusees: { ligne: number; champ: string; raison: string }[] = [];
  const vus = new Map<string, number>();
  let enregistrees = 0;
  let vides = 0;
  changeCibles(base, 'engagements.importer', `Engagements : import de « ${basename(chemin)} »`, quiQuand, (par) => {
    for (const ligne of lignes) {
      const nom = nomChamp(ligne);
      const refuser = (raison: string): void => void refusees.push({ ligne: ligne.numero, champ: nom, raison });
      const cible = recognizeCible(millesime, effet, nom);
      if (cible instanceof ErreurCus) {
        refuser(cible.erreur.message);
        continue;
      }
      const deja = vus.get(formatChamp(cible));
      if (deja !== undefined) {
        refuser(`Cette case est déjà donnée ligne ${deja}.`);
        continue;
      }
      vus.set(formatChamp(cible), ligne.numero);
      const lue = readSaisieLigne(ligne);
      if (typeof lue === 'string') {
        refuser(lue);
        continue;
      }
      const ecrit = writeLigne(cible, ligne, lue, par);
      if (ecrit) enregistrees += 1;
      else vides += 1;
    }
  });
  return { lignes: lignes.length, enregistrees, vides, refusees };

  function writeLigne(cible: ChampCible, ligne: Ligne, saisie: Saisie, par: EcritureCible): boolean {
    const texte = composeSaisie(saisie) ?? '';
    const commentaire = ligne.lire('commentaire');
    const reference = ligne.lire('reference');
    if (texte !== '') saveCible(base, cible, texte, par);
    if (commentaire !== '' && cible.genre === 'engagement') saveCommentaire(base, cible, commentaire, par);
    if (reference !== '' && cible.genre === 'engagement') {
      const { indicateur, territoire, ventilation } = cible;
      saveCible(base, { genre: 'reference', indicateur, territoire, ventilation }, reference, par);
    }
    return texte !== '' || commentaire !== '' || reference !== '';
  }
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
