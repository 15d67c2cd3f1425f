import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPrecedent } from '../../../electron/store/reprise.ts';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { resumes } from '../ensembles/aide.ts';
import { ouvrirAtelier } from '../import/aide.ts';
import { pack, unpack } from '../paquet/aides/outils.ts';
import { ecrireBailleur, observer } from './aide.ts';

const options = { graine: 5, logements: 500, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 3, siren: '913000006' };
const AUTRE = '913000014';
const empreinte = (chemin: string): string => createHash('sha256').update(readFileSync(chemin)).digest('hex');

/** Une convention menée : un parc de deux bailleurs, des ensembles décidés, des cibles. */
async function ancienne() {
  const atelier = await ouvrirAtelier();
  const { chemin, totaux } = ecrireBailleur(atelier, 'a.csv', options);
  const b = ecrireBailleur(atelier, 'b.csv', { ...options, siren: AUTRE, logements: 200 });
  await atelier.faire('import.lire', { chemin });
  await atelier.faire('origines.definir', { siren: AUTRE, nom: 'Foyer absorbé', operation: 'absorption' });
  await atelier.faire('import.lire', { chemin: b.chemin });
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  const [x, y] = ensembles.toSorted((p, q) => q.logements - p.logements);
  await atelier.faire('ensembles.renommer', { id: x!.id, nom: 'Le plus grand' });
  await atelier.faire('ensembles.scinder', { id: y!.id, par: 'adresse' }).catch(() => undefined);
  for (const [champ, valeur] of [
    ['calendrier/date-effet', '2026-01-01'], ['calendrier/deliberation-lancement', '2025-03-13'], ['organisme/siege/commune', '13055'],
    ['engagement/PP-1/dep-13/3ans/total', '120'], ['engagement/PP-1/dep-13/6ans/total', '250'], ['reference/PP-1/dep-13/total', '90'],
  ] as const) await atelier.faire('champs.definir', { champ, valeur });
  return { atelier, totaux: [totaux, b.totaux] };
}

const lireTout = async (atelier: Awaited<ReturnType<typeof ouvrirAtelier>>) => ({
  totaux: await observer(atelier),
  ensembles: await atelier.faire('ensembles.lister', {}),
  origines: (await atelier.faire('origines.lister', {})).origines,
  loyers: await atelier.faire('loyers.lire', { par: 'ensemble', surface: 'SH' }),
});

describe('une convention commencée d’après le dossier de la précédente', () => {
  test('en reprend le parc, les ensembles et leurs décisions, non les cibles ; l’ancien fichier ne change pas', async () => {
    const { atelier } = await ancienne();
    const avant = await lireTout(atelier);
    await atelier.faire('dossier.fermer', {});
    const intact = empreinte(atelier.dossier);
    const fichiers = readdirSync(atelier.repertoire).toSorted();
    const lu = await atelier.faire('dossier.precedent', { chemin: atelier.dossier });
    expect({ ...lu, repris: lu.repris.map((r) => [r.libelle, r.nombre]) }).toMatchObject({
      nature: 'dossier', verdict: null, organisme: { siren: '913000006', nom: 'Office fictif' }, periode: '2026-2031', echeance: '2031-12-31',
      repris: [
        ['Identité de l’organisme', 3], ['Échéance de la convention en cours', null], ['Logements', avant.origines.reduce((n, o) => n + o.logements + o.sortis, 0)],
        ['Ensembles immobiliers', avant.ensembles.ensembles.length], ['Organismes repris ou fusionnés', 1], ['Cibles, en souvenir', 2],
      ],
    });
    const nouveau = join(atelier.repertoire, 'nouveau.cus');
    const info = await atelier.faire('dossier.creer', { chemin: nouveau, depuis: atelier.dossier, effet: '2032-01-01' });
    expect([info.organisme.nom, info.periode]).toEqual(['Office fictif', '2032-2037']);
    expect(await lireTout(atelier)).toEqual(avant);
    const { champs } = await atelier.faire('champs.lister', {});
    const valeurs = Object.fromEntries(champs.flatMap((c) => (c.valeur === null ? [] : [[c.champ, c.valeur]])));
    expect(valeurs).toEqual({
      'organisme/siren': '913000006', 'organisme/nom': 'Office fictif', 'organisme/siege/commune': '13055',
      'calendrier/date-effet': '2032-01-01', 'calendrier/echeance-precedente': '2031-12-31',
    });
    expect((await atelier.faire('explication.lire', { sujet: 'engagement/PP-1/dep-13/3ans/total' })).precedent).toEqual({
      convention: 'Office fictif, 2026-2031',
      valeurs: [{ libelle: 'Cumul à 3 ans', valeur: '120' }, { libelle: 'Cumul à 6 ans', valeur: '250' }, { libelle: 'Sa référence', valeur: '90' }],
    });
    expect((await atelier.faire('operations.lister', {})).operations).toEqual([]);
    await atelier.faire('dossier.fermer', {});
    expect(empreinte(atelier.dossier)).toBe(intact);
    expect(readdirSync(atelier.repertoire).toSorted()).toEqual([...fichiers, 'nouveau.cus'].toSorted());
  });

  test('puis reçoit la déclaration suivante : ce qui était décidé tient', async () => {
    const { atelier } = await ancienne();
    const avant = (await atelier.faire('ensembles.lister', {})).nomsDecides;
    const nouveau = join(atelier.repertoire, 'nouveau.cus');
    // Le dossier encore ouvert se lit aussi.
    await atelier.faire('dossier.creer', { chemin: nouveau, depuis: atelier.dossier });
    const suite = ecrireBailleur(atelier, 'a27.csv', { ...options, annee: 2027 });
    const r = await atelier.faire('import.lire', { chemin: suite.chemin });
    expect([r.applique, r.comparaison !== null]).toEqual([false, true]);
    await atelier.faire('import.appliquer', { comparaison: r.comparaison! });
    expect((await atelier.faire('ensembles.lister', {})).nomsDecides).toEqual(avant);
    const { gardes, relus } = await resumes({ ...atelier, dossier: nouveau });
    expect(gardes).toEqual(relus);
  });

  test('refuse un autre organisme, un fichier tenu ailleurs, ou qui n’est pas un dossier', async () => {
    const { atelier } = await ancienne();
    const creer = (depuis: string, siren?: string) => atelier.echouer('dossier.creer', { chemin: join(atelier.repertoire, 'n.cus'), depuis, ...(siren === undefined ? {} : { siren }) });
    expect((await creer(atelier.dossier, '782824114')).code).toBe('autre-organisme');
    await atelier.faire('dossier.fermer', {});
    writeFileSync(`${atelier.dossier}.verrou`, JSON.stringify({ utilisateur: 'Bob', ordinateur: 'ailleurs', pid: 1, depuis: '2026-03-01T08:00:00Z' }));
    expect((await creer(atelier.dossier)).code).toBe('dossier-tenu');
    // Un nom laissé par une coupure ne tient plus rien.
    writeFileSync(`${atelier.dossier}.verrou`, JSON.stringify({ utilisateur: 'Bob', ordinateur: 'banc', pid: 2 ** 30, depuis: '2026-03-01T08:00:00Z' }));
    expect((await atelier.faire('dossier.precedent', { chemin: atelier.dossier })).nature).toBe('dossier');
    expect((await creer(atelier.fichier('faux.cus', 'pas une base'))).code).toBe('pas-un-dossier');
    expect((await creer(join(atelier.repertoire, 'absent.cus'))).code).toBe('fichier-absent');
    expect((await creer(atelier.fichier('texte.txt', 'bonjour'))).code).toBe('paquet-illisible');
    expect(readdirSync(atelier.repertoire)).not.toContain('n.cus');
  });
});

