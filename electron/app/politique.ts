/** Tout est refusé sauf les fichiers de l'application : ni réseau, ni script ou style en ligne. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const ENTETES: Record<string, string> = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** Permissions du navigateur accordées à l'écran ; toute autre, connue ou à venir, est refusée. */
export const PERMISSIONS: ReadonlySet<string> = new Set([
  // « Copier le texte » : écrire dans le presse-papiers, jamais le lire.
  'clipboard-sanitized-write',
]);
