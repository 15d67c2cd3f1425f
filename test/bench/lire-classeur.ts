/** La lecture nue d'un XLSX par la bibliothèque, en flux : l'étalon de l'import d'un classeur. Argument : le fichier. */
import { readFileSync } from 'node:fs';
import { streamXlsxRows } from 'hucre/xlsx';

const debut = performance.now();
let rangees = 0;
for await (const { values } of streamXlsxRows(readFileSync(process.argv[2] ?? ''), { sheet: 0 })) if (values.length > 0) rangees++;
process.stdout.write(JSON.stringify({ rangees, ms: performance.now() - debut }));
