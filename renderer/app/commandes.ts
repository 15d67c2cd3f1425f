import { useEffect } from 'react';
import type { Commande } from '../../shared/pont.ts';
import { missingCase } from '../../shared/erreurs.ts';
import { informer } from './avis.ts';
import { choisirEtOuvrir, fermerDossier, FILTRES, recevoirFichier, reprendreDossier } from './dossiers.ts';
import { ETAPES } from './etapes.ts';
import { demanderHistorique } from './historique.ts';
import { estOuvert, ouvrirInspecteur } from './inspecteur.ts';
import { usePalette } from './palette.ts';
import { aller, allerEtape, useSession } from './session.ts';

/** Importer, depuis le menu : des logements dans le dossier ouvert, ou une nouvelle convention. */
export async function choisirEtImporter(): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre: 'Importer un fichier de logements', filtres: [FILTRES.logements] });
  if (chemin) await recevoirFichier(chemin);
}

const REGIONS = ['rail', 'travail', 'inspecteur'];

/** F6 passe d'une région de la fenêtre à la suivante. */
function regionSuivante(sens: 1 | -1): void {
  const presentes = REGIONS.map((r) => document.querySelector<HTMLElement>(`[data-region="${r}"]`)).filter((r) => r !== null);
  const ici = presentes.findIndex((r) => r.contains(document.activeElement));
  const cible = presentes[(ici + sens + presentes.length) % presentes.length];
  const premier = cible?.matches('main') ? cible : cible?.querySelector<HTMLElement>('[aria-current], button, a[href], input, [tabindex]');
  (premier ?? cible)?.focus();
}

/** Les commandes du menu et les raccourcis de toute la fenêtre. */
export function useCommandes(basculerRail: () => void): void {
  useEffect(() => {
    function faire(commande: Commande): void {
      switch (commande) {
        case 'accueil':
          return aller({ nom: 'accueil' });
        case 'nouvelle-convention':
          return aller({ nom: 'creation', rpls: null });
        case 'ouvrir':
          return void choisirEtOuvrir();
        case 'importer':
          return void choisirEtImporter();
        case 'fermer-dossier':
          return void fermerDossier();
        case 'rechercher':
          return usePalette.setState({ ouverte: true });
        case 'annuler':
        case 'refaire':
          return demanderHistorique(commande);
        case 'basculer-inspecteur':
          return ouvrirInspecteur(!estOuvert());
        case 'basculer-rail':
          return basculerRail();
        case 'a-propos':
          return informer('Atelier CUS prépare les conventions d’utilité sociale sur ce poste, sans réseau : rien n’en sort.');
        default:
          return missingCase(commande);
      }
    }
    function surTouche(e: KeyboardEvent): void {
      const ctrl = e.ctrlKey || e.metaKey;
      const touche = e.key.toLowerCase();
      const commande = ctrl && !e.altKey && touche === 'k' ? 'rechercher' : ctrl && e.altKey && e.code === 'KeyI' ? 'basculer-inspecteur' : ctrl && !e.altKey && touche === 'b' ? 'basculer-rail' : null;
      if (commande) {
        e.preventDefault();
        faire(commande);
      } else if (ctrl && !e.altKey && /^Digit[1-9]$/.test(e.code) && useSession.getState().dossier) {
        const etape = ETAPES[Number(e.code.slice(5)) - 1];
        if (!etape) return;
        e.preventDefault();
        allerEtape(etape);
      } else if (e.key === 'F6') {
        e.preventDefault();
        regionSuivante(e.shiftKey ? -1 : 1);
      } else if (e.key === 'Escape' && !e.defaultPrevented && useSession.getState().ecran.nom === 'etape' && estOuvert()) {
        ouvrirInspecteur(false);
      }
    }
    window.addEventListener('keydown', surTouche);
    const desabonner = window.atelier.surCommande(faire);
    return () => {
      window.removeEventListener('keydown', surTouche);
      desabonner();
    };
  }, [basculerRail]);

  useEffect(() => {
    let demande = false;
    const desabonner = window.atelier.surOuvrir((chemin) => {
      demande = true;
      void recevoirFichier(chemin);
    });
    if (!demande && useSession.getState().dossier === null) void reprendreDossier();
    return desabonner;
  }, []);
}
