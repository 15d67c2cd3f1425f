import { computeEcheances } from '../../../shared/domain/calendrier/echeances.ts';
import { buildPersonnes } from '../../../shared/domain/association/personnes.ts';
import type { Echange, Personne, Presence, Saisie } from '../../../shared/domain/association/types.ts';
import { findMillesime } from '../../../shared/millesimes/index.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';

export const millesime = findMillesime('2019');
export const AMP = 'epci-200054807';
export const presences: Presence[] = [
  { code: AMP, nom: 'Métropole d’Aix-Marseille-Provence', nature: 'epci', logements: 500, propose: true, certain: true, motif: 'PLH obligatoire.', article: 'L302-1' },
  { code: 'epci-1', nom: 'Communauté du Lac', nature: 'epci', logements: 7, propose: false, certain: false, motif: 'À confirmer.', article: 'L441-1' },
  { code: 'epci-2', nom: 'Communauté du Bois', nature: 'epci', logements: 3, propose: false, certain: true, motif: 'Sans compétence.', article: 'L441-1' },
  { code: 'dep-13', nom: 'Bouches-du-Rhône (13)', nature: 'departement', logements: 510, propose: true, certain: true, motif: 'Département.', article: 'L445-1' },
];
export const saisie = (code: string, s: Partial<Saisie>): Saisie => ({
  code, nom: code, nature: 'epci', territoire: code, retenue: null, motif: '', rattachement: false, aoh: false, parcSocial: null, parcSource: '', contact: '', orientations: '', ...s,
});
let suite = 0;
export const echange = (personne: string, objet: string, date: string): Echange => ({ id: (suite += 1), personne, objet, date, mode: '', texte: '' });

export type Options = { saisies?: Saisie[]; echanges?: Echange[]; nature?: string; rattachement?: string; champs?: Record<string, string>; aujourdhui?: string; regles?: Millesime; voisines?: Presence[]; logementsDe?: (territoire: string) => number };
export function personnes({ saisies = [], echanges = [], nature = 'ESH', rattachement = '', champs = {}, aujourdhui = '2026-03-01', regles = millesime, voisines = [], logementsDe = () => 0 }: Options): Map<string, Personne> {
  const liste = buildPersonnes({ millesime: regles, aujourdhui, natureOrganisme: nature, rattachement, presences: [...presences, ...voisines], logementsDe, saisies, echanges, echeances: computeEcheances(regles, champs, aujourdhui) });
  return new Map(liste.map((p) => [p.code, p]));
}
