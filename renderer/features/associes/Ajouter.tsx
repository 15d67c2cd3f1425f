import { useState, type FormEvent } from 'react';
import { Bouton, Champ, Echec, Saisie } from '../../ui/index.ts';
import { useGeste } from './geste.ts';

/** Ajoute une personne publique que le parc ne désigne pas. */
export function Ajouter({ fermer }: { fermer: () => void }) {
  const [nom, setNom] = useState('');
  const [territoire, setTerritoire] = useState('');
  const [motif, setMotif] = useState('');
  const { erreur, effacer, faire } = useGeste();
  async function ajouter(e: FormEvent) {
    e.preventDefault();
    if (await faire('associes.ajouter', { nom, territoire, motif })) fermer();
  }
  return (
    <form className="associes-formulaire" onSubmit={(e) => void ajouter(e)} aria-label="Ajouter une personne publique">
      <Champ libelle="Code du territoire" aide="dep-13, epci-200054807, com-13055 : avec un territoire, elle a son pack.">
        {({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={territoire} onChange={(e) => setTerritoire(e.target.value)} />}
      </Champ>
      <Champ libelle="Nom" aide="Facultatif avec un territoire.">{({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={nom} onChange={(e) => setNom(e.target.value)} />}</Champ>
      <Champ libelle="Motif">{({ id }) => <Saisie id={id} value={motif} onChange={(e) => setMotif(e.target.value)} />}</Champ>
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      <div className="associes-boutons">
        <Bouton variante="principal" type="submit">Ajouter</Bouton>
        <Bouton onClick={fermer}>Renoncer</Bouton>
      </div>
    </form>
  );
}
