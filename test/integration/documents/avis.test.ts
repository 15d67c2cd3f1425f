import { readXlsx as readHucre, writeXlsx as writeHucre } from 'hucre/xlsx';
import type { CellValue } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { type AvisLu, buildAvis, readAvis, writeRetourXlsx } from '../../../electron/documents/index.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import type { DonneesRetour } from '../../../shared/paquet/donnees.ts';
import { donneesExemple } from '../../aides/donnees.ts';
import { saveWithLibreOffice } from './aides/tableur.ts';

const EMPREINTE = 'c0ffee'.repeat(10) + 'cafe';
const donnees = donneesExemple();
const vierge = await buildAvis(donnees, EMPREINTE);
const TETE = { siren: '732829320', organisme: 'Habitat du Littoral', version: 1, empreinte: EMPREINTE };
const RIEN = { ...TETE, avis: null, auteur: '', date: '', observations: [], refusees: [] };

type Feuilles = Record<string, CellValue[][]>;

/** Ce que ferait un autre tableur : lire, changer des cases, tout récrire. */
async function edit(changer: (feuilles: Feuilles) => void, octets = vierge): Promise<Uint8Array> {
  const { sheets } = await readHucre(octets);
  const feuilles: Feuilles = Object.fromEntries(sheets.map((s) => [s.name, s.rows]));
  changer(feuilles);
  return new Uint8Array(await writeHucre({ sheets: Object.entries(feuilles).map(([name, rows]) => ({ name, rows })) }));
}

const [NATURE, TEXTE, VALEUR] = [5, 6, 7];

/** Remplit la ligne `ligne` du tableur (2 = premier champ). */
function fill(f: Feuilles, ligne: number, nature: string | null, texte: string | null = null, valeur: string | number | null = null): void {
  const cases = f['Observations']![ligne - 1]!;
  cases[NATURE] = nature;
  cases[TEXTE] = texte;
  cases[VALEUR] = valeur;
}

function fillTete(f: Feuilles, libelle: string, valeur: CellValue): void {
  const ligne = f['Avis']!.find((l) => l[0] === libelle)!;
  ligne[1] = valeur;
}

const champ = (ligne: number): string => [...donnees.champs, ...donnees.engagements][ligne - 2]!.champ;
const seuls = ({ observations, refusees }: AvisLu) => ({ observations: observations.map((o) => [o.champ, o.texte]), refusees });

const remplir = (f: Feuilles): void => {
  fillTete(f, 'Avis', 'Réservé');
  fillTete(f, 'Auteur', 'DDTM 13, Mme Ozanne');
  fillTete(f, 'Date', new Date(Date.UTC(2026, 3, 2)));
  fill(f, 3, 'À corriger', '=adresse à revoir\nvoir Kbis 😀');
  fill(f, 8, 'Proposition de valeur', null, 12.5);
  fill(f, 20, 'question', `Pourquoi ${'x'.repeat(10_000)} ?`, '25 %');
  fill(f, 30, 'Favorable');
};

const REMPLI: AvisLu = {
  ...TETE, avis: 'reserve', auteur: 'DDTM 13, Mme Ozanne', date: '2026-04-02', refusees: [],
  observations: [
    { champ: champ(3), nature: 'a-corriger', texte: '=adresse à revoir\nvoir Kbis 😀', valeurProposee: null, ligne: 3 },
    { champ: champ(8), nature: 'proposition', texte: '', valeurProposee: '12.5', ligne: 8 },
    { champ: champ(20), nature: 'question', texte: `Pourquoi ${'x'.repeat(10_000)} ?`, valeurProposee: '25 %', ligne: 20 },
    { champ: champ(30), nature: 'favorable', texte: '', valeurProposee: null, ligne: 30 },
  ],
};

