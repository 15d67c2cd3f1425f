/** Les couleurs du thème clair, pour ce qui s'imprime ; un essai vérifie qu'elles sont celles de l'écran. */
const COULEURS: Readonly<Record<string, string>> = {
  'seq-1': '#fdea45', 'seq-2': '#d3c164', 'seq-3': '#a69d75', 'seq-4': '#7c7b78', 'seq-5': '#575c6d', 'seq-6': '#2c416e', 'seq-7': '#00204d',
  'violet-1': '#eadcee', 'violet-2': '#d4b9da', 'violet-3': '#bd93c6', 'violet-4': '#a26bb0', 'violet-5': '#762a83', 'violet-6': '#4a1258',
  'vert-1': '#d9efd5', 'vert-2': '#b4ddb1', 'vert-3': '#86c48a', 'vert-4': '#56a562', 'vert-5': '#1b7837', 'vert-6': '#004a1e',
  neutre: '#f1efe9',
};

export const couleurImprimee = (nom: string): string => COULEURS[nom] ?? '#888888';
