import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, afterAll } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { cus, json, MAINTENANT } from '../cli/aides/cus.ts';

const Resultat = z.strictObject({
  etapes: z.array(z.strictObject({ nom: z.string(), dureeMs: z.number() })),
  dossier: z.string(),
  paquet: z.string(),
  certificat: z.string(),
  verdict: z.string(),
});

let repertoire: string;
let premier: z.output<typeof Resultat>;

beforeAll(async () => {
  repertoire = mkdtempSync(join(tmpdir(), 'cus-demo-'));
  const { code, objet } = await json(['demo', 'essai'], { cwd: repertoire });
  expect(code).toBe(0);
  premier = Resultat.parse(objet);
}, 60_000);
afterAll(() => rmSync(repertoire, { recursive: true, force: true }));

const dossierDemo = (): string => join(repertoire, 'essai');
const empreintes = (r: string): Record<string, string> =>
  Object.fromEntries(readdirSync(r, { withFileTypes: true }).filter((e) => e.isFile()).map((e) => [e.name, createHash('sha256').update(readFileSync(join(r, e.name))).digest('hex')]));

test('toute la chaîne, chaque étape nommée, un paquet signé et son certificat', () => {
  expect({ ...premier, etapes: premier.etapes.map((e) => e.nom) }).toEqual({
    etapes: [
      'Création du dossier', 'Organisme et calendrier', 'Import de la déclaration RPLS', 'État des lieux', 'Ensembles immobiliers', 'Occupation sociale', 'Service rendu', 'Loyers', 'Attributions', 'Engagements', 'Plan de mise en vente', 'Politique des loyers', 'Scénarios de cibles', 'Association et concertation',
      'Contrôles', 'Certificat d’essai', 'Dépôt v1, signé', 'Vérification du paquet', 'Remarques de l’instructeur (avis.xlsx)', 'Lecture du Retour',
      'Réponses, valeur proposée acceptée', 'Dépôt v2, signé', 'Modifications de v1 à v2', 'Vérification du paquet v2',
    ],
    dossier: join(dossierDemo(), 'habitat-du-littoral.cus'),
    paquet: expect.stringMatching(/essai\/CUS_\d{9}_2019_v02\.asice$/u),
    certificat: join(dossierDemo(), 'certificat.pem'),
    verdict: 'signe',
  });
});

test.each(['v01', 'v02'])('openssl accepte la signature du paquet %s', (version) => {
  const paquet = join(dossierDemo(), readdirSync(dossierDemo()).find((f) => f.endsWith(`_${version}.asice`)) ?? '');
  const extraire = (nom: string): string => {
    const vers = join(repertoire, `${version}-${nom.replace('/', '-')}`);
    writeFileSync(vers, execFileSync('unzip', ['-p', paquet, nom]));
    return vers;
  };
  const verifier = (manifeste: string): Buffer =>
    execFileSync(
      'openssl',
      ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', extraire('META-INF/signature.p7s'), '-content', manifeste, '-CAfile', premier.certificat,
        '-purpose', 'any', '-attime', String(Date.parse(MAINTENANT) / 1000), '-out', join(repertoire, 'verifie.xml')],
      { stdio: 'pipe' },
    );
  const manifeste = extraire('META-INF/ASiCManifest.xml');
  expect(() => verifier(manifeste)).not.toThrow();
  writeFileSync(manifeste, readFileSync(manifeste, 'utf8').replace('convention.pdf', 'convention.pdg'));
  expect(() => verifier(manifeste)).toThrow(/CMS/u);
});

test('une seconde fois au même endroit : à côté, sans toucher à la première', async () => {
  const avant = empreintes(dossierDemo());
  const { code, objet } = await json(['demo', 'essai'], { cwd: repertoire });
  expect({ code, dossier: Resultat.parse(objet).dossier }).toEqual({ code: 0, dossier: join(dossierDemo(), 'essai-2', 'habitat-du-littoral.cus') });
  expect(empreintes(dossierDemo())).toEqual(avant);
});

test('sans --json, les étapes et la commande openssl ; un fichier à la place du répertoire est refusé', async () => {
  const { code, stdout } = await cus(['demo', 'parlee'], { cwd: repertoire });
  expect({ code, openssl: /openssl cms -verify -cades .*certificat\.pem/u.test(stdout), etapes: stdout.match(/^ ?\d+\. /gmu)?.length }).toEqual({ code: 0, openssl: true, etapes: 24 });
  writeFileSync(join(repertoire, 'fichier'), 'à moi');
  expect(await json(['demo', 'fichier'], { cwd: repertoire })).toMatchObject({ code: 2, objet: { erreur: { code: 'pas-un-repertoire' } } });
  expect(readFileSync(join(repertoire, 'fichier'), 'utf8')).toBe('à moi');
});
