import { enErreur } from '../../app/service.ts';
import type { Case } from '../../grille/clavier.ts';
import type { ColonneGrille } from '../../grille/colonnes.ts';
import type { EditionGrille } from '../../grille/edition.tsx';
import { accord } from '../../ui/format.ts';
import { lireTsv } from '../engagements/presse.ts';
import { demanderAvant, fermerCorrection, useCorrections } from './corrections.ts';

const BLOC_MAX = 100_000;

/** Une case tapée ou collée : ce dont elle parle, sa colonne, son texte. */
export type CasePosee = { cible: string; colonne: string; texte: string };

/** Ce qu'une table modifiable dit d'elle-même : ses lignes, ce qui s'y modifie, et comment cela s'écrit. */
export type TableModifiable<L> = {
  total: number;
  ligneA: (index: number) => L | null;
  /** Les lignes d'une plage, même celles qui ne sont pas sous les yeux. */
  lire: (de: number, nombre: number) => Promise<readonly L[]>;
  colonnes: readonly ColonneGrille<L>[];
  retenus: ReadonlySet<string>;
  cleDe: (ligne: L) => string;
  modifiable: (colonne: string) => boolean;
  libelle: (colonne: string) => string;
  texte: (ligne: L, colonne: string) => string;
  options?: (colonne: string) => readonly { valeur: string; libelle: string }[] | null;
  /** Pourquoi ce texte serait refusé, dit pendant la frappe ; `null` : rien à en dire. */
  refuser?: (colonne: string, texte: string) => string | null;
  ecrireCase: (ligne: L, colonne: string, texte: string) => Promise<string | null>;
  ecrireBloc: (cases: CasePosee[]) => Promise<void>;
};

/** Les gestes d'un tableur sur une table : saisie, collage d'un bloc, recopie, effacement, dans les lignes retenues s'il y en a. */
export function editionTableur<L>(t: TableModifiable<L>): EditionGrille<L> {
  const cleA = (colonne: number): string => t.colonnes[colonne]?.cle ?? '';
  const echouer = (cause: unknown): void => useCorrections.setState({ erreur: enErreur(cause) });

  function refuserColonnes(colonnes: readonly string[]): void {
    const noms = colonnes.map((c) => `« ${t.libelle(c)} »`).join(', ');
    demanderAvant({ titre: `${colonnes.length > 1 ? 'Ces colonnes ne se remplissent' : 'Cette colonne ne se remplit'} pas ici : ${noms}. Rien n’a été changé.`, raisons: [], bouton: '', faire: fermerCorrection });
  }

  /** Sans retenue, la case active ; sinon sa colonne, dans chaque ligne retenue. */
  function remplir(ici: Case, texte: string): void {
    const colonne = cleA(ici.colonne);
    if (!t.modifiable(colonne)) return refuserColonnes([colonne]);
    const lue = t.ligneA(ici.ligne);
    const cibles = t.retenus.size > 0 ? [...t.retenus] : lue === null ? [] : [t.cleDe(lue)];
    void t.ecrireBloc(cibles.map((cible) => ({ cible, colonne, texte })));
  }

  async function poser(bloc: readonly (readonly string[])[], ici: Case): Promise<void> {
    const lignes = await t.lire(ici.ligne, bloc.length);
    const cases = bloc.flatMap((rangee, i) => {
      const ligne = lignes[i];
      return ligne === undefined ? [] : rangee.map((texte, j): CasePosee => ({ cible: t.cleDe(ligne), colonne: cleA(ici.colonne + j), texte }));
    });
    await t.ecrireBloc(cases);
  }

  function coller(ici: Case, texte: string): void {
    const bloc = lireTsv(texte);
    const seule = bloc.length === 1 && bloc[0]?.length === 1 ? (bloc[0][0] ?? '') : null;
    if (seule !== null) return remplir(ici, seule);
    const largeur = Math.max(...bloc.map((r) => r.length));
    const lignesDehors = Math.max(0, bloc.length - (t.total - ici.ligne));
    const colonnesDehors = Math.max(0, largeur - (t.colonnes.length - ici.colonne));
    const tient = bloc.slice(0, bloc.length - lignesDehors).map((r) => r.slice(0, largeur - colonnesDehors));
    const fixes = Array.from({ length: largeur - colonnesDehors }, (_, j) => cleA(ici.colonne + j)).filter((c) => !t.modifiable(c));
    if (fixes.length > 0) return refuserColonnes(fixes);
    if (tient.reduce((n, r) => n + r.length, 0) > BLOC_MAX) {
      return demanderAvant({ titre: `Ce bloc a plus de ${BLOC_MAX.toLocaleString('fr')} cases : rien n’a été changé.`, raisons: ['L’importer comme un tableau.'], bouton: '', faire: fermerCorrection });
    }
    if (lignesDehors + colonnesDehors === 0) return void poser(tient, ici).catch(echouer);
    demanderAvant({
      titre: 'Le bloc dépasse la table : rien n’a été changé.',
      raisons: [
        ...(lignesDehors > 0 ? [`${accord(lignesDehors, 'ligne resterait', 'lignes resteraient')} dehors, sous la dernière ligne.`] : []),
        ...(colonnesDehors > 0 ? [`${accord(colonnesDehors, 'colonne resterait', 'colonnes resteraient')} dehors, après « ${t.libelle(cleA(t.colonnes.length - 1))} ».`] : []),
      ],
      bouton: 'Coller ce qui tient',
      faire: () => void poser(tient, ici).catch(echouer),
    });
  }

  /** La première valeur retenue dans toutes les autres ; sans retenue, la valeur du dessus. */
  function recopier(ici: Case): void {
    const colonne = cleA(ici.colonne);
    if (!t.modifiable(colonne)) return refuserColonnes([colonne]);
    if (t.retenus.size === 0) {
      const dessus = ici.ligne > 0 ? t.ligneA(ici.ligne - 1) : null;
      if (dessus !== null) remplir(ici, t.texte(dessus, colonne));
      return;
    }
    for (let i = 0; i < t.total; i++) {
      const ligne = t.ligneA(i);
      if (ligne === null || !t.retenus.has(t.cleDe(ligne))) continue;
      remplir(ici, t.texte(ligne, colonne));
      return;
    }
  }

  return {
    proposer: (ligne, colonne) => (t.modifiable(colonne) ? { texte: t.texte(ligne, colonne), options: t.options?.(colonne) ?? null } : null),
    refuser: (_ligne, colonne, texte) => t.refuser?.(colonne, texte) ?? null,
    ecrire: t.ecrireCase,
    coller,
    copier(ici) {
      const ligne = t.ligneA(ici.ligne);
      return ligne === null ? null : t.texte(ligne, cleA(ici.colonne));
    },
    effacer: (ici) => remplir(ici, ''),
    recopier,
  };
}
