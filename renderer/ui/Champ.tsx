import { useId, type ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import { classes } from './classes.ts';
import { typographie } from './format.ts';
import './champ.css';

/**
 * Étiquette, aide, article et message autour d'une commande de saisie. L'enfant est une fonction
 * qui reçoit l'`id` à porter et l'`id` de ce qui la décrit.
 */
export function Champ(props: {
  libelle: string;
  obligatoire?: boolean;
  vide?: boolean;
  aide?: string | undefined;
  article?: string | undefined;
  faute?: string | null | undefined;
  large?: boolean;
  complement?: ReactNode;
  children: (ids: { id: string; decrit: string | undefined }) => ReactNode;
}) {
  const id = useId();
  const aide = `${id}-aide`;
  const faute = `${id}-faute`;
  const decrit = [props.aide || props.article ? aide : null, props.faute ? faute : null].filter(Boolean).join(' ');
  return (
    <div className={classes('champ', props.large && 'champ-large')}>
      <div className="champ-tete">
        <label htmlFor={id} className="champ-libelle">
          {typographie(props.libelle)}
        </label>
        {props.obligatoire && props.vide && <span className="champ-attendu">à renseigner</span>}
        {props.complement}
      </div>
      {props.children({ id, decrit: decrit || undefined })}
      {props.faute && (
        <p id={faute} className="champ-faute" role="alert">
          <TriangleAlert aria-hidden="true" />
          <span>{typographie(props.faute)}</span>
        </p>
      )}
      {(props.aide || props.article) && (
        <p id={aide} className="champ-aide">
          {props.aide && typographie(props.aide)}
          {props.aide && props.article ? ' ' : ''}
          {props.article && <span className="champ-article">{props.article}</span>}
        </p>
      )}
    </div>
  );
}
