import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide, refus } from '../../../shared/erreurs.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import type { ChoixEnsemble, ChoixPlafond, ConstatNpl } from '../../../shared/domain/loyers/npl/types.ts';
import { listZonages, readIrl, readLimites, readPlafondsLoyer, writeIrl, writeLimite, writePlafondLoyer } from '../../store/npl/baremes.ts';
import { clearScenario, deleteScenario, findRetenu, findScenarioNomme, insertScenario, listScenarios, readChoix, retainScenario, updateScenario, writeChoix } from '../../store/npl/scenarios.ts';
import type { ScenarioGarde } from '../../store/npl/scenarios.ts';
import type { Base } from '../../store/base.ts';
import { appendJournal } from '../../store/journal.ts';
import { closeOperation, openOperation } from '../../store/operations.ts';
import type { Contexte, Handlers, Suivi } from '../contexte.ts';
import { expandCibles, runAide } from './aides.ts';
import { importBareme } from './baremes.ts';
import { readBareme } from './grille.ts';
import { carryChoix, readCalcul, readDonnees, readResultat } from './etat.ts';
import { createScenario } from './donnees.ts';
import { saveBaremes } from './garder.ts';
import { countClasses, readClasses } from './classes.ts';
import { exportNpl } from './export.ts';
import { eurosM2, mergeChoix, readTaux } from './lecture.ts';
import { computeMixite } from '../../../shared/domain/loyers/npl/mixite.ts';
import { calculer, describeJauge, describeScenario, eurosMasse, totaliser } from './resultat.ts';
import { basesDuParc, readBaremesEcrits, readChoixEcrits, requireScenario, withBaremes, writeScenario } from './scenario.ts';
import { normalizeZone } from './zones.ts';

type Resume = Sortie<'npl.creer'>;

/** Un changement de la politique des loyers : une transaction, une ligne de journal, une opération annulable. */
function changer<T>(contexte: Contexte, geste: { nature: string; libelle: string; champ: string }, faire: (base: Base) => T): { valeur: T; operation: number; enregistreA: string } {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction(() => {
      const operation = openOperation(base, geste.nature, geste.libelle, par);
      const valeur = faire(base);
      closeOperation(base);
      appendJournal(base, { ...par, champ: geste.champ, avant: null, apres: geste.libelle, operation });
      return { valeur, operation, enregistreA: par.quand };
    })
    .immediate();
}

function resumer(contexte: Contexte, s: ScenarioGarde): Resume {
  const { base } = contexte.dossier();
  const { scenario, calcul: { masse, constats } } = readCalcul(base, s);
  return {
    id: s.id, nom: s.nom, annee: s.annee, retenu: findRetenu(base)?.id === s.id, choix: scenario.choix.reduce((n, c) => n + c.plafonds.length, 0), ...eurosMasse(masse),
    respectee: masse.respectee, constats: constats.filter((c) => c.bloquant).length,
  };
}

const nomPris = (nom: string) => refus('scenario-existant', `Un scénario s’appelle déjà « ${nom} ».`, 'Choisir un autre nom.');

function creer(contexte: Contexte, { nom, annee, depuis }: EntreeLue<'npl.creer'>): Resume {
  const propre = nom.trim();
  const { base } = contexte.dossierEcriture();
  if (findScenarioNomme(base, propre) !== null) throw nomPris(propre);
  if (depuis !== undefined) requireScenario(base, depuis);
  const { valeur } = changer(contexte, { nature: 'npl.creer', libelle: `Scénario de loyers « ${propre} » créé`, champ: 'npl/scenario' }, (b) => insertScenario(b, propre, annee, depuis ?? null));
  return resumer(contexte, { id: valeur, nom: propre, annee });
}

function modifier(contexte: Contexte, { scenario, nom, annee }: EntreeLue<'npl.modifier'>): Resume {
  const { base } = contexte.dossierEcriture();
  const avant = requireScenario(base, scenario);
  const apres = { id: scenario, nom: nom?.trim() ?? avant.nom, annee: annee ?? avant.annee };
  const homonyme = findScenarioNomme(base, apres.nom);
  if (homonyme !== null && homonyme.id !== scenario) throw nomPris(apres.nom);
  changer(contexte, { nature: 'npl.modifier', libelle: `Scénario « ${avant.nom} » : ${apres.nom}, ${apres.annee}`, champ: 'npl/scenario' }, (b) => updateScenario(b, apres));
  return resumer(contexte, apres);
}

