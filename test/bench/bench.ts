/**
 * Vitesse de l'import, dite en rapports à l'intérieur d'une même exécution : `npm run bench`, ou
 * `npm run bench -- --tailles 19000,191000 --classeur 126000 --matrice oui --qpv 191000 --npl 191000 --essais 3` (`--tailles ''`, `--classeur 0`, `--matrice non`, `--qpv 0`, `--npl 0` : sans).
 * `--carte 540000` : la carte d'un bailleur de tant de logements, tracée dans la vraie fenêtre (`0` : sans ; sans écran possible, elle est passée).
 * Sort en 1 si une cible est manquée.
 * « départ » : un premier import de 300 logements par un service tout juste lancé (chargement du code) ;
 * « import » : le suivant, par le même service.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';
import { CIBLES_CARTE, mesurerCarte } from './carte.ts';
import type { MesureCarte } from './carte.ts';
import { CIBLES_CLASSEUR, mesurerClasseur } from './classeur.ts';
import type { MesureClasseur } from './classeur.ts';
import { CIBLES_MATRICE, mesurerMatrice } from './engagements.ts';
import type { MesureMatrice } from './engagements.ts';
import { CIBLES_NPL, mesurerNpl } from './npl.ts';
import type { MesureNpl } from './npl.ts';
import { CIBLES_QPV, mesurerQpv } from './qpv.ts';
import type { MesureQpv } from './qpv.ts';
import { hasSqlite, importSqlite } from './sqlite.ts';

type Mesure = { lignes: number; acceptees: number; departMs: number; importMs: number; etatMs: number; parcoursMs: number; repartitionMs: number; groupesMs: number; saisieMs: number; commitMs: number; memoireMo: number };
type Ligne = { taille: number; octets: number; mesures: Mesure[]; etalons: number[] };

const CIBLES = { import: 2, memoireMo: 300, etat: 1, repartition: 2, groupes: 4, saisie: 5, parLogement: 1.25 };
const ENFANT = fileURLToPath(new URL('./importer.ts', import.meta.url));

const mediane = (valeurs: readonly number[]): number => valeurs.toSorted((a, b) => a - b)[Math.floor(valeurs.length / 2)] ?? Number.NaN;

function mesurer(taille: number, essais: number, repertoire: string): Ligne {
  const fichier = join(repertoire, `parc-${taille}.csv`);
  const generation = generateBailleur({ graine: 7, logements: taille, annee: 2026 });
  ecrireFichier(generation, fichier);
  const { acceptees } = generation.totaux();
  const petit = join(repertoire, 'petit.csv');
  ecrireFichier(generateBailleur({ graine: 7, logements: 300, annee: 2026 }), petit);
  const ligne: Ligne = { taille, octets: statSync(fichier).size, mesures: [], etalons: [] };
  for (let i = 0; i < essais; i++) {
    // Entrelacés : une machine occupée ralentit l'un comme l'autre.
    ligne.etalons.push(importSqlite(repertoire, fichier));
    const sortie = execFileSync(process.execPath, [ENFANT, repertoire, fichier, petit, generation.identite.siren], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const mesure = JSON.parse(sortie) as Mesure;
    if (mesure.acceptees !== acceptees) throw new Error(`${mesure.acceptees} logements acceptés au lieu de ${acceptees}`);
    ligne.mesures.push(mesure);
  }
  rmSync(fichier);
  return ligne;
}

const nombre = (n: number, decimales = 0): string => n.toFixed(decimales).replace('.', ',');
let manquees = 0;

/** Une mesure et sa cible ; note la cible manquée. */
function juger(valeur: number, cible: number, texte: string): string {
  if (valeur <= cible) return texte;
  manquees++;
  return `${texte} ✗`;
}

