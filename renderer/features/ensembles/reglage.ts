import { CRITERES, CRITERES_MAXIMUM, type Critere } from '../../../shared/domain/ensembles/regle.ts';

export type Niveaux = Critere[][];

/** Échange un niveau avec son voisin ; la même règle s'il n'en a pas. */
export function deplacerNiveau(regle: Niveaux, rang: number, sens: -1 | 1): Niveaux {
  const vers = rang + sens;
  const [a, b] = [regle[rang], regle[vers]];
  if (a === undefined || b === undefined) return regle;
  return regle.map((n, i) => (i === rang ? b : i === vers ? a : n));
}

export const retirerNiveau = (regle: Niveaux, rang: number): Niveaux => (regle.length < 2 ? regle : regle.filter((_, i) => i !== rang));

export const ajouterNiveau = (regle: Niveaux, critere: Critere): Niveaux => [...regle, [critere]];

export const ajouterCritere = (regle: Niveaux, rang: number, critere: Critere): Niveaux => regle.map((n, i) => (i === rang && !n.includes(critere) ? [...n, critere] : n));

/** Un niveau qui perd son dernier critère disparaît, sauf s'il est seul. */
export function retirerCritere(regle: Niveaux, rang: number, critere: Critere): Niveaux {
  const niveau = regle[rang]?.filter((c) => c !== critere) ?? [];
  return niveau.length === 0 ? retirerNiveau(regle, rang) : regle.map((n, i) => (i === rang ? niveau : n));
}

/** Critères qu'un niveau peut encore recevoir : ceux qu'il n'a pas, et qui ne disent pas la même chose en moins. */
export function criteresLibres(niveau: readonly Critere[]): Critere[] {
  if (niveau.length >= CRITERES_MAXIMUM) return [];
  const deja = new Set<Critere>(niveau);
  if (deja.has('adresse')) deja.add('voie');
  if (deja.has('batiment')) for (const c of ['immeuble', 'bat', 'lieudit'] as const) deja.add(c);
  return CRITERES.filter((c) => !deja.has(c));
}
