/** Les couleurs du thème clair, pour ce qui s'imprime ; un essai vérifie qu'elles sont celles de l'écran. */
const COULEURS: Readonly<Record<string, string>> = {
  'seq-1': '#fdea45', 'seq-2': '#d3c164', 'seq-3': '#a69d75', 'seq-4': '#7c7b78', 'seq-5': '#575c6d', 'seq-6': '#2c416e', 'seq-7': '#00204d',
  'div-1': '#762a83', 'div-2': '#a876b5', 'div-3': '#d9c3e0', 'div-4': '#f1efe9', 'div-5': '#bfdfc0', 'div-6': '#65ac6f', 'div-7': '#1b7837',
};

export const couleurImprimee = (nom: string): string => COULEURS[nom] ?? '#888888';
