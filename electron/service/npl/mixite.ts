import type { EntreeLue } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { Cible } from '../../../shared/domain/loyers/npl/aides.ts';
import { viserMixite } from '../../../shared/domain/loyers/npl/viser.ts';
import { indexerEnsembles } from '../../../shared/domain/loyers/npl/rangement.ts';
import type { GroupeMixite, Mixite, PropositionMixite, Visee } from '../../../shared/domain/loyers/npl/viser.ts';
import { basCentime } from '../../../shared/domain/loyers/npl/aides.ts';
import { PLAFONDS, situationDe } from '../../../shared/domain/loyers/npl/types.ts';
import type { Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { parseDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { formatDecimal, formatEntier } from '../../../shared/domain/nombres/format.ts';
import type { DonneesNpl } from './donnees.ts';
import type { Calcul } from './resultat.ts';

type Aide = Extract<EntreeLue<'npl.aider'>['aide'], { nature: 'mixite' }>;

type Parts = NonNullable<Aide['parts']>;
/** Une visée telle qu'elle se dit : où, et quelles parts. */
type VueDite = Visee & { ou: string; dite: string };

/** Ce qui respecterait la masse pour une mixité visée sur les ensembles choisis, entiers, et ce que cela donne. */
export function runMixite(donnees: DonneesNpl, { masse, table }: Calcul, aide: Aide, cibles: readonly Cible[], annee: number): { propositions: PropositionMixite[]; explication: string; libelle: string } {
  const parCode = indexerEnsembles(donnees.ensembles);
  const choisis = new Set(cibles.map((c) => c.ensemble));
  const { visees, meles } = readVisees(aide, choisis, (e) => { const trouve = parCode.get(e); return trouve === undefined ? 'mele' : situationDe(trouve); });
  const m = viserMixite(masse, visees, (ensemble, produit) => table.plafond(produit, parCode.get(ensemble)?.zones ?? [])?.taux ?? null, aide.arrondi === 'exact' ? (t) => t : basCentime);
  if (m === null) throw invalide('masse-hors-d-atteinte', 'Même à 0 €/m², les ensembles choisis ne ramènent pas la masse sous celle d’avant.', 'Choisir plus d’ensembles, ou baisser les autres.');
  const dites = visees.map((v) => `${v.ou === '' ? '' : `${v.ou} `}${v.dite}`).join(' ; ');
  return { propositions: m.propositions, explication: expliquer(m, visees, { meles, annee, arrondi: aide.arrondi, autreAnnee: table.constats.find((c) => c.code === 'plafonds-autre-annee')?.message ?? '' }), libelle: `mixité visée (${dites}), ${pluriel(touches(m), 'ensemble')}` };
}

/** Les visées demandées et leurs ensembles ; ceux qu'on ne sait pas d'un côté des QPV n'en suivent aucune, et se comptent. */
function readVisees({ parts, horsQpv, qpv }: Aide, choisis: ReadonlySet<string>, situation: (ensemble: string) => string): { visees: VueDite[]; meles: number } {
  if (parts !== undefined && (horsQpv !== undefined || qpv !== undefined)) throw invalide('mixite-double', 'La mixité visée est donnée à la fois partout et par situation en QPV.', 'Donner l’une ou l’autre.');
  if (parts !== undefined) return { visees: [viseeDe(parts, choisis, '')], meles: 0 };
  if (horsQpv === undefined && qpv === undefined) throw invalide('mixite-absente', 'Aucune mixité n’est visée.', 'Donner des parts de logements qui font 100 %.');
  const cote = (s: string): Set<string> => new Set([...choisis].filter((e) => situation(e) === s));
  return {
    visees: [...(horsQpv === undefined ? [] : [viseeDe(horsQpv, cote('hors-qpv'), 'hors QPV')]), ...(qpv === undefined ? [] : [viseeDe(qpv, cote('qpv'), 'en QPV')])],
    meles: cote('mele').size,
  };
}

function viseeDe(demandees: Parts, ensembles: ReadonlySet<string>, ou: string): VueDite {
  const parts = readParts(demandees, ou);
  const dite = PLAFONDS.flatMap((p) => { const n = parts.get(p) ?? 0; return n === 0 ? [] : [`${p} ${formatDecimal(String(n / 100))} %`]; }).join(', ');
  return { ensembles, parts, ou, dite };
}

const touches = (m: Mixite): number => m.groupes.reduce((s, g) => s + g.ensembles, 0);

/** Parts en centièmes de pour cent ; elles font 100 %. */
function readParts(demandees: Parts, ou: string): Map<Plafond, number> {
  const parts = new Map<Plafond, number>();
  for (const plafond of PLAFONDS) {
    if (plafond === 'INCONNU') continue;
    const texte = String(demandees[plafond] ?? '').trim().replace('%', '').replace(',', '.').trim();
    if (texte === '') continue;
    const d = parseDecimal(texte);
    if (d === null || d.mantisse < 0n || d.echelle > 2) throw invalide('mixite-illisible', `« ${texte} » n’est pas une part de logements ${plafond}.`, 'Donner un pourcentage comme « 30 » ou « 12,5 ».');
    parts.set(plafond, Number(d.mantisse * 10n ** BigInt(2 - d.echelle)));
  }
  const total = [...parts.values()].reduce((s, n) => s + n, 0);
  if (total !== 10_000) throw invalide('mixite-incomplete', `Les parts de la mixité visée${ou === '' ? '' : ` ${ou}`} font ${formatDecimal(String(total / 100))} %.`, 'Donner des parts qui font 100 %.');
  return parts;
}

type Reste = { meles: number; annee: number; arrondi: Aide['arrondi']; /** Vide, sinon pourquoi aucun plafond n'est lu. */ autreAnnee: string };

function expliquer(m: Mixite, visees: readonly VueDite[], { meles, annee, arrondi, autreAnnee }: Reste): string {
  const { haut, bas } = m.coefficient;
  const somme = (f: (g: GroupeMixite) => number): number => m.groupes.reduce((s, g) => s + f(g), 0);
  const inchanges = [
    { n: meles, dire: 'à cheval sur un QPV ou de situation inconnue' },
    { n: somme((g) => g.surfaceCorrigee), dire: 'en surface corrigée' },
    { n: somme((g) => g.sansPlafond), dire: 'sans zone ou plafond de loyer saisi pour chaque plafond de ressources visé' },
  ].filter((i) => i.n > 0);
  return [
    ...visees.map((v, i) => direGroupe(v, m.groupes[i])),
    ...(touches(m) === 0 ? [] : [
      'Logements donnés un à un au plafond de ressources le plus en retard ; la surface de chaque ensemble suit le nombre de logements.',
      haut === bas
        ? `La masse permet les plafonds de loyer de ${annee} de chaque zone, entiers.`
        : `La masse permet ${formatDecimal(String(Number((haut * 10_000n) / bas) / 100))} % des plafonds de loyer de ${annee} de chaque zone : chaque maximum y est ramené, au ${arrondi === 'exact' ? 'dix-millième' : 'centime'} d’€/m² inférieur.`,
    ]),
    ...(autreAnnee === '' ? [] : [autreAnnee]),
    ...inchanges.map(({ n, dire }) => `${pluriel(n, 'ensemble laissé inchangé', 'ensembles laissés inchangés')}, ${dire}.`),
  ].join(' ');
}

function direGroupe({ ou, dite }: VueDite, groupe: GroupeMixite | undefined): string {
  const quoi = ou === '' ? '' : ` ${ou}`;
  if (groupe === undefined || groupe.ensembles === 0) return `Mixité visée${quoi} : ${dite} ; aucun ensemble choisi ne peut la suivre.`;
  const total = [...groupe.logements.values()].reduce((s, n) => s + n, 0);
  const obtenue = PLAFONDS.flatMap((p) => { const n = groupe.logements.get(p) ?? 0; return n === 0 ? [] : [`${p} ${formatEntier(n)}`]; }).join(', ');
  return `Mixité visée${quoi} : ${dite}, sur ${pluriel(total, 'logement compté', 'logements comptés')} de ${pluriel(groupe.ensembles, 'ensemble')} : ${obtenue}.`;
}
