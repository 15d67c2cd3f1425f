/**
 * Écrit une déclaration fictive et ses totaux, pour les tests et les mesures :
 * `node electron/demo/generer.ts --logements 19000 --graine 1 --sortie parc.csv [--evolution] [--salete 0.01] …`
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ecrireFichier } from './ecrire.ts';
import { generateBailleur, generateEvolution } from './rpls.ts';
import type { FormatFichier, OptionsBailleur } from './rpls.ts';

const ENCODAGES: readonly FormatFichier['encodage'][] = ['windows-1252', 'utf-8', 'utf-8-bom'];

function principal(): void {
  const { values: v } = parseArgs({
    options: {
      logements: { type: 'string', default: '2400' },
      graine: { type: 'string', default: '1' },
      annee: { type: 'string', default: '2026' },
      salete: { type: 'string', default: '0.01' },
      siren: { type: 'string' },
      siege: { type: 'string', default: '13' },
      encodage: { type: 'string', default: 'windows-1252' },
      'fin-de-ligne': { type: 'string', default: 'CRLF' },
      evolution: { type: 'boolean', default: false },
      sortie: { type: 'string' },
    },
  });
  const encodage = ENCODAGES.find((e) => e === v.encodage);
  if (!v.sortie || !encodage) {
    process.stderr.write('Usage : --logements N --graine S --sortie FICHIER [--annee A] [--salete 0.01] [--siren N] [--siege 13] [--encodage windows-1252|utf-8|utf-8-bom] [--fin-de-ligne CRLF|LF] [--evolution]\n');
    process.exitCode = 2;
    return;
  }
  const options: OptionsBailleur = {
    graine: Number(v.graine),
    logements: Number(v.logements),
    annee: Number(v.annee),
    salete: Number(v.salete),
    departementSiege: v.siege,
    format: { encodage, finDeLigne: v['fin-de-ligne'] === 'LF' ? 'LF' : 'CRLF' },
    ...(v.siren === undefined ? {} : { siren: v.siren }),
  };
  const suivant = v.evolution ? generateEvolution(options) : null;
  const generation = suivant ?? generateBailleur(options);
  ecrireFichier(generation, v.sortie);
  const evolution = suivant ? { evolution: suivant.evolution() } : {};
  writeFileSync(`${v.sortie}.totaux.json`, `${JSON.stringify({ identite: generation.identite, ...generation.totaux(), ...evolution }, null, 1)}\n`);
}

if (import.meta.main) principal();
