import { AlignmentType, BorderStyle, Document, Footer, PageNumber, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import { avecArticle, deCommune } from '../../shared/territoires/noms.ts';
import { formatDate, formatDecimal } from '../../shared/domain/nombres/format.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { cleanText } from './classeur.ts';
import { formatDecimal2 } from './format.ts';
import { normaliserDocx } from './docx.ts';
import { libelleType } from './libelles.ts';

/** Un logement tel que la lettre le décrit. */
export type LogementLettre = {
  identifiant: string; adresse: string; commune: string; nomCommune: string; nomEnsemble: string; type: string | null; pieces: number | null; surface: number | null; construct: number | null; dpe: string | null; conso: string | null; annee: number | null;
};

export type LettreConsultation = {
  organisme: { nom: string; siren: string; adresse: string; contact: string[] };
  destinataire: { nom: string; adresse: string } & ({ commune: { code: string; departement: string } } | { commune: null; nature: 'collectivite' | 'groupement' });
  convention: string;
  date: string;
  article: string;
  /** Ce que dit la loi, tel que le millésime l'écrit. */
  loi: { obligation: string; silence: string; opposition: string };
  logements: readonly LogementLettre[];
};

const POLICE = 'Liberation Sans';
const texte = (contenu: string, options: { gras?: boolean; taille?: number; italique?: boolean } = {}): TextRun =>
  new TextRun({ text: cleanText(contenu), font: POLICE, size: options.taille ?? 20, bold: options.gras ?? false, italics: options.italique ?? false });
const ligne = (contenu: string, options: { gras?: boolean; droite?: boolean; apres?: number; taille?: number; italique?: boolean } = {}): Paragraph =>
  new Paragraph({ children: [texte(contenu, options)], alignment: options.droite === true ? AlignmentType.RIGHT : AlignmentType.LEFT, spacing: { after: options.apres ?? 120, line: 276 } });

type Colonne = { titre: string; largeur: number; droite?: boolean; lire: (l: LogementLettre) => string };
const COLONNES: readonly Colonne[] = [
  { titre: 'Adresse', largeur: 2900, lire: (l) => l.adresse },
  { titre: 'Identifiant', largeur: 1500, lire: (l) => l.identifiant },
  { titre: 'Type', largeur: 1250, lire: (l) => [l.type === null ? '' : libelleType(l.type), l.pieces === null ? '' : `${l.pieces} p.`].filter((t) => t !== '').join(', ') },
  { titre: 'Surface (m²)', largeur: 850, droite: true, lire: (l) => (l.surface === null ? '' : formatDecimal2(l.surface)) },
  { titre: 'Construit', largeur: 850, droite: true, lire: (l) => (l.construct === null ? '' : String(l.construct)) },
  { titre: 'DPE', largeur: 950, lire: (l) => [l.dpe ?? 'inconnu', l.conso === null ? '' : `${formatDecimal(l.conso)} kWhEP/m²/an`].filter((t) => t !== '').join(', ') },
  { titre: 'Mise en vente', largeur: 850, droite: true, lire: (l) => (l.annee === null ? 'à préciser' : String(l.annee)) },
];

function tableLogements(logements: readonly LogementLettre[], avecCommune: boolean): Table {
  const colonnes = avecCommune ? [{ titre: 'Commune', largeur: 1500, lire: (l: LogementLettre) => `${l.nomCommune} (${l.commune})` }, ...COLONNES] : COLONNES;
  const bord = { style: BorderStyle.SINGLE, size: 4, color: 'BFBAB0' };
  const cellule = (contenu: string, c: Colonne, gras: boolean): TableCell =>
    new TableCell({
      width: { size: c.largeur, type: WidthType.DXA }, margins: { top: 40, bottom: 40, left: 70, right: 70 },
      children: [new Paragraph({ alignment: c.droite === true ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [texte(contenu, { gras, taille: 17 })] })],
    });
  return new Table({
    width: { size: colonnes.reduce((n, c) => n + c.largeur, 0), type: WidthType.DXA },
    columnWidths: colonnes.map((c) => c.largeur),
    borders: { top: bord, bottom: bord, left: bord, right: bord, insideHorizontal: bord, insideVertical: bord },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: colonnes.map((c) => cellule(c.titre, c, true)) }),
      ...logements.map((l) => new TableRow({ cantSplit: true, children: colonnes.map((c) => cellule(c.lire(l), c, false)) })),
    ],
  });
}

