import {
  Building,
  CircleDot,
  Copy,
  FilePlus2,
  FolderOpen,
  History,
  House,
  KeyRound,
  LogOut,
  MapPin,
  Moon,
  Redo2,
  Scale,
  ShieldCheck,
  Sparkles,
  Sun,
  Target,
  Undo2,
  Upload,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import type { Sortie } from '../../shared/contract.ts';
import { choisirEtImporter } from './commandes.ts';
import { choisirEtOuvrir, copierDossier, fermerDossier, ouvrirDemonstration } from './dossiers.ts';
import { ETAPES, ICONES, LIBELLES } from './etapes.ts';
import { useGestesHistorique } from './historique.ts';
import { useRequete } from './requetes.ts';
import { aller, allerAuChamp, allerEtape, montrerLogements, ouvrirFiche, useSession } from './session.ts';
import { choisirTheme } from './theme.ts';
import { typographie } from '../ui/format.ts';

export type EntreePalette = {
  cle: string;
  libelle: string;
  genre: 'étape' | 'action' | 'champ' | 'ensemble' | 'commune' | 'indicateur';
  icone: LucideIcon;
  raccourci?: string;
  faire: () => void;
};

const MAX = 60;

/** Sans accents ni casse, pour chercher comme on tape. */
export function aplatir(texte: string): string {
  return texte
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase();
}

/** Toutes les parties tapées doivent s'y trouver ; ce qui commence par elles passe devant. */
export function chercher(entrees: readonly EntreePalette[], texte: string): EntreePalette[] {
  const parties = aplatir(texte).split(/\s+/).filter(Boolean);
  const [premiere = ''] = parties;
  return entrees
    .flatMap((entree, i) => {
      const plat = aplatir(entree.libelle);
      if (!parties.every((p) => plat.includes(p))) return [];
      return [{ entree, note: (plat.startsWith(premiere) ? 0 : 10_000) + i / 1000 }];
    })
    .sort((a, b) => a.note - b.note)
    .slice(0, MAX)
    .map((n) => n.entree);
}

const GENERALES: EntreePalette[] = [
  { cle: 'nouvelle', libelle: 'Nouvelle convention', genre: 'action', icone: FilePlus2, raccourci: 'Ctrl+N', faire: () => aller({ nom: 'creation', rpls: null }) },
  { cle: 'ouvrir', libelle: 'Ouvrir un dossier ou un paquet', genre: 'action', icone: FolderOpen, raccourci: 'Ctrl+O', faire: () => void choisirEtOuvrir() },
  { cle: 'verifier', libelle: 'Vérifier un paquet', genre: 'action', icone: ShieldCheck, faire: () => aller({ nom: 'verifier', chemin: null }) },
  { cle: 'demonstration', libelle: 'Dossier de démonstration', genre: 'action', icone: Sparkles, faire: () => void ouvrirDemonstration() },
  { cle: 'accueil', libelle: 'Accueil', genre: 'action', icone: House, faire: () => aller({ nom: 'accueil' }) },
  { cle: 'sombre', libelle: 'Affichage sombre', genre: 'action', icone: Moon, faire: () => choisirTheme('sombre') },
  { cle: 'clair', libelle: 'Affichage clair', genre: 'action', icone: Sun, faire: () => choisirTheme('clair') },
  { cle: 'auto', libelle: 'Affichage selon le système', genre: 'action', icone: Sun, faire: () => choisirTheme('auto') },
];

const DU_DOSSIER: EntreePalette[] = [
  ...ETAPES.map(
    (etape, i): EntreePalette => ({
      cle: `etape ${etape}`,
      libelle: LIBELLES[etape],
      genre: 'étape',
      icone: ICONES[etape],
      // Ctrl+0 rend la taille normale : la dixième étape n'a pas de raccourci.
      ...(i < 9 ? { raccourci: `Ctrl+${i + 1}` } : {}),
      faire: () => allerEtape(etape),
    }),
  ),
  { cle: 'attributions', libelle: 'Attributions : par territoire, minimums de la loi', genre: 'action', icone: KeyRound, faire: () => allerAuChamp('attributions') },
  { cle: 'npl', libelle: 'Politique des loyers', genre: 'action', icone: Scale, faire: () => allerAuChamp('npl/ensembles') },
  { cle: 'npl-creer', libelle: 'Créer un scénario de politique des loyers', genre: 'action', icone: Scale, faire: () => allerAuChamp('npl/creer') },
  { cle: 'npl-baremes', libelle: 'Barèmes de loyers : plafonds, IRL, zonages', genre: 'action', icone: Scale, faire: () => allerAuChamp('npl/baremes') },
  { cle: 'importer', libelle: 'Importer un fichier de logements', genre: 'action', icone: Upload, faire: () => void choisirEtImporter() },
  { cle: 'journal', libelle: 'Journal des changements', genre: 'action', icone: History, faire: () => aller({ nom: 'journal' }) },
  { cle: 'copier', libelle: 'Copier le dossier', genre: 'action', icone: Copy, faire: () => void copierDossier() },
  { cle: 'fermer', libelle: 'Fermer le dossier', genre: 'action', icone: LogOut, faire: () => void fermerDossier() },
];

function indicateurs(matrice: Sortie<'engagements.matrice'>): EntreePalette[] {
  const vus = new Map<string, EntreePalette>();
  for (const l of matrice.lignes) {
    const champ = l.cellules[0]?.champ;
    if (vus.has(l.indicateur) || !champ) continue;
    vus.set(l.indicateur, {
      cle: `indicateur ${l.indicateur}`,
      libelle: `${l.indicateur} ${typographie(l.libelle)}`,
      genre: 'indicateur',
      icone: Target,
      faire: () => allerAuChamp(champ),
    });
  }
  return [...vus.values()];
}

/** Les entrées de la palette ; communes et ensembles ne sont lus qu'une fois qu'on cherche. */
export function useEntrees(texte: string): EntreePalette[] {
  const ouvert = useSession((s) => s.dossier !== null);
  const cherche = ouvert && texte.trim().length >= 2;
  const champs = useRequete('champs.lister', {}, cherche).donnees;
  const matrice = useRequete('engagements.matrice', {}, cherche).donnees;
  const etat = useRequete('etat.lire', {}, cherche).donnees;
  const ensembles = useRequete('ensembles.lister', {}, cherche).donnees;
  const gestes = useGestesHistorique();
  return useMemo(() => {
    if (!ouvert) return GENERALES;
    const historique = gestes.map(
      ({ sens, operation, faire }): EntreePalette => ({
        cle: sens,
        libelle: `${sens === 'annuler' ? 'Annuler' : 'Refaire'} : ${typographie(operation.libelle)}`,
        genre: 'action',
        icone: sens === 'annuler' ? Undo2 : Redo2,
        raccourci: sens === 'annuler' ? 'Ctrl+Z' : 'Ctrl+Maj+Z',
        faire,
      }),
    );
    const communes = Object.keys(etat?.communes ?? {}).map(
      (code): EntreePalette => ({
        cle: `commune ${code}`,
        libelle: `${etat?.noms[code] ?? code} (${code})`,
        genre: 'commune',
        icone: MapPin,
        faire: () => montrerLogements([{ colonne: 'commune', valeurs: [code] }]),
      }),
    );
    const immeubles = (ensembles?.ensembles ?? []).map(
      (e): EntreePalette => ({
        cle: `ensemble ${e.id}`,
        libelle: `${e.nom}, ${e.nomCommune}`,
        genre: 'ensemble',
        icone: Building,
        faire: () => ouvrirFiche(e.id),
      }),
    );
    // Une entrée par champ ; les dates légales remplacées se trouvent par l'échéance elle-même.
    const simples = new Map((champs?.champs ?? []).map((c) => [c.champ, c]));
    const saisis = [...simples.values()]
      .filter((c) => c.type !== 'cible' && !c.champ.startsWith('calendrier/echeance/'))
      .map(
        (c): EntreePalette => ({
          cle: `champ ${c.champ}`,
          libelle: typographie(c.libelle),
          genre: 'champ',
          icone: CircleDot,
          faire: () => allerAuChamp(c.champ),
        }),
      );
    return [...DU_DOSSIER, ...historique, ...GENERALES, ...(matrice ? indicateurs(matrice) : []), ...saisis, ...communes, ...immeubles];
  }, [ouvert, champs, matrice, etat, ensembles, gestes]);
}
