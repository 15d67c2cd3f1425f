import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couleurImprimee } from '../../../shared/domain/carte/couleurs.ts';
import { composeDessin, type Carte } from '../../../shared/domain/carte/composer.ts';
import { drawCarte, FORMATS, mettreEnPage, type Dessin } from '../../../shared/domain/carte/dessin.ts';
import { couper } from '../../../shared/domain/carte/feuille-svg.ts';
import { echelleRonde, longueurRonde, projeter, type Etendue } from '../../../shared/domain/carte/projection.ts';

const DESSIN: Dessin = {
  format: 'A4', titre: 'Habitat & Cie', sousTitre: '3 ensembles', etendue: [5, 43, 6, 44],
  contours: [{ geometrie: { type: 'Polygon', coordinates: [[[4, 42], [7, 42], [7, 45], [4, 45], [4, 42]]] }, nom: 'Bouches' }], quartiers: [], communes: { traces: [], noms: [{ lon: 5.5, lat: 43.5, nom: 'Aix', poids: 9 }, { lon: 5.51, lat: 43.5, nom: 'Voisine', poids: 3 }, { lon: 5.6, lat: 43.7, nom: 'Pertuis', poids: 1 }] },
  panneaux: [{ titre: 'Loyer', titreLegende: 'Loyer', surfaces: [], legende: [{ libelle: '4,00 à 5,00', cote: null, couleur: '#fdea45', logements: 1234, choisis: null }], cercles: [
    { lon: 5.5, lat: 43.5, taille: 1, couleur: '#fdea45', sur: true, foyer: null, retenu: false },
    { lon: 5.6, lat: 43.6, taille: 0.5, couleur: null, sur: false, foyer: '13055', retenu: false },
    { lon: 2.3, lat: 48.8, taille: 0.5, couleur: '#00204d', sur: true, foyer: null, retenu: false },
  ] }],
  plusGrand: '40 logements : le plus grand cercle', notes: [], source: 'Source : RPLS. Fond.',
};

