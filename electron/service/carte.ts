import type { FeatureCollection } from 'geojson';
import type { Sortie } from '../../shared/contract.ts';
import { CHAMPS_LOYERS, PRECISIONS } from '../../shared/contract/loyers.ts';
import { packChamps, packColonnes, packTextes } from '../../shared/domain/carte/colonnes.ts';
import { MESURES_CARTE } from '../../shared/domain/carte/mesures.ts';
import { SOMMES_NPL } from '../../shared/domain/carte/npl.ts';
import { SOMMES_MAX } from '../../shared/domain/carte/totaux.ts';
import { packPlan, type Plan } from '../../shared/domain/carte/plan.ts';
import { ATTRIBUTION_CENTRES, ATTRIBUTION_CONTOURS, centreCommune, contoursDepartements } from '../../shared/territoires/carte.ts';
import { findCommune, nomDepartement, nomTerritoire } from '../../shared/territoires/index.ts';
import { groupBy } from '../documents/libelles.ts';
import { joinPhrases } from '../../shared/domain/carte/composer.ts';
import type { Niveau, TraceFond } from '../../shared/domain/carte/fond.ts';
import { isContoursQpv } from '../import/contours.ts';
import type { Base } from '../store/base.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { hasPositions } from '../store/positions.ts';
import { keepFond, loadFonds, removeFond, type FondGarde } from './fonds.ts';
import { drawFeuille, printFeuille, writeImage } from './carte-feuille.ts';
import { searchCarte } from './carte-recherche.ts';
import { prepareMesures, readMesures } from './carte-mesures.ts';
import { readExclus, readLoyers } from './loyers.ts';
import { prepareSituations } from './qpv/preparation.ts';

const COMMUNES_DU_PARC = `SELECT DISTINCT commune FROM resume_parc`;

/**
 * Écarte en spirale les ensembles d'une même commune, qui sans cela seraient l'un sur l'autre. La
 * position reste celle du centre de la commune, et l'écran la dit approchée. Degrés, pas d'environ 200 m.
 */
function spread(rang: number, lat: number): { dLon: number; dLat: number } {
  const angle = rang * 2.399963229728653;
  const rayon = 0.0018 * Math.sqrt(rang);
  return { dLon: (rayon * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), dLat: rayon * Math.sin(angle) };
}

function communesDuParc(base: Base): Set<string> {
  return new Set(base.prepare<[], { commune: string }>(COMMUNES_DU_PARC).all().map((l) => l.commune));
}

/** Certains fonds ne nomment pas les départements : le nom vient alors de nos données. */
function nomTrace({ niveau, code, nom }: TraceFond['properties']): string {
  return nom === code && niveau === 'departement' ? (nomDepartement(code) ?? nom) : nom;
}

type Fonds = readonly FondGarde[];

/** Les tracés des fonds gardés ; sans départements, ceux fournis sont autour. */
function tracesDe(fonds: Fonds): TraceFond[] {
  const charges = fonds.flatMap((f) => f.traces).map((t) => ({ ...t, properties: { ...t.properties, nom: nomTrace(t.properties) } }));
  return hasDepartements(fonds) ? charges : [...contoursDepartements.features.map((f): TraceFond => ({ ...f, properties: { ...f.properties, niveau: 'departement' } })), ...charges];
}

const hasDepartements = (fonds: Fonds): boolean => fonds.some((f) => f.niveau === 'departement');
const NIVEAUX_DITS: Record<Niveau, string> = { commune: 'communes', epci: 'EPCI', departement: 'départements', region: 'régions' };

/** « Communes, EPCI : fichier x.geojson », un fichier après l'autre. */
const direSources = (fonds: Fonds): string[] =>
  [...groupBy(fonds, (f) => f.nom)].map(([nom, niveaux]) => {
    const dits = niveaux.map((f) => NIVEAUX_DITS[f.niveau]).join(', ');
    return `${dits.charAt(0).toUpperCase()}${dits.slice(1)} : fichier ${nom}`;
  });

/** Chaque niveau du fond, avec le fichier d'où il vient. */
function direFond(fonds: Fonds): Pick<Sortie<'carte.fond'>, 'fonds' | 'attribution'> {
  return {
    fonds: fonds.map(({ niveau, nom, traces }) => ({ niveau, nom, traces: traces.length })),
    attribution: joinPhrases([...direSources(fonds), ...(hasDepartements(fonds) ? [] : [ATTRIBUTION_CONTOURS])]),
  };
}

/** Le plan des derniers fonds demandés : le refaire à chaque relecture retarderait le service. */
let planPret: { fonds: Fonds; plan: Plan } | null = null;

/** Charge un fond de carte ; un fichier de contours de QPV est confié à ce qui les garde. */
async function chargerFond(contexte: Contexte, chemin: string): Promise<Sortie<'carte.chargerFond'>> {
  if (await isContoursQpv(chemin)) {
    const { nom, generation, contours } = await contexte.appeler('qpv.charger', { chemin });
    return { nom, niveaux: {}, ignores: 0, quartiers: { generation, contours } };
  }
  return { ...(await keepFond(contexte.repertoireDonnees, chemin)), quartiers: null };
}

