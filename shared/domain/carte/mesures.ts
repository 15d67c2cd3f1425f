/**
 * Ce que la carte sait colorer. Chaque mesure a une source unique : l'opération qui la donne ailleurs ;
 * carte, tableau, légende, histogramme, terminal et feuille imprimée lisent cette liste et rien d'autre.
 */
import { formatDecimal } from '../nombres/format.ts';
import { isMesureNpl } from './npl.ts';

export const MESURES_CARTE = [
  'loyerM2', 'loyerMaxM2', 'ecartM2', 'marge', 'plafondPLAI', 'plafondPLUS', 'plafondPLS', 'maximumNpl', 'ecartNpl', 'hausseNpl', 'vacance', 'rotation', 'ressources', 'serviceRendu', 'dpe', 'qpv',
] as const;
export type Mesure = (typeof MESURES_CARTE)[number];

export type DefinitionMesure = {
  valeur: Mesure;
  /** Dans une liste, en tête de colonne. */
  libelle: string;
  /** En tête de colonne, quand le libellé y serait coupé. */
  colonne?: string;
  /** En titre de légende. */
  titre: string;
  unite: '€/m²' | '€' | '%' | '';
  decimales: number;
  /** Ce que veut dire chaque côté de zéro, et celui qui est en vert ; `null` : la valeur n'a pas de sens autour de zéro. */
  cotes: { sous: string; dessus: string; vert: 'sous' | 'dessus' } | null;
  /** La valeur dépend de la surface choisie (SH, SU ou SC). */
  surface: boolean;
  /** L'opération d'où vient le chiffre. */
  source: string;
  /** De quoi elle est faite, et sur quels logements. */
  aide: string;
};

const loyer = { unite: '€/m²', decimales: 2, surface: true, source: 'loyers.lire' } as const;
const plafond = (produit: 'PLAI' | 'PLUS' | 'PLS'): DefinitionMesure => ({
  ...loyer, valeur: `plafond${produit}`, libelle: `Écart au plafond ${produit}`, titre: `Loyer moins plafond ${produit} de la zone, € par m²`, source: 'npl.baremes',
  cotes: { sous: `en dessous du plafond ${produit}`, dessus: `au plafond ${produit} ou au-dessus`, vert: 'sous' },
  aide: `Loyer moyen au m² de surface utile, moins le plafond ${produit} saisi pour la zone de la commune et l’année`,
});
const npl = { ...loyer, source: 'npl.lire' } as const;
const part = { unite: '%', decimales: 1, cotes: null, surface: false } as const;
/** Le maximum moins le loyer : sous zéro, le loyer le dépasse. */
const auMaximum = { sous: 'au-dessus du maximum', dessus: 'au maximum ou en dessous', vert: 'dessus' } as const;

export const MESURES: readonly DefinitionMesure[] = [
  { ...loyer, valeur: 'loyerM2', libelle: 'Loyer', titre: 'Loyer, € par m²', cotes: null, aide: 'Σ loyer / Σ surface des logements loués' },
  { ...loyer, valeur: 'loyerMaxM2', libelle: 'Loyer maximum', titre: 'Loyer maximum, € par m²', cotes: null, aide: 'Sur les logements loués qui ont un maximum' },
  { ...loyer, valeur: 'ecartM2', libelle: 'Écart au maximum', titre: 'Maximum moins loyer, € par m²', cotes: auMaximum, aide: 'Maximum moins loyer, sur les mêmes logements' },
  { ...loyer, valeur: 'marge', libelle: 'Marge', titre: 'Maximum moins loyer, € par mois', unite: '€', cotes: auMaximum, aide: 'Σ maximum − Σ loyer, en € par mois, sur les logements loués qui ont un maximum' },
  plafond('PLAI'), plafond('PLUS'), plafond('PLS'),
  { ...npl, valeur: 'maximumNpl', libelle: 'Maximum du scénario', colonne: 'Max. scénario', titre: 'Maximum du scénario, € par m²', cotes: null, aide: 'Masse après / surface comptée, dans le scénario de politique des loyers ; un ensemble qu’il ne fixe pas garde son maximum' },
  { ...npl, valeur: 'ecartNpl', libelle: 'Écart au maximum du scénario', colonne: 'Écart scénario', titre: 'Maximum du scénario moins loyer, € par m²', cotes: auMaximum, aide: 'Maximum moyen du scénario, sur les logements qu’il compte, moins le loyer moyen des logements loués des mêmes ensembles' },
  { ...npl, valeur: 'hausseNpl', libelle: 'Scénario moins maximum actuel', colonne: 'Scén. − actuel', titre: 'Maximum du scénario moins celui d’aujourd’hui, € par m²', cotes: { sous: 'maximum abaissé', dessus: 'maximum gardé ou relevé', vert: 'sous' }, aide: '(Masse après − masse avant) / surface comptée, dans le scénario' },
  { ...part, valeur: 'vacance', libelle: 'Vacance', titre: 'Logements vacants, % des logements loués ou proposés', source: 'occupation.lire', aide: 'Vacants / loués ou proposés à la location' },
  { ...part, valeur: 'rotation', libelle: 'Rotation', titre: 'Rotation, % des logements offerts depuis plus d’un an', source: 'occupation.lire', aide: 'Baux de l’année précédente ou de l’année / logements loués ou proposés, offerts à la location auparavant' },
  { ...part, valeur: 'ressources', libelle: 'Ressources', titre: 'Ménages sous 60 % des plafonds PLUS, % des répondants', source: 'occupation.lire', aide: 'Ménages dont les ressources sont au plus à 60 % des plafonds du PLUS / répondants' },
  { valeur: 'serviceRendu', libelle: 'Service rendu', titre: 'Service rendu, résultat sur l’échelle de l’organisme', unite: '', decimales: 2, cotes: null, surface: false, source: 'serviceRendu.lire', aide: 'Résultat sur l’échelle de la grille de l’organisme (R445-3)' },
  { ...part, valeur: 'dpe', libelle: 'DPE F et G', titre: 'Logements classés F ou G, % de ceux dont le DPE est connu', source: 'etat.lire', aide: 'F et G / logements dont la classe est connue' },
  { ...part, valeur: 'qpv', libelle: 'En QPV', titre: 'Logements en QPV, % de ceux dont la situation est connue', source: 'ensembles.lister', aide: 'En QPV / logements dont la situation est connue' },
];

