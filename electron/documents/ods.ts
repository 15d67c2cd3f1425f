import { type EntreeZip, writeZip } from './archive.ts';
import { type Aspect, type CaseLue, type Classeur, type Feuille, type Format, nomFeuille, resolveCase, type Valeur } from './classeur.ts';
import { plainDecimal } from './format.ts';

const TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const NS = [
  'office', 'style', 'text', 'table', 'drawing:draw', 'meta', 'datastyle:number', 'config',
].map((n) => {
  const [nom = '', prefixe = nom] = n.split(':');
  return `xmlns:${prefixe}="urn:oasis:names:tc:opendocument:xmlns:${nom}:1.0"`;
});
const RACINE = [
  ...NS,
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'office:version="1.3"',
].join(' ');
const ENTETE_XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

const FORMATS: Record<Format, string> = {
  texte: '<number:text-style style:name="N-texte"><number:text-content/></number:text-style>',
  entier: nombre('entier', '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'),
  nombre: nombre('nombre', '<number:number number:decimal-places="10" number:min-decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'),
  decimal2: nombre('decimal2', '<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'),
  euros: nombre('euros', '<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text> €</number:text>'),
  pourcent: nombre('pourcent', '<number:number number:decimal-places="10" number:min-decimal-places="0" number:min-integer-digits="1"/><number:text> %</number:text>'),
  annee: nombre('annee', '<number:number number:decimal-places="0" number:min-integer-digits="1"/>'),
  date: '<number:date-style style:name="N-date"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>',
};

function nombre(nom: string, contenu: string): string {
  return `<number:number-style style:name="N-${nom}">${contenu}</number:number-style>`;
}

type Propriete = { cellule: string; texte: string };
const ASPECTS: Record<Aspect | 'entete' | 'simple', Propriete> = {
  simple: { cellule: 'style:vertical-align="top"', texte: '' },
  titre: { cellule: '', texte: 'fo:font-weight="bold" fo:font-size="16pt" fo:color="#0e5a4a"' },
  libelle: { cellule: 'style:vertical-align="top"', texte: 'fo:font-weight="bold"' },
  note: { cellule: 'style:vertical-align="top"', texte: 'fo:font-style="italic" fo:color="#5a6472"' },
  total: { cellule: 'fo:border-top="0.5pt solid #5a6472"', texte: 'fo:font-weight="bold"' },
  saisie: { cellule: 'fo:background-color="#e3f0ec" fo:wrap-option="wrap" style:cell-protect="none" style:vertical-align="top"', texte: '' },
  entete: { cellule: 'fo:background-color="#0e5a4a" fo:wrap-option="wrap" style:vertical-align="middle"', texte: 'fo:font-weight="bold" fo:color="#ffffff"' },
};

/** Écrit le même classeur en ODS (OpenDocument 1.3), formats de nombre et de date compris. */
export async function writeOds(classeur: Classeur): Promise<Uint8Array> {
  const noms = classeur.feuilles.map((f) => nomFeuille(f.nom));
  return await writeZip([...partiesFixes(classeur), { nom: 'content.xml', octets: octetsDe(content(classeur, noms)) }]);
}

const octetsDe = (s: string): Uint8Array => new TextEncoder().encode(s);

/** Tout ce qu'un ODS contient, sauf les cases ; le type d'abord, non compressé, comme la norme le veut. */
export function partiesFixes(classeur: Classeur): EntreeZip[] {
  const noms = classeur.feuilles.map((f) => nomFeuille(f.nom));
  return [
    { nom: 'mimetype', octets: octetsDe(TYPE), stocke: true },
    { nom: 'META-INF/manifest.xml', octets: octetsDe(manifest()) },
    { nom: 'meta.xml', octets: octetsDe(meta(classeur)) },
    { nom: 'settings.xml', octets: octetsDe(settings(classeur, noms)) },
    { nom: 'styles.xml', octets: octetsDe(styles()) },
  ];
}