function definir(contexte: Contexte, { scenario, choix: demandes }: EntreeLue<'npl.definir'>): Sortie<'npl.definir'> {
  const { base } = contexte.dossierEcriture();
  const s = requireScenario(base, scenario);
  const { donnees, scenario: { choix: gardesAvant } } = readCalcul(base, s);
  const baseDe = basesDuParc(donnees);
  const connus = new Set(donnees.ensembles.map((e) => e.ensemble));
  const gardes = new Map(gardesAvant.map((c) => [c.ensemble, c]));
  const neufs = new Map<string, ChoixEnsemble>();
  const refuses: Sortie<'npl.definir'>['refus'] = [];
  for (const d of demandes) {
    if (!connus.has(d.ensemble)) {
      refuses.push({ ensemble: d.ensemble, plafond: null, raison: 'Cet ensemble n’est pas dans le parc.' });
      continue;
    }
    const { choix, refus: faux } = mergeChoix(neufs.get(d.ensemble) ?? gardes.get(d.ensemble) ?? null, d, { base: baseDe(d.ensemble), annee: s.annee });
    refuses.push(...faux);
    if (faux.length === 0 && choix !== null) neufs.set(d.ensemble, choix);
  }
  // Une opération vide s'annulerait sans rien faire, et oublierait ce qui peut être refait.
  if (neufs.size === 0) return { operation: null, enregistreA: null, refus: refuses };
  const libelle = `${pluriel(neufs.size, 'choix de loyer', 'choix de loyers')} dans « ${s.nom} »`;
  return { ...changerChoix(contexte, s, { nature: 'npl.definir', libelle }, neufs), refus: refuses };
}

/** Écrit ces choix d'un geste ; ce qu'ils ne changent pas reste calculé. */
function changerChoix(contexte: Contexte, s: ScenarioGarde, geste: { nature: string; libelle: string }, choix: ReadonlyMap<string, ChoixEnsemble>): { operation: number; enregistreA: string } {
  const { base } = contexte.dossierEcriture();
  return carryChoix(base, s, [...choix.keys()], () => {
    const { operation, enregistreA } = changer(contexte, { ...geste, champ: `npl/${s.id}` }, (b) => {
      for (const c of choix.values()) writeChoix(b, s.id, c);
    });
    return { operation, enregistreA };
  });
}

