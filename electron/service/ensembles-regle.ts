import type { Sortie } from '../../shared/contract.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { planRecomposition, summarizeRecomposition } from '../../shared/domain/ensembles/recomposition.ts';
import type { Paire, Recomposition } from '../../shared/domain/ensembles/recomposition.ts';
import { computeNiveau } from '../../shared/domain/ensembles/cle.ts';
import { PREREGLAGES, describeRegle, faultRegle, findPrereglage, isMemeRegle } from '../../shared/domain/ensembles/regle.ts';
import type { Critere, Regle } from '../../shared/domain/ensembles/regle.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import { annule } from '../import/erreurs.ts';
import type { Base } from '../store/base.ts';
import { readEnsemblesConnus } from '../store/decisions.ts';
import { revision } from '../store/imports.ts';
import { appendJournal } from '../store/journal.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { applyRecomposition, computeCleDossier, nextEnsemble, readEnsemblesActuels, readSituations } from '../store/recomposition.ts';
import type { LigneSituation } from '../store/recomposition.ts';
import { readRegle } from '../store/regle.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';

type Essai = Sortie<'ensembles.essayerRegle'>;
type Comptee = LigneSituation & { logements: number };

export const CHAMP_REGLE = 'ensembles/regle';
const CLE_SITUATIONS = 'ensembles/situations';
const LOT = 10_000;

const copier = (regle: Regle): Critere[][] => regle.map((n) => [...n]);
export const nommerRegle = (regle: Regle): string => findPrereglage(regle)?.libelle ?? describeRegle(regle);

function verifier(regle: Regle): Regle {
  const faute = faultRegle(regle);
  if (faute !== null) throw invalide('regle-invalide', faute, 'Corriger la règle ; rien n’a été changé.');
  return regle;
}

/** Les logements en vigueur, ceux de même situation et de même ensemble réunis ; gardés tant que le dossier ne change pas. */
async function readComptees(contexte: Contexte, base: Base, suivi: Suivi): Promise<Comptee[]> {
  const version = revision(base);
  const gardees = contexte.session.get(CLE_SITUATIONS) as { version: string; comptees: Comptee[] } | undefined;
  if (gardees?.version === version) return gardees.comptees;
  const total = base.prepare<[], number>('SELECT count(*) FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1)').pluck().get() ?? 0;
  const comptees = new Map<string, Comptee>();
  let fait = 0;
  for (let apres = 0; ; ) {
    const lot = readSituations(base, apres, LOT);
    for (const l of lot) {
      const cle = [l.ensemble, l.declaration, l.commune, l.numvoie, l.indrep, l.typvoie, l.nomvoie, l.bat, l.immeu, l.complgeo, l.lieudit, l.codsegpatrim].join('\u0000');
      const c = comptees.get(cle);
      if (c === undefined) comptees.set(cle, { ...l, logements: 1 });
      else {
        c.logements++;
        c.parc += l.parc;
      }
    }
    suivi.progres({ etape: 'Lecture des logements', fait: (fait += lot.length), total });
    // Une saisie ou une annulation passe entre deux lots.
    await new Promise((resolve) => void setImmediate(resolve));
    if (suivi.signal.aborted) throw annule();
    if (lot.length < LOT) break;
    apres = lot.at(-1)?.id ?? apres;
  }
  if (revision(base) !== version) throw perime();
  const liste = [...comptees.values()];
  contexte.session.set(CLE_SITUATIONS, { version, comptees: liste });
  return liste;
}

const perime = () => refus('regle-perimee', 'Le dossier a changé pendant que la règle était essayée.', 'Recommencer ; rien n’a été changé.');

function planifier(base: Base, comptees: readonly Comptee[], regle: Regle, debut: number): { plan: Recomposition; essai: Essai } {
  const cleDe = computeCleDossier(base, regle);
  const paires = new Map<string, Paire>();
  const parNiveau = Array.from({ length: regle.length + 1 }, () => 0);
  for (const c of comptees) {
    const cle = cleDe(c);
    const p = paires.get(`${c.ensemble}|${cle}`);
    if (p === undefined) paires.set(`${c.ensemble}|${cle}`, { cle, ensemble: c.ensemble, logements: c.logements, parc: c.parc });
    else {
      p.logements += c.logements;
      p.parc += c.parc;
    }
    const niveau = computeNiveau(c, regle);
    parNiveau[niveau] = (parNiveau[niveau] ?? 0) + c.parc;
  }
  const actuels = readEnsemblesActuels(base);
  const liste = [...paires.values()];
  const plan = planRecomposition(actuels, liste, nextEnsemble(base));
  const decidees = new Set(actuels.filter((e) => e.compositionDecidee).map((e) => e.id));
  const essai: Essai = {
    ...summarizeRecomposition(liste, plan), parNiveau,
    compositionsGardees: new Set(liste.filter((p) => p.parc > 0 && decidees.has(p.ensemble)).map((p) => p.ensemble)).size,
    nomsGardesAPart: readEnsemblesConnus(base, plan.nommesAPart).filter((e) => e.logements > 0).map((e) => ({ id: e.code, nom: e.nom })),
    dureeMs: performance.now() - debut,
  };
  return { plan, essai };
}

async function essayer(contexte: Contexte, regle: Regle, suivi: Suivi): Promise<Essai> {
  const debut = performance.now();
  const { base } = contexte.dossier();
  return planifier(base, await readComptees(contexte, base, suivi), verifier(regle), debut).essai;
}

async function appliquer(contexte: Contexte, regle: Regle, suivi: Suivi): Promise<Sortie<'ensembles.appliquerRegle'>> {
  const debut = performance.now();
  const { base } = contexte.dossierEcriture();
  const avant = readRegle(base);
  if (isMemeRegle(avant, verifier(regle))) throw invalide('regle-inchangee', 'Cette règle est déjà celle du dossier.', 'En choisir une autre ; rien n’a été changé.');
  const comptees = await readComptees(contexte, base, suivi);
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction((): Sortie<'ensembles.appliquerRegle'> => {
      const { plan, essai } = planifier(base, comptees, regle, debut);
      const libelle = `Règle des ensembles : ${nommerRegle(regle)} (${pluriel(essai.actuels, 'ensemble')} avant, ${pluriel(essai.ensembles, 'ensemble')} après)`;
      const operation = openOperation(base, 'ensembles.regle', libelle, par);
      applyRecomposition(base, operation, regle, plan);
      closeOperation(base);
      appendJournal(base, { ...par, champ: CHAMP_REGLE, avant: nommerRegle(avant), apres: nommerRegle(regle), operation });
      return { operation, libelle, essai: { ...essai, dureeMs: performance.now() - debut }, enregistreA: par.quand };
    })
    .immediate();
}

export const handlers = {
  'ensembles.regle': (contexte) => {
    const regle = readRegle(contexte.dossier().base);
    return { regle: copier(regle), texte: describeRegle(regle), prereglages: PREREGLAGES.map((p) => ({ ...p, regle: copier(p.regle) })) };
  },
  'ensembles.essayerRegle': (contexte, { regle }, suivi) => essayer(contexte, regle, suivi),
  'ensembles.appliquerRegle': (contexte, { regle }, suivi) => appliquer(contexte, regle, suivi),
} satisfies Partial<Handlers>;
