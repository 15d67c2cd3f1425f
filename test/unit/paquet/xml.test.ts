import { describe, expect, it } from 'vitest';
import { ErreurXml, parseXml } from '../../../electron/paquet/xml.ts';

const parse = (texte: string) => parseXml(Buffer.from(texte));

describe('lecteur XML strict', () => {
  it('résout espaces de noms, entités et attributs', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8" standalone='no'?>
<!-- un commentaire -->
<a:r xmlns:a="urn:a" xmlns="urn:d" x="1 &amp; 2"><e a:y='&#xE9;'>t&lt;1</e><b xmlns=""/></a:r>`;
    expect(parse(xml)).toEqual({
      espace: 'urn:a',
      nom: 'r',
      attributs: new Map([['x', '1 & 2']]),
      texte: '',
      enfants: [
        { espace: 'urn:d', nom: 'e', attributs: new Map([['{urn:a}y', 'é']]), enfants: [], texte: 't<1' },
        { espace: '', nom: 'b', attributs: new Map(), enfants: [], texte: '' },
      ],
    });
  });

  it.each([
    ['vide', ''],
    ['texte seul', 'bla'],
    ['non fermé', '<a>'],
    ['mal fermé', '<a></b>'],
    ['fermante seule', '</a>'],
    ['deux racines', '<a/><b/>'],
    ['texte après', '<a/>x'],
    ['attribut double', '<a x="1" x="2"/>'],
    ['attribut double par espace', '<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>'],
    ['sans guillemets', '<a x=1/>'],
    ['préfixe inconnu', '<p:a/>'],
    ['entité inconnue', '<a>&nbsp;</a>'],
    ['entité de prototype', '<a>&constructor;</a>'],
    ['esperluette seule', '<a>a & b</a>'],
    ['CDATA', '<a><![CDATA[x]]></a>'],
    ['instruction', '<a><?php ?></a>'],
    ['autre encodage', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
    ['caractère de contrôle', '<a>\u0001</a>'],
    ['attributs collés', '<a x="1"y="2"/>'],
    ['trop profond', '<a>'.repeat(40) + '</a>'.repeat(40)],
  ])('refuse : %s', (_, xml) => expect(() => parse(xml)).toThrow(ErreurXml));

  it('refuse ce qui n’est pas en UTF-8', () => expect(() => parseXml(Buffer.from('<a>é</a>', 'latin1'))).toThrow('UTF-8'));

  it.each(['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<!doctype a><a/>', '<a><!DOCTYPE b></a>'])('signale le DOCTYPE de %j', (xml) => {
    expect(() => parse(xml)).toThrow(expect.objectContaining({ doctype: true }));
  });
});
