import { CODES } from './codes.ts';
import type { Codes } from './codes.ts';

/**
 * `code` : code fermé gardé en entier ; `lettre` : code fermé gardé en texte ; `surface` et `euros` :
 * gardés en centièmes ; `mois` : « AAAA-MM » ; `jour` : « AAAA-MM-JJ ».
 */
export type TypeChamp = 'texte' | 'code' | 'lettre' | 'annee' | 'surface' | 'euros' | 'mois' | 'jour';

export type Champ = {
  /** Rang dans la ligne, à partir de 1. */
  position: number;
  nom: string;
  /** Nom de la colonne dans le dossier. */
  colonne: string;
  libelle: string;
  type: TypeChamp;
  codes: Codes | null;
  /** Longueur des codes de ce champ : « 01 » n'est pas le code 1 d'un champ d'un caractère. */
  longueurCode: number;
  /** Valeur qui, dans ce champ seulement, veut dire « sans objet ». */
  sentinelle: string | null;
};

type Definition = readonly [nom: string, type: TypeChamp, libelle: string, sentinelle?: string];

/** L'ordre est celui de la ligne (arrêté du 5 janvier 2010) ; le 64e champ n'y est pas : sa place a changé en 2022. */
const DEFINITIONS: readonly Definition[] = [
  ['IDENT_REP', 'texte', 'Identifiant au répertoire'],
  ['IDENT_INT', 'texte', 'Identifiant du logement'],
  ['DROIT', 'code', 'Type de droit'],
  ['DEPCOM', 'texte', 'Commune déclarée (code Insee)'],
  ['CODEPOSTAL', 'texte', 'Code postal'],
  ['LIBCOM', 'texte', 'Commune (libellé déclaré)'],
  ['NUMVOIE', 'texte', 'Numéro de voie'],
  ['INDREP', 'texte', 'Indice de répétition'],
  ['TYPVOIE', 'texte', 'Type de voie'],
  ['NOMVOIE', 'texte', 'Nom de voie'],
  ['NUMAPPT', 'texte', 'Appartement'],
  ['NUMBOITE', 'texte', 'Boîte aux lettres'],
  ['ESC', 'texte', 'Escalier'],
  ['COULOIR', 'texte', 'Couloir'],
  ['ETAGE', 'texte', 'Étage'],
  ['COMPLIDENT', 'texte', 'Complément du logement'],
  ['ENTREE', 'texte', 'Entrée'],
  ['BAT', 'texte', 'Bâtiment'],
  ['IMMEU', 'texte', 'Immeuble'],
  ['COMPLGEO', 'texte', 'Programme'],
  ['LIEUDIT', 'texte', 'Lieudit'],
  ['QPV', 'code', 'En QPV'],
  ['TYPECONST', 'lettre', 'Type de construction'],
  ['NBPIECE', 'code', 'Nombre de pièces'],
  ['SURFHAB', 'surface', 'Surface habitable'],
  ['CONSTRUCT', 'annee', 'Année de construction'],
  ['LOCAT', 'annee', 'Première mise en location'],
  ['PATRIMOINE', 'annee', 'Entrée dans le patrimoine'],
  ['ORIGINE', 'code', 'Mode d’entrée dans le patrimoine'],
  ['RSEXPRO', 'texte', 'Précédent propriétaire'],
  ['SIRETEXPRO', 'texte', 'SIRET du précédent propriétaire'],
  ['FINAN', 'code', 'Financement initial'],
  ['FINANAUTRE', 'texte', 'Autre financement (libellé)'],
  ['CONV', 'code', 'Conventionné APL'],
  ['NUMCONV', 'texte', 'Numéro de convention APL'],
  ['DATCONV', 'jour', 'Date d’effet de la convention APL'],
  ['SORTIEPATRIM', 'code', 'Motif de sortie du patrimoine', '9'],
  ['OLDLOGT', 'code', 'Logement disparu, surface conservée'],
  ['NEWLOGT', 'code', 'Logement créé, surface déjà au patrimoine'],
  ['MODE', 'code', 'Mode d’occupation au 1er janvier', '9'],
  ['BAIL', 'mois', 'Prise d’effet du bail'],
  ['MODESURF', 'code', 'Mode de surface du loyer', '9'],
  ['SURFMODE', 'surface', 'Surface du loyer', '999'],
  ['LOYERPRINC', 'euros', 'Loyer principal', '9999'],
  ['LOYERACC', 'euros', 'Loyers accessoires', '999'],
  ['CONTRIB', 'euros', 'Contribution aux économies de charges', '999'],
  ['CUS', 'code', 'Plafond de ressources de la CUS'],
  ['DPEDATE', 'mois', 'Date du DPE', '01/1900'],
  ['DPEENERGIE', 'lettre', 'Classe énergie du DPE'],
  ['DPESERRE', 'lettre', 'Classe gaz à effet de serre du DPE'],
  ['SRU_EXPIR', 'annee', 'Année d’expiration (inventaire SRU)'],
  ['SRU_ALINEA', 'code', 'Alinéa SRU'],
  ['IDENTGES', 'texte', 'Organisme gestionnaire'],
  ['CODSEGPATRIM', 'texte', 'Segment du patrimoine (code)'],
  ['LIBSEGPATRIM', 'texte', 'Segment du patrimoine'],
  ['LOYERMAXAPL', 'euros', 'Loyer maximum de la convention APL'],
  ['LOYERMAXCUS', 'euros', 'Loyer maximum de la CUS'],
  ['QUALACQ', 'lettre', 'Acquéreur'],
  ['MISCOMMERCIAL', 'code', 'Mis en commercialisation'],
  ['PRIXVENTE', 'euros', 'Prix de vente'],
  ['PRODFIN', 'euros', 'Produit financier net'],
  ['REMLOCDATE', 'mois', 'Dernière remise en location'],
  ['CONTRESLOG', 'code', 'Contingent de réservation'],
];

