import { MENTION_PROPOSEE } from '../../shared/domain/service-rendu/proposee.ts';
import { LIBELLE_ASPECT, listCriteres } from '../../shared/domain/service-rendu/types.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import type { Cellule, Colonne, Feuille } from './classeur.ts';
import { MAILLES } from './libelles.ts';

export type ServiceRendu = NonNullable<DonneesPaquet['serviceRendu']>;
export type ServiceRenduGrille = ServiceRendu & { grille: NonNullable<ServiceRendu['grille']> };
type Ligne = ServiceRendu['qpv'][number];

export const SANS_SERVICE_RENDU = 'L’état du service rendu n’est pas renseigné : aucun ensemble immobilier n’a été noté.';

/** Le service rendu d'un dépôt, s'il y a une grille et au moins une note ; `null` sinon. */
export function serviceRenduNote({ serviceRendu }: DonneesPaquet): ServiceRenduGrille | null {
  if (serviceRendu === undefined || serviceRendu.grille === null || serviceRendu.notes === 0) return null;
  return { ...serviceRendu, grille: serviceRendu.grille };
}

export const nomClasse = ({ grille }: ServiceRenduGrille, classe: number | null): string => (classe === null ? '' : (grille.classes[classe]?.libelle ?? ''));

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const entier = (titre: string, largeur = 12): Colonne => ({ titre, largeur, format: 'entier' });
const decimal = (titre: string, largeur = 14): Colonne => ({ titre, largeur, format: 'decimal2' });
const nombre = (t: string): Cellule => (/^-?\d+(?:\.\d+)?$/u.test(t) ? { v: Number(t), format: 'nombre' } : t);

/** Les feuilles du service rendu (R445-3) : la grille, une ligne par ensemble, les territoires ; sinon une phrase. */
export function feuillesServiceRendu(donnees: DonneesPaquet): Feuille[] {
  const lu = serviceRenduNote(donnees);
  if (lu === null) {
    return [{ nom: 'Service rendu', sansEntete: true, figerEntete: false, colonnes: [texte('', 100)], lignes: [[{ v: SANS_SERVICE_RENDU, aspect: 'note' }]] }];
  }
  return [feuilleGrille(lu), ensembles(lu), territoires(lu)];
}

function feuilleGrille({ grille: g }: ServiceRenduGrille): Feuille {
  const ligne = (libelle: string, valeur: Cellule): Cellule[] => [libelle, valeur];
  const echelle: Cellule[][] =
    g.echelle.genre === 'niveaux'
      ? g.echelle.niveaux.map((n) => ['Échelle', n.code, n.libelle, nombre(n.valeur)])
      : [['Échelle', 'Note la plus petite', '', nombre(g.echelle.min)], ['Échelle', 'Note la plus grande', '', nombre(g.echelle.max)]];
  return {
    nom: 'Service rendu, grille',
    figerEntete: true,
    colonnes: [texte('Rubrique', 34), texte('Critère', 34), texte('Précision', 60), { titre: 'Poids, valeur ou borne', largeur: 14, format: 'nombre' }],
    lignes: [
      ...(g.proposee ? [[{ v: `Grille ${MENTION_PROPOSEE}.`, aspect: 'note' } satisfies Cellule]] : []),
      ...g.familles.flatMap((f): Cellule[][] => [
        [{ v: f.libelle, aspect: 'libelle' }, '', f.aspect === null ? 'Famille propre à l’organisme' : `R445-3 : ${LIBELLE_ASPECT[f.aspect].toLowerCase()}`, nombre(f.poids)],
        ...f.criteres.map((c): Cellule[] => [f.libelle, c.libelle, c.aide, nombre(c.poids)]),
      ]),
      ...echelle,
      ligne('Meilleure note', g.sens === 'croissant' ? 'la plus grande' : 'la plus petite'),
      ligne('Seuil de complétude', `${g.seuil} % des critères`),
      ...g.classes.map((c): Cellule[] => ['Classe de résultat', c.libelle, 'à partir de', nombre(c.de)]),
    ],
  };
}

function ensembles(lu: ServiceRenduGrille): Feuille {
  const { grille: g } = lu;
  const criteres = listCriteres(g);
  const saisies = new Map(lu.saisies.map((s) => [s.ensemble, s.notes]));
  const lignes = lu.mailles.find((m) => m.par === 'ensemble')?.lignes ?? [];
  return {
    nom: 'Service rendu, ensembles',
    figerEntete: true,
    colonnes: [
      texte('Identifiant', 16), texte('Ensemble', 30), texte('Code commune', 12), entier('Logements'), decimal('Résultat'), texte('Classe', 18), entier('Critères notés'), entier('Critères à noter'),
      ...g.familles.map((f) => decimal(f.libelle, 18)), ...criteres.map((c) => texte(c.libelle, 18)),
    ],
    lignes: lignes.map((l): Cellule[] => [
      l.code, l.nom, l.commune, l.logements, l.resultat, nomClasse(lu, l.classe), l.notes, l.criteres,
      ...l.familles.map((f) => f.resultat), ...criteres.map((_, i) => saisies.get(l.code)?.[i] ?? ''),
    ]),
  };
}

function territoires(lu: ServiceRenduGrille): Feuille {
  const { grille: g } = lu;
  const ligne = (maille: string) => (l: Ligne): Cellule[] => [
    maille, l.code, l.nom, l.ensembles, l.ensemblesNotes, l.logements, l.logementsNotes, l.resultat, nomClasse(lu, l.classe),
    ...l.familles.map((f) => f.resultat), ...l.classes.map((c) => c.logements),
  ];
  return {
    nom: 'Service rendu, territoires',
    figerEntete: true,
    colonnes: [
      texte('Maille', 16), texte('Code', 14), texte('Nom', 38), entier('Ensembles'), entier('Ensembles notés'), entier('Logements'), entier('Logements notés'), decimal('Résultat'), texte('Classe', 18),
      ...g.familles.map((f) => decimal(f.libelle, 18)), ...g.classes.map((c) => entier(`Logements, ${c.libelle}`, 16)),
    ],
    lignes: [
      ...lu.mailles.filter((m) => m.par === 'organisme').flatMap((m) => m.lignes.map(ligne('Organisme'))),
      ...lu.qpv.filter((l) => l.logements > 0).map(ligne('QPV')),
      ...lu.mailles.filter((m) => m.par !== 'organisme' && m.par !== 'ensemble').flatMap((m) => m.lignes.map(ligne(MAILLES[m.par] ?? m.par))),
    ],
  };
}
