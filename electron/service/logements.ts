import type { Sortie } from '../../shared/contract.ts';
import { CHAMPS_GARDES } from '../../shared/domain/rpls/champs.ts';
import type { TypeChamp } from '../../shared/domain/rpls/champs.ts';
import { invalide } from '../../shared/erreurs.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readLogements, selectIds, sumSelection } from '../store/logements.ts';
import type { ColonneSql, Filtre, Totaux, Tri } from '../store/logements.ts';
import type { Contexte, Handlers } from './contexte.ts';

type Colonne = Sortie<'logements.colonnes'>['colonnes'][number];

const GROUPES: Record<string, string[]> = {
  Financement: ['finan', 'finanautre', 'conv', 'numconv', 'datconv', 'cus', 'codsegpatrim', 'libsegpatrim', 'contreslog', 'sru_expir', 'sru_alinea'],
  Énergie: ['dpedate', 'dpeenergie', 'dpeserre'],
  Loyers: ['modesurf', 'surfmode', 'loyerprinc', 'loyeracc', 'contrib', 'loyermaxapl', 'loyermaxcus'],
  Occupation: ['mode', 'bail', 'remlocdate'],
  Mouvements: ['sortiepatrim', 'oldlogt', 'newlogt', 'qualacq', 'miscommercial', 'prixvente', 'prodfin', 'origine', 'rsexpro', 'siretexpro'],
};
const TYPES: Record<TypeChamp, Colonne['type']> = {
  texte: 'texte', code: 'code', lettre: 'code', annee: 'nombre', surface: 'surface', euros: 'euros', mois: 'texte', jour: 'texte',
};

const groupeDe = (colonne: string): string => Object.entries(GROUPES).find(([, noms]) => noms.includes(colonne))?.[0] ?? 'Identité';

/** Colonnes de la table des logements : les champs du RPLS, la commune d'aujourd'hui et l'ensemble. */
const COLONNES: Colonne[] = [
  { nom: 'ident_int', libelle: 'Identifiant', groupe: 'Identité', type: 'texte' },
  { nom: 'nom_commune', libelle: 'Commune', groupe: 'Identité', type: 'texte' },
  { nom: 'commune', libelle: 'Commune (code)', groupe: 'Identité', type: 'texte' },
  { nom: 'nom_ensemble', libelle: 'Ensemble immobilier', groupe: 'Identité', type: 'texte' },
  { nom: 'code_ensemble', libelle: 'Ensemble (code)', groupe: 'Identité', type: 'texte' },
  ...CHAMPS_GARDES.filter((c) => c.nom !== 'IDENT_INT').map((c): Colonne => ({
    nom: c.colonne, libelle: c.libelle, groupe: groupeDe(c.colonne), type: TYPES[c.type], ...(c.codes === null ? {} : { codes: { ...c.codes } }),
  })),
];

const SQL: ReadonlyMap<string, ColonneSql> = new Map(
  [
    { nom: 'ident_int', sql: 'l.ident_int', numerique: false },
    { nom: 'commune', sql: 'l.commune', numerique: false },
    // Trier par code range les communes par département ; le nom s'affiche.
    { nom: 'nom_commune', sql: 'l.commune', numerique: false },
    { nom: 'nom_ensemble', sql: 'e.nom', numerique: false },
    { nom: 'code_ensemble', sql: 'e.code', numerique: false },
    // Hors du fichier : ce que les compteurs et les territoires ouvrent.
    { nom: 'parc', sql: "(CASE WHEN l.sortiepatrim IS NULL OR l.sortiepatrim = 9 THEN 'oui' ELSE 'non' END)", numerique: false },
    { nom: 'departement', sql: "(CASE WHEN substr(l.commune, 1, 2) IN ('97', '98') THEN substr(l.commune, 1, 3) ELSE substr(l.commune, 1, 2) END)", numerique: false },
    ...CHAMPS_GARDES.filter((c) => c.nom !== 'IDENT_INT').map((c) => ({
      nom: c.colonne, sql: `l.${c.colonne}`, numerique: ['code', 'annee', 'surface', 'euros'].includes(c.type),
      facteur: c.type === 'surface' || c.type === 'euros' ? 100 : 1,
    })),
  ].map((c) => [c.nom, c]),
);

const CENTIEMES = CHAMPS_GARDES.filter((c) => c.type === 'surface' || c.type === 'euros').map((c) => c.colonne);

type Selection = { cle: string; ids: Int32Array; totaux: Totaux };

/** La sélection triée, refaite seulement quand le filtre, le tri ou les logements changent. */
function select(contexte: Contexte, base: Base, filtres: Filtre[], tri: Tri | undefined): Selection {
  const version = base.prepare<[], string>("SELECT coalesce((SELECT max(id) FROM operation), 0) || ';' || coalesce((SELECT max(id) FROM import), 0)").pluck().get() ?? '';
  const cle = JSON.stringify([version, filtres, tri ?? null]);
  const gardee = contexte.session.get('logements') as Selection | undefined;
  if (gardee?.cle === cle) return gardee;
  const selection = { cle, ids: selectIds(base, filtres, tri, SQL), totaux: sumSelection(base, filtres, SQL) };
  contexte.session.set('logements', selection);
  return selection;
}

export const handlers = {
  'logements.colonnes': () => ({ colonnes: COLONNES }),

  'logements.page': (contexte, { decalage, nombre, tri, filtres }) => {
    const { base } = contexte.dossier();
    for (const nom of [...filtres.map((f) => f.colonne), ...(tri === undefined ? [] : [tri.colonne])]) {
      if (!SQL.has(nom)) throw invalide('colonne-inconnue', `La colonne « ${nom} » n’existe pas.`, 'Choisir une colonne de la table des logements.');
    }
    const propres = filtres.map(({ colonne, valeurs, contient }) => ({
      colonne, ...(valeurs === undefined ? {} : { valeurs }), ...(contient === undefined ? {} : { contient }),
    }));
    const { ids, totaux } = select(contexte, base, propres, tri);
    const lignes = readLogements(base, ids.subarray(decalage, decalage + nombre)).map((l) => {
      for (const colonne of CENTIEMES) {
        const v = l[colonne];
        if (typeof v === 'number') l[colonne] = v / 100;
      }
      return { ...l, nom_commune: nomTerritoire(`com-${String(l['commune'])}`) };
    });
    return {
      total: ids.length,
      lignes,
      totaux: { ...totaux, surfaceHabitable: totaux.surfaceHabitable / 100, loyerMensuel: totaux.loyerMensuel / 100 },
    };
  },
} satisfies Partial<Handlers>;
