import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type PointerEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, Coche, Echec, Saisie, Squelette } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { saisir } from '../ensembles/glisser.ts';
import { decider, useDecisions } from './decisions.ts';

type Composition = Sortie<'ensembles.composition'>;
type Groupe = Composition['groupes'][number];
type Ensemble = Sortie<'ensembles.lister'>['ensembles'][number];

const PARTS = [
  ['adresse', 'adresse'],
  ['batiment', 'bâtiment'],
  ['entree', 'entrée'],
] as const;

const nomGroupe = (g: Groupe): string =>
  [g.adresse || 'Sans adresse', g.batiment === '' ? '' : `bâtiment ${g.batiment}`, g.entree === '' ? '' : `entrée ${g.entree}`].filter(Boolean).join(', ');

/** Choisir les logements qui sortent d'un ensemble, par adresse, bâtiment, entrée ou un à un. */
export function Scission({ ensemble, fermer }: { ensemble: Ensemble; fermer: () => void }) {
  const { donnees, erreur, recharger } = useRequete('ensembles.composition', { id: ensemble.id });
  const enCours = useDecisions((s) => s.enCours);
  const [choisis, setChoisis] = useState<ReadonlySet<string>>(new Set());
  const [nom, setNom] = useState('');
  const cadre = useRef<HTMLElement | null>(null);
  const id = useId();
  useEffect(() => cadre.current?.focus(), []);
  useEffect(() => {
    const ici = cadre.current;
    function surTouche(e: KeyboardEvent) {
      if (e.key !== 'Escape') return;
      e.preventDefault();
      fermer();
    }
    ici?.addEventListener('keydown', surTouche);
    return () => ici?.removeEventListener('keydown', surTouche);
  }, [fermer]);
  const parc = useMemo(() => new Set((donnees?.groupes ?? []).flatMap((g) => g.logements.filter((l) => l.parc).map((l) => l.identifiant))), [donnees]);
  const sortants = [...choisis].filter((i) => parc.has(i)).length;
  const restants = parc.size - sortants;

  const basculer = (identifiants: readonly string[], coche: boolean) =>
    setChoisis((c) => {
      const suivants = new Set(c);
      for (const i of identifiants) {
        if (coche) suivants.add(i);
        else suivants.delete(i);
      }
      return suivants;
    });
  async function scinder(comment: { par: 'adresse' | 'batiment' | 'entree' } | { identifiants: string[] }) {
    const nomme = 'identifiants' in comment && nom.trim() !== '' ? { nom } : {};
    if (await decider('ensembles.scinder', { id: ensemble.id, ...comment, ...nomme })) fermer();
  }

  return (
    <section
      ref={cadre}
      tabIndex={-1}
      className="scission"
      aria-label={`Scinder ${ensemble.nom}`}
    >
      <header className="scission-tete">
        <h3 className="titre-section">Scinder « {ensemble.nom} »</h3>
        {donnees &&
          PARTS.map(([par, mot]) => (
            <Bouton key={par} disabled={donnees.parts[par] < 2} occupe={enCours} onClick={() => void scinder({ par })}>
              Un ensemble par {mot} ({nombre(donnees.parts[par])})
            </Bouton>
          ))}
        <Bouton variante="texte" onClick={fermer}>
          Fermer
        </Bouton>
      </header>
      {!donnees && (erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={4} />)}
      {donnees && (
        <>
          <ul className="scission-groupes defile" aria-label="Logements de l’ensemble">
            {donnees.groupes.map((g) => (
              <UnGroupe key={nomGroupe(g)} groupe={g} choisis={choisis} basculer={basculer} glisser={{ lacher: fermer, communes: [ensemble.commune] }} />
            ))}
          </ul>
          <footer className="scission-pied">
            <label htmlFor={id}>Nom du nouvel ensemble</label>
            <Saisie id={id} compact value={nom} maxLength={200} placeholder="proposé d’après le programme ou l’adresse" onChange={(e) => setNom(e.target.value)} />
            <Bouton variante="principal" disabled={sortants === 0 || restants === 0} occupe={enCours} onClick={() => void scinder({ identifiants: [...choisis] })}>
              Sortir {accord(sortants, 'logement')}
            </Bouton>
            <span className="doux" role="status">
              {sortants === 0 ? 'Cocher les logements qui sortent.' : restants === 0 ? 'Il doit rester au moins un logement dans l’ensemble.' : `${accord(restants, 'logement reste', 'logements restent')}.`}
            </span>
          </footer>
        </>
      )}
    </section>
  );
}

/** De quoi glisser les logements d'un groupe vers un autre ensemble ; les cochés partent ensemble. */
type Glisser = { lacher: () => void; communes: readonly string[] };

export function UnGroupe({ groupe, choisis, basculer, glisser = null }: { groupe: Groupe; choisis: ReadonlySet<string>; basculer: (identifiants: readonly string[], coche: boolean) => void; glisser?: Glisser | null }) {
  const prendre = (identifiants: readonly string[]) => (e: PointerEvent<HTMLElement>) => {
    if (glisser === null) return;
    saisir(e, { identifiants: () => (identifiants.some((i) => choisis.has(i)) ? [...choisis] : identifiants), communes: () => glisser.communes, fait: glisser.lacher });
  };
  const saisissable = glisser === null ? {} : { 'data-saisissable': true };
  const [ouvert, setOuvert] = useState(false);
  const identifiants = groupe.logements.map((l) => l.identifiant);
  const coches = identifiants.filter((i) => choisis.has(i)).length;
  return (
    <li>
      <div className="scission-groupe" {...saisissable} onPointerDown={prendre(identifiants)}>
        <button type="button" className="scission-deplier" aria-expanded={ouvert} aria-label={`Logements : ${nomGroupe(groupe)}`} onClick={() => setOuvert(!ouvert)}>
          {ouvert ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
        </button>
        <Coche coche={coches === identifiants.length} surChange={(c) => basculer(identifiants, c)}>
          {nomGroupe(groupe)}{' '}
          <span className="doux">
            {coches > 0 && coches < identifiants.length ? `${nombre(coches)} sur ${accord(identifiants.length, 'logement')}` : accord(identifiants.length, 'logement')}
          </span>
        </Coche>
      </div>
      {ouvert && (
        <ul className="scission-logements">
          {groupe.logements.map((l) => (
            <li key={l.identifiant} {...saisissable} onPointerDown={prendre([l.identifiant])}>
              <Coche coche={choisis.has(l.identifiant)} surChange={(c) => basculer([l.identifiant], c)}>
                {l.identifiant} <span className="doux">{[l.situation, l.parc ? '' : 'sorti du patrimoine'].filter(Boolean).join(', ')}</span>
              </Coche>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
