import type { Sortie } from '../../shared/contract.ts';
import { MENTION_USUELLES } from '../../shared/domain/occupation/bandes.ts';
import { LEGENDE_MASQUE } from '../../shared/domain/occupation/legende.ts';
import { LIBELLE_SITUATION, SITUATIONS } from '../../shared/domain/occupation/modalites.ts';
import type { Situation } from '../../shared/domain/occupation/modalites.ts';
import { EXCLUS } from '../../shared/domain/occupation/rpls.ts';
import { formatDate } from '../../shared/domain/nombres/format.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import type { Cellule, Colonne, Feuille } from './classeur.ts';
import { MAILLES } from './libelles.ts';

export type EtatOccupation = Sortie<'occupation.lire'>;

export const SANS_OCCUPATION = 'Aucune enquête d’occupation du parc social n’est importée : l’occupation sociale n’est pas renseignée.';
/** Ce qui tient la place d'un effectif masqué. */
const MASQUE = 's';
/** Ce qui tient la place des réponses que personne n'a été invité à donner. */
export const SANS_ENQUETE = 'enquête non importée';

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const entier = (titre: string, largeur = 12): Colonne => ({ titre, largeur, format: 'entier' });

const voir = (n: number | null): Cellule => (n === null ? { v: MASQUE, format: 'texte', aspect: 'note' } : n);

/** Part en pour cent, à côté de ses deux nombres ; masquée avec l'un d'eux, vide sans dénominateur. */
function part(n: number | null, total: number | null): Cellule {
  if (n === null || total === null) return { v: MASQUE, format: 'texte', aspect: 'note' };
  return total === 0 ? null : { v: Math.round((n * 10_000) / total) / 100, format: 'pourcent' };
}

const pourcent = (titre: string): Colonne => ({ titre, largeur: 12, format: 'pourcent' });

/** Colonnes et cases d'une ligne, dans le même ordre. */
export function colonnesOccupation(variables: EtatOccupation['variables']): Colonne[] {
  return [
    texte('Maille', 14), texte('Code', 16), texte('Nom', 34), texte('Situation', 13), entier('Logements du parc'), entier('Logements concernés'), entier('Ménages répondants'), pourcent('Taux de réponse (%)'),
    ...variables.flatMap((v) => v.modalites.map((m) => entier(`${v.libelle} : ${m}`, 14))),
    entier('Occupants'), entier('Majeurs'), entier('Mineurs'),
    entier('Loués ou proposés (modes 1 et 2)'), entier('Vacants (mode 2)'), pourcent('Vacance (%)'), entier('Vacants plus de trois mois'), pourcent('Vacance de plus de trois mois (%)'),
    entier('Base de la rotation'), entier('Emménagements (rotation)'), pourcent('Rotation (%)'),
  ];
}

export function ligneOccupation({ par, enquete }: Pick<EtatOccupation, 'par' | 'enquete'>, ligne: EtatOccupation['lignes'][number], situation: Situation): Cellule[] {
  const c = ligne[situation];
  const reponses = [voir(c.repondants), part(c.repondants, c.concernes), ...c.variables.flatMap((m) => m.map(voir)), voir(c.occupants), voir(c.majeurs), voir(c.mineurs)];
  return [
    MAILLES[par] ?? par, ligne.code, ligne.nom, LIBELLE_SITUATION[situation], c.logements, voir(c.concernes),
    // Sans enquête, rien n'est connu : ni zéro, ni masqué.
    ...(enquete === null ? reponses.map((_, i): Cellule => (i === 0 ? { v: SANS_ENQUETE, format: 'texte', aspect: 'note' } : null)) : reponses),
    voir(c.offerts), voir(c.vacants), part(c.vacants, c.offerts), voir(c.vacantsTroisMois), part(c.vacantsTroisMois, c.offerts),
    voir(c.baseRotation), voir(c.rotation), part(c.rotation, c.baseRotation),
  ];
}

/** Situations à écrire : celles où la ligne a des logements ; une seule, et le total suffit. */
export function situationsDe(ligne: EtatOccupation['lignes'][number]): Situation[] {
  const avec = SITUATIONS.filter((s) => s !== 'total' && ligne[s].logements > 0);
  return ['total', ...avec];
}

function lignesDe(etats: readonly EtatOccupation[]): Cellule[][] {
  return etats.flatMap((e) => e.lignes.flatMap((l) => situationsDe(l).map((s) => ligneOccupation(e, l, s))));
}

