import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusRemarque } from '../../../electron/documents/avis-forme.ts';
import { AVIS, NATURES, findChoice } from '../../../shared/domain/observations/libelles.ts';
import { champsObservables, textCible } from '../../../electron/documents/champs.ts';
import { TEXTE_MAX, cleanText, nomFeuille, resolveCase } from '../../../electron/documents/classeur.ts';
import { classeurEngagements } from '../../../electron/documents/engagements.ts';
import { donneesExemple } from '../../aides/donnees.ts';

describe('textes de classeur', () => {
  it('ne gardent rien que XML refuse et tiennent dans une cellule', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (t) => {
      // oxlint-disable-next-line no-control-regex
      expect(cleanText(t)).not.toMatch(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/);
    }));
    const long = cleanText('😀'.repeat(20_000));
    expect(long.length).toBeLessThanOrEqual(TEXTE_MAX);
    expect(long).toContain('le texte entier est dans donnees.json');
    expect(Buffer.from(long).toString()).toBe(long);
  });

  it('nomment les feuilles comme les tableurs l’admettent', () => {
    expect(nomFeuille("'a/b:c*d?[e]\\'")).toBe('’a-b-c-d--e--’');
    expect(nomFeuille('x'.repeat(50))).toHaveLength(31);
  });

  it('gardent en texte une date qui n’existe pas, et refusent un nombre impossible', () => {
    expect(resolveCase({ v: '2026-02-30', format: 'date' }, undefined)).toEqual({ v: '2026-02-30', format: 'texte', aspect: null });
    expect(resolveCase({ v: '2026-02-28', format: 'date' }, undefined)).toEqual({ v: '2026-02-28', format: 'date', aspect: null });
    expect(() => resolveCase(Number.NaN, undefined)).toThrow('nombre impossible');
  });
});

describe('engagements', () => {
  const donnees = donneesExemple();

  it('ont chacun une ligne et une seule, et un champ où poser une remarque', () => {
    const champs = donnees.engagements.map((e) => e.champ);
    const ecrits = classeurEngagements(donnees).feuilles.slice(1).flatMap((f) => f.lignes.map((l) => l[f.colonnes.findIndex((c) => c.titre === 'champ')]));
    expect(ecrits).toHaveLength(champs.length);
    expect(new Set(ecrits)).toEqual(new Set(champs));
    expect(champsObservables(donnees).map((c) => c.champ)).toEqual([...donnees.champs.map((c) => c.champ), ...champs, ...donnees.ensembles.map((e) => `ensemble/${e.id}`)]);
  });

  it('se lisent en toutes lettres', () => {
    const e = { ...donnees.engagements[0]!, saisie: null, valeur: null, numerateur: null, denominateur: null, pourcentage: null };
    expect([
      textCible(e), textCible({ ...e, saisie: 'environ 12' }), textCible({ ...e, numerateur: 45, denominateur: 1360, pourcentage: 3.31 }),
      textCible({ ...e, valeur: 1250 }), textCible({ ...e, valeur: 1250.5, unite: 'euros par logement et par an' }), textCible({ ...e, numerateur: 3 }),
      textCible({ ...e, valeur: 1050.5, unite: '€ par logement et par an' }), textCible({ ...e, valeur: 1050, unite: '€ par logement et par an' }), textCible({ ...e, valeur: 7.125, unite: '€ par logement et par an' }),
    ].map((t) => t?.replace(/[\u202F\u00A0]/g, '_') ?? null)).toEqual([null, 'environ 12', '45/1_360 (3,31_%)', '1_250', '1_250,50_€', '3/…', '1_050,50_€', '1_050_€', '7,125_€']);
  });
});

describe('choix du formulaire', () => {
  it('se retrouvent quelle que soit leur écriture, et seulement eux', () => {
    expect([findChoice(NATURES, ' À CORRIGER '), findChoice(NATURES, 'a-completer'), findChoice(AVIS, 'defavorable'), findChoice(AVIS, 'Réserve'), findChoice(AVIS, 'favo')])
      .toEqual(['a-corriger', 'a-completer', 'defavorable', 'reserve', null]);
  });

  it('disent pourquoi une remarque n’est pas recevable', () => {
    expect([
      refusRemarque({ nature: 'question', texte: ' ', valeurProposee: null }), refusRemarque({ nature: 'proposition', texte: 'a', valeurProposee: ' ' }),
      refusRemarque({ nature: 'favorable', texte: '', valeurProposee: null }), refusRemarque({ nature: 'proposition', texte: '', valeurProposee: '12' }),
    ]).toEqual(['Le texte de la remarque est vide.', 'Une proposition doit porter une valeur proposée.', null, null]);
  });
});
