import type { z } from 'zod';
import type { ProfilImport, Sortie } from '../../../shared/contract.ts';
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

type ProfilDonne = z.input<typeof ProfilImport>;
/** D'où vient le champ d'une colonne : du profil, ou de son titre ; `null` : elle n'est pas lue. */
type Correspondance = { nom: string; champ: string | null; origine: 'profil' | 'titre' | null };
export type ProfilComplete = { profil: ProfilDonne; colonnes: Correspondance[] };

/**
 * Le profil donné, et pour des attributions les champs qu'il ne nomme pas, cherchés par les titres. Une colonne au
 * champ vide n'est pas lue. Les autres natures complètent le parc : ce que leur profil ne nomme pas n'y est pas touché.
 */
export async function completerProfil(appel: Appel, chemin: string, donne: ProfilDonne): Promise<ProfilComplete> {
  const { entete, separateur, feuille, encodage } = donne;
  const colonnes = Object.fromEntries(Object.entries(donne.colonnes).filter(([, champ]) => champ !== ''));
  const a = await appel.appeler('import.analyser', {
    chemin, type: donne.type, entete: entete ?? 1, ...(separateur === undefined ? {} : { separateur }), ...(feuille === undefined ? {} : { feuille }), ...(encodage === undefined || encodage === 'auto' ? {} : { encodage }),
  });
  const pris = new Set([...Object.values(colonnes), ...Object.keys(donne.constantes ?? {})]);
  const lues = a.colonnes.map(({ nom, cible }): Correspondance => {
    const dit = colonnes[nom];
    if (dit !== undefined) return { nom, champ: dit, origine: 'profil' };
    const titre = donne.type !== 'attributions' || donne.colonnes[nom] !== undefined || cible === null || pris.has(cible) ? null : cible;
    return { nom, champ: titre, origine: titre === null ? null : 'titre' };
  });
  const trouvees = lues.flatMap((c) => (c.origine === 'titre' && c.champ !== null ? [[c.nom, c.champ] as const] : []));
  const valeurs = Object.fromEntries(trouvees.flatMap(([, champ]) => (a.profil?.valeurs[champ] === undefined ? [] : [[champ, a.profil.valeurs[champ]] as const])));
  return { profil: { ...donne, colonnes: { ...colonnes, ...Object.fromEntries(trouvees) }, valeurs: { ...valeurs, ...donne.valeurs } }, colonnes: lues };
}

/** « Colonnes : du profil, … ; reconnues à leur titre, … » */
export function direCorrespondance({ colonnes }: ProfilComplete): string {
  const de = (origine: Correspondance['origine']): string => colonnes.filter((c) => c.origine === origine).map((c) => (c.champ === null ? c.nom : `${c.nom} → ${c.champ}`)).join(', ');
  return ([['Colonnes du profil', de('profil')], ['Colonnes reconnues à leur titre', de('titre')], ['Colonnes non lues', de(null)]] as const).filter(([, liste]) => liste !== '').map(([nom, liste]) => `${nom} : ${liste}.`).join('\n');
}

/** `--champs` : ce que chaque colonne du fichier donnerait, et les champs possibles ; rien n'est importé. */
export async function montrerChamps(appel: Appel, chemin: string, type: TypeTableau | undefined, complete: ProfilComplete | null): Promise<Reponse> {
  const a = await appel.appeler('import.analyser', { chemin, ...(type === undefined ? {} : { type }) });
  const colonnes: Correspondance[] = complete?.colonnes ?? a.colonnes.map((c) => ({ nom: c.nom, champ: c.cible, origine: c.cible === null ? null : 'titre' }));
  const donnes = new Map(colonnes.flatMap((c) => (c.champ === null ? [] : [[c.champ, complete !== null && c.origine === 'profil' ? `${c.nom} (profil)` : c.nom] as const])));
  const titres = new Map(colonnes.flatMap((c) => (c.champ === null ? [] : [[c.champ, c.nom] as const])));
  const exiges = new Set(a.exigences.flat());
  const champs = a.cibles.map(({ nom, libelle, genre, codes }) => ({ nom, libelle, genre, codes, obligatoire: exiges.has(nom), colonne: titres.get(nom) ?? null }));
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
