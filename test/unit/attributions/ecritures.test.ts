import { describe, expect, it } from 'vitest';
import { CHAMPS } from '../../../shared/domain/attributions/champs.ts';
import { codeAttribution, isAbsente } from '../../../shared/domain/attributions/codes.ts';
import { dateDe, isDate } from '../../../shared/domain/attributions/dates.ts';
import { lireAttribution, lireJour, lireJourAttribution } from '../../../shared/domain/attributions/lecture.ts';
import { TITRES } from '../../../shared/domain/attributions/titres.ts';
import { normaliser } from '../../../shared/domain/ensembles/cle.ts';
import { ATTRIBUTIONS } from '../../../shared/domain/tableaux/attributions.ts';
import { champsDesTitres, natureDesTitres } from '../../../shared/domain/tableaux/natures.ts';

describe('titres de colonnes', () => {
  it.each([
    ['Date entrée bail', 'DATE'], ['Date de signature du bail', 'DATE'], ['Date d’effet du bail', 'DATE'], ['Date CALEOL', 'DATE'], ['Date de passage en CAL', 'DATE'], ['HORS QPV', null], ['QP', 'QPV'], ['QPV (O/N)', 'QPV'], ['Quartier prioritaire', 'QPV'],
    ['Quartile du demandeur', 'QUARTILE'], ['1er quartile', 'PREMIER_QUARTILE'], ['Droit au logement opposable', 'DALO'], ['Réservataire', 'RESERVE'], ['Contingent', 'RESERVE'], ['N° UG', 'IDENT_INT'], ['Nb refus', 'REFUS'], ['Date de la demande', null], ['Date de naissance', null],
  ])('%s : %s', (titre, champ) => {
    expect(ATTRIBUTIONS.champDuTitre(titre)).toBe(champ);
  });

  it('aucun titre ne dit deux champs, et chacun est un champ', () => {
    const vus = new Map<string, string>();
    for (const [champ, titres] of Object.entries(TITRES)) {
      expect(CHAMPS.some((c) => c.nom === champ)).toBe(true);
      for (const t of titres) {
        expect([t, normaliser(t), vus.get(t)]).toEqual([t, t, undefined]);
        vus.set(t, champ);
      }
    }
  });

  it('de deux dates, l’une est de la décision, l’autre du bail, dans quelque ordre', () => {
    expect(champsDesTitres(ATTRIBUTIONS, ['Date CAL', 'Date signature bail', 'DALO'])).toEqual(['DATE', 'DATE_BAIL', 'DALO']);
    expect(champsDesTitres(ATTRIBUTIONS, ['Date CAL', 'Date du bail', 'Bail signé'])).toEqual(['DATE', 'DATE_BAIL', 'BAIL_SIGNE']);
    // L'ordre des colonnes ne décide de rien ; la signature l'emporte sur l'effet.
    expect(champsDesTitres(ATTRIBUTIONS, ['Date effet bail', 'Date de signature du bail', 'Date CALEOL'])).toEqual([null, 'DATE_BAIL', 'DATE']);
    expect(champsDesTitres(ATTRIBUTIONS, ['Date du bail', 'DALO'])).toEqual(['DATE', 'DALO']);
    expect(champsDesTitres(ATTRIBUTIONS, ['Date du bail', 'Date CAL'])).toEqual(['DATE_BAIL', 'DATE']);
  });

  it('un tableau sans rien de propre aux attributions n’en est pas un', () => {
    expect(natureDesTitres(['Réf logement', 'Date entrée', 'Commune', 'QPV', 'Contingent']).type).toBe('logements');
    expect(natureDesTitres(['Réf logement', 'Date entrée', 'Commune', 'QPV', 'DALO']).type).toBe('attributions');
  });
});

