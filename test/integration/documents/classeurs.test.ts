import { describe, expect, it } from 'vitest';
import { readXlsx, writeEngagementsOds, writeEngagementsXlsx, writeEtatXlsx } from '../../../electron/documents/index.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { donneesExemple } from '../../aides/donnees.ts';
import { readWithLibreOffice } from './aides/tableur.ts';

type Chiffres = Record<string, (string | number | null)[]>;
/** LibreOffice écrit quinze chiffres significatifs. */
const quinze = (n: string | number | null): string | number | null => (typeof n === 'number' ? Number(n.toPrecision(15)) : n);
const nombre = (t: string | undefined): number | null => (t === undefined || t === '' ? null : Number(t));

const HOSTILES = [
  '=1+1', '+33', '-2+3', '@SUM(A1)', '\t=1', '#N/A', '#REF!', '_x0041_', "'=1", '<&">', '  deux  espaces  ', 'ligne 1\nligne 2', '😀 émoji', `long ${'é'.repeat(10_000)}`, '0012', 'TRUE', '1e5', '2026-01-01',
];

/** Un dépôt dont les textes libres cherchent à devenir autre chose qu'un texte. */
function hostile(): DonneesPaquet {
  const donnees = donneesExemple();
  HOSTILES.forEach((texte, i) => {
    const e = donnees.engagements[i];
    if (e) Object.assign(e, { commentaire: texte, saisie: texte });
  });
  return donnees;
}

function expected(donnees: DonneesPaquet): Chiffres {
  return Object.fromEntries(donnees.engagements.map((e) => [
    e.champ,
    [e.indicateur, e.territoire, e.valeur, e.numerateur, e.denominateur, e.pourcentage, e.saisie ?? '', e.commentaire ?? '', e.reference === null ? null : Number(e.reference)],
  ]));
}

function shown(feuilles: Record<string, string[][]>): Chiffres {
  return Object.fromEntries(Object.entries(feuilles).filter(([nom]) => nom !== 'Présentation').flatMap(([, [entete = [], ...lignes]]) => {
    const col = (nom: string): number => entete.indexOf(nom);
    return lignes.map((l) => [
      l[col('champ')] ?? '',
      [
        l[col('Indicateur')] ?? '', l[col('Code du territoire')] ?? '', nombre(l[col('Valeur')]), nombre(l[col('Numérateur')]), nombre(l[col('Dénominateur')]),
        nombre(l[col('Pourcentage')]), l[col('Saisi')] ?? '', l[col('Commentaire')] ?? '', nombre(l[col('Référence')]),
      ],
    ]);
  }));
}

describe('engagements, ouverts par LibreOffice', () => {
  it.each([['xlsx', writeEngagementsXlsx], ['ods', writeEngagementsOds]] as const)('%s montre les chiffres et textes du dépôt, au caractère près', async (extension, ecrire) => {
    const donnees = hostile();
    const feuilles = await readWithLibreOffice(await ecrire(donnees), extension);
    expect(Object.keys(feuilles).toSorted()).toEqual(['Gestion', 'Politique patrimoniale', 'Politique sociale', 'Présentation', 'Qualité du service']);
    expect(shown(feuilles)).toEqual(expected(donnees));
  });

  it('remplace ce que XML ne peut pas porter, sans rien retirer', async () => {
    const donnees = donneesExemple();
    Object.assign(donnees.engagements[0]!, { commentaire: 'a\0b\u0007c\uFFFFd\uD800e' });
    for (const [extension, ecrire] of [['xlsx', writeEngagementsXlsx], ['ods', writeEngagementsOds]] as const) {
      const vu = shown(await readWithLibreOffice(await ecrire(donnees), extension))[donnees.engagements[0]!.champ];
      expect(vu?.[7]).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe');
    }
  });
});

