import type { Sortie } from '../../../shared/contract.ts';
import { direAttendu, exigencesDe } from '../../../shared/domain/tableaux/champs.ts';
import { NATURES, findNature } from '../../../shared/domain/tableaux/natures.ts';
import type { TypeTableau } from '../../../shared/domain/tableaux/natures.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { tableau } from '../tableau.ts';
import type { Appel, Reponse } from '../verbe.ts';

type Analyse = Sortie<'import.analyser'>;

/** Refus qu'une colonne à désigner lèverait : les champs possibles se disent avec eux. */
const CODES: ReadonlySet<string> = new Set(['profil-incomplet', 'profil-absent', 'cible-inconnue']);
const CODES_MONTRES = 240;

/** Les champs d'un type de tableau, un par ligne ; `donnes` : ceux qui ont déjà une colonne, et laquelle. */
function direChamps(type: TypeTableau, donnes: ReadonlyMap<string, string>, exigences?: Analyse['exigences']): string {
  const nature = findNature(type);
  if (nature === null) return '';
  const groupes = exigences ?? exigencesDe(nature, true);
  const court = (t: string): string => (t.length > CODES_MONTRES ? `${t.slice(0, CODES_MONTRES)}…` : t);
  return `Champs d’un fichier de type « ${type} » :\n${tableau(
    [
      { titre: 'Champ', valeur: (c) => c.nom },
      { titre: 'Colonne', valeur: (c) => donnes.get(c.nom) ?? '–' },
      { titre: 'Libellé', valeur: (c) => c.libelle },
      { titre: 'Attendu', valeur: (c) => court(direAttendu(c, groupes)) },
    ],
    nature.cibles,
  )}\nUne colonne se désigne dans un profil : { "version": 1, "type": "${type}", "colonnes": { "Titre du fichier": "CHAMP" } }, donné par --profil.`;
}

const colonnesDonnees = (colonnes: Analyse['colonnes']): Map<string, string> => new Map(colonnes.flatMap((c) => (c.cible === null ? [] : [[c.cible, c.nom] as const])));

/** D'un fichier dont une colonne reste à désigner : les champs possibles et les colonnes laissées, dits avant le refus. */
export async function direColonnes(appel: Appel, chemin: string, type: TypeTableau | undefined, cause: unknown): Promise<void> {
  if (!(cause instanceof ErreurCus) || !CODES.has(cause.erreur.code)) return;
  try {
    const a = await appel.appeler('import.analyser', { chemin, ...(type === undefined ? {} : { type }) });
    if (a.type === 'rpls') return;
    const seules = a.colonnes.filter((c) => c.cible === null).map((c) => c.nom);
    appel.avertir([direChamps(a.type, colonnesDonnees(a.colonnes), a.exigences), ...(seules.length === 0 ? [] : [`Colonnes du fichier sans champ : ${seules.join(', ')}.`])].join('\n'));
  } catch {
    // L'analyse échoue peut-être pour la même raison : le refus qui suit suffit.
  }
}

/** `--champs` : ce que chaque colonne du fichier donnerait, et les champs possibles ; rien n'est importé. */
export async function montrerChamps(appel: Appel, chemin: string, type: TypeTableau | undefined): Promise<Reponse> {
  const a = await appel.appeler('import.analyser', { chemin, ...(type === undefined ? {} : { type }) });
  const donnes = colonnesDonnees(a.colonnes);
  const colonnes = a.colonnes.map((c) => ({ nom: c.nom, champ: c.cible }));
  const exiges = new Set(a.exigences.flat());
  const champs = a.cibles.map(({ nom, libelle, genre, codes }) => ({ nom, libelle, genre, codes, obligatoire: exiges.has(nom), colonne: donnes.get(nom) ?? null }));
  if (a.type === 'rpls') return { json: { type: a.type, colonnes, champs }, texte: 'Déclaration RPLS : ses 63 champs sont à leur place, rien n’est à désigner.' };
  const seules = colonnes.filter((c) => c.champ === null).map((c) => c.nom);
  return { json: { type: a.type, colonnes, champs }, texte: [direChamps(a.type, donnes, a.exigences), seules.length === 0 ? 'Toutes les colonnes du fichier ont un champ.' : `Colonnes du fichier sans champ : ${seules.join(', ')}.`].join('\n\n') };
}

/** Pour l'aide : les noms des champs de chaque type, les obligatoires marqués d'un astérisque. */
export const aideChamps = (): string =>
  NATURES.map((n) => {
    const exiges = new Set(exigencesDe(n, true).flat());
    return `  ${n.type} : ${n.cibles.map((c) => `${c.nom}${exiges.has(c.nom) ? '*' : ''}`).join(', ')}`;
  }).join('\n');
