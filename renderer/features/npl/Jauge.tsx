import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { direExclusNpl, libelleBase } from '../../../shared/domain/loyers/npl/libelles.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { classes } from '../../ui/index.ts';
import { accord, euros, nombre } from '../../ui/format.ts';
import { useRequete } from '../../app/requetes.ts';
import type { Resultat } from './magasin.ts';

type Masse = Sortie<'npl.jauge'>;

const m2 = (v: number | null): string => (v === null ? '–' : `${formatTaux(v)}\u00a0€/m²`);
const signe = (n: number): string => euros(n).replace('-', '−');

/** La masse maximale avant et après, et ce qui reste : toujours sous les yeux, verte tant qu'elle est respectée, brique au-delà (L445-3, II). */
export function Jauge({ scenario, resultat }: { scenario: number; resultat: Resultat }) {
  // Lue à part : la masse suit la saisie sans attendre le tableau.
  const { donnees: r = resultat } = useRequete('npl.jauge', { scenario });
  const sujet = (s: string): string => `npl/${r.scenario.id ?? ''}/masse/${s}`;
  const echelle = Math.max(r.avant, r.apres, 1) * 1.06;
  const part = (v: number): string => `${Math.max(0, Math.min(100, (100 * v) / echelle))}%`;
  const exclus = Object.entries(r.exclus);
  const total = exclus.reduce((n, [, x]) => n + x, 0);
  const raisons = `Hors du calcul, avant comme après : ${exclus.map(([raison, n]) => direExclusNpl(raison, n, nombre)).join(' ; ')}.`;
  const annee = r.anneeMontants === null ? '' : `, en valeur de ${r.anneeMontants}`;
  const plusieurs = r.parBase.length > 1;
  const parBase = (de: (b: Masse['parBase'][number]) => number | null) => (
    <ul className="npl-bases">
      {r.parBase.map((b) => (
        <li key={b.base} title={libelleBase(b.base)}>{m2(de(b))}{plusieurs && <span className="doux"> {b.base}</span>}</li>
      ))}
    </ul>
  );
  return (
    <section className={classes('npl-jauge', !r.respectee && 'npl-depassee')} aria-label="Masse maximale des loyers">
      <div className="npl-masses">
        <div>
          <h3 className="etiquette">Avant</h3>
          <Chiffre sujet={sujet('avant')} nom="Masse avant" className="npl-montant">{euros(r.avant)}</Chiffre>
          <p className="doux petit nombre"><span className="npl-annuel">par mois{annee}, {euros(r.avantAnnuel)} par an</span></p>
          {parBase((b) => b.avantM2)}
        </div>
        <div>
          <h3 className="etiquette">Après</h3>
          <Chiffre sujet={sujet('apres')} nom="Masse après" className="npl-montant">{euros(r.apres)}</Chiffre>
          <p className="doux petit nombre"><span className="npl-annuel">par mois{annee}, {euros(r.apresAnnuel)} par an</span></p>
          {parBase((b) => b.apresM2)}
        </div>
        <div className="npl-reste">
          <h3 className="etiquette">Reste</h3>
          <Chiffre sujet={sujet('reste')} nom="Reste de la masse" className="npl-montant">{signe(r.reste)}</Chiffre>
          <p className="doux petit nombre"><span className="npl-annuel">par mois</span></p>
          {parBase((b) => b.resteM2)}
        </div>
        <div className="npl-verdict" role="status">
          <p className="npl-etat">
            {r.respectee ? <CircleCheck aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
            {r.respectee ? 'Masse respectée' : 'Masse dépassée'}
          </p>
          <p className="petit">
            <strong>{nombre(r.logements)}</strong> {r.logements < 2 ? 'logement compté' : 'logements comptés'}
            {total > 0 && <span className="npl-exclus" title={raisons}> · {accord(total, 'hors du calcul', 'hors du calcul')}</span>}
          </p>
        </div>
      </div>
      <div className="npl-barre" aria-hidden="true">
        <span className="npl-barre-apres" style={{ width: part(Math.min(r.apres, r.avant)) }} />
        {!r.respectee && <span className="npl-barre-exces" style={{ left: part(r.avant), width: `calc(${part(r.apres)} - ${part(r.avant)})` }} />}
        <span className="npl-barre-limite" style={{ left: part(r.avant) }} />
      </div>
      <p className="npl-barre-mot petit" aria-hidden="true"><span style={{ right: `calc(100% - ${part(r.avant)})` }}>limite : masse avant</span></p>
      {total > 0 && <p className="npl-raisons doux petit">{raisons}</p>}
    </section>
  );
}
