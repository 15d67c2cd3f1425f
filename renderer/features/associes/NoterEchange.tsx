import { useState, type FormEvent } from 'react';
import { parseDate } from '../../../shared/domain/calendrier/dates.ts';
import { Bouton, Champ, Choix, Echec, Paragraphe, Saisie } from '../../ui/index.ts';
import { useGeste } from './geste.ts';
import { direPersonnes } from './TablePersonnes.tsx';
import type { Personne, Vue } from './types.ts';

/** Enregistre le même envoi, la même réponse ou la même réunion pour une ou plusieurs personnes. */
export function NoterEchange({ personnes, objets, fermer }: { personnes: readonly Personne[]; objets: Vue['objets']; fermer: () => void }) {
  const natures = new Set(personnes.map((p) => (p.groupe === 'etat' ? 'etat' : 'personnes')));
  // Seule une autorité organisatrice de l'habitat peut renoncer à signer.
  const possibles = objets.filter((o) => [...natures].every((n) => o.avec.includes(n)) && (o.code !== 'renonciation' || personnes.every((p) => p.aoh)));
  const [objet, setObjet] = useState(possibles[0]?.code ?? null);
  const [jour, setJour] = useState('');
  const [mode, setMode] = useState('');
  const [texte, setTexte] = useState('');
  const [faute, setFaute] = useState<string | null>(null);
  const { erreur, effacer, faire } = useGeste();
  const choisi = possibles.find((o) => o.code === objet);

  async function noter(e: FormEvent) {
    e.preventDefault();
    if (parseDate(jour) === null) return setFaute('Donner une date, par exemple 31/03/2026.');
    setFaute(null);
    if (objet !== null && (await faire('associes.noter', { personnes: personnes.map((p) => p.code), objet, date: jour, mode, texte }))) fermer();
  }

  return (
    <form className="associes-formulaire" onSubmit={(e) => void noter(e)} aria-label="Noter un échange">
      <p className="associes-formulaire-tete">
        {personnes.length === 1 ? personnes[0]?.nom : direPersonnes(personnes.length)}
        {possibles.length === 0 && <span className="doux"> : l’État et les personnes publiques n’ont aucun échange en commun.</span>}
      </p>
      <Champ libelle="Échange" article={choisi?.article}>
        {({ id, decrit }) => <Choix id={id} decrit={decrit} nom="Échange" valeur={objet} options={possibles.map((o) => ({ valeur: o.code, libelle: o.libelle }))} surChoix={setObjet} />}
      </Champ>
      <Champ libelle="Date" faute={faute}>
        {({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={jour} placeholder="jj/mm/aaaa" fautif={faute !== null} onChange={(e) => setJour(e.target.value)} />}
      </Champ>
      <Champ libelle="Moyen" aide="Courriel, lettre recommandée, remise en main propre…">
        {({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={mode} onChange={(e) => setMode(e.target.value)} />}
      </Champ>
      <Champ libelle={choisi?.sens === 'recu' ? 'Texte de la réponse' : 'Note'} large>
        {({ id }) => <Paragraphe id={id} value={texte} onChange={(e) => setTexte(e.target.value)} />}
      </Champ>
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      <div className="associes-boutons">
        <Bouton variante="principal" type="submit" disabled={objet === null}>
          Enregistrer
        </Bouton>
        <Bouton onClick={fermer}>Renoncer</Bouton>
      </div>
    </form>
  );
}
