import type TinySDF from '@mapbox/tiny-sdf';
import { Octets, zigzag } from '../tuiles/octets.ts';

/** Ce qu'attend la carte d'une plage de glyphes : taille de la police, marge autour de chacun, portée du champ de distances. */
export const DESSIN = { fontSize: 24, buffer: 3, radius: 8, cutoff: 0.25 } as const;

/** De la ligne d'écriture à l'origine que la carte donne aux glyphes, dans une police de 24. */
const LIGNE = 27;

const VISIBLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/u;

/** Les codes de la plage « 0-255 » ; vide si ce n'en est pas une. */
export function codesDePlage(plage: string): number[] {
  const [, debut, fin] = /^(\d+)-(\d+)$/.exec(plage) ?? [];
  const premier = Number(debut);
  const dernier = Math.min(Number(fin), 0x10ffff);
  return debut === undefined || dernier < premier ? [] : Array.from({ length: dernier - premier + 1 }, (_, i) => premier + i).filter((c) => VISIBLE.test(String.fromCodePoint(c)));
}

/** La plage écrite au format des glyphes de la carte (`glyphs.proto` de Mapbox), chaque caractère tracé par `trace`. */
export function encodePlage(police: string, plage: string, trace: Pick<TinySDF, 'draw'>): ArrayBuffer {
  const pile = new Octets();
  const glyphe = new Octets();
  pile.texte(1, police);
  pile.texte(2, plage);
  for (const code of codesDePlage(plage)) {
    const { data, glyphWidth, glyphHeight, glyphLeft, glyphTop, glyphAdvance } = trace.draw(String.fromCodePoint(code));
    glyphe.vider();
    glyphe.entier(1, code);
    glyphe.bloc(2, new Uint8Array(data.buffer, data.byteOffset, data.length));
    glyphe.entier(3, glyphWidth);
    glyphe.entier(4, glyphHeight);
    glyphe.entier(5, zigzag(glyphLeft));
    glyphe.entier(6, zigzag(glyphTop - LIGNE));
    glyphe.entier(7, Math.round(glyphAdvance));
    pile.bloc(3, glyphe.ecrits);
  }
  const reponse = new Octets();
  reponse.bloc(1, pile.ecrits);
  return reponse.ecrits.slice().buffer;
}
