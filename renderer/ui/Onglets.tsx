import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { Pastille, type TonPastille } from './Pastille.tsx';
import './onglets.css';

export type Onglet<V extends string> = { valeur: V; libelle: string; compte?: number; ton?: TonPastille; contenu: ReactNode };

/** Onglets avec, au besoin, un compte par onglet. */
export function Onglets<V extends string>(props: {
  nom: string;
  onglets: readonly Onglet<V>[];
  actif: V;
  surChoix: (valeur: V) => void;
}) {
  return (
    <Tabs.Root
      className="onglets"
      value={props.actif}
      onValueChange={(valeur) => {
        const choisi = props.onglets.find((o) => o.valeur === valeur);
        if (choisi) props.surChoix(choisi.valeur);
      }}
    >
      <Tabs.List className="onglets-liste" aria-label={props.nom}>
        {props.onglets.map((o) => (
          <Tabs.Tab key={o.valeur} value={o.valeur} className="onglet">
            {o.libelle}
            {o.compte !== undefined && <Pastille ton={o.compte > 0 ? (o.ton ?? 'neutre') : 'neutre'}>{o.compte}</Pastille>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {props.onglets.map((o) => (
        <Tabs.Panel key={o.valeur} value={o.valeur} className="onglets-panneau">
          {o.contenu}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
