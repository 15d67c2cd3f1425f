import { hasard } from './hasard.ts';
import type { Batiment, Programme } from './programmes.ts';
import { SEGMENTS } from './vocabulaire.ts';

/** Rangs (depuis 0) des positions du RPLS que la démonstration retouche. */
export const RANG = {
  IDENT_INT: 1, DEPCOM: 3, NOMVOIE: 8 + 1, COMPLIDENT: 15, COMPLGEO: 19, LIEUDIT: 20, QPV: 21, TYPECONST: 22, SURFHAB: 24,
  PATRIMOINE: 27, FINAN: 31, SORTIEPATRIM: 36, MODE: 39, BAIL: 40, SURFMODE: 42, LOYERPRINC: 43, DPEDATE: 47, DPEENERGIE: 48,
  LOYERMAXAPL: 55, LOYERMAXCUS: 56,
} as const;

/** Ce que la ligne veut dire, su avant d'être écrit : c'est de là que sortent les totaux attendus. */
export type Faits = {
  ident: string;
  /** Commune d'aujourd'hui. */
  commune: string;
  epci: string | null;
  departement: string;
  /** null ou 9 : au parc ; 1 à 5 : sorti. */
  sortie: number | null;
  qpv: 1 | 2 | null;
  finan: number | null;
  dpe: string | null;
  type: 'C' | 'I' | 'E' | null;
  pieces: number;
  construction: number;
  mode: number | null;
  /** m² habitables ; null : inconnue. */
  surface: number | null;
  modeSurface: number | null;
  surfaceMode: number | null;
  /** € par mois. */
  loyer: number | null;
  maximumApl: number | null;
  maximumCus: number | null;
};

export type Logement = { faits: Faits; champs: string[] };

const CLASSES = 'ABCDEFG';
/** Prix relatifs au PLUS. */
const NIVEAU: Record<number, number> = { 10: 0.88, 11: 0.9, 12: 0.98, 13: 1, 14: 1.42, 15: 1.2, 16: 1.75, 17: 1.35, 49: 1.05 };
const texte = (n: number | null, absent = ''): string => (n === null ? absent : String(n));

type Occupation = { mode: number; sortie: number; bail: string; loue: boolean };

function occupationDe(h: ReturnType<typeof hasard>, programme: Programme, annee: number): Occupation {
  if (h.chance(0.008)) return { mode: 9, sortie: h.pondere([[1, 4], [2, 2], [3, 2], [4, 3], [5, 1]] as const), bail: '', loue: false };
  const mode = h.pondere([[1, 93], [2, 3.5], [3, 2], [4, 0.8], [5, 0.7]] as const);
  const occupe = mode === 1 || mode >= 4;
  const debut = Math.min(annee - 1, Math.max(programme.entree, annee - Math.ceil(26 * h.reel() ** 1.6)));
  const bail = occupe ? `${String(h.entier(1, 12)).padStart(2, '0')}/${debut}` : '';
  return { mode, sortie: 9, bail, loue: mode === 1 || (mode >= 4 && h.chance(0.5)) };
}

function loyersDe(h: ReturnType<typeof hasard>, programme: Programme, finan: number, surface: number): { surfaceMode: number; loyer: number; apl: number | null; cus: number | null } {
  const rapport = programme.modeSurface === 1 ? 1.04 + h.reel() * 0.08 : programme.modeSurface === 2 ? 1.45 + h.reel() * 0.4 : 1;
  const surfaceMode = Math.min(998, Math.round(surface * rapport));
  const base = surface * programme.prix * (NIVEAU[finan] ?? 0.85) * (1 + Math.max(0, 45 - surface) / 150);
  const loyer = Math.max(40, Math.round(base * (0.9 + h.reel() * 0.12)));
  const apl = programme.maximumApl ? Math.max(loyer, Math.round(base * 1.05)) : null;
  const cus = programme.maximumCus ? Math.max(loyer, Math.round(base * 1.03)) : null;
  return { surfaceMode, loyer, apl, cus };
}

function adresse(b: Batiment, rang: number, individuel: boolean): string[] {
  const escalier = individuel ? '' : String(1 + (rang % 2));
  return [b.numero, b.repetition, b.typeVoie, b.voie, individuel ? '' : String(rang + 1), individuel ? '' : String(100 + rang), escalier, '', individuel ? '' : String(Math.floor(rang / 4) % 9)];
}

