import type { Sortie } from '../../../shared/contract.ts';
import { enregistrer, useEnregistrement } from '../../app/enregistrement.ts';
import { invalider } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { accord } from '../../ui/format.ts';
import { demanderAvant, fermerCorrection, useCorrections } from '../patrimoine/corrections.ts';
import type { CasePosee } from '../patrimoine/edition.ts';
import { useDecisions } from '../patrimoine/decisions.ts';

export type Bilan = Sortie<'ventes.definir'>;
/** Écrit des cases ; `partiel` : celles qui se lisent seulement, là où le service le permet. */
export type Ecrire = (cases: readonly CasePosee[], partiel: boolean) => Promise<Bilan>;

export const ecrireVentes: Ecrire = (cases, partiel) => appeler('ventes.definir', { cases: cases.map(({ cible, ...c }) => ({ identifiant: cible, ...c })), partiel });
export const ecrireConsultations: Ecrire = (cases) => appeler('ventes.definirConsultation', { cases: cases.map(({ cible, ...c }) => ({ cle: cible, ...c })) });
export const ecrireCommunes: Ecrire = (cases) => appeler('ventes.definirCommunes', { cases: cases.map(({ cible, ...c }) => ({ commune: cible, ...c })) });

function dire(bilan: Bilan): void {
  useEnregistrement.setState({ enregistreA: bilan.enregistreA });
  // Une case seule se voit dans la table : elle ne s'annonce pas.
  const fait = bilan.operation === null || bilan.changees < 2 ? null : { titre: `${bilan.libelle}.`, remarques: [], operation: bilan.operation };
  useDecisions.setState({ fait, erreur: null });
}

/** Mène un geste qui écrit ; l'erreur est montrée. Rend ce qu'il a donné, ou `null`. */
export async function mener<R>(faire: () => Promise<R>): Promise<R | null> {
  if (useCorrections.getState().enCours) return null;
  useCorrections.setState({ enCours: true, attente: null, erreur: null });
  try {
    return await faire();
  } catch (cause) {
    useCorrections.setState({ erreur: enErreur(cause) });
    return null;
  } finally {
    useCorrections.setState({ enCours: false });
    invalider();
  }
}

/** Écrit une case par la file des saisies : quitter l'application l'attend. Rend la raison d'un refus, ou `null`. */
export function ecrireCase(ecrire: Ecrire, c: CasePosee, libelle: string): Promise<string | null> {
  return new Promise((resolve) => {
    enregistrer({
      cle: `ventes/${c.cible}/${c.colonne}`,
      libelle,
      valeur: c.texte,
      async ecrire() {
        try {
          const bilan = await ecrire([c], false);
          dire(bilan);
          resolve(bilan.refusees[0]?.message ?? null);
          return bilan;
        } catch (cause) {
          // La file garde la saisie et la propose de nouveau : la case peut se fermer.
          resolve(null);
          throw cause;
        }
      },
    });
  });
}

/** Écrit un bloc ; s'il a des cases illisibles, rien n'est changé avant que la personne l'ait su et voulu. */
export async function ecrireBloc(ecrire: Ecrire, cases: readonly CasePosee[], partiel = false): Promise<void> {
  const bilan = await mener(() => ecrire(cases, partiel));
  if (bilan === null) return;
  dire(bilan);
  if (bilan.nombreRefusees === 0 || partiel) return;
  const autres = ecrire === ecrireVentes ? cases.length - bilan.nombreRefusees : 0;
  demanderAvant({
    titre: `${accord(bilan.nombreRefusees, 'case ne se lit pas', 'cases ne se lisent pas')} : rien n’a été changé.`,
    raisons: [...bilan.refusees.slice(0, 5).map((r) => r.message), ...(bilan.nombreRefusees > 5 ? [`Et ${accord(bilan.nombreRefusees - 5, 'autre', 'autres')}.`] : [])],
    bouton: autres === 0 ? '' : `Écrire ${accord(autres, 'autre case', 'autres cases')}`,
    faire: autres === 0 ? fermerCorrection : () => void ecrireBloc(ecrire, cases, true),
  });
}
