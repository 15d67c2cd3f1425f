import { champVoisin } from '../../../shared/domain/engagements/lecture.ts';
import { proposeDenominateur, proposeSomme } from '../../../shared/domain/engagements/denominateur.ts';
import type { Proposition } from '../../../shared/domain/engagements/propositions.ts';
import type { LigneMatrice } from '../../../shared/domain/engagements/matrice.ts';
import type { ReferenceProposee } from '../../../shared/millesimes/types.ts';
import { isSaisieVide, parseSaisie } from '../../../shared/domain/nombres/saisie.ts';
import { territoiresDeCommune } from '../../../shared/territoires/index.ts';
import { listDeclarations } from '../../store/declarations.ts';
import type { DeclarationLue } from '../../store/declarations.ts';
import { countChampDeclare, countCommercialises, countEtiquettes, countVendus } from '../../store/references-parc.ts';
import type { CompteCommune } from '../../store/references-parc.ts';
import type { Base } from '../../store/base.ts';
import { SQL_TOUCHE_PARC } from '../../store/operations.ts';
import { missingCase } from '../../../shared/erreurs.ts';
import type { EtatEngagements } from '../matrice.ts';
import { filtresTerritoire } from '../filtres.ts';

/** Ce qu'une donnée du parc compte par territoire, et comment le dire. */
type Compte = { de: (territoire: string) => { nombre: number; base: number | null }; formule: string; source: string; /** Filtres qui montrent les lignes comptées, quand elles sont toutes en vigueur. */ filtres: Readonly<Record<string, string>> | null; reserve: string };

const SEPARATEUR = ',';
const VENTES_ANNEES = 3;

function parTerritoire(comptes: readonly (CompteCommune & { base?: number })[]): Map<string, { nombre: number; base: number }> {
  const sommes = new Map<string, { nombre: number; base: number }>();
  for (const { commune, nombre, base = 0 } of comptes) {
    for (const t of new Set(['organisme', ...territoiresDeCommune(commune)])) {
      const s = sommes.get(t) ?? { nombre: 0, base: 0 };
      sommes.set(t, { nombre: s.nombre + nombre, base: s.base + base });
    }
  }
  return sommes;
}

const annee = (d: DeclarationLue): string => (d.annee === null ? 'sans année' : String(d.annee));

/** La déclaration en vigueur de chaque bailleur, et la dernière gardée d'avant ; `null` : il n'en a pas. */
function paires(declarations: readonly DeclarationLue[]): { apres: DeclarationLue; avant: DeclarationLue | null }[] {
  return declarations.filter((d) => d.enVigueur === 1).map((apres) => ({
    apres,
    avant: declarations.filter((d) => d.origine === apres.origine && d.annee !== null && apres.annee !== null && d.annee < apres.annee).at(-1) ?? null,
  }));
}

