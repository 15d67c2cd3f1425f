import type { Menage, Reunis } from '../../shared/domain/occupation/lecture.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { enVigueur } from './en-vigueur.ts';
import { appendJournal } from './journal.ts';
import { openOperation } from './operations.ts';
import type { Tranche } from './tranches.ts';

type Maille = 'logement' | 'ensemble';
export type Enquete = { id: number; import: number; maille: Maille; fichier: string; importeLe: string; resultat: string; encodage: string | null; entete: Buffer | null; sha256: string };

/** L'enquête en vigueur, ou `null`. */
export function enqueteEnVigueur(base: Base): Enquete | null {
  return (
    base
      .prepare<[], Enquete>(
        `SELECT e.id, e.import, e.maille, i.fichier, i.importe_le AS importeLe, i.resultat, i.encodage, i.entete, i.sha256 FROM enquete e JOIN import i ON i.id = e.import WHERE e.en_vigueur = 1`,
      )
      .get() ?? null
  );
}

const PARC = '(l.sortiepatrim IS NULL OR l.sortiepatrim = 9)';
const REPONSE = ['repondant', 'occupants', 'majeurs', 'mineurs', 'type', 'age', 'ressources_min', 'ressources_max', 'apl', 'activite', 'bail'] as const;

/** Un ménage tel que gardé ; `repondant` null : le logement n'est pas dans l'enquête. */
export type LigneMenage = {
  repondant: number | null; occupants: number | null; majeurs: number | null; mineurs: number | null; type: number | null; age: number | null;
  ressources_min: number | null; ressources_max: number | null; apl: number | null; activite: number | null; bail: string | null;
};
export type LigneParc = LigneMenage & {
  ensemble: number; commune: string; qpv: number | null; mode: number | null; bailRpls: string | null; locat: number | null; remlocdate: string | null; annee: number | null;
};

/** Logements du parc en vigueur de ces numéros, chacun avec sa réponse à cette enquête s'il y en a une. */
export function readTrancheParc(base: Base, enquete: number | null, tranche: Tranche): LigneParc[] {
  return base
    .prepare<[number | null, ...Tranche], LigneParc>(
      `SELECT l.ensemble, l.commune, l.qpv, l.mode, l.bail AS bailRpls, l.locat, l.remlocdate, d.annee, ${REPONSE.map((c) => `o.${c}`).join(', ')}
       FROM logement l CROSS JOIN declaration d ON d.id = l.declaration
       LEFT JOIN occupation_logement o ON o.enquete = ? AND o.origine = coalesce(d.origine, 0) AND o.ident_int = l.ident_int
       WHERE l.id BETWEEN ? AND ? AND d.en_vigueur = 1 AND ${PARC}`,
    )
    .all(enquete, ...tranche);
}

export function menageDe(l: LigneMenage): Menage {
  return {
    repondant: l.repondant === 1, occupants: l.occupants, majeurs: l.majeurs, mineurs: l.mineurs, type: l.type, age: l.age,
    ressources: l.ressources_min === null ? null : { min: l.ressources_min, max: l.ressources_max },
    apl: l.apl === null ? null : l.apl === 1, activite: l.activite, bail: l.bail,
  };
}

export type LigneReunis = { ensemble: string; qpv: number; reunis: Reunis };

export function readReunis(base: Base, enquete: number): LigneReunis[] {
  return base
    .prepare<[number], { ensemble: string; qpv: number; reunis: string }>('SELECT ensemble, qpv, reunis FROM occupation_ensemble WHERE enquete = ? ORDER BY ensemble, qpv')
    .all(enquete)
    .map((l) => ({ ...l, reunis: JSON.parse(l.reunis) as Reunis }));
}

export type LogementTrouve = { origine: number; ident: string; parc: boolean };

/** De quoi trouver un logement en vigueur par son identifiant (interne, ou du répertoire). */
export function openLogements(base: Base): { parIdent(ident: string): LogementTrouve[]; parRepertoire(ident: string): LogementTrouve[] } {
  const colonnes = `coalesce(d.origine, 0) AS origine, l.ident_int AS ident, ${PARC} AS parc`;
  const lire = (l: { origine: number; ident: string; parc: number }): LogementTrouve => ({ ...l, parc: l.parc === 1 });
  type Lu = { origine: number; ident: string; parc: number };
  const unParUn = base.prepare<[string], Lu>(`SELECT ${colonnes} FROM declaration d CROSS JOIN logement l ON l.declaration = d.id AND l.ident_int = ? WHERE d.en_vigueur = 1`);
  let repertoire: Map<string, LogementTrouve[]> | null = null;
  return {
    parIdent: (ident) => unParUn.all(ident).map(lire),
    parRepertoire(ident) {
      if (repertoire === null) {
        repertoire = new Map();
        const tous = base.prepare<[], Lu & { rep: string }>(`SELECT ${colonnes}, l.ident_rep AS rep FROM declaration d JOIN logement l ON l.declaration = d.id WHERE d.en_vigueur = 1 AND l.ident_rep IS NOT NULL`);
        for (const { rep, ...l } of tous.iterate()) repertoire.set(rep, [...(repertoire.get(rep) ?? []), lire(l)]);
      }
      return repertoire.get(ident) ?? [];
    },
  };
}

export type LigneLogement = { origine: number; ident: string; ligne: number; menage: Menage };
export type LigneEnsemble = { ensemble: string; qpv: number; ligne: number; reunis: Reunis };
export type Lignes = { maille: 'logement'; lignes: LigneLogement[] } | { maille: 'ensemble'; lignes: LigneEnsemble[] };

