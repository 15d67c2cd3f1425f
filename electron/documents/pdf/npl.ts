import type { Content } from 'pdfmake/interfaces.js';
import { direOrigines, libelleBase, libelleExclusNpl, libellePlafond, maximumEcrit, REPARTIE } from '../../../shared/domain/loyers/npl/libelles.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { formatDecimal2, formatEuros, formatNombre } from '../format.ts';
import { METHODE } from '../npl.ts';
import { pdfText } from './moteur.ts';
import { type CellulePdf, table } from './tables.ts';

const taux = (n: number | null): string => (n === null ? '' : formatNombre(n));
const maximum = (m: number | 'gardé'): string => (m === 'gardé' ? m : formatNombre(m));

/** La politique des loyers dans la convention : masse, moyennes, maximum de chaque ensemble (L445-2, 1° à 4°). */
export function politiqueLoyers({ npl }: DonneesPaquet): Content[] {
  if (npl === undefined) {
    return [{ text: 'La convention ne fixe pas de nouvelle politique des loyers (facultative, L445-2).', style: 'texte' }];
  }
  const r = npl.resultat;
  const exclus = Object.entries(r.exclus).map(([raison, n]) => `${formatNombre(n)} ${libelleExclusNpl(raison)}`).join(', ');
  return [
    ...METHODE.map((m): Content => ({ text: pdfText(m), style: 'texte' })),
    table('Masse maximale des loyers', [{ titre: '', largeur: '*' }, { titre: 'Par mois', largeur: 110, nombre: true }, { titre: 'Par an', largeur: 110, nombre: true }], [
      ['Avant', formatEuros(r.avant), formatEuros(r.avantAnnuel)],
      ['Après', formatEuros(r.apres), formatEuros(r.apresAnnuel)],
      [r.respectee ? 'Reste : contrainte respectée' : 'Reste : contrainte dépassée', formatEuros(r.reste), ''],
    ], { note: `L445-3, II ; ${formatNombre(r.logements)} logements comptés${exclus === '' ? '' : ` ; hors du calcul : ${exclus}`}${r.origines === undefined ? '' : ` ; maximum d’avant : ${direOrigines(r.origines, formatNombre).join(' ; ')}`}` }),
    table('Moyennes des loyers maximaux par plafond de ressources', [
      { titre: 'Plafond', largeur: '*' }, { titre: 'Surface', largeur: 84 }, { titre: 'Logements', largeur: 56, nombre: true }, { titre: 'm²', largeur: 70, nombre: true },
      { titre: 'Avant (€/m²)', largeur: 60, nombre: true }, { titre: 'Après (€/m²)', largeur: 60, nombre: true },
    ], r.moyennes.map((m): CellulePdf[] => [libellePlafond(m.plafond), libelleBase(m.base), m.logements, formatDecimal2(m.surface), taux(m.avantM2), taux(m.apresM2)]), { note: 'L445-3, IV' }),
    table('Montants maximaux par ensemble immobilier', [
      { titre: 'Ensemble', largeur: '*' }, { titre: 'Commune', largeur: 78 }, { titre: 'Plafond', largeur: 52 }, { titre: 'Surf.', largeur: 24 }, { titre: 'Log.', largeur: 30, nombre: true },
      { titre: 'Avant', largeur: 40, nombre: true }, { titre: 'Maximum', largeur: 44, nombre: true }, { titre: 'Moyenne', largeur: 42, nombre: true },
    ], r.lignes.map((l): CellulePdf[] => [
      l.nom === '' ? l.ensemble : l.nom, l.nomCommune, libellePlafond(l.plafond), l.base, l.comptes, l.repartie === true ? `${taux(l.avantM2)} *` : taux(l.avantM2), maximum(maximumEcrit(l)), taux(l.moyenne),
    ]), { note: `en € par m² et par mois${r.anneeMontants === null ? '' : `, l’avant en valeur de ${r.anneeMontants}`} (L445-3, III) ; un ensemble que la politique ne cite pas garde son maximum, comme un plafond de ressources qu’elle laisse sans montant : « gardé », celui d’avant${r.lignes.some((l) => l.repartie === true) ? ` ; * ${REPARTIE}` : ''}` }),
  ];
}
