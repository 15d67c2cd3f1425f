import { CHAMPS_COORDONNEES, CHAMPS_GARDES, COLONNES } from '../../shared/domain/rpls/champs.ts';
import { formatValeur } from '../../shared/domain/rpls/affichage.ts';
import type { Valeur } from '../../shared/domain/rpls/decoder.ts';
import type { Base } from './base.ts';

export type Volet = 'ajoutes' | 'modifies' | 'disparus';
export type ComptesComparaison = { ajoutes: number; modifies: number; disparus: number; inchanges: number };
export type LigneComparaison = {
  identifiant: string;
  adresse: string;
  commune: string;
  changements: { champ: string; avant: string | null; apres: string | null }[];
};

/** Colonnes dont un changement fait d'un logement un logement « modifié ». */
export const COMPAREES: readonly string[] = [...COLONNES.filter((c) => c !== 'ident_int'), 'commune', 'champs_supplementaires'];

const LOT = 10_000;
const liste = (alias: string): string => COMPAREES.map((c) => `${alias}.${c}`).join(', ');

/**
 * Compare la préparation (attachée : `prep` et `lot`) aux logements d'une déclaration ; les écarts y sont
 * notés dans `prep.ecart`. Par lots, en rendant la main entre deux : une saisie n'attend pas.
 * `complement` : ce que le fichier ne contient pas n'a pas disparu.
 */
export async function computeEcarts(base: Base, declaration: number, complement: boolean, entreLots: () => Promise<void>): Promise<ComptesComparaison> {
  base.exec(`
    CREATE TABLE prep.ecart (id INTEGER PRIMARY KEY, volet TEXT NOT NULL, nouveau INTEGER, ancien INTEGER) STRICT;
    CREATE INDEX lot.logement_ident ON logement (ident_int);
  `);
  const modifies = base.prepare(
    `INSERT INTO prep.ecart (volet, nouveau, ancien)
     SELECT 'modifies', n.id, a.id FROM lot.logement n
     JOIN main.logement a ON a.declaration = ? AND a.ident_int = n.ident_int
     WHERE n.id BETWEEN ? AND ? AND (${liste('n')}) IS NOT (${liste('a')}) ORDER BY n.id`,
  );
  const ajoutes = base.prepare(
    `INSERT INTO prep.ecart (volet, nouveau)
     SELECT 'ajoutes', n.id FROM lot.logement n
     WHERE n.id BETWEEN ?2 AND ?3 AND NOT EXISTS (SELECT 1 FROM main.logement a WHERE a.declaration = ?1 AND a.ident_int = n.ident_int) ORDER BY n.id`,
  );
  for (const [de, a] of lots(base, 'lot.logement')) {
    modifies.run(declaration, de, a);
    ajoutes.run({ 1: declaration, 2: de, 3: a });
    await entreLots();
  }
  const disparus = base.prepare(
    `INSERT INTO prep.ecart (volet, ancien)
     SELECT 'disparus', a.id FROM main.logement a
     WHERE a.declaration = ? AND a.id BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM lot.logement n WHERE n.ident_int = a.ident_int) ORDER BY a.id`,
  );
  if (!complement) {
    for (const [de, a] of lots(base, 'main.logement')) {
      disparus.run(declaration, de, a);
      await entreLots();
    }
  }
  base.exec('CREATE INDEX prep.ecart_volet ON ecart (volet, id)');
  return countComparaison(base);
}

/** Les comptes de la comparaison, d'après les écarts notés. */
export function countComparaison(base: Base): ComptesComparaison {
  const total = base.prepare<[], { n: number }>('SELECT count(*) AS n FROM lot.logement').get()?.n ?? 0;
  const n = { ajoutes: countVolet(base, 'ajoutes'), modifies: countVolet(base, 'modifies'), disparus: countVolet(base, 'disparus') };
  return { ...n, inchanges: total - n.ajoutes - n.modifies };
}

function* lots(base: Base, table: string): Generator<[number, number]> {
  const bornes = base.prepare<[], { de: number | null; a: number | null }>(`SELECT min(id) AS de, max(id) AS a FROM ${table}`).get();
  if (bornes?.de === null || bornes?.de === undefined || bornes.a === null) return;
  for (let de = bornes.de; de <= bornes.a; de += LOT) yield [de, de + LOT - 1];
}

export function countVolet(base: Base, volet: Volet): number {
  return base.prepare<[string], { n: number }>('SELECT count(*) AS n FROM prep.ecart WHERE volet = ?').get(volet)?.n ?? 0;
}

/**
 * Donne aux logements de la préparation, pour les champs que le fichier ne donne pas, la valeur
 * qu'ils ont déjà : un fichier de loyers n'efface pas les adresses.
 */
