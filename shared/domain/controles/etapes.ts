import { missingCase } from '../../erreurs.ts';
import type { CodeEtape, Millesime } from '../../millesimes/types.ts';
import { countAvancement, readSaisies, type Saisies } from '../engagements/lecture.ts';
import type { Matrice } from '../engagements/matrice.ts';
import { formatEntier } from '../nombres/format.ts';
import { pluriel } from '../nombres/accord.ts';
import type { ValeursChamps } from '../organisme/champs.ts';
import { avancement, type EtatAssociation } from '../association/etape.ts';
import type { Constats } from './types.ts';

export type EtatEtape = 'a-faire' | 'entame' | 'a-verifier' | 'complet';
export type Etape = {
  etape: CodeEtape;
  libelle: string;
  etat: EtatEtape;
  /** Ce qui manque, en une phrase ; vide si rien. */
  manque: string;
  bloquants: number;
};

/** `grille` : il y en a une ; `notes` : ensembles qui ont un résultat ; `remarques` : sur la grille. */
export type EtatServiceRendu = { grille: boolean; ensembles: number; notes: number; illisibles: number; remarques: readonly string[] };

/** `reponses` : lignes de l'enquête en vigueur, `null` sans enquête ; `reference` : sa date est donnée. */
export type EtatOccupationSociale = { reponses: number | null; reference: boolean };

/** `aucune` : l'organisme a dit qu'il ne met rien en vente. */
export type EtatVentes = { logements: number; aucune: boolean };

export type EntreeEtapes = {
  millesime: Millesime;
  /** Date du jour, ISO. */
  aujourdhui: string;
  champs: ValeursChamps;
  matrice: Matrice;
  saisies: Saisies;
  constats: Constats;
  parc: { logements: number; loues: number };
  occupation: EtatOccupationSociale;
  serviceRendu: EtatServiceRendu;
  ventes: EtatVentes;
  /** `null` : pas encore lue. */
  association: EtatAssociation | null;
  depot: { version: number; modifieDepuis: boolean } | null;
  observations: { total: number; ouvertes: number };
};

type Bilan = { etat: EtatEtape; manque: string };

const aVerifier = (n: number): Bilan => ({ etat: 'a-verifier', manque: pluriel(n, 'constat à justifier.', 'constats à justifier.') });
const complet: Bilan = { etat: 'complet', manque: '' };

function bilanOrganisme({ millesime, champs }: EntreeEtapes, bloquants: number, aJustifier: number): Bilan {
  const demandes = millesime.champs.filter((c) => c.siVide !== null);
  const vides = demandes.filter((c) => (champs[c.champ] ?? '').trim() === '');
  if (vides.length === demandes.length) return { etat: 'a-faire', manque: 'L’identité de l’organisme.' };
  if (vides.length > 0) return { etat: 'entame', manque: pluriel(vides.length, 'champ à remplir.', 'champs à remplir.') };
  if (bloquants > 0) return { etat: 'entame', manque: pluriel(bloquants, 'champ à corriger.', 'champs à corriger.') };
  return aJustifier > 0 ? aVerifier(aJustifier) : complet;
}

function bilanEngagements({ matrice, saisies }: EntreeEtapes, bloquants: number, aJustifier: number): Bilan {
  if (matrice.premiereAnnee === null) return { etat: 'a-faire', manque: 'La date d’effet, qui fixe les années.' };
  const { attendus, renseignes } = countAvancement(matrice, readSaisies(saisies));
  const manque = attendus - renseignes;
  if (manque > 0 || attendus === 0) {
    const texte = `${formatEntier(renseignes)} sur ${pluriel(attendus, 'valeur obligatoire.', 'valeurs obligatoires.')}`;
    return { etat: renseignes === 0 ? 'a-faire' : 'entame', manque: texte };
  }
  if (bloquants > 0) return { etat: 'a-verifier', manque: pluriel(bloquants, 'incohérence à corriger.', 'incohérences à corriger.') };
  return aJustifier > 0 ? aVerifier(aJustifier) : complet;
}

function bilanServiceRendu({ grille, ensembles, notes, illisibles, remarques }: EtatServiceRendu): Bilan {
  if (!grille) return { etat: 'a-faire', manque: 'La grille et les notes.' };
  if (notes < ensembles || ensembles === 0) return { etat: 'entame', manque: `${formatEntier(notes)} sur ${pluriel(ensembles, 'ensemble noté.', 'ensembles notés.')}` };
  if (illisibles > 0) return { etat: 'a-verifier', manque: pluriel(illisibles, 'note illisible.', 'notes illisibles.') };
  return remarques[0] === undefined ? complet : { etat: 'a-verifier', manque: remarques[0] };
}

