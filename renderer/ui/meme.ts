import { useState } from 'react';

/** Le même tableau qu'avant s'il dit la même chose : ce qui en vient n'est alors pas refait. */
export function useMeme<T>(valeurs: readonly T[]): readonly T[] {
  const [tenues, tenir] = useState(valeurs);
  if (valeurs === tenues || (valeurs.length === tenues.length && valeurs.every((v, i) => v === tenues[i]))) return tenues;
  tenir(valeurs);
  return valeurs;
}