export function completeFromDossier(base: Base, declaration: number, champs: readonly string[]): void {
  // X, Y et EPSG vont ensemble : une coordonnée d'un fichier ne se lit pas dans le système d'un autre.
  const coordonnees = CHAMPS_COORDONNEES.some((c) => champs.includes(c.nom)) ? CHAMPS_COORDONNEES.map((c) => c.nom) : [];
  const absents = CHAMPS_GARDES.filter((c) => !champs.includes(c.nom) && !coordonnees.includes(c.nom)).map((c) => c.colonne);
  absents.push('champs_supplementaires');
  base.exec('CREATE INDEX IF NOT EXISTS lot.logement_ident_provisoire ON logement (ident_int)');
  base
    .prepare(
      `UPDATE lot.logement AS n SET ${absents.map((c) => `${c} = a.${c}`).join(', ')}
       FROM main.logement a WHERE a.declaration = ? AND a.ident_int = n.ident_int`,
    )
    .run(declaration);
  base.exec('DROP INDEX lot.logement_ident_provisoire');
}

const ADRESSE = ['depcom', 'numvoie', 'indrep', 'typvoie', 'nomvoie'];

/**
 * Une déclaration n'a pas de coordonnées : celles qu'un tableau a données restent au logement tant que
 * son adresse déclarée ne change pas.
 */
export function keepCoordonnees(base: Base, declaration: number): void {
  const donnees = base.prepare<[number], { n: number }>('SELECT 1 AS n FROM main.logement WHERE declaration = ? AND (x IS NOT NULL OR y IS NOT NULL) LIMIT 1').get(declaration);
  if (donnees === undefined) return;
  base.exec('CREATE INDEX IF NOT EXISTS lot.logement_ident_provisoire ON logement (ident_int)');
  base
    .prepare(
      `UPDATE lot.logement AS n SET x = a.x, y = a.y, epsg = a.epsg FROM main.logement a
       WHERE a.declaration = ? AND a.ident_int = n.ident_int AND (${ADRESSE.map((c) => `n.${c}`).join(', ')}) IS (${ADRESSE.map((c) => `a.${c}`).join(', ')})`,
    )
    .run(declaration);
  base.exec('DROP INDEX lot.logement_ident_provisoire');
}

type Ligne = Record<string, Valeur>;
const cote = (prefixe: string, alias: string): string => [...COMPAREES, 'ident_int'].map((c) => `${alias}.${c} AS ${prefixe}_${c}`).join(', ');

/** Une page d'un volet : identité du logement et, pour un modifié, chaque champ qui change. */
export function readEcarts(base: Base, volet: Volet, decalage: number, nombre: number): LigneComparaison[] {
  const lignes = base
    .prepare<[string, number, number], Ligne>(
      `SELECT ${cote('n', 'n')}, ${cote('a', 'a')}
       FROM (SELECT id, nouveau, ancien FROM prep.ecart WHERE volet = ? ORDER BY id LIMIT ? OFFSET ?) e
       LEFT JOIN lot.logement n ON n.id = e.nouveau LEFT JOIN main.logement a ON a.id = e.ancien ORDER BY e.id`,
    )
    .all(volet, nombre, decalage);
  return lignes.map((l) => {
    const p = volet === 'disparus' ? 'a' : 'n';
    const t = (c: string): string => String(l[`${p}_${c}`] ?? '');
    return {
      identifiant: t('ident_int'),
      adresse: [t('numvoie'), t('indrep'), t('typvoie'), t('nomvoie')].filter((x) => x !== '').join(' '),
      commune: t('commune'),
      changements: volet === 'modifies' ? changements(l) : [],
    };
  });
}

function changements(l: Ligne): LigneComparaison['changements'] {
  const resultat: LigneComparaison['changements'] = [];
  for (const champ of CHAMPS_GARDES) {
    const avant = l[`a_${champ.colonne}`] ?? null;
    const apres = l[`n_${champ.colonne}`] ?? null;
    if (champ.nom !== 'IDENT_INT' && avant !== apres) resultat.push({ champ: champ.libelle, avant: formatValeur(champ, avant), apres: formatValeur(champ, apres) });
  }
  for (const [colonne, libelle] of [['commune', 'Commune d’aujourd’hui'], ['champs_supplementaires', 'Champs supplémentaires']] as const) {
    const avant = l[`a_${colonne}`] ?? null;
    const apres = l[`n_${colonne}`] ?? null;
    if (avant !== apres) resultat.push({ champ: libelle, avant: avant === null ? null : String(avant), apres: apres === null ? null : String(apres) });
  }
  return resultat;
}
