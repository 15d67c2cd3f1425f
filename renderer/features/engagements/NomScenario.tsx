import { useEffect, useRef, useState } from 'react';
import { Bouton, Saisie } from '../../ui/index.ts';

/** Le nom d'un scénario, en place : Entrée le garde, Échap rend l'ancien. */
export function NomScenario({ nom, valider, fermer }: { nom: string; valider: (nom: string) => void; fermer: () => void }) {
  const [texte, setTexte] = useState(nom);
  const champ = useRef<HTMLInputElement>(null);
  useEffect(() => champ.current?.select(), []);
  return (
    <>
      <Saisie
        ref={champ}
        // Échap rend le nom ; il ne ferme pas aussi le volet.
        data-garde-echap
        aria-label={`Nouveau nom de « ${nom} »`}
        className="saisie-scenario"
        maxLength={100}
        value={texte}
        onChange={(e) => setTexte(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && texte.trim() !== '') valider(texte);
          else if (e.key === 'Escape') fermer();
          else return;
          e.preventDefault();
        }}
      />
      <Bouton disabled={texte.trim() === ''} onClick={() => valider(texte)}>Garder ce nom</Bouton>
      <Bouton variante="texte" onClick={fermer}>Annuler</Bouton>
    </>
  );
}
