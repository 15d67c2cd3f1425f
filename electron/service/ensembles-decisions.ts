import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { chooseGarde, computePart, libelleAdresse, libelleBatiment, libelleEntree, libellePart, parseNom, remarkCommunes } from '../../shared/domain/ensembles/decisions.ts';
import type { Par } from '../../shared/domain/ensembles/decisions.ts';
import { invalide } from '../../shared/erreurs.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import {
  absorbEnsembles, findEnsemble, insertEnsemble, placeLogements, readCommunes, readComposition, readEnsemblesConnus, readPlaces, refreshDefauts, renameEnsemble,
  settleEnsembles,
} from '../store/decisions.ts';
import type { EnsembleConnu, LogementPlace } from '../store/decisions.ts';
import { appendJournal } from '../store/journal.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { readEnsembles } from './ensembles.ts';
import { followDecision } from './service-rendu-decisions.ts';

type Decision = Sortie<'ensembles.fusionner'>;
/** Ce qu'une décision va faire, une fois tout vérifié ; `faire` rend les ensembles qu'elle a touchés. */
type Plan = { nature: string; libelle: string; avant: EnsembleConnu[]; faire: (operation: number) => number[] };

const trouver = (base: Base, code: string): EnsembleConnu => {
  const e = findEnsemble(base, code);
  if (e === null) throw invalide('ensemble-inconnu', `Aucun ensemble immobilier du parc n’a le code « ${code} ».`, 'Choisir un ensemble de la liste ; rien n’a été changé.');
  return e;
};

function lireNom(saisie: string): string {
  const nom = parseNom(saisie);
  if (nom === null) throw invalide('nom-invalide', 'Le nom d’un ensemble a de 1 à 200 caractères.', 'Donner un nom ; rien n’a été changé.');
  return nom;
}

const decrire = (e: EnsembleConnu): string => `« ${e.nom} », ${e.adresse === '' ? 'sans adresse' : e.adresse} : ${pluriel(e.logements, 'logement')}`;

/** Mène une décision en une transaction : elle est entière, journalisée et annulable, ou rien n'a changé. */
function decider(contexte: Contexte, preparer: (base: Base) => Plan): Decision {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction((): Decision => {
      const plan = preparer(base);
      const operation = openOperation(base, plan.nature, plan.libelle, par);
      const ids = plan.faire(operation);
      const apres = readEnsemblesConnus(base, ids);
      const notes = followDecision(base, plan.nature, plan.avant, apres, operation, par);
      closeOperation(base);
      const avant = new Map(plan.avant.map((e) => [e.id, decrire(e)]));
      const remarques: string[] = [];
      for (const e of apres) {
        const dit = e.logements === 0 ? null : decrire(e);
        const ancien = avant.get(e.id) ?? null;
        if (ancien !== dit) appendJournal(base, { ...par, champ: `ensemble/${e.code}`, avant: ancien, apres: dit, operation });
        const communes = remarkCommunes(e.nom, readCommunes(base, e.id).map((c) => findCommune(c)?.nom ?? c));
        if (communes !== null) remarques.push(communes);
        if (dit === null && plan.nature !== 'ensembles.fusionner') remarques.push(`« ${e.nom} » n’a plus de logement du parc : il n’est plus dans la liste.`);
      }
      remarques.push(...notes);
      const codes = new Set(apres.map((e) => e.code));
      return { operation, libelle: plan.libelle, ensembles: readEnsembles(base).filter((e) => codes.has(e.id)), remarques, enregistreA: par.quand };
    })
    .immediate();
}

function renommer(base: Base, { id, nom: saisie }: EntreeLue<'ensembles.renommer'>): Plan {
  const e = trouver(base, id);
  const nom = lireNom(saisie);
  if (nom === e.nom) throw invalide('nom-inchange', `Cet ensemble s’appelle déjà « ${nom} ».`, 'Donner un autre nom ; rien n’a été changé.');
  return {
    nature: 'ensembles.renommer', libelle: `« ${e.nom} » renommé « ${nom} »`, avant: [e],
    faire() {
      renameEnsemble(base, e.id, nom);
      return [e.id];
    },
  };
}

