import { describe, expect, test } from 'vitest';
import type { EtatAssociation } from '../../../shared/domain/association/etape.ts';
import { runControles } from '../../../shared/domain/controles/controles.ts';
import { AMP, echange, personnes, saisie } from '../association/exemple.ts';
import type { Options } from '../association/exemple.ts';
import { CHAMPS, dossierComplet } from './exemple.ts';

const NON_ADOPTE = { ...CHAMPS, 'organisme/nature': 'ESH', 'calendrier/deliberation-adoption': '' };
const ADOPTE = { ...NON_ADOPTE, 'calendrier/deliberation-adoption': '2025-12-01' };
const AUJOURDHUI = '2026-03-12';
const TOUT = { retenue: true } as const;

type Cas = Options & { autres?: Partial<EtatAssociation> };
function releves({ autres = {}, ...o }: Cas): string[] {
  const champs = o.champs ?? NON_ADOPTE;
  // Chacune est confirmée : l'information « à confirmer » a son propre essai.
  const saisies = [saisie('epci-1', { retenue: false }), ...(o.saisies ?? [])];
  const association: EtatAssociation = {
    personnes: [...personnes({ ...o, champs, saisies, aujourdhui: AUJOURDHUI, nature: champs['organisme/nature'] ?? '' }).values()],
    echanges: o.echanges ?? [], acteurs: [], reunions: [], ...autres,
  };
  const c = runControles({ ...dossierComplet(), champs, aujourdhui: AUJOURDHUI, association });
  return [...c.bloquants, ...c.aJustifier, ...c.informations].filter((x) => x.etape === 'associes').map((x) => `${x.niveau} ${x.code} ${x.article} ${x.champ}`);
}

const TOUTES = [AMP, 'dep-13'];
const pour = (objet: string, date: string, codes = TOUTES) => codes.map((c) => echange(c, objet, date));
const CONCERTATION = { reunions: [{ id: 1, date: '2025-10-01', objets: ['service-rendu', 'gestion-sociale'], participants: '', texte: '' }] };
const COMPLET: Cas = { champs: ADOPTE, echanges: [...pour('deliberation', '2025-06-15'), ...pour('elements', '2025-09-01'), ...pour('reunion', '2025-10-01')], autres: CONCERTATION };

