import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { accord } from '../../ui/format.ts';
import { BandeauTableau, type NatureBandeau } from '../patrimoine/BandeauTableau.tsx';
import { commencer } from '../patrimoine/importation.ts';

export async function choisirEnquete(): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre: 'Importer l’enquête d’occupation', filtres: [FILTRES.logements] });
  if (chemin) await commencer(chemin, null, 'ops');
}

const NATURE: NatureBandeau = {
  type: 'ops',
  rapport: 'occupation - anomalies.csv',
  importer: 'Importer une enquête',
  compare: (r) => `changerait l’enquête : ${accord(r.inchanges, 'réponse gardée', 'réponses gardées')}, ${accord(r.modifies, 'modifiée')}, ${accord(r.ajoutes, 'ajoutée')}, ${accord(r.disparus, 'disparue')}.`,
  pareil: 'l’enquête du dossier',
  enregistre: (r) => accord(r.acceptees, 'ligne enregistrée', 'lignes enregistrées'),
  perdu: ['réponse', 'réponses'],
  remplace: 'l’enquête entière',
  doitSortir: (n) => `${accord(n, 'réponse doit', 'réponses doivent')} sortir de l’enquête`,
};

/** La dernière enquête importée, et l'avancement de la suivante. */
export function BandeauEnquete({ lectureSeule }: { lectureSeule: boolean }) {
  const lu = useRequete('occupation.dernier', {}).donnees;
  const rapport = useOperation('occupation.anomalies', false);
  return <BandeauTableau nature={NATURE} dernier={lu?.import} rapport={rapport} choisir={() => void choisirEnquete()} lectureSeule={lectureSeule} />;
}
