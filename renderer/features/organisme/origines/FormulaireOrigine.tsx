import { useState, type FormEvent } from 'react';
import { parseDate } from '../../../../shared/domain/calendrier/dates.ts';
import { LIBELLE_OPERATION, OPERATIONS_ORIGINE, type OperationOrigine } from '../../../../shared/domain/origines/operations.ts';
import { formatSiren, parseSiren, refusSiren } from '../../../../shared/domain/organisme/siren.ts';
import type { Erreur } from '../../../../shared/erreurs.ts';
import { useEnregistrement } from '../../../app/enregistrement.ts';
import { invalider } from '../../../app/requetes.ts';
import { appeler, enErreur } from '../../../app/service.ts';
import { Bouton, Champ, Choix, Echec, Saisie } from '../../../ui/index.ts';
import { date as montrerDate } from '../../../ui/format.ts';
import type { Origine } from './Origines.tsx';

const OPERATIONS = OPERATIONS_ORIGINE.map((valeur) => ({ valeur, libelle: LIBELLE_OPERATION[valeur] }));
type Fautes = Partial<Record<'siren' | 'nom' | 'operation' | 'date', string>>;

/** Déclare un organisme repris, ou change ce qui en est dit ; son SIREN, lui, ne change pas. */
export function FormulaireOrigine({ origine, fermer }: { origine: Origine | null; fermer: () => void }) {
  const [siren, setSiren] = useState(origine === null ? '' : formatSiren(origine.siren));
  const [nom, setNom] = useState(origine?.nom ?? '');
  const [operation, setOperation] = useState<OperationOrigine | null>(origine?.operation ?? null);
  const [date, setDate] = useState(origine?.date ? montrerDate(origine.date) : '');
  const [fautes, setFautes] = useState<Fautes>({});
  const [erreur, setErreur] = useState<Erreur | null>(null);
  const [enCours, setEnCours] = useState(false);

  async function enregistrer(e: FormEvent) {
    e.preventDefault();
    const trouvees: Fautes = {};
    if (parseSiren(siren) === null) trouvees.siren = siren.trim() === '' ? 'Donner les neuf chiffres du SIREN.' : `Ce SIREN est invalide : ${refusSiren(siren)}.`;
    if (nom.trim() === '') trouvees.nom = 'Donner le nom de l’organisme repris.';
    if (operation === null) trouvees.operation = 'Choisir la nature de l’opération.';
    if (date.trim() !== '' && parseDate(date) === null) trouvees.date = 'Ce n’est pas une date : taper par exemple 31/12/2025.';
    setFautes(trouvees);
    setErreur(null);
    if (Object.keys(trouvees).length > 0 || operation === null) return;
    setEnCours(true);
    try {
      const { enregistreA } = await appeler('origines.definir', { siren, nom, operation, date });
      useEnregistrement.setState({ enregistreA });
      invalider();
      fermer();
    } catch (cause) {
      setErreur(enErreur(cause));
    } finally {
      setEnCours(false);
    }
  }

  return (
    <form
      className="origines-formulaire"
      onSubmit={(e) => void enregistrer(e)}
      noValidate
      aria-label={origine === null ? 'Organisme repris' : `Modifier ${origine.nom}`}
    >
      <Champ libelle="SIREN de l’organisme repris" aide="Neuf chiffres, clé vérifiée : les fichiers de cet organisme se reconnaissent à lui." faute={fautes.siren}>
        {({ id, decrit }) => (
          <Saisie id={id} aria-describedby={decrit} inputMode="numeric" autoFocus={origine === null} readOnly={origine !== null} fautif={fautes.siren !== undefined} value={siren} onChange={(e) => setSiren(e.target.value)} />
        )}
      </Champ>
      <Champ libelle="Nom" faute={fautes.nom}>
        {({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} autoFocus={origine !== null} fautif={fautes.nom !== undefined} value={nom} onChange={(e) => setNom(e.target.value)} />}
      </Champ>
      <Champ libelle="Opération" faute={fautes.operation}>
        {({ id, decrit }) => <Choix id={id} decrit={decrit} valeur={operation} options={OPERATIONS} surChoix={setOperation} />}
      </Champ>
      <Champ libelle="Date de l’opération" aide="Facultatif : jj/mm/aaaa." faute={fautes.date}>
        {({ id, decrit }) => (
          <Saisie id={id} aria-describedby={decrit} placeholder="31/12/2025" className="saisie-courte" fautif={fautes.date !== undefined} value={date} onChange={(e) => setDate(e.target.value)} />
        )}
      </Champ>
      {erreur && <Echec erreur={erreur} />}
      <div className="origines-boutons">
        <Bouton type="submit" variante="principal" occupe={enCours}>
          {origine === null ? 'Déclarer' : 'Enregistrer'}
        </Bouton>
        <Bouton variante="texte" onClick={fermer}>
          Renoncer
        </Bouton>
      </div>
    </form>
  );
}
