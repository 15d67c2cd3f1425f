import { Redo2, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Erreur } from '../../shared/erreurs.ts';
import { Bandeau, Bouton, BoutonIcone, Echec } from '../ui/index.ts';
import { typographie } from '../ui/format.ts';
import { toutEnregistrer, useEnregistrement } from './enregistrement.ts';
import { trouverGeste, useAnnulation, useHistorique } from './historique.ts';
import { annoncer } from './operation.ts';
import { invalider } from './requetes.ts';
import { appeler, enErreur } from './service.ts';

type Sens = 'annuler' | 'refaire';

/** De quoi annuler et refaire, par Ctrl+Z ou d'un bouton, les opérations dont la nature est de cet écran ; les autres s'annulent du leur. */
export function useGestesEcran(natures: RegExp, lectureSeule: boolean) {
  const historique = useHistorique(natures);
  const [dit, setDit] = useState<string | null>(null);
  const [erreur, setErreur] = useState<Erreur | null>(null);
  const menees = useMemo(() => {
    async function mener(sens: Sens): Promise<void> {
      try {
        const actif = document.activeElement;
        await toutEnregistrer();
        // Attendre la file fait quitter ce qui a le clavier : il y revient.
        if (actif instanceof HTMLElement && actif !== document.activeElement) actif.focus();
        // La liste de l'écran peut avoir un geste de retard.
        const { operations } = await appeler('operations.lister', {});
        const o = trouverGeste(operations, sens, natures);
        if (o === null) return;
        const { enregistreA } = await appeler(`operations.${sens}`, { operation: o.id });
        useEnregistrement.setState({ enregistreA });
        setErreur(null);
        setDit(`${sens === 'annuler' ? 'Annulé' : 'Refait'} : ${o.libelle}.`);
        annoncer(`operations.${sens}`);
      } catch (cause) {
        setErreur(enErreur(cause));
      } finally {
        invalider();
      }
    }
    // Deux Ctrl+Z qui se suivent défont deux gestes : le second attend que le premier soit fait.
    let file: Promise<void> = Promise.resolve();
    const suivre = (sens: Sens) => (): void => {
      file = file.then(() => mener(sens));
    };
    return { annuler: suivre('annuler'), refaire: suivre('refaire') };
  }, [natures]);
  useAnnulation(historique, lectureSeule ? null : menees, lectureSeule ? null : menees);
  return { historique, menees, dit, erreur, masquer: () => { setDit(null); setErreur(null); } };
}

type Gestes = ReturnType<typeof useGestesEcran>;

/** Les deux boutons, en tête de l'écran. */
export function BoutonsHistorique({ historique: { annuler, refaire }, menees }: Gestes) {
  return (
    <span className="page-actions">
      <BoutonIcone nom={annuler ? `Annuler : ${typographie(annuler.libelle)}` : 'Annuler'} raccourci="Ctrl+Z" icone={Undo2} disabled={!annuler} onClick={menees.annuler} />
      <BoutonIcone nom={refaire ? `Refaire : ${typographie(refaire.libelle)}` : 'Refaire'} raccourci="Ctrl+Y" icone={Redo2} disabled={!refaire} onClick={menees.refaire} />
    </span>
  );
}

/** Ce qui vient d'être annulé ou refait, ou pourquoi non. */
export function SuiteHistorique({ dit, erreur, masquer }: Gestes) {
  if (erreur) return <Echec erreur={erreur} fermer={masquer} />;
  return dit === null ? null : <Bandeau ton="info" titre={typographie(dit)} actions={<Bouton variante="texte" onClick={masquer}>Masquer</Bouton>} />;
}