function bilanAssociation({ association, champs, millesime, aujourdhui }: EntreeEtapes, aJustifier: number): Bilan {
  if (association === null || !association.personnes.some((p) => p.groupe !== 'etat')) return { etat: 'a-faire', manque: 'Les personnes publiques : elles se déduisent du parc.' };
  const { fait, total, commence } = avancement(association, champs, millesime, aujourdhui);
  if (!commence) return { etat: 'a-faire', manque: 'La délibération de lancement, à transmettre.' };
  if (fait < total) return { etat: 'entame', manque: `${formatEntier(fait)} sur ${pluriel(total, 'démarche enregistrée.', 'démarches enregistrées.')}` };
  return aJustifier > 0 ? aVerifier(aJustifier) : complet;
}

function bilan(code: CodeEtape, entree: EntreeEtapes, bloquants: number, aJustifier: number): Bilan {
  const { parc, depot, observations, constats } = entree;
  switch (code) {
    case 'organisme':
      return bilanOrganisme(entree, bloquants, aJustifier);
    case 'patrimoine':
      if (parc.logements === 0) return { etat: 'a-faire', manque: 'Le fichier RPLS.' };
      return aJustifier > 0 ? aVerifier(aJustifier) : complet;
    case 'occupation':
      if (entree.occupation.reponses === null) return { etat: 'a-faire', manque: 'L’enquête d’occupation du parc social.' };
      return entree.occupation.reference ? complet : { etat: 'entame', manque: 'La date de référence de l’enquête.' };
    case 'service-rendu':
      return bilanServiceRendu(entree.serviceRendu);
    case 'loyers':
      if (parc.logements === 0) return { etat: 'a-faire', manque: 'Le fichier RPLS.' };
      return parc.loues === 0 ? { etat: 'a-verifier', manque: 'Aucun logement loué avec un loyer et une surface.' } : complet;
    case 'engagements':
      return bilanEngagements(entree, bloquants, aJustifier);
    case 'ventes':
      if (entree.ventes.logements === 0) return entree.ventes.aucune ? complet : { etat: 'a-faire', manque: 'Le plan de mise en vente, ou son absence.' };
      if (bloquants > 0) return { etat: 'a-verifier', manque: pluriel(bloquants, 'constat bloquant.', 'constats bloquants.') };
      return aJustifier > 0 ? aVerifier(aJustifier) : complet;
    case 'associes':
      return bilanAssociation(entree, aJustifier);
    case 'controle': {
      const restants = constats.aJustifier.filter((c) => c.justification === null).length;
      if (constats.bloquants.length > 0) {
        return { etat: 'a-verifier', manque: pluriel(constats.bloquants.length, 'constat bloquant.', 'constats bloquants.') };
      }
      return restants > 0 ? aVerifier(restants) : complet;
    }
    case 'depot':
      if (depot === null) return { etat: 'a-faire', manque: 'Aucun dépôt.' };
      return depot.modifieDepuis ? { etat: 'entame', manque: `Le dossier a changé depuis la v${depot.version}.` } : complet;
    case 'echanges':
      if (observations.total === 0) return { etat: 'a-faire', manque: depot === null ? '' : 'Aucun retour reçu.' };
      if (observations.ouvertes === 0) return complet;
      return { etat: 'entame', manque: pluriel(observations.ouvertes, 'observation à traiter.', 'observations à traiter.') };
    default:
      return missingCase(code);
  }
}

/** L'état de chaque étape du rail. Les constats bloquants de tout le dossier sont comptés sous Contrôle. */
export function computeEtapes(entree: EntreeEtapes): Etape[] {
  return entree.millesime.etapes.map(({ code, libelle }) => {
    const bloquants =
      code === 'controle'
        ? entree.constats.bloquants.length
        : entree.constats.bloquants.filter((c) => c.etape === code).length;
    const aJustifier = entree.constats.aJustifier.filter((c) => c.etape === code && c.justification === null).length;
    return { etape: code, libelle, ...bilan(code, entree, bloquants, aJustifier), bloquants };
  });
}
