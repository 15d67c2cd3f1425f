import type { Case } from '../../grille/clavier.ts';
import type { EditionGrille } from '../../grille/edition.tsx';
import { lireTsv } from '../engagements/presse.ts';
import type { Rangee } from './lignes.ts';
import { ecrireBloc, ecrireCase, estSaisie, texteDe, useNpl, type CaseNpl, type LigneNpl } from './magasin.ts';

const dire = (titre: string, lignes: string[] = []): void => useNpl.setState({ dit: { ton: 'attention', titre, lignes } });

/** Les gestes de saisie du tableau : nouveau maximum et moyenne maximale. */
export function editionNpl(table: {
  scenario: number;
  lignes: readonly Rangee[];
  retenues: ReadonlySet<string>;
  colonnes: readonly { cle: string; libelle: string }[];
}): EditionGrille<Rangee> {
  const { scenario, lignes, retenues, colonnes } = table;
  const cleA = (i: number): string => colonnes[i]?.cle ?? '';

  /** Les lignes retenues, sinon celle de la case. */
  function visees(ici: Case): LigneNpl[] {
    const choisies = retenues.size > 0 ? lignes.filter((r) => retenues.has(r.cle)) : lignes.slice(ici.ligne, ici.ligne + 1);
    return choisies.flatMap((r) => (r.ligne === null ? [] : [r.ligne]));
  }

  function remplir(ici: Case, texte: string): void {
    const colonne = cleA(ici.colonne);
    if (!estSaisie(colonne)) return dire('Seuls le nouveau maximum et la moyenne maximale se saisissent ici. Rien n’a été changé.');
    void ecrireBloc(scenario, visees(ici).map((ligne): CaseNpl => ({ ligne, colonne, texte })));
  }

  function coller(ici: Case, texte: string): void {
    const bloc = lireTsv(texte);
    if (bloc.length === 1 && bloc[0]?.length === 1) return remplir(ici, bloc[0][0] ?? '');
    const cases: CaseNpl[] = [];
    const dehors: string[] = [];
    for (const [i, rangee] of bloc.entries()) {
      const r = lignes[ici.ligne + i];
      for (const [j, valeur] of rangee.entries()) {
        const colonne = cleA(ici.colonne + j);
        if (r !== undefined && r.ligne !== null && estSaisie(colonne)) cases.push({ ligne: r.ligne, colonne, texte: valeur });
        else if (valeur.trim() !== '') {
          const ou = r === undefined ? 'sous la dernière ligne' : r.ligne === null ? `${r.nom} : ensemble hors de la masse` : `${r.nom} : « ${colonnes[ici.colonne + j]?.libelle ?? 'hors du tableau'} » ne se saisit pas`;
          dehors.push(`« ${valeur.trim()} », ${ou}`);
        }
      }
    }
    if (cases.length === 0) return dire('Rien de ce bloc ne tombe sur une case qui se saisit. Rien n’a été changé.', dehors);
    void ecrireBloc(scenario, cases, dehors);
  }

  /** La première ligne retenue dans les autres ; sans retenue, la valeur du dessus. */
  function recopier(ici: Case): void {
    const colonne = cleA(ici.colonne);
    const modele = retenues.size > 0 ? visees(ici)[0] : lignes[ici.ligne - 1]?.ligne;
    if (modele && estSaisie(colonne)) remplir(ici, texteDe(modele, colonne));
  }

  return {
    proposer: (r, colonne) => (r.ligne !== null && estSaisie(colonne) ? { texte: texteDe(r.ligne, colonne), options: null } : null),
    // L'écriture refuse elle-même, sans attendre le service.
    refuser: () => null,
    ecrire: (r, colonne, texte) => Promise.resolve(r.ligne !== null && estSaisie(colonne) ? ecrireCase(scenario, { ligne: r.ligne, colonne, texte }) : null),
    coller,
    copier(ici) {
      const ligne = lignes[ici.ligne]?.ligne;
      const colonne = cleA(ici.colonne);
      return ligne && estSaisie(colonne) ? texteDe(ligne, colonne) : null;
    },
    effacer: (ici) => remplir(ici, ''),
    recopier,
  };
}