const retour: DonneesRetour = {
  schema: 'atelier-cus/retour/1', siren: '732829320', nomOrganisme: 'Habitat du Littoral', version: 1, empreinte: EMPREINTE,
  avis: 'defavorable', auteur: 'M. Préfet', date: '2026-04-02T08:30:00.000Z',
  observations: [
    { champ: champ(2), nature: 'question', texte: '+33 est-ce le bon ?', valeurProposee: null, ligne: 1 },
    { champ: champ(9), nature: 'a-completer', texte: '#N/A', valeurProposee: null, ligne: 2 },
    { champ: champ(9), nature: 'proposition', texte: 'Plutôt', valeurProposee: '2028-01-01', ligne: 3 },
  ],
};

async function codeOf(faire: Promise<unknown>): Promise<string> {
  return await faire.then(() => 'accepté', (e: unknown) => (e instanceof ErreurCus ? `${e.erreur.code}/${e.erreur.sortie}` : String(e)));
}

describe('avis.xlsx', () => {
  it('vierge, ne dit que le dépôt', async () => {
    expect(await readAvis(vierge)).toEqual(RIEN);
    expect(await readAvis(await saveWithLibreOffice(vierge))).toEqual(RIEN);
  });

  it('rempli, se relit, aussi après LibreOffice', async () => {
    const rempli = await edit(remplir);
    expect(await readAvis(rempli)).toEqual(REMPLI);
    expect(await readAvis(await saveWithLibreOffice(rempli))).toEqual(REMPLI);
  });

  it('écrit d’après un Retour, se relit égal, aussi après LibreOffice', async () => {
    const octets = await writeRetourXlsx(retour, donnees);
    const sansLigne = (a: Pick<DonneesRetour, 'avis' | 'auteur' | 'date' | 'observations'>) =>
      ({ avis: a.avis, auteur: a.auteur, date: a.date, observations: a.observations.map((o) => ({ ...o, ligne: 0 })) });
    for (const lu of [await readAvis(octets), await readAvis(await saveWithLibreOffice(octets))]) {
      expect(sansLigne(lu)).toEqual(sansLigne(retour));
      expect(lu).toMatchObject({ ...TETE, refusees: [] });
    }
    expect(await writeRetourXlsx(retour, donnees)).toEqual(octets);
  });

  it('refuse d’écrire une remarque sur un champ inconnu, un autre dépôt, ou irrecevable', async () => {
    const avec = (o: Partial<DonneesRetour['observations'][number]>): DonneesRetour => ({ ...retour, observations: [{ ...retour.observations[0]!, ...o }] });
    expect(await Promise.all([
      codeOf(writeRetourXlsx(avec({ champ: 'engagement/XX' }), donnees)),
      codeOf(writeRetourXlsx(avec({ nature: 'proposition', valeurProposee: null }), donnees)),
      codeOf(writeRetourXlsx(avec({ texte: 'x'.repeat(40_000) }), donnees)),
      codeOf(writeRetourXlsx({ ...retour, version: 2 }, donnees)),
    ])).toEqual(['champ-inconnu/2', 'remarque-refusee/2', 'remarque-refusee/2', 'retour-autre-depot/2']);
  });
});

