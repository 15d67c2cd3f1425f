import type { Faits } from './logements.ts';
import type { CodeRejet, CodeRemarque } from './salete.ts';

export type Surface = 'SH' | 'SU' | 'SC';
export type Comptes = Record<string, number>;
/** Logements loués (MODE 1) du parc avec loyer et surface de cette sorte. Sommes en m² et en € par mois. */
export type TotauxLoyers = {
  loues: number;
  surface: number;
  loyer: number;
  /** Sur ceux qui ont un maximum (LOYERMAXCUS, sinon LOYERMAXAPL). */
  avecMaximum: number;
  surfaceAvecMaximum: number;
  loyerAvecMaximum: number;
  maximum: number;
};

/** Ce que l'import du fichier doit trouver, à l'unité près. Les comptes nuls sont absents des tables. */
export type Totaux = {
  lignes: number;
  acceptees: number;
  rejetees: number;
  /** Lignes acceptées portant au moins une remarque de ligne ; les remarques de fichier n'en font pas partie. */
  signalees: number;
  rejets: Partial<Record<CodeRejet, number>>;
  /** `champs-supplementaires`, `nombre-annonce`, `siret-invalide` : une par fichier. */
  remarques: Partial<Record<CodeRemarque, number>>;
  /** Lignes acceptées au parc (SORTIEPATRIM 9 ou vide) ; toutes les tables qui suivent ne portent que sur lui. */
  parc: number;
  sortis: number;
  qpv: number;
  horsQpv: number;
  qpvInconnu: number;
  financements: Comptes;
  familles: Comptes;
  dpe: Comptes;
  annees: Comptes;
  types: Comptes;
  pieces: Comptes;
  communes: Comptes;
  epci: Comptes;
  departements: Comptes;
  loyers: Record<Surface, TotauxLoyers>;
};

/** Familles de financement (convention de l'application, pas un texte). */
export function familleDe(finan: number | null): string {
  if (finan === null) return 'INCONNU';
  if (finan === 10 || finan === 11) return 'PLAI';
  if (finan === 12 || finan === 13) return 'PLUS';
  if (finan === 14) return 'PLS';
  if (finan === 16) return 'PLI';
  return finan === 15 || finan === 17 || finan === 49 ? 'AUTRE' : 'AVANT_1977';
}

const ajouter = (comptes: Comptes, cle: string | number): void => void (comptes[cle] = (comptes[cle] ?? 0) + 1);
const loyersVides = (): TotauxLoyers => ({ loues: 0, surface: 0, loyer: 0, avecMaximum: 0, surfaceAvecMaximum: 0, loyerAvecMaximum: 0, maximum: 0 });

export function totauxVides(): Totaux {
  return {
    lignes: 0, acceptees: 0, rejetees: 0, signalees: 0, rejets: {}, remarques: {}, parc: 0, sortis: 0, qpv: 0, horsQpv: 0, qpvInconnu: 0,
    financements: {}, familles: {}, dpe: {}, annees: {}, types: {}, pieces: {}, communes: {}, epci: {}, departements: {},
    loyers: { SH: loyersVides(), SU: loyersVides(), SC: loyersVides() },
  };
}

function compterLoyer(t: TotauxLoyers, surface: number, f: Faits): void {
  const loyer = f.loyer ?? 0;
  t.loues++;
  t.surface += surface;
  t.loyer += loyer;
  const maximum = f.maximumCus ?? f.maximumApl;
  if (maximum === null) return;
  t.avecMaximum++;
  t.surfaceAvecMaximum += surface;
  t.loyerAvecMaximum += loyer;
  t.maximum += maximum;
}

export function compterRejet(t: Totaux, code: CodeRejet): void {
  t.lignes++;
  t.rejetees++;
  t.rejets[code] = (t.rejets[code] ?? 0) + 1;
}

export function compterRemarque(t: Totaux, code: CodeRemarque): void {
  t.remarques[code] = (t.remarques[code] ?? 0) + 1;
}

export function compterAccepte(t: Totaux, f: Faits, remarques: readonly CodeRemarque[]): void {
  t.lignes++;
  t.acceptees++;
  if (remarques.length > 0) t.signalees++;
  for (const code of remarques) compterRemarque(t, code);
  if (f.sortie !== null && f.sortie !== 9) {
    t.sortis++;
    return;
  }
  t.parc++;
  if (f.qpv === 1) t.qpv++;
  else if (f.qpv === 2) t.horsQpv++;
  else t.qpvInconnu++;
  ajouter(t.financements, f.finan ?? 'inconnu');
  ajouter(t.familles, familleDe(f.finan));
  ajouter(t.dpe, f.dpe ?? 'inconnu');
  ajouter(t.annees, f.construction);
  ajouter(t.types, f.type ?? 'inconnu');
  ajouter(t.pieces, f.pieces);
  ajouter(t.communes, f.commune);
  if (f.epci !== null) ajouter(t.epci, f.epci);
  ajouter(t.departements, f.departement);
  if (f.mode !== 1 || f.loyer === null) return;
  if (f.surface !== null) compterLoyer(t.loyers.SH, f.surface, f);
  if (f.surfaceMode === null) return;
  if (f.modeSurface === 1) compterLoyer(t.loyers.SU, f.surfaceMode, f);
  else if (f.modeSurface === 2) compterLoyer(t.loyers.SC, f.surfaceMode, f);
}
