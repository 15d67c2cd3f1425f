import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { normaliser } from '../../shared/domain/ensembles/cle.ts';
import { normaliserVoie } from '../../shared/domain/positions/adresse.ts';
import { zonesDe } from '../../shared/domain/positions/zones.ts';
import { invalide } from '../../shared/erreurs.ts';
import { findCommune, resolveDepcom } from '../../shared/territoires/index.ts';
import type { FicheBan, LigneBan } from '../../shared/domain/positions/ban.ts';

const COLONNES = ['numero', 'rep', 'nom_voie', 'code_insee', 'lon', 'lat'] as const;
const LIGNE_MAX = 64 * 1024;
/** Un extrait national décompressé dépasse 5 Go : c'est un département qui est attendu. */
const OCTETS_MAX = 2 * 1024 * 1024 * 1024;

export type SuiviBan = { signal: AbortSignal; progres(fait: number, total: number): void };

/**
 * Lit un extrait départemental de la BAN (CSV « ; », UTF-8, compressé par gzip ou non), en flux, et donne
 * chaque adresse numérotée à `ajouter`. Rend la fiche, sans sa date. Les lignes sans commune connue, sans
 * voie ou sans point en France sont comptées. Erreurs : `ban-illisible`, `ban-colonnes`, `ban-vide`, `ban-trop-gros`.
 */
export async function readBan(chemin: string, suivi: SuiviBan, ajouter: (l: LigneBan) => void): Promise<Omit<FicheBan, 'chargeLe'>> {
  const { size } = await stat(chemin);
  const empreinte = createHash('sha256');
  let lus = 0;
  let sortis = 0;
  const mesure = new Transform({
    transform(bloc: Buffer, _encodage, suite) {
      empreinte.update(bloc);
      lus += bloc.length;
      suivi.progres(lus, size);
      suite(suivi.signal.aborted ? new Error('arret') : null, bloc);
    },
  });
  const borne = new Transform({
    transform(bloc: Buffer, _encodage, suite) {
      sortis += bloc.length;
      suite(sortis > OCTETS_MAX ? tropGros() : null, bloc);
    },
  });
  const departements = new Set<string>();
  let adresses = 0;
  let ecartees = 0;
  let rangs: Record<string, number> | null = null;
  const lecture = createReadStream(chemin, { highWaterMark: 1 << 18 });
  const etapes = (await isGzip(chemin)) ? [mesure, createGunzip(), borne] : [mesure, borne];
  const analyseur = parse({ delimiter: ';', bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: LIGNE_MAX });
  const chaine = [lecture, ...etapes, analyseur].reduce((a: Readable, b) => {
    a.on('error', (e) => void (b as Transform).destroy(e));
    return a.pipe(b as Transform);
  });
  try {
    for await (const brut of chaine) {
      const cellules = brut as string[];
      if (rangs === null) {
        rangs = Object.fromEntries(cellules.map((c, i) => [c.trim().toLowerCase(), i]));
        const manque = COLONNES.filter((c) => rangs?.[c] === undefined);
        if (manque.length > 0) throw invalide('ban-colonnes', `Ce fichier n’a pas les colonnes de la BAN : il manque ${manque.join(', ')}.`, 'Choisir un fichier « adresses-XX.csv » de la Base adresse nationale (format CSV, séparateur « ; »).');
        continue;
      }
      const ligne = readLigne(cellules, rangs);
      if (ligne === null) ecartees += 1;
      else {
        adresses += 1;
        departements.add(findCommune(ligne.commune)?.departement ?? '');
        ajouter(ligne);
      }
    }
  } catch (e) {
    if (e instanceof Error && (e.name === 'ErreurCus' || suivi.signal.aborted)) throw e;
    throw invalide('ban-illisible', `Le fichier « ${basename(chemin)} » ne se lit pas comme un extrait de la BAN.`, 'Choisir un fichier « adresses-XX.csv » ou « adresses-XX.csv.gz » entier.');
  } finally {
    lecture.destroy();
  }
  if (adresses === 0) throw invalide('ban-vide', `Le fichier « ${basename(chemin)} » n’a aucune adresse numérotée dans une commune connue.`, 'Choisir l’extrait d’un département où se trouve le parc.');
  return { nom: basename(chemin), departements: [...departements].filter((d) => d !== '').sort(), adresses, ecartees, empreinte: empreinte.digest('hex') };
}

function readLigne(cellules: readonly string[], rangs: Record<string, number>): LigneBan | null {
  const lire = (nom: string): string => cellules[rangs[nom] ?? -1]?.trim() ?? '';
  const insee = lire('code_insee').toUpperCase();
  const { commune } = resolveDepcom(insee);
  const numero = Number(lire('numero'));
  const [lon, lat] = [Number(lire('lon')), Number(lire('lat'))];
  const nom = lire('nom_voie');
  if (commune === null || nom === '' || !Number.isInteger(numero) || numero <= 0 || lire('lon') === '' || zonesDe({ lon, lat }).length === 0) return null;
  const ancienne = lire('code_insee_ancienne_commune').toUpperCase();
  const rep = lire('rep');
  return {
    commune, ancienne: ancienne !== '' ? ancienne : insee === commune ? '' : insee, voie: normaliserVoie(nom), numero, rep: normaliser(rep), lon, lat,
    libelle: `${numero}${rep === '' ? '' : ` ${rep}`} ${nom}, ${[lire('code_postal'), lire('nom_commune')].filter((t) => t !== '').join(' ')}`.trim(),
  };
}

async function isGzip(chemin: string): Promise<boolean> {
  const fichier = await open(chemin, 'r');
  try {
    const { buffer } = await fichier.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await fichier.close();
  }
}

const tropGros = (): Error => invalide('ban-trop-gros', 'Ce fichier dépasse 2 Go une fois décompressé.', 'Choisir l’extrait d’un seul département.');
