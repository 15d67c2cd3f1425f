import type { ReactNode } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { intituleColonne, texteCode, texteMois } from '../../../shared/domain/rpls/affichage-colonne.ts';
import { deuxDecimales } from '../../ui/format.ts';

export type Colonne = Sortie<'logements.colonnes'>['colonnes'][number];
export type Logement = Sortie<'logements.page'>['lignes'][number];

/** Une valeur en toutes lettres : nombre à la française, date du calendrier, code avec son sens. */
export function texteCase(colonne: Colonne, valeur: string | number | null): string {
  if (valeur === null || valeur === '') return '';
  switch (colonne.type) {
    case 'euros':
    case 'surface':
      return typeof valeur === 'number' ? deuxDecimales(valeur) : valeur;
    case 'code':
      return texteCode(String(valeur), colonne.codes, colonne.derivee);
    case 'mois':
    case 'jour':
      return texteMois(String(valeur));
    case 'nombre':
    case 'texte':
      return String(valeur);
  }
}

/** Le code s'efface devant son sens quand le sens suffit (oui, non). */
export function contenuCase(colonne: Colonne, valeur: string | number | null): ReactNode {
  if (valeur === null || valeur === '') return <span className="doux" aria-label="inconnu">–</span>;
  if (colonne.type !== 'code') return texteCase(colonne, valeur);
  const code = String(valeur);
  const libelle = colonne.codes?.[code];
  if (libelle === undefined || libelle === code) return code;
  // Un organisme se reconnaît à son nom ; son SIREN est déjà dans l'identifiant.
  if (libelle === 'oui' || libelle === 'non' || colonne.derivee === true || colonne.nom === 'organisme_origine') return libelle;
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
    case 'mois':
    case 'jour':
      return 116;
    case 'texte':
      return 130;
  }
}

/** Chiffres alignés à droite ; les années, qui ne s'additionnent pas, aussi. */
export const aDroite = (colonne: Colonne): boolean => colonne.type === 'euros' || colonne.type === 'surface' || colonne.type === 'nombre';

/** Intitulé avec l'unité. */
export const intitule = (colonne: Colonne): string => intituleColonne(colonne);

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
