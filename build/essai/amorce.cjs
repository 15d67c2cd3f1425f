// Amorce du moteur d'essai, qui n'a pas de `default_app.asar` : lit la ligne de commande et charge
// l'application, comme le fait celle d'Electron. `-r <fichier>` est l'option dont Playwright se sert.
const { app } = require('electron');
const Module = require('node:module');
const path = require('node:path');

const args = process.argv.slice(1);
const avant = [];
let cible = null;
for (let i = 0; i < args.length && cible === null; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') avant.push(args[(i += 1)]);
  else if (!args[i].startsWith('-')) cible = path.resolve(args[i]);
}

if (cible === null) {
  console.error('Aucune application à ouvrir.');
  app.exit(1);
} else {
  process.defaultApp = true;
  for (const fichier of avant) Module._load(fichier, Module, true);
  const main = require.resolve(cible);
  app.setAppPath(path.dirname(main));
  // Synchrone : après un tour de boucle il serait trop tard pour déclarer `app://`.
  Module._load(main, Module, true);
}
