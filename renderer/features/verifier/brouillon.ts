import { create } from 'zustand';
import type { z } from 'zod';
import type { Avis, NatureObservation } from '../../../shared/contract.ts';
import { garderPreference, lirePreference } from '../../app/memoire.ts';

export type Nature = z.output<typeof NatureObservation>;
export type AvisRendu = z.output<typeof Avis>;
export type Remarque = { champ: string; nature: Nature; texte: string; valeurProposee: string };
export type Brouillon = { auteur: string; avis: AvisRendu | null; remarques: Remarque[] };

/**
 * Les remarques en cours de rédaction sur un paquet. Un paquet ne s'écrit pas : le brouillon est
 * gardé sur ce poste, sous l'empreinte du dépôt, jusqu'à ce que le Retour soit produit.
 */
export const useBrouillons = create<{ parEmpreinte: Record<string, Brouillon> }>(() => ({ parEmpreinte: {} }));

const VIDE: Brouillon = { auteur: '', avis: null, remarques: [] };

function estBrouillon(lu: unknown): lu is Brouillon {
  return typeof lu === 'object' && lu !== null && 'auteur' in lu && 'remarques' in lu && Array.isArray(lu.remarques);
}

export function lireBrouillon(empreinte: string): Brouillon {
  const lu = lirePreference(`brouillon.${empreinte}`);
  if (!lu) return { ...VIDE, auteur: lirePreference('auteur') ?? '' };
  try {
    const parse: unknown = JSON.parse(lu);
    return estBrouillon(parse) ? parse : VIDE;
  } catch {
    return VIDE;
  }
}

export function garderBrouillon(empreinte: string, brouillon: Brouillon): void {
  useBrouillons.setState((s) => ({ parEmpreinte: { ...s.parEmpreinte, [empreinte]: brouillon } }));
  garderPreference(`brouillon.${empreinte}`, JSON.stringify(brouillon));
  garderPreference('auteur', brouillon.auteur);
}

/** Une remarque qui dit quelque chose : un texte, une valeur, ou un avis favorable. */
export function estUtile(r: Remarque): boolean {
  return r.nature === 'favorable' || r.texte.trim() !== '' || r.valeurProposee.trim() !== '';
}
