import { z } from 'zod';
import fr from 'zod/v4/locales/fr.js';

// Ce que zod dit d'une demande mal formée se lit en français.
z.config(fr());

export const rien = z.strictObject({});
export const texte = z.string();
export const entier = z.number().int();
export const chemin = z.string().min(1);
export const comptes = z.record(z.string(), entier);
