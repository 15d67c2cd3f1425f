import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { formatInstant } from './format.ts';
import { association } from './pdf/association.ts';
import { ENCRE, STYLES, pdfText, renderPdf } from './pdf/moteur.ts';
import { chapitre } from './pdf/tables.ts';
import { couverture, identite, signatures, suites } from './pdf/parties.ts';
import { ensembles, etatDesLieux, loyers } from './pdf/patrimoine.ts';
import { occupation } from './pdf/occupation.ts';
import { politiqueLoyers } from './pdf/npl.ts';
import { planVentes } from './pdf/ventes.ts';
import { consolidation } from './pdf/consolidation.ts';
import { engagements } from './pdf/engagements.ts';
import { serviceRendu } from './pdf/service-rendu.ts';

/** convention.pdf : tous les chiffres du dépôt, en document à lire et à signer. */
export function writeConventionPdf(donnees: DonneesPaquet): Promise<Uint8Array> {
  return renderPdf(defineConvention(donnees));
}

const SUJETS: [string, (donnees: DonneesPaquet) => Content[]][] = [
  ['Identité et calendrier', identite],
  ['État des lieux du patrimoine', etatDesLieux],
  ['Ensembles immobiliers', ensembles],
  ['Occupation sociale', occupation],
  ['Service rendu', serviceRendu],
  ['Loyers', loyers],
  ['Engagements', (donnees) => [...engagements(donnees), ...consolidation(donnees)]],
  ['Politique des loyers', politiqueLoyers],
  ['Plan de mise en vente', planVentes],
  ['Association et concertation', association],
  ['Constats et suites', suites],
  ['Signatures', signatures],
];

function defineConvention(donnees: DonneesPaquet): TDocumentDefinitions {
  const { organisme, periode, version } = donnees;
  const date = new Date(donnees.date);
  const titre = `Convention d’utilité sociale ${periode}`;
  return {
    pageSize: 'A4',
    pageMargins: [48, 62, 48, 56],
    language: 'fr-FR',
    displayTitle: true,
    version: '1.7',
    info: {
      title: pdfText(`${titre}, ${organisme.nom}, v${version}`), author: pdfText(organisme.nom), subject: 'Convention d’utilité sociale (L445-1)',
      creator: 'Atelier CUS', producer: 'Atelier CUS', creationDate: date, modDate: date,
    },
    defaultStyle: { font: 'Roboto', fontSize: 8.5, lineHeight: 1.2, color: ENCRE },
    styles: STYLES,
    header: (page: number) => (page === 1 ? null : { text: pdfText(`${organisme.nom.slice(0, 80)} · ${titre} · dépôt v${version}`), style: 'note', margin: [48, 28, 48, 0] }),
    footer: (page: number, pages: number) =>
      page === 1
        ? null
        : {
            columns: [
              { text: pdfText(`Dépôt du ${formatInstant(donnees.date)} (heure de Paris), règles du millésime ${donnees.millesime}`), width: '*', style: 'note' },
              { text: `${page} / ${pages}`, width: 60, alignment: 'right', style: 'note' },
            ],
            margin: [48, 16, 48, 0],
          },
    content: [
      couverture(donnees),
      { toc: { title: { text: 'Sommaire', style: 'chapitre' } }, pageBreak: 'before', margin: [0, 0, 0, 28] },
      ...SUJETS.flatMap(([nom, ecrire], i): Content[] => [chapitre(i + 1, nom, i > 0), ...ecrire(donnees)]),
    ],
  };
}
