import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DossierRecent } from '../../shared/contract.ts';
import type { Sortie } from '../../shared/contract.ts';
import type { Contexte } from './contexte.ts';

type Recent = z.output<typeof DossierRecent>;
const Liste = z.object({ version: z.literal(1), dossiers: z.array(DossierRecent) });
const LIMITE = 30;

const fichierDe = (repertoire: string): string => join(repertoire, 'recents.json');

/** Dossiers ouverts récemment sur cet ordinateur, le dernier d'abord. Un fichier illisible compte pour vide. */
export function readRecents(repertoire: string): Recent[] {
  try {
    const { dossiers } = Liste.parse(JSON.parse(readFileSync(fichierDe(repertoire), 'utf8')));
    return dossiers.map((d) => {
      const present = existsSync(d.chemin);
      return { ...d, present, modifieLe: present ? statSync(d.chemin).mtime.toISOString() : d.modifieLe };
    });
  } catch {
    return [];
  }
}

const SESSION = 'recent';

/**
 * Note parmi les récents l'état du dossier ouvert. N'écrit que s'il a changé depuis la dernière fois,
 * ou si `dAbord` demande de le mettre en tête : `dossier.info` est appelé à chaque enregistrement.
 */
export function noteRecent(contexte: Contexte, info: Sortie<'dossier.info'>, dAbord = false): void {
  const { chemin, organisme, periode, etapes, prochaineEcheance, enregistreA, version, lectureSeule } = info;
  const recent: Recent = {
    chemin, nom: organisme.nom, siren: organisme.siren, periode, modifieLe: enregistreA, present: true, etapes, prochaineEcheance, lectureSeule,
    ...(version === undefined ? {} : { version }),
  };
  const empreinte = JSON.stringify(recent);
  if (!dAbord && contexte.session.get(SESSION) === empreinte) return;
  try {
    rememberRecent(contexte.repertoireDonnees, recent);
    contexte.session.set(SESSION, empreinte);
  } catch {
    // La liste des récents est une commodité : ne pas pouvoir l'écrire n'empêche pas de travailler.
  }
}

function rememberRecent(repertoire: string, recent: Recent): void {
  write(repertoire, [recent, ...readRecents(repertoire).filter((d) => d.chemin !== recent.chemin)].slice(0, LIMITE));
}

export function forgetRecent(repertoire: string, dossier: string): void {
  write(repertoire, readRecents(repertoire).filter((d) => d.chemin !== dossier));
}

function write(repertoire: string, dossiers: Recent[]): void {
  mkdirSync(repertoire, { recursive: true });
  const provisoire = `${fichierDe(repertoire)}.${process.pid}.partiel`;
  writeFileSync(provisoire, JSON.stringify({ version: 1, dossiers } satisfies z.input<typeof Liste>));
  renameSync(provisoire, fichierDe(repertoire));
}
