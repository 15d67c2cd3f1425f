import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHAMPS_GARDES, COLONNES } from '../../../shared/domain/rpls/champs.ts';
import { WINDOWS_1252_EN_UTF8 } from '../../../electron/import/texte.ts';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { migrations } from '../../../electron/store/migrations/index.ts';
import { AUTRES_TABLES, Preparation, cheminLogements } from '../../../electron/store/staging.ts';
import { tempDir } from '../../aides/repertoire.ts';

const schema = migrations.map((m) => m.sql).join('\n');
const table = (nom: string): string => {
  const texte = new RegExp(`CREATE TABLE ${nom} \\([\\s\\S]*?\\) STRICT[^;]*;`).exec(schema)?.[0];
  if (texte === undefined) throw new Error(nom);
  return texte.replace(/ REFERENCES \w+ \(\w+\)/g, '');
};

// Les coordonnées viennent d'une migration suivante.
const tableLogement = table('logement').replace(') STRICT', ', x TEXT, y TEXT, epsg TEXT) STRICT');

const isTexte = (i: number): boolean => ['texte', 'lettre', 'mois', 'jour'].includes(CHAMPS_GARDES[i]?.type ?? '');
const entier = fc.oneof(fc.constantFrom(0, 1, 127, 128, 32_767, 32_768, 8_388_607, 8_388_608, 2 ** 31 - 1, 2 ** 31, 2 ** 40), fc.nat());
const texte = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom('', 'é', '€', '🏠'), fc.nat(30_000).map((n) => 'à'.repeat(n)));
const valeurs = fc.tuple(...CHAMPS_GARDES.map((_, i) => fc.option<string | number>(isTexte(i) ? texte : entier, { freq: 2 })));
const logement = fc.record({ ident: fc.string({ minLength: 1, maxLength: 30 }), ensemble: entier, ligne: entier, valeurs, supplement: fc.option(fc.string()) });

function ecrireEtRelire(logements: readonly (typeof logement extends fc.Arbitrary<infer T> ? T : never)[], premier: number): unknown[] {
  const repertoire = tempDir();
  const chemin = join(repertoire, 'prep.db');
  const amorce = { tables: { logement: tableLogement, autres: AUTRES_TABLES.map(table) }, declaration: 3, import: 70_000, premierLogement: premier, premiereAnomalie: 1 };
  const preparation = new Preparation(chemin, amorce, WINDOWS_1252_EN_UTF8);
  for (const l of logements) {
    preparation.logement({ identInt: l.ident, commune: '13055', ensemble: l.ensemble, groupe: 1, ligne: l.ligne, valeurs: l.valeurs, source: null, supplement: l.supplement });
  }
  preparation.terminer();
  const base = openReadOnly(cheminLogements(chemin));
  try {
    expect(base.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    return base.prepare('SELECT * FROM logement ORDER BY id').all();
  } finally {
    base.close();
    rmSync(repertoire, { recursive: true, force: true });
  }
}

it('SQLite relit exactement ce que les pages disent, débordements compris', () => {
  fc.assert(
    fc.property(fc.array(logement, { maxLength: 60 }), fc.constantFrom(1, 120, 16_380, 2 ** 33), (logements, premier) => {
      const attendu = logements.map((l, n) => ({
        id: premier + n, declaration: 3, import: 70_000, commune: '13055', groupe: 1, ensemble: l.ensemble, ligne: l.ligne, champs_supplementaires: l.supplement,
        ...Object.fromEntries(COLONNES.map((c, i) => [c, l.valeurs[i] ?? null])), ident_int: l.ident,
        // La colonne n'accepte pas d'absence ; l'import ne la laisse jamais vide.
        depcom: l.valeurs[3] ?? '',
      }));
      const donnes = logements.map((l) => ({ ...l, valeurs: l.valeurs.map((v, i) => (i === 3 ? (v ?? '') : v)) }));
      expect(ecrireEtRelire(donnes, premier)).toEqual(attendu);
    }),
    { numRuns: 40 },
  );
});

it('un arbre de plusieurs étages reste un arbre', () => {
  const vides = CHAMPS_GARDES.map((_, i) => (i === 3 ? '13055' : i === 9 ? 'x'.repeat(4000) : null)) as never;
  const logements = Array.from({ length: 2500 }, (_, n) => ({ ident: `L${n}`, ensemble: 1, ligne: n, valeurs: vides, supplement: null }));
  const relus = ecrireEtRelire(logements, 1) as { id: number; ident_int: string }[];
  expect(relus.map((l) => l.ident_int)).toEqual(logements.map((l) => l.ident));
});
