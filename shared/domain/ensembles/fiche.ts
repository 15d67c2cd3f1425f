import { Comptes } from '../rpls/comptes.ts';
import type { Dimension, LogementCompte } from '../rpls/comptes.ts';

/** Lignes du journal que montre la fiche d'un ensemble : au-delà, elle le dit. */
export const HISTOIRE_MAX = 200;

/** Ce que la fiche d'un ensemble lit d'un logement, sorti du parc ou non ; montants et surfaces en centièmes. */
export type LogementFiche = LogementCompte & {
  loyeracc: number | null;
  dpedate: string | null;
  conv: number | null;
  numconv: string | null;
  datconv: string | null;
  qualacq: string | null;
  miscommercial: number | null;
  prixvente: number | null;
  prodfin: number | null;
};

type Cumul = { logements: number; total: number };
type LigneDpe = { classe: string; avant: number; depuis: number; sansDate: number };
type Convention = { numero: string; date: string; logements: number };

export type ContenuFiche = {
  /** Par dimension des comptes du parc : `pieces`, `type`, `annee`, `mode`… */
  comptes: Partial<Record<Dimension, Record<string, number>>>;
  /** Σ surface de tous les logements du parc qui l'ont, loués ou non : SH, SU et SC ne s'additionnent pas. */
  surfaces: { SH: Cumul; SU: Cumul; SC: Cumul };
  /** Loyers accessoires des logements loués qui en portent un : annexes hors surface utile (D353-16, 2°), à part du loyer principal. */
  accessoires: Cumul;
  dpe: LigneDpe[];
  conventions: { oui: number; non: number; inconnu: number; liste: Convention[] };
  ventes: {
    /** Par motif de sortie, logements hors du parc. */
    sorties: Record<string, number>;
    /** Logements du parc mis en commercialisation. */
    commercialises: number;
    acquereurs: Record<string, number>;
    prix: Cumul;
    produit: Cumul;
  };
};

/** La méthode du DPE a changé ce mois-là : deux classes d'avant et d'après ne se comparent pas. */
export const DPE_NOUVEAU = '2021-07';

const plus = (comptes: Record<string, number>, cle: string): void => void (comptes[cle] = (comptes[cle] ?? 0) + 1);
const cumuler = (c: Cumul, valeur: number | null): void => {
  if (valeur === null) return;
  c.logements++;
  c.total += valeur;
};

/** Ce que les logements d'un ensemble disent de lui ; les comptes suivent la règle de l'état des lieux. */
export function computeFiche(logements: Iterable<LogementFiche>): ContenuFiche {
  const comptes = new Comptes();
  const zero = (): Cumul => ({ logements: 0, total: 0 });
  const dpe = new Map<string, LigneDpe>();
  const conventions = new Map<string, Convention>();
  const r: ContenuFiche = {
    comptes: {}, surfaces: { SH: zero(), SU: zero(), SC: zero() }, accessoires: zero(), dpe: [], conventions: { oui: 0, non: 0, inconnu: 0, liste: [] },
    ventes: { sorties: {}, commercialises: 0, acquereurs: {}, prix: zero(), produit: zero() },
  };
  for (const l of logements) {
    comptes.add(l);
    cumuler(r.ventes.prix, l.prixvente);
    cumuler(r.ventes.produit, l.prodfin);
    if (l.qualacq !== null) plus(r.ventes.acquereurs, l.qualacq);
    if (l.sortiepatrim !== null) {
      plus(r.ventes.sorties, String(l.sortiepatrim));
      continue;
    }
    if (l.miscommercial === 1) r.ventes.commercialises++;
    cumuler(r.surfaces.SH, l.surfhab);
    if (l.modesurf === 1) cumuler(r.surfaces.SU, l.surfmode);
    if (l.modesurf === 2) cumuler(r.surfaces.SC, l.surfmode);
    if (l.mode === 1 && l.loyeracc !== null && l.loyeracc > 0) cumuler(r.accessoires, l.loyeracc);
    addDpe(dpe, l);
    addConvention(r.conventions, conventions, l);
  }
  for (const { dimension, cle, logements: n } of comptes.parc()) {
    const c = (r.comptes[dimension] ??= {});
    c[cle] = (c[cle] ?? 0) + n;
  }
  r.dpe = [...dpe.values()].toSorted((a, b) => (a.classe < b.classe ? -1 : 1));
  r.conventions.liste = [...conventions.values()].toSorted((a, b) => b.logements - a.logements || (a.numero < b.numero ? -1 : 1));
  return r;
}

function addDpe(dpe: Map<string, LigneDpe>, l: LogementFiche): void {
  const classe = l.dpeenergie ?? 'inconnu';
  let ligne = dpe.get(classe);
  if (ligne === undefined) dpe.set(classe, (ligne = { classe, avant: 0, depuis: 0, sansDate: 0 }));
  ligne[l.dpedate === null ? 'sansDate' : l.dpedate < DPE_NOUVEAU ? 'avant' : 'depuis']++;
}

function addConvention(total: ContenuFiche['conventions'], liste: Map<string, Convention>, l: LogementFiche): void {
  total[l.conv === 1 ? 'oui' : l.conv === 2 ? 'non' : 'inconnu']++;
  if (l.conv !== 1) return;
  const [numero, date] = [l.numconv ?? '', l.datconv ?? ''];
  const c = liste.get(`${numero}|${date}`);
  if (c === undefined) liste.set(`${numero}|${date}`, { numero, date, logements: 1 });
  else c.logements++;
}
