/** Écrivains et lecteurs de documents ; tout est écrit d'après un seul DonneesPaquet. */
export { buildAvis, readAvis, writeRetourXlsx } from './avis.ts';
export type { AvisLu, LigneRefusee } from './avis.ts';
export { refusRemarque } from './avis-forme.ts';
export { champsObservables, textCible } from './champs.ts';
export type { ChampObservable } from './champs.ts';
export type { Case, Cellule, Classeur, Colonne, Feuille, Format } from './classeur.ts';
export { writeConventionPdf } from './convention.ts';
export { csvLine, neutralise, restore, writeCsv } from './csv.ts';
export { classeurEngagements, writeEngagementsOds, writeEngagementsXlsx } from './engagements.ts';
export { classeurEtat, writeEtatXlsx } from './etat.ts';
export { lisezMoi } from './lisez-moi.ts';
export { writeOds } from './ods.ts';
export { readXlsx, writeXlsx } from './xlsx.ts';
export type { FeuilleLue } from './xlsx.ts';