/** Le content.xml d'une feuille simple : ce qui précède ses lignes, une ligne, ce qui les suit. */
export function contenuOds(feuille: Pick<Feuille, 'nom' | 'colonnes'>): { debut: string; ligne(valeurs: readonly Valeur[]): string; fin: string } {
  const formes = new Map<string, string>();
  const largeurs = new Set<number>();
  const styleDe = new Map((Object.keys(FORMATS) as Format[]).map((f) => [f, style(f, 'simple', formes)]));
  const vide = table({ ...feuille, lignes: [], figerEntete: true }, nomFeuille(feuille.nom), formes, largeurs, []);
  const fermeture = '</table:table>';
  return {
    debut: `${debutContenu(formes, largeurs, [])}${vide.slice(0, -fermeture.length)}`,
    ligne: (valeurs) =>
      `<table:table-row table:style-name="ligne">${valeurs.map((v, i) => {
        const lue = resolveCase(v, feuille.colonnes[i]);
        return cell(lue, styleDe.get(lue.format) ?? '', '');
      }).join('')}</table:table-row>`,
    fin: `${fermeture}${FIN_CONTENU}`,
  };
}

function manifest(): string {
  const entrees = ['content.xml', 'meta.xml', 'settings.xml', 'styles.xml']
    .map((f) => `<manifest:file-entry manifest:full-path="${f}" manifest:media-type="text/xml"/>`)
    .join('');
  return `${ENTETE_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${TYPE}"/>${entrees}</manifest:manifest>`;
}

/** Page A4 à l'italienne, une page de large ; police sans empattements par défaut. */
function styles(): string {
  return `${ENTETE_XML}<office:document-styles ${RACINE}><office:font-face-decls><style:font-face style:name="Calibri" svg:font-family="Calibri, Carlito, sans-serif"/></office:font-face-decls><office:styles><style:default-style style:family="table-cell"><style:text-properties style:font-name="Calibri" fo:font-size="11pt"/></style:default-style></office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles></office:document-styles>`;
}

function meta(c: Classeur): string {
  const date = new Date(c.date).toISOString().slice(0, 19);
  return `${ENTETE_XML}<office:document-meta ${RACINE}><office:meta><dc:title>${escape(c.titre)}</dc:title><meta:initial-creator>${escape(c.auteur)}</meta:initial-creator><dc:creator>${escape(c.auteur)}</dc:creator><meta:creation-date>${date}</meta:creation-date><dc:date>${date}</dc:date></office:meta></office:document-meta>`;
}

