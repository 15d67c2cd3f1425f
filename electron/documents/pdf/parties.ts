import type { Column, Content } from 'pdfmake/interfaces.js';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { namerConstats } from '../champs.ts';
import { formatInstant, formatJour } from '../format.ts';
import { NATURES, groupBy } from '../libelles.ts';
import { BRIQUE, ENCRE_DOUCE, VERT, pdfText } from './moteur.ts';
import { type CellulePdf, type ColonnePdf, absent, table } from './tables.ts';

const filet = (longueur: number, epaisseur: number, couleur: string): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: longueur, y2: 0, lineWidth: epaisseur, lineColor: couleur }],
});

export function couverture(donnees: DonneesPaquet): Content {
  const { organisme: o } = donnees;
  const ligne = (libelle: string, valeur: string): Content => ({
    columns: [{ width: 130, text: libelle, color: ENCRE_DOUCE }, { width: '*', text: pdfText(valeur) }],
    fontSize: 10.5, margin: [0, 3, 0, 3],
  });
  return {
    stack: [
      { stack: [filet(72, 4, VERT)], margin: [0, 120, 0, 24] },
      { text: 'Convention', fontSize: 40, lineHeight: 1.05 },
      { text: 'd’utilité sociale', fontSize: 40, lineHeight: 1.05 },
      { text: pdfText(donnees.periode), fontSize: 26, color: VERT, margin: [0, 8, 0, 44] },
      { text: 'conclue entre', color: ENCRE_DOUCE, fontSize: 10.5 },
      { text: 'l’État, représenté par le préfet signataire (R445-1),', fontSize: 14, margin: [0, 4, 0, 4] },
      { text: 'et', color: ENCRE_DOUCE, fontSize: 10.5 },
      { text: pdfText(o.nom), fontSize: 14, bold: true, margin: [0, 4, 0, 0] },
      { text: pdfText(o.nature === null ? `SIREN ${o.siren}` : `${NATURES[o.nature] ?? o.nature}, SIREN ${o.siren}`), fontSize: 10.5, color: ENCRE_DOUCE, margin: [0, 0, 0, 60] },
      filet(499, 0.6, VERT),
      { text: '', margin: [0, 0, 0, 8] },
      ligne('Date d’effet', donnees.dateEffet === null ? 'non renseignée' : formatJour(donnees.dateEffet)),
      ligne('Engagements', `années civiles ${donnees.periode}`),
      ligne('Dépôt', `version ${donnees.version}, ${formatInstant(donnees.date)} (heure de Paris)`),
      ligne('Règles appliquées', `millésime ${donnees.millesime}`),
      ...(donnees.malgre === null ? [] : [{ text: 'Déposé malgré des constats bloquants : voir « Constats et suites ».', color: BRIQUE, fontSize: 10.5, margin: [0, 10, 0, 0] } satisfies Content]),
    ],
  };
}

const COLONNES_CHAMPS: ColonnePdf[] = [{ titre: 'Champ', largeur: 190 }, { titre: 'Valeur', largeur: '*' }, { titre: 'Article', largeur: 60 }];

/** Une date légale que rien ne remplace n'a pas de ligne : toutes seraient vides. Le bilan de la concertation a son chapitre. */
const isImprime = (c: { champ: string; valeur: string | null }): boolean =>
  !c.champ.startsWith('concertation/') && ((!c.champ.startsWith('calendrier/echeance/') && !c.champ.startsWith('options/SR-1/')) || !!c.valeur);
/** Les développements sont écrits avec leur indicateur. */
const isDeveloppement = (c: { champ: string }): boolean => c.champ.startsWith('developpement/');

/** Les champs d'identité et de calendrier, par groupe, dans l'ordre du millésime. */
export function identite(donnees: DonneesPaquet): Content[] {
  const { organisme: o } = donnees;
  const tete: CellulePdf[][] = [
    ['Organisme', o.nom, ''],
    ['SIREN', o.siren, ''],
    ['Nature', o.nature === null ? absent('non renseignée') : (NATURES[o.nature] ?? o.nature), ''],
    ['Date d’effet', donnees.dateEffet === null ? absent('non renseignée') : formatJour(donnees.dateEffet), ''],
  ];
  return [
    table('Organisme', COLONNES_CHAMPS, tete),
    ...[...groupBy(donnees.champs.filter((c) => isImprime(c) && !isDeveloppement(c)), (c) => c.groupe)].map(([groupe, champs]) =>
      table(groupe, COLONNES_CHAMPS, champs.map((c): CellulePdf[] => [c.libelle, c.valeur === null || c.valeur === '' ? absent() : formatJour(c.valeur), c.article])),
    ),
  ];
}

