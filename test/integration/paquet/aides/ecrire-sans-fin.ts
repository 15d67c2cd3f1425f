/** Processus qui écrit le même paquet jusqu'à ce qu'on le tue, une ligne par paquet écrit. */
import { writePaquet } from '../../../../electron/paquet/index.ts';

const [, , destination = ''] = process.argv;
const instant = new Date('2026-03-01T09:00:00Z');
for (;;) {
  const fichiers = Array.from({ length: 20 }, (_, i) => ({ nom: `f${i}.txt`, octets: Buffer.alloc(50_000, i) }));
  await writePaquet({ fichiers, destination, instant });
  console.log('écrit');
}
