import { describe, expect, test } from 'vitest';
import { runControles } from '../../../shared/domain/controles/controles.ts';
import type { EntreeVentes } from '../../../shared/domain/controles/ventes.ts';
import type { CommuneVente } from '../../../shared/domain/ventes/types.ts';
import { dossierComplet } from './exemple.ts';

const RIEN: EntreeVentes = { drapeaux: [], consultations: [], communes: [], vide: null, cibles: [], contredits: 0, seuilSansSource: null };
const SAISIE: CommuneVente = { commune: '13055', taux: null, objectif: '20', residences: 1000, sociaux: 300, carence: false, mixite: null, source: 'essai' };
const commune = (saisie: Partial<CommuneVente>, reste: Partial<EntreeVentes['communes'][number]> = {}): Partial<EntreeVentes> => ({
  communes: [{ commune: '13055', nom: 'Marseille', saisie: { ...SAISIE, ...saisie }, calcule: null, retires: 1, atteint: true, ...reste }],
});

function constats(ventes: Partial<EntreeVentes>): string[] {
  const { bloquants, aJustifier, informations } = runControles({ ...dossierComplet(), ventes: { ...RIEN, ...ventes } });
  return [...bloquants, ...aJustifier, ...informations].filter((c) => c.code.startsWith('vente-')).map((c) => `${c.niveau} ${c.code} ${c.champ} : ${c.message}`);
}

test('rien de contredit ne lève rien', () => expect(constats(commune({}))).toEqual([]));

describe('ce qui se contredit se dit', () => {
  test.each<[Partial<EntreeVentes>, string[]]>([
    [{ contredits: 3 }, ['bloquant vente-aucune-contredite ventes/aucune : « Aucun logement n’est mis en vente » est coché, et le plan de mise en vente a 3 logements : décocher, ou vider le plan.']],
    [{ seuilSansSource: { seuil: '420', lu: '330' } }, ['a-justifier vente-seuil-sans-source ventes/energie/source : Consommation maximale pour vendre : 420 kWhEP/m²/an remplace les 330 de l’article, et sa source n’est pas dite.']],
    [commune({ sociaux: 1001 }), ['a-justifier vente-sru-impossible ventes/commune/13055 : Marseille, chiffres à vérifier : 1 001 logements sociaux pour 1 000 résidences principales, soit plus de 100 %.']],
    [commune({ sociaux: 1000 }), []],
    [commune({ sociaux: 2 }, { retires: 3, atteint: false }), ['a-justifier vente-sru-impossible ventes/commune/13055 : Marseille, chiffres à vérifier : 2 logements sociaux, moins que les 3 du plan que les ventes y retireraient.']],
    [commune({ sociaux: 3 }, { retires: 3, atteint: false }), []],
    [commune({ carence: true }), ['information vente-carence-atteint ventes/commune/13055 : Marseille : un arrêté de carence est dit, et son taux de logements sociaux est atteint d’après les chiffres saisis. À vérifier.']],
    [commune({ carence: true }, { atteint: false }), []],
    [commune({ taux: '25' }, { calcule: '30' }), ['a-justifier vente-sru-incoherent ventes/commune/13055 : Marseille : le taux de logements sociaux saisi (25 %) n’est pas celui des nombres saisis (300 sur 1 000, 30 %).']],
  ])('%j', (ventes, attendus) => expect(constats(ventes).map((c) => c.replaceAll(/[\u00a0\u202f]/gu, ' '))).toEqual(attendus));
});
