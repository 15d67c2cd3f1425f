import { invalide } from '../../shared/erreurs.ts';
import { accord, pluriel } from '../../shared/domain/nombres/accord.ts';
import { AVIS, NATURES, findChoice, simplify } from '../../shared/domain/observations/libelles.ts';
import type { DonneesRetour } from '../../shared/paquet/donnees.ts';
import {
  type AvisRetour, COLONNES_OBSERVATIONS, type ColonneObservation, FEUILLE_AVIS, FEUILLE_OBSERVATIONS, LIGNES_AVIS as L,
  controle, refusRemarque,
} from './avis-forme.ts';
import { isDate } from './classeur.ts';
import { type FeuilleLue, readXlsx } from './xlsx.ts';

/** `ligne` : numéro de ligne dans la feuille, tel que le tableur l'affiche ; celle qu'elle y avait, pour une ligne disparue. */
export type LigneRefusee = { ligne: number; raison: string };

export type AvisLu = {
  siren: string;
  organisme: string;
  version: number;
  empreinte: string;
  avis: AvisRetour | null;
  auteur: string;
  /** Date ou instant ISO ; vide quand l'instructeur n'en a pas écrit. */
  date: string;
  observations: DonneesRetour['observations'];
  refusees: LigneRefusee[];
};

/**
 * Lit un avis.xlsx rempli. Ce qui n'est pas sûr est rendu dans `refusees`, jamais deviné. Erreurs :
 * `classeur-illisible`, `classeur-refuse`, `avis-feuille-absente`, `avis-identifiants`, `avis-colonnes`.
 */
export async function readAvis(octets: Uint8Array): Promise<AvisLu> {
  const feuilles = await readXlsx(octets);
  const tete = readTete(findFeuille(feuilles, FEUILLE_AVIS));
  const corps = readObservations(findFeuille(feuilles, FEUILLE_OBSERVATIONS), tete.empreinte, tete.nombre);
  const enTrop = feuilles
    .filter((f) => f.nom !== FEUILLE_AVIS && f.nom !== FEUILLE_OBSERVATIONS && f.lignes.length > 0)
    .map((f) => ({ ligne: 1, raison: `La feuille « ${f.nom} » n’est pas du formulaire : rien n’y est lu.` }));
  const { nombre: _nombre, refusees, ...reste } = tete;
  return { ...reste, observations: corps.observations, refusees: [...enTrop, ...refusees, ...corps.refusees] };
}

function findFeuille(feuilles: FeuilleLue[], nom: string): FeuilleLue {
  const trouvees = feuilles.filter((f) => f.nom === nom);
  const [feuille] = trouvees;
  if (feuille && trouvees.length === 1) return feuille;
  throw invalide(
    'avis-feuille-absente',
    `La feuille « ${nom} » est absente ; le fichier contient ${feuilles.map((f) => `« ${f.nom} »`).join(', ') || 'aucune feuille'}.`,
    'Rendre aux feuilles leur nom, ou demander à l’instructeur de repartir d’avis.xlsx.',
  );
}

function readTete(feuille: FeuilleLue): Omit<AvisLu, 'observations'> & { nombre: number } {
  const lire = (libelle: string): { valeur: string; ligne: number } => {
    const rangs = feuille.lignes.flatMap((l, i) => ((l[0] ?? '').trim() === libelle ? [i] : []));
    const [rang] = rangs;
    if (rang === undefined || rangs.length > 1) throw identifiantsDouteux(`la ligne « ${libelle} » y est ${rang === undefined ? 'absente' : 'en double'}`);
    return { valeur: (feuille.lignes[rang]?.[1] ?? '').trim(), ligne: rang + 1 };
  };
  const siren = lire(L.siren).valeur;
  const organisme = lire(L.organisme).valeur;
  const version = Number(lire(L.version).valeur);
  const empreinte = lire(L.empreinte).valeur;
  const nombre = Number(lire(L.lignes).valeur);
  if (lire(L.controle).valeur !== controle(siren, version, empreinte, nombre)) throw identifiantsDouteux('le SIREN, la version ou l’empreinte ont été modifiés');
  const refusees: LigneRefusee[] = [];
  const avisEcrit = lire(L.avis);
  const avis = avisEcrit.valeur === '' ? null : findChoice(AVIS, avisEcrit.valeur);
  if (avisEcrit.valeur !== '' && avis === null)
    refusees.push({ ligne: avisEcrit.ligne, raison: `Feuille « ${FEUILLE_AVIS} » : « ${avisEcrit.valeur} » n’est pas un avis (${Object.values(AVIS).join(', ')}).` });
  const dateEcrite = lire(L.date);
  const date = parseDate(dateEcrite.valeur);
  if (date === null) refusees.push({ ligne: dateEcrite.ligne, raison: `Feuille « ${FEUILLE_AVIS} » : « ${dateEcrite.valeur} » n’est pas une date (JJ/MM/AAAA).` });
  return { siren, organisme, version, empreinte, nombre, avis, auteur: lire(L.auteur).valeur, date: date ?? '', refusees };
}

