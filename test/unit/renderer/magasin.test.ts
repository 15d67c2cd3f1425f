import { beforeEach, expect, test, vi } from 'vitest';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import type { ReponseAppel } from '../../../shared/pont.ts';
import { refus } from '../../../shared/erreurs.ts';
import { useSession } from '../../../renderer/app/session.ts';
import { annoncer } from '../../../renderer/app/operation.ts';
import { reessayer, useEnregistrement } from '../../../renderer/app/enregistrement.ts';
import { annuler, chargerMatrice, commeUnPas, poser, relireMatrice, rendreCompte, retablir, revoir, texteDe, useEngagements } from '../../../renderer/features/engagements/magasin.ts';
import { matrice } from './matrice.ts';

type Definir = Entree<'engagements.definir'>;

const A = 'engagement/PS-2/dep-06/2026/total';
const B = 'engagement/PS-2/dep-06/2027/total';
let panne = false;
/** Ce qu'un autre écran ou un import a écrit : la prochaine lecture de la matrice le rend. */
let ailleurs: Record<string, string> = {};
let ecrits: [string, string][] = [];

function lueAvec(valeurs: Record<string, string>) {
  const lue = matrice();
  for (const c of lue.lignes.flatMap((l) => l.cellules)) {
    c.saisie = valeurs[c.champ] ?? c.saisie;
    c.constats = marques[c.champ] ?? [];
  }
  return lue;
}

/** Ce que les contrôles disent de chaque case à la prochaine lecture. */
let marques: Record<string, string[]> = {};

/** Un service en mémoire : il garde tout, refuse le mot « non » et peut tomber en panne. */
function repondre(nom: string, entree: unknown): ReponseAppel {
  if (panne) return { ok: false, error: refus('plein', 'Le disque est plein.', 'Libérer de la place.').erreur };
  if (nom === 'engagements.matrice') return { ok: true, value: lueAvec(ailleurs) };
  const { cellules } = entree as Definir;
  const value: Sortie<'engagements.definir'> = {
    enregistreA: '2026-03-12T09:00:00Z', operation: null,
    cellules: cellules.map(({ champ, valeur }) => {
      if (valeur === 'non') return { champ, ok: false, message: 'Refusé.', cible: null };
      ecrits.push([champ, valeur]);
      const cible = { champ, saisie: valeur || null, reference: null, valeur: null, pourcentage: null, numerateur: null, denominateur: null, commentaire: null };
      return { champ, ok: true, message: '', cible };
    }),
  };
  return { ok: true, value };
}

const fini = (): Promise<void> =>
  vi.waitFor(() => {
    const { enCours, attente } = useEnregistrement.getState();
    if (enCours || attente.length > 0) throw new Error('en cours');
  });

let numero = 0;
beforeEach(async () => {
  panne = false;
  ailleurs = {};
  marques = {};
  vi.stubGlobal('window', { atelier: { appeler: (nom: string, entree: unknown) => Promise.resolve(repondre(nom, entree)) } });
  useSession.setState({ dossier: `/dossier-${++numero}.cus` });
  await chargerMatrice();
  ecrits = [];
});

const p = (champ: string, valeur: string) => ({ champ, valeur, nom: champ });

test('ce qui est tapé se voit aussitôt, puis est gardé', async () => {
  expect(poser([p(A, ' 25 % ')])).toBe(1);
  expect([texteDe(A), useEngagements.getState().locales.has(A)]).toEqual(['25 %', true]);
  await fini();
  expect([texteDe(A), useEngagements.getState().locales.has(A), ecrits]).toEqual(['25 %', false, [[A, '25 %']]]);
});

test('une valeur inchangée n’est pas écrite', () => {
  expect(poser([p(A, ''), p(B, '  ')])).toBe(0);
  expect(useEngagements.getState().annulables).toEqual([]);
});

test('annuler et rétablir passent par le service, bloc par bloc', async () => {
  poser([p(A, '1'), p(B, '2')]);
  poser([p(A, '3')]);
  await fini();
  annuler();
  await fini();
  expect([texteDe(A), texteDe(B)]).toEqual(['1', '2']);
  annuler();
  await fini();
  expect([texteDe(A), texteDe(B)]).toEqual(['', '']);
  retablir();
  retablir();
  await fini();
  expect([texteDe(A), texteDe(B), annuler()]).toEqual(['3', '2', A]);
  await fini();
  expect(ecrits.slice(-1)).toEqual([[A, '1']]);
});

test('en panne, la saisie reste visible ; rejouée, elle écrit ce qui a été tapé', async () => {
  panne = true;
  poser([p(A, '41')]);
  await fini();
  expect([texteDe(A), useEnregistrement.getState().echecs.length]).toEqual(['41', 1]);
  useSession.setState({ cible: null, ecran: { nom: 'accueil' } });
  expect(texteDe(A)).toBe('41');
  panne = false;
  reessayer();
  await fini();
  expect([ecrits, texteDe(A)]).toEqual([[[A, '41']], '41']);
});

