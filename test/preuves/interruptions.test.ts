import { copyFileSync, existsSync, readdirSync, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasard } from '../../electron/demo/hasard.ts';
import { tempDir } from '../aides/repertoire.ts';
import { exiger, lancerService } from './aides/enfant.ts';
import { creerModele } from './aides/modele.ts';

const GRAINE = Number(process.env['GRAINE'] ?? 2026);
const COUPURES_SAISIE = 40;
const COUPURES_DEPOT = 48;

/** La prochaine écriture dans un répertoire ou un fichier. */
const ecriture = (chemin: string): Promise<void> =>
  new Promise((resolve) => {
    const veille = watch(chemin, () => {
      veille.close();
      resolve();
    });
  });
const attendre = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function identifiantDe(r: string, dossier: string): Promise<string> {
  const service = await lancerService(r);
  await exiger(service, 'dossier.ouvrir', { chemin: dossier });
  const { lignes } = await exiger(service, 'logements.page', { decalage: 0, nombre: 1 });
  await service.fermer();
  return String(lignes[0]?.['ident_int']);
}

it(`${COUPURES_SAISIE} kill -9 pendant des saisies : tout ce qui a été dit enregistré est là`, async () => {
  const r = tempDir();
  const { dossier } = await creerModele(r);
  const champs = ['organisme/contact/nom', 'organisme/contact/telephone', 'organisme/siege/adresse', 'engagement/PP-1/dep-13/3ans/total', 'engagement/PP-1/dep-13/6ans/total'];
  // Une case de logement corrigée à la main se dit enregistrée comme un champ.
  const logement = await identifiantDe(r, dossier);
  champs.push(`logement/${logement}/LOYERPRINC`);
  const bilan = { dites: 0, retrouvees: 0, enRoute: 0 };
  for (let coupure = 0; coupure < COUPURES_SAISIE; coupure += 1) {
    const h = hasard(GRAINE, coupure);
    const service = await lancerService(r);
    await exiger(service, 'dossier.ouvrir', { chemin: dossier });
    // Par champ : la dernière valeur dont le service a répondu, et celles envoyées depuis.
    const dites = new Map<string, string>();
    const enRoute = new Map<string, string[]>();
    const mort = attendre(h.entier(0, 120)).then(() => service.tuer());
    let vivant = true;
    for (let n = 0; vivant; n += 1) {
      // Plusieurs saisies en file, comme un collage suivi de frappes.
      const lot = Array.from({ length: h.entier(1, 4) }, (_, i) => ({ champ: champs[(n + i) % champs.length] ?? '', valeur: `${coupure + 1}${String(n).padStart(4, '0')}${i}` }));
      const reponses = await Promise.all(
        lot.map(async ({ champ, valeur }) => {
          enRoute.set(champ, [...(enRoute.get(champ) ?? []), valeur]);
          const reponse = champ.startsWith('engagement/')
            ? await service.appeler('engagements.definir', { cellules: [{ champ, valeur }] })
            : await service.appeler('champs.definir', { champ, valeur });
          if (!reponse?.ok) return false;
          dites.set(champ, valeur);
          enRoute.set(champ, (enRoute.get(champ) ?? []).filter((v) => v !== valeur));
          bilan.dites += 1;
          return true;
        }),
      );
      vivant = reponses.every(Boolean);
    }
    await mort;

    const apres = await lancerService(r);
    await exiger(apres, 'dossier.ouvrir', { chemin: dossier });
    const lus = new Map((await exiger(apres, 'champs.lister', {})).champs.map((c) => [c.champ, c.valeur]));
    const { lignes } = await exiger(apres, 'logements.page', { decalage: 0, nombre: 1, filtres: [{ colonne: 'ident_int', contient: logement }] });
    lus.set(`logement/${logement}/LOYERPRINC`, String(lignes[0]?.['loyerprinc'] ?? ''));
    for (const [champ, valeur] of dites) {
      const permises = [valeur, ...(enRoute.get(champ) ?? [])];
      expect(permises, `coupure ${coupure}, ${champ}`).toContain(lus.get(champ));
      if (lus.get(champ) === valeur) bilan.retrouvees += 1;
      else bilan.enRoute += 1;
    }
    await apres.fermer();
  }
  console.log(`Saisies : ${COUPURES_SAISIE} coupures, ${bilan.dites} valeurs dites enregistrées ; dernières valeurs retrouvées ${bilan.retrouvees}, remplacées par une saisie alors en route ${bilan.enRoute}, perdues 0.`);
  expect(bilan.dites).toBeGreaterThan(COUPURES_SAISIE);
});

