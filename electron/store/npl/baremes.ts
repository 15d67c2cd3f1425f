import type { BaseSurface, LimiteSansPlafond, Plafond, PlafondLoyer } from '../../../shared/domain/loyers/npl/types.ts';
import type { Irl } from '../../../shared/domain/loyers/npl/revision.ts';
import type { Base } from '../base.ts';

export type Zonage = '123' | 'ABC';
export type PlafondGarde = PlafondLoyer & { id: number };

export function readPlafondsLoyer(base: Base): PlafondGarde[] {
  return base
    .prepare<[], Omit<PlafondGarde, 'taux'> & { taux: number }>('SELECT id, annee, produit, zone, taux, source FROM plafond_loyer ORDER BY annee DESC, produit, zone, id')
    .all()
    .map((l) => ({ ...l, taux: BigInt(l.taux) }));
}

export function writePlafondLoyer(base: Base, id: number | null, l: PlafondLoyer | null): void {
  if (id !== null && l === null) base.prepare('DELETE FROM plafond_loyer WHERE id = ?').run(id);
  else if (l === null) return;
  else if (id === null) base.prepare('INSERT INTO plafond_loyer (annee, produit, zone, taux, source) VALUES (?, ?, ?, ?, ?)').run(l.annee, l.produit, l.zone, l.taux, l.source);
  else base.prepare('UPDATE plafond_loyer SET annee = ?, produit = ?, zone = ?, taux = ?, source = ? WHERE id = ?').run(l.annee, l.produit, l.zone, l.taux, l.source, id);
}

export function readLimites(base: Base): LimiteSansPlafond[] {
  return base
    .prepare<[], { base: BaseSurface; taux: number; source: string; annee: number | null }>('SELECT base, taux, source, annee FROM limite_loyer ORDER BY base')
    .all()
    .map((l) => ({ ...l, taux: BigInt(l.taux) }));
}

export function writeLimite(base: Base, de: BaseSurface, taux: bigint | null, source: string, annee: number | null): void {
  if (taux === null) base.prepare('DELETE FROM limite_loyer WHERE base = ?').run(de);
  else base.prepare('INSERT INTO limite_loyer (base, taux, source, annee) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET taux = excluded.taux, source = excluded.source, annee = excluded.annee').run(de, taux, source, annee);
}

export const readIrl = (base: Base): Irl[] => base.prepare<[], Irl>('SELECT annee, indice, source FROM irl ORDER BY annee').all();

export function writeIrl(base: Base, annee: number, indice: number | null, source: string): void {
  if (indice === null) base.prepare('DELETE FROM irl WHERE annee = ?').run(annee);
  else base.prepare('INSERT INTO irl (annee, indice, source) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET indice = excluded.indice, source = excluded.source').run(annee, indice, source);
}

/** Zones des communes, par zonage ; de ces seules communes si elles sont données (un zonage les nomme toutes, 35 000). */
export function readZones(base: Base, communes?: Iterable<string>): Map<string, string[]> {
  const zones = new Map<string, string[]>();
  const lues =
    communes === undefined
      ? base.prepare<[], { commune: string; zone: string }>('SELECT commune, zone FROM zone_commune ORDER BY zonage').iterate()
      : base
          .prepare<[string], { commune: string; zone: string }>(
            'SELECT z.commune, z.zone FROM zonage g CROSS JOIN json_each(?) c CROSS JOIN zone_commune z ON z.zonage = g.zonage AND z.commune = c.value ORDER BY z.zonage',
          )
          .iterate(JSON.stringify([...new Set(communes)]));
  for (const { commune, zone } of lues) {
    zones.set(commune, [...(zones.get(commune) ?? []), zone]);
  }
  return zones;
}

/**
 * Garde les zones de ces communes, celles des autres restant. La source du zonage nomme toutes celles dont il vient ;
 * la dernière seule quand elle a donné toutes ses zones.
 */
export function mergeZonage(base: Base, zonage: Zonage, zones: ReadonlyMap<string, string>, source: string, quand: string): void {
  if (zones.size === 0) return;
  const avant = base.prepare<[string], { source: string }>('SELECT source FROM zonage WHERE zonage = ?').get(zonage);
  const insert = base.prepare('INSERT INTO zone_commune (zonage, commune, zone) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET zone = excluded.zone');
  for (const [commune, zone] of zones) insert.run(zonage, commune, zone);
  const { n } = base.prepare<[string], { n: number }>('SELECT count(*) AS n FROM zone_commune WHERE zonage = ?').get(zonage) ?? { n: 0 };
  const toutes = [...new Set([...(n === zones.size ? [] : (avant?.source.split(' ; ') ?? [])), source].filter((s) => s !== ''))].join(' ; ');
  base.prepare('INSERT INTO zonage (zonage, source, charge_le) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET source = excluded.source, charge_le = excluded.charge_le').run(zonage, toutes, quand);
}

/** Ajoute des zones à des communes qui n'en ont pas dans ce zonage ; un zonage nouveau porte cette source. */
export function addZones(base: Base, zones: readonly { zonage: Zonage; commune: string; zone: string }[], source: string, quand: string): void {
  const insert = base.prepare('INSERT INTO zone_commune (zonage, commune, zone) VALUES (?, ?, ?)');
  const creer = base.prepare('INSERT INTO zonage (zonage, source, charge_le) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  for (const z of zones) {
    creer.run(z.zonage, source, quand);
    insert.run(z.zonage, z.commune, z.zone);
  }
}

/** Zonages chargés, et logements du parc dans des communes qu'ils ne nomment pas. */
export function listZonages(base: Base): { zonage: Zonage; communes: number; source: string; parc: number; parcSansZone: number }[] {
  return base
    .prepare<[], { zonage: Zonage; communes: number; source: string; parc: number; parcSansZone: number }>(
      `SELECT z.zonage, z.source, (SELECT count(*) FROM zone_commune c WHERE c.zonage = z.zonage) AS communes,
              coalesce((SELECT sum(logements) FROM resume_parc WHERE dimension = 'logements'), 0) AS parc,
              coalesce((SELECT sum(logements) FROM resume_parc p WHERE dimension = 'logements'
                        AND NOT EXISTS (SELECT 1 FROM zone_commune c WHERE c.zonage = z.zonage AND c.commune = p.commune)), 0) AS parcSansZone
       FROM zonage z ORDER BY z.zonage`,
    )
    .all();
}

export const isProduit = (texte: string): texte is Exclude<Plafond, 'INCONNU'> => ['PLAI', 'PLUS', 'PLS', 'PLI'].includes(texte);
