/**
 * Défauts des vrais fichiers, et ce que l'import doit en dire. Une ligne n'en porte jamais deux ; un défaut dont
 * la lecture prête à discussion n'est pas produit (espaces autour d'un code, zéro de tête perdu, guillemet ouvert).
 */
import type { Hasard } from './hasard.ts';
import { RANG } from './logements.ts';
import type { Logement } from './logements.ts';

export type CodeRejet = 'nombre-de-champs' | 'identifiant-absent' | 'doublon' | 'commune-inconnue' | 'sortie-invalide';
export type CodeRemarque =
  | 'commune-fusionnee' | 'code-inconnu' | 'surface-nulle' | 'loyer-superieur-au-maximum' | 'loyer-sans-locataire'
  | 'annees-incoherentes' | 'champs-supplementaires' | 'nombre-annonce' | 'siret-invalide';

export type Effet = { rejet?: CodeRejet; remarque?: CodeRemarque; supplement?: true };

type Defaut = {
  nom: string;
  poids: number;
  convient?: (l: Logement) => boolean;
  appliquer: (l: Logement, h: Hasard) => Effet;
};

const maximum = (l: Logement): number | null => l.faits.maximumCus ?? l.faits.maximumApl;
const ecrire = (l: Logement, rang: number, valeur: string): void => void (l.champs[rang] = valeur);

function codeInconnu(rang: number, valeur: string, oublier: (l: Logement) => void): Defaut['appliquer'] {
  return (l) => {
    ecrire(l, rang, valeur);
    oublier(l);
    return { remarque: 'code-inconnu' };
  };
}

const REJETS: Defaut[] = [
  {
    nom: 'ligne tronquée', poids: 6,
    appliquer: (l, h) => {
      l.champs.length = h.parmi([62, 62, 50, 40, 21, 5, 2]);
      return { rejet: 'nombre-de-champs' };
    },
  },
  {
    nom: 'sans identifiant', poids: 4,
    appliquer: (l, h) => {
      ecrire(l, RANG.IDENT_INT, h.chance(0.3) ? '""' : '');
      return { rejet: 'identifiant-absent' };
    },
  },
  {
    nom: 'ligne de séparateurs', poids: 1,
    appliquer: (l) => {
      l.champs.fill('');
      return { rejet: 'identifiant-absent' };
    },
  },
  {
    nom: 'commune inconnue', poids: 4,
    appliquer: (l, h) => {
      ecrire(l, RANG.DEPCOM, h.parmi(['99999', '13999', '00000', '']));
      return { rejet: 'commune-inconnue' };
    },
  },
  {
    nom: 'sortie invalide', poids: 4,
    appliquer: (l, h) => {
      ecrire(l, RANG.SORTIEPATRIM, h.parmi(['0', '6', '8', 'X']));
      return { rejet: 'sortie-invalide' };
    },
  },
];

const REMARQUES: Defaut[] = [
  { nom: 'QPV inconnu', poids: 4, appliquer: codeInconnu(RANG.QPV, '3', (l) => (l.faits.qpv = null)) },
  { nom: 'financement inconnu', poids: 4, appliquer: codeInconnu(RANG.FINAN, '77', (l) => (l.faits.finan = null)) },
  { nom: 'DPE inconnu', poids: 4, convient: (l) => l.faits.dpe !== null, appliquer: codeInconnu(RANG.DPEENERGIE, 'N', (l) => (l.faits.dpe = null)) },
  { nom: 'type inconnu', poids: 3, appliquer: codeInconnu(RANG.TYPECONST, 'X', (l) => (l.faits.type = null)) },
  { nom: 'mode inconnu', poids: 3, convient: (l) => l.faits.mode === 1, appliquer: codeInconnu(RANG.MODE, '7', (l) => (l.faits.mode = null)) },
  {
    nom: 'surface nulle', poids: 5,
    appliquer: (l) => {
      ecrire(l, RANG.SURFHAB, '0');
      l.faits.surface = null;
      return { remarque: 'surface-nulle' };
    },
  },
  {
    nom: 'loyer au-dessus du maximum', poids: 8, convient: (l) => l.faits.mode === 1 && maximum(l) !== null,
    appliquer: (l, h) => {
      l.faits.loyer = (maximum(l) ?? 0) + h.entier(1, 60);
      ecrire(l, RANG.LOYERPRINC, String(l.faits.loyer));
      return { remarque: 'loyer-superieur-au-maximum' };
    },
  },
  {
    nom: 'loyer sans locataire', poids: 6, convient: (l) => l.faits.mode === 2 || l.faits.mode === 3,
    appliquer: (l, h) => {
      l.faits.loyer = Math.min(maximum(l) ?? 900, h.entier(35, 60) + (l.faits.surface ?? 40) * 2);
      ecrire(l, RANG.LOYERPRINC, String(l.faits.loyer));
      return { remarque: 'loyer-sans-locataire' };
    },
  },
  {
    nom: 'entrée avant construction', poids: 5,
    appliquer: (l, h) => {
      ecrire(l, RANG.PATRIMOINE, String(l.faits.construction - h.entier(1, 9)));
      return { remarque: 'annees-incoherentes' };
    },
  },
];

