import type { Millesime } from '../../millesimes/types.ts';
import { findChamp, findIndicateur } from '../../millesimes/index.ts';
import { formatChamp, parseChamp } from './champ.ts';
import type { ChampCible } from './champ.ts';
import { premiereAnnee } from './matrice.ts';

export type Passage = {
  /** Champs dont le nom et le sens restent. */
  gardes: string[];
  deplaces: { de: string; vers: string }[];
  /** Ce que les nouvelles règles ne demandent plus : gardé dans le dossier, hors de la matrice. */
  perdus: { champ: string; raison: string }[];
  indicateurs: { ajoutes: string[]; retires: string[]; renommes: { de: string; vers: string }[]; libelles: string[] };
};

/** Ce que des cibles et des références deviennent d'un millésime à un autre. Ne change rien. */
export function computePassage(de: Millesime, vers: Millesime, dateEffet: string | null, champs: readonly string[]): Passage {
  const p: Passage = { gardes: [], deplaces: [], perdus: [], indicateurs: compareIndicateurs(de, vers) };
  for (const champ of champs) {
    const lu = parseChamp(champ);
    if (lu === null) continue;
    const cible = destination(de, vers, dateEffet, lu);
    if (typeof cible === 'string') p.perdus.push({ champ, raison: cible });
    else if (formatChamp(cible) === champ) p.gardes.push(champ);
    else p.deplaces.push({ de: champ, vers: formatChamp(cible) });
  }
  return p;
}

/**
 * Ce que deviennent les champs simples tapés (développements, options) : `developpement/PP-3` suit son indicateur
 * renommé ; un champ que le nouveau millésime n'a pas reste dans le dossier, hors des écrans, et il est dit.
 */
export function computePassageChamps(de: Millesime, vers: Millesime, champs: readonly string[]): Pick<Passage, 'deplaces' | 'perdus'> {
  const passage: Pick<Passage, 'deplaces' | 'perdus'> = { deplaces: [], perdus: [] };
  for (const champ of champs) {
    if (findChamp(de, champ) === undefined || findChamp(vers, champ) !== undefined) continue;
    const code = champ.startsWith('developpement/') ? champ.slice('developpement/'.length) : null;
    const ancien = code === null ? undefined : findIndicateur(de, code);
    const suite = code === null ? undefined : (findIndicateur(vers, code) ?? ancien?.alias.map((a) => findIndicateur(vers, a)).find((i) => i !== undefined));
    const neuf = suite === undefined ? null : `developpement/${suite.code}`;
    if (neuf !== null && findChamp(vers, neuf) !== undefined && !champs.includes(neuf)) passage.deplaces.push({ de: champ, vers: neuf });
    else passage.perdus.push({ champ, raison: `Le millésime ${vers.nom} n’a pas ce champ.` });
  }
  return passage;
}

/** Le nom d'une cible dans l'autre millésime, ou pourquoi elle n'y a plus de place. */
function destination(de: Millesime, vers: Millesime, dateEffet: string | null, lu: ChampCible): ChampCible | string {
  const ancien = findIndicateur(de, lu.indicateur);
  // Un alias dit la parenté dans un sens ou dans l'autre : revenir en arrière est le même passage.
  const indicateur = findIndicateur(vers, lu.indicateur) ?? ancien?.alias.map((a) => findIndicateur(vers, a)).find((i) => i !== undefined);
  if (indicateur === undefined) return `L’indicateur ${lu.indicateur} n’est pas du millésime ${vers.nom}.`;
  if (!indicateur.ventilations.some((v) => v.code === lu.ventilation)) return `${indicateur.code} n’a plus de ventilation « ${lu.ventilation} ».`;
  const cible = { ...lu, indicateur: indicateur.code };
  if (cible.genre === 'reference') return cible;
  const annee = premiereAnnee(dateEffet);
  const annuel = /^\d{4}$/u.test(cible.horizon);
  if (annuel !== (indicateur.periodicite === 'annuelle')) return `${indicateur.code} se fixe maintenant ${indicateur.periodicite === 'annuelle' ? 'par année' : 'à plusieurs années'}.`;
  if (annuel && annee !== null && (Number(cible.horizon) < annee || Number(cible.horizon) >= annee + vers.dureeAnnees)) return `${cible.horizon} n’est plus une année de la convention.`;
  if (!annuel && !vers.horizons.some((h) => h.code === cible.horizon)) return `L’horizon ${cible.horizon} n’existe plus.`;
  return cible;
}

function compareIndicateurs(de: Millesime, vers: Millesime): Passage['indicateurs'] {
  const parent = (m: Millesime, code: string, alias: readonly string[]) => findIndicateur(m, code) ?? alias.map((a) => findIndicateur(m, a)).find((i) => i !== undefined);
  const renommes = vers.indicateurs.flatMap((i) => {
    const avant = parent(de, i.code, i.alias);
    return avant !== undefined && avant.code !== i.code ? [{ de: avant.code, vers: i.code }] : [];
  });
  return {
    ajoutes: vers.indicateurs.filter((i) => parent(de, i.code, i.alias) === undefined).map((i) => i.code),
    retires: de.indicateurs.filter((i) => parent(vers, i.code, i.alias) === undefined && !renommes.some((r) => r.de === i.code)).map((i) => i.code),
    renommes,
    libelles: vers.indicateurs.filter((i) => {
      const avant = parent(de, i.code, i.alias);
      return avant !== undefined && avant.libelle !== i.libelle;
    }).map((i) => i.code),
  };
}
