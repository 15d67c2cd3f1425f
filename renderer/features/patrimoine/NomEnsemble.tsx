import { useEffect, useRef, useState } from 'react';
import { Saisie } from '../../ui/index.ts';

/** Le nom d'un ensemble, à sa place dans la table : Entrée ou quitter le champ le garde, Échap le laisse comme il était. */
export function NomEnsemble({ nom, valider, fermer }: { nom: string; valider: (nom: string) => void; fermer: () => void }) {
  const [texte, setTexte] = useState(nom);
  const champ = useRef<HTMLInputElement | null>(null);
  const fini = useRef(false);
  useEffect(() => champ.current?.select(), []);
  function finir(garder: boolean) {
    if (fini.current) return;
    fini.current = true;
    if (garder) valider(texte);
    else fermer();
  }
  return (
    <Saisie
      ref={champ}
      compact
      className="nom-ensemble"
      aria-label={`Nouveau nom de ${nom}`}
      value={texte}
      maxLength={200}
      onChange={(e) => {
        fini.current = false;
        setTexte(e.target.value);
      }}
      onClick={(e) => e.stopPropagation()}
      onBlur={() => finir(texte.trim() !== '')}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' && e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        finir(e.key === 'Enter');
      }}
    />
  );
}
