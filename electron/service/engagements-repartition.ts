import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { consolidate } from '../../shared/domain/engagements/consolidation.ts';
import type { Consolidation } from '../../shared/domain/engagements/consolidation.ts';
import { nombreDe } from '../../shared/domain/engagements/lecture.ts';
import { proposeDenominateur } from '../../shared/domain/engagements/denominateur.ts';
import type { LigneMatrice } from '../../shared/domain/engagements/matrice.ts';
import { entiersDePoids, repartirCible } from '../../shared/domain/engagements/repartition.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { parseSaisie } from '../../shared/domain/nombres/saisie.ts';
import { invalide } from '../../shared/erreurs.ts';
import { communesDe, nomTerritoire } from '../../shared/territoires/index.ts';
import { changeCibles, dateEffetDe, recognizeCible, saveSaisie } from './cibles.ts';
import { ErreurCus } from '../../shared/erreurs.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { requireScenarioCibles } from './engagements-scenarios.ts';
import { readEngagements } from './matrice.ts';
import type { EtatEngagements } from './matrice.ts';

type Demande = EntreeLue<'engagements.repartir'>;

const impossible = (raison: string, action: string) => invalide('repartition-impossible', raison, `${action} Rien n’a été changé.`);

function readTotal(ligne: LigneMatrice, texte: string): number {
  if (!ligne.indicateur.entier || !ligne.ventilation.formes.includes('nombre')) throw impossible(`${ligne.indicateur.code} est un taux ou un montant : il ne se répartit pas.`, 'Choisir un indicateur en nombre.');
  const lue = parseSaisie(texte);
  const n = lue.ok ? nombreDe(lue.saisie, ligne.indicateur) : null;
  if (n === null) throw impossible(`« ${texte} » n’est pas un nombre entier à répartir.`, 'Taper un nombre entier, par exemple 240.');
  return Number(n);
}

/** Les lignes entre lesquelles répartir : celles du découpage de la loi, ou les territoires nommés, sans recouvrement. */
function findLignes(etat: EtatEngagements, { indicateur, ventilation, territoires }: Demande): LigneMatrice[] {
  const toutes = etat.matrice.lignes.filter((l) => l.indicateur.code === indicateur && l.ventilation.code === ventilation && l.territoire.code !== 'organisme');
  const lignes = territoires === undefined ? toutes.filter((l) => l.base) : toutes.filter((l) => territoires.includes(l.territoire.code));
  const absent = territoires?.find((t) => !toutes.some((l) => l.territoire.code === t));
  if (absent !== undefined) throw impossible(`${nomTerritoire(absent)} (${absent}) n’est pas un territoire de ${indicateur} dans la matrice.`, 'Choisir des territoires de la matrice.');
  if (lignes.length < 2) throw impossible(`${indicateur} n’a pas plusieurs territoires entre lesquels répartir.`, 'Choisir un indicateur décliné par territoire.');
  const vues = new Map<string, string>();
  for (const l of lignes) {
    for (const c of communesDe(l.territoire.code)) {
      const deja = vues.get(c);
      if (deja !== undefined) throw impossible(`${deja} et ${l.territoire.nom} se recouvrent : les mêmes logements compteraient deux fois.`, 'Garder l’un des deux.');
      vues.set(c, l.territoire.nom);
    }
  }
  return lignes;
}

