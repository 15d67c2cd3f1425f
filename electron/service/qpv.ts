import { extname, resolve } from 'node:path';
import type { FeatureCollection } from 'geojson';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { accord, pluriel } from '../../shared/domain/nombres/accord.ts';
import { normaliserVoie } from '../../shared/domain/positions/adresse.ts';
import { repondre } from '../../shared/domain/positions/ban.ts';
import { zonesDe } from '../../shared/domain/positions/zones.ts';
import { DESACCORDS, ECARTS } from '../../shared/domain/qpv/ecarts.ts';
import { departementDuCode } from '../../shared/domain/qpv/generations.ts';
import { invalide } from '../../shared/erreurs.ts';
import { findCommune, resolveDepcom } from '../../shared/territoires/index.ts';
import { csvLine } from '../documents/csv.ts';
import type { Base } from '../store/base.ts';
import { deleteRepere, findLogement, findRepere, readAdresses, writeAdresses, writeChoix, writeRepere } from '../store/positions.ts';
import type { AdresseSituee, Objet } from '../store/positions.ts';
import { countEcarts, countOrigines, groupEcarts, readLignesEcarts } from '../store/situations.ts';
import type { LigneEcart } from '../store/situations.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import { keepBan, keepContours, listContours, loadContours, removeBan, removeContours, withBan } from './qpv/gardes.ts';
import { adressesDuParc, ensureSituations } from './qpv/situations.ts';
import type { Situations } from './qpv/situations.ts';

type Ecarts = NonNullable<Sortie<'qpv.etat'>['ecarts']>;
type Positions = Sortie<'qpv.etat'>['positions'];
type Groupe = Sortie<'qpv.ecarts'>['lignes'][number];
type Ligne = Sortie<'qpv.lignes'>['lignes'][number];

const TOUTES = 1_000_000_000;
const aucunEcart = (): Ecarts => ({ 'oui-dehors': 0, 'non-dedans': 0, 'inconnu-dedans': 0, 'inconnu-dehors': 0, 'sans-position': 0, 'sans-contour': 0, accord: 0 });
const situer = (contexte: Contexte): Situations => ensureSituations(contexte.dossier().base, contexte.repertoireDonnees);
const par = (contexte: Contexte) => ({ quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur });

function readPositions(base: Base, objet: Objet | null = null, cle = ''): Positions {
  const positions: Positions = { fichier: 0, ban: 0, repere: 0, voie: 0, commune: 0, departement: 0, aucune: 0 };
  for (const { origine, logements } of countOrigines(base, objet, cle)) positions[origine] += logements;
  return positions;
}

/** Comptes de la comparaison avec les contours de cet ordinateur ; `null` quand il n'en a pas. */
export function readEcarts(contexte: Contexte): { generation: string; fichier: string; ecarts: Ecarts } | null {
  const { contours } = situer(contexte);
  if (contours === null) return null;
  const ecarts = aucunEcart();
  for (const { ecart, logements } of countEcarts(contexte.dossier().base)) ecarts[ecart] += logements;
  return { generation: contours.fiche.generation, fichier: contours.fiche.nom, ecarts };
}

function etat(contexte: Contexte): Sortie<'qpv.etat'> {
  const { base } = contexte.dossier();
  const { contours, fichier, adresses } = situer(contexte);
  const positions = readPositions(base);
  return {
    contours: listContours(contexte.repertoireDonnees).map((c) => c.fiche),
    generation: contours?.fiche.generation ?? null,
    ban: withBan(contexte.repertoireDonnees, (extraits) => extraits.map((e) => e.fiche)),
    logements: Object.values(positions).reduce((s, n) => s + n, 0),
    positions, fichier, adresses,
    ecarts: readEcarts(contexte)?.ecarts ?? null,
  };
}

function ecarts(contexte: Contexte, { par: maille, desaccords }: EntreeLue<'qpv.ecarts'>): Sortie<'qpv.ecarts'> {
  const { base } = contexte.dossier();
  const { contours } = situer(contexte);
  if (contours === null) return { generation: null, lignes: [] };
  const noms = new Map(base.prepare<[], { code: string; nom: string }>('SELECT code, nom FROM ensemble').all().map((e) => [e.code, e.nom]));
  const lignes = new Map<string, Groupe & { parQuartier: Map<string, Groupe['quartiers'][number]> }>();
  for (const g of groupEcarts(base, maille)) {
    let l = lignes.get(g.cle);
    if (l === undefined) {
      const nomCommune = findCommune(g.commune)?.nom ?? g.commune;
      const nom = maille === 'commune' ? nomCommune : (noms.get(g.cle) ?? g.cle);
      lignes.set(g.cle, (l = { code: g.cle, nom, commune: g.commune, nomCommune, logements: 0, declares: 0, dedans: 0, ecarts: aucunEcart(), quartiers: [], parQuartier: new Map() }));
    }
    l.logements += g.logements;
    l.ecarts[g.ecart] += g.logements;
    if (g.declare === 1) l.declares += g.logements;
    if (g.code === null) continue;
    l.dedans += g.logements;
    const q = l.parQuartier.get(g.code) ?? { code: g.code, nom: g.nom ?? '', logements: 0 };
    l.parQuartier.set(g.code, { ...q, logements: q.logements + g.logements });
  }
  const poids = (l: Groupe): number => DESACCORDS.reduce((s, e) => s + l.ecarts[e], 0);
  return {
    generation: contours.fiche.generation,
    lignes: [...lignes.values()]
      .map(({ parQuartier, ...l }) => ({ ...l, quartiers: [...parQuartier.values()].sort((a, b) => b.logements - a.logements || (a.code < b.code ? -1 : 1)) }))
      .filter((l) => !desaccords || poids(l) > 0)
      .sort((a, b) => poids(b) - poids(a) || (a.code < b.code ? -1 : 1)),
  };
}

