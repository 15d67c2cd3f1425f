import { useMemo, useState } from 'react';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { libelleBase } from '../../../shared/domain/loyers/npl/libelles.ts';
import { useRequete } from '../../app/requetes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Choix, Echec, Squelette } from '../../ui/index.ts';
import { accord, euros, nombre } from '../../ui/format.ts';
import { entier } from './cases.tsx';
import { motPlafond, useNpl, type LigneNpl, type Resultat, type Resume } from './magasin.ts';

const taux = (v: number | null | undefined): string => (v == null ? '–' : formatTaux(v));
const signe = (n: number): string => euros(n).replace('-', '−');

/** Deux scénarios côte à côte : masse, moyennes, ensembles qui diffèrent. */
export function Comparaison({ scenarios }: { scenarios: readonly Resume[] }) {
  const courant = useNpl((s) => s.scenario);
  const comparer = useNpl((s) => s.comparer);
  const [gauche, setGauche] = useState<number | null>(null);
  const present = (id: number | null) => scenarios.find((s) => s.id === id)?.id;
  const a = present(gauche) ?? present(courant) ?? scenarios[0]?.id ?? 0;
  const b = (comparer !== a ? present(comparer) : undefined) ?? scenarios.find((s) => s.id !== a)?.id ?? 0;
  const [lueA, lueB] = [useRequete('npl.lire', { scenario: a }), useRequete('npl.lire', { scenario: b })];
  const options = scenarios.map((s) => ({ valeur: String(s.id), libelle: s.nom }));
  const erreur = lueA.erreur ?? lueB.erreur;
  return (
    <section className="npl-comparaison" aria-label="Comparaison de deux scénarios">
      <header className="npl-comparaison-tete">
        <h2 className="titre-section">Comparer</h2>
        <Choix compact nom="Premier scénario" valeur={String(a)} options={options} surChoix={(v) => setGauche(Number(v))} />
        <span className="doux">et</span>
        <Choix compact nom="Second scénario" valeur={String(b)} options={options.filter((o) => o.valeur !== String(a))} surChoix={(v) => useNpl.setState({ comparer: Number(v) })} />
      </header>
      {erreur && <Echec erreur={erreur} />}
      {lueA.donnees && lueB.donnees ? <CoteACote a={lueA.donnees} b={lueB.donnees} /> : !erreur && <Squelette lignes={6} />}
    </section>
  );
}

function CoteACote({ a, b }: { a: Resultat; b: Resultat }) {
  const cles = [...new Set([...a.moyennes, ...b.moyennes].map((m) => `${m.base}/${m.plafond}`))];
  const moyenne = (r: Resultat, cle: string) => r.moyennes.find((m) => `${m.base}/${m.plafond}` === cle);
  const masses: [string, (r: Resultat) => string][] = [
    ['Masse avant, par mois', (r) => euros(r.avant)],
    ['Masse après, par mois', (r) => euros(r.apres)],
    ['Reste, par mois', (r) => signe(r.reste)],
    ['Contrainte de masse', (r) => (r.respectee ? 'respectée' : 'dépassée')],
    ['Logements comptés', (r) => nombre(r.logements)],
    ['Constats bloquants', (r) => nombre(r.constats.filter((c) => c.bloquant).length)],
  ];
  return (
    <>
      <table className="npl-liste npl-face">
        <thead><tr><th scope="col">Grandeur</th><th scope="col" className="nombre">{a.scenario.nom}</th><th scope="col" className="nombre">{b.scenario.nom}</th></tr></thead>
        <tbody>
          {masses.map(([libelle, de]) => <Face key={libelle} libelle={libelle} a={de(a)} b={de(b)} />)}
          {cles.map((cle) => {
            const [ma, mb] = [moyenne(a, cle), moyenne(b, cle)];
            const m = ma ?? mb;
            return m && <Face key={cle} libelle={`Moyenne ${motPlafond(m.plafond)}, ${libelleBase(m.base).toLowerCase()}, €/m²`} a={taux(ma?.apresM2)} b={taux(mb?.apresM2)} />;
          })}
        </tbody>
      </table>
      <Differences a={a} b={b} />
    </>
  );
}

const Face = ({ libelle, a, b }: { libelle: string; a: string; b: string }) => (
  <tr className={a === b ? undefined : 'npl-differe'}><th scope="row">{libelle}</th><td className="nombre">{a}</td><td className="nombre">{b}</td></tr>
);

type Paire = { cle: string; nom: string; nomCommune: string; plafond: string; a: LigneNpl | null; b: LigneNpl | null };

