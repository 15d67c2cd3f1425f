/// <reference types="vite/client" />
import type { Pont } from '../shared/pont.ts';

declare global {
  // La fusion avec le `Window` du navigateur n'existe que pour une interface.
  interface Window {
    readonly atelier: Pont;
  }
}
