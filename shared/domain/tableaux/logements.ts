import { normaliser } from '../ensembles/cle.ts';
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
  champDuContenu(valeurs, pris) {
    if (!pris.has('DEPCOM') && partCommunes(valeurs) >= 0.8) return 'DEPCOM';
    // « Type » ne dit rien ; « T3 » dit un nombre de pièces.
    return !pris.has('NBPIECE') && valeurs.every((v) => /^[TF]\s?[1-9]/i.test(v)) ? 'NBPIECE' : null;
  },
  comprend(cible, texte) {
    const champ = findChamp(cible);
    return champ === null || decodeCellule(champ, texte).valeur !== ILLISIBLE;
  },
  valeursUsuelles: VALEURS_USUELLES,
  exigences,
  manque: (champs, parcConnu) =>
    exigences(parcConnu).filter((groupe) => !groupe.some((c) => champs.has(c))).map((groupe) => groupe.slice(0, 1).map((c) => `${findChamp(c)?.libelle ?? c} (${c})`).join('')),
  constantes(titres, cibles) {
    const surface = cibles.indexOf('SURFMODE');
    if (surface < 0 || cibles.includes('MODESURF')) return {};
    // Une surface sans son mode ne compte dans aucun loyer au m² : le titre le dit souvent.
    const titre = normaliser(titres[surface] ?? '');
    return titre.includes('UTILE') ? { MODESURF: '1' } : titre.includes('CORRIGEE') ? { MODESURF: '2' } : {};
  },
};

/** Sans commune, un tableau complète des logements que le dossier a déjà, par leur identifiant ou par celui du répertoire. */
function exigences(parcConnu: boolean): readonly (readonly string[])[] {
  return parcConnu ? [['IDENT_INT', 'IDENT_REP']] : CHAMPS_OBLIGATOIRES.map((c) => [c]);
}

function genreDe(c: Champ): GenreCible {
  return c.codes !== null ? 'code' : c.type === 'lettre' ? 'texte' : c.type;
}

function partCommunes(valeurs: readonly string[]): number {
  const code = (v: string): string => (/^\d{4}$/.test(v) ? `0${v}` : v);
  return valeurs.filter((v) => resolveDepcom(code(v)).commune !== null).length / valeurs.length;
}
