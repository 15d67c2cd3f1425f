import { useMemo } from 'react';
import { appeler, enErreur } from '../../app/service.ts';
import type { Filtres } from '../../app/session.ts';
import type { Case } from '../../grille/clavier.ts';
import type { ColonneGrille, Tri } from '../../grille/colonnes.ts';
import type { EditionGrille } from '../../grille/edition.tsx';
import { accord } from '../../ui/format.ts';
import { lireTsv } from '../engagements/presse.ts';
import type { Colonne, Logement } from './cases.tsx';
import { demanderAvant, ecrireBloc, ecrireCase, estModifiable, fermerCorrection, texteModifiable, useCorrections, type CaseTapee } from './corrections.ts';
import { findChampColonne } from '../../../shared/domain/rpls/champs.ts';
import { parseCase } from '../../../shared/domain/rpls/correction.ts';

const PAGE = 1000;
const BLOC_MAX = 100_000;
const idDe = (l: Logement): string => String(l['ident_int']);

type Table = {
  total: number;
  ligneA: (index: number) => Logement | null;
  colonnes: readonly Colonne[];
  definitions: readonly ColonneGrille<Logement>[];
  filtres: Filtres;
  tri: Tri | null;
  retenus: ReadonlySet<string>;
};

/** Les lignes d'une plage, dans l'ordre montré ; celles qui ne sont pas sous les yeux se lisent. */
async function lireLignes({ ligneA, filtres, tri }: Table, de: number, nombre: number): Promise<Logement[]> {
  const vues = Array.from({ length: nombre }, (_, i) => ligneA(de + i));
  if (vues.every((l) => l !== null)) return vues;
  const lues: Logement[] = [];
  for (let decalage = de; decalage < de + nombre; decalage += PAGE) {
    const { lignes } = await appeler('logements.page', { decalage, nombre: Math.min(PAGE, de + nombre - decalage), filtres, ...(tri ? { tri } : {}) });
    lues.push(...lignes);
  }
  return lues;
}

/** Les gestes de modification de la table des logements. */
export function useEditionLogements(table: Table): EditionGrille<Logement> {
  const parNom = useMemo(() => new Map(table.colonnes.map((c) => [c.nom, c])), [table.colonnes]);
  const cleA = (colonne: number): string => table.definitions[colonne]?.cle ?? '';
  const echouer = (cause: unknown): void => useCorrections.setState({ erreur: enErreur(cause) });

  /** Sans retenue, la case active ; sinon sa colonne, dans chaque logement retenu. */
  function cibles(ici: Case): string[] {
    const lue = table.ligneA(ici.ligne);
    return table.retenus.size > 0 ? [...table.retenus] : lue === null ? [] : [idDe(lue)];
  }

  function remplir(ici: Case, texte: string): void {
    const colonne = cleA(ici.colonne);
    if (!estModifiable(colonne)) return refuser([colonne]);
    void ecrireBloc(cibles(ici).map((identifiant) => ({ identifiant, colonne, texte })));
  }

  function refuser(colonnes: readonly string[]): void {
    const noms = colonnes.map((c) => `« ${parNom.get(c)?.libelle ?? c} »`).join(', ');
    demanderAvant({ titre: `${colonnes.length > 1 ? 'Ces colonnes ne se corrigent' : 'Cette colonne ne se corrige'} pas ici : ${noms}. Rien n’a été changé.`, raisons: [], bouton: '', faire: fermerCorrection });
  }

  async function poser(bloc: readonly (readonly string[])[], ici: Case): Promise<void> {
    const lignes = await lireLignes(table, ici.ligne, bloc.length);
    const cases = bloc.flatMap((rangee, i) => {
      const ligne = lignes[i];
      return ligne === undefined ? [] : rangee.map((texte, j): CaseTapee => ({ identifiant: idDe(ligne), colonne: cleA(ici.colonne + j), texte }));
    });
    await ecrireBloc(cases);
  }

  function coller(ici: Case, texte: string): void {
    const bloc = lireTsv(texte);
    const seule = bloc.length === 1 && bloc[0]?.length === 1 ? (bloc[0][0] ?? '') : null;
    if (seule !== null) return remplir(ici, seule);
    const largeur = Math.max(...bloc.map((r) => r.length));
    const lignesDehors = Math.max(0, bloc.length - (table.total - ici.ligne));
    const colonnesDehors = Math.max(0, largeur - (table.definitions.length - ici.colonne));
    const tient = bloc.slice(0, bloc.length - lignesDehors).map((r) => r.slice(0, largeur - colonnesDehors));
    const fixes = Array.from({ length: largeur - colonnesDehors }, (_, j) => cleA(ici.colonne + j)).filter((c) => !estModifiable(c));
    if (fixes.length > 0) return refuser(fixes);
    if (tient.reduce((n, r) => n + r.length, 0) > BLOC_MAX) {
      return demanderAvant({ titre: `Ce bloc a plus de ${BLOC_MAX.toLocaleString('fr')} cases : rien n’a été changé.`, raisons: ['L’importer comme un tableau.'], bouton: '', faire: fermerCorrection });
    }
    if (lignesDehors + colonnesDehors === 0) return void poser(tient, ici).catch(echouer);
    demanderAvant({
      titre: 'Le bloc dépasse la table : rien n’a été changé.',
      raisons: [
        ...(lignesDehors > 0 ? [`${accord(lignesDehors, 'ligne resterait', 'lignes resteraient')} dehors, sous le dernier logement.`] : []),
        ...(colonnesDehors > 0 ? [`${accord(colonnesDehors, 'colonne resterait', 'colonnes resteraient')} dehors, après « ${parNom.get(cleA(table.definitions.length - 1))?.libelle ?? ''} ».`] : []),
      ],
      bouton: 'Coller ce qui tient',
      faire: () => void poser(tient, ici).catch(echouer),
    });
  }

  /** La première valeur retenue dans toutes les autres ; sans retenue, la valeur du dessus dans la case. */
  function recopier(ici: Case): void {
    const colonne = cleA(ici.colonne);
    if (!estModifiable(colonne)) return refuser([colonne]);
    if (table.retenus.size === 0) {
      const dessus = ici.ligne > 0 ? table.ligneA(ici.ligne - 1) : null;
      if (dessus !== null) remplir(ici, texteModifiable(dessus, colonne));
      return;
    }
    for (let i = 0; i < table.total; i++) {
      const ligne = table.ligneA(i);
      if (ligne === null || !table.retenus.has(idDe(ligne))) continue;
      remplir(ici, texteModifiable(ligne, colonne));
      return;
    }
  }

  return {
    proposer(ligne, colonne) {
      if (!estModifiable(colonne)) return null;
      const codes = parNom.get(colonne)?.codes;
      return { texte: texteModifiable(ligne, colonne), options: codes === undefined ? null : Object.entries(codes).map(([valeur, l]) => ({ valeur, libelle: l === valeur ? l : `${valeur} ${l}` })) };
    },
    refuser(_ligne, colonne, texte) {
      const champ = findChampColonne(colonne);
      const lue = champ === null ? null : parseCase(champ, texte);
      return lue === null || lue.ok ? null : lue.message;
    },
    ecrire: (ligne, colonne, texte) => ecrireCase(idDe(ligne), colonne, texte),
    coller,
    copier(ici) {
      const ligne = table.ligneA(ici.ligne);
      return ligne === null ? null : texteModifiable(ligne, cleA(ici.colonne));
    },
    effacer: (ici) => remplir(ici, ''),
    recopier,
  };
}
