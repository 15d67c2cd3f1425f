import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Maille, Surface } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { anneeEnVigueur } from '../../store/carte.ts';
import type { Contexte } from '../contexte.ts';
import { buildVentes } from '../ventes/depot.ts';

export type DemandeDonnees = {
  version: number;
  instant: Date;
  /** Motif pour passer outre des constats bloquants ; écrit dans le paquet s'il y en a. */
  malgre: string | null;
  /** Empreinte du dépôt précédent. */
  precedent: string | null;
};

/**
 * Tous les chiffres du dossier, pris aux opérations mêmes que montrent l'écran et le terminal : le
 * paquet ne calcule rien.
 */
export async function buildDonnees(contexte: Contexte, demande: DemandeDonnees): Promise<DonneesPaquet> {
  const info = await contexte.appeler('dossier.info', {});
  const { champs } = await contexte.appeler('champs.lister', {});
  const matrice = await contexte.appeler('engagements.matrice', {});
  const consolidation = (await contexte.appeler('engagements.consolidation', {})).lignes;
  const constats = await contexte.appeler('controles.lister', {});
  const { origines } = await contexte.appeler('origines.lister', {});
  const retenu = (await contexte.appeler('npl.scenarios', {})).scenarios.find((s) => s.retenu);
  const loyers: DonneesPaquet['loyers'] = [];
  for (const surface of Surface.options) {
    for (const par of Maille.options) loyers.push({ par, ...(await contexte.appeler('loyers.lire', { par, surface })) });
  }
  const carte = await buildCarte(contexte, loyers);
  const ventes = await buildVentes(contexte);
  return DonneesPaquet.parse({
    schema: 'atelier-cus/donnees/1',
    organisme: info.organisme,
    millesime: info.millesime,
    version: demande.version,
    date: demande.instant.toISOString(),
    dateEffet: info.dateEffet,
    periode: info.periode,
    malgre: constats.bloquants.length === 0 ? null : demande.malgre,
    champs: champs.filter((c) => c.type !== 'cible'),
    etat: await contexte.appeler('etat.lire', {}),
    ensembles: (await contexte.appeler('ensembles.lister', {})).ensembles,
    ...(origines.length > 1 ? { origines: origines.map(({ fichier: _, importeLe: __, retirable: ___, ...o }) => o) } : {}),
    loyers,
    ...(carte === null ? {} : { carte }),
    ...(retenu === undefined ? {} : { npl: { resultat: await contexte.appeler('npl.lire', { scenario: retenu.id }), baremes: await contexte.appeler('npl.baremes', {}) } }),
    ...(ventes === null ? {} : { ventes }),
    occupation: await buildOccupation(contexte),
    ...(await buildAttributions(contexte)),
    serviceRendu: await buildServiceRendu(contexte),
    association: await buildAssociation(contexte),
    engagements: matrice.lignes.flatMap(({ cellules, ...ligne }) => cellules.map((cellule) => ({ ...ligne, ...cellule }))),
    ...(consolidation.length === 0 ? {} : { consolidation: consolidation.map((c) => ({ ...c, pourcentage: c.pourcentage === null ? null : Number(c.pourcentage) })) }),
    constats,
    precedent: demande.precedent,
  } satisfies DonneesPaquet);
}

/** Où sont les ensembles ; `null` quand aucun n'a de loyer, ou qu'aucun n'a de place. */
async function buildCarte(contexte: Contexte, loyers: DonneesPaquet['loyers']): Promise<NonNullable<DonneesPaquet['carte']> | null> {
  if (!withLoyers(loyers)) return null;
  const { ensembles, attribution } = await contexte.appeler('carte.lire', { surface: 'SH' });
  if (ensembles.length === 0) return null;
  // Le sixième chiffre d'un degré est un dixième de mètre : au-delà, ce ne serait que du bruit de calcul.
  const arrondi = (v: number): number => Math.round(v * 1e6) / 1e6;
  const lieux = ensembles.map(({ id, lon, lat, precision }) => ({ id, lon: arrondi(lon), lat: arrondi(lat), precision }));
  return { annee: anneeEnVigueur(contexte.dossier().base), lieux, attribution };
}

