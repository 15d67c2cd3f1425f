import type { Indicateur, Millesime, Ventilation } from '../../millesimes/types.ts';
import { findIndicateur } from '../../millesimes/index.ts';
import { isDateIso } from '../calendrier/dates.ts';
import { formatChamp } from './champ.ts';

export type TerritoireNomme = { code: string; nom: string };

/** Collectivité identifiée par le préfet ; sans `indicateurs`, pour tous ceux que la loi y décline. */
export type TerritoireDemande = TerritoireNomme & { indicateurs?: readonly string[] };

/** Indicateur de R445-5-1 demandé, avec les territoires que le préfet identifie. */
export type IndicateurDemande = { code: string; territoires: readonly TerritoireNomme[] };

export type EntreeMatrice = {
  millesime: Millesime;
  /** Date ISO ; sans elle il n'y a ni année ni ligne. */
  dateEffet: string | null;
  /** Nom de l'organisme, pour les lignes à son échelle. */
  organisme: string;
  territoires: {
    /** Départements où se trouve le parc. */
    departements: readonly TerritoireNomme[];
    /** EPCI et EPT retenus pour PS-1. */
    epciPs1: readonly TerritoireNomme[];
    /** Régions où se trouve le parc. */
    regions?: readonly TerritoireNomme[];
    demandes: readonly TerritoireDemande[];
    /** Listes décidées par l'organisme ou demandées par le préfet, par champ du millésime. */
    listes?: Readonly<Record<string, readonly TerritoireNomme[]>>;
  };
  /** Tableaux que la convention porte ; absent : tous. */
  tables?: ReadonlySet<string>;
  indicateursDemandes: readonly IndicateurDemande[];
  /** Vrai où le parc, connu, n'a pas de logement ; absent : rien n'en est su. */
  sansStock?: (territoire: string) => boolean;
};

export type CelluleMatrice = {
  champ: string;
  horizon: string;
  /** La loi demande une valeur à cet horizon (exigée ou permise). */
  ouvert: boolean;
  obligatoire: boolean;
};

export type LigneMatrice = {
  /** `PS-2/dep-13/hors-qpv` */
  id: string;
  indicateur: Indicateur;
  territoire: TerritoireNomme;
  /** Vrai pour le découpage de la loi, faux pour une collectivité demandée, qui le recouvre. */
  base: boolean;
  /** Le préfet y demande l'indicateur, nommément. */
  nomme: boolean;
  /** Aucune cible n'y est exigée : l'article ne l'y décline pas sans immeuble, et le préfet n'y nomme pas l'indicateur. */
  dispensee: boolean;
  ventilation: Ventilation;
  champReference: string;
  /** Une cellule par colonne, dans le même ordre. */
  cellules: readonly CelluleMatrice[];
};

export type Colonne = { horizon: string; libelle: string; genre: 'annee' | 'cumul' };

export type Matrice = {
  millesime: Millesime;
  premiereAnnee: number | null;
  colonnes: readonly Colonne[];
  lignes: readonly LigneMatrice[];
  /** Cellule et ligne de chaque champ ouvert. */
  index: ReadonlyMap<string, { ligne: LigneMatrice; cellule: CelluleMatrice }>;
  /** Indicateurs demandés que le millésime ne connaît pas. */
  indicateursInconnus: readonly string[];
};

/** Première année civile des engagements : celle de la date d'effet, quel qu'en soit le jour. */
export function premiereAnnee(dateEffet: string | null): number | null {
  return dateEffet !== null && isDateIso(dateEffet) ? Number(dateEffet.slice(0, 4)) : null;
}

/** `2026-2031` ; vide sans date d'effet. */
export function formatPeriode(millesime: Millesime, dateEffet: string | null): string {
  const annee = premiereAnnee(dateEffet);
  return annee === null ? '' : `${annee}-${annee + millesime.dureeAnnees - 1}`;
}

function buildColonnes(millesime: Millesime, annee: number): Colonne[] {
  const annees = Array.from({ length: millesime.dureeAnnees }, (_, i): Colonne => {
    const a = String(annee + i);
    return { horizon: a, libelle: a, genre: 'annee' };
  });
  const cumuls = millesime.horizons.map((h): Colonne => ({
    horizon: h.code,
    libelle: `${h.libelle} (fin ${annee + h.annees - 1})`,
    genre: 'cumul',
  }));
  return [...annees, ...cumuls];
}

/** Collectivités du troisième alinéa de L445-1 que le préfet identifie pour tous les indicateurs qui s'y déclinent. */
const CHAMP_DEMANDES = 'options/territoires-demandes';

/** `nomme` : le préfet demande cet indicateur, nommément, dans ce territoire. `identifie` : une collectivité de `surDemande`. */
type TerritoireLigne = { territoire: TerritoireNomme; base: boolean; nomme: boolean; identifie?: true };

