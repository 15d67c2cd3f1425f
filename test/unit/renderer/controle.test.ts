import { beforeEach, expect, test, vi } from 'vitest';
import type { ReponseAppel } from '../../../shared/pont.ts';
import { definirBrouillon, lireBrouillon } from '../../../renderer/app/brouillons.ts';
import { useEnregistrement } from '../../../renderer/app/enregistrement.ts';
import { nomDuChamp } from '../../../renderer/app/champs.ts';
import { grouperVides } from '../../../renderer/features/controle/groupes.ts';
import { cleMotif, enregistrerMotifs, type Constat } from '../../../renderer/features/controle/motifs.ts';

const constat = (code: string, champ: string | null, message: string, justification: string | null = null): Constat => ({
  code,
  message,
  article: 'R445-5',
  champ,
  etape: 'engagements',
  justification,
});

test('les cases vides d’un indicateur et d’un territoire tiennent en une ligne, les autres constats restent', () => {
  const psp = constat('psp-ancien', 'organisme/psp/date', 'Le plan est ancien.');
  const a = constat('cible-vide', 'engagement/PS-1/epci-1/2026/total', 'PS-1, Métropole X, 2026 : la valeur est obligatoire.');
  const b = constat('cible-vide', 'engagement/PS-1/epci-1/2027/total', 'PS-1, Métropole X, 2027 : la valeur est obligatoire.');
  const seule = constat('cible-vide', 'engagement/PS-2/dep-13/2026/total', 'PS-2, Bouches-du-Rhône (13), 2026 : la valeur est obligatoire.');
  expect(grouperVides([a, psp, seule, b])).toEqual([
    {
      genre: 'groupe',
      cle: 'engagement/PS-1/epci-1',
      titre: 'PS-1, Métropole X',
      cases: [
        { constat: a, nom: '2026' },
        { constat: b, nom: '2027' },
      ],
    },
    { genre: 'constat', constat: psp },
    { genre: 'constat', constat: seule },
  ]);
});

let recus: unknown[] = [];
let reponse: ReponseAppel = { ok: true, value: { enregistreA: '2026-03-12T09:00:00Z' } };
beforeEach(() => {
  recus = [];
  reponse = { ok: true, value: { enregistreA: '2026-03-12T09:00:00Z' } };
  vi.stubGlobal('window', {
    atelier: {
      appeler: (nom: string, entree: unknown) => {
        recus.push([nom, entree]);
        return Promise.resolve(reponse);
      },
    },
  });
});

const fini = (): Promise<void> =>
  vi.waitFor(() => {
    const { enCours, attente } = useEnregistrement.getState();
    if (enCours || attente.length > 0) throw new Error('en cours');
  });

test('un motif commencé est écrit avant le dépôt, celui qui n’a pas changé ne l’est pas', async () => {
  const tape = constat('retard', null, 'En retard.');
  const meme = constat('vide', 'organisme/x', 'Vide.', 'déjà dit');
  const rien = constat('autre', null, 'Autre.');
  definirBrouillon(cleMotif('/d.cus', tape), ' la réunion a été reportée ');
  definirBrouillon(cleMotif('/d.cus', meme), 'déjà dit');
  enregistrerMotifs('/d.cus', [tape, meme, rien]);
  await fini();
  expect([recus, lireBrouillon(cleMotif('/d.cus', tape)), lireBrouillon(cleMotif('/d.cus', meme))]).toEqual([
    [['controles.justifier', { code: 'retard', champ: null, motif: 'la réunion a été reportée' }]],
    null,
    null,
  ]);
});

test('un motif qui n’a pas pu s’écrire reste, dans son champ et dans la file', async () => {
  const c = constat('plein', null, 'Plein.');
  reponse = { ok: false, error: { code: 'plein', message: 'Disque plein.', action: 'Libérer.', sortie: 1 } };
  definirBrouillon(cleMotif('/d.cus', c), 'motif');
  enregistrerMotifs('/d.cus', [c]);
  await fini();
  expect([lireBrouillon(cleMotif('/d.cus', c)), useEnregistrement.getState().echecs.map((e) => e.tache.valeur)]).toEqual(['motif', ['motif']]);
});

test('un champ se dit par son libellé, jamais par son seul nom stable', () => {
  expect([nomDuChamp('PP-1, total', 'engagement/PP-1'), nomDuChamp('', 'engagement/PP-9'), nomDuChamp('engagement/PP-9', 'engagement/PP-9')]).toEqual([
    'PP-1, total',
    'Champ absent de ce dossier (engagement/PP-9)',
    'Champ absent de ce dossier (engagement/PP-9)',
  ]);
});
