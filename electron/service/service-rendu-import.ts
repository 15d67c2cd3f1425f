import { basename, resolve } from 'node:path';
import type { Profil, Sortie } from '../../shared/contract.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { COLONNES_DEDUITES, findCritere } from '../../shared/domain/service-rendu/colonnes.ts';
import { parseNote } from '../../shared/domain/service-rendu/echelle.ts';
import type { Grille } from '../../shared/domain/service-rendu/types.ts';
import { SERVICE_RENDU } from '../../shared/domain/tableaux/service-rendu.ts';
import { invalide } from '../../shared/erreurs.ts';
import { csvLine } from '../documents/csv.ts';
import { exigerColonnes, nomsColonnes } from '../import/tableau/rangees.ts';
import type { Base } from '../store/base.ts';
import { countNotes, iterateNotes, readGrille, writeNotes } from '../store/service-rendu.ts';
import type { NoteGardee } from '../store/service-rendu.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { rememberProfil } from '../store/profils.ts';
import type { Contexte, Suivi } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import type { DemandeEssaiTableau, DemandeTableau, EssaiTableau } from './imports-lecteurs.ts';
import { iterateRangees } from './rangees.ts';
import { openEnsembles } from './service-rendu-ensembles.ts';
import type { ChercheEnsemble } from './service-rendu-ensembles.ts';

type Resultat = Sortie<'import.lire'>;
type Anomalie = Resultat['anomalies'][number] & { brut: string };
const MONTREES = 100;

/** Ce que dit chaque colonne du fichier. */
type Colonnes = { noms: string[]; fixes: Map<string, number>; criteres: { critere: string; rang: number; nom: string }[]; ignorees: string[] };

/**
 * Lit un tableau de notes : une colonne par critère, ou une ligne par note (`critere`, `note`). Une case vide ne
 * touche pas à la note du dossier. Une ligne dont rien ne peut être gardé est rejetée ; une valeur hors de l'échelle
 * l'est seule, et sa ligne est signalée. Le premier import est appliqué ; les suivants sont comparés, sauf
 * `appliquer`. Erreurs (sortie 2) : pas de grille, colonnes manquantes.
 */
export async function importNotes(contexte: Contexte, { chemin, profil, anomalies: rapport, appliquer }: DemandeTableau, suivi: Suivi): Promise<Resultat> {
  const debut = performance.now();
  const { base } = contexte.dossierEcriture();
  const { lecture, colonnes } = await lireNotes(base, chemin, profil, null, suivi);
  // Le rapport d'abord : s'il ne peut pas être écrit, rien n'est changé dans le dossier.
  if (rapport !== undefined) await writeRapport(contexte, resolve(rapport), chemin, lecture.anomalies);
  const quand = contexte.maintenant().toISOString();
  const applique = appliquer || countNotes(base) === 0;
  const ecrites = lecture.aEcrire();
  if (applique && ecrites.length > 0) {
    base
      .transaction(() => {
        const par = { qui: contexte.utilisateur, quand };
        const operation = openOperation(base, 'service-rendu.import', `Import de ${pluriel(ecrites.length, 'note')} du service rendu (« ${basename(chemin)} »)`, par);
        writeNotes(base, ecrites, operation, par);
        rememberProfil(base, 'service-rendu', colonnes.noms, JSON.stringify(profil), quand);
        closeOperation(base);
      })
      .immediate();
  }
  const { organisme } = await contexte.appeler('serviceRendu.lire', { par: 'organisme' });
  return {
    ...lecture.comptes(), disparus: 0, applique, anomalies: lecture.anomalies.slice(0, MONTREES).map(({ brut: _, ...a }) => a), comptesAnomalies: lecture.comptesAnomalies(),
    logements: organisme?.logements ?? 0, ensembles: organisme?.ensembles ?? 0, dureeMs: performance.now() - debut, type: 'service-rendu', fichier: chemin, importeLe: quand, annee: null, comparaison: null,
    colonnesIgnorees: colonnes.ignorees,
  };
}

