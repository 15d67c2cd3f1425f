import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Sortie } from '../../../shared/contract.ts';
import { LIBELLES_TRACE } from '../../../shared/domain/qpv/contours.ts';
import type { Contour, RaisonTrace } from '../../../shared/domain/qpv/contours.ts';
import { GENERATIONS } from '../../../shared/domain/qpv/generations.ts';
import type { Generation } from '../../../shared/domain/qpv/generations.ts';
import type { FicheBan } from '../../../shared/domain/positions/ban.ts';
import { openLocalisateur } from '../../../shared/domain/qpv/localiser.ts';
import type { Localisateur } from '../../../shared/domain/qpv/localiser.ts';
import { readBan } from '../../import/ban.ts';
import type { SuiviBan } from '../../import/ban.ts';
import { readFichierContours } from '../../import/contours.ts';
import { EcritureBan, openBan } from '../../store/ban.ts';
import type { LectureBan } from '../../store/ban.ts';
import { fichierContours, rangement } from './presence.ts';

/** Ce que cet ordinateur garde pour tous les dossiers : contours de QPV par génération, extraits de la BAN. */
export type FicheContours = Sortie<'qpv.etat'>['contours'][number];
export type Contours = { fiche: FicheContours; contours: Contour[]; localisateur: Localisateur };

const enMemoire = new Map<string, Contours>();

/** Charge des contours et les garde ; rend leur fiche, et le nom de ceux qu'ils remplacent. */
export async function keepContours(repertoire: string, chemin: string, maintenant: Date): Promise<FicheContours & { remplace: string | null }> {
  const lu = await readFichierContours(chemin);
  const remplace = loadContours(repertoire, lu.generation)?.fiche.nom ?? null;
  const ecartes = Object.fromEntries(Object.entries(lu.ecartes).map(([r, n]) => [LIBELLES_TRACE[r as RaisonTrace], n]));
  const fiche: FicheContours = { generation: lu.generation, nom: lu.nom, chargeLe: maintenant.toISOString(), contours: lu.contours.length, empreinte: lu.empreinte, epsg: lu.epsg, ecartes };
  mkdirSync(rangement(repertoire), { recursive: true });
  const cible = fichierContours(repertoire, lu.generation);
  const provisoire = `${cible}.${process.pid}.partiel`;
  writeFileSync(provisoire, gzipSync(JSON.stringify({ fiche, contours: lu.contours }), { level: 1 }));
  renameSync(provisoire, cible);
  enMemoire.set(cible, { fiche, contours: lu.contours, localisateur: openLocalisateur(lu.contours) });
  return { ...fiche, remplace };
}

/** Les contours gardés d'une génération ; `null` s'il n'y en a pas, ou si leur fichier est abîmé (il se recharge). */
export function loadContours(repertoire: string, g: Generation): Contours | null {
  const chemin = fichierContours(repertoire, g);
  if (!existsSync(chemin)) return null;
  const connu = enMemoire.get(chemin);
  if (connu !== undefined) return connu;
  try {
    const { fiche, contours } = JSON.parse(gunzipSync(readFileSync(chemin)).toString('utf8')) as { fiche: FicheContours; contours: Contour[] };
    const charge = { fiche, contours, localisateur: openLocalisateur(contours) };
    enMemoire.set(chemin, charge);
    return charge;
  } catch {
    return null;
  }
}

export const listContours = (repertoire: string): Contours[] => GENERATIONS.flatMap(({ generation }) => loadContours(repertoire, generation) ?? []);

export function removeContours(repertoire: string, g: Generation): void {
  enMemoire.delete(fichierContours(repertoire, g));
  rmSync(fichierContours(repertoire, g), { force: true });
}

const PREFIXE = 'ban-';
const cheminBan = (repertoire: string, nom: string): string => join(rangement(repertoire), `${PREFIXE}${createHash('sha256').update(nom).digest('hex').slice(0, 16)}.sqlite`);

/** Charge un extrait de la BAN et le garde ; un extrait de même nom est remplacé. */
export async function keepBan(repertoire: string, chemin: string, maintenant: Date, suivi: SuiviBan): Promise<FicheBan> {
  mkdirSync(rangement(repertoire), { recursive: true });
  const provisoire = join(rangement(repertoire), `ban.${process.pid}.partiel`);
  rmSync(provisoire, { force: true });
  const ecriture = new EcritureBan(provisoire);
  try {
    const fiche = { ...(await readBan(chemin, suivi, (l) => ecriture.ajouter(l))), chargeLe: maintenant.toISOString() };
    ecriture.terminer(fiche);
    renameSync(provisoire, cheminBan(repertoire, fiche.nom));
    return fiche;
  } catch (e) {
    ecriture.abandonner();
    rmSync(provisoire, { force: true });
    throw e;
  }
}

/** Ouvre les extraits gardés le temps d'un appel. */
export async function withBan<T>(repertoire: string, faire: (extraits: LectureBan[]) => T | Promise<T>): Promise<T> {
  const dossier = rangement(repertoire);
  const noms = existsSync(dossier) ? readdirSync(dossier).filter((f) => f.startsWith(PREFIXE) && f.endsWith('.sqlite')).sort() : [];
  const extraits = noms.flatMap((f) => openBan(join(dossier, f)) ?? []);
  try {
    return await faire(extraits);
  } finally {
    for (const e of extraits) e.fermer();
  }
}

export function removeBan(repertoire: string, nom: string): void {
  rmSync(cheminBan(repertoire, nom), { force: true });
}
