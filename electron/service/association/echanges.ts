import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { parseDate } from '../../../shared/domain/calendrier/dates.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { addEchanges, findEchange, writeEchange } from '../../store/association/echanges.ts';
import { jourAvance } from '../contexte.ts';
import type { Contexte } from '../contexte.ts';
import { millesimeDe } from '../millesime.ts';
import { conduct } from '../geste.ts';
import { readAssociation } from './lecture.ts';

export const parseJour = (tape: string): string => {
  const date = parseDate(tape);
  if (date === null) throw invalide('date-invalide', `« ${tape} » n’est pas une date.`, 'L’écrire par exemple 2026-03-31 ou 31/03/2026 ; rien n’a été changé.');
  return date;
};

/** La date d'une chose faite, telle que tapée. Une date à venir est refusée : ce qui est prévu va au calendrier. */
export function parseJourFait(contexte: Contexte, tape: string): string {
  const date = parseJour(tape);
  if (date > jourAvance(contexte)) {
    throw invalide('date-a-venir', `Le ${formatDate(date)} est à venir : cela ne peut pas déjà être fait.`, 'L’enregistrer une fois fait ; une date prévue se saisit au calendrier. Rien n’a été changé.');
  }
  return date;
}

const propre = (t: string): string => t.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n]+/gu, ' ').trim();

export function noter(contexte: Contexte, entree: EntreeLue<'associes.noter'>): Sortie<'associes.noter'> {
  const { base } = contexte.dossierEcriture();
  const { association: regle } = millesimeDe(base);
  const objet = regle.objets.find((o) => o.code === entree.objet);
  if (objet === undefined) throw invalide('objet-inconnu', `« ${entree.objet} » n’est pas un envoi, une réponse ou une réunion.`, `Choisir parmi : ${regle.objets.map((o) => o.code).join(', ')} ; rien n’a été changé.`);
  const date = parseJourFait(contexte, entree.date);
  const connues = new Map(readAssociation(base, contexte.maintenant().toISOString().slice(0, 10)).personnes.map((p) => [p.code, p]));
  const personnes = [...new Set(entree.personnes)].map((code) => {
    const p = connues.get(code);
    if (p === undefined) throw invalide('personne-inconnue', `« ${code} » n’est pas une personne publique de ce dossier.`, 'Choisir un code de la liste ; rien n’a été changé.');
    if (!objet.avec.includes(p.nature === 'etat' ? 'etat' : 'personnes')) {
      throw invalide('objet-sans-rapport', `« ${objet.libelle} » ne concerne pas « ${p.nom} ».`, 'Choisir un autre objet, ou d’autres personnes ; rien n’a été changé.');
    }
    // Qui n'est pas autorité organisatrice n'est pas signataire de droit : il n'y a rien à quoi renoncer.
    if (objet.code === 'renonciation' && !p.aoh) {
      throw invalide('renonciation-impossible', `« ${p.nom} » n’est pas dite autorité organisatrice de l’habitat : elle seule peut renoncer à signer (${regle.aoh.renonciation.article}).`, 'La dire d’abord autorité organisatrice si elle l’est, ou noter un avis ; rien n’a été changé.');
    }
    return p;
  });
  const [seule] = personnes;
  const qui = personnes.length === 1 && seule !== undefined ? seule.nom : pluriel(personnes.length, 'personne publique', 'personnes publiques');
  const { rendu, operation, enregistreA } = conduct(contexte, base, 'associes.noter', `${objet.libelle} du ${formatDate(date)} : ${qui}`, (par) =>
    addEchanges(base, personnes.map((p) => ({ personne: p.code, objet: objet.code, date, mode: propre(entree.mode), texte: propre(entree.texte) })), par),
  );
  return { echanges: rendu, operation, enregistreA };
}

export function corriger(contexte: Contexte, { id, retirer, ...change }: EntreeLue<'associes.corriger'>): Sortie<'associes.corriger'> {
  const { base } = contexte.dossierEcriture();
  const avant = findEchange(base, id);
  if (avant === null) throw invalide('echange-inconnu', `Le dossier n’a pas d’échange ${id}.`, 'Choisir un échange de la liste ; rien n’a été changé.');
  const apres = {
    ...avant,
    date: change.date === undefined ? avant.date : parseJourFait(contexte, change.date),
    mode: change.mode === undefined ? avant.mode : propre(change.mode),
    texte: change.texte === undefined ? avant.texte : propre(change.texte),
  };
  if (!retirer && JSON.stringify(apres) === JSON.stringify(avant)) return { operation: null, enregistreA: contexte.maintenant().toISOString() };
  const { operation, enregistreA } = conduct(contexte, base, 'associes.corriger', `Échange du ${formatDate(avant.date)} ${retirer ? 'retiré' : 'corrigé'}`, (par) => writeEchange(base, avant, retirer ? null : apres, par));
  return { operation, enregistreA };
}
