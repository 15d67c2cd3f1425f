import { openReadOnly } from '../../../electron/store/connexion.ts';
import { openDossier } from '../../../electron/store/ouverture.ts';
import { recomputeResumes } from '../../../electron/store/resumes.ts';
import type { Atelier } from '../import/aide.ts';
import { declaration, ligne, ouvrirAtelier } from '../import/aide.ts';

const TRACE = ['journal', 'operation', 'operation_avant', 'operation_apres'];

/** Tout le contenu d'un dossier, table par table, sans la trace des opérations ; le dossier est fermé puis rouvert. */
export async function contenu(atelier: Atelier): Promise<Record<string, string[]>> {
  await atelier.faire('dossier.fermer', {});
  const base = openReadOnly(atelier.dossier);
  try {
    const tables = base.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).pluck().all();
    return Object.fromEntries(
      tables.filter((t) => !TRACE.includes(t) && !t.startsWith('annule_')).map((t) => [t, base.prepare(`SELECT * FROM "${t}" ORDER BY 1, 2`).all().map((l) => JSON.stringify(l)).toSorted()]),
    );
  } finally {
    base.close();
    await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
  }
}

const RESUMES = ['resume_parc', 'resume_ensemble', 'resume_financement', 'resume_npl'];

/** Les résumés du dossier, et ceux qu'une relecture de tous ses logements donnerait. */
export async function resumes(atelier: Atelier): Promise<{ gardes: unknown[]; relus: unknown[] }> {
  await atelier.faire('dossier.fermer', {});
  const dossier = await openDossier(atelier.dossier, { utilisateur: 'e', ordinateur: 'banc', maintenant: new Date(0) });
  try {
    const lire = () => RESUMES.map((t) => dossier.base.prepare(`SELECT * FROM ${t} ORDER BY 1, 2, 3`).all());
    const gardes = lire();
    dossier.base.transaction(() => recomputeResumes(dossier.base))();
    return { gardes, relus: lire() };
  } finally {
    dossier.fermer();
    await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
  }
}

/** Les sommes que fusionner et scinder ne changent pas : logements, QPV, loyers, par commune et en tout. */
export async function sommes(atelier: Atelier) {
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  const total = (f: (e: (typeof ensembles)[number]) => number) => ensembles.reduce((n, e) => n + f(e), 0);
  const { ensembles: _, ...etat } = await atelier.faire('etat.lire', {});
  const financements: Record<string, number> = {};
  for (const e of ensembles) for (const [f, n] of Object.entries(e.financements)) financements[f] = (financements[f] ?? 0) + n;
  const loyers = await Promise.all((['SH', 'SU', 'SC'] as const).map((surface) => atelier.faire('loyers.lire', { par: 'commune', surface })));
  const parEnsemble = await atelier.faire('loyers.lire', { par: 'ensemble', surface: 'SH' });
  return {
    etat, financements, loyers,
    logements: total((e) => e.logements), qpv: total((e) => e.qpv), qpvInconnu: total((e) => e.qpvInconnu),
    loyerMensuel: Math.round(parEnsemble.lignes.reduce((n, l) => n + l.loyerMensuel * 100, 0)), loues: parEnsemble.lignes.reduce((n, l) => n + l.loues, 0),
  };
}

export const logement = (ident: string, programme: string, champs: Record<string, string> = {}): string =>
  ligne({ IDENT_INT: ident, COMPLGEO: programme, SURFHAB: '50', LOYERPRINC: '400', ...champs });

export const VOIE = { TYPVOIE: 'RUE', NOMVOIE: 'DU STADE' };

/** Un dossier qui a importé ces lignes, et le code de chacun de ses ensembles par son nom. */
export async function importer(...lignes: string[]): Promise<{ atelier: Atelier; codes: Record<string, string> }> {
  const atelier = await ouvrirAtelier();
  await atelier.faire('import.lire', { chemin: atelier.fichier('1.csv', declaration(...lignes)) });
  return { atelier, codes: await codesDe(atelier) };
}

export async function codesDe(atelier: Atelier): Promise<Record<string, string>> {
  return Object.fromEntries((await atelier.faire('ensembles.lister', {})).ensembles.map((e) => [e.nom, e.id]));
}

/** Code de l'ensemble de chaque logement, et son nom. */
export async function places(atelier: Atelier): Promise<Record<string, string>> {
  const { lignes } = await atelier.faire('logements.page', { decalage: 0, nombre: 1000 });
  return Object.fromEntries(lignes.map((l) => [String(l['ident_int']), String(l['nom_ensemble'])]));
}

let fichiers = 0;
export async function reimporter(atelier: Atelier, annee: number, ...lignes: string[]) {
  const chemin = atelier.fichier(`suite-${++fichiers}.csv`, declaration(...lignes).replace(/^2026/, String(annee)));
  return atelier.faire('import.lire', { chemin, appliquer: true });
}
