import { formatDate } from '../nombres/format.ts';
import type { EcheanceLegale } from './echeances.ts';

/** Un événement d'agenda : un jour entier, que `code` nomme pour toujours dans le dossier. */
export type Evenement = {
  code: string;
  titre: string;
  /** Jour, ISO. */
  date: string;
  description: string;
  /** Se répète chaque année, jusqu'à ce jour compris ; `null` : une fois. */
  chaqueAnneeJusqua: string | null;
};

const GENRES: Record<EcheanceLegale['genre'], string> = { limite: 'Au plus tard ce jour-là.', 'au-plus-tot': 'Pas avant ce jour-là.', repere: 'Repère.' };
const JOUR_LIBRE = 'Jour que l’organisme se donne : le texte n’en fixe pas.';

const decrire = (lignes: readonly (string | null)[]): string => lignes.filter((l) => l !== null && l !== '').join('\n');

/** Les échéances datées, en événements d'agenda : chacune dit son article et ce que la loi dit d'un retard. */
export function buildAgenda(
  echeances: readonly EcheanceLegale[],
  obligations: readonly { code: string; libelle: string; article: string; aide: string; date: string | null }[],
  fin: string | null,
): Evenement[] {
  const datees = echeances.flatMap((e): Evenement[] => {
    if (e.date === null) return [];
    const { remplacement } = e;
    const loi = e.calculee === null ? '' : `, la loi donnant le ${formatDate(e.calculee)}`;
    return [
      {
        code: e.code,
        titre: e.libelle,
        date: e.date,
        chaqueAnneeJusqua: null,
        description: decrire([
          `${GENRES[e.genre]} ${e.aide}`,
          `Article ${e.article}.`,
          remplacement === null ? null : `Date retenue par l’organisme${loi} : ${remplacement.motif === '' ? 'motif non donné' : remplacement.motif}.`,
          e.realisee === null ? null : `${e.prevue ? 'Prévu' : 'Fait'} le ${formatDate(e.realisee)}.`,
          e.consequence === null ? null : `${e.genre === 'limite' ? 'En cas de retard : ' : ''}${e.consequence.texte} (${e.consequence.article})`,
        ]),
      },
    ];
  });
  const libres = obligations.flatMap((o): Evenement[] =>
    o.date === null ? [] : [{ code: o.code, titre: o.libelle, date: o.date, chaqueAnneeJusqua: fin, description: decrire([o.aide, `Article ${o.article}.`, JOUR_LIBRE]) }],
  );
  return [...datees, ...libres];
}
