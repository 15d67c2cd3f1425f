/**
 * Attributions fictives des logements d'une déclaration, avec les défauts des vrais exports et les totaux
 * exacts que l'import doit retrouver. Les comptes sont faits ici, ligne par ligne, sans le code jugé.
 */
import { hasard } from './hasard.ts';
import type { Hasard } from './hasard.ts';
import type { Logement } from './logements.ts';

/** Un nombre, ce qu'il compte parmi, et ce qui n'est pas connu. */
type Part = { nombre: number; base: number; inconnu: number };
export type TotauxAnnee = {
  attributions: number;
  horsQpv: number;
  qpv: number;
  signes: Part;
  ps1: Part;
  prioritaires: Part;
  dalo: Part;
  nonReserves: Part;
  prioritairesNonReserves: Part;
  mutations: Part;
  internes: Part;
  refus: Part;
};
export type TotauxAttributions = {
  lignes: number;
  acceptees: number;
  rejets: Record<string, number>;
  /** Par territoire (`organisme`, `dep-13`, `epci-…`) puis par année. */
  territoires: Record<string, Record<number, TotauxAnnee>>;
};

const TITRES = [
  'Date de signature du bail', 'Bail signé', 'Identifiant logement', 'Quartile de ressources', 'Relogement', 'Public prioritaire', 'Catégorie prioritaire', 'DALO', 'Réservataire', 'Échec du réservataire', 'Type de mutation', 'Provenance QPV',
  'Nombre de refus',
];
const CATEGORIES = ['Personne mal logée', 'Handicap', 'Hébergé', 'Habitat indigne', 'Violences', 'Suroccupation', 'Sans logement'] as const;
const TAUX_ANNUEL = 0.085;

const part = (): Part => ({ nombre: 0, base: 0, inconnu: 0 });
const annee = (): TotauxAnnee => ({
  attributions: 0, horsQpv: 0, qpv: 0, signes: part(), ps1: part(), prioritaires: part(), dalo: part(), nonReserves: part(), prioritairesNonReserves: part(), mutations: part(), internes: part(), refus: part(),
});

type Fiction = {
  bail: boolean | null; premier: boolean | null; reloge: boolean; prioritaire: boolean | null; dalo: boolean | null; reserve: string | null; echec: boolean; mutation: 'non' | 'interne' | 'externe' | null; refus: number | null;
  cellules: string[];
};

/** `annees` : les années civiles des attributions, dans l'ordre. */
export function generateAttributions(graine: number, logements: readonly Logement[], annees: readonly number[]): { texte: string; totaux: TotauxAttributions } {
  const totaux: TotauxAttributions = { lignes: 0, acceptees: 0, rejets: {}, territoires: {} };
  const lignes: string[] = [TITRES.join(';')];
  let premiere: string[] | null = null;
  for (const [i, l] of logements.entries()) {
    const { faits: f } = l;
    if (f.sortie !== null && f.sortie !== 9) continue;
    for (const an of annees) {
      const h = hasard(graine, 23, i, an);
      if (!h.chance(TAUX_ANNUEL)) continue;
      const jour = `${String(h.entier(1, 28)).padStart(2, '0')}/${String(h.entier(1, 12)).padStart(2, '0')}/${an}`;
      const a = fiction(h, f.qpv === 1);
      const cellules = [jour, a.cellules[0] ?? '', f.ident, ...a.cellules.slice(1)];
      ecrire(cellules);
      premiere ??= cellules;
      totaux.acceptees++;
      for (const t of ['organisme', `dep-${f.departement}`, ...(f.epci === null ? [] : [`epci-${f.epci}`])]) compter(totaux, t, an, a, f.qpv);
    }
  }
  const [debut = 2025] = annees;
  rejeter('attr-date-absente', ['', 'oui', '', 'Q1', 'non', 'oui', '', 'non', 'Préfecture', '', 'non', 'non', '0']);
  rejeter('attr-date-illisible', ['printemps', 'oui', '', 'Q1', 'non', 'oui', '', 'non', 'Préfecture', '', 'non', 'non', '0']);
  rejeter('attr-date-ancienne', [`01/03/${debut - 100}`, 'oui', '', 'Q2', 'non', 'non', '', 'non', 'Bailleur', '', 'non', 'non', '1']);
  if (premiere !== null) rejeter('attr-doublon', premiere);
  return { texte: `${lignes.join('\r\n')}\r\n`, totaux };

  function ecrire(cellules: readonly string[]): void {
    lignes.push(cellules.join(';'));
    totaux.lignes++;
  }
  function rejeter(code: string, cellules: readonly string[]): void {
    ecrire(cellules);
    totaux.rejets[code] = (totaux.rejets[code] ?? 0) + 1;
  }
}

