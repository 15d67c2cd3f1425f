import { create } from 'zustand';
import type { Erreur } from '../../shared/erreurs.ts';
import { invalider } from './requetes.ts';
import { enErreur } from './service.ts';

/**
 * La file des enregistrements : une saisie quittée y entre, elle n'en sort qu'écrite. Un échec y
 * reste, visible et rejouable ; une saisie plus récente du même champ le remplace.
 */
export type Tache = {
  cle: string;
  libelle: string;
  /** Ce qui sera écrit, pour que le champ le montre encore s'il est affiché de nouveau. */
  valeur?: string;
  /** `enregistreA` : `null` si rien n'avait à être écrit. */
  ecrire: () => Promise<{ enregistreA: string | null }>;
};

type File = {
  enCours: Tache | null;
  depuis: number;
  attente: Tache[];
  echecs: { tache: Tache; erreur: Erreur }[];
  enregistreA: string | null;
};

export const useEnregistrement = create<File>(() => ({
  enCours: null,
  depuis: 0,
  attente: [],
  echecs: [],
  enregistreA: null,
}));

const oisifs = new Set<() => void>();

/** Met une écriture en file. L'ordre de saisie est l'ordre d'écriture. */
export function enregistrer(tache: Tache): void {
  useEnregistrement.setState((s) => ({
    // Ce qui attend encore pour le même champ serait écrasé aussitôt : seule la dernière part.
    attente: [...s.attente.filter((t) => t.cle !== tache.cle), tache],
    echecs: s.echecs.filter((e) => e.tache.cle !== tache.cle),
  }));
  void avancer();
}

/** Remet en file tout ce qui a échoué. */
export function reessayer(): void {
  const { echecs } = useEnregistrement.getState();
  useEnregistrement.setState((s) => ({ echecs: [], attente: [...s.attente, ...echecs.map((e) => e.tache)] }));
  void avancer();
}

/** Oublie ce qui a échoué : demandé explicitement, quand la personne renonce. */
export function abandonnerEchecs(): void {
  useEnregistrement.setState({ echecs: [] });
}

async function avancer(): Promise<void> {
  if (useEnregistrement.getState().enCours) return;
  for (;;) {
    const [tache, ...attente] = useEnregistrement.getState().attente;
    if (!tache) break;
    useEnregistrement.setState({ enCours: tache, attente, depuis: performance.now() });
    try {
      const { enregistreA } = await tache.ecrire();
      useEnregistrement.setState({ enCours: null, ...(enregistreA === null ? {} : { enregistreA }) });
      invalider();
    } catch (cause) {
      const erreur = enErreur(cause);
      useEnregistrement.setState((s) => ({
        enCours: null,
        // Une saisie plus récente du même champ attend : elle porte la bonne valeur.
        echecs: s.attente.some((t) => t.cle === tache.cle)
          ? s.echecs
          : [...s.echecs.filter((e) => e.tache.cle !== tache.cle), { tache, erreur }],
      }));
    }
  }
  for (const rappel of oisifs) rappel();
  oisifs.clear();
}

/** Vrai s'il reste quelque chose à écrire, échecs compris. */
export function resteAEcrire(): boolean {
  const { enCours, attente, echecs } = useEnregistrement.getState();
  return enCours !== null || attente.length > 0 || echecs.length > 0;
}

/** Quitte le champ en cours (ce qui l'enregistre), puis attend que la file soit vide. */
export async function toutEnregistrer(): Promise<void> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const { enCours, attente } = useEnregistrement.getState();
  if (!enCours && attente.length === 0) return;
  await new Promise<void>((resolve) => oisifs.add(resolve));
}

/** La valeur d'un champ encore en file ou en échec ; `undefined` s'il n'y en a pas. */
export function useEnFile(cle: string): string | undefined {
  return useEnregistrement((s) =>
    [s.enCours, ...s.attente, ...s.echecs.map((e) => e.tache)].findLast((t) => t?.cle === cle)?.valeur,
  );
}

/** Remet la file à neuf pour un autre dossier ; n'est appelée qu'une fois vide. */
export function nouveauDossier(enregistreA: string | null): void {
  useEnregistrement.setState({ enregistreA, echecs: [] });
}