const toLigne = ({ declare, ...l }: LigneEcart): Ligne => ({ ...l, declare: declare === 1 ? 'oui' : declare === 2 ? 'non' : 'inconnu' });

function lignes(contexte: Contexte, nombre: number): Sortie<'qpv.lignes'> {
  const lus = readEcarts(contexte);
  if (lus === null) return { total: 0, lignes: [] };
  return { total: DESACCORDS.reduce((s, e) => s + lus.ecarts[e], 0), lignes: readLignesEcarts(contexte.dossier().base, DESACCORDS, nombre).map(toLigne) };
}

const TITRES = ['identifiant', 'commune', 'nom_commune', 'ensemble', 'nom_ensemble', 'adresse', 'qpv_declare', 'desaccord', 'code_qp', 'lib_qp', 'origine_position', 'lon', 'lat', 'generation'];
const ORIGINES: Readonly<Record<string, string>> = { fichier: 'coordonnées du fichier', ban: 'adresse (BAN)', repere: 'repère posé' };

async function exporter(contexte: Contexte, destination: string): Promise<Sortie<'qpv.exporter'>> {
  const chemin = resolve(destination);
  if (extname(chemin).toLowerCase() !== '.csv') throw invalide('format-inconnu', `« ${destination} » ne finit pas par .csv.`, 'Donner un nom de fichier en .csv.');
  const { contours } = situer(contexte);
  if (contours === null) throw sansContours();
  const toutes = lignes(contexte, TOUTES).lignes;
  const corps = toutes.map((l) =>
    csvLine([
      l.identifiant, l.commune, findCommune(l.commune)?.nom ?? l.commune, l.ensemble, l.nomEnsemble, l.adresse, l.declare,
      ECARTS.find((e) => e.ecart === l.ecart)?.libelle ?? l.ecart, l.quartier ?? '', l.nomQuartier ?? '', ORIGINES[l.origine] ?? l.origine, l.lon.toFixed(6), l.lat.toFixed(6), contours.fiche.generation,
    ]),
  );
  await writeFichier(contexte, chemin, `\ufeff${csvLine(TITRES)}${corps.join('')}`);
  return { chemin, lignes: toutes.length };
}

const sansContours = (): Error => invalide('qpv-sans-contours', 'Aucun contour de QPV n’est chargé sur cet ordinateur.', 'Charger le GeoJSON officiel des quartiers prioritaires d’abord.');

/** Contours des départements du parc. */
function tracer(contexte: Contexte): Sortie<'qpv.tracer'> {
  const { base } = contexte.dossier();
  const { contours } = situer(contexte);
  const departements = new Set(base.prepare<[], string>('SELECT DISTINCT commune FROM resume_parc').pluck().all().map((c) => findCommune(c)?.departement ?? ''));
  const geojson: FeatureCollection = {
    type: 'FeatureCollection',
    features: (contours?.contours ?? [])
      .filter((c) => departements.has(departementDuCode(c.code)))
      .map((c) => ({ type: 'Feature', properties: { code: c.code, nom: c.nom }, geometry: { type: 'MultiPolygon', coordinates: c.polygones } })),
  };
  return { generation: contours?.fiche.generation ?? null, geojson };
}

function chercherParc(contexte: Contexte): Sortie<'qpv.situer'> {
  const { base } = contexte.dossierEcriture();
  const cherchees = [...adressesDuParc(base)];
  const reponses = withBan(contexte.repertoireDonnees, (extraits) => {
    if (extraits.length === 0) throw invalide('ban-absente', 'Aucun extrait de la BAN n’est chargé sur cet ordinateur.', 'Charger le fichier d’adresses d’un département du parc d’abord.');
    const couverts = new Set(extraits.flatMap((e) => e.fiche.departements));
    const gardees = new Map(readAdresses(base).map((a) => [a.cle, a]));
    return cherchees.flatMap(([cle, a]): AdresseSituee[] => {
      // Hors des départements chargés, rien n'est cherché : une réponse d'avant reste.
      const gardee = gardees.get(cle);
      if (!couverts.has(findCommune(a.commune)?.departement ?? '')) return gardee === undefined ? [] : [gardee];
      return [{ cle, ...repondre(a, extraits.flatMap((e) => e.voie(a.commune, a.voie))) }];
    });
  });
  const comptes = { adresse: 0, voie: 0, ambigue: 0, introuvable: 0 };
  for (const r of reponses) comptes[r.qualite] += 1;
  const libelle = `${pluriel(reponses.length, 'adresse')} ${accord(reponses.length, 'cherchée', 'cherchées')} dans la BAN, ${pluriel(comptes.adresse, 'trouvée exactement', 'trouvées exactement')}`;
  const qui = par(contexte);
  return { operation: writeAdresses(base, reponses, libelle, qui), ...comptes, enregistreA: qui.quand };
}

