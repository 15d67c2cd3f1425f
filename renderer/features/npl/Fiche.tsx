import { FileText, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { libelleBase } from '../../../shared/domain/loyers/npl/libelles.ts';
import { parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { parseSurface } from '../../../shared/domain/nombres/mesures.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { ouvrirFiche } from '../../app/session.ts';
import { Bouton, BoutonIcone, Champ, Echec, Segments, Squelette } from '../../ui/index.ts';
import { accord, deuxDecimales, typographie } from '../../ui/format.ts';
import type { Rangee } from './lignes.ts';
import { useNpl } from './magasin.ts';
import { Repartition } from './Repartition.tsx';
import { Complements } from './Complements.tsx';
import { estAnnee, SaisieQuittee } from './Scenarios.tsx';

export type Choix = NonNullable<Sortie<'npl.ecrire'>['scenario']['choix']>[number];
type Base = 'SU' | 'SC';
const BASES: { valeur: Base; libelle: string }[] = [{ valeur: 'SU', libelle: 'Surface utile' }, { valeur: 'SC', libelle: 'Surface corrigée' }];

const surfaceFautive = (t: string): string | null => ((parseSurface(t) ?? -1) < 0 ? 'Une surface s’écrit en m², comme « 1234,56 ».' : null);

/** Ce qu'un ensemble a de propre dans le scénario : sa base, sa surface dans cette base, son maximum connu, sa répartition. */
export function Fiche({ scenario, rangee, toutes, lectureSeule }: { scenario: number; rangee: Rangee; toutes: readonly Rangee[]; lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('npl.ecrire', { scenario });
  const siennes = useMemo(() => toutes.filter((r) => r.ensemble === rangee.ensemble), [toutes, rangee.ensemble]);
  const choix = donnees?.scenario.choix?.find((c) => c.ensemble === rangee.ensemble);
  const cadre = useRef<HTMLElement | null>(null);
  return (
    <aside ref={cadre} className="npl-fiche defile" aria-label={`Détail de ${rangee.nom}`} tabIndex={-1}>
      <header className="npl-fiche-tete">
        <h2 className="titre-section">{rangee.nom}</h2>
        <BoutonIcone nom="Fermer le détail" icone={X} onClick={() => useNpl.setState({ fiche: false })} />
      </header>
      <p className="doux petit">{rangee.nomCommune}, {accord(rangee.logements, 'logement')}{rangee.qpv > 0 && `, ${rangee.qpv} en QPV`}{rangee.zones.length > 0 ? `, zone ${rangee.zones.join(' et ')}` : ', sans zone chargée'}</p>
      <Bouton variante="texte" icone={FileText} onClick={() => ouvrirFiche(rangee.ensemble)}>Fiche de l’ensemble</Bouton>
      {erreur && <Echec erreur={erreur} reessayer={recharger} />}
      {donnees ? <Reglages key={rangee.ensemble} scenario={scenario} ensemble={rangee.ensemble} siennes={siennes} choix={choix} lectureSeule={lectureSeule} /> : !erreur && <Squelette lignes={6} />}
    </aside>
  );
}

export type Demande = Omit<Entree<'npl.definir'>['choix'][number], 'ensemble'>;

function Reglages({ scenario, ensemble, siennes, choix, lectureSeule }: { scenario: number; ensemble: string; siennes: readonly Rangee[]; choix: Choix | undefined; lectureSeule: boolean }) {
  const definir = useOperation('npl.definir');
  const comptees = siennes.flatMap((r) => (r.ligne === null ? [] : [r.ligne]));
  const base: Base = choix?.base ?? comptees[0]?.base ?? 'SU';
  const constats = [...new Set(siennes.flatMap((r) => r.constats.map((c) => `${c.message} (${c.article})`)))];
  const ecrire = async (demande: Demande): Promise<string | null> => {
    const fait = await definir.lancer({ scenario, choix: [{ ensemble, ...demande }] });
    if (fait) useNpl.setState({ locales: new Map() });
    return fait === null ? '' : (fait.refus[0]?.raison ?? null);
  };
  const refus = definir.resultat?.refus[0]?.raison;
  return (
    <div className="npl-reglages">
      {definir.erreur && <Echec erreur={definir.erreur} fermer={definir.effacer} />}
      {refus && <p className="champ-faute" role="alert">{typographie(refus)}</p>}
      {constats.length > 0 && <ul className="npl-fiche-constats">{constats.map((c) => <li key={c}>{typographie(c)}</li>)}</ul>}
      <section>
        <h3 className="etiquette">Base</h3>
        {lectureSeule ? <p>{libelleBase(base)}</p> : <Segments nom="Base des maximums" valeur={base} options={BASES} surChoix={(b) => void ecrire({ base: b })} />}
        <Champ libelle={`${libelleBase(base)} de l’ensemble, en m²`} aide="À donner quand le fichier la donne autrement : les montants ne changent pas, seul le taux s’écrit autrement. Vide : celle du fichier." article="R445-9">
          {({ id, decrit }) => (
            <SaisieQuittee key={String(choix?.surface ?? '')} id={id} decrit={decrit} nom="Surface" droite vide inactif={lectureSeule} depart={choix?.surface == null ? '' : deuxDecimales(Number(choix.surface))} verifier={surfaceFautive} ecrire={(t) => ecrire({ base, surface: t === '' ? null : t })} />
          )}
        </Champ>
        {comptees.length > 0 && <p className="doux petit">Comptée aujourd’hui : {deuxDecimales(comptees.reduce((n, l) => n + Math.round(l.surface * 100), 0) / 100)} m² {base}.</p>}
      </section>
      <Connu key={JSON.stringify(choix?.connu ?? null)} choix={choix} base={base} origine={siennes[0]?.origineDite ?? ''} lectureSeule={lectureSeule} ecrire={ecrire} />
      <Complements choix={choix} base={base} comptees={comptees} lectureSeule={lectureSeule} ecrire={ecrire} />
      {comptees.length > 0 && <Repartition key={`${JSON.stringify(choix?.plafonds ?? [])} ${comptees.length}`} comptees={comptees} choix={choix} lectureSeule={lectureSeule} ecrire={ecrire} />}
    </div>
  );
}

/** Le maximum d'une convention ou d'une ancienne CUS, avec sa source : il prime sur celui du RPLS. */
function Connu({ choix, base, origine, lectureSeule, ecrire }: { choix: Choix | undefined; base: Base; origine: string; lectureSeule: boolean; ecrire: (d: Demande) => Promise<string | null> }) {
  const connu = choix?.connu ?? null;
  const [source, setSource] = useState(connu?.source ?? '');
  const [maximum, setMaximum] = useState(connu === null ? '' : typeof connu.maximum === 'number' ? formatTaux(connu.maximum) : connu.maximum);
  const dernier = useRef({ source, maximum });
  useEffect(() => {
    dernier.current = { source, maximum };
  });
  const [baseConnue, setBase] = useState<Base>(connu?.base ?? base);
  const [annee, setAnnee] = useState(connu?.annee === undefined ? '' : String(connu.annee));
  const poser = (m: string, s: string, b: Base = baseConnue, a: string = annee) => ecrire({ connu: m.trim() === '' ? null : { maximum: m.trim(), base: b, source: s.trim(), ...(a === '' ? {} : { annee: Number(a) }) } });
  return (
    <section>
      <h3 className="etiquette">Maximum d’une convention</h3>
      {origine !== '' && <p className="doux petit">Maximum d’aujourd’hui : {typographie(origine)}.</p>}
      <Champ libelle="Maximum connu, en €/m² et par mois" aide={`Il vaut pour la surface de sa base, ici la surface ${baseConnue === 'SU' ? 'utile' : 'corrigée'}. Il prime sur celui du RPLS, avant le scénario. Vide : celui du RPLS.`} article="L445-3-1">
        {({ id, decrit }) => <SaisieQuittee id={id} decrit={decrit} nom="Maximum connu" droite vide inactif={lectureSeule} depart={maximum} verifier={(t) => (parseTaux(t) === null ? 'Un loyer en €/m² s’écrit avec quatre décimales au plus, comme « 6,29 ».' : null)} ecrire={(t) => { setMaximum(t); return poser(t, dernier.current.source); }} />}
      </Champ>
      {!lectureSeule && <Segments nom="Base du maximum connu" valeur={baseConnue} options={BASES} surChoix={(b) => { setBase(b); if (maximum.trim() !== '') void poser(maximum, source, b); }} />}
      <Champ libelle="Année de ce maximum" aide="Celle où il est écrit : il est révisé de là à l’année du scénario. Vide : celle de la déclaration." article="L445-3">
        {({ id, decrit }) => <SaisieQuittee id={id} decrit={decrit} nom="Année du maximum connu" vide inactif={lectureSeule} depart={annee} verifier={estAnnee} ecrire={(t) => { setAnnee(t); return maximum.trim() === '' ? Promise.resolve(null) : poser(maximum, dernier.current.source, baseConnue, t); }} />}
      </Champ>
      <Champ libelle="Source" aide="Convention APL, ancienne CUS : titre et date.">
        {({ id, decrit }) => <SaisieQuittee id={id} decrit={decrit} nom="Source du maximum" vide inactif={lectureSeule} depart={source} ecrire={(t) => { setSource(t); return maximum.trim() === '' ? Promise.resolve(null) : poser(maximum, t); }} />}
      </Champ>
    </section>
  );
}
