import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { essaiService } from '../../aides/service.ts';
import { readIcs } from '../../aides/ics.ts';

const CHAMPS: Record<string, string> = {
  'organisme/psp/date': '2024-06-20',
  'calendrier/transmission-deliberation': '2025-09-30',
  'calendrier/echeance-precedente': '2026-06-30',
  'calendrier/echeance/depot/date': '2026-07-01',
  'calendrier/echeance/depot/motif': 'Annonce des services de l’État ; à confirmer, par écrit',
  'calendrier/echeance/transmission-annuelle/date': '2027-02-28',
};

async function dossier() {
  const essai = essaiService();
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'a.cus'), siren: '782824114', nom: 'Habitat ; essai, « é »', effet: '2026-07-01' });
  for (const [champ, valeur] of Object.entries(CHAMPS)) await essai.faire('champs.definir', { champ, valeur });
  return essai;
}

describe('agenda (.ics)', () => {
  test('les échéances datées, un jour entier chacune, avec article, conséquence et rappel ; les autres sont dites', async () => {
    const { faire, repertoire } = await dossier();
    const chemin = join(repertoire, 'cus.ics');
    const rendu = await faire('calendrier.exporter', { destination: chemin });
    const { evenements, proprietes } = readIcs(readFileSync(chemin, 'utf8'));
    expect(proprietes).toMatchObject({ VERSION: '2.0', PRODID: '-//Atelier CUS//Calendrier//FR' });
    const { echeances } = await faire('calendrier.lire', {});
    const datees = echeances.filter((e) => e.date !== null);
    expect(evenements.map((e) => [e['SUMMARY'], e['DTSTART;VALUE=DATE']])).toEqual([
      ...datees.map((e) => [e.libelle, e.date?.replaceAll('-', '')]),
      ['Avancement annuel des engagements PP-2, PP-LF-2, PP-3 et PP-LF-3', '20270228'],
    ]);
    expect(rendu).toEqual({
      chemin, evenements: datees.length + 1, annules: 0,
      sansDate: echeances.filter((e) => e.date === null).map((e) => ({ libelle: e.libelle, champ: e.depuis, libelleDepuis: e.libelleDepuis })),
    });
    const depot = evenements.find((e) => e['UID']?.startsWith('depot.'));
    expect(depot?.['DTSTART;VALUE=DATE']).toBe('20260701');
    expect(depot?.['DTEND;VALUE=DATE']).toBe('20260702');
    expect(depot?.['DTSTAMP']).toBe('20260301T090000Z');
    expect(depot?.['TRIGGER']).toBe('-P14D');
    expect(depot?.['DESCRIPTION']).toContain('Annonce des services de l’État ; à confirmer, par écrit');
    expect(depot?.['DESCRIPTION']).toContain('la loi donnant le 30/12/2025');
    expect(depot?.['DESCRIPTION']).toContain('quintuple');
    expect(evenements.at(-1)?.['RRULE']).toBe('FREQ=YEARLY;UNTIL=20320630');
  });

  test('même état, même instant : mêmes octets ; un autre dossier a d’autres identifiants', async () => {
    const { faire, repertoire } = await dossier();
    const lire = async (nom: string): Promise<string> => {
      await faire('calendrier.exporter', { destination: join(repertoire, nom) });
      return readFileSync(join(repertoire, nom), 'utf8');
    };
    const [a, b] = [await lire('a.ics'), await lire('b.ics')];
    expect(a).toBe(b);
    await faire('champs.definir', { champ: 'calendrier/signature', valeur: '2026-09-01' });
    const uids = (t: string): string[] => readIcs(t).evenements.map((e) => e['UID'] ?? '');
    const apres = uids(await lire('c.ics'));
    expect(apres).toEqual(expect.arrayContaining(uids(a)));
    expect(new Set(apres).size).toBe(apres.length);
    // Une date qui bouge, puis revient : chaque version se dit plus récente que celle d'avant.
    const rangDe = (nom: string): number => Number(readIcs(readFileSync(join(repertoire, nom), 'utf8')).evenements.find((e) => e['UID']?.startsWith('depot.'))?.['SEQUENCE']);
    await faire('champs.definir', { champ: 'calendrier/echeance/depot/date', valeur: '2026-08-01' });
    const bouge = await lire('e.ics');
    expect(bouge).toContain('LAST-MODIFIED:20260301T090000Z');
    await faire('champs.definir', { champ: 'calendrier/echeance/depot/date', valeur: '2026-07-01' });
    await lire('f.ics');
    expect([rangDe('c.ics') > rangDe('a.ics'), rangDe('e.ics') > rangDe('c.ics'), rangDe('f.ics') > rangDe('e.ics')]).toEqual([true, true, true]);
    await faire('dossier.creer', { chemin: join(repertoire, 'b.cus'), siren: '552081317', nom: 'Autre', effet: '2026-07-01' });
    expect(uids(await lire('d.ics')).filter((u) => apres.includes(u))).toEqual([]);
  });

  test('une étape qui quitte le calendrier est écrite annulée, une version au-dessus ; elle revient plus haut encore', async () => {
    const { faire, repertoire } = await dossier();
    const exporter = async (nom: string) => {
      const chemin = join(repertoire, nom);
      const { evenements, annules } = await faire('calendrier.exporter', { destination: chemin });
      const ics = readIcs(readFileSync(chemin, 'utf8')).evenements;
      const annuelle = ics.find((e) => e['UID']?.startsWith('transmission-annuelle.'));
      return { evenements, annules, lus: ics.length, statuts: ics.flatMap((e) => e['STATUS'] ?? []), annuelle };
    };
    const definir = (valeur: string) => faire('champs.definir', { champ: 'calendrier/echeance/transmission-annuelle/date', valeur });
    const depart = await exporter('a.ics');
    expect({ ...depart, annuelle: depart.annuelle?.['STATUS'] }).toEqual({ evenements: depart.lus, annules: 0, lus: depart.lus, statuts: [], annuelle: undefined });
    await definir('');
    const partie = await exporter('b.ics');
    const { UID, SUMMARY, RRULE } = depart.annuelle ?? {};
    expect(partie).toEqual({
      evenements: depart.lus - 1, annules: 1, lus: depart.lus, statuts: ['CANCELLED'],
      annuelle: {
        UID, SUMMARY, RRULE, STATUS: 'CANCELLED', DESCRIPTION: 'N’est plus au calendrier de la convention.', SEQUENCE: expect.any(String) as string,
        'DTSTART;VALUE=DATE': '20270228', 'DTEND;VALUE=DATE': '20270301', DTSTAMP: '20260301T090000Z', 'LAST-MODIFIED': '20260301T090000Z',
        'X-MICROSOFT-CDO-ALLDAYEVENT': 'TRUE', 'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT': 'TRUE',
      },
    });
    // Exportée de nouveau : la même annulation, les mêmes octets.
    expect(await exporter('c.ics')).toEqual(partie);
    expect(readFileSync(join(repertoire, 'c.ics'), 'utf8')).toBe(readFileSync(join(repertoire, 'b.ics'), 'utf8'));
    await definir('2027-02-28');
    const revenue = await exporter('d.ics');
    expect({ ...revenue, annuelle: null }).toEqual({ ...depart, annuelle: null });
    const rangs = [depart, partie, revenue].map((e) => Number(e.annuelle?.['SEQUENCE']));
    expect(rangs).toEqual(rangs.toSorted((a, b) => a - b));
    expect(new Set(rangs).size).toBe(3);
  });

  test('une autre extension est refusée', async () => {
    const { echouer, repertoire } = await dossier();
    expect(await echouer('calendrier.exporter', { destination: join(repertoire, 'cus.txt') })).toMatchObject({ code: 'format-inconnu' });
  });
});
