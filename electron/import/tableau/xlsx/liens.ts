import { decodeEntites } from './textes.ts';

/** Valeur d'un attribut d'une balise ; vide s'il n'y est pas. */
export function attribut(balise: string, nom: string): string {
  const m = new RegExp(`\\s${nom}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(balise);
  return decodeEntites(m?.[1] ?? m?.[2] ?? '');
}

export type Lien = { id: string; sorte: string; cible: string };

/** Les liens d'une partie vers d'autres ; `sorte` : le dernier mot de leur type, `cible` : un nom d'entrée. */
export function lireLiens(xml: string, dossier: string): Lien[] {
  return [...xml.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([b]) => ({
    id: attribut(b, 'Id'),
    sorte: attribut(b, 'Type').split('/').at(-1) ?? '',
    cible: resoudre(dossier, attribut(b, 'Target')),
  }));
}

function resoudre(dossier: string, cible: string): string {
  const chemin: string[] = cible.startsWith('/') ? [] : dossier.split('/').filter(Boolean);
  for (const pas of cible.split('/')) {
    if (pas === '..') chemin.pop();
    else if (pas !== '' && pas !== '.') chemin.push(pas);
  }
  return chemin.join('/');
}
