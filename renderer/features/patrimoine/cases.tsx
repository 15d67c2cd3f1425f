import type { ReactNode } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { date, deuxDecimales } from '../../ui/format.ts';

export type Colonne = Sortie<'logements.colonnes'>['colonnes'][number];
export type Logement = Sortie<'logements.page'>['lignes'][number];

const MOIS = /^(\d{4})-(\d{2})$/;
const JOUR = /^\d{4}-\d{2}-\d{2}$/;
const COLONNES_MOIS = new Set(['bail', 'dpedate', 'remlocdate']);

/** Une valeur en toutes lettres : nombre à la française, date du calendrier, code avec son sens. */
export function texteCase(colonne: Colonne, valeur: string | number | null): string {
  if (valeur === null || valeur === '') return '';
  if (colonne.type === 'euros' || colonne.type === 'surface') return typeof valeur === 'number' ? deuxDecimales(valeur) : valeur;
  const texte = String(valeur);
  if (colonne.type === 'code') {
    const libelle = colonne.codes?.[texte];
    return libelle === undefined || libelle === texte ? texte : `${texte} ${libelle}`;
  }
  if (JOUR.test(texte)) return date(texte);
  const mois = COLONNES_MOIS.has(colonne.nom) ? MOIS.exec(texte) : null;
  return mois ? `${mois[2]}/${mois[1]}` : texte;
}

/** Le code s'efface devant son sens quand le sens suffit (oui, non). */
export function contenuCase(colonne: Colonne, valeur: string | number | null): ReactNode {
  if (valeur === null || valeur === '') return <span className="doux" aria-label="inconnu">–</span>;
  if (colonne.type !== 'code') return texteCase(colonne, valeur);
  const code = String(valeur);
  const libelle = colonne.codes?.[code];
  if (libelle === undefined || libelle === code) return code;
  // Un organisme se reconnaît à son nom ; son SIREN est déjà dans l'identifiant.
  if (libelle === 'oui' || libelle === 'non' || colonne.nom === 'organisme_origine') return libelle;
  return (
    <>
      <span className="grille-code">{code}</span>
      {libelle}
    </>
  );
}

const LARGEURS: Record<string, number> = {
  ident_int: 148, organisme_origine: 180, nom_commune: 144, commune: 92, nom_ensemble: 190, finan: 190, nomvoie: 190, libsegpatrim: 190, complgeo: 180,
  mode: 210, qpv: 76, typeconst: 140, ident_rep: 130, cus: 110, modesurf: 120, conv: 110,
};

/** Assez large pour ses valeurs, et pour lire son intitulé quand il n'est pas trop long. */
export function largeurDe(colonne: Colonne): number {
  return LARGEURS[colonne.nom] ?? Math.max(largeurValeurs(colonne), Math.min(210, 44 + 6.6 * intitule(colonne).length));
}

function largeurValeurs(colonne: Colonne): number {
  switch (colonne.type) {
    case 'euros':
    case 'surface':
      return 124;
    case 'nombre':
      return 104;
    case 'code':
      return 140;
    case 'texte':
      return 130;
  }
}

/** Chiffres alignés à droite ; les années, qui ne s'additionnent pas, aussi. */
export const aDroite = (colonne: Colonne): boolean => colonne.type === 'euros' || colonne.type === 'surface' || colonne.type === 'nombre';

/** Intitulé avec l'unité. */
export function intitule(colonne: Colonne): string {
  if (colonne.type === 'euros') return `${colonne.libelle} (€)`;
  if (colonne.type === 'surface') return `${colonne.libelle} (m²)`;
  return colonne.libelle;
}

const GROUPES = ['Identité', 'Financement', 'Énergie', 'Loyers', 'Occupation'];

/** Les groupes de colonnes, les cinq premiers dans l'ordre où on les cherche. */
export function groupesDe(colonnes: readonly Colonne[]): string[] {
  const presents = new Set(colonnes.map((c) => c.groupe));
  return [...GROUPES.filter((g) => presents.has(g)), ...[...presents].filter((g) => !GROUPES.includes(g))];
}

/** Ce qu'on cherche d'abord d'un logement ; le reste suit dans l'ordre de la déclaration. */
const DABORD = ['numvoie', 'indrep', 'typvoie', 'nomvoie', 'codepostal', 'qpv', 'typeconst', 'nbpiece', 'surfhab', 'construct', 'locat', 'patrimoine', 'etage', 'numappt', 'bat', 'esc'];

export function ordonner(colonnes: readonly Colonne[]): Colonne[] {
  const rang = (c: Colonne) => (DABORD.includes(c.nom) ? DABORD.indexOf(c.nom) : DABORD.length);
  return colonnes.toSorted((a, b) => rang(a) - rang(b));
}