function compter(base: Base, etat: EtatEngagements, { donnee, champs, reserve }: ReferenceProposee, declarations: readonly DeclarationLue[]): Compte | null {
  const enVigueur = declarations.filter((d) => d.enVigueur === 1);
  if (enVigueur.length === 0) return null;
  const annees = [...new Set(enVigueur.map(annee))].join(', ');
  const source = `Déclaration RPLS ${annees}`;
  const simple = (comptes: readonly CompteCommune[], formule: string, filtres: Compte['filtres'], complement = '', d = source): Compte => {
    const sommes = parTerritoire(comptes);
    return { de: (t) => ({ nombre: sommes.get(t)?.nombre ?? 0, base: etat.territoires.stockDe(t).parc }), formule, source: d, filtres, reserve: `${reserve}${complement}` };
  };
  switch (donnee) {
    case 'mis-en-commercialisation':
      return simple(countCommercialises(base), 'Logements du parc mis en commercialisation (champ 59)', { parc: 'oui', miscommercial: '1' });
    case 'vendus': {
      const derniere = Math.max(...enVigueur.map((d) => d.annee ?? 0));
      const lues = declarations.filter((d) => d.enVigueur === 1 || (d.annee !== null && d.annee <= derniere && d.annee > derniere - VENTES_ANNEES));
      const toutes = [...new Set(lues.map(annee))].toSorted().join(', ');
      const complement = new Set(lues.map((d) => d.annee)).size < VENTES_ANNEES ? ' Moins de trois années sont gardées par le dossier.' : '';
      return { ...simple(countVendus(base, lues.map((d) => d.id)), 'Logements sortis du parc par vente (champ 37, codes 1 et 3), chacun compté une fois', lues.length === enVigueur.length ? { sortiepatrim: '1,3' } : null, complement, `Déclarations RPLS ${toutes}`), };
    }
    case 'sortis-fg':
    case 'gain-etiquette': {
      const suivies = paires(declarations);
      const connues = suivies.flatMap(({ avant, apres }) => (avant === null ? [] : [{ avant, apres }]));
      if (connues.length === 0) return null;
      const sommes = parTerritoire(connues.flatMap(({ avant, apres }) => countEtiquettes(base, donnee, { avant: avant.id, apres: apres.id })));
      const manquent = suivies.filter((p) => p.avant === null).map((p) => p.apres.nom ?? 'l’organisme');
      const quoi = donnee === 'sortis-fg' ? 'Logements classés F ou G, puis A à E' : 'Logements gagnant au moins une étiquette';
      return {
        de: (t) => ({ nombre: sommes.get(t)?.nombre ?? 0, base: donnee === 'sortis-fg' ? (sommes.get(t)?.base ?? 0) : null }),
        formule: `${quoi}, d’une déclaration à la suivante, parmi ceux qui sont dans les deux avec une étiquette connue`,
        source: `Déclarations RPLS ${[...new Set(connues.map(({ avant, apres }) => `${annee(avant)} et ${annee(apres)}`))].join(' ; ')}`,
        filtres: null,
        reserve: `${reserve}${manquent.length === 0 ? '' : ` Sans déclaration d’avant, non comptés : ${manquent.join(', ')}.`}`,
      };
    }
    case 'champ-declare': {
      const rang = Number(etat.champs[champs?.rang ?? ''] ?? '');
      const valeurs = new Set((etat.champs[champs?.valeurs ?? ''] ?? '').split(/[,;]/u).map((v) => v.trim()).filter((v) => v !== ''));
      if (!Number.isInteger(rang) || rang < 64 || valeurs.size === 0) return null;
      const comptes = countChampDeclare(base, rang, valeurs);
      return comptes === null ? null : simple(comptes, `Logements du parc dont le champ ${rang} vaut ${[...valeurs].join(' ou ')}`, null);
    }
    default:
      return missingCase(donnee);
  }
}

/** Ce que chaque base a compté : parcourir tout le parc à chaque case montrée ferait attendre la saisie. */
const gardes = new WeakMap<Base, { signature: string; comptes: Map<string, Compte | null> }>();

/** Change avec tout ce qui change un logement : chaque import, correction ou annulation est une opération. */
function signatureDe(base: Base, etat: EtatEngagements): string {
  const derniere = base.prepare<[], number>(`SELECT id FROM operation WHERE ${SQL_TOUCHE_PARC} ORDER BY id DESC LIMIT 1`).pluck().get() ?? 0;
  const champs = etat.millesime.indicateurs.flatMap((i) => i.references.flatMap((r) => (r.champs === null ? [] : [etat.champs[r.champs.rang], etat.champs[r.champs.valeurs]])));
  return JSON.stringify([derniere, etat.millesime.nom, champs, [...etat.territoires.departements].map((d) => etat.territoires.stockDe(d))]);
}

function compterUneFois(base: Base, etat: EtatEngagements, indicateur: string, reference: ReferenceProposee): Compte | null {
  const signature = signatureDe(base, etat);
  const connu = gardes.get(base);
  const garde = connu?.signature === signature ? connu : { signature, comptes: new Map<string, Compte | null>() };
  gardes.set(base, garde);
  const cle = `${indicateur}/${reference.ventilation}`;
  const deja = garde.comptes.get(cle);
  if (deja !== undefined) return deja;
  const compte = compter(base, etat, reference, listDeclarations(base));
  garde.comptes.set(cle, compte);
  return compte;
}