describe('valeurs', () => {
  const oui = ['Oui', 'O', 'X', 'x', '1', 'VRAI', 'true'];
  const non = ['Non', 'N', '0', 'FAUX', 'false'];
  it.each(['BAIL_SIGNE', 'QPV', 'PREMIER_QUARTILE', 'PRIORITAIRE', 'DALO', 'ECHEC_RESERVATAIRE', 'MUTATION', 'MUTATION_RU', 'VENANT_QPV', 'QPV_VERS_HORS', 'RELOGE', 'RESERVE'])('%s : oui, non, et rien de deviné', (champ) => {
    expect([oui.map((v) => codeAttribution(champ, v)), non.map((v) => codeAttribution(champ, v))]).toEqual([oui.map(() => 'oui'), non.map(() => 'non')]);
    for (const v of ['peut-être', 'Q1', 'Oui ?', 'en cours', 'B']) expect([champ, v, codeAttribution(champ, v)]).toEqual([champ, v, null]);
  });

  it.each([['Q1', '1'], ['q2', '2'], ['Q 3', '3'], ['4', '4'], ['1er quartile', '1'], ['2ème quartile', '2'], ['Troisième quartile', '3'], ['Quartile 4', '4'], ['Q2-Q4', 'autres'], ['Hors 1er quartile', 'autres'], ['oui', null], ['5', null], ['Q5', null]])('quartile « %s » : %s', (v, attendu) => {
    expect(codeAttribution('QUARTILE', v)).toBe(attendu);
  });

  it.each([
    ['QPV', 'HORS QP', 'non'], ['QPV', 'Hors QPV', 'non'], ['QPV', 'QP', 'oui'], ['QPV', 'QP083005', 'oui'], ['QPV', 'QN08305M - Centre ancien', 'oui'], ['QPV', 'Centre ancien', null], ['VENANT_QPV', 'QP083005', 'oui'],
    ['DALO', 'Droit au logement opposable', 'oui'], ['DALO', 'Non DALO', 'non'], ['DALO', 'DAHO', null], ['PRIORITAIRE', 'DALO', null],
    ['RESERVE', 'CD83', 'collectivite'], ['RESERVE', 'CD 2A', 'collectivite'], ['RESERVE', 'Conseil départemental du Var', 'collectivite'], ['RESERVE', 'Ville de Toulon', 'collectivite'], ['RESERVE', 'Métropole Toulon-Provence-Méditerranée', 'collectivite'], ['RESERVE', 'Métropole d’Aix-Marseille-Provence', 'collectivite'], ['RESERVE', 'Communauté d’agglomération de Nîmes', 'collectivite'], ['RESERVE', 'Département 13', 'collectivite'],
    ['RESERVE', 'Région Île-de-France', 'collectivite'], ['RESERVE', 'Contingent Ville', 'collectivite'], ['RESERVE', 'Mairie de La Seyne-sur-Mer', 'collectivite'], ['RESERVE', 'Région Sud', 'collectivite'],
    ['RESERVE', 'Etat', 'etat'], ['RESERVE', 'État (fonctionnaires)', 'etat'], ['RESERVE', 'Préfecture', 'etat'], ['RESERVE', 'Préfecture du Var', 'etat'], ['RESERVE', 'Contingent préfectoral', 'etat'], ['RESERVE', 'Action Logement Services', 'action-logement'], ['RESERVE', '1 %', 'action-logement'],
    ['RESERVE', '1% logement', 'action-logement'], ['RESERVE', '1', 'oui'], ['RESERVE', 'non réservé', 'non'], ['RESERVE', 'hors contingent', 'non'], ['RESERVE', 'Bailleur', 'non'], ['RESERVE', 'Toulon', null], ['RESERVE', 'DALO', null],
    ['MUTATION', 'Mutation inter-bailleurs', 'externe'], ['MUTATION', 'Locataire du parc privé', null], ['RELOGE', 'Relogement NPNRU', 'ru'], ['BAIL_SIGNE', 'Refusé', null],
  ])('%s « %s » : %s', (champ, v, attendu) => {
    expect(codeAttribution(champ, v)).toBe(attendu);
  });

  it.each([
    'Métropole Habitat', 'Métropole TPM', 'Ville et Habitat', 'Ville de Toulon Habitat', 'Ville Renouvelée', 'Région Ile-de-France Habitat', 'Région Habitat', 'Commune non réservé', 'Ville : non', 'Etat non réservé', 'État et Habitat', 'Préfecture du Var, non réservé', 'Département Logement',
    'CD83 Habitat', 'Action Logement Immobilier', 'Action Logement non réservé', 'Communauté urbaine Immobilier', 'Non Etat', 'Hors Préfecture',
  ])('réservataire « %s » : rien de deviné', (v) => expect(codeAttribution('RESERVE', v)).toBeNull());

  it('une absence écrite n’est ni un oui, ni un non, ni une faute', () => {
    expect(['', 'NR', 'Non renseigné', '?', 'Inconnu', 'N/A'].map(isAbsente)).toEqual([true, true, true, true, true, true]);
    expect(['Non', '0', 'Aucun'].map(isAbsente)).toEqual([false, false, false]);
  });
});