describe('la feuille', () => {
  it('est la même à l’octet, dit son échelle, sa légende et ce qu’elle ne montre pas', () => {
    const un = drawCarte(DESSIN);
    expect(un).toEqual(drawCarte(structuredClone(DESSIN)));
    expect({ denominateur: un.denominateur, hors: un.hors, cercles: un.svg.match(/fill-opacity="0\.(95|7)"/gu)?.length }).toEqual({ denominateur: 750_000, hors: 1, cercles: 2 });
    for (const mot of ['Habitat &amp; Cie', 'Échelle 1 : 750\u00a0000', '4,00 à 5,00', '1\u00a0234', '1 hors de la feuille', 'Source : RPLS. Fond.', '>N<', '>Aix<', '>Pertuis<']) expect(un.svg).toContain(mot);
    // De deux noms qui se couvriraient, un seul ; de plus loin, les départements à leur place.
    expect(un.svg).not.toContain('>Voisine<');
    const loin = drawCarte({ ...DESSIN, etendue: [0, 41, 9, 47] }).svg;
    expect([loin.includes('>Bouches<'), loin.includes('>Aix<')]).toEqual([true, false]);
  });

  it('une colonne trop longue se réduit et reste au-dessus de la source', () => {
    expect(drawCarte(DESSIN).svg).not.toContain('scale(');
    const { svg } = drawCarte({ ...DESSIN, panneaux: [...DESSIN.panneaux, ...DESSIN.panneaux], notes: Array.from({ length: 18 }, (_, i) => `Note ${i} : ${'des mots '.repeat(12)}`) });
    const [, haut = 0, k = 1] = (/translate\([\d.]+ ([\d.]+)\) scale\(([\d.]+)\)/u.exec(svg) ?? []).map(Number);
    const ordonnees = [...(svg.split('scale(')[1]?.split('</g>')[0] ?? '').matchAll(/<text [^>]*y="([\d.]+)"/gu)].map((m) => haut + k * Number(m[1]));
    const source = Number(/y="([\d.]+)"[^>]*>Source/u.exec(svg)?.[1]);
    expect([svg.includes('Note 17'), k < 1, Math.max(...ordonnees) < source - 6]).toEqual([true, true, true]);
  });

  it('est à l’échelle : une distance au sol, mesurée au compas sur le papier, est celle de la Terre à 1 % près', () => {
    const degre = 111_195;
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 8, noNaN: true }), fc.double({ min: 41, max: 50, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true }), fc.constantFrom('A4' as const, 'A3' as const),
        (ouest, sud, cote, format) => {
          const etendue: Etendue = [ouest, sud, ouest + cote, sud + cote];
          const { poser, denominateur, cadre } = mettreEnPage(format, etendue);
          const [lon, lat] = [ouest + cote / 2, sud + cote / 3];
          const [a, b] = [poser(lon, lat), poser(lon, lat + 0.01)];
          const metres = Math.hypot(b[0] - a[0], b[1] - a[1]) * (0.0254 / 72) * denominateur;
          expect(Math.abs(metres / (0.01 * degre) - 1)).toBeLessThan(0.01);
          for (const [x, y] of [[ouest, sud], [ouest + cote, sud], [ouest, sud + cote], [ouest + cote, sud + cote]].map(([l = 0, t = 0]) => poser(l, t))) {
            expect(x >= cadre.x && x <= cadre.x + cadre.largeur && y >= cadre.y && y <= cadre.y + cadre.hauteur).toBe(true);
          }
        },
      ),
    );
  });

  it('a le nord en haut au milieu, et le sud au-dessous', () => {
    const p = projeter([5, 43, 6, 44]);
    expect(p(5.5, 43.9)[1]).toBeGreaterThan(p(5.5, 43.1)[1]);
    expect(Math.abs(p(5.5, 43.9)[0])).toBeLessThan(1e-6);
    expect(projeter([-62, -21, -50, 5])(-56, 4)[1]).toBeGreaterThan(projeter([-62, -21, -50, 5])(-56, 3)[1]);
  });

  it('a des échelles et des longueurs rondes', () => {
    expect([231_400, 250_000, 260_000, 999_999, 5000].map(echelleRonde)).toEqual([250_000, 250_000, 300_000, 1_000_000, 5000]);
    expect([1, 4999, 5000, 19_999, 20_000].map(longueurRonde)).toEqual([1, 2000, 5000, 10_000, 20_000]);
    expect(FORMATS.A3[1]).toBe(FORMATS.A4[0]);
  });
});

