import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatValeur } from '../../shared/domain/rpls/affichage.ts';
import { CHAMPS } from '../../shared/domain/rpls/champs.ts';
import { messageAnomalie } from '../../shared/domain/rpls/anomalies.ts';
import { REGLES_LECTURE } from '../../shared/domain/rpls/regles.ts';
import { formatIdentifiant } from '../../shared/domain/origines/identifiant.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import { annule } from '../import/erreurs.ts';
import { lireEnteteSeule } from '../import/rpls/entete.ts';
import type { RapportEcrit } from '../import/rapport.ts';
import type { Base } from '../store/base.ts';
import type { QuiQuand } from '../store/champs.ts';
import { addRemarqueFichier, keepRemplacements, renumber } from '../store/complement.ts';
import { completeFromDossier, computeEcarts, countComparaison, countVolet, keepCoordonnees, readEcarts } from '../store/comparaison.ts';
import { countConflits, decideConflits, hasCorrections, hideCorrections, keepCorrections, readConflits, settleConflits, writeRemarques } from '../store/conflits.ts';
import type { DecisionConflit } from '../store/conflits.ts';
import { readGroupes } from '../store/ensembles.ts';
import { countEnsembles } from '../store/etat.ts';
import {
  computeAmorce, copyResumes, countAnomalies, declarationEnVigueur, dernierImport, insertDeclaration, isDossierVide, premieresAnomalies,
  replaceDeclaration, revision, updateDeclaration,
} from '../store/imports.ts';
import type { DeclarationEnVigueur, DernierImport, FicheImport } from '../store/imports.ts';
import { closeOperation, operationOuverte } from '../store/operations.ts';
import { attachPreparation, detachPreparation, removePreparation, withPreparation } from '../store/preparation-lien.ts';
import { rememberProfil } from '../store/profils.ts';
import { readRegle } from '../store/regle.ts';
import { needsRegroupement, regroup } from '../store/regroupement.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';
import { assertCible } from './fichiers.ts';
import { complementSansDossier, convertRapport, doublonsConnus } from './imports-complement.ts';
import type { RapportCorrige } from './imports-complement.ts';
import { lireSansRetenir } from './imports-fil.ts';
import type { DemandeLecture, Lecture } from './imports-lecture.ts';
import { LECTEURS } from './imports-lecteurs.ts';
import { connusPour } from './imports-connus.ts';
import { essayer } from './imports-essai.ts';
import { analyser, natureImport, requireFichier } from './imports-nature.ts';
import { natureNonLue } from './imports-refus.ts';
import type { TypeLu } from './imports-nature.ts';
import { originImport } from './imports-origine.ts';
import type { OrigineImport } from './imports-origine.ts';
import { aucunLogement, rapportDossier, rapportLecture } from './imports-rapport.ts';

type Resultat = Sortie<'import.lire'>;

/** Une lecture comparée au dossier, en attente d'être appliquée ou abandonnée. */
type Comparaison = {
  jeton: string;
  preparation: string;
  amorce: ReturnType<typeof computeAmorce>;
  lecture: Lecture;
  fiche: FicheImport;
  origine: OrigineImport;
  resultat: Resultat;
  declaration: DeclarationEnVigueur;
  revision: string;
  debut: number;
  /** Lignes que la lecture signale, sans les corrections faites à la main. */
  signalees: number;
  /** Des corrections faites à la main attendent d'être rapprochées du fichier. */
  corrigees: boolean;
  /** Le fichier du dernier import, relu pour ses seuls conflits. */
  relecture: boolean;
};

const CLE_COMPARAISON = 'import/comparaison';
const CLE_EN_COURS = 'import/en-cours';

export const comparaisonEnAttente = (contexte: Contexte): Comparaison | null => (contexte.session.get(CLE_COMPARAISON) as Comparaison | undefined) ?? null;

