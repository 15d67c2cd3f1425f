import type { Entree, Sortie } from '../../shared/contract.ts';
import type { FiltreFichier } from '../../shared/pont.ts';
import { dire, fermerAvis } from './avis.ts';
import { nouveauDossier, resteAEcrire, toutEnregistrer } from './enregistrement.ts';
import { fermerInspecteur } from './inspecteur.ts';
import { invalider, oublierTout } from './requetes.ts';
import { appeler, enErreur } from './service.ts';
import { aller, allerEtape, demanderImport, useSession } from './session.ts';

export const FILTRES = {
  dossier: { nom: 'Dossier Atelier CUS', extensions: ['cus'] },
  paquet: { nom: 'Paquet', extensions: ['asice', 'zip'] },
  logements: { nom: 'Fichier de logements', extensions: ['txt', 'csv', 'tsv', 'xlsx', 'xlsm', 'ods', 'xls'] },
  retour: { nom: "Retour de l'État", extensions: ['xlsx', 'asice', 'zip'] },
  certificat: { nom: 'Certificat PKCS#12', extensions: ['p12', 'pfx'] },
  tableau: { nom: 'Tableau', extensions: ['csv', 'xlsx'] },
  tableauOuOds: { nom: 'Tableau', extensions: ['xlsx', 'ods', 'csv'] },
  csv: { nom: 'Tableau CSV', extensions: ['csv'] },
} satisfies Record<string, FiltreFichier>;

type Info = Sortie<'dossier.info'>;

function entrer(info: Info): void {
  oublierTout();
  nouveauDossier(info.enregistreA);
  if (![null, info.chemin].includes(useSession.getState().dossier)) fermerInspecteur();
  useSession.setState({ dossier: info.chemin, cible: null, filtres: null, fiche: null, aPlacer: null });
  fermerAvis();
}

/** Avant de quitter un dossier : plus rien ne doit attendre. Rend faux s'il reste des échecs. */
async function pretAQuitter(): Promise<boolean> {
  await toutEnregistrer();
  if (!resteAEcrire()) return true;
  dire({
    code: 'saisies-en-echec',
    message: 'Des saisies de ce dossier ne sont pas enregistrées.',
    action: 'Les réessayer, en haut à droite, avant de quitter le dossier.',
    sortie: 2,
  });
  return false;
}

export async function creerDossier(entree: Entree<'dossier.creer'>, rpls: string | null): Promise<void> {
  if (!(await pretAQuitter())) return;
  entrer(await appeler('dossier.creer', entree));
  if (rpls) demanderImport(rpls);
  else allerEtape('organisme');
}

export async function ouvrirDossier(chemin: string): Promise<void> {
  if (!(await pretAQuitter())) return;
  try {
    entrer(await appeler('dossier.ouvrir', { chemin }));
    allerEtape('organisme');
  } catch (cause) {
    dire(enErreur(cause));
  }
}

export async function ouvrirDemonstration(): Promise<void> {
  const repertoire = await window.atelier.choisirRepertoire({ titre: 'Où créer le dossier de démonstration' });
  if (!repertoire || !(await pretAQuitter())) return;
  try {
    entrer(await appeler('dossier.demonstration', { repertoire }));
    allerEtape('patrimoine');
  } catch (cause) {
    dire(enErreur(cause));
  }
}

export async function fermerDossier(): Promise<void> {
  if (!useSession.getState().dossier || !(await pretAQuitter())) return;
  try {
    await appeler('dossier.fermer', {});
    fermerInspecteur();
    fermerAvis();
    useSession.setState({ dossier: null, cible: null, filtres: null, fiche: null, aImporter: null, aPlacer: null, ecran: { nom: 'accueil' } });
    oublierTout();
  } catch (cause) {
    dire(enErreur(cause));
  }
}

