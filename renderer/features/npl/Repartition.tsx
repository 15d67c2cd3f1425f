import { useState } from 'react';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import type { Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import { parseSurface } from '../../../shared/domain/nombres/mesures.ts';
import { Bouton, Saisie } from '../../ui/index.ts';
import { deuxDecimales, nombre } from '../../ui/format.ts';
import { motPlafond, type LigneNpl } from './magasin.ts';

type Choix = NonNullable<Sortie<'npl.ecrire'>['scenario']['choix']>[number];
type PlafondDemande = NonNullable<Entree<'npl.definir'>['choix'][number]['plafonds']>[number];
type Texte = { maximum: string; logements: string; surface: string };

const REGLES = ['PLAI', 'PLUS', 'PLS', 'PLI'] as const;
const VIDE: Texte = { maximum: '', logements: '', surface: '' };
const ecrireTaux = (v: string | number | null | undefined): string => (v == null ? '' : typeof v === 'number' ? formatTaux(v) : v.replace('.', ','));

/** Répartition d'un ensemble entre plafonds de ressources (L445-3, I) : mêmes logements, même surface, décidés d'un geste. */
export function Repartition({ comptees, choix, lectureSeule, ecrire }: { comptees: readonly LigneNpl[]; choix: Choix | undefined; lectureSeule: boolean; ecrire: (d: { plafonds: PlafondDemande[] }) => Promise<string | null> }) {
  const presents: readonly Plafond[] = [...new Set<Plafond>([...REGLES, ...comptees.map((l) => l.plafond)])];
  const [textes, setTextes] = useState(() => new Map(presents.map((p) => [p, depart(p, comptees, choix)])));
  const [faute, setFaute] = useState<string | null>(null);
  const totalLogements = comptees.reduce((n, l) => n + l.comptes, 0);
  const totalSurface = comptees.reduce((n, l) => n + Math.round(l.surface * 100), 0);
  const decidee = choix?.plafonds?.some((p) => p.logements != null || p.surface != null) ?? false;
  const lues = [...textes].filter(([, t]) => t.logements.trim() !== '' || t.surface.trim() !== '');
  const somme = lues.reduce((s, [, t]) => ({ logements: s.logements + (Number(t.logements) || 0), surface: s.surface + (parseSurface(t.surface) ?? 0) }), { logements: 0, surface: 0 });
  const juste = somme.logements === totalLogements && somme.surface === totalSurface;
  const changer = (p: Plafond, t: Partial<Texte>) => setTextes((m) => new Map(m).set(p, { ...(m.get(p) ?? VIDE), ...t }));

  async function enregistrer() {
    const mauvais = lues.find(([, t]) => !/^\d+$/u.test(t.logements.trim()) || (parseSurface(t.surface) ?? -1) < 0 || parseTaux(t.maximum) === null);
    if (mauvais) return setFaute(`${motPlafond(mauvais[0])} : donner ses logements, sa surface en m² et son maximum en €/m².`);
    if (!juste) return setFaute(`La répartition doit reprendre les ${nombre(totalLogements)} logements et les ${deuxDecimales(totalSurface / 100)} m² comptés.`);
    const plafonds = [...textes].map(([plafond, t]): PlafondDemande => (lues.some(([p]) => p === plafond) ? { plafond, maximum: t.maximum.trim(), logements: Number(t.logements), surface: t.surface.trim() } : { plafond, maximum: null }));
    setFaute(await ecrire({ plafonds }));
  }

  /** Revient à la répartition du fichier ; les maximums fixés restent. */
  const retirer = async () =>
    setFaute(await ecrire({ plafonds: (choix?.plafonds ?? []).map((p): PlafondDemande => ({ plafond: p.plafond, maximum: p.maximum, logements: null, surface: null })) }));

  return (
    <section>
      <h3 className="etiquette">Répartition entre plafonds de ressources</h3>
      <table className="npl-repartition">
        <thead><tr><th scope="col">Plafond</th><th scope="col">Max. €/m²</th><th scope="col">Logements</th><th scope="col">Surface m²</th></tr></thead>
        <tbody>
          {presents.map((p) => {
            const t = textes.get(p) ?? VIDE;
            const champ = (cle: keyof Texte, nom: string) => <td><Saisie compact className="nombre" aria-label={`${nom}, ${motPlafond(p)}`} value={t[cle]} disabled={lectureSeule} onChange={(e) => changer(p, { [cle]: e.currentTarget.value })} /></td>;
            return <tr key={p}><th scope="row">{motPlafond(p)}</th>{champ('maximum', 'Maximum')}{champ('logements', 'Logements')}{champ('surface', 'Surface')}</tr>;
          })}
        </tbody>
        <tfoot>
          <tr className={juste ? undefined : 'npl-fautif'}><th scope="row" colSpan={2}>Somme, sur {nombre(totalLogements)} et {deuxDecimales(totalSurface / 100)}</th><td className="nombre">{nombre(somme.logements)}</td><td className="nombre">{deuxDecimales(somme.surface / 100)}</td></tr>
        </tfoot>
      </table>
      {faute && <p className="champ-faute" role="alert">{faute}</p>}
      {!lectureSeule && (
        <p className="npl-rangee">
          <Bouton onClick={() => void enregistrer()}>Enregistrer la répartition</Bouton>
          {decidee && <Bouton variante="texte" onClick={() => void retirer()}>Revenir à celle du fichier</Bouton>}
        </p>
      )}
      <p className="doux petit">{decidee ? 'Répartition décidée dans ce scénario : la masse d’avant est celle de l’ensemble, partagée par surface, et le taux actuel le même pour tous.' : 'Celle du fichier (champ 47, sinon financement).'} Les maximums se fixent aussi dans le tableau.</p>
    </section>
  );
}

function depart(p: Plafond, comptees: readonly LigneNpl[], choix: Choix | undefined): Texte {
  const dit = choix?.plafonds?.find((x) => x.plafond === p);
  const ligne = comptees.find((l) => l.plafond === p);
  return {
    maximum: ecrireTaux(dit?.maximum),
    logements: dit?.logements == null ? (ligne === undefined ? '' : String(ligne.comptes)) : String(dit.logements),
    surface: dit?.surface == null ? (ligne === undefined ? '' : deuxDecimales(ligne.surface)) : deuxDecimales(Number(dit.surface)),
  };
}
