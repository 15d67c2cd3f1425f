import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject } from 'react';
import type { Case } from './clavier.ts';
import type { ColonneGrille } from './colonnes.ts';
import { SaisieCase } from './SaisieCase.tsx';

/** Ce qu'une case propose à la modification : son texte, et ses valeurs quand elles sont fermées. */
export type Proposition = { texte: string; options: readonly { valeur: string; libelle: string }[] | null };

/** Modifier une grille : chaque écran dit ce qui se modifie, et ce que fait chaque geste. */
export type EditionGrille<L> = {
  /** `null` : cette case ne se modifie pas. */
  proposer: (ligne: L, colonne: string) => Proposition | null;
  /** La raison pour laquelle ce texte ne peut pas aller dans la case, sans attendre le service ; `null` s'il le peut. */
  refuser: (ligne: L, colonne: string, texte: string) => string | null;
  /** Écrit une case ; rend la raison si elle est refusée (rien n'est changé). */
  ecrire: (ligne: L, colonne: string, texte: string) => Promise<string | null>;
  coller: (ici: Case, texte: string) => void;
  copier: (ici: Case) => string | null;
  effacer: (ici: Case) => void;
  /** Recopier vers le bas (Ctrl+D). */
  recopier: (ici: Case) => void;
};

type Ouverte<L> = { ligne: number; colonne: string; lue: L; proposition: Proposition; depart: string; remplace: boolean; refus: Refus | null };
/** Un texte refusé, et pourquoi. */
export type Refus = { texte: string; raison: string };

/** Après une saisie, où aller : le bas (Entrée), la droite ou la gauche (Tab), ou rester. */
export type Pas = { lignes: number; colonnes: number };

