/** Verdict sur un conteneur : nos paquets, signés ou non, et les ASiC-E et ASiC-S (CAdES) d'autres outils. */
import type { X509Certificate } from 'node:crypto';
import { extname } from 'node:path';
import type { z } from 'zod';
import type { Verdict as VerdictSchema } from '../../shared/contract.ts';
import { EMPREINTES, MANIFESTE, META_INF, MIME_ASICE, MIME_ASICS, MIMETYPE, SIGNATURE } from '../../shared/paquet/noms.ts';
import { verifyCades, type SignataireVerifie } from './cades-verifier.ts';
import { describeCertificat, isAutoriteVerifiee, parseAutorites } from './certificat.ts';
import { Contenu } from './contenu.ts';
import { parseEmpreintes } from './empreintes.ts';
import { illisible, raisonIllisible } from './erreurs.ts';
import { openPaquet, type OptionsLecture, type Paquet } from './lire.ts';
import { isNotreManifeste, parseManifeste, type Manifeste, type Reference } from './manifeste.ts';
import { ErreurXml } from './xml.ts';

export type Verdict = z.output<typeof VerdictSchema>;
type Ecart = Verdict['ecarts'][number];

export type OptionsVerification = OptionsLecture & {
  /** Certificats PEM des autorités reconnues sur ce poste. */
  autorites?: string;
  instant: Date;
};

/**
 * Vérifie un conteneur. « signe » : chaque fichier est couvert par chaque signature, toutes valables.
 * « modifie » : `ecarts` nomme les fichiers. « illisible » : `raison`. Erreurs levées : « fichier-absent »,
 * « fichier-illisible », « autorites-illisibles », annulation.
 */
export async function verifyPaquet(source: string | Uint8Array | Paquet, options: OptionsVerification): Promise<Verdict> {
  const autorites = options.autorites === undefined ? [] : parseAutorites(options.autorites);
  try {
    const paquet = typeof source === 'string' || source instanceof Uint8Array ? await openPaquet(source, options) : source;
    const examen = new Examen(new Contenu(paquet, options.signal), extname(paquet.nom ?? '').toLowerCase());
    return await examen.conclude(autorites, options.instant);
  } catch (cause) {
    const raison = raisonIllisible(cause);
    if (raison === null) throw cause;
    return { verdict: 'illisible', signataires: [], fichiers: [], ecarts: [], raison };
  }
}

/** Fichiers de META-INF que d'autres outils y mettent et qui ne portent pas de document. */
const META_ADMIS = [/^META-INF\/ASiCArchiveManifest[^/]*\.xml$/, /^META-INF\/[^/]*timestamp[^/]*\.tst$/, /^META-INF\/ASiCEvidenceRecordManifest[^/]*\.xml$/, /^META-INF\/[^/]*evidencerecord[^/]*\.(?:ers|xml)$/, /^META-INF\/(?:manifest|container)\.xml$/];

class Examen {
  private readonly contenu: Contenu;
  private readonly extension: string;
  private readonly noms: string[];
  private readonly documents: string[];
  private readonly signatures: string[];
  private readonly ecarts = new Map<string, Ecart['quoi']>();
  private readonly signataires: SignataireVerifie[] = [];
  private readonly admis = new Set<string>();
  private raison: string | null = null;

  constructor(contenu: Contenu, extension: string) {
    this.contenu = contenu;
    this.extension = extension;
    this.noms = contenu.noms;
    this.documents = this.noms.filter((n) => n !== MIMETYPE && !n.startsWith(META_INF));
    this.signatures = this.noms.filter((n) => /^META-INF\/[^/]*signature[^/]*\.p7s$/.test(n));
  }

