import type { Content } from 'pdfmake/interfaces.js';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { textCible } from '../champs.ts';
import { engagementsParFamille, groupBy, libelleHorizon } from '../libelles.ts';
import { ENCRE_DOUCE, pdfText } from './moteur.ts';
import { type CellulePdf, type ColonnePdf, ligneTexte, table } from './tables.ts';

type Engagement = DonneesPaquet['engagements'][number];

/** Une table par indicateur : territoires en lignes, horizons en colonnes ; libellé légal et article. */
export function engagements(donnees: Pick<DonneesPaquet, 'engagements' | 'champs'>): Content[] {
  return [...engagementsParFamille(donnees.engagements)].flatMap(([famille, liste]): Content[] =>
    [...groupBy(liste, (e) => e.indicateur)].flatMap(([code, siens]) => [...indicateur(famille, siens), ...developpement(donnees, code)]),
  );
}

/** Le développement qualitatif que l'article demande à côté des chiffres (R445-5, R445-5-1), tel qu'écrit. */
function developpement(donnees: Pick<DonneesPaquet, 'champs'>, code: string): Content[] {
  const champ = donnees.champs.find((c) => c.champ === `developpement/${code}`);
  if (champ === undefined || (champ.valeur ?? '').trim() === '') return [];
  return [
    { text: pdfText(`${champ.libelle} (${champ.article})`), style: 'titreTable' },
    ...(champ.valeur ?? '').split(/\n+/u).map((p): Content => ({ text: pdfText(p), style: 'texte' })),
  ];
}

function indicateur(famille: string, liste: Engagement[]): Content[] {
  const [premier] = liste;
  if (!premier) return [];
  const horizons = [...new Set(liste.map((e) => e.horizon))];
  const ventile = liste.some((e) => e.ventilation !== 'total');
  const lignes = [...groupBy(liste, (e) => `${e.territoire}\n${e.ventilation}`).values()];
  const colonnes: ColonnePdf[] = [
    { titre: 'Territoire', largeur: '*' },
    ...(ventile ? [{ titre: 'Ventilation', largeur: horizons.length > 4 ? 62 : 150 }] : []),
    { titre: 'Référence', largeur: largeurReference(liste), nombre: true },
    ...horizons.map((h) => ({ titre: libelleHorizon(h), largeur: largeur(liste, h), nombre: true })),
  ];
  const corps = lignes.map((l): CellulePdf[] => [
    l[0]?.nomTerritoire ?? '',
    ...(ventile ? [l[0]?.libelleVentilation ?? ''] : []),
    [...new Set(l.flatMap((e) => e.reference ?? []))].join(' ; '),
    ...horizons.map((h) => cible(l.find((e) => e.horizon === h))),
  ]);
  // Les commentaires sont des lignes de la table : ils ne s'en séparent pas.
  const commentaires = liste
    .filter((e) => (e.commentaire ?? '').trim() !== '')
    .map((e) => ligneTexte(`${[e.nomTerritoire, e.libelleVentilation, libelleHorizon(e.horizon)].join(', ')} : ${e.commentaire ?? ''}`, colonnes.length));
  const demande = premier.surDemande === true ? ', à la demande du préfet' : '';
  return [
    table(`${premier.indicateur}  ${premier.libelle}`, colonnes, [...corps, ...commentaires], {
      surtitre: famille, note: `${premier.article}${demande} ; ${premier.unite}`,
    }),
  ];
}

function largeurReference(liste: readonly Engagement[]): number {
  return Math.min(76, Math.max(42, ...liste.map((e) => (e.reference ?? '').length * 4.8)));
}

/** Largeur qui tient le plus long chiffre de la colonne sans le couper, dans la limite de la page. */
function largeur(liste: Engagement[], horizon: string): number {
  const plusLong = Math.max(...liste.filter((e) => e.horizon === horizon).map((e) => (textCible(e) ?? '').length));
  return Math.min(62, Math.max(horizon.endsWith('ans') ? 56 : 30, plusLong * 4.8));
}

function cible(e: Engagement | undefined): CellulePdf {
  if (!e) return '';
  return textCible(e) ?? { ...absentRight };
}

const absentRight = { text: 'vide', italics: true, color: ENCRE_DOUCE, alignment: 'right' as const };