test('un vieux bloc rejoué n’écrase pas une saisie plus récente', async () => {
  panne = true;
  poser([p(A, '1'), p(B, '1')]);
  await fini();
  panne = false;
  poser([p(A, '2')]);
  await fini();
  reessayer();
  await fini();
  expect([texteDe(A), texteDe(B), ecrits.filter(([c]) => c === A).at(-1)]).toEqual(['2', '1', [A, '2']]);
});

test('une valeur que le service ne garde pas reste telle que tapée, avec sa raison', async () => {
  poser([p(A, 'non')]);
  await fini();
  expect([texteDe(A), useEngagements.getState().locales.get(A)]).toEqual(['non', { texte: 'non', refus: 'Refusé.' }]);
});

test('un autre dossier ne garde rien de celui-ci', async () => {
  poser([p(A, '5')]);
  await fini();
  useSession.setState({ dossier: '/autre.cus' });
  expect([texteDe(A), useEngagements.getState().annulables, useEngagements.getState().matrice]).toEqual(['', [], null]);
});

test('une annulation n’écrase pas une valeur qu’elle n’a pas écrite, et le dit', async () => {
  poser([p(A, '12'), p(B, '3')]);
  await fini();
  ailleurs = { [A]: '40', [B]: '3' };
  await chargerMatrice();
  ecrits = [];
  annuler();
  await fini();
  expect([texteDe(A), texteDe(B), ecrits, useEngagements.getState().bilan]).toEqual([
    '40',
    '',
    [[B, '']],
    { titre: 'Annulation', enregistrees: 1, refus: [{ champ: A, nom: A, valeur: '40', raison: 'changée depuis, laissée telle quelle.' }] },
  ]);
  retablir();
  await fini();
  expect([texteDe(A), texteDe(B)]).toEqual(['40', '3']);
});

test('un import est un seul pas : annulé, il rend les valeurs d’avant', async () => {
  poser([p(A, '12')]);
  await fini();
  ailleurs = { [A]: '12' };
  await commeUnPas(() => {
    ailleurs = { [A]: '30', [B]: '7' };
    return Promise.resolve({});
  });
  expect([texteDe(A), texteDe(B)]).toEqual(['30', '7']);
  annuler();
  await fini();
  expect([texteDe(A), texteDe(B)]).toEqual(['12', '']);
  annuler();
  await fini();
  expect([texteDe(A), useEngagements.getState().bilan]).toEqual(['', null]);
});

test('le compte rendu d’un collage s’en va quand le collage est défait, pas avant', async () => {
  const bilan = () => useEngagements.getState().bilan?.titre ?? null;
  poser([p(A, '1')]);
  poser([p(A, '2'), p(B, '2')]);
  rendreCompte({ titre: 'Collage', enregistrees: 2, refus: [] });
  poser([p(A, '3')]);
  await fini();
  annuler();
  await fini();
  expect(bilan()).toBe('Collage');
  annuler();
  await fini();
  expect([texteDe(A), texteDe(B), bilan()]).toEqual(['1', '', null]);
  // Un geste qui n'a rien changé n'a rien à défaire : son compte rendu reste à lire.
  poser([p(A, '1')]);
  rendreCompte({ titre: 'Collage vain', enregistrees: 1, refus: [] });
  annuler();
  await fini();
  expect(bilan()).toBe('Collage vain');
});

test('un import qui échoue ne laisse pas de pas', async () => {
  await commeUnPas(() => Promise.resolve(null));
  expect(useEngagements.getState().annulables).toEqual([]);
});

test('accepter une valeur de l’État vide les annulations', async () => {
  poser([p(A, '12')]);
  await fini();
  annoncer('observations.accepter');
  expect([annuler(), texteDe(A)]).toEqual([null, '12']);
});

test('le compte rendu d’un collage nomme chaque case que les contrôles marquent, et attend leur avis', async () => {
  const dire = () => {
    const { bilan, locales, index } = useEngagements.getState();
    const { refus: aRevoir, enCours } = revoir(bilan ?? { titre: '', enregistrees: 0, refus: [] }, { locales, index });
    return [enCours, ...aRevoir.map((r) => [r.champ, r.valeur, r.raison])];
  };
  poser([p(A, '84/50'), p(B, 'non')]);
  rendreCompte({ titre: 'Collage', enregistrees: 2, refus: [], champs: [A, B] });
  expect(dire()).toEqual([true]);
  await fini();
  // Écrites, et pas encore contrôlées : rien ne se dit réussi.
  expect(dire()).toEqual([true, [B, 'non', 'Refusé.']]);
  ailleurs = { [A]: '84/50' };
  marques = { [A]: ['Le numérateur dépasse.', 'Deux.'] };
  await relireMatrice();
  expect(dire()).toEqual([false, [A, '84/50', 'Le numérateur dépasse. Deux.'], [B, 'non', 'Refusé.']]);
  rendreCompte({ titre: 'Collage', enregistrees: 2, refus: [{ champ: A, nom: 'a', valeur: '84/50', raison: 'Illisible.' }], champs: [A] });
  expect(dire()).toEqual([false, [A, '84/50', 'Illisible.']]);
});