describe('une convention commencée d’après le paquet de la précédente', () => {
  async function depose() {
    const { atelier } = await ancienne();
    const depot = await atelier.faire('depot.deposer', { repertoire: join(atelier.repertoire, 'envoi'), sansSignature: true, malgre: 'essai' });
    const ensembles = (await atelier.faire('ensembles.lister', {})).ensembles;
    return { atelier, depot, ensembles };
  }

  test('en prend l’identité, les cibles en souvenir et les noms des ensembles, et dit que les logements n’y sont pas', async () => {
    const { atelier, depot, ensembles } = await depose();
    const lu = await atelier.faire('dossier.precedent', { chemin: depot.paquet });
    expect(lu).toMatchObject({ nature: 'paquet', verdict: { verdict: 'non-signe', signataires: [] }, version: 1, periode: '2026-2031' });
    expect(lu.repris.map((r) => [r.libelle, r.nombre])).toEqual([
      ['Identité de l’organisme', 3], ['Échéance de la convention en cours', null], ['Noms des ensembles immobiliers', ensembles.length], ['Chiffres de l’état des lieux', null], ['Cibles, en souvenir', 2],
    ]);
    expect(lu.laisses[0]).toEqual({ libelle: 'Logements', nombre: null, raison: 'Un paquet n’en contient pas : importer la déclaration RPLS.' });
    const nouveau = join(atelier.repertoire, 'nouveau.cus');
    await atelier.faire('dossier.creer', { chemin: nouveau, depuis: depot.paquet, effet: '2032-01-01' });
    expect((await atelier.faire('etat.lire', {})).logements).toBe(0);
    await atelier.faire('import.lire', { chemin: join(atelier.repertoire, 'a.csv') });
    const apres = (await atelier.faire('ensembles.lister', {})).ensembles;
    const grand = ensembles.find((e) => e.nom === 'Le plus grand');
    expect(apres.find((e) => e.id === grand?.id)?.nom).toBe('Le plus grand');
    expect((await atelier.faire('ensembles.lister', {})).nomsDecides).toEqual([grand?.id]);
    await atelier.faire('dossier.fermer', {});
    const base = openReadOnly(nouveau);
    expect(readPrecedent(base)).toEqual({
      nature: 'paquet', fichier: depot.paquet, nom: 'Office fictif', periode: '2026-2031', version: 1, empreinte: depot.empreinte, repris_le: '2026-03-01T09:00:00.000Z',
    });
    base.close();
  });

  test('refuse un paquet modifié, en nommant ce qui a changé, sans rien créer', async () => {
    const { atelier, depot } = await depose();
    const fichiers = (await unpack(depot.paquet)).map((f) => (f.nom === 'donnees.json' ? { ...f, octets: Buffer.from(Buffer.from(f.octets).toString().replace('"120"', '"121"')) } : f));
    const modifie = atelier.fichier('modifie.zip', await pack(fichiers));
    for (const operation of ['dossier.precedent', 'dossier.creer'] as const) {
      const refus = await atelier.echouer(operation, operation === 'dossier.creer' ? { chemin: join(atelier.repertoire, 'n.cus'), depuis: modifie } : { chemin: modifie });
      expect([refus.code, refus.sortie, refus.message.includes('donnees.json')]).toEqual(['paquet-modifie', 1, true]);
    }
    expect(readdirSync(atelier.repertoire)).not.toContain('n.cus');
  });
});