describe('chaque constat, levé et non levé', () => {
  test('rien d’enregistré, projet non adopté : rien à dire', () => expect(releves({})).toEqual([]));
  test('tout fait', () => expect(releves(COMPLET)).toEqual([]));
  test.each<[string, Cas, string[]]>([
    ['délibération transmise à une seule', { echanges: pour('deliberation', '2025-06-15', [AMP]) }, ['a-justifier association-deliberation-manquante R445-2-4 association/dep-13']],
    ['éléments transmis à une seule', { echanges: pour('elements', '2025-09-01', [AMP]) }, ['a-justifier association-elements-manquants R445-2-5 association/dep-13']],
    [
      'projet adopté, rien de transmis ni au calendrier',
      { champs: ADOPTE, autres: CONCERTATION },
      ['a-justifier association-elements-manquants R445-2-5 association', 'a-justifier association-reunion-manquante R445-2-5 association'],
    ],
    ['projet adopté, dates au calendrier : il le dit seul', { champs: { ...ADOPTE, 'calendrier/transmission-elements': '2025-09-01', 'calendrier/reunion-association': '2025-10-01' }, autres: CONCERTATION }, []],
    ['réunion la veille du mois', { ...COMPLET, echanges: [...pour('elements', '2025-09-01'), ...pour('reunion', '2025-09-30', [AMP]), ...pour('reunion', '2025-10-01', ['dep-13'])] }, [`a-justifier association-reunion-trop-tot R445-2-5 association/${AMP}`]],
    [
      'projet déposé sans date d’adoption : l’étape est passée',
      { champs: { ...NON_ADOPTE, 'calendrier/depot': '2026-01-10' }, echanges: pour('elements', '2025-09-01'), autres: CONCERTATION },
      ['a-justifier association-reunion-manquante R445-2-5 association'],
    ],
    [
      'réunion et éléments prévus au calendrier, projet adopté : ce qui est à venir n’est pas fait',
      { champs: { ...ADOPTE, 'calendrier/transmission-elements': '2099-01-01', 'calendrier/reunion-association': '2099-03-01' }, autres: CONCERTATION },
      [
        'a-justifier association-elements-manquants R445-2-5 association',
        'a-justifier association-reunion-manquante R445-2-5 association',
        'information association-date-a-venir R445-2-5 calendrier/transmission-elements',
        'information association-date-a-venir R445-2-5 calendrier/reunion-association',
      ],
    ],
    ['délibération transmise demain : seulement prévue', { champs: { ...NON_ADOPTE, 'calendrier/transmission-deliberation': '2026-03-13' } }, ['information association-date-a-venir R445-2-4 calendrier/transmission-deliberation']],
    ['adoption prévue : l’étape n’est pas passée', { champs: { ...NON_ADOPTE, 'calendrier/deliberation-adoption': '2026-03-13' } }, ['information association-date-a-venir R445-2-6 calendrier/deliberation-adoption']],
    ['échange noté à une date à venir', { echanges: [echange('dep-13', 'avis', '2099-01-01')] }, ['a-justifier echange-a-venir R445-2-5 association/dep-13']],
    ['séance de concertation à une date à venir', { autres: { reunions: [{ id: 1, date: '2099-01-01', objets: ['service-rendu', 'gestion-sociale'], participants: '', texte: '' }] } }, ['a-justifier concertation-a-venir R445-2-7 concertation']],
    ['réunion tenue sans rien de transmis', { echanges: pour('reunion', '2025-10-01') }, ['a-justifier association-reunion-sans-elements R445-2-5 association']],
    ['réunion au calendrier sans rien de transmis', { champs: { ...NON_ADOPTE, 'calendrier/reunion-association': '2025-10-01' } }, ['a-justifier association-reunion-sans-elements R445-2-5 association']],
    ['réunion tenue, éléments au calendrier un mois avant', { champs: { ...NON_ADOPTE, 'calendrier/transmission-elements': '2025-09-01' }, echanges: pour('reunion', '2025-10-01') }, []],
    [
      'réunion tenue, éléments au calendrier depuis moins d’un mois',
      { champs: { ...NON_ADOPTE, 'calendrier/transmission-elements': '2025-09-02' }, echanges: pour('reunion', '2025-10-01') },
      TOUTES.map((c) => `a-justifier association-reunion-trop-tot R445-2-5 association/${c}`),
    ],
    [
      'réunion au calendrier, éléments transmis moins d’un mois avant',
      { champs: { ...NON_ADOPTE, 'calendrier/reunion-association': '2025-09-30' }, echanges: pour('elements', '2025-09-01') },
      TOUTES.map((c) => `a-justifier association-reunion-trop-tot R445-2-5 association/${c}`),
    ],
    ['demande de signer, aucune date de transmission', { champs: { ...NON_ADOPTE, 'calendrier/transmission-deliberation': '' }, echanges: [echange('dep-13', 'demande-signature', '2025-08-15')] }, ['a-justifier association-demande-sans-date R445-2-4 association/dep-13']],
    [
      'AOH qui renonce, aucune date de transmission',
      { champs: { ...NON_ADOPTE, 'calendrier/transmission-deliberation': '' }, saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })], echanges: [echange(AMP, 'renonciation', '2025-10-15')] },
      [`a-justifier association-renonciation-sans-date D445-1-1 association/${AMP}`],
    ],
    ['office sans rattachement désigné', { champs: { ...NON_ADOPTE, 'organisme/nature': 'OPH' } }, ['a-justifier association-rattachement-absent L445-1 association']],
    ['office rattaché', { champs: { ...NON_ADOPTE, 'organisme/nature': 'OPH' }, saisies: [saisie(AMP, { rattachement: true })] }, []],
    ['AOH sans parc social', { saisies: [saisie(AMP, { aoh: true })] }, [`a-justifier association-aoh-sans-parc L445-1 association/${AMP}`]],
    ['AOH, parc social inférieur au sien', { saisies: [saisie(AMP, { aoh: true, parcSocial: 499 })] }, [`a-justifier association-parc-incoherent L445-1 association/${AMP}`, `information association-aoh-silence D445-1-1 association/${AMP}`]],
    ['AOH à 5 %, quatre mois passés sans réponse', { saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })] }, [`information association-aoh-silence D445-1-1 association/${AMP}`]],
    ['AOH à 5 %, délai en cours', { champs: { ...NON_ADOPTE, 'calendrier/transmission-deliberation': '2026-01-01' }, saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })] }, []],
    ['AOH à 5 %, accord reçu', { saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })], echanges: [echange(AMP, 'accord', '2025-07-01')] }, []],
    ['AOH à 5 %, renonciation à temps', { saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })], echanges: [echange(AMP, 'renonciation', '2025-10-15')] }, []],
    ['renonciation de qui n’est pas AOH', { echanges: [echange(AMP, 'renonciation', '2025-07-01')] }, [`a-justifier association-renonciation-sans-qualite D445-1-1 association/${AMP}`]],
    ['AOH à 5 %, renonciation tardive', { saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })], echanges: [echange(AMP, 'renonciation', '2025-10-16')] }, [`a-justifier association-renonciation-tardive D445-1-1 association/${AMP}`]],
    [
      'renonciation de la personne de rattachement',
      { champs: { ...NON_ADOPTE, 'organisme/nature': 'OPH' }, saisies: [saisie(AMP, { rattachement: true })], echanges: [echange(AMP, 'renonciation', '2025-07-01')] },
      [`a-justifier association-renonciation-rattachement D445-1-1 association/${AMP}`],
    ],
    ['demande de signer tardive', { echanges: [echange('dep-13', 'demande-signature', '2025-08-16')] }, ['information association-demande-tardive R445-2-4 association/dep-13']],
    ['demande de signer à temps', { echanges: [echange('dep-13', 'demande-signature', '2025-08-15')] }, []],
    ['adopté sans concertation', { ...COMPLET, autres: {} }, ['a-justifier concertation-absente R445-2-7 concertation']],
    ['adopté, concertation au calendrier', { ...COMPLET, champs: { ...ADOPTE, 'calendrier/concertation-locative': '2025-10-01' }, autres: {} }, []],
    ['concertation sur un seul des deux objets', { autres: { reunions: [{ id: 1, date: '2025-10-01', objets: ['service-rendu'], participants: '', texte: '' }] } }, ['a-justifier concertation-objet R445-2-7 concertation']],
  ])('%s', (_, cas, attendu) => {
    expect(releves(cas)).toEqual(attendu);
  });
  test('à confirmer, puis confirmée', () => {
    const de = (saisies: ReturnType<typeof saisie>[]): string[] => {
      const association: EtatAssociation = { personnes: [...personnes({ champs: NON_ADOPTE, saisies }).values()], echanges: [], acteurs: [], reunions: [] };
      return runControles({ ...dossierComplet(), champs: NON_ADOPTE, association }).informations.map((c) => `${c.code} ${c.champ} ${c.message}`);
    };
    expect(de([])).toEqual(['association-a-confirmer association/epci-1 À confirmer, les données ne suffisant pas à dire si elles sont associées : Communauté du Lac.']);
    expect(de([saisie('epci-1', TOUT)])).toEqual([]);
  });
  test.each([
    ['2025-09-30', 'Métropole d’Aix-Marseille-Provence : réunion du 30/09/2025, moins d’un mois après la transmission du 01/09/2025 (possible à partir du 01/10/2025).'],
    ['2025-08-20', 'Métropole d’Aix-Marseille-Provence : réunion du 20/08/2025, avant la transmission du 01/09/2025 (possible à partir du 01/10/2025).'],
  ])('réunion du %s : la phrase dit avant ou moins d’un mois après', (date, message) => {
    const echanges = [echange(AMP, 'elements', '2025-09-01'), echange(AMP, 'reunion', date), echange('dep-13', 'elements', '2025-09-01')];
    const association: EtatAssociation = { personnes: [...personnes({ champs: NON_ADOPTE, echanges }).values()], echanges, acteurs: [], reunions: [] };
    expect(runControles({ ...dossierComplet(), champs: NON_ADOPTE, association }).aJustifier.filter((c) => c.etape === 'associes').map((c) => c.message)).toEqual([message]);
  });
  test('l’absence de signature ne bloque jamais le dépôt', () => {
    expect(releves({ champs: ADOPTE }).filter((r) => r.startsWith('bloquant'))).toEqual([]);
  });
});
