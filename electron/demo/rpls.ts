/**
 * Déclaration RPLS d'un bailleur fictif, produite en flux : la même pour la même graine, avec les défauts des
 * vrais fichiers et les totaux exacts que l'import doit retrouver.
 */
import iconv from 'iconv-lite';
import { changer, destin } from './evolution.ts';
import { hasard } from './hasard.ts';
import { identiteFictive } from './identite.ts';
import type { Identite } from './identite.ts';
import { choisirImplantation } from './lieux.ts';
import type { Lieu } from './lieux.ts';
import { RANG, genererLogement } from './logements.ts';
import type { Logement } from './logements.ts';
import { genererProgramme } from './programmes.ts';
import { mettreGuillemets, salir } from './salete.ts';
import type { CodeRejet, CodeRemarque, Effet } from './salete.ts';
import { compterAccepte, compterRejet, compterRemarque, totauxVides } from './totaux.ts';
import type { Totaux } from './totaux.ts';

export type FormatFichier = { encodage: 'windows-1252' | 'utf-8' | 'utf-8-bom'; finDeLigne: 'LF' | 'CRLF' };

export type OptionsBailleur = {
  graine: number;
  /** Nombre exact de lignes de logement. */
  logements: number;
  /** Année de la déclaration (parc au 1er janvier). */
  annee: number;
  siren?: string;
  /** `zeros` : l'en-tête ne dit pas de quel bailleur il s'agit. Défaut `valide`. */
  siret?: 'valide' | 'zeros';
  raisonSociale?: string;
  /** Part des lignes abîmées ; 0 : fichier parfait (ni défaut, ni guillemets, ni ligne vide). Défaut 0,01. */
  salete?: number;
  /** Défaut Windows-1252, CRLF. */
  format?: FormatFichier;
  /** Défaut 13. */
  departementSiege?: string;
  /** Impose les départements au lieu de les choisir autour du siège. */
  departements?: readonly string[];
  nombreCommunes?: number;
  /** Champ 11 de l'en-tête. Défaut : `faux` si le fichier est sale. */
  nombreAnnonce?: 'exact' | 'faux';
  /** Reçoit chaque logement accepté, tel qu'écrit. */
  surAccepte?: (l: Logement) => void;
  /** Garde la liste des anomalies attendues, ligne par ligne (petits fichiers). */
  detail?: boolean;
};

export type AnomalieAttendue = { ligne: number; code: CodeRejet | CodeRemarque };

export type GenerationRpls = {
  identite: Identite;
  /** Se parcourt une seule fois. */
  blocs: Iterable<Uint8Array>;
  /** Lève une erreur tant que `blocs` n'a pas été parcouru jusqu'au bout. */
  totaux(): Totaux;
  /** Vide sans l'option `detail`. */
  anomalies(): readonly AnomalieAttendue[];
};

/** Différences entre les lignes acceptées de l'export de départ et celles du suivant. */
export type ComptesEvolution = { ajoutes: number; modifies: number; disparus: number; inchanges: number };
export type OptionsEvolution = OptionsBailleur & { tauxDisparus?: number; tauxModifies?: number; tauxAjoutes?: number };
export type GenerationEvolution = GenerationRpls & { evolution(): ComptesEvolution };

/** Un logement sur seize n'est jamais ni sali ni changé : c'est à lui que les doublons empruntent leur identifiant. */
const PAS_TEMOIN = 16;
const TAILLE_BLOC = 512 * 1024;
/** Les programmes livrés entre deux exports portent des numéros que le premier n'a pas. */
const PREMIER_PROGRAMME_NEUF = 90_001;

type Evolution = { disparus: number; modifies: number; ajoutes: number };
type Sort = 'garde' | 'disparu' | 'modifie' | 'ajoute';
type Declare = { logement: Logement; index: number; sort: Sort; statut: Lieu['statut'] };

class Redaction {
  readonly totaux = totauxVides();
  readonly anomalies: AnomalieAttendue[] = [];
  readonly comptes: ComptesEvolution = { ajoutes: 0, modifies: 0, disparus: 0, inchanges: 0 };
  readonly identite: Identite;
  termine = false;
  private readonly o: Required<Pick<OptionsBailleur, 'graine' | 'logements' | 'annee' | 'salete'>>;
  private readonly options: OptionsBailleur;
  private readonly evolution: Evolution | null;
  private readonly temoins: string[] = [];
  /** Identifiant d'une ligne rejetée, qu'une ligne suivante peut reprendre sans être un doublon. */
  private identRejete: string | null = null;
  private readonly rangs = new Map<string, number>();
  private tampon: string[] = [];
  private taille = 0;
  private ligne = 0;
  private supplement = false;
  private readonly fin: string;

