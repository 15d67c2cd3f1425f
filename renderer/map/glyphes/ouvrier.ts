/** Le fil des glyphes : il trace les lettres des noms de lieux, ce que la carte ferait sinon sur celui de la fenêtre. */
import latinEtendu from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url';
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import TinySDF from '@mapbox/tiny-sdf';
import { DESSIN, encodePlage } from './plage.ts';

export type DemandeGlyphes = { numero: number; police: string; plage: string };
export type ReponseGlyphes = { numero: number; octets: ArrayBuffer } | { numero: number; panne: string };

/** Les polices de ce fil : il n'a pas celles de la page. */
declare const fonts: FontFaceSet;

const FAMILLE = 'Inter Carte';

/** Chaque fichier avec ce qu'il couvre ; le reste va à la police du système. */
const FICHIERS = [
  { adresse: latin, unicodeRange: 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2212' },
  { adresse: latinEtendu, unicodeRange: 'U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+1EF2-1EFF' },
];

const trace = Promise.all(
  FICHIERS.map(async ({ adresse, unicodeRange }) => {
    fonts.add(await new FontFace(FAMILLE, `url(${adresse})`, { unicodeRange, weight: '100 900' }).load());
  }),
).then(() => new TinySDF({ ...DESSIN, fontFamily: `"${FAMILLE}", sans-serif`, fontWeight: '400' }));

addEventListener('message', (e: MessageEvent<DemandeGlyphes>) => {
  const { numero, police, plage } = e.data;
  trace
    .then((t) => {
      const octets = encodePlage(police, plage, t);
      postMessage({ numero, octets } satisfies ReponseGlyphes, { transfer: [octets] });
    })
    .catch((cause: unknown) => postMessage({ numero, panne: cause instanceof Error ? cause.message : String(cause) } satisfies ReponseGlyphes));
});
