import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { formatDecimal } from '../../../shared/domain/nombres/format.ts';
import { isProduit, readIrl, readPlafondsLoyer, writeIrl, writePlafondLoyer } from '../../store/npl/baremes.ts';
import type { Base } from '../../store/base.ts';
import { decouper, readValeurs } from './grille.ts';
import type { Rang, Valeur, ValeursLues } from './grille.ts';
import { readTaux } from './lecture.ts';
import { importZones } from './zonages.ts';
import { normalizeZone } from './zones.ts';

type Demande = EntreeLue<'npl.importerBareme'>;
type Bilan = Sortie<'npl.importerBareme'>;
/** Garde un barème lu ; ce qui ne se lit pas est refusé avec sa raison, le reste gardé. Dans la transaction de l'appelant. */
export function importBareme(base: Base, rangs: readonly Rang[], demande: Demande, quand: string): Bilan {
  const { chemin, nature, source, remplacer } = demande;
  switch (nature) {
    case 'plafonds': return importPlafonds(base, readValeurs(rangs, ['annee', 'produit', 'zone'], 'maximum', chemin), source, remplacer);
    case 'irl': return importIrl(base, readValeurs(rangs, ['annee'], 'indice', chemin), source, remplacer);
    case 'zones': return importZones(base, decouper(rangs, chemin), demande, quand);
  }
}

/** Une ligne déjà là ne se garde pas deux fois ; une autre valeur s'ajoute et se dit, ou remplace celles de sa case si c'est demandé. */
function importPlafonds(base: Base, lues: ValeursLues, source: string, remplacer: boolean): Bilan {
  const gardes = readPlafondsLoyer(base);
  return chaque(lues, (l) => {
    const annee = Number(l.lire('annee'));
    const produit = l.lire('produit').toUpperCase();
    const taux = readTaux(l.lire('maximum'));
    if (!isAnnee(annee)) return `« ${l.lire('annee')} » n’est pas une année.`;
    if (!isProduit(produit)) return `« ${l.lire('produit')} » n’est pas PLAI, PLUS, PLS ou PLI.`;
    const zone = normalizeZone(l.lire('zone'));
    if (zone === null) return `« ${l.lire('zone')} » n’est pas une zone connue.`;
    if (taux === null || taux === 0n) return `« ${l.lire('maximum')} » n’est pas un loyer en €/m²${taux === 0n ? ' : un plafond de 0 € n’en est pas un' : ''}.`;
    const siennes = gardes.filter((g) => g.annee === annee && g.produit === produit && g.zone === zone);
    // Deux valeurs du fichier lui-même se gardent et se disent : seules celles d'avant lui se remplacent.
    const autres = siennes.filter((g) => g.taux !== taux && g.id > 0);
    const remplacees = remplacer ? autres : [];
    for (const g of remplacees) {
      writePlafondLoyer(base, g.id, null);
      gardes.splice(gardes.indexOf(g), 1);
    }
    const ou = `${produit} ${annee}, zone ${zone}`;
    const restent = siennes.filter((g) => g.taux !== taux && !remplacees.includes(g));
    const contraire = restent.length === 0 ? null : `${ou} : ${[...restent.map((g) => formatTaux(g.taux)), formatTaux(taux)].join(' et ')} (ligne ${l.numero})`;
    if (siennes.some((g) => g.taux === taux)) return { identique: true, remplacee: remplacees.length > 0, contraire };
    const ligne = { annee, produit, zone, taux, source: l.lire('source') || source };
    writePlafondLoyer(base, null, ligne);
    gardes.push({ ...ligne, id: 0 });
    return { identique: false, remplacee: remplacees.length > 0, contraire };
  });
}

/** Un indice par année : une autre valeur ne prend la place de la première que si c'est demandé. */
function importIrl(base: Base, lues: ValeursLues, source: string, remplacer: boolean): Bilan {
  const avant = new Map(readIrl(base).map((i) => [i.annee, i.indice]));
  const lus = new Map<number, number>();
  return chaque(lues, (l) => {
    const annee = Number(l.lire('annee'));
    const indice = readTaux(l.lire('indice'));
    if (!isAnnee(annee)) return `« ${l.lire('annee')} » n’est pas une année.`;
    if (indice === null || indice === 0n || indice % 100n !== 0n) return `« ${l.lire('indice')} » n’est pas un indice à deux décimales.`;
    const valeur = Number(indice / 100n);
    const deja = lus.get(annee) ?? avant.get(annee);
    if (deja === valeur) return { identique: true, remplacee: false, contraire: null };
    if (deja !== undefined && (lus.has(annee) || !remplacer)) return `IRL de ${annee} déjà ${lus.has(annee) ? 'donné par ce fichier' : 'saisi'}, ${formatDecimal(String(deja / 100))} : ${lus.has(annee) ? 'deux valeurs pour une case.' : 'demander à le remplacer.'}`;
    lus.set(annee, valeur);
    writeIrl(base, annee, valeur, l.lire('source') || source);
    return { identique: false, remplacee: deja !== undefined, contraire: null };
  });
}

type Gardee = { identique: boolean; remplacee: boolean; contraire: string | null };

function chaque({ valeurs, ignorees }: ValeursLues, garder: (l: Valeur) => Gardee | string): Bilan {
  const gardees: Gardee[] = [];
  const refusees: Bilan['refusees'] = [];
  for (const l of valeurs) {
    const g = garder(l);
    if (typeof g === 'string') refusees.push({ ligne: l.numero, raison: g });
    else gardees.push(g);
  }
  return {
    lignes: valeurs.length, enregistrees: gardees.filter((g) => !g.identique).length, identiques: gardees.filter((g) => g.identique).length, remplacees: gardees.filter((g) => g.remplacee).length,
    contraires: [...new Set(gardees.flatMap((g) => g.contraire ?? []))], refusees, ignorees, zonages: [],
  };
}

const isAnnee = (n: number): boolean => Number.isInteger(n) && n >= 1990 && n <= 2100;
