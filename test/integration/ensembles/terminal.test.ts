import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { cus, jsonIci } from '../cli/aides/cus.ts';
import { VOIE, importer, logement } from './aide.ts';

const LILAS = ['A1', 'A2'].map((i) => logement(i, 'LES LILAS', { ...VOIE, NUMVOIE: i === 'A1' ? '12' : '14', QPV: i === 'A1' ? '1' : '2' }));

it('le terminal lit, essaie et applique une règle, et montre une fiche', async () => {
  const { atelier, codes } = await importer(...LILAS, logement('B1', 'LES ROSES', { ...VOIE, NUMVOIE: '14' }));
  await atelier.fermer();
  const [dossier, cwd] = [basename(atelier.dossier), atelier.repertoire];
  const lire = (...args: string[]) => jsonIci(['ensembles', dossier, ...args], cwd);
  expect((await lire('--regle', 'actuelle')).objet).toMatchObject({ regle: 'programme,adresse,batiment,lieudit', essai: { ensembles: 2, changes: 0 } });
  const essai = await lire('--regle', 'adresse,programme');
  expect(essai).toMatchObject({ code: 0, objet: { regle: 'adresse,programme', niveaux: [['adresse'], ['programme']], applique: false, essai: { ensembles: 2, changes: 2, maximum: 2 } } });
  expect((await lire('--regle', 'couleur')).objet).toMatchObject({ erreur: { code: 'regle-invalide' } });
  expect(await lire('--regle', 'par-programme', '--appliquer')).toMatchObject({ code: 2, objet: { erreur: { code: 'regle-inchangee' } } });
  expect((await lire('--regle', 'adresse,programme', '--appliquer')).objet).toMatchObject({ applique: true, essai: { ensembles: 2, changes: 2 } });
  expect((await lire('--regle', 'actuelle')).objet).toMatchObject({ regle: 'adresse,programme', essai: { changes: 0 } });
  // À nombre égal de logements, le plus ancien garde son code.
  expect((await lire('--fiche', codes['LES LILAS']!)).objet).toMatchObject({ ensemble: { adresse: '12 RUE DU STADE', logements: 1, qpv: 1 }, decide: { nom: false, composition: false }, loyers: [{ sorte: 'SH' }, { sorte: 'SU' }, { sorte: 'SC' }] });
  expect(await lire('--fiche', 'rien')).toMatchObject({ code: 2, objet: { erreur: { code: 'ensemble-inconnu' } } });
  const { code, stdout } = await cus(['ensembles', dossier, '--fiche', codes['LES LILAS']!], { cwd });
  expect([code, stdout.replaceAll('\u202f', ' ')]).toEqual([0, expect.stringContaining('En QPV : 1 sur 1')]);
});
