import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Entree, Operation, Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { openService } from '../../../electron/service/index.ts';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { tempDir } from '../../aides/repertoire.ts';

export const SIREN = '913000006';
export const INSTANT = new Date('2026-03-01T09:00:00Z');

export type Atelier = {
  dossier: string;
  repertoire: string;
  /** Appelle une opération et rend sa valeur ; lève si elle échoue. */
  faire<O extends Operation>(operation: O, entree: Entree<O>): Promise<Sortie<O>>;
  /** Appelle une opération qui doit échouer et rend son erreur. */
  echouer<O extends Operation>(operation: O, entree: Entree<O>): Promise<Erreur>;
  fichier(nom: string, contenu: string | Uint8Array): string;
  fermer(): Promise<void>;
};

/** Un dossier neuf tenu par un vrai service, dans un répertoire effacé à la fin de l'essai. */
export async function ouvrirAtelier(siren = SIREN): Promise<Atelier> {
  const repertoire = tempDir();
  const dossier = join(repertoire, 'essai.cus');
  const service = openService({ repertoireDonnees: repertoire, utilisateur: 'Essai', ordinateur: 'banc', maintenant: () => INSTANT, verifierSorties: true });
  onTestFinished(() => service.fermer());
  const atelier: Atelier = {
    dossier,
    repertoire,
    async faire(operation, entree) {
      const r = await service.appeler(operation, entree);
      if (!r.ok) throw new Error(`${operation} : ${r.error.code} : ${r.error.message} ${JSON.stringify(r.error.details ?? '')}`);
      return r.value;
    },
    async echouer(operation, entree) {
      const r = await service.appeler(operation, entree);
      if (r.ok) throw new Error(`${operation} devait échouer`);
      return r.error;
    },
    fichier(nom, contenu) {
      const chemin = join(repertoire, nom);
      writeFileSync(chemin, contenu);
      return chemin;
    },
    fermer: () => service.fermer(),
  };
  await atelier.faire('dossier.creer', { chemin: dossier, siren, nom: 'Office fictif' });
  return atelier;
}

/** Empreinte de tout le contenu d'un dossier fermé, table par table, dans l'ordre. */
export function empreinteDossier(chemin: string): string {
  const base = openReadOnly(chemin);
  try {
    expect(base.pragma('integrity_check', { simple: true })).toBe('ok');
    const h = createHash('sha256');
    const tables = base.prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).all();
    for (const { name } of tables) {
      h.update(name);
      for (const l of base.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`).raw().iterate()) {
        // La durée d'un import, gardée avec son résultat, est la seule valeur qui varie d'une exécution à l'autre.
        h.update(JSON.stringify(l).replace(/\\"dureeMs\\":[\d.e+-]+/g, ''));
      }
    }
    return h.digest('hex');
  } finally {
    base.close();
  }
}

/** Toutes les lignes d'une requête sur un dossier fermé. */
export function lireDossier<T>(chemin: string, sql: string): T[] {
  const base = openReadOnly(chemin);
  try {
    return base.prepare<[], T>(sql).all();
  } finally {
    base.close();
  }
}

export const ENTETE = `2026;${SIREN};OFFICE FICTIF;;;;;;;00000000000000;;`;

const VIDE = Array.from({ length: 63 }, () => '');
const RANGS: Record<string, number> = {
  IDENT_REP: 0, IDENT_INT: 1, DROIT: 2, DEPCOM: 3, LIBCOM: 5, NUMVOIE: 6, INDREP: 7, TYPVOIE: 8, NOMVOIE: 9, BAT: 17, COMPLGEO: 19, LIEUDIT: 20,
  QPV: 21, TYPECONST: 22, NBPIECE: 23, SURFHAB: 24, CONSTRUCT: 25, LOCAT: 26, PATRIMOINE: 27, FINAN: 31, CONV: 33, NUMCONV: 34, DATCONV: 35, SORTIEPATRIM: 36, MODE: 39, MODESURF: 41,
  SURFMODE: 42, LOYERPRINC: 43, LOYERACC: 44, CONTRIB: 45, DPEDATE: 47, DPEENERGIE: 48, CODSEGPATRIM: 53, LOYERMAXAPL: 55, LOYERMAXCUS: 56, QUALACQ: 57, MISCOMMERCIAL: 58, PRIXVENTE: 59,
};

/** Une ligne de déclaration : un logement ordinaire de Marseille, sauf les champs donnés. */
export function ligne(champs: Record<string, string> = {}): string {
  const valeurs = [...VIDE];
  const tous: Record<string, string> = { DEPCOM: '13055', IDENT_INT: 'L1', COMPLGEO: 'LES LILAS', SORTIEPATRIM: '9', MODE: '1', FINAN: '13', QPV: '2', ...champs };
  for (const [nom, valeur] of Object.entries(tous)) {
    const rang = RANGS[nom];
    if (rang === undefined) throw new Error(`champ inconnu de l'aide : ${nom}`);
    valeurs[rang] = valeur;
  }
  return valeurs.join(';');
}

export const declaration = (...lignes: string[]): string => [ENTETE, ...lignes, ''].join('\r\n');
