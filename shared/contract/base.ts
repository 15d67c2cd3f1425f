import { z } from 'zod';

export const rien = z.strictObject({});
export const texte = z.string();
export const entier = z.number().int();
export const chemin = z.string().min(1);
export const comptes = z.record(z.string(), entier);
