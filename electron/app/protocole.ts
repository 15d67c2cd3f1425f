import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { ENTETES } from './politique.ts';
import { HOTE, resolveRessource, SCHEMA } from './ressources.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pbf': 'application/x-protobuf',
};

/** À appeler avant que l'application soit prête : un schéma ne devient standard qu'à ce moment. */
export function declareSchema(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEMA, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Sert les fichiers construits de l'écran, eux seuls, en lecture seule. */
export function servirRessources(session: Session, racine: string): void {
  session.protocol.handle(SCHEMA, async (requete) => {
    const fichier = requete.method === 'GET' ? resolveRessource(requete.url, racine) : null;
    if (!fichier) return new Response(null, { status: 404, headers: ENTETES });
    try {
      const contenu = await readFile(fichier);
      const type = TYPES[extname(fichier)] ?? 'application/octet-stream';
      return new Response(new Uint8Array(contenu), { headers: { ...ENTETES, 'content-type': type } });
    } catch {
      return new Response(null, { status: 404, headers: ENTETES });
    }
  });
}

export const PAGE = `${SCHEMA}://${HOTE}/index.html`;
