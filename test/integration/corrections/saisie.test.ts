import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAMPS } from '../../../shared/domain/rpls/champs.ts';
import { contenu, importer, logement, resumes, VOIE } from '../ensembles/aide.ts';
import type { Atelier } from '../import/aide.ts';

const PARC = ['A1', 'A2', 'A3'].map((i) => logement(i, 'LES LILAS', { ...VOIE, NUMVOIE: '12', FINAN: '13', QPV: '2', MODE: '1' }));

const ligneDe = async (atelier: Atelier, identifiant: string) =>
  (await atelier.faire('logements.page', { decalage: 0, nombre: 10, filtres: [{ colonne: 'ident_int', valeurs: [identifiant] }] })).lignes[0]!;

describe('corriger une case', () => {
  it('change la valeur, le journal, l’état des lieux, et s’annule', async () => {
    const { atelier } = await importer(...PARC);
    const avant = await contenu(atelier);
    const r = await atelier.faire('corrections.saisir', { cases: [{ identifiant: 'A1', colonne: 'loyerprinc', texte: '450,50 €' }] });
    expect(r).toMatchObject({ libelle: 'Loyer principal de A1 : 400,00 € → 450,50 €', changees: 1, inchangees: 0, logements: 1, nombreRefusees: 0, nombreRemarques: 0 });
    expect((await ligneDe(atelier, 'A1'))['loyerprinc']).toBe(450.5);
    expect((await atelier.faire('logements.page', { decalage: 0, nombre: 1 })).totaux.loyerMensuel).toBe(1250.5);
    expect((await atelier.faire('journal.lire', { decalage: 0, nombre: 1 })).lignes).toEqual([
      { quand: '2026-03-01T09:00:00.000Z', qui: 'Essai', champ: 'logement/A1/LOYERPRINC', libelle: 'Loyer principal, logement A1', avant: '400,00 €', apres: '450,50 €' },
    ]);
    const { correction, valeur, formule, historique } = await atelier.faire('explication.lire', { sujet: 'logement/A1/LOYERPRINC' });
    expect({ correction, valeur, historique }).toEqual({
      correction: { identifiant: 'A1', colonne: 'loyerprinc', importee: '400,00 €', corrigee: '450,50 €', quand: '2026-03-01T09:00:00.000Z', qui: 'Essai', motif: null },
      valeur: '450,50 €',
      historique: [{ quand: '2026-03-01T09:00:00.000Z', qui: 'Essai', avant: '400,00 €', apres: '450,50 €' }],
    });
    expect(formule).toBe('Corrigé à la main ; l’import de « 1.csv », ligne 2 disait : 400,00 €. Champ 44 de la déclaration (LOYERPRINC).');
    await atelier.faire('operations.annuler', { operation: r.operation! });
    expect(await contenu(atelier)).toEqual(avant);
    expect((await atelier.faire('explication.lire', { sujet: 'logement/A1/LOYERPRINC' })).historique.map((h) => [h.avant, h.apres])).toEqual([['450,50 €', '400,00 €'], ['400,00 €', '450,50 €']]);
    const { correction: sans } = await atelier.faire('explication.lire', { sujet: 'logement/A1/LOYERPRINC' });
    expect(sans).toBeUndefined();
  });

  it('une commune corrigée change la commune d’aujourd’hui, un motif de sortie change le parc', async () => {
    const { atelier } = await importer(...PARC);
    await atelier.faire('corrections.saisir', { cases: [{ identifiant: 'A1', colonne: 'depcom', texte: '13201' }, { identifiant: 'A2', colonne: 'depcom', texte: '1001' }, { identifiant: 'A3', colonne: 'sortiepatrim', texte: '4' }] });
    expect((await ligneDe(atelier, 'A1'))['commune']).toBe('13055');
    expect((await ligneDe(atelier, 'A2'))).toMatchObject({ commune: '01001', depcom: '01001' });
    expect(await atelier.faire('etat.lire', {})).toMatchObject({ logements: 2, sortis: 1, communes: { '13055': 1, '01001': 1 } });
    const { gardes, relus } = await resumes(atelier);
    expect(gardes).toEqual(relus);
  });

  it('une valeur illisible se refuse et ne change rien ; un collage en partie illisible non plus, sauf s’il est demandé', async () => {
    const { atelier } = await importer(...PARC);
    const avant = await contenu(atelier);
    const cases = [{ identifiant: 'A1', colonne: 'surfhab', texte: '55' }, { identifiant: 'A2', colonne: 'surfhab', texte: 'grand' }];
    const refuse = await atelier.faire('corrections.saisir', { cases });
    expect(refuse).toMatchObject({ operation: null, changees: 0, nombreRefusees: 1, refusees: [{ identifiant: 'A2', colonne: 'surfhab', texte: 'grand', message: 'Surface habitable : « grand » n’est pas une surface en m².' }] });
    expect(await contenu(atelier)).toEqual(avant);
    expect(await atelier.faire('corrections.saisir', { cases, partiel: true })).toMatchObject({ changees: 1, nombreRefusees: 1, libelle: 'Surface habitable de A1 : 50,00 m² → 55,00 m²' });
    expect((await atelier.echouer('corrections.saisir', { cases: [{ identifiant: 'A1', colonne: 'ident_int', texte: 'B' }] })).code).toBe('colonne-non-modifiable');
    expect((await atelier.echouer('corrections.saisir', { cases: [{ identifiant: 'A1', colonne: 'nom_ensemble', texte: 'B' }] })).action).toContain('Déplacer vers');
    expect((await atelier.echouer('corrections.saisir', { cases: [{ identifiant: 'Z', colonne: 'surfhab', texte: '1' }] })).code).toBe('logement-inconnu');
  });

  it('toute une sélection filtrée, si elle est bien celle qui a été vue', async () => {
    const { atelier } = await importer(...PARC, logement('B1', 'LES ROSES', { FINAN: '14', QPV: '2' }));
    const entree = { filtres: [{ colonne: 'finan', valeurs: ['13'] }], colonne: 'qpv', texte: 'oui' };
    expect(await atelier.echouer('corrections.appliquer', { ...entree, attendus: 4 })).toMatchObject({ code: 'selection-changee', sortie: 1 });
    expect((await atelier.echouer('corrections.appliquer', { ...entree, texte: 'peut-être', attendus: 3 })).code).toBe('valeur-refusee');
    const r = await atelier.faire('corrections.appliquer', { ...entree, attendus: 3, motif: 'Contour 2024' });
    expect(r).toMatchObject({ changees: 3, logements: 3, libelle: 'En QPV de 3 logements : 1 (oui)' });
    expect(await atelier.faire('etat.lire', {})).toMatchObject({ qpv: 3, horsQpv: 1 });
    expect((await atelier.faire('explication.lire', { sujet: 'logement/A1/QPV' })).correction?.motif).toBe('Contour 2024');
  });

  it('revenir à la valeur importée lève la correction, et une case retapée telle qu’importée aussi', async () => {
    const { atelier } = await importer(...PARC);
    const avant = await contenu(atelier);
    const corriger = (texte: string) => atelier.faire('corrections.saisir', { cases: [{ identifiant: 'A1', colonne: 'surfhab', texte }] });
    await corriger('60');
    await corriger('61');
    const { correction } = await atelier.faire('explication.lire', { sujet: 'logement/A1/SURFHAB' });
    expect(correction).toMatchObject({ importee: '50,00 m²', corrigee: '61,00 m²' });
    expect(await atelier.faire('corrections.revenir', { cases: [{ identifiant: 'A1', colonne: 'surfhab' }] })).toMatchObject({ libelle: 'Surface habitable de A1 : 61,00 m² → 50,00 m² (valeur importée)' });
    expect(await contenu(atelier)).toEqual(avant);
    await corriger('62');
    await corriger('50');
    expect(await contenu(atelier)).toEqual(avant);
    expect((await atelier.echouer('corrections.revenir', { cases: [{ identifiant: 'A1', colonne: 'surfhab' }] })).code).toBe('sans-correction');
    expect((await corriger('50')).operation).toBeNull();
  });

  it('au terminal, la case se définit par son nom', async () => {
    const { atelier } = await importer(...PARC);
    expect(await atelier.faire('champs.definir', { champ: 'logement/A1/LOYERPRINC', valeur: '412.5' })).toEqual({ champ: 'logement/A1/LOYERPRINC', avant: '400', apres: '412.5', enregistreA: '2026-03-01T09:00:00.000Z' });
    expect(await atelier.echouer('champs.definir', { champ: 'logement/A1/LOYERPRINC', valeur: 'x' })).toMatchObject({ code: 'valeur-refusee', sortie: 2 });
    expect((await atelier.echouer('champs.definir', { champ: 'logement/A1/RIEN', valeur: 'x' })).code).toBe('champ-inconnu');
    expect((await atelier.echouer('champs.definir', { champ: 'logement/Z/QPV', valeur: '1' })).code).toBe('logement-inconnu');
  });
});

