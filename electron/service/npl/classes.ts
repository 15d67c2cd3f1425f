import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import type { Cible } from '../../../shared/domain/loyers/npl/aides.ts';
import type { Base } from '../../store/base.ts';
import { readRessources } from '../carte-mesures.ts';
import { readServiceRendu } from '../service-rendu-resultats.ts';
import { zonageDe } from './zones.ts';
import type { DonneesNpl } from './donnees.ts';
import type { Calcul } from './resultat.ts';

type Demande = Pick<EntreeLue<'npl.classes'>, 'selon' | 'zonage'>;
/** Les classes d'un critère, dans leur ordre, et celle de chaque ensemble. `absence` : pourquoi aucune n'est connue. */
export type ClassesNpl = { source: string; absence: string | null; libelles: ReadonlyMap<string, string>; classeDe(ensemble: string): string | null };

const ORDRE_ZONES = ['1', '1bis', '2', '3', 'Abis', 'A', 'B1', 'B2', 'C'];
const QUARTS = ['0-25', '25-50', '50-75', '75-100'] as const;

/** Range les ensembles : zone de leur commune, classe du service rendu de la grille, ou ressources de leurs occupants. */
export function readClasses(base: Base, donnees: DonneesNpl, { selon, zonage }: Demande): ClassesNpl {
  switch (selon) {
    case 'zone': return parZone(donnees, zonage);
    case 'service-rendu': return parServiceRendu(base);
    case 'occupation': return parOccupation(base);
  }
}

function parZone({ ensembles }: DonneesNpl, zonage: Demande['zonage']): ClassesNpl {
  const zones = new Map(ensembles.map((e) => [e.ensemble, e.zones.find((z) => zonageDe(z) === zonage) ?? null]));
  const presentes = ORDRE_ZONES.filter((z) => zonageDe(z) === zonage && [...zones.values()].includes(z));
  const nom = zonage === '123' ? '1, 1bis, 2, 3' : 'Abis, A, B1, B2, C';
  return {
    source: `la zone de la commune (${nom})`, libelles: new Map(presentes.map((z) => [z, `Zone ${z}`])), classeDe: (e) => zones.get(e) ?? null,
    absence: presentes.length > 0 ? null : `Aucune commune du parc n’a de zone dans le zonage ${nom} : le charger dans les barèmes.`,
  };
}

function parServiceRendu(base: Base): ClassesNpl {
  const { grille, lignes } = readServiceRendu(base, 'ensemble');
  const rangs = new Map(lignes.map((l) => [l.code, l.classe]));
  const code = (rang: number): string => String(rang + 1);
  const absence = grille === null ? 'Aucune grille du service rendu n’est définie.' : lignes.every((l) => l.classe === null) ? 'Aucun ensemble n’a de résultat du service rendu.' : null;
  return {
    source: 'la classe du service rendu, dans la grille de l’organisme', absence, libelles: new Map((grille?.classes ?? []).map((c, i) => [code(i), c.libelle])),
    classeDe: (e) => { const rang = rangs.get(e) ?? null; return rang === null ? null : code(rang); },
  };
}

function parOccupation(base: Base): ClassesNpl {
  const lu = readRessources(base);
  const comptes = 'absence' in lu ? new Map<string, { sous: number; sur: number }>() : lu.comptes;
  const absence = 'absence' in lu ? lu.absence : [...comptes.values()].every((c) => c.sur === 0) ? 'Aucun ménage n’a de ressources connues.' : null;
  return {
    source: 'la part des ménages au plus à 60 % des plafonds PLUS, parmi ceux dont les ressources sont connues, en quatre classes égales (proposées par Atelier CUS, non réglementaires)', absence,
    libelles: new Map(QUARTS.map((q) => [q, `${q.replace('-', ' à ')} % de ménages sous 60 %`])),
    classeDe(e) {
      const { sous, sur } = comptes.get(e) ?? { sous: 0, sur: 0 };
      // Une part de 25 % juste est de la deuxième classe ; 100 % reste dans la dernière.
      return sur === 0 ? null : (QUARTS[Math.min(3, Math.floor((4 * sous) / sur))] ?? null);
    },
  };
}

export const SANS_CLASSE = 'Classe inconnue';

/** Les classes présentes dans une sélection, dans l'ordre, et ce qu'elles comptent ; les inconnus à la fin. */
export function countClasses(classes: ClassesNpl, { masse }: Calcul, cibles: readonly Cible[]): Sortie<'npl.classes'>['classes'] {
  const visees = new Set(cibles.map((c) => `${c.ensemble}/${c.plafond}`));
  const comptes = new Map<string | null, { lignes: number; logements: number }>();
  for (const m of masse.ensembles) {
    const classe = classes.classeDe(m.ensemble);
    for (const p of m.parts) {
      if (!visees.has(`${m.ensemble}/${p.plafond}`)) continue;
      const c = comptes.get(classe) ?? { lignes: 0, logements: 0 };
      comptes.set(classe, { lignes: c.lignes + 1, logements: c.logements + p.logements });
    }
  }
  return [...classes.libelles.keys(), null].flatMap((classe) => {
    const c = comptes.get(classe);
    return c === undefined ? [] : [{ classe, libelle: classe === null ? SANS_CLASSE : (classes.libelles.get(classe) ?? classe), ...c }];
  });
}
