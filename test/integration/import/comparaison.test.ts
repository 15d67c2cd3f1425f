import { describe, expect, it } from 'vitest';
import { declaration, empreinteDossier, ligne, lireDossier, ouvrirAtelier } from './aide.ts';
import type { Atelier } from './aide.ts';

const A = ligne({ IDENT_INT: 'A', LOYERPRINC: '400', NUMVOIE: '12', NOMVOIE: 'DU STADE' });
const B = ligne({ IDENT_INT: 'B' });
const C = ligne({ IDENT_INT: 'C' });

async function deux(premier: string, second: string, appliquer = false): Promise<{ atelier: Atelier; r: Awaited<ReturnType<Atelier['faire']>> & { comparaison: string | null } }> {
  const atelier = await ouvrirAtelier();
  await atelier.faire('import.lire', { chemin: atelier.fichier('1.csv', premier) });
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('2.csv', second), appliquer });
  return { atelier, r };
}

const pages = async (atelier: Atelier, comparaison: string) =>
  Object.fromEntries(
    await Promise.all(
      (['ajoutes', 'modifies', 'disparus'] as const).map(async (volet) => [volet, await atelier.faire('import.comparaison', { comparaison, volet, decalage: 0, nombre: 10 })] as const),
    ),
  );

describe('un second fichier', () => {
  it('est comparé champ par champ, sans rien changer', async () => {
    const { atelier, r } = await deux(declaration(A, B), declaration(A.replace(';400;', ';410;'), C));
    expect(r).toMatchObject({ ajoutes: 1, modifies: 1, disparus: 1, inchanges: 0, acceptees: 2, applique: false, logements: 2 });
    const p = await pages(atelier, r.comparaison ?? '');
    const sansFines = JSON.parse(JSON.stringify(p).replace(/[\u00a0\u202f]/g, ' ')) as typeof p;
    expect(sansFines).toEqual({
      ajoutes: { total: 1, lignes: [{ identifiant: 'C', adresse: '', commune: 'Marseille', changements: [] }] },
      modifies: { total: 1, lignes: [{ identifiant: 'A', adresse: '12 DU STADE', commune: 'Marseille', changements: [{ champ: 'Loyer principal', avant: '400,00 €', apres: '410,00 €' }] }] },
      disparus: { total: 1, lignes: [{ identifiant: 'B', adresse: '', commune: 'Marseille', changements: [] }] },
    });
    await atelier.faire('import.abandonner', { comparaison: r.comparaison ?? '' });
    expect((await atelier.echouer('import.appliquer', { comparaison: r.comparaison ?? '' })).code).toBe('comparaison-inconnue');
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT ident_int, loyerprinc FROM logement ORDER BY 1')).toEqual([{ ident_int: 'A', loyerprinc: 40_000 }, { ident_int: 'B', loyerprinc: null }]);
    expect(lireDossier(atelier.dossier, 'SELECT count(*) AS n FROM import')).toEqual([{ n: 1 }]);
  });

  it('de la même année met à jour la déclaration, et garde l’état d’avant de chaque ligne touchée', async () => {
    const { atelier, r } = await deux(declaration(A, B), declaration(A.replace(';400;', ';410;'), C), true);
    expect(r).toMatchObject({ ajoutes: 1, modifies: 1, disparus: 1, applique: true, comparaison: null });
    await atelier.fermer();
    const lire = <T>(sql: string) => lireDossier<T>(atelier.dossier, sql);
    expect(lire('SELECT ident_int, loyerprinc, import, ligne FROM logement ORDER BY 1')).toEqual([
      { ident_int: 'A', loyerprinc: 41_000, import: 2, ligne: 2 }, { ident_int: 'C', loyerprinc: null, import: 2, ligne: 3 },
    ]);
    const images = lire<{ cle: string; avant: string | null }>(`SELECT cle, avant FROM operation_avant WHERE operation = 2 AND nom_table = 'logement' ORDER BY cle`);
    expect(images.map((i) => (i.avant === null ? null : (JSON.parse(i.avant) as { ident_int: string; loyerprinc: number | null })))).toMatchObject([
      { ident_int: 'A', loyerprinc: 40_000 }, { ident_int: 'B', loyerprinc: null }, null,
    ]);
    expect(lire('SELECT id, annee, en_vigueur FROM declaration')).toEqual([{ id: 1, annee: 2026, en_vigueur: 1 }]);
    expect(lire('SELECT champ, avant IS NULL AS premier FROM journal WHERE operation IS NOT NULL ORDER BY id')).toEqual([{ champ: 'import/rpls', premier: 1 }, { champ: 'import/rpls', premier: 0 }]);
  });

  it('d’une autre année devient la déclaration en vigueur ; l’ancienne reste entière', async () => {
    const { atelier, r } = await deux(declaration(A, B), declaration(A, C).replace('2026;', '2027;'), true);
    expect(r).toMatchObject({ ajoutes: 1, modifies: 0, disparus: 1, inchanges: 1, annee: 2027, logements: 2 });
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT d.annee, d.en_vigueur, l.ident_int FROM declaration d JOIN logement l ON l.declaration = d.id ORDER BY 1, 3')).toEqual([
      { annee: 2026, en_vigueur: 0, ident_int: 'A' }, { annee: 2026, en_vigueur: 0, ident_int: 'B' },
      { annee: 2027, en_vigueur: 1, ident_int: 'A' }, { annee: 2027, en_vigueur: 1, ident_int: 'C' },
    ]);
    expect(lireDossier(atelier.dossier, `SELECT sum(logements) AS n FROM resume_parc WHERE dimension = 'logements'`)).toEqual([{ n: 2 }]);
  });

  it('identique au premier est reconnu sans être relu, et ne change rien', async () => {
    const atelier = await ouvrirAtelier();
    const chemin = atelier.fichier('1.csv', declaration(A, B, 'court'));
    const premier = await atelier.faire('import.lire', { chemin });
    await atelier.faire('dossier.fermer', {});
    const avant = empreinteDossier(atelier.dossier);
    await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
    const r = await atelier.faire('import.lire', { chemin, appliquer: true });
    expect({ ...r, dureeMs: 0 }).toEqual({ ...premier, ajoutes: 0, inchanges: 2, dureeMs: 0 });
    await atelier.fermer();
    expect(empreinteDossier(atelier.dossier)).toBe(avant);
  });

  it('en attente quand le dossier change n’est plus applicable', async () => {
    const { atelier, r } = await deux(declaration(A, B), declaration(A, C));
    const jeton = r.comparaison ?? '';
    // Un autre import appliqué entre-temps emporte la comparaison en attente.
    await atelier.faire('import.lire', { chemin: atelier.fichier('3.csv', declaration(B)), appliquer: true });
    expect((await atelier.echouer('import.appliquer', { comparaison: jeton })).code).toBe('comparaison-inconnue');
  });
});