function comparaisonDe(contexte: Contexte, jeton: string): Comparaison {
  const c = comparaisonEnAttente(contexte);
  if (c === null || c.jeton !== jeton) {
    throw invalide('comparaison-inconnue', 'Cette comparaison n’est plus en attente.', 'Importer de nouveau le fichier.');
  }
  return c;
}

function abandonner(contexte: Contexte): void {
  const c = comparaisonEnAttente(contexte);
  if (c !== null) removePreparation(c.preparation);
  contexte.session.delete(CLE_COMPARAISON);
}

async function seul<T>(contexte: Contexte, faire: () => Promise<T>): Promise<T> {
  if (contexte.session.has(CLE_EN_COURS)) throw invalide('import-en-cours', 'Un import est déjà en cours.', 'Attendre sa fin, ou l’annuler.');
  contexte.session.set(CLE_EN_COURS, true);
  try {
    return await faire();
  } finally {
    contexte.session.delete(CLE_EN_COURS);
  }
}

type Demande = { chemin: string; origine?: string | undefined; type?: TypeLu | undefined; profil?: DemandeLecture['profil'] | undefined; anomalies?: string | undefined; appliquer: boolean; conflits: DecisionConflit };

async function lire(contexte: Contexte, demande: Demande, suivi: Suivi): Promise<Resultat> {
  const debut = performance.now();
  const dossier = contexte.dossierEcriture();
  const { base } = dossier;
  const chemin = resolve(demande.chemin);
  if (demande.anomalies !== undefined) assertCible(resolve(demande.anomalies), { dossier: dossier.chemin, entrees: [chemin] });
  const nature = await natureImport(base, chemin, demande.type, demande.profil ?? null, suivi.signal);
  const { type, profil, rapport } = nature;
  if (type !== 'rpls' && type !== 'logements') {
    const lecteur = LECTEURS[type] ?? natureNonLue(type);
    if (profil === null) throw new Error('tableau sans profil');
    return lecteur(contexte, { chemin, profil, anomalies: demande.anomalies, appliquer: demande.appliquer }, suivi);
  }
  const origine = originImport(base, chemin, nature, demande.origine);
  const repris = origine.repris?.id ?? null;
  abandonner(contexte);
  const amorce = computeAmorce(base);
  const declaration = declarationEnVigueur(base, repris);
  const dernier = dernierImport(base, repris);
  const texteProfil = profil === null ? null : JSON.stringify(profil);
  const corrigees = hasCorrections(base, repris);
  const memeLecture = dernier !== null && dernier.type === type && dernier.regles === REGLES_LECTURE && dernier.profil === texteProfil;
  // Le même fichier ne se relit que si des cases ont été corrigées : il les contredit peut-être.
  const dejaImporte = memeLecture && !corrigees ? dernier.sha256 : null;
  const preparation = join(dossier.temporaire, `import-${randomUUID()}.db`);
  const etat = revision(base);
  let corrige: RapportCorrige | null = null;
  try {
    if (rapport !== null) corrige = await convertRapport(base, chemin, rapport, dossier.temporaire, { declaration, dernier });
    const lecture = await lireSansRetenir(
      { chemin: corrige?.chemin ?? chemin, doublons: type === 'rpls' ? doublonsConnus(base, declaration) : [], type, profil, connus: connusPour(base, profil, declaration), siren: origine.siren, origine: origine.repris?.siren ?? null, preparation, amorce, groupes: readGroupes(base), regle: readRegle(base), dejaImporte },
      suivi,
    );
    const fiche: FicheImport = {
      type, origine: repris, fichier: chemin, sha256: lecture.sha256, regles: REGLES_LECTURE, profil: texteProfil, encodage: lecture.encodage,
      entete: lecture.entete, annee: lecture.annee, resultat: '',
    };
    if (suivi.signal.aborted) throw annule();
    if (lecture.inchange && dernier !== null) return dejaLu(contexte, dernier, chemin, demande, debut);
    if (revision(base) !== etat) throw perimee();
    const c: Comparaison = {
      jeton: randomUUID(), preparation, amorce, lecture, fiche, origine, declaration: declaration ?? { id: 0, annee: null, logements: 0 }, revision: etat, debut,
      resultat: resultatVide(contexte, fiche, lecture, origine), signalees: lecture.signalees, corrigees, relecture: memeLecture && dernier.sha256 === lecture.sha256,
    };
    suivi.progres({ etape: 'Comparaison', fait: 0, total: null });
    if (corrige !== null) renumberPreparation(base, c, corrige);
    const premier = declaration === null || declaration.logements === 0;
    if (lecture.complement && premier) throw complementSansDossier();
    if (lecture.acceptees === 0 && (!lecture.complement || type !== 'rpls' || lecture.lignes === 0)) throw withPreparation(base, preparation, () => aucunLogement(base, c.amorce.import, fiche, lecture, demande.anomalies ?? null));
    if (!premier) await comparer(base, c, demande.conflits, suivi);
    return premier || demande.appliquer ? appliquer(contexte, c, demande.anomalies ?? null, premier) : mettreEnAttente(contexte, c, demande.anomalies ?? null);
  } catch (e) {
    removePreparation(preparation);
    throw e;
  } finally {
    corrige?.effacer();
  }
}

