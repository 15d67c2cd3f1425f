import { Pencil, Plus, Trash2, Upload } from 'lucide-react';
import { useState } from 'react';
import type { Sortie } from '../../../../shared/contract.ts';
import { LIBELLE_OPERATION } from '../../../../shared/domain/origines/operations.ts';
import { formatSiren } from '../../../../shared/domain/organisme/siren.ts';
import type { Erreur } from '../../../../shared/erreurs.ts';
import { useEnregistrement } from '../../../app/enregistrement.ts';
import { invalider, useRequete } from '../../../app/requetes.ts';
import { appeler, enErreur } from '../../../app/service.ts';
import { demanderImport } from '../../../app/session.ts';
import { Bouton, BoutonIcone, Echec } from '../../../ui/index.ts';
import { date, nombre } from '../../../ui/format.ts';
import { FILTRES } from '../../../app/dossiers.ts';
import { FormulaireOrigine } from './FormulaireOrigine.tsx';
import './origines.css';

export type Origine = Sortie<'origines.lister'>['origines'][number];

async function importer(o: Origine): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre: `Fichier de logements de ${o.nom}`, filtres: [FILTRES.logements] });
  if (chemin) demanderImport(chemin, o.siren);
}

/** Les bailleurs dont le patrimoine est réuni dans la convention, et ce que chacun y apporte. */
export function Origines({ lectureSeule }: { lectureSeule: boolean }) {
  const lu = useRequete('origines.lister', {});
  const [edite, setEdite] = useState<Origine | 'neuf' | null>(null);
  const [erreur, setErreur] = useState<Erreur | null>(null);
  const origines = lu.donnees?.origines ?? [];
  const plusieurs = origines.length > 1;

  async function retirer(o: Origine) {
    setErreur(null);
    try {
      const { enregistreA } = await appeler('origines.retirer', { siren: o.siren });
      useEnregistrement.setState({ enregistreA });
    } catch (cause) {
      setErreur(enErreur(cause));
    } finally {
      invalider();
    }
  }

  return (
    <section className="groupe" aria-label="Organismes repris ou fusionnés">
      <h2 className="groupe-titre">Organismes repris ou fusionnés</h2>
      <div className="origines">
        {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
        <p className="doux">
          {plusieurs
            ? 'Chaque logement garde son organisme d’origine ; les chiffres du dossier les réunissent tous. Deux organismes gardent leurs ensembles séparés : les réunir se décide dans Patrimoine.'
            : 'Quand un autre organisme est absorbé, fusionné, ou cède son patrimoine : le déclarer ici permet d’importer ses logements dans cette convention, chacun gardant son origine.'}
        </p>
        {plusieurs && (
          <div className="origines-defile">
            <table className="origines-table">
              <thead>
                <tr>
                  <th scope="col">Organisme</th>
                  <th scope="col">Opération</th>
                  <th scope="col">Date</th>
                  <th scope="col">Déclaration</th>
                  <th scope="col" className="nombre">Logements</th>
                  <th scope="col" className="nombre">Sortis du parc</th>
                  {!lectureSeule && <th scope="col"><span className="hors-vue">Actions</span></th>}
                </tr>
              </thead>
              <tbody>
                {origines.map((o) => (
                  <tr key={o.siren}>
                    <th scope="row">
                      <span>{o.nom}</span> <span className="doux">{formatSiren(o.siren)}</span>
                    </th>
                    <td>{o.operation === null ? <span className="doux">Organisme de la convention</span> : LIBELLE_OPERATION[o.operation]}</td>
                    <td>{o.date === null ? <span className="doux">–</span> : date(o.date)}</td>
                    <td>{o.fichier === null ? <span className="doux">rien d’importé</span> : (o.annee ?? 'sans année')}</td>
                    <td className="nombre">{nombre(o.logements)}</td>
                    <td className="nombre">{nombre(o.sortis)}</td>
                    {!lectureSeule && (
                      <td className="origines-actions">
                        <BoutonIcone nom={`Importer des logements de ${o.nom}`} icone={Upload} onClick={() => void importer(o)} />
                        {o.operation !== null && <BoutonIcone nom={`Modifier ${o.nom}`} icone={Pencil} onClick={() => setEdite(o)} />}
                        {o.retirable && <BoutonIcone nom={`Retirer ${o.nom}`} icone={Trash2} onClick={() => void retirer(o)} />}
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={4}>Ensemble</th>
                  <td className="nombre">{nombre(origines.reduce((n, o) => n + o.logements, 0))}</td>
                  <td className="nombre">{nombre(origines.reduce((n, o) => n + o.sortis, 0))}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        )}
        {erreur && <Echec erreur={erreur} fermer={() => setErreur(null)} />}
        {edite !== null ? (
          <FormulaireOrigine key={edite === 'neuf' ? '' : edite.siren} origine={edite === 'neuf' ? null : edite} fermer={() => setEdite(null)} />
        ) : (
          !lectureSeule && (
            <Bouton icone={Plus} className="origines-ajout" onClick={() => setEdite('neuf')}>
              Déclarer un organisme repris
            </Bouton>
          )
        )}
      </div>
    </section>
  );
}