function aider(contexte: Contexte, { scenario, aide, cibles, appliquer }: EntreeLue<'npl.aider'>): Sortie<'npl.aider'> {
  const { base } = contexte.dossier();
  const s = requireScenario(base, scenario);
  const { donnees, scenario: garde, calcul, memoire } = readCalcul(base, s);
  const { propositions, explication, libelle = explication, repartition = null } = runAide(base, donnees, calcul, aide, expandCibles(calcul, cibles), s.annee);
  const baseDe = basesDuParc(donnees);
  const choix = new Map(garde.choix.map((c): [string, ChoixEnsemble] => [c.ensemble, c]));
  const vus = new Set<string>();
  for (const p of propositions) {
    const c = choix.get(p.ensemble) ?? { ensemble: p.ensemble, base: baseDe(p.ensemble), plafonds: [] };
    const ecrit = c.plafonds.find((x) => x.plafond === p.plafond);
    // Ce qu'une aide propose est de l'année du scénario : ce qui était écrit dans une autre y est amené avec (V).
    const part = ecrit === undefined ? undefined : calcul.masse.ensembles.find((m) => m.ensemble === p.ensemble)?.parts.find((x) => x.plafond === p.plafond);
    const avant: ChoixPlafond | undefined = ecrit && { ...ecrit, maximum: part?.maximum ?? ecrit.maximum, ...(part?.moyenne == null ? {} : { moyenne: part.moyenne }) };
    // Une moyenne déjà fixée est la borne de la masse : c'est elle que l'aide change, le maximum la suit s'il le faut.
    if (p.logements !== undefined && p.surface !== undefined) {
      const neuf = { plafond: p.plafond, maximum: p.apres, logements: p.logements, surface: p.surface, annee: s.annee };
      // Une mixité visée remplace toute la répartition de l'ensemble : la première proposition efface l'ancienne.
      const gardes = vus.has(p.ensemble) ? c.plafonds : [];
      vus.add(p.ensemble);
      choix.set(p.ensemble, { ...c, plafonds: [...gardes, neuf] });
      continue;
    }
    const neuf = avant?.moyenne === undefined ? { ...avant, plafond: p.plafond, annee: s.annee, maximum: p.apres } : { ...avant, annee: s.annee, moyenne: p.apres, maximum: avant.maximum > p.apres ? avant.maximum : p.apres };
    choix.set(p.ensemble, { ...c, plafonds: [...c.plafonds.filter((x) => x.plafond !== p.plafond), neuf] });
  }
  const { masse: apres, constats } = calculer(donnees, { ...garde, choix: [...choix.values()] }, s.annee, { ...memoire, masse: new Map(memoire.masse) });
  const touches = new Map(propositions.flatMap(({ ensemble }) => { const c = choix.get(ensemble); return c === undefined ? [] : [[ensemble, c] as const]; }));
  const operation = appliquer && touches.size > 0 ? changerChoix(contexte, s, { nature: 'npl.aider', libelle: `« ${s.nom} » : ${libelle}` }, touches).operation : null;
  const noms = new Map(donnees.ensembles.map((e) => [e.ensemble, e.nom]));
  return {
    explication: [explication, ...direNouveaux(calcul.constats, constats)].join(' '), repartition, operation, apres: eurosMasse(apres).apres, reste: eurosMasse(apres).reste, respectee: apres.respectee,
    mixite: { avant: computeMixite(calcul.masse, donnees.ensembles, calcul.table), apres: computeMixite(apres, donnees.ensembles, calcul.table) },
    propositions: propositions.map((p) => ({ ensemble: p.ensemble, nom: noms.get(p.ensemble) ?? p.ensemble, plafond: p.plafond, avant: eurosM2(p.avant), apres: eurosM2(p.apres), ...(p.logements === undefined || p.surface === undefined ? {} : { logements: p.logements, surface: p.surface / 100 }) })),
  };
}

/** Les constats qu'une aide ferait naître, par sorte, les bloquants d'abord. */
function direNouveaux(avant: readonly ConstatNpl[], apres: readonly ConstatNpl[]): string[] {
  const cle = (c: ConstatNpl): string => `${c.code}/${String(c.bloquant)}/${c.ensemble ?? ''}/${c.plafond ?? ''}`;
  const deja = new Set(avant.map(cle));
  const sortes = new Map<string, { bloquant: boolean; message: string; n: number }>();
  for (const c of apres) {
    if (deja.has(cle(c))) continue;
    const sorte = `${c.code}/${String(c.bloquant)}`;
    sortes.set(sorte, { bloquant: c.bloquant, message: sortes.get(sorte)?.message ?? c.message, n: (sortes.get(sorte)?.n ?? 0) + 1 });
  }
  const dits = [...sortes.values()].toSorted((a, b) => Number(b.bloquant) - Number(a.bloquant));
  return dits.map(({ bloquant, message, n }) => `${pluriel(n, bloquant ? 'constat bloquant nouveau' : 'constat nouveau', bloquant ? 'constats bloquants nouveaux' : 'constats nouveaux')} : ${message}`);
}