/** Les numéros de ligne dits à la personne sont ceux de son rapport, non du complément qui en est fait. */
function renumberPreparation(base: Base, c: Comparaison, { numeros }: RapportCorrige): void {
  withPreparation(base, c.preparation, () => renumber(base, numeros));
}

const perimee = (): ErreurCus =>
  refus('comparaison-perimee', 'Le dossier a changé depuis que le fichier a été lu.', 'Importer de nouveau le fichier ; rien n’a été changé.');

/** Le fichier a déjà été importé par les mêmes règles : rien à comparer. Les anomalies sont celles d'alors. */
function dejaLu(contexte: Contexte, dernier: DernierImport, chemin: string, demande: Demande, debut: number): Resultat {
  const { base } = contexte.dossier();
  const avant = JSON.parse(dernier.resultat) as Resultat;
  const ecrit = demande.anomalies === undefined ? null : rapportDossier(base, demande.anomalies, dernier);
  return {
    ...avant, ...rejetsDe(ecrit), fichier: chemin, ajoutes: 0, modifies: 0, disparus: 0, inchanges: avant.acceptees, applique: demande.appliquer, comparaison: null,
    ...comptesDossier(base), dureeMs: performance.now() - debut,
  };
}

const rejetsDe = (ecrit: RapportEcrit | null): { rejets?: string } => (ecrit === null || ecrit.rejets === null ? {} : { rejets: ecrit.rejets });

function resultatVide(contexte: Contexte, fiche: FicheImport, l: Lecture, { repris }: OrigineImport): Resultat {
  return {
    lignes: l.lignes, acceptees: l.acceptees, rejetees: l.rejetees, signalees: l.signalees, ajoutes: l.acceptees, modifies: 0, disparus: 0, inchanges: 0,
    applique: false, anomalies: [], logements: 0, ensembles: 0, dureeMs: 0, type: fiche.type, fichier: fiche.fichier,
    importeLe: contexte.maintenant().toISOString(), annee: l.annee, comparaison: null, colonnesIgnorees: l.colonnesIgnorees, comptesAnomalies: {},
    ...(repris === null ? {} : { origine: { siren: repris.siren, nom: repris.nom } }),
  };
}