describe('lignes touchées : dites, jamais devinées', () => {
  it('ligne ajoutée au milieu et à la fin', async () => {
    const lu = await readAvis(await edit((f) => {
      remplir(f);
      f['Observations']!.splice(10, 0, [null, null, null, null, null, 'Question', 'Et ceci ?']);
      f['Observations']!.push([null, null, null, null, null, 'Question', 'Et cela ?']);
    }));
    expect(lu.observations).toEqual(REMPLI.observations.map((o) => ({ ...o, ligne: o.ligne > 10 ? o.ligne + 1 : o.ligne })));
    expect(lu.refusees.map((r) => r.ligne)).toEqual([11, 255 + donnees.ensembles.length]);
  });

  it('lignes échangées : celles-là seules ne sont pas lues', async () => {
    const lu = await readAvis(await edit((f) => {
      remplir(f);
      const l = f['Observations']!;
      [l[7], l[9]] = [l[9]!, l[7]!];
    }));
    expect(seuls(lu)).toEqual({
      observations: REMPLI.observations.filter((o) => o.ligne !== 8).map((o) => [o.champ, o.texte]),
      refusees: [{ ligne: 10, raison: 'Ligne déplacée : la ligne n° 7 n’est plus à sa place.' }],
    });
  });

  it('identifiants triés sans les remarques : aucune remarque ne change de champ', async () => {
    const lu = await readAvis(await edit((f) => {
      remplir(f);
      const [entete, ...lignes] = f['Observations']!;
      const ids = lignes.map((l) => [...l.slice(0, 5), l[8] ?? null]).toReversed();
      f['Observations'] = [entete!, ...lignes.map((l, i) => [...ids[i]!.slice(0, 5), l[NATURE] ?? null, l[TEXTE] ?? null, l[VALEUR] ?? null, ids[i]![5] ?? null])];
    }));
    expect(seuls(lu)).toMatchObject({ observations: [], refusees: [{ ligne: 3 }, { ligne: 8 }, { ligne: 20 }, { ligne: 30 }] });
  });

  it('identifiant modifié, ligne recopiée, ligne effacée, nature hors liste, texte absent', async () => {
    const lu = await readAvis(await edit((f) => {
      const l = f['Observations']!;
      fill(f, 4, 'Question', 'Sur un champ changé');
      l[3]![1] = champ(5);
      fill(f, 6, 'Peut-être', 'Nature inventée');
      fill(f, 7, 'À corriger');
      fill(f, 9, null, 'Sans nature');
      fill(f, 12, 'Proposition', 'Sans valeur');
      l.splice(14, 1);
      fill(f, 40, 'Question', 'Recopiée');
      l.push([...l[39]!]);
    }));
    expect(lu.observations).toEqual([]);
    expect(lu.refusees.map((r) => r.ligne)).toEqual([4, 6, 7, 9, 12, 15, 40, 253 + donnees.ensembles.length]);
    expect(lu.refusees.filter((r) => r.ligne === 4 || r.ligne === 15)).toEqual([
      { ligne: 4, raison: `L’identifiant a été modifié : « ${champ(5)} » (n° 3).` },
      { ligne: 15, raison: '1 ligne du formulaire n’y est plus ou n’est plus reconnue : n° 14.' },
    ]);
  });

  it('un numéro effacé, un champ effacé : chacun dit une fois, à sa ligne', async () => {
    const lu = await readAvis(await edit((f) => {
      f['Observations']![3]![0] = null;
      f['Observations']![5]![1] = null;
    }));
    expect(lu.refusees).toEqual([
      { ligne: 4, raison: `L’identifiant a été modifié : « ${champ(4)} », dont le numéro a été effacé.` },
      { ligne: 6, raison: 'L’identifiant a été effacé : le champ de la ligne n° 5 n’est plus nommé.' },
    ]);
  });

  it('feuille en plus, avis et date illisibles', async () => {
    const lu = await readAvis(await edit((f) => {
      fillTete(f, 'Avis', 'Sans opinion');
      fillTete(f, 'Date', '31/02/2026');
      f['Copie de Observations'] = f['Observations']!;
    }));
    expect(lu).toMatchObject({ avis: null, date: '' });
    expect(lu.refusees).toHaveLength(3);
  });

  it('feuille renommée, entête changée, identité changée, autre dépôt collé : refusés en entier', async () => {
    const autre = (await readHucre(await buildAvis(donneesExemple({ graine: 9 }), 'f'.repeat(64)))).sheets[1]!.rows;
    expect(await Promise.all([
      codeOf(edit((f) => { f['Remarques'] = f['Observations']!; delete f['Observations']; }).then(readAvis)),
      codeOf(edit((f) => { f['Observations']![0]![6] = 'Commentaire'; }).then(readAvis)),
      codeOf(edit((f) => fillTete(f, 'SIREN', '552100554')).then(readAvis)),
      codeOf(edit((f) => fillTete(f, 'Version du dépôt', 2)).then(readAvis)),
    ])).toEqual(['avis-feuille-absente/2', 'avis-colonnes/2', 'avis-identifiants/2', 'avis-identifiants/2']);
    const colle = await readAvis(await edit((f) => { f['Observations'] = autre; fill(f, 5, 'Question', 'Ailleurs'); }));
    expect(colle.observations).toEqual([]);
    expect(colle.refusees.length).toBeGreaterThan(200);
  });
});
