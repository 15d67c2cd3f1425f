import type { Sortie } from '../../shared/contract.ts';
import { roundRationnel } from '../../shared/domain/nombres/rationnel.ts';
import type { Rationnel } from '../../shared/domain/nombres/rationnel.ts';
import { parseNote } from '../../shared/domain/service-rendu/echelle.ts';
import { centiemesNote, classeResultat, computeEnsemble, prepareCalcul, Reunion } from '../../shared/domain/service-rendu/resultats.ts';
import type { ResultatEnsemble } from '../../shared/domain/service-rendu/resultats.ts';
import { listCriteres } from '../../shared/domain/service-rendu/types.ts';
import type { Grille } from '../../shared/domain/service-rendu/types.ts';
import { findCommune, nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { iterateNotes, readGrille, readPresences } from '../store/service-rendu.ts';
import type { PresenceEnsemble } from '../store/service-rendu.ts';
import { readVersionLecture } from '../store/version.ts';

export type Lu = Sortie<'serviceRendu.lire'>;
export type Ligne = Lu['lignes'][number];
export type Par = Lu['par'];

const QPV = [
  ['qpv', 'En QPV', (p: PresenceEnsemble) => p.qpv],
  ['hors-qpv', 'Hors QPV', (p: PresenceEnsemble) => p.logements - p.qpv - p.qpvInconnu],
  ['qpv-inconnu', 'Situation en QPV inconnue', (p: PresenceEnsemble) => p.qpvInconnu],
] as const;

/** Un ensemble du parc, ses logements par commune, ses notes en centièmes dans l'ordre de la grille. */
type Note = { code: string; nom: string; commune: string; presences: PresenceEnsemble[]; resultat: ResultatEnsemble; classe: number | null };

/**
 * Le service rendu par maille : la seule fonction d'où viennent écran, carte, terminal, documents et paquet.
 * Notes, ensembles et territoires sont parcourus une fois.
 */
export function readServiceRendu(base: Base, par: Par): Lu {
  const { grille, ensembles, ...comptes } = readResultatsConnus(base);
  if (grille === null) return { grille, par, lignes: [], organisme: null, qpv: [], notes: 0, illisibles: 0, horsParc: 0 };
  const organisme = new Reunion(grille);
  const qpv = QPV.map(() => new Reunion(grille));
  const territoires = new Map<string, Reunion>();
  const lignes: Ligne[] = [];
  for (const e of ensembles) {
    const logements = somme(e.presences, (p) => p.logements);
    organisme.add(e.resultat, logements, e.classe);
    for (const [i, [, , compter]] of QPV.entries()) {
      const n = somme(e.presences, compter);
      if (n > 0) qpv[i]?.add(e.resultat, n, e.classe);
    }
    if (par === 'ensemble') lignes.push(ligneEnsemble(grille, e, logements));
    else if (par !== 'organisme') {
      for (const [code, n] of repartir(e.presences, par)) {
        let r = territoires.get(code);
        if (r === undefined) territoires.set(code, (r = new Reunion(grille)));
        r.add(e.resultat, n, e.classe);
      }
    }
  }
  const tout = ligneDe(grille, 'organisme', nomTerritoire('organisme'), organisme);
  if (par === 'organisme') lignes.push(tout);
  for (const [code, r] of [...territoires].sort(([a], [b]) => (a < b ? -1 : 1))) lignes.push(ligneDe(grille, code, nomDe(code, par), r));
  return { grille, par, lignes, organisme: tout, qpv: QPV.map(([code, nom], i) => ligneDe(grille, code, nom, qpv[i] ?? new Reunion(grille))), ...comptes };
}

type Resultats = { grille: Grille | null; ensembles: Note[]; notes: number; illisibles: number; horsParc: number };
const connus = new WeakMap<Base, { ecritures: number; resultats: Resultats }>();

/**
 * Les résultats, gardés tant que rien ne s'écrit dans le dossier (une seule connexion y écrit) : le rail et
 * l'écran les demandent ensemble. Dans une transaction, qui peut être défaite, rien n'est gardé.
 */
function readResultatsConnus(base: Base): Resultats {
  const ecritures = readVersionLecture(base);
  const garde = connus.get(base);
  if (garde?.ecritures === ecritures && !base.inTransaction) return garde.resultats;
  const grille = readGrille(base);
  const resultats: Resultats = grille === null ? { grille, ensembles: [], notes: 0, illisibles: 0, horsParc: 0 } : { grille, ...readResultats(base, grille) };
  if (!base.inTransaction) connus.set(base, { ecritures, resultats });
  return resultats;
}

/** Ensembles du parc avec leur résultat, et le compte de leurs notes. */
function readResultats(base: Base, grille: Grille): { ensembles: Note[]; notes: number; illisibles: number; horsParc: number } {
  const rangs = new Map(listCriteres(grille).map((c, i) => [c.code, i]));
  const calcul = prepareCalcul(grille);
  const lues = new Map<string, number | null>();
  const parEnsemble = new Map<string, (number | null)[]>();
  const tapees = new Map<string, { notes: number; illisibles: number }>();
  for (const { ensemble, critere, saisie } of iterateNotes(base)) {
    const rang = rangs.get(critere);
    if (rang === undefined) continue;
    let valeur = lues.get(saisie);
    if (valeur === undefined) {
      const lue = parseNote(grille.echelle, saisie);
      lues.set(saisie, (valeur = lue.ok ? centiemesNote(lue.valeur) : null));
    }
    let notes = parEnsemble.get(ensemble);
    if (notes === undefined) parEnsemble.set(ensemble, (notes = Array.from({ length: calcul.criteres }, () => null)));
    notes[rang] = valeur;
    const t = tapees.get(ensemble) ?? { notes: 0, illisibles: 0 };
    tapees.set(ensemble, { notes: t.notes + 1, illisibles: t.illisibles + (valeur === null ? 1 : 0) });
  }
  const ensembles: Note[] = [];
  let [notes, illisibles] = [0, 0];
  for (const p of readPresences(base)) {
    const dernier = ensembles.at(-1);
    if (dernier?.code === p.code) {
      dernier.presences.push(p);
      continue;
    }
    const resultat = computeEnsemble(calcul, parEnsemble.get(p.code) ?? []);
    ensembles.push({ code: p.code, nom: p.nom, commune: p.communePrincipale, presences: [p], resultat, classe: classeResultat(grille, resultat.total.exact) });
    notes += tapees.get(p.code)?.notes ?? 0;
    illisibles += tapees.get(p.code)?.illisibles ?? 0;
  }
  const total = [...tapees.values()].reduce((s, t) => s + t.notes, 0);
  return { ensembles, notes, illisibles, horsParc: total - notes };
}

const somme = (presences: readonly PresenceEnsemble[], compter: (p: PresenceEnsemble) => number): number => presences.reduce((s, p) => s + compter(p), 0);
const dit = (exact: Rationnel | null): number | null => (exact === null ? null : roundRationnel(exact));

/** Logements d'un ensemble dans chaque territoire de la maille. */
function repartir(presences: readonly PresenceEnsemble[], par: 'commune' | 'epci' | 'departement'): Map<string, number> {
  const parCode = new Map<string, number>();
  for (const p of presences) {
    const code = par === 'commune' ? p.commune : (findCommune(p.commune)?.[par] ?? '');
    parCode.set(code, (parCode.get(code) ?? 0) + p.logements);
  }
  return parCode;
}

function nomDe(code: string, par: Par): string {
  switch (par) {
    case 'commune': return nomTerritoire(`com-${code}`);
    case 'epci': return code === '' ? 'Hors EPCI' : nomTerritoire(`epci-${code}`);
    case 'departement': return nomTerritoire(`dep-${code}`);
    default: return nomTerritoire(code);
  }
}

function ligneEnsemble(grille: Grille, e: Note, logements: number): Ligne {
  const { total, familles } = e.resultat;
  const note = total.exact === null ? 0 : 1;
  return {
    code: e.code, nom: e.nom, commune: e.commune, logements, ensembles: 1, ensemblesNotes: note, logementsNotes: note * logements,
    resultat: dit(total.exact), classe: e.classe, notes: total.notes, criteres: total.criteres,
    familles: grille.familles.map(({ code }, i) => {
      const exact = familles[i]?.exact ?? null;
      return { code, resultat: dit(exact), ensemblesNotes: exact === null ? 0 : 1, logementsNotes: exact === null ? 0 : logements };
    }),
    classes: grille.classes.map((_, i) => (i === e.classe ? { ensembles: 1, logements } : { ensembles: 0, logements: 0 })),
  };
}

function ligneDe(grille: Grille, code: string, nom: string, r: Reunion): Ligne {
  return {
    code, nom, commune: '', logements: r.logements, ensembles: r.ensembles, ensemblesNotes: r.ensemblesNotes, logementsNotes: r.logementsNotes,
    resultat: dit(r.moyenne()), classe: r.classe(), notes: r.notes, criteres: r.criteres,
    familles: grille.familles.map((f, i) => {
      const cumul = r.familles[i];
      return { code: f.code, resultat: dit(cumul?.somme.moyenne() ?? null), ensemblesNotes: cumul?.ensembles ?? 0, logementsNotes: cumul?.logements ?? 0 };
    }),
    classes: r.classes.map((c) => ({ ...c })),
  };
}