function ajouter(p: Part, dans: boolean, valeur: boolean | number | null): void {
  if (!dans) return;
  p.base++;
  if (valeur === null) p.inconnu++;
  else p.nombre += Number(valeur);
}

function compter(totaux: TotauxAttributions, territoire: string, an: number, a: Fiction, qpv: 1 | 2 | null): void {
  const t = ((totaux.territoires[territoire] ??= {})[an] ??= annee());
  t.attributions++;
  if (qpv === 1) t.qpv++;
  if (qpv === 2) t.horsQpv++;
  ajouter(t.signes, true, a.bail);
  // Un bail non signé, ou un autre quartile sans relogement, suffit à exclure ; sinon il faut tout savoir.
  const cible = a.reloge || a.premier === true ? true : a.premier === null ? null : false;
  ajouter(t.ps1, qpv === 2, a.bail === false || cible === false ? false : a.bail === null || cible === null ? null : true);
  ajouter(t.prioritaires, true, a.prioritaire);
  ajouter(t.dalo, true, a.dalo);
  ajouter(t.nonReserves, true, a.reserve === null ? null : a.reserve === 'non' || a.echec);
  const aide = a.dalo === true || a.prioritaire === true ? true : a.dalo === null || a.prioritaire === null ? null : false;
  ajouter(t.prioritairesNonReserves, a.reserve !== null && (a.reserve === 'non' || a.echec), aide);
  ajouter(t.mutations, true, a.mutation === null ? null : a.mutation !== 'non');
  ajouter(t.internes, true, a.mutation === null ? null : a.mutation === 'interne');
  ajouter(t.refus, true, a.refus);
}

function fiction(h: Hasard, enQpv: boolean): Fiction {
  const absent = (): boolean => h.chance(0.012);
  const bail = absent() ? null : h.chance(0.94);
  const quartile = absent() ? null : h.pondere([[1, enQpv ? 44 : 25], [2, 28], [3, 25], [4, 20]] as const);
  const reloge = h.pondere([['non', 96.5], ['ru', 3], ['orcod', 0.5]] as const);
  const prioritaire = absent() ? null : h.chance(0.37);
  const dalo = absent() ? null : h.chance(0.08);
  const reserve = absent() ? null : h.pondere([['non', 44], ['etat', 23], ['collectivite', 14], ['action-logement', 15], ['autre', 4]] as const);
  const echec = reserve !== null && reserve !== 'non' && h.chance(0.06);
  const mutation = absent() ? null : h.pondere([['non', 80], ['interne', 12], ['externe', 8]] as const);
  const venant = h.chance(0.22);
  const illisible = h.chance(0.004);
  const refus = illisible ? null : h.pondere([[0, 58], [1, 24], [2, 11], [3, 5], [4, 2]] as const);
  const oui = (v: boolean | null): string => (v === null ? h.parmi(['', 'NC']) : v ? h.parmi(['O', 'oui', 'Oui']) : h.parmi(['N', 'non', 'Non']));
  const reservataire = { non: 'Bailleur', etat: 'Préfecture', collectivite: 'Commune', 'action-logement': 'Action Logement', autre: 'Autre' };
  return {
    bail, premier: quartile === null ? null : quartile === 1, reloge: reloge !== 'non', prioritaire, dalo, reserve, echec, mutation, refus,
    cellules: [
      oui(bail), quartile === null ? '' : h.parmi([String(quartile), `Q${quartile}`]), reloge === 'non' ? 'non' : reloge === 'ru' ? h.parmi(['NPNRU', 'RU']) : 'ORCOD', oui(prioritaire), prioritaire === true && h.chance(0.8) ? h.parmi(CATEGORIES) : '',
      oui(dalo), reserve === null ? '' : reservataire[reserve], echec ? 'oui' : reserve === null || reserve === 'non' ? '' : 'non', mutation === null ? 'NC' : h.chance(0.5) ? mutation : { non: 'N', interne: 'Interne', externe: 'Externe' }[mutation], oui(venant),
      illisible ? 'plusieurs' : String(refus ?? ''),
    ],
  };
}
