import { useId, type ReactNode } from 'react';

/** Une étiquette et sa commande, sur une ligne. */
export function Reglage({ libelle, children }: { libelle: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="loyers-reglage">
      <label htmlFor={id}>{libelle}</label>
      {children(id)}
    </div>
  );
}