function definirBaremes(contexte: Contexte, { plafonds, limites, irl }: EntreeLue<'npl.definirBaremes'>): Sortie<'npl.definirBaremes'> {
  const illisible = (v: string | number | null) => invalide('bareme-illisible', `« ${String(v)} » n’est pas une valeur de barème.`, 'Donner un nombre comme « 6,29 » ; rien n’a été changé.');
  const lire = (v: string | number | null): bigint | null => {
    if (v === null || v === '') return null;
    const t = readTaux(v);
    if (t === null) throw illisible(v);
    // 0 € n'est ni un plafond ni une limite : la case se retire en la vidant.
    if (t === 0n) throw invalide('bareme-nul', `« ${String(v)} » : un barème de 0 € n’en est pas un.`, 'Corriger la valeur, ou la vider pour retirer la ligne ; rien n’a été changé.');
    return t;
  };
  const { enregistreA } = changer(contexte, { nature: 'npl.baremes', libelle: 'Barèmes de loyers', champ: 'npl/baremes' }, (base) => {
    for (const p of plafonds) {
      const taux = lire(p.maximum);
      const zone = normalizeZone(p.zone);
      if (zone === null) throw invalide('zone-inconnue', `« ${p.zone} » n’est pas une zone (1, 1bis, 2, 3 ; Abis, A, B1, B2, C).`, 'Corriger la zone ; rien n’a été changé.');
      writePlafondLoyer(base, p.id ?? null, taux === null ? null : { annee: p.annee, produit: p.produit, zone, taux, source: p.source });
    }
    for (const l of limites) writeLimite(base, l.base, lire(l.maximum), l.source, l.annee ?? null);
    for (const i of irl) {
      const indice = lire(i.indice);
      if (indice !== null && indice % 100n !== 0n) throw illisible(i.indice);
      writeIrl(base, i.annee, indice === null ? null : Number(indice / 100n), i.source);
    }
  });
  return { enregistreA };
}

async function importer(contexte: Contexte, demande: EntreeLue<'npl.importerBareme'>, suivi: Suivi): Promise<Sortie<'npl.importerBareme'>> {
  contexte.dossierEcriture();
  const lignes = await readBareme(demande.chemin, suivi);
  const lu: { bilan: Sortie<'npl.importerBareme'> | null } = { bilan: null };
  const faute = (bilan: Sortie<'npl.importerBareme'>) => invalide('bareme-refuse', `Aucune ligne de « ${demande.chemin} » ne peut être gardée : ${direRefus(bilan.refusees)}`, 'Corriger le fichier ; rien n’a été changé.', { refusees: bilan.refusees });
  try {
    return changer(contexte, { nature: 'npl.baremes', libelle: `Barème chargé : ${demande.nature}`, champ: 'npl/baremes' }, (base) => {
      lu.bilan = importBareme(base, lignes, demande, contexte.maintenant().toISOString());
      // Une opération vide s'annulerait sans rien faire : rien n'est écrit, et le bilan le dit.
      if (lu.bilan.enregistrees + lu.bilan.remplacees === 0) throw faute(lu.bilan);
      return lu.bilan;
    }).valeur;
  } catch (e) {
    if (lu.bilan !== null && lu.bilan.enregistrees + lu.bilan.remplacees === 0 && lu.bilan.identiques > 0) return lu.bilan;
    throw e;
  }
}

const REFUS_DITS = 20;
/** Tous les refus d'un fichier dont rien n'est gardé, chacun avec sa ligne. */
function direRefus(refusees: Sortie<'npl.importerBareme'>['refusees']): string {
  const dits = refusees.slice(0, REFUS_DITS).map((r) => (r.ligne > 0 ? `ligne ${r.ligne}, ${r.raison}` : r.raison));
  return [...dits, ...(refusees.length > REFUS_DITS ? [`et ${pluriel(refusees.length - REFUS_DITS, 'autre refus', 'autres refus')}.`] : [])].join(' ');
}

function enregistrer(contexte: Contexte, { scenario }: EntreeLue<'npl.enregistrer'>): Resume {
  const baremes = readBaremesEcrits(scenario);
  const choix = readChoixEcrits(readDonnees(contexte.dossierEcriture().base), scenario);
  const nom = scenario.nom.trim();
  const { valeur } = changer(contexte, { nature: 'npl.enregistrer', libelle: `Scénario de loyers « ${nom} » lu d’un fichier`, champ: 'npl/scenario' }, (base) => {
    const deja = findScenarioNomme(base, nom);
    const id = deja?.id ?? insertScenario(base, nom, scenario.annee, null);
    if (deja !== null) {
      updateScenario(base, { id, nom, annee: scenario.annee });
      clearScenario(base, id);
    }
    for (const c of choix) writeChoix(base, id, c);
    saveBaremes(base, baremes, `fichier du scénario « ${nom} »`, contexte.maintenant().toISOString());
    return id;
  });
  return resumer(contexte, { id: valeur, nom, annee: scenario.annee });
}

