import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { essaiService } from '../../aides/service.ts';

test('le dossier de démonstration est prêt à déposer, et n’en remplace jamais un autre', async () => {
  const { faire, repertoire } = essaiService();
  const ou = join(repertoire, 'essais');
  const info = await faire('dossier.demonstration', { repertoire: ou });
  expect(info).toMatchObject({ chemin: join(ou, 'Dossier de démonstration.cus'), organisme: { nom: 'Habitat du Littoral', nature: 'OPH' }, periode: '2026-2031', lectureSeule: false });
  const { attendus, renseignes } = await faire('engagements.matrice', {});
  const { bloquants } = await faire('controles.lister', {});
  const { logements } = await faire('etat.lire', {});
  expect({ complet: renseignes === attendus, bloquants, vide: logements === 0 }).toEqual({ complet: true, bloquants: [], vide: false });
  // Ses deux scénarios se distinguent du dossier et, adoptés, ne bloqueraient rien.
  const cibles = (await faire('engagements.scenarios', {})).scenarios;
  expect(cibles.map((s) => [s.nom, s.differences > 10])).toEqual([['Production freinée', true], ['Rénovation accélérée', true]]);
  for (const s of cibles) {
    const { operation } = await faire('engagements.adopter', { scenario: s.id });
    expect([s.nom, (await faire('controles.lister', {})).bloquants]).toEqual([s.nom, []]);
    await faire('operations.annuler', { operation: operation ?? 0 });
  }
  // Sa politique des loyers : deux scénarios qui tiennent la masse, l'un retenu ; aucun barème ne passe pour vrai.
  const [scenarios, baremes] = [(await faire('npl.scenarios', {})).scenarios, await faire('npl.baremes', {})];
  expect(scenarios.map((s) => [s.nom, s.retenu, s.respectee, s.constats, s.choix > 0])).toEqual([['Mixité hors QPV', true, true, 0, true], ['Mixité visée de chaque côté', false, true, 0, true]]);
  const sources = [...baremes.plafonds, ...baremes.limites, ...baremes.irl, ...baremes.zones].map((b) => b.source);
  expect([sources.length > 10, [...new Set(sources)]]).toEqual([true, ['valeurs de démonstration, fictives']]);
  const npl = await faire('npl.lire', { scenario: scenarios[0]?.id ?? 0 });
  const depart = (await faire('npl.calculer', { scenario: { version: 1, nom: 'Aujourd’hui', annee: 2027 } })).mixite;
  expect([npl.conforme, npl.anneeMontants, npl.mixite.horsQpv.auNiveauPlai > depart.horsQpv.auNiveauPlai, npl.mixite.qpv.compares > 0]).toEqual([true, 2027, true, true]);
  await faire('champs.definir', { champ: 'organisme/contact/nom', valeur: 'À moi' });
  await faire('dossier.fermer', {});
  const premier = readFileSync(info.chemin);
  expect((await faire('dossier.demonstration', { repertoire: ou })).chemin).toBe(join(ou, 'Dossier de démonstration 2.cus'));
  expect(readFileSync(info.chemin).equals(premier)).toBe(true);
  expect(readdirSync(ou).filter((f) => f.endsWith('.CSV'))).toHaveLength(2);
});
