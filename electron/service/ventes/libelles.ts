import { LIBELLE_COLONNE_VENTE, isColonneVente } from '../../../shared/domain/ventes/saisie.ts';
import { deCommune, deConsulte } from '../../../shared/territoires/noms.ts';
import type { Base } from '../../store/base.ts';
import { CLE_COMMUNE, readConsultations } from '../../store/ventes/consultations.ts';
import { millesimeDe } from '../millesime.ts';
import { readPlanSansJour } from './plan.ts';

const COLONNES_COMMUNE: Readonly<Record<string, string>> = {
  taux: 'taux de logements sociaux', objectif: 'taux à atteindre', residences: 'résidences principales', sociaux: 'logements sociaux', carence: 'arrêté de carence', mixite: 'contrat de mixité sociale', source: 'source',
};
const COLONNES_CONSULTATION: Readonly<Record<string, string>> = {
  nom: 'nom', nature: 'qualité', adresse: 'adresse', communes: 'communes', logements: 'logements', envoyee: 'envoyée le', recue: 'reçue le', reponse: 'avis', repondue: 'avis du', echeance: 'date limite retenue', motif: 'motif de la date retenue', note: 'note',
};

/** `ventes/logement/<identifiant>/<colonne>` : l'identifiant peut contenir des barres, la colonne non. */
export function parseLogementVente(champ: string): { identifiant: string; colonne: string | null } | null {
  const prefixe = 'ventes/logement/';
  if (!champ.startsWith(prefixe)) return null;
  const reste = champ.slice(prefixe.length);
  const barre = reste.lastIndexOf('/');
  const colonne = reste.slice(barre + 1);
  return barre >= 0 && (isColonneVente(colonne) || colonne === 'drapeaux') ? { identifiant: reste.slice(0, barre), colonne } : { identifiant: reste, colonne: null };
}

/** Nom français d'un champ du plan de mise en vente. */
export function labelVentes(base: Base, champ: string): string {
  const logement = parseLogementVente(champ);
  if (logement !== null) {
    const { identifiant, colonne } = logement;
    return `Plan de mise en vente, logement ${identifiant}${colonne === null ? '' : `, ${colonne === 'drapeaux' ? 'à signaler' : isColonneVente(colonne) ? LIBELLE_COLONNE_VENTE[colonne].toLowerCase() : colonne}`}`;
  }
  const [, genre = '', cle = '', colonne = ''] = champ.split('/');
  const suite = (noms: Readonly<Record<string, string>>): string => (colonne === '' ? '' : `, ${noms[colonne] ?? colonne}`);
  switch (genre) {
    case 'commune': return `Commune ${deCommune(readPlanSansJour(base).nommer(cle))}${suite(COLONNES_COMMUNE)}`;
    case 'consultation': {
      const nom = cle.startsWith(CLE_COMMUNE) ? readPlanSansJour(base).nommer(cle.slice(CLE_COMMUNE.length)) : (readConsultations(base).find((c) => c.cle === cle)?.nom ?? cle);
      return `Consultation ${deConsulte(cle.startsWith(CLE_COMMUNE), nom)} sur le plan de mise en vente${suite(COLONNES_CONSULTATION)}`;
    }
    case 'drapeau': return `Plan de mise en vente, ${millesimeDe(base).ventes.drapeaux.find((d) => d.code === cle)?.court ?? cle}`;
    default: return 'Plan de mise en vente';
  }
}