function fusionner(base: Base, { ids, nom: saisie }: EntreeLue<'ensembles.fusionner'>): Plan {
  const ensembles = [...new Set(ids)].map((code) => trouver(base, code));
  const garde = chooseGarde(ensembles);
  if (garde === null || ensembles.length < 2) throw invalide('fusion-seule', 'Une fusion demande au moins deux ensembles.', 'En choisir deux ou plus ; rien n’a été changé.');
  const nom = saisie === undefined ? null : lireNom(saisie);
  const logements = ensembles.reduce((n, e) => n + e.logements, 0);
  return {
    nature: 'ensembles.fusionner', avant: ensembles,
    libelle: `Fusion de ${ensembles.length} ensembles (${pluriel(logements, 'logement')}) dans « ${nom ?? garde.nom} »`,
    faire(operation) {
      const touches = ensembles.map((e) => e.id);
      absorbEnsembles(base, operation, touches.filter((e) => e !== garde.id), garde.id);
      // Sans nom donné, le plus grand garde le sien : l'adresse, elle, dit tout ce qu'il réunit.
      settleEnsembles(base, touches, nom === null ? undefined : new Map([[garde.id, nom]]));
      return touches;
    },
  };
}

type Part = { logements: LogementPlace[]; nom: string | null };

function scinder(base: Base, entree: EntreeLue<'ensembles.scinder'>): Plan {
  const e = trouver(base, entree.id);
  if ((entree.par === undefined) === (entree.identifiants === undefined)) {
    throw invalide('scission-imprecise', 'Une scission se fait par une liste de logements, ou par adresse, bâtiment ou entrée.', 'Donner l’une des deux ; rien n’a été changé.');
  }
  const tous = readComposition(base, e.id);
  const parts = entree.par === undefined ? [partChoisie(base, e, tous, entree.identifiants ?? [], entree.nom)] : partsDe(e, tous, entree.par, entree.nom);
  const sortis = parts.reduce((n, p) => n + countParc(p.logements), 0);
  return {
    nature: 'ensembles.scinder', avant: [e],
    libelle: `Scission de « ${e.nom} » : ${pluriel(sortis, 'logement')} dans ${parts.length === 1 ? 'un nouvel ensemble' : `${parts.length} nouveaux ensembles`}`,
    faire(operation) {
      const noms = new Map<number, string>();
      const groupes = new Set<number>();
      const touches = [e.id];
      for (const part of parts) {
        const { id } = insertEnsemble(base, e, part.logements[0]?.commune ?? e.commune, minimum(part.logements));
        for (const g of placeLogements(base, operation, part.logements, id)) groupes.add(g);
        if (part.nom !== null) noms.set(id, part.nom);
        touches.push(id);
      }
      refreshDefauts(base, groupes);
      settleEnsembles(base, touches, noms);
      return touches;
    },
  };
}

const countParc = (logements: readonly LogementPlace[]): number => logements.reduce((n, l) => n + l.parc, 0);
const minimum = (logements: readonly LogementPlace[]): string => logements.reduce((m, l) => (m === '' || l.identifiant < m ? l.identifiant : m), '');

function partChoisie(base: Base, e: EnsembleConnu, tous: readonly LogementPlace[], identifiants: readonly string[], saisie: string | undefined): Part {
  const logements = lireLogements(base, identifiants, 'scission-vide', 'Aucun logement n’est choisi pour sortir de l’ensemble.');
  const ailleurs = logements.find((l) => l.ensemble !== e.id);
  if (ailleurs !== undefined) {
    throw invalide('logement-hors-ensemble', `Le logement « ${ailleurs.identifiant} » n’est pas dans « ${e.nom} ».`, 'Ne choisir que des logements de cet ensemble ; rien n’a été changé.');
  }
  const dehors = countParc(logements);
  if (dehors === 0) throw invalide('scission-vide', 'Aucun des logements choisis n’est dans le parc : le nouvel ensemble serait vide.', 'Choisir au moins un logement du parc ; rien n’a été changé.');
  if (dehors === countParc(tous)) {
    throw invalide('scission-totale', `Tous les logements de « ${e.nom} » sont choisis : il n’en resterait aucun.`, 'En laisser au moins un, ou renommer l’ensemble ; rien n’a été changé.');
  }
  return { logements, nom: saisie === undefined ? null : lireNom(saisie) };
}