const TEXTES: Record<string, string[]> = {
  texte: ['RUE', 'DU STADE', ''], code: ['1', '2', '3', '13', ''], lettre: ['C', 'D', ''], annee: ['1990', '2005', ''], surface: ['0', '45,5', '70', ''], euros: ['0', '399,99', '512', ''], mois: ['03/2022', ''], jour: ['01/01/2020', ''],
};

describe('une suite quelconque de corrections', () => {
  it('donne les résumés d’un recompte entier, se défait pas à pas à l’octet près, et se refait', async () => {
    const { atelier } = await importer(...PARC, ...['B1', 'B2'].map((i) => logement(i, 'LES ROSES', { ...VOIE, NUMVOIE: '14', FINAN: '14', QPV: '1', MODE: '1', MODESURF: '1', SURFMODE: '55' })));
    const depart = await contenu(atelier);
    const champs = CHAMPS.filter((c) => c.nom !== 'IDENT_INT');
    const uneCase = fc.tuple(fc.constantFrom('A1', 'A2', 'A3', 'B1', 'B2'), fc.constantFrom(...champs)).chain(([identifiant, c]) =>
      fc.constantFrom(...(c.nom === 'DEPCOM' ? ['13055', '13201', '69123', '1001'] : (TEXTES[c.type] ?? []))).map((texte) => ({ identifiant, colonne: c.colonne, texte })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(uneCase, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 }), async (gestes) => {
        const etats = [depart];
        const operations: number[] = [];
        for (const cases of gestes) {
          const { operation } = await atelier.faire('corrections.saisir', { cases, partiel: true });
          if (operation === null) continue;
          operations.push(operation);
          etats.push(await contenu(atelier));
        }
        const { gardes, relus } = await resumes(atelier);
        expect(gardes).toEqual(relus);
        for (let i = operations.length - 1; i >= 0; i--) {
          await atelier.faire('operations.annuler', { operation: operations[i]! });
          expect(await contenu(atelier)).toEqual(etats[i]);
        }
        for (const [i, operation] of operations.entries()) {
          await atelier.faire('operations.refaire', { operation });
          expect(await contenu(atelier)).toEqual(etats[i + 1]);
        }
        for (const operation of operations.toReversed()) await atelier.faire('operations.annuler', { operation });
      }),
      { numRuns: 12 },
    );
    expect(await contenu(atelier)).toEqual(depart);
  });
});
