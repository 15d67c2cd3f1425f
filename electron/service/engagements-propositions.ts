import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import type { Proposition } from '../../shared/domain/engagements/propositions.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { changeCibles, dateEffetDe, labelCible, recognizeCible, saveSaisie } from './cibles.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { requireScenarioCibles } from './engagements-scenarios.ts';
import { readEngagements } from './matrice.ts';
import type { EtatEngagements } from './matrice.ts';
import { readPropositions, readPropositionsDe, readSansPropositions } from './propositions/index.ts';

type Montree = Sortie<'engagements.propositions'>['propositions'][number];

/** Une proposition qui redit ce que la case porte déjà n'apprend rien. */
const nouvelles = (propositions: Iterable<Proposition>, etat: EtatEngagements): Proposition[] => [...propositions].filter((p) => p.valeur !== (etat.saisies.get(p.champ) ?? ''));

export function showLignes(lignes: Proposition['lignes']): Montree['lignes'] {
  return lignes === null ? null : { vue: lignes.vue, nombre: lignes.nombre, filtres: Object.entries(lignes.filtres).map(([colonne, valeurs]) => ({ colonne, valeurs: valeurs.split(',') })) };
}

function lister(contexte: Contexte, { scenario, champ, lignes }: EntreeLue<'engagements.propositions'>): Sortie<'engagements.propositions'> {
  const { base } = contexte.dossier();
  const etat = readEngagements(base, scenario === undefined ? null : requireScenarioCibles(base, scenario).id);
  const ligne = champ === undefined ? undefined : etat.matrice.lignes.find((l) => l.champReference === champ || l.cellules.some((c) => c.champ === champ));
  const voulues = lignes === undefined ? null : new Set(lignes);
  const restreint = voulues === null ? etat : { ...etat, matrice: { ...etat.matrice, lignes: etat.matrice.lignes.filter((l) => voulues.has(`${l.indicateur.code}/${l.territoire.code}`)) } };
  const lues = ligne === undefined ? readPropositions(base, restreint) : readPropositionsDe(base, etat, ligne);
  const lu = ligne === undefined ? restreint : { ...etat, matrice: { ...etat.matrice, lignes: [ligne] } };
  const nommer = (c: string): string => labelCible(etat.millesime, c, etat.champs['organisme/nom'] ?? null);
  return {
    sansProposition: readSansPropositions(base, lu, lues).filter((t) => champ === undefined || t.champ === champ).map((t) => ({ ...t, libelle: nommer(t.champ), actuelle: etat.saisies.get(t.champ) || null })),
    propositions: nouvelles(lues.values(), etat).filter((p) => champ === undefined || p.champ === champ).map((p) => ({
      champ: p.champ, libelle: nommer(p.champ), actuelle: etat.saisies.get(p.champ) || null, proposee: p.valeur,
      formule: p.formule, source: p.source, article: p.article, reserve: p.reserve, prudence: p.prudence ?? null, lignes: showLignes(p.lignes),
    })),
  };
}

/** Une opération pour tout ce qui est repris. Ce qui est tapé n'est remplacé que si sa case est nommée. */
function reprendre(contexte: Contexte, { scenario: numero, champs = [], vides = false }: EntreeLue<'engagements.reprendre'>): Sortie<'engagements.reprendre'> {
  if (champs.length === 0 && !vides) throw invalide('rien-a-reprendre', 'Aucune proposition n’est désignée.', 'Nommer des cases, ou demander toutes les cases vides.');
  const { base } = contexte.dossierEcriture();
  const scenario = numero === undefined ? null : requireScenarioCibles(base, numero).id;
  const etat = readEngagements(base, scenario);
  const propositions = readPropositions(base, etat);
  const nommes = new Set(champs);
  const tues = new Map(readSansPropositions(base, etat, propositions).map((t) => [t.champ, t.raison]));
  const ecartees = champs.filter((c) => !propositions.has(c)).map((champ) => ({ champ, raison: tues.get(champ) ?? 'Les données ne proposent rien pour cette case.' }));
  const retenues = nouvelles(propositions.values(), etat).filter((p) => nommes.has(p.champ) || (vides && (etat.saisies.get(p.champ) ?? '') === ''));
  const quand = contexte.maintenant().toISOString();
  const effet = dateEffetDe(base);
  let reprises = 0;
  const { operation } = changeCibles(base, 'engagements.reprendre', `Engagements : ${pluriel(retenues.length, 'proposition reprise', 'propositions reprises')}`, { qui: contexte.utilisateur, quand }, (par) => {
    for (const p of retenues) {
      const cible = recognizeCible(etat.millesime, effet, p.champ);
      if (cible instanceof ErreurCus) {
        ecartees.push({ champ: p.champ, raison: cible.erreur.message });
        continue;
      }
      saveSaisie(base, scenario, cible, p.valeur, par);
      reprises += 1;
    }
  });
  return { operation, enregistreA: quand, reprises, ecartees };
}

export const handlersPropositions = { 'engagements.propositions': lister, 'engagements.reprendre': reprendre } satisfies Partial<Handlers>;