  async conclude(autorites: readonly X509Certificate[], instant: Date): Promise<Verdict> {
    const signe = await this.examine();
    // Tout est lu, même ce dont le verdict ne dépend pas : un contenu abîmé est nommé où qu'il soit.
    for (const nom of await this.contenu.readTout()) this.note(nom, 'change');
    const ecarts = [...this.ecarts].map(([fichier, quoi]) => ({ fichier, quoi }));
    if (ecarts.length > 0) {
      const raison = this.raison ?? 'Le contenu du paquet n’est plus celui qui a été scellé.';
      return { verdict: 'modifie', signataires: [], fichiers: this.documents, ecarts, raison };
    }
    const signataires = this.signataires.map(({ certificat, date, autres }) => ({
      nom: describeCertificat(certificat).nom,
      date: date?.toISOString() ?? null,
      autorite: isAutoriteVerifiee(certificat, autres, autorites, date, instant) ? ('verifiee' as const) : ('inconnue' as const),
    }));
    return { verdict: signe ? 'signe' : 'non-signe', signataires, fichiers: this.documents, ecarts: [], raison: null };
  }

  /** `true` si le conteneur se dit signé. */
  private async examine(): Promise<boolean> {
    const manifestes = this.noms.filter((n) => /^META-INF\/ASiCManifest[^/]*\.xml$/.test(n));
    const mime = this.noms.includes(MIMETYPE) ? ((await this.contenu.readTexte(MIMETYPE)) ?? '') : null;
    const asics = mime === MIME_ASICS || (mime === null && this.extension === '.asics');
    if (manifestes.length > 0) {
      await this.examineAsice(manifestes, mime);
      return true;
    }
    if (this.signatures.length > 0) {
      if (asics) await this.examineAsics();
      else this.noteSansManifeste(mime);
      return true;
    }
    const asice = mime === MIME_ASICE || this.extension === '.asice';
    if (this.noms.some((n) => /^META-INF\/[^/]*signatures[^/]*\.xml$/.test(n))) throw illisible('Il ne porte pas de signature CAdES, et les signatures XAdES ne sont pas lues.');
    if (asice) {
      this.note(MANIFESTE, 'absent');
      this.note(SIGNATURE, 'absent');
      this.raison = 'La signature manque.';
      return true;
    }
    if (!asics && this.noms.includes(EMPREINTES)) {
      await this.examineEmpreintes();
      return false;
    }
    throw illisible('Il ne porte ni signature CAdES ni liste d’empreintes.');
  }

  private noteSansManifeste(mime: string | null): void {
    this.note(MANIFESTE, 'absent');
    this.checkMime(mime, MIME_ASICE);
    this.raison = 'Le manifeste signé manque.';
  }

  private async examineAsice(manifestes: readonly string[], mime: string | null): Promise<void> {
    for (const nom of manifestes) {
      this.admis.add(nom);
      const octets = await this.contenu.read(nom);
      // Une signature n'est pas de trop parce que le manifeste qui la nomme ne se lit plus.
      if (!octets) for (const signature of this.signatures) this.admis.add(signature);
      if (octets) await this.examineManifeste(nom, octets, manifestes.length === 1);
      else this.note(nom, 'change');
    }
    this.checkMime(mime, MIME_ASICE);
    this.checkMetaInf(true);
  }

  private async examineManifeste(nom: string, octets: Buffer, seul: boolean): Promise<void> {
    const unique = seul && this.signatures.length === 1 ? (this.signatures[0] ?? null) : null;
    let lu: Manifeste | null = null;
    let defaut = '';
    try {
      lu = parseManifeste(octets);
    } catch (cause) {
      if (!(cause instanceof ErreurXml)) throw cause;
      if (cause.doctype) throw illisible('Le manifeste porte une déclaration DOCTYPE, qui peut cacher un autre contenu.');
      defaut = cause.message;
    }
    // Un manifeste altéré peut nommer une autre signature, ou ne plus se lire : s'il n'y en a qu'une, c'est elle.
    const signature = lu && this.noms.includes(lu.signature) ? lu.signature : unique;
    const resultat = signature === null ? null : await this.verifySignature(signature, nom);
    if (resultat === 'autre-contenu') return;
    if (!lu) {
      if (resultat === 'invalide') this.note(nom, 'change');
      else throw illisible(`Son manifeste n’est pas conforme à ASiC-E (${defaut}).`);
      return;
    }
    if (lu.signature !== signature) {
      this.note(lu.signature, 'absent');
      this.raison ??= 'La signature manque.';
    }
    await this.compare(lu.references);
    if (resultat === null || !isNotreManifeste(nom, octets, lu)) return;
    // Le manifeste signé est le nôtre : rien de plus n'est admis, et notre signature est la nôtre à l'octet près.
    if (resultat === 'retouchee') this.note(SIGNATURE, 'change');
    this.checkMetaInf(false);
  }

