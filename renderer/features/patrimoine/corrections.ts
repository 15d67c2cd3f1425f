import { create } from 'zustand';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { findChampColonne } from '../../../shared/domain/rpls/champs.ts';
import { texteSaisie } from '../../../shared/domain/rpls/ecriture.ts';
import { enregistrer, useEnregistrement } from '../../app/enregistrement.ts';
import { invalider } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { accord } from '../../ui/format.ts';
import type { Logement } from './cases.tsx';
import { useDecisions } from './decisions.ts';

type Bilan = Sortie<'corrections.saisir'>;
export type CaseTapee = Entree<'corrections.saisir'>['cases'][number];

/** Ce qui attend d'être confirmé : rien n'est encore changé. */
type Attente = { titre: string; raisons: string[]; bouton: string; faire: () => void };
type Etat = { enCours: boolean; attente: Attente | null; erreur: Erreur | null };

export const useCorrections = create<Etat>(() => ({ enCours: false, attente: null, erreur: null }));
export const fermerCorrection = (): void => useCorrections.setState({ attente: null, erreur: null });

export const demanderAvant = (attente: Attente): void => useCorrections.setState({ attente, erreur: null });

/** Une colonne de la table se modifie si c'est un champ de la déclaration autre que l'identifiant. */
export const estModifiable = (colonne: string): boolean => colonne !== 'ident_int' && findChampColonne(colonne) !== null;

/** Le texte d'une case tel qu'il se modifie, se copie et se recopie. */
export function texteModifiable(ligne: Logement, colonne: string): string {
  const champ = findChampColonne(colonne);
  const valeur = ligne[colonne] ?? null;
  if (champ === null) return valeur === null ? '' : String(valeur);
  const centiemes = (champ.type === 'surface' || champ.type === 'euros') && typeof valeur === 'number';
  return texteSaisie(champ, centiemes ? Math.round(valeur * 100) : valeur);
}

/** Les premières remarques, chacune une fois, puis le nombre de celles qui ne sont pas montrées. */
export function direRemarques({ remarques, nombreRemarques }: Pick<Bilan, 'remarques' | 'nombreRemarques'>): string[] {
  const textes = remarques.map((r) => `${r.identifiant} : ${r.message}`);
  const montrees = new Set([...new Set(textes)].slice(0, 5));
  const plus = nombreRemarques - textes.filter((t) => montrees.has(t)).length;
  return [...montrees, ...(plus > 0 ? [`Et ${accord(plus, 'autre remarque', 'autres remarques')}.`] : [])];
}

function dire(bilan: Bilan): void {
  useEnregistrement.setState({ enregistreA: bilan.enregistreA });
  const fait = bilan.operation === null ? null : { titre: `${bilan.libelle}.`, remarques: direRemarques(bilan), operation: bilan.operation };
  // Une case seule se voit dans la table : elle ne s'annonce que si elle mérite une remarque.
  if (fait !== null && (bilan.changees > 1 || fait.remarques.length > 0)) useDecisions.setState({ fait, erreur: null });
  else useDecisions.setState({ fait: null, erreur: null });
}

/** Écrit une case par la file des saisies : quitter l'application l'attend. Rend la raison d'un refus, ou `null`. */
export function ecrireCase(identifiant: string, colonne: string, texte: string): Promise<string | null> {
  return new Promise((resolve) => {
    enregistrer({
      cle: `logement/${identifiant}/${colonne}`,
      libelle: `${findChampColonne(colonne)?.libelle ?? colonne}, logement ${identifiant}`,
      valeur: texte,
      async ecrire() {
        try {
          const bilan = await appeler('corrections.saisir', { cases: [{ identifiant, colonne, texte }] });
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

async function mener(faire: () => Promise<Bilan>): Promise<Bilan | null> {
  if (useCorrections.getState().enCours) return null;
  useCorrections.setState({ enCours: true, attente: null, erreur: null });
  try {
    const bilan = await faire();
    dire(bilan);
    return bilan;
  } catch (cause) {
    useCorrections.setState({ erreur: enErreur(cause) });
    return null;
  } finally {
    useCorrections.setState({ enCours: false });
    invalider();
  }
}

/** Écrit un bloc ; s'il a des cases illisibles, rien n'est changé avant que la personne l'ait su et voulu. */
export async function ecrireBloc(cases: CaseTapee[], partiel = false): Promise<void> {
  const bilan = await mener(() => appeler('corrections.saisir', { cases, partiel }));
  if (bilan === null || bilan.nombreRefusees === 0 || partiel) return;
  const autres = cases.length - bilan.nombreRefusees;
  demanderAvant({
    titre: `${accord(bilan.nombreRefusees, 'case ne se lit pas', 'cases ne se lisent pas')} : rien n’a été changé.`,
    raisons: [...bilan.refusees.slice(0, 5).map((r) => `${r.identifiant} : ${r.message}`), ...(bilan.nombreRefusees > 5 ? [`Et ${accord(bilan.nombreRefusees - 5, 'autre', 'autres')}.`] : [])],
    bouton: autres === 0 ? '' : `Corriger ${accord(autres, 'autre case', 'autres cases')}`,
    faire: () => void ecrireBloc(cases, true),
  });
}

export async function appliquerSelection(entree: Entree<'corrections.appliquer'>): Promise<boolean> {
  return (await mener(() => appeler('corrections.appliquer', entree))) !== null;
}

export const revenirAImportee = (identifiant: string, colonne: string): Promise<Bilan | null> => mener(() => appeler('corrections.revenir', { cases: [{ identifiant, colonne }] }));
