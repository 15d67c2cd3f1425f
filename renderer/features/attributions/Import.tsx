import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { accord } from '../../ui/format.ts';
import { BandeauTableau, type NatureBandeau } from '../patrimoine/BandeauTableau.tsx';
import { commencer } from '../patrimoine/importation.ts';

export async function choisirAttributions(): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre: 'Importer des attributions', filtres: [FILTRES.logements] });
  if (chemin) await commencer(chemin, null, 'attributions');
}

const NATURE: NatureBandeau = {
  type: 'attributions',
  rapport: 'attributions - anomalies.csv',
  importer: 'Importer des attributions',
  compare: (r) => `changerait les attributions de ses années : ${accord(r.ajoutes, 'ajoutée')}, ${accord(r.modifies, 'modifiée')}, ${accord(r.inchanges, 'inchangée')}, ${accord(r.disparus, 'disparue')}.`,
  pareil: 'le dossier',
  enregistre: (r) => accord(r.acceptees, 'attribution enregistrée', 'attributions enregistrées'),
  perdu: ['attribution', 'attributions'],
  remplace: 'entièrement les années qu’il couvre',
  doitSortir: (n) => `${accord(n, 'attribution doit', 'attributions doivent')} sortir du dossier`,
};

/** Le dernier tableau d'attributions importé, et l'avancement du suivant. */
export function BandeauAttributions({ lectureSeule }: { lectureSeule: boolean }) {
  const lu = useRequete('attributions.dernier', {}).donnees;
  const rapport = useOperation('attributions.anomalies', false);
  return <BandeauTableau nature={NATURE} dernier={lu?.import} rapport={rapport} choisir={() => void choisirAttributions()} lectureSeule={lectureSeule} />;
}
