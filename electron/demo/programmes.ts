import { findArrondissement } from '../../shared/territoires/index.ts';
import { hasard } from './hasard.ts';
import type { Hasard } from './hasard.ts';
import { tirerLieu } from './lieux.ts';
import type { Implantation, Lieu } from './lieux.ts';
import { NOMS_PROGRAMME, PREFIXES_PROGRAMME, SEGMENTS, TYPES_VOIE, VOIES } from './vocabulaire.ts';

export type Batiment = { numero: string; repetition: string; typeVoie: string; voie: string; nom: string; qpv: 1 | 2 };

export type Programme = {
  numero: number;
  lieu: Lieu;
  libelleCommune: string;
  nom: string;
  taille: number;
  batiments: Batiment[];
  typeConstruction: 'C' | 'I' | 'E';
  construction: number;
  entree: number;
  origine: 1 | 2 | 3 | 4;
  financements: readonly (readonly [number, number])[];
  conventionne: boolean;
  numeroConvention: string;
  dateConvention: string;
  /** 1 utile, 2 corrigée, 3 habitable. */
  modeSurface: 1 | 2 | 3;
  /** €/m² de surface habitable pour un PLUS ; ordre de grandeur, aucun barème officiel. */
  prix: number;
  maximumApl: boolean;
  maximumCus: boolean;
  /** Mois et année, ou null : aucun DPE dans le programme. */
  dateDpe: string | null;
  classeDpe: number;
  segment: number;
};

const deuxChiffres = (n: number): string => String(n).padStart(2, '0');

/** Financements d'époque : avant 1977, de 1977 à 1999, depuis 2000. Un programme sur huit en mêle deux ou trois. */
function financementsDe(h: Hasard, annee: number): Programme['financements'] {
  const choix: readonly (readonly [number, number])[] =
    annee < 1977 ? [[52, 58], [51, 20], [50, annee < 1950 ? 40 : 1], [53, 5], [54, 6], [55, 4], [99, 4]]
    : annee < 2000 ? [[12, 72], [11, 9], [10, 2], [15, 4], [17, 5], [14, 4], [49, 4]]
    : [[13, 62], [10, 20], [14, 12], [16, 4], [49, 2]];
  if (!h.chance(0.125)) return [[h.pondere(choix), 1]];
  return annee >= 2000 ? [[13, 6], [10, 3], [14, h.chance(0.5) ? 2 : 0]] : [[h.pondere(choix), 4], [h.pondere(choix), 2]];
}

function anneeConstruction(h: Hasard, annee: number): number {
  const [debut, fin] = h.pondere([[[1919, 1949], 4], [[1950, 1976], 40], [[1977, 1999], 30], [[2000, annee - 1], 26]] as const);
  return h.entier(debut, fin);
}

function batimentsDe(h: Hasard, taille: number, individuel: boolean, qpv: boolean, mixte: boolean): Batiment[] {
  const nombre = individuel ? taille : Math.max(1, Math.min(5, Math.round(taille / h.entier(14, 30))));
  const typeVoie = h.pondere(TYPES_VOIE);
  const voie = h.parmi(VOIES);
  const depart = h.entier(1, 120);
  return Array.from({ length: nombre }, (_, i) => ({
    numero: String(depart + 2 * i),
    repetition: h.chance(0.06) ? h.parmi(['B', 'T']) : '',
    typeVoie,
    voie,
    nom: individuel ? '' : nombre === 1 ? 'A' : String.fromCharCode(65 + i),
    qpv: qpv && !(mixte && i % 2 === 1) ? 1 : 2,
  }));
}

/** Programme n° `numero` du bailleur : tout découle de la graine, donc le même d'un export à l'autre. */
export function genererProgramme(graine: number, numero: number, implantation: Implantation, annee: number, rangDansCommune: (commune: string) => number): Programme {
  const h = hasard(graine, 1, numero);
  const lieu = tirerLieu(implantation, h);
  const population = lieu.commune.population ?? 0;
  const construction = anneeConstruction(h, annee);
  const type = h.pondere([['C', 84], ['I', 14], ['E', 2]] as const);
  const taille = type === 'I' ? h.entier(6, 20) : h.entier(12, 60);
  const origine = h.pondere([[1, 70], [2, 8], [3, 7], [4, construction >= 2000 ? 30 : 2]] as const);
  const entree = Math.min(annee - 1, construction + (origine === 2 || origine === 3 ? h.entier(0, 25) : 0));
  const qpv = h.chance(population > 10_000 && construction < 2005 && type === 'C' ? 0.42 : 0.04);
  const batiments = batimentsDe(h, taille, type === 'I', qpv, h.chance(0.15));
  const rang = rangDansCommune(lieu.commune.code);
  const prefixe = PREFIXES_PROGRAMME[Math.floor(rang / NOMS_PROGRAMME.length) % PREFIXES_PROGRAMME.length] ?? '';
  const tour = Math.floor(rang / (NOMS_PROGRAMME.length * PREFIXES_PROGRAMME.length));
  const nom = `${prefixe} ${NOMS_PROGRAMME[rang % NOMS_PROGRAMME.length] ?? ''}${tour > 0 ? ` ${tour + 1}` : ''}`;
  const conventionne = h.chance(construction < 1977 ? 0.9 : 0.98);
  const jour = h.entier(1, 28);
  const mois = h.entier(1, 12);
  const anneeConvention = Math.min(annee - 1, Math.max(entree, 1978) + h.entier(0, 2));
  const ileDeFrance = lieu.commune.region === '11';
  return {
    numero,
    lieu,
    libelleCommune: findArrondissement(lieu.depcom)?.nom ?? lieu.commune.nom,
    nom,
    taille,
    batiments,
    typeConstruction: type,
    construction,
    entree,
    origine,
    financements: financementsDe(h, construction),
    conventionne,
    numeroConvention: conventionne ? `${lieu.commune.departement}/3/${deuxChiffres(mois)}-${anneeConvention}/80-416/${numero}` : '',
    dateConvention: conventionne ? `${deuxChiffres(jour)}/${deuxChiffres(mois)}/${anneeConvention}` : '',
    modeSurface: construction < 1996 ? h.pondere([[2, 88], [1, 8], [3, 4]] as const) : h.pondere([[1, 93], [3, 7]] as const),
    prix: (ileDeFrance ? 7.4 : population > 100_000 ? 6.3 : 5.7) * (0.9 + h.reel() * 0.25),
    maximumApl: conventionne && h.chance(0.95),
    maximumCus: h.chance(0.4),
    dateDpe: h.chance(0.93) ? `${deuxChiffres(h.entier(1, 12))}/${h.entier(Math.min(2013, annee - 1), annee - 1)}` : null,
    classeDpe: construction < 1975 ? h.entier(2, 5) : construction < 2000 ? h.entier(2, 4) : h.entier(0, 2),
    segment: h.entier(0, SEGMENTS.length - 1),
  };
}
