import { normaliser } from '../ensembles/cle.ts';
import { CHAMPS_GARDES } from './champs.ts';

/** Titres de colonnes rencontrés dans les exports des organismes (normalisés), par champ. */
const SYNONYMES: Readonly<Record<string, readonly string[]>> = {
  IDENT_REP: ['identifiant rpls', 'identifiant repertoire', 'numero rpls', 'n rpls', 'id rpls'],
  IDENT_INT: ['ref ug', 'reference ug', 'code ug', 'ref unique', 'reference unique', 'identifiant', 'id', 'reference', 'reference logement', 'ref logement', 'numero logement', 'n logement', 'code logement', 'identifiant interne', 'ug', 'unite de gestion', 'numero ug', 'module', 'code module', 'lot', 'numero lot', 'esi', 'code esi', 'identifiant du logement', 'designation des logements', 'designation du logement'],
  DEPCOM: ['insee', 'code insee', 'code commune', 'commune insee', 'code insee commune', 'insee commune'],
  CODEPOSTAL: ['code postal', 'cp'],
  LIBCOM: ['commune', 'ville', 'nom commune', 'libelle commune', 'nom de la commune'],
  NUMVOIE: ['numero', 'numero de voie', 'numero voie', 'n voie', 'n', 'n de voie', 'n rue', 'numero rue'],
  INDREP: ['indice', 'indice de repetition', 'bis ter', 'indice repetition'],
  TYPVOIE: ['type de voie', 'type voie', 'nature voie'],
  NOMVOIE: ['voie', 'rue', 'nom de voie', 'nom voie', 'libelle voie', 'adresse', 'nom de la voie', 'adresse logement'],
  NUMAPPT: ['appartement', 'numero appartement', 'n appartement', 'appt', 'porte'],
  ESC: ['escalier', 'cage'],
  ETAGE: ['etage', 'niveau'],
  ENTREE: ['entree', 'hall'],
  BAT: ['batiment', 'bat'],
  IMMEU: ['immeuble'],
  COMPLGEO: ['programme', 'residence', 'nom res', 'nom resid', 'nom programme', 'nom du programme', 'nom residence', 'groupe', 'groupe immobilier', 'operation', 'nom de la residence', 'ensemble immobilier'],
  LIEUDIT: ['lieu dit', 'lieudit'],
  QPV: ['qpv', 'en qpv', 'quartier prioritaire', 'situe en qpv'],
  TYPECONST: ['type de construction', 'type construction', 'type batiment', 'collectif individuel', 'nature construction'],
  NBPIECE: ['pieces', 'nombre de pieces', 'nb pieces', 'nb piece', 'nb p', 'nombre pieces', 'typologie'],
  SURFHAB: ['surface habitable', 'surface', 'sh', 'shab', 'surf hab', 'surface hab', 'surface habitable m2'],
  CONSTRUCT: ['annee de construction', 'an constr', 'annee constr', 'an construction', 'annee construction', 'construction', 'date de construction', 'annee d achevement', 'annee achevement'],
  LOCAT: ['premiere mise en location', 'annee de mise en location', 'mise en location', '1ere mise en location'],
  PATRIMOINE: ['entree dans le patrimoine', 'annee d entree dans le patrimoine', 'entree patrimoine'],
  FINAN: ['financement', 'pret', 'type de pret', 'pret initial', 'type de financement', 'financement initial', 'mode de financement', 'code financement', 'type financement'],
  CONV: ['conventionne', 'conventionne apl', 'apl'],
  NUMCONV: ['numero de convention', 'n convention', 'numero convention', 'convention', 'convention apl'],
  DATCONV: ['date de convention', 'date convention', 'date d effet de la convention'],
  SORTIEPATRIM: ['sortie', 'motif de sortie', 'sortie du patrimoine', 'motif sortie'],
  MODE: ['mode d occupation', 'occupation', 'statut d occupation', 'statut', 'etat d occupation'],
  BAIL: ['date du bail', 'date bail', 'debut du bail', 'date d effet du bail', 'date d entree'],
  MODESURF: ['mode de surface', 'type de surface', 'nature de surface'],
  SURFMODE: ['surface du loyer', 'surface utile', 'surface corrigee', 'surface de calcul'],
  LOYERPRINC: ['loyer', 'quittance hors charges', 'loyer quittance', 'loyer quittance hors charges', 'loyer principal', 'loyer mensuel', 'loyer hors charges', 'loyer hc', 'loyer net'],
  LOYERACC: ['loyer accessoire', 'loyers accessoires', 'loyer annexe'],
  CUS: ['plafond', 'plafond de ressources', 'plafond cus', 'categorie de plafond'],
  DPEDATE: ['date dpe', 'date du dpe'],
  DPEENERGIE: ['dpe', 'etiquette', 'classe energie', 'etiquette energie', 'classe dpe', 'etiquette dpe', 'dpe energie'],
  DPESERRE: ['ges', 'classe ges', 'etiquette ges', 'dpe ges'],
  CODSEGPATRIM: ['code segment', 'segment code'],
  LIBSEGPATRIM: ['segment', 'libelle segment', 'segment de patrimoine'],
  LOYERMAXAPL: ['loyer maximum', 'loyer max', 'loyer maximum apl', 'loyer plafond', 'loyer max convention', 'loyer maximum convention', 'loyer max apl', 'loyer maximum du logement', 'loyer maximum du logement en'],
  LOYERMAXCUS: ['loyer maximum cus', 'loyer max cus'],
  CONTRESLOG: ['contingent', 'reservataire', 'contingent de reservation'],
  X: ['coordonnee x', 'coord x', 'x lambert', 'x lambert 93', 'x l93', 'longitude', 'lon', 'lng'],
  Y: ['coordonnee y', 'coord y', 'y lambert', 'y lambert 93', 'y l93', 'latitude', 'lat'],
  EPSG: ['code epsg', 'systeme de coordonnees', 'projection', 'srid'],
};

