import type { Sortie } from '../../shared/contract.ts';
import { AGES, classeDe, decennieDe, LIBELLE_PERIODE_DPE, MOIS_METHODE_DPE, periodeDpe, PERIODES_DPE, SURFACES_HABITABLES } from '../../shared/domain/rpls/classes.ts';
import { CHAMPS_GARDES } from '../../shared/domain/rpls/champs.ts';
import type { TypeChamp } from '../../shared/domain/rpls/champs.ts';
import { FAMILLE_DE_FINAN, FAMILLES, LIBELLE_FAMILLE } from '../../shared/domain/rpls/familles.ts';
import { ECARTS } from '../../shared/domain/qpv/ecarts.ts';
import { epciInfo, findCommune, nomDepartement, nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { identifiantPublic, listOrigines, sirenParDeclaration } from '../store/origines.ts';
import { listCommunes } from '../store/logements.ts';
import { COLONNES_OCCUPATION } from './occupation-colonnes.ts';
import type { ColonneSql, LigneTerritoire } from '../store/selection.ts';
import { sqlSituation } from '../store/situations.ts';
import type { Origine } from '../store/situations.ts';
import { repertoireDe } from './qpv/registre.ts';
import { lecteurSituations } from './qpv/situations.ts';

export type Colonne = Sortie<'logements.colonnes'>['colonnes'][number];

const GROUPES: Record<string, string[]> = {
  Financement: ['finan', 'finanautre', 'conv', 'numconv', 'datconv', 'cus', 'codsegpatrim', 'libsegpatrim', 'contreslog', 'sru_expir', 'sru_alinea'],
  Énergie: ['dpedate', 'dpeenergie', 'dpeserre'],
  Loyers: ['modesurf', 'surfmode', 'loyerprinc', 'loyeracc', 'contrib', 'loyermaxapl', 'loyermaxcus'],
  Occupation: ['mode', 'bail', 'remlocdate'],
  Situation: ['x', 'y', 'epsg'],
  Mouvements: ['sortiepatrim', 'oldlogt', 'newlogt', 'qualacq', 'miscommercial', 'prixvente', 'prodfin', 'origine', 'rsexpro', 'siretexpro'],
};
const TYPES: Record<TypeChamp, Colonne['type']> = {
  texte: 'texte', code: 'code', lettre: 'code', annee: 'nombre', surface: 'surface', euros: 'euros', mois: 'mois', jour: 'jour',
};

const groupeDe = (colonne: string): string => Object.entries(GROUPES).find(([, noms]) => noms.includes(colonne))?.[0] ?? 'Identité';

/** Colonnes du fichier, plus la commune d'aujourd'hui et l'ensemble. */
const DECLAREES: readonly Colonne[] = [
  { nom: 'ident_int', libelle: 'Identifiant', groupe: 'Identité', type: 'texte' },
  { nom: 'nom_commune', libelle: 'Commune', groupe: 'Identité', type: 'texte' },
  { nom: 'commune', libelle: 'Commune (code)', groupe: 'Identité', type: 'texte' },
  { nom: 'nom_ensemble', libelle: 'Ensemble immobilier', groupe: 'Identité', type: 'texte' },
  { nom: 'code_ensemble', libelle: 'Ensemble (code)', groupe: 'Identité', type: 'texte' },
  ...CHAMPS_GARDES.filter((c) => c.nom !== 'IDENT_INT').map((c): Colonne => ({
    nom: c.colonne, libelle: c.libelle, groupe: groupeDe(c.colonne), type: TYPES[c.type], ...(c.codes === null ? {} : { codes: { ...c.codes } }),
  })),
];

/** L'inconnu n'est pas une famille : c'est l'absence de valeur, comme partout. */
const FAMILLES_CONNUES = Object.fromEntries(FAMILLES.filter((f) => f !== 'INCONNU').map((f) => [f, LIBELLE_FAMILLE[f]]));

const libelles = (classes: readonly { cle: string; libelle: string }[]): Record<string, string> => Object.fromEntries(classes.map((c) => [c.cle, c.libelle]));

const LIBELLE_ORIGINE: Record<Origine, string> = {
  fichier: 'Coordonnées du fichier', ban: 'Adresse de la BAN', repere: 'Repère posé', voie: 'Voie (approchée)', commune: 'Commune (approchée)', departement: 'Département (approchée)', aucune: 'Aucune',
};

type Territoires = Record<'epci' | 'departement' | 'region', Record<string, string>>;

function derivees(noms: Territoires): Colonne[] {
  const derivee = (nom: string, libelle: string, groupe: string, codes: Record<string, string>): Colonne => ({ nom, libelle, groupe, type: 'code', codes, derivee: true });
  return [
    derivee('epci', 'EPCI', 'Identité', noms.epci),
    derivee('departement', 'Département', 'Identité', noms.departement),
    derivee('region', 'Région', 'Identité', noms.region),
    derivee('age', 'Classe d’âge (proposée)', 'Identité', libelles(AGES)),
    { nom: 'decennie', libelle: 'Décennie de construction', groupe: 'Identité', type: 'nombre', derivee: true },
    derivee('taille', 'Classe de surface (proposée)', 'Identité', libelles(SURFACES_HABITABLES)),
    derivee('famille', 'Famille de financement (proposée)', 'Financement', FAMILLES_CONNUES),
    derivee('dpe_periode', 'Méthode du DPE', 'Énergie', LIBELLE_PERIODE_DPE),
    derivee('position', 'Position sur la carte', 'Situation', LIBELLE_ORIGINE),
    { nom: 'qpv_contour', libelle: 'QPV d’après les contours', groupe: 'Situation', type: 'texte', derivee: true },
    { nom: VENTE.nom, libelle: 'Plan de mise en vente', groupe: 'Mouvements', type: 'texte', derivee: true },
    derivee('qpv_ecart', 'Déclaré et contours de QPV', 'Situation', Object.fromEntries(ECARTS.map((e) => [e.ecart, e.libelle]))),
  ];
}

/** Colonnes de la table des logements : celles du fichier, puis celles que l'application en tire. */
export function listColonnes(base: Base): Colonne[] {
  const noms: Territoires = { epci: {}, departement: {}, region: {} };
  for (const code of listCommunes(base)) {
    const c = findCommune(code);
    if (c === null) continue;
    noms.departement[c.departement] ??= nomDepartement(c.departement) ?? c.departement;
    noms.region[c.region] ??= nomTerritoire(`reg-${c.region}`);
    if (c.epci !== null) noms.epci[c.epci] ??= epciInfo(c.epci)?.nom ?? c.epci;
  }
  const [identifiant, ...autres] = DECLAREES;
  const repris = listOrigines(base);
  const organisme = [readChamp(base, 'organisme/siren') ?? '', readChamp(base, 'organisme/nom') ?? ''];
  const origine: Colonne[] = repris.length === 0 ? [] : [{ ...ORIGINE, codes: Object.fromEntries([organisme, ...repris.map((o) => [o.siren, o.nom])]) }];
  return [...(identifiant === undefined ? [] : [identifiant]), ...origine, ...autres, ...derivees(noms)];
}

/** `CASE` qui rend la clé de la classe, des mêmes bornes que `classeDe`. */
const sqlClasses = (colonne: string, classes: typeof AGES): string =>
  `(CASE WHEN ${colonne} IS NULL THEN NULL ${classes.map((c) => (c.a === null ? `ELSE '${c.cle}'` : `WHEN ${colonne} <= ${c.a} THEN '${c.cle}'`)).join(' ')} END)`;
const sqlFamille = `(CASE ${FAMILLES.flatMap((f) => {
  const codes = Object.keys(FAMILLE_DE_FINAN).filter((c) => FAMILLE_DE_FINAN[c] === f);
  return codes.length === 0 ? [] : [`WHEN l.finan IN (${codes.join(', ')}) THEN '${f}'`];
}).join(' ')} END)`;
/** L'ordre des clés est celui de la liste : trier par rang, non par texte. */
const parRang = (sql: string, cles: readonly string[]): string => `(CASE ${sql} ${cles.map((c, i) => `WHEN '${c}' THEN ${i}`).join(' ')} END)`;

const sqlAge = sqlClasses('l.construct', AGES);
const sqlTaille = sqlClasses('l.surfhab', SURFACES_HABITABLES);
const sqlPeriode = `(CASE WHEN l.dpeenergie IS NULL THEN NULL WHEN l.dpedate IS NULL THEN '${PERIODES_DPE[2]}' WHEN l.dpedate < '${MOIS_METHODE_DPE}' THEN '${PERIODES_DPE[0]}' ELSE '${PERIODES_DPE[1]}' END)`;

// Le bailleur d'origine se filtre par SIREN, celui de l'organisme compris.
const ORIGINE: Colonne = { nom: 'organisme_origine', libelle: 'Origine', groupe: 'Identité', type: 'code' };
const SIREN_REPRIS = '(SELECT o.siren FROM declaration d JOIN origine o ON o.id = d.origine WHERE d.id = l.declaration)';

// Année de mise en vente d'un logement du plan, ou « sans année » ; rien : il n'y est pas.
const VENTE = {
  nom: 'plan_vente',
  sql: "(SELECT coalesce(CAST(v.annee AS TEXT), 'sans année') FROM vente v WHERE v.origine = (SELECT coalesce(d.origine, 0) FROM declaration d WHERE d.id = l.declaration) AND v.ident_int = l.ident_int)",
  numerique: false,
} as const;

/** Ce qu'un filtre, un tri ou un groupe peut nommer. */
export const SQL: ReadonlyMap<string, ColonneSql> = new Map(
  (
    [
      // On cherche l'identifiant montré : `SIREN:IDENT_INT` pour un bailleur repris.
      { nom: 'ident_int', sql: `(coalesce(${SIREN_REPRIS} || ':', '') || l.ident_int)`, tri: 'l.ident_int', numerique: false },
      { nom: ORIGINE.nom, sql: `coalesce(${SIREN_REPRIS}, (SELECT valeur FROM champ WHERE nom = 'organisme/siren'))`, numerique: false },
      { nom: 'commune', sql: 'l.commune', numerique: false },
      { nom: 'nom_commune', sql: 't.nom', tri: 't.rang', numerique: false, jointure: 't' },
      { nom: 'nom_ensemble', sql: 'e.nom', numerique: false, jointure: 'e' },
      { nom: 'code_ensemble', sql: 'e.code', numerique: false, jointure: 'e' },
      // Hors du fichier : ce que les compteurs et les territoires ouvrent.
      { nom: 'parc', sql: "(CASE WHEN l.sortiepatrim IS NULL OR l.sortiepatrim = 9 THEN 'oui' ELSE 'non' END)", numerique: false },
      { nom: 'departement', sql: 't.departement', numerique: false, jointure: 't' },
      { nom: 'region', sql: 't.region', numerique: false, jointure: 't' },
      { nom: 'epci', sql: 't.epci', numerique: false, jointure: 't' },
      { nom: 'age', sql: sqlAge, tri: parRang(sqlAge, AGES.map((c) => c.cle)), numerique: false },
      { nom: 'decennie', sql: '(max(l.construct, 1900) / 10 * 10)', numerique: true },
      { nom: 'taille', sql: sqlTaille, tri: parRang(sqlTaille, SURFACES_HABITABLES.map((c) => c.cle)), numerique: false },
      { nom: 'famille', sql: sqlFamille, tri: parRang(sqlFamille, FAMILLES), numerique: false },
      { nom: 'dpe_periode', sql: sqlPeriode, numerique: false },
      ...COLONNES_OCCUPATION,
      VENTE,
      { nom: 'position', sql: sqlSituation.origine, numerique: false, jointure: 's' },
      { nom: 'qpv_contour', sql: sqlSituation.quartier, numerique: false, jointure: 's' },
      { nom: 'qpv_ecart', sql: sqlSituation.ecart, numerique: false, jointure: 's' },
      ...CHAMPS_GARDES.filter((c) => c.nom !== 'IDENT_INT').map((c) => ({
        nom: c.colonne, sql: `l.${c.colonne}`, numerique: ['code', 'annee', 'surface', 'euros'].includes(c.type),
        facteur: c.type === 'surface' || c.type === 'euros' ? 100 : 1,
      })),
    ] satisfies ColonneSql[]
  ).map((c: ColonneSql) => [c.nom, c]),
);

/** Les communes du dossier et leurs territoires, pour les colonnes qui en dépendent. */
export function readTerritoires(base: Base): LigneTerritoire[] {
  const collateur = new Intl.Collator('fr');
  return listCommunes(base)
    .flatMap((code) => findCommune(code) ?? [])
    .sort((a, b) => collateur.compare(a.nom, b.nom) || (a.code < b.code ? -1 : 1))
    .map(({ code, nom, departement, region, epci }, rang) => ({ code, nom, rang, departement, region, epci }));
}

type Ligne = Record<string, string | number | null>;
const CENTIEMES = CHAMPS_GARDES.filter((c) => c.type === 'surface' || c.type === 'euros').map((c) => c.colonne);
const nombreDe = (v: string | number | null | undefined): number | null => (typeof v === 'number' ? v : null);
const texteDe = (v: string | number | null | undefined): string | null => (typeof v === 'string' ? v : null);

/** De quoi montrer une ligne lue du dossier : unités (euros, m²), identifiant public, colonnes dérivées. */
export function lecteurLignes(base: Base): (l: Ligne) => Ligne {
  const identifiant = identifiantPublic(base);
  const sirens = sirenParDeclaration(base);
  const organisme = readChamp(base, 'organisme/siren');
  const situer = lecteurSituations(base, repertoireDe(base));
  const vente = base.prepare<[number], string | null>(`SELECT ${VENTE.sql} FROM logement l WHERE l.id = ?`).pluck();
  return (l) => {
    const declaration = Number(l['declaration']);
    const siren = sirens.get(declaration) ?? null;
    const texte = (nom: string): string | null => texteDe(l[nom]);
    const situation = situer({
      id: Number(l['id']), parc: 0, siren, ident: String(l['ident_int']), codeEnsemble: String(l['code_ensemble']), commune: String(l['commune']), depcom: String(l['depcom']),
      numvoie: texte('numvoie'), indrep: texte('indrep'), typvoie: texte('typvoie'), nomvoie: texte('nomvoie'), x: texte('x'), y: texte('y'), epsg: texte('epsg'), qpv: nombreDe(l['qpv']),
    });
    return { ...toLigne(l), ...situation, [VENTE.nom]: vente.get(Number(l['id'])) ?? null, ident_int: identifiant(declaration, String(l['ident_int'])), [ORIGINE.nom]: siren ?? organisme };
  };
}

function toLigne(l: Ligne): Ligne {
  const commune = findCommune(texteDe(l['commune']) ?? '');
  const [finan, construct, surfhab] = [nombreDe(l['finan']), nombreDe(l['construct']), nombreDe(l['surfhab'])];
  const ligne: Ligne = {
    ...l,
    nom_commune: commune?.nom ?? texteDe(l['commune']),
    epci: commune?.epci ?? null,
    departement: commune?.departement ?? null,
    region: commune?.region ?? null,
    age: classeDe(AGES, construct),
    decennie: construct === null ? null : decennieDe(construct),
    taille: classeDe(SURFACES_HABITABLES, surfhab),
    famille: FAMILLE_DE_FINAN[String(finan)] ?? null,
    dpe_periode: periodeDpe(texteDe(l['dpeenergie']), texteDe(l['dpedate'])),
  };
  for (const colonne of CENTIEMES) {
    const v = ligne[colonne];
    if (typeof v === 'number') ligne[colonne] = v / 100;
  }
  return ligne;
}
