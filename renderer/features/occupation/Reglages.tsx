import { useEffect, useState } from 'react';
import { BORNES_USUELLES, MENTION_USUELLES, parseBornes } from '../../../shared/domain/occupation/bandes.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, Champ, Echec, Saisie } from '../../ui/index.ts';
import { ChampDossier } from '../organisme/ChampDossier.tsx';
import { useCibleChamp } from '../organisme/cibleChamp.ts';
import type { Etat } from './mesures.ts';

/** La date de l'enquête et les bornes des bandes : ce que l'organisme décide, et que rien ne dit à sa place. */
export function Reglages({ etat, lectureSeule }: { etat: Etat; lectureSeule: boolean }) {
  const champs = useRequete('champs.lister', {}).donnees?.champs;
  const date = champs?.find((c) => c.champ === 'occupation/date-reference');
  useCibleChamp(champs !== undefined);
  return (
    <section className="occupation-reglages" aria-label="Réglages de l’enquête">
      {date && <ChampDossier champ={date} lectureSeule={lectureSeule} libelle="Date de référence de l’enquête" />}
      <Bandes etat={etat} lectureSeule={lectureSeule} />
    </section>
  );
}

function Bandes({ etat, lectureSeule }: { etat: Etat; lectureSeule: boolean }) {
  const enregistrees = etat.bornes.join(', ');
  const [texte, setTexte] = useState(enregistrees);
  const definir = useOperation('occupation.definirBandes');
  useEffect(() => setTexte(enregistrees), [enregistrees]);
  const lu = parseBornes(texte);
  const change = texte.trim() !== enregistrees;
  return (
    <div data-champ="occupation/bandes" data-sujet="occupation/bandes">
      {definir.erreur && <Echec erreur={definir.erreur} fermer={definir.effacer} />}
      <Champ
        libelle="Bornes des bandes de ressources (% des plafonds du PLUS)"
        aide={etat.bornesUsuelles ? `Bornes ${MENTION_USUELLES} : aucun texte lu ne les fixe.` : 'Bornes fixées par l’organisme.'}
        faute={change && !lu.ok ? lu.message : null}
      >
        {({ id, decrit }) => (
          <span className="occupation-bornes">
            <Saisie
              id={id}
              aria-describedby={decrit}
              readOnly={lectureSeule}
              fautif={change && !lu.ok}
              value={texte}
              onChange={(e) => setTexte(e.target.value)}
              onKeyDown={(e) => {
                if (e.key === 'Enter' && change && lu.ok) void definir.lancer({ bornes: texte });
                if (e.key === 'Escape' && change) setTexte(enregistrees);
              }}
            />
            {!lectureSeule && change && <Bouton disabled={!lu.ok} occupe={definir.enCours} onClick={() => void definir.lancer({ bornes: texte })}>Changer les bandes</Bouton>}
            {!lectureSeule && !change && !etat.bornesUsuelles && <Bouton variante="texte" onClick={() => void definir.lancer({ bornes: '' })}>{`Revenir à ${BORNES_USUELLES.join(', ')}`}</Bouton>}
          </span>
        )}
      </Champ>
    </div>
  );
}
