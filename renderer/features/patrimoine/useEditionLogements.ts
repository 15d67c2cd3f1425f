import { useMemo } from 'react';
import { appeler } from '../../app/service.ts';
import type { Filtres } from '../../app/session.ts';
import type { ColonneGrille, Tri } from '../../grille/colonnes.ts';
import type { EditionGrille } from '../../grille/edition.tsx';
import type { Colonne, Logement } from './cases.tsx';
import { ecrireBloc, ecrireCase, estModifiable, texteModifiable } from './corrections.ts';
import { editionTableur } from './edition.ts';
import { findChampColonne } from '../../../shared/domain/rpls/champs.ts';
import { parseCase } from '../../../shared/domain/rpls/correction.ts';

const PAGE = 1000;
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
  return editionTableur<Logement>({
    total: table.total, ligneA: table.ligneA, colonnes: table.definitions, retenus: table.retenus, cleDe: idDe,
    lire: (de, nombre) => lireLignes(table, de, nombre),
    modifiable: estModifiable,
    libelle: (c) => parNom.get(c)?.libelle ?? c,
    texte: texteModifiable,
    options(colonne) {
      const codes = parNom.get(colonne)?.codes;
      return codes === undefined ? null : Object.entries(codes).map(([valeur, l]) => ({ valeur, libelle: l === valeur ? l : `${valeur} ${l}` }));
    },
    refuser(colonne, texte) {
      const champ = findChampColonne(colonne);
      const lue = champ === null ? null : parseCase(champ, texte);
      return lue === null || lue.ok ? null : lue.message;
    },
    ecrireCase: (ligne, colonne, texte) => ecrireCase(idDe(ligne), colonne, texte),
    ecrireBloc: (cases) => ecrireBloc(cases.map(({ cible, ...c }) => ({ identifiant: cible, ...c }))),
  });
}
