import type { Content } from 'pdfmake/interfaces.js';
import { formatPourcentage } from '../../../shared/domain/nombres/format.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { libelleMethode, libellesVentilations, OBJET_CONSOLIDATION } from '../consolidation.ts';
import { groupBy, libelleHorizon } from '../libelles.ts';
import { table } from './tables.ts';

/** L'organisme entier, une table par indicateur : ce que ses territoires font ensemble, et par quel calcul. */
export function consolidation(donnees: DonneesPaquet): Content[] {
  const ventilation = libellesVentilations(donnees);
  return [...groupBy(donnees.consolidation ?? [], (l) => l.indicateur)].map(([indicateur, lignes], rang) =>
    table(
      `${indicateur}, ensemble de l’organisme`,
      [
        { titre: 'Ventilation', largeur: 96 }, { titre: 'Horizon', largeur: 54 }, { titre: 'Nombre', largeur: 40, nombre: true }, { titre: 'Dénominateur', largeur: 54, nombre: true },
        { titre: 'Taux', largeur: 42, nombre: true }, { titre: 'Méthode', largeur: 50 }, { titre: 'Calcul', largeur: '*' },
      ],
      lignes.map((l) => [
        ventilation(l), libelleHorizon(l.horizon), l.nombre, l.denominateur, l.pourcentage === null ? '' : formatPourcentage(String(l.pourcentage), 2), libelleMethode(l.methode), l.explication,
      ]),
      rang === 0 ? { surtitre: 'Consolidation', note: OBJET_CONSOLIDATION } : {},
    ),
  );
}
