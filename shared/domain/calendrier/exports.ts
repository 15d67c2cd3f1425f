import type { Evenement } from './agenda.ts';

/** Un événement déjà écrit dans un agenda. `sequence` : son rang de version (RFC 5545, 3.8.7.4) ; `annuleLe` : instant où il y a été écrit annulé. */
export type EvenementExporte = Omit<Evenement, 'description'> & { sequence: number; annuleLe: string | null };

/** Un événement à écrire, en vigueur (`annuleLe` null) ou annulé. */
export type EvenementEcrit = Evenement & { sequence: number; annuleLe: string | null };

const PARTI = 'N’est plus au calendrier de la convention.';

type Contenu = Omit<Evenement, 'description'>;
const memeContenu = (a: Contenu, b: Contenu): boolean => a.titre === b.titre && a.date === b.date && a.chaqueAnneeJusqua === b.chaqueAnneeJusqua;

/**
 * Ce qu'un nouvel export écrit : les événements du calendrier, puis, annulés, ceux d'un export précédent qui n'y sont
 * plus. `revision` : rang de la dernière modification du dossier. Un événement qui part, qui revient ou dont le titre, la
 * date ou la fin change dit toujours une version plus récente que la dernière écrite : celle-ci a pu dépasser `revision`.
 */
export function followExports(evenements: readonly Evenement[], exportes: readonly EvenementExporte[], revision: number, instant: string): EvenementEcrit[] {
  const connus = new Map(exportes.map((e) => [e.code, e]));
  const presents = new Set(evenements.map((e) => e.code));
  return [
    ...evenements.map((e): EvenementEcrit => {
      const connu = connus.get(e.code);
      const minimum = connu === undefined ? 0 : connu.sequence + (connu.annuleLe === null && memeContenu(connu, e) ? 0 : 1);
      return { ...e, sequence: Math.max(revision, minimum), annuleLe: null };
    }),
    ...exportes.flatMap((e): EvenementEcrit[] => {
      if (presents.has(e.code)) return [];
      // Déjà annulé : redit tel quel, pour l'agenda qui aurait sauté un export.
      if (e.annuleLe !== null) return [{ ...e, description: PARTI }];
      return [{ ...e, description: PARTI, sequence: Math.max(revision, e.sequence + 1), annuleLe: instant }];
    }),
  ];
}
