import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { LEGENDE_MASQUE } from '../../shared/domain/occupation/legende.ts';
import type { DonneesPack, OccupationPack } from '../../shared/paquet/pack.ts';
import { formatDecimal2, formatInstant, formatJour, formatNombre, formatPart } from './format.ts';
import { MAILLES, keysByCount, libelleFamille, libelleFinancement, libelleInconnu, libelleType, sortedKeys } from './libelles.ts';
import { SANS_ENQUETE, SANS_OCCUPATION } from './occupation.ts';
import { DIFFUSION_PACK, OBJET_PACK, SANS_ORIENTATIONS } from './pack.ts';
import { engagements } from './pdf/engagements.ts';
import { colonnesAnnees, LARGEUR_ANNEE } from './ventes-annees.ts';
import { ENCRE, ENCRE_DOUCE, STYLES, VERT, pdfText, renderPdf } from './pdf/moteur.ts';
import { decennies, ensembles } from './pdf/patrimoine.ts';
import { type CellulePdf, DEMI_PAGE, type LigneComptes, chapitre, pair, table, tableComptes } from './pdf/tables.ts';

export const writePackPdf = (p: DonneesPack): Promise<Uint8Array> => renderPdf(definePack(p));

const phrase = (texte: string): Content => ({ text: pdfText(texte), style: 'texte' });

function tete(p: DonneesPack): Content[] {
  const ligne = (libelle: string, valeur: string): Content => ({ columns: [{ width: 110, text: libelle, color: ENCRE_DOUCE }, { width: '*', text: pdfText(valeur) }], margin: [0, 2, 0, 2] });
  return [
    { text: 'Association à l’élaboration de la convention d’utilité sociale', fontSize: 10.5, color: VERT },
    { text: pdfText(p.personne.nom), fontSize: 22, margin: [0, 4, 0, 10] },
    ligne('Qualité', `${p.personne.nature} (${p.personne.article})`),
    ligne('Organisme', `${p.organisme.nom}, SIREN ${p.organisme.siren}`),
    ligne('Convention', `${p.periode}${p.dateEffet === null ? '' : `, date d’effet ${formatJour(p.dateEffet)}`}`),
    { text: '', margin: [0, 0, 0, 10] },
    phrase(OBJET_PACK),
    phrase(DIFFUSION_PACK),
    ...p.remarques.map(phrase),
  ];
}

function etatDesLieux({ etat: e, communes, partages }: DonneesPack): Content[] {
  const lignes = (comptes: Record<string, number>, cles: string[], libelle: (c: string) => string): LigneComptes[] => cles.map((c) => ({ libelle: libelle(c), nombre: comptes[c] ?? 0 }));
  const court = { demi: true };
  return [
    phrase(`${pluriel(e.logements, 'logement')} et ${pluriel(e.ensembles, 'ensemble immobilier', 'ensembles immobiliers')} sur le territoire.${partages.ensembles === 0 ? '' : ` Dont ${pluriel(partages.logements, 'logement')} dans ${pluriel(partages.ensembles, 'ensemble')} qui s’étendent au-delà.`}`),
    pair(
      tableComptes('Par famille', lignes(e.familles, keysByCount(e.familles), libelleFamille), e.logements, court),
      tableComptes('Quartiers prioritaires', [{ libelle: 'En QPV', nombre: e.qpv }, { libelle: 'Hors QPV', nombre: e.horsQpv }, { libelle: 'Non renseigné', nombre: e.qpvInconnu }], e.logements, court),
    ),
    tableComptes('Par financement', lignes(e.financements, sortedKeys(e.financements), (c) => (c === 'inconnu' ? libelleFinancement(c) : `${c}  ${libelleFinancement(c)}`)), e.logements),
    pair(
      tableComptes('Par étiquette énergie', lignes(e.dpe, sortedKeys(e.dpe), libelleInconnu), e.logements, court),
      tableComptes('Par décennie de construction', decennies(e.annees), e.logements, court),
    ),
    pair(
      tableComptes('Par nombre de pièces', lignes(e.pieces, sortedKeys(e.pieces), libelleInconnu), e.logements, court),
      tableComptes('Par type', lignes(e.types, sortedKeys(e.types), libelleType), e.logements, court),
    ),
    tableComptes('Par commune', communes.map((c) => ({ libelle: `${c.nom} (${c.code})`, nombre: c.logements })), e.logements),
  ];
}