/** Logement `rang` du programme ; `index` : rang chez le bailleur. Propre, cohérent, aux codes documentés. */
export function genererLogement(graine: number, programme: Programme, rang: number, index: number, annee: number, siren: string): Logement {
  const h = hasard(graine, 2, programme.numero, rang);
  const { lieu, batiments } = programme;
  const batiment = batiments[Math.min(batiments.length - 1, Math.floor((rang * batiments.length) / programme.taille))];
  if (!batiment) throw new Error('programme sans bâtiment');
  const individuel = programme.typeConstruction === 'I';
  const finan = h.pondere(programme.financements);
  const pieces = programme.typeConstruction === 'E' ? 1 : h.pondere([[1, 6], [2, 20], [3, 36], [4, 27], [5, 9], [6, 1.8], [9, 0.2]] as const) + (individuel ? 1 : 0);
  const nbPieces = Math.min(9, pieces);
  const surface = Math.min(998, 14 + 15 * nbPieces + h.entier(-4, 12));
  const o = occupationDe(h, programme, annee);
  const sorti = o.mode === 9;
  const l = loyersDe(h, programme, finan, surface);
  const classe = programme.dateDpe === null || h.chance(0.02) ? null : (CLASSES[Math.max(0, Math.min(6, programme.classeDpe + h.entier(-1, 1)))] ?? null);
  const faits: Faits = {
    ident: `P${String(programme.numero).padStart(5, '0')}-L${String(rang + 1).padStart(3, '0')}`,
    commune: lieu.commune.code,
    epci: lieu.commune.epci,
    departement: lieu.commune.departement,
    sortie: o.sortie,
    qpv: batiment.qpv,
    finan,
    dpe: classe,
    type: programme.typeConstruction,
    pieces: nbPieces,
    construction: programme.construction,
    mode: sorti ? null : o.mode,
    surface,
    modeSurface: sorti ? null : programme.modeSurface,
    surfaceMode: sorti ? null : l.surfaceMode,
    loyer: o.loue ? l.loyer : null,
    maximumApl: sorti ? null : l.apl,
    maximumCus: sorti ? null : l.cus,
  };
  const locatif = finan === 10 || finan === 11 ? '11' : finan === 14 ? '14' : finan === 16 ? '16' : '13';
  const champs = [
    `F${String(index + 1).padStart(9, '0')}`, faits.ident, h.chance(0.96) ? '1' : h.parmi(['2', '3', '4', '5']), lieu.depcom, lieu.codePostal, programme.libelleCommune,
    ...adresse(batiment, rang, individuel), '', individuel ? '' : h.parmi(['A', 'B', '']), batiment.nom, '', programme.nom, '',
    texte(faits.qpv), programme.typeConstruction, String(nbPieces), String(surface),
    String(programme.construction), String(programme.entree), String(programme.entree), String(programme.origine), '', '',
    String(finan), finan === 49 || finan === 99 ? 'Autre' : '', programme.conventionne ? '1' : '2', programme.numeroConvention, programme.dateConvention,
    String(o.sortie), '', '', String(o.mode), o.bail,
    texte(faits.modeSurface, '9'), texte(faits.surfaceMode, '999'), texte(faits.loyer, '9999'), o.loue && h.chance(0.2) ? String(h.entier(5, 60)) : '999', '999',
    programme.maximumCus ? locatif : '', classe === null ? '01/1900' : (programme.dateDpe ?? '01/1900'), classe ?? '', classe ?? '',
    '', '', siren, `S${programme.segment + 1}`, SEGMENTS[programme.segment] ?? '', texte(faits.maximumApl), texte(faits.maximumCus),
    sorti ? '05' : '', sorti ? '1' : '2', sorti ? String(h.entier(60_000, 190_000)) : '', sorti ? String(h.entier(10_000, 90_000)) : '',
    o.mode === 2 ? `${String(h.entier(1, 12)).padStart(2, '0')}/${annee - 1}` : '', String(h.entier(1, 7)),
  ];
  return { faits, champs };
}
