import { codeDuLibelle } from '../../../shared/domain/rpls/cellule.ts';
import type { Illisible } from '../../../shared/domain/tableaux/illisibles.ts';
import { findNature } from '../../../shared/domain/tableaux/natures.ts';
import type { Analyse, Profil } from './importation.ts';

export type Brouillon = Omit<Profil, 'version' | 'type'>;

const ENCODAGES = ['windows-1252', 'utf-8', 'utf-16le', 'utf-16be', 'auto'] as const;
export const LIBELLE_ENCODAGE: Record<(typeof ENCODAGES)[number], string> = {
  auto: 'Reconnu à la lecture', 'utf-8': 'UTF-8', 'windows-1252': 'Windows (1252)', 'utf-16le': 'UTF-16 LE', 'utf-16be': 'UTF-16 BE',
};
export const encodageDe = (texte: string): Profil['encodage'] => ENCODAGES.find((e) => e === texte) ?? 'auto';

/** Le point de départ : le profil retrouvé, sinon ce que l'analyse propose colonne par colonne. */
export function brouillonDe(analyse: Analyse): Brouillon {
  if (analyse.profil) {
    const { version: _version, type: _type, ...profil } = analyse.profil;
    return profil;
  }
  return {
    entete: analyse.entete,
    notes: 0,
    constantes: {},
    separateur: analyse.separateur,
    encodage: encodageDe(analyse.encodage),
    ...(analyse.feuille === null ? {} : { feuille: analyse.feuille }),
    colonnes: Object.fromEntries(analyse.colonnes.flatMap((c) => (c.cible === null ? [] : [[c.nom, c.cible]]))),
    valeurs: {},
  };
}

export function profilDe(analyse: Analyse, brouillon: Brouillon): Profil {
  return { version: 1, type: typeDe(analyse), ...brouillon };
}

/** La nature du tableau ; une déclaration n'a pas de correspondances. */
const typeDe = ({ type }: Analyse): Profil['type'] => (type === 'rpls' ? 'logements' : type);

export type Format = Partial<Pick<Brouillon, 'entete' | 'separateur' | 'encodage' | 'feuille'>>;

/** Ce qu'il faut dire au service pour relire le fichier avec ce format. */
export function formatDe(analyse: Analyse, b: Brouillon): Format {
  return analyse.feuilles.length > 0
    ? { entete: b.entete, ...(b.feuille === undefined ? {} : { feuille: b.feuille }) }
    : { entete: b.entete, separateur: b.separateur, encodage: b.encodage };
}

/** Après une relecture sous un autre format : ce qui a été décidé d'une colonne encore là est gardé. */
export function reprendre(avant: Analyse, b: Brouillon, apres: Analyse, format: Format): Brouillon {
  const anciennes = new Set(avant.colonnes.map((c) => c.nom));
  const propose = brouillonDe(apres);
  const colonnes = apres.colonnes.flatMap(({ nom }) => {
    const cible = anciennes.has(nom) ? b.colonnes[nom] : propose.colonnes[nom];
    return cible === undefined ? [] : [[nom, cible] as const];
  });
  return { ...propose, ...format, colonnes: Object.fromEntries(colonnes), valeurs: { ...propose.valeurs, ...b.valeurs } };
}

/** Désigne le champ d'une colonne ; vide : la colonne est laissée de côté. Un champ n'a qu'une colonne. */
export function designer(b: Brouillon, colonne: string, cible: string): Brouillon {
  const autres = Object.entries(b.colonnes).filter(([nom, c]) => nom !== colonne && c !== cible);
  // Le mode de surface se tenait du titre de sa colonne : une autre colonne ne le dit plus.
  const surface = b.colonnes[colonne] === 'SURFMODE' || cible === 'SURFMODE' || cible === 'MODESURF';
  const { MODESURF: _mode, ...constantes } = b.constantes;
  return { ...b, constantes: surface ? constantes : b.constantes, colonnes: Object.fromEntries(cible === '' ? autres : [...autres, [colonne, cible]]) };
}

/** Dit ce que veut dire une valeur du fichier ; vide : elle n'est pas traduite. */
export function traduire(b: Brouillon, champ: string, valeur: string, code: string): Brouillon {
  const { [valeur]: _ancien, ...autres } = b.valeurs[champ] ?? {};
  return { ...b, valeurs: { ...b.valeurs, [champ]: code === '' ? autres : { ...autres, [valeur]: code } } };
}

export type ATraduire = { champ: string; libelle: string; valeur: string; code: string; codes: Record<string, string>; /** Lignes qui la portent, quand l'essai l'a comptée. */ nombre?: number };

/** Les valeurs que le champ ne connaît pas telles quelles : vues en exemple, déjà traduites, ou signalées à la lecture. */
export function valeursATraduire(analyse: Analyse, b: Brouillon, signalees: Record<string, string[]>, comptees: readonly Illisible[] = []): ATraduire[] {
  const nature = analyse.type === 'rpls' ? null : findNature(analyse.type);
  return analyse.colonnes.flatMap((colonne) => {
    const champ = b.colonnes[colonne.nom];
    const cible = analyse.cibles.find((c) => c.nom === champ);
    if (champ === undefined || !cible?.codes) return [];
    const { codes, libelle } = cible;
    const traduites = b.valeurs[champ] ?? {};
    const vues = new Set([...Object.keys(traduites), ...(signalees[champ] ?? []), ...comptees.flatMap((c) => (c.champ === champ ? [c.valeur] : [])), ...colonne.exemple.map((e) => e.trim())]);
    return [...vues]
      // Un libellé écrit en toutes lettres se reconnaît seul.
      .filter((v) => v !== '' && (traduites[v] !== undefined || (codes[v] === undefined && codeDuLibelle(cible, v) === undefined && nature?.comprend(champ, v) !== true)))
      .map((valeur) => {
        const nombre = comptees.find((c) => c.champ === champ && c.valeur === valeur)?.nombre;
        return { champ, libelle, valeur, code: traduites[valeur] ?? '', codes, ...(nombre === undefined ? {} : { nombre }) };
      });
  });
}

/** Champs sans lesquels rien ne peut être importé, et qu'aucune colonne ne donne. */
export function manquants(analyse: Analyse, b: Brouillon): string[] {
  const donnes = new Set(Object.values(b.colonnes));
  const libelle = (nom: string | undefined): string => analyse.cibles.find((c) => c.nom === nom)?.libelle ?? nom ?? '';
  return analyse.exigences.filter((groupe) => !groupe.some((c) => donnes.has(c))).map((groupe) => libelle(groupe[0]));
}