async function comparer(base: Base, c: Comparaison, conflits: DecisionConflit, suivi: Suivi): Promise<void> {
  const { declaration, lecture } = c;
  if (lecture.complement && lecture.annee !== null && declaration.annee !== null && lecture.annee !== declaration.annee) {
    throw invalide(
      'complement-autre-annee',
      `Ces lignes corrigées sont celles de la déclaration ${lecture.annee} ; la déclaration en vigueur est celle de ${declaration.annee}.`,
      'Importer la déclaration entière.',
    );
  }
  attachPreparation(base, c.preparation);
  try {
    if (lecture.champs !== null) {
      completeFromDossier(base, declaration.id, lecture.champs);
      if (c.corrigees) hideCorrections(base, c.fiche.origine, lecture.champs);
      if (needsRegroupement(lecture.champs)) regroup(base, c.amorce.groupe, c.amorce.ensemble, c.origine.repris?.siren ?? null);
    } else keepCoordonnees(base, declaration.id);
    if (c.corrigees) keepCorrections(base, c.fiche.origine, lecture.champs ?? CHAMPS.map((champ) => champ.nom));
    const total = lecture.acceptees + declaration.logements;
    let fait = 0;
    const comptes = await computeEcarts(base, declaration.id, lecture.complement, async () => {
      suivi.progres({ etape: 'Comparaison', fait: Math.min(total, (fait += 10_000)), total });
      await new Promise(setImmediate);
      if (suivi.signal.aborted) throw annule();
    });
    Object.assign(c.resultat, comptes);
    if (lecture.complement && c.fiche.type === 'rpls') c.resultat.signalees = c.signalees = keepRemplacements(base);
    else if (!lecture.complement && lecture.annee !== null && declaration.annee !== null && lecture.annee < declaration.annee) {
      addRemarqueFichier(base, c.amorce.import, 'annee-anterieure', `${lecture.annee} après ${declaration.annee}`);
    }
    if (!c.corrigees) return;
    if (conflits === 'fichier') decideConflits(base, declaration.id, null, conflits);
    direConflits(base, c);
  } finally {
    detachPreparation(base);
  }
}

/** Ce que la comparaison dit des corrections faites à la main, dans ses comptes et ses remarques. Préparation attachée. */
function direConflits(base: Base, c: Comparaison): void {
  const { conflits, ...corrections } = countConflits(base, c.fiche.origine);
  const seules = writeRemarques(base, c.amorce.import, { conflits, ...corrections });
  Object.assign(c.resultat, countComparaison(base), { conflits, corrections, signalees: c.signalees + seules });
}

function trancher(contexte: Contexte, jeton: string, ids: readonly number[] | null, decision: DecisionConflit): Resultat {
  const c = comparaisonDe(contexte, jeton);
  const { base } = contexte.dossierEcriture();
  withPreparation(base, c.preparation, () => {
    if (!c.corrigees) return;
    base.transaction(() => {
      decideConflits(base, c.declaration.id, ids, decision);
      direConflits(base, c);
      completerAnomalies(base, c, 'prep');
    })();
  });
  return c.resultat;
}

function pageConflits(contexte: Contexte, jeton: string, decalage: number, nombre: number): Sortie<'import.conflits'> {
  const c = comparaisonDe(contexte, jeton);
  const { base } = contexte.dossier();
  if (!c.corrigees) return { total: 0, lignes: [] };
  const lignes = withPreparation(base, c.preparation, () => readConflits(base, c.fiche.origine, decalage, nombre)).map(({ ident, champ, importee, corrigee, fichier, ...l }) =>
    nommer({ ...l, identifiant: ident, champ: champ.libelle, importee: formatValeur(champ, importee), corrigee: formatValeur(champ, corrigee), fichier: formatValeur(champ, fichier) }, c.origine),
  );
  return { total: c.resultat.conflits ?? 0, lignes };
}

function completerAnomalies(base: Base, c: Comparaison, schema: 'main' | 'prep'): void {
  const id = c.amorce.import;
  c.resultat.anomalies = premieresAnomalies(base, schema, id, 100).map(({ ligne, champ, valeur, code }) => ({ ligne, champ, valeur, code, message: messageAnomalie(code, champ, valeur) }));
  c.resultat.comptesAnomalies = countAnomalies(base, schema, id);
}

