import { Building2 } from 'lucide-react';
import { useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, Recherche, classes } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';
import { decider, useDecisions } from './decisions.ts';
import { chercherEnsembles } from './ensembles.ts';

type Ensemble = Sortie<'ensembles.lister'>['ensembles'][number];
const MONTRES = 30;

/** Les logements retenus, et l'ensemble où les mettre, choisi par son nom. */
export function Deplacement({ retenus, lacher, rendreFocus }: { retenus: ReadonlySet<string>; lacher: () => void; rendreFocus: () => void }) {
  const [choix, setChoix] = useState(false);
  const enCours = useDecisions((s) => s.enCours);
  function fermer() {
    setChoix(false);
    rendreFocus();
  }
  async function deplacer(vers: Ensemble) {
    if (!(await decider('ensembles.deplacer', { identifiants: [...retenus], vers: vers.id }))) return;
    lacher();
    fermer();
  }
  return (
    <section className="deplacement" aria-label="Logements retenus">
      <div className="table-actions">
        <strong role="status">{accord(retenus.size, 'logement retenu', 'logements retenus')}</strong>
        <Bouton icone={Building2} aria-expanded={choix} occupe={enCours} onClick={() => setChoix(!choix)}>
          Déplacer vers un ensemble…
        </Bouton>
        <Bouton variante="texte" onClick={lacher}>
          Tout lâcher
        </Bouton>
      </div>
      {choix && <ChoixEnsemble surChoix={(e) => void deplacer(e)} fermer={fermer} />}
    </section>
  );
}

function ChoixEnsemble({ surChoix, fermer }: { surChoix: (e: Ensemble) => void; fermer: () => void }) {
  const { donnees } = useRequete('ensembles.lister', {});
  const [texte, setTexte] = useState('');
  const [rang, setRang] = useState(0);
  const id = useId();
  const trouves = useMemo(() => chercherEnsembles(donnees?.ensembles ?? [], texte), [donnees, texte]);
  const montres = trouves.slice(0, MONTRES);
  useEffect(() => document.getElementById(`${id}-${rang}`)?.scrollIntoView({ block: 'nearest' }), [id, rang]);

  function surTouche(e: KeyboardEvent) {
    const choisi = montres[rang];
    if (e.key === 'ArrowDown') setRang((r) => (r >= montres.length - 1 ? 0 : r + 1));
    else if (e.key === 'ArrowUp') setRang((r) => (r <= 0 ? Math.max(0, montres.length - 1) : r - 1));
    else if (e.key === 'Enter' && choisi) surChoix(choisi);
    else if (e.key === 'Escape') fermer();
    else return;
    e.preventDefault();
  }
  return (
    <div className="choix-ensemble">
      <Recherche
        nom="Nom, adresse ou commune de l’ensemble"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-liste`}
        aria-activedescendant={montres[rang] ? `${id}-${rang}` : undefined}
        autoFocus
        value={texte}
        onChange={(e) => {
          setTexte(e.target.value);
          setRang(0);
        }}
        onKeyDown={surTouche}
      />
      <div id={`${id}-liste`} role="listbox" aria-label="Ensembles" className="choix-ensemble-liste defile">
        {montres.map((e, i) => (
          <div
            key={e.id}
            id={`${id}-${i}`}
            role="option"
            data-depot={e.id}
            data-depot-nom={e.nom}
            tabIndex={-1}
            aria-selected={i === rang}
            className={classes('choix-ensemble-ligne', i === rang && 'choix-ensemble-active')}
            onPointerMove={() => setRang(i)}
            onClick={() => surChoix(e)}
            onKeyDown={() => undefined}
          >
            <span>{e.nom}</span> <span className="doux">{[e.adresse, e.nomCommune, accord(e.logements, 'logement')].filter(Boolean).join(', ')}</span>
          </div>
        ))}
      </div>
      {trouves.length > MONTRES && <p className="doux">{accord(trouves.length - MONTRES, 'autre')} : préciser la recherche.</p>}
      {trouves.length === 0 && donnees && <p className="doux" role="status">Aucun ensemble ne répond à cette recherche.</p>}
    </div>
  );
}
