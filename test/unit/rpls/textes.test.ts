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
    ['CODEPOSTAL', '1000', '01000', '01000'],
    ['QUALACQ', '5', '05', '05'],
    ['TYPECONST', 'Collectif', 'C', null],
    ['QPV', 'Oui', 1, null],
    ['DATCONV', '2019-07-01', '2019-07-01', null],
    ['DPEDATE', '2022-03-15', '2022-03', null],
    ['LOYERPRINC', '1 234,50 €', 123_450, null],
    ['SURFHAB', '62,5 m²', 6250, null],
    ['CONSTRUCT', '01/07/1974', 1974, null],
    ['FINAN', 'inventé', ILLISIBLE, null],
  ])('%s « %s »', (nom, texte, valeur, repare) => {
    expect(decodeCellule(champ(nom), texte, undefined)).toEqual({ valeur, repare });
  });

  it('suit la correspondance du profil avant tout', () => {
    expect(decodeCellule(champ('FINAN'), 'plus', { PLUS: '13' })).toEqual({ valeur: 13, repare: null });
  });
});

it.each([
  ['Référence logement', 'IDENT_INT'], ['Code INSEE', 'DEPCOM'], ['loyer (€)', 'LOYERPRINC'], ['DPE', 'DPEENERGIE'], ['FINAN', 'FINAN'], ['Remarques', null],
])('le titre « %s » désigne %s', (titre, cible) => {
  expect(champDuTitre(titre)).toBe(cible);
});
