import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatValeur } from '../../shared/domain/rpls/affichage.ts';
import { messageAnomalie } from '../../shared/domain/rpls/anomalies.ts';
import type { Champ } from '../../shared/domain/rpls/champs.ts';
import { applyCases, parseCase } from '../../shared/domain/rpls/correction.ts';
import type { CaseLue } from '../../shared/domain/rpls/correction.ts';
import type { Valeur } from '../../shared/domain/rpls/decoder.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { applyChangements, champModifiable, readCorrection, readLogement, readLogementsParId } from '../store/corrections.ts';
import type { Changement, LogementLu } from '../store/corrections.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { identifiantPublic, resolveIdentifiant } from '../store/origines.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { idsFiltres, prepareColonnes } from './logements.ts';

type Bilan = Sortie<'corrections.saisir'>;
/** Une case à changer : ce qui y est tapé, ou la valeur à rendre. */
type Demande = { logement: LogementLu; champ: Champ; texte: string; lue: CaseLue };

const MONTREES = 200;

function modifiable(colonne: string): Champ {
  const champ = champModifiable(colonne);
  if (champ !== null) return champ;
  const ensemble = /ensemble/iu.test(colonne);
  throw invalide(
    'colonne-non-modifiable',
    `La colonne « ${colonne} » ne se corrige pas à la main.`,
    ensemble ? 'Changer l’ensemble d’un logement par « Déplacer vers » ; rien n’a été changé.' : 'Choisir un autre champ de la déclaration que l’identifiant ; rien n’a été changé.',
  );
}

/** Les logements demandés, chacun lu une fois. Erreur « logement-inconnu », qui en nomme un. */
function lireLogements(base: Base, identifiants: Iterable<string>): Map<string, LogementLu> {
  const trouver = resolveIdentifiant(base);
  const nommer = identifiantPublic(base);
  const lus = new Map<string, LogementLu>();
  for (const identifiant of new Set(identifiants)) {
    const cle = trouver(identifiant);
    const logement = cle === null ? null : readLogement(base, cle.declaration, cle.ident, nommer);
    if (logement === null) throw invalide('logement-inconnu', `Aucun logement n’a l’identifiant « ${identifiant} ».`, 'Vérifier l’identifiant ; rien n’a été changé.');
    lus.set(identifiant, logement);
  }
  return lus;
}

/** Mène une correction en une transaction : lue, contrôlée, écrite, journalisée, annulable ; ou rien n'a changé. */
function corriger(contexte: Contexte, preparer: (base: Base) => { demandes: Demande[]; motif: string | null; partiel: boolean; nature: string }): Bilan {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction((): Bilan => {
      const { demandes, motif, partiel, nature } = preparer(base);
      const { changements, inchangees, remarques } = computeChangements(demandes);
      const refusees = demandes.flatMap(({ logement, champ, texte, lue }) =>
        lue.ok ? [] : [{ identifiant: logement.identifiant, colonne: champ.colonne, texte, message: lue.message }],
      );
      const ecrire = changements.length > 0 && (partiel || refusees.length === 0);
      const bilan = {
        inchangees, nombreRefusees: refusees.length, refusees: refusees.slice(0, MONTREES),
        nombreRemarques: remarques.length, remarques: remarques.slice(0, MONTREES), enregistreA: par.quand,
      };
      if (!ecrire) return { operation: null, libelle: '', changees: 0, logements: 0, ...bilan };
      const libelle = libeller(changements, nature);
      const operation = openOperation(base, nature, libelle, par);
      applyChangements(base, operation, changements, par, motif);
      closeOperation(base);
      return { operation, libelle, changees: changements.length, logements: new Set(changements.map((c) => c.logement.id)).size, ...bilan };
    })
    .immediate();
}

/** Les cases qui changent vraiment, logement par logement, et ce que l'ensemble de ses cases fait remarquer. */
function computeChangements(demandes: readonly Demande[]): { changements: Changement[]; inchangees: number; remarques: Bilan['remarques'] } {
  const parLogement = new Map<LogementLu, Map<Champ, { valeur: Valeur; note: string | null }>>();
  for (const { logement, champ, lue } of demandes) {
    if (!lue.ok) continue;
    let cases = parLogement.get(logement);
    if (cases === undefined) parLogement.set(logement, (cases = new Map<Champ, { valeur: Valeur; note: string | null }>()));
    // La même case deux fois : la dernière, comme si elles avaient été tapées l'une après l'autre.
    cases.set(champ, lue);
  }
  const changements: Changement[] = [];
  const remarques: Bilan['remarques'] = [];
  let inchangees = 0;
  for (const [logement, cases] of parLogement) {
    const { valeurs, remarques: nees } = applyCases(logement.valeurs, [...cases].map(([champ, { valeur }]) => ({ champ, valeur })));
    for (const [champ, { note }] of cases) {
      const avant = logement.valeurs[champ.position - 1] ?? null;
      const apres = valeurs[champ.position - 1] ?? null;
      if (note !== null) remarques.push({ identifiant: logement.identifiant, message: note });
      if (avant === apres) inchangees++;
      else changements.push({ logement, champ, avant, apres });
    }
    for (const r of nees) remarques.push({ identifiant: logement.identifiant, message: messageAnomalie(r.code, r.champ, r.valeur) });
  }
  return { changements, inchangees, remarques };
}

