import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePaquet, type Fichier } from '../../../electron/paquet/index.ts';
import { FICHIERS, INSTANT, codeOf, newCle, openssl, tempDir, unpack } from './aides/outils.ts';

describe('écriture d’un paquet', () => {
  it.each(['EC', 'RSA'] as const)('signé (%s) : unzip et openssl l’acceptent', async (type) => {
    const dossier = tempDir();
    const { cle, pem } = await newCle(type);
    const chemin = join(dossier, 'p.asice');
    expect(await writePaquet({ fichiers: FICHIERS, destination: chemin, instant: INSTANT, cle })).toEqual({ chemin, fichiers: FICHIERS.map((f) => f.nom), precedent: null });
    expect(execFileSync('unzip', ['-t', chemin]).toString()).toContain('No errors detected');
    const entrees = await unpack(chemin);
    expect(entrees.map((e) => e.nom)).toEqual(['mimetype', ...FICHIERS.map((f) => f.nom), 'META-INF/ASiCManifest.xml', 'META-INF/signature.p7s']);
    // mimetype en premier, sans compression ni champ supplémentaire : lisible à une place fixe.
    expect(readFileSync(chemin).subarray(30, 69).toString()).toBe('mimetypeapplication/vnd.etsi.asic-e+zip');
    writeFileSync(join(dossier, 'cert.pem'), pem);
    for (const e of entrees.slice(-2)) writeFileSync(join(dossier, e.nom.replace('META-INF/', '')), e.octets);
    const verifie = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signature.p7s', '-content', 'ASiCManifest.xml', '-CAfile', 'cert.pem', '-purpose', 'any'];
    // -attime : l'essai reste juste quand le certificat d'essai aura expiré.
    expect(openssl(dossier, ...verifie, '-attime', String(INSTANT.getTime() / 1000 + 60))).toBe(Buffer.from(entrees.at(-2)?.octets ?? []).toString());
    const imprime = openssl(dossier, 'cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'signature.p7s');
    for (const attribut of ['contentType', 'messageDigest', 'signingTime', 'id-smime-aa-signingCertificateV2']) expect(imprime).toContain(attribut);
    expect(imprime).toContain('Mar  1 09:00:00 2026 GMT');
  });

  it('non signé : même contenu, liste d’empreintes, ni mimetype ni signature', async () => {
    const chemin = join(tempDir(), 'p.zip');
    await writePaquet({ fichiers: FICHIERS, destination: chemin, instant: INSTANT });
    expect(execFileSync('unzip', ['-t', chemin]).toString()).toContain('No errors detected');
    const entrees = await unpack(chemin);
    expect(entrees.map((e) => e.nom)).toEqual([...FICHIERS.map((f) => f.nom), 'META-INF/empreintes.json']);
    expect(entrees.slice(0, -1).map((e) => Buffer.from(e.octets).toString())).toEqual(FICHIERS.map((f) => Buffer.from(f.octets).toString()));
  });

  it('mêmes fichiers, même instant : mêmes octets, signature à part, quel que soit le fuseau', async () => {
    const dossier = tempDir();
    const gros: Fichier[] = [...FICHIERS, { nom: 'gros.json', octets: Buffer.from(JSON.stringify(Array.from({ length: 40_000 }, (_, i) => i % 977))) }];
    const { cle } = await newCle('RSA');
    const avant = process.env['TZ'];
    for (const [nom, fuseau] of [['1', 'Europe/Paris'], ['2', 'Pacific/Noumea']] as const) {
      process.env['TZ'] = fuseau;
      await writePaquet({ fichiers: gros, destination: join(dossier, `${nom}.zip`), instant: INSTANT });
      await writePaquet({ fichiers: gros, destination: join(dossier, `${nom}.asice`), instant: INSTANT, cle });
    }
    if (avant === undefined) delete process.env['TZ'];
    else process.env['TZ'] = avant;
    const read = (nom: string): Buffer => readFileSync(join(dossier, nom));
    expect(read('1.zip').equals(read('2.zip'))).toBe(true);
    // RSA PKCS#1 v1.5 est lui-même déterministe.
    expect(read('1.asice').equals(read('2.asice'))).toBe(true);
    expect(read('1.zip').length).toBeLessThan(100_000);
  });

  it('écrit aussi ce qui se compresse trop pour être relu', async () => {
    const chemin = join(tempDir(), 'p.zip');
    await writePaquet({ fichiers: [{ nom: 'zeros', octets: Buffer.alloc(3_000_000) }], destination: chemin, instant: INSTANT });
    expect((await unpack(chemin))[0]?.octets.length).toBe(3_000_000);
  });

  it('garde le fichier précédent', async () => {
    const dossier = tempDir();
    const destination = join(dossier, 'p.zip');
    for (const texte of ['un', 'deux', 'trois']) await writePaquet({ fichiers: [{ nom: 'a', octets: Buffer.from(texte) }], destination, instant: INSTANT });
    expect(readdirSync(dossier).sort()).toEqual(['p.precedent-1.zip', 'p.precedent-2.zip', 'p.zip']);
    const textes = await Promise.all(readdirSync(dossier).sort().map(async (f) => Buffer.from((await unpack(join(dossier, f)))[0]?.octets ?? []).toString()));
    expect(textes).toEqual(['un', 'deux', 'trois']);
  });

  it.each([
    ['paquet-noms', [{ nom: '../a', octets: Buffer.alloc(1) }], 'p.zip'],
    ['paquet-noms', [{ nom: 'mimetype', octets: Buffer.alloc(1) }], 'p.zip'],
    ['paquet-noms', [{ nom: 'META-INF/x', octets: Buffer.alloc(1) }], 'p.zip'],
    ['paquet-noms', [{ nom: 'a', octets: Buffer.alloc(1) }, { nom: 'A', octets: Buffer.alloc(1) }], 'p.zip'],
    ['paquet-noms', [], 'p.zip'],
    ['paquet-extension', FICHIERS, 'p.asice'],
    ['paquet-trop-grand', Array.from({ length: 998 }, (_, i) => ({ nom: `f${i}`, octets: Buffer.alloc(0) })), 'p.zip'],
    ['repertoire-absent', FICHIERS, 'absent/p.zip'],
  ] satisfies [string, Fichier[], string][])('%s', async (code, fichiers, nom) => {
    const dossier = tempDir();
    expect(await codeOf(() => writePaquet({ fichiers, destination: join(dossier, nom), instant: INSTANT }))).toBe(code);
    expect(readdirSync(dossier)).toEqual([]);
  });

  it('refuse une signature dans un .zip', async () => {
    const { cle } = await newCle();
    expect(await codeOf(() => writePaquet({ fichiers: FICHIERS, destination: join(tempDir(), 'p.zip'), instant: INSTANT, cle }))).toBe('paquet-extension');
  });
});
