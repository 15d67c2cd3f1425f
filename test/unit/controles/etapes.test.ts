import { describe, expect, test } from 'vitest';
import { runControles } from '../../../shared/domain/controles/controles.ts';
import { computeEtapes, type EntreeEtapes } from '../../../shared/domain/controles/etapes.ts';
import type { EntreeControles } from '../../../shared/domain/controles/types.ts';
import { matriceDe } from '../engagements/exemple.ts';
import { CHAMPS, dossierComplet } from './exemple.ts';

function etapes(controles: Partial<EntreeControles>, autres: Partial<EntreeEtapes> = {}): Record<string, string> {
  const entree = { ...dossierComplet(), ...controles };
  const rail = computeEtapes({
    aujourdhui: '2026-03-12',
    millesime: entree.millesime,
    champs: entree.champs,
    matrice: entree.matrice,
    saisies: entree.saisies,
    constats: runControles(entree),
    parc: { logements: entree.parc.logements, loues: 1400 },
    occupation: { reponses: 10, reference: true },
    serviceRendu: { grille: true, ensembles: 2, notes: 2, illisibles: 0, remarques: [] },
    ventes: { logements: 0, aucune: true },
    association: null,
    depot: null,
    observations: { total: 0, ouvertes: 0 },
    ...autres,
  });
  return Object.fromEntries(rail.map((e) => [e.etape, `${e.etat} ${e.bloquants} ${e.manque}`.trim()]));
}

describe('états du rail', () => {
  test('dossier complet, non déposé', () => {
    expect(etapes({})).toEqual({
      organisme: 'complet 0',
      patrimoine: 'complet 0',
      occupation: 'complet 0',
      'service-rendu': 'complet 0',
      loyers: 'complet 0',
      engagements: 'complet 0',
      ventes: 'complet 0',
      associes: 'a-faire 0 Les personnes publiques : elles se déduisent du parc.',
      controle: 'complet 0',
      depot: 'a-faire 0 Aucun dépôt.',
      echanges: 'a-faire 0',
    });
  });
  test('dossier qui vient de naître', () => {
    const { parc } = dossierComplet();
    expect(
      etapes({
        champs: { 'organisme/siren': CHAMPS['organisme/siren'], 'organisme/nom': 'H' },
        matrice: matriceDe({ dateEffet: null }),
        saisies: new Map(),
        parc: { ...parc, logements: 0 },
        import: null,
      }, { ventes: { logements: 0, aucune: false } }),
    ).toEqual({
      organisme: 'entame 3 7 champs à remplir.',
      patrimoine: 'a-faire 1 Le fichier RPLS.',
      occupation: 'complet 0',
      'service-rendu': 'complet 0',
      loyers: 'a-faire 0 Le fichier RPLS.',
      engagements: 'a-faire 0 La date d’effet, qui fixe les années.',
      ventes: 'a-faire 0 Le plan de mise en vente, ou son absence.',
      associes: 'a-faire 0 Les personnes publiques : elles se déduisent du parc.',
      controle: 'a-verifier 4 4 constats bloquants.',
      depot: 'a-faire 0 Aucun dépôt.',
      echanges: 'a-faire 0',
    });
  });
  test('à corriger, à justifier, à moitié', () => {
    const moitie = dossierComplet();
    moitie.saisies.delete('engagement/PS-2/dep-13/2027/total');
    const incoherent = dossierComplet();
    incoherent.saisies.set('engagement/PS-2/dep-13/2027/total', '49/48');
    const aJustifier = dossierComplet();
    aJustifier.saisies.set('engagement/PS-2/dep-13/2027/total', '12/48 = 30 %');
    expect([
      etapes(moitie)['engagements'],
      etapes({ saisies: new Map() })['engagements'],
      etapes(incoherent)['engagements'],
      etapes(aJustifier)['engagements'],
      etapes({ champs: { ...CHAMPS, 'organisme/siren': '1' } })['organisme'],
      etapes({ import: { rejetees: 2, remarques: [] } })['patrimoine'],
      etapes({}, { parc: { logements: 10, loues: 0 } })['loyers'],
    ]).toEqual([
      'entame 1 111 sur 112 valeurs obligatoires.',
      'a-faire 112 0 sur 112 valeurs obligatoires.',
      'a-verifier 1 1 incohérence à corriger.',
      'a-verifier 0 1 constat à justifier.',
      'entame 1 1 champ à corriger.',
      'a-verifier 0 1 constat à justifier.',
      'a-verifier 0 Aucun logement loué avec un loyer et une surface.',
    ]);
  });
  test('après le dépôt', () => {
    expect([
      etapes({}, { depot: { version: 1, modifieDepuis: false } }),
      etapes({}, { depot: { version: 1, modifieDepuis: true }, observations: { total: 3, ouvertes: 2 } }),
      etapes({}, { depot: { version: 2, modifieDepuis: false }, observations: { total: 3, ouvertes: 0 } }),
    ].map((e) => [e['depot'], e['echanges']])).toEqual([
      ['complet 0', 'a-faire 0 Aucun retour reçu.'],
      ['entame 0 Le dossier a changé depuis la v1.', 'entame 0 2 observations à traiter.'],
      ['complet 0', 'complet 0'],
    ]);
  });
});