/** Ce que les contrôles ont trouvé, ce qui a été justifié, ce qui a été passé outre et pourquoi. */
export function suites(donnees: DonneesPaquet): Content[] {
  const { bloquants, aJustifier, informations } = donnees.constats;
  const nommer = namerConstats(donnees);
  const colonnes: ColonnePdf[] = [{ titre: 'Constat', largeur: '*' }, { titre: 'Champ', largeur: 120 }, { titre: 'Article', largeur: 52 }];
  const lignes = (constats: typeof bloquants): CellulePdf[][] => constats.map((c) => [c.message, nommer(c.champ), c.article]);
  return [
    ...(donnees.malgre === null
      ? []
      : [{ text: [{ text: 'Déposé malgré les constats bloquants. ', bold: true, color: BRIQUE }, pdfText(`Motif écrit par l’organisme : ${donnees.malgre}`)], style: 'texte' } satisfies Content]),
    table('Constats bloquants', colonnes, lignes(bloquants)),
    table(
      'Constats à justifier',
      [{ titre: 'Constat', largeur: '*' }, { titre: 'Justification', largeur: 170 }, { titre: 'Champ', largeur: 110 }, { titre: 'Article', largeur: 46 }],
      aJustifier.map((c): CellulePdf[] => [c.message, c.justification ?? absent('sans justification'), nommer(c.champ), c.article]),
    ),
    table('Informations', colonnes, lignes(informations)),
  ];
}

/** L'article d'un territoire (« des », « du », « de l’ ») n'est pas dans les données : la nature est dite, puis le nom. */
const POUR: Readonly<Record<string, string>> = {
  epci: 'l’EPCI', ept: 'l’EPT', paris: 'la commune', commune: 'la commune', 'metropole-lyon': 'la collectivité', departement: 'le département', region: 'la région',
};
const pourPersonne = ({ nature, nom }: { nature: string; nom: string }): string => `Pour ${POUR[nature] ?? 'la personne publique'} : ${nom.replace(/ \([0-9AB]{2,5}\)$/u, '')}`;

type Bloc = [pour: string, qualite: string];

/** Les personnes publiques signataires, nommées ; d'un dépôt qui n'en dit rien, deux blocs à remplir. */
function blocsPersonnes({ association }: DonneesPaquet): Bloc[] {
  if (association === undefined) return [['Pour une personne publique signataire', 'Le cas échéant (L445-1)'], ['Pour une personne publique signataire', 'Le cas échéant (L445-1)']];
  return association.personnes.flatMap((p): Bloc[] =>
    p.groupe !== 'signataire' ? [] : [[pourPersonne(p), p.qualite === null ? 'Personne publique signataire (L445-1)' : `${p.qualite.libelle} (${p.qualite.article})${p.qualite.certain ? '' : ', à confirmer'}`]],
  );
}

/** Le préfet signataire, l'organisme, puis chaque personne publique signataire, deux par deux. */
export function signatures(donnees: DonneesPaquet): Content[] {
  const bloc = (pour: string, qualite: string): Column => ({
    width: '*',
    stack: [
      { text: pdfText(pour), bold: true, fontSize: 10.5 },
      { text: pdfText(qualite), color: ENCRE_DOUCE, margin: [0, 2, 0, 10] },
      { text: 'Nom et qualité :', margin: [0, 0, 0, 16] },
      { text: 'Fait à                                            le', margin: [0, 0, 0, 64], preserveLeadingSpaces: true },
      filet(220, 0.6, ENCRE_DOUCE),
      { text: 'Signature', style: 'note', margin: [0, 2, 0, 28] },
    ],
  });
  const personnes = blocsPersonnes(donnees);
  const blocs: Bloc[] = [['Pour l’État', 'Le préfet signataire (R445-1)'], [`Pour ${donnees.organisme.nom.slice(0, 200)}`, 'Le représentant de l’organisme'], ...personnes];
  return [
    { text: 'Convention conclue pour six ans en application de l’article L445-1 du code de la construction et de l’habitation.', style: 'texte' },
    ...(personnes.length === 0 ? [{ text: 'Aucune personne publique n’est signataire à la date de ce dépôt (L445-1).', style: 'texte' } satisfies Content] : []),
    ...blocs.flatMap(([pour, qualite], i): Content[] => {
      if (i % 2 === 1) return [];
      const voisin = blocs[i + 1];
      return [{ unbreakable: true, margin: [0, i === 0 ? 12 : 0, 0, 0], columnGap: 40, columns: [bloc(pour, qualite), voisin === undefined ? { width: '*', text: '' } : bloc(...voisin)] }];
    }),
  ];
}
