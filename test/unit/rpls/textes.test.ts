import { describe, expect, it } from 'vitest';
import { REJETS, REMARQUES, messageAnomalie } from '../../../shared/domain/rpls/anomalies.ts';
import { findChamp } from '../../../shared/domain/rpls/champs.ts';
import { champDuTitre } from '../../../shared/domain/rpls/colonnes.ts';
import { decodeCellule } from '../../../shared/domain/rpls/cellule.ts';
import { ILLISIBLE } from '../../../shared/domain/rpls/decoder.ts';
import { isComplement, parseEntete } from '../../../shared/domain/rpls/entete.ts';
import { formatValeur } from '../../../shared/domain/rpls/affichage.ts';
import { familleDe } from '../../../shared/domain/rpls/familles.ts';

const champ = (nom: string) => {
  const c = findChamp(nom);
  if (c === null) throw new Error(nom);
  return c;
};

describe('la première ligne', () => {
  it('dit l’année, l’organisme et le nombre annoncé', () => {
    const champs = '2026;913000001;OFFICE;;;;;;;91335658000013;300;COMPLEMENT : LIGNES CORRIGEES'.split(';');
    const entete = parseEntete(champs);
    expect(entete).toEqual({ annee: 2026, raisonSociale: 'OFFICE', siret: '91335658000013', siren: '913356580', annonce: 300, commentaire: 'COMPLEMENT : LIGNES CORRIGEES' });
    expect(entete !== null && isComplement(entete)).toBe(true);
  });

  it('a douze champs et commence par une année, sinon ce n’est pas elle', () => {
    expect(parseEntete(Array.from({ length: 11 }, () => '2026'))).toBeNull();
    expect(parseEntete(['IDENT', ...Array.from({ length: 11 }, () => '')])).toBeNull();
  });

  it('ne prend pas quatorze zéros pour un SIRET', () => {
    expect(parseEntete('2026;1;X;;;;;;;00000000000000;;'.split(';'))?.siren).toBeNull();
  });
});

it('chaque anomalie a sa phrase, qui finit par un point', () => {
  for (const code of [...REJETS, ...REMARQUES]) {
    const message = messageAnomalie(code, 'FINAN', '77');
    expect(message).not.toBe(code);
    expect(message).toMatch(/\.$/);
  }
});

it('les familles de financement suivent la table', () => {
  const attendu = { 10: 'PLAI', 11: 'PLAI', 12: 'PLUS', 13: 'PLUS', 14: 'PLS', 16: 'PLI', 15: 'AUTRE', 17: 'AUTRE', 49: 'AUTRE', 50: 'AVANT_1977', 55: 'AVANT_1977', 99: 'AVANT_1977', inconnu: 'INCONNU' };
  expect(Object.fromEntries(Object.keys(attendu).map((k) => [k, familleDe(k)]))).toEqual(attendu);
});

it('une valeur s’affiche avec son libellé et son unité', () => {
  const vues = [formatValeur(champ('FINAN'), 13), formatValeur(champ('LOYERPRINC'), 41_250), formatValeur(champ('DPEDATE'), '2022-03'), formatValeur(champ('QPV'), null)];
  expect(vues.map((v) => v?.replace(/\s/g, ' ') ?? null)).toEqual(['13 (PLUS)', '412,50 €', '03/2022', null]);
});

describe('une cellule de tableau', () => {
  it.each([
    ['CODEPOSTAL', '1000', '01000', 'code-repare'],
    ['QUALACQ', '5', '05', 'code-repare'],
    ['TYPECONST', 'Collectif', 'C', null],
    ['QPV', 'Oui', 1, null],
    ['DATCONV', '2019-07-01', '2019-07-01', null],
    ['DPEDATE', '2022-03-15', '2022-03', null],
    ['LOYERPRINC', '1 234,50 €', 123_450, null],
    ['SURFHAB', '62,5 m²', 6250, null],
    ['CONSTRUCT', '01/07/1974', 1974, null],
    ['FINAN', 'inventé', ILLISIBLE, null],
    ['CODEPOSTAL', '1,3001E+04', '13001', 'notation-scientifique'],
    ['CODEPOSTAL', '1E+03', '01000', 'notation-scientifique'],
    ['LOYERPRINC', '1.114e+003', 111_400, 'notation-scientifique'],
    ['PRIXVENTE', '2,00E+04', 2_000_000, 'notation-scientifique'],
    ['PRIXVENTE', '2,05E+01', ILLISIBLE, null],
    ['IDENT_INT', '1E05', '1E05', null],
    ['IDENT_INT', '4,2E+04', '42000', 'notation-scientifique'],
    ['IDENT_INT', '42.0', '42', 'suffixe-decimal'],
    ['IDENT_INT', '42.00', '42.00', null],
    ['FINAN', '13.0', 13, 'suffixe-decimal'],
    ['CONSTRUCT', '1974,00', 1974, 'suffixe-decimal'],
    ['NUMVOIE', '12.0', '12', 'suffixe-decimal'],
    ['NUMVOIE', '2E+01', '2E+01', null],
    ['SIRETEXPRO', '5780012000008', '05780012000008', 'code-repare'],
    ['SIRETEXPRO', '5780012000009', '5780012000009', null],
    ['DATCONV', '45414', '2024-05-02', 'date-en-nombre'],
    ['DPEDATE', '45414.5', '2024-05', 'date-en-nombre'],
    ['DPEDATE', '1900-01-01', null, null],
    ['BAIL', '200', ILLISIBLE, null],
    ['FINAN', 'NA', null, 'valeur-absente'],
    ['BAIL', 'NA/NA', null, 'valeur-absente'],
    ['DPEENERGIE', 'Z', null, 'valeur-absente'],
    ['LOYERPRINC', 'nc', null, 'valeur-absente'],
    ['NOMVOIE', 'NA', null, 'valeur-absente'],
    ['BAT', 'NA', 'NA', null],
    ['ESC', 'Z', 'Z', null],
  ])('%s « %s »', (nom, texte, valeur, remarque) => {
    expect(decodeCellule(champ(nom), texte)).toEqual({ valeur, remarque });
  });

  it('compte les jours depuis 1904 quand le classeur le dit', () => {
    expect(decodeCellule(champ('DATCONV'), '43952', { date1904: true })).toEqual({ valeur: '2024-05-02', remarque: 'date-en-nombre' });
  });

  it('suit la correspondance du profil avant tout', () => {
    expect(decodeCellule(champ('FINAN'), 'plus', { valeurs: { PLUS: '13' } })).toEqual({ valeur: 13, remarque: null });
  });
});

it.each([
  ['Référence logement', 'IDENT_INT'], ['Code INSEE', 'DEPCOM'], ['loyer (€)', 'LOYERPRINC'], ['DPE', 'DPEENERGIE'], ['FINAN', 'FINAN'], ['Remarques', null],
])('le titre « %s » désigne %s', (titre, cible) => {
  expect(champDuTitre(titre)).toBe(cible);
});
