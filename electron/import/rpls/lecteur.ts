import { closeSync, openSync } from 'node:fs';
import { NOMBRE_CHAMPS, CHAMPS, rang } from '../../../shared/domain/rpls/champs.ts';
import { ILLISIBLE, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import type { Valeur } from '../../../shared/domain/rpls/decoder.ts';
import { isComplement, parseEntete } from '../../../shared/domain/rpls/entete.ts';
import type { Entete } from '../../../shared/domain/rpls/entete.ts';
import type { Complement, Enregistreur } from '../enregistreur.ts';
import { autreOrganisme, enteteInvalide, ligneTropLongue } from '../erreurs.ts';
import type { Encodage, Examen } from '../fichier.ts';
import { DANS_LA_SOURCE } from '../logement-prepare.ts';
import type { Source, ValeurPreparee } from '../logement-prepare.ts';
import { decodeurDe } from '../texte.ts';
import { Decoupe } from './decoupe.ts';
import { lireLigneCitee } from './guillemets.ts';
import { AUTREMENT, LIRE_OCTETS } from './octets.ts';

export type OptionsLecture = {
  /** SIREN de l'organisme du dossier : un fichier d'un autre est refusé. */
  siren: string;
  /** Appelé à chaque bloc lu ; lever une erreur y arrête la lecture. */
  suivre(octets: number): void;
  /** Textes des lignes déjà rejetées en double d'un logement en vigueur ; sert aux compléments. */
  doublons: ReadonlySet<string>;
  /** Octets lus à la fois ; un million si rien n'est dit. */
  bloc?: number;
  /** Attendu entre deux blocs : de quoi laisser passer une saisie quand la lecture n'a pas son propre fil. */
  pause(): Promise<void>;
};

export type LectureRpls = { entete: Entete; octetsEntete: Buffer };

const IDENT_INT = rang('IDENT_INT');
const DEPCOM = rang('DEPCOM');
const SORTIEPATRIM = rang('SORTIEPATRIM');
const NEUF = 57;
/** Textes que l'enregistreur lit pour former les ensembles ; les autres restent dans les octets de la ligne. */
const LUS = CHAMPS.map((c) => ['NUMVOIE', 'INDREP', 'TYPVOIE', 'NOMVOIE', 'BAT', 'IMMEU', 'COMPLGEO', 'LIEUDIT', 'CODSEGPATRIM'].includes(c.nom));
const C1 = /[\x80-\x9f]/g;
/** Ce que Windows-1252 a de plus que Latin-1, dans l'ordre (€, ’, œ…). */
const WINDOWS_1252 = decodeurDe('windows-1252')(Buffer.from(Array.from({ length: 32 }, (_, i) => 0x80 + i)));

/** Lit une déclaration RPLS déjà examinée ; chaque ligne de logement passe par `enregistreur`. */
export async function lireRpls(chemin: string, examen: Examen, enregistreur: Enregistreur, options: OptionsLecture): Promise<LectureRpls> {
  const descripteur = openSync(chemin, 'r');
  try {
    const decoupe = new Decoupe(descripteur, examen.marque, options.suivre, options.bloc);
    const lecture = lireEntete(decoupe, chemin, examen.encodage);
    const { entete } = lecture;
    if (entete.siren !== null && entete.siren !== options.siren) throw autreOrganisme(chemin, entete.siren, options.siren);
    if (isComplement(entete)) enregistreur.completer(complementDe(examen.encodage, options.doublons));
    const lignes = new LecteurLignes(decoupe, examen.encodage, enregistreur);
    let bloc = decoupe.remplissages;
    for (;;) {
      if (decoupe.remplissages !== bloc) {
        bloc = decoupe.remplissages;
        await options.pause();
      }
      const suivante = decoupe.suivante();
      if (suivante === 'trop-longue') throw ligneTropLongue(chemin, decoupe.ligne + 1);
      if (!suivante) break;
      lignes.lire();
    }
    if (entete.siren === null) enregistreur.remarquerFichier('siret-invalide', entete.siret);
    if (lignes.champsMaximum > NOMBRE_CHAMPS) enregistreur.remarquerFichier('champs-supplementaires', String(lignes.champsMaximum));
    if (entete.annonce !== null && entete.annonce !== enregistreur.lignes) enregistreur.remarquerFichier('nombre-annonce', String(entete.annonce));
    return lecture;
  } finally {
    closeSync(descripteur);
  }
}

function lireEntete(decoupe: Decoupe, chemin: string, encodage: Encodage): LectureRpls {
  const suivante = decoupe.suivante();
  if (suivante === 'trop-longue') throw ligneTropLongue(chemin, 1);
  if (!suivante) throw enteteInvalide(chemin, 0);
  const decoder = decodeurDe(encodage);
  const octetsEntete = decoupe.copie(false);
  const champs = decoupe.guillemet ? lireLigneCitee(decoupe, decoder).champs : decoder(octetsEntete).split(';');
  const entete = parseEntete(champs);
  if (entete === null) throw enteteInvalide(chemin, champs.length);
  return { entete, octetsEntete };
}

function complementDe(encodage: Encodage, doublons: ReadonlySet<string>): Complement {
  const decoder = decodeurDe(encodage);
  return { isDoublonConnu: (brut) => doublons.size > 0 && doublons.has(decoder(brut)) };
}

class LecteurLignes {
  champsMaximum = 0;
  readonly #decoupe: Decoupe;
  readonly #utf8: boolean;
  readonly #decoder: (octets: Buffer) => string;
  readonly #enregistreur: Enregistreur;
  readonly #valeurs: ValeurPreparee[] = Array.from({ length: NOMBRE_CHAMPS }, () => null);
  readonly #source: Source;
  readonly #brut: () => Buffer;
  /** Remplissage du tampon où les valeurs gardées sont celles de la ligne d'avant ; -1 : elles ne le sont pas. */
  #reprise = -1;
  /** Texte de la ligne, formé au premier champ qui en a besoin ; sans objet en UTF-8 accentué. */
  #texte: string | null = null;
  #depcom = '';

  constructor(decoupe: Decoupe, encodage: Encodage, enregistreur: Enregistreur) {
    this.#decoupe = decoupe;
    this.#utf8 = encodage === 'utf-8';
    this.#decoder = decodeurDe(encodage);
    this.#enregistreur = enregistreur;
    this.#source = { octets: decoupe.octets, debuts: decoupe.debuts, traduire: false };
    this.#brut = () => decoupe.copie(false);
  }

  lire(): void {
    const reprise = this.#reprise === this.#decoupe.remplissages;
    // Seule une ligne simple et acceptée laisse des valeurs où la suivante peut puiser.
    this.#reprise = -1;
    if (this.#vide()) return;
    if (this.#decoupe.guillemet) this.#lireCitee();
    else this.#lireSimple(reprise);
  }

  /** Ligne vide ou d'espaces : ni logement, ni comptée. */
  #vide(): boolean {
    const { octets, debut, fin, nombreChamps } = this.#decoupe;
    if (nombreChamps > 1) return false;
    for (let i = debut; i < fin; i++) if ((octets[i] ?? 0) > 32) return false;
    return true;
  }

  #lireSimple(reprise: boolean): void {
    const d = this.#decoupe;
    const e = this.#enregistreur;
    e.commencer(d.ligne, this.#brut);
    if (d.nombreChamps < NOMBRE_CHAMPS) return e.rejeter('nombre-de-champs', '', String(d.nombreChamps));
    this.#texte = null;
    if (!this.#identifier(reprise)) return;
    const valeurs = this.#valeurs;
    const { octets, debuts, precedents } = d;
    for (let i = 0; i < NOMBRE_CHAMPS; i++) {
      const debut = debuts[i] ?? 0;
      const fin = (debuts[i + 1] ?? 0) - 1;
      if (debut >= fin) {
        valeurs[i] = null;
        continue;
      }
      const lire = LIRE_OCTETS[i];
      if (lire === null || lire === undefined) {
        // D'un logement à son voisin, l'adresse se répète : le même objet resservira.
        if (reprise && LUS[i] === true && memeChamp(octets, debuts, precedents, i)) continue;
        valeurs[i] = LUS[i] === true || isBordure(octets[debut]) || isBordure(octets[fin - 1]) ? sansEspaces(this.#champ(i)) : DANS_LA_SOURCE;
        continue;
      }
      const lu = lire(octets, debut, fin);
      valeurs[i] = lu === AUTREMENT ? this.#decoder1(i, this.#champ(i)) : lu === ILLISIBLE ? null : lu;
    }
    this.#reprise = d.remplissages;
    const source = this.#source;
    source.debuts = debuts;
    source.traduire = d.accent && !this.#utf8;
    e.accepter(valeurs, d.nombreChamps > NOMBRE_CHAMPS ? this.#supplement(debuts[NOMBRE_CHAMPS] ?? 0, d.fin) : null, source);
  }

  #identifier(reprise: boolean): boolean {
    const { octets, debuts, precedents } = this.#decoupe;
    // D'un logement à son voisin, la commune se répète.
    if (!reprise || !memeChamp(octets, debuts, precedents, DEPCOM)) this.#depcom = this.#champ(DEPCOM).trim();
    const debut = debuts[IDENT_INT] ?? 0;
    const fin = (debuts[IDENT_INT + 1] ?? 0) - 1;
    if (isAscii(octets, debut, fin)) return this.#enregistreur.identifierOctets(octets, debut, fin, null, this.#depcom, this.#sortie());
    return this.#enregistreur.identifier(this.#champ(IDENT_INT).trim(), this.#depcom, this.#sortie());
  }

  #sortie(): string {
    const { octets, debuts } = this.#decoupe;
    const debut = debuts[SORTIEPATRIM] ?? 0;
    const longueur = (debuts[SORTIEPATRIM + 1] ?? 0) - 1 - debut;
    if (longueur === 0) return '';
    return longueur === 1 && octets[debut] === NEUF ? '9' : this.#champ(SORTIEPATRIM).trim();
  }

  #lireCitee(): void {
    const ligne = this.#decoupe.ligne;
    const { champs, brut } = lireLigneCitee(this.#decoupe, this.#decoder);
    const e = this.#enregistreur;
    e.commencer(ligne, () => brut);
    if (champs.length < NOMBRE_CHAMPS) return e.rejeter('nombre-de-champs', '', String(champs.length));
    const champ = (i: number): string => champs[i]?.trim() ?? '';
    if (!e.identifier(champ(IDENT_INT), champ(DEPCOM), champ(SORTIEPATRIM))) return;
    for (let i = 0; i < NOMBRE_CHAMPS; i++) this.#valeurs[i] = this.#decoder1(i, champ(i));
    e.accepter(this.#valeurs, this.#garder(champs.slice(NOMBRE_CHAMPS).join(';')));
  }

  #decoder1(i: number, texte: string): Valeur {
    const champ = CHAMPS[i];
    if (champ === undefined) return null;
    const lu = decodeTexte(champ, texte);
    if (lu !== ILLISIBLE) return lu;
    this.#enregistreur.remarquer('code-inconnu', champ.nom, texte.trim());
    return null;
  }

  #champ(i: number): string {
    const d = this.#decoupe;
    const debut = d.debuts[i] ?? 0;
    const fin = (d.debuts[i + 1] ?? 0) - 1;
    if (d.accent && this.#utf8) return d.octets.toString('utf8', debut, fin);
    this.#texte ??= this.#ligneEnTexte();
    return this.#texte.slice(debut - d.debut, fin - d.debut);
  }

  /** En Windows-1252, un octet est toujours un caractère : les rangs des octets sont ceux du texte. */
  #ligneEnTexte(): string {
    const d = this.#decoupe;
    const texte = d.octets.toString('latin1', d.debut, d.fin);
    return d.special ? texte.replace(C1, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80] ?? c) : texte;
  }

  #supplement(debut: number, fin: number): string | null {
    return this.#garder(this.#decoder(this.#decoupe.octets.subarray(debut, fin)));
  }

  /** Les champs au-delà du 63e, s'ils disent quelque chose. */
  #garder(reste: string): string | null {
    if (!/[^;\s]/.test(reste)) return null;
    this.champsMaximum = Math.max(this.champsMaximum, NOMBRE_CHAMPS + reste.split(';').length);
    return reste;
  }
}

/** Octet qui peut être une espace au bord d'un champ, ou le début d'une espace large. */
const isBordure = (octet: number | undefined): boolean => octet === undefined || octet <= 32 || octet >= 0x80;

function sansEspaces(texte: string): string | null {
  const net = texte.trim();
  return net === '' ? null : net;
}

function memeChamp(octets: Uint8Array, debuts: Int32Array, precedents: Int32Array, i: number): boolean {
  const debut = debuts[i] ?? 0;
  const fin = (debuts[i + 1] ?? 0) - 1;
  const autre = precedents[i] ?? 0;
  if (fin - debut !== (precedents[i + 1] ?? 0) - 1 - autre) return false;
  for (let p = debut, q = autre; p < fin; p++, q++) if (octets[p] !== octets[q]) return false;
  return true;
}

/** Caractères visibles de l'ASCII seulement : les octets sont alors le texte, sans rien à ôter. */
function isAscii(octets: Uint8Array, debut: number, fin: number): boolean {
  for (let i = debut; i < fin; i++) {
    const octet = octets[i] ?? 0;
    if (octet >= 0x80 || octet < 32) return false;
  }
  return debut >= fin || (octets[debut] !== 32 && octets[fin - 1] !== 32);
}
