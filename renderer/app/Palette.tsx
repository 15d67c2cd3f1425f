import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { classes } from '../ui/index.ts';
import { chercher, useEntrees, type EntreePalette } from './entreesPalette.ts';
import { usePalette } from './palette.ts';
import './palette.css';

/** Ctrl+K : toute action, étape, commune, ensemble ou indicateur, au clavier. */
export function Palette() {
  const { ouverte } = usePalette();
  return (
    <Dialog.Root open={ouverte} onOpenChange={(o) => usePalette.setState({ ouverte: o })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="voile voile-leger" />
        <Dialog.Popup className="palette">
          <Dialog.Title className="hors-vue">Rechercher ou faire</Dialog.Title>
          <Contenu fermer={() => usePalette.setState({ ouverte: false })} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Contenu({ fermer }: { fermer: () => void }) {
  const [texte, setTexte] = useState('');
  const [rang, setRang] = useState(0);
  const id = useId();
  const entrees = useEntrees(texte);
  const trouvees = useMemo(() => chercher(entrees, texte), [entrees, texte]);
  const choisie = trouvees[Math.min(rang, trouvees.length - 1)];

  useEffect(() => {
    document.getElementById(`${id}-${rang}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, rang]);

  function faire(entree: EntreePalette | undefined) {
    if (!entree) return;
    fermer();
    entree.faire();
  }

  function surTouche(e: KeyboardEvent) {
    const dernier = trouvees.length - 1;
    if (e.key === 'ArrowDown') setRang((r) => (r >= dernier ? 0 : r + 1));
    else if (e.key === 'ArrowUp') setRang((r) => (r <= 0 ? Math.max(0, dernier) : r - 1));
    else if (e.key === 'Enter') faire(choisie);
    else return;
    e.preventDefault();
  }

  return (
    <>
      <div className="palette-saisie">
        <Search aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-liste`}
          aria-activedescendant={choisie ? `${id}-${rang}` : undefined}
          aria-label="Rechercher ou faire"
          placeholder="Une étape, une action, un ensemble, une commune, un indicateur"
          spellCheck={false}
          autoComplete="off"
          value={texte}
          onChange={(e) => {
            setTexte(e.target.value);
            setRang(0);
          }}
          onKeyDown={surTouche}
        />
      </div>
      <div id={`${id}-liste`} role="listbox" aria-label="Résultats" className="palette-liste defile">
        {trouvees.map((entree, i) => (
          <div
            key={entree.cle}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === rang}
            className={classes('palette-ligne', i === rang && 'palette-ligne-active')}
            onPointerMove={() => setRang(i)}
            onClick={() => faire(entree)}
            onKeyDown={() => undefined}
          >
            <entree.icone aria-hidden="true" />
            <span className="coupe">{entree.libelle}</span>
            <span className="doux petit palette-genre">{entree.raccourci ?? entree.genre}</span>
          </div>
        ))}
      </div>
      {trouvees.length === 0 && (
        <p className="palette-vide doux" role="status">
          Rien ne correspond à « {texte} ».
        </p>
      )}
    </>
  );
}
