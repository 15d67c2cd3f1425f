import { resolveDepcom } from '../../shared/territoires/index.ts';
import { isRejet } from '../../shared/domain/rpls/anomalies.ts';
import type { CodeAnomalie, CodeRejet, CodeRemarque } from '../../shared/domain/rpls/anomalies.ts';
import { rang } from '../../shared/domain/rpls/champs.ts';
import { Comptes } from '../../shared/domain/rpls/comptes.ts';
import type { LogementCompte } from '../../shared/domain/rpls/comptes.ts';
import { controlerValeurs } from '../../shared/domain/rpls/controler.ts';
import type { LogementPrepare, Source, ValeurPreparee } from './logement-prepare.ts';
import type { Groupes } from './groupes.ts';
import { Identifiants } from './identifiants.ts';

/** Où vont les logements acceptés et les anomalies : la base de préparation, ou un essai. */
export type Destination = {
  logement(l: LogementPrepare): void;
  anomalie(a: { ligne: number; champ: string; valeur: string; code: CodeAnomalie; rejet: boolean; brut: Buffer | null }): void;
};

const R = {
  NUMVOIE: rang('NUMVOIE'), INDREP: rang('INDREP'), TYPVOIE: rang('TYPVOIE'), NOMVOIE: rang('NOMVOIE'),
  BAT: rang('BAT'), IMMEU: rang('IMMEU'), COMPLGEO: rang('COMPLGEO'), LIEUDIT: rang('LIEUDIT'), CODSEGPATRIM: rang('CODSEGPATRIM'),
  SORTIEPATRIM: rang('SORTIEPATRIM'), QPV: rang('QPV'), TYPECONST: rang('TYPECONST'), NBPIECE: rang('NBPIECE'),
  SURFHAB: rang('SURFHAB'), CONSTRUCT: rang('CONSTRUCT'), FINAN: rang('FINAN'), CUS: rang('CUS'), MODE: rang('MODE'), MODESURF: rang('MODESURF'),
  SURFMODE: rang('SURFMODE'), LOYERPRINC: rang('LOYERPRINC'), DPEENERGIE: rang('DPEENERGIE'), DPEDATE: rang('DPEDATE'),
  LOYERMAXAPL: rang('LOYERMAXAPL'), LOYERMAXCUS: rang('LOYERMAXCUS'),
};

const texteDe = (v: ValeurPreparee | undefined): string | null => (typeof v === 'string' ? v : null);
const nombreDe = (v: ValeurPreparee | undefined): number | null => (typeof v === 'number' ? v : null);

/** Ce que le dossier dit des lignes corrigées d'un complément. */
export type Complement = {
  /** Vrai quand ce texte exact a déjà été rejeté en double d'un logement en vigueur : rien n'y a été corrigé. */
  isDoublonConnu(brut: Buffer): boolean;
};

/**
 * Le même sort pour une ligne d'où qu'elle vienne : ordre des rejets, remarques, ensemble proposé,
 * comptes. Pour chaque ligne : `commencer`, `identifier`, `remarquer` pendant la lecture des valeurs, `accepter`.
 */
export class Enregistreur {
  lignes = 0;
  acceptees = 0;
  signalees = 0;
  readonly comptes = new Comptes();

