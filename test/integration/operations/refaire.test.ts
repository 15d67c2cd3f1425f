import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import type { OptionsBailleur } from '../../../electron/demo/index.ts';
import { contenu, resumes } from '../ensembles/aide.ts';
import { ouvrirAtelier } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';

const options: OptionsBailleur = { graine: 11, logements: 400, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 4, raisonSociale: 'HABITAT FICTIF' };

/** Un dossier passé par chaque sorte d'opération, et son contenu à chaque pas (le premier : vide). */
async function parcourir(): Promise<{ atelier: Atelier; etats: Awaited<ReturnType<typeof contenu>>[] }> {
  const bailleur = generateBailleur(options);
  const atelier = await ouvrirAtelier(bailleur.identite.siren);
  const [premier, suivant, autre] = ['rpls.csv', 'suite.csv', '2027.csv'].map((n) => join(atelier.repertoire, n));
  ecrireFichier(bailleur, premier!);
  ecrireFichier(generateEvolution(options), suivant!);
  ecrireFichier(generateBailleur({ ...options, annee: 2027, logements: 380 }), autre!);
  const etats = [await contenu(atelier)];
  const faire = async (faite: Promise<unknown>) => {
    await faite;
    etats.push(await contenu(atelier));
  };
  await faire(atelier.faire('import.lire', { chemin: premier! }));
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  const [a, b, c] = ensembles.toSorted((x, y) => y.logements - x.logements);
  await faire(atelier.faire('ensembles.renommer', { id: a!.id, nom: 'Le plus grand' }));
  await faire(atelier.faire('ensembles.fusionner', { ids: [a!.id, b!.id] }));
  const sortants = (await atelier.faire('ensembles.composition', { id: c!.id })).groupes.flatMap((g) => g.logements.filter((l) => l.parc).map((l) => l.identifiant)).slice(0, 2);
  await faire(atelier.faire('ensembles.scinder', { id: c!.id, identifiants: sortants, nom: 'Deux' }));
  await faire(atelier.faire('import.lire', { chemin: suivant!, appliquer: true }));
  const profil = { version: 1 as const, type: 'logements' as const, separateur: ';', colonnes: { Ident: 'IDENT_INT', Commune: 'DEPCOM', Loyer: 'LOYERPRINC' } };
  const { lignes } = await atelier.faire('logements.page', { decalage: 0, nombre: 3 });
  const loyers = atelier.fichier('loyers.csv', `Ident;Commune;Loyer\n${lignes.map((l, i) => `${String(l['ident_int'])};${String(l['depcom'])};${500 + i}`).join('\n')}\n`);
  await faire(atelier.faire('import.lire', { chemin: loyers, profil, appliquer: true }));
  await faire(atelier.faire('import.lire', { chemin: autre!, appliquer: true }));
  return { atelier, etats };
}

const suivante = async (atelier: Atelier, quoi: 'annulable' | 'refaisable') => (await atelier.faire('operations.lister', {})).operations.filter((o) => o[quoi]);

describe('annuler puis refaire', () => {
  it('tout défait puis tout refait, chaque état revient à l’octet près, résumés compris', async () => {
    const { atelier, etats } = await parcourir();
    for (let i = etats.length - 2; i >= 0; i--) {
      const [derniere, ...autres] = await suivante(atelier, 'annulable');
      expect(autres).toEqual([]);
      await atelier.faire('operations.annuler', { operation: derniere!.id });
      expect(await contenu(atelier)).toEqual(etats[i]);
    }
    expect(await suivante(atelier, 'annulable')).toEqual([]);
    for (let i = 1; i < etats.length; i++) {
      const [prochaine, ...autres] = await suivante(atelier, 'refaisable');
      expect(autres).toEqual([]);
      const { operation } = await atelier.faire('operations.refaire', { operation: prochaine!.id });
      expect(operation).toMatchObject({ id: prochaine!.id, annuleeLe: null, annulable: true, refaisable: false });
      expect(await contenu(atelier)).toEqual(etats[i]);
      const { gardes, relus } = await resumes(atelier);
      expect(gardes).toEqual(relus);
    }
    expect(await suivante(atelier, 'refaisable')).toEqual([]);
  });

  it('une suite quelconque d’annulations et de reprises reste sur le chemin', async () => {
    const { atelier, etats } = await parcourir();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (gestes) => {
        let ici = (await atelier.faire('operations.lister', {})).operations.filter((o) => o.annuleeLe === null).length;
        for (const reculer of gestes) {
          const [operation] = await suivante(atelier, reculer ? 'annulable' : 'refaisable');
          if (operation === undefined) continue;
          await atelier.faire(reculer ? 'operations.annuler' : 'operations.refaire', { operation: operation.id });
          ici += reculer ? -1 : 1;
        }
        expect(await contenu(atelier)).toEqual(etats[ici]);
      }),
      { numRuns: 8 },
    );
  });

  it('une opération nouvelle oublie ce qui pouvait être refait, et rien n’en reste dans le dossier', async () => {
    const { atelier } = await parcourir();
    for (let i = 0; i < 2; i++) await atelier.faire('operations.annuler', { operation: (await suivante(atelier, 'annulable'))[0]!.id });
    const [oubliee] = await suivante(atelier, 'refaisable');
    const { ensembles } = await atelier.faire('ensembles.lister', {});
    await atelier.faire('ensembles.renommer', { id: ensembles[0]!.id, nom: 'Autrement' });
    expect(await suivante(atelier, 'refaisable')).toEqual([]);
    expect(await atelier.echouer('operations.refaire', { operation: oubliee!.id })).toMatchObject({ code: 'operation-non-refaisable', sortie: 1 });
    await atelier.fermer();
    const { openReadOnly } = await import('../../../electron/store/connexion.ts');
    const base = openReadOnly(atelier.dossier);
    expect(base.prepare(`SELECT (SELECT count(*) FROM operation_apres) AS apres, (SELECT count(*) FROM sqlite_master WHERE name LIKE 'annule_%') AS cotes`).get()).toEqual({ apres: 0, cotes: 0 });
    base.close();
  });
});
