/**
 * Noms d'entrées acceptés, à l'écriture comme à la lecture : ce qu'un extracteur ou un œil humain
 * pourrait prendre pour autre chose est refusé.
 */

// Marques bidirectionnelles et caractères invisibles : un nom affiché doit être celui qui est lu.
const INVISIBLES = /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u061c]/u;

/** Pourquoi ce nom est refusé (fin de phrase), ou `null` s'il est acceptable. */
export function findDefautNom(nom: string): string | null {
  const chemin = nom.endsWith('/') ? nom.slice(0, -1) : nom;
  if (chemin === '') return 'est vide';
  if (nom.length > 1024) return 'est trop long';
  if (nom.includes('\\')) return 'contient une barre oblique inverse';
  if (nom.startsWith('/') || /^[A-Za-z]:/.test(nom)) return 'est un chemin absolu';
  if (Array.from(nom).some(isControle)) return 'contient un caractère de contrôle';
  if (INVISIBLES.test(nom)) return 'contient un caractère invisible ou de sens d’écriture';
  if (/\p{Surrogate}/u.test(nom)) return 'n’est pas un texte valable';
  const segments = chemin.split('/');
  if (segments.some((s) => s === '..' || s === '.')) return 'contient un segment « .. » ou « . »';
  if (segments.some((s) => s === '')) return 'contient un segment vide';
  return null;
}

/** Un caractère de contrôle (C0, DEL, C1) ou un séparateur de ligne. */
function isControle(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
}

/** Clé sous laquelle deux noms désignent le même fichier sur un disque (casse, forme composée). */
export function keyNom(nom: string): string {
  const chemin = nom.endsWith('/') ? nom.slice(0, -1) : nom;
  return chemin.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** Nom affiché entre guillemets : ce qui ne se voit pas est remplacé par son code. */
export function showNom(nom: string): string {
  const visible = Array.from(nom, (c) => (isControle(c) || INVISIBLES.test(c) ? `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}` : c)).join('');
  return `« ${visible.length > 120 ? `${visible.slice(0, 120)}…` : visible} »`;
}

/** Premier défaut d'une liste de noms (nom inacceptable, doublon, fichier pris pour un dossier), ou `null`. */
export function findDefautNoms(noms: readonly string[]): string | null {
  const vus = new Map<string, string>();
  for (const nom of noms) {
    const defaut = findDefautNom(nom);
    if (defaut) return `Le nom d’entrée ${showNom(nom)} ${defaut}.`;
    const deja = vus.get(keyNom(nom));
    if (deja !== undefined) return `Deux entrées portent le même nom : ${showNom(deja)} et ${showNom(nom)}.`;
    vus.set(keyNom(nom), nom);
  }
  for (const [cle, nom] of vus) {
    for (let fin = cle.lastIndexOf('/'); fin > 0; fin = cle.lastIndexOf('/', fin - 1)) {
      const parent = vus.get(cle.slice(0, fin));
      if (parent !== undefined && !parent.endsWith('/')) return `${showNom(parent)} est à la fois un fichier et le dossier de ${showNom(nom)}.`;
    }
  }
  return null;
}
