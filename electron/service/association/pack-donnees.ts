import type { Sortie } from '../../../shared/contract.ts';
import type { Personne } from '../../../shared/domain/association/types.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { communesDe } from '../../../shared/territoires/index.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';
import type { DonneesPack, OccupationPack } from '../../../shared/paquet/pack.ts';
import { listEnsemblesCommunesCodes } from '../../store/ensembles.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { readEtatCommunes } from '../etat.ts';
import { prepareMasques } from '../occupation-masques.ts';
import { readOccupation } from '../occupation-resultats.ts';
import { communesPersonne } from './presents.ts';

/** Tout ce dont les packs sont faits, lu une fois : chaque pack n'en garde que son territoire. */
export type Source = {
  millesime: Millesime;
  info: Sortie<'dossier.info'>;
  communes: Sortie<'etat.territoires'>;
  ensembles: Sortie<'ensembles.lister'>['ensembles'];
  /** Communes où chaque ensemble a des logements, avec leur nombre. */
  lieux: Map<string, Map<string, number>>;
  /** Occupation à chaque maille, masquée d'un seul tenant : ce qu'un pack tait ne se déduit pas d'un autre. */
  occupation: OccupationPack[];
  serviceRendu: Sortie<'serviceRendu.lire'>;
  matrice: Sortie<'engagements.matrice'>;
  /** Communes de chaque territoire de la matrice : les chercher une fois, non une fois par pack. */
  communesDe: Map<string, string[]>;
};

export async function readSource(contexte: Contexte, millesime: Millesime, suivi: Suivi): Promise<Source> {
  const { base } = contexte.dossier();
  await prepareMasques(base, suivi);
  const lieux = new Map<string, Map<string, number>>();
  for (const { code, commune, logements } of listEnsemblesCommunesCodes(base)) lieux.set(code, (lieux.get(code) ?? new Map<string, number>()).set(commune, logements));
  const matrice = await contexte.appeler('engagements.matrice', {});
  return {
    millesime,
    communesDe: new Map([...new Set(matrice.lignes.map((l) => l.territoire))].map((t) => [t, communesDe(t)])),
    info: await contexte.appeler('dossier.info', {}),
    communes: await contexte.appeler('etat.territoires', { par: 'commune' }),
    ensembles: (await contexte.appeler('ensembles.lister', {})).ensembles,
    lieux,
    occupation: (['departement', 'epci', 'commune', 'ensemble'] as const).map((par) => readOccupation(base, par, { masquer: true })),
    serviceRendu: await contexte.appeler('serviceRendu.lire', { par: 'ensemble' }),
    matrice,
  };
}

const memes = (a: ReadonlySet<string>, b: readonly string[]): boolean => a.size === b.length && b.every((c) => a.has(c));

