import { useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { Echec, Onglets, Squelette, Vide } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';
import { Constats } from './Constats.tsx';
import { Depots } from './Depots.tsx';
import { Paquet } from './Paquet.tsx';
import './controle.css';

type Pile = 'bloquants' | 'aJustifier' | 'informations';

/** Contrôle et dépôt : trois piles de constats, le paquet en regard, la signature, les dépôts faits. */
export default function Controle() {
  const lu = useRequete('controles.lister', {});
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? false;
  const [choix, setChoix] = useState<Pile | null>(null);
  const c = lu.donnees;
  // À l'arrivée, la pile qui demande quelque chose.
  const pile = choix ?? (!c || c.bloquants.length > 0 ? 'bloquants' : c.aJustifier.length > 0 ? 'aJustifier' : 'informations');
  const aJustifier = c?.aJustifier.filter((x) => x.justification === null).length ?? 0;
  return (
    <div className="controle">
      <section className="controle-constats" aria-labelledby="controle-titre">
        <div className="page-tete">
          <h1 id="controle-titre" className="titre-ecran">
            Contrôle et dépôt
          </h1>
          {c && !lectureSeule && (
            <p className="doux">
              {c.bloquants.length === 0
                ? 'Rien ne bloque le dépôt.'
                : `${accord(c.bloquants.length, 'constat bloque', 'constats bloquent')} le dépôt.`}
            </p>
          )}
        </div>
        {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
        {lu.chargement && <Squelette lignes={10} nom="Contrôle du dossier" />}
        {c && (
          <Onglets
            nom="Constats"
            actif={pile}
            surChoix={setChoix}
            onglets={[
              {
                valeur: 'bloquants',
                libelle: 'Bloquants',
                compte: c.bloquants.length,
                ton: 'brique',
                contenu: <Constats constats={c.bloquants} genre="bloquant" lectureSeule={lectureSeule} vide={<Vide phrase="Aucun constat bloquant." />} />,
              },
              {
                valeur: 'aJustifier',
                libelle: 'À justifier',
                compte: aJustifier,
                ton: 'ambre',
                contenu: <Constats constats={c.aJustifier} genre="a-justifier" lectureSeule={lectureSeule} vide={<Vide phrase="Rien à justifier." />} />,
              },
              {
                valeur: 'informations',
                libelle: 'Informations',
                compte: c.informations.length,
                ton: 'ardoise',
                contenu: <Constats constats={c.informations} genre="information" lectureSeule={lectureSeule} vide={<Vide phrase="Aucune information à signaler." />} />,
              },
            ]}
          />
        )}
      </section>
      <section className="controle-paquet" aria-label="Paquet">
        <Paquet bloquants={c?.bloquants.length ?? 0} aJustifier={c?.aJustifier ?? []} />
        <Depots />
      </section>
    </div>
  );
}
