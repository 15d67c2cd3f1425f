import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { ajouterTaux, amenerAuPlafond, appliquerPourcentage, partagerReste, ramenerSousLaMasse, reviserFixes } from '../../../shared/domain/loyers/npl/aides.ts';
import type { Cible, Proposition } from '../../../shared/domain/loyers/npl/aides.ts';
import { formatTaux, parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { moduler } from '../../../shared/domain/loyers/npl/modulation.ts';
import { parseSurface } from '../../../shared/domain/nombres/mesures.ts';
import type { PropositionMixite } from '../../../shared/domain/loyers/npl/viser.ts';
import type { Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { formatDecimal } from '../../../shared/domain/nombres/format.ts';
import type { Base } from '../../store/base.ts';
import type { DonneesNpl } from './donnees.ts';
import { readTaux } from './lecture.ts';
import { runMixite } from './mixite.ts';
import { runRepartir } from './repartir.ts';
import type { Calcul } from './resultat.ts';

type Aide = EntreeLue<'npl.aider'>['aide'];

/** Ce qu'une aide propose et ce qu'elle a fait, en phrases ; `libelle` : la même chose en peu de mots, pour l'historique. */
export type Aidee = { propositions: (Proposition & Partial<PropositionMixite>)[]; explication: string; libelle?: string; repartition?: Sortie<'npl.aider'>['repartition'] };

/** Ce qui fait d'un maximum nouveau une contrainte qu'on ne sait pas établir : des logements de l'ensemble ne se comptent pas. */
const NON_ETABLI: ReadonlySet<string> = new Set(['modes-melanges', 'surface-autre-base', 'connu-autre-base']);

/**
 * Propositions d'une aide. Ne change rien. Un ensemble dont des logements sont d'une autre surface ne reçoit pas de
 * maximum, à moins d'en avoir déjà un : ce serait un constat bloquant que personne n'a demandé.
 */
export function runAide(base: Base, donnees: DonneesNpl, calcul: Calcul, aide: Aide, demandees: readonly Cible[], annee: number): Aidee {
  const nonEtablis = new Set(calcul.constats.flatMap((c) => (NON_ETABLI.has(c.code) && !c.bloquant && c.ensemble !== null ? [c.ensemble] : [])));
  const cibles = demandees.filter((c) => !nonEtablis.has(c.ensemble));
  const laisses = new Set(demandees.filter((c) => nonEtablis.has(c.ensemble)).map((c) => c.ensemble)).size;
  const faite = aiderCibles(base, donnees, calcul, aide, cibles, annee);
  if (laisses === 0) return faite;
  const phrase = `${pluriel(laisses, 'ensemble laissé inchangé', 'ensembles laissés inchangés')}, dont des logements sont d’une autre surface : donner la surface de l’ensemble dans sa base (R445-9).`;
  return { ...faite, libelle: faite.libelle ?? faite.explication, explication: `${faite.explication} ${phrase}` };
}

function aiderCibles(base: Base, donnees: DonneesNpl, calcul: Calcul, aide: Aide, cibles: readonly Cible[], annee: number): Aidee {
  const { masse, table } = calcul;
  const dire = (propositions: Proposition[], phrase: string): Aidee => ({ propositions, explication: `${phrase} ${pluriel(propositions.length, 'maximum proposé', 'maximums proposés')} sur ${pluriel(cibles.length, 'choisi', 'choisis')}.` });
  switch (aide.nature) {
    case 'ajouter': {
      const ecart = readEcart(aide.ecart);
      return dire(ajouterTaux(masse, cibles, ecart), `${ecart < 0n ? 'Baisse' : 'Hausse'} de ${formatTaux(ecart < 0n ? -ecart : ecart)}.`);
    }
    case 'pourcentage': {
      const centiemes = Math.round(aide.pourcentage * 100);
      return dire(appliquerPourcentage(masse, cibles, centiemes), `${centiemes < 0 ? 'Baisse' : 'Hausse'} de ${formatDecimal(String(Math.abs(centiemes) / 100))} %, arrondie au dix-millième d’€/m² inférieur.`);
    }
    case 'plafond': {
      const zones = new Map(donnees.ensembles.map((e) => [e.ensemble, e.zones]));
      const bases = new Map(masse.ensembles.map((m) => [m.ensemble, m.base]));
      const plafond = (c: Cible): bigint | null => (bases.get(c.ensemble) === 'SC' ? null : (table.plafond(aide.produit ?? c.plafond, zones.get(c.ensemble) ?? [])?.taux ?? null));
      return dire(amenerAuPlafond(masse, cibles, plafond), `Au plafond ${aide.produit ?? 'de loyer de chaque ligne, celui de son plafond de ressources,'} de ${annee} dans chaque zone, en surface utile ; sans zone ni plafond saisi, rien n’est proposé.`);
    }
    case 'reste': {
      const poids = new Map(masse.ensembles.flatMap((m) => m.parts.map((p): [string, number] => [`${m.ensemble}/${p.plafond}`, aide.selon === 'egal' ? 1 : aide.selon === 'logements' ? p.logements : p.surface])));
      const phrase = masse.reste <= 0n ? 'Il ne reste rien à partager.' : 'Partage de ce qui reste de la masse, chaque maximum arrondi au dix-millième d’€/m² inférieur.';
      return dire(partagerReste(masse, cibles, (c) => poids.get(`${c.ensemble}/${c.plafond}`) ?? 0), phrase);
    }
    case 'repartir': return runRepartir(base, donnees, calcul, aide, cibles);
    case 'mixite': return runMixite(donnees, calcul, aide, cibles, annee);
    case 'respecter': {
      const propositions = ramenerSousLaMasse(masse, cibles);
      if (propositions === null) {
        throw invalide('masse-hors-d-atteinte', 'Même à 0 €/m², les ensembles choisis ne ramènent pas la masse sous celle d’avant.', 'Choisir plus d’ensembles, ou baisser les autres.');
      }
      return dire(propositions, masse.respectee ? 'La masse est déjà respectée.' : 'Même baisse en proportion pour tous, arrondie au dix-millième d’€/m² inférieur, jusqu’à respecter la masse.');
    }
    case 'moduler': {
      const [taux, a, b] = [readTaux(aide.taux), readTaux(aide.a), parseSurface(String(aide.b))];
      if (taux === null || a === null || b === null || b < 0) throw invalide('modulation-illisible', 'La base, « a » ou « b » de la modulation ne se lit pas.', 'Donner une base en €/m², « a » en nombre et « b » en m², comme « 6,29 », « 0,77 » et « 20 ».');
      const sc = new Set(masse.ensembles.filter((m) => m.base === 'SC').map((m) => m.ensemble));
      const restes = cibles.filter((c) => sc.has(c.ensemble)).length;
      const formule = `${formatTaux(taux)} × ${formatDecimal(String(aide.a).replace(',', '.'))} × {1 + (logements × ${formatDecimal(String(aide.b).replace(',', '.'))} m² / surface utile)}`;
      return dire(moduler(masse, cibles, taux, { a, b: BigInt(b) }), `Modulé selon la taille moyenne des logements de chaque ensemble (L445-3, III) : ${formule}${aide.source.trim() === '' ? '' : `, ${aide.source.trim()}`} ; arrondi au dix-millième d’€/m² inférieur.${restes === 0 ? '' : ` ${pluriel(restes, 'ligne en surface corrigée, laissée inchangée', 'lignes en surface corrigée, laissées inchangées')}.`}`);
    }
    case 'irl': {
      if (masse.anneeMontants === null) {
        throw invalide('irl-absent', masse.constats.find((c) => c.code === 'irl-absent')?.message ?? 'Un IRL manque.', 'Le saisir dans les barèmes, avec sa source.');
      }
      return dire(reviserFixes(masse, cibles), `Maximums fixés dans une autre année, écrits en valeur de ${annee} selon l’IRL du 2e trimestre (L445-3, V) ; ceux d’aujourd’hui le sont déjà.`);
    }
  }
}

function readEcart(v: string | number): bigint {
  const texte = String(v).trim().replace('−', '-');
  const t = parseTaux(texte.replace(/^[-+]/u, ''));
  if (t === null) throw invalide('ecart-illisible', `« ${String(v)} » n’est pas un écart en €/m².`, 'Donner un nombre comme « 0,25 » ou « -0,10 ».');
  return texte.startsWith('-') ? -t : t;
}

/** Cibles demandées, développées : un ensemble sans plafond nommé donne toutes ses parts comptées. */
export function expandCibles({ masse }: Calcul, demandees: readonly { ensemble: string; plafond?: Plafond | undefined }[]): Cible[] {
  const toutes = new Map(masse.ensembles.map((m) => [m.ensemble, m.parts.map((p) => p.plafond)]));
  const vues = new Set<string>();
  return demandees.flatMap((c) => {
    const plafonds = c.plafond === undefined ? (toutes.get(c.ensemble) ?? []) : [c.plafond];
    return plafonds.flatMap((plafond) => {
      const cle = `${c.ensemble}/${plafond}`;
      if (vues.has(cle)) return [];
      vues.add(cle);
      return [{ ensemble: c.ensemble, plafond }];
    });
  });
}