function territoiresDe(entree: EntreeMatrice, indicateur: Indicateur, demande: IndicateurDemande | undefined): TerritoireLigne[] {
  const organisme = { territoire: { code: 'organisme', nom: entree.organisme }, base: true, nomme: false };
  const base = (liste: readonly TerritoireNomme[]): TerritoireLigne[] =>
    liste.map(({ code, nom }) => ({ territoire: { code, nom }, base: true, nomme: false }));
  const regle = indicateur.territoires;
  const decides = regle.champ === null ? undefined : entree.territoires.listes?.[regle.champ];
  const lignes: TerritoireLigne[] =
    regle.base === 'organisme'
      ? [organisme]
      : regle.base !== 'epci-ps1' && decides !== undefined
        ? base(decides)
        : regle.base === 'regions'
          ? base(entree.territoires.regions ?? [])
        : regle.base === 'epci-ps1'
        ? base(entree.territoires.epciPs1)
        : regle.base === 'departements'
          ? base(entree.territoires.departements)
          : // R445-5-1 : sans territoire identifié par le préfet, l'engagement est pris par l'organisme entier.
            demande !== undefined && demande.territoires.length > 0
            ? demande.territoires.map((t) => ({ territoire: { code: t.code, nom: t.nom }, base: t.code.startsWith('dep-'), nomme: true }))
            : [organisme];
  if (regle.surDemande !== null) {
    const demandes: readonly TerritoireDemande[] = regle.surDemande === CHAMP_DEMANDES ? entree.territoires.demandes : (entree.territoires.listes?.[regle.surDemande] ?? []);
    for (const d of demandes) {
      if (d.indicateurs === undefined || d.indicateurs.includes(indicateur.code)) {
        lignes.push({ territoire: { code: d.code, nom: d.nom }, base: false, nomme: d.indicateurs !== undefined, identifie: true });
      }
    }
  }
  const vus = new Set<string>();
  return lignes.filter(({ territoire }) => !vus.has(territoire.code) && vus.add(territoire.code).size > 0);
}

/**
 * R445-5 ne décline un indicateur à l'échelle d'une collectivité que le préfet identifie que « lorsque la convention est
 * relative à des immeubles situés sur leur territoire ». La clause ne dit rien des départements ni des territoires de PS-1 :
 * tout y reste exigé. Les tableaux qui ne portent pas sur le parc importé (foyers, accession) ne sont pas jugés d'après lui.
 */
function isDispensee({ millesime, sansStock }: EntreeMatrice, indicateur: Indicateur, { territoire, nomme, identifie }: TerritoireLigne): boolean {
  const surParc = millesime.tables.find((t) => t.code === indicateur.table)?.surParc ?? false;
  return indicateur.territoires.sansImmeuble !== null && identifie === true && surParc && !nomme && territoire.code !== 'organisme' && (sansStock?.(territoire.code) ?? false);
}

function buildLigne(indicateur: Indicateur, { territoire, base, nomme }: TerritoireLigne, dispensee: boolean, ventilation: Ventilation, colonnes: readonly Colonne[]): LigneMatrice {
  const commun = { indicateur: indicateur.code, territoire: territoire.code, ventilation: ventilation.code };
  const genre = indicateur.periodicite === 'annuelle' ? 'annee' : 'cumul';
  return {
    id: `${indicateur.code}/${territoire.code}/${ventilation.code}`,
    indicateur,
    territoire,
    base,
    nomme,
    dispensee,
    ventilation,
    champReference: formatChamp({ genre: 'reference', ...commun }),
    cellules: colonnes.map((c) => ({
      champ: formatChamp({ genre: 'engagement', ...commun, horizon: c.horizon }),
      horizon: c.horizon,
      ouvert: c.genre === genre,
      obligatoire: c.genre === genre && ventilation.obligatoire && !dispensee,
    })),
  };
}

/**
 * La matrice des engagements (R445-5, R445-5-1) : une ligne par indicateur, territoire et ventilation,
 * dans l'ordre du millésime ; une colonne par année civile puis par horizon. Les indicateurs de
 * R445-5-1 n'y sont que s'ils sont demandés.
 */
export function buildMatrice(entree: EntreeMatrice): Matrice {
  const { millesime } = entree;
  const annee = premiereAnnee(entree.dateEffet);
  const demandes = new Map<string, IndicateurDemande>();
  const inconnus: string[] = [];
  for (const d of entree.indicateursDemandes) {
    const indicateur = findIndicateur(millesime, d.code);
    if (indicateur === undefined) inconnus.push(d.code);
    else demandes.set(indicateur.code, d);
  }
  const colonnes = annee === null ? [] : buildColonnes(millesime, annee);
  const lignes: LigneMatrice[] = [];
  const index = new Map<string, { ligne: LigneMatrice; cellule: CelluleMatrice }>();
  for (const indicateur of annee === null ? [] : millesime.indicateurs) {
    const demande = demandes.get(indicateur.code);
    if (!indicateur.obligatoire && demande === undefined) continue;
    if (entree.tables !== undefined && !entree.tables.has(indicateur.table)) continue;
    for (const territoire of territoiresDe(entree, indicateur, demande)) {
      const dispensee = isDispensee(entree, indicateur, territoire);
      for (const ventilation of indicateur.ventilations) {
        const ligne = buildLigne(indicateur, territoire, dispensee, ventilation, colonnes);
        lignes.push(ligne);
        for (const cellule of ligne.cellules) if (cellule.ouvert) index.set(cellule.champ, { ligne, cellule });
      }
    }
  }
  return { millesime, premiereAnnee: annee, colonnes, lignes, index, indicateursInconnus: inconnus };
}

/** `PS-2, Bouches-du-Rhône, 2027, dont part hors QPV` */
export function formatCellule(matrice: Matrice, champ: string): string {
  const trouve = matrice.index.get(champ);
  if (trouve === undefined) return champ;
  const { ligne, cellule } = trouve;
  const colonne = matrice.colonnes.find((c) => c.horizon === cellule.horizon);
  const horizon = colonne?.genre === 'cumul' ? `à ${matrice.millesime.horizons.find((h) => h.code === cellule.horizon)?.libelle}` : cellule.horizon;
  return formatLigne(ligne, horizon);
}

export function formatLigne(ligne: LigneMatrice, horizon?: string): string {
  const parties = [ligne.indicateur.code, ligne.territoire.nom];
  if (horizon !== undefined) parties.push(horizon);
  const { ventilation, indicateur } = ligne;
  if (ventilation.accompagnement !== null || indicateur.ventilations.filter((v) => v.accompagnement === null).length > 1) parties.push(ventilation.libelle);
  return parties.join(', ');
}
