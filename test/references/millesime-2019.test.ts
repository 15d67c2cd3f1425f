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

// DEM-1 : R445-5-3 demande ces nombres sans tableau ni code.
const DES_TABLEAUX = millesime.indicateurs.filter((i) => i.code !== 'DEM-1');

test.each(DES_TABLEAUX.map((i) => [i.code, i] as const))("%s : libellé, engagement et accompagnement mot pour mot", (code, i) => {
  // Le produit écrit l'apostrophe typographique, Légifrance la droite : c'est la seule différence admise.
  const texte = article(i.article).replaceAll("'", '’');
  const nom = code === 'G-1' ? 'G1' : code;
  // R445-36 imprime PP-LF-2 sans point final.
  expect(texte.replaceAll('par année |', 'par année. |')).toContain(`${nom}. ${i.libelle}. |`);
  expect(texte).toContain(`\n${i.engagement} | \n`);
  if (i.accompagnement !== null) {
    const corps = i.accompagnement.texte;
    expect(texte).toContain(corps.charAt(0).toLowerCase() + corps.slice(1));
  }
});

test('tous les indicateurs des quatre tableaux, et eux seuls', () => {
  const codes = ['R445-5', 'R445-5-1', 'R445-36', 'R445-22'].flatMap((a) => [...article(a).matchAll(/^([A-Z]{1,2}-?(?:[A-Z]{2,3}-)?\d)\. /gm)].map((m) => m[1]));
  expect(codes).toEqual(DES_TABLEAUX.map((i) => (i.code === 'G-1' ? 'G1' : i.code)));
});

test("chaque article cité par le millésime se lit dans le code, l'arrêté de 2017 mis à part", () => {
  const cites = [
    ...millesime.indicateurs.map((i) => i.article),
    ...millesime.champs.map((c) => c.article),
    ...millesime.tables.map((t) => t.article),
    ...millesime.indicateurs.flatMap((i) => i.ventilations.flatMap((v) => v.accompagnement?.article ?? [])),
    millesime.etat.article,
    ...millesime.delais.map((d) => d.article),
    ...millesime.ordres.map((o) => o.article),
    ...millesime.controles.map((c) => c.article),
    ...millesime.plan.flatMap((c) => c.articles),
    ...millesime.obligations.map((o) => o.article),
  ].filter((a) => a !== '' && !a.startsWith('Arrêté'));
  expect([...new Set(cites)].filter((a) => !cch.includes(`# Article ${a}\n`))).toEqual([]);
});

test('R302-15 : la partie entière, un logement pour trois lits ; un logement autonome en vaut un', () => {
  expect(article('R302-15')).toContain("la partie entière issue du calcul effectué à raison d'un logement pour trois lits");
});
