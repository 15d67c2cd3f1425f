import { useId, type ReactNode } from 'react';
import { Saisie } from '../../ui/index.ts';

/** Un nombre court avec son mot devant ; la virgule décimale à l'écran, le point dans la grille. */
export function ChampNombre(props: { libelle: ReactNode; valeur: string; surChange: (valeur: string) => void; unite?: string; fautif?: boolean }) {
  const id = useId();
  return (
    <span className="service-poids">
      <label htmlFor={id}>{props.libelle}</label>
      <Saisie id={id} compact inputMode="decimal" fautif={props.fautif ?? false} value={props.valeur.replace('.', ',')} onChange={(e) => props.surChange(e.currentTarget.value.replace(',', '.').trim())} />
      {props.unite}
    </span>
  );
}