/** « s » quand l'un des deux effectifs est masqué. */
const rapport = (n: number | null, total: number | null): string => (n === null || total === null ? 's' : `${formatNombre(n)} sur ${formatNombre(total)}${total === 0 ? '' : ` (${formatPart(n, total)})`}`);
const voir = (n: number | null): string => (n === null ? 's' : formatNombre(n));

function taux(o: OccupationPack): Content {
  return table(
    `Réponse, vacance et rotation : ${(MAILLES[o.par] ?? o.par).replace(/^(?!EPCI)./u, (c) => c.toLowerCase())}`,
    [{ titre: '', largeur: '*' }, { titre: 'Réponses', largeur: 96, nombre: true }, { titre: 'Vacance', largeur: 88, nombre: true }, { titre: 'Plus de trois mois', largeur: 88, nombre: true }, { titre: 'Rotation', largeur: 88, nombre: true }],
    o.lignes.map(({ nom, total: c }): CellulePdf[] => [nom, o.enquete === null ? SANS_ENQUETE : rapport(c.repondants, c.concernes), rapport(c.vacants, c.offerts), rapport(c.vacantsTroisMois, c.offerts), rapport(c.rotation, c.baseRotation)]),
  );
}

/** Des tables courtes, par paires : aucune n'est coupée par un bas de page. */
const deuxParDeux = (tables: readonly Content[]): Content[] => tables.flatMap((t, i): Content[] => (i % 2 === 1 ? [] : [pair(t, tables[i + 1] ?? '')]));

function occupation({ occupation: liste }: DonneesPack): Content[] {
  const [premier] = liste;
  if (premier === undefined) return [phrase(SANS_OCCUPATION)];
  const territoire = liste.find((o) => o.par === 'epci' || o.par === 'departement') ?? liste.find((o) => o.par === 'commune' && o.lignes.length === 1);
  const ligne = territoire?.lignes[0];
  return [
    phrase(LEGENDE_MASQUE),
    ...(premier.enquete === null ? [phrase(`${SANS_OCCUPATION} La vacance et la rotation viennent du RPLS.`)] : []),
    ...(ligne === undefined || premier.enquete === null
      ? []
      : [
          phrase(`${voir(ligne.total.repondants)} répondants sur ${voir(ligne.total.concernes)}, sur tout le territoire ; nombre de ménages.`),
          ...deuxParDeux(premier.variables.map((v, i) =>
            table(v.libelle, [{ titre: '', largeur: '*' }, { titre: 'Ménages', largeur: 52, nombre: true }], v.modalites.map((m, k): CellulePdf[] => [m, voir(ligne.total.variables[i]?.[k] ?? null)]), { total: DEMI_PAGE }),
          )),
        ]),
    ...liste.filter((o) => o.par !== 'ensemble').map(taux),
    phrase('Les effectifs par ensemble immobilier, et en QPV et hors QPV, sont dans le classeur joint.'),
  ];
}

function service({ serviceRendu: liste }: DonneesPack): Content[] {
  if (liste.length === 0) return [phrase('Aucun ensemble immobilier de ce territoire n’est noté.')];
  return [
    table(
      'Résultat par ensemble immobilier',
      [{ titre: 'Ensemble', largeur: '*' }, { titre: 'Résultat', largeur: 60, nombre: true }, { titre: 'Classe', largeur: 120 }, { titre: 'Critères notés', largeur: 70, nombre: true }],
      liste.map((l): CellulePdf[] => [l.nom === '' ? l.id : l.nom, l.resultat === null ? '' : formatDecimal2(l.resultat), l.classe, `${l.notes} sur ${l.criteres}`]),
      { note: 'R445-3' },
    ),
  ];
}

const orientations = (p: DonneesPack): Content[] => (p.orientations === '' ? [phrase(SANS_ORIENTATIONS)] : p.orientations.split('\n').map(phrase));

/** Indicateurs fixés à une échelle qui dépasse le territoire : nommés, sans chiffre. */
function ailleurs({ ailleurs: liste }: DonneesPack): Content[] {
  if (liste.length === 0) return [];
  return [
    table(
      'Engagements fixés à une échelle plus large',
      [{ titre: 'Indicateur', largeur: 50 }, { titre: 'Libellé', largeur: '*' }, { titre: 'Fixé à l’échelle', largeur: 130 }, { titre: 'Article', largeur: 44 }],
      liste.map((a): CellulePdf[] => [a.indicateur, a.libelle, a.echelle, a.article]),
    ),
  ];
}

