import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GRILLE_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { listCriteres } from '../../../shared/domain/service-rendu/types.ts';
import { notesServiceRendu } from '../../../electron/demo/index.ts';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { parseDonnees } from '../../../electron/service/depot/donnees.ts';
import { logement, contenu } from '../ensembles/aide.ts';
import { declaration, ouvrirAtelier } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';
import { essaiDossier } from '../depot/aides.ts';
import { cus } from '../cli/aides/cus.ts';

const CRITERES = listCriteres(GRILLE_PROPOSEE).map((c) => c.code);

/** Deux ensembles de Marseille (3 et 1 logements, dont 2 et 0 en QPV) et un d'Aix (2). */
async function petitParc(): Promise<Atelier & { codes: Record<string, string> }> {
  const atelier = await ouvrirAtelier();
  const lignes = [
    logement('1', 'TAMARIS', { QPV: '1' }), logement('2', 'TAMARIS', { QPV: '1' }), logement('3', 'TAMARIS', { QPV: '2' }),
    logement('4', 'CEDRES', { QPV: '2' }), logement('5', 'GARANCE', { DEPCOM: '13001', QPV: '2' }), logement('6', 'GARANCE', { DEPCOM: '13001', QPV: '' }),
  ];
  await atelier.faire('import.lire', { chemin: atelier.fichier('rpls.csv', declaration(...lignes)), appliquer: true });
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  return { ...atelier, codes: Object.fromEntries(ensembles.map((e) => [e.nom, e.id])) };
}

async function noter(atelier: Atelier, ensemble: string, saisie: string, criteres: readonly string[] = CRITERES) {
  return atelier.faire('serviceRendu.noter', { notes: criteres.map((critere) => ({ ensemble, critere, saisie })) });
}

const resume = async (atelier: Atelier, par: 'ensemble' | 'commune' | 'organisme') =>
  (await atelier.faire('serviceRendu.lire', { par })).lignes.map((l) => [l.nom, l.resultat, l.ensemblesNotes, l.ensembles, l.logementsNotes, l.logements]);

describe('résultats', () => {
  test('par ensemble, commune, organisme, QPV : pondérés par les logements, ce qui manque est dit', async () => {
    const atelier = await petitParc();
    const [tamaris = '', cedres = '', garance = ''] = ['Tamaris', 'Cedres', 'Garance'].map((n) => Object.entries(atelier.codes).find(([nom]) => nom.toLowerCase().includes(n.toLowerCase()))?.[1]);
    await atelier.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
    await noter(atelier, tamaris, '2');
    await noter(atelier, garance, '4');
    await noter(atelier, cedres, '1', CRITERES.slice(0, 5));
    const lu = await atelier.faire('serviceRendu.lire', { par: 'organisme' });
    expect({ ensembles: (await resume(atelier, 'ensemble')).map((l) => l.slice(1)), communes: (await resume(atelier, 'commune')).map((l) => l.slice(1)), organisme: lu.organisme?.resultat, qpv: lu.qpv.map((l) => [l.code, l.resultat, l.logementsNotes, l.logements]), notes: lu.notes }).toEqual({
      // 5 critères sur 12, sous le seuil de 50 % : pas de résultat.
      ensembles: expect.arrayContaining([[2, 1, 1, 3, 3], [null, 0, 1, 0, 1], [4, 1, 1, 2, 2]]),
      communes: [[4, 1, 1, 2, 2], [2, 1, 2, 3, 4]],
      organisme: 2.8,
      qpv: [['qpv', 2, 2, 2], ['hors-qpv', 3, 2, 3], ['qpv-inconnu', 4, 1, 1]],
      notes: 29,
    });
    const { formule, valeur } = await atelier.faire('explication.lire', { sujet: 'service-rendu/commune/13055/resultat' });
    expect({ valeur, formule }).toEqual({ valeur: '2,00 (À améliorer)', formule: expect.stringContaining('Ensembles notés : 1 sur 2, soit 3 logements sur 4') });
    for (const sujet of [`service-rendu/ensemble/${tamaris}/resultat`, `service-rendu/ensemble/${tamaris}/construction`, 'service-rendu/organisme/organisme/classe-1', 'service-rendu/qpv/qpv/resultat', 'service-rendu/organisme/organisme/notes', 'service-rendu/grille', `service-rendu/note/${tamaris}/isolation`]) {
      const e = await atelier.faire('explication.lire', { sujet });
      expect([sujet, e.formule.length > 20, e.articles.includes('R445-3')]).toEqual([sujet, true, true]);
    }
    expect((await atelier.echouer('explication.lire', { sujet: 'service-rendu/ensemble/rien/resultat' })).code).toBe('sujet-inconnu');
  });

  test('une note illisible est gardée telle que tapée, signalée, non comptée', async () => {
    const atelier = await petitParc();
    const [code = ''] = Object.values(atelier.codes);
    await atelier.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
    const r = await atelier.faire('serviceRendu.noter', { notes: [{ ensemble: code, critere: 'isolation', saisie: ' 7 ' }, { ensemble: 'rien', critere: 'isolation', saisie: '1' }, { ensemble: code, critere: 'rien', saisie: '1' }] });
    expect({ changees: r.changees, signalees: r.signalees.map((s) => [s.ensemble === code, s.critere, s.saisie, s.gardee]) }).toEqual({ changees: 1, signalees: [[true, 'isolation', '7', true], [false, 'isolation', '1', false], [true, 'rien', '1', false]] });
    const { notes, illisibles } = await atelier.faire('serviceRendu.lire', {});
    expect({ notes, illisibles }).toEqual({ notes: 1, illisibles: 1 });
  });

  test('sans grille : rien ne se note, rien ne se calcule, et c’est dit', async () => {
    const atelier = await petitParc();
    const [code = ''] = Object.values(atelier.codes);
    expect((await atelier.echouer('serviceRendu.noter', { notes: [{ ensemble: code, critere: 'isolation', saisie: '1' }] })).code).toBe('sans-grille');
    expect((await atelier.echouer('serviceRendu.exporter', { destination: join(atelier.repertoire, 'x.csv') })).code).toBe('sans-grille');
    expect((await atelier.faire('serviceRendu.lire', {})).lignes).toEqual([]);
  });
});

