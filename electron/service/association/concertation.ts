import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { readActeurs, readReunions, writeActeur, writeReunion } from '../../store/association/concertation.ts';
import type { Contexte, Handlers } from '../contexte.ts';
import { millesimeDe } from '../millesime.ts';
import { parseJourFait } from './echanges.ts';
import { conduct } from '../geste.ts';

const propre = (t: string): string => t.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n]+/gu, ' ').trim();

/** La ligne à changer ; `null` pour une neuve. */
function find<T extends { id: number }>(lignes: readonly T[], id: number | undefined, retirer: boolean): T | null {
  if (id === undefined && !retirer) return null;
  const ligne = lignes.find((l) => l.id === id);
  if (ligne === undefined) throw invalide('ligne-inconnue', 'Cette ligne de la concertation n’existe pas.', 'Choisir une ligne de la liste ; rien n’a été changé.');
  return ligne;
}

function acteur(contexte: Contexte, { id, retirer, ...lu }: EntreeLue<'concertation.acteur'>): Sortie<'concertation.acteur'> {
  const { base } = contexte.dossierEcriture();
  const { acteurs } = millesimeDe(base).association.concertation;
  const avant = find(readActeurs(base), id, retirer);
  const apres = { nom: propre(lu.nom ?? avant?.nom ?? ''), qualite: lu.qualite ?? avant?.qualite ?? '', affiliation: propre(lu.affiliation ?? avant?.affiliation ?? ''), note: propre(lu.note ?? avant?.note ?? '') };
  if (!retirer && apres.nom === '') throw invalide('nom-vide', 'Le nom de l’association ou de l’administrateur est vide.', 'Donner son nom ; rien n’a été changé.');
  if (!retirer && !acteurs.some((a) => a.code === apres.qualite)) {
    throw invalide('qualite-inconnue', `« ${apres.qualite} » n’est pas une qualité connue.`, `Choisir parmi : ${acteurs.map((a) => a.code).join(', ')} ; rien n’a été changé.`);
  }
  const { rendu, operation, enregistreA } = conduct(contexte, base, 'concertation.acteur', `Concertation : ${retirer ? (avant?.nom ?? '') : apres.nom} ${avant === null ? 'ajouté' : retirer ? 'retiré' : 'modifié'}`, (par) => writeActeur(base, avant, retirer ? null : apres, par));
  return { id: rendu, operation, enregistreA };
}

function reunion(contexte: Contexte, { id, retirer, ...lu }: EntreeLue<'concertation.reunion'>): Sortie<'concertation.reunion'> {
  const { base } = contexte.dossierEcriture();
  const { objets } = millesimeDe(base).association.concertation;
  const avant = find(readReunions(base), id, retirer);
  const inconnu = (lu.objets ?? []).find((o) => !objets.some((x) => x.code === o));
  if (inconnu !== undefined) throw invalide('objet-inconnu', `« ${inconnu} » n’est pas un objet de la concertation.`, `Choisir parmi : ${objets.map((o) => o.code).join(', ')} ; rien n’a été changé.`);
  const apres = {
    date: retirer ? '' : lu.date === undefined && avant !== null ? avant.date : parseJourFait(contexte, lu.date ?? ''),
    objets: [...new Set(lu.objets ?? avant?.objets ?? [])], participants: propre(lu.participants ?? avant?.participants ?? ''), texte: propre(lu.texte ?? avant?.texte ?? ''),
  };
  const jour = formatDate(retirer ? (avant?.date ?? '') : apres.date);
  const { rendu, operation, enregistreA } = conduct(contexte, base, 'concertation.reunion', `Séance de concertation du ${jour} ${avant === null ? 'ajoutée' : retirer ? 'retirée' : 'modifiée'}`, (par) => writeReunion(base, avant, retirer ? null : apres, par));
  return { id: rendu, operation, enregistreA };
}

export const handlers = {
  'concertation.acteur': acteur,
  'concertation.reunion': reunion,
} satisfies Partial<Handlers>;