/** Ce que cet import donnerait, par la même lecture. Une valeur refusée seule ne rejette pas sa ligne. */
export async function essayerNotes(contexte: Contexte, { chemin, profil, limite }: DemandeEssaiTableau, suivi: Suivi): Promise<EssaiTableau> {
  const { lecture, complet } = await lireNotes(contexte.dossier().base, chemin, profil, limite, suivi);
  const { lignes, acceptees, signalees, rejetees } = lecture.comptes();
  return { lignes, acceptees, signalees, rejetees, complet, vues: lecture.anomalies.map(({ brut: _, ...a }) => ({ ...a, rejet: a.champ === 'ensemble' })) };
}

async function lireNotes(base: Base, chemin: string, profil: Profil, limite: number | null, suivi: Suivi): Promise<{ lecture: Lecture; colonnes: Colonnes; complet: boolean }> {
  const grille = readGrille(base);
  if (grille === null) throw invalide('sans-grille', 'Ce dossier n’a pas encore de grille du service rendu.', 'La définir d’abord à l’étape Service rendu (ou « cus service-rendu --proposee --appliquer ») ; rien n’a été changé.');
  const lecture = new Lecture(grille, openEnsembles(base), new Map([...iterateNotes(base)].map((n) => [cle(n.ensemble, n.critere), n.saisie])));
  let complet = true;
  for await (const { ligne, cellules, brut } of iterateRangees(chemin, ouvertureDe(profil), suivi)) {
    if (ligne < profil.entete) continue;
    if (limite !== null && lecture.comptes().lignes >= limite) {
      complet = false;
      break;
    }
    if (lecture.colonnes === null) lecture.colonnes = lireColonnes(grille, profil, cellules);
    else if (ligne > profil.entete + profil.notes) lecture.add(ligne, cellules, () => brut().toString('utf8'));
  }
  const { colonnes } = lecture;
  if (colonnes === null) throw invalide('tableau-vide', 'Le tableau n’a ni titres ni lignes.', 'Vérifier la feuille et la ligne des titres choisies.');
  return { lecture, colonnes, complet };
}

const cle = (ensemble: string, critere: string): string => `${ensemble}/${critere}`;

const ouvertureDe = (profil: Profil) => ({ separateur: profil.separateur, feuille: profil.feuille, ...(profil.encodage === 'auto' ? {} : { encodage: profil.encodage }) });

function lireColonnes(grille: Grille, profil: Profil, titres: readonly string[]): Colonnes {
  const noms = profil.entete > 0 ? nomsColonnes(titres) : titres.map((_, i) => `Colonne ${i + 1}`);
  exigerColonnes(noms, profil.colonnes);
  const c: Colonnes = { noms, fixes: new Map(), criteres: [], ignorees: [] };
  const fixes = new Set(SERVICE_RENDU.cibles.map((x) => x.nom));
  for (const [rang, nom] of noms.entries()) {
    const cible = profil.colonnes[nom];
    const critere = findCritere(grille, cible ?? nom);
    if (cible !== undefined && fixes.has(cible)) c.fixes.set(cible, rang);
    else if (critere !== null && !c.criteres.some((x) => x.critere === critere)) c.criteres.push({ critere, rang, nom });
    else if (!COLONNES_DEDUITES.includes(nom)) c.ignorees.push(nom);
  }
  const manque = SERVICE_RENDU.manque(new Set(c.fixes.keys()), true);
  if (manque.length > 0) throw invalide('colonnes-absentes', `Ce tableau ne dit pas de quels ensembles il parle : il lui manque ${manque.join(', ')}.`, 'Ajouter une colonne « ensemble » (le code), ou « nom » et « commune » ; l’export du service rendu les a. Rien n’a été changé.');
  if (c.criteres.length === 0 && !(c.fixes.has('CRITERE') && c.fixes.has('NOTE'))) {
    throw invalide('criteres-absents', 'Aucune colonne de ce tableau n’est un critère de la grille.', 'Nommer les colonnes comme les critères, ou donner une ligne par note avec les colonnes « critere » et « note » ; rien n’a été changé.');
  }
  return c;
}

/** Une lecture : ce qui en sera écrit, ce qui en est refusé. */
class Lecture {
  colonnes: Colonnes | null = null;
  readonly anomalies: Anomalie[] = [];
  private readonly n = { lignes: 0, acceptees: 0, rejetees: 0, signalees: 0, ajoutes: 0, modifies: 0, inchanges: 0 };
  private readonly notes = new Map<string, NoteGardee & { ligne: number }>();
  private readonly grille: Grille;
  private readonly ensembles: ChercheEnsemble;
  private readonly connues: ReadonlyMap<string, string>;