/** Une part par adresse, bâtiment ou entrée ; la plus grande reste dans l'ensemble, avec les parts sans logement du parc. */
function partsDe(e: EnsembleConnu, tous: readonly LogementPlace[], par: Par, saisie: string | undefined): Part[] {
  const parCle = new Map<string, LogementPlace[]>();
  for (const l of tous) {
    const cle = computePart(l, par);
    const part = parCle.get(cle);
    if (part === undefined) parCle.set(cle, [l]);
    else part.push(l);
  }
  const parts = [...parCle.values()].filter((p) => countParc(p) > 0).toSorted((a, b) => countParc(b) - countParc(a));
  if (parts.length < 2) {
    const mot = { adresse: 'une seule adresse', batiment: 'un seul bâtiment', entree: 'une seule entrée' }[par];
    throw invalide('scission-vide', `Tous les logements de « ${e.nom} » sont à ${mot}.`, 'Le scinder autrement, ou choisir les logements ; rien n’a été changé.');
  }
  const nom = saisie === undefined ? e.nom : lireNom(saisie);
  return parts.slice(1).map((logements) => {
    const premier = logements[0];
    const libelle = premier === undefined ? '' : libellePart(premier, par);
    return { logements, nom: parseNom([nom, libelle].filter((t) => t !== '').join(', ')) ?? nom };
  });
}

function lireLogements(base: Base, identifiants: readonly string[], code: string, vide: string): LogementPlace[] {
  if (identifiants.length === 0) throw invalide(code, vide, 'Choisir au moins un logement ; rien n’a été changé.');
  const logements = readPlaces(base, identifiants);
  const connus = new Set(logements.map((l) => l.identifiant));
  const inconnus = identifiants.filter((i) => !connus.has(i));
  if (inconnus.length > 0) {
    throw invalide(
      'logement-inconnu',
      inconnus.length === 1 ? `Aucun logement n’a l’identifiant « ${inconnus[0] ?? ''} ».` : `${inconnus.length} identifiants ne désignent aucun logement, dont « ${inconnus[0] ?? ''} ».`,
      'Vérifier les identifiants ; rien n’a été changé.',
    );
  }
  return logements;
}

function deplacer(base: Base, { identifiants, vers }: EntreeLue<'ensembles.deplacer'>): Plan {
  const cible = trouver(base, vers);
  const logements = lireLogements(base, identifiants, 'deplacement-vide', 'Aucun logement n’est choisi.').filter((l) => l.ensemble !== cible.id);
  if (logements.length === 0) throw invalide('deplacement-vide', `Ces logements sont déjà dans « ${cible.nom} ».`, 'Choisir un autre ensemble ; rien n’a été changé.');
  const touches = [...new Set([cible.id, ...logements.map((l) => l.ensemble)])];
  return {
    nature: 'ensembles.deplacer', avant: readEnsemblesConnus(base, touches),
    libelle: `${pluriel(logements.length, 'logement déplacé', 'logements déplacés')} vers « ${cible.nom} »`,
    faire(operation) {
      refreshDefauts(base, placeLogements(base, operation, logements, cible.id));
      settleEnsembles(base, touches);
      return touches;
    },
  };
}

function composition(base: Base, id: string): Sortie<'ensembles.composition'> {
  const tous = readComposition(base, trouver(base, id).id);
  const groupes = new Map<string, Sortie<'ensembles.composition'>['groupes'][number]>();
  for (const l of tous) {
    const cle = computePart(l, 'entree');
    let g = groupes.get(cle);
    if (g === undefined) groupes.set(cle, (g = { adresse: libelleAdresse(l), batiment: libelleBatiment(l), entree: libelleEntree(l), logements: [] }));
    const situation = [['esc.', l.esc], ['étage', l.etage], ['porte', l.numappt]].flatMap(([mot, v]) => (v === null || v === undefined || v === '' ? [] : `${mot ?? ''} ${v}`)).join(', ');
    g.logements.push({ identifiant: l.identifiant, situation, parc: l.parc === 1 });
  }
  const count = (par: Par): number => new Set(tous.filter((l) => l.parc === 1).map((l) => computePart(l, par))).size;
  return { groupes: [...groupes.values()], parts: { adresse: count('adresse'), batiment: count('batiment'), entree: count('entree') } };
}

export const handlers = {
  'ensembles.composition': (contexte, { id }) => composition(contexte.dossier().base, id),
  'ensembles.renommer': (contexte, entree) => decider(contexte, (base) => renommer(base, entree)),
  'ensembles.fusionner': (contexte, entree) => decider(contexte, (base) => fusionner(base, entree)),
  'ensembles.scinder': (contexte, entree) => decider(contexte, (base) => scinder(base, entree)),
  'ensembles.deplacer': (contexte, entree) => decider(contexte, (base) => deplacer(base, entree)),
} satisfies Partial<Handlers>;
