import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readXlsx } from '../../../electron/documents/index.ts';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { essaiDossier, lireJson } from '../depot/aides.ts';

const pages = (octets: Uint8Array): number => (Buffer.from(octets).toString('latin1').match(/\/MediaBox \[/gu) ?? []).length;

it('le scénario retenu est dans le paquet : mêmes chiffres au classeur, au JSON, à l’écran ; retiré, il n’y est plus', async () => {
  const { faire, repertoire } = await essaiDossier();
  const { id } = await faire('npl.creer', { nom: 'Retenu', annee: 2027 });
  const { lignes } = await faire('npl.lire', { scenario: id });
  const su = lignes.find((l) => l.base === 'SU');
  await faire('npl.definir', { scenario: id, choix: [{ ensemble: su?.ensemble ?? '', habitable: 1000, annexes: 50.5, plafonds: [{ plafond: su?.plafond ?? 'PLUS', maximum: 0.5 }] }] });
  await faire('npl.definirBaremes', { irl: [{ annee: 2025, indice: 146.7, source: 'Insee' }, { annee: 2026, indice: 148.17, source: 'Insee' }] });
  await faire('npl.retenir', { scenario: id });
  const attendu = await faire('npl.lire', { scenario: id });
  const constats = await faire('controles.lister', {});
  expect(constats.aJustifier.filter((c) => c.etape === 'loyers').map((c) => c.code)).toEqual(['npl-a-justifier', 'npl-incomplete']);

  const { paquet } = await faire('depot.deposer', { repertoire, sansSignature: true, malgre: 'essai' });
  const donnees = z.looseObject({ npl: z.looseObject({ resultat: z.unknown() }) }).parse(await lireJson(paquet, 'donnees.json'));
  expect(donnees.npl.resultat).toEqual(attendu);
  // Le loyer, l'écart au maximum, puis les maximums du scénario, une feuille par base.
  expect(pages(await readEntry(await openPaquet(paquet), 'carte-loyers.pdf'))).toBe(2 + attendu.parBase.length);
  const feuilles = await readXlsx(await readEntry(await openPaquet(paquet), 'politique-des-loyers.xlsx'));
  const masse = new Map(feuilles.find((f) => f.nom === 'Masse')?.lignes.map((l) => [l[0], l[1]]));
  expect([masse.get('Masse maximale avant (par mois)'), masse.get('Masse maximale après (par mois)'), masse.get('Reste (par mois)')]).toEqual([attendu.avant, attendu.apres, attendu.reste].map(String));
  expect(feuilles.find((f) => f.nom === 'Ensembles')?.lignes.length).toBe(attendu.lignes.length + 1);
  // D'où vient chaque maximum, et où le lire : sur les deux feuilles d'ensembles, et en tout sur celle de la masse.
  const dire = { apl: ['convention APL (L445-3)', 'champ 56 du RPLS'], cus: ['ancienne CUS (L445-3-1)', 'champ 57 du RPLS'] } as const;
  const simples = attendu.lignes.flatMap((l, i) => (l.origine === 'apl' || l.origine === 'cus' ? [[i, dire[l.origine][0], ...dire[l.origine]]] : []));
  const [, ...parEnsemble] = feuilles.find((f) => f.nom === 'Ensembles')?.lignes ?? [];
  const [, ...deR4458] = feuilles.find((f) => f.nom === 'Éléments de calcul')?.lignes ?? [];
  expect(simples.map(([i]) => [i, parEnsemble[Number(i)]?.[10], deR4458[Number(i)]?.[8], deR4458[Number(i)]?.[9]])).toEqual(simples);
  expect([new Set(simples.map((s) => s[1])).size, masse.get('Maximum d’aujourd’hui : ancienne CUS')]).toEqual([2, String(attendu.origines?.find((o) => o.origine === 'cus')?.logements)]);

  // Les éléments de R445-8 suffisent à refaire le compte, de tête : montants écrits, surfaces, taux, indices.
  const [, ...elements] = feuilles.find((f) => f.nom === 'Éléments de calcul')?.lignes ?? [];
  const [, ...dehors] = feuilles.find((f) => f.nom === 'Hors du calcul')?.lignes ?? [];
  const nombre = (t: string | undefined): number => Number((t ?? '').replace(',', '.'));
  const reviser = (montant: number, n: string | undefined, a: string | undefined): number => ((n ?? '') === '' ? montant : (montant * nombre(n)) / nombre(a));
  const refait = elements.map((e) => {
    const avant = reviser(nombre(e[11]), e[12], e[13]);
    return { avant, apres: (e[14] ?? '') === '' ? avant : reviser(nombre(e[14]) * nombre(e[7]), e[16], e[17]) };
  });
  const centimes = (n: number, sens: 'floor' | 'ceil'): number => Math[sens](n * 100 + (sens === 'floor' ? 1e-4 : -1e-4)) / 100;
  expect([centimes(refait.reduce((s, l) => s + l.avant, 0), 'floor'), centimes(refait.reduce((s, l) => s + l.apres, 0), 'ceil'), elements[0]?.[12]]).toEqual([attendu.avant, attendu.apres, '148.17']);
  // Les surfaces données y sont : la surface utile comptée en vient (habitable et moitié des annexes).
  const siennes = elements.filter((e) => e[0] === su?.ensemble);
  expect([siennes.map((e) => e.slice(18)), siennes.reduce((s, e) => s + nombre(e[7]), 0) <= 1025.25]).toEqual([siennes.map(() => ['', '1000', '50.5']), true]);
  const compter = (rangs: readonly (readonly string[])[], i: number): number => rangs.reduce((s, l) => s + nombre(l[i]), 0);
  const parc = new Map([...attendu.lignes, ...attendu.horsMasse].map((l) => [l.ensemble, l.logements]));
  expect(compter(elements, 6) + compter(dehors, 3)).toBe([...parc.values()].reduce((s, n) => s + n, 0));

  const csv = join(repertoire, 'annexe.csv');
  await faire('npl.exporter', { scenario: id, destination: csv });
  expect(readFileSync(csv, 'utf8').trim().split('\n').length).toBe(attendu.lignes.length + 1);
  await faire('npl.exporter', { scenario: id, destination: join(repertoire, 'annexe.ods') });

  await faire('npl.retenir', { scenario: null });
  const { modifications } = await faire('modifications.lister', {});
  expect(modifications.filter((m) => m.champ.startsWith('npl/')).map((m) => [m.champ, m.apres])).toEqual([
    ['npl/retenu', null], ['npl/masse/avant', null], ['npl/masse/apres', null], [`npl/ensemble/${su?.ensemble}/${su?.plafond}`, null],
  ]);
  expect((await faire('depot.apercu', {})).fichiers.map((f) => f.nom)).not.toContain('politique-des-loyers.xlsx');
});
