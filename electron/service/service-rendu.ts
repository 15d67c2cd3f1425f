import { resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { parseNote } from '../../shared/domain/service-rendu/echelle.ts';
import { checkGrille, remarkGrille } from '../../shared/domain/service-rendu/grille.ts';
import { computePassage } from '../../shared/domain/service-rendu/passage.ts';
import { GRILLE_PROPOSEE } from '../../shared/domain/service-rendu/proposee.ts';
import { listCriteres } from '../../shared/domain/service-rendu/types.ts';
import type { Grille } from '../../shared/domain/service-rendu/types.ts';
import { invalide } from '../../shared/erreurs.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { appendJournal } from '../store/journal.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { CHAMP_GRILLE, countNotes, countSaisies, iterateNotes, keepChangees, readGrille, readPresences, removeNotesHors, writeGrille, writeNotes } from '../store/service-rendu.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { exportNotes } from './service-rendu-export.ts';
import { exportGrille, readGrilleFichier } from './service-rendu-grille.ts';
import { readServiceRendu } from './service-rendu-resultats.ts';

export const sansGrille = () =>
  invalide('sans-grille', 'Ce dossier n’a pas encore de grille du service rendu.', 'Définir la grille d’abord, ou partir de celle qui est proposée ; rien n’a été changé.');

/** Une grille n'est dite « proposée » que si elle l'est mot pour mot. */
const settleProposee = (grille: Grille): Grille => {
  const proposee = JSON.stringify({ ...grille, proposee: true }) === JSON.stringify(GRILLE_PROPOSEE);
  return { ...grille, proposee };
};

function examiner(base: Base, donnee: Grille): Sortie<'serviceRendu.examinerGrille'> {
  const grille = settleProposee(donnee);
  const fautes = checkGrille(grille);
  const avant = readGrille(base);
  return {
    fautes,
    remarques: fautes.length > 0 ? [] : remarkGrille(grille),
    passage: fautes.length > 0 ? null : computePassage(avant, grille, countSaisies(base)),
    change: JSON.stringify(avant) !== JSON.stringify(grille),
  };
}

/** Remplace la grille : une opération, annulable, qui dit ce que deviennent les notes. */
export function defineGrille(contexte: Contexte, donnee: Grille): Sortie<'serviceRendu.definirGrille'> {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  const grille = settleProposee(donnee);
  return base
    .transaction(() => {
      const { fautes, passage, change } = examiner(base, grille);
      if (passage === null) {
        throw invalide('grille-invalide', `La grille ne peut pas être employée : ${fautes.join(' ')}`, 'La corriger ; rien n’a été changé.', { fautes });
      }
      if (!change) throw invalide('grille-inchangee', 'Cette grille est déjà celle du dossier.', 'La modifier d’abord ; rien n’a été changé.');
      const avant = readGrille(base);
      const criteres = listCriteres(grille);
      const libelle = `${avant === null ? 'Grille du service rendu définie' : 'Grille du service rendu modifiée'} : ${pluriel(criteres.length, 'critère')}${
        passage.perdues > 0 ? `, ${pluriel(passage.perdues, 'note retirée', 'notes retirées')}` : ''}`;
      const operation = openOperation(base, 'service-rendu.grille', libelle, par);
      removeNotesHors(base, criteres.map((c) => c.code), operation, par);
      writeGrille(base, grille);
      closeOperation(base);
      appendJournal(base, { ...par, champ: CHAMP_GRILLE, avant: avant === null ? null : JSON.stringify(avant), apres: JSON.stringify(grille), operation });
      return { operation, libelle, passage, enregistreA: par.quand };
    })
    .immediate();
}

/** Les notes du parc, une rangée par ensemble, dans l'ordre des critères de la grille. */
export function readNotes(base: Base): Sortie<'serviceRendu.notes'> {
  const grille = readGrille(base);
  const criteres = grille === null ? [] : listCriteres(grille);
  const rangs = new Map(criteres.map((c, i) => [c.code, i]));
  const ensembles = new Map<string, Sortie<'serviceRendu.notes'>['ensembles'][number]>();
  for (const p of readPresences(base)) {
    const e = ensembles.get(p.code);
    if (e !== undefined) {
      e.logements += p.logements;
      e.qpv += p.qpv;
      continue;
    }
    ensembles.set(p.code, {
      id: p.code, nom: p.nom, commune: p.communePrincipale, nomCommune: findCommune(p.communePrincipale)?.nom ?? p.communePrincipale,
      logements: p.logements, qpv: p.qpv, saisies: criteres.map(() => ''),
    });
  }
  let horsParc = 0;
  for (const n of iterateNotes(base)) {
    const rang = rangs.get(n.critere);
    const e = ensembles.get(n.ensemble);
    if (e === undefined) horsParc += 1;
    else if (rang !== undefined) e.saisies[rang] = n.saisie;
  }
  return {
    criteres: criteres.map(({ code, libelle, aide, famille, poids }) => ({ code, libelle, aide, famille: famille.code, poids })),
    ensembles: [...ensembles.values()], horsParc,
  };
}

/** Ce que dit la liste des opérations : la note et son ensemble quand il n'y en a qu'une. */
function nommer(grille: Grille, notes: readonly { ensemble: string; critere: string; saisie: string }[], noms: ReadonlyMap<string, string>): string {
  const [n] = notes;
  if (n === undefined || notes.length > 1) return `Service rendu : ${pluriel(notes.length, 'note')}`;
  const critere = listCriteres(grille).find((c) => c.code === n.critere)?.libelle ?? n.critere;
  return `Service rendu de « ${noms.get(n.ensemble) ?? n.ensemble} », ${critere} : ${n.saisie === '' ? 'note effacée' : n.saisie}`;
}

/**
 * Écrit des notes en une transaction. Une note qui ne se lit pas sur l'échelle est gardée telle que tapée et
 * signalée ; un ensemble ou un critère inconnu est refusé, les autres sont écrites.
 */
function noter(contexte: Contexte, { notes, geste }: EntreeLue<'serviceRendu.noter'>): Sortie<'serviceRendu.noter'> {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction(() => {
      const grille = readGrille(base);
      if (grille === null) throw sansGrille();
      const criteres = new Set(listCriteres(grille).map((c) => c.code));
      const parCode = new Map(readPresences(base).map((p) => [p.code, p.nom]));
      const signalees: Sortie<'serviceRendu.noter'>['signalees'] = [];
      const aEcrire: typeof notes = [];
      for (const { ensemble, critere, saisie: tapee } of notes) {
        const saisie = tapee.trim();
        const refus = !parCode.has(ensemble) ? `Aucun ensemble du parc n’a le code « ${ensemble} ».` : !criteres.has(critere) ? `La grille n’a pas de critère « ${critere} ».` : null;
        if (refus !== null) {
          signalees.push({ ensemble, critere, saisie, message: refus, gardee: false });
          continue;
        }
        const lue = parseNote(grille.echelle, saisie);
        if (!lue.ok) signalees.push({ ensemble, critere, saisie, message: lue.message, gardee: true });
        aEcrire.push({ ensemble, critere, saisie });
      }
      const changees = keepChangees(base, aEcrire);
      if (changees.length === 0) return { changees: 0, operation: null, enregistreA: par.quand, signalees };
      const operation = openOperation(base, 'service-rendu.notes', geste ?? nommer(grille, changees, parCode), par);
      writeNotes(base, changees, operation, par);
      closeOperation(base);
      return { changees: changees.length, operation, enregistreA: par.quand, signalees };
    })
    .immediate();
}

export const handlers = {
  'serviceRendu.grille': (contexte) => {
    const { base } = contexte.dossier();
    const grille = readGrille(base);
    return { grille, proposee: GRILLE_PROPOSEE, remarques: grille === null ? [] : remarkGrille(grille), notes: countNotes(base) };
  },
  'serviceRendu.examinerGrille': (contexte, { grille }) => examiner(contexte.dossier().base, grille),
  'serviceRendu.definirGrille': (contexte, { grille }) => defineGrille(contexte, grille),
  'serviceRendu.exporterGrille': (contexte, { destination }) => exportGrille(contexte, resolve(destination)),
  'serviceRendu.lireGrille': (_contexte, { chemin }) => ({ grille: readGrilleFichier(resolve(chemin)) }),
  'serviceRendu.notes': (contexte) => readNotes(contexte.dossier().base),
  'serviceRendu.noter': noter,
  'serviceRendu.lire': (contexte, { par }) => readServiceRendu(contexte.dossier().base, par),
  'serviceRendu.exporter': (contexte, { destination }) => exportNotes(contexte, resolve(destination)),
} satisfies Partial<Handlers>;
