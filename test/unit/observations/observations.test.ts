import { describe, expect, test } from 'vitest';
import { etatInitial, nextEtat } from '../../../shared/domain/observations/etats.ts';
import { readRemarques } from '../../../shared/domain/observations/liste.ts';

test('ouverte → répondue → levée ; ce qui est levé le reste', () => {
  const etats = ['ouverte', 'repondue', 'levee'] as const;
  const evenements = ['reponse', 'acceptation', 'favorable'] as const;
  expect(Object.fromEntries(etats.map((e) => [e, evenements.map((v) => nextEtat(e, v))]))).toEqual({
    ouverte: ['repondue', 'repondue', 'levee'],
    repondue: ['repondue', 'repondue', 'levee'],
    levee: ['levee', 'levee', 'levee'],
  });
  expect(['a-corriger', 'a-completer', 'question', 'proposition', 'favorable'].map((n) => etatInitial(n as 'question'))).toEqual([
    'ouverte', 'ouverte', 'ouverte', 'ouverte', 'levee',
  ]);
});

describe('une liste de remarques', () => {
  const connus = new Set(['organisme/nom', 'engagement/G-1/organisme/2026/total']);
  const ligne = (n: number, champ: string, nature: string, texte = '', valeurProposee = '') => ({ ligne: n, champ, nature, texte, valeurProposee });

  test('les recevables d’un côté, les autres avec leur ligne et leur raison', () => {
    expect(
      readRemarques(
        [
          ligne(2, ' organisme/nom ', 'question', ' Pourquoi ? '),
          ligne(3, 'engagement/G-1/organisme/2026/total', 'proposition', '', ' 1300 '),
          ligne(4, 'organisme/nom', 'favorable'),
          ligne(5, '', '', ' '),
          ligne(6, 'organisme/inconnu', 'question', 'x'),
          ligne(7, 'organisme/nom', 'interrogation', 'x'),
          ligne(8, 'organisme/nom', 'proposition', 'sans valeur'),
          ligne(9, 'organisme/nom', 'a-corriger'),
          ligne(10, '', 'question', 'x'),
        ],
        connus,
      ),
    ).toEqual({
      remarques: [
        { champ: 'organisme/nom', nature: 'question', texte: 'Pourquoi ?', valeurProposee: null, ligne: 2 },
        { champ: 'engagement/G-1/organisme/2026/total', nature: 'proposition', texte: '', valeurProposee: '1300', ligne: 3 },
        { champ: 'organisme/nom', nature: 'favorable', texte: '', valeurProposee: null, ligne: 4 },
      ],
      refusees: [
        { ligne: 6, raison: 'Le champ « organisme/inconnu » n’existe pas dans ce dépôt.' },
        { ligne: 7, raison: '« interrogation » n’est pas une nature (a-corriger, a-completer, question, proposition, favorable).' },
        { ligne: 8, raison: 'Une proposition doit porter une valeur proposée.' },
        { ligne: 9, raison: 'Le texte de la remarque est vide.' },
        { ligne: 10, raison: 'Le champ n’est pas nommé.' },
      ],
    });
  });
});

test('une nature s’écrit par son code ou par tout mot que l’application en montre', () => {
  const ecritures = ['a-corriger', 'À corriger', 'à corriger', 'a-completer', 'À compléter', 'question', 'Question', 'proposition', 'Proposition', 'Proposition de valeur', 'proposition de valeur', 'favorable', 'Favorable'];
  const { remarques, refusees } = readRemarques(ecritures.map((nature, i) => ({ ligne: i + 2, champ: 'c', nature, texte: 't', valeurProposee: '1' })), new Set(['c']));
  expect({ natures: remarques.map((r) => r.nature), refusees }).toEqual({
    natures: ['a-corriger', 'a-corriger', 'a-corriger', 'a-completer', 'a-completer', 'question', 'question', 'proposition', 'proposition', 'proposition', 'proposition', 'favorable', 'favorable'],
    refusees: [],
  });
});