/** Les références que les déclarations savent compter, ligne par ligne de la matrice. */
function* proposeReferences(base: Base, etat: EtatEngagements): Iterable<Proposition> {
  const comptes = new Map<ReferenceProposee, Compte | null>();
  for (const ligne of etat.matrice.lignes) {
    const reference = ligne.indicateur.references.find((r) => r.ventilation === ligne.ventilation.code);
    if (reference === undefined || etat.territoires.stockDe(ligne.territoire.code).parc === 0) continue;
    if (!comptes.has(reference)) comptes.set(reference, compterUneFois(base, etat, ligne.indicateur.code, reference));
    const compte = comptes.get(reference);
    if (compte === null || compte === undefined) continue;
    const { nombre, base: parmi } = compte.de(ligne.territoire.code);
    const fraction = ligne.ventilation.formes.includes('fraction') && parmi !== null && ligne.indicateur.denominateur !== null;
    // Sans population de départ, un taux n'a pas de sens : le territoire n'a rien à proposer.
    if (fraction && parmi === 0) continue;
    yield {
      champ: ligne.champReference,
      valeur: fraction ? `${nombre}/${parmi}` : String(nombre),
      formule: `${compte.formule}, ${ligne.territoire.nom}`,
      source: compte.source,
      article: ligne.ventilation.accompagnement?.article ?? ligne.indicateur.article,
      lignes: compte.filtres === null ? null : { vue: 'logements', filtres: { ...filtresDe(ligne.territoire.code), ...compte.filtres }, nombre },
      reserve: compte.reserve,
    };
  }
}

/** Filtres du territoire, valeurs séparées par des virgules ; sans « parc » : la donnée dit elle-même ce qui compte. */
function filtresDe(territoire: string): Record<string, string> {
  return Object.fromEntries(filtresTerritoire(territoire).flatMap((f) => (f.colonne === 'parc' ? [] : [[f.colonne, (f.valeurs ?? []).join(SEPARATEUR)]])));
}

/** Ce que la matrice déduit d'elle-même : la somme des modes d'un total, le dénominateur d'un nombre tapé seul. */
function* proposeComplements(etat: EtatEngagements): Iterable<Proposition> {
  const { lecture, territoires: { stockDe } } = etat;
  for (const ligne of etat.matrice.lignes) {
    for (const cellule of ligne.cellules) {
      if (!cellule.ouvert) continue;
      const somme = proposeSomme(ligne, cellule.horizon, lecture);
      if (somme !== null) {
        yield { champ: cellule.champ, valeur: String(somme.valeur), formule: somme.formule, source: somme.source, article: ligne.indicateur.article, lignes: null, reserve: null };
        continue;
      }
      const propose = completer(ligne, cellule.champ, cellule.horizon, etat);
      if (propose !== null) yield propose;
    }
  }

  function completer(ligne: LigneMatrice, champ: string, horizon: string, { saisies }: EtatEngagements): Proposition | null {
    const texte = saisies.get(champ) ?? '';
    const lue = parseSaisie(texte);
    // Un nombre entier tapé seul, dans une case qui accepte une fraction, gagne le dénominateur connu.
    if (!lue.ok || isSaisieVide(lue.saisie) || lue.saisie.valeur === null || lue.saisie.numerateur !== null || !/^\d+$/u.test(lue.saisie.valeur)) return null;
    if (!ligne.ventilation.formes.includes('fraction')) return null;
    const d = proposeDenominateur(ligne, horizon, stockDe, lecture);
    if (d === null || d.valeur === 0) return null;
    const taux = lue.saisie.pourcentage === null ? '' : ` = ${lue.saisie.pourcentage.replace('.', ',')} %`;
    const parent = ligne.ventilation.partDe === null ? null : champVoisin(ligne, horizon, ligne.ventilation.partDe);
    return {
      champ, valeur: `${lue.saisie.valeur}/${d.valeur}${taux}`, formule: `Nombre tapé, sur : ${d.formule}`, source: d.source, article: ligne.indicateur.article,
      lignes: parent === null && ligne.indicateur.denominateur?.donnee !== null
        ? { vue: 'logements', filtres: { parc: 'oui', ...filtresDe(ligne.territoire.code), ...(ligne.indicateur.denominateur?.donnee === 'parcFG' ? { dpeenergie: ['F', 'G'].join(SEPARATEUR) } : {}) }, nombre: d.valeur }
        : null,
      reserve: null,
    };
  }
}

/** Le parc : références des déclarations, sommes et dénominateurs. */
export function* parc(base: Base, etat: EtatEngagements): Iterable<Proposition> {
  yield* proposeReferences(base, etat);
  yield* proposeComplements(etat);
}