/**
 * Champs que la ligne de la déclaration n'a pas et qu'un tableau peut donner : les coordonnées du fichier
 * national et des données ouvertes, gardées telles qu'écrites. Leur rang suit celui des champs de la ligne.
 */
const HORS_LIGNE: readonly Definition[] = [
  ['X', 'texte', 'Coordonnée X (ou longitude)'],
  ['Y', 'texte', 'Coordonnée Y (ou latitude)'],
  ['EPSG', 'texte', 'Système de coordonnées (code EPSG)'],
];

const codesDe = (nom: string): Codes | null => (CODES as Readonly<Record<string, Codes>>)[nom] ?? null;

function toChamp([nom, type, libelle, sentinelle]: Definition, position: number): Champ {
  const codes = codesDe(nom);
  return {
    position,
    nom,
    colonne: nom.toLowerCase(),
    libelle,
    type,
    codes,
    longueurCode: codes === null ? 0 : Object.keys(codes)[0]?.length ?? 0,
    sentinelle: sentinelle ?? null,
  };
}

/** Les 63 champs d'une ligne de logement, dans l'ordre. */
export const CHAMPS: readonly Champ[] = DEFINITIONS.map((d, i) => toChamp(d, i + 1));

export const NOMBRE_CHAMPS = CHAMPS.length;

/** Les coordonnées qu'un tableau peut donner : X, Y, EPSG. Elles ne se comprennent qu'ensemble. */
export const CHAMPS_COORDONNEES: readonly Champ[] = HORS_LIGNE.map((d, i) => toChamp(d, NOMBRE_CHAMPS + i + 1));

/** Tout ce qu'un logement du dossier garde d'un fichier. */
export const CHAMPS_GARDES: readonly Champ[] = [...CHAMPS, ...CHAMPS_COORDONNEES];

/** Colonnes du dossier, dans l'ordre des champs gardés. */
export const COLONNES: readonly string[] = CHAMPS_GARDES.map((c) => c.colonne);

const parNom = new Map(CHAMPS_GARDES.map((c) => [c.nom, c]));
const parColonne = new Map(CHAMPS_GARDES.map((c) => [c.colonne, c]));

export const findChamp = (nom: string): Champ | null => parNom.get(nom) ?? null;
export const findChampColonne = (colonne: string): Champ | null => parColonne.get(colonne) ?? null;

/** Rang (à partir de 0) d'un champ dans un tableau de valeurs ; le nom doit exister. */
export function rang(nom: string): number {
  const champ = parNom.get(nom);
  if (champ === undefined) throw new Error(`champ RPLS inconnu : ${nom}`);
  return champ.position - 1;
}

/** Champs sans lesquels une ligne ne peut pas être un logement. */
export const CHAMPS_OBLIGATOIRES: readonly string[] = ['IDENT_INT', 'DEPCOM'];
