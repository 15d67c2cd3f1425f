import { millesime2019 } from '../../shared/millesimes/2019.ts';
import type { Millesime } from '../../shared/millesimes/types.ts';

const indicateurs = millesime2019.indicateurs
  // SR-1 disparaît ; PP-3 change de nom et de libellé ; la production devient annuelle.
  .filter((i) => i.code !== 'SR-1')
  .map((i) => (i.code === 'PP-3' ? { ...i, code: 'RE-1', alias: ['PP-3'], libelle: 'Nombre de logements réhabilités ou rénovés, parmi le parc total de logements, par année' } : i));
const production = millesime2019.indicateurs.find((i) => i.code === 'PP-2');
if (production === undefined) throw new Error('PP-2 absent');

/** Un millésime de plus, en données seulement : libellés, objectif annuel de production, indicateur retiré, autre signataire. */
export const millesimeEssai: Millesime = {
  ...millesime2019,
  nom: 'essai',
  libelle: 'Règles d’essai',
  etat: { signataire: 'préfet du département du siège', destinataire: 'préfet du département du siège', article: 'R*445-1' },
  indicateurs: [
    ...indicateurs,
    { ...production, code: 'PR-1', alias: [], libelle: 'Nombre de logements mis en service, par année', court: 'Mises en service', denominateur: null, numerateur: 'Logements mis en service', references: [], ventilations: production.ventilations.filter((v) => v.code === 'total') },
  ],
  obligations: millesime2019.obligations.map((o) => ({ ...o, indicateurs: o.indicateurs.map((c) => (c === 'PP-3' ? 'RE-1' : c)) })),
};
