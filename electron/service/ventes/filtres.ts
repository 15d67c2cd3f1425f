import type { EntreeLue } from '../../../shared/contract.ts';
import { parseChamp } from '../../../shared/domain/engagements/champ.ts';
import type { CadreVentes } from '../../../shared/domain/ventes/drapeaux.ts';
import { anneesDe, judgeHorizon } from '../../../shared/domain/ventes/horizons.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { plat } from '../../store/selection.ts';
import type { LigneVente, Plan } from './plan.ts';
import { venteesDans } from './territoire.ts';

export type FiltreVentes = EntreeLue<'ventes.page'>['filtre'];
type Tri = EntreeLue<'ventes.page'>['tri'];

/** Les logements du plan que ce filtre montre. Une valeur vide demande l'inconnu. Erreur « cible-hors-plan ». */
export function filterVentes({ lignes: toutes, cadre, millesime }: Plan, f: FiltreVentes): LigneVente[] {
  const [cible] = f.cibles ?? [];
  const lignes = cible === undefined ? toutes : filterCible(toutes, cadre, millesime, cible);
  const parmi = (liste: string[] | undefined): ((v: string | null) => boolean) => {
    if (liste === undefined || liste.length === 0) return () => true;
    const voulues = new Set(liste);
    return (v) => voulues.has(v ?? '');
  };
  const [annee, acquereur, etat, commune, epci, departement] = [parmi(f.annees), parmi(f.acquereurs), parmi(f.etats), parmi(f.communes), parmi(f.epci), parmi(f.departements)];
  const drapeaux = new Set(f.drapeaux ?? []);
  const cherche = plat((f.cherche ?? '').trim());
  return lignes.filter(
    (l) =>
      annee(l.annee === null ? null : String(l.annee)) && acquereur(l.acquereur) && etat(l.etat) && commune(l.commune) && epci(l.epci) && departement(l.departement) &&
      (drapeaux.size === 0 || l.drapeaux.some((d) => drapeaux.has(d.code))) &&
      (cherche === '' || plat(`${l.identifiant} ${l.adresse} ${l.nomCommune} ${l.nomEnsemble}`).includes(cherche)),
  );
}

/** Les logements que compte une case : le prédicat même de son nombre proposé. */
function filterCible(lignes: readonly LigneVente[], cadre: CadreVentes, millesime: Millesime, champ: string): LigneVente[] {
  const c = parseChamp(champ);
  const [premiere] = cadre.annees;
  const annees = c?.genre === 'engagement' && premiere !== undefined ? anneesDe(c.horizon, millesime.horizons, premiere) : [];
  const juger = c !== null && c.indicateur === cadre.regles.indicateur?.code && annees.length > 0 ? judgeHorizon(cadre.regles, c.ventilation, annees) : null;
  if (c === null || juger === null) throw invalide('cible-hors-plan', `« ${champ} » ne se tire pas du plan de mise en vente.`, 'Donner le nom d’une case que le plan nourrit, à un horizon de la convention.');
  return venteesDans(lignes, c.territoire).filter((l) => juger(l) === 'retenus');
}

const TRIS: Readonly<Record<string, (l: LigneVente) => string | number | null>> = {
  identifiant: (l) => l.identifiant, adresse: (l) => l.adresse, nomCommune: (l) => l.nomCommune, nomEpci: (l) => l.nomEpci, nomEnsemble: (l) => l.nomEnsemble, type: (l) => l.type, pieces: (l) => l.pieces,
  surface: (l) => l.surface, construct: (l) => l.construct, dpe: (l) => l.dpe, annee: (l) => l.annee, acquereur: (l) => l.acquereur, etat: (l) => l.etat, date: (l) => l.date,
  conso: (l) => (l.conso === null ? null : Number(l.conso)), documents: (l) => (l.documents ? 1 : 0), note: (l) => l.note, drapeaux: (l) => l.drapeaux.length,
};

/** Triés ; l'inconnu vient à la fin. Erreur « colonne-inconnue ». */
export function sortVentes(lignes: readonly LigneVente[], tri: Tri): LigneVente[] {
  if (tri === undefined) return [...lignes];
  const lire = TRIS[tri.colonne];
  if (lire === undefined) throw invalide('colonne-inconnue', `La colonne « ${tri.colonne} » n’existe pas dans le plan de mise en vente.`, 'Choisir une colonne de la table.');
  const { compare } = new Intl.Collator('fr', { numeric: true });
  const sens = tri.sens === 'desc' ? -1 : 1;
  return lignes.toSorted((a, b) => {
    const [x, y] = [lire(a), lire(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sens * (typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y)));
  });
}
