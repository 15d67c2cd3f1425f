import { expect, it } from 'vitest';
import { planVentes } from '../../../electron/documents/pdf/ventes.ts';
import { feuillesVentes } from '../../../electron/documents/ventes.ts';
import type { VentesDeposees } from '../../../electron/documents/ventes.ts';
import { donneesExemple } from '../../aides/donnees.ts';

const annees = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [String(2026 + i), i + 1]));
const ligne = { code: '13055', nom: 'Marseille', logements: 68, annees: { ...annees, inconnu: 2 }, acquereurs: {}, etats: {} };
const nombreDe = (cellule: unknown): number => Number((typeof cellule === 'object' && cellule !== null && 'text' in cellule ? String(cellule.text) : String(cellule)).replace(/[^\d]/gu, ''));

it('la table du plan par commune : chaque ligne fait son total, dans la convention comme au classeur', () => {
  const v: VentesDeposees = {
    resume: { logements: 68, communes: 1, epci: 1, annees: ligne.annees, acquereurs: {}, etats: {}, drapeaux: [], listeAcquereurs: [], listeEtats: [], departements: 1, periode: [], article: 'L445-1', aucune: false, qpv: 0, documents: 0, texte: '', incertitudes: [], energie: { seuil: '330', source: '', article: '', bornes: '' } },
    lignes: [], territoires: [{ par: 'commune', lignes: [ligne] }], consultations: [], communes: [],
  };
  const tables = planVentes({ ...donneesExemple(), ventes: v }).flatMap((c) => (typeof c === 'object' && 'table' in c ? [c.table.body] : []));
  const rangee = tables.flat().find((r) => JSON.stringify(r[0]).includes('Marseille')) ?? [];
  const [total = 0, ...parts] = rangee.slice(1).map(nombreDe);
  expect([total, parts.reduce((s, n) => s + n, 0), parts.length]).toEqual([68, 68, 9]);
  const feuille = feuillesVentes(v).find((f) => f.nom === 'Par commune');
  expect(feuille?.lignes[0]?.slice(2, 15)).toEqual([68, ...Object.values(annees), 2]);
});
