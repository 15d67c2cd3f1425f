import type { Profil } from '../../shared/contract.ts';
import { isRejetAttribution } from '../../shared/domain/attributions/anomalies.ts';
import { CHAMPS } from '../../shared/domain/attributions/champs.ts';
import { lireAttribution, lireJourAttribution } from '../../shared/domain/attributions/lecture.ts';
import { repareIdentifiant } from '../../shared/domain/occupation/lecture.ts';
import { ColonneScrutee, donneesPersonnelles, titrePersonnel } from '../../shared/domain/occupation/personnel.ts';
import type { ColonnePersonnelle } from '../../shared/domain/occupation/personnel.ts';
import { ATTRIBUTIONS } from '../../shared/domain/tableaux/attributions.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { invalide } from '../../shared/erreurs.ts';
import { csvLine } from '../documents/csv.ts';
import { exigerColonnes, nomsColonnes } from '../import/tableau/rangees.ts';
import { openLogementsSitues } from '../store/attributions.ts';
import type { AnomalieAttribution, LigneAttribution, LogementTrouve } from '../store/attributions.ts';
import type { Base } from '../store/base.ts';
import { openCommunes } from './attributions-communes.ts';
import type { Suivi } from './contexte.ts';
import { iterateRangees } from './rangees.ts';

export type LectureAttributions = {
  lignes: LigneAttribution[];
  lues: number;
  /** Faux : arrêtée à la limite. */
  complet: boolean;
  signalees: number;
  anomalies: AnomalieAttribution[];
  entete: Buffer | null;
  colonnes: { noms: string[]; ignorees: string[] };
};

/** `aujourdhui` : date ISO ; une attribution postérieure est rejetée. `limite` : nombre de lignes au-delà duquel la lecture s'arrête. */
export async function lireFichier(base: Base, chemin: string, profil: Profil, aujourdhui: string, limite: number | null, suivi: Suivi): Promise<LectureAttributions> {
  let complet = true;
  let lecteur: Lecteur | null = null;
  const ouverture = { separateur: profil.separateur, feuille: profil.feuille, ...(profil.encodage === 'auto' ? {} : { encodage: profil.encodage }) };
  for await (const { ligne, cellules } of iterateRangees(chemin, ouverture, suivi, false)) {
    if (ligne < profil.entete) continue;
    if (lecteur === null) {
      const noms = profil.entete > 0 ? nomsColonnes(cellules) : cellules.map((_, i) => `Colonne ${i + 1}`);
      lecteur = new Lecteur(base, profil, noms, aujourdhui);
      if (profil.entete > 0) continue;
    }
    if (limite !== null && lecteur.lues >= limite) {
      complet = false;
      break;
    }
    if (ligne > profil.entete + profil.notes) lecteur.add(ligne, cellules);
  }
  if (lecteur === null) throw invalide('tableau-vide', 'Le tableau n’a ni titres ni lignes.', 'Vérifier la feuille et la ligne des titres choisies.');
  return { ...lecteur.finir(), complet };
}

/** Champs qui disent la même chose autrement : l'un suffit. */
const EQUIVALENTS: readonly (readonly string[])[] = [
  ['DATE_BAIL', 'BAIL_SIGNE'], ['IDENT_INT', 'IDENT_REP', 'COMMUNE'], ['IDENT_INT', 'IDENT_REP', 'QPV'], ['QUARTILE', 'PREMIER_QUARTILE'], ['RELOGE'], ['PRIORITAIRE'], ['DALO'], ['RESERVE'], ['ECHEC_RESERVATAIRE'], ['MUTATION'],
  ['VENANT_QPV', 'QPV_VERS_HORS'], ['REFUS'],
];

type Noter = (code: string, champ: string, valeur: string) => void;

class Lecteur {
  readonly #noms: string[];
  readonly #profil: Profil;
  readonly #aujourdhui: string;
  readonly #champs: { champ: string; rang: number }[];
  readonly #donnes: ReadonlySet<string>;
  readonly #scrutees: ColonneScrutee[];
  readonly #logements: ReturnType<typeof openLogementsSitues>;
  readonly #communes: ReturnType<typeof openCommunes>;
  readonly #anomalies: AnomalieAttribution[] = [];
  readonly #lignes: LigneAttribution[] = [];
  readonly #attribues = new Set<string>();
  readonly #vues = new Map<string, number>();
  /** Les textes de la ligne lue : les mêmes champs à chacune. */
  readonly #textes: Map<string, string>;
  /** Lignes situées par leur bail, par leur décision ; et celles dont le bail change l'année. */
  readonly #situees = { bail: 0, decision: 0, decalees: 0 };
  lues = 0;
  #signalees = 0;

