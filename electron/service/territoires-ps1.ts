import { readOptions } from '../../shared/domain/engagements/options.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import { readChamps } from '../store/champs.ts';
import type { Handlers } from './contexte.ts';
import { millesimeDe } from './millesime.ts';
import { readTerritoires } from './territoires.ts';

export const handlers = {
  'territoires.ps1': (contexte) => {
    const { base } = contexte.dossier();
    const { ps1, stockDe } = readTerritoires(base);
    const choisis = readOptions(millesimeDe(base), Object.fromEntries(readChamps(base))).territoiresPs1;
    const proposes = ps1.map((p) => ({ ...p, logements: stockDe(p.code).parc, retenu: choisis === null ? p.propose : choisis.includes(p.code) }));
    const connus = new Set(ps1.map((p) => p.code));
    // Un territoire donné à la main, hors de ceux du parc, reste visible.
    const ajoutes = (choisis ?? []).filter((c) => !connus.has(c)).map((code) => ({
      code, nom: nomTerritoire(code), logements: stockDe(code).parc, propose: false, certain: false, motif: 'Donné à la main ; aucun logement du parc ne le fait proposer.', article: 'R445-5', retenu: true,
    }));
    return { decide: choisis !== null, territoires: [...proposes, ...ajoutes] };
  },
} satisfies Partial<Handlers>;
