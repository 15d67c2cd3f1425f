import { Check } from 'lucide-react';
import { useState } from 'react';
import type { Erreur } from '../../../../shared/erreurs.ts';
import { useEnregistrement } from '../../../app/enregistrement.ts';
import { invalider, useRequete } from '../../../app/requetes.ts';
import { appeler, enErreur } from '../../../app/service.ts';
import { Bouton, Echec } from '../../../ui/index.ts';
import { date, nombre, nomDeFichier } from '../../../ui/format.ts';

/** Les déclarations gardées ; une par organisme est en vigueur, et peut céder la place à une autre. */
export function Declarations({ lectureSeule }: { lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('declarations.lister', {});
  const [refus, setRefus] = useState<Erreur | null>(null);
  const [enCours, setEnCours] = useState<number | null>(null);
  const declarations = donnees?.declarations ?? [];

  async function mettreEnVigueur(declaration: number) {
    setEnCours(declaration);
    setRefus(null);
    try {
      const { enregistreA } = await appeler('declarations.vigueur', { declaration });
      useEnregistrement.setState({ enregistreA });
    } catch (cause) {
      setRefus(enErreur(cause));
    } finally {
      setEnCours(null);
      invalider();
    }
  }

  return (
    <section className="evolution-declarations" aria-label="Déclarations gardées">
      <h2 className="titre-section">Déclarations gardées</h2>
      {erreur && <Echec erreur={erreur} reessayer={recharger} />}
      {refus && <Echec erreur={refus} fermer={() => setRefus(null)} />}
      <div className="evolution-defile">
        <table className="evolution-table">
          <thead>
            <tr>
              <th scope="col">Année</th>
              <th scope="col">Organisme</th>
              <th scope="col">Fichier</th>
              <th scope="col">Importé le</th>
              <th scope="col" className="nombre">Logements</th>
              <th scope="col" className="nombre">Sortis du parc</th>
              <th scope="col">État</th>
            </tr>
          </thead>
          <tbody>
            {declarations.map((d) => (
              <tr key={d.id}>
                <th scope="row">{d.annee ?? 'sans année'}</th>
                <td>{d.nom}</td>
                <td className="coupe" title={d.fichier}>{nomDeFichier(d.fichier)}</td>
                <td>{date(d.importeLe.slice(0, 10))}</td>
                <td className="nombre">{nombre(d.logements)}</td>
                <td className="nombre">{nombre(d.sortis)}</td>
                <td>
                  {d.enVigueur ? (
                    <span className="evolution-vigueur">
                      <Check aria-hidden="true" /> en vigueur
                    </span>
                  ) : lectureSeule ? (
                    <span className="doux">gardée</span>
                  ) : (
                    <Bouton variante="texte" occupe={enCours === d.id} onClick={() => void mettreEnVigueur(d.id)} aria-label={`Mettre en vigueur la déclaration ${d.annee ?? 'sans année'} de ${d.nom}`}>
                      Mettre en vigueur
                    </Bouton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="doux petit">Tous les chiffres du dossier suivent la déclaration en vigueur de chaque organisme. En changer s’annule (Ctrl+Z dans Logements ou Ensembles).</p>
    </section>
  );
}
