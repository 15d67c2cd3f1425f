import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { readXlsx } from '../../../electron/documents/index.ts';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';

const AMP = 'epci-200054807';
const SIREN = '782824114';

/** Un parc de 300 logements dans deux départements. */
async function dossier(nature: 'OPH' | 'ESH' = 'ESH', departements = ['13', '69'], nombreCommunes = 8): Promise<EssaiService & { rpls: string }> {
  const essai = essaiService();
  const rpls = join(essai.repertoire, 'rpls.csv');
  ecrireFichier(generateBailleur({ graine: 7, logements: 300, annee: 2026, siren: SIREN, raisonSociale: 'HABITAT', departements, nombreCommunes }), rpls);
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'd.cus'), siren: SIREN, nom: 'Habitat', nature, effet: '2026-07-01' });
  await essai.faire('import.lire', { chemin: rpls, appliquer: true });
  return { ...essai, rpls };
}

const personne = async ({ faire }: EssaiService, code: string) => (await faire('associes.lire', {})).personnes.find((p) => p.code === code);

describe('personnes publiques d’un dossier', () => {
  test('elles viennent du parc : départements sans la métropole de Lyon, métropoles, EPCI', async () => {
    const essai = await dossier();
    const { personnes } = await essai.faire('associes.lire', {});
    const etat = await essai.faire('etat.lire', {});
    const lyon = etat.epci['200046977'] ?? 0;
    expect(personnes.find((p) => p.code === 'dep-13')?.logements).toBe(etat.departements['13']);
    expect(personnes.find((p) => p.code === 'epci-200046977')).toMatchObject({ nature: 'metropole-lyon', groupe: 'associee', logements: lyon, aohPossible: false });
    expect(personnes.find((p) => p.code === 'dep-69')?.logements ?? 0).toBe((etat.departements['69'] ?? 0) - lyon);
    expect(personnes.filter((p) => p.groupe === 'etat').map((p) => p.nom)).toEqual(['préfet de la région du siège', 'préfet du département du siège']);
  });

  test('une décision survit au réimport, s’annule et se refait', async () => {
    const essai = await dossier();
    const { faire } = essai;
    await faire('associes.definir', { code: AMP, aoh: true, parcSocial: '3 000', parcSource: 'RPLS 2025' });
    await faire('associes.definir', { code: 'dep-13', retenue: false, motif: 'Déjà consulté' });
    await faire('associes.ajouter', { territoire: 'dep-84', motif: 'Programme en cours' });
    await faire('import.lire', { chemin: essai.rpls, appliquer: true });
    const lu = async () => Object.fromEntries((await faire('associes.lire', {})).personnes.filter((p) => [AMP, 'dep-13', 'dep-84'].includes(p.code)).map((p) => [p.code, [p.groupe, p.decidee, p.parcSocial]]));
    const logements = (await personne(essai, AMP))?.logements ?? 0;
    const tout = { [AMP]: [logements * 100 >= 5 * 3000 ? 'signataire' : 'associee', false, 3000], 'dep-13': ['ecartee', true, null], 'dep-84': ['associee', true, null] };
    expect(await lu()).toEqual(tout);
    const { operations } = await faire('operations.lister', {});
    const ajout = operations.find((o) => o.libelle === 'Personne publique « Vaucluse (84) » ajoutée');
    const derniere = operations[0];
    expect(ajout).toBeDefined();
    if (derniere !== undefined && derniere.id !== ajout?.id) await faire('operations.annuler', { operation: derniere.id });
    await faire('operations.annuler', { operation: ajout?.id ?? 0 });
    expect((await lu())['dep-84']).toBeUndefined();
    await faire('operations.refaire', { operation: ajout?.id ?? 0 });
    expect((await lu())['dep-84']).toEqual(['associee', true, null]);
  });

  test.each(['com', 'epci', 'dep', 'reg'])('ajoutée à la main, %s où le parc est : ses logements comptent et son pack s’écrit', async (maille) => {
    const { faire, repertoire } = await dossier();
    const etat = await faire('etat.lire', {});
    const deja = new Set((await faire('associes.lire', {})).personnes.map((p) => p.code));
    const presents = { com: Object.keys(etat.communes), epci: Object.keys(etat.epci), dep: [], reg: ['93'] }[maille] ?? [];
    const code = presents.map((c) => `${maille}-${c}`).find((c) => !deja.has(c));
    // Départements et EPCI du parc sont tous proposés : les ajouter est refusé, et c'est le parc qui les compte.
    if (code === undefined) return expect([maille, [...deja].some((c) => c.startsWith(`${maille}-`))]).toEqual([expect.stringMatching(/dep|epci/u), true]);
    await faire('associes.ajouter', { territoire: code, motif: 'PLH' });
    const attendu = (await faire('etat.lire', { territoire: code })).logements;
    const lue = (await faire('associes.lire', {})).personnes.find((p) => p.code === code);
    expect([attendu > 0, lue?.logements, lue?.pourquoi]).toEqual([true, attendu, 'Donnée à la main ; des logements du parc sont sur son territoire.']);
    const { packs, sans } = await faire('associes.packs', { repertoire: join(repertoire, 'packs'), personnes: [code] });
    expect([packs.map((p) => [p.personne, p.logements]), sans]).toEqual([[[code, attendu]], []]);
  });

  test('un seul rattachement : le second prend la place du premier', async () => {
    const essai = await dossier('OPH');
    await essai.faire('associes.definir', { code: AMP, rattachement: true });
    await essai.faire('associes.definir', { code: 'dep-13', rattachement: true });
    expect([(await personne(essai, AMP))?.qualite, (await personne(essai, 'dep-13'))?.qualite?.code]).toEqual([null, 'rattachement']);
    const { constats } = { constats: await essai.faire('controles.lister', {}) };
    expect(constats.aJustifier.map((c) => c.code)).not.toContain('association-rattachement-absent');
  });

  test.each<[string, Parameters<EssaiService['echouer']>[0], Record<string, unknown>, string]>([
    ['écarter sans motif', 'associes.definir', { code: 'dep-13', retenue: false }, 'motif-absent'],
    ['AOH sur un département', 'associes.definir', { code: 'dep-13', aoh: true }, 'aoh-impossible'],
    ['parc social sans source', 'associes.definir', { code: AMP, aoh: true, parcSocial: '3000' }, 'source-absente'],
    ['parc social illisible', 'associes.definir', { code: AMP, aoh: true, parcSocial: '3 000,5', parcSource: 'x' }, 'parc-social-invalide'],
    ['une ESH n’est rattachée à personne', 'associes.definir', { code: 'dep-13', rattachement: true }, 'rattachement-impossible'],
    ['renoncer sans être autorité organisatrice', 'associes.noter', { personnes: ['dep-13'], objet: 'renonciation', date: '2026-01-01' }, 'renonciation-impossible'],
    ['personne inconnue', 'associes.definir', { code: 'dep-99', aoh: true }, 'personne-inconnue'],
    ['l’État ne se décide pas', 'associes.definir', { code: 'etat-signataire', retenue: false, motif: 'x' }, 'personne-etat'],
    ['territoire inconnu', 'associes.ajouter', { territoire: 'epci-1', motif: 'x' }, 'territoire-inconnu'],
    ['ajout sans motif', 'associes.ajouter', { nom: 'Syndicat', motif: ' ' }, 'motif-absent'],
    ['ajout déjà là', 'associes.ajouter', { territoire: 'dep-13', motif: 'x' }, 'personne-connue'],
    ['date impossible', 'associes.noter', { personnes: ['dep-13'], objet: 'elements', date: '31/02/2026' }, 'date-invalide'],
    ['échange à venir', 'associes.noter', { personnes: ['dep-13'], objet: 'elements', date: '01/01/2099' }, 'date-a-venir'],
    ['échange de demain', 'associes.noter', { personnes: ['dep-13'], objet: 'elements', date: '2026-03-02' }, 'date-a-venir'],
    ['séance de concertation à venir', 'concertation.reunion', { date: '2099-01-01', objets: ['service-rendu'] }, 'date-a-venir'],
    ['objet inconnu', 'associes.noter', { personnes: ['dep-13'], objet: 'telegramme', date: '2026-01-01' }, 'objet-inconnu'],
    ['le plan stratégique va à l’État', 'associes.noter', { personnes: ['dep-13'], objet: 'psp', date: '2026-01-01' }, 'objet-sans-rapport'],
    ['échange inconnu', 'associes.corriger', { id: 99, retirer: true }, 'echange-inconnu'],
    ['participant sans nom', 'concertation.acteur', { qualite: 'administrateur' }, 'nom-vide'],
    ['séance sur un objet inconnu', 'concertation.reunion', { date: '2026-01-01', objets: ['loto'] }, 'objet-inconnu'],
  ])('refus : %s', async (_, operation, entree, code) => {
    const essai = await dossier();
    const avant = await essai.faire('journal.lire', { decalage: 0, nombre: 1 });
    expect((await essai.echouer(operation, entree as never)).code).toBe(code);
    expect(await essai.faire('journal.lire', { decalage: 0, nombre: 1 })).toEqual(avant);
  });

  test('le même envoi pour plusieurs, corrigé, retiré ; le calendrier et lui se comparent', async () => {
    const essai = await dossier();
    const { faire } = essai;
    const { echanges } = await faire('associes.noter', { personnes: [AMP, 'dep-13', AMP], objet: 'elements', date: '15/01/2026', mode: 'courriel' });
    expect(echanges).toHaveLength(2);
    expect((await faire('associes.lire', {})).ecarts).toEqual([
      { champ: 'calendrier/transmission-elements', libelle: 'États des lieux, orientations stratégiques, programmes d’actions', calendrier: null, enregistree: '2026-01-15' },
    ]);
    await faire('champs.definir', { champ: 'calendrier/transmission-elements', valeur: '2026-01-15' });
    expect((await faire('associes.lire', {})).ecarts).toEqual([]);
    expect((await essai.echouer('associes.corriger', { id: echanges[0] ?? 0, date: '2099-01-20' })).code).toBe('date-a-venir');
    await faire('associes.corriger', { id: echanges[0] ?? 0, date: '2026-01-20', texte: 'Relance' });
    await faire('associes.corriger', { id: echanges[1] ?? 0, retirer: true });
    expect((await faire('associes.lire', {})).echanges).toEqual([
      { id: echanges[0], personne: AMP, objet: 'elements', libelle: 'États des lieux, orientations stratégiques, programmes d’actions', sens: 'envoi', article: 'R445-2-5', date: '2026-01-20', mode: 'courriel', texte: 'Relance' },
    ]);
    const { lignes } = await faire('journal.lire', { decalage: 0, nombre: 3 });
    expect(lignes.map((l) => [l.libelle, l.avant, l.apres])).toEqual([
      ['Association, Bouches-du-Rhône (13), États des lieux, orientations stratégiques, programmes d’actions', '2026-01-15, courriel', null],
      [expect.stringContaining('Aix-Marseille'), '2026-01-15, courriel', '2026-01-20, courriel, Relance'],
      ['Transmission des états des lieux, orientations et programmes aux personnes associées', null, '2026-01-15'],
    ]);
  });

  test('Rhône et métropole de Lyon : la cible fixée sur le département entier est dite dans les deux packs, sans ses chiffres', async () => {
    const { faire, repertoire } = await dossier('ESH', ['69'], 40);
    const { lignes } = await faire('engagements.matrice', {});
    const siens = [...new Set(lignes.filter((l) => l.territoire === 'dep-69').map((l) => l.indicateur))];
    const codes = ['dep-69', 'epci-200046977'];
    const { packs } = await faire('associes.packs', { repertoire: join(repertoire, 'packs'), personnes: codes });
    const dites = await Promise.all(packs.map(async ({ personne: p, xlsx }) => {
      const feuilles = await readXlsx(readFileSync(xlsx));
      const plusLarges = (feuilles.find((f) => f.nom === 'Échelles plus larges')?.lignes ?? []).map((l) => l.map(String)).filter((l) => (l[1] ?? '').startsWith('Département'));
      return [p, [...new Set(plusLarges.map((l) => l[1]))], plusLarges.map((l) => l[0]), feuilles.some((f) => f.lignes.some((l) => l.some((c) => c.startsWith('engagement/PP-1/dep-69/'))))];
    }));
    expect(dites).toEqual(expect.arrayContaining([
      ['dep-69', ['Département entier, avec le territoire d’une collectivité que L445-1 nomme à part'], siens, false],
      ['epci-200046977', ['Département'], siens, false],
    ]));
    expect(dites).toHaveLength(2);
  });

  test('concertation : participants, séances, bilan', async () => {
    const { faire } = await dossier();
    const { id } = await faire('concertation.acteur', { nom: 'Association Exemple', qualite: 'association-10' });
    await faire('concertation.acteur', { id, affiliation: 'Confédération' });
    await faire('concertation.reunion', { date: '10/02/2026', objets: ['service-rendu'], participants: 'Trois élus' });
    await faire('champs.definir', { champ: 'concertation/bilan', valeur: 'Deux réunions.' });
    expect((await faire('associes.lire', {})).concertation).toEqual({
      acteurs: [{ id, nom: 'Association Exemple', qualite: 'association-10', libelleQualite: 'Association ayant obtenu plus de 10 % des suffrages exprimés', affiliation: 'Confédération', note: '' }],
      reunions: [{ id: 1, date: '2026-02-10', objets: ['service-rendu'], participants: 'Trois élus', texte: '' }],
      bilan: 'Deux réunions.',
    });
  });

  test('chaque chiffre s’explique', async () => {
    const essai = await dossier();
    await essai.faire('associes.definir', { code: AMP, aoh: true, parcSocial: '3000', parcSource: 'RPLS 2025' });
    const n = (await personne(essai, AMP))?.logements ?? 0;
    expect(await essai.faire('explication.lire', { sujet: `association/${AMP}/logements` })).toMatchObject({ valeur: String(n), articles: ['L302-1'] });
    const part = await essai.faire('explication.lire', { sujet: `association/${AMP}/part` });
    expect([part.articles, part.formule.includes(`× 100 =`), part.sources[0]?.libelle]).toEqual([['L445-1', 'D445-1-1', 'L301-5-1-3'], true, 'Parc social du ressort : RPLS 2025']);
    expect(await essai.faire('explication.lire', { sujet: `association/${AMP}/parc-social` })).toMatchObject({ valeur: expect.stringContaining('3') as string, historique: [expect.objectContaining({ apres: '3000 ; RPLS 2025' })] });
  });
});
