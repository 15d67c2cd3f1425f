import { Trash2 } from 'lucide-react';
import { BoutonIcone, Echec } from '../../ui/index.ts';
import { date, typographie } from '../../ui/format.ts';
import { useGeste } from './geste.ts';
import type { Vue } from './types.ts';

const SENS = { envoi: 'envoyé', recu: 'reçu', reunion: 'tenue' } as const;

/** Ce qui a été transmis et reçu, du plus récent au plus ancien. */
export function ListeEchanges({ echanges, noms, lectureSeule }: { echanges: Vue['echanges']; noms: ReadonlyMap<string, string> | null; lectureSeule: boolean }) {
  const { erreur, effacer, faire } = useGeste();
  if (echanges.length === 0) return <p className="doux">Aucun échange enregistré.</p>;
  return (
    <>
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      <ol className="associes-echanges">
        {echanges.toReversed().map((e) => (
          <li key={e.id}>
            <span className="associes-echange-date">{date(e.date)}</span>
            <div>
              <p>
                {typographie(e.libelle)} <span className="doux petit">{SENS[e.sens]}{e.mode && `, ${e.mode}`}</span> {e.article && <span className="champ-article">{e.article}</span>}
              </p>
              {noms && <p className="doux petit">{noms.get(e.personne) ?? e.personne}</p>}
              {e.texte && <p className="associes-echange-texte">{e.texte}</p>}
            </div>
            {!lectureSeule && <BoutonIcone nom={`Retirer cet échange du ${date(e.date)}`} icone={Trash2} onClick={() => void faire('associes.corriger', { id: e.id, retirer: true })} />}
          </li>
        ))}
      </ol>
    </>
  );
}
