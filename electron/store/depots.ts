import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';

export type DepotGarde = {
  version: number;
  /** Instant ISO du dépôt. */
  date: string;
  empreinte: string;
  /** Chemin absolu du paquet, là où il a été écrit. */
  paquet: string;
  signe: boolean;
  signataire: string | null;
  malgre: string | null;
  fichiers: string[];
};

type LigneDepot = Omit<DepotGarde, 'signe' | 'fichiers'> & { signe: number; fichiers: string };

const COLONNES = 'version, date, empreinte, paquet, signe, signataire, malgre, fichiers';

const toDepot = (l: LigneDepot): DepotGarde => ({ ...l, signe: l.signe === 1, fichiers: JSON.parse(l.fichiers) as string[] });

/** Tous les dépôts, du premier au dernier. */
export function readDepots(base: Base): DepotGarde[] {
  return base.prepare<[], LigneDepot>(`SELECT ${COLONNES} FROM depot ORDER BY version`).all().map(toDepot);
}

export function readDepot(base: Base, version: number): DepotGarde | null {
  const ligne = base.prepare<[number], LigneDepot>(`SELECT ${COLONNES} FROM depot WHERE version = ?`).get(version);
  return ligne === undefined ? null : toDepot(ligne);
}

/** donnees.json d'un dépôt, octets tels que déposés ; `null` si le dépôt n'existe pas. */
export function readDonneesDepot(base: Base, version: number): Buffer | null {
  return base.prepare<[number], { donnees: Buffer }>('SELECT donnees FROM depot WHERE version = ?').get(version)?.donnees ?? null;
}

/** Dépôt, copie figée et journal, ensemble ou pas du tout. `copie` est lue morceau par morceau. */
export function insertDepot(base: Base, depot: DepotGarde, donnees: Uint8Array, copie: Iterable<Uint8Array>, par: QuiQuand): void {
  base
    .transaction(() => {
      base
        .prepare(`INSERT INTO depot (${COLONNES}, donnees) VALUES (@version, @date, @empreinte, @paquet, @signe, @signataire, @malgre, @fichiers, @donnees)`)
        .run({ ...depot, signe: depot.signe ? 1 : 0, fichiers: JSON.stringify(depot.fichiers), donnees });
      const ajouter = base.prepare('INSERT INTO depot_copie (version, morceau, octets) VALUES (?, ?, ?)');
      let morceau = 0;
      for (const octets of copie) ajouter.run(depot.version, morceau++, octets);
      appendJournal(base, { ...par, champ: `depot/v${depot.version}`, avant: null, apres: depot.empreinte });
    })
    .immediate();
}

/** Défait un dépôt dont le paquet n'a pas pu prendre sa place. */
export function removeDepot(base: Base, depot: DepotGarde, par: QuiQuand): void {
  base
    .transaction(() => {
      base.prepare('DELETE FROM depot_copie WHERE version = ?').run(depot.version);
      base.prepare('DELETE FROM depot WHERE version = ?').run(depot.version);
      appendJournal(base, { ...par, champ: `depot/v${depot.version}`, avant: depot.empreinte, apres: null });
    })
    .immediate();
}

/** Morceaux de la copie figée d'un dépôt, dans l'ordre. */
export function* iterateCopie(base: Base, version: number): Generator<Buffer> {
  const lire = base.prepare<[number, number], { octets: Buffer }>('SELECT octets FROM depot_copie WHERE version = ? AND morceau = ?');
  for (let morceau = 0; ; morceau++) {
    const ligne = lire.get(version, morceau);
    if (ligne === undefined) return;
    yield ligne.octets;
  }
}

/**
 * Où en est le contenu déposable : change dès qu'un champ, une cible, une justification, une réponse
 * ou un import change. De quoi savoir si le dossier a bougé pendant qu'un dépôt se préparait.
 */
export function readEtatContenu(base: Base): string {
  const lire = (table: 'journal' | 'import'): number => base.prepare<[], { n: number | null }>(`SELECT max(id) AS n FROM ${table}`).get()?.n ?? 0;
  return `${lire('journal')};${lire('import')}`;
}

/**
 * Dernier changement de chaque champ entre deux dépôts (`a` nul : jusqu'à maintenant), d'après le
 * journal, dont l'ordre ne dépend pas de l'horloge.
 */
export function lastChanges(base: Base, de: number, a: number | null): Map<string, string> {
  const borne = base.prepare<[string], { id: number | null }>('SELECT max(id) AS id FROM journal WHERE champ = ?');
  const debut = borne.get(`depot/v${de}`)?.id ?? 0;
  const fin = a === null ? null : (borne.get(`depot/v${a}`)?.id ?? null);
  const lignes = base
    .prepare<[number, number], { champ: string; quand: string }>(
      'SELECT champ, quand, max(id) FROM journal WHERE id > ? AND id < ? GROUP BY champ ORDER BY max(id)',
    )
    .all(debut, fin ?? Number.MAX_SAFE_INTEGER);
  return new Map(lignes.map((l) => [l.champ, l.quand]));
}
