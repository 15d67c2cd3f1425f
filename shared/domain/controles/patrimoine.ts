import { accord, pluriel } from '../nombres/accord.ts';
import type { EntreeControles, Releve } from './types.ts';

/** R445-3 : chaque ensemble identifié au moins par son adresse et son nombre de logements. */
export function checkPatrimoine({ parc, import: dernier }: EntreeControles): Releve[] {
  const releves: Releve[] = [];
  if (parc.logements === 0) releves.push({ code: 'stock-vide', champ: 'import/rpls' });
  for (const e of parc.ensemblesSansAdresse) {
    releves.push({ code: 'ensemble-sans-adresse', champ: `ensemble/${e.id}`, valeurs: { nom: e.nom === '' ? e.id : e.nom } });
  }
  if (dernier === null) return releves;
  if (dernier.rejetees > 0) {
    const n = dernier.rejetees;
    const valeurs = {
      lignes: pluriel(n, 'ligne'),
      rejetees: accord(n, 'a été rejetée', 'ont été rejetées'),
      logements: accord(n, 'ce logement n’est pas compté', 'ces logements ne sont pas comptés'),
    };
    releves.push({ code: 'import-lignes-rejetees', champ: 'import/rpls', valeurs });
  }
  for (const r of dernier.remarques) {
    if (r.nombre > 0) releves.push({ code: 'import-remarque', champ: `import/rpls/${r.code}`, valeurs: { lignes: pluriel(r.nombre, 'ligne importée', 'lignes importées'), remarque: r.libelle } });
  }
  return releves;
}
