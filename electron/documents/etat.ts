import { libelleExclus } from '../../shared/domain/loyers/libelles.ts';
import { formatDate } from '../../shared/domain/nombres/format.ts';
import { LIBELLE_OPERATION } from '../../shared/domain/origines/operations.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { feuillesAttributions } from './attributions.ts';
import type { Cellule, Classeur, Colonne, Feuille } from './classeur.ts';
import { presentation } from './engagements.ts';
import { MAILLES, SURFACES, keysByCount, libelleFamille, libelleFinancement, libelleInconnu, libelleType, sortedKeys, textFinancements } from './libelles.ts';
import { feuillesOccupationDepot } from './occupation.ts';
import { feuillesServiceRendu } from './service-rendu.ts';
import { writeXlsx } from './xlsx.ts';

type Etat = DonneesPaquet['etat'];

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const entier = (titre: string, largeur = 12): Colonne => ({ titre, largeur, format: 'entier' });
const decimal = (titre: string, largeur = 14): Colonne => ({ titre, largeur, format: 'decimal2' });

function synthese(etat: Etat): Feuille {
  const groupe = (nom: string, comptes: Record<string, number>, cles: string[], libelle: (code: string) => string): Cellule[][] =>
    cles.map((code) => [nom, code, libelle(code), comptes[code] ?? 0]);
  return {
    nom: 'Synthèse',
    figerEntete: true,
    colonnes: [texte('Rubrique', 26), texte('Code', 14), texte('Libellé', 44), entier('Logements')],
    lignes: [
      ['Parc', '', 'Logements', { v: etat.logements, aspect: 'total' }],
      ['Parc', '', 'Ensembles immobiliers', etat.ensembles],
      ['Parc', '', 'Logements vacants', etat.vacants],
      ['Hors du parc', '', 'Logements vendus, démolis ou sortis autrement (conservés, non comptés)', etat.sortis],
      ['QPV', '', 'En quartier prioritaire', etat.qpv],
      ['QPV', '', 'Hors quartier prioritaire', etat.horsQpv],
      ['QPV', 'inconnu', 'Non renseigné', etat.qpvInconnu],
      ...groupe('Famille de financement', etat.familles, keysByCount(etat.familles), libelleFamille),
      ...groupe('Financement', etat.financements, sortedKeys(etat.financements), libelleFinancement),
      ...groupe('Étiquette énergie (DPE)', etat.dpe, sortedKeys(etat.dpe), libelleInconnu),
      ...groupe('DPE d’avant le 1er juillet 2021', etat.dpeAvant, sortedKeys(etat.dpeAvant), libelleInconnu),
      ...groupe('DPE depuis le 1er juillet 2021', etat.dpeDepuis, sortedKeys(etat.dpeDepuis), libelleInconnu),
      ...groupe('DPE sans date', etat.dpeSansDate, sortedKeys(etat.dpeSansDate), libelleInconnu),
      ...groupe('Type de construction', etat.types, sortedKeys(etat.types), libelleType),
      ...groupe('Nombre de pièces', etat.pieces, sortedKeys(etat.pieces), libelleInconnu),
      ...groupe('Année de construction', etat.annees, sortedKeys(etat.annees), libelleInconnu),
    ],
  };
}

function ensembles(donnees: DonneesPaquet): Feuille {
  const codes = sortedKeys(donnees.etat.financements);
  return {
    nom: 'Ensembles',
    figerEntete: true,
    colonnes: [
      texte('Identifiant', 14), texte('Nom', 28), texte('Adresse', 38), texte('Code commune', 14), texte('Commune', 24), entier('Logements'),
      texte('Financements', 36), texte('QPV', 12), entier('En QPV', 10), entier('QPV non renseigné', 12),
      ...codes.map((c) => entier(`Financement ${c} : ${libelleFinancement(c)}`, 14)),
    ],
    lignes: donnees.ensembles.map((e) => [
      e.id, e.nom, e.adresse, e.commune, e.nomCommune, e.logements, textFinancements(e.financements), `${e.qpv} sur ${e.logements}`, e.qpv, e.qpvInconnu,
      ...codes.map((c) => e.financements[c] ?? 0),
    ]),
  };
}

