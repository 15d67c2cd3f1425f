import { ComptesNpl } from './comptes-npl.ts';
import { classeDe, periodeDpe, SURFACES_HABITABLES } from './classes.ts';
import { maximumDeclare } from './maximum.ts';

/** Ce que les comptes lisent d'un logement : codes en entier, montants et surfaces en centièmes. */
export type LogementCompte = {
  commune: string;
  ensemble: number;
  sortiepatrim: number | null;
  qpv: number | null;
  typeconst: string | null;
  nbpiece: number | null;
  surfhab: number | null;
  construct: number | null;
  finan: number | null;
  cus: number | null;
  mode: number | null;
  modesurf: number | null;
  surfmode: number | null;
  loyerprinc: number | null;
  dpeenergie: string | null;
  dpedate: string | null;
  loyermaxapl: number | null;
  loyermaxcus: number | null;
};

/**
 * Dimensions du parc. `logements`, `sortis` et `vacants` n'ont qu'une clé, vide ; ailleurs l'inconnu est
 * « inconnu ». `dpe-…` : les classes connues, selon la méthode que dit la date du DPE.
 */
export const DIMENSIONS = ['logements', 'sortis', 'vacants', 'qpv', 'finan', 'dpe', 'dpe-avant', 'dpe-depuis', 'dpe-sans-date', 'annee', 'type', 'pieces', 'surface', 'mode'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const INCONNU = 'inconnu';

export const SURFACES = ['SH', 'SU', 'SC'] as const;
type Cle = string | number | null;

export type LigneParc = { commune: string; dimension: Dimension; cle: string; logements: number };
export type LigneEnsemble = {
  ensemble: number;
  commune: string;
  surface: (typeof SURFACES)[number];
  logements: number;
  qpv: number;
  qpvInconnu: number;
  loues: number;
  sommeSurface: number;
  sommeLoyer: number;
  avecMaximum: number;
  surfaceMax: number;
  loyerMaxPratique: number;
  sommeMax: number;
};
export type LigneFinancement = { ensemble: number; finan: string; logements: number };

type CompteCommune = Record<Dimension, Map<Cle, number>>;
type CompteEnsemble = { ensemble: number; commune: string; logements: number; qpv: number; qpvInconnu: number; finan: Map<Cle, number>; sommes: Float64Array };

// Par surface : loués, Σ surface, Σ loyer, avec maximum, Σ surface, Σ loyer et Σ maximum des mêmes.
const SOMMES = 7;

/**
 * Comptes du parc, alimentés un logement à la fois : par la lecture d'un fichier ou par relecture du
 * dossier, avec les mêmes règles. Parc = logements sans motif de sortie (`decisions`, « Stock »).
 */
export class Comptes {
  /** Les sommes de la politique des loyers, sur les mêmes logements. */
  readonly npl = new ComptesNpl();
  readonly #communes = new Map<string, CompteCommune>();
  readonly #ensembles = new Map<number, CompteEnsemble[]>();
  #commune: CompteCommune | null = null;
  #nomCommune = '';
  #ensemble: CompteEnsemble | null = null;

  add(l: LogementCompte): void {
    const c = this.#communeDe(l.commune);
    if (l.sortiepatrim !== null) {
      plus(c.sortis, '');
      return;
    }
    plus(c.logements, '');
    if (l.mode === 2) plus(c.vacants, '');
    plus(c.qpv, l.qpv);
    plus(c.finan, l.finan);
    plus(c.dpe, l.dpeenergie);
    const periode = periodeDpe(l.dpeenergie, l.dpedate);
    if (periode !== null) plus(c[`dpe-${periode}`], l.dpeenergie);
    plus(c.annee, l.construct);
    plus(c.type, l.typeconst);
    plus(c.pieces, l.nbpiece);
    plus(c.surface, classeDe(SURFACES_HABITABLES, l.surfhab));
    plus(c.mode, l.mode);
    const e = this.#ensembleDe(l.ensemble, l.commune);
    e.logements++;
    if (l.qpv === 1) e.qpv++;
    else if (l.qpv === null) e.qpvInconnu++;
    plus(e.finan, l.finan);
    this.npl.add(l);
    if (l.mode !== 1 || l.loyerprinc === null) return;
    const maximum = maximumDeclare(l.loyermaxcus, l.loyermaxapl);
    addLoyer(e.sommes, 0, l.surfhab, l.loyerprinc, maximum);
    if (l.modesurf === 1) addLoyer(e.sommes, SOMMES, l.surfmode, l.loyerprinc, maximum);
    else if (l.modesurf === 2) addLoyer(e.sommes, 2 * SOMMES, l.surfmode, l.loyerprinc, maximum);
  }

  *parc(): Generator<LigneParc> {
    for (const [commune, compte] of this.#communes) {
      for (const dimension of DIMENSIONS) {
        for (const [cle, logements] of compte[dimension]) yield { commune, dimension, cle: cleTexte(cle), logements };
      }
    }
  }

  *ensembles(): Generator<LigneEnsemble> {
    for (const e of this.#tous()) {
      for (const [i, surface] of SURFACES.entries()) {
        const [loues = 0, sommeSurface = 0, sommeLoyer = 0, avecMaximum = 0, surfaceMax = 0, loyerMaxPratique = 0, sommeMax = 0] =
          e.sommes.subarray(i * SOMMES, (i + 1) * SOMMES);
        yield {
          ensemble: e.ensemble, commune: e.commune, surface, logements: e.logements, qpv: e.qpv, qpvInconnu: e.qpvInconnu,
          loues, sommeSurface, sommeLoyer, avecMaximum, surfaceMax, loyerMaxPratique, sommeMax,
        };
      }
    }
  }

  *financements(): Generator<LigneFinancement> {
    for (const [ensemble, comptes] of this.#ensembles) {
      const total = new Map<Cle, number>();
      for (const { finan } of comptes) for (const [cle, n] of finan) total.set(cle, (total.get(cle) ?? 0) + n);
      for (const [cle, logements] of total) yield { ensemble, finan: cleTexte(cle), logements };
    }
  }

  *#tous(): Generator<CompteEnsemble> {
    for (const comptes of this.#ensembles.values()) yield* comptes;
  }

  #communeDe(nom: string): CompteCommune {
    if (this.#commune !== null && nom === this.#nomCommune) return this.#commune;
    let c = this.#communes.get(nom);
    if (c === undefined) {
      c = Object.fromEntries(DIMENSIONS.map((d) => [d, new Map()])) as CompteCommune;
      this.#communes.set(nom, c);
    }
    this.#commune = c;
    this.#nomCommune = nom;
    return c;
  }

  #ensembleDe(id: number, commune: string): CompteEnsemble {
    const dernier = this.#ensemble;
    if (dernier !== null && dernier.ensemble === id && dernier.commune === commune) return dernier;
    let comptes = this.#ensembles.get(id);
    if (comptes === undefined) this.#ensembles.set(id, (comptes = []));
    let e = comptes.find((x) => x.commune === commune);
    if (e === undefined) {
      e = { ensemble: id, commune, logements: 0, qpv: 0, qpvInconnu: 0, finan: new Map(), sommes: new Float64Array(3 * SOMMES) };
      comptes.push(e);
    }
    this.#ensemble = e;
    return e;
  }
}

/** Un logement compte pour une surface quand il en a une de cette sorte, non nulle. */
function addLoyer(sommes: Float64Array, i: number, surface: number | null, loyer: number, maximum: number | null): void {
  if (surface === null || surface <= 0) return;
  sommes[i] = (sommes[i] ?? 0) + 1;
  sommes[i + 1] = (sommes[i + 1] ?? 0) + surface;
  sommes[i + 2] = (sommes[i + 2] ?? 0) + loyer;
  if (maximum === null) return;
  sommes[i + 3] = (sommes[i + 3] ?? 0) + 1;
  sommes[i + 4] = (sommes[i + 4] ?? 0) + surface;
  sommes[i + 5] = (sommes[i + 5] ?? 0) + loyer;
  sommes[i + 6] = (sommes[i + 6] ?? 0) + maximum;
}

function plus(compte: Map<Cle, number>, cle: Cle): void {
  compte.set(cle, (compte.get(cle) ?? 0) + 1);
}

const cleTexte = (cle: Cle): string => (cle === null ? INCONNU : String(cle));