function poidsDe(etat: EtatEngagements, lignes: readonly LigneMatrice[], { selon, poids = {} }: Demande): { poids: Map<string, number>; phrase: string; sans: string[] } {
  const fg = lignes[0]?.indicateur.denominateur?.donnee === 'parcFG';
  switch (selon) {
    case 'stock': {
      const stock = (l: LigneMatrice): number => (fg ? etat.territoires.stockDe(l.territoire.code).parcFG : etat.territoires.stockDe(l.territoire.code).parc);
      return { poids: new Map(lignes.map((l) => [l.territoire.code, stock(l)])), phrase: fg ? 'les logements F et G du parc' : 'les logements du parc', sans: [] };
    }
    case 'reference': {
      const lus = lignes.map((l): [string, bigint | null] => [l.territoire.code, nombreDe(etat.lecture.lire(l.champReference), l.indicateur)]);
      return { poids: new Map(lus.map(([c, n]) => [c, Number(n ?? 0n)])), phrase: 'les références tapées', sans: lus.flatMap(([c, n]) => (n === null ? [c] : [])) };
    }
    case 'poids': {
      const lus = entiersDePoids(new Map(lignes.map((l) => [l.territoire.code, poids[l.territoire.code] ?? '0'])));
      const faux = [...lus].find(([, n]) => n === null)?.[0];
      if (faux !== undefined) throw impossible(`Le poids de ${nomTerritoire(faux)}, « ${poids[faux] ?? ''} », n’est pas un nombre positif.`, 'Taper par exemple 3 ou 0,5.');
      return { poids: new Map([...lus].map(([c, n]) => [c, n ?? 0])), phrase: 'les poids tapés', sans: lignes.flatMap((l) => (poids[l.territoire.code] === undefined ? [l.territoire.code] : [])) };
    }
  }
}

function repartir(contexte: Contexte, demande: Demande): Sortie<'engagements.repartir'> {
  const { base } = demande.appliquer === true ? contexte.dossierEcriture() : contexte.dossier();
  const scenario = demande.scenario === undefined ? null : requireScenarioCibles(base, demande.scenario).id;
  const etat = readEngagements(base, scenario);
  const lignes = findLignes(etat, demande);
  const champDe = (l: LigneMatrice): string => l.cellules.find((c) => c.ouvert && c.horizon === demande.horizon)?.champ ?? '';
  const [premiere] = lignes;
  if (premiere === undefined || champDe(premiere) === '') throw impossible(`${demande.indicateur} n’a pas de valeur à l’horizon ${demande.horizon}.`, 'Choisir une colonne ouverte.');
  const total = readTotal(premiere, demande.total);
  const { poids, phrase, sans } = poidsDe(etat, lignes, demande);
  if (total > 0 && [...poids.values()].every((n) => n === 0)) throw impossible(`Aucun territoire n’a de poids selon ${phrase}.`, 'Choisir une autre clé de répartition.');
  const reparties = new Map(repartirCible(total, lignes.map((l) => ({ territoire: l.territoire.code, poids: poids.get(l.territoire.code) ?? 0 }))).map((p) => [p.territoire, p]));
  const remarques = sans.length === 0 ? [] : [`Sans ${demande.selon === 'poids' ? 'poids' : 'référence'}, donc sans part : ${sans.map(nomTerritoire).join(', ')}.`];
  const parts = lignes.map((l) => {
    const p = reparties.get(l.territoire.code);
    const part = p?.part ?? 0;
    const champ = champDe(l);
    const denominateur = l.ventilation.formes.includes('fraction') && l.indicateur.denominateur !== null ? proposeDenominateur(l, demande.horizon, etat.territoires.stockDe, etat.lecture) : null;
    if (denominateur !== null && part > denominateur.valeur) remarques.push(`${l.territoire.nom} : ${formatEntier(part)} dépasse ${formatEntier(denominateur.valeur)} (${denominateur.formule}).`);
    // Un dénominateur que les données ne donnent pas et qui a été tapé reste : la part ne remplace que le nombre.
    const tape = l.ventilation.formes.includes('fraction') ? (etat.lecture.lire(champ)?.denominateur ?? null) : null;
    const sous = denominateur !== null && denominateur.valeur > 0 ? BigInt(denominateur.valeur) : tape === null ? null : BigInt(tape);
    if (denominateur === null && sous !== null && BigInt(part) > sous) remarques.push(`${l.territoire.nom} : ${formatEntier(part)} dépasse le dénominateur tapé, ${formatEntier(Number(sous))}.`);
    const apres = sous === null ? String(part) : `${part}/${sous}`;
    const montre = demande.selon === 'poids' ? (demande.poids?.[l.territoire.code] ?? '0') : String(p?.poids ?? 0);
    return { territoire: l.territoire.code, nom: l.territoire.nom, champ, poids: montre, part, actuelle: etat.saisies.get(champ) || null, apres };
  });
  const remplacees = parts.filter((p) => p.actuelle !== null && p.actuelle !== p.apres).length;
  if (remplacees > 0) remarques.push(`${pluriel(remplacees, 'valeur déjà tapée est remplacée', 'valeurs déjà tapées sont remplacées')}.`);
  const explication = `${formatEntier(total)} réparti entre ${pluriel(lignes.length, 'territoire')} selon ${phrase} ; chaque part est la part exacte arrondie à l’unité, les plus forts restes d’abord : la somme des parts est ${formatEntier(parts.reduce((s, p) => s + p.part, 0))}. Méthode proposée par Atelier CUS, non réglementaire.`;
  if (demande.appliquer !== true) return { operation: null, enregistreA: null, explication, remarques, total, parts };
  const quand = contexte.maintenant().toISOString();
  const libelle = `Engagements : ${demande.indicateur}, ${demande.horizon}, ${formatEntier(total)} réparti selon ${phrase}`;
  const { operation } = changeCibles(base, 'engagements.repartir', libelle, { qui: contexte.utilisateur, quand }, (par) => {
    const effet = dateEffetDe(base);
    for (const p of parts) {
      const cible = recognizeCible(etat.millesime, effet, p.champ);
      if (cible instanceof ErreurCus) throw cible;
      saveSaisie(base, scenario, cible, p.apres, par);
    }
  });
  return { operation, enregistreA: quand, explication, remarques, total, parts };
}

