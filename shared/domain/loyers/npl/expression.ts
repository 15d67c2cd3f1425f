import { divideArrondi } from '../../nombres/decimal.ts';

/** Surface utile (D331-10, D353-16) : surface habitable et moitié des annexes, en centièmes de m², demie vers le haut. */
export const surfaceUtile = (habitable: number, annexes: number): number => habitable + Number(divideArrondi(BigInt(annexes), 2n));
