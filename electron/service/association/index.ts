import type { Handlers } from '../contexte.ts';
import { corriger, noter } from './echanges.ts';
import { readVue } from './lecture.ts';
import { ajouter, definir } from './personnes.ts';

export const handlers = {
  'associes.lire': (contexte) => readVue(contexte.dossier().base, contexte.maintenant().toISOString().slice(0, 10)),
  'associes.definir': definir,
  'associes.ajouter': ajouter,
  'associes.noter': noter,
  'associes.corriger': corriger,
  'associes.packs': async (contexte, entree, suivi) => (await import('./packs.ts')).writePacks(contexte, entree, suivi),
} satisfies Partial<Handlers>;