const valeurs = (m: Menage): (string | number | null)[] => [
  m.repondant ? 1 : 0, m.occupants, m.majeurs, m.mineurs, m.type, m.age, m.ressources?.min ?? null, m.ressources?.max ?? null, m.apl === null ? null : m.apl ? 1 : 0, m.activite, m.bail,
];

export type Ecarts = { ajoutes: number; modifies: number; disparus: number; inchanges: number };

/** Ce que ces lignes changeraient à l'enquête en vigueur. */
export function compareLignes(base: Base, enquete: Enquete | null, lu: Lignes): Ecarts {
  const e: Ecarts = { ajoutes: 0, modifies: 0, disparus: 0, inchanges: 0 };
  if (enquete === null) return { ...e, ajoutes: lu.lignes.length };
  const table = enquete.maille === 'logement' ? 'occupation_logement' : 'occupation_ensemble';
  const total = base.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE enquete = ?`).pluck().get(enquete.id) ?? 0;
  if (enquete.maille !== lu.maille) return { ...e, ajoutes: lu.lignes.length, disparus: total };
  const compter = (avant: unknown, apres: unknown): void => void e[avant === undefined ? 'ajoutes' : JSON.stringify(avant) === JSON.stringify(apres) ? 'inchanges' : 'modifies']++;
  if (lu.maille === 'logement') {
    const lire = base.prepare<[number, number, string], (string | number | null)[]>(`SELECT ${REPONSE.join(', ')} FROM occupation_logement WHERE enquete = ? AND origine = ? AND ident_int = ?`).raw();
    for (const l of lu.lignes) compter(lire.get(enquete.id, l.origine, l.ident), valeurs(l.menage));
  } else {
    const lire = base.prepare<[number, string, number], string>('SELECT reunis FROM occupation_ensemble WHERE enquete = ? AND ensemble = ? AND qpv = ?').pluck();
    for (const l of lu.lignes) compter(lire.get(enquete.id, l.ensemble, l.qpv), JSON.stringify(l.reunis));
  }
  return { ...e, disparus: total - e.modifies - e.inchanges };
}

export type AnomalieOps = { ligne: number; champ: string; valeur: string; code: string; rejet: boolean; brut: Buffer | null };
export type FicheEnquete = { fichier: string; sha256: string; profil: string; encodage: string; entete: Buffer | null; resultat: string };

/** Met une enquête en vigueur, en une opération qui s'annule ; l'ancienne reste au dossier. Dans la transaction de l'appelant. */
export function insertEnquete(base: Base, fiche: FicheEnquete, lu: Lignes, anomalies: readonly AnomalieOps[], libelle: string, par: QuiQuand): number {
  const operation = openOperation(base, 'import', libelle, par);
  const avant = enqueteEnVigueur(base)?.fichier ?? null;
  const importe = Number(
    base
      .prepare(`INSERT INTO import (type, fichier, sha256, regles, profil, importe_le, qui, operation, encodage, entete, resultat) VALUES ('ops', ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`)
      .run(fiche.fichier, fiche.sha256, fiche.profil, par.quand, par.qui, operation, fiche.encodage, fiche.entete, fiche.resultat).lastInsertRowid,
  );
  base.prepare('UPDATE enquete SET en_vigueur = 0 WHERE en_vigueur = 1').run();
  const id = Number(base.prepare('INSERT INTO enquete (import, maille, en_vigueur) VALUES (?, ?, 1)').run(importe, lu.maille).lastInsertRowid);
  if (lu.maille === 'logement') {
    const inserer = base.prepare(`INSERT INTO occupation_logement (enquete, origine, ident_int, ligne, ${REPONSE.join(', ')}) VALUES (${id}, ?, ?, ?, ${REPONSE.map(() => '?').join(', ')})`);
    for (const l of lu.lignes) inserer.run(l.origine, l.ident, l.ligne, ...valeurs(l.menage));
  } else {
    const inserer = base.prepare(`INSERT INTO occupation_ensemble (enquete, ensemble, qpv, ligne, reunis) VALUES (${id}, ?, ?, ?, ?)`);
    for (const l of lu.lignes) inserer.run(l.ensemble, l.qpv, l.ligne, JSON.stringify(l.reunis));
  }
  const noter = base.prepare('INSERT INTO anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const a of anomalies) noter.run(importe, a.ligne, a.champ, a.valeur, a.code, a.rejet ? 1 : 0, a.brut);
  appendJournal(base, { ...par, champ: 'import/ops', avant, apres: fiche.fichier, operation });
  return importe;
}

/** Code, nom et commune de chaque ensemble en vigueur qui a des logements, et les situations QPV de ceux du parc. */
export type EnsembleParc = { id: number; code: string; nom: string; commune: string };

export function readEnsemblesParc(base: Base): EnsembleParc[] {
  return base.prepare<[], EnsembleParc>(`SELECT id, code, nom, commune FROM ensemble WHERE id IN (SELECT ensemble FROM resume_ensemble) ORDER BY code`).all();
}

/** Situations QPV différentes des logements d'un ensemble, au parc. */
export function readSituations(base: Base, code: string): (number | null)[] {
  return base
    .prepare<[string], number | null>(`SELECT DISTINCT l.qpv FROM logement l WHERE l.ensemble = (SELECT id FROM ensemble WHERE code = ?) AND ${PARC} AND ${enVigueur('+l.declaration')}`)
    .pluck()
    .all(code);
}
