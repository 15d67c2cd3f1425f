/**
 * META-INF/empreintes.json d'un paquet non signé. Il se contrôle lui-même (`controle`) : une altération
 * de la liste se distingue ainsi de celle d'un fichier. Ce n'est pas une signature : qui veut tromper
 * peut tout réécrire, et le verdict reste « non signé ».
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const Liste = z.strictObject({
  schema: z.literal('atelier-cus/empreintes/1'),
  algorithme: z.literal('SHA-256'),
  fichiers: z.array(z.strictObject({ nom: z.string(), empreinte: z.string().regex(/^[0-9a-f]{64}$/) })),
  controle: z.string(),
});

/** Octets de la liste, toujours les mêmes pour les mêmes fichiers dans le même ordre. */
export function writeEmpreintes(references: readonly { nom: string; empreinte: Uint8Array }[]): Buffer {
  const fichiers = references.map(({ nom, empreinte }) => ({ nom, empreinte: Buffer.from(empreinte).toString('hex') }));
  const controle = createHash('sha256').update(JSON.stringify(fichiers)).digest('hex');
  return Buffer.from(`${JSON.stringify({ schema: 'atelier-cus/empreintes/1', algorithme: 'SHA-256', fichiers, controle }, null, 2)}\n`);
}

/** La liste, ou `null` si un octet n'en est pas celui qui a été écrit. */
export function parseEmpreintes(octets: Uint8Array): { nom: string; algorithme: 'sha256'; empreinte: Buffer }[] | null {
  let brut: unknown;
  try {
    brut = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets));
  } catch {
    return null;
  }
  const lu = Liste.safeParse(brut);
  if (!lu.success) return null;
  const references = lu.data.fichiers.map((f) => ({ nom: f.nom, algorithme: 'sha256' as const, empreinte: Buffer.from(f.empreinte, 'hex') }));
  if (new Set(references.map((r) => r.nom)).size !== references.length) return null;
  return writeEmpreintes(references).equals(octets) ? references : null;
}
