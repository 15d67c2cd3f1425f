import { chmod, readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
import { createSelfSigned, describeCertificat, readP12 } from '../paquet/index.ts';
import type { Handlers } from './contexte.ts';
import { writeFichier } from './fichiers.ts';

const VALIDITE_JOURS = 3 * 365;

export const handlers = {
  'certificat.creer': async (contexte, { destination, nom, motDePasse }, suivi) => {
    if (nom.trim() === '') throw invalide('nom-vide', 'Le nom du certificat est vide.', 'Donner le nom du signataire.');
    const p12 = resolve(destination);
    const extension = extname(p12);
    const certificat = `${extension === '' ? p12 : p12.slice(0, -extension.length)}.pem`;
    if (certificat === p12) throw invalide('certificat-extension', 'Un certificat et sa clé se gardent dans un fichier .p12.', 'Choisir un nom qui finit par .p12.');
    const cle = await createSelfSigned({ nom: nom.trim(), instant: contexte.maintenant(), type: 'EC', validiteJours: VALIDITE_JOURS, motDePasse });
    await writeFichier(contexte, p12, cle.p12, { signal: suivi.signal });
    // La clé est protégée par son mot de passe ; elle n'a pas pour autant à se lire par d'autres.
    await chmod(p12, 0o600);
    await writeFichier(contexte, certificat, cle.certificatPem, { signal: suivi.signal });
    return { p12, certificat, description: cle.description };
  },

  'certificat.lire': async (contexte, { p12, motDePasse }) =>
    describeCertificat(readP12(await readFile(resolve(p12)), motDePasse, contexte.maintenant()).certificat),
} satisfies Partial<Handlers>;
