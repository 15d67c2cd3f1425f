import { expect, it } from 'vitest';
import { superviser, type Superviseur } from '../../../electron/app/superviseur.ts';
import type { DuService, ProcessusService, VersService } from '../../../electron/service/port/port.ts';
import { refus } from '../../../shared/erreurs.ts';
import type { EtatService, ProgresAppel } from '../../../shared/pont.ts';

type Faux = { recus: VersService[]; dire(message: DuService): void; tomber(): void; tue: boolean };
type Banc = { superviseur: Superviseur; services: Faux[]; etats: EtatService[]; progres: ProgresAppel[]; avancer(ms: number): void };

/** Un superviseur et des services qu'on fait parler ou tomber à la main. */
function banc(): Banc {
  const services: Faux[] = [];
  const etats: EtatService[] = [];
  const progres: ProgresAppel[] = [];
  let instant = 0;
  function lancer(): ProcessusService {
    let dire: (message: DuService) => void = () => undefined;
    let tomber = (): void => undefined;
    const faux: Faux = { recus: [], dire: (m) => dire(m), tomber: () => tomber(), tue: false };
    services.push(faux);
    return {
      postMessage: (message) => {
        structuredClone(message);
        faux.recus.push(message);
      },
      onMessage: (cb) => {
        dire = cb;
      },
      onExit: (cb) => {
        tomber = cb;
      },
      kill: () => {
        faux.tue = true;
        tomber();
      },
      close: () => undefined,
      pid: 1,
    };
  }
  const superviseur = superviser({
    lancer,
    surEtat: (etat) => etats.push(etat),
    surProgres: (p) => progres.push(p),
    maintenant: () => instant,
  });
  return {
    superviseur,
    services,
    etats,
    progres,
    avancer: (ms) => {
      instant += ms;
    },
  };
}

it('une demande reçoit sa réponse et son avancement, l’annulation passe', async () => {
  const { superviseur, services, progres } = banc();
  const reponse = superviseur.appeler('1', 'essai', { a: 1 });
  superviseur.annuler('1');
  superviseur.annuler('inconnu');
  services[0]?.dire({ id: '1', progres: { etape: 'lecture', fait: 1, total: null } });
  services[0]?.dire({ id: '1', reponse: { ok: true, value: 42 } });
  expect(await reponse).toEqual({ ok: true, value: 42 });
  services[0]?.dire({ id: '1', progres: { etape: 'trop tard', fait: 2, total: null } });
  expect(services[0]?.recus).toEqual([{ id: '1', nom: 'essai', entree: { a: 1 } }, { annuler: '1' }]);
  expect(progres).toEqual([{ id: '1', etape: 'lecture', fait: 1, total: null }]);
});

it('une chute répond à ce qui attendait, puis le service revient', async () => {
  const { superviseur, services, etats } = banc();
  services[0]?.dire({ pret: true });
  const reponse = superviseur.appeler('1', 'essai', null);
  services[0]?.tomber();
  expect(await reponse).toMatchObject({ ok: false, error: { code: 'service-interrompu' } });
  services[1]?.dire({ pret: true });
  const suite = superviseur.appeler('1', 'essai', null);
  services[1]?.dire({ id: '1', reponse: { ok: true, value: null } });
  expect(await suite).toEqual({ ok: true, value: null });
  expect(etats.map((e) => e.etat)).toEqual(['pret', 'redemarrage', 'pret']);
});

it('les relances sont comptées sur une minute', async () => {
  const { superviseur, services, etats } = banc();
  for (let i = 0; i < 3; i += 1) services.at(-1)?.tomber();
  expect(services.length).toBe(4);
  services.at(-1)?.tomber();
  expect(services.length).toBe(4);
  expect(etats.at(-1)).toMatchObject({ etat: 'arrete', erreur: { code: 'service-arrete' } });
  expect(await superviseur.appeler('1', 'essai', null)).toMatchObject({ ok: false, error: { code: 'service-arrete' } });
});

it('des chutes espacées ne comptent pas ensemble', () => {
  const { services, avancer } = banc();
  for (let i = 0; i < 10; i += 1) {
    services.at(-1)?.tomber();
    avancer(60_000);
  }
  expect(services.length).toBe(11);
});

it('un service qui dit pourquoi il ne s’ouvre pas n’est pas relancé', () => {
  const { services, etats } = banc();
  const { erreur } = refus('moteur-ancien', 'Trop ancien.', 'Mettez à jour.');
  services[0]?.dire({ echec: erreur });
  services[0]?.tomber();
  expect(services.length).toBe(1);
  expect(etats).toEqual([{ etat: 'arrete', erreur }]);
});

it('un arrêt demandé n’est pas une chute', async () => {
  const { superviseur, services, etats } = banc();
  const arret = superviseur.arreter(60_000);
  expect(services[0]?.recus).toEqual([{ fermer: true }]);
  services[0]?.tomber();
  await arret;
  expect({ lances: services.length, etats }).toEqual({ lances: 1, etats: [] });
});

it('un service qui ne se ferme pas est arrêté de force', async () => {
  const { superviseur, services } = banc();
  await superviseur.arreter(0);
  expect(services.map((s) => s.tue)).toEqual([true]);
});

it('une demande qui ne se copie pas, ou en double, est refusée sans bloquer', async () => {
  const { superviseur, services } = banc();
  expect(await superviseur.appeler('1', 'essai', () => 1)).toMatchObject({ ok: false, error: { code: 'demande-illisible' } });
  const premiere = superviseur.appeler('1', 'essai', null);
  expect(await superviseur.appeler('1', 'essai', null)).toMatchObject({ ok: false, error: { code: 'appel-en-double' } });
  services[0]?.dire({ id: '1', reponse: { ok: true, value: 1 } });
  expect(await premiere).toEqual({ ok: true, value: 1 });
});
