import { Tags } from 'lucide-react';
import { useState } from 'react';
import type { Entree } from '../../../shared/contract.ts';
import { invalider, useRequete } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { allerEtape, type Filtres } from '../../app/session.ts';
import { accord } from '../../ui/format.ts';
import { Bouton, Choix } from '../../ui/index.ts';
import { useCorrections } from './corrections.ts';
import { useDecisions } from './decisions.ts';

const A_DIRE = 'a-dire';

/** Ajoute au plan de mise en vente les logements retenus, sinon tous ceux que la table montre. */
export function AjoutVentes({ retenus, filtres, total, fait }: { retenus: ReadonlySet<string>; filtres: Filtres; total: number; fait: () => void }) {
  const [ouvert, setOuvert] = useState(false);
  const n = retenus.size > 0 ? retenus.size : total;
  return (
    <section className="appliquer" aria-label="Plan de mise en vente">
      <Bouton variante="texte" icone={Tags} aria-expanded={ouvert} disabled={n === 0} onClick={() => setOuvert(!ouvert)}>
        Ajouter au plan de mise en vente…
      </Bouton>
      {ouvert && (
        <Formulaire
          n={n}
          cible={retenus.size > 0 ? { identifiants: [...retenus] } : { filtres }}
          fermer={() => setOuvert(false)}
          fait={() => {
            setOuvert(false);
            fait();
          }}
        />
      )}
    </section>
  );
}

function Formulaire({ n, cible, fermer, fait }: { n: number; cible: Pick<Entree<'ventes.ajouter'>, 'identifiants' | 'filtres'>; fermer: () => void; fait: () => void }) {
  const { donnees } = useRequete('ventes.resume', {});
  const [annee, setAnnee] = useState(A_DIRE);
  const [acquereur, setAcquereur] = useState(A_DIRE);
  const [occupe, setOccupe] = useState(false);
  const dire = { valeur: A_DIRE, libelle: 'à dire plus tard' };
  async function ajouter() {
    setOccupe(true);
    try {
      const r = await appeler('ventes.ajouter', { ...cible, annee: annee === A_DIRE ? '' : annee, acquereur: acquereur === A_DIRE ? '' : acquereur });
      const remarques = [
        ...(r.deja > 0 ? [`${accord(r.deja, 'y était déjà', 'y étaient déjà')}, sans y changer.`] : []),
        ...r.refuses.slice(0, 5).map((x) => `${x.identifiant} : ${x.raison}`),
        ...(r.nombreRefuses > 5 ? [`Et ${accord(r.nombreRefuses - 5, 'autre refus', 'autres refus')}.`] : []),
      ];
      useDecisions.setState({ fait: { titre: `${accord(r.ajoutes, 'logement ajouté', 'logements ajoutés')} au plan de mise en vente.`, remarques, operation: r.operation }, erreur: null });
      fait();
    } catch (cause) {
      useCorrections.setState({ erreur: enErreur(cause) });
    } finally {
      setOccupe(false);
      invalider();
    }
  }
  return (
    <div className="appliquer-formulaire">
      <Choix compact nom="Année de mise en vente" valeur={annee} options={[{ ...dire, libelle: 'Année à dire plus tard' }, ...(donnees?.periode ?? []).map((a) => ({ valeur: String(a), libelle: `Mise en vente en ${a}` }))]} surChoix={setAnnee} />
      <Choix compact nom="Acquéreur prévu" valeur={acquereur} options={[{ ...dire, libelle: 'Acquéreur à dire plus tard' }, ...(donnees?.listeAcquereurs ?? []).map((a) => ({ valeur: a.code, libelle: a.libelle }))]} surChoix={setAcquereur} />
      <span className="appliquer-boutons">
        <Bouton variante="principal" occupe={occupe} onClick={() => void ajouter()}>{`Ajouter ${accord(n, 'logement')}`}</Bouton>
        <Bouton variante="texte" onClick={() => allerEtape('ventes')}>Voir le plan</Bouton>
        <Bouton variante="texte" onClick={fermer}>Fermer</Bouton>
      </span>
    </div>
  );
}
