import type { Hasard } from './hasard.ts';
import { RANG } from './logements.ts';
import type { Logement } from './logements.ts';

/** Ce qu'il advient d'un logement entre deux exports. */
export function destin(h: Hasard, taux: { disparus: number; modifies: number }): 'garde' | 'disparu' | 'modifie' {
  const tirage = h.reel();
  if (tirage < taux.disparus) return 'disparu';
  return tirage < taux.disparus + taux.modifies ? 'modifie' : 'garde';
}

function vendre(l: Logement): void {
  Object.assign(l.faits, { sortie: 1, mode: null, modeSurface: null, surfaceMode: null, loyer: null });
  l.champs[RANG.SORTIEPATRIM] = '1';
  l.champs[RANG.MODE] = '9';
  l.champs[RANG.BAIL] = '';
  l.champs[RANG.SURFMODE - 1] = '9';
  l.champs[RANG.SURFMODE] = '999';
  l.champs[RANG.LOYERPRINC] = '9999';
}

/** Au moins une valeur change toujours, sans faire naître de remarque. */
export function changer(l: Logement, h: Hasard): void {
  const { faits, champs } = l;
  if (faits.mode === 1 && h.chance(0.1)) return vendre(l);
  if (faits.mode === 1 && faits.loyer !== null && h.chance(0.8)) {
    faits.loyer -= h.entier(1, 6);
    champs[RANG.LOYERPRINC] = String(faits.loyer);
    return;
  }
  faits.dpe = faits.dpe === 'C' ? 'B' : 'C';
  champs[RANG.DPEENERGIE] = faits.dpe;
  champs[RANG.DPEENERGIE + 1] = faits.dpe;
  champs[RANG.DPEDATE] = champs[RANG.DPEDATE] === '01/1900' ? '06/2025' : (champs[RANG.DPEDATE] ?? '');
}
