/** Le conteneur scellé : écrire, ouvrir, vérifier, signer. Il ne sait rien de ce que le paquet contient. */
export { writePaquet, type PaquetAEcrire, type PaquetEcrit } from './ecrire.ts';
export type { Fichier } from './zip-ecrire.ts';
export { openPaquet, readEntry, type OptionsLecture, type Paquet } from './lire.ts';
export { verifyPaquet, type OptionsVerification, type Verdict } from './verifier.ts';
export { readP12 } from './cle.ts';
export { createSelfSigned, type CleCreee, type OptionsAutosigne } from './cle-creer.ts';
export type { CleSignature } from './cades-ecrire.ts';
export { describeCertificat, type DescriptionCertificat } from './certificat.ts';
export { explainEcriture, writeAtomically, type OptionsAtomique } from './atomique.ts';
export { LIMITES, type Limites } from './zip-lire.ts';
