import { useEffect, useRef } from 'react';

/** Une case ouverte : où elle est, son texte, et où y mettre le curseur. `P` : la place, propre à chaque grille. */
export type Edition<P> = { place: P; texte: string; curseur: 'debut' | 'fin'; /** Un début de saisie proposé, qui n'est pas écrit tant que rien n'y est tapé. */ provisoire?: boolean };

/** Par où la case est quittée ; « ici » : Échap, rien n'est écrit. */
export type Mouvement = 'bas' | 'haut' | 'suite' | 'retour' | 'rester' | 'ici';

/** La saisie d'un texte dans une case : toute sortie enregistre, sauf Échap. */
export function SaisieLibre({ edition, nom, classe, longueurMax, finir }: { edition: Edition<unknown>; nom: string; classe: string; longueurMax?: number; finir: (texte: string | null, mouvement: Mouvement) => void }) {
  const champ = useRef<HTMLInputElement>(null);
  const fini = useRef(false);
  useEffect(() => {
    const place = edition.curseur === 'fin' ? edition.texte.length : 0;
    champ.current?.focus();
    champ.current?.setSelectionRange(place, place);
  }, [edition]);
  function terminer(texte: string | null, mouvement: Mouvement) {
    if (fini.current) return;
    fini.current = true;
    finir(texte, mouvement);
  }
  return (
    <input
      ref={champ}
      className={classe}
      aria-label={nom}
      spellCheck={false}
      autoComplete="off"
      maxLength={longueurMax}
      defaultValue={edition.texte}
      onMouseDown={(e) => e.stopPropagation()}
      onBlur={(e) => terminer(e.currentTarget.value, 'rester')}
      onKeyDown={(e) => {
        const texte = e.currentTarget.value;
        if (e.key === 'Enter') terminer(texte, e.shiftKey ? 'haut' : 'bas');
        else if (e.key === 'Tab') terminer(texte, e.shiftKey ? 'retour' : 'suite');
        else if (e.key === 'Escape') terminer(null, 'ici');
        else return;
        e.preventDefault();
        e.stopPropagation();
      }}
    />
  );
}