/** Le calcul d'une consolidation, en une phrase. */
export function explainConsolidation(c: Consolidation): string {
  const recouverts = c.recouverts.length === 0 ? '' : ` Non comptés, car recouverts par un autre : ${c.recouverts.map(nomTerritoire).join(', ')}.`;
  const entre = pluriel(c.territoires, 'territoire');
  switch (c.methode) {
    case 'incomplete': return `Rien ne se conclut : ${pluriel(c.manquants.length, 'territoire')} sur ${entre} sans valeur exploitable (${c.manquants.slice(0, 5).map(nomTerritoire).join(', ')}${c.manquants.length > 5 ? '…' : ''}).${recouverts}`;
    case 'somme': return `${c.territoires === 1 ? 'Valeur du seul territoire' : `Somme des ${entre}`}${c.denominateur === null || c.territoires === 1 ? '' : ' ; le taux est la somme des nombres sur la somme des dénominateurs'}.${recouverts}`;
    case 'ponderee': return `${c.territoires === 1 ? 'Taux du seul territoire.' : `Taux des ${entre} pondérés par leur dénominateur connu, et non moyenne des taux.`}${recouverts}`;
  }
}

/** Consolidations de l'état donné, avec leur phrase : la même source pour l'écran, le terminal et le dépôt. */
export function readConsolidation(etat: EtatEngagements, une?: { indicateur: string; ventilation: string }): Sortie<'engagements.consolidation'>['lignes'] {
  return consolidate(etat.matrice, etat.territoires.stockDe, etat.lecture, communesDe, une).map((c) => ({ ...c, explication: explainConsolidation(c) }));
}

export const handlersRepartition = {
  'engagements.repartir': repartir,
  'engagements.consolidation': (contexte, { scenario, indicateur, ventilation }) => {
    const { base } = contexte.dossier();
    const etat = readEngagements(base, scenario === undefined ? null : requireScenarioCibles(base, scenario).id);
    return { lignes: readConsolidation(etat, indicateur === undefined ? undefined : { indicateur, ventilation: ventilation ?? 'total' }) };
  },
} satisfies Partial<Handlers>;