function comptesDossier(base: Base): { logements: number; ensembles: number } {
  const logements = base.prepare<[], { n: number | null }>(`SELECT sum(logements) AS n FROM resume_parc WHERE dimension = 'logements'`).get()?.n ?? 0;
  return { logements, ensembles: countEnsembles(base, null) };
}

function mettreEnAttente(contexte: Contexte, c: Comparaison, rapport: string | null): Resultat {
  const { base } = contexte.dossierEcriture();
  withPreparation(base, c.preparation, () => {
    completerAnomalies(base, c, 'prep');
    if (rapport !== null) Object.assign(c.resultat, rejetsDe(rapportLecture(base, c.amorce.import, c.fiche, rapport)));
  });
  c.resultat.comparaison = c.jeton;
  Object.assign(c.resultat, comptesDossier(base), { dureeMs: performance.now() - c.debut });
  contexte.session.set(CLE_COMPARAISON, c);
  return c.resultat;
}

/** Une transaction : le dossier est tel qu'avant, ou entièrement importé. */
function appliquer(contexte: Contexte, c: Comparaison, rapport: string | null, premier: boolean): Resultat {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  if (revision(base) !== c.revision) throw perimee();
  const r = c.resultat;
  if (c.relecture && r.ajoutes + r.modifies + r.disparus + (r.corrections?.remplacees ?? 0) === 0) return sansEffet(contexte, c, rapport);
  r.importeLe = par.quand;
  // Trier un demi-million d'identifiants pour leur index ne doit pas se faire en mémoire.
  base.pragma('temp_store = FILE');
  try {
    withPreparation(base, c.preparation, () => ecrireImport(base, c, par, rapport, premier));
  } finally {
    base.pragma('temp_store = MEMORY');
  }
  removePreparation(c.preparation);
  contexte.session.delete(CLE_COMPARAISON);
  r.dureeMs = performance.now() - c.debut;
  return r;
}

/** Le fichier du dernier import, dont aucune correction n'est remplacée : importer deux fois, c'est importer une fois. */
function sansEffet(contexte: Contexte, c: Comparaison, rapport: string | null): Resultat {
  const r = mettreEnAttente(contexte, c, rapport);
  abandonner(contexte);
  return Object.assign(r, { applique: true, comparaison: null });
}

function ecrireImport(base: Base, c: Comparaison, par: QuiQuand, rapport: string | null, premier: boolean): void {
  const r = c.resultat;
  completerAnomalies(base, c, 'prep');
  // Le rapport d'abord : s'il ne peut pas être écrit, rien n'est changé dans le dossier.
  const ecrit = rapport === null ? null : rapportLecture(base, c.amorce.import, c.fiche, rapport);
  base.transaction(() => {
    const libelle = `Import de ${pluriel(r.acceptees, 'logement')} (${c.fiche.type})${c.origine.repris === null ? '' : ` de ${c.origine.repris.nom}`}`;
    const neuve = c.fiche.annee !== null && c.declaration.annee !== null && c.fiche.annee !== c.declaration.annee;
    Object.assign(r, { applique: true, comparaison: null });
    if (premier && isDossierVide(base)) {
      insertDeclaration(base, c.amorce, c.fiche, par, libelle);
      copyResumes(base);
    } else if (premier) replaceDeclaration(base, null, c.amorce, c.fiche, par, libelle);
    else if (neuve) replaceDeclaration(base, c.declaration, c.amorce, c.fiche, par, libelle);
    else updateDeclaration(base, c.declaration, c.fiche, par, libelle);
    const { colonnes } = c.lecture;
    if (c.fiche.profil !== null && colonnes !== null) rememberProfil(base, c.fiche.type, colonnes, c.fiche.profil, par.quand);
    if (c.corrigees && !premier) settleConflits(base, c.fiche.origine, operationOuverte(base), nommerIdent(c.origine), par);
    Object.assign(r, comptesDossier(base), { dureeMs: performance.now() - c.debut });
    closeOperation(base);
    base.prepare('UPDATE import SET resultat = ? WHERE id = ?').run(JSON.stringify(r), c.amorce.import);
  }).immediate();
  // Après : où le rapport a été écrit ne regarde pas le dossier.
  Object.assign(r, rejetsDe(ecrit));
}

