import { CHAMPS, findChampAttribution } from '../attributions/champs.ts';
import { codeAttribution, isAbsente } from '../attributions/codes.ts';
import { isDate } from '../attributions/dates.ts';
import { TITRES } from '../attributions/titres.ts';
import { normaliser } from '../ensembles/cle.ts';
import { titrePersonnel } from '../occupation/personnel.ts';
import type { NatureTableau } from './nature.ts';

const parTitre = new Map<string, string>();
for (const c of CHAMPS) for (const t of [c.nom, c.libelle, ...(TITRES[c.nom] ?? [])]) if (!parTitre.has(normaliser(t))) parTitre.set(normaliser(t), c.nom);

function champDe(titre: string): string | null {
  if (titrePersonnel(titre) !== null) return null;
  return parTitre.get(normaliser(titre)) ?? parTitre.get(normaliser(titre.replace(/\([^)]*\)/gu, ''))) ?? null;
}

const isBail = (titre: string): boolean => /\b(?:BAIL|SIGNATURE|SIGNE)\b/u.test(normaliser(titre));

/** Un tableau d'attributions, une ligne par attribution : ses champs sont de l'application, aucun texte n'en fixe le format. */
export const ATTRIBUTIONS: NatureTableau = {
  type: 'attributions',
  nom: 'tableau d’attributions',
  cibles: CHAMPS,
  specifiques: new Set(['QUARTILE', 'PREMIER_QUARTILE', 'RELOGE', 'PRIORITAIRE', 'DALO', 'ECHEC_RESERVATAIRE', 'MUTATION', 'MUTATION_RU', 'VENANT_QPV', 'QPV_VERS_HORS', 'REFUS']),
  champDuTitre: champDe,
  // Deux dates, dans quelque ordre : celle de la décision, et celle du bail, de sa signature plutôt que de son effet.
  arranger(titres, champs) {
    const dates = titres.flatMap((titre, rang) => (champDe(titre) === 'DATE' ? [{ titre, rang }] : []));
    const decision = dates.find((d) => !isBail(d.titre));
    const bail = dates.find((d) => isBail(d.titre) && /\b(?:SIGNATURE|SIGNE)\b/u.test(normaliser(d.titre))) ?? dates.find((d) => isBail(d.titre));
    if (decision === undefined || bail === undefined) return [...champs];
    return champs.map((champ, rang) => (rang === decision.rang ? 'DATE' : rang === bail.rang ? 'DATE_BAIL' : champ === 'DATE' ? null : champ));
  },
  comprend(cible, texte) {
    if (isAbsente(texte) || (cible === 'BAIL_SIGNE' && isDate(texte))) return true;
    const champ = findChampAttribution(cible);
    if (champ?.codes != null) return codeAttribution(cible, texte) !== null;
    if (cible === 'DATE_BAIL') return isDate(texte);
    return champ?.genre !== 'nombre' || /^\d+(?:[.,]0+)?$/u.test(texte);
  },
  valeursUsuelles: {},
  manque: (champs) => (champs.has('DATE') ? [] : ['Date du bail ou de l’attribution (DATE)']),
  exigences: () => [['DATE']],
  refusees: (titre) => titrePersonnel(titre) !== null,
};
