import { extname, resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { readRemarques } from '../../../shared/domain/observations/liste.ts';
import type { LigneRemarque, Remarque } from '../../../shared/domain/observations/liste.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { DonneesRetour } from '../../../shared/paquet/donnees.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { FICHIERS, RETOUR } from '../../../shared/paquet/noms.ts';
import { champsObservables } from '../../documents/champs.ts';
import { writePaquet } from '../../paquet/index.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { assertCible, writeFichier } from '../fichiers.ts';
import { readCle } from './cle.ts';
import { readPaquetDepot } from './paquet-lu.ts';
import { readListeRemarques } from './remarques.ts';

type Demande = EntreeLue<'paquet.annoter'>;
const FORMATS = ['.xlsx', '.asice', '.zip'] as const;
type Format = (typeof FORMATS)[number];

/**
 * Fait un Retour sur le dépôt d'un paquet intègre. Une remarque irrecevable refuse toute la liste, avec
 * sa ligne (« observations-refusees », sortie 2) : rien n'est écrit à moitié.
 */
export async function annoter(contexte: Contexte, demande: Demande, suivi: Suivi): Promise<Sortie<'paquet.annoter'>> {
  const sortie = resolve(demande.sortie);
  const format = checkFormat(sortie, demande.p12 !== undefined);
  const entrees = [demande.paquet, demande.fichierObservations, demande.p12].map((e) => (e === undefined ? undefined : resolve(e)));
  assertCible(sortie, { dossier: contexte.aucunDossierOuvert() ? undefined : contexte.dossier().chemin, entrees });
  const instant = contexte.maintenant();
  const cle = await readCle(demande, instant);
  const { donnees, empreinte } = await readPaquetDepot(resolve(demande.paquet), instant, suivi.signal);
  const observations = await readObservations(demande, donnees);
  if (observations.length === 0 && demande.avis === undefined) {
    throw invalide('retour-vide', 'Le Retour ne dirait rien : ni remarque, ni avis.', 'Donner au moins une remarque, ou un avis.');
  }
  const retour = DonneesRetour.parse({
    schema: 'atelier-cus/retour/1',
    siren: donnees.organisme.siren,
    nomOrganisme: donnees.organisme.nom,
    version: donnees.version,
    empreinte,
    avis: demande.avis ?? null,
    auteur: demande.auteur?.trim() || contexte.utilisateur,
    date: instant.toISOString(),
    observations,
  } satisfies DonneesRetour);
  const { writeRetourXlsx } = await import('../../documents/avis.ts');
  const avis = await writeRetourXlsx(retour, donnees);
  if (format === '.xlsx') await writeFichier(contexte, sortie, avis, { entrees, signal: suivi.signal });
  else {
    const fichiers = [
      { nom: FICHIERS.avis, octets: avis },
      { nom: RETOUR, octets: Buffer.from(`${JSON.stringify(retour, null, 1)}\n`) },
    ];
    await writePaquet({ fichiers, destination: sortie, instant, ...(cle === null ? {} : { cle }) }, { signal: suivi.signal });
  }
  return { retour: sortie, observations: observations.length };
}

function checkFormat(sortie: string, signe: boolean): Format {
  const extension = extname(sortie).toLowerCase();
  const format = FORMATS.find((f) => f === extension);
  if (format === undefined) throw invalide('retour-format', `« ${sortie} » n’a pas un nom de Retour.`, 'Choisir un nom en .xlsx, .asice (signé) ou .zip (sans signature).');
  if (format === '.asice' && !signe) throw invalide('retour-format', 'Un Retour .asice est signé.', 'Donner un certificat, ou choisir un nom en .zip ou .xlsx.');
  if (format !== '.asice' && signe) throw invalide('retour-format', `Un Retour ${format} ne porte pas de signature.`, 'Choisir un nom en .asice, ou ne pas donner de certificat.');
  return format;
}

async function readObservations(demande: Demande, donnees: DonneesPaquet): Promise<Remarque[]> {
  const lignes: LigneRemarque[] = [
    ...(demande.fichierObservations === undefined ? [] : await readListeRemarques(resolve(demande.fichierObservations))),
    ...(demande.observations ?? []).map((o, i) => ({ ligne: i + 1, champ: o.champ, nature: o.nature, texte: o.texte, valeurProposee: o.valeurProposee ?? '' })),
  ];
  const { remarques, refusees } = readRemarques(lignes, new Set(champsObservables(donnees).map((c) => c.champ)));
  if (refusees.length === 0) return remarques;
  throw invalide(
    'observations-refusees',
    `${refusees.length === 1 ? 'Une remarque est refusée' : `${refusees.length} remarques sont refusées`} : ${refusees.map((r) => `ligne ${r.ligne}, ${r.raison}`).join(' ')}`,
    'Corriger ces lignes, puis recommencer ; rien n’a été écrit.',
    { refusees },
  );
}