function afficher(lignes: readonly Ligne[]): void {
  const titres = ['logements', 'Mo', 'sqlite3 ms', 'départ ms', 'import ms', `rapport ≤ ${CIBLES.import}`, `mémoire Mo ≤ ${CIBLES.memoireMo}`, 'etat ms', 'parcours ms', `etat/parcours ≤ ${CIBLES.etat}`, `répartition/parcours ≤ ${CIBLES.repartition}`, `groupes/parcours ≤ ${CIBLES.groupes}`, 'case ms', `case/enregistrement nu ≤ ${CIBLES.saisie}`, 'µs/logement', `/ plus petit ≤ ${nombre(CIBLES.parLogement, 2)}`];
  const parLogement = (l: Ligne): number => (mediane(l.mesures.map((m) => m.importMs)) * 1000) / l.taille;
  const reference = lignes[0] === undefined ? Number.NaN : parLogement(lignes[0]);
  const corps = lignes.map((l) => {
    const importMs = mediane(l.mesures.map((m) => m.importMs));
    const etalon = mediane(l.etalons);
    const rapport = importMs / etalon;
    const memoire = Math.max(...l.mesures.map((m) => m.memoireMo));
    const etat = mediane(l.mesures.map((m) => m.etatMs));
    const parcours = mediane(l.mesures.map((m) => m.parcoursMs));
    const repartition = mediane(l.mesures.map((m) => m.repartitionMs)) / parcours;
    const groupes = mediane(l.mesures.map((m) => m.groupesMs)) / parcours;
    const saisie = mediane(l.mesures.map((m) => m.saisieMs));
    const nu = mediane(l.mesures.map((m) => m.commitMs));
    const croissance = parLogement(l) / reference;
    return [
      nombre(l.taille), nombre(l.octets / 1e6), nombre(etalon), nombre(mediane(l.mesures.map((m) => m.departMs))), nombre(importMs), juger(rapport, CIBLES.import, nombre(rapport, 2)), juger(memoire, CIBLES.memoireMo, nombre(memoire)),
      nombre(etat, 1), nombre(parcours, 1), juger(etat / parcours, CIBLES.etat, nombre(etat / parcours, 2)),
      juger(repartition, CIBLES.repartition, nombre(repartition, 2)), juger(groupes, CIBLES.groupes, nombre(groupes, 2)), nombre(saisie, 1), juger(saisie / nu, CIBLES.saisie, nombre(saisie / nu, 2)), nombre(parLogement(l), 1), juger(croissance, CIBLES.parLogement, nombre(croissance, 2)),
    ];
  });
  const largeurs = titres.map((t, i) => Math.max(t.length, ...corps.map((c) => (c[i] ?? '').length)));
  for (const rangee of [titres, ...corps]) console.log(rangee.map((c, i) => c.padStart(largeurs[i] ?? 0)).join('  '));
}

/** Le classeur : sa mesure médiane et ses cibles. */
function afficherClasseur(mesures: readonly MesureClasseur[]): void {
  const [premiere] = mesures;
  if (premiere === undefined) return;
  const [nue, importe] = [mediane(mesures.map((m) => m.nueMs)), mediane(mesures.map((m) => m.importMs))];
  const memoire = Math.max(...mesures.map((m) => m.memoireMo));
  console.log(
    `\nXLSX de ${premiere.logements} × 64 (${nombre(premiere.octets / 1e6)} Mo) : lecture nue ${nombre(nue)} ms, import ${nombre(importe)} ms, rapport ≤ ${nombre(CIBLES_CLASSEUR.rapport, 1)} : ${juger(importe / nue, CIBLES_CLASSEUR.rapport, nombre(importe / nue, 2))}, mémoire Mo ≤ ${CIBLES_CLASSEUR.memoireMo} : ${juger(memoire, CIBLES_CLASSEUR.memoireMo, nombre(memoire))}`,
  );
}

/** Les positions et les quartiers ; le plus long tour, dit sans cible, est ce qu'une saisie a attendu au pire. */
function afficherQpv(mesures: readonly MesureQpv[]): void {
  const [premiere] = mesures;
  if (premiere === undefined) return;
  const [situes, parcours] = [mediane(mesures.map((m) => m.situesMs)), mediane(mesures.map((m) => m.parcoursMs))];
  console.log(
    `\nQPV de ${premiere.logements} logements : positions et quartiers ${nombre(situes)} ms, parcours ${nombre(parcours, 1)} ms, rapport ≤ ${CIBLES_QPV.rapport} : ${juger(situes / parcours, CIBLES_QPV.rapport, nombre(situes / parcours, 1))}, plus long tour ${nombre(mediane(mesures.map((m) => m.tourMs)))} ms`,
  );
}

/** La matrice de 10 000 cases : une case enregistrée, et l'ouverture d'une taille de parc à l'autre. */
function afficherMatrice(mesures: readonly MesureMatrice[]): void {
  const tailles = [...new Set(mesures.map((m) => m.logements))];
  const de = (taille: number | undefined, lire: (m: MesureMatrice) => number): number => mediane(mesures.filter((m) => m.logements === taille).map(lire));
  for (const taille of tailles) {
    const [cases, saisie, nu] = [de(taille, (m) => m.cases), de(taille, (m) => m.saisieMs), de(taille, (m) => m.commitMs)];
    console.log(
      `\nMatrice de ${cases} cases (${de(taille, (m) => m.departements)} départements, ${de(taille, (m) => m.epci)} EPCI), ${taille} logements : ouverture ${nombre(de(taille, (m) => m.ouvertureMs))} ms, ${nombre(de(taille, (m) => m.octets) / 1e6, 1)} Mo ; case ${nombre(saisie, 1)} ms, enregistrement nu ${nombre(nu, 1)} ms, rapport ≤ ${CIBLES_MATRICE.saisie} : ${juger(saisie / nu, CIBLES_MATRICE.saisie, nombre(saisie / nu, 2))}`,
    );
  }
  // Rapportées à la case : les deux parcs n'ont pas tout à fait les mêmes communes.
  const parCase = (taille: number | undefined): number => de(taille, (m) => m.ouvertureMs / m.cases);
  const rapport = parCase(tailles.at(-1)) / parCase(tailles[0]);
  console.log(`Ouverture de la matrice, ${tailles.at(-1)} logements contre ${tailles[0]} : rapport ≤ ${nombre(CIBLES_MATRICE.ouverture, 1)} : ${juger(rapport, CIBLES_MATRICE.ouverture, nombre(rapport, 2))}`);
}

