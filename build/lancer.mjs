/**
 * Lance un programme TypeScript du projet : `node build/lancer.mjs PROGRAMME …`. En JavaScript,
 * pour pouvoir dire qu'un Node est trop ancien au lieu d'échouer sur la syntaxe.
 */
import { fileURLToPath } from 'node:url';

const [majeure = 0, mineure = 0] = process.versions.node.split('.').map(Number);
const [, , programme = '', ...arguments_] = process.argv;

if (majeure < 22 || (majeure === 22 && mineure < 18)) {
  const erreur = {
    code: 'moteur-ancien',
    message: `Atelier CUS demande Node 22.18 ou plus récent, et tourne sous Node ${process.versions.node}.`,
    action: 'Installer Node 24, ou passer par npm après « npm ci », qui en apporte un sur la plupart des machines.',
  };
  if (arguments_.includes('--json')) process.stdout.write(`${JSON.stringify({ erreur })}\n`);
  process.stderr.write(`${erreur.message}\n${erreur.action}\n`);
  process.exitCode = 2;
} else {
  const chemin = new URL(`../${programme}`, import.meta.url);
  process.argv.splice(1, 2, fileURLToPath(chemin));
  await import(chemin.href);
}
