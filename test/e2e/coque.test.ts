import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { construit } from '../../build/outils/chemins.ts';
import { compiler } from '../../build/outils/compiler.ts';
import { attendreService, launchAtelier, type Atelier } from './aides/atelier.ts';
import { preparerJumelle } from './aides/jumelle.ts';
import { pidService } from './aides/processus.ts';

let dossier: string;
let atelier: Atelier;

beforeEach(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-coque-'));
});
afterEach(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

describe('la fenêtre', () => {
  it('s’ouvre sur l’application, à sa taille, en français', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const { page, application } = atelier;
    expect(page.url()).toBe('app://atelier/index.html');
    expect(await page.title()).toContain('Atelier CUS');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
    const [bornes, minimum, menu] = await application.evaluate(({ BrowserWindow, Menu }) => {
      const fenetre = BrowserWindow.getAllWindows()[0];
      return [fenetre?.getSize(), fenetre?.getMinimumSize(), Menu.getApplicationMenu()?.items.map((i) => i.label)];
    });
    expect([bornes, minimum, menu]).toEqual([[1280, 800], [960, 640], ['Fichier', 'Édition', 'Affichage', 'Aide']]);
  });

  it('n’offre à l’écran que le pont', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const { page } = atelier;
    expect(await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'electron', 'global'].filter((nom) => nom in window))).toEqual([]);
    expect(await page.evaluate(() => Object.keys(window.atelier).toSorted())).toEqual([
      'annuler',
      'appeler',
      'cheminDe',
      'choisirDestination',
      'choisirFichier',
      'choisirRepertoire',
      'montrerFichier',
      'surCommande',
      'surEtatService',
      'surOuvrir',
      'surProgres',
    ]);
  });

  it('revient où elle était', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const voulu = { x: 60, y: 50, width: 1100, height: 700 };
    const bornes = (): Promise<unknown> => atelier.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await atelier.application.evaluate(({ BrowserWindow }, b) => BrowserWindow.getAllWindows()[0]?.setBounds(b), voulu);
    // La place et la taille sont rendues par le serveur d'affichage, pas en même temps.
    await expect.poll(bornes).toEqual(voulu);
    await atelier.fermer();
    atelier = await launchAtelier({ dossierDonnees: dossier });
    await expect.poll(bornes).toEqual(voulu);
  });

  it('reçoit le fichier donné au lancement', async () => {
    const fichier = join(dossier, 'a.cus');
    atelier = await launchAtelier({ dossierDonnees: dossier, main: await preparerJumelle(dossier), args: [fichier] });
    const recu = await atelier.page.evaluate(() => new Promise<string>((resolve) => void window.atelier.surOuvrir(resolve)));
    expect(recu).toBe(fichier);
  });

  it('donne le chemin d’un fichier déposé, et rien pour autre chose', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier, main: await preparerJumelle(dossier) });
    const { page } = atelier;
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'essai' })));
    await page.setInputFiles('#essai', join(dossier, 'dist', 'main', 'main.cjs'));
    const chemins = await page.evaluate(() => {
      const fichier = document.querySelector<HTMLInputElement>('#essai')?.files?.[0];
      return [window.atelier.cheminDe(fichier), window.atelier.cheminDe('texte'), window.atelier.cheminDe(null)];
    });
    expect(chemins).toEqual([join(dossier, 'dist', 'main', 'main.cjs'), '', '']);
  });
});

describe('les refus', () => {
  it('une CSP stricte accompagne chaque fichier', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const csp = await atelier.page.evaluate(async () => (await fetch('app://atelier/index.html')).headers.get('content-security-policy'));
    expect(csp?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    const violation = await atelier.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (e) => resolve(e.effectiveDirective));
          const script = document.createElement('script');
          script.textContent = 'window.intrus = true';
          document.body.append(script);
        }),
    );
    expect(violation).toBe('script-src-elem');
  });

  it('aucun fichier hors de l’écran construit', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const reponses = await atelier.page.evaluate(async () =>
      Promise.all(
        ['index.html', '..%2fmain/main.cjs', '%2e%2e%2fpreload%2fpreload.cjs', 'absent.js'].map(
          async (chemin) => (await fetch(`app://atelier/${chemin}`)).status,
        ),
      ),
    );
    expect(reponses).toEqual([200, 404, 404, 404]);
  });

  it('aucune page d’ailleurs, ni à la place ni à côté', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const { application, page } = atelier;
    const refusee = application.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (evenement) => resolve(evenement.defaultPrevented));
        }),
    );
    await page.evaluate(() => {
      window.location.href = 'http://exemple.fr/';
    });
    expect(await refusee).toBe(true);
    expect(await page.evaluate(() => window.open('https://exemple.fr/') === null && window.open('app://atelier/index.html') === null)).toBe(true);
    expect(application.windows().length).toBe(1);
    expect(page.url()).toBe('app://atelier/index.html');
  });

  it('aucune requête vers le réseau', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const erreur = await atelier.application.evaluate(
      ({ net }) =>
        new Promise<string>((resolve) => {
          net
            .request('http://127.0.0.1:9/')
            .on('error', (e) => resolve(e.message))
            .end();
        }),
    );
    expect(erreur).toBe('net::ERR_BLOCKED_BY_CLIENT');
  });

  it('aucune permission, sauf écrire dans le presse-papiers', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const etats = await atelier.page.evaluate(async () => {
      const noms = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write', 'midi'];
      const lus = noms.map(async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state]);
      return Object.fromEntries(await Promise.all(lus)) as Record<string, string>;
    });
    expect(etats).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      camera: 'denied',
      microphone: 'denied',
      'clipboard-read': 'denied',
      'clipboard-write': 'granted',
      midi: 'denied',
    });
    expect(await atelier.page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });
});

