/** Clé de signature : ouverte depuis un PKCS#12, contrôlée avant tout usage. */
import type { KeyObject, X509Certificate } from 'node:crypto';
import { invalide } from '../../shared/erreurs.ts';
import type { CleSignature } from './cades-ecrire.ts';
import { canSign, isAutosigne } from './certificat.ts';
import { openP12 } from './p12.ts';

const FRANCAIS = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeZone: 'Europe/Paris' });

/**
 * Clé et certificats d'un PKCS#12, valables à `instant` : RSA d'au moins 2048 bits, EC P-256 ou P-384.
 * Erreurs (sortie 2) : « p12-illisible », « p12-mot-de-passe », « p12-protection », « p12-sans-cle »,
 * « p12-sans-certificat », « cle-refusee », « certificat-expire », « certificat-futur », « certificat-usage ».
 */
export function readP12(octets: Uint8Array, motDePasse: string, instant: Date): CleSignature {
  const { cles, certificats } = openP12(octets, motDePasse);
  if (cles.length === 0) {
    throw invalide('p12-sans-cle', 'Le fichier PKCS#12 ne contient pas de clé privée.', 'Exporter à nouveau le certificat avec sa clé privée, puis donner ce nouveau fichier.');
  }
  for (const clePrivee of cles) {
    const certificat = certificats.find((c) => c.checkPrivateKey(clePrivee));
    if (!certificat) continue;
    const type = checkCle(clePrivee);
    checkCertificat(certificat, instant);
    return { type, clePrivee, certificat: certificat.raw, chaine: findChaine(certificat, certificats).map((c) => c.raw) };
  }
  throw invalide('p12-sans-certificat', 'Le fichier PKCS#12 ne contient pas le certificat de sa clé privée.', 'Exporter à nouveau la clé avec son certificat, puis donner ce nouveau fichier.');
}

function checkCle(cle: KeyObject): 'RSA' | 'EC' {
  const details = cle.asymmetricKeyDetails;
  if (cle.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return 'RSA';
  if (cle.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1'].includes(details?.namedCurve ?? '')) return 'EC';
  const message =
    cle.asymmetricKeyType === 'rsa'
      ? `La clé RSA de ${details?.modulusLength ?? 0} bits est trop courte.`
      : cle.asymmetricKeyType === 'ec'
        ? `La courbe ${details?.namedCurve ?? 'inconnue'} n’est pas acceptée.`
        : 'Ce type de clé n’est pas accepté.';
  throw invalide('cle-refusee', message, 'Choisir une clé RSA d’au moins 2048 bits, ou une clé EC P-256 ou P-384.');
}

function checkCertificat(certificat: X509Certificate, instant: Date): void {
  const [du, au] = [new Date(certificat.validFrom), new Date(certificat.validTo)];
  if (instant > au) throw invalide('certificat-expire', `Le certificat a expiré le ${FRANCAIS.format(au)}.`, 'Choisir un certificat en cours de validité.');
  if (instant < du) throw invalide('certificat-futur', `Le certificat n’est valable qu’à partir du ${FRANCAIS.format(du)}.`, 'Vérifier la date de l’ordinateur, ou choisir un certificat en cours de validité.');
  if (!canSign(certificat.raw)) throw invalide('certificat-usage', 'Ce certificat n’est pas prévu pour signer.', 'Choisir un certificat de signature.');
}

/** Intermédiaires, de l'émetteur du signataire jusqu'à la racine exclue (le vérificateur a la sienne). */
function findChaine(feuille: X509Certificate, certificats: readonly X509Certificate[]): X509Certificate[] {
  const chaine: X509Certificate[] = [];
  let courant = feuille;
  while (!isAutosigne(courant)) {
    const enfant = courant;
    const parent = certificats.find((c) => c !== feuille && !chaine.includes(c) && enfant.checkIssued(c));
    if (!parent || isAutosigne(parent)) break;
    chaine.push(parent);
    courant = parent;
  }
  return chaine;
}