function corps(l: LettreConsultation): (Paragraph | Table)[] {
  const { organisme: o, destinataire: d, loi } = l;
  const n = pluriel(l.logements.length, 'logement');
  const objet = `Objet : consultation sur le plan de mise en vente de logements, ${l.convention} (article ${l.article} du code de la construction et de l’habitation)`;
  const plusieurs = l.logements.length > 1;
  const vente = 'sur la mise en vente, pendant la durée de cette convention,';
  const liste = plusieurs ? 'Leur liste est ci-dessous.' : 'Il est décrit ci-dessous.';
  const departement = d.commune === null || d.commune.departement === '' ? '' : ` (${d.commune.departement})`;
  const demande = d.commune !== null
    ? `${o.nom} consulte la commune ${deCommune(d.nom)}${departement} ${vente} de ${n} situé${plusieurs ? 's' : ''} sur son territoire. ${liste}`
    : `${o.nom} consulte ${avecArticle(d.nom, d.nature)} ${vente} de ${n} dont la construction, l’acquisition ou l’amélioration a bénéficié de son financement ou de sa garantie d’emprunt. ${liste}`;
  return [
    ligne(o.nom, { gras: true, apres: 0 }),
    ligne(`SIREN ${o.siren}`, { apres: 0 }),
    ...[o.adresse, ...o.contact].filter((t) => t !== '').map((t) => ligne(t, { apres: 0 })),
    ligne(d.commune !== null ? `Mairie ${deCommune(d.nom)}` : d.nom, { gras: true, droite: true, apres: 0 }),
    ...(d.commune === null || d.commune.departement === '' ? [] : [ligne(d.commune.departement, { droite: true, apres: 0 })]),
    ...(d.adresse === '' ? [] : d.adresse.split('\n').map((t) => ligne(t, { droite: true, apres: 0 }))),
    ligne(`Le ${formatDate(l.date)}`, { droite: true, apres: 320 }),
    ligne(objet, { gras: true, apres: 240 }),
    ligne(d.commune !== null ? 'Madame, Monsieur le Maire,' : 'Madame, Monsieur,', { apres: 160 }),
    ligne(demande),
    ligne(loi.obligation),
    ...(d.commune !== null
      ? [ligne(loi.silence), ligne(loi.opposition)]
      : [ligne(`Une réponse dans les deux mois de la réception permettrait d’en tenir compte avant le dépôt de la convention. ${loi.silence}`)]),
    ligne('L’avis, favorable, défavorable ou avec réserves, peut être adressé à l’organisme par écrit, daté et signé.', { apres: 240 }),
    ligne(`Logements concernés (${n})${d.commune === null ? '' : `, commune ${deCommune(d.nom)}${departement}, code Insee ${d.commune.code}`}`, { gras: true }),
    tableLogements(l.logements, d.commune === null),
    ligne('', { apres: 120 }),
    ligne(`Pour ${o.nom}`, { droite: true, apres: 0 }),
    ligne('(nom, qualité, signature)', { droite: true, italique: true }),
  ];
}

/** Une lettre de consultation, en DOCX : mêmes données et même instant, mêmes octets. */
export async function writeLettre(l: LettreConsultation, instant: Date): Promise<Uint8Array> {
  const document = new Document({
    creator: l.organisme.nom, lastModifiedBy: l.organisme.nom, title: cleanText(`Consultation sur le plan de mise en vente, ${l.destinataire.nom}`), description: '',
    styles: { default: { document: { run: { font: POLICE, size: 20 } } } },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } } },
        footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ font: POLICE, size: 16, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
        children: corps(l),
      },
    ],
  });
  return normaliserDocx(await Packer.toBuffer(document), instant);
}
