import { resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { parseChamp } from '../../shared/domain/engagements/champ.ts';
import type { ChampCible } from '../../shared/domain/engagements/champ.ts';
import { proposeDenominateur, proposeSomme } from '../../shared/domain/engagements/denominateur.ts';
import { countAvancement, isExigee } from '../../shared/domain/engagements/lecture.ts';
import type { LigneMatrice } from '../../shared/domain/engagements/matrice.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { ErreurCus } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { readCible } from '../store/engagements.ts';
import type { CibleGardee } from '../store/engagements.ts';
import { changeCibles, dateEffetDe, labelCible, recognizeCible, readValeurCible, saveCommentaire, saveSaisie, toCible } from './cibles.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { readConstats } from './controles.ts';
import { exportEngagements } from './engagements-export.ts';
import { importEngagements } from './engagements-import.ts';
import { handlersPropositions } from './engagements-propositions.ts';
import { handlersRepartition } from './engagements-repartition.ts';
import { handlersScenarios, requireScenarioCibles } from './engagements-scenarios.ts';
import { readEngagements } from './matrice.ts';
import { millesimeDe } from './millesime.ts';

const LIBELLES_UNITES = {
  logements: 'logements',
  attributions: 'attributions',
  'logements-equivalents': 'logements équivalents',
  mutations: 'mutations',
  contrats: 'contrats',
  ventes: 'ventes',
  refus: 'refus',
  demolitions: 'démolitions',
  'euros-par-logement-et-par-an': '€ par logement et par an',
} as const;

/** La matrice entière : celle de l'écran, du terminal, des documents et du paquet. */
export function readMatrice(base: Base, aujourdhui: string, scenario: number | null = null, seules?: readonly string[]): Sortie<'engagements.matrice'> {
  const etat = readEngagements(base, scenario);
  const { matrice, cibles, references, lecture } = etat;
  const constats = new Map<string, string[]>();
  const lus = readConstats(base, aujourdhui, etat);
  for (const c of [...lus.bloquants, ...lus.aJustifier]) {
    // Une case vide se voit : son constat n'a pas à être répété dans la case.
    if (c.champ === null || lecture.lire(c.champ) === null && !etat.saisies.get(c.champ)) continue;
    constats.set(c.champ, [...(constats.get(c.champ) ?? []), c.message]);
  }
  const voulues = seules === undefined ? null : new Set(seules);
  const observations = countObservations(base);
  const politiques = new Map(etat.millesime.politiques.map((p) => [p.code, p.libelle]));
  return {
    colonnes: matrice.colonnes.map(({ horizon, libelle }) => ({ horizon, libelle })),
    lignes: matrice.lignes.filter((l) => voulues?.has(`${l.indicateur.code}/${l.territoire.code}`) ?? true).map((ligne) => ({
      indicateur: ligne.indicateur.code,
      politique: politiques.get(ligne.indicateur.politique) ?? ligne.indicateur.politique,
      libelle: ligne.indicateur.libelle,
      article: ligne.ventilation.accompagnement?.article ?? ligne.indicateur.article,
      surDemande: !ligne.indicateur.obligatoire,
      unite: LIBELLES_UNITES[ligne.ventilation.accompagnement?.unite ?? ligne.indicateur.unite],
      territoire: ligne.territoire.code,
      nomTerritoire: ligne.territoire.nom,
      ventilation: ligne.ventilation.code,
      libelleVentilation: ligne.ventilation.libelle,
      champReference: ligne.champReference,
      constatsReference: constats.get(ligne.champReference) ?? [],
      reference: references.get(ligne.champReference) ?? null,
      aNommer: champANommer(ligne, etat.champs),
      cellules: ligne.cellules
        .filter((c) => c.ouvert)
        .map((c) => ({
          ...toCible(c.champ, cibles.get(c.champ), references.get(ligne.champReference) ?? null),
          horizon: c.horizon,
          obligatoire: isExigee(matrice, c.champ, lecture),
          denominateurPropose:
            proposeDenominateur(ligne, c.horizon, etat.territoires.stockDe, lecture) ?? proposeSomme(ligne, c.horizon, lecture),
          observations: observations.get(c.champ) ?? 0,
          constats: constats.get(c.champ) ?? [],
        })),
    })),
    developpements: Object.fromEntries(etat.millesime.indicateurs.flatMap((i) => (etat.champs[`developpement/${i.code}`] ? [[i.code, etat.champs[`developpement/${i.code}`] ?? '']] : []))),
    ...countAvancement(matrice, lecture),
  };
}

/** Premier champ vide parmi ceux par lesquels l'organisme dit où lire cette référence dans sa déclaration. */
function champANommer({ indicateur, ventilation }: LigneMatrice, champs: Readonly<Record<string, string>>): string | null {
  const noms = indicateur.references.find((r) => r.ventilation === ventilation.code)?.champs ?? null;
  return noms === null ? null : ([noms.rang, noms.valeurs].find((nom) => (champs[nom] ?? '').trim() === '') ?? null);
}

function countObservations(base: Base): Map<string, number> {
  const lignes = base
    .prepare<[], { champ: string; n: number }>("SELECT champ, count(*) AS n FROM observation WHERE etat <> 'levee' GROUP BY champ")
    .all();
  return new Map(lignes.map((l) => [l.champ, l.n]));
}

function gardee(base: Base, scenario: number | null, champ: string, cible: ChampCible, saisie: string): CibleGardee | undefined {
  if (scenario === null || cible.genre === 'reference') return readCible(base, champ) ?? undefined;
  const { valeur } = readValeurCible(saisie);
  return valeur === null ? undefined : { ...cible, champ, ...valeur, commentaire: null };
}

/** Écrit des cases d'un geste, qui s'annule d'un geste ; chaque case dit si elle est gardée et, illisible, pourquoi. */
function defineCellules(contexte: Contexte, { cellules, geste, scenario: numero }: EntreeLue<'engagements.definir'>): Sortie<'engagements.definir'> {
  const { base } = contexte.dossierEcriture();
  const scenario = numero === undefined ? null : requireScenarioCibles(base, numero).id;
  const millesime = millesimeDe(base);
  const effet = dateEffetDe(base);
  const quand = contexte.maintenant().toISOString();
  const libelle = (): string => geste ?? `Engagements : ${cellules.length === 1 ? labelCible(millesime, cellules[0]?.champ ?? '', readChamp(base, 'organisme/nom')) : pluriel(cellules.length, 'case')}`;
  const { valeur: resultats, operation } = changeCibles(base, 'engagements.saisir', libelle, { qui: contexte.utilisateur, quand }, (par) =>
    cellules.map(({ champ, valeur }) => {
      const commentaire = champ.endsWith('#commentaire');
      const cible = recognizeCible(millesime, effet, commentaire ? champ.slice(0, -'#commentaire'.length) : champ);
      if (cible instanceof ErreurCus) return { champ, ok: false, message: cible.erreur.message, cible: null };
      if (commentaire && scenario !== null) return { champ, ok: false, message: 'Un commentaire s’écrit sur les cibles du dossier, pas sur un scénario.', cible: null };
      if (commentaire && cible.genre === 'engagement') {
        saveCommentaire(base, cible, valeur, par);
        return { champ, ok: true, message: '', cible: null };
      }
      const { raison } = saveSaisie(base, scenario, cible, valeur, par);
      const reference = cible.genre === 'reference' ? valeur.trim() || null : null;
      return { champ, ok: true, message: raison, cible: toCible(champ, gardee(base, scenario, champ, cible, valeur), reference) };
    }),
  );
  return { enregistreA: quand, operation, cellules: resultats };
}

/** Vrai pour un nom de cible ou de référence, reconnu ou non. */
export const isCible = (champ: string): boolean => parseChamp(champ) !== null;

export const handlers = {
  'engagements.matrice': (contexte, { scenario, lignes }) => {
    const { base } = contexte.dossier();
    return readMatrice(base, contexte.maintenant().toISOString().slice(0, 10), scenario === undefined ? null : requireScenarioCibles(base, scenario).id, lignes);
  },
  'engagements.definir': defineCellules,
  'engagements.exporter': async (contexte, { destination }) => {
    const chemin = resolve(destination);
    const matrice = readMatrice(contexte.dossier().base, contexte.maintenant().toISOString().slice(0, 10));
    return { chemin, lignes: await exportEngagements(contexte, matrice, chemin) };
  },
  ...handlersPropositions,
  ...handlersRepartition,
  ...handlersScenarios,
  'engagements.importer': (contexte, { chemin }) => importEngagements(contexte, resolve(chemin)),
} satisfies Partial<Handlers>;
