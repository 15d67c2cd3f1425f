import { Check, CloudOff, Hourglass, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Bouton, InfoBulle } from '../ui/index.ts';
import { heure } from '../ui/format.ts';
import { reessayer, useEnregistrement } from './enregistrement.ts';

/** Au-delà, ce n'est plus une écriture mais une attente (import en cours, disque lent). */
const ATTENTE_MS = 900;

/** L'état d'enregistrement, toujours à la même place, toujours en mots. */
export function EtatEnregistrement() {
  const { enCours, depuis, attente, echecs, enregistreA } = useEnregistrement();
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!enCours) return undefined;
    const minuterie = setTimeout(() => setLong(true), ATTENTE_MS);
    return () => clearTimeout(minuterie);
  }, [enCours, depuis]);

  if (echecs.length > 0) {
    const detail = echecs.map((e) => `${e.tache.libelle} : ${e.erreur.message}`).join('\n');
    return (
      <InfoBulle texte={<span className="lignes">{detail}</span>}>
        <Bouton variante="danger" icone={CloudOff} onClick={reessayer} className="enregistrement">
          {`Non enregistré${echecs.length > 1 ? ` (${echecs.length})` : ''} : réessayer`}
        </Bouton>
      </InfoBulle>
    );
  }
  const mot = enCours
    ? long || attente.length > 20
      ? `En attente${attente.length > 0 ? ` (${attente.length + 1})` : ''}`
      : 'Enregistrement…'
    : enregistreA
      ? `Enregistré à ${heure(enregistreA)}`
      : 'Enregistré';
  const Icone = enCours ? (long ? Hourglass : LoaderCircle) : Check;
  return (
    <span className="enregistrement" role="status" aria-label="État d’enregistrement" data-etat={enCours ? 'en-cours' : 'repos'}>
      <Icone aria-hidden="true" />
      {mot}
    </span>
  );
}
