/** Plan de mise en vente : ce que la déclaration disait d'un logement quand il y est entré, pour celui qui quitte ensuite le parc. */
export const migration = {
  version: 18,
  nom: 'ventes-connu',
  sql: `
ALTER TABLE vente ADD COLUMN ensemble TEXT;
ALTER TABLE vente ADD COLUMN type TEXT;
ALTER TABLE vente ADD COLUMN pieces INTEGER;
-- Centièmes de m².
ALTER TABLE vente ADD COLUMN surface INTEGER;
ALTER TABLE vente ADD COLUMN construct INTEGER;
ALTER TABLE vente ADD COLUMN patrimoine INTEGER;
ALTER TABLE vente ADD COLUMN finan INTEGER;
ALTER TABLE vente ADD COLUMN dpe TEXT;
ALTER TABLE vente ADD COLUMN dpe_date TEXT;
-- Ceux qui y sont déjà : ce qu'en dit la déclaration en vigueur.
UPDATE vente SET (ensemble, type, pieces, surface, construct, patrimoine, finan, dpe, dpe_date) = (
  SELECT e.nom, l.typeconst, l.nbpiece, l.surfhab, l.construct, l.patrimoine, l.finan, l.dpeenergie, l.dpedate
  FROM declaration d JOIN logement l ON l.declaration = d.id AND l.ident_int = vente.ident_int LEFT JOIN ensemble e ON e.id = l.ensemble
  WHERE d.en_vigueur = 1 AND coalesce(d.origine, 0) = vente.origine);
`,
} as const;
