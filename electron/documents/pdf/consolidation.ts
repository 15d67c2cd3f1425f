import type { Content } from 'pdfmake/interfaces.js';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { formatTauxCalcule } from '../../../shared/domain/nombres/format.ts';
import { nomTerritoire } from '../../../shared/territoires/index.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { libelleMethode, libellesVentilations, OBJET_CONSOLIDATION } from '../consolidation.ts';
import { formatNombre } from '../format.ts';
import { groupBy, libelleHorizon } from '../libelles.ts';
import { ENCRE_DOUCE } from './moteur.ts';
import { type CellulePdf, ligneTexte, table } from './tables.ts';

type Ligne = NonNullable<DonneesPaquet['consolidation']>[number];

/**
 * L'organisme entier, une table par indicateur, dans la forme des engagements. Un indicateur que porte un seul territoire n'y
 * est pas : il ne ferait que répéter sa table. Le détail du calcul est dans la feuille « Organisme » du classeur.
 */
export function consolidation(donnees: DonneesPaquet): Content[] {
  const ventilation = libellesVentilations(donnees);
  const indicateurs = [...groupBy((donnees.consolidation ?? []).filter((l) => l.territoires > 1), (l) => l.indicateur)];
  return indicateurs.map(([indicateur, lignes], rang) => tableConsolidation(indicateur, lignes, ventilation, rang === 0));
}

function tableConsolidation(indicateur: string, lignes: readonly Ligne[], ventilation: (l: Ligne) => string, premiere: boolean): Content {
  const horizons = [...new Set(lignes.map((l) => l.horizon))];
  const colonnes = [
    { titre: 'Ventilation', largeur: '*' as const },
    ...horizons.map((h) => ({ titre: libelleHorizon(h), largeur: horizons.length > 4 ? 50 : 84, nombre: true })),
    { titre: 'Calcul', largeur: 52 },
  ];
  const corps = [...groupBy(lignes, (l) => l.ventilation).values()].map((siennes): CellulePdf[] => [
    siennes[0] === undefined ? '' : ventilation(siennes[0]),
    ...horizons.map((h) => valeur(siennes.find((l) => l.horizon === h))),
    [...new Set(siennes.filter((l) => l.methode !== 'incomplete').map((l) => libelleMethode(l.methode)))].join(' ; '),
  ]);
  return table(`${indicateur}, ensemble de l’organisme`, colonnes, [...corps, ...notes(lignes).map((n) => ligneTexte(n, colonnes.length))], {
    note: pluriel(Math.max(...lignes.map((l) => l.territoires)), 'territoire'), ...(premiere ? { surtitre: OBJET_CONSOLIDATION } : {}),
  });
}

function valeur(l: Ligne | undefined): CellulePdf {
  if (l === undefined) return '';
  if (l.methode === 'incomplete') return { text: 'incomplet', italics: true, color: ENCRE_DOUCE, alignment: 'right' };
  const taux = l.pourcentage === null ? '' : formatTauxCalcule(l.pourcentage);
  const fraction = l.nombre === null ? '' : l.denominateur === null ? formatNombre(l.nombre) : `${formatNombre(l.nombre)}/${formatNombre(l.denominateur)}`;
  return fraction === '' || taux === '' ? `${fraction}${taux}` : `${fraction} (${taux})`;
}

/** Ce qui manque, et ce qu'un autre territoire recouvre : dit une fois par table. */
function notes(lignes: readonly Ligne[]): string[] {
  const dits = (de: (l: Ligne) => string[]): string => {
    const codes = [...new Set(lignes.flatMap(de))];
    return `${codes.slice(0, 8).map(nomTerritoire).join(', ')}${codes.length > 8 ? ` et ${pluriel(codes.length - 8, 'autre')}` : ''}`;
  };
  return [
    ...(lignes.some((l) => l.methode === 'incomplete') ? [`Incomplet : au moins un territoire n’a pas de valeur exploitable (${dits((l) => l.manquants)}).`] : []),
    ...(lignes.some((l) => l.recouverts.length > 0) ? [`Non comptés, car recouverts par un autre : ${dits((l) => l.recouverts)}.`] : []),
  ];
}
