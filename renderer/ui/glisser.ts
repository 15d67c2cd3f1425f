import type { PointerEvent } from 'react';

/** Suit le pointeur jusqu'à ce qu'il soit relâché, où qu'il aille. À appeler à l'appui. */
export function glisser(e: PointerEvent<HTMLElement>, bouge: (m: globalThis.PointerEvent) => void): void {
  const cible = e.currentTarget;
  cible.setPointerCapture(e.pointerId);
  const fin = () => {
    cible.removeEventListener('pointermove', bouge);
    cible.removeEventListener('pointerup', fin);
    cible.removeEventListener('pointercancel', fin);
  };
  cible.addEventListener('pointermove', bouge);
  cible.addEventListener('pointerup', fin);
  cible.addEventListener('pointercancel', fin);
}