/** Vrai si un ensemble au moins a un loyer au m² habitable. */
const withLoyers = (loyers: DonneesPaquet['loyers']): boolean => loyers.some((l) => l.surface === 'SH' && l.par === 'ensemble' && l.lignes.some((e) => e.loyerM2 !== null));

/** L'occupation sociale à toutes les mailles ; le paquet va à l'État, rien n'y est masqué. */
async function buildOccupation(contexte: Contexte): Promise<NonNullable<DonneesPaquet['occupation']>> {
  const etats: NonNullable<DonneesPaquet['occupation']> = [];
  for (const par of Maille.options.toReversed()) etats.push(await contexte.appeler('occupation.lire', { par }));
  // Le chemin du fichier est celui d'un poste : son nom suffit.
  return etats.map((e) => ({ ...e, enquete: e.enquete === null ? null : { ...e.enquete, fichier: basename(e.enquete.fichier) } }));
}

/** Personnes publiques, échanges et concertation ; les contacts restent au dossier. */
async function buildAssociation(contexte: Contexte): Promise<NonNullable<DonneesPaquet['association']>> {
  const { personnes, echanges, concertation, objetsConcertation } = await contexte.appeler('associes.lire', {});
  const libelles = new Map(objetsConcertation.map((o) => [o.code, o.libelle]));
  return {
    personnes: personnes.map(({ contact: _, prochaine: __, ...p }) => p),
    echanges,
    concertation: { ...concertation, reunions: concertation.reunions.map((r) => ({ ...r, libellesObjets: r.objets.map((o) => libelles.get(o) ?? o) })) },
  };
}

/** Les attributions de l'organisme à l'EPCI : à la commune, de petits nombres diraient trop de chaque ménage, et rien de plus aux engagements. */
async function buildAttributions(contexte: Contexte): Promise<Pick<DonneesPaquet, 'attributions'>> {
  const etats: NonNullable<DonneesPaquet['attributions']> = [];
  for (const par of ['organisme', 'region', 'departement', 'epci'] as const) etats.push(await contexte.appeler('attributions.resultats', { par }));
  if (etats.every((e) => e.annees.length === 0)) return {};
  // Le chemin du fichier est celui d'un poste : son nom suffit.
  return { attributions: etats.map((e) => ({ ...e, annees: e.annees.map((a) => ({ ...a, fichier: basename(a.fichier) })) })) };
}

/** La grille, les notes et les résultats : mêmes opérations que l'écran et le terminal. */
async function buildServiceRendu(contexte: Contexte): Promise<NonNullable<DonneesPaquet['serviceRendu']>> {
  const { grille, qpv, notes, illisibles } = await contexte.appeler('serviceRendu.lire', { par: 'organisme' });
  if (grille === null) return { grille, mailles: [], qpv, saisies: [], notes, illisibles };
  const mailles: NonNullable<DonneesPaquet['serviceRendu']>['mailles'] = [];
  for (const par of Maille.options) mailles.push({ par, lignes: (await contexte.appeler('serviceRendu.lire', { par })).lignes });
  const { ensembles } = await contexte.appeler('serviceRendu.notes', {});
  const saisies = ensembles.filter((e) => e.saisies.some((s) => s !== '')).map((e) => ({ ensemble: e.id, notes: e.saisies }));
  return { grille, mailles, qpv, saisies, notes, illisibles };
}

/** donnees.json : ces octets-là font l'empreinte du dépôt. */
export function encodeDonnees(donnees: DonneesPaquet): Buffer {
  return Buffer.from(`${JSON.stringify(donnees, null, 1)}\n`);
}

/** SHA-256 de donnees.json, en hexadécimal : le nom d'un dépôt. */
export const empreinteDe = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');

/** Relit un donnees.json. Erreur « donnees-illisibles » si ce n'en est pas un, ou d'un schéma inconnu. */
export function parseDonnees(octets: Uint8Array): DonneesPaquet {
  try {
    return DonneesPaquet.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets)));
  } catch {
    throw invalide(
      'donnees-illisibles',
      'Le fichier donnees.json du paquet n’a pas une forme connue.',
      'Mettre l’application à jour, ou demander à l’expéditeur le paquet d’origine.',
    );
  }
}