  constructor(grille: Grille, ensembles: ChercheEnsemble, connues: ReadonlyMap<string, string>) {
    this.grille = grille;
    this.ensembles = ensembles;
    this.connues = connues;
  }

  add(ligne: number, cellules: readonly string[], brut: () => string): void {
    const { colonnes } = this;
    if (colonnes === null || cellules.every((c) => c.trim() === '')) return;
    this.n.lignes += 1;
    const lire = (champ: string): string => (cellules[colonnes.fixes.get(champ) ?? -1] ?? '').trim();
    const refuser = (champ: string, valeur: string, code: string, message: string): void => void this.anomalies.push({ ligne, champ, valeur, code, message, brut: brut() });
    const trouve = this.ensembles({ code: lire('ENSEMBLE'), nom: lire('NOM'), commune: lire('COMMUNE') });
    if ('refus' in trouve) {
      refuser('ensemble', [lire('ENSEMBLE'), lire('NOM'), lire('COMMUNE')].filter((t) => t !== '').join(', '), trouve.code, trouve.refus);
      this.n.rejetees += 1;
      return;
    }
    const donnees = colonnes.criteres.map(({ critere, rang, nom }) => ({ critere, nom, saisie: (cellules[rang] ?? '').trim() }));
    let refusees = 0;
    if (colonnes.fixes.has('CRITERE') && lire('CRITERE') !== '') {
      const critere = findCritere(this.grille, lire('CRITERE'));
      if (critere === null) {
        refuser('critere', lire('CRITERE'), 'critere-inconnu', `La grille n’a pas de critère « ${lire('CRITERE')} ».`);
        refusees += 1;
      } else donnees.push({ critere, nom: lire('CRITERE'), saisie: lire('NOTE') });
    }
    const gardees: NoteGardee[] = [];
    for (const { critere, nom, saisie } of donnees) {
      if (saisie === '') continue;
      const lue = parseNote(this.grille.echelle, saisie);
      const deja = this.notes.get(cle(trouve.ensemble, critere));
      if (!lue.ok) refuser(nom, saisie, 'note-hors-echelle', lue.message);
      else if (deja !== undefined) refuser(nom, saisie, 'doublon', `Cette note est déjà donnée ligne ${deja.ligne}.`);
      else {
        this.notes.set(cle(trouve.ensemble, critere), { ensemble: trouve.ensemble, critere, saisie, ligne });
        gardees.push({ ensemble: trouve.ensemble, critere, saisie });
        continue;
      }
      refusees += 1;
    }
    this.count(gardees, refusees);
  }

  /** `acceptees = ajoutes + modifies + inchanges` ; une ligne acceptée dont une valeur est refusée est signalée. */
  private count(gardees: readonly NoteGardee[], refusees: number): void {
    if (gardees.length === 0 && refusees > 0) {
      this.n.rejetees += 1;
      return;
    }
    this.n.acceptees += 1;
    if (refusees > 0) this.n.signalees += 1;
    const avant = gardees.map((g) => ({ avant: this.connues.get(cle(g.ensemble, g.critere)), apres: g.saisie }));
    if (avant.some((a) => a.avant !== undefined && a.avant !== a.apres)) this.n.modifies += 1;
    else if (avant.some((a) => a.avant === undefined)) this.n.ajoutes += 1;
    else this.n.inchanges += 1;
  }

  comptes() {
    return this.n;
  }

  comptesAnomalies(): Record<string, number> {
    const comptes: Record<string, number> = {};
    for (const { code } of this.anomalies) comptes[code] = (comptes[code] ?? 0) + 1;
    return comptes;
  }

  aEcrire(): NoteGardee[] {
    return [...this.notes.values()].filter((n) => this.connues.get(cle(n.ensemble, n.critere)) !== n.saisie);
  }
}

async function writeRapport(contexte: Contexte, cible: string, chemin: string, anomalies: readonly Anomalie[]): Promise<void> {
  const lignes = anomalies.map((a) => csvLine([a.ligne, a.champ, a.valeur, a.code, a.message, a.brut]));
  await writeFichier(contexte, cible, `\uFEFF${csvLine(['ligne', 'champ', 'valeur', 'code', 'message', 'ligne_originale'])}${lignes.join('')}`, { entrees: [chemin] });
}
