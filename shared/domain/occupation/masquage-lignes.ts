import type { Tableau } from './masquage-tableau.ts';

const ESSAIS = 6;
const VOISINS = 120;

/**
 * Masque les lignes qu'il faut pour qu'aucun effectif masqué ne se déduise. Une ligne est protégée quand un
 * ménage peut passer d'un atome qu'elle compte à un autre qu'elle ne compte pas (ou l'inverse) sans changer
 * aucune ligne publiée : les deux atomes sont alors dans les mêmes lignes publiées, et le second n'est pas plein.
 */
export function protectLignes(t: Tableau): void {
  const publiee = (n: number): boolean => !t.ligne(n);
  for (let restent = lignesMasquees(t); restent.length > 0; ) {
    const aReparer = exposees(t, restent, publiee);
    // Masquer davantage n'ôte pas une protection : les autres ne sont plus à revoir.
    for (const n of restent) t.sures[n] = 1;
    for (const n of aReparer) t.sures[n] = 0;
    for (const n of aReparer) reparer(t, n, publiee);
    restent = aReparer.length > 0 ? lignesMasquees(t) : [];
  }
}

const lignesMasquees = (t: Tableau): number[] => Array.from(t.effectifs, (_, n) => n).filter((n) => t.ligne(n) && t.sures[n] === 0);

/** Parmi ces lignes masquées, celles dont l'effectif se déduit encore. */
function exposees(t: Tableau, lignes: readonly number[], publiee: (n: number) => boolean): number[] {
  const classe = t.atomes.map((_, a) => t.signature(a, publiee));
  type Taille = { peuples: number; libres: number };
  const compter = (tailles: Map<number, Taille>, a: number, c: number): void => {
    const taille = tailles.get(c) ?? { peuples: 0, libres: 0 };
    if (t.isPeuple(a)) taille.peuples++;
    if (t.isLibre(a)) taille.libres++;
    tailles.set(c, taille);
  };
  const tailles = new Map<number, Taille>();
  for (const [a, c] of classe.entries()) compter(tailles, a, c);
  return lignes.filter((n) => {
    const dedans = new Map<number, Taille>();
    for (const a of t.membres[n] ?? []) {
      const c = classe[a] ?? 0;
      if (c === 0 && isMobile(t, a)) return false;
      compter(dedans, a, c);
    }
    for (const [c, ici] of dedans) {
      const tous = tailles.get(c);
      if (tous !== undefined && ((ici.peuples > 0 && tous.libres > ici.libres) || (ici.libres > 0 && tous.peuples > ici.peuples))) return false;
    }
    // Une part sans logement ni ménage ne peut rien être d'autre : rien ne s'y cache.
    return (t.membres[n] ?? []).some((a) => isMobile(t, a));
  });
}

const isMobile = (t: Tableau, a: number): boolean => t.isPeuple(a) || t.isLibre(a);

/** Masque, au moindre effectif perdu, les lignes qui séparent un atome de `n` d'un atome voisin. */
function reparer(t: Tableau, n: number, publiee: (m: number) => boolean): void {
  let meilleur: { a: number; b: number | null; cout: number } | null = null;
  const poids = (m: number): number => (publiee(m) ? t.effectif(m) : 0);
  const atomes = (t.membres[n] ?? []).filter((a) => isMobile(t, a));
  for (const a of atomes.slice(0, ESSAIS)) {
    const [peuple, libre] = [t.isPeuple(a), t.isLibre(a)];
    const v = t.meilleurVoisin(a, n, VOISINS, (x) => (peuple && t.isLibre(x)) || (libre && t.isPeuple(x)), poids);
    if (v !== null && (meilleur === null || v.cout < meilleur.cout)) meilleur = { a, ...v };
  }
  // Personne à côté : rien de ce qui compte cet atome n'est publié.
  const choisi = meilleur ?? { a: atomes[0] ?? 0, b: null };
  for (const m of t.separent(choisi.a, choisi.b, publiee)) t.maskLigne(m);
}
