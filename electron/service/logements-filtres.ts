import type { Sortie } from '../../shared/contract.ts';
import { findChampColonne } from '../../shared/domain/rpls/champs.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { ColonneSql, Filtre } from '../store/selection.ts';
import { SQL } from './logements-colonnes.ts';

export type FiltreLu = Sortie<'explication.lire'>['sources'][number]['filtres'][number];

/** La colonne de ce nom. Erreur « colonne-inconnue ». */
export function colonneDe(nom: string): ColonneSql {
  const colonne = SQL.get(nom);
  if (colonne === undefined) throw invalide('colonne-inconnue', `La colonne « ${nom} » n’existe pas.`, 'Choisir une colonne de la table des logements.');
  return colonne;
}

const BORNES: Readonly<Record<string, RegExp>> = { mois: /^\d{4}-(0[1-9]|1[0-2])$/, jour: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ };
const DECIMAL = /^-?\d{1,12}(\.\d+)?$/;

/** Les filtres tels que le dossier les lit. Erreurs : « colonne-inconnue », « filtre-invalide » (valeur ou borne d'une autre sorte). */
export function checkFiltres(filtres: readonly FiltreLu[]): Filtre[] {
  return filtres.map(({ colonne, valeurs, contient, de, a, vide }) => {
    const c = colonneDe(colonne);
    if (c.numerique) for (const v of valeurs ?? []) if (v !== '' && !DECIMAL.test(v)) throw invalideFiltre(colonne, v, 'un nombre, avec un point');
    for (const borne of [de, a]) if (borne !== undefined) checkBorne(c, borne);
    return {
      colonne, ...(valeurs === undefined ? {} : { valeurs }), ...(contient === undefined ? {} : { contient }),
      ...(de === undefined ? {} : { de }), ...(a === undefined ? {} : { a }), ...(vide === undefined ? {} : { vide }),
    };
  });
}

function checkBorne(colonne: ColonneSql, borne: string): void {
  if (colonne.numerique) {
    if (!DECIMAL.test(borne)) throw invalideFiltre(colonne.nom, borne, 'un nombre, avec un point');
    return;
  }
  const type = findChampColonne(colonne.nom)?.type ?? '';
  const forme = BORNES[type];
  if (forme === undefined) throw invalide('filtre-invalide', `La colonne « ${colonne.nom} » n’a ni nombre ni date : elle n’a pas d’intervalle.`, 'Filtrer par valeurs, ou par texte contenu.');
  if (!forme.test(borne)) throw invalideFiltre(colonne.nom, borne, type === 'mois' ? 'un mois comme 2021-07' : 'un jour comme 2021-07-01');
}

const invalideFiltre = (colonne: string, valeur: string, attendu: string) =>
  invalide('filtre-invalide', `« ${valeur} » ne peut pas filtrer la colonne « ${colonne} ».`, `Donner ${attendu}.`);
