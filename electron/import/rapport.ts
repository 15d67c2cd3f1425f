import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { messageAnomalie } from '../../shared/domain/rpls/anomalies.ts';
import { COMMENTAIRE_COMPLEMENT } from '../../shared/domain/rpls/entete.ts';
import { neutralise } from '../documents/csv.ts';
import type { Encodage } from './fichier.ts';
import { decodeurDe } from './texte.ts';

type LigneAnomalie = { ligne: number; champ: string; valeur: string; code: string; rejet: number; brut: Buffer | null };
export type Origine = { type: 'rpls' | 'logements'; encodage: Encodage; entete: Buffer | null };

/** Écrit par fichier provisoire, puis renomme : jamais de rapport à moitié écrit à sa place. */
function writeAtomic(chemin: string, remplir: (ecrire: (morceau: string | Uint8Array) => void) => void): void {
  const provisoire = join(dirname(chemin), `.${parse(chemin).base}.${process.pid}.provisoire`);
  const descripteur = openSync(provisoire, 'w');
  let ferme = false;
  try {
    let tampon: Buffer[] = [];
    let taille = 0;
    const vider = (): void => {
      for (let reste = Buffer.concat(tampon); reste.length > 0; ) reste = reste.subarray(writeSync(descripteur, reste));
      tampon = [];
      taille = 0;
    };
    remplir((morceau) => {
      const octets = typeof morceau === 'string' ? Buffer.from(morceau, 'utf8') : Buffer.from(morceau);
      tampon.push(octets);
      if ((taille += octets.length) > 1 << 20) vider();
    });
    vider();
    fsyncSync(descripteur);
    closeSync(descripteur);
    ferme = true;
    renameSync(provisoire, chemin);
  } catch (e) {
    if (!ferme) closeSync(descripteur);
    rmSync(provisoire, { force: true });
    throw e;
  }
}

const citer = (texte: string): string => (/[;"\r\n]/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte);

/**
 * « A.csv » → « A.rejets.csv », ou « A.rejets-2.csv » si ce nom est pris : le fichier que
 * l'utilisateur est peut-être en train de corriger n'est jamais écrasé.
 */
export function cheminRejets(rapport: string): string {
  const p = parse(rapport);
  for (let n = 1; ; n++) {
    const chemin = join(p.dir, `${p.name}.rejets${n === 1 ? '' : `-${n}`}.csv`);
    if (!existsSync(chemin)) return chemin;
  }
}

/**
 * Écrit le rapport (`;`, UTF-8 avec marque) : une ligne par anomalie, avec la ligne d'origine. Quand
 * l'origine s'y prête et qu'il y a des rejets, écrit à côté les lignes rejetées, octets exacts, sous
 * leur première ligne : un fichier à corriger et à importer. Rend le nombre d'anomalies.
 */
export function writeRapport(chemin: string, origine: Origine, anomalies: () => Iterable<LigneAnomalie>): number {
  let nombre = 0;
  let rejets = 0;
  const decoder = decodeurDe(origine.encodage);
  writeAtomic(chemin, (ecrire) => {
    ecrire('\ufeffligne;champ;valeur;code;message;ligne_originale\r\n');
    let ligne = -1;
    let originale = '';
    for (const a of anomalies()) {
      if (a.ligne !== ligne || a.brut !== null) originale = a.brut === null ? '' : decoder(a.brut);
      ligne = a.ligne;
      nombre++;
      rejets += a.rejet;
      ecrire([String(a.ligne), a.champ, neutralise(a.valeur), a.code, messageAnomalie(a.code, a.champ, a.valeur), originale].map(citer).join(';') + '\r\n');
    }
  });
  const { entete } = origine;
  if (entete !== null && rejets > 0) writeRejets(cheminRejets(chemin), origine.type, entete, rejets, anomalies);
  return nombre;
}

function writeRejets(chemin: string, type: Origine['type'], entete: Buffer, rejets: number, anomalies: () => Iterable<LigneAnomalie>): void {
  const fin = Buffer.from('\r\n');
  writeAtomic(chemin, (ecrire) => {
    ecrire(type === 'rpls' ? enteteComplement(entete, rejets) : entete);
    ecrire(fin);
    for (const a of anomalies()) {
      if (a.rejet === 0 || a.brut === null) continue;
      ecrire(a.brut);
      ecrire(fin);
    }
  });
}

/**
 * La première ligne d'origine, avec le nombre de ses lignes (champ 11) et un commentaire (champ 12)
 * qui dit que le fichier complète : sans lui, tous les autres logements paraîtraient disparus.
 */
export function enteteComplement(entete: Buffer, lignes: number): Buffer {
  const champs = entete.toString('latin1').split(';');
  if (champs.length !== 12 || entete.includes(34)) return entete;
  champs[10] = String(lignes);
  champs[11] = COMMENTAIRE_COMPLEMENT;
  return Buffer.from(champs.join(';'), 'latin1');
}