  constructor(base: Base, profil: Profil, noms: string[], aujourdhui: string) {
    this.#noms = noms;
    this.#profil = profil;
    this.#textes = new Map(Object.entries(profil.constantes));
    this.#aujourdhui = aujourdhui;
    const titres = noms.flatMap((nom): ColonnePersonnelle[] => {
      const raison = titrePersonnel(nom);
      return raison === null ? [] : [{ nom, raison }];
    });
    if (titres.length > 0) throw donneesPersonnelles(titres);
    exigerColonnes(noms, profil.colonnes);
    this.#champs = noms.flatMap((nom, rang) => (profil.colonnes[nom] === undefined ? [] : [{ champ: profil.colonnes[nom], rang }]));
    this.#donnes = new Set([...this.#champs.map((c) => c.champ), ...Object.keys(profil.constantes)]);
    const inconnu = [...this.#donnes].find((c) => !CHAMPS.some((x) => x.nom === c));
    if (inconnu !== undefined) throw invalide('cible-inconnue', `« ${inconnu} » n’est pas un champ des attributions.`, 'Choisir un champ de la liste, à l’écran d’import.');
    const manque = ATTRIBUTIONS.manque(this.#donnes, true);
    if (manque.length > 0) throw invalide('profil-incomplet', `Aucune colonne ne donne : ${manque.join(', ')}.`, 'Indiquer dans le profil la colonne du fichier qui le donne.');
    this.#scrutees = noms.map((nom) => new ColonneScrutee(nom, profil.colonnes[nom]));
    this.#logements = openLogementsSitues(base);
    this.#communes = openCommunes(base);
    for (const equivalents of EQUIVALENTS) {
      const [premier = ''] = equivalents.toReversed();
      if (!equivalents.some((c) => this.#donnes.has(c))) this.#anomalies.push({ ligne: Math.max(profil.entete, 1), champ: premier, valeur: '', code: 'attr-sans-colonne', rejet: false, brut: null });
    }
  }

  /** Les seules colonnes que le profil nomme : rien d'autre du fichier n'est gardé, même dans le rapport. */
  #retenir(cellules: readonly string[]): Buffer {
    return Buffer.from(csvLine(this.#champs.map(({ rang }) => cellules[rang] ?? '')).trimEnd(), 'utf8');
  }

  add(ligne: number, cellules: readonly string[]): void {
    if (cellules.every((c) => c.trim() === '')) return;
    for (const [i, c] of cellules.entries()) this.#scrutees[i]?.add(c);
    this.lues++;
    let remarques = 0;
    const noter: Noter = (code, champ, valeur) => {
      // Ce qu'aucune colonne ne donne se dit une fois pour le fichier.
      if ((code === 'attr-qpv-inconnu' && !this.#donne('QPV')) || (code === 'attr-sans-lieu' && !this.#donne('COMMUNE'))) return;
      this.#anomalies.push({ ligne, champ, valeur: valeur.slice(0, 200), code, rejet: isRejetAttribution(code), brut: remarques === 0 ? this.#retenir(cellules) : null });
      remarques++;
    };
    if (cellules.slice(this.#noms.length).some((c) => c.trim() !== '')) return noter('attr-ligne', '', `${cellules.length} au lieu de ${this.#noms.length}`);
    const textes = this.#textes;
    for (const { champ, rang } of this.#champs) textes.set(champ, this.#traduire(champ, cellules[rang]?.trim() ?? ''));
    const situee = lireJourAttribution(textes, this.#aujourdhui, noter);
    if (situee === null) return;
    const { jour } = situee;
    const logement = this.#logement(textes, noter);
    if (!this.#unique(ligne, cellules, jour, logement, textes, noter)) return;
    const attribution = lireAttribution(jour, textes, logement, (t) => this.#communes(t), noter, this.#aujourdhui);
    this.#situees[situee.par]++;
    if (situee.autre !== null) this.#situees.decalees++;
    this.#lignes.push({ ligne, logement: logement === null ? null : { origine: logement.origine, ident: logement.ident }, attribution });
    if (remarques > 0) this.#signalees++;
  }

  /** Vrai si une colonne peut donner ce champ, par elle-même ou par le logement. */
  #donne(champ: string): boolean {
    return ['IDENT_INT', 'IDENT_REP', champ].some((c) => this.#donnes.has(c));
  }

  #traduire(champ: string, texte: string): string {
    return this.#profil.valeurs[champ]?.[texte] ?? texte;
  }

  #logement(textes: ReadonlyMap<string, string>, noter: Noter): LogementTrouve | null {
    const champ = (textes.get('IDENT_INT') ?? '') !== '' ? 'IDENT_INT' : 'IDENT_REP';
    const ident = textes.get(champ) ?? '';
    if (ident === '') return null;
    const chercher = champ === 'IDENT_INT' ? this.#logements.parIdent : this.#logements.parRepertoire;
    let trouves = chercher(ident);
    const repare = trouves.length === 0 ? repareIdentifiant(ident) : null;
    if (repare !== null) trouves = chercher(repare);
    const [logement] = trouves;
    if (logement === undefined || trouves.length > 1) {
      noter(logement === undefined ? 'attr-logement-inconnu' : 'attr-logement-ambigu', champ, ident);
      return null;
    }
    if (repare !== null) noter('attr-identifiant-repare', champ, ident);
    return logement;
  }

  /** Faux : le logement est déjà attribué ce jour-là. Sans logement, une ligne identique est seulement remarquée. */
  #unique(ligne: number, cellules: readonly string[], jour: string, logement: LogementTrouve | null, textes: ReadonlyMap<string, string>, noter: Noter): boolean {
    const dit = (textes.get('IDENT_INT') ?? '') || (textes.get('IDENT_REP') ?? '');
    const nom = logement === null ? dit : `${logement.origine} ${logement.ident}`;
    if (nom !== '' && jour.length === 10) {
      const cle = `${nom} ${jour}`;
      if (this.#attribues.has(cle)) {
        noter('attr-doublon', 'IDENT_INT', dit);
        return false;
      }
      this.#attribues.add(cle);
      return true;
    }
    const cle = JSON.stringify(cellules);
    const deja = this.#vues.get(cle);
    if (deja === undefined) this.#vues.set(cle, ligne);
    else noter('attr-semblable', '', String(deja));
    return true;
  }

  /** Deux dates au fichier : laquelle a fait l'année se dit, une fois, avant tout le reste. */
  #direDate(): void {
    const { bail, decision, decalees } = this.#situees;
    if (bail === 0) return;
    const nom = (...champs: string[]): string => this.#champs.filter((c) => champs.includes(c.champ)).map((c) => `« ${this.#noms[c.rang] ?? ''} »`).join(', ');
    const valeur = `Année de l’attribution : celle du bail (${nom('DATE_BAIL', 'BAIL_SIGNE')}) quand il est daté (${pluriel(bail, 'ligne')}), sinon celle de ${nom('DATE')} (${pluriel(decision, 'ligne')}) ; le bail change l’année de ${pluriel(decalees, 'ligne')}. L441-1 compte des attributions suivies de baux signés. Pour situer par la seule décision, ne pas importer la date du bail.`;
    this.#anomalies.unshift({ ligne: Math.max(this.#profil.entete, 1), champ: 'DATE', valeur, code: 'attr-date-bail', rejet: false, brut: null });
  }

  finir(): Omit<LectureAttributions, 'complet'> {
    const personnelles = this.#scrutees.flatMap((s) => s.verdict() ?? []);
    if (personnelles.length > 0) throw donneesPersonnelles(personnelles);
    this.#direDate();
    return {
      lignes: this.#lignes, lues: this.lues, signalees: this.#signalees, anomalies: this.#anomalies, entete: this.#profil.entete > 0 ? this.#retenir(this.#noms) : null,
      colonnes: { noms: this.#noms, ignorees: this.#noms.filter((n) => this.#profil.colonnes[n] === undefined) },
    };
  }
}
