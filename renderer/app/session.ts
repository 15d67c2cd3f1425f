import { create } from 'zustand';
import type { FiltreLogements } from '../../shared/contract.ts';
import type { z } from 'zod';
import { fermerAvis } from './avis.ts';
import { etapeDuChamp, type EtapeId } from './etapes.ts';

export type Filtres = z.output<typeof FiltreLogements>[];
export type Ecran =
  | { nom: 'accueil' }
  /** `rpls` : le fichier qui a lancé la création, importé dès que le dossier existe. */
  | { nom: 'creation'; rpls: string | null }
  | { nom: 'verifier'; chemin: string | null }
  | { nom: 'journal' }
  | { nom: 'etape'; etape: EtapeId };

type Session = {
  ecran: Ecran;
  /** Chemin du dossier ouvert. */
  dossier: string | null;
  /** Champ où mettre le curseur ; le jeton change à chaque demande, même champ compris. */
  cible: { champ: string; jeton: number } | null;
  /** Filtres demandés à la table du patrimoine (par l'inspecteur, la palette, la carte). */
  filtres: { filtres: Filtres; jeton: number } | null;
  /** Ensemble immobilier dont le patrimoine montre la fiche, à la place de ses tables. */
  fiche: string | null;
  /** Fichier de logements qui attend d'être importé dans le dossier ouvert. */
  aImporter: string | null;
  /** SIREN de l'organisme de ce fichier, quand on l'a désigné avant de le choisir. */
  origineAImporter: string | null;
  /** Fichier de logements reçu à l'accueil : pour le dossier ouvert, ou pour une nouvelle convention ? */
  aPlacer: string | null;
  /** Retour de l'État qui attend d'être lu par l'écran Échanges. */
  retourALire: string | null;
};

export const useSession = create<Session>(() => ({
  ecran: { nom: 'accueil' },
  dossier: null,
  cible: null,
  filtres: null,
  fiche: null,
  aImporter: null,
  origineAImporter: null,
  aPlacer: null,
  retourALire: null,
}));

let jeton = 0;

/** Changer d'écran quitte le champ en cours : sa saisie part avant que l'écran ne disparaisse. */
function quitterChamp(): void {
  if (typeof document !== 'undefined' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

export function aller(ecran: Ecran): void {
  quitterChamp();
  // Ce qui avait échoué ailleurs, ou attendait à l'accueil, ne suit pas.
  fermerAvis();
  useSession.setState({ ecran, aPlacer: null });
}

export function allerEtape(etape: EtapeId): void {
  aller({ nom: 'etape', etape });
}

/** Ouvre la fiche d'un ensemble immobilier, d'où qu'on soit. */
export function ouvrirFiche(id: string): void {
  quitterChamp();
  fermerAvis();
  useSession.setState({ ecran: { nom: 'etape', etape: 'patrimoine' }, fiche: id });
}

export const fermerFiche = (): void => useSession.setState({ fiche: null });

/** Va à l'étape d'un champ et y met le curseur. */
export function allerAuChamp(champ: string): void {
  const ensemble = /^ensemble\/([^/]+)/.exec(champ)?.[1];
  if (ensemble !== undefined) return ouvrirFiche(ensemble);
  quitterChamp();
  fermerAvis();
  useSession.setState({ ecran: { nom: 'etape', etape: etapeDuChamp(champ) }, cible: { champ, jeton: ++jeton } });
}

/** Ouvre le patrimoine filtré sur les lignes qui expliquent un chiffre. */
export function montrerLogements(filtres: Filtres): void {
  quitterChamp();
  useSession.setState({ ecran: { nom: 'etape', etape: 'patrimoine' }, fiche: null, filtres: { filtres, jeton: ++jeton } });
}

/** Demande à l'écran Patrimoine d'importer ce fichier dans le dossier ouvert. */
/** `origine` : SIREN de l'organisme dont c'est le fichier, quand on vient de le désigner. */
export function demanderImport(chemin: string, origine: string | null = null): void {
  quitterChamp();
  fermerAvis();
  useSession.setState({ ecran: { nom: 'etape', etape: 'patrimoine' }, fiche: null, aImporter: chemin, origineAImporter: origine, aPlacer: null });
}

/** Rend le fichier en attente d'import, et son organisme s'il a été désigné, une seule fois. */
export function prendreImport(): { chemin: string; origine: string | null } | null {
  const { aImporter, origineAImporter } = useSession.getState();
  if (aImporter === null) return null;
  useSession.setState({ aImporter: null, origineAImporter: null });
  return { chemin: aImporter, origine: origineAImporter };
}
