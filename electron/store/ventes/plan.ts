import { formatIdentifiant, parseIdentifiant } from '../../../shared/domain/origines/identifiant.ts';
import type { EtatVente } from '../../../shared/domain/ventes/types.ts';
import type { Base } from '../base.ts';
import type { QuiQuand } from '../champs.ts';
import { openJournal } from '../journal.ts';
import { listOrigines } from '../origines.ts';

/** Un logement du plan, et ce qu'en dit la déclaration en vigueur ; s'il n'y est plus, ce qu'elle en disait quand il est entré au plan. Surface en centièmes de m². */
export type VenteLue = {
  origine: number;
  ident: string;
  annee: number | null;
  acquereur: string | null;
  etat: EtatVente;
  date: string | null;
  conso: string | null;
  documents: number;
  note: string;
  commune: string;
  adresse: string;
  /** Numéro du logement en vigueur ; `null` : il n'y en a pas, ce qui suit est d'alors, ou inconnu. */
  logement: number | null;
  ensemble: string | null;
  nomEnsemble: string | null;
  numvoie: string | null;
  indrep: string | null;
  typvoie: string | null;
  nomvoie: string | null;
  numappt: string | null;
  typeconst: string | null;
  nbpiece: number | null;
  surfhab: number | null;
  construct: number | null;
  patrimoine: number | null;
  mode_entree: number | null;
  vendeur: string | null;
  finan: string | number | null;
  cus: string | number | null;
  dpeenergie: string | null;
  dpedate: string | null;
  qpv: number | null;
  mode: number | null;
  sortie: number | null;
};

/** Adresse d'un logement, d'après ses champs de voie. */
export const formatAdresse = (l: Pick<VenteLue, 'numvoie' | 'indrep' | 'typvoie' | 'nomvoie' | 'numappt'>): string =>
  `${[`${l.numvoie ?? ''}${l.indrep ?? ''}`, l.typvoie, l.nomvoie].filter((t) => t !== null && t !== '').join(' ')}${l.numappt === null || l.numappt === '' ? '' : `, appt ${l.numappt}`}`;

/** Ce qui se garde d'un logement à son entrée au plan : colonne de `vente`, d'où elle vient, nom à la lecture. */
const CONNUES = [
  ['ensemble', 'e.nom', 'nomEnsemble'], ['type', 'l.typeconst', 'typeconst'], ['pieces', 'l.nbpiece', 'nbpiece'], ['surface', 'l.surfhab', 'surfhab'], ['construct', 'l.construct', 'construct'],
  ['patrimoine', 'l.patrimoine', 'patrimoine'], ['finan', 'l.finan', 'finan'], ['dpe', 'l.dpeenergie', 'dpeenergie'], ['dpe_date', 'l.dpedate', 'dpedate'],
] as const;

export function readVentes(base: Base): VenteLue[] {
  return base
    .prepare<[], VenteLue>(
      `SELECT v.origine, v.ident_int AS ident, v.annee, v.acquereur, v.etat, v.date, v.conso, v.documents, v.note, coalesce(l.commune, v.commune) AS commune, v.adresse,
              l.id AS logement, e.code AS ensemble, l.numvoie, l.indrep, l.typvoie, l.nomvoie, l.numappt, ${CONNUES.map(([colonne, source, nom]) => `iif(l.id IS NULL, v.${colonne}, ${source}) AS ${nom}`).join(', ')},
              l.origine AS mode_entree, l.rsexpro AS vendeur, l.cus, l.qpv, l.mode, nullif(l.sortiepatrim, 9) AS sortie
       FROM vente v LEFT JOIN declaration d ON d.en_vigueur = 1 AND coalesce(d.origine, 0) = v.origine
       LEFT JOIN logement l ON l.declaration = d.id AND l.ident_int = v.ident_int
       LEFT JOIN ensemble e ON e.id = l.ensemble
       ORDER BY v.origine, v.ident_int`,
    )
    .all();
}

export const countVentes = (base: Base): number => base.prepare<[], number>('SELECT count(*) FROM vente').pluck().get() ?? 0;

/** Identifiant public d'un logement du plan. */
export function nommerVente(base: Base): (origine: number, ident: string) => string {
  const sirens = new Map(listOrigines(base).map((o) => [o.id, o.siren]));
  return (origine, ident) => formatIdentifiant({ siren: sirens.get(origine) ?? null, ident });
}

export type CleVente = { origine: number; ident: string };

/** L'origine et l'IDENT_INT d'un identifiant public ; `null` si aucun bailleur du dossier n'a ce SIREN. */
export function trouverVente(base: Base): (identifiant: string) => CleVente | null {
  const origines = new Map(listOrigines(base).map((o) => [o.siren, o.id]));
  return (identifiant) => {
    const { siren, ident } = parseIdentifiant(identifiant);
    const origine = siren === null ? 0 : origines.get(siren);
    return origine === undefined ? null : { origine, ident };
  };
}

