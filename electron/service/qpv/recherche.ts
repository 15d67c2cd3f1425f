import type { Sortie } from '../../../shared/contract.ts';
import { accord, pluriel } from '../../../shared/domain/nombres/accord.ts';
import { adresseCherchee, cleAdresse } from '../../../shared/domain/positions/adresse.ts';
import type { AdresseCherchee } from '../../../shared/domain/positions/adresse.ts';
import { repondre } from '../../../shared/domain/positions/ban.ts';
import { invalide, refus } from '../../../shared/erreurs.ts';
import { findCommune } from '../../../shared/territoires/index.ts';
import type { LectureBan } from '../../store/ban.ts';
import type { Base } from '../../store/base.ts';
import { countSituables, iterateSituables, lecteurAdresses, revisionPositions, writeAdresses } from '../../store/positions.ts';
import type { AdresseSituee } from '../../store/positions.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { interrompue, rendreLaMain } from '../tours.ts';
import { withBan } from './gardes.ts';

const LOT = 200;

/**
 * Cherche dans la BAN gardée toutes les adresses du parc et de ses sortis, par lots hors de toute
 * transaction, puis écrit d'un coup celles dont la réponse change : une opération, annulable. Annulée
 * avant, elle n'a rien changé. Erreurs : « ban-absente », « positions-perimees » (le dossier a changé).
 */
export async function chercherParc(contexte: Contexte, suivi: Suivi): Promise<Sortie<'qpv.situer'>> {
  const { base } = contexte.dossierEcriture();
  const version = revisionPositions(base);
  const passer = async (): Promise<void> => {
    await rendreLaMain();
    if (suivi.signal.aborted || !base.open) throw interrompue();
    if (revisionPositions(base) !== version) throw refus('positions-perimees', 'Le dossier a changé pendant la recherche des adresses.', 'Recommencer ; rien n’a été changé.');
  };
  const { changees, comptes, total } = await withBan(contexte.repertoireDonnees, async (extraits) => {
    if (extraits.length === 0) throw invalide('ban-absente', 'Aucun extrait de la BAN n’est chargé sur cet ordinateur.', 'Charger le fichier d’adresses d’un département du parc d’abord.');
    const adresses = await listAdresses(base, suivi, passer);
    return chercher(base, extraits, adresses, suivi, passer);
  });
  const libelle = `${pluriel(total, 'adresse')} ${accord(total, 'cherchée', 'cherchées')} dans la BAN, ${pluriel(comptes.adresse, 'trouvée exactement', 'trouvées exactement')}`;
  const quand = contexte.maintenant().toISOString();
  return { operation: writeAdresses(base, changees, libelle, { quand, qui: contexte.utilisateur }), ...comptes, enregistreA: quand };
}

/** Les adresses distinctes du parc et de ses sortis. */
async function listAdresses(base: Base, suivi: Suivi, passer: () => Promise<void>): Promise<Map<string, AdresseCherchee>> {
  const adresses = new Map<string, AdresseCherchee>();
  const total = countSituables(base);
  let fait = 0;
  for (const lot of iterateSituables(base)) {
    for (const l of lot) {
      const a = adresseCherchee(l);
      if (a !== null) adresses.set(cleAdresse(a), a);
    }
    suivi.progres({ etape: 'Lecture des adresses', fait: (fait += lot.length), total });
    await passer();
  }
  return adresses;
}

type Comptes = Record<AdresseSituee['qualite'], number>;

async function chercher(base: Base, extraits: readonly LectureBan[], adresses: ReadonlyMap<string, AdresseCherchee>, suivi: Suivi, passer: () => Promise<void>) {
  const couverts = new Set(extraits.flatMap((e) => e.fiche.departements));
  const gardee = lecteurAdresses(base);
  const comptes: Comptes = { adresse: 0, voie: 0, ambigue: 0, introuvable: 0 };
  const changees: AdresseSituee[] = [];
  let [fait, total] = [0, 0];
  for (const [cle, a] of adresses) {
    const avant = gardee(cle);
    // Hors des départements chargés, rien n'est cherché : une réponse d'avant reste.
    const couverte = couverts.has(findCommune(a.commune)?.departement ?? '');
    const reponse = couverte ? { cle, ...repondre(a, extraits.flatMap((e) => e.voie(a.commune, a.voie))) } : avant;
    if (reponse !== undefined) {
      comptes[reponse.qualite] += 1;
      total += 1;
      if (avant === undefined || !isMeme(avant, reponse)) changees.push(reponse);
    }
    if (++fait % LOT > 0) continue;
    suivi.progres({ etape: 'Recherche dans la BAN', fait, total: adresses.size });
    await passer();
  }
  return { changees, comptes, total };
}

const isMeme = (a: AdresseSituee, b: AdresseSituee): boolean =>
  a.qualite === b.qualite && a.lon === b.lon && a.lat === b.lat && a.libelle === b.libelle && a.fichier === b.fichier;
