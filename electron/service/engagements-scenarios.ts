import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { parseChamp } from '../../shared/domain/engagements/champ.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { readCibles, readReferences } from '../store/engagements.ts';
import { appendJournal } from '../store/journal.ts';
import { deleteScenarioCibles, findScenarioCibles, findScenarioNomme, insertScenarioCibles, listScenariosCibles, readSaisiesScenario, renameScenarioCibles } from '../store/scenarios-cibles.ts';
import type { ScenarioCibles } from '../store/scenarios-cibles.ts';
import { changeCibles, labelCible, saveCible } from './cibles.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { millesimeDe } from './millesime.ts';

type Resume = Sortie<'engagements.scenarios'>['scenarios'][number];

/** Le scénario de ce numéro. Erreur « scenario-inconnu ». */
export function requireScenarioCibles(base: Base, id: number): ScenarioCibles {
  const s = findScenarioCibles(base, id);
  if (s === null) throw invalide('scenario-inconnu', `Le scénario de cibles n° ${id} n’existe pas.`, 'Choisir un scénario de la liste.');
  return s;
}

/** Les saisies du dossier, cibles et références non vides, par champ. */
function readSaisiesDossier(base: Base): Map<string, string> {
  const cibles = [...readCibles(base)].flatMap(([champ, c]): [string, string][] => (c.saisie === '' ? [] : [[champ, c.saisie]]));
  return new Map([...readReferences(base), ...cibles]);
}

const saisiesDe = (base: Base, id: number | null): Map<string, string> => (id === null ? readSaisiesDossier(base) : readSaisiesScenario(base, requireScenarioCibles(base, id).id));

/** Champs où deux jeux diffèrent, dans l'ordre de leurs noms. */
function listDifferences(avant: ReadonlyMap<string, string>, apres: ReadonlyMap<string, string>): { champ: string; avant: string | null; apres: string | null }[] {
  return [...new Set([...avant.keys(), ...apres.keys()])]
    .toSorted()
    .flatMap((champ) => {
      const [a, b] = [avant.get(champ) ?? null, apres.get(champ) ?? null];
      return a === b ? [] : [{ champ, avant: a, apres: b }];
    });
}

const resumer = (base: Base, s: ScenarioCibles & { saisies?: number }): Resume => {
  const saisies = readSaisiesScenario(base, s.id);
  return { id: s.id, nom: s.nom, creeLe: s.creeLe, saisies: saisies.size, differences: listDifferences(readSaisiesDossier(base), saisies).length };
};

/** Un changement de la liste des scénarios : une opération, une ligne de journal. */
function changer(contexte: Contexte, nature: string, libelle: string, champ: string, faire: (base: Base) => number): { id: number; operation: number; enregistreA: string } {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  const { valeur } = changeCibles(base, nature, libelle, par, (e) => {
    const operation = e.operation?.() ?? 0;
    const id = faire(base);
    appendJournal(base, { ...par, champ: champ === '' ? `scenario-cibles/${id}` : champ, avant: null, apres: libelle, operation });
    return { id, operation };
  });
  return { ...valeur, enregistreA: par.quand };
}

function nomLibre(base: Base, nom: string, sauf: number | null): string {
  const propre = nom.trim();
  if (propre === '' || propre.length > 100) throw invalide('nom-de-scenario', 'Le nom du scénario est vide ou trop long.', 'Donner un nom de 100 caractères au plus.');
  const pris = findScenarioNomme(base, propre);
  if (pris !== null && pris.id !== sauf) throw refus('scenario-existant', `Un scénario de cibles s’appelle déjà « ${propre} ».`, 'Choisir un autre nom.');
  return propre;
}

function creer(contexte: Contexte, { nom, depuis }: EntreeLue<'engagements.creerScenario'>): Sortie<'engagements.creerScenario'> {
  const { base } = contexte.dossierEcriture();
  const propre = nomLibre(base, nom, null);
  const saisies = saisiesDe(base, depuis ?? null);
  const creeLe = contexte.maintenant().toISOString();
  const { id, ...fait } = changer(contexte, 'engagements.scenario', `Scénario de cibles « ${propre} » créé`, '', (b) => insertScenarioCibles(b, propre, creeLe, saisies));
  return { ...resumer(base, requireScenarioCibles(base, id)), ...fait };
}

function renommer(contexte: Contexte, { scenario, nom }: EntreeLue<'engagements.renommerScenario'>): Sortie<'engagements.renommerScenario'> {
  const { base } = contexte.dossierEcriture();
  const s = requireScenarioCibles(base, scenario);
  const propre = nomLibre(base, nom, s.id);
  if (propre === s.nom) return { ...resumer(base, s), operation: null, enregistreA: contexte.maintenant().toISOString() };
  const { id, ...fait } = changer(contexte, 'engagements.scenario', `Scénario de cibles « ${s.nom} » renommé « ${propre} »`, `scenario-cibles/${s.id}`, (b) => (renameScenarioCibles(b, s.id, propre), s.id));
  return { ...resumer(base, requireScenarioCibles(base, id)), ...fait };
}

function supprimer(contexte: Contexte, { scenario }: EntreeLue<'engagements.supprimerScenario'>): Sortie<'engagements.supprimerScenario'> {
  const s = requireScenarioCibles(contexte.dossierEcriture().base, scenario);
  const { operation, enregistreA } = changer(contexte, 'engagements.scenario', `Scénario de cibles « ${s.nom} » supprimé`, `scenario-cibles/${s.id}`, (b) => (deleteScenarioCibles(b, s.id), s.id));
  return { operation, enregistreA };
}

function adopter(contexte: Contexte, { scenario }: EntreeLue<'engagements.adopter'>): Sortie<'engagements.adopter'> {
  const { base } = contexte.dossierEcriture();
  const s = requireScenarioCibles(base, scenario);
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  const differences = listDifferences(readSaisiesDossier(base), readSaisiesScenario(base, s.id));
  const { operation } = changeCibles(base, 'engagements.adopter', `Engagements : scénario « ${s.nom} » adopté`, par, (e) => {
    for (const d of differences) {
      const cible = parseChamp(d.champ);
      if (cible !== null) saveCible(base, cible, d.apres ?? '', e);
    }
  });
  return { operation, enregistreA: par.quand, ecrites: differences.filter((d) => d.apres !== null).length, videes: differences.filter((d) => d.apres === null).length };
}

export const handlersScenarios = {
  'engagements.scenarios': (contexte) => {
    const { base } = contexte.dossier();
    return { scenarios: listScenariosCibles(base).map((s) => resumer(base, s)) };
  },
  'engagements.creerScenario': creer,
  'engagements.renommerScenario': renommer,
  'engagements.supprimerScenario': supprimer,
  'engagements.comparer': (contexte, { de, a }) => {
    const { base } = contexte.dossier();
    const millesime = millesimeDe(base);
    const organisme = readChamp(base, 'organisme/nom');
    const [avant, apres] = [saisiesDe(base, de), saisiesDe(base, a)];
    const nom = (id: number | null): string => (id === null ? 'Dossier' : requireScenarioCibles(base, id).nom);
    const differences = listDifferences(avant, apres);
    const champs = new Set([...avant.keys(), ...apres.keys()]).size;
    return { de: nom(de), a: nom(a), identiques: champs - differences.length, differences: differences.map((d) => ({ ...d, libelle: labelCible(millesime, d.champ, organisme) })) };
  },
  'engagements.adopter': adopter,
} satisfies Partial<Handlers>;