describe('la grille change, on revient', () => {
  test('ce qui est perdu est annoncé, puis rendu par l’annulation, octet pour octet', async () => {
    const atelier = await petitParc();
    const [code = ''] = Object.values(atelier.codes);
    await atelier.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
    await noter(atelier, code, '3');
    const avant = await contenu(atelier);
    const grille = structuredClone(GRILLE_PROPOSEE);
    grille.familles[0]!.criteres.shift();
    const { passage } = await atelier.faire('serviceRendu.examinerGrille', { grille });
    expect({ perdues: passage?.perdues, gardees: passage?.gardees }).toEqual({ perdues: 1, gardees: 11 });
    const { operation } = await atelier.faire('serviceRendu.definirGrille', { grille });
    expect((await atelier.faire('serviceRendu.lire', {})).notes).toBe(11);
    await atelier.faire('operations.annuler', { operation });
    expect(await contenu(atelier)).toEqual(avant);
    const { historique } = await atelier.faire('explication.lire', { sujet: `service-rendu/note/${code}/gros-oeuvre` });
    expect(historique.map((h) => [h.avant, h.apres])).toEqual([[null, '3'], ['3', null], [null, '3']]);
    await atelier.faire('operations.refaire', { operation });
    expect((await atelier.faire('serviceRendu.lire', {})).notes).toBe(11);
  });
  test('une grille fautive est refusée, la même aussi', async () => {
    const atelier = await petitParc();
    const grille = { ...structuredClone(GRILLE_PROPOSEE), seuil: 300 };
    expect((await atelier.echouer('serviceRendu.definirGrille', { grille })).code).toBe('grille-invalide');
    await atelier.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
    expect((await atelier.echouer('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE })).code).toBe('grille-inchangee');
  });
});

describe('fusion, scission, déplacement', () => {
  async function parcNote() {
    const atelier = await petitParc();
    await atelier.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
    const { ensembles } = await atelier.faire('ensembles.lister', {});
    const grands = ensembles.toSorted((a, b) => b.logements - a.logements);
    return { atelier, grand: grands[0]!, moyen: grands[1]!, petit: grands[2]! };
  }
  test('fusion : mêmes notes gardées, absentes reprises, différentes dites ; annulée, chacun retrouve les siennes', async () => {
    const { atelier, grand, petit } = await parcNote();
    await noter(atelier, grand.id, '3', ['isolation', 'transports']);
    await noter(atelier, petit.id, '3', ['isolation', 'nuisances']);
    await noter(atelier, petit.id, '1', ['transports']);
    const avant = await contenu(atelier);
    const { remarques, operation } = await atelier.faire('ensembles.fusionner', { ids: [grand.id, petit.id] });
    const notes = async () => (await atelier.faire('serviceRendu.notes', {})).ensembles.find((e) => e.id === grand.id)?.saisies.join('');
    expect({ notes: await notes(), remarques }).toEqual({ notes: '333', remarques: [expect.stringContaining('reprend 1 note'), expect.stringContaining('Desserte par les transports : 3 gardée (1 ailleurs)')] });
    await atelier.faire('operations.annuler', { operation });
    expect(await contenu(atelier)).toEqual(avant);
  });
  test('scission : chaque part hérite, le territoire garde sa moyenne', async () => {
    const { atelier, grand, moyen } = await parcNote();
    await noter(atelier, grand.id, '2');
    await noter(atelier, moyen.id, '4');
    const avant = (await atelier.faire('serviceRendu.lire', { par: 'organisme' })).organisme;
    const { remarques } = await atelier.faire('ensembles.scinder', { id: grand.id, identifiants: ['1'], nom: 'Part' });
    const apres = (await atelier.faire('serviceRendu.lire', { par: 'organisme' })).organisme;
    expect({ resultat: apres?.resultat, logements: apres?.logementsNotes, ensembles: apres?.ensemblesNotes, remarques }).toEqual({
      resultat: avant?.resultat, logements: avant?.logementsNotes, ensembles: 3, remarques: [expect.stringContaining('hérite des 12 notes')],
    });
  });
  test('déplacement : les logements prennent les notes de leur nouvel ensemble', async () => {
    const { atelier, grand, moyen } = await parcNote();
    await noter(atelier, grand.id, '2');
    await noter(atelier, moyen.id, '4');
    const { remarques } = await atelier.faire('ensembles.deplacer', { identifiants: ['1'], vers: moyen.id });
    const { lignes } = await atelier.faire('serviceRendu.lire', { par: 'organisme' });
    expect({ resultat: lignes[0]?.resultat, remarques: remarques.some((r) => r.includes('prennent les notes')) }).toEqual({ resultat: 3.2, remarques: true });
  });
});

describe('le bailleur fictif', () => {
  test('écran, terminal et paquet disent les mêmes chiffres, qui se refont à la main', async () => {
    const essai = await essaiDossier();
    const lu = await essai.faire('serviceRendu.lire', { par: 'ensemble' });
    // Toutes les familles et tous les critères pèsent autant : la moyenne se refait en deux lignes.
    const notes = notesServiceRendu(lu.lignes.map((l) => l.code), CRITERES);
    const attendus = lu.lignes.map(({ code, logements }) => {
      const siennes = notes.filter((n) => n.ensemble === code);
      const familles = GRILLE_PROPOSEE.familles.flatMap((f) => {
        const valeurs = siennes.filter((n) => f.criteres.some((c) => c.code === n.critere)).map((n) => Number(n.saisie));
        return valeurs.length === 0 ? [] : [valeurs.reduce((s, v) => s + v, 0) / valeurs.length];
      });
      return { code, logements, moyenne: siennes.length * 100 < 50 * CRITERES.length ? null : familles.reduce((s, v) => s + v, 0) / familles.length };
    });
    expect(lu.lignes.map((l) => l.resultat)).toEqual(attendus.map((a) => (a.moyenne === null ? null : Math.round(a.moyenne * 100 + 1e-9) / 100)));
    const comptes = attendus.filter((a) => a.moyenne !== null);
    const moyenne = comptes.reduce((s, a) => s + a.logements * (a.moyenne ?? 0), 0) / comptes.reduce((s, a) => s + a.logements, 0);
    expect(lu.organisme?.resultat).toBeCloseTo(moyenne, 2);

    const { paquet } = await essai.faire('depot.deposer', { repertoire: essai.envoi, sansSignature: true });
    const donnees = parseDonnees(await readEntry(await openPaquet(paquet), 'donnees.json'));
    await essai.faire('dossier.fermer', {});
    const { stdout } = await cus(['service-rendu', essai.chemin, '--json'], { cwd: essai.repertoire });
    const terminal = JSON.parse(stdout) as { lignes: unknown; organisme: unknown };
    expect(terminal.lignes).toEqual(lu.lignes);
    expect(terminal.organisme).toEqual(lu.organisme);
    expect(donnees.serviceRendu?.mailles.find((m) => m.par === 'ensemble')?.lignes).toEqual(lu.lignes);
    expect(donnees.serviceRendu?.mailles.find((m) => m.par === 'organisme')?.lignes).toEqual([lu.organisme]);
  });

  test('au terminal : la grille s’écrit, se relit, l’export a une ligne par ensemble', async () => {
    const essai = await essaiDossier();
    await essai.faire('dossier.fermer', {});
    const [g, e] = [join(essai.repertoire, 'g.json'), join(essai.repertoire, 'notes.csv')];
    const ecrit = await cus(['service-rendu', essai.chemin, '--grille', g, '--exporter', e, '--json'], { cwd: essai.repertoire });
    expect(ecrit.code).toBe(0);
    const { lignes } = JSON.parse(ecrit.stdout) as { lignes: unknown[] };
    expect(readFileSync(e, 'utf8').trim().split('\r\n')).toHaveLength(lignes.length + 1);
    expect((await cus(['service-rendu', essai.chemin, '--grille', g, '--appliquer', '--json'], { cwd: essai.repertoire })).stdout).toContain('grille-inchangee');
    expect((await cus(['service-rendu', essai.chemin, '--appliquer', '--json'], { cwd: essai.repertoire })).code).toBe(2);
  });
});