/** Copie du dossier ouvert, à confier ou à garder. */
export async function copierDossier(): Promise<void> {
  const destination = await window.atelier.choisirDestination({
    titre: 'Où copier le dossier',
    filtres: [FILTRES.dossier],
    defaut: 'copie.cus',
  });
  if (!destination) return;
  try {
    const { chemin } = await appeler('dossier.copier', { destination });
    window.atelier.montrerFichier(chemin);
  } catch (cause) {
    dire(enErreur(cause));
  }
}

/** Retrouve le dossier que le service tient déjà (fenêtre rechargée). */
export async function reprendreDossier(): Promise<void> {
  try {
    const info = await appeler('dossier.info', {});
    entrer(info);
    allerEtape('organisme');
  } catch {
    // Aucun dossier ouvert : l'accueil.
  }
}

/** Le service est revenu après une interruption : il ne tient plus de dossier, il faut le lui rendre. */
export async function rouvrirApresInterruption(): Promise<boolean> {
  const { dossier } = useSession.getState();
  if (!dossier) return true;
  try {
    await appeler('dossier.info', {});
  } catch {
    try {
      await appeler('dossier.ouvrir', { chemin: dossier });
    } catch (cause) {
      dire(enErreur(cause));
      return false;
    }
  }
  invalider();
  return true;
}

function extension(chemin: string): string {
  return /\.([^.\\/]+)$/.exec(chemin)?.[1]?.toLowerCase() ?? '';
}

export type Destination = 'dossier' | 'paquet' | 'retour' | 'logements' | 'inconnu';

/** Ce qu'un fichier déposé ou ouvert est venu faire, d'après son nom et selon qu'un dossier est ouvert. */
export function destinationDe(chemin: string, dossierOuvert: boolean): Destination {
  const nom = chemin.split(/[\\/]/).pop() ?? '';
  const retour = dossierOuvert && /^(retour|avis)/i.test(nom);
  switch (extension(chemin)) {
    case 'cus':
      return 'dossier';
    case 'asice':
    case 'asics':
    case 'zip':
      return retour ? 'retour' : 'paquet';
    case 'xlsx':
    case 'xlsm':
    case 'ods':
    case 'xls':
      return retour ? 'retour' : 'logements';
    case 'csv':
    case 'tsv':
    case 'txt':
      return 'logements';
    default:
      return 'inconnu';
  }
}

/** Fait ce qu'il faut d'un fichier, d'où qu'il vienne : glissé, choisi, ouvert par le système. */
export async function recevoirFichier(chemin: string): Promise<void> {
  const { dossier, ecran } = useSession.getState();
  const ouvert = dossier !== null;
  switch (destinationDe(chemin, ouvert)) {
    case 'dossier':
      return ouvrirDossier(chemin);
    case 'paquet':
      return aller({ nom: 'verifier', chemin });
    case 'retour':
      useSession.setState({ retourALire: chemin });
      return allerEtape('echanges');
    case 'logements':
      if (!ouvert || ecran.nom === 'creation') return aller({ nom: 'creation', rpls: chemin });
      if (ecran.nom === 'etape') return demanderImport(chemin);
      // Hors du dossier, rien ne dit qu'il est pour lui : l'accueil le demande.
      aller({ nom: 'accueil' });
      return useSession.setState({ aPlacer: chemin });
    default:
      dire({
        code: 'fichier-inconnu',
        message: `Ce fichier n’est pas d’une sorte connue ici : ${chemin.split(/[\\/]/).pop() ?? chemin}.`,
        action: 'Déposer un dossier .cus, un paquet .asice ou .zip, ou un tableau .txt, .csv, .xlsx, .ods ou .xls.',
        sortie: 2,
      });
  }
}

export async function choisirEtOuvrir(): Promise<void> {
  const chemin = await window.atelier.choisirFichier({
    titre: 'Ouvrir un dossier ou un paquet',
    filtres: [{ nom: 'Dossier ou paquet', extensions: ['cus', 'asice', 'zip'] }],
  });
  if (chemin) await recevoirFichier(chemin);
}