/** Méthode, formules, exclus : de quoi relire chaque colonne. */
function methode(e: EtatOccupation): Feuille {
  const note = (t: string): Cellule[] => [{ v: t, aspect: 'note' }];
  const raisons = (titre: string, comptes: Record<string, number>): Cellule[][] => Object.entries(comptes).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([r, n]) => [`${titre} : ${EXCLUS[r] ?? r}`, n]);
  return {
    nom: 'Occupation, méthode',
    figerEntete: false,
    colonnes: [texte('Ce que disent les colonnes', 110), entier('Logements')],
    lignes: [
      e.enquete === null ? note(SANS_OCCUPATION) : [`Enquête : ${e.enquete.maille === 'logement' ? 'une ligne par logement' : 'une ligne par ensemble immobilier'}, importée le ${formatDate(e.enquete.importeLe.slice(0, 10))}`, e.enquete.lignes],
      [`Date de référence : ${e.dateReference === null ? 'non renseignée (les emménagements récents ne peuvent pas être comptés)' : formatDate(e.dateReference)}`, null],
      [`Bandes de ressources, en pour cent des plafonds du PLUS : ${e.bornes.join(', ')}${e.bornesUsuelles ? ` (${MENTION_USUELLES})` : ''} ; une borne appartient à la bande qui finit par elle`, null],
      ['Logements concernés : loués au RPLS (mode 1), ou présents dans l’enquête. Taux de réponse : ménages répondants / logements concernés (R442-14)', null],
      ['Emménagement récent : depuis moins de deux ans à la date de référence (R442-14)', null],
      ['Vacance : mode 2 / modes 1 et 2 ; de plus de trois mois : dernière date d’offre (champ 62) à plus de trois mois du 1er janvier de la déclaration (R445-3)', null],
      ['Rotation : bail de l’année N − 1 ou après et première mise en location avant N − 1, sur première mise en location avant N − 1 et modes 1 et 2, N étant l’année de la déclaration (R445-3)', null],
      [`Année des déclarations : ${e.annees.join(', ') || 'inconnue'}`, null],
      ...raisons('Hors de la vacance', e.exclus.vacance), ...raisons('Durée de vacance inconnue', e.exclus.duree), ...raisons('Hors de la rotation', e.exclus.rotation),
      ...(e.horsParc > 0 ? [['Réponses gardées de logements ou d’ensembles qui ne sont plus au parc, non comptées', e.horsParc]] satisfies Cellule[][] : []),
      ...(e.masque ? [note(LEGENDE_MASQUE)] : [note('Effectifs non masqués : ce document est destiné à l’État. Le secret prévu à R411-5 s’applique à toute autre diffusion.')]),
    ],
  };
}

/** Les feuilles de l'occupation sociale : tout l'organisme et ses territoires, puis les ensembles, puis la méthode. */
export function feuillesOccupation(etats: readonly EtatOccupation[]): Feuille[] {
  const [premier] = etats;
  if (premier === undefined) return [];
  const colonnes = colonnesOccupation(premier.variables);
  const feuille = (nom: string, lignes: Cellule[][]): Feuille => ({ nom, figerEntete: true, colonnes, lignes });
  const territoires = etats.filter((e) => e.par !== 'ensemble');
  const ensembles = etats.filter((e) => e.par === 'ensemble');
  const total = etats.reduce((s, e) => s + e.masques, 0);
  const m = methode(premier);
  return [
    ...(territoires.length > 0 ? [feuille('Occupation, territoires', lignesDe(territoires))] : []),
    ...(ensembles.length > 0 ? [feuille('Occupation, ensembles', lignesDe(ensembles))] : []),
    premier.masque ? { ...m, lignes: [...m.lignes, ['Effectifs masqués dans ce classeur', total]] } : m,
  ];
}

/** Celles d'un dépôt : à l'État, sans rien de masqué ; sans enquête, une phrase. */
export function feuillesOccupationDepot({ occupation }: DonneesPaquet): Feuille[] {
  if (occupation === undefined || occupation.length === 0) {
    return [{ nom: 'Occupation sociale', sansEntete: true, figerEntete: false, colonnes: [texte('', 100)], lignes: [[{ v: SANS_OCCUPATION, aspect: 'note' }]] }];
  }
  return feuillesOccupation(occupation);
}
