import type { EntreeLue } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { Cible } from '../../../shared/domain/loyers/npl/aides.ts';
import { viserMixite } from '../../../shared/domain/loyers/npl/viser.ts';
import type { Mixite, PropositionMixite } from '../../../shared/domain/loyers/npl/viser.ts';
import { PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';
import type { Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { parseDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { formatDecimal, formatEntier } from '../../../shared/domain/nombres/format.ts';
import type { DonneesNpl } from './donnees.ts';
import type { Calcul } from './resultat.ts';

type Aide = Extract<EntreeLue<'npl.aider'>['aide'], { nature: 'mixite' }>;

/** Ce qui respecterait la masse pour une mixité visée sur les ensembles choisis, entiers, et ce que cela donne. */
export function runMixite(donnees: DonneesNpl, { masse, table }: Calcul, aide: Aide, cibles: readonly Cible[], annee: number): { propositions: PropositionMixite[]; explication: string; libelle: string } {
  const parts = readParts(aide);
  const zones = new Map(donnees.ensembles.map((e) => [e.ensemble, e.zones]));
  const m = viserMixite(masse, new Set(cibles.map((c) => c.ensemble)), parts, (ensemble, produit) => table.plafond(produit, zones.get(ensemble) ?? [])?.taux ?? null);
  if (m === null) throw invalide('masse-hors-d-atteinte', 'Même à 0 €/m², les ensembles choisis ne ramènent pas la masse sous celle d’avant.', 'Choisir plus d’ensembles, ou baisser les autres.');
  const visee = PLAFONDS.flatMap((p) => { const n = parts.get(p) ?? 0; return n === 0 ? [] : [`${p} ${formatDecimal(String(n / 100))} %`]; }).join(', ');
  return { propositions: m.propositions, explication: expliquer(m, visee, annee), libelle: `mixité visée (${visee}), ${pluriel(m.ensembles, 'ensemble')}` };
}

/** Parts en centièmes de pour cent ; elles font 100 %. */
function readParts({ parts: demandees }: Aide): Map<Plafond, number> {
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
  if (total !== 10_000) throw invalide('mixite-incomplete', `Les parts de la mixité visée font ${formatDecimal(String(total / 100))} %.`, 'Donner des parts qui font 100 %.');
  return parts;
}

function expliquer(m: Mixite, visee: string, annee: number): string {
  const { haut, bas } = m.coefficient;
  const total = [...m.logements.values()].reduce((s, n) => s + n, 0);
  const obtenue = PLAFONDS.flatMap((p) => { const n = m.logements.get(p) ?? 0; return n === 0 ? [] : [`${p} ${formatEntier(n)}`]; }).join(', ');
  return [
    ...(m.ensembles === 0
      ? ['Aucun ensemble choisi ne peut suivre cette mixité.']
      : [
          `Mixité visée : ${visee}, sur ${pluriel(total, 'logement compté', 'logements comptés')} de ${pluriel(m.ensembles, 'ensemble')} ; logements donnés un à un au plafond le plus en retard : ${obtenue}. La surface de chaque ensemble suit le nombre de logements.`,
          haut === bas
            ? `La masse permet les plafonds de loyer de ${annee} de chaque zone, entiers.`
            : `La masse permet ${formatDecimal(String(Number((haut * 10_000n) / bas) / 100))} % des plafonds de loyer de ${annee} de chaque zone : chaque maximum y est ramené, au centime d’€/m² inférieur.`,
        ]),
    ...(m.inchanges === 0 ? [] : [`${pluriel(m.inchanges, 'ensemble laissé inchangé', 'ensembles laissés inchangés')} : en surface corrigée, ou sans zone ou plafond de loyer saisi pour chaque plafond de ressources visé.`]),
  ].join(' ');
}
