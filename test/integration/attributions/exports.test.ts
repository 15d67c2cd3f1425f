import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { writeXlsx } from '../../../electron/documents/xlsx.ts';
import type { Logement } from '../../../electron/demo/index.ts';
import { dossierAttributions } from './aide.ts';
import type { Dossier } from './aide.ts';

const parc = (d: Dossier): Logement['faits'][] => d.logements.map((l) => l.faits).filter((f) => f.sortie === 9);

/** L'analyse, puis l'import sans rien changer au profil proposé. */
async function importer(d: Dossier, chemin: string) {
  const a = await d.faire('import.analyser', { chemin, type: 'attributions' });
  const profil = a.profil;
  if (profil === null) throw new Error('colonnes non reconnues');
  const essai = await d.faire('import.essayer', { chemin, profil });
  const r = await d.faire('import.lire', { chemin, type: 'attributions' });
  const { lignes } = await d.faire('attributions.lister', { nombre: 1000 });
  return { sansChamp: a.colonnes.filter((c) => c.cible === null).map((c) => c.nom), encodage: a.encodage, essai, r, lignes };
}

describe('exports de commissions d’attribution, tels que des logiciels les écrivent', () => {
  it('un classeur : dates françaises en texte, Oui et Non, Q1 à Q4, deux dates', async () => {
    const d = await dossierAttributions(4, 300);
    const [a, b, c] = parc(d);
    const titres = ['N° dossier', 'Date de passage en CAL', 'N° UG', 'QP', 'Quartile du demandeur', 'Droit au logement opposable', 'Public prioritaire', 'Réservataire', 'Type de mutation', 'Relogement', 'Nb refus', 'Date signature bail'];
    const lignes = [
      ['A1', '15/03/2024', a?.ident ?? '', a?.qpv === 1 ? 'QP' : 'HORS QP', 'Q1', 'Oui', 'Oui', 'CD83', 'Mutation interne', 'Non', '2', '02/04/2024'],
      ['A2', '16/03/2024', b?.ident ?? '', b?.qpv === 1 ? 'QP' : 'HORS QP', 'Q3', 'Non', 'Non', 'Préfecture', 'Non', 'NPNRU', '0', ''],
      ['A3', '17/03/2024', c?.ident ?? '', c?.qpv === 1 ? 'QP' : 'HORS QP', 'Q4', 'Non', 'Oui', 'Non réservé', 'Oui', 'Non', '', '20/04/2024'],
    ];
    const chemin = join(d.repertoire, 'cal.xlsx');
    writeFileSync(chemin, await writeXlsx({ titre: 'A', auteur: 'B', date: '2026-01-01T00:00:00Z', feuilles: [{ nom: 'CAL', figerEntete: true, colonnes: titres.map((titre) => ({ titre, largeur: 12, format: 'texte' as const })), lignes }] }));
    const { sansChamp, r, lignes: lues } = await importer(d, chemin);
    expect([sansChamp, r.acceptees, r.rejetees, r.comptesAnomalies]).toEqual([['N° dossier'], 3, 0, { 'attr-sans-colonne': 2, 'attr-date-bail': 1 }]);
    expect(r.anomalies[0]?.message).toBe('Année de l’attribution : celle du bail (« Date signature bail ») quand il est daté (2 lignes), sinon celle de « Date de passage en CAL » (1 ligne) ; le bail change l’année de 0 ligne. L441-1 compte des attributions suivies de baux signés. Pour situer par la seule décision, ne pas importer la date du bail.');
    expect(lues.map((l) => [l.jour, l.bail, l.quartile, l.dalo, l.prioritaire, l.reserve, l.mutation, l.reloge, l.refus])).toEqual([
      ['2024-04-02', 'oui', '1er quartile', 'oui', 'oui', 'collectivité territoriale ou groupement', 'interne', 'non', 2],
      ['2024-03-16', 'inconnu', '3e quartile', 'non', 'non', 'État', 'non', 'renouvellement urbain', 0],
      ['2024-04-20', 'oui', '4e quartile', 'non', 'oui', 'non réservé', 'oui, sans précision', 'non', null],
    ]);
  });

  it('un CSV de Windows : points-virgules, accents de cp1252, O, N et X, bailleur et contingents', async () => {
    const d = await dossierAttributions(5, 300);
    const [a, b, c] = parc(d);
    const texte = [
      'Agence;Réf logement;Commune;Quartier prioritaire;Date entrée bail;Bail signé (O/N);1er quartile (O/N);Ménage relogé;Ménage prioritaire;Motif priorité;DALO (O/N);Contingent;Échec du réservataire;Mutation (O/N);Nombre de refus',
      `Est;${a?.ident ?? ''};${a?.commune ?? ''};${a?.qpv === 1 ? 'O' : 'N'};03/01/2024;O;O;N;X;Handicap;N;Action Logement;N;N;0`,
      `Est;${b?.ident ?? ''};${b?.commune ?? ''};${b?.qpv === 1 ? 'O' : 'N'};4/1/24;O;N;N;N;;O;Hors contingent;;O;1`,
      `Est;${c?.ident ?? ''};${c?.commune ?? ''};${c?.qpv === 1 ? 'O' : 'N'};05/01/2024;N;N;N;N;;N;État;O;N;3`,
    ].join('\r\n');
    const chemin = join(d.repertoire, 'cal.csv');
    writeFileSync(chemin, iconv.encode(texte, 'windows-1252'));
    const { sansChamp, encodage, r, lignes: lues } = await importer(d, chemin);
    expect([sansChamp, encodage, r.acceptees, r.rejetees, r.comptesAnomalies]).toEqual([['Agence'], 'windows-1252', 3, 0, { 'attr-date-courte': 1, 'attr-sans-colonne': 1 }]);
    expect(lues.map((l) => [l.jour, l.bail, l.quartile, l.dalo, l.prioritaire, l.categorie, l.reserve, l.mutation, l.refus])).toEqual([
      ['2024-01-03', 'oui', '1er quartile', 'non', 'oui', 'Handicap', 'Action Logement', 'non', 0],
      ['2024-01-04', 'oui', 'autre que le 1er', 'oui', 'non', '', 'non réservé', 'oui, sans précision', 1],
      ['2024-01-05', 'non', 'autre que le 1er', 'non', 'non', '', 'État, candidat échoué', 'non', 3],
    ]);
  });

  it('un CSV UTF-8 d’une base de données : virgules, dates ISO, VRAI et FAUX, 1 et 0, codes de quartier', async () => {
    const d = await dossierAttributions(6, 300);
    const [a, b] = parc(d);
    const qpv = (f: Logement['faits'] | undefined): string => (f?.qpv === 1 ? 'QP083005' : '0');
    const texte = [
      '\ufeffdate_attribution,code_logement,code_insee,code_qpv,quartile,reloge_ru,prioritaire,dalo,reservataire,mutation,venant_qpv,refus,bail_signe,libelle_interne',
      `2025-02-01T00:00:00,${a?.ident ?? ''},${a?.commune ?? ''},${qpv(a)},1,FAUX,VRAI,1,Ville de Toulon,INT,QP083005,1,TRUE,x`,
      `2025-02-02,${b?.ident ?? ''},${b?.commune ?? ''},${qpv(b)},2,VRAI,FAUX,0,non réservé,EXT,0,0,FALSE,y`,
    ].join('\n');
    const chemin = join(d.repertoire, 'cal-utf8.csv');
    writeFileSync(chemin, texte);
    const { sansChamp, encodage, r, lignes: lues } = await importer(d, chemin);
    expect([sansChamp, encodage, r.acceptees, r.comptesAnomalies]).toEqual([['libelle_interne'], 'utf-8', 2, { 'attr-sans-colonne': 1 }]);
    expect(lues.map((l) => [l.jour, l.bail, l.quartile, l.dalo, l.prioritaire, l.reserve, l.mutation, l.reloge, l.venant])).toEqual([
      ['2025-02-01', 'oui', '1er quartile', 'oui', 'oui', 'collectivité territoriale ou groupement', 'interne', 'non', 'oui'],
      ['2025-02-02', 'non', '2e quartile', 'non', 'non', 'non réservé', 'externe', 'oui, sans précision', 'non'],
    ]);
  });

  it('l’échec du réservataire : sa colonne se reconnaît ; sans elle, c’est dit, et rien n’est tenu pour un « non »', async () => {
    const d = await dossierAttributions(7, 300);
    const siens = parc(d).slice(0, 3);
    const chemin = join(d.repertoire, 'echec.csv');
    const ecrire = (avec: boolean): void =>
      writeFileSync(chemin, [`date;identifiant;contingent réservataire;dalo;prioritaire${avec ? ';Échec présentation réservataire' : ''}`, ...['Non réservé;non;non;', 'État;oui;non;oui', 'État;non;non;non'].map((v, i) => `2024-01-0${i + 1};${siens[i]?.ident ?? ''};${avec ? v : v.replace(/;[^;]*$/u, '')}`)].join('\n'));
    const compte = async () => (await d.faire('attributions.resultats', {})).organisme.find((l) => l.periode === 'toutes')?.mesures['l441-prioritaires'];
    ecrire(false);
    const { r } = await importer(d, chemin);
    expect(r.anomalies.filter((a) => a.champ === 'ECHEC_RESERVATAIRE').map((a) => a.message)).toEqual(['Aucune colonne ne donne « Attribution au candidat du réservataire échouée » : il est inconnu pour toutes les lignes.']);
    expect(await compte()).toEqual({ nombre: 0, base: 1, inconnu: 0, baseInconnue: 2, baseInconnueOui: 1, baseInconnueNon: 1 });
    ecrire(true);
    const avec = await d.faire('import.lire', { chemin, type: 'attributions', appliquer: true });
    expect([avec.colonnesIgnorees, avec.anomalies.some((a) => a.champ === 'ECHEC_RESERVATAIRE'), await compte()]).toEqual([[], false, { nombre: 1, base: 2, inconnu: 0, baseInconnue: 0, baseInconnueOui: 0, baseInconnueNon: 0 }]);
  });

  it('ce qui ne se reconnaît pas est montré et compté, valeur par valeur, à l’essai comme à l’import, et reste inconnu', async () => {
    const d = await dossierAttributions(7, 300);
    const siens = parc(d).slice(0, 8);
    const chemin = join(d.repertoire, 'ambigu.csv');
    const valeurs = ['Toulon', 'Toulon', 'Q1', 'Oui ?', 'Toulon', 'Etat', '', 'Q1'];
    writeFileSync(chemin, ['date;identifiant;réservataire;dalo', ...siens.map((f, i) => `2024-01-0${i + 1};${f.ident};${valeurs[i] ?? ''};${i === 0 ? 'DAHO' : 'non'}`)].join('\n'));
    const { essai, r, lignes } = await importer(d, chemin);
    const attendues = [{ champ: 'RESERVE', valeur: 'Toulon', nombre: 3 }, { champ: 'RESERVE', valeur: 'Q1', nombre: 2 }, { champ: 'DALO', valeur: 'DAHO', nombre: 1 }, { champ: 'RESERVE', valeur: 'Oui ?', nombre: 1 }];
    expect([essai.illisibles, r.illisibles, r.comptesAnomalies['attr-valeur-illisible']]).toEqual([attendues, attendues, 7]);
    expect(lignes.map((l) => l.reserve)).toEqual(['inconnu', 'inconnu', 'inconnu', 'inconnu', 'inconnu', 'État', 'inconnu', 'inconnu']);
    // Traduite par la personne, la valeur est comprise.
    const { profil } = await d.faire('import.analyser', { chemin, type: 'attributions' });
    if (profil === null) throw new Error('profil absent');
    const traduit = await d.faire('import.essayer', { chemin, profil: { ...profil, valeurs: { RESERVE: { Toulon: 'collectivite' } } } });
    expect(traduit.illisibles?.map((x) => x.valeur)).toEqual(['Q1', 'DAHO', 'Oui ?']);
  });
});
