import { isFormatDate } from '../dates.ts';
import { attribut } from './liens.ts';

const BALISE = (nom: string): RegExp => new RegExp(`<(?:\\w+:)?${nom}[\\s/>][^>]*>?`, 'g');

/** Formats que leur numéro suffit à dire date ou heure, sans code écrit dans le classeur. */
const isNumeroDate = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Rangs des styles de cellule (`s`) qui montrent un nombre comme une date. */
export function stylesDate(xml: string): boolean[] {
  const codes = new Map([...xml.matchAll(BALISE('numFmt'))].map(([b]) => [attribut(b, 'numFmtId'), attribut(b, 'formatCode')]));
  const cellules = /<(?:\w+:)?cellXfs[\s>][^]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? '';
  return [...cellules.matchAll(BALISE('xf'))].map(([b]) => {
    const id = attribut(b, 'numFmtId');
    const code = codes.get(id) ?? '';
    return code === '' ? isNumeroDate(Number(id)) : isFormatDate(code);
  });
}
