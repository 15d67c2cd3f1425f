/**
 * Lecteur XML strict, pour les manifestes seulement : UTF-8, bien formé, espaces de noms résolus.
 * Un DOCTYPE (entités, fichiers externes) est refusé avant d'être lu.
 */
export type Element = {
  espace: string;
  nom: string;
  attributs: ReadonlyMap<string, string>;
  enfants: readonly Element[];
  texte: string;
};

export class ErreurXml extends Error {
  readonly doctype: boolean;
  constructor(raison: string, doctype = false) {
    super(raison);
    this.doctype = doctype;
  }
}

type Ouvert = { qualifie: string; espaces: ReadonlyMap<string, string>; element: Element & { enfants: Element[] } };

const NOM = /[\p{L}_][\p{L}\p{N}._-]*(?::[\p{L}_][\p{L}\p{N}._-]*)?/uy;
const BLANC = /[ \t\r\n]*/y;
const PROFONDEUR_MAX = 32;
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const ENTITES: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);

/** L'élément racine. `ErreurXml` si le texte n'est pas bien formé ou porte un DOCTYPE. */
export function parseXml(octets: Uint8Array): Element {
  let texte: string;
  try {
    texte = new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    throw new ErreurXml('texte qui n’est pas en UTF-8');
  }
  return new Lecteur(texte).readDocument();
}

