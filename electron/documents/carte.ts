import { composeDessin } from '../../shared/domain/carte/composer.ts';
import { drawCarte, FORMATS } from '../../shared/domain/carte/dessin.ts';
import type { Format } from '../../shared/domain/carte/dessin.ts';
import { NOMBRE_USUEL } from '../../shared/domain/carte/classer.ts';
import type { Mesure } from '../../shared/domain/carte/mesures.ts';
import { ATTRIBUTION_CONTOURS, contoursDepartements } from '../../shared/territoires/carte.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { pdfText, renderPdf } from './pdf/moteur.ts';

/** Des feuilles dessinées, en PDF à leur taille exacte : un millimètre de la feuille est un millimètre du papier. */
export function writeCartesPdf(svgs: readonly string[], format: Format, { titre, auteur, date }: { titre: string; auteur: string; date: Date }): Promise<Uint8Array> {
  const [largeur, hauteur] = FORMATS[format];
  return renderPdf({
    pageSize: { width: largeur, height: hauteur },
    pageMargins: 0,
    language: 'fr-FR',
    displayTitle: true,
    version: '1.7',
    info: { title: pdfText(titre), author: pdfText(auteur), subject: 'Carte', creator: 'Atelier CUS', producer: 'Atelier CUS', creationDate: date, modDate: date },
    defaultStyle: { font: 'Roboto' },
    content: [
      // Un SVG ne charge pas de police : ces blancs chargent les deux qu'il emploie.
      { text: [{ text: ' ' }, { text: ' ', bold: true }], fontSize: 1, absolutePosition: { x: 0, y: 0 } },
      ...svgs.map((svg, i) => ({ svg, absolutePosition: { x: 0, y: 0 }, ...(i > 0 ? { pageBreak: 'before' as const } : {}) })),
    ],
  });
}

/** carte-loyers.pdf : le loyer, puis l'écart au maximum s'il y en a ; en A3, d'après les données du dépôt et rien d'autre. */
export async function writeCarteLoyers(donnees: DonneesPaquet): Promise<Uint8Array> {
  const { carte } = donnees;
  const loyers = donnees.loyers.find((l) => l.surface === 'SH' && l.par === 'ensemble')?.lignes ?? [];
  const mesures: Mesure[] = ['loyerM2', ...(loyers.some((l) => l.ecartM2 !== null) ? ['ecartM2' as const] : [])];
  const contours = contoursDepartements.features.map((f) => ({ geometrie: f.geometry, nom: f.properties.nom }));
  const communes = new Map(donnees.ensembles.map((e) => [e.id, e.commune]));
  const svgs = mesures.flatMap((mesure) => {
    const dessin = composeDessin({
      format: 'A3', methode: 'quantiles', nombre: NOMBRE_USUEL, grille: null,
      mesures: [{ mesure, bornes: null, valeurs: new Map(loyers.map((l) => [l.code, mesure === 'ecartM2' ? l.ecartM2 : l.loyerM2])), precisions: [] }],
      maille: 'ensemble', surface: 'SH',
      lignes: loyers.map((l) => ({ code: l.code, logements: l.logements })),
      lieux: new Map((carte?.lieux ?? []).map((l) => [l.id, { lon: l.lon, lat: l.lat, foyer: l.precision === 'commune' || l.precision === 'departement' ? (communes.get(l.id) ?? l.id) : null }])),
      traces: new Map(), contours, quartiers: [], communes: { traces: [], noms: [] }, etendue: null, cadrer: null, selection: null, retenues: null,
      organisme: donnees.organisme.nom, periode: donnees.periode, annee: carte?.annee ?? null, date: donnees.date,
      attributions: [ATTRIBUTION_CONTOURS, carte?.attribution ?? ''],
    });
    return dessin === null ? [] : [drawCarte(dessin).svg];
  });
  return writeCartesPdf(svgs, 'A3', { titre: `Carte des loyers, ${donnees.organisme.nom}, v${donnees.version}`, auteur: donnees.organisme.nom, date: new Date(donnees.date) });
}
