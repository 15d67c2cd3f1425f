import type { Sortie } from '../../../shared/contract.ts';
import { accord, decimal, nombre } from '../../ui/format.ts';

type Essai = Sortie<'ensembles.essayerRegle'>;

/** Ce que la règle donnerait, à côté de ce qui est ; pas encore à jour, les places sans les chiffres. */
export function BilanRegle({ essai, change, aJour }: { essai: Essai; change: boolean; aJour: boolean }) {
  const lignes: [string, string][] = [
    ['Ensembles', change ? `${nombre(essai.ensembles)} (${nombre(essai.actuels)} aujourd’hui)` : nombre(essai.ensembles)],
    ['Taille moyenne', essai.moyenne === null ? '–' : `${decimal(Math.round(essai.moyenne * 10) / 10)} logements`],
    ['Le plus grand', accord(essai.maximum, 'logement')],
    ['D’un seul logement', nombre(essai.seuls)],
    ['Changeraient', `${nombre(essai.changes)} sur ${nombre(essai.actuels)}`],
    ['N’auraient plus de logement', nombre(essai.disparus)],
    ['Nouveaux', nombre(essai.nouveaux)],
    ['Gardés, leur composition étant décidée', nombre(essai.compositionsGardees)],
  ];
  return (
    <>
      <h4 className="etiquette">{change ? 'Ce que cette règle donnerait' : 'Ce que la règle donne'}</h4>
      <dl className="regle-bilan" aria-busy={!aJour}>
        {lignes.map(([nom, valeur]) => (
          <div key={nom}>
            <dt>{nom}</dt>
            <dd>{aJour ? valeur : '…'}</dd>
          </div>
        ))}
      </dl>
      {aJour && essai.nomsGardesAPart.length > 0 && (
        <p className="petit">
          Gardés à part, parce que nommés : {essai.nomsGardesAPart.slice(0, 5).map((e) => e.nom).join(', ')}
          {essai.nomsGardesAPart.length > 5 && ` et ${accord(essai.nomsGardesAPart.length - 5, 'autre')}`}.
        </p>
      )}
    </>
  );
}
