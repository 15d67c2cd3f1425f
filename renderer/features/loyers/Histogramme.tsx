import { scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { formatMesure, mesureDe } from '../../../shared/domain/carte/mesures.ts';
import { accord } from '../../ui/format.ts';
import { glisser } from '../../ui/glisser.ts';
import { deplacerBorne, direValeur, histogramme, type Classes, type Ligne, type Mesure, type Tranche } from './mesures.ts';
import { poserBornes, useReglages } from './reglages.ts';

const LARGE = 600;
const HAUT = 48;
const TRANCHES = 60;
const compter = (t: Tranche): number => [...t.parts.values()].reduce((n, p) => n + p, 0);

/** Les logements selon la valeur, aux couleurs des classes ; chaque borne se déplace à la souris ou aux flèches. */
export function Histogramme({ lignes, mesure, classes, titre }: { lignes: readonly Ligne[]; mesure: Mesure; classes: Classes; titre: string }) {
  const selection = useReglages((s) => s.selection.retenues);
  const cadre = useRef<HTMLDivElement | null>(null);
  const { bornes, couleurs } = classes;
  const min = bornes[0];
  const max = bornes[bornes.length - 1];
  const barres = useMemo(() => histogramme(lignes, mesure, bornes, TRANCHES), [lignes, mesure, bornes]);
  const dedans = useMemo(() => (selection.size === 0 ? null : histogramme(lignes.filter((l) => selection.has(l.code)), mesure, bornes, TRANCHES)), [lignes, selection, mesure, bornes]);
  if (min === undefined || max === undefined || min === max || barres.length === 0) return null;
  const x = scaleLinear<number>({ domain: [min, max], range: [0, LARGE] });
  const y = scaleLinear<number>({ domain: [0, Math.max(1, ...barres.map(compter))], range: [0, HAUT] });
  const interieures = bornes.slice(1, -1).map((valeur, i) => ({ valeur, rang: i + 1 }));
  const placer = (rang: number, valeur: number) => poserBornes(deplacerBorne(bornes, rang, valeur), mesure);

  function surAppui(e: PointerEvent<HTMLDivElement>, rang: number) {
    const boite = cadre.current?.getBoundingClientRect();
    if (!boite || min === undefined || max === undefined) return;
    glisser(e, (m) => placer(rang, min + ((max - min) * (m.clientX - boite.left)) / boite.width));
  }
  function surTouche(e: KeyboardEvent, rang: number, valeur: number) {
    const fin = 10 ** -Math.min(2, mesureDe(mesure).decimales);
    const pas = e.shiftKey ? fin * 10 : fin;
    const sens = e.key === 'ArrowRight' || e.key === 'ArrowUp' ? 1 : e.key === 'ArrowLeft' || e.key === 'ArrowDown' ? -1 : 0;
    if (sens === 0) return;
    e.preventDefault();
    placer(rang, valeur + sens * pas);
  }
  const total = barres.reduce((n, b) => n + compter(b), 0);
  const pris = dedans?.reduce((n, b) => n + compter(b), 0);
  return (
    <figure className="histogramme" aria-label={`Répartition de ${accord(total, 'logement')} selon : ${titre}${pris === undefined ? '' : `, dont ${accord(pris, 'sélectionné')}`}`}>
      <div ref={cadre} className="histogramme-cadre">
        <svg viewBox={`0 0 ${LARGE} ${HAUT}`} preserveAspectRatio="none" aria-hidden="true">
          {/* Avec une sélection, le reste du parc est pâle derrière elle. */}
          {[{ nom: 'parc', tranches: barres, pale: dedans !== null }, ...(dedans ? [{ nom: 'selection', tranches: dedans, pale: false }] : [])].map(({ nom, tranches, pale }) => (
            <g key={nom} opacity={pale ? 0.3 : 1}>
              {tranches.map((b) => {
                let bas = HAUT;
                return [...b.parts].toSorted(([c], [d]) => c - d).map(([classe, n]) => {
                  const h = Math.max(0.6, y(n));
                  bas -= h;
                  return <Bar key={`${b.de} ${classe}`} x={x(b.de) + 0.5} y={bas} width={Math.max(1, x(b.a) - x(b.de) - 1)} height={h} style={{ fill: `var(--${couleurs[classe] ?? 'bord'})` }} />;
                });
              })}
            </g>
          ))}
        </svg>
        {interieures.map(({ valeur, rang }) =>
          mesureDe(mesure).cotes !== null && valeur === 0 ? (
            <div key={rang} className="histogramme-borne histogramme-zero" style={{ left: `${(100 * (valeur - min)) / (max - min)}%` }}>
              <span>0</span>
            </div>
          ) : (
            <div
              key={rang}
              role="slider"
              tabIndex={0}
              aria-label={`Borne ${rang}`}
              aria-orientation="horizontal"
              aria-valuemin={bornes[rang - 1]}
              aria-valuemax={bornes[rang + 1]}
              aria-valuenow={valeur}
              aria-valuetext={direValeur(valeur, mesure)}
              className="histogramme-borne"
              style={{ left: `${(100 * (valeur - min)) / (max - min)}%` }}
              onPointerDown={(e) => surAppui(e, rang)}
              onKeyDown={(e) => surTouche(e, rang, valeur)}
            >
              <span aria-hidden="true">{formatMesure(valeur, mesure, false)}</span>
            </div>
          ),
        )}
      </div>
      <div className="histogramme-bouts doux petit" aria-hidden="true">
        <span>{formatMesure(min, mesure, false)}</span>
        <span>logements, selon la valeur</span>
        <span>{direValeur(max, mesure)}</span>
      </div>
    </figure>
  );
}
