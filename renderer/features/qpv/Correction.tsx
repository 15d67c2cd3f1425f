import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import type { Ecart } from '../../../shared/domain/qpv/ecarts.ts';
import { useOperation } from '../../app/operation.ts';
import type { Filtres } from '../../app/session.ts';
import { Bouton, Echec } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';

type Props = { ecart: Ecart; filtres: Filtres; logements: number; ou: string | null; generation: string };

/** Corriger le déclaré, sur décision de la personne seulement : une correction de cases, annulable. */
export function Correction({ ecart, filtres, logements, ou, generation }: Props) {
  const [demande, setDemande] = useState(false);
  const corriger = useOperation('corrections.appliquer');
  const oui = ecart !== 'oui-dehors';
  const libelle = `Écrire « ${oui ? 'oui' : 'non'} » au champ QPV de ${accord(logements, 'logement')}${ou === null ? '' : ` (${ou})`}`;
  async function appliquer() {
    const fait = await corriger.lancer({ filtres, colonne: 'qpv', texte: oui ? '1' : '2', attendus: logements, motif: `D’après les contours de QPV de ${generation}` });
    if (fait) setDemande(false);
  }
  return (
    <div className="qpv-correction">
      {demande ? (
        <>
          <span>{libelle} ? La valeur importée reste connue, et l’opération s’annule.</span>
          <Bouton variante="principal" occupe={corriger.enCours} onClick={() => void appliquer()}>
            Corriger
          </Bouton>
          <Bouton variante="texte" onClick={() => setDemande(false)}>
            Ne rien changer
          </Bouton>
        </>
      ) : (
        <Bouton icone={PencilLine} onClick={() => setDemande(true)}>
          {libelle}…
        </Bouton>
      )}
      {corriger.erreur && <Echec erreur={corriger.erreur} fermer={corriger.effacer} />}
    </div>
  );
}
