import type { Sortie } from '../../shared/contract.ts';
import { computeLoyers, SOMMES_NULLES, addSommes } from '../../shared/domain/loyers/taux.ts';
import type { SommesLoyers } from '../../shared/domain/loyers/taux.ts';
import { buildPoints, sumMouvements } from '../../shared/domain/declarations/points.ts';
import type { Mouvement, Point } from '../../shared/domain/declarations/points.ts';
import { invalide } from '../../shared/erreurs.ts';
import { communesDe, nomTerritoire, parseTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { appendJournal } from '../store/journal.ts';
import { countDeclaration, countTendances, listDeclarations, readMouvements, switchVigueur } from '../store/declarations.ts';
import type { ComptesDeclaration, DeclarationLue } from '../store/declarations.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { annule } from '../import/erreurs.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';
import { pointPaquet } from './declarations-paquet.ts';
import { exportTendances } from './declarations-export.ts';

export type Tendances = Sortie<'declarations.tendances'>;
export type PointTendance = Tendances['points'][number];
type Comptes = Record<string, number>;

const nommer = (base: Base) => {
  const siren = readChamp(base, 'organisme/siren') ?? '';
  const nom = readChamp(base, 'organisme/nom') ?? '';
  return (d: DeclarationLue) => ({ siren: d.siren ?? siren, nom: d.nom ?? nom });
};

function lister(base: Base): Sortie<'declarations.lister'> {
  const nom = nommer(base);
  return {
    declarations: listDeclarations(base).map((d) => ({
      id: d.id, annee: d.annee, fichier: d.fichier, importeLe: d.importeLe, ...nom(d), enVigueur: d.enVigueur === 1, ...countDeclaration(base, d.id),
    })),
  };
}

/** Tout ce qui peut changer un logement laisse une opération ou une ligne de journal : sinon, ce qui est compté vaut encore. */
const revisionDe = (base: Base): string =>
  base.prepare<[], string>("SELECT coalesce((SELECT max(id) FROM journal), 0) || ';' || coalesce((SELECT max(id) FROM operation), 0)").pluck().get() ?? '';

type Memoire = { revision: string; comptes: Map<number, ComptesDeclaration>; mouvements: Map<string, Mouvement[]> };

/** Les comptes d'une déclaration se font une fois, tant que le dossier ne change pas. */
function memoireDe(contexte: Contexte, base: Base): Memoire {
  const revision = revisionDe(base);
  const gardee = contexte.session.get('millesimes') as Memoire | undefined;
  if (gardee?.revision === revision) return gardee;
  const neuve: Memoire = { revision, comptes: new Map(), mouvements: new Map() };
  contexte.session.set('millesimes', neuve);
  return neuve;
}

export async function readTendances(contexte: Contexte, { territoire = 'organisme', origine }: { territoire?: string | undefined; origine?: string | undefined }, suivi: Suivi): Promise<Tendances> {
  const { base } = contexte.dossier();
  if (parseTerritoire(territoire) === null) {
    throw invalide('territoire-inconnu', `« ${territoire} » n’est pas un territoire connu.`, 'Donner « organisme », ou un code comme « dep-13 », « epci-200054807 », « com-13055 », « reg-93 ».');
  }
  const nom = nommer(base);
  const lues = listDeclarations(base).filter((d) => origine === undefined || nom(d).siren === origine);
  if (origine !== undefined && lues.length === 0) throw invalide('origine-inconnue', `Aucune déclaration de l’organisme ${origine} n’est dans le dossier.`, 'Choisir un organisme dont un fichier est importé.');
  const communes = territoire === 'organisme' ? null : new Set(communesDe(territoire));
  const memoire = memoireDe(contexte, base);
  const parId = new Map(lues.map((d) => [d.id, d]));
  const points = buildPoints(lues.map((d) => ({ id: d.id, annee: d.annee, origine: d.origine, enVigueur: d.enVigueur === 1 })));
  const utiles = [...new Set(points.flatMap((p) => p.declarations.map((d) => d.id)))];
  for (const [rang, id] of utiles.entries()) {
    suivi.progres({ etape: 'Comptes des déclarations', fait: rang, total: utiles.length });
    if (memoire.comptes.has(id)) continue;
    memoire.comptes.set(
      id,
      await countTendances(base, id, parId.get(id)?.annee ?? null, async () => {
        await new Promise(setImmediate);
        if (suivi.signal.aborted) throw annule();
      }),
    );
  }
  const faits = points.map((p) => buildPoint(p, parId, nom, memoire.comptes, communes));
  const mouvements = points.slice(1).map((p, i) => {
    const avant = points[i];
    const tous = avant === undefined ? [] : mouvementsDe(base, avant, p, memoire);
    return { de: faits[i]?.libelle ?? '', a: faits[i + 1]?.libelle ?? '', ...sumMouvements(tous, communes) };
  });
  const paquet = territoire === 'organisme' && origine === undefined ? pointPaquet(base) : null;
  return { territoire, nomTerritoire: nomTerritoire(territoire), points: paquet === null ? faits : [paquet, ...faits], mouvements };
}

const libelleDe = (annee: number | null): string => (annee === null ? 'sans année' : String(annee));

function buildPoint(point: Point, parId: ReadonlyMap<number, DeclarationLue>, nom: ReturnType<typeof nommer>, comptes: ReadonlyMap<number, ComptesDeclaration>, communes: ReadonlySet<string> | null): PointTendance {
  const dedans = (commune: string): boolean => communes === null || communes.has(commune);
  const p: PointTendance = {
    annee: point.annee, libelle: libelleDe(point.annee), source: 'declarations', declarations: [], logements: 0, sortis: 0, qpv: 0,
    vacance: { vacants: 0, proposes: 0, plusDeTroisMois: 0, dureeInconnue: 0 }, dpe: {}, dpeAvant: {}, dpeDepuis: {}, dpeSansDate: {},
    loyers: { SH: computeLoyers(SOMMES_NULLES), SU: computeLoyers(SOMMES_NULLES), SC: computeLoyers(SOMMES_NULLES) },
  };
  const sommes: Record<'SH' | 'SU' | 'SC', SommesLoyers> = { SH: SOMMES_NULLES, SU: SOMMES_NULLES, SC: SOMMES_NULLES };
  let plusDeTroisMois = 0;
  let dureeInconnue = 0;
  let proposes = 0;
  for (const d of point.declarations) {
    const lue = parId.get(d.id);
    const c = comptes.get(d.id);
    if (lue === undefined || c === undefined) continue;
    p.declarations.push({ id: d.id, ...nom(lue), annee: d.annee, enVigueur: d.enVigueur, reportee: d.annee !== point.annee });
    for (const l of c.parc) {
      if (!dedans(l.commune)) continue;
      addCompte(p, l.dimension, l.cle, l.logements);
      if (l.dimension === 'mode' && (l.cle === '1' || l.cle === '2')) proposes += l.logements;
    }
    for (const l of c.loyers) if (dedans(l.commune)) sommes[l.surface] = addSommes(sommes[l.surface], l.sommes);
    for (const v of c.vacance) {
      if (!dedans(v.commune)) continue;
      plusDeTroisMois += v.plusDeTroisMois;
      dureeInconnue += v.dureeInconnue;
    }
  }
  return {
    ...p,
    vacance: { vacants: p.vacance.vacants, proposes, plusDeTroisMois, dureeInconnue },
    loyers: { SH: computeLoyers(sommes.SH), SU: computeLoyers(sommes.SU), SC: computeLoyers(sommes.SC) },
  };
}

const plus = (comptes: Comptes, cle: string, n: number): void => void (comptes[cle] = (comptes[cle] ?? 0) + n);

function addCompte(p: PointTendance, dimension: string, cle: string, n: number): void {
  switch (dimension) {
    case 'logements': p.logements += n; break;
    case 'sortis': p.sortis += n; break;
    case 'vacants': p.vacance.vacants += n; break;
    case 'qpv': if (cle === '1') p.qpv += n; break;
    case 'dpe': plus(p.dpe, cle, n); break;
    case 'dpe-avant': plus(p.dpeAvant, cle, n); break;
    case 'dpe-depuis': plus(p.dpeDepuis, cle, n); break;
    case 'dpe-sans-date': plus(p.dpeSansDate, cle, n); break;
  }
}

/** Entre deux points : bailleur par bailleur ; celui qui n'est que d'un côté change le périmètre. */
function mouvementsDe(base: Base, avant: Point, apres: Point, memoire: Memoire): Mouvement[] {
  const origines = new Set([...avant.declarations, ...apres.declarations].map((d) => d.origine));
  return [...origines].flatMap((o): Mouvement[] => {
    const a = avant.declarations.find((d) => d.origine === o);
    const b = apres.declarations.find((d) => d.origine === o);
    if (a !== undefined && b !== undefined) return a.id === b.id ? [] : entre(base, a.id, b.id, memoire);
    const seule = a ?? b;
    const parc = seule === undefined ? [] : (memoire.comptes.get(seule.id)?.parc ?? []).filter((l) => l.dimension === 'logements');
    return parc.map((l) => ({ avant: b === undefined ? l.commune : null, apres: b === undefined ? null : l.commune, motif: 'perimetre', logements: l.logements }));
  });
}

function entre(base: Base, avant: number, apres: number, memoire: Memoire): Mouvement[] {
  const cle = `${avant} ${apres}`;
  let m = memoire.mouvements.get(cle);
  if (m === undefined) memoire.mouvements.set(cle, (m = readMouvements(base, avant, apres)));
  return m;
}

function changerVigueur(contexte: Contexte, id: number): Sortie<'declarations.vigueur'> {
  const { base } = contexte.dossierEcriture();
  const declarations = listDeclarations(base);
  const voulue = declarations.find((d) => d.id === id);
  if (voulue === undefined) throw invalide('declaration-inconnue', `Le dossier n’a pas de déclaration ${id}.`, 'Choisir une déclaration de la liste ; rien n’a été changé.');
  if (voulue.enVigueur === 1) throw invalide('declaration-en-vigueur', 'Cette déclaration est déjà en vigueur.', 'En choisir une autre ; rien n’a été changé.');
  const actuelle = declarations.find((d) => d.enVigueur === 1 && d.origine === voulue.origine);
  const nom = nommer(base);
  const libelle = `Déclaration ${libelleDe(voulue.annee)} de ${nom(voulue).nom} mise en vigueur`;
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  const operation = base
    .transaction(() => {
      const numero = openOperation(base, 'declarations.vigueur', libelle, par);
      switchVigueur(base, voulue);
      closeOperation(base);
      appendJournal(base, { ...par, champ: `declaration/${nom(voulue).siren}`, avant: actuelle === undefined ? null : libelleDe(actuelle.annee), apres: libelleDe(voulue.annee), operation: numero });
      return numero;
    })
    .immediate();
  return { operation, libelle, enregistreA: par.quand };
}

export const handlers = {
  'declarations.lister': (contexte) => lister(contexte.dossier().base),
  'declarations.tendances': (contexte, entree, suivi) => readTendances(contexte, entree, suivi),
  'declarations.vigueur': (contexte, { declaration }) => changerVigueur(contexte, declaration),
  'declarations.exporter': async (contexte, { destination, ...choix }, suivi) => exportTendances(contexte, destination, await readTendances(contexte, choix, suivi)),
} satisfies Partial<Handlers>;