/** La carte : les tâches longues du fil de la fenêtre, et celles que notre JavaScript fait à lui seul. */
function afficherCarte(mesure: { grande: MesureCarte; vide: MesureCarte } | null): void {
  if (mesure === null) {
    console.log('\nCarte : aucun écran, et pas de Xvfb ; non mesurée.');
    return;
  }
  const { grande, vide } = mesure;
  const pire = (t: MesureCarte['trajet']): string => nombre(t.longues[0]?.ms ?? 0);
  for (const l of grande.trajet.notres) console.log(`  ${nombre(l.ms)} ms : ${l.fonctions.map(([f, ms]) => `${f} ${nombre(ms)}`).join(', ')}`);
  console.log(
    `\nCarte de ${grande.ensembles} ensembles et ${grande.communes} communes : trajet ${nombre(grande.trajet.dureeMs / vide.trajet.dureeMs, 2)} fois celui d’une carte vide, notre JavaScript ${nombre((100 * grande.trajet.notreMs) / grande.trajet.dureeMs, 1)} % du temps ; tâches longues ${grande.trajet.longues.length} (pire ${pire(grande.trajet)} ms), vide ${vide.trajet.longues.length} ; de notre fait ≤ ${CIBLES_CARTE.notres} : ${juger(grande.trajet.notres.length, CIBLES_CARTE.notres, String(grande.trajet.notres.length))}, du ramasse-miettes ${grande.trajet.miettes.length}. Ouverture ${nombre(grande.ouvertureMs / vide.ouvertureMs, 2)} fois celle d’une carte vide.`,
  );
}

/** La politique des loyers ; la jauge et la saisie d'un maximum, dites sans cible, sont ce qu'une frappe attend. */
function afficherNpl(mesures: readonly MesureNpl[]): void {
  const [premiere] = mesures;
  if (premiere === undefined) return;
  const de = (cle: 'premiereMs' | 'repriseMs' | 'jaugeMs' | 'saisieMs' | 'parcoursMs'): number => mediane(mesures.map((m) => m[cle]));
  const parcours = de('parcoursMs');
  const [premier, repris] = [de('premiereMs') / parcours, de('repriseMs') / parcours];
  console.log(
    `\nPolitique des loyers de ${premiere.logements} logements, ${premiere.ensembles} ensembles : parcours ${nombre(parcours, 1)} ms ; première fois ${nombre(de('premiereMs'), 1)} ms, rapport ≤ ${CIBLES_NPL.premiere} : ${juger(premier, CIBLES_NPL.premiere, nombre(premier, 2))} ; après un changement ${nombre(de('repriseMs'), 1)} ms, rapport ≤ ${CIBLES_NPL.reprise} : ${juger(repris, CIBLES_NPL.reprise, nombre(repris, 2))} ; saisie ${nombre(de('saisieMs'), 1)} ms, jauge ${nombre(de('jaugeMs'), 1)} ms`,
  );
}

const { values } = parseArgs({
  options: { tailles: { type: 'string', default: '19000,191000,540000' }, essais: { type: 'string', default: '3' }, classeur: { type: 'string', default: '126000' }, qpv: { type: 'string', default: '191000' }, npl: { type: 'string', default: '191000' }, matrice: { type: 'string', default: 'oui' }, carte: { type: 'string', default: '540000' } },
});
if (!hasSqlite()) {
  console.error('Le programme sqlite3, étalon des durées, n’est pas installé. L’installer (paquet « sqlite3 »), puis recommencer.');
  process.exit(2);
}
const repertoire = mkdtempSync(join(tmpdir(), 'cus-bench-'));
try {
  const tailles = values.tailles.split(',').filter(Boolean).map(Number);
  if (tailles.length > 0) afficher(tailles.map((taille) => mesurer(taille, Number(values.essais), repertoire)));
  if (Number(values.classeur) > 0) afficherClasseur(await mesurerClasseur(Number(values.classeur), Number(values.essais), repertoire));
  if (values.matrice === 'oui') afficherMatrice(mesurerMatrice(Number(values.essais), repertoire));
  if (Number(values.qpv) > 0) afficherQpv(await mesurerQpv(Number(values.qpv), Number(values.essais), repertoire));
  if (Number(values.npl) > 0) afficherNpl(mesurerNpl(Number(values.npl), Number(values.essais), repertoire));
  if (Number(values.carte) > 0) afficherCarte(await mesurerCarte(Number(values.carte), repertoire));
} finally {
  rmSync(repertoire, { recursive: true, force: true });
}
console.log(manquees === 0 ? 'Toutes les cibles sont tenues.' : `${manquees} cible(s) manquée(s), marquées ✗.`);
process.exitCode = manquees === 0 ? 0 : 1;
