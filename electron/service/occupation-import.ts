import { basename, resolve } from 'node:path';
import type { Profil, Sortie } from '../../shared/contract.ts';
import { isRejetOccupation, messageOccupation } from '../../shared/domain/occupation/anomalies.ts';
import { RESERVES_ENSEMBLE } from '../../shared/domain/occupation/champs.ts';
import { lireMenage, lireReunis, repareIdentifiant } from '../../shared/domain/occupation/lecture.ts';
import { parseRessources } from '../../shared/domain/occupation/bandes.ts';
import { ColonneScrutee, donneesPersonnelles, titrePersonnel } from '../../shared/domain/occupation/personnel.ts';
import type { ColonnePersonnelle } from '../../shared/domain/occupation/personnel.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { OPS } from '../../shared/domain/tableaux/ops.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import { csvLine } from '../documents/csv.ts';
import { examinerOctets } from '../import/fichier.ts';
import type { Encodage } from '../import/fichier.ts';
import { writeRapport } from '../import/rapport.ts';
import type { RapportEcrit } from '../import/rapport.ts';
import { exigerColonnes, nomsColonnes } from '../import/tableau/rangees.ts';
import type { Base } from '../store/base.ts';
import { closeOperation } from '../store/operations.ts';
import { compareLignes, enqueteEnVigueur, insertEnquete, openLogements, readSituations } from '../store/occupation.ts';
import type { AnomalieOps, Lignes, LigneEnsemble, LigneLogement, LogementTrouve } from '../store/occupation.ts';
import { rememberProfil } from '../store/profils.ts';
import type { Contexte, Suivi } from './contexte.ts';
import { assertCible } from './fichiers.ts';
import type { DemandeEssaiTableau, DemandeTableau, EssaiTableau } from './imports-lecteurs.ts';
import { openDesignations } from './occupation-ensembles.ts';
import { iterateRangees } from './rangees.ts';

type Resultat = Sortie<'import.lire'>;
const MONTREES = 100;

/**
 * Lit les résultats de l'enquête sur l'occupation du parc social (L442-5), par logement ou déjà réunis par
 * ensemble. Tout est lu en mémoire avant que rien ne soit écrit : un fichier qui nomme des personnes est
 * refusé en entier, et n'a laissé aucune trace. Le premier import est appliqué ; les suivants sont comparés,
 * sauf `appliquer`. Erreurs (sortie 2) : « donnees-personnelles », pas de parc, colonnes absentes, aucune ligne
 * acceptée, ressources écrites en fraction.
 */
export async function importOps(contexte: Contexte, { chemin, profil, anomalies: rapport, appliquer }: DemandeTableau, suivi: Suivi): Promise<Resultat> {
  const debut = performance.now();
  const dossier = contexte.dossierEcriture();
  const { base } = dossier;
  requireParc(base);
  if (rapport !== undefined) assertCible(resolve(rapport), { dossier: dossier.chemin, entrees: [chemin] });
  const lecture = await lireFichier(base, chemin, profil, null, suivi);
  const { lu, anomalies, colonnes } = lecture;
  const encodage: Encodage = 'utf-8';
  const ecrire = (): RapportEcrit | null =>
    rapport === undefined ? null : writeRapport(resolve(rapport), { type: 'logements', encodage, entete: lecture.entete }, () => anomalies.map((a) => ({ ...a, rejet: a.rejet ? 1 : 0 })));
  if (lu.lignes.length === 0) {
    ecrire();
    throw aucuneLigne(chemin, lecture, rapport);
  }
  const enquete = enqueteEnVigueur(base);
  const ecarts = compareLignes(base, enquete, lu);
  const applique = appliquer || enquete === null;
  // Le rapport d'abord : s'il ne peut pas être écrit, rien n'est changé dans le dossier.
  const ecrit = ecrire();
  const par = { qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() };
  const comptes = base.prepare<[], { logements: number; ensembles: number }>(`SELECT sum(logements) AS logements, count(DISTINCT ensemble) AS ensembles FROM resume_ensemble WHERE surface = 'SH'`).get();
  const resultat: Resultat = {
    lignes: lecture.lignes, acceptees: lu.lignes.length, rejetees: lecture.lignes - lu.lignes.length, signalees: lecture.signalees, ...ecarts, applique,
    anomalies: anomalies.slice(0, MONTREES).map(({ ligne, champ, valeur, code }) => ({ ligne, champ, valeur, code, message: messageOccupation(code, champ, valeur) ?? code })),
    comptesAnomalies: compter(anomalies), logements: comptes?.logements ?? 0, ensembles: comptes?.ensembles ?? 0,
    dureeMs: performance.now() - debut, type: 'ops', fichier: chemin, importeLe: par.quand, annee: null, comparaison: null, colonnesIgnorees: colonnes.ignorees,
  };
  const change = enquete === null || ecarts.ajoutes + ecarts.modifies + ecarts.disparus > 0;
  if (applique && change) {
    const sha256 = examinerOctets(chemin, 'utf-8', () => undefined).sha256;
    base
      .transaction(() => {
        const texte = JSON.stringify(profil);
        insertEnquete(base, { fichier: chemin, sha256, profil: texte, encodage, entete: lecture.entete, resultat: JSON.stringify(resultat) }, lu, anomalies, `Import de l’enquête d’occupation (« ${basename(chemin)} »)`, par);
        rememberProfil(base, 'ops', colonnes.noms, texte, par.quand);
        closeOperation(base);
      })
      .immediate();
  }
  return { ...resultat, dureeMs: performance.now() - debut, ...(ecrit === null || ecrit.rejets === null ? {} : { rejets: ecrit.rejets }) };
}