/** Le rapport de la comparaison en attente, ou du dernier import appliqué. */
function exporterRapport(contexte: Contexte, destination: string, jeton: string | undefined): Sortie<'import.anomalies'> {
  const { base, chemin: dossier } = contexte.dossier();
  const chemin = resolve(destination);
  const c = jeton === undefined ? null : comparaisonDe(contexte, jeton);
  assertCible(chemin, { dossier, entrees: [c?.fiche.fichier ?? dernierImport(base)?.fichier] });
  const { lignes, rejets } = c === null ? rapportDossier(base, chemin, dernierImport(base)) : withPreparation(base, c.preparation, () => rapportLecture(base, c.amorce.import, c.fiche, chemin));
  return { chemin, lignes, ...(rejets === null ? {} : { rejets }) };
}

const nommerIdent = ({ repris }: OrigineImport) => (ident: string): string => formatIdentifiant({ siren: repris?.siren ?? null, ident });

/** L'identifiant public, et le nom de la commune d'aujourd'hui, que tout écran montre ; un code qui n'en est pas un reste tel quel. */
function nommer<L extends { identifiant: string; commune: string }>(ligne: L, origine: OrigineImport): L {
  return { ...ligne, identifiant: nommerIdent(origine)(ligne.identifiant), commune: findCommune(ligne.commune)?.nom ?? ligne.commune };
}

export const handlers = {
  'import.entete': (_, { chemin }) => {
    requireFichier(resolve(chemin));
    const entete = lireEnteteSeule(resolve(chemin));
    return { organisme: entete === null ? null : { siren: entete.siren, nom: entete.raisonSociale, annee: entete.annee } };
  },
  'import.analyser': (contexte, { chemin, ...format }, suivi) => analyser(contexte.dossier().base, resolve(chemin), format, suivi.signal),
  'import.essayer': (contexte, { chemin, profil }, suivi) => {
    const { base } = contexte.dossier();
    return essayer(contexte, { chemin: resolve(chemin), profil, connus: connusPour(base, profil, declarationEnVigueur(base, null)) }, suivi);
  },
  'import.lire': (contexte, entree, suivi) => seul(contexte, () => lire(contexte, entree, suivi)),
  'import.appliquer': (contexte, { comparaison }) =>
    seul(contexte, async () => appliquer(contexte, comparaisonDe(contexte, comparaison), null, false)),
  'import.abandonner': (contexte, { comparaison }) => {
    comparaisonDe(contexte, comparaison);
    abandonner(contexte);
    return {};
  },
  'import.comparaison': (contexte, { comparaison, volet, decalage, nombre }) => {
    const c = comparaisonDe(contexte, comparaison);
    const { base } = contexte.dossier();
    return withPreparation(base, c.preparation, () => ({ total: countVolet(base, volet), lignes: readEcarts(base, volet, decalage, nombre).map((l) => nommer(l, c.origine)) }));
  },
  'import.conflits': (contexte, { comparaison, decalage, nombre }) => pageConflits(contexte, comparaison, decalage, nombre),
  'import.trancher': (contexte, { comparaison, conflits, decision }) => trancher(contexte, comparaison, conflits ?? null, decision),
  'import.dernier': (contexte) => {
    const dernier = dernierImport(contexte.dossier().base);
    return { import: dernier === null ? null : (JSON.parse(dernier.resultat) as Resultat) };
  },
  'import.anomalies': (contexte, { destination, comparaison }) => exporterRapport(contexte, destination, comparaison),
} satisfies Partial<Handlers>;
