import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { classes } from '../ui/index.ts';
import type { Pas, Proposition, Refus } from './edition.tsx';

const RESTER: Pas = { lignes: 0, colonnes: 0 };

/** Où mène une touche qui quitte la saisie ; `null` si elle n'en sort pas. */
export function pasDeTouche(e: { key: string; shiftKey: boolean }, remplace: boolean, liste: boolean): Pas | null {
  const sens = e.shiftKey ? -1 : 1;
  if (e.key === 'Enter') return { lignes: sens, colonnes: 0 };
  if (e.key === 'Tab') return { lignes: 0, colonnes: sens };
  // Une frappe directe se quitte par les flèches, comme dans un tableur ; F2 les garde au texte, une liste à ses choix.
  if (!remplace || liste) return null;
  if (e.key === 'ArrowUp' || e.key === 'ArrowDown') return { lignes: e.key === 'ArrowUp' ? -1 : 1, colonnes: 0 };
  if (e.key === 'ArrowLeft' || e.key === 'ArrowRight') return { lignes: 0, colonnes: e.key === 'ArrowLeft' ? -1 : 1 };
  return null;
}

/** Le champ posé dans une case. Une valeur refusée y reste, avec sa raison, jusqu'à ce qu'elle soit corrigée ou abandonnée. */
export function SaisieCase(props: {
  nom: string;
  depart: string;
  /** Ce que la case contient : une saisie qui le redit n'écrit rien. */
  initial: string;
  remplace: boolean;
  options: Proposition['options'];
  droite: boolean;
  refus: Refus | null;
  /** Vrai si la case garde ce texte, refusé. */
  refuser: (texte: string) => boolean;
  ecrire: (texte: string) => void;
  fermer: (pas: Pas | null) => void;
}) {
  const [texte, setTexte] = useState(props.depart);
  const refus = props.refus?.texte === texte ? props.refus.raison : null;
  const occupe = useRef(false);
  const champ = useRef<HTMLInputElement | null>(null);
  const id = useId();
  const { remplace } = props;
  useEffect(() => {
    champ.current?.focus();
    if (!remplace) champ.current?.select();
  }, [remplace]);

  /** Ferme sans attendre l'écriture : ce qui est tapé ensuite va dans la case suivante, jamais dans celle-ci. */
  function quitter(pas: Pas | null) {
    if (occupe.current) return;
    if (texte.trim() === props.initial.trim()) {
      props.fermer(pas);
      return;
    }
    if (props.refuser(texte)) {
      champ.current?.focus();
      champ.current?.select();
      return;
    }
    occupe.current = true;
    props.ecrire(texte);
    props.fermer(pas);
  }

  function surTouche(e: KeyboardEvent<HTMLInputElement>) {
    e.stopPropagation();
    if (e.key === 'Escape') {
      e.preventDefault();
      occupe.current = true;
      props.fermer(RESTER);
      return;
    }
    const pas = pasDeTouche(e, remplace, props.options !== null);
    if (pas === null) return;
    e.preventDefault();
    quitter(pas);
  }

  return (
    <>
      <input
        ref={champ}
        className={classes('grille-champ', props.droite && 'grille-champ-droite')}
        aria-label={props.nom}
        aria-invalid={refus !== null || undefined}
        aria-describedby={refus === null ? undefined : `${id}-refus`}
        list={props.options === null ? undefined : `${id}-valeurs`}
        spellCheck={false}
        autoComplete="off"
        value={texte}
        onChange={(e) => setTexte(e.target.value)}
        onKeyDown={surTouche}
        // Quitter la case par la souris garde ce qui y est tapé ; ce qui vient d'être refusé attend d'être repris.
        onBlur={() => refus === null && quitter(null)}
      />
      {props.options && (
        <datalist id={`${id}-valeurs`}>
          {props.options.map((o) => (
            <option key={o.valeur} value={o.valeur}>
              {o.libelle}
            </option>
          ))}
        </datalist>
      )}
      {refus !== null && (
        <p id={`${id}-refus`} role="alert" className="grille-refus">
          {refus}
        </p>
      )}
    </>
  );
}
