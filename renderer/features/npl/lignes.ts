import { useMemo } from 'react';
import { direOrigine } from '../../../shared/domain/loyers/npl/libelles.ts';
import { nombre } from '../../ui/format.ts';
import { aplatir } from '../../app/entreesPalette.ts';
import { motPlafond, useNpl, type Etat, type LigneNpl, type Resultat } from './magasin.ts';

type Constat = Resultat['constats'][number];
type Identite = Resultat['horsMasse'][number];

/** Une ligne du tableau : un ensemble et un plafond de ressources ; `ligne` nulle si la masse ne compte pas l'ensemble. */
export type Rangee = Identite & { cle: string; ligne: LigneNpl | null; /** D'où vient le maximum d'aujourd'hui : court, et en entier. */ origine: string; origineDite: string; constats: readonly Constat[] };

const dixMillieme = (n: number): number => Math.round(n * 10_000) / 10_000;

/** Taux qui fait la masse, moins celui d'aujourd'hui. */
export const ecartAvant = (l: LigneNpl): number | null => (l.apresM2 === null || l.avantM2 === null ? null : dixMillieme(l.apresM2 - l.avantM2));
/** Place sous le plafond de loyer de la zone ; négatif : au-dessus. */
export const ecartPlafond = (l: LigneNpl): number | null => {
  const taux = l.maximum ?? l.avantM2;
  return l.plafondLoyer === null || taux === null ? null : dixMillieme(l.plafondLoyer - taux);
};

export function useRangees(resultat: Resultat | undefined): Rangee[] {
  return useMemo(() => {
    if (!resultat) return [];
    const constats = new Map<string, Constat[]>();
    for (const c of resultat.constats) {
      if (c.ensemble === null) continue;
      const liste = constats.get(c.ensemble);
      if (liste === undefined) constats.set(c.ensemble, [c]);
      else liste.push(c);
    }
    const courts = new Map(resultat.origines?.map((o) => [o.origine, o.court]));
    const comptees = resultat.lignes.map((ligne): Rangee => ({
      ...ligne, cle: `${ligne.ensemble}/${ligne.plafond}`, ligne, origine: courts.get(ligne.origine) ?? '', origineDite: direOrigine(resultat.origines, ligne, nombre),
      constats: (constats.get(ligne.ensemble) ?? []).filter((c) => c.plafond === null || c.plafond === ligne.plafond),
    }));
    return [...comptees, ...resultat.horsMasse.map((e): Rangee => ({ ...e, cle: `${e.ensemble}/`, ligne: null, origine: '', origineDite: '', constats: constats.get(e.ensemble) ?? [] }))];
  }, [resultat]);
}

export const ETATS: { valeur: Etat; libelle: string }[] = [
  { valeur: 'tous', libelle: 'Toutes les lignes' },
  { valeur: 'fixes', libelle: 'Maximum fixé' },
  { valeur: 'inchanges', libelle: 'Maximum inchangé' },
  { valeur: 'constats', libelle: 'Avec un constat' },
  { valeur: 'pls', libelle: 'Au-dessus du plafond PLS' },
  { valeur: 'hors', libelle: 'Hors de la masse' },
];

function repond(r: Rangee, etat: Etat): boolean {
  switch (etat) {
    case 'tous': return true;
    case 'fixes': return r.ligne !== null && r.ligne.maximum !== null;
    case 'inchanges': return r.ligne !== null && r.ligne.maximum === null;
    case 'constats': return r.constats.length > 0;
    case 'pls': return r.constats.some((c) => c.code === 'superieur-au-pls');
    case 'hors': return r.ligne === null;
  }
}

/** Valeurs d'une ligne dans les colonnes qui se filtrent par valeurs. */
export const VALEURS: Readonly<Record<string, (r: Rangee) => string>> = {
  commune: (r) => r.nomCommune,
  zones: (r) => (r.zones.length === 0 ? 'Sans zone' : r.zones.join(', ')),
  qpv: (r) => (r.qpv === 0 ? 'Hors QPV' : r.qpv < r.logements ? 'En partie' : 'En QPV'),
  plafond: (r) => (r.ligne === null ? 'Hors de la masse' : motPlafond(r.ligne.plafond)),
  base: (r) => r.ligne?.base ?? 'Hors de la masse',
  origine: (r) => (r.ligne === null ? 'Hors de la masse' : r.origine),
};

/** Les lignes montrées ; une ligne qu'on vient de changer ne quitte pas le filtre d'état sous la main : il se lit quand on le choisit. */
export function useMontrees(rangees: readonly Rangee[]): Rangee[] {
  const { texte, etat, filtres, scenario } = useNpl();
  const pret = rangees.length > 0;
  const gardees = useMemo(
    () => (etat === 'tous' ? null : new Set(rangees.filter((r) => repond(r, etat)).map((r) => r.cle))),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [etat, scenario, pret],
  );
  return useMemo(() => {
    const mots = aplatir(texte).split(/\s+/u).filter(Boolean);
    const poses = Object.entries(filtres).filter(([, v]) => v.length > 0);
    return rangees.filter(
      (r) =>
        (gardees === null || gardees.has(r.cle)) &&
        poses.every(([colonne, v]) => v.includes(VALEURS[colonne]?.(r) ?? '')) &&
        mots.every((m) => aplatir(`${r.nom} ${r.nomCommune} ${r.ensemble}`).includes(m)),
    );
  }, [rangees, texte, gardees, filtres]);
}
