import { roundDecimal, formatDecimal2, formatEuros } from '../documents/format.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { filtresTerritoire } from './filtres.ts';
import { findEnsemble } from '../store/decisions.ts';
import { iterateFiche } from '../store/fiche.ts';
import { computeFiche } from '../../shared/domain/ensembles/fiche.ts';
import { readLoyers } from './loyers.ts';
import { millesimeDe } from './millesime.ts';

const SURFACES: Record<string, string> = { SH: 'surface habitable', SU: 'surface utile (mode de surface 1)', SC: 'surface corrigée (mode de surface 2)' };
const MESURES: Record<string, { titre: string; formule: (s: string) => string; unite: string }> = {
  loyerM2: { titre: 'Loyer moyen', unite: ' €/m²', formule: (s) => `Σ loyer principal / Σ ${s}, sur les logements loués ayant un loyer et cette surface` },
  loyerMaxM2: { titre: 'Loyer maximal moyen', unite: ' €/m²', formule: (s) => `Σ loyer maximal (CUS, sinon convention APL) / Σ ${s}, sur ceux de ces logements qui ont un maximum` },
  ecartM2: { titre: 'Écart au maximum', unite: ' €/m²', formule: (s) => `Σ maximum / Σ ${s} − Σ loyer / Σ ${s}, sur les mêmes logements : ceux qui ont un maximum` },
  loues: { titre: 'Logements loués', unite: '', formule: (s) => `Mode d’occupation 1, avec un loyer et une ${s}` },
  surface: { titre: 'Surface louée', unite: ' m²', formule: (s) => `Σ ${s} des logements loués` },
  loyerMensuel: { titre: 'Loyer mensuel', unite: '', formule: () => 'Σ loyer principal des logements loués, janvier' },
};
const MAILLES = ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const;

/** D'où vient un loyer : la règle, les logements comptés. */
export function explainLoyers(contexte: Contexte, sujet: string): Fond {
  const { base } = contexte.dossier();
  const parties = sujet.split('/');
  const [, maille = '', code = '', surface = '', mesure = ''] = parties;
  const par = MAILLES.find((m) => m === maille);
  const definition = MESURES[mesure];
  if (par === 'ensemble' && mesure === 'accessoires') return accessoires(contexte, code, sujet);
  const s = surface === 'SH' || surface === 'SU' || surface === 'SC' ? surface : null;
  const ligne = par === undefined || s === null ? undefined : readLoyers(base, par, s, par === 'ensemble' ? code : null).find((l) => l.code === code);
  if (par === undefined || definition === undefined || s === null || ligne === undefined) throw inconnu(sujet);
  const brut = ligne[mesure as 'loyerM2'];
  const texte = brut === null ? 'Aucun logement à compter' : mesure === 'loues' ? formatEntier(brut) : mesure === 'loyerMensuel' ? formatEuros(brut) : `${formatDecimal2(Number(roundDecimal(brut, 2)))}${definition.unite}`;
  const filtres = par === 'ensemble' ? [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [code] }] : filtresTerritoire(territoireDe(par, code));
  return {
    titre: `${definition.titre}, ${ligne.nom}`,
    valeur: texte,
    formule: `${definition.formule(SURFACES[s] ?? s)}. Ici ${formatEntier(ligne.loues)} logements loués sur ${formatEntier(ligne.logements)}, dont ${formatEntier(ligne.avecMaximum)} avec un maximum. Arrondi à deux décimales pour l’affichage seulement.`,
    articles: ['L445-2', 'L445-3'],
    sources: [{ libelle: 'Logements loués du parc', nombre: null, filtres: [...filtres, { colonne: 'mode', valeurs: ['1'] }] }],
    incertitude: 'La cartographie des loyers vient de l’usage : aucun texte n’en fixe le contenu.',
  };
}

/** Les loyers accessoires d'un ensemble : ce que la convention laisse percevoir pour les annexes hors surface utile. */
function accessoires(contexte: Contexte, code: string, sujet: string): Fond {
  const { base } = contexte.dossier();
  const [ligne] = readLoyers(base, 'ensemble', 'SH', code);
  const connu = findEnsemble(base, code);
  if (ligne === undefined || connu === null) throw inconnu(sujet);
  const regle = millesimeDe(base).loyerAccessoire;
  const { logements, total } = computeFiche(iterateFiche(base, connu.id)).accessoires;
  return {
    titre: `Loyers accessoires, ${ligne.nom}`,
    valeur: formatEuros(total / 100),
    formule: `Σ champ 45 (loyer accessoire, par mois) des ${formatEntier(logements)} logements loués de l’ensemble qui en portent un. Ce loyer est ${regle.texte} : il n’est ni dans le loyer au m², ni dans la masse des loyers.`,
    articles: [regle.article],
    sources: [{ libelle: 'Logements loués de l’ensemble', nombre: null, filtres: [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [code] }, { colonne: 'mode', valeurs: ['1'] }] }],
    incertitude: regle.incertitude,
  };
}

function territoireDe(par: 'commune' | 'epci' | 'departement' | 'organisme', code: string): string {
  return par === 'organisme' ? 'organisme' : `${{ commune: 'com', epci: 'epci', departement: 'dep' }[par]}-${code}`;
}

const inconnu = (sujet: string) => invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre du dossier.`, 'Choisir un chiffre de l’écran.');