describe('dates', () => {
  it.each([['2024-03-15', '2024-03-15'], ['2024-03-15T10:00:00Z', '2024-03-15'], ['15/03/2024', '2024-03-15'], ['15/3/24', '2024-03-15'], ['15.03.2024 00:00', '2024-03-15'], ['03/2024', '2024-03'], ['2024', '2024'], ['45366', '2024-03-15'], ['31/02/24', null], ['mars', null]])('%s : %s', (t, attendu) => {
    expect(dateDe(t)).toBe(attendu);
  });

  it('une année de deux chiffres est dite', () => {
    const dites: string[] = [];
    expect([lireJour('15/03/24', '2026-01-01', (code) => dites.push(code)), lireJour('15/03/98', '2026-01-01', (code) => dites.push(code)), dites]).toEqual(['2024-03-15', null, ['attr-date-courte', 'attr-date-future']]);
  });

  it('la date d’un bail le dit signé ; à venir, rien n’en est su, et c’est dit ; vide, il reste inconnu', () => {
    const lire = (bail: string) => {
      const dites: string[] = [];
      const a = lireAttribution('2024-01-01', new Map([['BAIL_SIGNE', bail], ['COMMUNE', '13055'], ['QPV', 'non']]), null, () => ({ commune: '13055', fusionnee: false }), (code) => dites.push(code), '2026-01-01');
      return [a.bail, dites];
    };
    expect([lire('12/02/2024'), lire('12/02/2027'), lire(''), lire('non'), lire('demain')]).toEqual([[true, []], [null, ['attr-bail-futur']], [null, []], [false, []], [null, ['attr-valeur-illisible']]]);
    expect([isDate('2024'), isDate('45366'), isDate('12/02/2024')]).toEqual([false, false, true]);
  });
});

describe('la date qui situe une attribution', () => {
  it.each<[Record<string, string>, [string, string, number | null] | null, string[]]>([
    [{ DATE: '15/12/2024', DATE_BAIL: '04/01/2025' }, ['2025-01-04', 'bail', 2024], ['attr-annee-bail']],
    [{ DATE: '15/03/2024', DATE_BAIL: '02/04/2024' }, ['2024-04-02', 'bail', null], []],
    [{ DATE: '15/03/2024', BAIL_SIGNE: '02/04/2024' }, ['2024-04-02', 'bail', null], []],
    [{ DATE: '15/03/2024', DATE_BAIL: '' }, ['2024-03-15', 'decision', null], []],
    [{ DATE: '15/03/2024', BAIL_SIGNE: 'oui' }, ['2024-03-15', 'decision', null], []],
    [{ DATE: '15/12/2025', DATE_BAIL: '04/02/2026' }, ['2025-12-15', 'decision', null], []],
    [{ DATE: '15/12/2024', DATE_BAIL: '04/01/2025', BAIL_SIGNE: 'non' }, ['2024-12-15', 'decision', null], []],
    [{ DATE: '15/12/2024', DATE_BAIL: '01/01/1900' }, ['2024-12-15', 'decision', null], ['attr-bail-ancien']],
    [{ DATE: '', DATE_BAIL: '04/01/2025' }, ['2025-01-04', 'bail', null], []],
    [{ DATE: '', DATE_BAIL: '' }, null, ['attr-date-absente']],
  ])('%j : %j', (textes, attendu, dites) => {
    const codes: string[] = [];
    const lu = lireJourAttribution(new Map(Object.entries(textes)), '2026-01-01', (code) => codes.push(code));
    expect([lu === null ? null : [lu.jour, lu.par, lu.autre], codes]).toEqual([attendu, dites]);
  });
});
