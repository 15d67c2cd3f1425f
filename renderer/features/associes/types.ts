import type { Sortie } from '../../../shared/contract.ts';

export type Vue = Sortie<'associes.lire'>;
export type Personne = Vue['personnes'][number];
export type Groupe = Personne['groupe'];

export const GROUPES: { groupe: Groupe; titre: string; aide: string }[] = [
  { groupe: 'etat', titre: 'État', aide: 'Reçoit la délibération, le plan stratégique et le projet.' },
  { groupe: 'signataire', titre: 'Signataires', aide: 'Par rattachement de l’office, par le parc social d’une autorité organisatrice de l’habitat, ou à leur demande.' },
  { groupe: 'associee', titre: 'Associées', aide: 'Reçoivent les éléments de leur territoire ; peuvent demander à signer dans les deux mois.' },
  { groupe: 'a-confirmer', titre: 'À confirmer', aide: 'Les données ne disent pas les compétences : retenir ou écarter.' },
  { groupe: 'ecartee', titre: 'Écartées', aide: '' },
];
