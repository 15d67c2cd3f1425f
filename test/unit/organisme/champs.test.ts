import { describe, expect, test } from 'vitest';
import { formatValeurChamp, parseValeurChamp, readChamp } from '../../../shared/domain/organisme/champs.ts';
import { findChamp, findMillesime } from '../../../shared/millesimes/index.ts';
import type { DefinitionChamp } from '../../../shared/millesimes/types.ts';

const millesime = findMillesime('2019');
function definition(nom: string): DefinitionChamp {
  const d = findChamp(millesime, nom);
  if (d === undefined) throw new Error(nom);
  return d;
}

describe('champs simples', () => {
  test.each([
    ['organisme/siren', '732 829 320', '732829320'],
    ['organisme/nom', ' Habitat du Littoral ', 'Habitat du Littoral'],
    ['organisme/nature', 'oph', 'OPH'],
    ['organisme/nature', 'Office public de l’habitat', 'OPH'],
    ['organisme/nature', "Office public de l'habitat", 'OPH'],
    ['organisme/psp/date', '1/3/2024', '2024-03-01'],
    ['calendrier/date-effet', '2026-01-01', '2026-01-01'],
    ['options/PP-5', 'Oui', 'oui'],
    ['options/territoires-ps1', 'epci-200054807 , ept-200057867;epci-200054807', 'epci-200054807,ept-200057867'],
    ['calendrier/delai-rapprochement', '1', '1'],
    ['organisme/foyers/lits', '12 ; 1 040, 7', '12, 1040, 7'],
    ['organisme/foyers/lits', '30', '30'],
    ['organisme/nom', '', ''],
  ])('%s ← %j', (nom, texte, valeur) => {
    expect(parseValeurChamp(definition(nom), texte)).toEqual({ ok: true, valeur });
  });
  test.each([
    ['organisme/foyers/lits', '12, dep-13'],
    ['organisme/foyers/lits', '12,5,-3'],
    ['organisme/siren', '732829321'],
    ['organisme/siren', '000000000'],
    ['organisme/nature', 'SCI'],
    ['organisme/psp/date', '31/04/2024'],
    ['organisme/psp/date', 'hier'],
    ['options/PP-5', 'peut-être'],
    ['options/territoires-ps1', 'marseille'],
  ])('%s refuse %j', (nom, texte) => {
    expect(parseValeurChamp(definition(nom), texte)).toMatchObject({ ok: false });
    expect(readChamp(definition(nom), { [nom]: texte })).toBeNull();
  });
  test('lecture', () => {
    expect([
      formatValeurChamp(definition('organisme/psp/date'), '2024-03-01'),
      formatValeurChamp(definition('organisme/nature'), 'SEM'),
      formatValeurChamp(definition('organisme/siren'), '732829320'),
      readChamp(definition('organisme/psp/date'), { 'organisme/psp/date': '01/03/2024' }),
    ]).toEqual(['01/03/2024', 'Société d’économie mixte agréée', '732\u202f829\u202f320', '2024-03-01']);
  });
});
