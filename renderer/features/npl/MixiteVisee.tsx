import type { Entree, Sortie } from '../../../shared/contract.ts';
import { parseDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { Choix, Saisie } from '../../ui/index.ts';
import { nombre, pourcent } from '../../ui/format.ts';

type Aide = Extract<Entree<'npl.aider'>['aide'], { nature: 'mixite' }>;
type Cote = 'parts' | 'horsQpv' | 'qpv';
const PRODUITS = ['PLAI', 'PLUS', 'PLS', 'PLI'] as const;
type Produit = (typeof PRODUITS)[number];
type Parts = Readonly<Record<Produit, string>>;

/** La mixité qu'on tape : la même partout, ou une hors QPV et une en QPV. */
export type ReglageMixite = { separees: 'oui' | 'non'; arrondi: 'centime' | 'exact' } & Readonly<Record<Cote, Parts>>;
const VIDES: Parts = { PLAI: '', PLUS: '', PLS: '', PLI: '' };
export const MIXITE_VIDE: ReglageMixite = { separees: 'oui', arrondi: 'centime', parts: VIDES, horsQpv: VIDES, qpv: VIDES };

const PORTEES = [{ valeur: 'oui', libelle: 'hors QPV et en QPV' }, { valeur: 'non', libelle: 'la même partout' }] as const;
const ARRONDIS = [{ valeur: 'centime', libelle: 'au centime d’€/m²' }, { valeur: 'exact', libelle: 'à quatre décimales' }] as const;
const COTES: readonly { cote: Cote; libelle: string }[] = [{ cote: 'horsQpv', libelle: 'Hors QPV' }, { cote: 'qpv', libelle: 'En QPV' }];
const PARTOUT: typeof COTES = [{ cote: 'parts', libelle: 'Partout' }];

const cotesDe = (r: ReglageMixite): typeof COTES => (r.separees === 'oui' ? COTES : PARTOUT);
const nue = (t: string): string => t.replace('%', '').replace(',', '.').trim();
/** Somme des parts en centièmes de pour cent ; `null` si l'une ne se lit pas. */
function somme(parts: Parts): number | null {
  let total = 0;
  for (const t of Object.values(parts).map(nue)) {
    if (t === '') continue;
    const d = parseDecimal(t);
    if (d === null || d.mantisse < 0n || d.echelle > 2) return null;
    total += Number(d.mantisse * 10n ** BigInt(2 - d.echelle));
  }
  return total;
}
const estVide = (parts: Parts): boolean => Object.values(parts).every((t) => nue(t) === '');

/** L'aide demandée, ou pourquoi elle ne se lit pas encore. Un côté laissé vide ne change pas. */
export function aideMixite(r: ReglageMixite): Aide | string {
  const donnes = cotesDe(r).filter(({ cote }) => !estVide(r[cote]));
  if (donnes.length === 0 || donnes.some(({ cote }) => somme(r[cote]) !== 10_000)) return 'Écrire des parts de logements qui font 100 %, hors QPV, en QPV, ou des deux côtés.';
  return { nature: 'mixite', arrondi: r.arrondi, ...Object.fromEntries(donnes.map(({ cote }) => [cote, { ...r[cote] }])) };
}

/** Les parts de logements visées, par plafond de ressources, avec leur somme. */
export function MixiteVisee({ reglage, surChange }: { reglage: ReglageMixite; surChange: (r: ReglageMixite) => void }) {
  return (
    <div className="npl-mixite-visee" role="group" aria-label="Mixité visée, en % des logements">
      <div className="npl-rangee">
        <Choix compact nom="Où viser" valeur={reglage.separees} options={PORTEES} surChoix={(separees) => surChange({ ...reglage, separees })} />
        <Choix compact nom="Arrondi" valeur={reglage.arrondi} options={ARRONDIS} surChoix={(arrondi) => surChange({ ...reglage, arrondi })} />
      </div>
      <table>
        <thead><tr><th scope="col">% des logements</th>{PRODUITS.map((p) => <th key={p} scope="col">{p}</th>)}<th scope="col">Somme</th></tr></thead>
        <tbody>
          {cotesDe(reglage).map(({ cote, libelle }) => {
            const parts = reglage[cote];
            const total = somme(parts);
            const vide = estVide(parts);
            return (
              <tr key={cote}>
                <th scope="row">{libelle}</th>
                {PRODUITS.map((p) => (
                  <td key={p}><Saisie compact inputMode="decimal" aria-label={`Part visée, ${cote === 'parts' ? '' : `${libelle}, `}${p}`} value={parts[p]} onChange={(e) => surChange({ ...reglage, [cote]: { ...parts, [p]: e.currentTarget.value } })} /></td>
                ))}
                <td className={!vide && total !== 10_000 ? 'npl-fautif nombre' : 'doux nombre'}>{vide ? (cote === 'parts' ? '–' : 'inchangé') : total === null ? 'illisible' : pourcent(total / 100)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type Offre = Sortie<'npl.aider'>['mixite'];
const dire = (n: number, sur: number): string => (sur === 0 ? 'aucun comparé' : `${nombre(n)} sur ${nombre(sur)}, ${pourcent(Math.floor((1000 * n) / sur) / 10)}`);

/** Ce que les maximums offriraient, à côté de ce qu'ils offrent : des logements, non des attributions. */
export function OffreMixite({ avant, apres }: Offre) {
  return (
    <p className="petit">
      Au niveau PLAI hors QPV : {dire(avant.horsQpv.auNiveauPlai, avant.horsQpv.compares)} → <strong>{dire(apres.horsQpv.auNiveauPlai, apres.horsQpv.compares)}</strong>. Au-dessus en QPV : {dire(avant.qpv.auDessusPlai, avant.qpv.compares)} → <strong>{dire(apres.qpv.auDessusPlai, apres.qpv.compares)}</strong>. Ce sont des logements, non des attributions (L441-1).
    </p>
  );
}
