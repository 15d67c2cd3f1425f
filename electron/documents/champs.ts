import { isEuros } from '../../shared/domain/nombres/format.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { libelleAnomalie } from '../../shared/domain/rpls/libelles-anomalies.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { formatEurosSaisis, formatJour, formatNombre, formatPourcent } from './format.ts';
import { libelleHorizon } from './libelles.ts';

type Engagement = DonneesPaquet['engagements'][number];

/** Un champ du dépôt sur lequel une remarque peut porter ; `groupe` est la rubrique affichée. */
export type ChampObservable = { champ: string; libelle: string; valeur: string | null; groupe: string; article: string };

/** La cible en français : « 45/360 (12,5 %) », « 25 % », « 1 250 » ; `null` si rien n'est écrit. */
export function textCible(e: Engagement): string | null {
  const fraction = e.numerateur === null ? '' : `${formatNombre(e.numerateur)}/${e.denominateur === null ? '…' : formatNombre(e.denominateur)}`;
  const pourcent = e.pourcentage === null ? '' : formatPourcent(e.pourcentage);
  const valeur = e.valeur === null ? '' : isEuros(e.unite) ? formatEurosSaisis(e.valeur) : formatNombre(e.valeur);
  const [premier, ...autres] = [valeur, fraction, pourcent].filter((t) => t !== '');
  if (premier === undefined) return e.saisie;
  return autres.length > 0 ? `${premier} (${autres.join(' ; ')})` : premier;
}

/** Tous les champs, dans l'ordre du dépôt : identité et calendrier, engagements, puis un par ensemble immobilier. */
export function champsObservables(donnees: DonneesPaquet): ChampObservable[] {
  return [
    ...donnees.champs.map((c) => ({ champ: c.champ, libelle: c.libelle, valeur: c.valeur === null ? null : formatJour(c.valeur), groupe: c.groupe, article: c.article })),
    ...donnees.engagements.map((e) => ({
      champ: e.champ,
      libelle: labelEngagement(e),
      valeur: textCible(e),
      groupe: 'Engagements',
      article: e.article,
    })),
    ...donnees.ensembles.map((e) => ({
      champ: `ensemble/${e.id}`, libelle: `Ensemble ${e.nom || e.id}`, valeur: [e.adresse, e.nomCommune, pluriel(e.logements, 'logement')].filter((t) => t !== '').join(', '),
      groupe: 'Ensembles', article: 'R445-3',
    })),
  ];
}

const labelEngagement = (e: Engagement): string => [e.indicateur, e.nomTerritoire, e.libelleVentilation, libelleHorizon(e.horizon)].filter((t) => t !== '').join(', ');

/** De quoi nommer en français le champ d'un constat : rien d'interne ne s'imprime. Vide sans champ. */
export function namerConstats(donnees: DonneesPaquet): (champ: string | null) => string {
  const connus = new Map(champsObservables(donnees).map((c) => [c.champ, c.libelle]));
  return (champ) => (champ === null ? '' : (connus.get(champ) ?? labelAutre(donnees, champ)));
}

function labelAutre(donnees: DonneesPaquet, champ: string): string {
  const [genre, nom = '', detail = '', suite = ''] = champ.split('/');
  switch (genre) {
    case 'import':
      return detail === '' ? 'Import de la déclaration RPLS' : `Import : ${libelleAnomalie(detail)}`;
    case 'npl':
      // Sous « retenu », ce qui n'est pas un ensemble est le code d'un constat : sa phrase le dit.
      return ['Politique des loyers', donnees.ensembles.find((e) => e.id === detail)?.nom ?? (nom === 'retenu' ? '' : detail), suite].filter((t) => t !== '').join(', ');
    case 'ventes':
      return 'Plan de mise en vente';
    case 'attributions':
      return ['Attributions', nom === 'organisme' ? donnees.organisme.nom : nomTerritoire(nom)].join(', ');
    case 'association':
      return ['Association', donnees.association?.personnes.find((p) => p.code === nom)?.nom ?? ''].filter((t) => t !== '').join(', ');
    case 'concertation':
      return 'Concertation locative';
    case 'ensemble':
      return `Ensemble ${nom}`;
    case 'reference': {
      const ligne = donnees.engagements.find((e) => e.indicateur === nom && e.territoire === detail && e.ventilation === suite);
      return [nom, ligne?.nomTerritoire ?? '', ligne?.libelleVentilation ?? '', 'référence'].filter((t) => t !== '').join(', ');
    }
    default:
      return champ;
  }
}