function libeller(changements: readonly Changement[], nature: string): string {
  const [premier] = changements;
  if (premier === undefined) return '';
  const dire = (v: Valeur): string => formatValeur(premier.champ, v) ?? 'vide';
  const revenu = nature === REVENIR;
  if (changements.length === 1) return `${premier.champ.libelle} de ${premier.logement.identifiant} : ${dire(premier.avant)} → ${dire(premier.apres)}${revenu ? ' (valeur importée)' : ''}`;
  const champs = new Set(changements.map((c) => c.champ));
  const logements = new Set(changements.map((c) => c.logement)).size;
  const cases = pluriel(changements.length, 'case');
  const verbe = revenu ? (changements.length > 1 ? 'revenues à la valeur importée' : 'revenue à la valeur importée') : 'corrigées';
  if (champs.size > 1) return `${cases} ${verbe} (${pluriel(champs.size, 'colonne')}, ${pluriel(logements, 'logement')})`;
  const memes = changements.every((c) => c.apres === premier.apres);
  return `${premier.champ.libelle} de ${pluriel(logements, 'logement')} ${memes && !revenu ? `: ${dire(premier.apres)}` : verbe}`;
}

const SAISIR = 'corrections.saisir';
const APPLIQUER = 'corrections.appliquer';
const REVENIR = 'corrections.revenir';

function saisir(base: Base, { cases, partiel, motif }: EntreeLue<'corrections.saisir'>) {
  const logements = lireLogements(base, cases.map((c) => c.identifiant));
  const demandes = cases.flatMap(({ identifiant, colonne, texte }): Demande[] => {
    const champ = modifiable(colonne);
    const logement = logements.get(identifiant);
    return logement === undefined ? [] : [{ logement, champ, texte, lue: parseCase(champ, texte) }];
  });
  return { demandes, motif: motif ?? null, partiel, nature: SAISIR };
}

function appliquer(base: Base, { filtres, colonne, texte, attendus, motif }: EntreeLue<'corrections.appliquer'>) {
  const champ = modifiable(colonne);
  const lue = parseCase(champ, texte);
  if (!lue.ok) throw invalide('valeur-refusee', lue.message, 'Corriger la valeur ; rien n’a été changé.');
  const ids = idsFiltres(base, filtres);
  if (ids.length !== attendus) {
    throw refus('selection-changee', `La sélection a ${pluriel(ids.length, 'logement')} : elle en montrait ${attendus}.`, 'Vérifier la sélection, puis recommencer ; rien n’a été changé.');
  }
  const demandes = readLogementsParId(base, ids, identifiantPublic(base)).map((logement): Demande => ({ logement, champ, texte, lue }));
  return { demandes, motif: motif ?? null, partiel: false, nature: APPLIQUER };
}

function revenir(base: Base, { cases }: EntreeLue<'corrections.revenir'>) {
  const logements = lireLogements(base, cases.map((c) => c.identifiant));
  const demandes = cases.flatMap(({ identifiant, colonne }): Demande[] => {
    const champ = modifiable(colonne);
    const logement = logements.get(identifiant);
    const correction = logement === undefined ? null : readCorrection(base, logement, champ.colonne);
    return logement === undefined || correction === null ? [] : [{ logement, champ, texte: '', lue: { ok: true, valeur: correction.importee, note: null } }];
  });
  if (demandes.length === 0) throw invalide('sans-correction', 'Ces cases n’ont pas été corrigées à la main.', 'Choisir une case corrigée ; rien n’a été changé.');
  return { demandes, motif: null, partiel: false, nature: REVENIR };
}

export const handlers = {
  [SAISIR]: (contexte, entree) => corriger(contexte, (base) => saisir(base, entree)),
  [APPLIQUER]: async (contexte, entree, suivi) => {
    await prepareColonnes(contexte, entree.filtres.map((f) => f.colonne), suivi);
    return corriger(contexte, (base) => appliquer(base, entree));
  },
  [REVENIR]: (contexte, entree) => corriger(contexte, (base) => revenir(base, entree)),
} satisfies Partial<Handlers>;
