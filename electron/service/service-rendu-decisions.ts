import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { mergeNotes } from '../../shared/domain/service-rendu/reunions.ts';
import { listCriteres } from '../../shared/domain/service-rendu/types.ts';
import type { Base } from '../store/base.ts';
import type { QuiQuand } from '../store/champs.ts';
import type { EnsembleConnu } from '../store/decisions.ts';
import { readGrille, readNotesDe, writeNotes } from '../store/service-rendu.ts';

/** Désaccords nommés un par un ; au-delà, comptés. */
const NOMMES = 5;

/**
 * Ce que deviennent les notes quand l'organisme réunit, scinde ou déplace. Fusion : l'ensemble qui garde son
 * identité garde ses notes, et reprend celles qui lui manquent si les autres sont d'accord. Scission : chaque part
 * hérite. Déplacement : les logements prennent les notes de leur nouvel ensemble. Rend ce qu'il faut en dire. Dans
 * l'opération ouverte par la décision : annulée, les notes reviennent avec elle.
 */
export function followDecision(base: Base, nature: string, avant: readonly EnsembleConnu[], apres: readonly EnsembleConnu[], operation: number, par: QuiQuand): string[] {
  const grille = readGrille(base);
  if (grille === null) return [];
  const noms = new Map(listCriteres(grille).map((c) => [c.code, c.libelle]));
  const notes = readParEnsemble(base, [...avant, ...apres].map((e) => e.code));
  const de = (e: EnsembleConnu): Map<string, string> => notes.get(e.code) ?? new Map<string, string>();
  switch (nature) {
    case 'ensembles.fusionner': return fusionner();
    case 'ensembles.scinder': return scinder();
    case 'ensembles.deplacer': return deplacer();
    default: return [];
  }

  function fusionner(): string[] {
    const garde = apres.find((e) => e.logements > 0);
    const absorbes = avant.filter((e) => e.id !== garde?.id);
    if (garde === undefined || absorbes.every((e) => de(e).size === 0)) return [];
    const f = mergeNotes(de(garde), absorbes.map(de));
    writeNotes(base, f.reprises.map((critere) => ({ ensemble: garde.code, critere, saisie: f.notes.get(critere) ?? '' })), operation, par);
    const remarques: string[] = [];
    if (f.reprises.length > 0) remarques.push(`Service rendu : « ${garde.nom} » reprend ${pluriel(f.reprises.length, 'note', 'notes')} des ensembles réunis.`);
    const ecarts = [
      ...f.desaccords.map((d) => `${noms.get(d.critere) ?? d.critere} : ${d.gardee} gardée (${d.ecartees.join(', ')} ailleurs)`),
      ...f.sansAccord.map((d) => `${noms.get(d.critere) ?? d.critere} : sans note (${d.ecartees.join(' et ')} dans les ensembles réunis)`),
    ];
    if (ecarts.length > 0) {
      const suite = ecarts.length > NOMMES ? ` ; et ${pluriel(ecarts.length - NOMMES, 'autre critère', 'autres critères')}` : '';
      remarques.push(`Service rendu : les notes n’étaient pas les mêmes ; « ${garde.nom} » garde les siennes. ${ecarts.slice(0, NOMMES).join(' ; ')}${suite}. Annuler rend à chacun les siennes.`);
    }
    return remarques;
  }

  function scinder(): string[] {
    const [issu] = avant;
    const parts = apres.filter((e) => e.id !== issu?.id);
    if (issu === undefined || de(issu).size === 0) return [];
    for (const p of parts) writeNotes(base, [...de(issu)].map(([critere, saisie]) => ({ ensemble: p.code, critere, saisie })), operation, par);
    const qui = parts.length === 1 ? 'le nouvel ensemble hérite' : `chacun des ${parts.length} nouveaux ensembles hérite`;
    return [`Service rendu : ${qui} des ${pluriel(de(issu).size, 'note')} de « ${issu.nom} » ; à revoir si elles ne valent pas pour tous.`];
  }

  function deplacer(): string[] {
    return avant.some((e) => de(e).size > 0) ? ['Service rendu : les logements déplacés prennent les notes de leur nouvel ensemble ; celles de l’ancien n’ont pas changé.'] : [];
  }
}

function readParEnsemble(base: Base, codes: readonly string[]): Map<string, Map<string, string>> {
  const parEnsemble = new Map<string, Map<string, string>>();
  for (const n of readNotesDe(base, [...new Set(codes)])) {
    const siennes = parEnsemble.get(n.ensemble);
    if (siennes === undefined) parEnsemble.set(n.ensemble, new Map([[n.critere, n.saisie]]));
    else siennes.set(n.critere, n.saisie);
  }
  return parEnsemble;
}
