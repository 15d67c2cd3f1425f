import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readP12, verifyPaquet, writePaquet, type Fichier } from '../../../electron/paquet/index.ts';
import { signCades } from '../../../electron/paquet/cades-ecrire.ts';
import { writeManifeste } from '../../../electron/paquet/manifeste.ts';
import { FICHIERS, INSTANT, codeOf, newCle, openssl, pack, tempDir, unpack } from './aides/outils.ts';

const MIME = { nom: 'mimetype', octets: Buffer.from('application/vnd.etsi.asic-e+zip') };
const DOCUMENT = { nom: 'a.txt', octets: Buffer.from('bonjour') };
const NOTRE = writeManifeste([{ nom: 'a.txt', empreinte: createHash('sha256').update('bonjour').digest() }]);
const MANIFESTE = Buffer.from(NOTRE.toString().replaceAll('asic:', 'x:').replace('xmlns:asic', 'xmlns:x'));

/** Racine, intermédiaire et signataire faits par openssl, dans `dossier`. */
function makeChaine(dossier: string, extensionsCa = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign'): void {
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  writeFileSync(join(dossier, 'ca.ext'), extensionsCa);
  writeFileSync(join(dossier, 'ee.ext'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature');
  openssl(dossier, 'req', '-x509', ...ec, '-keyout', 'racine.key', '-out', 'racine.pem', '-days', '300', '-subj', '/CN=Racine');
  for (const [nom, emetteur, ext] of [['inter', 'racine', 'ca.ext'], ['ee', 'inter', 'ee.ext']] as const) {
    const cle = nom === 'ee' ? ['-newkey', 'rsa:2048', '-nodes'] : ec;
    openssl(dossier, 'req', '-new', ...cle, '-keyout', `${nom}.key`, '-out', `${nom}.csr`, '-subj', `/CN=${nom}`);
    openssl(dossier, 'x509', '-req', '-in', `${nom}.csr`, '-CA', `${emetteur}.pem`, '-CAkey', `${emetteur}.key`, '-CAcreateserial', '-days', '200', '-extfile', ext, '-out', `${nom}.pem`);
  }
}

const pem = (dossier: string, nom: string): string => readFileSync(join(dossier, nom), 'utf8');

/** Conteneur d'un autre outil : manifeste signé par `openssl cms` avec ces options. */
async function makeEtranger(dossier: string, ...options: string[]): Promise<Buffer> {
  writeFileSync(join(dossier, 'm.xml'), MANIFESTE);
  openssl(dossier, 'cms', '-sign', '-binary', '-in', 'm.xml', '-outform', 'DER', '-out', 's.p7s', '-signer', 'ee.pem', '-inkey', 'ee.key', ...options);
  return pack([DOCUMENT, { nom: 'META-INF/ASiCManifest.xml', octets: MANIFESTE }, { nom: 'META-INF/signature.p7s', octets: readFileSync(join(dossier, 's.p7s')) }, MIME]);
}

describe('signataire et autorités', () => {
  it('remonte du signataire à une autorité donnée, par l’intermédiaire du paquet ; openssl aussi', async () => {
    const dossier = tempDir();
    makeChaine(dossier);
    openssl(dossier, 'pkcs12', '-export', '-inkey', 'ee.key', '-in', 'ee.pem', '-certfile', 'inter.pem', '-out', 'k.p12', '-passout', 'pass:x');
    const instant = new Date(Date.parse(new X509Certificate(pem(dossier, 'ee.pem')).validFrom) + 60_000);
    const cle = readP12(readFileSync(join(dossier, 'k.p12')), 'x', instant);
    expect(cle.chaine.length).toBe(1);
    const destination = join(dossier, 'p.asice');
    await writePaquet({ fichiers: FICHIERS, destination, instant, cle });
    const autoriteDe = async (autorites: string | undefined, quand = instant): Promise<string | undefined> => {
      const verdict = await verifyPaquet(destination, { instant: quand, ...(autorites === undefined ? {} : { autorites }) });
      expect(verdict.verdict).toBe('signe');
      return verdict.signataires[0]?.autorite;
    };
    const autre = await newCle();
    expect({
      aucune: await autoriteDe(undefined),
      racine: await autoriteDe(pem(dossier, 'racine.pem')),
      parmi: await autoriteDe(autre.pem + pem(dossier, 'racine.pem')),
      intermediaire: await autoriteDe(pem(dossier, 'inter.pem')),
      signataire: await autoriteDe(pem(dossier, 'ee.pem')),
      autre: await autoriteDe(autre.pem),
      // La date déclarée est dans l'avenir de celui qui vérifie.
      avenir: await autoriteDe(pem(dossier, 'racine.pem'), new Date(instant.getTime() - 3_600_000)),
    }).toEqual({ aucune: 'inconnue', racine: 'verifiee', parmi: 'verifiee', intermediaire: 'verifiee', signataire: 'verifiee', autre: 'inconnue', avenir: 'inconnue' });
    const entrees = await unpack(destination);
    for (const e of entrees.slice(-2)) writeFileSync(join(dossier, e.nom.replace('META-INF/', '')), e.octets);
    openssl(dossier, 'cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signature.p7s', '-content', 'ASiCManifest.xml', '-CAfile', 'racine.pem', '-purpose', 'any', '-attime', String(instant.getTime() / 1000), '-out', 'relu.xml');
  });

  it.each([
    ['intermédiaire qui n’est pas une autorité', 'basicConstraints=critical,CA:FALSE'],
    ['intermédiaire sans droit de signer des certificats', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature'],
    ['extension critique inconnue', 'basicConstraints=critical,CA:TRUE\n1.2.3.4=critical,DER:0500'],
    ['noms restreints', 'basicConstraints=critical,CA:TRUE\nnameConstraints=critical,permitted;DNS:exemple.fr'],
  ])('%s : autorité inconnue', async (_, extensions) => {
    const dossier = tempDir();
    makeChaine(dossier, extensions);
    const zip = await makeEtranger(dossier, '-cades', '-certfile', 'inter.pem');
    const verdict = await verifyPaquet(zip, { instant: new Date(), autorites: pem(dossier, 'racine.pem') });
    expect({ verdict: verdict.verdict, autorite: verdict.signataires[0]?.autorite }).toEqual({ verdict: 'signe', autorite: 'inconnue' });
  });

  it('dit un fichier d’autorités illisible', async () => {
    for (const autorites of ['', 'bonjour', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
      expect(await codeOf(() => verifyPaquet(Buffer.alloc(0), { instant: INSTANT, autorites }))).toBe('autorites-illisibles');
    }
  });
});

describe('signatures d’autres outils', () => {
  it.each([
    ['CAdES', ['-cades']],
    ['CAdES en SHA-512', ['-cades', '-md', 'sha512']],
    ['CAdES par identifiant de clé', ['-cades', '-keyid']],
    ['RSA-PSS', ['-cades', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32']],
    ['avec intermédiaire', ['-cades', '-certfile', 'inter.pem']],
  ])('%s : accepté', async (_, options) => {
    const dossier = tempDir();
    makeChaine(dossier);
    expect(await verifyPaquet(await makeEtranger(dossier, ...options), { instant: new Date() })).toEqual({
      verdict: 'signe',
      signataires: [{ nom: 'ee', date: expect.stringMatching(/^\d{4}-.*Z$/) as string, autorite: 'inconnue' }],
      fichiers: ['a.txt'],
      ecarts: [],
      raison: null,
    });
  });

  it.each([
    ['CMS sans signing-certificate-v2', ['-md', 'sha256'], 'La signature n’est pas une signature CAdES lisible.'],
    ['SHA-1', ['-cades', '-md', 'sha1'], 'La signature n’est pas une signature CAdES lisible.'],
    ['contenu inclus', ['-cades', '-nodetach'], 'La signature n’est pas une signature CAdES lisible.'],
    ['sans attributs signés', ['-noattr'], 'La signature n’est pas une signature CAdES lisible.'],
    ['sans le certificat', ['-cades', '-nocerts'], 'Le certificat du signataire n’est pas dans la signature.'],
  ])('%s : refusé', async (_, options, raison) => {
    const dossier = tempDir();
    makeChaine(dossier);
    expect(await verifyPaquet(await makeEtranger(dossier, ...options), { instant: new Date() })).toEqual({
      verdict: 'modifie',
      signataires: [],
      fichiers: ['a.txt'],
      ecarts: [{ fichier: 'META-INF/signature.p7s', quoi: 'change' }],
      raison,
    });
  });

  it('refuse un hachage qui n’est pas admis', async () => {
    const { cle } = await newCle();
    const sha256 = Buffer.from('608648016503040201', 'hex').toString('latin1');
    const sha224 = Buffer.from('608648016503040204', 'hex').toString('latin1');
    const p7s = Buffer.from(signCades(MANIFESTE, cle, INSTANT).toString('latin1').replaceAll(sha256, sha224), 'latin1');
    const zip = await pack([MIME, DOCUMENT, { nom: 'META-INF/ASiCManifest.xml', octets: MANIFESTE }, { nom: 'META-INF/signature.p7s', octets: p7s }]);
    const { ecarts, raison } = await verifyPaquet(zip, { instant: INSTANT });
    expect({ ecarts, raison }).toEqual({ ecarts: [{ fichier: 'META-INF/signature.p7s', quoi: 'change' }], raison: 'La signature emploie un algorithme de hachage refusé.' });
  });

  it('accepte notre manifeste signé par un autre outil', async () => {
    const dossier = tempDir();
    makeChaine(dossier);
    expect((await verifyPaquet(await makeEtranger(dossier, '-cades'), { instant: new Date() })).verdict).toBe('signe');
    expect((await verifyPaquet(await makeEtranger(dossier, '-cades', '-nosmimecap'), { instant: new Date() })).verdict).toBe('signe');
    writeFileSync(join(dossier, 'm.xml'), NOTRE);
    openssl(dossier, 'cms', '-sign', '-cades', '-nosmimecap', '-binary', '-in', 'm.xml', '-outform', 'DER', '-out', 'n.p7s', '-signer', 'ee.pem', '-inkey', 'ee.key');
    const zip = await pack([MIME, DOCUMENT, { nom: 'META-INF/ASiCManifest.xml', octets: NOTRE }, { nom: 'META-INF/signature.p7s', octets: readFileSync(join(dossier, 'n.p7s')) }]);
    expect(await verifyPaquet(zip, { instant: new Date() })).toMatchObject({ verdict: 'signe', signataires: [{ nom: 'ee' }] });
  });

  it('refuse une clé RSA trop courte', async () => {
    const dossier = tempDir();
    openssl(dossier, 'req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-keyout', 'ee.key', '-out', 'ee.pem', '-days', '30', '-subj', '/CN=ee');
    const verdict = await verifyPaquet(await makeEtranger(dossier, '-cades'), { instant: new Date() });
    expect({ verdict: verdict.verdict, raison: verdict.raison }).toEqual({ verdict: 'modifie', raison: 'La signature emploie une clé ou un algorithme refusé.' });
  });
});

describe('conteneurs composés', () => {
  /** Un paquet signé, puis retouché. */
  async function retouch(retouche: (entrees: Fichier[]) => Fichier[], nom = 'p.asice') {
    const { cle } = await newCle();
    const destination = join(tempDir(), 'p.asice');
    await writePaquet({ fichiers: FICHIERS, destination, instant: INSTANT, cle });
    const { verdict, ecarts, raison } = await verifyPaquet(await pack(retouche(await unpack(destination))), { instant: INSTANT, nom });
    return { verdict, ecarts, raison };
  }
  const change = 'Le contenu du paquet n’est plus celui qui a été scellé.';

  it('accepte les mêmes entrées dans un autre ordre', async () => {
    expect(await retouch((e) => e.toReversed())).toEqual({ verdict: 'signe', ecarts: [], raison: null });
  });

  it('sans manifeste ni signature, un .asice est modifié', async () => {
    expect(await retouch((e) => e.filter((f) => !f.nom.startsWith('META-INF/')))).toEqual({
      verdict: 'modifie',
      ecarts: [{ fichier: 'META-INF/ASiCManifest.xml', quoi: 'absent' }, { fichier: 'META-INF/signature.p7s', quoi: 'absent' }],
      raison: 'La signature manque.',
    });
  });

  it('une liste d’empreintes ne remplace pas la signature d’un .asice', async () => {
    const zip = join(tempDir(), 'p.zip');
    await writePaquet({ fichiers: FICHIERS, destination: zip, instant: INSTANT });
    expect((await verifyPaquet(zip, { instant: INSTANT })).verdict).toBe('non-signe');
    expect((await verifyPaquet(readFileSync(zip), { instant: INSTANT, nom: 'p.asice' })).verdict).toBe('modifie');
    expect((await verifyPaquet(await pack([MIME, ...(await unpack(zip))]), { instant: INSTANT, nom: 'p.zip' })).verdict).toBe('modifie');
  });

  it('n’admet rien d’autre dans le META-INF d’un paquet de l’application', async () => {
    const ajout = { nom: 'META-INF/timestamp.tst', octets: Buffer.from('x') };
    expect(await retouch((e) => [...e, ajout])).toEqual({ verdict: 'modifie', ecarts: [{ fichier: ajout.nom, quoi: 'en-trop' }], raison: change });
  });

  it('une signature d’un autre contenu accuse le manifeste, celle d’un inconnu est dite à son nom', async () => {
    const autre = await newCle();
    const ailleurs = join(tempDir(), 'q.asice');
    await writePaquet({ fichiers: [DOCUMENT], destination: ailleurs, instant: INSTANT, cle: autre.cle });
    const p7s = (await unpack(ailleurs)).at(-1);
    expect(await retouch((e) => e.map((f) => (f.nom === p7s?.nom ? p7s : f)))).toEqual({ verdict: 'modifie', ecarts: [{ fichier: 'META-INF/ASiCManifest.xml', quoi: 'change' }], raison: change });
  });

  it('refuse un manifeste avec DOCTYPE', async () => {
    const avec = Buffer.from(MANIFESTE.toString().replace('?>\n', '?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd">\n'));
    const zip = await pack([MIME, DOCUMENT, { nom: 'META-INF/ASiCManifest.xml', octets: avec }, { nom: 'META-INF/signature.p7s', octets: Buffer.from('x') }]);
    expect(await verifyPaquet(zip, { instant: INSTANT })).toEqual({ verdict: 'illisible', signataires: [], fichiers: [], ecarts: [], raison: 'Ce fichier n’est pas un paquet que l’application peut lire sans risque : le manifeste porte une déclaration DOCTYPE, qui peut cacher un autre contenu.' });
  });

  it('lit un ASiC-S, et y voit un document changé ou ajouté', async () => {
    const dossier = tempDir();
    makeChaine(dossier);
    writeFileSync(join(dossier, 'a.txt'), DOCUMENT.octets);
    openssl(dossier, 'cms', '-sign', '-cades', '-binary', '-in', 'a.txt', '-outform', 'DER', '-out', 's.p7s', '-signer', 'ee.pem', '-inkey', 'ee.key');
    const base = [{ nom: 'mimetype', octets: Buffer.from('application/vnd.etsi.asic-s+zip') }, { nom: 'META-INF/signature.p7s', octets: readFileSync(join(dossier, 's.p7s')) }];
    const verdictDe = async (...documents: Fichier[]) => {
      const { verdict, ecarts } = await verifyPaquet(await pack([...base, ...documents]), { instant: new Date() });
      return { verdict, ecarts };
    };
    expect([
      await verdictDe(DOCUMENT),
      await verdictDe({ nom: 'a.txt', octets: Buffer.from('bonsoir') }),
      await verdictDe(DOCUMENT, { nom: 'b.txt', octets: Buffer.from('b') }),
      await verdictDe(),
    ]).toEqual([
      { verdict: 'signe', ecarts: [] },
      { verdict: 'modifie', ecarts: [{ fichier: 'a.txt', quoi: 'change' }] },
      { verdict: 'modifie', ecarts: [{ fichier: 'b.txt', quoi: 'en-trop' }] },
      { verdict: 'illisible', ecarts: [] },
    ]);
  });

  it('un ZIP quelconque est illisible', async () => {
    expect((await verifyPaquet(await pack([DOCUMENT]), { instant: INSTANT, nom: 'x.zip' })).raison).toBe('Ce fichier n’est pas un paquet que l’application peut lire sans risque : il ne porte ni signature CAdES ni liste d’empreintes.');
  });
});
