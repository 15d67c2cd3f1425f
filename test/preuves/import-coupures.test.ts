import { expect, it } from 'vitest';
import { eprouverCoupures } from '../integration/import/coupure.ts';

it('quatre-vingts coupures au hasard d’un import ne laissent jamais un dossier à moitié importé', async () => {
  // Instants répartis par la suite de van der Corput : couvrants, et les mêmes à chaque fois.
  const instant = (rang: number): number => {
    let valeur = 0;
    for (let n = rang + 1, poids = 0.5; n > 0; n = Math.floor(n / 2), poids /= 2) valeur += (n % 2) * poids;
    return valeur * 1.05;
  };
  const vus = await eprouverCoupures(19_000, 40, instant);
  expect(vus.avant + vus.apres).toBe(80);
  expect(vus.avant).toBeGreaterThan(0);
  expect(vus.apres).toBeGreaterThan(0);
});
