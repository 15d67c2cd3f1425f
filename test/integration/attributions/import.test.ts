import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sortie } from '../../../shared/contract.ts';
import { writeOds } from '../../../electron/documents/ods.ts';
import { writeXlsx } from '../../../electron/documents/xlsx.ts';
import type { TotauxAnnee } from '../../../electron/demo/index.ts';
import { ANNEES, dossierAttributions, ecrireTableau } from './aide.ts';

type Ligne = Sortie<'attributions.resultats'>['lignes'][number];

/** Ce que le générateur sait, lu dans la réponse. */
function totauxDe(l: Ligne | undefined): TotauxAnnee | null {
  if (l === undefined) return null;
  const p = (code: string) => {
    const { nombre, base, inconnu } = l.mesures[code] ?? { nombre: -1, base: -1, inconnu: -1 };
    return { nombre, base, inconnu };
  };
  return {
    attributions: l.attributions, horsQpv: l.horsQpv, qpv: l.qpv, signes: p('signes'), ps1: p('ps1'), prioritaires: p('prioritaires'), dalo: p('dalo'), nonReserves: p('non-reserves'),
    prioritairesNonReserves: p('l441-prioritaires'), mutations: p('mutations'), internes: p('mutations-internes'), refus: p('refus'),
  };
}