const parTitre = new Map<string, string>();
for (const champ of CHAMPS_GARDES) {
  for (const titre of [champ.nom, champ.libelle, ...(SYNONYMES[champ.nom] ?? [])]) {
    const cle = normaliser(titre);
    if (!parTitre.has(cle)) parTitre.set(cle, champ.nom);
  }
}

/** Champ RPLS qu'un titre de colonne nomme ; `null` si aucun ne s'impose. */
export function champDuTitre(titre: string): string | null {
  const cle = normaliser(titre);
  return parTitre.get(cle) ?? parTitre.get(normaliser(titre.replace(/\([^)]*\)/g, ''))) ?? null;
}

/** Ce que les tableaux écrivent à la place des codes, quand le libellé officiel n'est pas le leur. */
export const VALEURS_USUELLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  QPV: { O: '1', N: '2', VRAI: '1', FAUX: '2' },
  CONV: { O: '1', N: '2', VRAI: '1', FAUX: '2' },
  MISCOMMERCIAL: { O: '1', N: '2', VRAI: '1', FAUX: '2' },
  TYPECONST: { Collectif: 'C', Coll: 'C', Appartement: 'C', Individuel: 'I', Indiv: 'I', Maison: 'I', Pavillon: 'I', 'Étudiant': 'E' },
  NBPIECE: { T1: '1', T1bis: '1', T2: '2', T3: '3', T4: '4', T5: '5', T6: '6', T7: '7', F1: '1', F2: '2', F3: '3', F4: '4', F5: '5', F6: '6', F7: '7' },
  FINAN: { PLAI: '10', PLAI_ADP: '10', LLTS: '10', LLTSA: '10', PLUS: '13', PLUS_CD: '13', LLS: '13', PLS_DOM: '14', PLS: '14', PLI: '16', PLA: '12', PAP: '15', PCL: '17', HBM: '50', PLR: '51', PSR: '51', HLMO: '52', ILM: '53', ILN: '54' },
  CUS: { PLAI: '11', PLUS: '13', PLS: '14', PLI: '16' },
  MODE: { 'Loué': '1', Vacant: '2' },
  MODESURF: { SU: '1', 'Surface utile': '1', SC: '2', 'Surface corrigée': '2', SH: '3', SHAB: '3', 'Surface habitable': '3' },
};