describe('les ensembles, d’un import au suivant', () => {
  const programme = (ident: string, nom: string, voie = 'DU STADE') => ligne({ IDENT_INT: ident, COMPLGEO: nom, NUMVOIE: '1', NOMVOIE: voie });
  const codes = async (atelier: Atelier) => Object.fromEntries((await atelier.faire('ensembles.lister', {})).ensembles.map((e) => [e.nom, `${e.id} (${e.logements})`]));

  it('gardent leur code quand le fichier change autour d’eux', async () => {
    const { atelier } = await deux(declaration(programme('A', 'LES LILAS'), programme('B', 'LES ROSES')), declaration(programme('B', 'Les Roses'), programme('C', 'LES TULIPES'), programme('A', 'LES LILAS')));
    const avant = await codes(atelier);
    await atelier.faire('import.lire', { chemin: atelier.fichier('3.csv', declaration(programme('B', 'Les Roses'), programme('C', 'LES TULIPES'), programme('A', 'LES LILAS'))), appliquer: true });
    const apres = await codes(atelier);
    expect(apres).toMatchObject({ 'LES LILAS': avant['LES LILAS'], 'Les Roses': avant['LES ROSES'] });
    expect(Object.keys(apres)).toHaveLength(3);
  });

  it('gardent leur code quand un programme entier change de nom', async () => {
    const { atelier } = await deux(
      declaration(programme('A', 'LES LILAS'), programme('B', 'LES LILAS'), programme('C', 'AUTRE')),
      declaration(programme('A', 'LE CLOS'), programme('B', 'LE CLOS'), programme('C', 'AUTRE')),
    );
    const avant = await codes(atelier);
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('3.csv', declaration(programme('A', 'LE CLOS'), programme('B', 'LE CLOS'), programme('C', 'AUTRE'))), appliquer: true });
    expect(r.modifies).toBe(2);
    expect(await codes(atelier)).toEqual({ 'LE CLOS': avant['LES LILAS'], AUTRE: avant['AUTRE'] });
  });

  it('se séparent quand une partie seulement change de programme', async () => {
    const { atelier } = await deux(declaration(programme('A', 'LES LILAS'), programme('B', 'LES LILAS')), declaration(programme('A', 'LES LILAS'), programme('B', 'LE CLOS')), true);
    const apres = await codes(atelier);
    expect(Object.keys(apres).toSorted()).toEqual(['LE CLOS', 'LES LILAS']);
    expect(new Set(Object.values(apres)).size).toBe(2);
  });

  it('donnent les mêmes codes à deux dossiers, dans un ordre ou dans l’autre', async () => {
    const l = [programme('A', 'LES LILAS'), programme('B', 'LES ROSES'), ligne({ IDENT_INT: 'C', COMPLGEO: '', NUMVOIE: '3', NOMVOIE: 'X' })];
    const vus = [];
    for (const lignes of [l, l.toReversed()]) {
      const atelier = await ouvrirAtelier();
      await atelier.faire('import.lire', { chemin: atelier.fichier('1.csv', declaration(...lignes)) });
      vus.push(await codes(atelier));
    }
    expect(vus[1]).toEqual(vus[0]);
  });
});

it('les résumés copiés au premier import sont ceux qu’une relecture du dossier donnerait', async () => {
  const { atelier } = await deux(declaration(A, B, ligne({ IDENT_INT: 'D', SORTIEPATRIM: '4' })), declaration(A, B, C));
  await atelier.fermer();
  const { openDossier } = await import('../../../electron/store/ouverture.ts');
  const { recomputeResumes } = await import('../../../electron/store/resumes.ts');
  const tables = ['resume_parc', 'resume_ensemble', 'resume_financement', 'resume_npl'];
  const dossier = await openDossier(atelier.dossier, { utilisateur: 'e', ordinateur: 'banc', maintenant: new Date(0) });
  const lire = () => tables.map((t) => dossier.base.prepare(`SELECT * FROM ${t} ORDER BY 1, 2, 3`).all());
  const avant = lire();
  dossier.base.transaction(() => recomputeResumes(dossier.base))();
  expect(lire()).toEqual(avant);
  expect(avant[0]?.length).toBeGreaterThan(5);
  dossier.fermer();
});
