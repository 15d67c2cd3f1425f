import { formatMesure, libelleMesure, mesureDe, MESURES_CARTE } from '../../shared/domain/carte/mesures.ts';
import { isMesureNpl } from '../../shared/domain/carte/npl.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import { direDates, groupDpe, groupQpv, readMesures } from './carte-mesures.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { filtresTerritoire } from './filtres.ts';
import { readSommes } from './loyers.ts';

const MAILLES = ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const;
const SURFACES = ['SH', 'SU', 'SC'] as const;
const ARTICLES: Readonly<Record<string, string[]>> = { marge: ['L445-2', 'L445-3'], maximumNpl: ['L445-3'], ecartNpl: ['L445-3'], hausseNpl: ['L445-3'], plafondPLAI: ['L445-3'], plafondPLUS: ['L445-3'], plafondPLS: ['L445-3'], dpe: ['R445-3'], qpv: ['R445-3'], vacance: ['R445-3'], rotation: ['R445-3'], ressources: ['R445-3'] };
const PREFIXES = { commune: 'com', epci: 'epci', departement: 'dep' } as const;

/** D'où vient une valeur de la carte : sa règle, ses chiffres, ses logements. Sujet `carte/MAILLE/CODE/SURFACE/MESURE`, suivi de l'année des plafonds ou du scénario s'ils ont été choisis. */
export function explainCarte(contexte: Contexte, sujet: string): Fond {
  const { base } = contexte.dossier();
  const [, maille = '', code = '', surface = '', cle = '', choix] = sujet.split('/');
  const par = MAILLES.find((m) => m === maille);
  const s = SURFACES.find((x) => x === surface);
  const mesure = MESURES_CARTE.find((m) => m === cle);
  const nom = par === undefined || s === undefined ? undefined : readSommes(base, par, s, par === 'ensemble' ? code : null).find((l) => l.code === code)?.nom;
  if (par === undefined || s === undefined || mesure === undefined || nom === undefined) {
    throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre du dossier.`, 'Choisir un chiffre de l’écran.');
  }
  const choisi = choix === undefined || !/^\d+$/u.test(choix) ? {} : isMesureNpl(mesure) ? { scenario: Number(choix) } : { annee: Number(choix) };
  const lu = readMesures(base, par, s, choisi);
  const ligne = lu.lignes.find((l) => l.code === code);
  const valeur = ligne?.valeurs[mesure] ?? null;
  const sur = ligne?.sur[mesure] ?? 0;
  const m = mesureDe(mesure);
  const detail = (): string => {
    if (mesure === 'dpe') {
      const g = groupDpe(base, par).get(code);
      return g === undefined ? '' : ` Ici ${formatEntier(g.fg)} logements F ou G sur ${formatEntier(g.connus)} dont le DPE est connu. ${direDates(g)}.`;
    }
    if (mesure === 'qpv') {
      const g = groupQpv(base, par).get(code);
      return g === undefined ? '' : ` Ici ${formatEntier(g.qpv)} logements en QPV sur ${formatEntier(g.logements)}, dont ${formatEntier(g.qpvInconnu)} de situation inconnue.`;
    }
    return ` Ici sur ${formatEntier(sur)} ${mesure === 'ressources' ? 'ménages' : 'logements'}.`;
  };
  const filtres = par === 'ensemble' ? [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [code] }] : filtresTerritoire(par === 'organisme' ? 'organisme' : `${PREFIXES[par]}-${code}`);
  return {
    titre: `${libelleMesure(mesure, lu.scenarios.find((x) => x.id === lu.scenario) ?? null)}, ${par === 'organisme' ? nomTerritoire('organisme') : nom}`,
    valeur: valeur === null ? 'Sans valeur' : formatMesure(valeur, mesure),
    formule: [`${m.aide}.${detail()}`, lu.absences[mesure] ?? '', lu.precisions[mesure] ?? '', 'Arrondi pour l’affichage seulement.'].filter((t) => t !== '').join(' '),
    articles: ARTICLES[mesure] ?? [],
    sources: [{ libelle: 'Logements du parc', nombre: null, filtres }],
    incertitude: 'La cartographie des loyers vient de l’usage : aucun texte n’en fixe le contenu.',
  };
}
