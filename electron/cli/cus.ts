/**
 * Entrée de la commande `cus`. Rien d'autre n'est chargé avant d'avoir regardé le moteur : sous une
 * version trop ancienne, le lien natif de SQLite ferait tomber le processus sans un mot.
 */
import process from 'node:process';

const MINIMUM = 22;

if (Number.parseInt(process.versions.node, 10) < MINIMUM) {
  const erreur = {
    code: 'moteur-ancien',
    message: `La commande cus demande Node ${MINIMUM} ou plus récent, et tourne sous Node ${process.versions.node}.`,
    action: 'Installer Node 24, ou passer par « npm run --silent cus -- … », qui en apporte un.',
  };
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ erreur })}\n`);
  process.stderr.write(`${erreur.message}\n${erreur.action}\n`);
  process.exitCode = 2;
} else {
  const { main } = await import('./executer.ts');
  await main(process.argv.slice(2));
}
