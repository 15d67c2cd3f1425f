import { computeCle } from '../../shared/domain/ensembles/cle.ts';
import type { Situation } from '../../shared/domain/ensembles/cle.ts';
import { cleDeOrigine } from '../../shared/domain/origines/operations.ts';
import type { Base } from './base.ts';
import { SANS_ADRESSE, readGroupes } from './ensembles.ts';
import { readRegle } from './regle.ts';

/** Champs dont dépend la clé d'un ensemble. */
const CHAMPS_CLE = ['NUMVOIE', 'INDREP', 'TYPVOIE', 'NOMVOIE', 'BAT', 'IMMEU', 'COMPLGEO', 'LIEUDIT', 'CODSEGPATRIM'];

/** Vrai quand un fichier ne donne pas tout ce qui fait la clé : elle se recalcule une fois les manques comblés. */
export const needsRegroupement = (champs: readonly string[]): boolean => CHAMPS_CLE.some((c) => !champs.includes(c));

/**
 * Refait les groupes de la préparation (attachée : `prep` et `lot`) d'après les valeurs complétées.
 * `premierGroupe` et `premierEnsemble` : premiers numéros libres du dossier ; `origine` : SIREN du bailleur repris, `null` pour l'organisme.
 */
export function regroup(base: Base, premierGroupe: number, premierEnsemble: number, origine: string | null): void {
  const parCle = new Map(readGroupes(base).map((g) => [g.cle, { id: g.id, ensemble: g.ensemble }]));
  base.exec('DELETE FROM prep.groupe_lu');
  const neuf = base.prepare('INSERT INTO prep.groupe_lu (id, cle, commune, ensemble, nom, adresse) VALUES (?, ?, ?, ?, ?, ?)');
  const placer = base.prepare('UPDATE lot.logement SET groupe = ?, ensemble = ? WHERE id = ?');
  const lignes = base
    .prepare<[], Situation & { id: number; groupe: number; ensemble: number }>(
      'SELECT id, groupe, ensemble, commune, numvoie, indrep, typvoie, nomvoie, bat, immeu, complgeo, lieudit, codsegpatrim FROM lot.logement ORDER BY id',
    )
    .all();
  const regle = readRegle(base);
  let rang = 0;
  for (const l of lignes) {
    const cle = cleDeOrigine(computeCle(l, regle), origine);
    let g = parCle.get(cle);
    if (g === undefined) {
      g = { id: premierGroupe + rang, ensemble: premierEnsemble + rang };
      rang++;
      parCle.set(cle, g);
      neuf.run(g.id, cle, l.commune, g.ensemble, SANS_ADRESSE, '');
    }
    if (g.id !== l.groupe || g.ensemble !== l.ensemble) placer.run(g.id, g.ensemble, l.id);
  }
}
