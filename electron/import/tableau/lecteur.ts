import { CHAMPS, CHAMPS_GARDES, CHAMPS_OBLIGATOIRES, findChamp, rang } from '../../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../../shared/domain/rpls/champs.ts';
import { decodeCellule, repareCode } from '../../../shared/domain/rpls/cellule.ts';
import { ILLISIBLE } from '../../../shared/domain/rpls/decoder.ts';
import type { Valeur } from '../../../shared/domain/rpls/decoder.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import type { Enregistreur } from '../enregistreur.ts';
import { nomsColonnes } from './rangees.ts';
import type { Rangee } from './rangees.ts';

export type Correspondance = {
  /** Ligne des titres, à partir de 1 ; 0 : pas de titres (« Colonne 1 »…). */
  entete: number;
  colonnes: Readonly<Record<string, string>>;
  valeurs: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export type LectureTableau = { entete: Buffer | null; colonnesIgnorees: string[]; champs: string[]; colonnes: string[] };
type Colonne = { rang: number; champ: Champ };

const SORTIEPATRIM = rang('SORTIEPATRIM');

/**
 * Lit un tableau de logements suivant une correspondance colonne → champ RPLS. `strict` : une rangée
 * plus courte ou plus longue que les titres est rejetée (texte) ; sinon complétée (classeur).
 */
export async function lireTableau(rangees: AsyncIterable<Rangee>, correspondance: Correspondance, strict: boolean, enregistreur: Enregistreur): Promise<LectureTableau> {
  let lecteur: LecteurTableau | null = null;
  let entete: Buffer | null = null;
  for await (const rangee of rangees) {
    if (rangee.ligne < correspondance.entete) continue;
    if (lecteur === null) {
      const titres = correspondance.entete > 0;
      lecteur = new LecteurTableau(titres ? nomsColonnes(rangee.cellules) : rangee.cellules.map((_, i) => `Colonne ${i + 1}`), correspondance, strict, enregistreur);
      if (titres) {
        entete = rangee.brut();
        continue;
      }
    }
    lecteur.lire(rangee);
  }
  if (lecteur === null) throw invalide('tableau-vide', 'Le tableau n’a ni titres ni logements.', 'Vérifier la feuille et la ligne des titres choisies.');
  return { entete, colonnesIgnorees: lecteur.ignorees, champs: lecteur.champs, colonnes: lecteur.noms };
}

class LecteurTableau {
  readonly noms: string[];
  readonly ignorees: string[];
  readonly champs: string[];
  readonly #colonnes: Colonne[] = [];
  readonly #parChamp = new Map<string, number>();
  readonly #largeur: number;
  readonly #valeurs: Valeur[] = CHAMPS_GARDES.map(() => null);
  readonly #correspondance: Correspondance;
  readonly #strict: boolean;
  readonly #enregistreur: Enregistreur;

  constructor(noms: string[], correspondance: Correspondance, strict: boolean, enregistreur: Enregistreur) {
    this.#correspondance = correspondance;
    this.#strict = strict;
    this.#enregistreur = enregistreur;
    this.noms = noms;
    this.#largeur = noms.length;
    this.ignorees = noms.filter((nom) => !Object.hasOwn(correspondance.colonnes, nom));
    verifier(noms, correspondance.colonnes);
    for (const [i, nom] of noms.entries()) {
      const champ = findChamp(correspondance.colonnes[nom] ?? '');
      if (champ === null) continue;
      this.#colonnes.push({ rang: i, champ });
      this.#parChamp.set(champ.nom, i);
    }
    this.champs = this.#colonnes.map((c) => c.champ.nom);
  }

  lire({ ligne, cellules, brut }: Rangee): void {
    const e = this.#enregistreur;
    e.commencer(ligne, brut);
    if (this.#strict && cellules.length !== this.#largeur && !resteVide(cellules, this.#largeur)) {
      return e.rejeter('nombre-de-champs', '', `${cellules.length} au lieu de ${this.#largeur}`);
    }
    const depcom = this.#depcom(cellules);
    if (!e.identifier(this.#cellule(cellules, 'IDENT_INT'), depcom.code, this.#sortie(cellules))) return;
    if (depcom.repare !== null) e.remarquer('code-repare', 'DEPCOM', depcom.repare);
    this.#valeurs.fill(null);
    for (const { rang: i, champ } of this.#colonnes) {
      if (champ.nom === 'DEPCOM') {
        this.#valeurs[champ.position - 1] = depcom.code;
        continue;
      }
      const texte = cellules[i] ?? '';
      const { valeur, repare } = decodeCellule(champ, texte, this.#correspondance.valeurs[champ.nom]);
      if (repare !== null) e.remarquer('code-repare', champ.nom, texte.trim());
      if (valeur === ILLISIBLE) e.remarquer('code-inconnu', champ.nom, texte.trim());
      this.#valeurs[champ.position - 1] = valeur === ILLISIBLE ? null : valeur;
    }
    e.accepter(this.#valeurs, null);
  }

  #cellule(cellules: readonly string[], champ: string): string {
    const i = this.#parChamp.get(champ);
    return i === undefined ? '' : (cellules[i]?.trim() ?? '');
  }

  #depcom(cellules: readonly string[]): { code: string; repare: string | null } {
    const texte = this.#cellule(cellules, 'DEPCOM').toUpperCase();
    const champ = findChamp('DEPCOM');
    const repare = champ === null ? null : repareCode(champ, texte);
    return repare !== null && resolveDepcom(repare).commune !== null ? { code: repare, repare: texte } : { code: texte, repare: null };
  }

  /** Le motif de sortie tel qu'une déclaration l'écrirait ; un texte sans sens reste tel quel, et fait rejeter la ligne. */
  #sortie(cellules: readonly string[]): string {
    const texte = this.#cellule(cellules, 'SORTIEPATRIM');
    const champ = CHAMPS[SORTIEPATRIM];
    if (texte === '' || champ === undefined) return '';
    const { valeur } = decodeCellule(champ, texte, this.#correspondance.valeurs['SORTIEPATRIM']);
    if (valeur === ILLISIBLE) return texte;
    return valeur === null ? '9' : String(valeur);
  }
}

/** Des séparateurs en trop à la fin, sans rien entre eux, ne font pas une rangée fausse. */
const resteVide = (cellules: readonly string[], largeur: number): boolean => cellules.length > largeur && cellules.slice(largeur).every((c) => c.trim() === '');

function verifier(noms: readonly string[], colonnes: Readonly<Record<string, string>>): void {
  const absentes = Object.keys(colonnes).filter((nom) => !noms.includes(nom));
  if (absentes.length > 0) {
    throw invalide('colonne-absente', `Le fichier n’a pas la colonne « ${absentes.join(' », « ')} » que le profil nomme.`, 'Choisir le profil de ce fichier, ou corriger le nom de la colonne.');
  }
  const cibles = Object.values(colonnes);
  const inconnue = cibles.find((c) => findChamp(c) === null);
  if (inconnue !== undefined) throw invalide('cible-inconnue', `« ${inconnue} » n’est pas un champ RPLS.`, 'Donner un nom de champ RPLS (IDENT_INT, DEPCOM, FINAN…).');
  const double = cibles.find((c, i) => cibles.indexOf(c) !== i);
  if (double !== undefined) throw invalide('cible-double', `Deux colonnes du fichier donnent le champ ${double}.`, 'N’en garder qu’une dans le profil.');
  const manque = CHAMPS_OBLIGATOIRES.filter((c) => !cibles.includes(c));
  if (manque.length > 0) {
    const libelles = manque.map((c) => `${findChamp(c)?.libelle} (${c})`).join(', ');
    throw invalide('profil-incomplet', `Aucune colonne ne donne : ${libelles}.`, 'Indiquer dans le profil la colonne du fichier qui le donne.');
  }
}
