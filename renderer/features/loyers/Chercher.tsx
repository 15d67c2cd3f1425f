import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import { Recherche } from '../../ui/index.ts';

export type Trouve = Sortie<'carte.chercher'>['trouves'][number];

const NATURES: Record<Trouve['nature'], string> = { commune: 'Commune', epci: 'EPCI', ensemble: 'Ensemble', programme: 'Programme', adresse: 'Adresse' };

/** Cherche un lieu : la liste se parcourt aux flèches, Entrée y va et le sélectionne. */
export function Chercher({ aller }: { aller: (t: Trouve) => void }) {
  const [texte, setTexte] = useState('');
  const [rang, setRang] = useState(0);
  const [ouvert, setOuvert] = useState(false);
  const demande = useDeferredValue(texte.trim());
  const lu = useRequete('carte.chercher', { texte: demande }, demande.length > 1).donnees;
  const trouves = ouvert && texte.trim().length > 1 ? (lu?.trouves ?? []) : [];
  const id = useId();
  const ici = Math.min(rang, trouves.length - 1);
  function choisir(t: Trouve) {
    aller(t);
    setTexte(t.libelle);
    setOuvert(false);
  }
  function surTouche(e: KeyboardEvent) {
    const pas = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
    const t = trouves[ici];
    if (pas !== 0 && trouves.length > 0) setRang((ici + pas + trouves.length) % trouves.length);
    else if (e.key === 'Enter' && t) choisir(t);
    else if (e.key === 'Escape' && trouves.length > 0) setOuvert(false);
    else return;
    e.preventDefault();
    e.stopPropagation();
  }
  return (
    <div className="loyers-chercher">
      <Recherche
        nom="Chercher une adresse, un programme, une commune"
        placeholder="Adresse, programme, commune, EPCI"
        value={texte}
        role="combobox"
        aria-expanded={trouves.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={trouves.length > 0 ? `${id}-${ici}` : undefined}
        onChange={(e) => {
          setTexte(e.target.value);
          setRang(0);
          setOuvert(true);
        }}
        onKeyDown={surTouche}
        onBlur={() => setOuvert(false)}
      />
      {ouvert && demande.length > 1 && lu && (
        <div id={id} role="listbox" aria-label="Lieux trouvés" className="flottant loyers-trouves">
          {trouves.map((t, i) => (
            // Le champ garde le focus : la souris choisit dès l'appui.
            <div key={`${t.nature} ${t.libelle} ${t.detail}`} id={`${id}-${i}`} role="option" tabIndex={-1} aria-selected={i === ici} className="flottant-ligne" onMouseDown={(e) => { e.preventDefault(); choisir(t); }}>
              <span>
                {t.libelle} <span className="doux">{t.detail}</span>
              </span>
              <span className="etiquette-droite">{NATURES[t.nature]}</span>
            </div>
          ))}
          {trouves.length === 0 && <p className="doux petit">Rien de ce nom dans le parc{lu.banChargee ? '' : ' ; aucun extrait de la BAN n’est chargé (Patrimoine, vue QPV)'}.</p>}
        </div>
      )}
    </div>
  );
}
