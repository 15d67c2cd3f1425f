import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import { mergeZonage, readZones } from '../../store/npl/baremes.ts';
import type { Zonage } from '../../store/npl/baremes.ts';
import type { Base } from '../../store/base.ts';
import type { Decoupe } from './grille.ts';
import { codeCommune, findZone, zonageDe } from './zones.ts';

type Bilan = Sortie<'npl.importerBareme'>;
type Colonne = { zonage: Zonage; rang: number };
/** Zone → lignes qui la donnent, par commune. */
type Lues = Map<string, Map<string, number[]>>;

/**
 * Zonages d'un fichier : une colonne de codes de communes et une de zones, ou une par zonage, reconnues à ce qu'elles
 * contiennent. Les codes d'hier sont ceux de la commune d'aujourd'hui ; si ses anciennes communes n'avaient pas toutes
 * la même zone, elle n'en reçoit aucune et c'est dit. Une commune que le fichier ne nomme pas garde la sienne ; une
 * autre zone que celle du dossier ne la remplace que si c'est demandé. Dans la transaction de l'appelant.
 */
export function importZones(base: Base, { titres, corps }: Decoupe, { chemin, source, remplacer }: Pick<EntreeLue<'npl.importerBareme'>, 'chemin' | 'source' | 'remplacer'>, quand: string): Bilan {
  const { commune: iCommune, zones: colonnes } = reconnaitre(titres, corps, chemin);
  const bilan: Bilan = { lignes: corps.length * colonnes.length, enregistrees: 0, identiques: 0, remplacees: 0, contraires: [], refusees: [], zonages: colonnes.map((c) => c.zonage), ignorees: titres.filter((t, i) => t.trim() !== '' && i !== iCommune && !colonnes.some((c) => c.rang === i)) };
  const refuser = (ligne: number, raison: string): void => void bilan.refusees.push({ ligne, raison });
  const lues = new Map<Zonage, Lues>(colonnes.map((c) => [c.zonage, new Map()]));
  for (const { numero, cellules } of corps) {
    const code = codeCommune(cellules[iCommune]?.trim() ?? '');
    const { commune } = resolveDepcom(code);
    if (commune === null) {
      refuser(numero, `Commune « ${code} » inconnue.`);
      continue;
    }
    for (const { zonage, rang } of colonnes) {
      const zone = findZone(cellules[rang]?.trim() ?? '');
      if (zone === null) refuser(numero, `Zone « ${cellules[rang] ?? ''} » inconnue.`);
      else if (zone[0] !== zonage) throw invalide('zonage-melange', `« ${chemin} » mêle deux zonages dans une colonne.`, 'Donner une colonne, ou un fichier, par zonage.');
      else ajouter(lues.get(zonage), commune, zone[1], numero);
    }
  }
  const gardees = readZones(base, [...lues.values()].flatMap((l) => [...l.keys()]));
  for (const [zonage, communes] of lues) {
    const retenues = new Map<string, string>();
    for (const [commune, zones] of communes) {
      const deja = gardees.get(commune)?.find((z) => zonageDe(z) === zonage) ?? null;
      const [[zone, lignes] = ['', []], autre] = zones;
      const ligne = Math.min(...[...zones.values()].flat());
      if (autre !== undefined) refuser(ligne, direPlusieurs(commune, zones, deja));
      else if (deja === zone) bilan.identiques += 1;
      else if (deja !== null && !remplacer) refuser(lignes[0] ?? 0, `Commune ${commune} : déjà en zone ${deja}, le fichier donne la zone ${zone} ; demander à la remplacer.`);
      else {
        retenues.set(commune, zone);
        if (deja !== null) bilan.remplacees += 1;
      }
    }
    bilan.enregistrees += retenues.size;
    mergeZonage(base, zonage, retenues, source, quand);
  }
  bilan.refusees.sort((a, b) => a.ligne - b.ligne);
  return bilan;
}

function ajouter(lues: Lues | undefined, commune: string, zone: string, numero: number): void {
  const siennes = lues?.get(commune) ?? new Map<string, number[]>();
  lues?.set(commune, siennes.set(zone, [...(siennes.get(zone) ?? []), numero]));
}

function direPlusieurs(commune: string, zones: ReadonlyMap<string, number[]>, deja: string | null): string {
  const dites = [...zones].toSorted(([x], [y]) => (x < y ? -1 : 1)).map(([zone, lignes]) => `${zone} (${lignes.length > 1 ? 'lignes' : 'ligne'} ${lignes.join(', ')})`);
  return `Commune ${commune} : plusieurs zones, les siennes ou celles de ses anciennes communes, ${dites.join(', ')} ; ${deja === null ? 'elle n’en reçoit aucune' : `elle garde la zone ${deja}`}.`;
}

/** La colonne des communes et celle de chaque zonage ; erreur « zonage-illisible » s'il en manque. */
function reconnaitre(titres: readonly string[], corps: Decoupe['corps'], chemin: string): { commune: number; zones: Colonne[] } {
  const vues = corps.slice(0, 500);
  const part = (i: number, bon: (v: string) => boolean): number => vues.filter((l) => bon(l.cellules[i]?.trim() ?? '')).length;
  const meilleure = (bon: (v: string) => boolean): { rang: number; note: number } => {
    const notes = titres.map((_, i) => part(i, bon));
    const note = Math.max(0, ...notes);
    return { rang: note * 2 >= vues.length ? notes.indexOf(note) : -1, note };
  };
  const commune = meilleure((v) => resolveDepcom(codeCommune(v)).commune !== null).rang;
  const lues = (['123', 'ABC'] as const).map((zonage) => ({ zonage, ...meilleure((v) => findZone(v)?.[0] === zonage) })).filter((c) => c.rang >= 0);
  // Une colonne de nombres n'est pas un zonage pour autant : à deux, leurs titres doivent le dire.
  const dites = lues.filter((c) => /zon|abc|123/iu.test(titres[c.rang] ?? ''));
  const zones = lues.length < 2 ? lues : dites.length > 0 ? dites : lues.toSorted((a, b) => b.note - a.note).slice(0, 1);
  if (commune >= 0 && new Set(zones.map((c) => c.rang)).size < zones.length) throw invalide('zonage-melange', `« ${chemin} » mêle deux zonages dans une colonne.`, 'Donner une colonne, ou un fichier, par zonage.');
  if (commune < 0 || zones.length === 0) {
    throw invalide('zonage-illisible', `« ${chemin} » n’a pas une colonne de codes Insee de communes et une colonne de zones (1, 1bis, 2, 3 ou Abis, A, B1, B2, C).`, 'Charger le fichier officiel du zonage.');
  }
  return { commune, zones };
}
