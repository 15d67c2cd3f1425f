import { formatEntier } from './format.ts';

/** `1 ligne`, `6 lignes`, `0 ligne` : en français le pluriel commence à deux. */
export function pluriel(n: number, un: string, plusieurs = `${un}s`): string {
  return `${formatEntier(n)} ${accord(n, un, plusieurs)}`;
}

/** Le mot seul, accordé au nombre. */
export function accord(n: number, un: string, plusieurs = `${un}s`): string {
  return n > 1 ? plusieurs : un;
}

/** `aucun constat bloquant`, `1 constat bloquant`, `3 constats bloquants`. */
export function aucunOu(n: number, aucun: string, un: string, plusieurs: string): string {
  return n === 0 ? aucun : pluriel(n, un, plusieurs);
}