it(`${COUPURES_DEPOT} kill -9 pendant un dépôt : entier, ou absent`, async () => {
  const r = tempDir();
  const { dossier } = await creerModele(r);
  /** `quand` : attend le moment de tuer, dépôt lancé vers ce répertoire. */
  const deposer = async (nom: string, quand: ((sortie: string) => Promise<void>) | null) => {
    const copie = join(r, `${nom}.cus`);
    const sortie = join(r, nom);
    copyFileSync(dossier, copie);
    await mkdir(sortie);
    const service = await lancerService(r);
    await exiger(service, 'dossier.ouvrir', { chemin: copie });
    const debut = performance.now();
    const depot = service.appeler('depot.deposer', { repertoire: sortie, sansSignature: true, malgre: 'essai' });
    const fin = depot.then(() => performance.now() - debut);
    const mort = quand === null ? Promise.resolve() : quand(sortie).then(() => service.tuer());
    const reponse = await depot;
    await mort;
    if (quand === null) await service.fermer();
    return { copie, sortie, reponse, duree: await fin };
  };
  const { duree } = await deposer('entier', null);
  const bilan = { entiers: 0, absents: 0, dits: 0, finis: 0 };
  for (let coupure = 0; coupure < COUPURES_DEPOT; coupure += 1) {
    // Un tiers n'importe quand ; un tiers une fois le paquet commencé ; un tiers pendant que le dépôt s'enregistre.
    const h = hasard(GRAINE, 7, coupure);
    const quand = async (sortie: string): Promise<void> => {
      if (coupure % 3 === 0) return attendre(duree * 1.1 * h.reel());
      await ecriture(sortie);
      if (coupure % 3 === 1) return attendre(h.entier(0, 160));
      await ecriture(`${sortie}.cus-wal`);
      return attendre(h.entier(0, 4));
    };
    const { copie, sortie, reponse } = await deposer(`tue-${coupure}`, quand);
    if (reponse?.ok) bilan.dits += 1;
    const apres = await lancerService(r);
    const enAttente = readdirSync(sortie).some((nom) => nom.includes('.attente.'));
    await exiger(apres, 'dossier.ouvrir', { chemin: copie });
    const { depots } = await exiger(apres, 'depot.lister', {});
    const visibles = readdirSync(sortie).filter((nom) => !nom.startsWith('.'));
    if (reponse?.ok) expect(depots.length, `coupure ${coupure} : dit fait`).toBe(1);
    expect(visibles.length, `coupure ${coupure}`).toBe(depots.length);
    for (const depot of depots) {
      bilan.entiers += 1;
      // Enregistré mais coupé avant que le paquet prenne son nom : la réouverture l'a fini.
      if (enAttente) bilan.finis += 1;
      const lu = await exiger(apres, 'paquet.lire', { chemin: depot.paquet });
      expect(lu).toMatchObject({ verdict: { verdict: 'non-signe', ecarts: [] }, version: 1, empreinte: depot.empreinte });
      await exiger(apres, 'depot.extraire', { version: 1, destination: join(sortie, 'v1.cus') });
    }
    if (depots.length === 0) {
      bilan.absents += 1;
      // Rien n'empêche de recommencer, et rien ne reste de la tentative coupée.
      const refait = await exiger(apres, 'depot.deposer', { repertoire: sortie, sansSignature: true, malgre: 'essai' });
      expect(refait.version).toBe(1);
      expect(readdirSync(sortie)).toEqual([visibles[0] ?? refait.paquet.split('/').at(-1)]);
      expect(existsSync(refait.paquet)).toBe(true);
    }
    await apres.fermer();
  }
  console.log(`Dépôts : ${COUPURES_DEPOT} coupures sur ${Math.round(duree)} ms ; ${bilan.entiers} entiers (dont ${bilan.dits} dits faits et ${bilan.finis} finis à la réouverture), ${bilan.absents} absents, à moitié 0.`);
  expect(bilan.entiers).toBeGreaterThan(0);
  expect(bilan.absents).toBeGreaterThan(0);
});
