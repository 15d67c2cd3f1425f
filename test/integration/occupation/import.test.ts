import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SITUATIONS } from '../../../shared/domain/occupation/modalites.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { REFERENCE, dossierOccupe } from './aide.ts';

type Lu = Sortie<'occupation.lire'>;

/** Ce que le générateur sait, lu dans la réponse. */
function totauxDe(lu: Lu) {
  const rang = (code: string): number => lu.variables.findIndex((v) => v.code === code);
  const ligne = lu.organisme;
  return Object.fromEntries(
    SITUATIONS.map((s) => {
      const c = ligne?.[s];
      const v = (code: string): (number | null)[] => c?.variables[rang(code)] ?? [];
      return [s, { concernes: c?.concernes, repondants: c?.repondants, occupants: c?.occupants, bandes: v('ressources'), recents: v('emmenagements')[0], monoparentales: v('menages')[3], apl: v('apl')[0] }];
    }),
  );
}

describe('import de l’enquête', () => {
  it.each([[3, 900], [8, 1400]])('retrouve les totaux connus d’un bailleur fictif sale (graine %i)', async (graine, nombre) => {
    const d = await dossierOccupe(graine, nombre);
    const r = await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    const rejets = Object.fromEntries(Object.entries(r.comptesAnomalies).filter(([c]) => c in d.totaux.rejets));
    expect({ lignes: r.lignes, acceptees: r.acceptees, rejetees: r.rejetees, applique: r.applique, ajoutes: r.ajoutes, rejets }).toEqual({
      lignes: d.totaux.lignes, acceptees: d.totaux.acceptees, rejetees: 3, applique: true, ajoutes: d.totaux.acceptees, rejets: d.totaux.rejets,
    });
    await d.faire('champs.definir', { champ: 'occupation/date-reference', valeur: REFERENCE });
    const lu = await d.faire('occupation.lire', { par: 'organisme' });
    expect(totauxDe(lu)).toEqual(d.totaux.situations);
    const { offerts, vacants, vacantsTroisMois, baseRotation, rotation } = lu.organisme?.total ?? {};
    expect({ offerts, vacants, vacantsTroisMois, baseRotation, rotation }).toEqual(d.totaux.parc);
    const communes = await d.faire('occupation.lire', { par: 'commune' });
    expect(Object.fromEntries(communes.lignes.filter((l) => l.total.repondants !== 0).map((l) => [l.code, l.total.repondants]))).toEqual(d.totaux.communes);
  });

  it('l’essai des correspondances annonce ce que l’import donne, sans toucher au dossier', async () => {
    const d = await dossierOccupe(6, 600, 0.05);
    const [tete = '', ...lignes] = readFileSync(d.ops, 'utf8').trimEnd().split('\r\n');
    const sale = join(d.repertoire, 'ops-sale.csv');
    // Des identifiants d'ailleurs, une ligne donnée deux fois : l'import les rejette.
    writeFileSync(sale, [tete, ...lignes.map((l, i) => (i % 3 === 0 ? `X${l}` : l)), lignes[1]].join('\r\n'));
    const avant = await d.faire('occupation.lire', { par: 'commune' });
    const { profil } = await d.faire('import.analyser', { chemin: sale, type: 'ops' });
    if (profil === null) throw new Error('colonnes non reconnues');
    const essai = await d.faire('import.essayer', { chemin: sale, profil });
    expect([await d.faire('occupation.lire', { par: 'commune' }), (await d.faire('occupation.dernier', {})).import]).toEqual([avant, null]);
    const r = await d.faire('import.lire', { chemin: sale, type: 'ops', profil });
    expect(essai.rejetees).toBeGreaterThan(lignes.length / 4);
    expect([essai.lignes, essai.acceptees, essai.signalees, essai.rejetees, essai.complet]).toEqual([r.lignes, r.acceptees, r.signalees, r.rejetees, true]);
    expect(Object.fromEntries(essai.anomalies.map((a) => [a.code, a.nombre]))).toEqual(r.comptesAnomalies);
    const montrees = essai.anomalies.flatMap((a) => a.premieres).filter((p) => p.ligne <= (r.anomalies.at(-1)?.ligne ?? 0));
    expect(r.anomalies).toEqual(expect.arrayContaining(montrees));
  });

  it('fait de toute maille la même somme, en QPV et hors QPV', async () => {
    const d = await dossierOccupe(5, 700);
    await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    const somme = (lu: Lu, s: (typeof SITUATIONS)[number]) => lu.lignes.reduce((t, l) => t.map((n, i) => n + ([l[s].logements, l[s].concernes ?? 0, l[s].repondants ?? 0, ...(l[s].variables[0] ?? []).map((x) => x ?? 0)][i] ?? 0)), Array.from({ length: 13 }, () => 0));
    const lus = await Promise.all((['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const).map((par) => d.faire('occupation.lire', { par })));
    for (const s of SITUATIONS) expect(new Set(lus.map((lu) => somme(lu, s).join())).size).toBe(1);
  });

  it('ne double rien à la seconde fois, compare sans appliquer, et s’annule', async () => {
    const d = await dossierOccupe(2, 400);
    const avant = await d.faire('occupation.lire', { par: 'commune' });
    await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    const premier = await d.faire('occupation.lire', { par: 'commune' });
    const encore = await d.faire('import.lire', { chemin: d.ops, type: 'ops', appliquer: true });
    expect(encore).toMatchObject({ ajoutes: 0, modifies: 0, disparus: 0, inchanges: d.totaux.acceptees });
    const [tete = '', ...lignes] = readFileSync(d.ops, 'utf8').trimEnd().split('\r\n');
    const autre = join(d.repertoire, 'ops-2.csv');
    writeFileSync(autre, [tete, ...lignes.slice(0, -3).slice(1)].join('\r\n'));
    const compare = await d.faire('import.lire', { chemin: autre, type: 'ops' });
    expect(compare).toMatchObject({ applique: false, disparus: 1, ajoutes: 0, modifies: 0 });
    expect(await d.faire('occupation.lire', { par: 'commune' })).toEqual(premier);
    await d.faire('import.lire', { chemin: autre, type: 'ops', appliquer: true });
    const { operations } = await d.faire('operations.lister', {});
    for (const o of operations.filter((x) => x.libelle.includes('enquête'))) await d.faire('operations.annuler', { operation: o.id });
    expect(await d.faire('occupation.lire', { par: 'commune' })).toEqual(avant);
    const refaire = (await d.faire('operations.lister', {})).operations.filter((x) => x.libelle.includes('enquête')).at(-1);
    await d.faire('operations.refaire', { operation: refaire?.id ?? 0 });
    expect(await d.faire('occupation.lire', { par: 'commune' })).toEqual(premier);
  });

  it('change les bandes et garde chaque ménage', async () => {
    const d = await dossierOccupe(4, 300);
    await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    await d.faire('occupation.definirBandes', { bornes: '60; 100' });
    const lu = await d.faire('occupation.lire', {});
    const total = d.totaux.situations.total;
    const usuelles = total.bandes;
    const plus = (...rangs: number[]): number => rangs.reduce((s, i) => s + (usuelles[i] ?? 0), 0);
    expect(lu.bornes).toEqual([60, 100]);
    expect(lu.organisme?.total.variables[0]).toEqual([plus(0, 1, 2), plus(3, 4), plus(5, 6, 7, 8), usuelles[9]]);
    expect(await d.echouer('occupation.definirBandes', { bornes: '100, 60' })).toMatchObject({ code: 'bornes-invalides', sortie: 2 });
    expect((await d.faire('occupation.lire', {})).bornes).toEqual([60, 100]);
    await d.faire('occupation.definirBandes', { bornes: '' });
    expect((await d.faire('occupation.lire', {})).organisme?.total.variables[0]).toEqual(usuelles);
  });

  it('explique chaque chiffre par les lignes qui le font', async () => {
    const d = await dossierOccupe(6, 600);
    await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    await d.faire('champs.definir', { champ: 'occupation/date-reference', valeur: REFERENCE });
    const lu = await d.faire('occupation.lire', {});
    const mesures = ['repondants', 'concernes', 'vacance', 'vacance3', 'rotation', ...lu.variables.flatMap((v) => v.modalites.map((_, k) => `${v.code}-${k}`))];
    const faux: string[] = [];
    for (const situation of SITUATIONS) {
      for (const mesure of mesures) {
        const e = await d.faire('explication.lire', { sujet: `occupation/organisme/organisme/${situation}/${mesure}` });
        for (const s of e.sources) {
          const page = await d.faire('logements.page', { decalage: 0, nombre: 1, filtres: s.filtres });
          if (page.total !== s.nombre) faux.push(`${situation}/${mesure} ${s.libelle} : ${s.nombre} annoncés, ${page.total} lignes`);
        }
      }
    }
    expect(faux).toEqual([]);
  });

  it('réunit par ensemble, et refuse ce qui ne se peut pas', async () => {
    const d = await dossierOccupe(7, 400, 0);
    const { ensembles } = await d.faire('ensembles.lister', {});
    const [a, b, c] = ensembles.filter((e) => e.logements > 12 && (e.qpv === 0 || e.qpv === e.logements));
    const chemin = join(d.repertoire, 'ensembles.csv');
    const lignes = [
      'Code ensemble;Ménages répondants;Logements concernés;0-20 %;20-40;40 à 60 %;plus de 150 %;NB APL;Total des occupants',
      `${a?.id};10;12;1;2;3;0;6;24`, `${b?.id};10;;4;4;4;0;2;20`, `${c?.id};8;7;1;1;1;1;1;9`, 'INCONNU-1;8;9;1;1;1;1;1;9', `${a?.id};1;1;1;;;;;`, ';1;1;1;;;;;',
    ];
    writeFileSync(chemin, lignes.join('\n'));
    const r = await d.faire('import.lire', { chemin, type: 'ops' });
    expect({ lignes: r.lignes, acceptees: r.acceptees, anomalies: r.comptesAnomalies }).toEqual({
      lignes: 6, acceptees: 1, anomalies: { 'ops-comptes-incoherents': 2, 'ops-ensemble-inconnu': 1, 'ops-doublon': 1, 'ops-identifiant-absent': 1 },
    });
    const lu = await d.faire('occupation.lire', { par: 'ensemble', code: a?.id });
    expect(lu.lignes[0]?.total).toMatchObject({ concernes: 12, repondants: 10, occupants: 24 });
    expect(lu.lignes[0]?.total.variables[0]).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0, 4]);
    expect(lu.lignes[0]?.total.variables[4]).toEqual([6, 0, 4]);
  });

  it('écrit le rapport des anomalies, avec les seules colonnes lues', async () => {
    const d = await dossierOccupe(2, 200);
    await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    const destination = join(d.repertoire, 'anomalies.csv');
    const { lignes, rejets } = await d.faire('occupation.anomalies', { destination });
    expect(readFileSync(destination, 'utf8').trimEnd().split('\r\n')).toHaveLength(lignes + 1);
    expect(readFileSync(rejets ?? '', 'utf8').split('\r\n')[1]).toContain('LOGT-INCONNU-1;oui;2;2;0;2;44;55;non;CDI;01/02/2020');
  });
});

/** Tous les octets des fichiers d'un répertoire, sous-répertoires compris. */
function octets(repertoire: string, sauf: readonly string[]): string {
  return readdirSync(repertoire, { recursive: true, encoding: 'utf8' })
    .map((f) => join(repertoire, f))
    .filter((f) => !sauf.includes(f) && statSync(f).isFile())
    .map((f) => readFileSync(f, 'latin1'))
    .join('\n');
}

describe('données personnelles', () => {
  const NIR = '1850578006084';
  const cle = String(97 - Number(BigInt(NIR) % 97n)).padStart(2, '0');

  it.each([
    ['une colonne « Nom »', 'Nom', ['DURANDPLANTE', 'LEROYPLANTE', 'PETITPLANTE']],
    ['une colonne « Prénom du titulaire »', 'Prénom du titulaire', ['Zéphyrinplante', 'A', 'B']],
    ['une colonne « N° de sécurité sociale »', 'N° de sécurité sociale', ['185057800608436', '1', '2']],
    ['un NIR dans une colonne anodine', 'Observation', ['', `dossier ${NIR}${cle} reçu`, '']],
    ['un NIR avec des espaces', 'Code', ['', `1 85 05 78 006 084 ${cle}`, '']],
    ['des noms sans titre parlant', 'Contact', ['DURANDPLANTE Marie', 'LEROYPLANTE Jean', 'PETITPLANTE Fatima']],
    ['des courriels', 'Info', ['marie.durandplante@exemple.fr', '', '']],
    ['des téléphones', 'Joindre', ['06 12 34 56 78', '06 12 34 56 79', '0612345670']],
    ['une date de naissance', 'Date de naissance', ['12/05/1985', '01/01/1970', '03/03/1990']],
  ])('refuse le fichier entier pour %s, et n’en garde rien', async (_, titre, valeurs) => {
    const d = await dossierOccupe(9, 60, 0);
    const idents = d.logements.filter((l) => l.faits.mode === 1).slice(0, 3).map((l) => l.faits.ident);
    const chemin = join(d.repertoire, 'ops-noms.csv');
    writeFileSync(chemin, [`Identifiant;Nb occupants;${titre}`, ...idents.map((ident, i) => `${ident};SENTINELLE${i};${valeurs[i]}`)].join('\n'));
    const anomalies = join(d.repertoire, 'a.csv');
    const erreur = await d.echouer('import.lire', { chemin, type: 'ops', anomalies });
    expect(erreur).toMatchObject({ code: 'donnees-personnelles', sortie: 2 });
    expect(erreur.message).toContain(`« ${titre} »`);
    expect((await d.faire('occupation.lire', {})).enquete).toBeNull();
    const { lignes } = await d.faire('journal.lire', { decalage: 0, nombre: 500 });
    expect(lignes.filter((l) => l.champ === 'import/ops')).toEqual([]);
    const tout = octets(d.repertoire, [chemin]);
    for (const valeur of [...valeurs.filter((v) => v.length > 6), 'SENTINELLE']) expect(tout.includes(Buffer.from(valeur, 'utf8').toString('latin1'))).toBe(false);
  });

  it('accepte des noms de résidences, et ne garde rien des colonnes de côté', async () => {
    const d = await dossierOccupe(9, 60, 0);
    const idents = d.logements.filter((l) => l.faits.mode === 1).slice(0, 4).map((l) => l.faits.ident);
    const chemin = join(d.repertoire, 'ops.csv');
    writeFileSync(chemin, ['Identifiant;Nb occupants;Programme;Remarque', ...idents.map((ident, i) => `${ident};${i === 0 ? 'x' : i};Résidence Jean Moulin;TEXTE-DE-COTE-${i}`)].join('\n'));
    expect(await d.faire('import.lire', { chemin, type: 'ops' })).toMatchObject({ acceptees: 4, signalees: 1 });
    expect(octets(d.repertoire, [chemin]).includes('TEXTE-DE-COTE')).toBe(false);
  });
});
