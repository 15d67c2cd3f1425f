import { NOMBRE_CHAMPS, CHAMPS, rang } from '../../../shared/domain/rpls/champs.ts';
import { ILLISIBLE, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import type { Valeur } from '../../../shared/domain/rpls/decoder.ts';
import { parseEntete } from '../../../shared/domain/rpls/entete.ts';
import type { Entete } from '../../../shared/domain/rpls/entete.ts';
import type { Enregistreur } from '../enregistreur.ts';
import { autreOrganisme, enteteInvalide, ligneTropLongue } from '../erreurs.ts';
import type { Encodage, Examen } from '../fichier.ts';
import { withFichier } from '../fichier.ts';
import { decodeurDe } from '../texte.ts';
import { Decoupe } from './decoupe.ts';
import { lireLigneCitee } from './guillemets.ts';
import { AUTREMENT, LIRE_OCTETS } from './octets.ts';

export type OptionsLecture = {
  /** SIREN de l'organisme du dossier : un fichier d'un autre est refusé. */
  siren: string;
  /** Appelé à chaque bloc lu ; lever une erreur y arrête la lecture. */
  suivre(octets: number): void;
};

export type LectureRpls = { entete: Entete; octetsEntete: Buffer };

const IDENT_INT = rang('IDENT_INT');
const DEPCOM = rang('DEPCOM');
const SORTIEPATRIM = rang('SORTIEPATRIM');
const C1 = /[\x80-\x9f]/;
const TOUS_C1 = /[\x80-\x9f]/g;
/** Ce que Windows-1252 a de plus que Latin-1, dans l'ordre (€, ’, œ…). */
const WINDOWS_1252 = decodeurDe('windows-1252')(Buffer.from(Array.from({ length: 32 }, (_, i) => 0x80 + i)));

/** Lit une déclaration RPLS déjà examinée ; chaque ligne de logement passe par `enregistreur`. */
export function lireRpls(chemin: string, examen: Examen, enregistreur: Enregistreur, options: OptionsLecture): LectureRpls {
  return withFichier(chemin, (descripteur) => {
    const decoupe = new Decoupe(descripteur, examen.marque, options.suivre);
    const lecture = lireEntete(decoupe, chemin, examen.encodage);
    const { entete } = lecture;
    if (entete.siren !== null && entete.siren !== options.siren) throw autreOrganisme(chemin, entete.siren, options.siren);
    const lignes = new LecteurLignes(decoupe, examen.encodage, enregistreur);
    for (;;) {
      const suivante = decoupe.suivante();
      if (suivante === 'trop-longue') throw ligneTropLongue(chemin, decoupe.ligne + 1);
      if (!suivante) break;
      lignes.lire();
    }
    if (entete.siren === null) enregistreur.remarquerFichier('siret-invalide', entete.siret);
    if (lignes.champsMaximum > NOMBRE_CHAMPS) enregistreur.remarquerFichier('champs-supplementaires', String(lignes.champsMaximum));
    if (entete.annonce !== null && entete.annonce !== enregistreur.lignes) enregistreur.remarquerFichier('nombre-annonce', String(entete.annonce));
    return lecture;
  });
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

class LecteurLignes {
  champsMaximum = 0;
  readonly #decoupe: Decoupe;
  readonly #utf8: boolean;
  readonly #decoder: (octets: Buffer) => string;
  readonly #enregistreur: Enregistreur;
  readonly #valeurs: Valeur[] = Array.from({ length: NOMBRE_CHAMPS }, () => null);
  readonly #brut: () => Buffer;
  /** Remplissage du tampon où les valeurs gardées sont celles de la ligne d'avant ; -1 : elles ne le sont pas. */
  #reprise = -1;
  /** Texte de la ligne quand un octet y vaut un caractère ; vide sinon (UTF-8 accentué). */
  #texte = '';

  constructor(decoupe: Decoupe, encodage: Encodage, enregistreur: Enregistreur) {
    this.#decoupe = decoupe;
    this.#utf8 = encodage === 'utf-8';
    this.#decoder = decodeurDe(encodage);
    this.#enregistreur = enregistreur;
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
    this.#texte = d.accent && this.#utf8 ? '' : this.#ligneEnTexte();
    // L'identifiant est gardé longtemps : une chaîne à lui, pas une tranche de la ligne.
    const ident = d.accent ? this.#champ(IDENT_INT).trim() : d.octets.toString('latin1', d.debuts[IDENT_INT], (d.debuts[IDENT_INT + 1] ?? 0) - 1).trim();
    if (!e.identifier(ident, this.#champ(DEPCOM).trim(), this.#champ(SORTIEPATRIM).trim())) return;
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
        // D'un logement à son voisin, la plupart des textes se répètent : le même objet resservira.
        if (!reprise || !memesOctets(octets, debut, fin, precedents[i] ?? 0, (precedents[i + 1] ?? 0) - 1)) valeurs[i] = sansEspaces(this.#champ(i));
        continue;
      }
      const lu = lire(octets, debut, fin);
      valeurs[i] = lu === AUTREMENT ? this.#decoder1(i, this.#champ(i)) : lu === ILLISIBLE ? null : lu;
    }
    this.#reprise = d.remplissages;
    e.accepter(valeurs, d.nombreChamps > NOMBRE_CHAMPS ? this.#supplement(debuts[NOMBRE_CHAMPS] ?? 0, d.fin) : null);
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
    return this.#texte.slice(debut - d.debut, fin - d.debut);
  }

  /** En Windows-1252, un octet est toujours un caractère : les rangs des octets sont ceux du texte. */
  #ligneEnTexte(): string {
    const d = this.#decoupe;
    const texte = d.octets.toString('latin1', d.debut, d.fin);
    return d.accent && C1.test(texte) ? texte.replace(TOUS_C1, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80] ?? c) : texte;
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

function sansEspaces(texte: string): string | null {
  if (texte.charCodeAt(0) > 32 && texte.charCodeAt(texte.length - 1) > 32 && texte.charCodeAt(texte.length - 1) !== 160) return texte;
  const net = texte.trim();
  return net === '' ? null : net;
}

function memesOctets(octets: Uint8Array, debut: number, fin: number, autreDebut: number, autreFin: number): boolean {
  if (fin - debut !== autreFin - autreDebut) return false;
  for (let i = debut, j = autreDebut; i < fin; i++, j++) if (octets[i] !== octets[j]) return false;
  return true;
}
