import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { Cible, Proposition } from '../../../shared/domain/loyers/npl/aides.ts';
import { repartirReste } from '../../../shared/domain/loyers/npl/repartir.ts';
import type { Repartition } from '../../../shared/domain/loyers/npl/repartir.ts';
import { formatTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { parseDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { formatDecimal } from '../../../shared/domain/nombres/format.ts';
import { formatEuros } from '../../documents/format.ts';
import type { Base } from '../../store/base.ts';
import { SANS_CLASSE, countClasses, readClasses } from './classes.ts';
import type { ClassesNpl } from './classes.ts';
import type { DonneesNpl } from './donnees.ts';
import { eurosM2 } from './lecture.ts';
import { eurosPlafond } from './resultat.ts';
import type { Calcul } from './resultat.ts';

type Aide = Extract<EntreeLue<'npl.aider'>['aide'], { nature: 'repartir' }>;
type Dite = NonNullable<Sortie<'npl.aider'>['repartition']>;

/** Répartit le reste selon les classes d'un critère, sous le plafond PLS de chaque zone, et dit ce qui a été fait. */
export function runRepartir(base: Base, donnees: DonneesNpl, calcul: Calcul, aide: Aide, cibles: readonly Cible[]): { propositions: Proposition[]; explication: string; libelle: string; repartition: Dite } {
  const classes = readClasses(base, donnees, aide);
  const poids = readPoids(aide, classes);
  const zones = new Map(donnees.ensembles.map((e) => [e.ensemble, e.zones]));
  const bases = new Map(calcul.masse.ensembles.map((m) => [m.ensemble, m.base]));
  const inconnus = new Set<string>();
  const limite = (c: Cible): bigint | null => {
    if (c.plafond === 'PLI') return null;
    const pls = bases.get(c.ensemble) === 'SC' ? null : (calcul.table.plafond('PLS', zones.get(c.ensemble) ?? [])?.taux ?? null);
    if (pls === null) inconnus.add(`${c.ensemble}/${c.plafond}`);
    return pls;
  };
  const classer = (c: Cible) => { const classe = classes.classeDe(c.ensemble); return { classe, poids: poids.get(classe) ?? 100n }; };
  const r = repartirReste(calcul.masse, cibles, { classer, limite, auCentime: aide.arrondi === 'centime' });
  const comptees = countClasses(classes, calcul, cibles);
  const repartition: Dite = {
    source: classes.source, reparti: eurosPlafond(r.reparti), reste: eurosPlafond(r.reste), bornees: r.bornees, plsInconnu: r.propositions.filter((p) => inconnus.has(`${p.ensemble}/${p.plafond}`)).length, cause: r.cause,
    classes: comptees.map((c) => {
      const d = r.classes.find((x) => x.classe === c.classe);
      return { ...c, poids: Number(poids.get(c.classe) ?? 100n) / 100, changees: d?.changees ?? 0, bornees: d?.bornees ?? 0, hausse: eurosM2(d?.hausse ?? 0n) };
    }),
  };
  return { propositions: r.propositions, repartition, libelle: `reste partagé selon ${MOTS[aide.selon]}, ${pluriel(r.propositions.length, 'maximum changé', 'maximums changés')}`, explication: expliquer(r, repartition, classes, aide, calcul.masse.reste) };
}

const MOTS: Readonly<Record<Aide['selon'], string>> = { zone: 'la zone', 'service-rendu': 'le service rendu', occupation: 'les ressources des occupants' };

function readPoids(aide: Aide, { libelles }: ClassesNpl): Map<string | null, bigint> {
  const poids = new Map<string | null, bigint>([[null, lire(aide.sansClasse, SANS_CLASSE)]]);
  for (const [nom, valeur] of Object.entries(aide.poids)) {
    const classe = [...libelles].find(([code, libelle]) => code === nom || libelle.toLowerCase() === nom.trim().toLowerCase())?.[0];
    if (classe === undefined) {
      throw invalide('classe-inconnue', `« ${nom} » n’est pas une classe de ce partage.`, libelles.size === 0 ? 'Aucune classe n’est connue ; rien n’a été changé.' : `Choisir parmi : ${[...libelles].map(([c, l]) => (c === l ? c : `${c} (${l})`)).join(', ')}.`);
    }
    poids.set(classe, lire(valeur, libelles.get(classe) ?? classe));
  }
  return poids;
}

/** Poids en centièmes ; un vide vaut zéro. */
function lire(valeur: string | number, nom: string): bigint {
  const texte = String(valeur).trim().replace(',', '.');
  if (texte === '') return 0n;
  const d = parseDecimal(texte);
  if (d === null || d.mantisse < 0n || d.echelle > 2 || d.mantisse > 1000n * 10n ** BigInt(d.echelle)) {
    throw invalide('poids-illisible', `« ${String(valeur)} » n’est pas un poids pour « ${nom} ».`, 'Donner un nombre de 0 à 1 000, avec deux décimales au plus, comme « 1 » ou « 0,5 ».');
  }
  return d.mantisse * 10n ** BigInt(2 - d.echelle);
}

/** Ce qui a été réparti, comment, et pourquoi il en reste, en phrases. */
function expliquer(r: Repartition, dite: Dite, classes: ClassesNpl, aide: Aide, reste: bigint): string {
  if (reste <= 0n) return 'Il ne reste rien à partager.';
  const montrees = dite.classes.filter((c) => c.classe !== null || c.poids > 0);
  const phrases = [
    `Reste de ${formatEuros(eurosPlafond(reste))} par mois partagé selon ${classes.source} : la hausse par m² de chaque classe est proportionnelle à son poids.`,
    ...(montrees.length === 0 ? [] : [`${montrees.map((c) => `${c.libelle}, poids ${formatDecimal(String(c.poids))} : ${c.hausse === 0 ? 'inchangée' : `+ ${formatTaux(BigInt(Math.round(c.hausse * 10_000)))}`}`).join(' ; ')}.`]),
    ...(aide.arrondi === 'centime' ? ['Chaque maximum est rendu au centime d’€/m² inférieur.'] : []),
    ...(classes.absence === null ? [] : [classes.absence]),
  ];
  const sans = dite.classes.find((c) => c.classe === null);
  if (sans !== undefined && sans.poids === 0) phrases.push(`${pluriel(sans.lignes, 'ligne de classe inconnue, laissée inchangée', 'lignes de classe inconnue, laissées inchangées')}.`);
  if (r.bornees > 0) phrases.push(`${pluriel(r.bornees, 'ligne arrêtée', 'lignes arrêtées')} au plafond PLS de la zone (L445-3, IV).`);
  if (dite.plsInconnu > 0) phrases.push(`${pluriel(dite.plsInconnu, 'ligne montée sans plafond PLS connu ou en surface corrigée, que rien n’arrête', 'lignes montées sans plafond PLS connu ou en surface corrigée, que rien n’arrête')}.`);
  if (r.reste > 0n) phrases.push(`${formatEuros(dite.reste)} ne sont pas partagés : ${RAISONS[r.cause]}`);
  return phrases.join(' ');
}

const RAISONS: Readonly<Record<Repartition['cause'], string>> = {
  rien: 'aucune ligne choisie n’a de poids.',
  limites: 'toutes les lignes choisies sont à leur plafond PLS.',
  pas: 'un pas de plus dépasserait la masse.',
};