function ventes({ ventes: v }: DonneesPack): Content[] {
  if (v === null) return [phrase('Aucun logement de ce territoire n’est à vendre au plan de mise en vente.')];
  const { colonnes, note } = colonnesAnnees(v.annees);
  return [
    phrase(v.texte),
    phrase(v.limite),
    table(
      'Logements du plan, par commune',
      [{ titre: 'Commune', largeur: '*' }, { titre: 'Logements', largeur: 50, nombre: true }, ...colonnes.map((a) => ({ titre: a.titre, largeur: LARGEUR_ANNEE(a.titre), nombre: true }))],
      v.communes.map((c): CellulePdf[] => [`${c.nom} (${c.code})`, c.logements, ...colonnes.map((a) => a.lire(c.annees))]),
      { note: note === '' ? v.article : `${v.article} ; ${note}` },
    ),
    table(
      'Liste des logements',
      [{ titre: 'Commune', largeur: 66 }, { titre: 'Adresse', largeur: '*' }, { titre: 'Pièces', largeur: 30, nombre: true }, { titre: 'm²', largeur: 36, nombre: true }, { titre: 'Construit', largeur: 42, nombre: true }, { titre: 'DPE', largeur: 20 }, { titre: 'Année', largeur: 28, nombre: true }, { titre: 'Acquéreur', largeur: 72 }],
      v.lignes.map((l): CellulePdf[] => [l.nomCommune, l.adresse, l.pieces, l.surface === null ? '' : formatDecimal2(l.surface), l.construct === null ? '' : String(l.construct), l.dpe ?? '', l.annee === null ? 'à dire' : String(l.annee), l.acquereur]),
      { note: pluriel(v.logements, 'logement') },
    ),
  ];
}

const SUJETS: [string, (p: DonneesPack) => Content[]][] = [
  ['État des lieux du patrimoine', etatDesLieux],
  ['Ensembles immobiliers', ensembles],
  ['Occupation sociale', occupation],
  ['Service rendu', service],
  ['Orientations et programme d’actions', orientations],
  // Les développements sont écrits pour tout l'organisme : ils peuvent parler d'un autre territoire.
  ['Engagements', (p) => [...(p.engagements.length === 0 ? [phrase('Aucun engagement de la convention n’est fixé sur ce territoire.')] : engagements({ engagements: p.engagements, champs: [] })), ...ailleurs(p)]],
  ['Plan de mise en vente', ventes],
];

/** Le titre d'un chapitre et le paragraphe qui l'ouvre tiennent ensemble, d'un seul bloc. */
function ouvrir(titre: Content, [premier = '', ...reste]: Content[]): Content[] {
  const paragraphe = typeof premier === 'object' && 'text' in premier;
  return paragraphe ? [{ stack: [titre, premier], unbreakable: true }, ...reste] : [titre, premier, ...reste];
}

function definePack(p: DonneesPack): TDocumentDefinitions {
  const date = new Date(p.date);
  const titre = `Association, ${p.personne.nom}, ${p.organisme.nom}`;
  return {
    pageSize: 'A4',
    pageMargins: [48, 62, 48, 56],
    language: 'fr-FR',
    displayTitle: true,
    version: '1.7',
    info: { title: pdfText(titre), author: pdfText(p.organisme.nom), subject: 'Association des personnes publiques (R445-2-5)', creator: 'Atelier CUS', producer: 'Atelier CUS', creationDate: date, modDate: date },
    defaultStyle: { font: 'Roboto', fontSize: 8.5, lineHeight: 1.2, color: ENCRE },
    styles: STYLES,
    header: (page: number) => (page === 1 ? null : { text: pdfText(titre.slice(0, 140)), style: 'note', margin: [48, 28, 48, 0] }),
    footer: (page: number, pages: number) => ({
      columns: [{ text: pdfText(`Écrit le ${formatInstant(p.date)} (heure de Paris), règles du millésime ${p.millesime}`), width: '*', style: 'note' }, { text: `${page} / ${pages}`, width: 60, alignment: 'right', style: 'note' }],
      margin: [48, 16, 48, 0],
    }),
    // Un titre de chapitre ne reste pas seul en bas d'une page.
    pageBreakBefore: (noeud, page) => noeud.headlineLevel === 1 && page.getFollowingNodesOnPage().length === 0,
    content: [...tete(p), ...SUJETS.flatMap(([nom, ecrire], i) => ouvrir(chapitre(i + 1, nom, false), ecrire(p)))],
  };
}
