import type { Constat } from './motifs.ts';

export type Entree = { genre: 'constat'; constat: Constat } | { genre: 'groupe'; cle: string; titre: string; cases: { constat: Constat; nom: string }[] };

const VIDE = 'cible-vide';

/** `PS-1, Métropole X, 2027 : …` → `['PS-1', 'Métropole X', '2027']`. */
const parties = (c: Constat): string[] => (c.message.split(' : ')[0] ?? '').split(', ');

/**
 * Les cases vides d'un même indicateur et d'un même territoire tiennent en une entrée, à la place de
 * la première ; les autres constats restent seuls, dans leur ordre. Rien n'est compté deux fois.
 */
export function grouperVides(constats: readonly Constat[]): Entree[] {
  const entrees: Entree[] = [];
  const groupes = new Map<string, Constat[]>();
  for (const c of constats) {
    const segments = c.champ?.split('/') ?? [];
    if (c.code !== VIDE || segments.length < 3) {
      entrees.push({ genre: 'constat', constat: c });
      continue;
    }
    const cle = segments.slice(0, 3).join('/');
    const deja = groupes.get(cle);
    if (deja) {
      deja.push(c);
      continue;
    }
    groupes.set(cle, [c]);
    entrees.push({ genre: 'groupe', cle, titre: '', cases: [] });
  }
  return entrees.map((e) => {
    if (e.genre === 'constat') return e;
    const membres = groupes.get(e.cle) ?? [];
    const [premier] = membres;
    if (premier && membres.length === 1) return { genre: 'constat', constat: premier };
    const textes = membres.map(parties);
    const commun = communes(textes);
    return {
      ...e,
      titre: (textes[0] ?? []).slice(0, commun).join(', '),
      cases: membres.map((constat, i) => ({ constat, nom: (textes[i] ?? []).slice(commun).join(', ') || constat.message })),
    };
  });
}

/** Combien de premières parties tous les noms ont en commun. */
function communes(textes: readonly string[][]): number {
  const [premier = []] = textes;
  const ecart = premier.findIndex((partie, i) => textes.some((t) => t[i] !== partie));
  return ecart < 0 ? premier.length : ecart;
}
