import { parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { parseSurface } from '../../../shared/domain/nombres/mesures.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { Champ, Choix as Liste } from '../../ui/index.ts';
import { deuxDecimales } from '../../ui/format.ts';
import type { Choix, Demande } from './Fiche.tsx';
import { motPlafond, type LigneNpl } from './magasin.ts';
import { SaisieQuittee } from './Scenarios.tsx';

type Props = { choix: Choix | undefined; base: 'SU' | 'SC'; comptees: readonly LigneNpl[]; lectureSeule: boolean; ecrire: (d: Demande) => Promise<string | null> };

const faute = (t: string): string | null => ((parseSurface(t) ?? -1) < 0 ? 'Une surface s’écrit en m², comme « 1234,56 ».' : null);
const tauxFautif = (t: string): string | null => (parseTaux(t) === null ? 'Un loyer en €/m² s’écrit avec quatre décimales au plus, comme « 6,29 ».' : null);
const dateFautive = (t: string): string | null => (/^\d{2}\/\d{2}\/\d{4}$/u.test(t) ? null : 'Une date s’écrit comme « 02/11/2026 ».');
const iso = (t: string): string => t.split('/').toReversed().join('-');
const m2 = (v: string | number | null | undefined): string => (v == null ? '' : deuxDecimales(Number(v)));
const INCONNUS = [{ valeur: '', libelle: 'Aucun : à justifier' }, ...(['PLAI', 'PLUS', 'PLS', 'PLI'] as const).map((valeur) => ({ valeur, libelle: valeur }))];

/** Surface habitable et annexes, plafond de ressources des logements qui n'en disent pas, hausse après travaux. */
export function Complements({ choix, base, comptees, lectureSeule, ecrire }: Props) {
  const champ = (nom: string, valeur: string, ecrit: (t: string) => Demande, verifier = faute) => ({ id, decrit }: { id: string; decrit: string | undefined }) => (
    <SaisieQuittee key={valeur} id={id} decrit={decrit} nom={nom} droite vide inactif={lectureSeule} depart={valeur} verifier={verifier} ecrire={(t) => ecrire(ecrit(t))} />
  );
  const travaux = choix?.travaux ?? null;
  const date = travaux === null ? '' : travaux.accord.split('-').toReversed().join('/');
  const inconnu = choix?.inconnus != null || comptees.some((l) => l.plafond === 'INCONNU');
  return (
    <>
      <section>
        <h3 className="etiquette">Surface habitable et annexes</h3>
        <Champ libelle="Surface habitable, en m²" aide="Vide : celle que le fichier déclare, s’il la donne pour tous les logements." article="D331-10">{champ('Surface habitable', m2(choix?.habitable), (t) => ({ habitable: t === '' ? null : t }))}</Champ>
        <Champ libelle="Annexes, en m²" aide={base === 'SU' ? 'La surface utile en est la somme, les annexes comptant pour moitié.' : 'La surface utile qui s’en déduit sert à vérifier le plafond PLS.'} article="D353-16">{champ('Annexes', m2(choix?.annexes), (t) => ({ annexes: t === '' ? null : t }))}</Champ>
      </section>
      {inconnu && (
        <section>
          <h3 className="etiquette">Plafond de ressources non renseigné</h3>
          <Champ libelle="Plafond donné à ces logements" aide="Le fichier ne leur en donne pas ; la politique des loyers en fixe un." article="L445-3">
            {({ id }) => <Liste id={id} valeur={choix?.inconnus ?? ''} options={INCONNUS} surChoix={(v) => { if (!lectureSeule) void ecrire({ inconnus: v === 'PLAI' || v === 'PLUS' || v === 'PLS' || v === 'PLI' ? v : null }); }} />}
          </Champ>
        </section>
      )}
      <section>
        <h3 className="etiquette">Hausse après travaux</h3>
        {comptees.filter((l) => l.maximum !== null).map((l) => (
          <Champ key={l.plafond} libelle={`Maximum de l’année d’avant, ${motPlafond(l.plafond)}, en €/m²`} aide="Que la politique des loyers fixait. Au-delà de sa révision, il faut l’accord de l’autorité, et au plus ce que l’article permet en sus de l’IRL." article="L445-3">
            {champ(`Maximum de l’année d’avant, ${l.plafond}`, l.precedent === null ? '' : formatTaux(l.precedent), (t) => ({ plafonds: [{ plafond: l.plafond, maximum: l.maximum, avant: t === '' ? null : t }] }), tauxFautif)}
          </Champ>
        ))}
        <Champ libelle="Date de l’accord de l’autorité administrative" article="L445-3">{champ('Date de l’accord', date, (t) => ({ travaux: t === '' ? null : { accord: iso(t), reference: travaux?.reference ?? '' } }), dateFautive)}</Champ>
        {travaux !== null && <Champ libelle="Référence de l’accord">{champ('Référence de l’accord', travaux.reference ?? '', (t) => ({ travaux: { accord: travaux.accord, reference: t } }), () => null)}</Champ>}
      </section>
    </>
  );
}
