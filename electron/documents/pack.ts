import { LEGENDE_MASQUE } from '../../shared/domain/occupation/legende.ts';
import type { DonneesPack } from '../../shared/paquet/pack.ts';
import type { Cellule, Classeur, Colonne, Feuille } from './classeur.ts';
import { feuillesEngagements } from './engagements.ts';
import { formatInstant, formatJour } from './format.ts';
import { keysByCount, libelleFamille, libelleFinancement, libelleInconnu, libelleType, sortedKeys, textFinancements } from './libelles.ts';
import { SANS_OCCUPATION, colonnesOccupation, ligneOccupation, situationsDe } from './occupation.ts';
import { writeXlsx } from './xlsx.ts';

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const entier = (titre: string, largeur = 12): Colonne => ({ titre, largeur, format: 'entier' });

export const OBJET_PACK = 'États des lieux, orientations et engagements, pour les immeubles situés sur le territoire (R445-2-5).';
export const DIFFUSION_PACK = 'Ce document ne porte que sur ce territoire.';
export const SANS_ORIENTATIONS = 'Aucun texte n’est saisi dans le dossier pour ce territoire : à joindre à la transmission (R445-2-5).';

function presentation(p: DonneesPack): Feuille {
  const ligne = (libelle: string, valeur: Cellule): Cellule[] => [{ v: libelle, aspect: 'libelle' }, valeur];
  const note = (t: string): Cellule[] => [{ v: t, aspect: 'note' }];
  return {
    nom: 'Présentation',
    sansEntete: true,
    figerEntete: false,
    colonnes: [texte('', 30), texte('', 90)],
    lignes: [
      [{ v: 'Association à l’élaboration de la convention d’utilité sociale', aspect: 'titre' }],
      [],
      ligne('Transmis à', p.personne.nom),
      ligne('Qualité', `${p.personne.nature} (${p.personne.article})`),
      ligne('Organisme', p.organisme.nom),
      ligne('SIREN', p.organisme.siren),
      ligne('Période', p.periode),
      ligne('Date d’effet', p.dateEffet === null ? 'non renseignée' : formatJour(p.dateEffet)),
      ligne('Écrit le', `${formatInstant(p.date)} (heure de Paris)`),
      [],
      ...[OBJET_PACK, DIFFUSION_PACK, LEGENDE_MASQUE, ...p.remarques].map(note),
    ],
  };
}

function synthese({ etat: e }: DonneesPack): Feuille {
  const groupe = (nom: string, comptes: Record<string, number>, cles: string[], libelle: (code: string) => string): Cellule[][] =>
    cles.map((code) => [nom, code, libelle(code), comptes[code] ?? 0]);
  return {
    nom: 'État des lieux',
    figerEntete: true,
    colonnes: [texte('Rubrique', 26), texte('Code', 14), texte('Libellé', 44), entier('Logements')],
    lignes: [
      ['Parc', '', 'Logements', { v: e.logements, aspect: 'total' }],
      ['Parc', '', 'Ensembles immobiliers', e.ensembles],
      ['QPV', '', 'En quartier prioritaire', e.qpv],
      ['QPV', '', 'Hors quartier prioritaire', e.horsQpv],
      ['QPV', 'inconnu', 'Non renseigné', e.qpvInconnu],
      ...groupe('Famille de financement', e.familles, keysByCount(e.familles), libelleFamille),
      ...groupe('Financement', e.financements, sortedKeys(e.financements), libelleFinancement),
      ...groupe('Étiquette énergie (DPE)', e.dpe, sortedKeys(e.dpe), libelleInconnu),
      ...groupe('Type de construction', e.types, sortedKeys(e.types), libelleType),
      ...groupe('Nombre de pièces', e.pieces, sortedKeys(e.pieces), libelleInconnu),
      ...groupe('Année de construction', e.annees, sortedKeys(e.annees), libelleInconnu),
    ],
  };
}

const communes = ({ communes: liste }: DonneesPack): Feuille => ({
  nom: 'Communes',
  figerEntete: true,
  colonnes: [texte('Code', 14), texte('Commune', 40), entier('Logements'), entier('En QPV'), entier('Hors QPV'), entier('QPV non renseigné', 16)],
  lignes: liste.map((c) => [c.code, c.nom, c.logements, c.qpv, c.horsQpv, c.qpvInconnu]),
});

const ensembles = ({ ensembles: liste }: DonneesPack): Feuille => ({
  nom: 'Ensembles',
  figerEntete: true,
  colonnes: [texte('Identifiant', 16), texte('Nom', 30), texte('Adresse', 40), texte('Code commune', 14), texte('Commune', 26), entier('Logements'), texte('Financements', 40), texte('QPV', 14)],
  lignes: liste.map((e) => [e.id, e.nom, e.adresse, e.commune, e.nomCommune, e.logements, textFinancements(e.financements), `${e.qpv} sur ${e.logements}`]),
});