/** Le pack d'une personne : le même dossier, réduit aux communes de son territoire. */
export function buildPack(contexte: Contexte, source: Source, personne: Personne & { libelleNature: string }, territoire: string): DonneesPack {
  const { base } = contexte.dossier();
  const dedans = new Set(communesPersonne(source.millesime, territoire));
  const { logements, ensembles, qpv, horsQpv, qpvInconnu, financements, familles, dpe, types, pieces, annees } = readEtatCommunes(base, territoire, [...dedans]);
  const communes = source.communes.lignes.filter((c) => dedans.has(c.code)).map((c) => ({ code: c.code, nom: c.nom, logements: c.logements, qpv: c.qpv, horsQpv: c.horsQpv, qpvInconnu: c.qpvInconnu }));
  const entiers = source.ensembles.filter((e) => [...(source.lieux.get(e.id)?.keys() ?? [])].every((c) => dedans.has(c)));
  const codes = new Set(entiers.map((e) => e.id));
  const partages = source.ensembles.flatMap((e) => {
    if (codes.has(e.id)) return [];
    const ici = [...(source.lieux.get(e.id) ?? [])].reduce((s, [c, n]) => s + (dedans.has(c) ? n : 0), 0);
    return ici === 0 ? [] : [ici];
  });
  // Un territoire plus large que le sien n'entre pas : ses engagements portent aussi sur d'autres.
  const siens = (t: string): boolean => t !== 'organisme' && (t.startsWith('com-') ? dedans.has(t.slice(4)) : memes(dedans, source.communesDe.get(t) ?? []));
  const engagements = source.matrice.lignes.filter((l) => siens(l.territoire)).flatMap(({ cellules, ...ligne }) => cellules.map((cellule) => ({ ...ligne, ...cellule })));
  const occupation = source.occupation.flatMap((o) => reduireOccupation(o, territoire, dedans, codes));
  const { grille } = source.serviceRendu;
  return {
    organisme: { siren: source.info.organisme.siren, nom: source.info.organisme.nom },
    periode: source.info.periode,
    dateEffet: source.info.dateEffet,
    millesime: source.info.millesime,
    date: contexte.maintenant().toISOString(),
    personne: { code: personne.code, nom: personne.nom, nature: personne.libelleNature, article: personne.article },
    etat: { logements, ensembles, qpv, horsQpv, qpvInconnu, financements, familles, dpe, types, pieces, annees },
    communes,
    ensembles: entiers,
    partages: { ensembles: partages.length, logements: partages.reduce((s, n) => s + n, 0) },
    occupation,
    masques: occupation.reduce((s, o) => s + o.masques, 0),
    serviceRendu: source.serviceRendu.lignes.filter((l) => codes.has(l.code)).map((l) => ({
      id: l.code, nom: l.nom, resultat: l.resultat, classe: l.classe === null ? '' : (grille?.classes[l.classe]?.libelle ?? ''), notes: l.notes, criteres: l.criteres,
    })),
    orientations: personne.orientations,
    engagements,
    remarques: remarquer(source, personne, territoire, dedans, partages.length, engagements.length),
  };
}

/** Les lignes du territoire ; rien des calculs faits sur tout l'organisme (exclus, réponses hors du parc). */
function reduireOccupation(o: OccupationPack, territoire: string, dedans: ReadonlySet<string>, ensembles: ReadonlySet<string>): OccupationPack[] {
  const garde = (code: string): boolean => {
    if (o.par === 'commune') return dedans.has(code);
    if (o.par === 'ensemble') return ensembles.has(code);
    const t = `${o.par === 'epci' ? 'epci' : 'dep'}-${code}`;
    return t === territoire && memes(dedans, communesDe(t));
  };
  const lignes = o.lignes.filter((l) => garde(l.code));
  if (lignes.length === 0) return [];
  const masques = lignes.reduce((s, l) => s + l.total.masques + l.qpv.masques + l.horsQpv.masques + l.qpvInconnu.masques, 0);
  return [{ ...o, lignes, masques, organisme: null, horsParc: 0, exclus: { vacance: {}, duree: {}, rotation: {} }, enquete: o.enquete === null ? null : { ...o.enquete, fichier: '', lignes: 0 } }];
}

function remarquer(source: Source, personne: Personne, territoire: string, dedans: ReadonlySet<string>, partages: number, engagements: number): string[] {
  const large = source.matrice.lignes.some((l) => l.territoire === territoire) && !memes(dedans, communesDe(territoire));
  return [
    ...(partages > 0 ? [`${pluriel(partages, 'ensemble immobilier s’étend', 'ensembles immobiliers s’étendent')} au-delà du territoire : leurs logements d’ici sont dans les totaux, sans être détaillés.`] : []),
    ...(large ? ['Les engagements déclinés à l’échelle du département portent aussi sur un autre territoire : ils ne sont pas repris ici.'] : []),
    ...(engagements === 0 && !large ? ['Aucun engagement de la convention n’est décliné à l’échelle de ce territoire.'] : []),
    ...(personne.orientations === '' ? ['Aucun texte d’orientations stratégiques ni de programme d’actions n’est saisi pour ce territoire : à joindre à la transmission (R445-2-5).'] : []),
  ];
}
