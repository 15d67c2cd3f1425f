/** Entrée de la commande `cus` (le lanceur a déjà regardé la version de Node). */
import { main } from './executer.ts';

await main(process.argv.slice(2));
