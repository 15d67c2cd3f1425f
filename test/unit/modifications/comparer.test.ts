import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDonnees } from '../../../shared/domain/modifications/comparer.ts';
import { compareValeurs } from '../../../shared/domain/modifications/valeurs.ts';
import type { ValeurNommee } from '../../../shared/domain/modifications/valeurs.ts';
import { donneesExemple } from '../../aides/donnees.ts';

type Donnees = ReturnType<typeof donneesExemple>;
const copie = (change: (d: Donnees) => void): Donnees => {
  const d = structuredClone(donneesExemple());
  change(d);
  return d;
};

describe('d’un dépôt à l’autre', () => {
  test('rien n’a changé', () => {
    expect(compareDonnees(donneesExemple(), structuredClone(donneesExemple()))).toEqual([]);
  });

  test('un champ, une cible, un commentaire, une référence : chacun avec son nom et son libellé', () => {
    const avant = donneesExemple();
    const cible = avant.engagements[0];
    if (cible === undefined) throw new Error('exemple sans cible');
    const apres = copie((d) => {
      for (const c of d.champs) if (c.champ === 'organisme/president') c.valeur = 'M. Paul Roy';
      for (const e of d.engagements) {
        if (e.champ === cible.champ) Object.assign(e, { saisie: '999', commentaire: 'Revu.' });
        if (e.indicateur === cible.indicateur && e.territoire === cible.territoire && e.ventilation === cible.ventilation) e.reference = '7';
      }
    });
    expect(compareDonnees(avant, apres).map(({ champ, avant: a, apres: b }) => ({ champ, a, b }))).toEqual([
      { champ: 'organisme/president', a: 'Mme Élise Cœur', b: 'M. Paul Roy' },
      { champ: `reference/${cible.indicateur}/${cible.territoire}/${cible.ventilation}`, a: cible.reference, b: '7' },
      { champ: cible.champ, a: cible.saisie, b: '999' },
      { champ: `${cible.champ}#commentaire`, a: cible.commentaire, b: 'Revu.' },
    ]);
  });

  test('le parc : un nombre, une commune qui apparaît, un ensemble qui disparaît', () => {
    const avant = donneesExemple();
    const parti = avant.ensembles[0];
    if (parti === undefined) throw new Error('exemple sans ensemble');
    const apres = copie((d) => {
      d.etat.vacants += 1;
      d.etat.communes['01001'] = 4;
      d.etat.noms['01001'] = 'L’Abergement-Clémenciat';
      d.ensembles.shift();
    });
    expect(compareDonnees(avant, apres)).toEqual([
      { champ: 'etat/vacants', libelle: 'Logements vacants', avant: String(avant.etat.vacants), apres: String(avant.etat.vacants + 1) },
      { champ: 'etat/communes/01001', libelle: 'Logements, commune L’Abergement-Clémenciat (01001)', avant: null, apres: '4' },
      { champ: `ensemble/${parti.id}`, libelle: `Ensemble immobilier ${parti.nom}`, avant: expect.stringContaining(`logements ${parti.logements}`), apres: null },
    ]);
  });

  test('une clé à zéro et une clé absente sont la même chose', () => {
    expect(compareDonnees(donneesExemple(), copie((d) => void (d.etat.dpe['Z'] = 0)))).toEqual([]);
  });
});

const liste = fc.uniqueArray(fc.record({ champ: fc.string({ minLength: 1, maxLength: 3 }), libelle: fc.constant('x'), valeur: fc.option(fc.string({ maxLength: 3 })) }), {
  selector: (v) => v.champ,
});

test('appliquer les différences à « avant » donne « après », et l’inverse s’inverse', () => {
  fc.assert(
    fc.property(liste, liste, (avant, apres) => {
      const valeurs = (l: readonly ValeurNommee[]) => new Map(l.filter((v) => v.valeur !== null).map((v) => [v.champ, v.valeur]));
      const applique = valeurs(avant);
      for (const d of compareValeurs(avant, apres)) {
        expect(applique.get(d.champ) ?? null).toBe(d.avant);
        if (d.apres === null) applique.delete(d.champ);
        else applique.set(d.champ, d.apres);
      }
      expect(applique).toEqual(valeurs(apres));
      const inverse = compareValeurs(apres, avant).map((d) => `${d.champ}|${d.apres}|${d.avant}`);
      expect(inverse.toSorted()).toEqual(compareValeurs(avant, apres).map((d) => `${d.champ}|${d.avant}|${d.apres}`).toSorted());
    }),
  );
});
