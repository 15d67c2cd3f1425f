import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sortie } from '../../../shared/contract.ts';
import { essaiVentes } from './aide.ts';

type Filtres = NonNullable<Sortie<'engagements.propositions'>['propositions'][number]['lignes']>['filtres'];
const filtreDe = (filtres: Filtres) => Object.fromEntries(filtres.map((f) => [f.colonne, f.valeurs ?? []]));

const vente = fc.record({
  annee: fc.constantFrom('', '2026', '2028', '2031', '2040'),
  acquereur: fc.constantFrom('', 'locataires', 'personnes-morales', 'societe-vente', 'organisme-hlm', 'autre'),
  etat: fc.constantFrom('a-vendre', 'commercialise', 'vendu'),
  date: fc.constantFrom('', '15/01/2026', '01/07/2028', '31/12/2031', '02/02/2019'),
});

test('la liste qu’ouvre une proposition de PP-4 a autant de logements que son nombre, quel que soit le plan', async () => {
  const { faire, choisis } = await essaiVentes(8);
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027' });
  let vues = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(vente, { minLength: 8, maxLength: 8 }), async (ventes) => {
      const cases = ventes.flatMap((v, i) => Object.entries(v).map(([colonne, texte]) => ({ identifiant: choisis[i] ?? '', colonne, texte })));
      expect((await faire('ventes.definir', { cases })).nombreRefusees).toBe(0);
      const { propositions } = await faire('engagements.propositions', {});
      for (const p of propositions.filter((x) => x.champ.startsWith('engagement/PP-4/') && Number.parseInt(x.proposee, 10) > 0)) {
        const { total } = await faire('ventes.page', { decalage: 0, nombre: 1, filtre: filtreDe(p.lignes?.filtres ?? []) });
        expect([p.champ, p.lignes?.nombre, total]).toEqual([p.champ, Number.parseInt(p.proposee, 10), Number.parseInt(p.proposee, 10)]);
        vues += 1;
      }
    }),
    { numRuns: 12, seed: 445 },
  );
  expect(vues).toBeGreaterThan(40);
});

test('l’explication d’une case de PP-4 ouvre ces mêmes logements ; une case que le plan ne nourrit pas est refusée', async () => {
  const { faire, echouer, choisis } = await essaiVentes(3);
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027' });
  await faire('ventes.definir', { cases: [
    ...choisis.map((identifiant) => ({ identifiant, colonne: 'acquereur', texte: 'organisme-hlm' })),
    ...['etat', 'date'].map((colonne) => ({ identifiant: choisis[0] ?? '', colonne, texte: colonne === 'etat' ? 'vendu' : '15/01/2026' })),
  ] });
  const { propositions } = await faire('engagements.propositions', {});
  const vendus = propositions.find((p) => /^engagement\/PP-4\/.*\/6ans\/vendus$/u.test(p.champ) && p.proposee === '1');
  const champ = vendus?.champ ?? '';
  // R445-5 : « le nombre de logements vendus », quel que soit l'acquéreur.
  expect([vendus?.reserve ?? null, (await faire('explication.lire', { sujet: champ })).sources.map((s) => [s.nombre, s.champ])]).toEqual([null, [[1, `ventes/cible/${champ}`]]]);
  const mises = propositions.find((p) => p.champ === champ.replace('/vendus', '/total'));
  expect([mises?.proposee.split('/')[0], mises?.reserve]).toEqual(['0', expect.stringContaining('lecture d’Atelier CUS')]);
  expect(await echouer('ventes.page', { decalage: 0, nombre: 1, filtre: { cibles: ['engagement/PP-2/dep-13/2026/total'] } })).toMatchObject({ code: 'cible-hors-plan', sortie: 2 });
});
