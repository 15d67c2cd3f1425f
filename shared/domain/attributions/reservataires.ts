import { communesDe, departements, epciInfo, findCommune, nomTerritoire } from '../../territoires/index.ts';
import { normaliserSansRetenir } from '../ensembles/cle.ts';

type Niveau = 'commune' | 'departement' | 'region' | 'groupement';

const DEVANT = /^(?:(?:DE|DU|DES|D) )?(?:(?:LA|LE|LES|L) )?/u;
const FORME_EPCI = /^(?:CC|CA|CU|METROPOLE|EUROMETROPOLE) /u;
/** Noms d'usage d'une région qui n'en désignent qu'une. */
const REGIONS_USUELLES = ['SUD', 'PACA'];

let noms: Record<Niveau, ReadonlySet<string>> | null = null;

/** Les noms des territoires d'aujourd'hui, comparables et sans leur article. */
function nomsTerritoires(): Record<Niveau, ReadonlySet<string>> {
  const net = (nom: string): string => normaliserSansRetenir(nom).replace(FORME_EPCI, '').replace(DEVANT, '');
  const deps = departements();
  const communes = deps.flatMap((d) => communesDe(`dep-${d.code}`)).flatMap((code) => findCommune(code) ?? []);
  const sirens = new Set(communes.flatMap((c) => c.epci ?? []));
  return (noms ??= {
    commune: new Set(communes.map((c) => net(c.nom))),
    departement: new Set(deps.flatMap((d) => [net(d.nom), d.code])),
    region: new Set([...new Set(deps.map((d) => d.region))].map((r) => net(nomTerritoire(`reg-${r}`))).concat(REGIONS_USUELLES)),
    groupement: new Set([...sirens].flatMap((s) => net(epciInfo(s)?.nom ?? '') || [])),
  });
}

/** `suites` : ce qui peut suivre sans changer qui réserve. `niveaux` : les territoires dont le nom le peut aussi. */
type Forme = { tete: RegExp; code: string; suites: readonly string[]; niveaux: readonly Niveau[] };

const FORMES: readonly Forme[] = [
  { tete: /^ACTION LOGEMENT\b/u, code: 'action-logement', suites: ['SERVICES', 'SERVICE', 'ALS', 'SERVICES ALS', 'PEEC'], niveaux: [] },
  {
    tete: /^(?:(?:DE L |DU )?(?:ETAT|PREFET|PREFECTURE)\b|PREFECTORALE?\b)/u, code: 'etat', niveaux: ['commune', 'departement', 'region'],
    suites: ['FONCTIONNAIRE', 'FONCTIONNAIRES', 'AGENTS PUBLICS', 'AGENTS DE L ETAT', 'PRIORITAIRE', 'PRIORITAIRES', 'MAL LOGE', 'MAL LOGES', 'POLICE', 'PREFET', 'PREFECTURE'],
  },
  { tete: /^(?:VILLE|COMMUNE|COMMUNALE?|MAIRIE)\b/u, code: 'collectivite', suites: [], niveaux: ['commune'] },
  { tete: /^(?:CONSEIL |COLLECTIVITE )?DEPARTEMENTALE?\b|^DEPARTEMENT\b|^CD(?= ?(?:\d{2,3}|2[AB])$)/u, code: 'collectivite', suites: [], niveaux: ['departement'] },
  { tete: /^(?:CONSEIL |COLLECTIVITE )?REGIONALE?\b|^REGION\b/u, code: 'collectivite', suites: [], niveaux: ['region'] },
  { tete: /^(?:METROPOLE|METROPOLITAINE?|COMMUNAUTE (?:DE COMMUNES|D AGGLOMERATION|URBAINE)|AGGLOMERATION)\b/u, code: 'collectivite', suites: [], niveaux: ['groupement', 'commune'] },
];

/**
 * Qui réserve, d'après le texte entier (normalisé) : « Préfecture du Var », « CD83 », « Ville de Toulon ». Une
 * suite qui n'est pas un territoire connu peut être une société (« Ville et Habitat ») ou une négation
 * (« Commune non réservé ») : `null`, à la personne de la traduire.
 */
export function codeReservataire(t: string): string | null {
  const texte = t.replace(/^(?:CONTINGENT|RESERVATION) /u, '');
  for (const { tete, code, suites, niveaux } of FORMES) {
    const debut = tete.exec(texte)?.[0];
    if (debut === undefined) continue;
    const suite = texte.slice(debut.length).trim().replace(DEVANT, '');
    return suite === '' || suites.includes(suite) || niveaux.some((n) => (noms ?? nomsTerritoires())[n].has(suite)) ? code : null;
  }
  return null;
}

/** « 1 % », « 1 % logement » : lu sur le texte tel quel, le signe comptant. */
export const isUnPourCent = (texte: string): boolean => /^1 ?%(?: ?(?:LOGEMENT|PATRONAL))?$/iu.test(texte);