export type LogementAjoute = CleVente & { commune: string; adresse: string; sorti: boolean; connu: (string | number | null)[] };

type Brut = Pick<VenteLue, 'numvoie' | 'indrep' | 'typvoie' | 'nomvoie' | 'numappt'> & { origine: number; ident: string; commune: string; sortie: number | null } & { [N in (typeof CONNUES)[number][2]]: string | number | null };
const CHAMPS = `${CONNUES.map(([, source, nom]) => `${source} AS ${nom}`).join(', ')}, coalesce(d.origine, 0) AS origine, l.ident_int AS ident, l.commune, l.numvoie, l.indrep, l.typvoie, l.nomvoie, l.numappt, nullif(l.sortiepatrim, 9) AS sortie`;
const toAjoute = (l: Brut): LogementAjoute => ({ origine: l.origine, ident: l.ident, commune: l.commune, adresse: formatAdresse(l), sorti: l.sortie !== null, connu: CONNUES.map(([, , nom]) => l[nom]) });

/** Cherche un logement en vigueur par sa clé. */
export function logementDe(base: Base): (cle: CleVente) => LogementAjoute | null {
  const lire = base.prepare<[number, string], Brut>(`SELECT ${CHAMPS} FROM declaration d JOIN logement l ON l.declaration = d.id LEFT JOIN ensemble e ON e.id = l.ensemble WHERE d.en_vigueur = 1 AND coalesce(d.origine, 0) = ? AND l.ident_int = ?`);
  return ({ origine, ident }) => {
    const l = lire.get(origine, ident);
    return l === undefined ? null : toAjoute(l);
  };
}

/** Les logements de ces numéros, tels que la table des logements les sélectionne. */
export function* logementsParNumero(base: Base, ids: Iterable<number>): Generator<LogementAjoute> {
  const lire = base.prepare<[number], Brut>(`SELECT ${CHAMPS} FROM logement l JOIN declaration d ON d.id = l.declaration LEFT JOIN ensemble e ON e.id = l.ensemble WHERE l.id = ?`);
  for (const id of ids) {
    const l = lire.get(id);
    if (l !== undefined) yield toAjoute(l);
  }
}

export const estAuPlan = (base: Base): ((cle: CleVente) => boolean) => {
  const lire = base.prepare<[number, string]>('SELECT 1 FROM vente WHERE origine = ? AND ident_int = ?');
  return ({ origine, ident }) => lire.get(origine, ident) !== undefined;
};

/** Ajoute au plan ; une ligne de journal par logement. Dans une opération ouverte. */
export function prepareAjout(base: Base, operation: number, par: QuiQuand): (identifiant: string, l: LogementAjoute) => void {
  const inserer = base.prepare(`INSERT INTO vente (origine, ident_int, commune, adresse, ${CONNUES.map(([c]) => c).join(', ')}) VALUES (?, ?, ?, ?, ${CONNUES.map(() => '?').join(', ')})`);
  const inscrire = openJournal(base);
  return (identifiant, l) => {
    inserer.run(l.origine, l.ident, l.commune, l.adresse, ...l.connu);
    inscrire({ ...par, champ: `ventes/logement/${identifiant}`, avant: null, apres: 'au plan de mise en vente', operation });
  };
}

export type ChangementVente = CleVente & { identifiant: string; colonne: string; avant: string | number | null; apres: string | number | null };

/** Change des cases du plan. `colonne` : une colonne de la table, déjà vérifiée. Dans une opération ouverte. */
export function writeChangements(base: Base, operation: number, changements: Iterable<ChangementVente>, par: QuiQuand, dire: (colonne: string, valeur: string | number | null) => string | null): void {
  const ecritures = new Map<string, (c: ChangementVente) => void>();
  const inscrire = openJournal(base);
  for (const c of changements) {
    let ecrire = ecritures.get(c.colonne);
    if (ecrire === undefined) {
      const requete = base.prepare(`UPDATE vente SET ${c.colonne} = ? WHERE origine = ? AND ident_int = ?`);
      ecritures.set(c.colonne, (ecrire = ({ apres, origine, ident }) => void requete.run(apres, origine, ident)));
    }
    ecrire(c);
    inscrire({ ...par, champ: `ventes/logement/${c.identifiant}/${c.colonne}`, avant: dire(c.colonne, c.avant), apres: dire(c.colonne, c.apres), operation });
  }
}

export function deleteVentes(base: Base, operation: number, logements: Iterable<CleVente & { identifiant: string }>, par: QuiQuand): number {
  const retirer = base.prepare('DELETE FROM vente WHERE origine = ? AND ident_int = ?');
  const inscrire = openJournal(base);
  let n = 0;
  for (const { origine, ident, identifiant } of logements) {
    if (retirer.run(origine, ident).changes === 0) continue;
    n++;
    inscrire({ ...par, champ: `ventes/logement/${identifiant}`, avant: 'au plan de mise en vente', apres: null, operation });
  }
  return n;
}