function lireBaremes(base: Base): Sortie<'npl.baremes'> {
  return {
    plafonds: readPlafondsLoyer(base).map(({ taux, ...p }) => ({ ...p, maximum: eurosM2(taux) })),
    limites: readLimites(base).map(({ taux, annee, ...l }) => ({ ...l, maximum: eurosM2(taux), ...(annee === null ? {} : { annee }) })),
    irl: readIrl(base).map((i) => ({ ...i, indice: i.indice / 100 })),
    zones: listZonages(base),
  };
}

export const handlers = {
  'npl.baremes': (contexte) => lireBaremes(contexte.dossier().base),
  'npl.definirBaremes': definirBaremes,
  'npl.importerBareme': importer,
  'npl.scenarios': (contexte) => ({ scenarios: listScenarios(contexte.dossier().base).map((s) => resumer(contexte, s)) }),
  'npl.creer': creer,
  'npl.modifier': modifier,
  'npl.retenir': (contexte, { scenario }) => {
    const nom = scenario === null ? null : requireScenario(contexte.dossierEcriture().base, scenario).nom;
    const libelle = nom === null ? 'Aucune politique des loyers dans la convention' : `Scénario « ${nom} » retenu pour la convention`;
    const { operation, enregistreA } = changer(contexte, { nature: 'npl.retenir', libelle, champ: 'npl/retenu' }, (base) => retainScenario(base, scenario));
    return { operation, enregistreA };
  },
  'npl.exporter': exportNpl,
  'npl.supprimer': (contexte, { scenario }) => {
    const s = requireScenario(contexte.dossierEcriture().base, scenario);
    const { operation, enregistreA } = changer(contexte, { nature: 'npl.supprimer', libelle: `Scénario « ${s.nom} » supprimé`, champ: 'npl/scenario' }, (base) => deleteScenario(base, scenario));
    return { operation, enregistreA };
  },
  'npl.lire': (contexte, { scenario }) => {
    const { base } = contexte.dossier();
    const s = requireScenario(base, scenario);
    return readResultat(base, s);
  },
  'npl.jauge': (contexte, { scenario }) => {
    const { base } = contexte.dossier();
    const s = requireScenario(base, scenario);
    const { scenario: lu, calcul } = readCalcul(base, s);
    return describeJauge(lu, calcul, s);
  },
  'npl.totaliser': (contexte, { scenario, cibles }) => {
    const { base } = contexte.dossier();
    const s = requireScenario(base, scenario);
    const { calcul } = readCalcul(base, s);
    return totaliser(calcul, expandCibles(calcul, cibles));
  },
  'npl.definir': definir,
  'npl.aider': aider,
  'npl.classes': (contexte, { scenario, cibles, ...demande }) => {
    const { base } = contexte.dossier();
    const { donnees, calcul } = readCalcul(base, requireScenario(base, scenario));
    const classes = readClasses(base, donnees, demande);
    return { source: classes.source, absence: classes.absence, classes: countClasses(classes, calcul, expandCibles(calcul, cibles)) };
  },
  'npl.calculer': (contexte, { scenario }) => {
    const donnees = withBaremes(readDonnees(contexte.dossier().base), readBaremesEcrits(scenario));
    return describeScenario(donnees, createScenario(donnees, scenario, readChoixEcrits(donnees, scenario)), { id: null, annee: scenario.annee });
  },
  'npl.enregistrer': enregistrer,
  'npl.ecrire': (contexte, { scenario }) => {
    const { base } = contexte.dossier();
    const s = requireScenario(base, scenario);
    return { scenario: writeScenario(s, readChoix(base, s.id), readDonnees(base)) };
  },
} satisfies Partial<Handlers>;
