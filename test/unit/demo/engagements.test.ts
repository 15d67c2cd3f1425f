import { describe, expect, it } from 'vitest';
import { champsDemonstration, valeursDemonstration } from '../../../electron/demo/index.ts';
import { checkCellule } from '../../../shared/domain/engagements/ecarts.ts';
import { checkCroisements } from '../../../shared/domain/engagements/ecarts-croises.ts';
import { countAvancement, readSaisies } from '../../../shared/domain/engagements/lecture.ts';
import { buildMatrice } from '../../../shared/domain/engagements/matrice.ts';
import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';
import { millesime2019 } from '../../../shared/millesimes/2019.ts';

const nommes = (...codes: string[]): { code: string; nom: string }[] => codes.map((code) => ({ code, nom: code }));
const matrice = buildMatrice({
  millesime: millesime2019,
  dateEffet: champsDemonstration['calendrier/date-effet'] ?? null,
  organisme: 'Habitat du Littoral',
  territoires: { departements: nommes('dep-13', 'dep-83', 'dep-06', 'dep-69'), epciPs1: nommes('epci-200054807'), demandes: nommes('epci-200054807') },
  tables: new Set(['locatif']),
  indicateursDemandes: [{ code: 'PP-5', territoires: [] }, { code: 'PS-3', territoires: nommes('dep-13') }],
});
const cellules = [...matrice.index.entries()].map(([champ, { ligne }]) => ({
  champ,
  // Un territoire sans aucun logement F ou G est possible.
  denominateurPropose: ligne.indicateur.denominateur?.donnee === 'parcFG' && ligne.territoire.code === 'dep-69' ? 0 : ligne.indicateur.denominateur?.donnee ? 812 : null,
}));

describe('engagements de la démonstration', () => {
  const valeurs = valeursDemonstration(cellules, 2026);

  it('remplissent toute la matrice, références comprises', () => {
    const lecture = readSaisies(new Map(valeurs.map((v) => [v.champ, v.saisie])));
    const { attendus, renseignes } = countAvancement(matrice, lecture);
    expect(valeurs).toHaveLength(cellules.length);
    expect(renseignes).toBe(attendus);
    const references = matrice.lignes.map((l) => ({ champ: l.champReference, denominateurPropose: null }));
    expect(valeursDemonstration(references, 2026)).toHaveLength(references.length);
  });

  it('ne se contredisent nulle part', () => {
    const lecture = readSaisies(new Map(valeurs.map((v) => [v.champ, v.saisie])));
    expect(checkCroisements(matrice, lecture)).toEqual([]);
    const ecarts = valeurs.flatMap((v) => {
      const trouve = matrice.index.get(v.champ);
      const r = parseSaisie(v.saisie);
      if (!trouve || !r.ok) return [{ champ: v.champ, code: 'illisible' }];
      return checkCellule(trouve.ligne.indicateur, trouve.ligne.ventilation, r.saisie).map((e) => ({ champ: v.champ, code: e.code }));
    });
    expect(ecarts).toEqual([]);
  });

  it('sont stables, et laissent de côté ce qui n’est pas une cible', () => {
    expect(valeursDemonstration(cellules, 2026)).toEqual(valeurs);
    expect(valeursDemonstration([{ champ: 'organisme/nom', denominateurPropose: null }], 2026)).toEqual([]);
    expect(valeursDemonstration([{ champ: 'engagement/PP-3/dep-13/2026/total', denominateurPropose: 1_000 }], 2026)).toEqual([
      { champ: 'engagement/PP-3/dep-13/2026/total', saisie: '35/1000', valeur: null, numerateur: 35, denominateur: 1_000 },
    ]);
  });
});

describe('champs de la démonstration', () => {
  it('existent dans le millésime et remplissent ce qui bloque', () => {
    const connus = new Map(millesime2019.champs.map((c) => [c.champ, c]));
    expect(Object.keys(champsDemonstration).filter((c) => !connus.has(c))).toEqual([]);
    const crees = ['organisme/siren', 'organisme/nom', 'organisme/nature'];
    const vides = millesime2019.champs.filter((c) => c.siVide !== null && !crees.includes(c.champ) && !champsDemonstration[c.champ]);
    expect(vides).toEqual([]);
  });
});