  /** Vérifie une signature sur le fichier `signe`, note ses écarts. */
  private async verifySignature(signature: string, signe: string): Promise<'valide' | 'retouchee' | 'autre-contenu' | 'invalide'> {
    this.admis.add(signature);
    const octets = await this.contenu.read(signature);
    const resultat = octets ? await verifyCades(octets, (algorithme) => this.contenu.hash(signe, algorithme)) : { etat: 'invalide' as const, raison: 'La signature est abîmée.' };
    switch (resultat.etat) {
      case 'valide':
        this.signataires.push(...resultat.signataires);
        return resultat.retouche ? 'retouchee' : 'valide';
      case 'autre-contenu':
        this.note(signe, 'change');
        return 'autre-contenu';
      case 'invalide':
        this.note(signature, 'change');
        this.raison = resultat.raison;
        return 'invalide';
    }
  }

  /** ASiC-S : un seul fichier, signé directement. */
  private async examineAsics(): Promise<void> {
    const [document, ...autres] = this.documents;
    if (document === undefined) throw illisible('Le conteneur ASiC-S ne contient pas de document.');
    if (this.signatures.length !== 1 || this.signatures[0] !== SIGNATURE) throw illisible('Le conteneur ASiC-S doit porter une seule signature, META-INF/signature.p7s.');
    for (const autre of autres) this.note(autre, 'en-trop');
    await this.verifySignature(SIGNATURE, document);
    this.checkMetaInf(true);
  }

  private async examineEmpreintes(): Promise<void> {
    this.admis.add(EMPREINTES);
    const octets = await this.contenu.read(EMPREINTES);
    const references = octets ? parseEmpreintes(octets) : null;
    if (references) await this.compare(references);
    else this.note(EMPREINTES, 'change');
    if (this.noms.includes(MIMETYPE)) this.note(MIMETYPE, 'en-trop');
    this.checkMetaInf(false);
  }

  /** Chaque référence a son fichier, intact ; chaque document a sa référence. */
  private async compare(references: readonly Reference[]): Promise<void> {
    for (const { nom, algorithme, empreinte } of references) {
      if (!this.noms.includes(nom)) this.note(nom, 'absent');
      else if (!(await this.contenu.hash(nom, algorithme))?.equals(empreinte)) this.note(nom, 'change');
    }
    const couverts = new Set(references.map((r) => r.nom));
    for (const nom of this.documents) if (!couverts.has(nom)) this.note(nom, 'en-trop');
  }

  private checkMime(mime: string | null, attendu: string): void {
    if (mime === null) this.note(MIMETYPE, 'absent');
    else if (mime !== attendu) this.note(MIMETYPE, 'change');
  }

  private checkMetaInf(tolerant: boolean): void {
    for (const nom of this.noms) {
      if (!nom.startsWith(META_INF) || this.admis.has(nom)) continue;
      if (!tolerant || !META_ADMIS.some((forme) => forme.test(nom))) this.note(nom, 'en-trop');
    }
  }

  private note(fichier: string, quoi: Ecart['quoi']): void {
    if (!this.ecarts.has(fichier)) this.ecarts.set(fichier, quoi);
  }
}
