import { useCallback, type KeyboardEvent, type PointerEvent } from 'react';
import { glisser } from './glisser.ts';
import './poignee.css';

/**
 * Séparateur qui change la largeur d'un volet : souris, flèches, double-clic pour revenir.
 * `cote` est le volet réglé, vu de la poignée.
 */
export function Poignee(props: {
  nom: string;
  cote: 'gauche' | 'droite';
  largeur: number;
  min: number;
  max: number;
  defaut: number;
  surChange: (largeur: number) => void;
}) {
  const { largeur, min, max, surChange, cote } = props;
  const sens = cote === 'gauche' ? 1 : -1;
  const borne = useCallback((l: number) => surChange(Math.round(Math.min(max, Math.max(min, l)))), [max, min, surChange]);

  function surAppui(e: PointerEvent<HTMLDivElement>) {
    const depart = e.clientX;
    glisser(e, (m) => borne(largeur + sens * (m.clientX - depart)));
  }

  function surTouche(e: KeyboardEvent) {
    const pas = e.shiftKey ? 64 : 16;
    if (e.key === 'ArrowLeft') borne(largeur - sens * pas);
    else if (e.key === 'ArrowRight') borne(largeur + sens * pas);
    else if (e.key === 'Home') borne(min);
    else if (e.key === 'End') borne(max);
    else return;
    e.preventDefault();
  }

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={props.nom}
      aria-valuenow={largeur}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className="poignee"
      onPointerDown={surAppui}
      onKeyDown={surTouche}
      onDoubleClick={() => surChange(props.defaut)}
    />
  );
}
