import { resolve } from 'node:path';
import type { Erreur } from '../../shared/erreurs.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { openService } from '../service/index.ts';
import type { Service } from '../service/index.ts';
import { toErreur } from '../service/erreurs.ts';
import { helpGenerale, helpVerbe } from './aide.ts';
import { checkArguments, parseLigne, parseMaintenant } from './arguments.ts';
import type { ArgumentsLus } from './arguments.ts';
import { identifyPersonne, repertoireDeDepart, repertoireDonnees } from './environnement.ts';
import { guardSorties, linesErreur, openProgression, write } from './sorties.ts';
import type { Progression } from './sorties.ts';
import type { Appel, Reponse, Verbe } from './verbe.ts';
import { verbes } from './verbes/index.ts';

export type Fin = { sortie: number; stdout: string; stderr: string };

/** D'où la commande est tapée, et de quoi l'interrompre et la suivre. */
export type Cadre = { env: Readonly<Record<string, string | undefined>>; cwd: string; signal: AbortSignal; progression: Progression };

/** Lit la ligne, exécute le verbe, écrit la réponse et termine le processus avec son code. */
export async function main(argv: readonly string[]): Promise<never> {
  guardSorties();
  const progression = openProgression(process.stderr);
  const fin = await execute(argv, { env: process.env, cwd: process.cwd(), signal: watchInterruption(), progression });
  progression.effacer();
  if (fin.stderr !== '') await write(process.stderr, fin.stderr);
  const ecrit = fin.stdout === '' || (await write(process.stdout, fin.stdout));
  if (!ecrit) await write(process.stderr, 'La réponse n’a pas pu être écrite sur la sortie.\nLibérer de la place, puis recommencer.\n');
  process.exit(ecrit ? fin.sortie : 2);
}

/** La même chose sans toucher au processus : rend ce qui est à écrire et le code de sortie. */
export async function execute(argv: readonly string[], cadre: Cadre): Promise<Fin> {
  const json = isJson(argv);
  try {
    const [nom, ...reste] = argv;
    if (nom === undefined || ['aide', '--aide', '--help', '-h'].includes(nom)) return help(reste.find((r) => !r.startsWith('-')));
    const verbe = findVerbe(nom);
    const lus = parseLigne(verbe, reste);
    if (lus.drapeaux.has('aide')) return done(helpVerbe(verbe));
    checkArguments(verbe, lus.positionnels);
    const reponse = await runVerbe(verbe, lus, json, cadre);
    return { sortie: reponse.sortie ?? 0, stdout: `${json ? JSON.stringify(reponse.json) : reponse.texte}\n`, stderr: '' };
  } catch (e) {
    const { code, message, action, sortie } = toErreur(e, cadre.signal);
    return {
      sortie,
      stdout: json ? `${JSON.stringify({ erreur: { code, message, action } })}\n` : '',
      stderr: linesErreur({ code, message, action, sortie } satisfies Erreur),
    };
  }
}

async function runVerbe(verbe: Verbe, lus: ArgumentsLus, json: boolean, cadre: Cadre): Promise<Reponse> {
  const fixe = parseMaintenant(lus.textes.get('maintenant'));
  const service = openService({
    repertoireDonnees: repertoireDonnees(cadre.env, process.platform),
    ...identifyPersonne(cadre.env),
    ...(fixe === null ? {} : { maintenant: () => fixe }),
  });
  let reponse: Reponse;
  try {
    reponse = await verbe.run(buildAppel(service, lus, json, cadre));
  } catch (e) {
    await service.fermer().catch(() => undefined);
    throw e;
  }
  // Ce qui est fait est fait et gardé, même si le rangement du fichier échoue (disque plein).
  await service.fermer().catch(() => {
    process.stderr.write('Le dossier n’a pas pu être rangé en le fermant ; ses changements sont gardés dans le fichier « -wal » voisin.\nLibérer de la place, puis rouvrir le dossier ; ne pas déplacer l’un sans l’autre.\n');
  });
  return reponse;
}

function buildAppel(service: Service, lus: ArgumentsLus, json: boolean, { env, cwd, signal, progression }: Cadre): Appel {
  const depart = repertoireDeDepart(env, cwd);
  const chemin = (donne: string): string => {
    if (donne === '') throw invalide('chemin-vide', 'Un chemin vide est donné.', 'Donner le nom d’un fichier ou d’un répertoire.');
    return resolve(depart, donne);
  };
  return {
    argument: (rang) => lus.positionnels[rang] ?? '',
    chemin,
    texte: (option) => lus.textes.get(option),
    textes: (option) => lus.listes.get(option) ?? [],
    fichier: (option) => {
      const donne = lus.textes.get(option);
      return donne === undefined ? undefined : chemin(donne);
    },
    drapeau: (option) => lus.drapeaux.has(option),
    async appeler(operation, entree) {
      const reponse = await service.appeler(operation, entree, { signal, progres: progression.suivre });
      progression.effacer();
      if (!reponse.ok) throw new ErreurCus(reponse.error);
      return reponse.value;
    },
    dire: (texte) => void (json ? process.stderr : process.stdout).write(`${texte}\n`),
    avertir: (texte) => void process.stderr.write(`${texte}\n`),
  };
}

function findVerbe(nom: string): Verbe {
  const choix = `Choisir parmi : ${verbes.map((v) => v.nom).join(', ')}. Voir « cus aide ».`;
  if (nom.startsWith('-')) throw invalide('usage', 'Il manque le verbe : il vient en premier, avant les options.', choix);
  const verbe = verbes.find((v) => v.nom === nom);
  if (verbe === undefined) {
    throw invalide('usage', `Le verbe « ${nom} » n’existe pas.`, choix);
  }
  return verbe;
}

function help(nom: string | undefined): Fin {
  return done(nom === undefined ? helpGenerale(verbes) : helpVerbe(findVerbe(nom)));
}

const done = (texte: string): Fin => ({ sortie: 0, stdout: `${texte}\n`, stderr: '' });

/** `--json` où qu'il soit, avant un éventuel `--` : même une ligne illisible doit répondre en JSON. */
function isJson(argv: readonly string[]): boolean {
  const fin = argv.indexOf('--');
  return (fin < 0 ? argv : argv.slice(0, fin)).includes('--json');
}

/** Premier Ctrl+C : annuler proprement. Second : partir tout de suite, le dossier le supporte. */
function watchInterruption(): AbortSignal {
  const controleur = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controleur.signal.aborted) process.exit(2);
      controleur.abort();
      process.stderr.write('\nAnnulation en cours…\n');
    });
  }
  return controleur.signal;
}
