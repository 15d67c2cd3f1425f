/** Notes d'un ensemble : code du critère → texte tapé. */
export type NotesEnsemble = ReadonlyMap<string, string>;

export type NotesFusionnees = {
  /** Ce que portera l'ensemble qui reste. */
  notes: Map<string, string>;
  /** Critères où les ensembles réunis n'étaient pas d'accord : celui qui reste garde sa note. */
  desaccords: { critere: string; gardee: string; ecartees: string[] }[];
  /** Critères que seuls des ensembles absorbés avaient notés, tous de même : repris. */
  reprises: string[];
  /** Critères que seuls des absorbés avaient notés, mais différemment : aucun n'est choisi. */
  sansAccord: { critere: string; ecartees: string[] }[];
};

/**
 * Notes de l'ensemble qui garde son identité quand d'autres s'y fondent. Mêmes notes : gardées. Différentes :
 * la sienne reste, les autres sont nommées. Absente chez lui : reprise si les autres sont d'accord, sinon
 * laissée vide et nommée ; une moyenne de notes serait une note que personne n'a donnée.
 */
export function mergeNotes(garde: NotesEnsemble, absorbes: readonly NotesEnsemble[]): NotesFusionnees {
  const notes = new Map(garde);
  const fusion: NotesFusionnees = { notes, desaccords: [], reprises: [], sansAccord: [] };
  for (const critere of new Set(absorbes.flatMap((a) => [...a.keys()]))) {
    const autres = [...new Set(absorbes.flatMap((a) => a.get(critere) ?? []))];
    const sienne = garde.get(critere);
    if (sienne !== undefined) {
      const ecartees = autres.filter((n) => n !== sienne);
      if (ecartees.length > 0) fusion.desaccords.push({ critere, gardee: sienne, ecartees });
    } else if (autres.length === 1 && autres[0] !== undefined) {
      notes.set(critere, autres[0]);
      fusion.reprises.push(critere);
    } else fusion.sansAccord.push({ critere, ecartees: autres });
  }
  return fusion;
}
