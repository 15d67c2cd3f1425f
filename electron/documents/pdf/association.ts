import type { Content } from 'pdfmake/interfaces.js';
import { formatDate, formatEntier } from '../../../shared/domain/nombres/format.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { pdfText } from './moteur.ts';
import { type CellulePdf, absent, table } from './tables.ts';

type Association = NonNullable<DonneesPaquet['association']>;
type Personne = Association['personnes'][number];

const SANS = 'L’association des personnes publiques et la concertation avec les locataires ne sont pas décrites dans ce dépôt.';
const PLACES: Record<Personne['groupe'], string> = { etat: 'État', signataire: 'signataire', associee: 'associée', 'a-confirmer': 'à confirmer', ecartee: 'écartée' };

const jour = (iso: string | null): CellulePdf => (iso === null ? absent('–') : formatDate(iso));

function place(p: Personne): string {
  const part = p.part === null ? '' : ` : ${formatEntier(p.part.logements)} logements sur ${formatEntier(p.part.parcSocial)} (${p.parcSource})`;
  return p.qualite === null ? `${PLACES[p.groupe]}${p.part?.atteinte === false ? part : ''}` : `${PLACES[p.groupe]}, ${p.qualite.libelle.charAt(0).toLowerCase()}${p.qualite.libelle.slice(1)} (${p.qualite.article})${p.qualite.code === 'aoh' ? part : ''}`;
}

/** Qui est associé, qui signe, ce qui a été transmis et répondu ; le bilan de la concertation (R445-2-5, R445-2-7). */
export function association({ association: a }: DonneesPaquet): Content[] {
  if (a === undefined) return [{ text: SANS, style: 'texte' }];
  const publiques = a.personnes.filter((p) => p.groupe === 'signataire' || p.groupe === 'associee');
  const noms = new Map(a.personnes.map((p) => [p.code, p.nom]));
  const recus = a.echanges.filter((e) => e.sens === 'recu');
  const { concertation: c } = a;
  return [
    table(
      'Association des personnes publiques',
      [
        { titre: 'Personne publique', largeur: '*' }, { titre: 'Place', largeur: 128 }, { titre: 'Logements', largeur: 46, nombre: true },
        { titre: 'Délibération', largeur: 54 }, { titre: 'Éléments', largeur: 50 }, { titre: 'Réunion', largeur: 50 },
      ],
      publiques.map((p): CellulePdf[] => [p.nom, place(p), p.logements, jour(p.deliberationLe), jour(p.elementsLe), jour(p.reunionLe)]),
      { note: 'L445-1, R445-2-4, R445-2-5' },
    ),
    table(
      'Demandes, renonciations et avis reçus',
      [{ titre: 'Date', largeur: 54 }, { titre: 'De', largeur: 130 }, { titre: 'Objet', largeur: 120 }, { titre: 'Texte', largeur: '*' }],
      recus.map((e): CellulePdf[] => [formatDate(e.date), noms.get(e.personne) ?? e.personne, e.libelle, e.texte]),
    ),
    table(
      'Concertation avec les locataires : participants',
      [{ titre: 'Nom', largeur: '*' }, { titre: 'Qualité', largeur: 220 }, { titre: 'Affiliation', largeur: 110 }],
      c.acteurs.map((x): CellulePdf[] => [x.nom, x.libelleQualite, x.affiliation]),
      { note: 'R445-2-7' },
    ),
    table(
      'Concertation avec les locataires : séances',
      [{ titre: 'Date', largeur: 54 }, { titre: 'Objet', largeur: 150 }, { titre: 'Présents', largeur: 110 }, { titre: 'Compte rendu', largeur: '*' }],
      c.reunions.map((r): CellulePdf[] => [formatDate(r.date), r.libellesObjets.join(', '), r.participants, r.texte]),
    ),
    { text: 'Bilan de la concertation', style: 'titreTable' },
    { text: c.bilan === '' ? absentTexte : pdfText(c.bilan), style: 'texte', margin: [0, 4, 0, 0] },
  ];
}

const absentTexte = 'Aucun bilan n’est saisi.';