describe('import des attributions', () => {
  it.each([[3, 900], [8, 1400]])('retrouve les totaux connus d’un bailleur fictif, par territoire et par année (graine %i)', async (graine, nombre) => {
    const d = await dossierAttributions(graine, nombre);
    const r = await d.faire('import.lire', { chemin: d.fichier });
    const rejets = Object.fromEntries(Object.entries(r.comptesAnomalies).filter(([c]) => c in d.totaux.rejets));
    expect({ type: r.type, lignes: r.lignes, acceptees: r.acceptees, rejetees: r.rejetees, applique: r.applique, ajoutes: r.ajoutes, rejets }).toEqual({
      type: 'attributions', lignes: d.totaux.lignes, acceptees: d.totaux.acceptees, rejetees: 4, applique: true, ajoutes: d.totaux.acceptees, rejets: d.totaux.rejets,
    });
    const mailles = { organisme: 'organisme', departement: 'dep-', epci: 'epci-' } as const;
    for (const [par, prefixe] of Object.entries(mailles)) {
      const lu = await d.faire('attributions.resultats', { par: par as keyof typeof mailles });
      const attendus = Object.keys(d.totaux.territoires).filter((t) => t.startsWith(prefixe));
      expect(attendus.length).toBeGreaterThan(0);
      const lus = Object.fromEntries(attendus.map((t) => [t, Object.fromEntries(lu.lignes.filter((l) => l.territoire === t && /^\d/u.test(l.periode)).map((l) => [l.periode, totauxDe(l)]))]));
      expect(lus).toEqual(Object.fromEntries(attendus.map((t) => [t, d.totaux.territoires[t]])));
    }
  });

  it('l’essai des correspondances annonce ce que l’import donne, sans toucher au dossier', async () => {
    const d = await dossierAttributions(6, 500);
    const { profil, type } = await d.faire('import.analyser', { chemin: d.fichier });
    expect([type, Object.values(profil?.colonnes ?? {}).length]).toEqual(['attributions', 13]);
    if (profil === null) throw new Error('colonnes non reconnues');
    const essai = await d.faire('import.essayer', { chemin: d.fichier, profil });
    expect((await d.faire('attributions.dernier', {})).import).toBeNull();
    const r = await d.faire('import.lire', { chemin: d.fichier, profil });
    expect([essai.lignes, essai.acceptees, essai.signalees, essai.rejetees]).toEqual([r.lignes, r.acceptees, r.signalees, r.rejetees]);
    expect(Object.fromEntries(essai.anomalies.map((a) => [a.code, a.nombre]))).toEqual(r.comptesAnomalies);
  });

  it('compare sans appliquer, remplace les seules années du fichier, et s’annule d’un geste', async () => {
    const d = await dossierAttributions(2, 400);
    await d.faire('import.lire', { chemin: d.fichier });
    const avant = await d.faire('attributions.resultats', { par: 'commune' });
    const meme = await d.faire('import.lire', { chemin: d.fichier });
    expect([meme.applique, meme.ajoutes, meme.modifies, meme.disparus, meme.inchanges]).toEqual([false, 0, 0, 0, d.totaux.acceptees]);
    const [titres = '', ...lignes] = d.texte.trimEnd().split('\r\n');
    const de2025 = lignes.filter((l) => l.slice(0, 10).endsWith('/2025'));
    // Une attribution de 2025 disparaît, une autre change de bail.
    const changees = de2025.slice(1).map((l, i) => (i === 0 ? l.replace(/^([^;]*);[^;]*;/u, (_, jour: string) => `${jour};${/^[^;]*;(?:O|oui|Oui);/u.test(l) ? 'non' : 'oui'};`) : l));
    const suite = join(d.repertoire, 'attributions-2025.csv');
    writeFileSync(suite, [titres, ...changees].join('\r\n'));
    const acceptees = d.totaux.territoires['organisme']?.[2025]?.attributions ?? 0;
    const compare = await d.faire('import.lire', { chemin: suite });
    const premiereGardee = compare.acceptees;
    expect([compare.applique, compare.ajoutes + compare.modifies + compare.inchanges, compare.modifies, compare.disparus]).toEqual([false, premiereGardee, 1, acceptees - premiereGardee]);
    expect(await d.faire('attributions.resultats', { par: 'commune' })).toEqual(avant);
    const applique = await d.faire('import.lire', { chemin: suite, appliquer: true });
    expect([applique.applique, applique.disparus]).toEqual([true, compare.disparus]);
    const apres = await d.faire('attributions.resultats', { par: 'organisme' });
    expect(apres.annees.map((a) => [a.annee, a.attributions, a.fichier.endsWith('attributions-2025.csv')])).toEqual(
      ANNEES.map((a) => [a, a === 2025 ? premiereGardee : d.totaux.territoires['organisme']?.[a]?.attributions, a === 2025]),
    );
    const { operations } = await d.faire('operations.lister', {});
    await d.faire('operations.annuler', { operation: operations[0]?.id ?? 0 });
    expect(await d.faire('attributions.resultats', { par: 'commune' })).toEqual(avant);
    await d.faire('operations.refaire', { operation: operations[0]?.id ?? 0 });
    expect((await d.faire('attributions.resultats', { par: 'organisme' })).organisme).toEqual(apres.organisme);
  });

  it('dit ce qui manque, se contredit ou ne se lit pas, et le garde inconnu', async () => {
    const d = await dossierAttributions(4, 300);
    const enQpv = d.logements.find((l) => l.faits.qpv === 1 && l.faits.sortie === 9)?.faits;
    const hors = d.logements.find((l) => l.faits.qpv === 2 && l.faits.sortie === 9)?.faits;
    if (enQpv === undefined || hors === undefined) throw new Error('parc sans QPV');
    const titres = ['date', 'bail signé', 'identifiant', 'commune', 'qpv', 'quartile', '1er quartile', 'prioritaire', 'catégorie', 'dalo', 'réservataire', 'mutation', 'venant qpv', 'qpv vers hors qpv', 'refus'];
    const chemin = ecrireTableau(d, 'sale.csv', [
      titres,
      ['2024-03-01', 'oui', enQpv.ident, '', 'non', '1', 'non', 'oui', '', 'oui', 'Martien', 'interne', '', '', '2'],
      ['2024-03-02', '', hors.ident, '99999', '', 'Q2', '', 'non', 'Handicap', '', '', '', 'non', 'oui', 'beaucoup'],
      ['2024', 'oui', 'LOGT-INCONNU', enQpv.commune, 'QP013001', '', '', '', 'Handicap', '', 'commune', 'oui', '', '', ''],
      ['45383', 'oui', '', '', '', '', '', '', '', '', '', '', '', '', ''],
      ['45383', 'oui', '', '', '', '', '', '', '', '', '', '', '', '', ''],
      ['2027-01-01', 'oui', hors.ident, '', '', '', '', '', '', '', '', '', '', '', ''],
      ['31/02/2024', 'oui', hors.ident, '', '', '', '', '', '', '', '', '', '', '', ''],
    ]);
    const r = await d.faire('import.lire', { chemin, type: 'attributions' });
    expect({ lignes: r.lignes, acceptees: r.acceptees, comptes: r.comptesAnomalies }).toEqual({
      lignes: 7, acceptees: 5,
      comptes: {
        'attr-sans-colonne': 2, 'attr-qpv-contredit': 1, 'attr-quartile-contredit': 1, 'attr-valeur-illisible': 2, 'attr-commune-inconnue': 1, 'attr-priorite-contredite': 1, 'attr-passage-contredit': 1, 'attr-date-partielle': 1,
        'attr-logement-inconnu': 1, 'attr-categorie-seule': 1, 'attr-date-retablie': 2, 'attr-sans-lieu': 2, 'attr-qpv-inconnu': 2, 'attr-semblable': 1, 'attr-date-future': 1, 'attr-date-illisible': 1,
      },
    });
    const { lignes } = await d.faire('attributions.lister', {});
    expect(lignes.map((l) => [l.jour, l.qpv, l.quartile, l.prioritaire, l.dalo, l.reserve, l.venant, l.refus])).toEqual([
      ['2024-03-01', 'inconnu', 'inconnu', 'oui', 'oui', 'inconnu', 'inconnu', 2],
      ['2024-03-02', 'hors QPV', '2e quartile', 'inconnu', 'inconnu', 'inconnu', 'inconnu', null],
      ['2024', 'en QPV', 'inconnu', 'inconnu', 'inconnu', 'collectivité territoriale ou groupement', 'inconnu', null],
      ['2024-04-01', 'inconnu', 'inconnu', 'inconnu', 'inconnu', 'inconnu', 'inconnu', null],
      ['2024-04-01', 'inconnu', 'inconnu', 'inconnu', 'inconnu', 'inconnu', 'inconnu', null],
    ]);
    const rapport = join(d.repertoire, 'rapport.csv');
    const ecrit = await d.faire('attributions.anomalies', { destination: rapport });
    expect([ecrit.lignes, readFileSync(rapport, 'utf8').trimEnd().split('\r\n').length]).toEqual([21, 22]);
  });

  it.each(['xlsx', 'ods'])('lit un classeur %s, dates et nombres compris, comme le même tableau en texte', async (format) => {
    const d = await dossierAttributions(4, 300);
    const ident = d.logements.filter((l) => l.faits.sortie === 9).map((l) => l.faits.ident);
    const colonnes = [['Date du bail', 'date'], ['Identifiant', 'texte'], ['Bail signé', 'texte'], ['Quartile', 'entier'], ['DALO', 'texte'], ['Nombre de refus', 'entier']] as const;
    const lignes = [['2024-02-29', ident[0] ?? '', 'oui', 1, 'non', 2], ['2025-12-31', ident[1] ?? '', 'non', 3, 'oui', 0]];
    const classeur = { titre: 'A', auteur: 'B', date: '2026-01-01T00:00:00Z', feuilles: [{ nom: 'Attributions', figerEntete: true, colonnes: colonnes.map(([titre, f]) => ({ titre, largeur: 12, format: f })), lignes }] };
    const chemin = join(d.repertoire, `a.${format}`);
    writeFileSync(chemin, format === 'xlsx' ? await writeXlsx(classeur) : await writeOds(classeur));
    const r = await d.faire('import.lire', { chemin });
    expect([r.type, r.acceptees, r.rejetees]).toEqual(['attributions', 2, 0]);
    const lues = (await d.faire('attributions.lister', {})).lignes.map((l) => [l.jour, l.logement, l.bail, l.quartile, l.dalo, l.refus]);
    expect(lues).toEqual([['2024-02-29', ident[0], 'oui', '1er quartile', 'non', 2], ['2025-12-31', ident[1], 'non', '3e quartile', 'oui', 0]]);
  });

  it.each([
    ['titre', ['date', 'nom du locataire', 'dalo'], (i: number) => [`0${i}/03/2024`, 'X', 'oui'], 'nom du locataire'],
    ['contenu', ['date', 'observations', 'dalo'], (i: number) => [`0${i}/03/2024`, ['DUPONT Jean', 'Marie Curie', 'LEROY Paul'][i % 3] ?? '', 'oui'], 'observations'],
  ])('refuse en entier un fichier qui nomme des personnes, par son %s', async (_, titres, ligne, colonne) => {
    const d = await dossierAttributions(4, 300);
    const chemin = ecrireTableau(d, 'noms.csv', [titres, ...Array.from({ length: 9 }, (__, i) => ligne(i + 1))]);
    const e = await d.echouer('import.lire', { chemin, type: 'attributions' });
    expect([e.code, e.message.includes(`« ${colonne} »`), (await d.faire('attributions.dernier', {})).import]).toEqual(['donnees-personnelles', true, null]);
  });

  it.each([
    ['sans date', [['dalo'], ['oui']], 'profil-incomplet'],
    ['sans ligne', [['date', 'dalo']], 'aucune-ligne'],
    ['aux dates illisibles', [['date', 'dalo'], ['hier', 'oui']], 'aucune-ligne'],
  ])('refuse un fichier %s, sans rien changer', async (_, lignes, code) => {
    const d = await dossierAttributions(4, 300);
    const chemin = ecrireTableau(d, 'vide.csv', lignes);
    expect((await d.echouer('import.lire', { chemin, type: 'attributions' })).code).toBe(code);
    expect((await d.faire('attributions.resultats', {})).annees).toEqual([]);
  });
});