  constructor(options: OptionsBailleur, evolution: Evolution | null) {
    this.options = options;
    this.evolution = evolution;
    this.o = { graine: options.graine, logements: options.logements, annee: options.annee, salete: options.salete ?? 0.01 };
    this.identite = identiteFictive(options.graine, options.siren, options.siret ?? 'valide', options.raisonSociale);
    this.fin = (options.format?.finDeLigne ?? 'CRLF') === 'CRLF' ? '\r\n' : '\n';
  }

  *blocs(): Generator<Uint8Array> {
    if (this.options.format?.encodage === 'utf-8-bom') yield Uint8Array.of(0xef, 0xbb, 0xbf);
    this.ecrire(this.entete());
    for (const declare of this.parc()) {
      this.ecrireLogement(declare);
      if (this.taille > TAILLE_BLOC) yield this.vider();
    }
    if (this.supplement) this.remarqueFichier('champs-supplementaires');
    const sansFin = this.o.salete > 0 && this.o.graine % 2 === 1;
    if (sansFin) this.tampon.push(this.tampon.pop()?.slice(0, -this.fin.length) ?? '');
    else if (this.o.salete > 0) this.ecrire('');
    yield this.vider();
    this.termine = true;
  }

  private entete(): string {
    const nombre = this.o.logements - this.compterDisparus() + this.nombreAjoutes();
    const faux = (this.options.nombreAnnonce ?? (this.o.salete > 0 ? 'faux' : 'exact')) === 'faux';
    if (faux) this.remarqueFichier('nombre-annonce');
    if (this.options.siret === 'zeros') this.remarqueFichier('siret-invalide');
    const { siren, siret, raisonSociale } = this.identite;
    return [this.o.annee, siren, raisonSociale, '', '', '1 RUE FICTIVE', '', '', '13000 EXEMPLE', siret, nombre + (faux ? 3 : 0), 'Fichier fictif : aucune donnée réelle'].join(';');
  }

  private nombreAjoutes(): number {
    return this.evolution ? Math.round(this.o.logements * this.evolution.ajoutes) : 0;
  }

  private estSale(index: number): boolean {
    return index % PAS_TEMOIN !== 0 && hasard(this.o.graine, 3, index).chance(this.o.salete);
  }

  private sortDe(index: number): Sort {
    if (!this.evolution || index % PAS_TEMOIN === 0 || this.estSale(index)) return 'garde';
    return destin(hasard(this.o.graine, 4, index), this.evolution);
  }

  private compterDisparus(): number {
    let n = 0;
    if (this.evolution) for (let i = 0; i < this.o.logements; i++) if (this.sortDe(i) === 'disparu') n++;
    return n;
  }

  private *parc(): Generator<Declare> {
    const { graine, logements, annee } = this.o;
    const implantation = choisirImplantation(logements, this.options.departementSiege ?? '13', this.options.departements, this.options.nombreCommunes);
    const rang = (commune: string): number => {
      const r = this.rangs.get(commune) ?? 0;
      this.rangs.set(commune, r + 1);
      return r;
    };
    const tranches: [number, number, number, Sort | null][] = [[0, logements, 1, null], [logements, logements + this.nombreAjoutes(), PREMIER_PROGRAMME_NEUF, 'ajoute']];
    for (const [debut, fin, premier, impose] of tranches) {
      let index = debut;
      for (let p = premier; index < fin; p++) {
        const programme = genererProgramme(graine, p, implantation, annee, rang);
        for (let r = 0; r < programme.taille && index < fin; r++, index++) {
          const sort = impose ?? this.sortDe(index);
          if (sort === 'disparu') this.comptes.disparus++;
          else yield { logement: genererLogement(graine, programme, r, index, annee, this.identite.siren), index, sort, statut: programme.lieu.statut };
        }
      }
    }
  }

