import { buildTableau } from '../../../shared/domain/declarations/tableau.ts';
import type { RangeeTendance } from '../../../shared/domain/declarations/tableau.ts';
import { nombre, tableau } from '../tableau.ts';
import type { Appel, Reponse } from '../verbe.ts';

/** « etat --tendances » : les déclarations gardées, comparées point par point. */
export async function runTendances(appel: Appel): Promise<Reponse> {
  const territoire = appel.texte('territoire');
  const origine = appel.texte('origine');
  const destination = appel.fichier('exporter');
  const choix = { ...(territoire === undefined ? {} : { territoire }), ...(origine === undefined ? {} : { origine }) };
  const t = await appel.appeler('declarations.tendances', choix);
  const { declarations } = await appel.appeler('declarations.lister', {});
  const ecrit = destination === undefined ? null : await appel.appeler('declarations.exporter', { destination, ...choix });
  const rangees = buildTableau(t.points, t.mouvements);
  return {
    json: { declarations, ...t, ...(ecrit === null ? {} : { export: ecrit.chemin }) },
    texte: [
      `Évolution : ${t.nomTerritoire}`,
      tableau(
        [
          { titre: 'Grandeur', valeur: (r: RangeeTendance) => `${r.groupe} : ${r.libelle}` },
          ...t.points.map((p, i) => ({ titre: p.libelle, valeur: (r: RangeeTendance) => ecrire(r, r.valeurs[i] ?? null), droite: true })),
        ],
        rangees,
      ),
      ...(ecrit === null ? [] : [`Évolution écrite : ${ecrit.chemin}`]),
    ].join('\n\n'),
  };
}

function ecrire(r: RangeeTendance, v: number | null): string {
  if (v === null) return '–';
  switch (r.format) {
    case 'entier': return nombre(v);
    case 'taux': return `${(v * 100).toFixed(2).replace('.', ',')} %`;
    case 'euros': return v.toFixed(2).replace('.', ',');
  }
}