/** Les bailleurs réunis dans la convention, et ce que chacun apporte aux totaux des autres feuilles. */
function origines(liste: NonNullable<DonneesPaquet['origines']>): Feuille {
  return {
    nom: 'Organismes réunis',
    figerEntete: true,
    colonnes: [texte('SIREN', 14), texte('Organisme', 40), texte('Opération', 26), texte('Date', 12), texte('Déclaration', 12), entier('Logements'), entier('Sortis du parc', 14)],
    lignes: liste.map((o) => [
      o.siren, o.nom, o.operation === null ? 'Organisme de la convention' : LIBELLE_OPERATION[o.operation], o.date === null ? '' : formatDate(o.date),
      o.annee === null ? '' : String(o.annee), o.logements, o.sortis,
    ]),
  };
}

function territoires(nom: string, comptes: Record<string, number>, etat: Etat): Feuille {
  return {
    nom,
    figerEntete: true,
    colonnes: [texte('Code', 14), texte('Nom', 44), entier('Logements')],
    lignes: keysByCount(comptes).map((c) => [c, etat.noms[c] ?? libelleInconnu(c), comptes[c] ?? 0]),
  };
}

/** Pluriels de maille, pour un nom de feuille. */
const FEUILLES: Record<string, string> = { ensemble: 'ensemble', commune: 'commune', epci: 'EPCI', departement: 'département', organisme: 'organisme' };

function loyers(bloc: DonneesPaquet['loyers'][number]): Feuille {
  return {
    nom: `Loyers ${bloc.surface} par ${FEUILLES[bloc.par] ?? bloc.par}`,
    figerEntete: true,
    colonnes: [
      texte('Code', 14), texte(MAILLES[bloc.par] ?? bloc.par, 40), entier('Logements'), entier('Loués retenus'),
      decimal(`Surface (m², ${SURFACES[bloc.surface] ?? bloc.surface})`, 18), { titre: 'Loyers mensuels', largeur: 18, format: 'euros' },
      decimal('Loyer moyen (€/m²)'), entier('Avec maximum'), decimal('Maximum moyen (€/m²)'), decimal('Écart au maximum (€/m²)'),
    ],
    lignes: [
      ...bloc.lignes.map((l): Cellule[] => [l.code, l.nom, l.logements, l.loues, l.surface, l.loyerMensuel, l.loyerM2, l.avecMaximum, l.loyerMaxM2, l.ecartM2]),
      ...Object.entries(bloc.exclus).map(([raison, n]): Cellule[] => ['', { v: `Exclus de la moyenne : ${libelleExclus(raison)}`, aspect: 'note' }, n]),
    ],
  };
}

/** L'état des lieux en tableaux : synthèse, une ligne par ensemble (R445-3), territoires, loyers. */
export function classeurEtat(donnees: DonneesPaquet): Classeur {
  const { etat } = donnees;
  return {
    titre: `État des lieux, ${donnees.organisme.nom}, ${donnees.periode}`,
    auteur: donnees.organisme.nom,
    date: donnees.date,
    feuilles: [
      presentation(donnees, 'État des lieux du patrimoine', [
        'Document destiné à l’État : les effectifs de moins de onze logements n’y sont pas masqués. Le secret prévu à R411-5 s’applique à toute autre diffusion.',
        'Chaque ensemble immobilier porte son adresse, son nombre de logements, ses financements et sa situation en QPV (R445-3).',
        'Loyer moyen = somme des loyers / somme des surfaces, sur les logements loués dont le loyer et la surface sont connus. L’écart au maximum porte sur ceux qui ont un maximum.',
      ]),
      synthese(etat),
      ...(donnees.origines === undefined ? [] : [origines(donnees.origines)]),
      ensembles(donnees),
      territoires('Communes', etat.communes, etat),
      territoires('EPCI', etat.epci, etat),
      territoires('Départements', etat.departements, etat),
      ...feuillesOccupationDepot(donnees),
      ...feuillesAttributions(donnees),
      ...feuillesServiceRendu(donnees),
      ...donnees.loyers.map(loyers),
    ],
  };
}

export const writeEtatXlsx = (donnees: DonneesPaquet): Promise<Uint8Array> => writeXlsx(classeurEtat(donnees));
