/**
 * Les composants de l'interface. Les écrans n'en emploient pas d'autres et n'écrivent pas de
 * couleur : tokens.css les nomme toutes, clair et sombre, données comprises
 * (`--seq-1…7` séquentiel, `--violet-1…6` et `--vert-1…6` de part et d'autre de zéro, `--cat-1…8` catégories, `--qpv`).
 *
 * - Commandes : Bouton, BoutonIcone, Menu, Choix (liste fermée), Segments (bascule), Onglets,
 *   Coche, Saisie, Paragraphe, Recherche, Champ (étiquette + aide + article + faute).
 * - États en place : Bandeau, Echec (une `Erreur`), Vide (une phrase, une action), Squelette,
 *   Progression, Pastille (compte), MarqueEtat (○ ◐ ◌ ●).
 * - Volets : Poignee (séparateur au clavier et à la souris). Figures : Etincelle. Copier.
 * - Français : format.ts (`nombre`, `euros`, `pourcent`, `date`, `accord`…).
 * - Classes : `titre-ecran`, `titre-section`, `etiquette`, `doux`, `petit`, `nombre` (droite),
 *   `coupe` (points de suspension), `defile`, `hors-vue`.
 *
 * Côté application (renderer/app) : `useRequete` lit et relit après toute écriture,
 * `useOperation` mène une opération longue, `enregistrer` met une saisie en file, `Chiffre`
 * ouvre l'inspecteur, `useSession` porte cible, filtres et fichier à importer.
 */
export { Bouton, BoutonIcone, type VarianteBouton } from './Bouton.tsx';
export { Champ } from './Champ.tsx';
export { Choix, type Option } from './Choix.tsx';
export { classes } from './classes.ts';
export { Coche } from './Coche.tsx';
export { Copier } from './Copier.tsx';
export { Bandeau, Echec, Squelette, Vide, type TonBandeau } from './Etats.tsx';
export { Etincelle } from './Etincelle.tsx';
export { InfoBulle } from './InfoBulle.tsx';
export { MarqueEtat, MOT_ETAT, type Etat } from './MarqueEtat.tsx';
export { Menu, type LigneMenu } from './Menu.tsx';
export { Onglets, type Onglet } from './Onglets.tsx';
export { Pastille, type TonPastille } from './Pastille.tsx';
export { Poignee } from './Poignee.tsx';
export { Progression } from './Progression.tsx';
export { Paragraphe, Recherche, Saisie } from './Saisie.tsx';
export { Segments } from './Segments.tsx';
