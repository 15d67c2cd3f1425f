import { Check, CornerDownLeft, PencilLine } from 'lucide-react';
import type { Sortie } from '../../shared/contract.ts';
import { NATURES } from '../../shared/domain/observations/libelles.ts';
import { Bouton, Echec, Paragraphe, Pastille, type TonPastille } from '../ui/index.ts';
import { date, typographie } from '../ui/format.ts';
import { useBrouillon } from './brouillons.ts';
import { nomDuChamp } from './champs.ts';
import { useOperation } from './operation.ts';
import { allerAuChamp } from './session.ts';
import './inspecteur.css';

export type Observation = Sortie<'observations.lister'>['observations'][number];

const TON_NATURE: Record<Observation['nature'], TonPastille> = {
  'a-corriger': 'brique',
  'a-completer': 'ambre',
  question: 'ardoise',
  proposition: 'ardoise',
  favorable: 'accent',
};
export const ETATS_OBSERVATION: Record<Observation['etat'], string> = {
  ouverte: 'ouverte',
  repondue: 'répondue',
  levee: 'levée',
};

/** Une observation, son fil, et ce qu'on peut en faire. */
export function FilObservation({ observation: o }: { observation: Observation }) {
  const [brouillon, setBrouillon] = useBrouillon(`reponse ${o.id}`);
  const repondre = useOperation('observations.repondre');
  const accepter = useOperation('observations.accepter');
  const libelle = nomDuChamp(o.libelleChamp, o.champ);

  async function envoyer() {
    const texte = brouillon?.trim() ?? '';
    if (texte && (await repondre.lancer({ id: o.id, texte }))) setBrouillon(null);
  }

  return (
    <article className="fil" aria-label={`Observation sur ${libelle}`}>
      <div className="fil-tete">
        <Pastille ton={TON_NATURE[o.nature]}>{NATURES[o.nature]}</Pastille>
        <Pastille ton={o.etat === 'ouverte' ? 'ambre' : 'accent'}>{ETATS_OBSERVATION[o.etat]}</Pastille>
        <span className="doux petit">
          {o.auteur}, {date(o.date)}, sur la v{o.version}
        </span>
      </div>
      {o.texte && <p className="fil-texte">{typographie(o.texte)}</p>}
      {o.valeurProposee !== null && (
        <dl className="fil-valeurs">
          <dt>Valeur actuelle</dt>
          <dd>{o.valeurActuelle ?? 'vide'}</dd>
          <dt>Valeur proposée</dt>
          <dd>
            <strong>{o.valeurProposee}</strong>
          </dd>
        </dl>
      )}
      {o.reponses.map((r, i) => (
        <div key={i} className="fil-reponse">
          <p>{typographie(r.texte)}</p>
          <p className="doux petit">
            {r.auteur}, {date(r.date)}
          </p>
        </div>
      ))}
      {brouillon === null ? (
        <div className="fil-actions">
          {o.valeurProposee !== null && o.etat === 'ouverte' && (
            <Bouton icone={Check} occupe={accepter.enCours} onClick={() => void accepter.lancer({ id: o.id })}>
              Accepter la valeur proposée
            </Bouton>
          )}
          <Bouton icone={CornerDownLeft} onClick={() => setBrouillon('')}>
            Répondre
          </Bouton>
          <Bouton variante="texte" icone={PencilLine} onClick={() => allerAuChamp(o.champ)}>
            Modifier le champ
          </Bouton>
        </div>
      ) : (
        <div className="fil-repondre">
          <Paragraphe
            autoFocus
            aria-label={`Réponse à l’observation sur ${libelle}`}
            placeholder="Ctrl+Entrée pour envoyer"
            value={brouillon}
            onChange={(e) => setBrouillon(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void envoyer();
              if (e.key === 'Escape') {
                e.preventDefault();
                // Un texte commencé n'est jamais jeté d'une touche.
                if (brouillon.trim() === '') setBrouillon(null);
              }
            }}
          />
          <div className="fil-actions">
            <Bouton variante="principal" occupe={repondre.enCours} disabled={!brouillon.trim()} onClick={() => void envoyer()}>
              Enregistrer la réponse
            </Bouton>
            <Bouton variante="texte" onClick={() => setBrouillon(null)}>
              Abandonner
            </Bouton>
          </div>
        </div>
      )}
      {repondre.erreur && <Echec erreur={repondre.erreur} fermer={repondre.effacer} />}
      {accepter.erreur && <Echec erreur={accepter.erreur} fermer={accepter.effacer} />}
    </article>
  );
}