export type Surface = 'SH' | 'SU' | 'SC';
export const MOT_SURFACE: Readonly<Record<Surface, string>> = { SH: 'habitable', SU: 'utile', SC: 'corrigée' };

const PAR_CLE = new Map(MESURES.map((m) => [m.valeur, m]));

export function mesureDe(cle: Mesure): DefinitionMesure {
  const m = PAR_CLE.get(cle);
  if (m === undefined) throw new Error(`mesure inconnue : ${cle}`);
  return m;
}

/** Le scénario d'où viennent des chiffres, tel qu'il se dit. */
export type ScenarioNomme = { nom: string; annee: number };

/** « Maximum du scénario « A » (2026) moins loyer » : le scénario est nommé là où le texte d'une de ses mesures en parle. */
function nommerScenario(texte: string, cle: Mesure, scenario: ScenarioNomme | null): string {
  if (scenario === null || !isMesureNpl(cle)) return texte;
  return texte.replace(/scénario/iu, (mot) => `${mot} « ${scenario.nom} » (${scenario.annee})`);
}

/** Le libellé d'une mesure, son scénario nommé. */
export const libelleMesure = (cle: Mesure, scenario: ScenarioNomme | null = null): string => nommerScenario(mesureDe(cle).libelle, cle, scenario);

/** L'en-tête de sa colonne, unité comprise ; le nom d'un scénario y tient lieu du mot. */
export function colonneMesure(cle: Mesure, scenario: ScenarioNomme | null = null): string {
  const m = mesureDe(cle);
  const colonne = m.colonne ?? m.libelle;
  return [scenario === null || !isMesureNpl(cle) ? colonne : colonne.replace(/scénario|scén\./iu, () => `« ${scenario.nom} »`), m.unite].filter((t) => t !== '').join(' ');
}

/** Le titre d'une légende : la surface y est dite quand la valeur en dépend, et son scénario nommé. */
export function titreMesure(cle: Mesure, surface: Surface, scenario: ScenarioNomme | null = null): string {
  const m = mesureDe(cle);
  return nommerScenario(m.surface && m.unite === '€/m²' && !m.titre.includes('surface') ? `${m.titre} de surface ${MOT_SURFACE[surface]}` : m.titre, cle, scenario);
}

/** `4,25 €/m²`, `1 234 €`, `12,5 %` ; la demie s'éloigne de zéro, pour l'affichage seulement. */
export function formatMesure(valeur: number, mesure: Mesure, unite = true): string {
  const m = mesureDe(mesure);
  const texte = String(valeur);
  const ecrit = formatDecimal(texte.includes('e') ? valeur.toFixed(12) : texte, m.decimales).replace('-', '−');
  return unite && m.unite !== '' ? `${ecrit}\u00a0${m.unite}` : ecrit;
}

/** Le sujet d'explication d'une valeur : celui de sa source quand elle en a un ; `choix` : l'année des plafonds et le scénario montrés. */
export function sujetMesure(mesure: Mesure, maille: string, code: string, surface: string, choix: { annee?: number | null; scenario?: number | null } = {}): string | null {
  if (code === '') return null;
  switch (mesure) {
    case 'loyerM2':
    case 'loyerMaxM2':
    case 'ecartM2': return `loyers/${maille}/${code}/${surface}/${mesure}`;
    case 'serviceRendu': return `service-rendu/${maille}/${code}/resultat`;
    default: {
      const choisi = isMesureNpl(mesure) ? choix.scenario : mesure.startsWith('plafond') ? choix.annee : null;
      return `carte/${maille}/${code}/${surface}/${mesure}${choisi == null ? '' : `/${choisi}`}`;
    }
  }
}
