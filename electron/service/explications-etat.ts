import { FAMILLE_DE_FINAN, LIBELLE_FAMILLE } from '../../shared/domain/rpls/familles.ts';
import type { Famille } from '../../shared/domain/rpls/familles.ts';
import { CODES } from '../../shared/domain/rpls/codes.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { filtresTerritoire } from './filtres.ts';

type Filtres = Fond['sources'][number]['filtres'];
type Compte = { titre: string; n: number; formule: string; filtres: Filtres; article?: string };

const PARC: Filtres = [{ colonne: 'parc', valeurs: ['oui'] }];
const STOCK = 'Logements du parc : motif de sortie 9 (sans objet) ou absent';
const cleOu = (cle: string): string[] => (cle === 'inconnu' ? [''] : [cle]);

/** D'où vient un compte de l'état des lieux (R445-3) : la règle en mots, les lignes derrière. */
export async function explainEtat(contexte: Contexte, sujet: string): Promise<Fond> {
  const etat = await contexte.appeler('etat.lire', {});
  const [, dimension = '', cle = ''] = sujet.split('/');
  const compte = read();
  if (compte === null) throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre de l’état des lieux.`, 'Choisir un chiffre de l’écran.');
  return {
    titre: compte.titre,
    valeur: formatEntier(compte.n),
    formule: `${compte.formule}.`,
    articles: ['R445-3', ...(compte.article === undefined ? [] : [compte.article])],
    sources: compte.filtres.length === 0 ? [] : [{ libelle: 'Logements du dernier import', nombre: compte.n, filtres: compte.filtres }],
    incertitude: '',
  };

  function read(): Compte | null {
    const code = (champ: keyof typeof CODES): string => (CODES[champ] as Readonly<Record<string, string>>)[cle] ?? 'inconnu';
    const par = (titre: string, n: number, colonne: string): Compte => ({
      titre, n, formule: `${STOCK} ; ${titre.toLowerCase()}`, filtres: [...PARC, { colonne, valeurs: cleOu(cle) }],
    });
    switch (dimension) {
      case 'logements': return { titre: 'Logements', n: etat.logements, formule: STOCK, filtres: PARC };
      case 'ensembles':
        return {
          titre: 'Ensembles immobiliers', n: etat.ensembles, filtres: [],
          formule: 'Un ou plusieurs immeubles géographiquement cohérents, déterminés par l’organisme ; proposés d’après le programme, l’adresse, le bâtiment',
        };
      case 'qpv': return { titre: 'Logements en QPV', n: etat.qpv, formule: `${STOCK} ; champ 22 (QPV) à « oui »`, filtres: [...PARC, { colonne: 'qpv', valeurs: ['1'] }] };
      case 'horsQpv': return { titre: 'Logements hors QPV', n: etat.horsQpv, formule: `${STOCK} ; champ 22 (QPV) à « non »`, filtres: [...PARC, { colonne: 'qpv', valeurs: ['2'] }] };
      case 'qpvInconnu': return { titre: 'Situation en QPV inconnue', n: etat.qpvInconnu, formule: `${STOCK} ; champ 22 (QPV) absent ou illisible`, filtres: [...PARC, { colonne: 'qpv', valeurs: [''] }] };
      case 'sortis': return { titre: 'Logements sortis du patrimoine', n: etat.sortis, formule: 'Motif de sortie 1 à 5 : gardés, non comptés', filtres: [{ colonne: 'parc', valeurs: ['non'] }] };
      case 'vacants': return { titre: 'Logements vacants', n: etat.vacants, formule: `${STOCK} ; mode d’occupation 2 (proposé à la location, vacant)`, filtres: [...PARC, { colonne: 'mode', valeurs: ['2'] }] };
      case 'famille': {
        const codes = cle === 'INCONNU' ? [''] : Object.keys(FAMILLE_DE_FINAN).filter((f) => FAMILLE_DE_FINAN[f] === cle);
        return {
          titre: `Famille de financement ${LIBELLE_FAMILLE[cle as Famille] ?? cle}`, n: etat.familles[cle] ?? 0,
          formule: `${STOCK} ; financement initial ${codes.join(', ') || 'absent'} (regroupement proposé par l’application, aucun texte ne le fixe)`,
          filtres: [...PARC, { colonne: 'finan', valeurs: codes }],
        };
      }
      case 'financement': return par(`Financement initial ${cle} (${code('FINAN')})`, etat.financements[cle] ?? 0, 'finan');
      case 'dpe': return par(`Classe énergie ${cle}`, etat.dpe[cle] ?? 0, 'dpeenergie');
      case 'annee': return par(`Construits en ${cle}`, etat.annees[cle] ?? 0, 'construct');
      case 'type': return par(`Type de construction ${cle} (${code('TYPECONST')})`, etat.types[cle] ?? 0, 'typeconst');
      case 'pieces': return par(cle === 'inconnu' ? 'Logements au nombre de pièces inconnu' : `Logements de ${pluriel(Number(cle), 'pièce')}`, etat.pieces[cle] ?? 0, 'nbpiece');
      case 'commune':
      case 'epci':
      case 'departement': {
        const comptes = { commune: etat.communes, epci: etat.epci, departement: etat.departements }[dimension];
        const territoire = `${{ commune: 'com', epci: 'epci', departement: 'dep' }[dimension]}-${cle}`;
        return {
          titre: `Logements, ${nomTerritoire(territoire)}`, n: comptes[cle] ?? 0,
          formule: `${STOCK} ; commune d’aujourd’hui (fusions et arrondissements ramenés à leur commune)`, filtres: filtresTerritoire(territoire),
        };
      }
      default: return null;
    }
  }
}
