/** Lecteur d'agenda écrit d'après la RFC 5545 seule : il refuse ce qu'elle refuse. */
export type Ics = { proprietes: Record<string, string>; evenements: Record<string, string>[] };

const OBLIGATOIRES = ['UID', 'DTSTAMP'];

export function readIcs(texte: string): Ics {
  if (!texte.endsWith('END:VCALENDAR\r\n')) throw new Error('fin de fichier');
  if (/(?<!\r)\n|\r(?!\n)/u.test(texte)) throw new Error('fin de ligne autre que CRLF (3.1)');
  const brutes = texte.split('\r\n').filter((l) => l !== '');
  for (const l of brutes) if (Buffer.byteLength(l) > 75) throw new Error(`ligne de plus de 75 octets (3.1) : ${l}`);
  const lignes: string[] = [];
  for (const l of brutes) {
    if (!/^[ \t]/u.test(l)) lignes.push(l);
    else lignes.push(`${lignes.pop() ?? ''}${l.slice(1)}`);
  }
  const pile: string[] = [];
  const ics: Ics = { proprietes: {}, evenements: [] };
  for (const l of lignes) {
    const [, nom = '', valeur = ''] = /^([A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=[^:;]+)*):(.*)$/u.exec(l) ?? [];
    if (nom === '') throw new Error(`ligne sans nom (3.1) : ${l}`);
    if (nom === 'BEGIN') {
      pile.push(valeur);
      if (valeur === 'VEVENT') ics.evenements.push({});
    } else if (nom === 'END') {
      if (pile.pop() !== valeur) throw new Error(`${valeur} fermé sans être ouvert`);
      if (valeur === 'VEVENT') checkEvenement(ics.evenements.at(-1) ?? {});
    } else if (pile.at(-1) === 'VCALENDAR') ics.proprietes[nom] = lire(valeur);
    else {
      const e = ics.evenements.at(-1) ?? {};
      // La description du rappel n'est pas celle de l'événement.
      if (pile.at(-1) === 'VEVENT' || nom === 'TRIGGER' || nom === 'ACTION') e[nom] = ['SUMMARY', 'DESCRIPTION'].includes(nom) ? lire(valeur) : valeur;
    }
  }
  if (pile.length > 0 || lignes[0] !== 'BEGIN:VCALENDAR') throw new Error('composants mal fermés');
  if (ics.proprietes['VERSION'] === undefined || ics.proprietes['PRODID'] === undefined) throw new Error('VERSION et PRODID sont obligatoires (3.6)');
  return ics;
}

function checkEvenement(e: Record<string, string>): void {
  for (const p of OBLIGATOIRES) if (e[p] === undefined) throw new Error(`${p} manque (3.6.1)`);
  if (e['DTSTART;VALUE=DATE'] === undefined) throw new Error('DTSTART manque');
  if (!/^\d{8}T\d{6}Z$/u.test(e['DTSTAMP'] ?? '')) throw new Error('DTSTAMP en temps universel (3.8.7.2)');
  const jusqua = /UNTIL=([^;]+)/u.exec(e['RRULE'] ?? '')?.[1];
  // 3.3.10 : UNTIL a la forme de DTSTART.
  if (jusqua !== undefined && !/^\d{8}$/u.test(jusqua)) throw new Error(`UNTIL : ${jusqua}`);
  if (e['ACTION'] !== undefined && e['TRIGGER'] === undefined) throw new Error('rappel sans TRIGGER (3.6.6)');
}

/** 3.3.11 : texte échappé. */
const lire = (t: string): string => {
  if (/(?<!\\)(?:\\\\)*[;,]/u.test(t)) throw new Error(`« ; » ou « , » non échappé (3.3.11) : ${t}`);
  return t.replace(/\\([\\;,nN])/gu, (_, c: string) => (c.toLowerCase() === 'n' ? '\n' : c));
};