class Lecteur {
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  readDocument(): Element {
    if (/<!DOCTYPE/i.test(this.source)) throw new ErreurXml('DOCTYPE refusé', true);
    for (const c of this.source) {
      const code = c.codePointAt(0) ?? 0;
      if ((code < 0x20 && c !== '\t' && c !== '\n' && c !== '\r') || code === 0xfffe || code === 0xffff) throw new ErreurXml('caractère interdit');
    }
    if (this.source.startsWith('<?xml')) this.readDeclaration();
    const pile: Ouvert[] = [];
    let racine: Element | undefined;
    while (this.position < this.source.length) {
      const sommet = pile.at(-1);
      if (this.at('<!--')) this.skipCommentaire();
      else if (this.at('</')) {
        if (!sommet) throw new ErreurXml('balise fermante sans ouvrante');
        this.position += 2;
        if (this.readNom() !== sommet.qualifie) throw new ErreurXml(`balise ${sommet.qualifie} mal fermée`);
        this.skipBlanc();
        this.expect('>');
        pile.pop();
      } else if (this.at('<!') || this.at('<?')) throw new ErreurXml('instruction ou section qui n’est pas lue');
      else if (this.at('<')) {
        if (!sommet && racine) throw new ErreurXml('deux éléments racines');
        const { ouvert, vide } = this.readOuvrante(sommet?.espaces ?? new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));
        if (sommet) sommet.element.enfants.push(ouvert.element);
        else racine = ouvert.element;
        if (!vide) pile.push(ouvert);
        if (pile.length > PROFONDEUR_MAX) throw new ErreurXml('imbrication trop profonde');
      } else {
        const fin = this.source.indexOf('<', this.position);
        const texte = this.source.slice(this.position, fin < 0 ? undefined : fin);
        this.position += texte.length;
        if (sommet) sommet.element.texte += decodeTexte(texte);
        else if (texte.trim() !== '') throw new ErreurXml('texte hors de l’élément racine');
      }
    }
    if (pile.length > 0 || !racine) throw new ErreurXml('document incomplet');
    return racine;
  }

  private readDeclaration(): void {
    const fin = this.source.indexOf('?>');
    const declaration = this.source.slice(0, fin + 2);
    const forme = /^<\?xml\s+version=(["'])1\.[01]\1(?:\s+encoding=(["'])([A-Za-z0-9._-]+)\2)?(?:\s+standalone=(["'])(?:yes|no)\4)?\s*\?>$/;
    const lue = fin < 0 ? null : forme.exec(declaration);
    if (!lue) throw new ErreurXml('déclaration XML mal formée');
    if (lue[3] !== undefined && lue[3].toUpperCase() !== 'UTF-8') throw new ErreurXml(`encodage ${lue[3]} qui n’est pas lu`);
    this.position = declaration.length;
  }

  private skipCommentaire(): void {
    const fin = this.source.indexOf('--', this.position + 4);
    if (fin < 0 || this.source[fin + 2] !== '>') throw new ErreurXml('commentaire mal formé');
    this.position = fin + 3;
  }

  private readOuvrante(herites: ReadonlyMap<string, string>): { ouvert: Ouvert; vide: boolean } {
    this.expect('<');
    const qualifie = this.readNom();
    const bruts = new Map<string, string>();
    let vide = false;
    for (;;) {
      const avant = this.position;
      this.skipBlanc();
      if (this.at('/>')) {
        vide = true;
        this.position += 2;
        break;
      }
      if (this.at('>')) {
        this.position += 1;
        break;
      }
      if (this.position === avant) throw new ErreurXml('attributs mal séparés');
      const nom = this.readNom();
      this.skipBlanc();
      this.expect('=');
      this.skipBlanc();
      if (bruts.has(nom)) throw new ErreurXml(`attribut ${nom} en double`);
      bruts.set(nom, this.readValeur());
    }
    const espaces = new Map(herites);
    for (const [nom, valeur] of bruts) {
      if (nom === 'xmlns') espaces.set('', valeur);
      else if (nom.startsWith('xmlns:')) espaces.set(nom.slice(6), valeur);
    }
    const attributs = new Map<string, string>();
    for (const [nom, valeur] of bruts) {
      if (nom === 'xmlns' || nom.startsWith('xmlns:')) continue;
      // Un attribut sans préfixe n'a pas d'espace de noms, même sous un xmlns par défaut.
      const [espace, local] = nom.includes(':') ? resolve(nom, espaces) : ['', nom];
      const cle = espace === '' ? local : `{${espace}}${local}`;
      if (attributs.has(cle)) throw new ErreurXml(`attribut ${nom} en double`);
      attributs.set(cle, valeur);
    }
    const [espace, nom] = resolve(qualifie, espaces);
    return { vide, ouvert: { qualifie, espaces, element: { espace, nom, attributs, enfants: [], texte: '' } } };
  }

  private readValeur(): string {
    const guillemet = this.source[this.position];
    if (guillemet !== '"' && guillemet !== "'") throw new ErreurXml('valeur d’attribut sans guillemets');
    const fin = this.source.indexOf(guillemet, this.position + 1);
    if (fin < 0) throw new ErreurXml('valeur d’attribut non fermée');
    const brute = this.source.slice(this.position + 1, fin);
    if (brute.includes('<')) throw new ErreurXml('« < » dans une valeur d’attribut');
    this.position = fin + 1;
    return decodeTexte(brute.replaceAll(/[\t\r\n]/g, ' '));
  }

  private readNom(): string {
    NOM.lastIndex = this.position;
    const lu = NOM.exec(this.source)?.[0];
    if (lu === undefined) throw new ErreurXml('nom attendu');
    this.position += lu.length;
    return lu;
  }

  private skipBlanc(): void {
    BLANC.lastIndex = this.position;
    this.position += BLANC.exec(this.source)?.[0].length ?? 0;
  }

  private at(attendu: string): boolean {
    return this.source.startsWith(attendu, this.position);
  }

  private expect(attendu: string): void {
    if (!this.at(attendu)) throw new ErreurXml(`« ${attendu} » attendu`);
    this.position += attendu.length;
  }
}

function resolve(qualifie: string, espaces: ReadonlyMap<string, string>): [espace: string, local: string] {
  const [prefixe, local] = qualifie.includes(':') ? (qualifie.split(':') as [string, string]) : ['', qualifie];
  if (prefixe === 'xmlns') return [XMLNS, local];
  const espace = espaces.get(prefixe);
  if (espace === undefined && prefixe !== '') throw new ErreurXml(`préfixe ${prefixe} inconnu`);
  return [espace ?? '', local];
}

function decodeTexte(brut: string): string {
  return brut.replaceAll(/&([^;&]*);?/g, (tout, corps: string) => {
    const numerique = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(corps);
    const code = numerique ? parseInt(numerique[1] ?? numerique[2] ?? '', numerique[1] === undefined ? 10 : 16) : -1;
    const decode = numerique && code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : ENTITES.get(corps);
    if (!tout.endsWith(';') || decode === undefined) throw new ErreurXml('entité qui n’est pas lue');
    return decode;
  });
}