/** Ce que cet import donnerait, par la même lecture ; une colonne qui désigne des personnes est refusée de même. */
export async function essayerOps(contexte: Contexte, { chemin, profil, limite }: DemandeEssaiTableau, suivi: Suivi): Promise<EssaiTableau> {
  const { base } = contexte.dossier();
  requireParc(base);
  const { lu, lignes, signalees, complet, anomalies } = await lireFichier(base, chemin, profil, limite, suivi);
  return {
    lignes, acceptees: lu.lignes.length, signalees, rejetees: lignes - lu.lignes.length, complet,
    vues: anomalies.map(({ ligne, champ, valeur, code, rejet }) => ({ ligne, champ, valeur, code, rejet, message: messageOccupation(code, champ, valeur) ?? code })),
  };
}

function requireParc(base: Base): void {
  if (base.prepare('SELECT 1 FROM resume_ensemble LIMIT 1').get() !== undefined) return;
  throw invalide('sans-parc', 'Ce dossier n’a pas encore de logements.', 'Importer d’abord la déclaration RPLS, à l’étape Patrimoine ; rien n’a été changé.');
}

type Lecture = { lu: Lignes; lignes: number; /** Faux : arrêtée à la limite. */ complet: boolean; signalees: number; anomalies: AnomalieOps[]; entete: Buffer | null; colonnes: { noms: string[]; ignorees: string[] } };

async function lireFichier(base: Base, chemin: string, profil: Profil, limite: number | null, suivi: Suivi): Promise<Lecture> {
  let complet = true;
  let lecteur: LecteurOps | null = null;
  const ouverture = { separateur: profil.separateur, feuille: profil.feuille, ...(profil.encodage === 'auto' ? {} : { encodage: profil.encodage }) };
  for await (const { ligne, cellules } of iterateRangees(chemin, ouverture, suivi)) {
    if (ligne < profil.entete) continue;
    if (lecteur === null) {
      const noms = profil.entete > 0 ? nomsColonnes(cellules) : cellules.map((_, i) => `Colonne ${i + 1}`);
      lecteur = new LecteurOps(base, profil, noms);
      if (profil.entete > 0) continue;
    }
    if (limite !== null && lecteur.lignes >= limite) {
      complet = false;
      break;
    }
    if (ligne > profil.entete + profil.notes) lecteur.add(ligne, cellules);
  }
  if (lecteur === null) throw invalide('tableau-vide', 'Le tableau n’a ni titres ni lignes.', 'Vérifier la feuille et la ligne des titres choisies.');
  return { ...lecteur.finir(chemin), entete: lecteur.entete, complet };
}

class LecteurOps {
  readonly #noms: string[];
  readonly #profil: Profil;
  readonly #champs: { champ: string; rang: number }[];
  readonly #scrutees: ColonneScrutee[];
  readonly #logements: ReturnType<typeof openLogements>;
  readonly #designer: ReturnType<typeof openDesignations>;
  readonly #base: Base;
  readonly #parLogement: boolean;
  readonly #anomalies: AnomalieOps[] = [];
  readonly #menages = new Map<string, LigneLogement>();
  readonly #reunis = new Map<string, LigneEnsemble>();
  readonly #situations = new Map<string, number>();
  #lignes = 0;
  #signalees = 0;
  #fractions = 0;
  #ressources = 0;

