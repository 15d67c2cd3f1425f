import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { etapeDuChamp, LIBELLES } from '../../app/etapes.ts';
import { useBrouillon } from '../../app/brouillons.ts';
import { allerAuChamp, useSession } from '../../app/session.ts';
import { Bouton, Paragraphe } from '../../ui/index.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { grouperVides, type Entree } from './groupes.ts';
import { cleMotif, enregistrerMotif, type Constat } from './motifs.ts';

type Genre = 'bloquant' | 'a-justifier' | 'information';

const ICONES: Record<Genre, LucideIcon> = { bloquant: CircleAlert, 'a-justifier': TriangleAlert, information: Info };
const PAS = 200;

export function Constats({ constats, genre, vide, lectureSeule }: { constats: readonly Constat[]; genre: Genre; vide: ReactNode; lectureSeule: boolean }) {
  const [montres, setMontres] = useState(PAS);
  const entrees = useMemo(() => grouperVides(constats), [constats]);
  if (constats.length === 0) return vide;
  return (
    <>
      <ul className="constats">
        {entrees.slice(0, montres).map((e) =>
          e.genre === 'groupe' ? (
            <Groupe key={e.cle} groupe={e} genre={genre} />
          ) : (
            <Ligne key={`${e.constat.code} ${e.constat.champ ?? ''} ${e.constat.message}`} constat={e.constat} genre={genre} lectureSeule={lectureSeule} />
          ),
        )}
      </ul>
      {entrees.length > montres && (
        <Bouton variante="texte" onClick={() => setMontres((m) => m + PAS)}>
          {`Montrer les suivants (${nombre(entrees.length - montres)})`}
        </Bouton>
      )}
    </>
  );
}

/** Les cases vides d'un indicateur dans un territoire : leur nombre, puis chacune, toujours un lien. */
function Groupe({ groupe: g, genre }: { groupe: Extract<Entree, { genre: 'groupe' }>; genre: Genre }) {
  const Icone = ICONES[genre];
  const [premier] = g.cases;
  return (
    <li className="constat" data-genre={genre}>
      <Icone aria-hidden="true" />
      <details className="constat-corps constat-groupe">
        <summary>
          {typographie(`${g.titre} : `)}
          {accord(g.cases.length, 'case obligatoire vide', 'cases obligatoires vides')}
          {premier?.constat.article && <span className="doux petit"> {premier.constat.article}</span>}
        </summary>
        <ul>
          {g.cases.map(({ constat, nom }) => (
            <li key={constat.champ ?? nom}>
              <button type="button" className="lien" onClick={() => constat.champ && allerAuChamp(constat.champ)}>
                {typographie(nom)}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Ligne({ constat: c, genre, lectureSeule }: { constat: Constat; genre: Genre; lectureSeule: boolean }) {
  const dossier = useSession((s) => s.dossier);
  const [brouillon, setBrouillon] = useBrouillon(cleMotif(dossier, c));
  const edite = brouillon !== null && !lectureSeule;
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
              {`${lectureSeule ? 'Voir' : 'Corriger'} dans ${LIBELLES[etapeDuChamp(champ)]}`}
            </button>
          )}
          {c.article && <span className="doux">{c.article}</span>}
          {genre === 'a-justifier' && !edite && !lectureSeule && (
            <button type="button" className="lien" onClick={() => setBrouillon(c.justification ?? '')}>
              {justifie ? 'Revoir le motif' : 'Justifier'}
            </button>
          )}
        </p>
        {justifie && !edite && <p className="constat-motif">{typographie(c.justification ?? '')}</p>}
        {edite && brouillon !== null && <Justifier constat={c} motif={brouillon} setMotif={setBrouillon} enregistrer={() => enregistrerMotif(dossier, c)} />}
      </div>
    </li>
  );
}

/** Le motif d'un constat : quitter le champ l'enregistre, comme partout. */
function Justifier({
  constat: c,
  motif,
  setMotif,
  enregistrer,
}: {
  constat: Constat;
  motif: string;
  setMotif: (motif: string | null) => void;
  enregistrer: () => void;
}) {
  return (
    <div
      className="constat-justifier"
      onBlur={(e) => {
        if (!e.currentTarget.contains(e.relatedTarget)) enregistrer();
      }}
    >
      <Paragraphe
        autoFocus
        rows={2}
        aria-label={`Motif pour : ${c.message}`}
        placeholder="Ce motif figurera dans le paquet"
        value={motif}
        onChange={(e) => setMotif(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) enregistrer();
          if (e.key === 'Escape' && motif.trim() === (c.justification ?? '')) {
            e.preventDefault();
            setMotif(null);
          }
        }}
      />
      <div className="page-actions">
        <Bouton variante="principal" disabled={motif.trim() === (c.justification ?? '')} onClick={enregistrer}>
          Enregistrer le motif
        </Bouton>
        <Bouton variante="texte" onClick={() => setMotif(null)}>
          Abandonner
        </Bouton>
      </div>
    </div>
  );
}
