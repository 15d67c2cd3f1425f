import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Erreur } from '../../shared/erreurs.ts';
import { Bouton } from './Bouton.tsx';
import { classes } from './classes.ts';
import { typographie } from './format.ts';
import './etats.css';

export type TonBandeau = 'info' | 'attention' | 'erreur' | 'succes';

const ICONES: Record<TonBandeau, LucideIcon> = {
  info: Info,
  attention: TriangleAlert,
  erreur: CircleAlert,
  succes: CircleCheck,
};

/** Message en place, en deux temps : ce qui est, puis ce qu'on peut faire. */
export function Bandeau(props: { ton: TonBandeau; titre: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  const Icone = ICONES[props.ton];
  return (
    <div className={classes('bandeau', `bandeau-${props.ton}`)} role={props.ton === 'erreur' ? 'alert' : 'status'}>
      <Icone aria-hidden="true" />
      <div className="bandeau-texte">
        <p className="bandeau-titre">{props.titre}</p>
        {props.children && <div>{props.children}</div>}
      </div>
      {props.actions && <div className="bandeau-actions">{props.actions}</div>}
    </div>
  );
}

/** Échec d'une opération : ce qui ne va pas, que faire, et de quoi réessayer. */
export function Echec({ erreur, reessayer, fermer }: { erreur: Erreur; reessayer?: (() => void) | undefined; fermer?: () => void }) {
  const actions = (
    <>
      {reessayer && <Bouton onClick={reessayer}>Réessayer</Bouton>}
      {fermer && (
        <Bouton variante="texte" onClick={fermer}>
          Masquer
        </Bouton>
      )}
    </>
  );
  return (
    <Bandeau ton="erreur" titre={typographie(erreur.message)} actions={reessayer || fermer ? actions : undefined}>
      {typographie(erreur.action)}
    </Bandeau>
  );
}

/** Vide : une phrase qui dit ce qu'on verra ici, et une action. */
export function Vide({ phrase, children, icone: Icone }: { phrase: ReactNode; children?: ReactNode; icone?: LucideIcon }) {
  return (
    <div className="vide">
      {Icone && <Icone aria-hidden="true" className="vide-icone" />}
      <p>{phrase}</p>
      {children && <div className="vide-actions">{children}</div>}
    </div>
  );
}

/** Squelette de `lignes` lignes, montré tout de suite. */
export function Squelette({ lignes = 6, nom = 'Chargement' }: { lignes?: number; nom?: string }) {
  return (
    <div className="squelette" role="status">
      <span className="hors-vue">{nom}</span>
      {Array.from({ length: lignes }, (_, i) => (
        <span key={i} aria-hidden="true" style={{ width: `${92 - ((i * 23) % 41)}%` }} />
      ))}
    </div>
  );
}
