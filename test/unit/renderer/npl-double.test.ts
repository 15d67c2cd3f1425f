import { expect, it } from 'vitest';
import { direDouble } from '../../../renderer/features/npl/double.ts';

const plafond = (maximum: number, zone = 'B1') => ({ annee: 2027, produit: 'PLS', zone, maximum });

it('dit les autres valeurs d’une case, chacune une fois, accordées à leur nombre', () => {
  const tous = [plafond(5), plafond(5.2), plafond(5.1), plafond(5.1), plafond(9, 'A')];
  expect([direDouble(plafond(5), tous), direDouble(plafond(5), tous.slice(0, 2)), direDouble(plafond(9, 'A'), tous)]).toEqual([
    { alerte: '3 valeurs pour cette case, les autres sont 5,1 et 5,2 : aucune n’est retenue.' },
    { alerte: 'Deux valeurs pour cette case, l’autre est 5,2 : aucune n’est retenue.' },
    {},
  ]);
});
