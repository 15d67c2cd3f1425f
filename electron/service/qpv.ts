import { resolve } from 'node:path';
import type { FeatureCollection } from 'geojson';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { normaliserVoie } from '../../shared/domain/positions/adresse.ts';
import { zonesDe } from '../../shared/domain/positions/zones.ts';
import { departementDuCode } from '../../shared/domain/qpv/generations.ts';
import { invalide } from '../../shared/erreurs.ts';
import { findCommune, resolveDepcom } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { deleteRepere, findLogement, findRepere, writeChoix, writeRepere } from '../store/positions.ts';
import type { Objet } from '../store/positions.ts';
import { countEcarts, countOrigines, countPositions } from '../store/situations.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';
import { exportLignes, listEcarts, listLignes, sansContours, sumEcarts } from './qpv/desaccords.ts';
import { keepBan, keepContours, listContours, loadContours, removeBan, removeContours, withBan } from './qpv/gardes.ts';
import { chercherParc } from './qpv/recherche.ts';
import { prepareSituations, readParTranches } from './qpv/preparation.ts';
import { contoursCompares } from './qpv/situations.ts';

type Positions = Sortie<'qpv.etat'>['positions'];

const auteur = (contexte: Contexte) => ({ quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur });

function sommer(comptes: readonly { origine: keyof Positions; logements: number }[]): Positions {
  const positions: Positions = { fichier: 0, ban: 0, repere: 0, voie: 0, commune: 0, departement: 0, aucune: 0 };
  for (const { origine, logements } of comptes) positions[origine] += logements;
  return positions;
}

async function readEtat(contexte: Contexte, suivi: Suivi): Promise<Sortie<'qpv.etat'>> {
  const ban = await withBan(contexte.repertoireDonnees, (extraits) => extraits.map((e) => e.fiche));
  const { situations: { contours, fichier, adresses }, lues } = await readParTranches(contexte, suivi, (b, tranche) => [{ origines: countPositions(b, tranche), ecarts: countEcarts(b, tranche) }]);
  const positions = sommer(lues.flatMap((l) => l.origines));
  return {
    contours: listContours(contexte.repertoireDonnees).map((c) => c.fiche),
    generation: contours?.fiche.generation ?? null,
    ban,
    logements: Object.values(positions).reduce((s, n) => s + n, 0),
    positions, fichier, adresses,
    ecarts: contours === null ? null : sumEcarts(lues.flatMap((l) => l.ecarts)),
  };
}

/** Contours des départements du parc. */
function tracer(contexte: Contexte): Sortie<'qpv.tracer'> {
  const { base } = contexte.dossier();
  const contours = contoursCompares(base, contexte.repertoireDonnees);
  const departements = new Set(base.prepare<[], string>('SELECT DISTINCT commune FROM resume_parc').pluck().all().map((c) => findCommune(c)?.departement ?? ''));
  const geojson: FeatureCollection = {
    type: 'FeatureCollection',
    features: (contours?.contours ?? [])
      .filter((c) => departements.has(departementDuCode(c.code)))
      .map((c) => ({ type: 'Feature', properties: { code: c.code, nom: c.nom }, geometry: { type: 'MultiPolygon', coordinates: c.polygones } })),
  };
  return { generation: contours?.fiche.generation ?? null, geojson };
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
  const qui = auteur(contexte);
  return { operation: writeRepere(base, r, libelle, qui), libelle, enregistreA: qui.quand };
}

function lever(contexte: Contexte, { objet, cle }: EntreeLue<'qpv.lever'>): Sortie<'qpv.lever'> {
  const { base } = contexte.dossierEcriture();
  const repere = findRepere(base, objet, cle);
  if (repere === null) throw invalide('repere-absent', 'Aucun repère n’est posé là.', 'Choisir un ensemble ou un logement qui en a un ; rien n’a été changé.');
  const libelle = `Repère retiré de ${nommerObjet(base, objet, cle)}`;
  const qui = auteur(contexte);
  return { operation: deleteRepere(base, repere, libelle, qui), libelle, enregistreA: qui.quand };
}

function chercherAdresse(contexte: Contexte, { commune: code, texte }: EntreeLue<'qpv.chercherAdresse'>): Promise<Sortie<'qpv.chercherAdresse'>> {
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
  'qpv.etat': (contexte, _entree, suivi) => readEtat(contexte, suivi),
  'qpv.charger': (contexte, { chemin }) => keepContours(contexte.repertoireDonnees, resolve(chemin), contexte.maintenant()),
  'qpv.retirer': (contexte, { generation }) => {
    removeContours(contexte.repertoireDonnees, generation);
    return {};
  },
  'qpv.choisir': (contexte, { generation }) => {
    if (loadContours(contexte.repertoireDonnees, generation) === null) throw sansContours();
    const qui = auteur(contexte);
    writeChoix(contexte.dossierEcriture().base, generation, qui);
    return { enregistreA: qui.quand };
  },
  'qpv.chargerBan': (contexte, { chemin }, suivi) => keepBan(contexte.repertoireDonnees, resolve(chemin), contexte.maintenant(), suiviBan(suivi)),
  'qpv.retirerBan': (contexte, { nom }) => {
    removeBan(contexte.repertoireDonnees, nom);
    return {};
  },
  'qpv.situer': (contexte, _entree, suivi) => chercherParc(contexte, suivi),
  'qpv.ecarts': listEcarts,
  'qpv.lignes': (contexte, { nombre }, suivi) => listLignes(contexte, nombre, suivi),
  'qpv.exporter': (contexte, { destination }, suivi) => exportLignes(contexte, destination, suivi),
  'qpv.tracer': tracer,
  'qpv.poser': poser,
  'qpv.lever': lever,
  'qpv.repere': async (contexte, { objet, cle }, suivi) => {
    await prepareSituations(contexte, suivi);
    const { base } = contexte.dossier();
    const r = findRepere(base, objet, cle);
    return { repere: r === null ? null : { lon: r.lon, lat: r.lat }, positions: sommer(countOrigines(base, objet, cle)) };
  },
  'qpv.chercherAdresse': chercherAdresse,
} satisfies Partial<Handlers>;
