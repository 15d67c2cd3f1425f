import { parseChamp } from '../../shared/domain/engagements/champ.ts';

/** Une case de la matrice telle que le dossier la porte. */
type Case = { champ: string; saisie: string };
type Changement = { champ: string; valeur: string };

const FRACTION = /^(\d+)\/(\d+)$/u;
const MODES = ['plai', 'plus', 'pls'] as const;

/** Le numérateur multiplié, sans dépasser le dénominateur. */
function relever(saisie: string, facteur: number): string | null {
  const [, n, d] = FRACTION.exec(saisie) ?? [];
  return n === undefined || d === undefined ? null : `${Math.min(Number(d), Math.round(Number(n) * facteur))}/${d}`;
}

/** Plus de réhabilitations et de sorties de F et G, et ce qu'elles ajoutent au coût de gestion. */
function renover(cases: readonly Case[]): Changement[] {
  return cases.flatMap(({ champ, saisie }) => {
    const c = parseChamp(champ);
    if (c?.genre !== 'engagement' || c.ventilation !== 'total') return [];
    const valeur =
      c.indicateur === 'PP-2' || c.indicateur === 'PP-3' ? relever(saisie, 1.3) : c.indicateur === 'G-1' && /^\d+$/u.test(saisie) ? String(Number(saisie) + 35) : null;
    return valeur === null || valeur === saisie ? [] : [{ champ, valeur }];
  });
}

/** Un tiers d'agréments en moins (PP-1), modes et parts tenus ensemble : une part se rapporte à son mode, le total les additionne. */
function freiner(cases: readonly Case[]): Changement[] {
  const nombres = new Map<string, number>();
  const lus = cases.flatMap(({ champ, saisie }) => {
    const c = parseChamp(champ);
    if (c?.genre !== 'engagement' || c.indicateur !== 'PP-1') return [];
    const [mode = '', part] = c.ventilation.split('.');
    const ou = `${c.territoire}/${c.horizon}`;
    if (part === undefined && mode !== 'total' && /^\d+$/u.test(saisie)) nombres.set(`${ou}/${mode}`, Math.ceil((Number(saisie) * 2) / 3));
    return [{ champ, saisie, ou, mode, part }];
  });
  return lus.flatMap(({ champ, saisie, ou, mode, part }) => {
    const nouveau = mode === 'total' ? MODES.reduce((s, m) => s + (nombres.get(`${ou}/${m}`) ?? 0), 0) : nombres.get(`${ou}/${mode}`);
    const [, n, d] = FRACTION.exec(saisie) ?? [];
    if (nouveau === undefined || saisie === '') return [];
    if (part === undefined) return [{ champ, valeur: String(nouveau) }];
    return d === undefined || d === '0' ? [] : [{ champ, valeur: `${Math.floor((Number(n) * nouveau) / Number(d))}/${nouveau}` }];
  });
}

/** Deux autres jeux de cibles que le bailleur fictif compare au sien. */
export const scenariosCibles: readonly { nom: string; changer: (cases: readonly Case[]) => Changement[] }[] = [
  { nom: 'Rénovation accélérée', changer: renover },
  { nom: 'Production freinée', changer: freiner },
];
