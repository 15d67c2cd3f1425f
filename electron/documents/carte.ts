import { composeDessin } from '../../shared/domain/carte/composer.ts';
import { drawCarte, FORMATS } from '../../shared/domain/carte/dessin.ts';
import type { Format } from '../../shared/domain/carte/dessin.ts';
import { NOMBRE_USUEL } from '../../shared/domain/carte/classer.ts';
import type { MesureComposee } from '../../shared/domain/carte/composer.ts';
import { libelleBase } from '../../shared/domain/loyers/npl/libelles.ts';
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

/** Les nouveaux maximums du scénario retenu, par ensemble : une feuille par base, surfaces utile et corrigée ne se mêlant pas. */
function mesuresNpl({ npl }: DonneesPaquet): MesureComposee[] {
  const lignes = npl?.resultat.lignes ?? [];
  return (['SU', 'SC'] as const).flatMap((base) => {
    const siennes = lignes.filter((l) => l.base === base);
    if (siennes.length === 0) return [];
    const { nom = '', annee = '' } = npl?.resultat.scenario ?? {};
    return [{
      mesure: 'loyerMaxM2' as const, bornes: null, precisions: [],
      valeurs: new Map(siennes.map((l) => [l.ensemble, l.apresEnsembleM2 ?? null])),
      nommee: {
        titre: `Maximum de la politique des loyers « ${nom} » (${annee}), € par m² de ${libelleBase(base).toLowerCase()}`,
        aide: 'Masse maximale après le scénario retenu, rapportée à la surface comptée de l’ensemble (L445-3) ; un ensemble qu’il ne fixe pas garde son maximum',
      },
    }];
  });
}

/** carte-loyers.pdf : le loyer, l'écart au maximum s'il y en a, les maximums du scénario retenu ; en A3, d'après les données du dépôt et rien d'autre. */
export async function writeCarteLoyers(donnees: DonneesPaquet): Promise<Uint8Array> {
  const { carte } = donnees;
  const loyers = donnees.loyers.find((l) => l.surface === 'SH' && l.par === 'ensemble')?.lignes ?? [];
  const declarees = (['loyerM2', ...(loyers.some((l) => l.ecartM2 !== null) ? ['ecartM2' as const] : [])] as const).map((mesure): MesureComposee => (
    { mesure, bornes: null, valeurs: new Map(loyers.map((l) => [l.code, mesure === 'ecartM2' ? l.ecartM2 : l.loyerM2])), precisions: [] }
  ));
  const contours = contoursDepartements.features.map((f) => ({ geometrie: f.geometry, nom: f.properties.nom }));
  const communes = new Map(donnees.ensembles.map((e) => [e.id, e.commune]));
  const svgs = [...declarees, ...mesuresNpl(donnees)].flatMap((mesure) => {
    const dessin = composeDessin({
      format: 'A3', methode: 'quantiles', nombre: NOMBRE_USUEL, grille: null,
      mesures: [mesure],
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
