import { parseChamp } from '../../shared/domain/engagements/champ.ts';
import { hasard } from './hasard.ts';

/** Une cellule de la matrice (ou une référence), et son dénominateur quand les données le disent. */
export type CelluleDemandee = { champ: string; denominateurPropose: number | null };

/** Valeur plausible et fictive. `saisie` est ce qu'un utilisateur taperait. */
export type ValeurDemonstration = {
  champ: string;
  saisie: string;
  valeur: number | null;
  numerateur: number | null;
  denominateur: number | null;
};

function graineDe(texte: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < texte.length; i++) h = Math.imul(h ^ texte.charCodeAt(i), 0x01000193);
  return h;
}

/** Rang dans la convention : 0 la première année ; -1 une référence ; 2 et 5 les cumuls à trois et six ans. */
function rangDe(horizon: string | null, premiereAnnee: number): number {
  if (horizon === null) return -1;
  if (horizon === '3ans') return 2;
  if (horizon === '6ans') return 5;
  return Number(horizon) - premiereAnnee;
}

const nombre = (champ: string, valeur: number): ValeurDemonstration => ({ champ, saisie: String(valeur), valeur, numerateur: null, denominateur: null });

function fraction(champ: string, numerateur: number, denominateur: number): ValeurDemonstration {
  if (denominateur === 0) return nombre(champ, 0);
  return { champ, saisie: `${numerateur}/${denominateur}`, valeur: null, numerateur, denominateur };
}

/** Agréments cumulés de PP-1 : le même nombre pour un mode et pour les parts qui s'y rapportent. */
function agrements(territoire: string, mode: string, rang: number): number {
  const parAn = { plai: 3, plus: 5, pls: 2 }[mode] ?? 0;
  return (parAn + hasard(graineDe(`PP-1/${territoire}/${mode}`)).entier(0, 2)) * (rang < 0 ? 5 : rang + 1);
}

function pp1(champ: string, territoire: string, ventilation: string, rang: number): ValeurDemonstration {
  const [mode = '', part] = ventilation.split('.');
  if (mode === 'total') return nombre(champ, ['plai', 'plus', 'pls'].reduce((s, m) => s + agrements(territoire, m, rang), 0));
  const total = agrements(territoire, mode, rang);
  if (part === undefined) return nombre(champ, total);
  return fraction(champ, Math.floor(total * (part === 'hors-qpv' ? 0.85 : 0.9)), total);
}

/** Données d'accompagnement : des nombres qui tiennent avec l'engagement qu'ils accompagnent. `null` : ce n'en est pas une. */
function accompagnement(indicateur: string, ventilation: string, parc: number, flux: number, rang: number): number | null {
  const annees = rang < 0 ? 3 : rang + 1;
  const ventes = Math.floor(parc * 0.003 * annees);
  const dont = { locataires: Math.floor(ventes * 0.4), 'personnes-morales': Math.floor(ventes * 0.1), 'societe-vente': Math.floor(ventes * 0.15) };
  switch (`${indicateur}/${ventilation}`) {
    case 'PP-2/gain-etiquette': return Math.floor(parc * 0.2);
    case 'PP-4/vendus': return Math.floor(ventes * 0.8);
    case 'PP-4/ventes': return ventes;
    case 'PP-4/ventes.locataires': return dont.locataires;
    case 'PP-4/ventes.personnes-morales': return dont['personnes-morales'];
    case 'PP-4/ventes.societe-vente': return dont['societe-vente'];
    case 'PS-1/refus': return Math.ceil(flux * 0.15);
    case 'PP-5/internes': return Math.ceil(flux * 0.1);
    case 'PP-5/renouvellement-urbain': return Math.floor(flux * 0.03);
    case 'PP-5/qpv-hors-qpv': return Math.floor(flux * 0.04);
    case 'DEM-1/total': return 4 * annees;
    case 'DEM-1/hors-ru': return annees;
    case 'DEM-1/ru': return 3 * annees;
    default: return null;
  }
}

/**
 * Valeurs de la démonstration, stables et cohérentes entre elles : numérateur au plus égal au dénominateur,
 * part au plus égale au tout, six ans au moins égal à trois ans. Un champ inconnu n'a pas de valeur.
 */
export function valeursDemonstration(cellules: readonly CelluleDemandee[], premiereAnnee: number): ValeurDemonstration[] {
  return cellules.flatMap(({ champ, denominateurPropose }) => {
    const c = parseChamp(champ);
    if (c === null) return [];
    const rang = rangDe(c.genre === 'engagement' ? c.horizon : null, premiereAnnee);
    const base = hasard(graineDe(`${c.indicateur}/${c.territoire}`));
    const parc = denominateurPropose ?? 240 + base.entier(0, 60);
    const flux = 60 + base.entier(0, 80);
    const part = (n: number): number => (c.ventilation === 'hors-qpv' ? Math.floor(n * 0.7) : n);
    const donnee = accompagnement(c.indicateur, c.ventilation, parc, flux, rang);
    if (donnee !== null) return [nombre(champ, donnee)];
    switch (c.indicateur) {
      case 'PP-1': return [pp1(champ, c.territoire, c.ventilation, rang)];
      case 'PP-2': return [fraction(champ, Math.floor(parc * 0.12), parc)];
      case 'PP-3': return [fraction(champ, Math.floor(parc * (0.035 + 0.002 * Math.max(0, rang))), parc)];
      case 'PP-4': return [fraction(champ, Math.floor(parc * 0.006 * (rang < 0 ? 3 : rang + 1)), parc)];
      case 'PS-1': return [fraction(champ, Math.ceil(flux * (0.25 + 0.004 * (rang + 1))), flux)];
      case 'PS-2': return [fraction(champ, part(Math.ceil(flux * 0.34)), flux)];
      case 'PS-3': return [fraction(champ, part(Math.ceil(flux * 0.09)), flux)];
      case 'PP-5': return [fraction(champ, Math.ceil(flux * 0.18), flux)];
      case 'SR-1': return [fraction(champ, Math.floor(parc * (0.11 + 0.006 * (rang + 1))), parc)];
      case 'G-1': return [nombre(champ, 1_310 + 22 * (rang + 1))];
      default: return [];
    }
  });
}
