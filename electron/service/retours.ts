import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { etatInitial, nextEtat } from '../../shared/domain/observations/etats.ts';
import { refusalOf } from '../../shared/domain/observations/liste.ts';
import type { Remarque } from '../../shared/domain/observations/liste.ts';
import { refus } from '../../shared/erreurs.ts';
import { champsObservables } from '../documents/champs.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import type { QuiQuand } from '../store/champs.ts';
import { readDepots } from '../store/depots.ts';
import type { DepotGarde } from '../store/depots.ts';
import { appendJournal } from '../store/journal.ts';
import { insertObservation, keepRetour, readEnCours, setEtat } from '../store/retours.ts';
import type { Handlers } from './contexte.ts';
import { readDepotFige } from './depot/modifications.ts';
import { readRetour } from './depot/retour-lu.ts';
import type { RetourLu } from './depot/retour-lu.ts';

export const handlers = {
  'retour.lire': async (contexte, { chemin }, suivi) => {
    const absolu = resolve(chemin);
    const lu = await readRetour(absolu, contexte.maintenant(), suivi.signal);
    const { base } = contexte.dossierEcriture();
    const depot = findDepot(base, lu);
    const par = { qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() };
    return base.transaction(() => record(base, depot, lu, basename(absolu), par)).immediate();
  },
} satisfies Partial<Handlers>;

/** Le dépôt auquel le Retour répond. Refusé, avec les deux noms, s'il répond à un autre. */
function findDepot(base: Base, lu: RetourLu): DepotGarde {
  const siren = readChamp(base, 'organisme/siren') ?? '';
  const nom = readChamp(base, 'organisme/nom') ?? '';
  if (lu.siren !== siren) {
    throw refus(
      'retour-autre-organisme',
      `Ce Retour s’adresse à un autre organisme : « ${lu.nomOrganisme} » (SIREN ${lu.siren}) ; l’organisme de ce dossier est « ${nom} » (SIREN ${siren}).`,
      'Ouvrir le dossier de cet organisme, ou choisir un autre fichier ; rien n’a été lu.',
    );
  }
  const depots = readDepots(base);
  const depot = depots.find((d) => d.empreinte === lu.empreinte && d.version === lu.version);
  if (depot !== undefined) return depot;
  const connus = depots.length === 0 ? 'aucun dépôt' : depots.map(nameDepot).join(', ');
  throw refus(
    'retour-autre-depot',
    `Ce Retour répond au dépôt ${nameDepot(lu)} de l’organisme « ${lu.nomOrganisme} » ; ce dossier, de l’organisme « ${nom} », a ${connus}.`,
    'Ouvrir le dossier d’où ce dépôt a été fait, ou choisir un autre fichier ; rien n’a été lu.',
  );
}

const nameDepot = (d: { version: number; empreinte: string }): string => `v${d.version} (empreinte ${d.empreinte.slice(0, 12)}…)`;

/** Écrit les remarques nouvelles ; celles d'un champ que le dépôt n'a pas sont rendues, non gardées. */
function record(base: Base, depot: DepotGarde, lu: RetourLu, fichier: string, par: QuiQuand): Sortie<'retour.lire'> {
  const connus = new Set(champsObservables(readDepotFige(base, depot.version)).map((c) => c.champ));
  const refusees = [...lu.refusees];
  const recevables: Remarque[] = [];
  for (const o of lu.observations) {
    const raison = refusalOf(o, connus);
    if (raison === null) recevables.push(o);
    else refusees.push({ ligne: o.ligne, raison });
  }
  const retour = keepRetour(base, { version: depot.version, avis: lu.avis, auteur: lu.auteur, date: lu.date, fichier, luLe: par.quand });
  let nouvelles = 0;
  for (const o of recevables) {
    const observation = {
      id: idObservation(depot.empreinte, o), retour: retour.id, champ: o.champ, nature: o.nature, etat: etatInitial(o.nature),
      texte: o.texte, valeurProposee: o.valeurProposee, auteur: lu.auteur, date: lu.date || par.quand,
    };
    if (!insertObservation(base, observation)) continue;
    nouvelles += 1;
    appendJournal(base, { ...par, champ: `observation/${observation.id}`, avant: null, apres: `${o.nature} : ${o.champ}` });
    // Un avis favorable ne lève que ce qui a été dit avant lui, pas ce que dit le même Retour.
    if (o.nature === 'favorable') for (const levee of readEnCours(base, o.champ, retour.id)) setEtat(base, levee, nextEtat(levee.etat, 'favorable'), par);
  }
  if (retour.nouveau || nouvelles > 0) appendJournal(base, { ...par, champ: `retour/v${depot.version}`, avant: null, apres: `${fichier} : ${nouvelles} (${lu.avis ?? 'sans avis'})` });
  return { version: depot.version, nouvelles, dejaConnues: recevables.length - nouvelles, refusees: refusees.toSorted((a, b) => a.ligne - b.ligne) };
}

/** Le même pour la même remarque sur le même dépôt, quel que soit le fichier qui la porte. */
function idObservation(empreinte: string, o: Remarque): string {
  return createHash('sha256').update(JSON.stringify([empreinte, o.champ, o.nature, o.texte.trim(), o.valeurProposee])).digest('hex').slice(0, 16);
}