function nommerObjet(base: Base, objet: Objet, cle: string): string {
  const nom =
    objet === 'ensemble'
      ? base.prepare<[string], string>('SELECT nom FROM ensemble WHERE code = ?').pluck().get(cle)
      : findLogement(base, cle) === null ? undefined : cle;
  if (nom === undefined) throw invalide('objet-inconnu', `Le dossier n’a pas ${objet === 'ensemble' ? 'd’ensemble' : 'de logement'} « ${cle} ».`, 'En choisir un dans la liste ; rien n’a été changé.');
  return objet === 'ensemble' ? `« ${nom} »` : `le logement ${nom}`;
}

function poser(contexte: Contexte, r: EntreeLue<'qpv.poser'>): Sortie<'qpv.poser'> {
  const { base } = contexte.dossierEcriture();
  const nom = nommerObjet(base, r.objet, r.cle);
  if (zonesDe(r).length === 0) throw invalide('point-hors-de-france', `Le point de longitude ${r.lon} et latitude ${r.lat} n’est pas en France.`, 'Vérifier que la longitude vient d’abord ; rien n’a été changé.');
  const libelle = `Repère posé sur ${nom}`;
  const qui = par(contexte);
  return { operation: writeRepere(base, r, libelle, qui), libelle, enregistreA: qui.quand };
}

function lever(contexte: Contexte, { objet, cle }: EntreeLue<'qpv.lever'>): Sortie<'qpv.lever'> {
  const { base } = contexte.dossierEcriture();
  const repere = findRepere(base, objet, cle);
  if (repere === null) throw invalide('repere-absent', 'Aucun repère n’est posé là.', 'Choisir un ensemble ou un logement qui en a un ; rien n’a été changé.');
  const libelle = `Repère retiré de ${nommerObjet(base, objet, cle)}`;
  const qui = par(contexte);
  return { operation: deleteRepere(base, repere, libelle, qui), libelle, enregistreA: qui.quand };
}

function chercherAdresse(contexte: Contexte, { commune: code, texte }: EntreeLue<'qpv.chercherAdresse'>): Sortie<'qpv.chercherAdresse'> {
  const { commune } = resolveDepcom(code);
  const lu = /^\s*(\d{1,5})?\s*(?:bis|ter|quater)?[\s,]*(.*)$/i.exec(texte);
  const voie = normaliserVoie(lu?.[2] ?? '');
  return withBan(contexte.repertoireDonnees, (extraits) => ({
    banChargee: extraits.length > 0,
    adresses: commune === null || voie === '' ? [] : extraits.flatMap((e) => e.chercher(commune, voie, lu?.[1] === undefined ? null : Number(lu[1]), 20)).slice(0, 20),
  }));
}

const suiviBan = (suivi: Suivi) => ({
  signal: suivi.signal,
  progres: (fait: number, total: number) => suivi.progres({ etape: 'Lecture de la BAN', fait, total }),
});

export const handlers = {
  'qpv.etat': etat,
  'qpv.charger': (contexte, { chemin }) => keepContours(contexte.repertoireDonnees, resolve(chemin), contexte.maintenant()),
  'qpv.retirer': (contexte, { generation }) => {
    removeContours(contexte.repertoireDonnees, generation);
    return {};
  },
  'qpv.choisir': (contexte, { generation }) => {
    if (loadContours(contexte.repertoireDonnees, generation) === null) throw sansContours();
    const qui = par(contexte);
    writeChoix(contexte.dossierEcriture().base, generation, qui);
    return { enregistreA: qui.quand };
  },
  'qpv.chargerBan': (contexte, { chemin }, suivi) => keepBan(contexte.repertoireDonnees, resolve(chemin), contexte.maintenant(), suiviBan(suivi)),
  'qpv.retirerBan': (contexte, { nom }) => {
    removeBan(contexte.repertoireDonnees, nom);
    return {};
  },
  'qpv.situer': chercherParc,
  'qpv.ecarts': ecarts,
  'qpv.lignes': (contexte, { nombre }) => lignes(contexte, nombre),
  'qpv.exporter': (contexte, { destination }) => exporter(contexte, destination),
  'qpv.tracer': tracer,
  'qpv.poser': poser,
  'qpv.lever': lever,
  'qpv.repere': (contexte, { objet, cle }) => {
    situer(contexte);
    const { base } = contexte.dossier();
    const r = findRepere(base, objet, cle);
    return { repere: r === null ? null : { lon: r.lon, lat: r.lat }, positions: readPositions(base, objet, cle) };
  },
  'qpv.chercherAdresse': chercherAdresse,
} satisfies Partial<Handlers>;
