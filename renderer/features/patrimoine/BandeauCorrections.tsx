import { PencilLine } from 'lucide-react';
import { useMemo, useState, type FormEvent } from 'react';
import { Bandeau, Bouton, Champ, Choix, Echec, Saisie } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import type { Filtres } from '../../app/session.ts';
import { intitule, type Colonne } from './cases.tsx';
import { appliquerSelection, estModifiable, fermerCorrection, useCorrections } from './corrections.ts';

/** Ce qui attend une confirmation avant d'être écrit, ou n'a pas pu l'être. */
export function BandeauCorrections() {
  const { attente, erreur, enCours } = useCorrections();
  if (erreur) return <Echec erreur={erreur} fermer={fermerCorrection} />;
  if (!attente) return null;
  return (
    <Bandeau
      ton="attention"
      titre={typographie(attente.titre)}
      actions={
        <>
          {attente.bouton !== '' && (
            <Bouton occupe={enCours} onClick={attente.faire}>
              {attente.bouton}
            </Bouton>
          )}
          <Bouton autoFocus variante="texte" onClick={fermerCorrection}>
            {attente.bouton === '' ? 'Masquer' : 'Ne rien changer'}
          </Bouton>
        </>
      }
    >
      {attente.raisons.length > 0 && attente.raisons.map((r) => <p key={r}>{typographie(r)}</p>)}
    </Bandeau>
  );
}

/** La même valeur dans toute la sélection filtrée : le nombre de logements est dit avant, et le geste s'annule. */
export function AppliquerSelection({ total, filtres, colonnes, rendreFocus }: { total: number; filtres: Filtres; colonnes: readonly Colonne[]; rendreFocus: () => void }) {
  const [ouvert, setOuvert] = useState(false);
  const nombre = accord(total, 'logement');
  return (
    <section className="appliquer" aria-label="Appliquer une valeur à la sélection">
      <Bouton variante="texte" icone={PencilLine} aria-expanded={ouvert} disabled={total === 0} onClick={() => setOuvert(!ouvert)}>
        {`Appliquer à ${nombre}…`}
      </Bouton>
      {ouvert && (
        <Formulaire
          total={total}
          filtres={filtres}
          colonnes={colonnes}
          fermer={() => {
            setOuvert(false);
            rendreFocus();
          }}
        />
      )}
    </section>
  );
}

function Formulaire({ total, filtres, colonnes, fermer }: { total: number; filtres: Filtres; colonnes: readonly Colonne[]; fermer: () => void }) {
  const [colonne, setColonne] = useState<string | null>(null);
  const [texte, setTexte] = useState('');
  const [motif, setMotif] = useState('');
  const enCours = useCorrections((s) => s.enCours);
  const modifiables = useMemo(() => colonnes.filter((c) => estModifiable(c.nom)), [colonnes]);
  const choisie = modifiables.find((c) => c.nom === colonne);
  const codes = choisie?.codes;
  async function appliquer(e: FormEvent) {
    e.preventDefault();
    if (colonne === null) return;
    if (await appliquerSelection({ filtres, colonne, texte, attendus: total, ...(motif.trim() === '' ? {} : { motif: motif.trim() }) })) fermer();
  }
  return (
    <form className="appliquer-formulaire" onSubmit={(e) => void appliquer(e)}>
      <Champ libelle="Colonne">{({ id }) => <Choix id={id} valeur={colonne} options={modifiables.map((c) => ({ valeur: c.nom, libelle: intitule(c) }))} surChoix={(v) => { setColonne(v); setTexte(''); }} />}</Champ>
      <Champ libelle="Valeur">
        {({ id }) =>
          codes ? (
            <Choix id={id} valeur={texte} options={[...Object.entries(codes).map(([valeur, l]) => ({ valeur, libelle: l === valeur ? l : `${valeur} ${l}` })), { valeur: '', libelle: 'Vide' }]} surChoix={setTexte} />
          ) : (
            <Saisie id={id} value={texte} placeholder="Vide : efface la valeur" onChange={(e) => setTexte(e.target.value)} />
          )
        }
      </Champ>
      <Champ libelle="Motif (facultatif)">{({ id }) => <Saisie id={id} value={motif} onChange={(e) => setMotif(e.target.value)} />}</Champ>
      <span className="appliquer-boutons">
        <Bouton type="submit" variante="principal" occupe={enCours} disabled={colonne === null}>
          {texte === '' && colonne !== null ? `Vider dans ${accord(total, 'logement')}` : `Appliquer à ${accord(total, 'logement')}`}
        </Bouton>
        <Bouton variante="texte" onClick={fermer}>
          Fermer
        </Bouton>
      </span>
    </form>
  );
}
