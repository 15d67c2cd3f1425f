/**
 * Le processus mesuré : un vrai service qui calcule un scénario de loyers fixant tous les ensembles d'un grand
 * parc : la première fois dans un dossier qui vient d'être ouvert, puis après chaque changement d'un
 * maximum. Arguments : répertoire, déclaration, SIREN.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openService } from '../../electron/service/index.ts';
import type { Sortie } from '../../shared/contract.ts';
import { communesDe, departements } from '../../shared/territoires/index.ts';
import { fullScan } from './parcours.ts';

const [repertoire = '', fichier = '', siren = ''] = process.argv.slice(2);
const dossier = join(repertoire, 'npl.cus');
for (const suffixe of ['', '-wal', '-shm', '.verrou']) rmSync(dossier + suffixe, { force: true });

type Service = ReturnType<typeof openService>;
const ouvrir = (): Service => openService({ repertoireDonnees: repertoire, utilisateur: 'Mesure', ordinateur: 'banc' });
async function faire<T>(service: Service, nom: string, entree: unknown): Promise<T> {
  const r = await service.appeler(nom, entree);
  if (!r.ok) throw new Error(`${nom} : ${r.error.message}`);
  return r.value as T;
}
const mediane = (valeurs: readonly number[]): number => valeurs.toSorted((a, b) => a - b)[Math.floor(valeurs.length / 2)] ?? Number.NaN;

type Resultat = Sortie<'npl.lire'>;
const ANNEE = 2027;

/** Deux zonages de toutes les communes, comme les vrais, et les plafonds de loyer de leurs zones. */
async function charger(service: Service): Promise<void> {
  const communes = departements().flatMap((d) => communesDe(`dep-${d.code}`));
  for (const zones of [['1', '2', '3'], ['A', 'B1', 'B2', 'C']]) {
    const chemin = join(repertoire, 'zones.csv');
    writeFileSync(chemin, `commune;zone\n${communes.map((c, i) => `${c};${zones[i % zones.length] ?? ''}`).join('\n')}\n`);
    await faire(service, 'npl.importerBareme', { chemin, nature: 'zones', source: 'banc' });
    rmSync(chemin);
    await faire(service, 'npl.definirBaremes', { plafonds: zones.flatMap((zone) => ['PLAI', 'PLUS', 'PLS'].map((produit, i) => ({ annee: ANNEE, produit, zone, maximum: 5 + 2 * i, source: 'banc' }))) });
  }
  await faire(service, 'npl.definirBaremes', { limites: [{ base: 'SU', maximum: 7, source: 'banc' }, { base: 'SC', maximum: 5, source: 'banc' }] });
}

/** Un maximum pour chaque ensemble et chaque plafond, un centime par m² sous celui d'aujourd'hui. */
async function fixerTout(service: Service, scenario: number, { lignes }: Resultat): Promise<number> {
  const choix = new Map<string, { ensemble: string; plafonds: { plafond: string; maximum: string }[] }>();
  for (const l of lignes) {
    const c = choix.get(l.ensemble) ?? { ensemble: l.ensemble, plafonds: [] };
    choix.set(l.ensemble, c);
    c.plafonds.push({ plafond: l.plafond, maximum: Math.max(0.01, (l.avantM2 ?? 0) - 0.01).toFixed(2) });
  }
  const tous = [...choix.values()];
  for (let i = 0; i < tous.length; i += 20_000) await faire(service, 'npl.definir', { scenario, choix: tous.slice(i, i + 20_000) });
  return tous.length;
}

const preparation = ouvrir();
await faire(preparation, 'dossier.creer', { chemin: dossier, siren, nom: 'Mesure' });
const { acceptees } = await faire<{ acceptees: number }>(preparation, 'import.lire', { chemin: fichier, type: 'rpls' });
await charger(preparation);
const { id: scenario } = await faire<{ id: number }>(preparation, 'npl.creer', { nom: 'Mesure', annee: ANNEE });
const depart = await faire<Resultat>(preparation, 'npl.lire', { scenario });
const ensembles = await fixerTout(preparation, scenario, depart);
await preparation.fermer();

/** Ouvert par un autre service, le dossier n'a encore rien de calculé ; le code, lui, est chargé. */
const premiers: number[] = [];
const [lus, jauges, saisis, parcours]: [number[], number[], number[], number[]] = [[], [], [], []];
const chronometrer = async (durees: number[], service: Service, nom: string, entree: unknown): Promise<void> => {
  const t = performance.now();
  await faire(service, nom, entree);
  durees.push(performance.now() - t);
};
for (let tour = 0; tour < 5; tour++) {
  const service = ouvrir();
  await faire(service, 'dossier.ouvrir', { chemin: dossier });
  await faire(service, 'npl.baremes', {});
  await chronometrer(premiers, service, 'npl.lire', { scenario });
  for (let i = 0; i < 20; i++) {
    const l = depart.lignes[(tour * 997 + i * 131) % depart.lignes.length];
    if (l === undefined) throw new Error('aucun ensemble');
    await chronometrer(saisis, service, 'npl.definir', { scenario, choix: [{ ensemble: l.ensemble, plafonds: [{ plafond: l.plafond, maximum: (3 + tour / 2 + i / 100).toFixed(2) }] }] });
    // Le premier calcul d'après un changement : tour à tour tout le scénario, et sa masse seule.
    if (i % 2 === 0) await chronometrer(lus, service, 'npl.lire', { scenario });
    else await chronometrer(jauges, service, 'npl.jauge', { scenario });
  }
  await service.fermer();
  // Au même moment que les calculs : une machine occupée ralentit l'un comme l'autre.
  parcours.push(fullScan(dossier));
}
process.stdout.write(`${JSON.stringify({ logements: acceptees, ensembles, premiereMs: mediane(premiers), repriseMs: mediane(lus), jaugeMs: mediane(jauges), saisieMs: mediane(saisis), parcoursMs: mediane(parcours) })}\n`);
