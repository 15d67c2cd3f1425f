import type { Sortie } from '../../../shared/contract.ts';
import { premiereAnnee } from '../../../shared/domain/engagements/matrice.ts';
import { parseDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { judgeAvis } from '../../../shared/domain/ventes/avis.ts';
import { computeDrapeaux, formatDrapeau, isSansAutorisation } from '../../../shared/domain/ventes/drapeaux.ts';
import type { CadreVentes, ContexteCommune } from '../../../shared/domain/ventes/drapeaux.ts';
import { parseNombre } from '../../../shared/domain/ventes/saisie.ts';
import { computeSru } from '../../../shared/domain/ventes/sru.ts';
import type { CommuneVente, LogementVente } from '../../../shared/domain/ventes/types.ts';
import { findControle } from '../../../shared/millesimes/index.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';
import { epciInfo, findCommune } from '../../../shared/territoires/index.ts';
import type { Base } from '../../store/base.ts';
import { readChamp } from '../../store/champs.ts';
import { readVersionLecture } from '../../store/version.ts';
import { CLE_COMMUNE, readConsultations } from '../../store/ventes/consultations.ts';
import type { ConsultationGardee } from '../../store/ventes/consultations.ts';
import { readCommunesVente } from '../../store/ventes/communes.ts';
import { formatAdresse, nommerVente, readVentes } from '../../store/ventes/plan.ts';
import type { VenteLue } from '../../store/ventes/plan.ts';
import { millesimeDe } from '../millesime.ts';

export type LigneVente = Sortie<'ventes.page'>['lignes'][number];

/** Le plan entier, jugé une fois par version du dossier et par jour. */
export type Plan = {
  millesime: Millesime;
  cadre: CadreVentes;
  lignes: LigneVente[];
  parIdentifiant: ReadonlyMap<string, LigneVente>;
  communes: ReadonlyMap<string, ContexteCommune & { logements: number }>;
  saisies: ReadonlyMap<string, CommuneVente>;
  consultations: readonly ConsultationGardee[];
  /** Nom d'une commune du plan, suivi de son code quand une autre du plan a le même : `Saint-Priest (69290)`. */
  nommer: (commune: string) => string;
};

const gardes = new WeakMap<Base, { cle: string; plan: Plan }>();

/** Années civiles de la convention ; vide sans date d'effet. */
export function anneesConvention(base: Base, millesime: Millesime): number[] {
  const premiere = premiereAnnee(readChamp(base, 'calendrier/date-effet'));
  return premiere === null ? [] : Array.from({ length: millesime.dureeAnnees }, (_, i) => premiere + i);
}

/** Le plan sans égard au jour, qui ne change que l'état des avis : celui qui est déjà lu, s'il vaut encore. */
export function readPlanSansJour(base: Base): Plan {
  const garde = gardes.get(base);
  return garde?.cle.startsWith(`${readVersionLecture(base)} `) === true ? garde.plan : readPlan(base, '2000-01-01');
}

export function readPlan(base: Base, aujourdhui: string): Plan {
  const cle = `${readVersionLecture(base)} ${aujourdhui}`;
  const garde = gardes.get(base);
  if (garde?.cle === cle) return garde.plan;
  const plan = buildPlan(base, aujourdhui);
  gardes.set(base, { cle, plan });
  return plan;
}

function buildPlan(base: Base, aujourdhui: string): Plan {
  const millesime = millesimeDe(base);
  const regles = millesime.ventes;
  const seuil = parseDecimal(parseNombre(readChamp(base, regles.energie.champSeuil) ?? '') ?? regles.energie.seuil) ?? { mantisse: 330n, echelle: 0 };
  const cadre: CadreVentes = { regles, annees: anneesConvention(base, millesime), seuil, aujourdhui };
  const lues = readVentes(base);
  const saisies = readCommunesVente(base);
  const consultations = readConsultations(base);
  const nommerCommune = distinguer([...lues.map((l) => l.commune), ...saisies.keys(), ...consultations.flatMap((c) => (c.nature === 'commune' ? [c.cle.slice(CLE_COMMUNE.length)] : []))]);
  const communes = lireCommunes(lues, cadre, saisies, consultations, aujourdhui, nommerCommune);
  const nommer = nommerVente(base);
  const niveaux = new Map(regles.drapeaux.map((d) => [d.code, findControle(millesime, d.code).niveau]));
  const lignes = lues.map((l) => toLigne(l, nommer(l.origine, l.ident), cadre, communes, niveaux)).sort(comparer());
  return { millesime, cadre, lignes, parIdentifiant: new Map(lignes.map((l) => [l.identifiant, l])), communes, saisies, consultations, nommer: nommerCommune };
}

/** Par commune, puis dans l'ordre des adresses. */
function comparer(): (a: LigneVente, b: LigneVente) => number {
  const { compare } = new Intl.Collator('fr', { numeric: true });
  return (a, b) => compare(a.nomCommune, b.nomCommune) || compare(a.commune, b.commune) || compare(a.nomEnsemble, b.nomEnsemble) || compare(a.adresse, b.adresse) || (a.identifiant < b.identifiant ? -1 : 1);
}

export const nomCommune = (code: string): string => findCommune(code)?.nom ?? code;

/** De quoi nommer ces communes sans que deux se confondent. */
function distinguer(codes: readonly string[]): (commune: string) => string {
  const parNom = new Map<string, number>();
  for (const code of new Set(codes)) parNom.set(nomCommune(code), (parNom.get(nomCommune(code)) ?? 0) + 1);
  return (code) => ((parNom.get(nomCommune(code)) ?? 0) > 1 ? `${nomCommune(code)} (${code})` : nomCommune(code));
}

/** Logements que la vente retirerait : au parc, non encore vendus, et non destinés à un autre organisme HLM, chez qui ils restent sociaux. */
const isRetire = (l: VenteLue, cadre: CadreVentes): boolean => l.etat !== 'vendu' && l.logement !== null && l.sortie === null && !isSansAutorisation(l, cadre.regles);

function lireCommunes(lues: readonly VenteLue[], cadre: CadreVentes, saisies: ReadonlyMap<string, CommuneVente>, consultations: readonly ConsultationGardee[], aujourdhui: string, nommer: Plan['nommer']): Plan['communes'] {
  const comptes = new Map<string, { logements: number; retires: number }>();
  for (const l of lues) {
    const c = comptes.get(l.commune) ?? { logements: 0, retires: 0 };
    comptes.set(l.commune, { logements: c.logements + 1, retires: c.retires + (isRetire(l, cadre) ? 1 : 0) });
  }
  const avis = new Map(consultations.filter((c) => c.nature === 'commune').map((c) => [c.cle, judgeAvis({ ...c, commune: true }, cadre.regles.avis.mois, aujourdhui).etat]));
  return new Map(
    [...new Set([...comptes.keys(), ...saisies.keys()])].map((code) => {
      const { logements, retires } = comptes.get(code) ?? { logements: 0, retires: 0 };
      const saisie = saisies.get(code) ?? null;
      return [code, { nom: nommer(code), saisie, sru: computeSru(saisie, retires), avis: avis.get(`${CLE_COMMUNE}${code}`) ?? null, logements }];
    }),
  );
}

const texteCode = (v: string | number | null): string | null => (v === null ? null : String(v));

function toLigne(l: VenteLue, identifiant: string, cadre: CadreVentes, communes: Plan['communes'], niveaux: ReadonlyMap<string, LigneVente['drapeaux'][number]['niveau']>): LigneVente {
  const commune = findCommune(l.commune);
  const contexte = communes.get(l.commune) ?? { nom: nomCommune(l.commune), saisie: null, sru: computeSru(null, 0), avis: null };
  const juge: LogementVente = {
    identifiant, commune: l.commune, annee: l.annee, acquereur: l.acquereur, etat: l.etat, date: l.date, conso: l.conso, documents: l.documents === 1, note: l.note,
    parc:
      l.logement === null
        ? null
        : { construct: l.construct, patrimoine: l.patrimoine, origine: l.mode_entree, vendeur: l.vendeur, dpe: l.dpeenergie, dpeDate: l.dpedate, cus: texteCode(l.cus), finan: texteCode(l.finan), qpv: l.qpv, mode: l.mode, sortie: l.sortie },
  };
  const drapeaux = computeDrapeaux(juge, cadre, contexte).map((d) => ({ ...formatDrapeau(cadre.regles, d), niveau: niveaux.get(d.code) ?? 'information' }));
  const epci = commune?.epci ?? null;
  return {
    identifiant,
    adresse: l.logement === null ? l.adresse : formatAdresse(l),
    commune: l.commune, nomCommune: nomCommune(l.commune),
    epci, nomEpci: epci === null ? '' : (epciInfo(epci)?.nom ?? epci), departement: commune?.departement ?? '',
    ensemble: l.ensemble, nomEnsemble: l.nomEnsemble ?? '',
    type: l.typeconst, pieces: l.nbpiece, surface: l.surfhab === null ? null : l.surfhab / 100,
    construct: l.construct, patrimoine: l.patrimoine, finan: texteCode(l.finan), dpe: l.dpeenergie, dpeDate: l.dpedate,
    qpv: l.qpv === null ? null : l.qpv === 1, occupe: l.mode === null ? null : [1, 4, 5].includes(l.mode), auParc: l.logement !== null && l.sortie === null,
    annee: l.annee, acquereur: l.acquereur, etat: l.etat, date: l.date, conso: l.conso, documents: l.documents === 1, note: l.note,
    drapeaux,
  };
}
