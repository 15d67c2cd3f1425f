/**
 * Trace du fil de la fenêtre (Chromium, par le protocole de ses outils) : ses tâches longues, et à qui en est
 * le temps. « Nôtre » : le temps du JavaScript que l'application livre, attentes de la carte graphique non comprises
 * (le profil les donne à des fonctions natives, sans adresse).
 */
import type { CDPSession, ElectronApplication, Page } from 'playwright-core';

/** Au-delà, une tâche retarde ce que la personne fait (définition des « long tasks »). */
export const LONGUE_MS = 50;
const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-v8.cpu_profiler', 'v8'];

type Evenement = { name: string; ph: string; ts: number; dur?: number; tdur?: number; pid: number; tid: number; id?: string; args: Record<string, unknown> };
type Noeud = { id: number; parent?: number; callFrame: { functionName: string; url?: string; lineNumber?: number; columnNumber?: number } };
type Morceau = { cpuProfile?: { nodes?: Noeud[]; samples?: number[] }; timeDeltas?: number[] };

/**
 * `miettesMs` : le ramasse-miettes, qui passe quand il veut ; il n'est pas dans `notreMs`. Les deux sont du temps de
 * calcul : celui où le fil attend un processeur que d'autres occupent n'est de la faute de personne.
 */
export type Longue = { ms: number; notreMs: number; miettesMs: number; fonctions: [string, number][] };
export type Trace = {
  dureeMs: number;
  /** Temps du JavaScript livré, sur tout le trajet. */
  notreMs: number;
  longues: Longue[];
  /** Celles que notre JavaScript suffirait à rendre longues. */
  notres: Longue[];
  /** Celles que le ramasse-miettes suffirait à rendre longues. */
  miettes: Longue[];
};

/** Trace ce que fait `trajet`, et dit ce que le fil de la fenêtre a fait pendant ce temps. */
export async function tracer(application: ElectronApplication, page: Page, trajet: () => Promise<void>): Promise<Trace> {
  const session = await page.context().newCDPSession(page);
  const evenements: Evenement[] = [];
  session.on('Tracing.dataCollected', (e) => {
    const recus: unknown[] = e.value;
    for (const r of recus) evenements.push(r as Evenement);
  });
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] } });
  const debut = performance.now();
  await trajet();
  const dureeMs = performance.now() - debut;
  await finir(session);
  await session.detach();
  return { dureeMs, ...lire(evenements, await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)) };
}

function finir(session: CDPSession): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('Tracing.tracingComplete', () => resolve());
    session.send('Tracing.end').catch(reject);
  });
}

function lire(evenements: readonly Evenement[], pid: number): Omit<Trace, 'dureeMs'> {
  const fil = evenements.find((e) => e.name === 'thread_name' && e.pid === pid && e.args['name'] === 'CrRendererMain')?.tid;
  const taches = evenements.filter((e) => e.pid === pid && e.tid === fil && e.ph === 'X' && e.name.endsWith('RunTask') && (e.dur ?? 0) > 0);
  const pris = echantillons(evenements, pid, fil).toSorted((a, b) => a.ts - b.ts);
  const notreMs = pris.reduce((n, e) => n + (e.notre ? e.ms : 0), 0);
  const longues = taches
    .filter((t) => (t.dur ?? 0) > LONGUE_MS * 1000)
    .map((t): Longue => {
      const dedans = pris.filter((e) => e.ts >= t.ts && e.ts < t.ts + (t.dur ?? 0));
      const parFonction = new Map<string, number>();
      const calcul = t.tdur === undefined || !t.dur ? 1 : Math.min(1, t.tdur / t.dur);
      for (const e of dedans) parFonction.set(e.nom, (parFonction.get(e.nom) ?? 0) + e.ms);
      return {
        ms: (t.dur ?? 0) / 1000,
        notreMs: calcul * dedans.reduce((n, e) => n + (e.notre ? e.ms : 0), 0),
        miettesMs: calcul * dedans.reduce((n, e) => n + (e.nom === MIETTES ? e.ms : 0), 0),
        fonctions: [...parFonction].toSorted(([, a], [, b]) => b - a).slice(0, 5),
      };
    })
    .toSorted((a, b) => b.ms - a.ms);
  return { notreMs, longues, notres: longues.filter((l) => l.notreMs > LONGUE_MS), miettes: longues.filter((l) => l.miettesMs > LONGUE_MS) };
}

const MIETTES = '(garbage collector)';
type Echantillon = { ts: number; ms: number; nom: string; notre: boolean };

/** Le profil du fil, échantillon par échantillon. */
function echantillons(evenements: readonly Evenement[], pid: number, fil: number | undefined): Echantillon[] {
  const profil = evenements.find((e) => e.name === 'Profile' && e.pid === pid && e.tid === fil);
  if (profil === undefined) return [];
  const noeuds = new Map<number, Noeud>();
  let ts = (profil.args['data'] as { startTime: number }).startTime;
  return evenements
    .filter((e) => e.name === 'ProfileChunk' && e.pid === pid && e.id === profil.id)
    .toSorted((a, b) => a.ts - b.ts)
    .flatMap((e): Echantillon[] => {
      const morceau = e.args['data'] as Morceau;
      for (const n of morceau.cpuProfile?.nodes ?? []) noeuds.set(n.id, n);
      return (morceau.cpuProfile?.samples ?? []).map((id, i): Echantillon => {
        const delta = morceau.timeDeltas?.[i] ?? 0;
        ts += delta;
        const cadre = noeuds.get(id)?.callFrame;
        const notre = cadre?.url?.startsWith('app://') === true;
        const ou = cadre?.url ? ` ${cadre.url.split('/').at(-1)}:${cadre.lineNumber}:${cadre.columnNumber}` : '';
        return { ts, ms: delta / 1000, nom: `${cadre?.functionName ?? '?'}${ou}`, notre };
      });
    });
}