/** Vrai si les deux scénarios rapportent la ligne à des surfaces différentes : leurs €/m² ne se comparent pas ; leurs masses si, sur les mêmes logements (R445-9). */
const deuxBases = ({ a, b }: Paire): boolean => a !== null && b !== null && a.base !== b.base;
const comptes = ({ a, b }: Paire): string => (a !== null && b !== null && a.comptes !== b.comptes ? `${nombre(a.comptes)} puis ${nombre(b.comptes)}` : nombre(a?.comptes ?? b?.comptes ?? 0));
const bases = (p: Paire): string => (deuxBases(p) ? `${p.a?.base} puis ${p.b?.base}` : (p.a?.base ?? p.b?.base ?? ''));

function Differences({ a, b }: { a: Resultat; b: Resultat }) {
  const paires = useMemo((): Paire[] => {
    const cle = (l: LigneNpl) => `${l.ensemble}/${l.plafond}`;
    const deB = new Map(b.lignes.map((l) => [cle(l), l]));
    const deA = new Set(a.lignes.map(cle));
    const paire = (l: LigneNpl, la: LigneNpl | null, lb: LigneNpl | null): Paire => ({ cle: cle(l), nom: l.nom, nomCommune: l.nomCommune, plafond: motPlafond(l.plafond), a: la, b: lb });
    return [...a.lignes.map((l) => paire(l, l, deB.get(cle(l)) ?? null)), ...b.lignes.filter((l) => !deA.has(cle(l))).map((l) => paire(l, null, l))].filter(
      ({ a: x, b: y }) => x === null || y === null || x.maximum !== y.maximum || x.moyenne !== y.moyenne || x.base !== y.base || x.surface !== y.surface || x.avant !== y.avant || x.apres !== y.apres,
    );
  }, [a, b]);
  const colonnes = useMemo((): ColonneLocale<Paire>[] => {
    const chiffre = (de: 'a' | 'b', champ: 'maximum' | 'moyenne' | 'apresM2', mot: string): ColonneLocale<Paire> => {
      const nom = (de === 'a' ? a : b).scenario.nom;
      return { cle: `${de}${champ}`, libelle: `${mot} ${nom}`, aide: `${mot} en €/m², ${nom}`, largeur: 140, droite: true, triable: true, valeur: (p) => p[de]?.[champ] ?? null, contenu: (p) => `${taux(p[de]?.[champ])}${deuxBases(p) && p[de]?.[champ] != null ? `\u00a0${p[de].base}` : ''}` };
    };
    const masse = (de: 'a' | 'b'): ColonneLocale<Paire> => {
      const nom = (de === 'a' ? a : b).scenario.nom;
      return { cle: `${de}apres`, libelle: `Masse ${nom}`, aide: `Masse par mois, ${nom}`, largeur: 140, droite: true, triable: true, valeur: (p) => p[de]?.apres ?? null, contenu: (p) => (p[de] === null ? '–' : euros(p[de].apres)) };
    };
    return [
      { cle: 'nom', libelle: 'Ensemble', largeur: 210, triable: true, valeur: (p) => p.nom, contenu: (p) => entier(p.nom) },
      { cle: 'commune', libelle: 'Commune', largeur: 120, triable: true, valeur: (p) => p.nomCommune, contenu: (p) => p.nomCommune },
      { cle: 'plafond', libelle: 'Plafond', largeur: 90, triable: true, valeur: (p) => p.plafond, contenu: (p) => p.plafond },
      { cle: 'base', libelle: 'Surface', aide: 'Surface à laquelle chaque scénario rapporte la ligne : utile (SU) ou corrigée (SC)', largeur: 104, triable: true, valeur: bases, contenu: bases },
      { cle: 'comptes', libelle: 'Comptés', aide: 'Logements que la masse de chaque scénario compte', largeur: 104, droite: true, triable: true, valeur: (p) => p.a?.comptes ?? p.b?.comptes ?? 0, contenu: comptes },
      masse('a'), masse('b'),
      chiffre('a', 'maximum', 'Max.'), chiffre('b', 'maximum', 'Max.'), chiffre('a', 'moyenne', 'Moy.'), chiffre('b', 'moyenne', 'Moy.'), chiffre('a', 'apresM2', 'Masse €/m²'), chiffre('b', 'apresM2', 'Masse €/m²'),
    ];
  }, [a, b]);
  const melees = paires.filter(deuxBases).length;
  return (
    <>
      <h3 className="etiquette">{paires.length === 0 ? 'Aucune ligne ne diffère' : accord(paires.length, 'ligne diffère', 'lignes diffèrent')}</h3>
      {melees > 0 && <p className="doux petit">{accord(melees, 'ligne est', 'lignes sont')} en surface corrigée dans un scénario et utile dans l’autre : leurs €/m² ne se comparent pas ; leurs masses si, là où les mêmes logements sont comptés.</p>}
      {paires.length > 0 && <div className="npl-differences"><GrilleLocale nom="Lignes qui diffèrent" colonnes={colonnes} lignes={paires} cleDe={(p) => p.cle} /></div>}
    </>
  );
}