  readonly #destination: Destination;
  readonly #groupes: Groupes;
  readonly #identifiants = new Identifiants();
  #ligne = 0;
  #brut: () => Buffer = () => Buffer.alloc(0);
  #depcom = '';
  #resolue = resolveDepcom('');
  #sansZero = false;
  #commune = '';
  /** `null` : dans la source. */
  #ident: string | null = '';
  /** Tenu à jour pour un complément seulement. */
  #identTexte = '';
  #remarques = 0;
  #complement: Complement | null = null;
  readonly #compte: LogementCompte = {
    commune: '', ensemble: 0, sortiepatrim: null, qpv: null, typeconst: null, nbpiece: null, surfhab: null, construct: null, finan: null, cus: null,
    mode: null, modesurf: null, surfmode: null, loyerprinc: null, dpeenergie: null, dpedate: null, loyermaxapl: null, loyermaxcus: null,
  };

  constructor(destination: Destination, groupes: Groupes) {
    this.#destination = destination;
    this.#groupes = groupes;
  }

  /** Le fichier ne contient que des lignes corrigées ; à dire avant la première. */
  completer(complement: Complement): void {
    this.#complement = complement;
  }

  get rejetees(): number {
    return this.lignes - this.acceptees;
  }

  /** Une ligne de logement commence ; `brut` rend une copie de ses octets, demandée seulement s'il y a à redire. */
  commencer(ligne: number, brut: () => Buffer): void {
    this.lignes++;
    this.#ligne = ligne;
    this.#brut = brut;
    this.#remarques = 0;
  }

  rejeter(code: CodeRejet, champ: string, valeur: string): void {
    this.#ecrire(code, champ, valeur, this.#brut());
  }

  /**
   * Contrôle ce sans quoi la ligne n'est pas un logement, dans cet ordre : identifiant, doublon,
   * commune, motif de sortie. `false` : rejetée.
   */
  identifier(ident: string, depcom: string, sortie: string): boolean {
    const octets = Buffer.from(ident, 'utf8');
    return this.identifierOctets(octets, 0, octets.length, ident, depcom, sortie);
  }

  /** Comme `identifier`, l'identifiant étant ces octets d'UTF-8 ; `ident` : sa chaîne, ou `null` s'il est resté dans la source. */
  identifierOctets(octets: Uint8Array, debut: number, fin: number, ident: string | null, depcom: string, sortie: string): boolean {
    if (debut >= fin) return this.#rejet('identifiant-absent', 'IDENT_INT', '');
    if (this.#complement !== null) this.#identTexte = ident ?? String.fromCharCode(...octets.subarray(debut, fin));
    if (this.#identifiants.has(octets, debut, fin) || this.#complement?.isDoublonConnu(this.#brut()) === true) {
      return this.#rejet('doublon', 'IDENT_INT', ident ?? String.fromCharCode(...octets.subarray(debut, fin)));
    }
    if (depcom !== this.#depcom) {
      this.#depcom = depcom;
      this.#resolue = resolveDepcom(depcom);
      // Un tableur qui a enregistré la déclaration a ôté le zéro de tête ; le code déclaré reste tel quel, la commune se retrouve.
      this.#sansZero = this.#resolue.commune === null && /^\d{4}$/.test(depcom) && resolveDepcom(`0${depcom}`).commune !== null;
      if (this.#sansZero) this.#resolue = resolveDepcom(`0${depcom}`);
    }
    const { commune, statut } = this.#resolue;
    if (commune === null) return this.#rejet('commune-inconnue', 'DEPCOM', depcom);
    if (sortie !== '' && sortie !== '9' && !/^[1-5]$/.test(sortie)) return this.#rejet('sortie-invalide', 'SORTIEPATRIM', sortie);
    this.#identifiants.add(octets, debut, fin);
    this.#ident = ident;
    this.#commune = commune;
    if (this.#sansZero) this.remarquer('code-repare', 'DEPCOM', depcom);
    if (statut === 'fusionnee') this.remarquer('commune-fusionnee', 'DEPCOM', depcom);
    return true;
  }

  /** Remarque sur la ligne en cours, qui reste acceptée. */
  readonly remarquer = (code: CodeRemarque, champ: string, valeur: string): void => {
    this.#ecrire(code, champ, valeur, this.#remarques === 0 ? this.#brut() : null);
    this.#remarques++;
  };

  /** Une ligne qui n'est pas un logement (un total…) : dite, gardée dans le rapport, comptée nulle part. */
  passer(ligne: number, brut: () => Buffer, code: CodeRemarque, valeur: string): void {
    this.#destination.anomalie({ ligne, champ: '', valeur, code, rejet: false, brut: brut() });
  }

  /** Remarque sur le fichier, à la ligne 1 : ne compte pas comme ligne signalée. */
  remarquerFichier(code: CodeRemarque, valeur: string): void {
    this.#destination.anomalie({ ligne: 1, champ: '', valeur, code, rejet: false, brut: null });
  }

  /**
   * La ligne identifiée entre, avec ses 63 valeurs. `valeurs` et `source` peuvent être réutilisés après
   * l'appel ; ce que les contrôles et les ensembles lisent ne peut pas être resté dans la source.
   */
  accepter(valeurs: ValeurPreparee[], supplement: string | null, source: Source | null = null): void {
    controlerValeurs(valeurs, this.remarquer);
    this.acceptees++;
    if (this.#remarques > 0) this.signalees++;
    // La comparaison ne garde cette remarque que si la ligne change vraiment un logement du dossier.
    if (this.#complement !== null) this.remarquer('complement-remplace', 'IDENT_INT', this.#identTexte);
    const { ensemble, id: groupe } = this.#groupes.placer(
      this.#commune,
      texteDe(valeurs[R.NUMVOIE]), texteDe(valeurs[R.INDREP]), texteDe(valeurs[R.TYPVOIE]), texteDe(valeurs[R.NOMVOIE]),
      texteDe(valeurs[R.BAT]), texteDe(valeurs[R.IMMEU]), texteDe(valeurs[R.COMPLGEO]), texteDe(valeurs[R.LIEUDIT]), texteDe(valeurs[R.CODSEGPATRIM]),
    );
    this.#destination.logement({ identInt: this.#ident, commune: this.#commune, ensemble, groupe, ligne: this.#ligne, valeurs, source, supplement });
    this.#compter(valeurs, ensemble);
  }

  #compter(v: readonly ValeurPreparee[], ensemble: number): void {
    const c = this.#compte;
    c.commune = this.#commune;
    c.ensemble = ensemble;
    c.sortiepatrim = nombreDe(v[R.SORTIEPATRIM]);
    c.qpv = nombreDe(v[R.QPV]);
    c.typeconst = texteDe(v[R.TYPECONST]);
    c.nbpiece = nombreDe(v[R.NBPIECE]);
    c.surfhab = nombreDe(v[R.SURFHAB]);
    c.construct = nombreDe(v[R.CONSTRUCT]);
    c.finan = nombreDe(v[R.FINAN]);
    c.cus = nombreDe(v[R.CUS]);
    c.mode = nombreDe(v[R.MODE]);
    c.modesurf = nombreDe(v[R.MODESURF]);
    c.surfmode = nombreDe(v[R.SURFMODE]);
    c.loyerprinc = nombreDe(v[R.LOYERPRINC]);
    c.dpeenergie = texteDe(v[R.DPEENERGIE]);
    c.dpedate = texteDe(v[R.DPEDATE]);
    c.loyermaxapl = nombreDe(v[R.LOYERMAXAPL]);
    c.loyermaxcus = nombreDe(v[R.LOYERMAXCUS]);
    this.comptes.add(c);
  }

  #rejet(code: CodeRejet, champ: string, valeur: string): false {
    this.rejeter(code, champ, valeur);
    return false;
  }

  #ecrire(code: CodeAnomalie, champ: string, valeur: string, brut: Buffer | null): void {
    this.#destination.anomalie({ ligne: this.#ligne, champ, valeur, code, rejet: isRejet(code), brut });
  }
}
