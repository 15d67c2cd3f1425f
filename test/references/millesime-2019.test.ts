import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findMillesime } from '../../shared/millesimes/index.ts';

// Le dossier de références est à côté du projet ; son absence fait échouer, jamais passer.
const cch = readFileSync(new URL('../../../shared/reglementation/cch.txt', import.meta.url), 'utf8');

function article(code: string): string {
  const debut = cch.indexOf(`# Article ${code}\n`);
  expect(debut, code).toBeGreaterThan(-1);
  return cch.slice(debut, cch.indexOf('\n-----', debut));
}

const millesime = findMillesime('2019');

test.each(millesime.indicateurs.map((i) => [i.code, i] as const))("%s : libellé, engagement et accompagnement mot pour mot", (code, i) => {
  // Le produit écrit l'apostrophe typographique, Légifrance la droite : c'est la seule différence admise.
  const texte = article(i.article).replaceAll("'", '’');
  const nom = code === 'G-1' ? 'G1' : code;
  expect(texte).toContain(`${nom}. ${i.libelle}. |`);
  expect(texte).toContain(`\n${i.engagement} | \n`);
  if (i.accompagnement !== null) {
    const corps = i.accompagnement.texte;
    expect(texte).toContain(corps.charAt(0).toLowerCase() + corps.slice(1));
  }
});

test('tous les indicateurs des deux tableaux, et eux seuls', () => {
  const codes = ['R445-5', 'R445-5-1'].flatMap((a) => [...article(a).matchAll(/^([A-Z]{1,2}-?\d)\. /gm)].map((m) => m[1]));
  expect(codes).toEqual(millesime.indicateurs.map((i) => (i.code === 'G-1' ? 'G1' : i.code)));
});

test("chaque article cité par le millésime se lit dans le code, l'arrêté de 2017 mis à part", () => {
  const cites = [
    ...millesime.indicateurs.map((i) => i.article),
    ...millesime.champs.map((c) => c.article),
    ...millesime.delais.map((d) => d.article),
    ...millesime.ordres.map((o) => o.article),
    ...millesime.controles.map((c) => c.article),
    ...millesime.plan.flatMap((c) => c.articles),
    ...millesime.obligations.map((o) => o.article),
  ].filter((a) => a !== '' && !a.startsWith('Arrêté'));
  expect([...new Set(cites)].filter((a) => !cch.includes(`# Article ${a}\n`))).toEqual([]);
});
