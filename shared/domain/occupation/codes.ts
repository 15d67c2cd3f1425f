import { normaliser } from '../ensembles/cle.ts';
import { findChampOps } from './champs.ts';

/** Ce que les fichiers écrivent à la place des codes (normalisé), par champ. */
const USUELLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OUI_NON: { O: '1', OUI: '1', VRAI: '1', TRUE: '1', Y: '1', '1': '1', N: '2', NON: '2', FAUX: '2', FALSE: '2', '0': '2', '2': '2' },
  TYPE_MENAGE: {
    ISOLE: '1', 'PERSONNE ISOLEE': '1', SEUL: '1', SEULE: '1', PS: '1', CELIBATAIRE: '1', COUPLE: '2', CSE: '2', 'COUPLE SANS ENFANTS': '2', 'COUPLE AVEC ENFANTS': '3', CAE: '3', 'COUPLE AVEC ENFANT S': '3',
    FAMILLE: '3', MONOPARENTALE: '4', MONOPARENTAL: '4', 'FAMILLE MONOPARENTALE': '4', FM: '4', AUTRE: '5', AUTRES: '5',
  },
  ACTIVITE: {
    CDI: '1', FONCTIONNAIRE: '1', 'CDI OU FONCTIONNAIRE': '1', STABLE: '1', CDD: '2', INTERIM: '2', INTERIMAIRE: '2', APPRENTI: '2', PRECAIRE: '2', CHOMEUR: '3', CHOMAGE: '3', 'AU CHOMAGE': '3', 'EN CHOMAGE': '3', CHOMEUSE: '3', 'EN RECHERCHE D EMPLOI': '3', 'DEMANDEUSE D EMPLOI': '3', 'DEMANDEUR EMPLOI': '3', 'DEMANDEUR D EMPLOI': '3', 'SANS EMPLOI': '3',
    RETRAITE: '4', RETRAITEE: '4', ETUDIANT: '5', ETUDIANTE: '5', INACTIF: '6', INACTIVE: '6', AUTRE: '6', ACTIF: '7', SALARIE: '7', 'EN EMPLOI': '7',
  },
};
const OUI_NON = new Set(['REPONDANT', 'APL', 'QPV']);

/** Code d'un texte, dans un champ fermé : le code, son libellé, ou une écriture usuelle ; `null` : inconnu. */
export function codeDe(champ: string, texte: string): number | null {
  const codes = findChampOps(champ)?.codes ?? {};
  const t = normaliser(texte);
  const usuel = (OUI_NON.has(champ) ? USUELLES['OUI_NON'] : USUELLES[champ])?.[t];
  if (usuel !== undefined) return Number(usuel);
  if (Object.hasOwn(codes, texte.trim())) return Number(texte.trim());
  const code = Object.entries(codes).find(([, libelle]) => normaliser(libelle) === t)?.[0];
  return code === undefined ? null : Number(code);
}
