import type { Sortie } from '../../shared/contract.ts';
import { refus } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { listEnsemblesNoms } from '../store/ensembles.ts';
import { countValeurs, groupSelection } from '../store/logements.ts';
import type { Totaux } from '../store/logements.ts';
import { plat } from '../store/selection.ts';
import type { ColonneSql, Selection } from '../store/selection.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import { colonneDe } from './logements-filtres.ts';
import { listColonnes } from './logements-colonnes.ts';
import type { Colonne } from './logements-colonnes.ts';

type Groupes = Sortie<'logements.groupes'>;
type Groupe = Groupes['groupes'][number];
type SousGroupe = Groupe['sous'][number];
type TriGroupes = { colonne: 'cle' | keyof Totaux; sens: 'asc' | 'desc' };
type Brut = string | number | null;

/** Au-delà, un groupement ne résume plus rien : c'est une autre liste de logements. */
const GROUPES_MAX = 30_000;

const collateur = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

/** Une valeur du dossier telle qu'un filtre la prend ; vide si inconnue. */
const cleDe = (colonne: ColonneSql, v: Brut): string => (v === null ? '' : typeof v === 'number' ? String(v / (colonne.facteur ?? 1)) : v);

/** Ce que la clé veut dire : code et libellé, nom de commune ou d'ensemble, mois à la française. */
function libelleur(base: Base, colonnes: readonly Colonne[], nom: string): (cle: string) => string {
  const colonne = colonnes.find((c) => c.nom === nom);
  const noms = nom === 'code_ensemble' ? listEnsemblesNoms(base) : null;
  return (cle) => {
    if (cle === '') return 'Inconnu';
    if (nom === 'commune') return `${findCommune(cle)?.nom ?? cle} (${cle})`;
    if (nom === 'parc') return cle === 'oui' ? 'Dans le parc' : 'Sortis du parc';
    if (noms !== null) return noms.get(cle) ?? cle;
    if (nom === 'decennie') return cle === '1900' ? 'avant 1910' : `${cle} à ${Number(cle) + 9}`;
    if (colonne?.type === 'mois' || colonne?.type === 'jour') return cle.split('-').reverse().join('/');
    if (colonne?.type === 'euros' || colonne?.type === 'surface') return cle.replace('.', ',');
    const libelle = colonne?.codes?.[cle];
    return libelle === undefined || libelle === cle ? cle : colonne?.derivee === true ? libelle : `${cle} ${libelle}`;
  };
}

/** L'ordre où l'on attend ces valeurs : celui des codes, des nombres, sinon l'alphabet ; l'inconnu à la fin. */
function comparateur(colonne: ColonneSql, colonnes: readonly Colonne[]): (a: { cle: string; libelle: string }, b: { cle: string; libelle: string }) => number {
  const { codes: libelles = {}, type } = colonnes.find((c) => c.nom === colonne.nom) ?? {};
  const codes = Object.keys(libelles);
  const rangs = new Map(codes.map((c, i) => [c, i]));
  const territoire = colonne.jointure === 't';
  return (a, b) => {
    if (a.cle === '' || b.cle === '') return a.cle === b.cle ? 0 : a.cle === '' ? 1 : -1;
    if (type === 'mois' || type === 'jour') return a.cle < b.cle ? -1 : a.cle > b.cle ? 1 : 0;
    if (colonne.numerique) return Number(a.cle) - Number(b.cle);
    if (!territoire && rangs.size > 0) return (rangs.get(a.cle) ?? rangs.size) - (rangs.get(b.cle) ?? rangs.size);
    return collateur.compare(a.libelle, b.libelle) || (a.cle < b.cle ? -1 : 1);
  };
}

const somme = (parties: readonly Totaux[]): Totaux =>
  parties.reduce(
    (t, p) => ({
      logements: t.logements + p.logements, surfaceHabitable: t.surfaceHabitable + p.surfaceHabitable,
      loyerMensuel: t.loyerMensuel + p.loyerMensuel, loues: t.loues + p.loues,
    }),
    { logements: 0, surfaceHabitable: 0, loyerMensuel: 0, loues: 0 },
  );

