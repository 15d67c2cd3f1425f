/** Entrée de la commande `cus` (le lanceur a déjà regardé la version de Node). */
import { keepCompiled } from '../compilation.ts';

keepCompiled();
// Après : seul ce qui se charge ensuite est gardé compilé.
const { main } = await import('./executer.ts');
await main(process.argv.slice(2));
