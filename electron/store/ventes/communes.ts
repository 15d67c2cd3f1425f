import type { CommuneVente } from '../../../shared/domain/ventes/types.ts';
import type { Base } from '../base.ts';

type Brute = Omit<CommuneVente, 'carence' | 'mixite'> & { carence: number | null; mixite: number | null };

/** Ce que le dossier sait des communes, par code d'aujourd'hui. */
export function readCommunesVente(base: Base): Map<string, CommuneVente> {
  const lignes = base.prepare<[], Brute>('SELECT commune, taux, objectif, residences, sociaux, carence, mixite, source FROM vente_commune').all();
  return new Map(lignes.map((l) => [l.commune, { ...l, carence: l.carence === null ? null : l.carence === 1, mixite: l.mixite === null ? null : l.mixite === 1 }]));
}

/** Écrit une commune ; toute vide, elle disparaît. Dans une opération ouverte. */
export function prepareCommune(base: Base): (c: CommuneVente) => void {
  const oui = (v: boolean | null): number | null => (v === null ? null : v ? 1 : 0);
  const ecrire = base.prepare(
    `INSERT INTO vente_commune (commune, taux, objectif, residences, sociaux, carence, mixite, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET taux = excluded.taux, objectif = excluded.objectif, residences = excluded.residences, sociaux = excluded.sociaux, carence = excluded.carence, mixite = excluded.mixite, source = excluded.source`,
  );
  const retirer = base.prepare('DELETE FROM vente_commune WHERE commune = ?');
  return (c) => {
    const vide = [c.taux, c.objectif, c.residences, c.sociaux, c.carence, c.mixite].every((v) => v === null) && c.source === '';
    if (vide) retirer.run(c.commune);
    else ecrire.run(c.commune, c.taux, c.objectif, c.residences, c.sociaux, oui(c.carence), oui(c.mixite), c.source);
  };
}