/** La saisie dans les cases d'une grille : l'ouvrir (F2, Entrée, double clic, frappe), la quitter, coller, copier, vider. */
export function useEdition<L>(grille: {
  edition: EditionGrille<L> | undefined;
  colonnes: readonly ColonneGrille<L>[];
  total: number;
  ligneA: (index: number) => L | null;
  cadre: RefObject<HTMLDivElement | null>;
  ici: Case;
  surDeplacer: (vers: Case) => void;
}) {
  const { edition, colonnes, ici, cadre } = grille;
  const [ouverte, setOuverte] = useState<Ouverte<L> | null>(null);
  const presse = useRef<Ouverte<L> | null>(null);
  // Refusée par le service alors qu'une autre case est ouverte : elle attend que celle-ci soit quittée.
  const refusee = useRef<Ouverte<L> | null>(null);
  useEffect(() => {
    presse.current = ouverte;
  }, [ouverte]);

  /** `frappe` : ce qui est tapé remplace le texte de la case. */
  function ouvrir(vers: Case, frappe: string | null): boolean {
    const lue = vers.ligne < 0 ? null : grille.ligneA(vers.ligne);
    const colonne = colonnes[vers.colonne];
    const proposition = lue === null || colonne === undefined ? null : (edition?.proposer(lue, colonne.cle) ?? null);
    if (lue === null || colonne === undefined || proposition === null) return false;
    setOuverte({ ligne: vers.ligne, colonne: colonne.cle, lue, proposition, depart: frappe ?? proposition.texte, remplace: frappe !== null, refus: null });
    return true;
  }

  function surTouche(e: KeyboardEvent<HTMLDivElement>): boolean {
    if (!edition || ici.ligne < 0) return false;
    const ctrl = e.ctrlKey || e.metaKey;
    if (ctrl && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'd') edition.recopier(ici);
    else if (ctrl || e.altKey) return false;
    else if (e.key === 'Delete' || e.key === 'Backspace') edition.effacer(ici);
    else if (e.key === 'F2' || e.key === 'Enter') return ouvrir(ici, null);
    else if (e.key.length === 1 && e.key !== ' ') return ouvrir(ici, e.key);
    else return false;
    return true;
  }

  function surDouble(e: MouseEvent<HTMLDivElement>): void {
    const cible = e.target instanceof Element ? e.target.closest('.grille-rangee > [aria-colindex]') : null;
    const ligne = Number(cible?.parentElement?.getAttribute('aria-rowindex')) - 2;
    if (cible === null || !(ligne >= 0) || ouverte !== null) return;
    ouvrir({ ligne, colonne: Number(cible.getAttribute('aria-colindex')) - 1 }, null);
  }

  /** Une case refusée se retrouve, avec ce qui y était tapé, même si l'on est déjà ailleurs. */
  async function ecrire(o: Ouverte<L>, texte: string): Promise<void> {
    const raison = (await edition?.ecrire(o.lue, o.colonne, texte)) ?? null;
    if (raison === null) return;
    const refus = { ...o, depart: texte, remplace: false, refus: { texte, raison } };
    const autre = presse.current;
    if (autre === null || (autre.ligne === o.ligne && autre.colonne === o.colonne)) rouvrir(refus);
    else refusee.current = refus;
  }

  function rouvrir(o: Ouverte<L>): void {
    setOuverte(o);
    grille.surDeplacer({ ligne: o.ligne, colonne: colonnes.findIndex((c) => c.cle === o.colonne) });
  }

  /** Le refus qui se voit sans le service : la case reste, avec sa raison. */
  function refuser(o: Ouverte<L>, texte: string): boolean {
    const raison = edition?.refuser(o.lue, o.colonne, texte) ?? null;
    if (raison !== null) setOuverte({ ...o, depart: texte, remplace: false, refus: { texte, raison } });
    return raison !== null;
  }

  function fermer(pas: Pas | null): void {
    const attendue = refusee.current;
    refusee.current = null;
    if (attendue !== null) return rouvrir(attendue);
    setOuverte(null);
    // Quittée pour autre chose : le focus y reste.
    if (pas === null) return;
    cadre.current?.focus();
    const vers = { ligne: Math.min(grille.total - 1, Math.max(0, ici.ligne + pas.lignes)), colonne: Math.min(colonnes.length - 1, Math.max(0, ici.colonne + pas.colonnes)) };
    if (vers.ligne !== ici.ligne || vers.colonne !== ici.colonne) grille.surDeplacer(vers);
  }

  // Hors d'un champ de texte, le presse-papiers vise la sélection de texte et non ce qui a le focus : on l'écoute donc au document.
  const surPresse = useRef<(e: ClipboardEvent) => void>(() => undefined);
  useEffect(() => {
    surPresse.current = (e) => {
      if (!edition || !e.clipboardData || document.activeElement !== cadre.current || ici.ligne < 0) return;
      if (e.type === 'paste') {
        const texte = e.clipboardData.getData('text/plain');
        if (texte === '') return;
        e.preventDefault();
        edition.coller(ici, texte);
        return;
      }
      const texte = edition.copier(ici);
      if (texte === null) return;
      e.preventDefault();
      e.clipboardData.setData('text/plain', texte);
    };
  });
  useEffect(() => {
    const ecouter = (e: ClipboardEvent): void => surPresse.current(e);
    document.addEventListener('copy', ecouter);
    document.addEventListener('paste', ecouter);
    return () => {
      document.removeEventListener('copy', ecouter);
      document.removeEventListener('paste', ecouter);
    };
  }, []);

  const presente = ouverte !== null && ouverte.ligne === ici.ligne && colonnes[ici.colonne]?.cle === ouverte.colonne ? ouverte : null;
  const saisie: ReactNode =
    presente === null || edition === undefined ? null : (
      <SaisieCase
        key={`${presente.ligne} ${presente.colonne}`}
        nom={colonnes[ici.colonne]?.libelle ?? ''}
        depart={presente.depart}
        initial={presente.proposition.texte}
        remplace={presente.remplace}
        options={presente.proposition.options}
        droite={colonnes[ici.colonne]?.droite === true}
        refus={presente.refus}
        refuser={(texte) => refuser(presente, texte)}
        ecrire={(texte) => void ecrire(presente, texte)}
        fermer={fermer}
      />
    );
  return { surTouche, surDouble, saisie };
}
