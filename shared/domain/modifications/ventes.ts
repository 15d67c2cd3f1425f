import { deConsulte } from '../../territoires/noms.ts';
import type { DonneesPaquet } from '../../paquet/donnees.ts';
import { LIBELLE_ETAT_VENTE } from '../ventes/types.ts';
import type { ValeurNommee } from './valeurs.ts';

/** Le plan de mise en vente : ses totaux, puis chaque logement, pour dire ce qui y est entré, sorti ou changé. */
export function valeursVentes({ ventes }: DonneesPaquet): ValeurNommee[] {
  if (ventes === undefined) return [];
  const { resume, lignes, consultations } = ventes;
  const acquereurs = new Map(resume.listeAcquereurs.map((a) => [a.code, a.court.toLowerCase()]));
  return [
    { champ: 'ventes/total', libelle: 'Logements du plan de mise en vente', valeur: String(resume.logements) },
    ...lignes.map((l) => ({
      champ: `ventes/logement/${l.identifiant}`,
      libelle: `Plan de mise en vente, logement ${l.identifiant}`,
      valeur: [l.annee === null ? 'sans année' : String(l.annee), l.acquereur === null ? 'acquéreur à dire' : (acquereurs.get(l.acquereur) ?? l.acquereur), `${LIBELLE_ETAT_VENTE[l.etat].toLowerCase()}${l.date === null ? '' : ` le ${l.date}`}`].join(', '),
    })),
    ...consultations.map((c) => ({ champ: `ventes/consultation/${c.cle}`, libelle: `Avis ${deConsulte(c.delaiLegal, c.nom)} sur le plan de mise en vente`, valeur: `${c.libelleEtat}${c.repondue === null ? '' : `, ${c.repondue}`}` })),
  ];
}
