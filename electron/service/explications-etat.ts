import { FAMILLE_DE_FINAN, LIBELLE_FAMILLE } from '../../shared/domain/rpls/familles.ts';
import type { Famille } from '../../shared/domain/rpls/familles.ts';
import { AGES, decennieDe, LIBELLE_PERIODE_DPE, PERIODES_DPE, SURFACES_HABITABLES } from '../../shared/domain/rpls/classes.ts';
import type { Classe } from '../../shared/domain/rpls/classes.ts';
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

const STOCK = 'Logements du parc : motif de sortie 9 (sans objet) ou absent';
const cleOu = (cle: string): string[] => (cle === 'inconnu' ? [''] : [cle]);

/** D'où vient un compte de l'état des lieux (R445-3) : la règle en mots, les lignes derrière. */
export async function explainEtat(contexte: Contexte, sujet: string): Promise<Fond> {
  // « etat/dpe/D@com-13055 » : le même compte, dans un territoire.
  const [chiffre = '', territoire = 'organisme'] = sujet.split('@');
  const etat = await contexte.appeler('etat.lire', { territoire });
  const [, dimension = '', cle = ''] = chiffre.split('/');
  const PARC = filtresTerritoire(territoire);
  const lieu = territoire === 'organisme' ? '' : `, ${nomTerritoire(territoire)}`;
  const compte = read();
  if (compte === null) throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre de l’état des lieux.`, 'Choisir un chiffre de l’écran.');
  return {
    titre: `${compte.titre}${lieu}`,
    valeur: formatEntier(compte.n),
    formule: `${compte.formule}${territoire === 'organisme' ? '' : ` ; communes d’aujourd’hui : ${nomTerritoire(territoire)}`}.`,
    articles: ['R445-3', ...(compte.article === undefined ? [] : [compte.article])],
    sources: compte.filtres.length === 0 ? [] : [{ libelle: 'Logements du dernier import', nombre: compte.n, filtres: compte.filtres }],
    incertitude: '',
  };

  function read(): Compte | null {
    const code = (champ: keyof typeof CODES): string => (CODES[champ] as Readonly<Record<string, string>>)[cle] ?? 'inconnu';
    const par = (titre: string, n: number, colonne: string): Compte => ({
      titre, n, formule: `${STOCK} ; ${titre.charAt(0).toLowerCase()}${titre.slice(1)}`, filtres: [...PARC, { colonne, valeurs: cleOu(cle) }],
    });
    const classe = (titre: string, classes: readonly Classe[], comptes: Readonly<Record<string, number>>, colonne: string, champ: string): Compte => {
      const libelle = cle === 'inconnu' ? 'inconnue' : (classes.find((c) => c.cle === cle)?.libelle ?? cle);
      return {
        titre: `${titre} : ${libelle}`, n: comptes[cle] ?? 0, filtres: [...PARC, { colonne, valeurs: cleOu(cle) }],
        formule: `${STOCK} ; ${champ} : ${libelle} (classes proposées par l’application, aucun texte ne les fixe)`,
      };
    };
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
      case 'sortis': return { titre: 'Logements sortis du patrimoine', n: etat.sortis, formule: 'Motif de sortie 1 à 5 : gardés, non comptés', filtres: [{ colonne: 'parc', valeurs: ['non'] }, ...PARC.slice(1)] };
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
      case 'dpe_periode': {
        const periode = PERIODES_DPE.find((p) => p === cle);
        if (periode === undefined) return null;
        const comptes = { avant: etat.dpeAvant, depuis: etat.dpeDepuis, 'sans-date': etat.dpeSansDate }[periode];
        return {
          titre: `DPE, ${LIBELLE_PERIODE_DPE[periode]}`, n: Object.values(comptes).reduce((n, x) => n + x, 0), filtres: [...PARC, { colonne: 'dpe_periode', valeurs: [periode] }],
          formule: `${STOCK} ; classe énergie connue (champ 49) ; date du DPE (champ 48) ${LIBELLE_PERIODE_DPE[periode]}. La méthode a changé au 1er juillet 2021 : avant et après ne se comparent pas`,
        };
      }
      case 'age': return classe('Classe d’âge', AGES, etat.ages, 'age', 'année de construction');
      case 'taille': return classe('Surface habitable', SURFACES_HABITABLES, etat.surfaces, 'taille', 'surface habitable (champ 25)');
      case 'decennie': {
        const n = Object.entries(etat.annees).reduce((somme, [annee, x]) => somme + (annee !== 'inconnu' && decennieDe(Number(annee)) === Number(cle) ? x : 0), 0);
        const libelle = cle === '1900' ? 'avant 1910' : `de ${cle} à ${Number(cle) + 9}`;
        return { titre: `Construits ${libelle}`, n, formule: `${STOCK} ; année de construction (champ 26) ${libelle}`, filtres: [...PARC, { colonne: 'decennie', valeurs: [cle] }] };
      }
      case 'annee': return par(`Construits en ${cle}`, etat.annees[cle] ?? 0, 'construct');
      case 'type': return par(`Type de construction ${cle} (${code('TYPECONST')})`, etat.types[cle] ?? 0, 'typeconst');
      case 'pieces': return par(cle === 'inconnu' ? 'Logements au nombre de pièces inconnu' : `Logements de ${pluriel(Number(cle), 'pièce')}`, etat.pieces[cle] ?? 0, 'nbpiece');
      case 'commune':
      case 'epci':
      case 'departement':
      case 'region': {
        const comptes = { commune: etat.communes, epci: etat.epci, departement: etat.departements, region: etat.regions }[dimension];
        const vise = `${{ commune: 'com', epci: 'epci', departement: 'dep', region: 'reg' }[dimension]}-${cle}`;
        return {
          titre: `Logements, ${nomTerritoire(vise)}`, n: comptes[cle] ?? 0,
          formule: `${STOCK} ; commune d’aujourd’hui (fusions et arrondissements ramenés à leur commune)`, filtres: filtresTerritoire(vise),
        };
      }
      default: return null;
    }
  }
}
