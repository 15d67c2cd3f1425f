import { parseNote } from './echelle.ts';
import { listCriteres } from './types.ts';
import type { Grille } from './types.ts';

/** Ce que devient un critère, et ses notes, d'une grille à la suivante. */
export type PassageCritere = {
  code: string;
  libelle: string;
  /** `deplace` : il change de famille ; `perdu` : il n'est plus dans la grille, ses notes en sortent. */
  quoi: 'garde' | 'deplace' | 'perdu' | 'ajoute';
  notes: number;
  /** Notes qui se lisaient et ne se lisent plus sur la nouvelle échelle : gardées telles quelles, signalées. */
  illisibles: number;
  /** Notes qui ne se lisaient pas et se lisent sur la nouvelle échelle. */
  relues: number;
  /** Ce qui change d'autre : nom, famille, poids. */
  changements: string[];
};

export type Passage = {
  criteres: PassageCritere[];
  gardees: number;
  deplacees: number;
  perdues: number;
  illisibles: number;
  relues: number;
  /** Ce qui change pour toute la grille : échelle, sens, seuil, classes, poids des familles. */
  changements: string[];
};

/** Combien de fois chaque texte est noté pour un critère : de quoi dire tout le passage sans relire les ensembles. */
export type ComptesNotes = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Ce qui est gardé, déplacé ou perdu quand une grille en remplace une autre. */
export function computePassage(avant: Grille | null, apres: Grille, comptes: ComptesNotes): Passage {
  const anciens = new Map((avant === null ? [] : listCriteres(avant)).map((c) => [c.code, c]));
  const neufs = listCriteres(apres);
  const total = (code: string): number => [...(comptes.get(code)?.values() ?? [])].reduce((s, n) => s + n, 0);
  const criteres = neufs.map((c): PassageCritere => {
    const ancien = anciens.get(c.code);
    const notes = total(c.code);
    if (ancien === undefined) return { code: c.code, libelle: c.libelle, quoi: 'ajoute', notes, illisibles: 0, relues: 0, changements: [] };
    let [illisibles, relues] = [0, 0];
    for (const [saisie, n] of comptes.get(c.code) ?? []) {
      const lisait = avant !== null && parseNote(avant.echelle, saisie).ok;
      const lit = parseNote(apres.echelle, saisie).ok;
      if (lisait && !lit) illisibles += n;
      if (!lisait && lit) relues += n;
    }
    const changements: string[] = [];
    if (ancien.libelle !== c.libelle) changements.push(`renommé « ${c.libelle} » (c’était « ${ancien.libelle} »)`);
    if (ancien.famille.code !== c.famille.code) changements.push(`passe de « ${ancien.famille.libelle} » à « ${c.famille.libelle} »`);
    if (ancien.poids !== c.poids) changements.push(`poids ${virgule(ancien.poids)} → ${virgule(c.poids)}`);
    return { code: c.code, libelle: c.libelle, quoi: ancien.famille.code === c.famille.code ? 'garde' : 'deplace', notes, illisibles, relues, changements };
  });
  const codes = new Set(neufs.map((c) => c.code));
  for (const [code, c] of anciens) {
    if (!codes.has(code)) criteres.push({ code, libelle: c.libelle, quoi: 'perdu', notes: total(code), illisibles: 0, relues: 0, changements: [] });
  }
  const somme = (quoi: PassageCritere['quoi']): number => criteres.filter((c) => c.quoi === quoi).reduce((s, c) => s + c.notes, 0);
  return {
    criteres,
    gardees: somme('garde') + somme('ajoute'),
    deplacees: somme('deplace'),
    perdues: somme('perdu'),
    illisibles: criteres.reduce((s, c) => s + c.illisibles, 0),
    relues: criteres.reduce((s, c) => s + c.relues, 0),
    changements: avant === null ? [] : listChangements(avant, apres),
  };
}

const virgule = (decimal: string): string => decimal.replace('.', ',');

function listChangements(avant: Grille, apres: Grille): string[] {
  const changements: string[] = [];
  if (JSON.stringify(avant.echelle) !== JSON.stringify(apres.echelle)) {
    changements.push('L’échelle change : chaque note est relue telle qu’elle a été tapée, aucune n’est convertie.');
  }
  if (avant.sens !== apres.sens) changements.push(`La meilleure note est désormais la plus ${apres.sens === 'croissant' ? 'grande' : 'petite'}.`);
  if (avant.seuil !== apres.seuil) changements.push(`Seuil de complétude : ${avant.seuil} % → ${apres.seuil} %.`);
  if (JSON.stringify(avant.classes) !== JSON.stringify(apres.classes)) changements.push('Les classes de résultat changent.');
  const anciennes = new Map(avant.familles.map((f) => [f.code, f]));
  for (const f of apres.familles) {
    const a = anciennes.get(f.code);
    anciennes.delete(f.code);
    if (a === undefined) changements.push(`Famille ajoutée : « ${f.libelle} ».`);
    else {
      if (a.libelle !== f.libelle) changements.push(`La famille « ${a.libelle} » s’appelle désormais « ${f.libelle} ».`);
      if (a.poids !== f.poids) changements.push(`Poids de « ${f.libelle} » : ${virgule(a.poids)} → ${virgule(f.poids)}.`);
    }
  }
  for (const f of anciennes.values()) changements.push(`Famille retirée : « ${f.libelle} ».`);
  return changements;
}
