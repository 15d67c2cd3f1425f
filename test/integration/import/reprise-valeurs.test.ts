import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { Enregistreur } from '../../../electron/import/enregistreur.ts';
import type { Destination } from '../../../electron/import/enregistreur.ts';
import { examinerTexte } from '../../../electron/import/fichier.ts';
import { Groupes } from '../../../electron/import/groupes.ts';
import { DANS_LA_SOURCE } from '../../../electron/import/logement-prepare.ts';
import { lireRpls } from '../../../electron/import/rpls/lecteur.ts';
import { CHAMPS } from '../../../shared/domain/rpls/champs.ts';
import { ILLISIBLE, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { ENTETE, SIREN } from './aide.ts';

type Lu = { acceptees: { ligne: number; ident: string; valeurs: unknown[]; supplement: string | null }[]; rejetees: string[]; remarques: string[] };

/** Ce que l'import retient, les valeurs restées dans les octets relues comme la préparation le fait. */
async function lire(chemin: string, bloc: number): Promise<Lu> {
  const lu: Lu = { acceptees: [], rejetees: [], remarques: [] };
  const examen = examinerTexte(chemin, () => undefined);
  const destination: Destination = {
    logement({ ligne, identInt, valeurs, source, supplement }) {
      const texte = (i: number): string =>
        source === null ? 'absente' : iconv.decode(Buffer.from(source.octets.subarray(source.debuts[i] ?? 0, (source.debuts[i + 1] ?? 0) - 1)), source.traduire ? 'windows-1252' : 'utf-8');
      lu.acceptees.push({ ligne, ident: identInt ?? texte(1), valeurs: valeurs.map((v, i) => (v === DANS_LA_SOURCE ? texte(i) : v)), supplement });
    },
    anomalie({ ligne, code, champ, valeur, rejet, brut }) {
      if (rejet) lu.rejetees.push(`${ligne} ${code} ${iconv.decode(brut ?? Buffer.alloc(0), examen.encodage)}`);
      else if (code === 'code-inconnu') lu.remarques.push(`${ligne} ${champ} ${valeur}`);
    },
  };
  const enregistreur = new Enregistreur(destination, new Groupes([], 1, 1));
  await lireRpls(chemin, examen, enregistreur, { siren: SIREN, doublons: new Set(), bloc, suivre: () => undefined, pause: async () => undefined });
  return lu;
}

/** Les champs d'une ligne, caractère par caractère. */
function decouper(ligne: string): string[] {
  const champs = [''];
  let dedans = false;
  for (let i = 0; i < ligne.length; i++) {
    const [c, n] = [ligne[i], champs.length - 1];
    if (dedans && c === '"' && ligne[i + 1] === '"') champs[n] += ligne[i++] ?? '';
    else if (dedans ? c === '"' : c === '"' && champs[n] === '') dedans = !dedans;
    else if (c === ';' && !dedans) champs.push('');
    else champs[n] += c ?? '';
  }
  return champs;
}

/** La même chose sans rien garder d'une ligne à l'autre que les identifiants. */
function decoderNaivement(lignes: readonly string[]): Lu {
  const lu: Lu = { acceptees: [], rejetees: [], remarques: [] };
  const vus = new Set<string>();
  let numero = 2;
  for (const brut of lignes) {
    const ligne = numero;
    numero += brut.split('\n').length;
    if (brut.trim() === '') continue;
    const champs = decouper(brut);
    const c = (i: number): string => champs[i]?.trim() ?? '';
    const rejeter = (code: string) => lu.rejetees.push(`${ligne} ${code} ${brut}`);
    if (champs.length < 63) rejeter('nombre-de-champs');
    else if (c(1) === '') rejeter('identifiant-absent');
    else if (vus.has(c(1))) rejeter('doublon');
    else if (!['13055', '01001', '84007'].includes(c(3))) rejeter('commune-inconnue');
    else if (!['', '9', '1'].includes(c(36))) rejeter('sortie-invalide');
    else {
      vus.add(c(1));
      const lues = CHAMPS.map((champ, i) => decodeTexte(champ, c(i)));
      lues.forEach((v, i) => v === ILLISIBLE && lu.remarques.push(`${ligne} ${CHAMPS[i]?.nom} ${c(i)}`));
      const reste = champs.slice(63).join(';');
      lu.acceptees.push({
        ligne, ident: c(1), valeurs: lues.map((v, i) => (v === ILLISIBLE || (CHAMPS[i]?.nom === 'SURFHAB' && v === 0) ? null : v)),
        supplement: /[^;\s]/.test(reste) ? reste : null,
      });
    }
  }
  return lu;
}

const parmi = (...textes: string[]) => fc.constantFrom(...textes);
/** Peu de valeurs, pour qu'elles se répètent d'une ligne à l'autre ; de bien lues comme de mal lues. */
const VALEURS: Record<string, fc.Arbitrary<string>> = {
  DEPCOM: parmi('13055', '13055', '13055', '13055', '01001', '01001', '84007', '99999', ' 13055'),
  NUMVOIE: parmi('1', '12', '', ' 1'), INDREP: parmi('', 'B'), TYPVOIE: parmi('RUE', 'AV'), NOMVOIE: parmi('DES CÈDRES', 'DU STADE', 'DU STADE', 'DU STADE ', 'DŒ', 'MER', '"A;""B"', ''),
  BAT: parmi('', 'A', 'B', 'A', 'B', '"A"'), COMPLGEO: parmi('LES LILAS', 'LES ROSES', 'LES LILAS', 'LES ROSES', '"LES LILAS"'), LIEUDIT: parmi('', '', '', '', 'HAUT', 'HAUT', 'HAUT', '"HAUT\r\nBAS"', 'X "Y" Z'), LIBCOM: parmi('ÉTÉ', 'MER', ' MER'),
  QPV: parmi('1', '2', '', '3'), TYPECONST: parmi('C', 'I', 'c', '?'), SURFHAB: parmi('62', '62,5', '0', '', 'x'), CONSTRUCT: parmi('1980', '198', ''),
  FINAN: parmi('13', '10', '77', ''), SORTIEPATRIM: parmi('9', '9', '9', '9', '', '1', '7', ' 9'), LOYERPRINC: parmi('400', '9999', '400.125', ''), DPEDATE: parmi('01/1900', '03/2021', '13/2021'), DPEENERGIE: parmi('A', 'D', 'd'),
};
const logement = fc
  .record({ ident: fc.oneof({ weight: 5, arbitrary: fc.nat(9999).map((n) => `L${n}`) }, parmi('', 'A', 'RÉ-1', ' A', '"A"')), court: fc.constantFrom(false, false, false, false, true), suite: fc.constantFrom('', '', ';', ';reste;42', ';é'), ...VALEURS })
  .map(({ ident, court, suite, ...v }) => {
    const champs = CHAMPS.map((c) => (c.nom === 'IDENT_INT' ? ident : ((v as Record<string, string>)[c.nom] ?? '')));
    // Un champ sur deux lignes ne se joint que si la ligne entière a 63 champs.
    return court ? champs.slice(0, 40).join(';').replaceAll('\r\n', ' ') : champs.join(';') + suite;
  });
const suiteDeLignes = fc.array(fc.oneof({ weight: 12, arbitrary: logement }, { weight: 1, arbitrary: parmi('', '   ') }), { maxLength: 25 });

it('une valeur reprise de la ligne d’avant est celle de sa ligne, où que le tampon soit coupé', async () => {
  const chemin = join(tempDir(), 'parc.csv');
  await fc.assert(
    fc.asyncProperty(suiteDeLignes, parmi('windows-1252', 'utf-8'), parmi('\r\n', '\n'), fc.boolean(), fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 3000 }), fc.constant(1 << 20)), async (lignes, encodage, fin, finale, bloc) => {
      const contenu = [ENTETE, ...lignes].join(fin) + (finale ? fin : '');
      writeFileSync(chemin, iconv.encode(contenu, encodage));
      expect(await lire(chemin, bloc)).toEqual(decoderNaivement(lignes));
    }),
    { numRuns: 600 },
  );
}, 120_000);

it('chaque position de coupure, une à une', async () => {
  const chemin = join(tempDir(), 'parc.csv');
  const lignes = fc.sample(logement, { numRuns: 12, seed: 7 });
  const octets = iconv.encode([ENTETE, ...lignes].join('\r\n'), 'windows-1252');
  writeFileSync(chemin, octets);
  const naive = decoderNaivement(lignes);
  for (let bloc = 1; bloc <= octets.length + 1; bloc++) expect({ bloc, ...(await lire(chemin, bloc)) }).toEqual({ bloc, ...naive });
}, 120_000);
