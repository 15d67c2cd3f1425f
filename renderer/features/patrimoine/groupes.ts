import { useEffect, useMemo, useReducer } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete, useVersion } from '../../app/requetes.ts';
import { appeler } from '../../app/service.ts';
import type { Filtres } from '../../app/session.ts';
import type { Tri } from '../../grille/colonnes.ts';
import { Pages } from '../../grille/pages.ts';
import type { Logement } from './cases.tsx';
import type { TriGroupes } from './filtres.ts';

type Groupes = Sortie<'logements.groupes'>;
type Page = Sortie<'logements.page'>;
export type LigneGroupe = { genre: 'groupe'; chemin: string; niveau: 1 | 2; ouvert: boolean; libelle: string; cles: string[]; totaux: Groupes['totaux'] };
export type Rang = LigneGroupe | { genre: 'logement'; niveau: number; logement: Logement };

/** Une suite de rangs : un groupe, ou les logements d'un groupe ouvert. */
export type Segment = { debut: number; taille: number; groupe: LigneGroupe; lignes: boolean };

export const cheminDe = (cles: readonly string[]): string => JSON.stringify(cles);

/** Les rangs d'une table groupée : chaque groupe, puis ce qu'il contient s'il est ouvert. */
export function derouler(groupes: Groupes['groupes'], ouverts: ReadonlySet<string>): { segments: Segment[]; total: number } {
  const segments: Segment[] = [];
  let total = 0;
  const poser = (groupe: LigneGroupe, taille: number, lignes: boolean) => {
    segments.push({ debut: total, taille, groupe, lignes });
    total += taille;
  };
  for (const g of groupes) {
    const { cle, libelle, sous, ...totaux } = g;
    const chemin = cheminDe([cle]);
    const groupe: LigneGroupe = { genre: 'groupe', chemin, niveau: 1, ouvert: ouverts.has(chemin), libelle, cles: [cle], totaux };
    poser(groupe, 1, false);
    if (!groupe.ouvert) continue;
    if (sous.length === 0) poser(groupe, totaux.logements, true);
    for (const { cle: seconde, libelle: nom, ...leurs } of sous) {
      const cles = [cle, seconde];
      const enfant: LigneGroupe = { genre: 'groupe', chemin: cheminDe(cles), niveau: 2, ouvert: ouverts.has(cheminDe(cles)), libelle: nom, cles, totaux: leurs };
      poser(enfant, 1, false);
      if (enfant.ouvert) poser(enfant, leurs.logements, true);
    }
  }
  return { segments, total };
}

/** Le segment où tombe un rang. */
export function segmentA(segments: readonly Segment[], index: number): Segment | null {
  let [bas, haut] = [0, segments.length - 1];
  while (bas <= haut) {
    const milieu = (bas + haut) >> 1;
    const s = segments[milieu];
    if (s === undefined) return null;
    if (index < s.debut) haut = milieu - 1;
    else if (index >= s.debut + s.taille) bas = milieu + 1;
    else return s;
  }
  return null;
}

/** Une table groupée : ses groupes d'un coup, leurs logements page par page quand on les ouvre. */
export function useGroupes(par: string[], filtres: Filtres, triGroupes: TriGroupes, tri: Tri | null, ouverts: ReadonlySet<string>) {
  const version = useVersion();
  const [, refaire] = useReducer((n: number) => n + 1, 0);
  const lu = useRequete('logements.groupes', { par, filtres, tri: triGroupes });
  const { segments, total } = useMemo(() => derouler(lu.donnees?.groupes ?? [], ouverts), [lu.donnees, ouverts]);
  const cle = JSON.stringify([version, par, filtres, tri]);
  // Les logements d'un groupe ouvert, par son chemin : refaits quand ce qui les définit change.
  const feuilles = useMemo(
    () => new Map<string, Pages<Logement, Page>>(),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- la clé est ce qui définit les listes
    [cle],
  );
  useEffect(() => {
    for (const p of feuilles.values()) p.reprendre();
    return () => {
      for (const p of feuilles.values()) p.arreter();
    };
  }, [feuilles]);

  function pagesDe(groupe: LigneGroupe): Pages<Logement, Page> {
    const deja = feuilles.get(groupe.chemin);
    if (deja) return deja;
    const siens: Filtres = [...filtres, ...groupe.cles.map((c, i) => ({ colonne: par[i] ?? '', valeurs: [c] }))];
    const pages: Pages<Logement, Page> = new Pages<Logement, Page>({
      lire: (decalage, nombre) => appeler('logements.page', { decalage, nombre, filtres: siens, ...(tri ? { tri } : {}) }),
      change: refaire,
      echec: refaire,
      gardees: 10,
    });
    feuilles.set(groupe.chemin, pages);
    return pages;
  }

  return {
    ...lu,
    total,
    rangA(index: number): Rang | null {
      const s = segmentA(segments, index);
      if (s === null) return null;
      if (!s.lignes) return s.groupe;
      const logement = pagesDe(s.groupe).ligneA(index - s.debut);
      return logement === null ? null : { genre: 'logement', niveau: s.groupe.niveau + 1, logement };
    },
    surVisible(premier: number, dernier: number): void {
      for (const s of segments) {
        if (!s.lignes || s.debut > dernier || s.debut + s.taille <= premier) continue;
        pagesDe(s.groupe).vouloir(Math.max(0, premier - s.debut), Math.min(s.taille - 1, dernier - s.debut));
      }
    },
  };
}
