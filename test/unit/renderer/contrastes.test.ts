import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');

/** Couleurs d'un bloc `:root…{ }`, par nom. */
function couleurs(selecteur: string): Map<string, string> {
  const debut = css.indexOf(`${selecteur} {`);
  const bloc = css.slice(debut, css.indexOf('\n}', debut));
  return new Map([...bloc.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

function luminance(hex: string): number {
  const [r = 0, v = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * v + 0.0722 * b;
}

function contraste(a: string, b: string): number {
  const [clair = 0, sombre = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (clair + 0.05) / (sombre + 0.05);
}

const FONDS = ['papier', 'surface', 'creux', 'accent-fond'];
const TEXTES = ['encre', 'encre-douce', 'accent', 'accent-vif', 'qpv', 'brique', 'ambre', 'ardoise'];
const TEINTES = ['accent', 'qpv', 'brique', 'ambre', 'ardoise'];

describe.each([
  ['clair', ':root'],
  ['sombre', ":root[data-theme='sombre']"],
])('thème %s', (_nom, selecteur) => {
  const c = couleurs(selecteur);
  const de = (nom: string): string => c.get(nom) ?? expect.fail(`couleur absente : ${nom}`);

  test('chaque texte tient 4,5:1 sur chacun de ses fonds', () => {
    const paires = [
      ...TEXTES.flatMap((t) => FONDS.map((f) => [t, f] as const)),
      ...TEINTES.map((t) => [t, `${t}-fond`] as const),
      ...TEINTES.map((t) => ['encre', `${t}-fond`] as const),
      ['sur-accent', 'accent'] as const,
      ['sur-accent', 'accent-vif'] as const,
      ['papier', 'encre'] as const,
    ];
    const faibles = paires.map(([t, f]) => ({ t, f, r: contraste(de(t), de(f)) })).filter(({ r }) => r < 4.5);
    expect(faibles).toEqual([]);
  });

  test('le bord des commandes tient 3:1', () => {
    expect(FONDS.slice(0, 3).map((f) => contraste(de('bord'), de(f)) >= 3)).toEqual([true, true, true]);
  });

  test('les données séquentielles vont toujours dans le même sens', () => {
    const l = [1, 2, 3, 4, 5, 6, 7].map((i) => luminance(de(`seq-${i}`)));
    const ecarts = l.slice(1).map((v, i) => Math.sign(v - (l[i] ?? 0)));
    expect(new Set(ecarts).size).toBe(1);
  });

  test('les huit catégories se distinguent en niveaux de gris', () => {
    const l = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => 116 * Math.cbrt(luminance(de(`cat-${i}`))) - 16).sort((a, b) => a - b);
    const ecarts = l.slice(1).map((v, i) => v - (l[i] ?? 0));
    expect(Math.min(...ecarts)).toBeGreaterThan(4);
  });
});

test('le thème sombre a ses propres valeurs pour toutes les couleurs', () => {
  const clair = couleurs(':root');
  const sombre = couleurs(":root[data-theme='sombre']");
  expect([...sombre.keys()].sort()).toEqual([...clair.keys()].sort());
});
