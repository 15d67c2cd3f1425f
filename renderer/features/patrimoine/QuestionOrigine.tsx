import { formatSiren } from '../../../shared/domain/organisme/siren.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bandeau, Bouton } from '../../ui/index.ts';
import { nomDeFichier } from '../../ui/format.ts';
import { choisirOrigine, quitterOrigine } from './importation.ts';

/** Le fichier ne nomme pas son organisme, et le dossier en réunit plusieurs : la personne le dit. */
export function QuestionOrigine({ chemin }: { chemin: string }) {
  const { donnees } = useRequete('origines.lister', {});
  return (
    <Bandeau
      ton="info"
      titre={`De quel organisme viennent les logements de ${nomDeFichier(chemin)} ?`}
      actions={
        <>
          {(donnees?.origines ?? []).map((o) => (
            <Bouton key={o.siren} onClick={() => choisirOrigine(o.siren)} title={formatSiren(o.siren)}>
              {o.nom}
            </Bouton>
          ))}
          <Bouton variante="texte" onClick={quitterOrigine}>
            Renoncer
          </Bouton>
        </>
      }
    >
      Le fichier ne le dit pas, et ce dossier en réunit plusieurs : ses lignes ne se comparent qu’aux logements de cet organisme.
    </Bandeau>
  );
}