describe('état des lieux, ouvert par LibreOffice', () => {
  it('montre chaque compte, chaque ensemble et chaque loyer du dépôt', async () => {
    const donnees = donneesExemple();
    const { etat } = donnees;
    const feuilles = await readWithLibreOffice(await writeEtatXlsx(donnees), 'xlsx');
    const synthese = (nom: string): string[][] => (feuilles['Synthèse'] ?? []).filter((l) => l[0] === nom);
    const comptes = (rubrique: string): Record<string, number> => Object.fromEntries(synthese(rubrique).map((l) => [l[1], Number(l[3])]));
    const territoires = (nom: string): Record<string, number> => Object.fromEntries((feuilles[nom] ?? []).slice(1).map((l) => [l[0], Number(l[2])]));
    expect({
      parc: synthese('Parc').map((l) => Number(l[3])), qpv: synthese('QPV').map((l) => Number(l[3])), sortis: Number(synthese('Hors du parc')[0]?.[3]),
      familles: comptes('Famille de financement'), financements: comptes('Financement'), dpe: comptes('Étiquette énergie (DPE)'), types: comptes('Type de construction'),
      pieces: comptes('Nombre de pièces'), annees: comptes('Année de construction'), communes: territoires('Communes'), epci: territoires('EPCI'), departements: territoires('Départements'),
    }).toEqual({
      parc: [etat.logements, etat.ensembles, etat.vacants], qpv: [etat.qpv, etat.horsQpv, etat.qpvInconnu], sortis: etat.sortis,
      familles: etat.familles, financements: etat.financements, dpe: etat.dpe, types: etat.types,
      pieces: etat.pieces, annees: etat.annees, communes: etat.communes, epci: etat.epci, departements: etat.departements,
    });
    const [entete = [], ...lignes] = feuilles['Ensembles'] ?? [];
    expect(lignes.map((l) => ({
      id: l[0], nom: l[1], adresse: l[2], commune: l[3], nomCommune: l[4], logements: Number(l[5]), mention: l[7], qpv: Number(l[8]), qpvInconnu: Number(l[9]),
      financements: Object.fromEntries(entete.flatMap((t, i) => {
        const code = /^Financement (\S+) :/.exec(t)?.[1];
        return code === undefined || Number(l[i]) === 0 ? [] : [[code, Number(l[i])]];
      })),
    }))).toEqual(donnees.ensembles.map((e) => ({ ...e, mention: `${e.qpv} sur ${e.logements}` })));
    const noms: Record<string, string> = { ensemble: 'ensemble', commune: 'commune', epci: 'EPCI', departement: 'département', organisme: 'organisme' };
    for (const bloc of donnees.loyers) {
      const vues = (feuilles[`Loyers ${bloc.surface} par ${noms[bloc.par]}`] ?? []).slice(1, bloc.lignes.length + 1);
      expect(vues.map((l) => [l[0], l[1], ...l.slice(2).map(nombre)])).toEqual(
        bloc.lignes.map((l) => [l.code, l.nom, l.logements, l.loues, l.surface, l.loyerMensuel, l.loyerM2, l.avecMaximum, l.loyerMaxM2, l.ecartM2].map(quinze)),
      );
    }
  });
});

describe('relecture', () => {
  it('rend les nombres au dernier chiffre et les textes au caractère près', async () => {
    const donnees = hostile();
    const feuilles = Object.fromEntries((await readXlsx(await writeEngagementsXlsx(donnees))).map((f) => [f.nom, f.lignes]));
    expect(shown(feuilles)).toEqual(expected(donnees));
    const loyers = (await readXlsx(await writeEtatXlsx(donnees))).find((f) => f.nom === 'Loyers SH par ensemble');
    const lignes = donnees.loyers[0]?.lignes ?? [];
    expect((loyers?.lignes ?? []).slice(1, lignes.length + 1).map((l) => nombre(l[6]))).toEqual(lignes.map((l) => l.loyerM2));
  });
});

describe('octets', () => {
  it('sont les mêmes pour le même dépôt, quel que soit le fuseau', async () => {
    const fuseau = process.env['TZ'];
    const ecrire = (): Promise<Uint8Array[]> => Promise.all([writeEngagementsXlsx, writeEngagementsOds, writeEtatXlsx].map((f) => f(donneesExemple())));
    try {
      process.env['TZ'] = 'Pacific/Auckland';
      const la = await ecrire();
      process.env['TZ'] = 'America/Cayenne';
      expect(await ecrire()).toEqual(la);
    } finally {
      if (fuseau === undefined) delete process.env['TZ'];
      else process.env['TZ'] = fuseau;
    }
  });

  it('changent quand un chiffre change', async () => {
    const autre = donneesExemple();
    autre.engagements[3]!.valeur = 1;
    expect(await writeEngagementsOds(autre)).not.toEqual(await writeEngagementsOds(donneesExemple()));
  });
});