/** Ce qui étonne et qu'il faut pourtant lire sans rien en dire. */
const PIEGES: Defaut[] = [
  {
    nom: 'champs en plus', poids: 5,
    appliquer: (l, h) => {
      if (h.chance(0.6)) l.champs.push('réclamation en cours');
      else l.champs.push('', '1', '01/2025', '', '', '142', '31', '2513E0000000A');
      return { supplement: true };
    },
  },
  {
    nom: 'financement vide', poids: 2,
    appliquer: (l) => {
      ecrire(l, RANG.FINAN, '');
      l.faits.finan = null;
      return {};
    },
  },
  {
    nom: 'QPV vide', poids: 2,
    appliquer: (l) => {
      ecrire(l, RANG.QPV, '');
      l.faits.qpv = null;
      return {};
    },
  },
  {
    nom: 'sortie vide', poids: 2, convient: (l) => l.faits.sortie === 9,
    appliquer: (l) => {
      ecrire(l, RANG.SORTIEPATRIM, '');
      l.faits.sortie = null;
      return {};
    },
  },
  {
    nom: 'loyer de 999 €, qui est un loyer', poids: 2, convient: (l) => l.faits.mode === 1,
    appliquer: (l) => {
      Object.assign(l.faits, { loyer: 999, maximumApl: null, maximumCus: null });
      ecrire(l, RANG.LOYERPRINC, '999');
      ecrire(l, RANG.LOYERMAXAPL, '');
      ecrire(l, RANG.LOYERMAXCUS, '');
      return {};
    },
  },
  {
    nom: 'surface sans objet', poids: 3, convient: (l) => l.faits.mode === 1,
    appliquer: (l) => {
      ecrire(l, RANG.SURFMODE, '999');
      l.faits.surfaceMode = null;
      return {};
    },
  },
  {
    nom: 'loyer au-dessus du maximum APL, sous celui de la CUS', poids: 2, convient: (l) => l.faits.mode === 1 && l.faits.loyer !== null && l.faits.loyer > 20,
    appliquer: (l) => {
      const loyer = l.faits.loyer ?? 0;
      Object.assign(l.faits, { maximumApl: loyer - 5, maximumCus: loyer + 10 });
      ecrire(l, RANG.LOYERMAXAPL, String(loyer - 5));
      ecrire(l, RANG.LOYERMAXCUS, String(loyer + 10));
      return {};
    },
  },
  {
    nom: 'guillemets au milieu d’un champ', poids: 2,
    appliquer: (l) => {
      ecrire(l, RANG.LIEUDIT, 'QUARTIER "LES PINS" NORD');
      return {};
    },
  },
];

const DEFAUTS = [...REJETS, ...REMARQUES, ...PIEGES];
const TIRAGE = DEFAUTS.map((d) => [d, d.poids] as const);
const CONVIENT_TOUJOURS = DEFAUTS.find((d) => d.nom === 'entrée avant construction');

/** Tire un défaut qui convient au logement et l'applique aux champs comme aux faits. */
export function salir(l: Logement, h: Hasard): Effet {
  for (let essai = 0; essai < 6; essai++) {
    const defaut = h.pondere(TIRAGE);
    if (!defaut.convient || defaut.convient(l)) return defaut.appliquer(l, h);
  }
  return CONVIENT_TOUJOURS?.appliquer(l, h) ?? {};
}

/** Un champ sur la ligne passe entre guillemets, comme le fait un tableur ; le sens ne change pas. */
export function mettreGuillemets(champs: string[], h: Hasard): void {
  const citer = (rang: number): void => {
    const valeur = champs[rang];
    if (valeur !== undefined && !valeur.includes('"')) champs[rang] = `"${valeur}"`;
  };
  const cas = h.entier(0, 3);
  if (cas === 0) citer(RANG.COMPLGEO);
  else if (cas === 1) citer(RANG.NOMVOIE);
  else if (cas === 2) citer(RANG.IDENT_INT);
  else if (champs.length > RANG.COMPLIDENT) champs[RANG.COMPLIDENT] = '"cave n° 12; dite ""du puits"", côté cour"';
}
