import type { Sortie } from '../../../shared/contract.ts';
import type { Personne } from '../../../shared/domain/association/types.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { communesDe } from '../../../shared/territoires/index.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';
import type { DonneesPack, OccupationPack, VentesPack } from '../../../shared/paquet/pack.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { listEnsemblesCommunesCodes } from '../../store/ensembles.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { readEtatCommunes } from '../etat.ts';
import { prepareMasques } from '../occupation-masques.ts';
import { readOccupation } from '../occupation-resultats.ts';
import { buildVentes } from '../ventes/depot.ts';
import { listTerritoires } from '../ventes/resume.ts';
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
  /** Plan de mise en vente ; `null` : vide. */
  ventes: NonNullable<DonneesPaquet['ventes']> | null;
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
    ventes: await buildVentes(contexte),
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
  const engagements = source.matrice.lignes.filter((l) => isDedans(source, dedans, l.territoire)).flatMap(({ cellules, ...ligne }) => cellules.map((cellule) => ({ ...ligne, ...cellule })));
  const ailleurs = listAilleurs(source, territoire, dedans);
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
    ailleurs,
    ventes: reduireVentes(source, dedans),
    remarques: remarquer(source, partages.length, engagements.length, ailleurs.length),
  };
}

/** Vrai quand tout le territoire d'un engagement est dans celui de la personne : ses chiffres ne disent rien d'un autre. */
function isDedans({ communesDe: connues }: Source, dedans: ReadonlySet<string>, t: string): boolean {
  if (t === 'organisme') return false;
  const membres = connues.get(t) ?? [];
  return membres.length > 0 && membres.every((c) => dedans.has(c));
}

const ECHELLES: Readonly<Record<string, string>> = { organisme: 'Organisme', reg: 'Région', dep: 'Département', epci: 'Établissement public de coopération intercommunale', ept: 'Établissement public territorial', com: 'Commune' };
const ENTIER = 'Département entier, avec le territoire d’une collectivité que L445-1 nomme à part';

/** Indicateurs fixés sur un territoire qui dépasse celui de la personne, et où elle a des logements du parc : leur échelle seule, sans nom ni chiffre. */
function listAilleurs(source: Source, territoire: string, dedans: ReadonlySet<string>): DonneesPack['ailleurs'] {
  const habitees = source.communes.lignes.map((c) => c.code).filter((c) => dedans.has(c));
  const touche = (t: string): boolean => {
    if (t === 'organisme') return true;
    const membres = new Set(source.communesDe.get(t));
    return habitees.some((c) => membres.has(c));
  };
  const vus = new Map<string, DonneesPack['ailleurs'][number]>();
  for (const { territoire: t, indicateur, libelle, article, cellules } of source.matrice.lignes) {
    if (cellules.length === 0 || isDedans(source, dedans, t) || !touche(t)) continue;
    const echelle = t === territoire ? ENTIER : (ECHELLES[t.split('-', 1)[0] ?? ''] ?? t);
    vus.set(`${indicateur} ${echelle}`, { echelle, indicateur, libelle, article });
  }
  return [...vus.values()];
}

/** Ce qui reste à vendre dans le territoire : un logement déjà vendu n'est ni ligne, ni compte, ni année d'un pack. */
function reduireVentes({ ventes, millesime }: Source, dedans: ReadonlySet<string>): VentesPack | null {
  const lignes = ventes?.lignes.filter((l) => l.etat !== 'vendu' && dedans.has(l.commune)) ?? [];
  if (ventes === null || lignes.length === 0) return null;
  const acquereurs = new Map(ventes.resume.listeAcquereurs.map((a) => [a.code, a.court]));
  return {
    article: ventes.resume.article,
    texte: ventes.resume.texte,
    limite: millesime.association.elements.ventes,
    logements: lignes.length,
    annees: [...new Set(lignes.flatMap((l) => (l.annee === null ? [] : [String(l.annee)])))].toSorted(),
    communes: listTerritoires(lignes.map((l) => ({ ...l, note: '' })), 'commune').map(({ code, nom, logements, annees }) => ({ code, nom, logements, annees })),
    lignes: lignes.map(({ nomCommune, commune, adresse, nomEnsemble, type, pieces, surface, construct, dpe, annee, acquereur }) => ({
      nomCommune, commune, adresse, nomEnsemble, type, pieces, surface, construct, dpe, annee, acquereur: acquereur === null ? '' : (acquereurs.get(acquereur) ?? acquereur),
    })),
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

function remarquer({ millesime: { association: { plusLarge } } }: Source, partages: number, engagements: number, ailleurs: number): string[] {
  return [
    ...(partages > 0 ? [`${pluriel(partages, 'ensemble immobilier s’étend', 'ensembles immobiliers s’étendent')} au-delà du territoire : leurs logements d’ici sont dans les totaux, sans être détaillés.`] : []),
    ...(ailleurs > 0 ? [`${ailleurs === 1 ? 'Un indicateur est fixé' : `${String(ailleurs)} indicateurs sont fixés`} à une échelle plus large que ce territoire : ${ailleurs === 1 ? 'il est nommé' : 'ils sont nommés'} au chapitre des engagements, sans ${ailleurs === 1 ? 'ses' : 'leurs'} chiffres, qui portent aussi sur d’autres immeubles. ${plusLarge.texte.replace(/\.$/u, '')} (${plusLarge.article}).`] : []),
    ...(engagements === 0 && ailleurs === 0 ? ['Aucun engagement de la convention n’est décliné à l’échelle de ce territoire.'] : []),
  ];
}
