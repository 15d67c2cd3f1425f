/** Ce que les données disent d'un établissement ; `null` : elles ne le disent pas. */
export type FaitsEpci = {
  code: string;
  nom: string;
  type: 'CC' | 'CA' | 'CU' | 'METRO' | 'MET69' | 'EPT' | 'PARIS';
  population: number;
  /** Population de la commune la plus peuplée. */
  populationCommune: number;
  /** Population municipale et population totale ne concluent pas pareil au seuil de L302-1. */
  seuilIncertain?: boolean;
  competenceHabitat: boolean | null;
  qpv: boolean | null;
};

export type PropositionPs1 = { code: string; nom: string; propose: boolean; certain: boolean; motif: string; article: string };

// Ses établissements publics territoriaux et Paris portent l'obligation (L441-1), pas la métropole.
const METROPOLE_GRAND_PARIS = 'epci-200054781';
const SEUIL_COMMUNAUTE = 30_000;
const SEUIL_COMMUNE = 10_000;

/**
 * Les territoires de PS-1 (L441-1 : EPCI tenus à un programme local de l'habitat par L302-1, ou ayant la
 * compétence habitat et un QPV ; EPT du Grand Paris). Propose et dit pourquoi ; l'utilisateur décide.
 */
export function proposeTerritoirePs1(faits: FaitsEpci): PropositionPs1 {
  const reponse = (propose: boolean, certain: boolean, motif: string, article: string): PropositionPs1 => ({
    code: faits.code,
    nom: faits.nom,
    propose,
    certain,
    motif,
    article,
  });
  if (faits.type === 'PARIS') {
    return reponse(
      false,
      false,
      'L441-1 fixe aussi des objectifs d’attribution dans la commune de Paris ; R445-5 ne décline l’indicateur qu’à l’échelle des établissements publics : à décider avec le préfet signataire.',
      'L441-1',
    );
  }
  if (faits.type === 'EPT') return reponse(true, true, 'Établissement public territorial de la métropole du Grand Paris.', 'L441-1');
  if (faits.code === METROPOLE_GRAND_PARIS) {
    return reponse(false, true, 'Dans le Grand Paris, l’échelle est celle des établissements publics territoriaux.', 'L441-1');
  }
  if (faits.type !== 'CC') {
    return reponse(true, true, 'Programme local de l’habitat obligatoire (communauté d’agglomération, communauté urbaine ou métropole).', 'L302-1');
  }
  if (faits.competenceHabitat === false) return reponse(false, true, 'Communauté de communes sans compétence habitat.', 'L441-1');
  if (faits.seuilIncertain === true) {
    return reponse(
      faits.population > SEUIL_COMMUNAUTE && faits.populationCommune > SEUIL_COMMUNE,
      false,
      'Tout près du seuil de 30 000 habitants, dont une commune de plus de 10 000 : population municipale et population totale ne concluent pas pareil ; seuil et compétence habitat à confirmer.',
      'L302-1',
    );
  }
  if (faits.population > SEUIL_COMMUNAUTE && faits.populationCommune > SEUIL_COMMUNE) {
    return reponse(
      true,
      faits.competenceHabitat === true,
      faits.competenceHabitat === true
        ? 'Programme local de l’habitat obligatoire : plus de 30 000 habitants, dont une commune de plus de 10 000.'
        : 'Plus de 30 000 habitants, dont une commune de plus de 10 000 ; compétence habitat à confirmer.',
      'L302-1',
    );
  }
  if (faits.qpv === false) return reponse(false, true, 'Ni programme local de l’habitat obligatoire, ni quartier prioritaire.', 'L441-1');
  if (faits.qpv === true && faits.competenceHabitat === true) {
    return reponse(true, true, 'Compétence habitat et au moins un quartier prioritaire.', 'L441-1');
  }
  return reponse(false, false, 'Retenu si la communauté a la compétence habitat et au moins un quartier prioritaire : à confirmer.', 'L441-1');
}