describe('la composition', () => {
  const carte: Carte = {
    format: 'A4', methode: 'quantiles', nombre: 2, grille: null,
    mesures: [{ mesure: 'loyerM2', bornes: null, valeurs: new Map([['a', 5], ['b', 6], ['c', null], ['d', 5]]), precisions: ['À savoir.'] }],
    maille: 'ensemble', surface: 'SH',
    lignes: [{ code: 'a', logements: 40 }, { code: 'b', logements: 10 }, { code: 'c', logements: 7 }, { code: 'd', logements: 3 }],
    lieux: new Map([['a', { lon: 5, lat: 43, foyer: null }], ['b', { lon: 5.1, lat: 43.1, foyer: '13055' }], ['c', { lon: 55.4, lat: -21, foyer: null }]]),
    traces: new Map(), contours: [], quartiers: [], communes: { traces: [], noms: [] }, etendue: null, cadrer: null, selection: null, retenues: null, organisme: 'Habitat', periode: '2026-2031', annee: 2026, date: '2026-03-01T09:00:00.000Z', attributions: ['Fond de X (MIT, © DiMarco)', 'Centres.'],
  };

  it('compte tout le parc dans la légende, cadre la zone qui en a le plus, et dit ce qui n’a pas de place', () => {
    const d = composeDessin(carte);
    const [panneau] = d?.panneaux ?? [];
    expect(panneau?.legende).toEqual([
      { libelle: '5,00 à 6,00', cote: null, couleur: couleurImprimee('seq-1'), logements: 43, choisis: null },
      { libelle: '6,00', cote: null, couleur: couleurImprimee('seq-7'), logements: 10, choisis: null },
      { libelle: 'Sans valeur', cote: null, couleur: null, logements: 7, choisis: null },
    ]);
    expect(panneau?.cercles.map((c) => [c.couleur, c.sur, c.taille])).toEqual([[couleurImprimee('seq-1'), true, 1], [couleurImprimee('seq-7'), false, 0.5], [null, true, Math.sqrt(7 / 40)]]);
    expect(d?.etendue.map(Math.round)).toEqual([5, 43, 5, 43]);
    expect(d?.notes).toEqual(['Σ loyer / Σ surface des logements loués.', 'À savoir.', '1 position approchée, en plus pâle : autour du centre de la commune.', '1 ensemble immobilier sans position, compté dans la légende.']);
    expect(d?.source).toBe('Source : RPLS, déclaration de 2026, calculs de l’organisme avec Atelier CUS, feuille du 01/03/2026. Fond de X (MIT, © DiMarco). Centres.');
  });

  it('montre ce que l’écran montre : deux mesures à la même échelle, la sélection cernée et comptée, les classes retenues', () => {
    const ecarts = { mesure: 'ecartM2' as const, bornes: null, valeurs: new Map([['a', -1], ['b', 1], ['c', 2], ['d', 2]]), precisions: [] };
    const d = composeDessin({ ...carte, mesures: [...carte.mesures, ecarts], selection: { codes: new Set(['b', 'd']), totaux: '2 ensembles, 13 logements' } });
    expect([d?.titre, d?.sousTitre]).toEqual([
      'Habitat : loyer et écart au maximum, sélection de 2 ensembles immobiliers',
      'Convention d’utilité sociale 2026-2031 · 4 ensembles immobiliers, 60 logements · Sélection : 2 ensembles, 13 logements',
    ]);
    expect(d?.panneaux.map((p) => [p.titreLegende, p.cercles.map((c) => c.retenu), p.legende.map((l) => [l.logements, l.choisis])])).toEqual([
      ['Loyer, € par m² de surface habitable', [false, true, false], [[43, 3], [10, 10], [7, 0]]],
      ['Maximum moins loyer, € par m² de surface habitable', [false, true, false], [[40, 0], [20, 13]]],
    ]);
    const svg = d === null ? '' : drawCarte(d).svg;
    expect([svg.match(/<clipPath /gu)?.length, svg.match(/stroke="#0e5a4a" stroke-width="1.6"/gu)?.length, svg.match(/Échelle 1 :/gu)?.length, svg.includes('Au-dessus du maximum')]).toEqual([2, 3, 2, true]);
    const filtree = composeDessin({ ...carte, retenues: new Set([1]) });
    expect([filtree?.panneaux[0]?.cercles.length, filtree?.panneaux[0]?.legende.length, filtree?.notes.some((n) => n.startsWith('Seules sont dessinées les classes 6,00 : 1 sur 4'))]).toEqual([1, 3, true]);
  });

  it('deux scénarios d’une même mesure ont les mêmes classes, qui couvrent les deux, même posées à la main', () => {
    const de = (nom: string, valeurs: [string, number][]) => ({ mesure: 'maximumNpl' as const, scenario: { nom, annee: 2026 }, bornes: nom === 'A' ? [5, 6, 7] : null, valeurs: new Map(valeurs), precisions: [] });
    const d = composeDessin({ ...carte, surface: 'SU', mesures: [de('A', [['a', 5], ['b', 6]]), de('B $&', [['a', 4], ['b', 8]])] });
    expect(d?.titre).toBe('Habitat : maximum du scénario « A » (2026) et maximum du scénario « B $& » (2026)');
    expect(d?.panneaux.map((p) => [p.titre, p.titreLegende, p.legende.map((l) => [l.libelle, l.logements])])).toEqual([
      ['Maximum du scénario « A » (2026)', 'Maximum du scénario « A » (2026), € par m² de surface utile', [['4,00 à 6,00', 40], ['6,00 à 8,00', 10], ['Sans valeur', 10]]],
      ['Maximum du scénario « B $& » (2026)', 'Maximum du scénario « B $& » (2026), € par m² de surface utile', [['4,00 à 6,00', 40], ['6,00 à 8,00', 10], ['Sans valeur', 10]]],
    ]);
    expect(d?.notes).toContain('Mêmes classes sur les deux cartes, pour les valeurs des deux scénarios.');
    const svg = d === null ? '' : drawCarte(d).svg;
    expect(svg.match(/>Maximum du scénario « A » \(2026\)</gu)?.length).toBe(1);
  });

  it('rien à placer n’est pas une feuille vide', () => {
    expect(composeDessin({ ...carte, lieux: new Map() })).toBeNull();
  });
});