describe('le service', () => {
  it('répond à l’écran ; tué, il revient et l’écran le sait', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier });
    const { application, page } = atelier;
    await attendreService(page, 'pret');
    expect(await page.evaluate(() => window.atelier.appeler('operation-inconnue', {}))).toMatchObject({ ok: false });
    const etats = page.evaluate(
      () =>
        new Promise<(string | null)[][]>((resolve) => {
          const vus: (string | null)[][] = [];
          window.atelier.surEtatService(({ etat, erreur }) => {
            vus.push([etat, erreur?.message ?? null]);
            if (etat === 'pret' && vus.length > 1) resolve(vus);
          });
        }),
    );
    const premier = await pidService(application);
    process.kill(premier, 'SIGKILL');
    expect(await etats).toEqual([
      ['pret', null],
      ['redemarrage', 'Le service qui tient le dossier s’est interrompu ; il redémarre.'],
      ['pret', null],
    ]);
    expect(await pidService(application)).not.toBe(premier);
    expect(await page.evaluate(() => window.atelier.appeler('operation-inconnue', {}))).toMatchObject({ ok: false });
  });

  it('passe par utilityProcess dans ce qui est livré : répond, annule, revient, se ferme', async () => {
    atelier = await launchAtelier({ dossierDonnees: dossier, main: await preparerJumelle(dossier) });
    const { page } = atelier;
    await attendreService(page, 'pret');
    const reponses = await page.evaluate(async () => {
      const valeur = { date: new Date(0), octets: new Uint8Array([1, 255]), carte: new Map([['a', 1]]) };
      const echo = await window.atelier.appeler('echo', valeur);
      const copie = echo.ok && typeof echo.value === 'object' && echo.value !== null ? Object.values(echo.value) : [];
      const avancement = new Promise((resolve) => void window.atelier.surProgres(resolve));
      const longue = window.atelier.appeler('longue', null, 'longue-1');
      const progres = await avancement;
      window.atelier.annuler('longue-1');
      return {
        types: copie.map((v: unknown) => Object.prototype.toString.call(v)),
        progres,
        longue: await longue,
        incopiable: await window.atelier.appeler('incopiable', null),
        tombe: await window.atelier.appeler('finir', 0),
      };
    });
    expect(reponses).toMatchObject({
      types: ['[object Date]', '[object Uint8Array]', '[object Map]'],
      progres: { id: 'longue-1', etape: 'attente', fait: 0, total: null },
      longue: { ok: true, value: 'annulée' },
      incopiable: { ok: false, error: { code: 'defaut-interne' } },
      tombe: { ok: false, error: { code: 'service-interrompu' } },
    });
    await attendreService(page, 'pret');
    expect(await page.evaluate(() => window.atelier.appeler('echo', 1))).toEqual({ ok: true, value: 1 });
    // Quitter attend que le service ait fini d'écrire : il le dit sur la sortie, que main lui prête.
    const sortie = atelier.application.process().stdout;
    const ecrit = sortie ? text(sortie) : Promise.resolve('');
    await atelier.fermer();
    expect(await ecrit).toContain('service fermé');
  });
});

it('un service qui tombe sans cesse est laissé arrêté, dit, et n’empêche pas de quitter', async () => {
  atelier = await launchAtelier({ dossierDonnees: dossier, main: await preparerJumelle(dossier) });
  const { application, page } = atelier;
  const erreurs = await page.evaluate(async () => {
    const codes: (string | null)[] = [];
    for (let i = 0; i < 5; i += 1) {
      const reponse = await window.atelier.appeler('finir', 0);
      codes.push(reponse.ok ? null : reponse.error.code);
    }
    return codes;
  });
  expect(erreurs).toEqual([...Array.from({ length: 4 }, () => 'service-interrompu'), 'service-arrete']);
  await attendreService(page, 'arrete');
  const main = application.process();
  await atelier.fermer();
  expect([main.exitCode, main.signalCode]).toEqual([0, null]);
});

it('rien du lanceur d’essai n’est dans ce qui est livré', async () => {
  atelier = await launchAtelier({ dossierDonnees: dossier });
  await compiler('utilityProcess');
  const lire = async (nom: string): Promise<string> => {
    const fichiers = (await readdir(join(construit, nom))).map((f) => readFile(join(construit, nom, f), 'utf8'));
    return (await Promise.all(fichiers)).join('\n');
  };
  const traces = /child_process|ATELIER_NOEUD|serialization: "advanced"/;
  expect(await lire('main')).not.toMatch(traces);
  expect(await lire('main')).toContain('utilityProcess.fork');
  expect(await lire('service')).not.toContain('process.send');
  // Le même motif se trouve bien dans la variante d'essai : la recherche sait trouver.
  if (inject('moteur').genre === 'essai') expect(await lire('main-essai')).toMatch(traces);
});
