import { indiceEquivalent } from './adresse.ts';
import type { AdresseCherchee } from './adresse.ts';
import { distance } from './zones.ts';

/** Une adresse de la BAN ; `rep` et `ancienne` (commune d'avant fusion, ou arrondissement) vides quand il n'y en a pas. */
export type AdresseBan = { numero: number; rep: string; ancienne: string; lon: number; lat: number; libelle: string; fichier: string };

/** Ce qu'un extrait de la BAN gardé sur cet ordinateur dit de lui-même. */
export type FicheBan = { nom: string; departements: string[]; adresses: number; ecartees: number; chargeLe: string; empreinte: string };

/** Une adresse telle que l'extrait gardé la range : commune d'aujourd'hui, voie comparable. */
export type LigneBan = { commune: string; ancienne: string; voie: string; numero: number; rep: string; lon: number; lat: number; libelle: string };

/**
 * `adresse` : ce numéro de cette voie, trouvé exactement ; `voie` : la voie seulement ; `ambigue` : plusieurs
 * points éloignés répondent ; `introuvable` : ni l'un ni l'autre. Seule la première place le logement.
 */
export type Reponse = { qualite: 'adresse' | 'voie' | 'ambigue' | 'introuvable'; lon: number | null; lat: number | null; libelle: string; fichier: string };

/** Deux points d'une même adresse (entrée, bâtiment) sont proches ; plus loin, ce sont deux adresses. Proposé par Atelier CUS. */
const MEME_ADRESSE = 100;

const INTROUVABLE: Reponse = { qualite: 'introuvable', lon: null, lat: null, libelle: '', fichier: '' };

/** La réponse à une adresse, d'après toutes les adresses de la BAN de sa voie (même commune d'aujourd'hui), dans un ordre fixe. */
export function repondre(cherchee: AdresseCherchee, deLaVoie: readonly AdresseBan[]): Reponse {
  // Une commune fusionnée a souvent deux rues de même nom : le code d'avant les départage.
  const precises = cherchee.depcom === cherchee.commune ? [] : deLaVoie.filter((a) => a.ancienne === cherchee.depcom);
  const voie = precises.length > 0 ? precises : deLaVoie;
  if (voie.length === 0) return INTROUVABLE;
  const numeros = cherchee.numero === null ? [] : voie.filter((a) => a.numero === cherchee.numero);
  const exacts = choisirIndice(numeros, cherchee.rep);
  if (exacts === null) return { ...INTROUVABLE, qualite: 'ambigue', fichier: voie[0]?.fichier ?? '' };
  const [premier] = exacts;
  if (premier !== undefined) {
    const loin = exacts.some((a) => distance(a, premier) > MEME_ADRESSE);
    return loin
      ? { ...INTROUVABLE, qualite: 'ambigue', libelle: premier.libelle, fichier: premier.fichier }
      : { qualite: 'adresse', lon: premier.lon, lat: premier.lat, libelle: premier.libelle, fichier: premier.fichier };
  }
  return milieu(voie);
}

/** Les adresses de cet indice ; `null` quand « B » peut dire « bis » ou la lettre B et que les deux existent. */
function choisirIndice(numeros: readonly AdresseBan[], rep: string): readonly AdresseBan[] | null {
  const exacts = numeros.filter((a) => a.rep === rep);
  const autre = indiceEquivalent(rep);
  const equivalents = autre === null ? [] : numeros.filter((a) => a.rep === autre);
  if (exacts.length > 0 && equivalents.length > 0 && rep.length === 1) return null;
  return exacts.length > 0 ? exacts : equivalents;
}

/** L'adresse de la voie la plus proche de son milieu : un point de la voie, jamais présenté comme l'adresse. */
function milieu(voie: readonly AdresseBan[]): Reponse {
  const centre = { lon: voie.reduce((s, a) => s + a.lon, 0) / voie.length, lat: voie.reduce((s, a) => s + a.lat, 0) / voie.length };
  const choisie = voie.reduce((a, b) => (distance(b, centre) < distance(a, centre) ? b : a));
  return { qualite: 'voie', lon: choisie.lon, lat: choisie.lat, libelle: choisie.libelle, fichier: choisie.fichier };
}
