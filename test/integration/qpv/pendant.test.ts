import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { Operation, Entree, Progres } from '../../../shared/contract.ts';
import { openService } from '../../../electron/service/index.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { ban, contours, logement, NORD, tableau } from './aide.ts';

const LOGEMENTS = 3500;

/** Un parc assez grand pour que le calcul des positions se fasse en plusieurs lots. */
async function grandParc() {
  const repertoire = tempDir();
  const service = openService({ repertoireDonnees: repertoire, utilisateur: 'Essai', ordinateur: 'banc', maintenant: () => new Date('2026-03-01T09:00:00Z'), verifierSorties: true });
  onTestFinished(() => service.fermer());
  const appeler = async <O extends Operation>(nom: O, entree: Entree<O>, options?: Parameters<typeof service.appeler>[2]) => {
    const r = await service.appeler(nom, entree, options);
    if (!r.ok) throw new Error(`${nom} : ${r.error.code} ${r.error.message}`);
    return r.value;
  };
  const ecrire = (nom: string, contenu: string): string => {
    writeFileSync(join(repertoire, nom), contenu);
    return join(repertoire, nom);
  };
  await appeler('dossier.creer', { chemin: join(repertoire, 'd.cus'), siren: '913000006', nom: 'Office' });
  const chemin = ecrire('parc.csv', tableau(...Array.from({ length: LOGEMENTS }, (_, i) => logement(`L${i}`, { X: '5.3625', Y: '43.2925', EPSG: '4326', NUMVOIE: String(i + 1), TYPVOIE: 'RUE', NOMVOIE: 'DU STADE' }))));
  const { profil } = await appeler('import.analyser', { chemin });
  if (profil === null) throw new Error('profil attendu');
  await appeler('import.lire', { chemin, profil, appliquer: true });
  await appeler('qpv.charger', { chemin: ecrire('q.geojson', contours(NORD)) });
  return { service, appeler, ecrire };
}

test('une saisie est répondue pendant que les positions se calculent ; le compte rendu tient compte d’elle', async () => {
  const { appeler } = await grandParc();
  // Une première saisie charge le code des corrections, que le service n'ouvre qu'au besoin.
  await appeler('corrections.saisir', { cases: [{ identifiant: 'L1', colonne: 'nomvoie', texte: 'NEUVE' }] });
  const ordre: string[] = [];
  let saisie: Promise<unknown> = Promise.resolve();
  const progres = ({ fait }: Progres): void => {
    ordre.push('progrès');
    // Une adresse changée périme le calcul commencé : il reprend.
    if (ordre.length === 1) saisie = appeler('corrections.saisir', { cases: [{ identifiant: 'L0', colonne: 'x', texte: '5.40' }] }).then(() => ordre.push(`saisie avant la fin : ${fait < LOGEMENTS}`));
  };
  const etat = await appeler('qpv.etat', {}, { progres }).then((e) => (ordre.push('état'), e));
  await saisie;
  expect(ordre.filter((o) => o !== 'progrès')).toEqual(['saisie avant la fin : true', 'état']);
  expect(etat).toMatchObject({ logements: LOGEMENTS, ecarts: { 'non-dedans': LOGEMENTS - 1, accord: 1 } });
});

test('deux écrans attendent le même calcul ; l’un renonce, l’autre l’a', async () => {
  const { service, appeler } = await grandParc();
  const arret = new AbortController();
  const vus = { a: 0, b: 0 };
  const premier = service.appeler('qpv.etat', {}, { signal: arret.signal, progres: () => { if (++vus.a === 2) arret.abort(); } });
  const second = appeler('qpv.ecarts', { par: 'commune' }, { progres: () => void vus.b++ });
  expect(await premier).toMatchObject({ ok: false, error: { code: 'annule', sortie: 2 } });
  expect(await second).toMatchObject({ lignes: [{ code: '13055', ecarts: { 'non-dedans': LOGEMENTS } }] });
  expect(vus.b).toBeGreaterThan(vus.a);
  // Renoncer seul arrête le calcul, et la demande suivante le refait.
  await appeler('qpv.poser', { objet: 'logement', cle: 'L1', lon: 5.4, lat: 43.3 });
  const seul = new AbortController();
  expect(await service.appeler('qpv.etat', {}, { signal: seul.signal, progres: () => seul.abort() })).toMatchObject({ ok: false, error: { code: 'annule' } });
  expect(await appeler('qpv.etat', {})).toMatchObject({ logements: LOGEMENTS, ecarts: { 'non-dedans': LOGEMENTS } });
});

test('un loyer corrigé ne refait pas les positions', async () => {
  const { appeler } = await grandParc();
  await appeler('qpv.etat', {});
  let lots = 0;
  await appeler('corrections.saisir', { cases: [{ identifiant: 'L0', colonne: 'loyerprinc', texte: '400' }] });
  await appeler('qpv.etat', {}, { progres: () => void lots++ });
  expect(lots).toBe(0);
  await appeler('corrections.saisir', { cases: [{ identifiant: 'L0', colonne: 'nomvoie', texte: 'NEUVE' }] });
  await appeler('qpv.etat', {}, { progres: () => void lots++ });
  expect(lots).toBeGreaterThan(1);
});

test('la recherche dans la BAN s’annule sans rien changer, et laisse passer une saisie', async () => {
  const { service, appeler, ecrire } = await grandParc();
  await appeler('qpv.chargerBan', { chemin: ecrire('adresses-13.csv', ban(['1', '', 'Rue du Stade', 5.37, 43.295], ['2', '', 'Rue du Stade', 5.37, 43.295])) });
  const avant = await appeler('operations.lister', {});
  const arret = new AbortController();
  const annulee = await service.appeler('qpv.situer', {}, { signal: arret.signal, progres: ({ etape }) => { if (etape === 'Recherche dans la BAN') arret.abort(); } });
  expect(annulee).toMatchObject({ ok: false, error: { code: 'annule' } });
  expect(await appeler('operations.lister', {})).toEqual(avant);
  const ordre: string[] = [];
  let saisie: Promise<unknown> = Promise.resolve();
  const progres = (): void => {
    if (ordre.length > 0) return;
    ordre.push('progrès');
    saisie = appeler('champs.definir', { champ: 'organisme/psp/date', valeur: '2025-06-01' }).then(() => ordre.push('saisie'));
  };
  const faite = await appeler('qpv.situer', {}, { progres }).then((s) => (ordre.push('BAN'), s));
  await saisie;
  expect(ordre).toEqual(['progrès', 'saisie', 'BAN']);
  expect(faite).toMatchObject({ adresse: 2, voie: LOGEMENTS - 2 });
});
