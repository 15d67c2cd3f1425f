import type { InfoEpci, TypeEpci } from './types.ts';

const TYPES: readonly TypeEpci[] = ['CC', 'CA', 'CU', 'METRO', 'MET69'];

/** Métropole du Grand Paris : L441-1 y désigne les établissements publics territoriaux et Paris. */
const SIREN_GRAND_PARIS = '200054781';

const RESERVE_CC = 'Le PLH n’est obligatoire que si la communauté de communes est compétente en matière d’habitat : compétence à confirmer.';
const RESERVE_SEUIL = 'Population proche du seuil de L302-1 (30 000 habitants, une commune de 10 000) : population municipale et population totale ne concluent pas pareil, à confirmer.';
const RESERVE_LYON = "Métropole de Lyon, collectivité à statut particulier : traitée comme une métropole pour L302-1.";
const RESERVE_PARIS = 'Métropole du Grand Paris : L441-1 vise la commune de Paris et les établissements publics territoriaux.';

function typeEpci(texte: string | undefined): TypeEpci {
  const type = TYPES.find((t) => t === texte);
  if (!type) throw new Error(`type d’EPCI inconnu : ${texte}`);
  return type;
}

/** Lit une ligne de `epci` ; le PLH est jugé selon L302-1, IV, dernier alinéa (seuils stricts). */
export function lireEpci(ligne: string): InfoEpci {
  const [siren = '', nom = '', type, population, plusGrandeCommune, seuilIncertain] = ligne.split('|');
  const t = typeEpci(type);
  const seuil = Number(population) > 30_000 && Number(plusGrandeCommune) > 10_000;
  const reserve =
    t === 'CC' ? [seuilIncertain ? RESERVE_SEUIL : null, seuil || seuilIncertain ? RESERVE_CC : null]
    : t === 'MET69' ? [RESERVE_LYON]
    : siren === SIREN_GRAND_PARIS ? [RESERVE_PARIS]
    : [];
  return {
    siren,
    nom,
    type: t,
    population: Number(population),
    populationCommune: Number(plusGrandeCommune),
    plhObligatoire: t !== 'CC' || seuil,
    seuilIncertain: t === 'CC' && Boolean(seuilIncertain),
    reserve: reserve.filter((r) => r !== null).join(' ') || null,
  };
}
