import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { etapeDuChamp, LIBELLES } from '../../app/etapes.ts';
import { useBrouillon } from '../../app/brouillons.ts';
import { useOperation } from '../../app/operation.ts';
import { allerAuChamp, useSession } from '../../app/session.ts';
import { Bouton, Echec, Paragraphe } from '../../ui/index.ts';
import { nombre, typographie } from '../../ui/format.ts';

export type Constat = Sortie<'controles.lister'>['bloquants'][number];
type Genre = 'bloquant' | 'a-justifier' | 'information';

const ICONES: Record<Genre, LucideIcon> = { bloquant: CircleAlert, 'a-justifier': TriangleAlert, information: Info };
const PAS = 200;

export function Constats({ constats, genre, vide }: { constats: readonly Constat[]; genre: Genre; vide: ReactNode }) {
  const [montres, setMontres] = useState(PAS);
  if (constats.length === 0) return vide;
  return (
    <>
      <ul className="constats">
        {constats.slice(0, montres).map((c) => (
          <Ligne key={`${c.code} ${c.champ ?? ''} ${c.message}`} constat={c} genre={genre} />
        ))}
      </ul>
      {constats.length > montres && (
        <Bouton variante="texte" onClick={() => setMontres((m) => m + PAS)}>
          {`Montrer les suivants (${nombre(constats.length - montres)})`}
        </Bouton>
      )}
    </>
  );
}

function Ligne({ constat: c, genre }: { constat: Constat; genre: Genre }) {
  const dossier = useSession((s) => s.dossier);
  const [brouillon, setBrouillon] = useBrouillon(`motif ${dossier ?? ''} ${c.code} ${c.champ ?? ''}`);
  const edite = brouillon !== null;
  const justifie = c.justification !== null && c.justification !== '';
  const Icone = justifie ? CircleCheck : ICONES[genre];
  const champ = c.champ;
  return (
    <li className="constat" data-genre={justifie ? 'justifie' : genre}>
      <Icone aria-hidden="true" />
      <div className="constat-corps">
        <p>{typographie(c.message)}</p>
        <p className="constat-pied">
          {champ && (
            <button type="button" className="lien" onClick={() => allerAuChamp(champ)}>
              {`Corriger dans ${LIBELLES[etapeDuChamp(champ)]}`}
            </button>
          )}
          {c.article && <span className="doux">{c.article}</span>}
          {genre === 'a-justifier' && !edite && (
            <button type="button" className="lien" onClick={() => setBrouillon(c.justification ?? '')}>
              {justifie ? 'Revoir le motif' : 'Justifier'}
            </button>
          )}
        </p>
        {justifie && !edite && <p className="constat-motif">{typographie(c.justification ?? '')}</p>}
        {edite && <Justifier constat={c} motif={brouillon} setMotif={setBrouillon} />}
      </div>
    </li>
  );
}

function Justifier({ constat: c, motif, setMotif }: { constat: Constat; motif: string; setMotif: (motif: string | null) => void }) {
  const fermer = () => setMotif(null);
  const justifier = useOperation('controles.justifier');
  async function enregistrer() {
    if (await justifier.lancer({ code: c.code, champ: c.champ, motif: motif.trim() })) fermer();
  }
  return (
    <div className="constat-justifier">
      <Paragraphe
        autoFocus
        rows={2}
        aria-label={`Motif pour : ${c.message}`}
        placeholder="Ce motif figurera dans le paquet"
        value={motif}
        onChange={(e) => setMotif(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void enregistrer();
          if (e.key === 'Escape' && motif.trim() === (c.justification ?? '')) {
            e.preventDefault();
            fermer();
          }
        }}
      />
      <div className="page-actions">
        <Bouton variante="principal" occupe={justifier.enCours} disabled={motif.trim() === (c.justification ?? '')} onClick={() => void enregistrer()}>
          Enregistrer le motif
        </Bouton>
        <Bouton variante="texte" onClick={fermer}>
          Abandonner
        </Bouton>
      </div>
      {justifier.erreur && <Echec erreur={justifier.erreur} fermer={justifier.effacer} />}
    </div>
  );
}
