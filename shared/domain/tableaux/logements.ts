import { resolveDepcom } from '../../territoires/index.ts';
import { decodeCellule } from '../rpls/cellule.ts';
import { CHAMPS_GARDES, CHAMPS_OBLIGATOIRES, findChamp } from '../rpls/champs.ts';
import type { Champ } from '../rpls/champs.ts';
import { VALEURS_USUELLES, champDuTitre } from '../rpls/colonnes.ts';
import { ILLISIBLE } from '../rpls/decoder.ts';
import type { GenreCible, NatureTableau } from './nature.ts';

/** Un tableau de logements : ses champs sont ceux de la déclaration RPLS. */
export const LOGEMENTS: NatureTableau = {
  type: 'logements',
  nom: 'tableau de logements',
  cibles: CHAMPS_GARDES.map((c) => ({ nom: c.nom, libelle: c.libelle, genre: genreDe(c), obligatoire: CHAMPS_OBLIGATOIRES.includes(c.nom), codes: c.codes })),
  specifiques: new Set(['SURFHAB', 'LOYERPRINC', 'FINAN', 'NBPIECE', 'CONSTRUCT', 'LOYERMAXAPL', 'DPEENERGIE', 'MODE']),
  champDuTitre,
  champDuContenu: (valeurs, pris) => (!pris.has('DEPCOM') && partCommunes(valeurs) >= 0.8 ? 'DEPCOM' : null),
  comprend(cible, texte) {
    const champ = findChamp(cible);
    return champ === null || decodeCellule(champ, texte, undefined).valeur !== ILLISIBLE;
  },
  valeursUsuelles: VALEURS_USUELLES,
  manque: (champs) => CHAMPS_OBLIGATOIRES.filter((c) => !champs.has(c)).map((c) => `${findChamp(c)?.libelle ?? c} (${c})`),
};

function genreDe(c: Champ): GenreCible {
  return c.codes !== null ? 'code' : c.type === 'lettre' ? 'texte' : c.type;
}

function partCommunes(valeurs: readonly string[]): number {
  const code = (v: string): string => (/^\d{4}$/.test(v) ? `0${v}` : v);
  return valeurs.filter((v) => resolveDepcom(code(v)).commune !== null).length / valeurs.length;
}