export const handlers = {
  'carte.lire': async (contexte, { surface }, suivi) => {
    const { base } = contexte.dossier();
    const situes = hasPositions(base) ? (await prepareSituations(contexte, suivi)).ensembles : new Map<string, never>();
    const communes = new Map(
      base.prepare<[], { code: string; commune: string }>('SELECT code, commune FROM ensemble').all().map((e) => [e.code, e.commune]),
    );
    const rangs = new Map<string, number>();
    const centres = new Map<string, Sortie<'carte.lire'>['communes'][number]>();
    let sansPosition = 0;
    const ensembles = readLoyers(base, 'ensemble', surface).flatMap((l): Sortie<'carte.lire'>['ensembles'] => {
      const commune = communes.get(l.code) ?? '';
      const centre = centreCommune(commune);
      const epci = findCommune(commune)?.epci ?? '';
      const chiffres = { logements: l.logements, loyerM2: l.loyerM2, loyerMaxM2: l.loyerMaxM2, ecartM2: l.ecartM2 };
      if (centre !== null) {
        const c = centres.get(commune) ?? { code: commune, nom: findCommune(commune)?.nom ?? commune, epci, lon: centre.lon, lat: centre.lat, logements: 0 };
        centres.set(commune, { ...c, logements: c.logements + l.logements });
      }
      const situe = situes.get(l.code);
      if (situe !== undefined) return [{ id: l.code, commune, epci, lon: situe.lon, lat: situe.lat, precision: situe.precision, ...chiffres }];
      if (centre === null) {
        sansPosition += 1;
        return [];
      }
      const lieu = `${centre.lon};${centre.lat}`;
      const rang = rangs.get(lieu) ?? 0;
      rangs.set(lieu, rang + 1);
      const { dLon, dLat } = spread(rang, centre.lat);
      return [{ id: l.code, commune, epci, lon: centre.lon + dLon, lat: centre.lat + dLat, precision: centre.precision, ...chiffres }];
    });
    return { ensembles, communes: [...centres.values()], sansPosition, attribution: ATTRIBUTION_CENTRES };
  },

  'carte.loyers': async (contexte, { par, surface }, suivi) => {
    const { base } = contexte.dossier();
    const exclus = await readExclus(base, surface, suivi);
    const lignes = readLoyers(base, par, surface);
    return { surface, ...packColonnes(lignes, CHAMPS_LOYERS), noms: packTextes(lignes.map((l) => l.nom)), exclus };
  },

  'carte.valeurs': async (contexte, { par, surface, annee, scenario }, suivi) => {
    const { base } = contexte.dossier();
    await prepareMesures(base, par, suivi);
    const { lignes, ...reste } = readMesures(base, par, surface, { annee, scenario });
    return {
      ...reste, codes: packTextes(lignes.map((l) => l.code)), nombre: lignes.length, champs: packChamps(lignes.map((l) => l.valeurs), MESURES_CARTE),
      sur: packChamps(lignes.map((l) => l.sur), MESURES_CARTE), max: packChamps(lignes.map((l) => l.sommesMax), SOMMES_MAX), npl: packChamps(lignes.map((l) => l.sommesNpl), SOMMES_NPL),
    };
  },

  'carte.lieux': async (contexte) => {
    const { ensembles, communes, sansPosition, attribution } = await contexte.appeler('carte.lire', {});
    const rangs = new Map<string, number>();
    for (const { commune } of ensembles) if (!rangs.has(commune)) rangs.set(commune, rangs.size);
    const placees = new Map(communes.map((c) => [c.code, c]));
    return {
      ...packColonnes(ensembles.map((e) => ({ code: e.id, lon: e.lon, lat: e.lat, precision: PRECISIONS.indexOf(e.precision), commune: rangs.get(e.commune) })), ['lon', 'lat', 'precision', 'commune']),
      communes: [...rangs.keys()].map((code) => ({ ...(placees.get(code) ?? { code, epci: findCommune(code)?.epci ?? '', lon: null, lat: null, logements: 0 }), nom: nomTerritoire(`com-${code}`) })),
      sansPosition, attribution,
    };
  },

  'carte.mesures': async (contexte, { par, surface, annee, scenario }, suivi) => {
    const { base } = contexte.dossier();
    await prepareMesures(base, par, suivi);
    return readMesures(base, par, surface, { annee, scenario });
  },

  'carte.chercher': (contexte, { texte }) => searchCarte(contexte, texte),
  'carte.dessiner': drawFeuille,
  'carte.imprimer': printFeuille,
  'carte.ecrireImage': writeImage,

  'carte.fond': (contexte) => {
    const fonds = loadFonds(contexte.repertoireDonnees);
    // Du fond entier, la feuille ne reçoit que ce qui porte du patrimoine, et les départements autour.
    const communes = contexte.aucunDossierOuvert() ? new Set<string>() : communesDuParc(contexte.dossier().base);
    const epci = new Set([...communes].map((c) => findCommune(c)?.epci));
    const features = tracesDe(fonds).filter(
      ({ properties: { niveau, code } }) => niveau === 'departement' || (niveau === 'commune' && communes.has(code)) || (niveau === 'epci' && epci.has(code)),
    );
    return { geojson: { type: 'FeatureCollection', features } satisfies FeatureCollection, ...direFond(fonds) };
  },

  'carte.plan': (contexte) => {
    const fonds = loadFonds(contexte.repertoireDonnees);
    if (planPret?.fonds !== fonds) planPret = { fonds, plan: packPlan(tracesDe(fonds)) };
    return { plan: planPret.plan, ...direFond(fonds) };
  },

  'carte.chargerFond': (contexte, { chemin }) => chargerFond(contexte, chemin),

  'carte.retirerFond': (contexte, { niveau }) => {
    removeFond(contexte.repertoireDonnees, niveau);
    return {};
  },
} satisfies Partial<Handlers>;