  private ecrireLogement({ logement: l, index, sort, statut }: Declare): void {
    const h = hasard(this.o.graine, 5, index);
    if (sort === 'modifie') changer(l, h);
    const effet = sort !== 'ajoute' && this.estSale(index) ? this.abimer(l, h) : {};
    const remarques: CodeRemarque[] = statut === 'fusionnee' ? ['commune-fusionnee'] : [];
    if (effet.remarque) remarques.push(effet.remarque);
    if (effet.supplement) this.supplement = true;
    if (this.o.salete > 0 && h.chance(1 / 125)) mettreGuillemets(l.champs, h);
    if (this.o.salete > 0 && h.chance(1 / 4000)) this.ecrire('');
    this.ecrire(l.champs.join(';'));
    if (effet.rejet) {
      compterRejet(this.totaux, effet.rejet);
      this.noter(effet.rejet);
      return;
    }
    compterAccepte(this.totaux, l.faits, remarques);
    this.options.surAccepte?.(l);
    for (const code of remarques) this.noter(code);
    if (index % PAS_TEMOIN === 0 && sort === 'garde') this.retenirTemoin(l.faits.ident, index);
    if (sort === 'ajoute') this.comptes.ajoutes++;
    else if (sort === 'modifie') this.comptes.modifies++;
    else this.comptes.inchanges++;
  }

  /** Doublon d'une ligne acceptée (rejeté), identifiant d'une ligne rejetée (accepté), ou défaut ordinaire. */
  private abimer(l: Logement, h: ReturnType<typeof hasard>): Effet {
    const temoin = this.temoins[h.entier(0, Math.max(0, this.temoins.length - 1))];
    if (temoin !== undefined && h.chance(0.07)) {
      l.champs[RANG.IDENT_INT] = temoin;
      return { rejet: 'doublon' };
    }
    if (this.identRejete !== null && h.chance(0.5)) {
      l.champs[RANG.IDENT_INT] = this.identRejete;
      l.faits.ident = this.identRejete;
      this.identRejete = null;
      return {};
    }
    const ident = l.faits.ident;
    const effet = salir(l, h);
    // Seule une ligne rejetée pour autre chose que son identifiant en laisse un, libre d'être repris.
    if (effet.rejet === 'commune-inconnue' || effet.rejet === 'sortie-invalide' || effet.rejet === 'nombre-de-champs') this.identRejete = ident;
    return effet;
  }

  private retenirTemoin(ident: string, index: number): void {
    if (this.temoins.length < 64) this.temoins.push(ident);
    else this.temoins[(index / PAS_TEMOIN) % 64] = ident;
  }

  private noter(code: CodeRejet | CodeRemarque): void {
    if (this.options.detail) this.anomalies.push({ ligne: this.ligne, code });
  }

  private remarqueFichier(code: 'champs-supplementaires' | 'nombre-annonce' | 'siret-invalide'): void {
    compterRemarque(this.totaux, code);
  }

  private ecrire(texte: string): void {
    this.tampon.push(texte + this.fin);
    this.taille += texte.length;
    this.ligne++;
  }

  private vider(): Uint8Array {
    const texte = this.tampon.join('');
    this.tampon = [];
    this.taille = 0;
    return (this.options.format?.encodage ?? 'windows-1252') === 'windows-1252' ? iconv.encode(texte, 'win1252') : Buffer.from(texte, 'utf8');
  }
}

function finie<T>(r: Redaction, valeur: T): T {
  if (!r.termine) throw new Error('totaux demandés avant la fin du fichier');
  return valeur;
}

function generation(r: Redaction): GenerationRpls {
  return { identite: r.identite, blocs: r.blocs(), totaux: () => finie(r, r.totaux), anomalies: () => finie(r, r.anomalies) };
}

export function generateBailleur(options: OptionsBailleur): GenerationRpls {
  return generation(new Redaction(options, null));
}

/**
 * Le même bailleur, un export plus tard : des logements ont disparu, changé (loyer, vente, DPE) ou sont nouveaux.
 * Mêmes options que le premier export ; les comptes portent sur les lignes acceptées.
 */
export function generateEvolution(options: OptionsEvolution): GenerationEvolution {
  const r = new Redaction(options, { disparus: options.tauxDisparus ?? 0.01, modifies: options.tauxModifies ?? 0.03, ajoutes: options.tauxAjoutes ?? 0.01 });
  return { ...generation(r), evolution: () => finie(r, r.comptes) };
}