function identifiantsDouteux(raison: string): Error {
  return invalide(
    'avis-identifiants',
    `La feuille « ${FEUILLE_AVIS} » ne dit plus sûrement à quel dépôt elle répond : ${raison}.`,
    'Recopier les remarques dans l’avis.xlsx du paquet d’origine, puis recommencer.',
  );
}

/** Vide → vide ; jour français ou ISO, ou instant ISO → ISO ; autre → `null`. */
function parseDate(texte: string): string | null {
  if (texte === '') return '';
  const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(texte);
  const iso = m ? `${m[3]}-${(m[2] ?? '').padStart(2, '0')}-${(m[1] ?? '').padStart(2, '0')}` : texte;
  if (isDate(iso)) return iso;
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(texte) && !Number.isNaN(Date.parse(texte)) ? texte : null;
}

type Lue = { ligne: number; lire(colonne: ColonneObservation): string; /** Sans rogner les blancs. */ brut(colonne: ColonneObservation): string };
type Reconnue = Lue & { numero: number };

function readObservations(feuille: FeuilleLue, empreinte: string, nombre: number): Pick<AvisLu, 'observations' | 'refusees'> {
  const [entete = [], ...lignes] = feuille.lignes;
  const colonnes = new Map(COLONNES_OBSERVATIONS.map((nom) => [nom, entete.map((t) => t.trim()).indexOf(nom)]));
  const absentes = COLONNES_OBSERVATIONS.filter((nom) => (colonnes.get(nom) ?? -1) < 0);
  if (absentes.length > 0 || new Set(entete.filter((t) => t !== '')).size < entete.filter((t) => t !== '').length)
    throw invalide(
      'avis-colonnes',
      `L’entête de la feuille « ${FEUILLE_OBSERVATIONS} » a changé${absentes.length > 0 ? ` : il manque ${absentes.map((n) => `« ${n} »`).join(', ')}` : ''}.`,
      'Rendre à la première ligne ses titres d’origine, ou repartir d’avis.xlsx.',
    );
  const refusees: LigneRefusee[] = [];
  const reconnues: Reconnue[] = [];
  const dites = new Set<number>();
  lignes.forEach((cellules, i) => {
    const brut = (c: ColonneObservation): string => cellules[colonnes.get(c) ?? -1] ?? '';
    const lue: Lue = { ligne: i + 2, brut, lire: (c) => brut(c).trim() };
    const numero = Number(lue.lire('N°'));
    const champ = lue.lire('champ');
    if (cellules.every((t) => t.trim() === '')) return;
    if (champ === '' && lue.lire('N°') === '') refusees.push({ ligne: lue.ligne, raison: 'Ligne ajoutée : aucun champ du dépôt n’y est nommé.' });
    else if (lue.lire('Contrôle') !== controle(empreinte, numero, champ)) {
      // Refusée ici sous son numéro, ou celui de son rang : elle n'est pas en plus « disparue ».
      dites.add(lue.lire('Contrôle') === controle(empreinte, i + 1, champ) ? i + 1 : numero);
      refusees.push({ ligne: lue.ligne, raison: raisonIdentifiant(champ, lue.lire('N°')) });
    } else reconnues.push({ ...lue, numero });
  });
  const sures = keepPlaced(reconnues, refusees);
  if (reconnues.length < nombre) {
    const presents = new Set(reconnues.map((r) => r.numero));
    const absents = Array.from({ length: nombre }, (_, i) => i + 1).filter((n) => !presents.has(n) && !dites.has(n));
    const [premier] = absents;
    if (premier !== undefined)
      refusees.push({
        ligne: premier + 1,
        raison: `${pluriel(absents.length, 'ligne')} du formulaire ${accord(absents.length, 'n’y est plus ou n’est plus reconnue', 'n’y sont plus ou ne sont plus reconnues')} : n° ${listNumbers(absents)}.`,
      });
  }
  const observations = sures.flatMap((r) => {
    const lue = toObservation(r);
    if (typeof lue !== 'string') return lue;
    refusees.push({ ligne: r.ligne, raison: lue });
    return [];
  });
  return { observations, refusees: refusees.toSorted((a, b) => a.ligne - b.ligne) };
}

