import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';

const TREIZE = '13055';
const VAR = '83137';

type Logement = { id: string; commune?: string; dpe?: string; vente?: string; sortie?: string };

/** Un parc en tableau : les colonnes portent les noms RPLS. */
function tableau(logements: readonly Logement[]): string {
  return ['IDENT_INT;DEPCOM;FINAN;SURFHAB;DPEENERGIE;MISCOMMERCIAL;SORTIEPATRIM', ...logements.map((l) => [l.id, l.commune ?? TREIZE, '13', '60', l.dpe ?? 'C', l.vente ?? '2', l.sortie ?? '9'].join(';'))].join('\n');
}

async function dossier(): Promise<EssaiService & { importer: (logements: readonly Logement[]) => Promise<void> }> {
  const essai = essaiService();
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'd.cus'), siren: '732829320', nom: 'Habitat du Littoral', nature: 'OPH', effet: '2026-01-01' });
  let n = 0;
  return {
    ...essai,
    async importer(logements) {
      const chemin = join(essai.repertoire, `parc-${++n}.csv`);
      writeFileSync(chemin, tableau(logements));
      await essai.faire('import.lire', { chemin, type: 'logements', appliquer: true });
    },
  };
}

const parc = (n: number, l: (i: number) => Partial<Logement>): Logement[] => Array.from({ length: n }, (_, i) => ({ id: `L${i}`, ...l(i) }));

test('le parc propose les références qu’il sait compter, avec leur réserve, et rien d’autre', async () => {
  const { faire, importer } = await dossier();
  await importer(parc(10, (i) => ({ commune: i < 8 ? TREIZE : VAR, vente: i < 3 ? '1' : '2', dpe: i < 4 ? 'F' : 'C' })));
  const { propositions } = await faire('engagements.propositions', {});
  expect(propositions.map((p) => [p.champ, p.actuelle, p.proposee, p.lignes?.nombre ?? null, p.reserve !== null])).toEqual([
    ['reference/PP-4/dep-13/total', null, '3/8', 3, true],
    ['reference/PP-4/dep-13/vendus', null, '0', 0, true],
    ['reference/PP-4/dep-83/total', null, '0/2', 0, true],
    ['reference/PP-4/dep-83/vendus', null, '0', 0, true],
  ]);
  const [premiere] = propositions;
  // Les lignes que la proposition dit avoir comptées sont celles que sa vue montre.
  for (const p of propositions) {
    const { total } = await faire('logements.page', { decalage: 0, nombre: 1, filtres: p.lignes?.filtres ?? [] });
    expect([p.champ, total]).toEqual([p.champ, p.lignes?.nombre]);
  }
  const dite = await faire('explication.lire', { sujet: premiere?.champ ?? '' });
  expect([dite.formule.includes('Proposé : 3/8'), dite.sources.map((s) => s.nombre), dite.incertitude.includes('Champ 59')]).toEqual([true, [3], true]);
});

test('reprendre : les cases vides, une opération ; une valeur tapée n’est remplacée que nommée', async () => {
  const { faire, echouer, importer } = await dossier();
  await importer(parc(10, (i) => ({ vente: i < 3 ? '1' : '2' })));
  const champ = 'reference/PP-4/dep-13/total';
  const lire = async () => (await faire('engagements.matrice', {})).lignes.find((l) => l.champReference === champ)?.reference;
  await faire('engagements.definir', { cellules: [{ champ, valeur: '5/9' }] });
  expect(await faire('engagements.reprendre', { vides: true })).toMatchObject({ reprises: 1, ecartees: [] });
  expect(await lire()).toBe('5/9');
  const nommee = await faire('engagements.reprendre', { champs: [champ, 'engagement/G-1/organisme/2026/total'] });
  expect(nommee).toMatchObject({ reprises: 1, ecartees: [{ champ: 'engagement/G-1/organisme/2026/total', raison: 'Les données ne proposent rien pour cette case.' }] });
  expect(await lire()).toBe('3/10');
  await faire('operations.annuler', { operation: nommee.operation ?? 0 });
  expect(await lire()).toBe('5/9');
  const { lignes } = await faire('journal.lire', { decalage: 0, nombre: 2 });
  expect(lignes.map((l) => [l.champ.split('/')[0], l.apres])).toContainEqual(['reference', '5/9']);
  await faire('operations.refaire', { operation: nommee.operation ?? 0 });
  expect(await lire()).toBe('3/10');
  expect((await echouer('engagements.reprendre', {})).code).toBe('rien-a-reprendre');
});

test('un nombre tapé seul gagne le dénominateur connu, un total la somme de ses modes ; la saisie reste tant qu’on ne reprend pas', async () => {
  const { faire, importer } = await dossier();
  await importer(parc(10, (i) => ({ dpe: i < 4 ? 'G' : 'C' })));
  await faire('engagements.definir', { cellules: [
    { champ: 'engagement/PP-2/dep-13/2026/total', valeur: '2' }, { champ: 'engagement/PP-3/dep-13/2027/total', valeur: '3 = 30 %' },
    { champ: 'engagement/SR-1/dep-13/2026/total', valeur: '25 %' },
    ...['plai', 'plus', 'pls'].map((v, i) => ({ champ: `engagement/PP-1/dep-13/3ans/${v}`, valeur: String(i + 1) })),
  ] });
  const { propositions } = await faire('engagements.propositions', {});
  expect(propositions.filter((p) => p.champ.startsWith('engagement/')).map((p) => [p.champ, p.actuelle, p.proposee])).toEqual([
    ['engagement/PP-1/dep-13/3ans/total', null, '6'],
    ['engagement/PP-2/dep-13/2026/total', '2', '2/4'],
    ['engagement/PP-3/dep-13/2027/total', '3 = 30 %', '3/10 = 30 %'],
  ]);
});

test('une opération de cases s’annule et se refait dans l’ordre, commentaire compris', async () => {
  const { faire, echouer, importer } = await dossier();
  await importer(parc(4, () => ({})));
  const champ = 'engagement/PP-3/dep-13/2026/total';
  const lire = async () => {
    const c = (await faire('engagements.matrice', {})).lignes.flatMap((l) => l.cellules).find((x) => x.champ === champ);
    return [c?.saisie, c?.commentaire];
  };
  const un = await faire('engagements.definir', { cellules: [{ champ, valeur: '1' }, { champ: `${champ}#commentaire`, valeur: 'à revoir' }] });
  const deux = await faire('engagements.definir', { cellules: [{ champ, valeur: '2' }] });
  expect((await faire('engagements.definir', { cellules: [{ champ, valeur: '2' }] })).operation).toBeNull();
  expect((await echouer('operations.annuler', { operation: un.operation ?? 0 })).code).toBe('operation-non-annulable');
  await faire('operations.annuler', { operation: deux.operation ?? 0 });
  expect(await lire()).toEqual(['1', 'à revoir']);
  await faire('operations.annuler', { operation: un.operation ?? 0 });
  expect(await lire()).toEqual([null, null]);
  await faire('operations.refaire', { operation: un.operation ?? 0 });
  await faire('operations.refaire', { operation: deux.operation ?? 0 });
  expect(await lire()).toEqual(['2', 'à revoir']);
});