const enUnites = <T extends Totaux>(t: T): T => ({ ...t, surfaceHabitable: t.surfaceHabitable / 100, loyerMensuel: t.loyerMensuel / 100 });

/**
 * Sous-totaux d'une sélection par une colonne, ou par une colonne puis une autre. Chaque logement est dans
 * un groupe et un seul. Erreurs : « colonne-inconnue », « trop-de-groupes » (sortie 1).
 */
export function listGroupes(base: Base, selection: (lues: readonly ColonneSql[]) => Selection, par: readonly string[], tri: TriGroupes): Groupes {
  const colonnes = listColonnes(base);
  const lues = par.map(colonneDe);
  const lignes = groupSelection(base, selection(lues), lues, GROUPES_MAX + 1);
  if (lignes.length > GROUPES_MAX) {
    throw refus('trop-de-groupes', 'Grouper ainsi ferait plus de 30 000 groupes.', 'Filtrer davantage, ou grouper par une colonne qui a moins de valeurs.');
  }
  const [premiere, seconde] = lues;
  if (premiere === undefined) return { groupes: [], totaux: somme([]) };
  const nommer = par.map((nom) => libelleur(base, colonnes, nom));
  const trier = (colonne: ColonneSql) => {
    const parCle = comparateur(colonne, colonnes);
    const sens = tri.sens === 'asc' ? 1 : -1;
    return (a: SousGroupe, b: SousGroupe): number => {
      // L'inconnu reste à la fin dans les deux sens.
      if (tri.colonne === 'cle') return a.cle === '' || b.cle === '' ? parCle(a, b) : sens * parCle(a, b);
      return sens * (a[tri.colonne] - b[tri.colonne]) || parCle(a, b);
    };
  };
  const parPremiere = new Map<string, SousGroupe[]>();
  for (const { cles, logements, surfaceHabitable, loyerMensuel, loues } of lignes) {
    const cle = cleDe(premiere, cles[0] ?? null);
    const sous = seconde === undefined ? '' : cleDe(seconde, cles[1] ?? null);
    const ligne: SousGroupe = { cle: sous, libelle: nommer[1]?.(sous) ?? '', logements, surfaceHabitable, loyerMensuel, loues };
    const deja = parPremiere.get(cle);
    if (deja === undefined) parPremiere.set(cle, [ligne]);
    else deja.push(ligne);
  }
  const groupes: Groupe[] = [...parPremiere].map(([cle, sous]) => ({
    cle, libelle: nommer[0]?.(cle) ?? cle, ...somme(sous), sous: seconde === undefined ? [] : sous.toSorted(trier(seconde)),
  }));
  return {
    groupes: groupes.toSorted(trier(premiere)).map((g) => enUnites({ ...g, sous: g.sous.map(enUnites) })),
    totaux: enUnites(somme(groupes)),
  };
}

/** Valeurs d'une colonne et leur nombre de logements, celles dont le libellé contient `cherche`. Codes et nombres dans leur ordre ; textes, du plus fréquent au moins fréquent. */
export function listValeurs(base: Base, selection: (lues: readonly ColonneSql[]) => Selection, nom: string, cherche: string, limite: number): Sortie<'logements.valeurs'> {
  const colonnes = listColonnes(base);
  const colonne = colonneDe(nom);
  const nommer = libelleur(base, colonnes, nom);
  const voulu = plat(cherche.trim());
  const toutes = countValeurs(base, selection([colonne]), colonne).flatMap(([v, logements]) => {
    const valeur = cleDe(colonne, v);
    const libelle = nommer(valeur);
    return voulu === '' || plat(libelle).includes(voulu) ? [{ cle: valeur, libelle, logements }] : [];
  });
  const parCle = comparateur(colonne, colonnes);
  const ordonnee = colonne.numerique || colonnes.find((c) => c.nom === nom)?.codes !== undefined;
  toutes.sort((a, b) => (ordonnee ? parCle(a, b) : b.logements - a.logements || parCle(a, b)));
  return { valeurs: toutes.slice(0, limite).map(({ cle, libelle, logements }) => ({ valeur: cle, libelle, logements })), distinctes: toutes.length };
}
