import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { typographie } from '../../ui/format.ts';
import { Bouton, BoutonIcone, Saisie } from '../../ui/index.ts';

type Textes = Readonly<Record<string, string>>;
type Colonne = { cle: string; libelle: string; droite?: boolean; large?: boolean; facultative?: boolean; options?: readonly string[] };
/** `alerte` : ce qui ne va pas dans une ligne gardée, dit sous elle. */
type Ligne = { cle: string; textes: Textes; alerte?: string };

/** Une table de barème : chaque ligne s'écrit quand on la quitte ou par Entrée, la dernière ajoute. Les colonnes à droite sont des nombres. */
export function TableBareme(props: {
  nom: string;
  vide: string;
  lectureSeule: boolean;
  colonnes: readonly Colonne[];
  lignes: readonly Ligne[];
  /** Colonnes qui nomment la ligne : elles ne changent pas une fois la ligne écrite. */
  fixes?: readonly string[];
  verifier: (textes: Textes) => string | null;
  poser: (cle: string | null, textes: Textes) => Promise<boolean>;
  retirer: (cle: string, textes: Textes) => Promise<boolean>;
}) {
  const { colonnes, lignes, lectureSeule } = props;
  const [ajouts, setAjouts] = useState(0);
  return (
    <table className="npl-bareme" aria-label={props.nom}>
      <thead>
        <tr>
          {colonnes.map((c) => <th key={c.cle} scope="col" className={c.large ? 'npl-large' : c.droite ? 'nombre' : undefined}>{c.libelle}</th>)}
          <th scope="col"><span className="hors-vue">Gestes</span></th>
        </tr>
      </thead>
      <tbody>
        {lignes.length === 0 && <tr><td colSpan={colonnes.length + 1} className="doux">{props.vide}</td></tr>}
        {lignes.map((l) => <Rang key={l.cle} {...props} ligne={l} />)}
        {!lectureSeule && <Rang key={`ajout ${ajouts}`} {...props} ligne={null} surAjout={() => setAjouts((n) => n + 1)} focus={ajouts > 0} />}
      </tbody>
    </table>
  );
}

function Rang(props: Parameters<typeof TableBareme>[0] & { ligne: Ligne | null; surAjout?: () => void; focus?: boolean }) {
  const { colonnes, ligne, fixes = [], lectureSeule } = props;
  const depart = ligne?.textes ?? {};
  const [textes, setTextes] = useState<Textes>(depart);
  const [faute, setFaute] = useState<string | null>(null);
  // Relue telle qu'elle a été comprise (« A bis » devient « Abis ») : la ligne montre ce qui est gardé.
  const lue = JSON.stringify(depart);
  useEffect(() => setTextes(JSON.parse(lue) as Textes), [lue]);
  const change = colonnes.some((c) => (textes[c.cle] ?? '') !== (depart[c.cle] ?? ''));
  const ou = ligne === null ? 'nouvelle ligne' : colonnes.filter((c) => !c.large && !c.droite && c.facultative !== true).map((c) => depart[c.cle]).join(' ');

  async function ecrire() {
    if (!change) return;
    const vide = colonnes.find((c) => !c.large && c.facultative !== true && (textes[c.cle] ?? '').trim() === '');
    const illisible = colonnes.find((c) => c.droite && parseTaux(textes[c.cle] ?? '') === null);
    const raison = vide ? `${vide.libelle} : à renseigner.` : illisible ? `« ${textes[illisible.cle] ?? ''} » n’est pas un nombre comme « 6,29 ».` : props.verifier(textes);
    setFaute(raison);
    if (raison !== null) return;
    if (await props.poser(ligne?.cle ?? null, textes)) props.surAjout?.();
  }

  function surTouche(e: KeyboardEvent) {
    if (e.key === 'Enter') {
      e.preventDefault();
      void ecrire();
    } else if (e.key === 'Escape' && change) {
      e.preventDefault();
      e.stopPropagation();
      setTextes(depart);
      setFaute(null);
    }
  }

  return (
    // Une ligne ajoutée ne s'écrit que sur demande ; une ligne connue s'écrit quand on la quitte.
    <tr onKeyDown={surTouche} onBlur={(e) => { if (ligne !== null && !e.currentTarget.contains(e.relatedTarget)) void ecrire(); }}>
      {colonnes.map((c, i) => (
        <td key={c.cle}>
          <Saisie
            compact
            aria-label={`${c.libelle}, ${ou}`}
            className={c.droite ? 'nombre' : ''}
            value={textes[c.cle] ?? ''}
            disabled={lectureSeule || (ligne !== null && fixes.includes(c.cle))}
            placeholder={ligne === null ? (c.options?.join(', ') ?? '') : ''}
            autoFocus={props.focus === true && i === 0}
            onChange={(e) => {
              const { value } = e.currentTarget;
              setTextes((t) => ({ ...t, [c.cle]: value }));
            }}
          />
          {faute === null && ligne?.alerte !== undefined && i === 0 && <p className="champ-faute">{typographie(ligne.alerte)}</p>}
          {faute !== null && i === 0 && <p className="champ-faute" role="alert">{faute}</p>}
        </td>
      ))}
      <td>
        {!lectureSeule && (ligne === null ? (
          <Bouton icone={Plus} disabled={!change} onClick={() => void ecrire()}>Ajouter</Bouton>
        ) : (
          <BoutonIcone nom={`Retirer ${ou}`} icone={Trash2} onClick={() => void props.retirer(ligne.cle, depart)} />
        ))}
      </td>
    </tr>
  );
}