function occupation(p: DonneesPack): Feuille[] {
  const [premier] = p.occupation;
  if (premier === undefined) return [];
  return [{
    nom: 'Occupation sociale',
    figerEntete: true,
    colonnes: colonnesOccupation(premier.variables),
    lignes: [
      ...p.occupation.flatMap((o) => o.lignes.flatMap((l) => situationsDe(l).map((s) => ligneOccupation(o, l, s)))),
      [{ v: LEGENDE_MASQUE, aspect: 'note' }],
      ...(premier.enquete === null ? [[{ v: SANS_OCCUPATION, aspect: 'note' } satisfies Cellule]] : []),
    ],
  }];
}

const serviceRendu = ({ serviceRendu: liste }: DonneesPack): Feuille[] =>
  liste.length === 0
    ? []
    : [{
        nom: 'Service rendu',
        figerEntete: true,
        colonnes: [texte('Identifiant', 16), texte('Ensemble', 32), { titre: 'Résultat', largeur: 12, format: 'decimal2' }, texte('Classe', 22), entier('Critères notés', 14), entier('Critères à noter', 14)],
        lignes: liste.map((l) => [l.id, l.nom, l.resultat, l.classe, l.notes, l.criteres]),
      }];

const orientations = (p: DonneesPack): Feuille => ({
  nom: 'Orientations',
  sansEntete: true,
  figerEntete: false,
  colonnes: [texte('', 110)],
  lignes: [
    [{ v: 'Orientations stratégiques et programme d’actions', aspect: 'titre' }],
    ...(p.orientations === '' ? [[{ v: SANS_ORIENTATIONS, aspect: 'note' } satisfies Cellule]] : p.orientations.split('\n').map((t): Cellule[] => [t])),
  ],
});

/** Indicateurs fixés plus largement : nommés, pour qu'on sache où les lire. */
const ailleurs = ({ ailleurs: liste }: DonneesPack): Feuille[] =>
  liste.length === 0
    ? []
    : [{
        nom: 'Échelles plus larges',
        figerEntete: true,
        colonnes: [texte('Indicateur', 12), texte('Fixé à l’échelle', 48), texte('Libellé', 90), texte('Article', 14)],
        lignes: liste.map((a) => [a.indicateur, a.echelle, a.libelle, a.article]),
      }];

function ventes({ ventes: v }: DonneesPack): Feuille[] {
  if (v === null) return [];
  return [
    {
      nom: 'Plan de mise en vente',
      figerEntete: true,
      colonnes: [texte('Code', 14), texte('Commune', 40), entier('Logements'), ...v.annees.map((a) => entier(a, 9)), entier('Sans année')],
      lignes: v.communes.map((c): Cellule[] => [c.code, c.nom, c.logements, ...v.annees.map((a) => c.annees[a] ?? 0), c.annees['inconnu'] ?? 0]),
    },
    {
      nom: 'Logements à vendre',
      figerEntete: true,
      colonnes: [
        texte('Code commune', 14), texte('Commune', 28), texte('Adresse', 44), texte('Ensemble', 30), texte('Type', 14), entier('Pièces', 8), { titre: 'Surface (m²)', largeur: 12, format: 'decimal2' },
        { titre: 'Construction', largeur: 12, format: 'annee' }, texte('DPE', 7), { titre: 'Année', largeur: 9, format: 'annee' }, texte('Acquéreur prévu', 34),
      ],
      lignes: [
        ...v.lignes.map((l): Cellule[] => [l.commune, l.nomCommune, l.adresse, l.nomEnsemble, l.type === null ? '' : libelleType(l.type), l.pieces, l.surface, l.construct, l.dpe ?? '', l.annee, l.acquereur]),
        [{ v: v.limite, aspect: 'note' }],
      ],
    },
  ];
}

/** Le pack d'une personne publique, en tableaux. */
export const classeurPack = (p: DonneesPack): Classeur => ({
  titre: `Association, ${p.personne.nom}, ${p.organisme.nom}`,
  auteur: p.organisme.nom,
  date: p.date,
  feuilles: [presentation(p), synthese(p), communes(p), ensembles(p), ...occupation(p), ...serviceRendu(p), orientations(p), ...feuillesEngagements(p.engagements), ...ailleurs(p), ...ventes(p)],
});

export const writePackXlsx = (p: DonneesPack): Promise<Uint8Array> => writeXlsx(classeurPack(p));
