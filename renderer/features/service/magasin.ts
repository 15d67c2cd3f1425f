import { HORS_SAISIE, trouverGeste } from '../../app/historique.ts';
import { create } from 'zustand';
import type { Sortie } from '../../../shared/contract.ts';
import type { Grille } from '../../../shared/domain/service-rendu/types.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { enregistrer, toutEnregistrer, useEnregistrement } from '../../app/enregistrement.ts';
import { annoncer } from '../../app/operation.ts';
import { invalider } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { useSession } from '../../app/session.ts';

export type Notes = Sortie<'serviceRendu.notes'>;
export type EnsembleNote = Notes['ensembles'][number];
export type CritereNote = Notes['criteres'][number];
export type Pose = { ensemble: string; critere: string; saisie: string; nom: string };
export type RefusNote = { nom: string; saisie: string; message: string };
export type Vue = 'notes' | 'resultats' | 'grille';

type Magasin = {
  dossier: string | null;
  vue: Vue;
  notes: Notes | null;
  erreur: Erreur | null;
  /** Ce qui est tapé et pas encore relu du service, par champ. */
  locales: ReadonlyMap<string, string>;
  bilan: { titre: string; enregistrees: number; refus: RefusNote[] } | null;
  /** La grille en cours de modification, gardée d'un écran à l'autre tant qu'elle n'est pas enregistrée. */
  brouillon: Grille | null;
  /** Ce que la dernière annulation a fait, ou pourquoi elle n'a rien fait. */
  dit: string | null;
};

const VIDE: Omit<Magasin, 'dossier' | 'vue'> = { notes: null, erreur: null, locales: new Map(), bilan: null, brouillon: null, dit: null };

export const useService = create<Magasin>(() => ({ dossier: useSession.getState().dossier, vue: 'notes', ...VIDE }));

useSession.subscribe(({ dossier }) => {
  if (useService.getState().dossier !== dossier) useService.setState({ dossier, vue: 'notes', ...VIDE });
});

export const champNote = (ensemble: string, critere: string): string => `service-rendu/note/${ensemble}/${critere}`;

let lecture = 0;

export async function chargerNotes(): Promise<void> {
  const mienne = ++lecture;
  try {
    const notes = await appeler('serviceRendu.notes', {});
    if (mienne !== lecture) return;
    useService.setState((s) => ({ notes, erreur: null, locales: garderNonLues(s.locales, notes) }));
  } catch (cause) {
    if (mienne === lecture) useService.setState({ erreur: enErreur(cause) });
  }
}

/** Une saisie reste montrée jusqu'à ce que la relecture la rende : jamais l'ancienne valeur entre les deux. */
function garderNonLues(locales: Magasin['locales'], notes: Notes): Magasin['locales'] {
  if (locales.size === 0) return locales;
  const lues = new Map<string, string>();
  for (const e of notes.ensembles) for (const [j, c] of notes.criteres.entries()) {
    const champ = champNote(e.id, c.code);
    if (locales.has(champ)) lues.set(champ, e.saisies[j] ?? '');
  }
  return new Map([...locales].filter(([champ, texte]) => lues.get(champ) !== texte));
}

export const filePrete = (): boolean => {
  const { enCours, attente } = useEnregistrement.getState();
  return enCours === null && attente.length === 0;
};

let blocs = 0;

/** Écrit des notes ; ce qui ne change rien n'est pas écrit. `geste` nomme une saisie en bloc. Rend leur nombre. */
export function poser(poses: readonly Pose[], geste: string, texteDe: (ensemble: string, critere: string) => string): number {
  const changees = poses.map((p) => ({ ...p, saisie: p.saisie.trim() })).filter((p) => texteDe(p.ensemble, p.critere) !== p.saisie);
  const [premiere] = changees;
  if (premiere === undefined) return 0;
  useService.setState((s) => {
    const locales = new Map(s.locales);
    for (const p of changees) locales.set(champNote(p.ensemble, p.critere), p.saisie);
    return { locales, dit: null };
  });
  const seule = changees.length === 1;
  enregistrer({
    cle: seule ? champNote(premiere.ensemble, premiere.critere) : `service-rendu ${++blocs}`,
    libelle: seule ? premiere.nom : geste,
    ecrire: async () => {
      const notes = changees.map(({ ensemble, critere, saisie }) => ({ ensemble, critere, saisie }));
      const r = await appeler('serviceRendu.noter', { notes, ...(seule ? {} : { geste }) });
      const refusees = r.signalees.filter((n) => !n.gardee);
      if (refusees.length > 0) oublierRefusees(changees, refusees);
      return r;
    },
  });
  return changees.length;
}

/** Ce que le service n'a pas voulu garder ne reste pas montré comme s'il l'était. */
function oublierRefusees(poses: readonly Pose[], refusees: readonly { ensemble: string; critere: string; saisie: string; message: string }[]): void {
  useService.setState((s) => {
    const locales = new Map(s.locales);
    for (const r of refusees) locales.delete(champNote(r.ensemble, r.critere));
    const noms = new Map(poses.map((p) => [champNote(p.ensemble, p.critere), p.nom]));
    const refus = refusees.map((r) => ({ nom: noms.get(champNote(r.ensemble, r.critere)) ?? r.ensemble, saisie: r.saisie, message: r.message }));
    return { locales, bilan: { titre: 'Notes refusées', enregistrees: poses.length - refus.length, refus } };
  });
}

/** Défait ou refait la dernière opération du service rendu ; une autre opération plus récente passe d'abord. */
export async function remonter(sens: 'annuler' | 'refaire'): Promise<void> {
  const actif = document.activeElement;
  await toutEnregistrer();
  // Attendre la file fait quitter la case : la grille reprend le clavier.
  if (actif instanceof HTMLElement) actif.focus();
  try {
    const { operations } = await appeler('operations.lister', {});
    const o = trouverGeste(operations, sens, HORS_SAISIE);
    if (o === null || !o.nature.startsWith('service-rendu')) {
      useService.setState({ dit: o === null ? `Rien à ${sens}.` : `« ${o.libelle} » est plus récent et n’est pas du service rendu : l’annuler depuis le patrimoine.` });
      return;
    }
    await appeler(sens === 'annuler' ? 'operations.annuler' : 'operations.refaire', { operation: o.id });
    useService.setState({ locales: new Map(), dit: `${sens === 'annuler' ? 'Annulé' : 'De nouveau'} : ${o.libelle}.` });
    annoncer('operations.annuler');
    await chargerNotes();
  } catch (cause) {
    useService.setState({ erreur: enErreur(cause) });
  } finally {
    invalider();
  }
}
