import { Progress } from '@base-ui/react/progress';
import type { ReactNode } from 'react';
import { nombre } from './format.ts';
import './etats.css';

/** Avancement d'une opération longue ; `total` inconnu : barre indéterminée. `action` : annuler. */
export function Progression(props: { libelle: string; fait: number; total: number | null; action?: ReactNode }) {
  const part = props.total ? Math.min(100, (100 * props.fait) / props.total) : null;
  return (
    <Progress.Root className="progression" value={part} aria-label={props.libelle}>
      <span>
        {props.libelle}{' '}
        <span className="doux">{props.total ? `${nombre(props.fait)} sur ${nombre(props.total)}` : props.fait > 0 ? nombre(props.fait) : ''}</span>
      </span>
      {props.action}
      <Progress.Track className="progression-piste">
        <Progress.Indicator className="progression-barre" />
      </Progress.Track>
    </Progress.Root>
  );
}
