import { buildMatrice } from '../../shared/domain/engagements/matrice.ts';
import type { Matrice, TerritoireNomme } from '../../shared/domain/engagements/matrice.ts';
import { readSaisies } from '../../shared/domain/engagements/lecture.ts';
import type { LectureSaisies } from '../../shared/domain/engagements/lecture.ts';
import { readMesures, tablesDues } from '../../shared/domain/engagements/tables.ts';
import { readOptions } from '../../shared/domain/engagements/options.ts';
import type { Millesime } from '../../shared/millesimes/types.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readChamps } from '../store/champs.ts';
import { parseChamp } from '../../shared/domain/engagements/champ.ts';
import { readCibles, readReferences } from '../store/engagements.ts';
import type { CibleGardee } from '../store/engagements.ts';
import { readSaisiesScenario } from '../store/scenarios-cibles.ts';
import { readValeurCible } from './cibles.ts';
import { millesimeDe } from './millesime.ts';
import { readTerritoires } from './territoires.ts';
import type { TerritoiresDossier } from './territoires.ts';

/** Tout ce que les engagements d'un dossier demandent, lu une fois. */
export type EtatEngagements = {
  millesime: Millesime;
  champs: Readonly<Record<string, string>>;
  territoires: TerritoiresDossier;
  matrice: Matrice;
  cibles: Map<string, CibleGardee>;
  references: Map<string, string>;
  /** Textes tapés, cibles et références. */
  saisies: Map<string, string>;
  lecture: LectureSaisies;
};

const nommer = (codes: readonly string[]): TerritoireNomme[] => codes.map((code) => ({ code, nom: nomTerritoire(code) }));

/** Les cibles et références d'un scénario, dans la forme de celles du dossier ; les commentaires restent au dossier. */
function readScenario(base: Base, scenario: number): { cibles: Map<string, CibleGardee>; references: Map<string, string> } {
  const cibles = new Map<string, CibleGardee>();
  const references = new Map<string, string>();
  for (const [champ, saisie] of readSaisiesScenario(base, scenario)) {
    const lu = parseChamp(champ);
    const { valeur } = readValeurCible(saisie);
    if (lu?.genre === 'reference') references.set(champ, saisie);
    else if (lu !== null && valeur !== null) cibles.set(champ, { ...lu, champ, ...valeur, commentaire: null });
  }
  return { cibles, references };
}

/** L'état des engagements du dossier, ou du scénario donné : mêmes règles, mêmes territoires, autres valeurs. */
export function readEngagements(base: Base, scenario: number | null = null): EtatEngagements {
  const millesime = millesimeDe(base);
  const champs = Object.fromEntries(readChamps(base));
  const territoires = readTerritoires(base);
  const options = readOptions(millesime, champs);
  const ps1 = options.territoiresPs1 ?? territoires.ps1.filter((t) => t.propose).map((t) => t.code);
  const { parc } = territoires.stockDe('organisme');
  const matrice = buildMatrice({
    millesime,
    dateEffet: champs['calendrier/date-effet'] ?? null,
    organisme: champs['organisme/nom'] ?? nomTerritoire('organisme'),
    territoires: { departements: nommer(territoires.departements), epciPs1: nommer(ps1), demandes: nommer(options.territoiresDemandes), regions: nommer(territoires.regions), listes: Object.fromEntries(Object.entries(options.listes).map(([c, codes]) => [c, nommer(codes)])) },
    tables: tablesDues(millesime, readMesures(champs, parc)),
    // Avant tout import, aucun territoire n'a de logement : cela ne dispense de rien.
    sansStock: (territoire) => parc > 0 && territoires.stockDe(territoire).parc === 0,
    indicateursDemandes: options.indicateurs.map((i) => ({ code: i.code, territoires: nommer(i.territoires) })),
  });
  const { cibles, references } = scenario === null ? { cibles: readCibles(base), references: readReferences(base) } : readScenario(base, scenario);
  const saisies = new Map([...references, ...[...cibles].map(([champ, c]): [string, string] => [champ, c.saisie])]);
  return { millesime, champs, territoires, matrice, cibles, references, saisies, lecture: readSaisies(saisies) };
}
