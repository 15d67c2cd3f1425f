import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { DESACCORDS, ECARTS } from '../../shared/domain/qpv/ecarts.ts';
import type { Ecart } from '../../shared/domain/qpv/ecarts.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';

const PARC = { colonne: 'parc', valeurs: ['oui'] };
const SURES = 'position sûre (coordonnées du fichier, adresse exacte de la BAN, repère posé)';

const FORMULES: Record<Ecart, string> = {
  accord: `Champ 22 (QPV) et contour disent la même chose, pour les logements du parc de ${SURES}`,
  'oui-dehors': `Champ 22 à « oui », ${SURES} hors de tous les contours`,
  'non-dedans': `Champ 22 à « non », ${SURES} dans un contour ou sur sa limite`,
  'inconnu-dedans': `Champ 22 absent ou illisible, ${SURES} dans un contour ou sur sa limite`,
  'inconnu-dehors': `Champ 22 absent ou illisible, ${SURES} hors de tous les contours`,
  'sans-position': 'Aucune position sûre : une voie, une commune ou un département ne décident pas d’un quartier',
  'sans-contour': 'Aucun quartier du fichier chargé dans le département : rien n’en est conclu',
};

const POSITIONS: Record<string, string> = {
  fichier: 'X, Y et EPSG du fichier importé, convertis en longitude et latitude ; écartés s’ils sont hors de France, ou à plus de 40 km du centre de la commune déclarée (250 km en Guyane ; seuils proposés par Atelier CUS)',
  ban: 'Numéro, voie et commune trouvés exactement dans l’extrait de la BAN chargé',
  repere: 'Repère posé à la main sur le logement ou sur son ensemble, faute de mieux',
  voie: 'La voie est dans la BAN, pas ce numéro : un point de la voie, approché',
  commune: 'Centre de la commune d’aujourd’hui, approché',
  departement: 'Centre du département, faute de celui de la commune, approché',
  aucune: 'Ni coordonnées, ni adresse, ni centre connu',
};

/** D'où vient un compte de la comparaison avec les contours, ou d'une position (R445-3). */
export async function explainQpv(contexte: Contexte, sujet: string): Promise<Fond> {
  const etat = await contexte.appeler('qpv.etat', {});
  const [, genre = '', cle = ''] = sujet.split('/');
  const contours = etat.contours.find((c) => c.generation === etat.generation);
  const incertitude = contours === undefined ? '' : `Contours de ${contours.generation}, fichier « ${contours.nom} » chargé sur cet ordinateur. Le déclaré n’est jamais changé par la comparaison.`;
  const fond = (titre: string, n: number, formule: string, filtre: { colonne: string; valeurs: string[] }): Fond => ({
    titre, valeur: formatEntier(n), formule: `${formule}.`, articles: ['R445-3'], sources: [{ libelle: 'Logements du parc', nombre: n, filtres: [PARC, filtre] }], incertitude,
  });
  const { ecarts } = etat;
  const connu = ECARTS.find((e) => e.ecart === cle);
  if (genre === 'ecart' && connu !== undefined && ecarts !== null) return fond(connu.libelle, ecarts[connu.ecart], FORMULES[connu.ecart], { colonne: 'qpv_ecart', valeurs: [connu.ecart] });
  if (genre === 'desaccords' && ecarts !== null) {
    const n = DESACCORDS.reduce((s, e) => s + ecarts[e], 0);
    return fond('QPV déclaré en désaccord avec les contours', n, `Déclarés en QPV hors des contours, ou non déclarés en QPV dans un contour, ${SURES}`, { colonne: 'qpv_ecart', valeurs: [...DESACCORDS] });
  }
  const n = Object.entries(etat.positions).find(([o]) => o === cle)?.[1];
  const formule = POSITIONS[cle];
  if (genre === 'position' && n !== undefined && formule !== undefined) return fond('Position des logements', n, formule, { colonne: 'position', valeurs: [cle] });
  throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre des QPV.`, 'Choisir un chiffre de l’écran.');
}