  constructor(base: Base, profil: Profil, noms: string[]) {
    this.#noms = noms;
    this.#profil = profil;
    this.#base = base;
    const titres = noms.flatMap((nom): ColonnePersonnelle[] => {
      const raison = titrePersonnel(nom);
      return raison === null ? [] : [{ nom, raison }];
    });
    if (titres.length > 0) throw donneesPersonnelles(titres);
    exigerColonnes(noms, profil.colonnes);
    this.#champs = noms.flatMap((nom, rang) => (profil.colonnes[nom] === undefined ? [] : [{ champ: profil.colonnes[nom], rang }]));
    const champs = new Set(this.#champs.map((c) => c.champ));
    const inconnu = [...champs].find((c) => !OPS.cibles.some((x) => x.nom === c));
    if (inconnu !== undefined) throw invalide('cible-inconnue', `« ${inconnu} » n’est pas un champ de l’enquête.`, 'Choisir un champ de la liste, à l’écran d’import.');
    const manque = OPS.manque(champs, true);
    if (manque.length > 0) throw invalide('profil-incomplet', `Aucune colonne ne donne : ${manque.join(', ')}.`, 'Indiquer dans le profil la colonne du fichier qui le donne.');
    this.#parLogement = champs.has('IDENT_INT') || champs.has('IDENT_REP');
    this.#scrutees = noms.map((nom) => new ColonneScrutee(nom, profil.colonnes[nom]));
    this.#logements = openLogements(base);
    this.#designer = openDesignations(base);
  }

  /** Les seules colonnes que le profil nomme : rien d'autre du fichier n'est gardé, même dans le rapport. */
  #retenir(cellules: readonly string[]): Buffer {
    return Buffer.from(csvLine(this.#champs.map(({ rang }) => cellules[rang] ?? '')).trimEnd(), 'utf8');
  }

  get lignes(): number {
    return this.#lignes;
  }

  get entete(): Buffer | null {
    return this.#profil.entete > 0 ? this.#retenir(this.#noms) : null;
  }

  add(ligne: number, cellules: readonly string[]): void {
    if (cellules.every((c) => c.trim() === '')) return;
    for (const [i, c] of cellules.entries()) this.#scrutees[i]?.add(c);
    this.#lignes++;
    const trop = cellules.slice(this.#noms.length).some((c) => c.trim() !== '');
    let remarques = 0;
    const noter = (code: string, champ: string, valeur: string): void => {
      const rejet = isRejetOccupation(code);
      this.#anomalies.push({ ligne, champ, valeur: valeur.slice(0, 200), code, rejet, brut: remarques === 0 ? this.#retenir(cellules) : null });
      remarques++;
    };
    if (trop) return noter('ops-ligne', '', `${cellules.length} au lieu de ${this.#noms.length}`);
    const textes = new Map(this.#champs.map(({ champ, rang }) => [champ, this.#traduire(champ, cellules[rang]?.trim() ?? '')]));
    const acceptee = this.#parLogement ? this.#menage(ligne, textes, noter) : this.#ensemble(ligne, textes, noter);
    if (acceptee && remarques > 0) this.#signalees++;
  }

  #traduire(champ: string, texte: string): string {
    return this.#profil.valeurs[champ]?.[texte] ?? texte;
  }

  #menage(ligne: number, textes: ReadonlyMap<string, string>, noter: (code: string, champ: string, valeur: string) => void): boolean {
    const champ = (textes.get('IDENT_INT') ?? '') !== '' ? 'IDENT_INT' : 'IDENT_REP';
    const ident = textes.get(champ) ?? '';
    const refuser = (code: string): false => {
      noter(code, champ, ident);
      return false;
    };
    if (ident === '') return refuser('ops-identifiant-absent');
    const chercher = champ === 'IDENT_INT' ? this.#logements.parIdent : this.#logements.parRepertoire;
    let trouves: LogementTrouve[] = chercher(ident);
    const repare = trouves.length === 0 ? repareIdentifiant(ident) : null;
    if (repare !== null) trouves = chercher(repare);
    const [logement] = trouves;
    if (logement === undefined) return refuser('ops-logement-inconnu');
    if (trouves.length > 1) return refuser('ops-logement-ambigu');
    const cle = `${logement.origine} ${logement.ident}`;
    if (this.#menages.has(cle)) return refuser('ops-doublon');
    if (repare !== null) noter('ops-identifiant-repare', champ, ident);
    if (!logement.parc) noter('ops-logement-sorti', champ, ident);
    const texte = textes.get('RESSOURCES_PCT_PLUS') ?? '';
    const lues = texte === '' ? null : parseRessources(texte);
    if (lues !== null && lues.min === lues.max) {
      this.#ressources++;
      if (lues.min <= 500) this.#fractions++;
    }
    this.#menages.set(cle, { origine: logement.origine, ident: logement.ident, ligne, menage: lireMenage(textes, false, noter) });
    return true;
  }

  #ensemble(ligne: number, textes: ReadonlyMap<string, string>, noter: (code: string, champ: string, valeur: string) => void): boolean {
    const dit = [textes.get('ENSEMBLE') ?? '', textes.get('COMMUNE') ?? ''];
    const valeur = dit.filter((t) => t !== '').join(', ');
    const refuser = (code: string): false => {
      noter(code, 'ENSEMBLE', valeur);
      return false;
    };
    if (dit[0] === '') return refuser('ops-identifiant-absent');
    const trouves = this.#designer(dit[0] ?? '', dit[1] ?? '');
    const [code] = trouves;
    if (code === undefined) return refuser('ops-ensemble-inconnu');
    if (trouves.length > 1) return refuser('ops-ensemble-ambigu');
    const reunis = lireReunis(textes, noter);
    if (reunis === null) return false;
    const qpv = reunis.qpv ?? 0;
    const deja = [0, 1, 2].filter((q) => this.#reunis.has(`${code} ${q}`));
    // Une ligne pour tout l'ensemble ne s'ajoute pas à celles de ses situations.
    if (deja.includes(qpv) || deja.includes(0) || (qpv === 0 && deja.length > 0)) return refuser('ops-doublon');
    if (qpv === 0 && this.#partage(code)) noter('ops-ensemble-partage', 'ENSEMBLE', valeur);
    this.#reunis.set(`${code} ${qpv}`, { ensemble: code, qpv, ligne, reunis });
    return true;
  }

  #partage(code: string): boolean {
    let n = this.#situations.get(code);
    if (n === undefined) this.#situations.set(code, (n = readSituations(this.#base, code).length));
    return n > 1;
  }

  finir(chemin: string): Omit<Lecture, 'entete' | 'complet'> {
    const personnelles = this.#scrutees.flatMap((s) => s.verdict() ?? []);
    if (personnelles.length > 0) throw donneesPersonnelles(personnelles);
    if (this.#ressources >= 5 && this.#fractions * 10 > this.#ressources * 9) {
      throw invalide(
        'ressources-en-fraction',
        `Dans « ${basename(chemin)} », presque toutes les ressources sont de 5 % du plafond ou moins : elles paraissent écrites en fraction (0,57 pour 57 %).`,
        'Les écrire en pour cent dans le fichier, puis l’importer de nouveau ; rien n’a été changé.',
      );
    }
    const lu: Lignes = this.#parLogement ? { maille: 'logement', lignes: [...this.#menages.values()] } : { maille: 'ensemble', lignes: [...this.#reunis.values()] };
    const ignorees = this.#noms.filter((n) => {
      const champ = this.#profil.colonnes[n];
      return champ === undefined || (this.#parLogement && RESERVES_ENSEMBLE.has(champ));
    });
    return { lu, lignes: this.#lignes, signalees: this.#signalees, anomalies: this.#anomalies, colonnes: { noms: this.#noms, ignorees } };
  }
}

function compter(anomalies: readonly AnomalieOps[]): Record<string, number> {
  const comptes: Record<string, number> = {};
  for (const { code } of anomalies) comptes[code] = (comptes[code] ?? 0) + 1;
  return comptes;
}

function aucuneLigne(chemin: string, lecture: Lecture, rapport: string | undefined): ErreurCus {
  const suite = rapport === undefined ? 'Au terminal, --anomalies A.csv écrit ces lignes et leur raison.' : `Ces lignes et leur raison sont écrites dans « ${rapport} ».`;
  return lecture.lignes === 0
    ? invalide('aucune-ligne', `Le fichier « ${basename(chemin)} » n’a aucune ligne.`, 'Refaire l’export, puis l’importer ; rien n’a été changé.')
    : invalide('aucune-ligne', `Aucune ligne de « ${basename(chemin)} » ne peut être acceptée : ${pluriel(lecture.lignes, 'ligne rejetée', 'lignes rejetées')}.`, `Vérifier l’identifiant choisi, puis importer de nouveau ; rien n’a été changé. ${suite}`);
}