function settings(classeur: Classeur, noms: string[]): string {
  const item = (nom: string, type: string, v: string) => `<config:config-item config:name="${nom}" config:type="${type}">${v}</config:config-item>`;
  const feuilles = classeur.feuilles.map((f, i) => {
    const fige = f.figerEntete && !f.sansEntete
      ? item('VerticalSplitMode', 'short', '2') + item('VerticalSplitPosition', 'int', '1') + item('ActiveSplitRange', 'short', '2') + item('PositionBottom', 'int', '1')
      : item('VerticalSplitMode', 'short', '0');
    return `<config:config-item-map-entry config:name="${escape(noms[i] ?? '')}">${fige}</config:config-item-map-entry>`;
  });
  return `${ENTETE_XML}<office:document-settings ${RACINE}><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item><config:config-item-map-named config:name="Tables">${feuilles.join('')}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}

function content(classeur: Classeur, noms: string[]): string {
  const stylesCellule = new Map<string, string>();
  const largeurs = new Set<number>();
  const listes: string[] = [];
  const tables = classeur.feuilles.map((f, i) => table(f, noms[i] ?? '', stylesCellule, largeurs, listes));
  return `${debutContenu(stylesCellule, largeurs, listes)}${tables.join('')}${FIN_CONTENU}`;
}

const FIN_CONTENU = '</office:spreadsheet></office:body></office:document-content>';

function debutContenu(stylesCellule: ReadonlyMap<string, string>, largeurs: ReadonlySet<number>, listes: readonly string[]): string {
  const automatiques = [
    ...Object.values(FORMATS),
    ...[...largeurs].map((l) => `<style:style style:name="col-${l}" style:family="table-column"><style:table-column-properties style:column-width="${(l * 0.21).toFixed(2)}cm"/></style:style>`),
    '<style:style style:name="feuille" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>',
    '<style:style style:name="ligne" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>',
    ...stylesCellule.values(),
  ];
  const validations = listes.length > 0 ? `<table:content-validations>${listes.join('')}</table:content-validations>` : '';
  return `${ENTETE_XML}<office:document-content ${RACINE}><office:automatic-styles>${automatiques.join('')}</office:automatic-styles><office:body><office:spreadsheet>${validations}`;
}

function table(f: Feuille, nom: string, formes: Map<string, string>, largeurs: Set<number>, listes: string[]): string {
  const colonnes = f.colonnes.map((c, i) => {
    largeurs.add(c.largeur);
    return `<table:table-column table:style-name="col-${c.largeur}"${f.cachees?.includes(i) ? ' table:visibility="collapse"' : ''}/>`;
  });
  const debut = listes.length;
  for (const l of f.listes ?? [])
    listes.push(`<table:content-validation table:name="liste-${listes.length + 1}" table:condition="of:cell-content-is-in-list(${escape(l.valeurs.map((v) => `"${v}"`).join(';'))})" table:allow-empty-cell="true"/>`);
  const validation = (r: number, c: number): string => {
    const i = (f.listes ?? []).findIndex((l) => l.colonne === c && (!l.lignes || (r >= l.lignes[0] && r <= l.lignes[1])));
    return i < 0 ? '' : ` table:content-validation-name="liste-${debut + i + 1}"`;
  };
  const entete = f.sansEntete ? '' : `<table:table-header-rows><table:table-row table:style-name="ligne">${f.colonnes
    .map((c) => cell(resolveCase({ v: c.titre, format: 'texte' }, undefined), style('texte', 'entete', formes), '')).join('')}</table:table-row></table:table-header-rows>`;
  const lignes = f.lignes.map((ligne, r) => `<table:table-row table:style-name="ligne">${ligne
    .map((cellule, c) => {
      const lue = resolveCase(cellule, f.colonnes[c]);
      return cell(lue, style(lue.format, lue.aspect ?? 'simple', formes), validation(r, c));
    }).join('') || '<table:table-cell/>'}</table:table-row>`);
  const protege = f.protege ? ' table:protected="true"' : '';
  return `<table:table table:name="${escape(nom)}" table:style-name="feuille"${protege}>${colonnes.join('')}${entete}${lignes.join('')}</table:table>`;
}

function style(format: Format, aspect: Aspect | 'entete' | 'simple', formes: Map<string, string>): string {
  const nom = `c-${format}-${aspect}`;
  if (!formes.has(nom)) {
    const { cellule, texte } = ASPECTS[aspect];
    formes.set(nom, `<style:style style:name="${nom}" style:family="table-cell" style:data-style-name="N-${format}"><style:table-cell-properties ${cellule}/><style:text-properties ${texte}/></style:style>`);
  }
  return nom;
}

function cell({ v, format }: CaseLue, nomStyle: string, validation: string): string {
  const debut = `<table:table-cell table:style-name="${nomStyle}"${validation}`;
  if (v === null || v === '') return `${debut}/>`;
  if (typeof v === 'number') {
    const exact = plainDecimal(v);
    return `${debut} office:value-type="float" office:value="${exact}"><text:p>${exact}</text:p></table:table-cell>`;
  }
  if (format === 'date') return `${debut} office:value-type="date" office:date-value="${v}"><text:p>${v}</text:p></table:table-cell>`;
  const lignes = v.split('\n').map((l) => `<text:p>${spaces(escape(l))}</text:p>`);
  return `${debut} office:value-type="string">${lignes.join('')}</table:table-cell>`;
}

/** ODF fond les espaces qui se suivent et celles du bord : elles s'écrivent en éléments. LibreOffice perd `<text:tab/>` et garde la tabulation. */
function spaces(texte: string): string {
  return texte
    .replace(/\t/g, '&#9;')
    .replace(/^ +| +$| {2,}/g, (s) => `<text:s text:c="${s.length}"/>`);
}

function escape(texte: string): string {
  return texte.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
