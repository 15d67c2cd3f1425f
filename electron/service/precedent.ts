import { resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { parseDate, termeConvention } from '../../shared/domain/calendrier/dates.ts';
import { formatPeriode } from '../../shared/domain/engagements/matrice.ts';
import { isNature } from '../../shared/domain/organisme/natures.ts';
import { inventoryDossier, inventoryPaquet, isChampRepris } from '../../shared/domain/reprise/inventaire.ts';
import { findMillesime, MILLESIME_PAR_DEFAUT } from '../../shared/millesimes/index.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { natureFichier, readPlein, withFichier } from '../import/fichier.ts';
import { openPaquet, verifyPaquet } from '../paquet/index.ts';
import { readAncien, withAncien } from '../store/ancien.ts';
import type { Base } from '../store/base.ts';
import { readChamps } from '../store/champs.ts';
import type { QuiQuand } from '../store/champs.ts';
import { copyReprise, countReprise, insertEnsemblesPrecedents, insertPrecedent, readCiblesAncien } from '../store/reprise.ts';
import type { CiblePrecedente } from '../store/reprise.ts';
import type { Contexte, Suivi } from './contexte.ts';
import { encodeDonnees } from './depot/donnees.ts';
import { readDepotDe, requireIntegre } from './depot/paquet-lu.ts';
import { CHAMP_MILLESIME } from './millesime.ts';
import { requireFichier } from './imports-nature.ts';

type Precedent = Sortie<'dossier.precedent'>;
export type PrecedentLu = {
  precedent: Precedent;
  /** Champs qui passent dans le nouveau dossier, échéance précédente comprise. */
  champs: [string, string][];
  /** Dossier à attacher pour `fill` ; absent d'un paquet. */
  copie: string | undefined;
  /** Écrit dans le nouveau dossier tout ce qui n'est pas un champ. */
  fill(base: Base, par: QuiQuand): void;
};

/** Lit une convention précédente, vérifiée, le temps de `faire`. Rien n'y est changé. */
export async function withPrecedent<T>(contexte: Contexte, donne: string, suivi: Suivi, faire: (lu: PrecedentLu) => T | Promise<T>): Promise<T> {
  const chemin = resolve(donne);
  requireFichier(chemin);
  if (isDossier(chemin)) {
    const ouverte = !contexte.aucunDossierOuvert() && contexte.dossier().chemin === chemin ? contexte.dossier().base : null;
    return withAncien(chemin, ouverte, contexte.ordinateur, (copie) => faire(readDossier(chemin, copie)));
  }
  return faire(await readPaquet(contexte, chemin, suivi));
}

/** Un dossier est une base SQLite, quel que soit son nom ; tout le reste se vérifie comme un paquet. */
const isDossier = (chemin: string): boolean =>
  chemin.toLowerCase().endsWith('.cus') ||
  withFichier(chemin, (descripteur) => {
    const debut = Buffer.alloc(16);
    const lus = debut.subarray(0, readPlein(descripteur, debut, 0));
    return natureFichier(lus) !== 'zip' && lus.toString('latin1').startsWith('SQLite format 3');
  });

function readDossier(chemin: string, copie: string): PrecedentLu {
  return readAncien(copie, (base): PrecedentLu => {
    const tous = readChamps(base);
    const millesime = findMillesime(tous.get(CHAMP_MILLESIME) ?? MILLESIME_PAR_DEFAUT);
    const nature = tous.get('organisme/nature') ?? '';
    const effet = parseDate(tous.get('calendrier/date-effet') ?? '');
    const echeance = effet === null ? null : termeConvention(effet, millesime.dureeAnnees);
    const champs = champsRepris(tous, echeance);
    const comptes = countReprise(base);
    const precedent: Precedent = {
      chemin, nature: 'dossier', verdict: null, millesime: millesime.nom, periode: formatPeriode(millesime, effet), version: null, echeance,
      organisme: { siren: tous.get('organisme/siren') ?? '', nom: tous.get('organisme/nom') ?? '', nature: isNature(nature) ? nature : null },
      ...inventoryDossier({ ...comptes, champs: champs.filter(([c]) => isChampRepris(c)).length, echeance: echeance !== null }),
    };
    const cibles = readCiblesAncien(base);
    return {
      precedent, champs, copie,
      fill(nouvelle, par) {
        copyReprise(nouvelle);
        insertPrecedent(nouvelle, { ...noteDe(precedent, par), empreinte: null, donnees: null }, cibles, par);
      },
    };
  });
}

async function readPaquet(contexte: Contexte, chemin: string, suivi: Suivi): Promise<PrecedentLu> {
  const options = { instant: contexte.maintenant(), signal: suivi.signal };
  // Ouvert une fois : ce qui est vérifié est ce qui est lu.
  const paquet = await openPaquet(chemin, options).catch(() => null);
  const verdict = await verifyPaquet(paquet ?? chemin, options);
  requireIntegre(chemin, verdict);
  if (paquet === null) throw new Error('paquet intègre mais fermé');
  const { donnees, empreinte } = await readDepotDe(chemin, paquet, suivi.signal);
  const tous = new Map(donnees.champs.flatMap((c) => (c.valeur === null ? [] : [[c.champ, c.valeur] as const])));
  const effet = parseDate(donnees.dateEffet ?? '');
  const echeance = effet === null ? null : termeConvention(effet, findMillesime(donnees.millesime).dureeAnnees);
  const champs = champsRepris(tous, echeance);
  const cibles = ciblesPaquet(donnees);
  const precedent: Precedent = {
    chemin, nature: 'paquet', organisme: donnees.organisme, millesime: donnees.millesime, periode: donnees.periode, version: donnees.version, echeance,
    verdict: { verdict: verdict.verdict === 'signe' ? 'signe' : 'non-signe', signataires: verdict.signataires },
    ...inventoryPaquet({
      origines: donnees.origines?.filter((o) => o.operation !== null).length ?? 0, champs: champs.filter(([c]) => isChampRepris(c)).length, ensembles: donnees.ensembles.length, logements: donnees.etat.logements, cibles: cibles.length, echeance: echeance !== null,
      ...countPaquet(donnees),
    }),
  };
  return {
    precedent, champs, copie: undefined,
    fill(nouvelle, par) {
      insertPrecedent(nouvelle, { ...noteDe(precedent, par), empreinte, donnees: encodeDonnees(donnees) }, cibles, par);
      insertEnsemblesPrecedents(nouvelle, donnees.ensembles.map((e) => ({ code: e.id, nom: e.nom })));
    },
  };
}

function champsRepris(tous: ReadonlyMap<string, string>, echeance: string | null): [string, string][] {
  const repris = [...tous].filter(([champ]) => isChampRepris(champ));
  return echeance === null ? repris : [...repris, ['calendrier/echeance-precedente', echeance]];
}

const ciblesPaquet = (donnees: DonneesPaquet): CiblePrecedente[] =>
  donnees.engagements.flatMap(({ champ, indicateur, territoire, horizon, ventilation, saisie, reference }) =>
    saisie === null || saisie === '' ? [] : [{ champ, indicateur, territoire, horizon, ventilation, saisie, reference }],
  );

/** Ce que le paquet porte et qui ne se reprend pas sans les logements. */
const countPaquet = ({ ventes, association, attributions = [], occupation = [], serviceRendu, npl }: DonneesPaquet) => ({
  ventes: ventes?.lignes.length ?? 0,
  vendus: ventes?.resume.etats['vendu'] ?? 0,
  communesVente: ventes?.communes.filter((c) => c.taux !== null || c.objectif !== null || c.residences !== null || c.sociaux !== null || c.carence !== null || c.mixite !== null).length ?? 0,
  consultations: ventes?.consultations.filter((c) => c.envoyee !== null || c.recue !== null || c.reponse !== null || !c.delaiLegal).length ?? 0,
  personnes: association?.personnes.length ?? 0,
  attributions: attributions[0]?.annees.reduce((n, a) => n + a.attributions, 0) ?? 0,
  enquetes: occupation.some((o) => o.enquete !== null) ? 1 : 0,
  notes: serviceRendu?.notes ?? 0,
  npl: npl !== undefined,
});

const noteDe = (p: Precedent, par: QuiQuand) => ({
  nature: p.nature, fichier: p.chemin, nom: p.organisme.nom, periode: p.periode, version: p.version, repris_le: par.quand,
});
