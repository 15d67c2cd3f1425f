import { useState, type PointerEvent } from 'react';
import { rectangle, type ModeSelection, type Point } from '../../shared/domain/carte/selection.ts';

/**
 * Le voile sur lequel se trace une zone : rectangle d'un glissé, ou contour suivi au doigt. Maj ou Ctrl ajoute,
 * Alt retire. Échap abandonne (la carte le rend à son écran).
 */
export function Zone({ outil, surZone, abandonner }: { outil: 'rectangle' | 'lasso'; surZone: (contour: Point[], mode: ModeSelection) => void; abandonner: () => void }) {
  const [trace, setTrace] = useState<Point[]>([]);
  const ici = (e: PointerEvent<SVGSVGElement>): Point => {
    const { left, top } = e.currentTarget.getBoundingClientRect();
    return [e.clientX - left, e.clientY - top];
  };
  const [debut] = trace;
  const fin = trace.at(-1);
  const contour = outil === 'rectangle' && debut && fin ? rectangle(debut, fin) : trace;
  return (
    <svg
      className="carte-zone"
      aria-hidden="true"
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId);
        setTrace([ici(e)]);
      }}
      onPointerMove={(e) => {
        if (debut === undefined) return;
        const p = ici(e);
        if (outil === 'rectangle') setTrace([debut, p]);
        else if (fin === undefined || Math.hypot(p[0] - fin[0], p[1] - fin[1]) > 3) setTrace([...trace, p]);
      }}
      onPointerUp={(e) => {
        if (contour.length > 2) surZone(contour, e.altKey ? 'retirer' : e.shiftKey || e.ctrlKey || e.metaKey ? 'ajouter' : 'remplacer');
        setTrace([]);
      }}
      onPointerCancel={() => {
        setTrace([]);
        abandonner();
      }}
    >
      {contour.length > 1 && <polygon points={contour.map((p) => p.join(',')).join(' ')} />}
    </svg>
  );
}
