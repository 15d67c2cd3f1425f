import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readXlsx } from '../../../electron/documents/index.ts';
import { formatNombre } from '../../../electron/documents/format.ts';
import { politiqueLoyers } from '../../../electron/documents/pdf/npl.ts';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { parseDonnees } from '../../../electron/service/depot/donnees.ts';
import { essaiDossier } from '../depot/aides.ts';

/** Chaque ligne d'un tableau du PDF : les textes de ses cases. */
function rangees(contenu: unknown): string[][] {
  const trouvees: string[][] = [];
  const texte = (n: unknown): string => (Array.isArray(n) ? n.map(texte).join('') : typeof n === 'object' && n !== null && 'text' in n ? texte(n.text) : String(n));
  const parcourir = (n: unknown): void => {
    if (typeof n !== 'object' || n === null) return;
    if ('body' in n && Array.isArray(n.body)) for (const l of n.body) if (Array.isArray(l)) trouvees.push(l.map(texte));
    for (const v of Object.values(n)) parcourir(v);
  };
  parcourir(contenu);
  return trouvees;
}
const clair = (t: string | undefined): string => (t ?? '').replaceAll(/[\u00a0\u202f\u200b]/gu, ' ');

it('ensemble fixé en partie, répartition décidée : annexe, convention, données du paquet et constats disent la même chose', async () => {
  const { faire, repertoire } = await essaiDossier();
  const { id } = await faire('npl.creer', { nom: 'En partie', annee: 2027 });
  const { lignes: depart } = await faire('npl.lire', { scenario: id });
  const de = (code: string) => depart.filter((l) => l.ensemble === code);
  const enDeux = depart.find((l) => l.base === 'SU' && l.plafond === 'PLAI' && de(l.ensemble).some((x) => x.plafond === 'PLUS'))?.ensemble ?? '';
  const seul = depart.find((l) => l.base === 'SU' && l.plafond === 'PLUS' && l.origine === 'apl' && de(l.ensemble).length === 1 && l.comptes > 3);
  const [moitie, reste] = [Math.floor((seul?.surface ?? 0) / 2), (seul?.surface ?? 0) - Math.floor((seul?.surface ?? 0) / 2)];
  await faire('npl.definir', {
    scenario: id,
    choix: [
      { ensemble: enDeux, plafonds: [{ plafond: 'PLUS', maximum: 0.5 }] },
      { ensemble: seul?.ensemble ?? '', plafonds: [{ plafond: 'PLAI', maximum: 0.4, logements: 1, surface: moitie }, { plafond: 'PLUS', maximum: 0.5, logements: (seul?.comptes ?? 0) - 1, surface: reste.toFixed(2) }] },
    ],
  });
  const zones = join(repertoire, 'zones.csv');
  writeFileSync(zones, `commune;zone\n${[...new Set(depart.map((l) => l.commune))].map((c) => `${c};B1`).join('\n')}\n`);
  await faire('npl.importerBareme', { chemin: zones, nature: 'zones', source: 'essai' });
  await faire('npl.definirBaremes', { plafonds: [{ annee: 2027, produit: 'PLS', zone: 'B1', maximum: 0.6, source: 'essai' }] });
  await faire('npl.retenir', { scenario: id });

  const r = await faire('npl.lire', { scenario: id });
  const dits = r.constats.filter((c) => c.ensemble === enDeux && c.plafond === 'PLAI').map((c) => [c.code, c.bloquant, c.aJustifier]);
  expect([dits, r.conforme]).toEqual([[['plafond-sans-maximum', false, true], ['superieur-au-pls', true, false]], false]);
  const controles = await faire('controles.lister', {});
  expect(controles.aJustifier.filter((c) => c.champ === 'npl/retenu/plafond-sans-maximum').map((c) => c.message.includes(`${de(enDeux)[0]?.nom} PLAI`))).toEqual([true]);
  const { formule } = await faire('explication.lire', { sujet: `npl/${id}/ensemble/${seul?.ensemble}/PLAI` });
  expect(formule).toContain('Répartition décidée');

  const { paquet } = await faire('depot.deposer', { repertoire, sansSignature: true, malgre: 'essai' });
  const lu = await openPaquet(paquet);
  const donnees = parseDonnees(await readEntry(lu, 'donnees.json'));
  const feuilles = await readXlsx(await readEntry(lu, 'politique-des-loyers.xlsx'));
  const feuille = (nom: string) => (feuilles.find((f) => f.nom === nom)?.lignes ?? []).slice(1);
  const contenu = politiqueLoyers(donnees);
  const [, ...pdf] = rangees(contenu).slice(rangees(contenu).findIndex((l) => l[6] === 'Maximum'));
  const json = donnees.npl?.resultat.lignes ?? [];

  // Ligne à ligne : même maximum partout, « gardé » quand le scénario n'en fixe pas.
  const maximums = json.map((l) => (l.maximum === null ? 'gardé' : clair(formatNombre(l.maximum))));
  const nombre = (t: string | undefined): string => (t === 'gardé' ? t : clair(formatNombre(Number(t))));
  expect([feuille('Ensembles').map((l) => nombre(l[13])), pdf.map((l) => clair(l[6]))]).toEqual([maximums, maximums]);
  expect(new Set(maximums)).toEqual(new Set(['gardé', clair(formatNombre(0.4)), clair(formatNombre(0.5))]));
  // Les lignes réparties, et elles seules, le disent : leur montant n'est pas au RPLS.
  const reparties = json.map((l) => l.repartie === true);
  expect([feuille('Ensembles').map((l) => l[10]?.includes('répartition décidée')), feuille('Éléments de calcul').map((l) => l[9]?.includes('partagé par surface')), pdf.map((l) => clair(l[5]).endsWith(' *'))]).toEqual([reparties, reparties, reparties]);
  expect(json.flatMap((l, i) => (reparties[i] === true ? [[l.ensemble, l.plafond, feuille('Éléments de calcul')[i]?.[9]]] : []))).toEqual(
    ['PLAI', 'PLUS'].map((p) => [seul?.ensemble, p, 'champ 56 du RPLS, en tout pour l’ensemble ; ici partagé par surface, répartition décidée']),
  );
  const { horsQpv } = r.mixite;
  expect(feuille('Masse').find((l) => l[0]?.startsWith('Hors QPV'))?.[1]).toMatch(new RegExp(`^[\\d\\s]+ sur [\\d\\s]+ comparés? \\(${horsQpv.fixes} à un maximum fixé par le scénario\\)$`, 'u'));
});
