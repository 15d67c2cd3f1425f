import type { GenreCible } from './nature.ts';

/**
 * Bornes entre lesquelles sont presque toutes les valeurs d'un champ, en m², en euros ou en années. Elles sont
 * de l'application, non d'un texte : elles ne rejettent rien, elles font voir une colonne prise pour une autre.
 */
const BORNES: Readonly<Record<string, readonly [min: number, max: number, unite: string]>> = {
  SURFHAB: [9, 200, 'm²'], SURFMODE: [9, 250, 'm²'],
  LOYERPRINC: [80, 1500, '€'], LOYERMAXAPL: [80, 2000, '€'], LOYERMAXCUS: [80, 2000, '€'], LOYERACC: [0, 300, '€'],
  CONSTRUCT: [1800, 2100, ''], LOCAT: [1850, 2100, ''], PATRIMOINE: [1850, 2100, ''],
  PRIXVENTE: [5000, 1_500_000, '€'],
};
/** En dessous, une colonne n'en dit pas assez : quelques fautes dans une colonne presque vide ne la montrent pas fausse. */
const VALEURS_MIN = 5;
const PART_MIN = 0.05;

/** Ce qu'une colonne a montré à la lecture ; les valeurs sont en centièmes pour les surfaces et les euros. */
export class ColonneVue {
  valeurs = 0;
  illisibles = 0;
  dehors = 0;
  readonly #min: number;
  readonly #max: number;

  constructor(champ: string, genre: GenreCible) {
    const echelle = genre === 'surface' || genre === 'euros' ? 100 : 1;
    const [min, max] = BORNES[champ] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    this.#min = min * echelle;
    this.#max = max * echelle;
  }

  add(valeur: string | number): void {
    this.valeurs++;
    if (typeof valeur === 'number' && (valeur < this.#min || valeur > this.#max)) this.dehors++;
  }

  illisible(): void {
    this.valeurs++;
    this.illisibles++;
  }
}

/** Une phrase quand la plupart des valeurs d'une colonne de tant de lignes ne peuvent pas être celles du champ ; `null` sinon. */
export function invraisemblance(colonne: string, champ: string, libelle: string, vue: ColonneVue, lignes: number): string | null {
  if (vue.valeurs < Math.max(VALEURS_MIN, PART_MIN * lignes)) return null;
  const part = (n: number): string => `${Math.round((100 * n) / vue.valeurs)} %`;
  if (vue.illisibles * 2 > vue.valeurs) return `La colonne « ${colonne} » donne « ${libelle} » (${champ}), et ${part(vue.illisibles)} de ses valeurs n’y ont pas de sens.`;
  const bornes = BORNES[champ];
  if (bornes === undefined || (vue.dehors + vue.illisibles) * 2 <= vue.valeurs) return null;
  const [min, max, unite] = bornes;
  const borne = (n: number): string => (unite === '' ? String(n) : `${n.toLocaleString('fr-FR')} ${unite}`);
  return `La colonne « ${colonne} » donne « ${libelle} » (${champ}), et ${part(vue.dehors)} de ses valeurs sont hors de ${borne(min)} à ${borne(max)}.`;
}
