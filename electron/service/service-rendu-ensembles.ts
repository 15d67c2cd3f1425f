import { normaliser } from '../../shared/domain/ensembles/cle.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readPresences } from '../store/service-rendu.ts';

type Designation = { code: string; nom: string; commune: string };
export type ChercheEnsemble = (d: Designation) => { ensemble: string } | { refus: string; code: string };

/** De quoi trouver un ensemble du parc par son code, ou par son nom dans sa commune (code INSEE ou nom). */
export function openEnsembles(base: Base): ChercheEnsemble {
  const codes = new Map<string, string>();
  const noms = new Map<string, Set<string>>();
  for (const p of readPresences(base)) {
    codes.set(p.code.toUpperCase(), p.code);
    for (const commune of [p.commune, findCommune(p.commune)?.nom ?? '']) {
      if (commune === '') continue;
      const cle = cleNom(p.nom, commune);
      const trouves = noms.get(cle);
      if (trouves === undefined) noms.set(cle, new Set([p.code]));
      else trouves.add(p.code);
    }
  }
  return ({ code, nom, commune }) => {
    if (code !== '') {
      const ensemble = codes.get(code.toUpperCase());
      return ensemble === undefined ? { refus: `Aucun ensemble du parc n’a le code « ${code} ».`, code: 'ensemble-inconnu' } : { ensemble };
    }
    if (nom === '' || commune === '') return { refus: 'La ligne ne dit pas de quel ensemble elle parle.', code: 'ensemble-absent' };
    // Un tableur retire le zéro de « 06088 ».
    const trouves = noms.get(cleNom(nom, commune)) ?? noms.get(cleNom(nom, /^\d{4}$/u.test(commune) ? `0${commune}` : commune));
    const [seul] = trouves ?? [];
    if (trouves === undefined || seul === undefined) return { refus: `Aucun ensemble du parc ne s’appelle « ${nom} » à ${commune}.`, code: 'ensemble-inconnu' };
    if (trouves.size > 1) return { refus: `${trouves.size} ensembles s’appellent « ${nom} » à ${commune} : donner leur code.`, code: 'ensemble-ambigu' };
    return { ensemble: seul };
  };
}

const cleNom = (nom: string, commune: string): string => `${normaliser(nom)}|${normaliser(commune)}`;