it('les couleurs imprimées sont celles du thème clair', () => {
  const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');
  const clair = css.slice(0, css.indexOf("data-theme='sombre'"));
  for (const nom of [...[1, 2, 3, 4, 5, 6, 7].map((i) => `seq-${i}`), ...['violet', 'vert'].flatMap((f) => [1, 2, 3, 4, 5, 6].map((i) => `${f}-${i}`)), 'neutre']) {
    expect(`${nom} ${new RegExp(`--${nom}: (#[0-9a-f]{6})`, 'u').exec(clair)?.[1] ?? ''}`).toBe(`${nom} ${couleurImprimee(nom)}`);
  }
});

it('une colonne réduite garde son cercle à la taille de la carte, et dit les notes qui n’y tiennent pas', () => {
  const lire = (notes: number) => {
    const { svg } = drawCarte({ ...DESSIN, notes: Array.from({ length: notes }, (_, i) => `Note ${i + 1}, assez longue pour tenir sur deux lignes de la colonne au moins.`) });
    const [, x = '', haut = '', k = '1'] = /translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)/u.exec(svg) ?? [];
    const colonne = svg.slice(svg.lastIndexOf('<g transform="translate(')).split('</g>')[0] ?? '';
    const rayon = Number(/<circle [^>]*r="([\d.]+)" fill="none"/u.exec(colonne)?.[1]);
    const bas = Math.max(...[...colonne.matchAll(/<text [^>]*y="([\d.]+)"/gu)].map((m) => Number(haut) + Number(k) * Number(m[1])));
    return { reduite: x !== '', k: Number(k), rayon: Math.round(rayon * Number(k)), tient: bas < 540, notes: (colonne.match(/>Note \d+/gu) ?? []).length, dit: /(\d+) notes? de plus à l’écran des loyers/u.exec(colonne.replaceAll(/<\/text><text [^>]*>/gu, ' '))?.[1] ?? null };
  };
  expect([lire(30), lire(120)]).toEqual([
    { reduite: true, k: expect.any(Number) as number, rayon: 11, tient: true, notes: 30, dit: null },
    { reduite: true, k: 0.6, rayon: 11, tient: true, notes: expect.any(Number) as number, dit: expect.any(String) as string },
  ]);
  const { notes, dit } = lire(120);
  expect(notes + Number(dit)).toBe(120);
});

it('un texte se coupe entre deux mots, jamais avant ni après un guillemet', () => {
  expect(couper('Maximum du scénario « Mixité hors QPV » : surface utile', 62, 8)).toEqual(['Maximum du', 'scénario', '«\u00a0Mixité hors', 'QPV\u00a0» : surface', 'utile']);
});