/**
 * Lignes dont la remarque est sûrement celle de leur champ. Un tri partiel peut détacher les
 * identifiants des remarques : dès que l'ordre est rompu, seules comptent les lignes restées à leur rang.
 */
function keepPlaced(reconnues: Reconnue[], refusees: LigneRefusee[]): Reconnue[] {
  const enOrdre = reconnues.every((r, i) => i === 0 || r.numero > (reconnues[i - 1]?.numero ?? 0));
  if (enOrdre) return reconnues;
  const vues = new Map<number, number>();
  for (const r of reconnues) vues.set(r.numero, (vues.get(r.numero) ?? 0) + 1);
  return reconnues.filter((r, i) => {
    const double = (vues.get(r.numero) ?? 0) > 1;
    if (!double && r.numero === i + 1) return true;
    const raison = double ? `La ligne n° ${r.numero} est en double.` : `Ligne déplacée : la ligne n° ${r.numero} n’est plus à sa place.`;
    if (double || hasRemarque(r)) refusees.push({ ligne: r.ligne, raison });
    return false;
  });
}

const hasRemarque = (r: Lue): boolean => r.lire('Nature') !== '' || r.lire('Texte') !== '' || r.lire('Valeur proposée') !== '';

/** L'observation de la ligne, rien si elle est vierge, ou la raison du refus. */
function toObservation(r: Reconnue): DonneesRetour['observations'] | string {
  if (!hasRemarque(r)) return [];
  const ecrite = r.lire('Nature');
  const texte = r.lire('Texte') === '' ? '' : r.brut('Texte');
  const valeurProposee = r.lire('Valeur proposée') || null;
  if (simplify(ecrite) === '') return `La nature de la remarque n’est pas choisie (${Object.values(NATURES).join(', ')}).`;
  const nature = findChoice(NATURES, ecrite);
  if (nature === null) return `« ${ecrite} » n’est pas une nature de remarque (${Object.values(NATURES).join(', ')}).`;
  const raison = refusRemarque({ nature, texte, valeurProposee });
  if (raison !== null) return raison;
  return [{ champ: r.lire('champ'), nature, texte, valeurProposee, ligne: r.ligne }];
}

function raisonIdentifiant(champ: string, numero: string): string {
  if (champ === '') return `L’identifiant a été effacé : le champ de la ligne n° ${numero} n’est plus nommé.`;
  return `L’identifiant a été modifié : « ${champ} »${numero === '' ? ', dont le numéro a été effacé' : ` (n° ${numero})`}.`;
}

/** `1, 2, 3, 7` → « 1 à 3, 7 ». */
function listNumbers(nombres: number[]): string {
  const plages: [number, number][] = [];
  for (const n of nombres) {
    const derniere = plages.at(-1);
    if (derniere && derniere[1] === n - 1) derniere[1] = n;
    else plages.push([n, n]);
  }
  return plages.map(([a, b]) => (a === b ? String(a) : `${a} à ${b}`)).join(', ');
}
