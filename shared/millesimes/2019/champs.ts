import { natures } from '../../domain/organisme/natures.ts';
import { delais, obligations } from './calendrier.ts';
import { indicateurs } from './indicateurs.ts';
import { ventes } from './ventes.ts';
import type { CodeEtape, DefinitionChamp, Etape, TypeChamp } from '../types.ts';

export const etapes: readonly Etape[] = [
  { code: 'organisme', libelle: 'Organisme' },
  { code: 'patrimoine', libelle: 'Patrimoine' },
  { code: 'occupation', libelle: 'Occupation sociale' },
  { code: 'service-rendu', libelle: 'Service rendu' },
  { code: 'loyers', libelle: 'Loyers' },
  { code: 'engagements', libelle: 'Engagements' },
  { code: 'ventes', libelle: 'Ventes' },
  { code: 'associes', libelle: 'Associés' },
  { code: 'controle', libelle: 'Contrôle' },
  { code: 'depot', libelle: 'Dépôt' },
  { code: 'echanges', libelle: 'Échanges' },
];

type Options = { aide?: string; choix?: DefinitionChamp['choix']; siVide?: DefinitionChamp['siVide']; etape?: CodeEtape };

function champ(nom: string, libelle: string, type: TypeChamp, groupe: string, article: string, options: Options = {}): DefinitionChamp {
  return {
    champ: nom,
    libelle,
    type,
    groupe,
    article,
    etape: options.etape ?? 'organisme',
    aide: options.aide ?? '',
    choix: options.choix ?? [],
    siVide: options.siVide ?? null,
  };
}

const IDENTITE = 'Identité';
const PSP = 'Plan stratégique de patrimoine';
const CALENDRIER = 'Calendrier';
const DATES_MODIFIEES = 'Dates légales modifiées';
const OCCUPATION = 'Occupation sociale';
const CONCERTATION = 'Concertation locative';
const FOYERS = 'Logements-foyers';
const ACCESSION = 'Accession à la propriété';
const DEVELOPPEMENTS = 'Développements qualitatifs';
const VENTES = 'Plan de mise en vente';
const OPTIONS = 'Territoires et indicateurs demandés';
const bloquant = { siVide: 'bloquant' } as const;
const aJustifier = { siVide: 'a-justifier' } as const;
const LISTE = 'Codes séparés par des virgules, par exemple dep-13, epci-200054807.';

export const champs: readonly DefinitionChamp[] = [
  champ('organisme/siren', 'SIREN', 'siren', IDENTITE, 'L445-1', { ...bloquant, aide: 'Neuf chiffres, clé vérifiée.' }),
  champ('organisme/nom', 'Nom de l’organisme', 'texte', IDENTITE, 'L445-1', bloquant),
  champ('organisme/nature', 'Nature', 'choix', IDENTITE, 'L445-1', {
    ...bloquant,
    choix: natures.map(({ valeur, libelle }) => ({ valeur, libelle })),
    aide: 'Les personnes publiques de rattachement d’un office signent sa convention.',
  }),
  champ('organisme/siege/adresse', 'Adresse du siège', 'texte', IDENTITE, 'R*445-1'),
  champ('organisme/siege/commune', 'Commune du siège (code INSEE)', 'texte', IDENTITE, 'R*445-1', {
    ...aJustifier,
    aide: 'Détermine le préfet de région signataire et le préfet de département destinataire du projet.',
  }),
  champ('organisme/rattachement', 'Collectivité ou établissement de rattachement', 'texte', IDENTITE, 'L445-1', {
    aide: 'Pour un office public : signataire de la convention.',
  }),
  champ('organisme/groupe', 'Groupe d’organismes de logement social', 'texte', IDENTITE, 'L423-1-1'),
  champ('organisme/contact/nom', 'Personne à joindre', 'texte', IDENTITE, ''),
  champ('organisme/contact/courriel', 'Courriel', 'texte', IDENTITE, ''),
  champ('organisme/contact/telephone', 'Téléphone', 'texte', IDENTITE, ''),

  champ('organisme/psp/date', 'Délibération approuvant ou actualisant le plan stratégique de patrimoine', 'date', PSP, 'R445-2-2', {
    ...bloquant,
    aide: 'Moins de trois ans à la date d’effet de la convention.',
  }),
  champ('organisme/psp/transmission', 'Transmission du plan aux préfets', 'date', PSP, 'R445-2-2'),

  champ('calendrier/date-effet', 'Date d’effet de la convention', 'date', CALENDRIER, 'L445-1', {
    ...bloquant,
    aide: 'La première année des engagements est l’année civile de cette date.',
  }),
  champ('calendrier/echeance-precedente', 'Échéance de la convention en cours', 'date', CALENDRIER, 'L445-1', {
    aide: "Avant toute prorogation. Vide pour une première convention : la date limite de dépôt ne peut alors pas être calculée.",
  }),
  champ('calendrier/delai-rapprochement', 'Délai accordé pour un projet de rapprochement', 'choix', CALENDRIER, 'R445-2-10', {
    choix: [
      { valeur: '0', libelle: 'Aucun' },
      { valeur: '1', libelle: 'Un an' },
      { valeur: '2', libelle: 'Un an, renouvelé une fois' },
    ],
  }),
  champ('calendrier/deliberation-lancement', 'Délibération engageant l’élaboration de la convention', 'date', CALENDRIER, 'R445-2-3', aJustifier),
  champ('calendrier/transmission-deliberation', 'Transmission de cette délibération aux préfets et personnes publiques', 'date', CALENDRIER, 'R445-2-4', aJustifier),
  champ('calendrier/transmission-elements', 'Transmission des états des lieux, orientations et programmes aux personnes associées', 'date', CALENDRIER, 'R445-2-5'),
  champ('calendrier/reunion-association', 'Réunion de présentation et d’échanges avec les personnes associées', 'date', CALENDRIER, 'R445-2-5', {
    aide: 'Au moins un mois après la transmission des éléments.',
  }),
  champ('calendrier/concertation-locative', 'Concertation avec les locataires', 'date', CALENDRIER, 'R445-2-7'),
  champ('calendrier/consultation-communes', 'Réception par les maires de la consultation sur le plan de mise en vente', 'date', CALENDRIER, 'L445-1', {
    aide: 'Le délai de deux mois court du jour où le maire a reçu la consultation ; avec plusieurs communes, la dernière date.',
  }),
  champ('calendrier/deliberation-adoption', 'Délibération adoptant le projet et autorisant sa signature', 'date', CALENDRIER, 'R445-2-6', aJustifier),
  champ('calendrier/depot', 'Dépôt du projet auprès du préfet de département', 'date', CALENDRIER, 'L445-1'),
  champ('calendrier/accuse-reception/date', 'Accusé de réception électronique', 'date', CALENDRIER, 'Arrêté du 19 octobre 2017, art. 4'),
  champ('calendrier/accuse-reception/service', 'Service qui a accusé réception', 'texte', CALENDRIER, 'Arrêté du 19 octobre 2017, art. 4'),
  champ('calendrier/signature', 'Signature de la convention', 'date', CALENDRIER, 'L445-1'),

  champ('options/PP-5', 'PP-5 demandé par le préfet signataire', 'oui-non', OPTIONS, 'R445-5-1', { etape: 'engagements' }),
  champ('options/PP-5/territoires', 'Territoires identifiés pour PP-5', 'liste', OPTIONS, 'R445-5-1', { etape: 'engagements', aide: LISTE }),
  champ('options/PS-3', 'PS-3 demandé par le préfet signataire', 'oui-non', OPTIONS, 'R445-5-1', { etape: 'engagements' }),
  champ('options/PS-3/territoires', 'Territoires identifiés pour PS-3', 'liste', OPTIONS, 'R445-5-1', { etape: 'engagements', aide: LISTE }),
  champ('options/territoires-ps1', "Territoires de PS-1 retenus", 'liste', OPTIONS, 'R445-5', {
    etape: 'engagements',
    aide: `Vide : ceux que les données désignent (programme local de l’habitat obligatoire, établissements publics territoriaux). ${LISTE}`,
  }),
  champ('options/territoires-demandes', 'Collectivités et groupements identifiés par le préfet signataire', 'liste', OPTIONS, 'R445-5', {
    etape: 'engagements',
    aide: `${LISTE} Où le parc n’a pas de logement, les cases sont ouvertes et aucune n’est exigée.`,
  }),
  champ('options/SR-1/rang', 'Rang, dans la déclaration, du champ qui dit l’accessibilité', 'nombre', OPTIONS, 'R445-5', {
    etape: 'engagements',
    aide: 'Au-delà du 63e : ces champs sont gardés bruts à l’import. Vide : aucune référence de SR-1 n’est proposée.',
  }),
  champ('options/SR-1/valeurs', 'Valeurs de ce champ qui valent accessible', 'texte', OPTIONS, 'R445-5', { etape: 'engagements', aide: 'Séparées par des virgules, telles qu’elles sont écrites dans le fichier.' }),

  // Ce que l'article demande d'écrire à côté des chiffres de chaque indicateur.
  ...indicateurs.flatMap((i) => (i.accompagnement === null ? [] : [champ(`developpement/${i.code}`, `${i.code}, développement`, 'paragraphe', DEVELOPPEMENTS, i.accompagnement.article, { etape: 'engagements', aide: i.accompagnement.texte })])),

  champ('occupation/date-reference', 'Date de référence de l’enquête d’occupation', 'date', OCCUPATION, 'R442-14', {
    etape: 'occupation',
    aide: 'Celle des réponses ; les emménagements de moins de deux ans se comptent depuis elle.',
  }),
  champ('occupation/bandes', 'Bornes des bandes de ressources, en % des plafonds du PLUS', 'texte', OCCUPATION, '', {
    etape: 'occupation',
    aide: 'Vide : 20, 40, 60, 80, 100, 120, 130, 150 (usuelles, à vérifier ; aucun texte lu ne les fixe).',
  }),
  champ('organisme/foyers/autonomes', 'Logements-foyers : logements autonomes', 'nombre', FOYERS, 'R302-15', { aide: 'Chacun compte pour un logement équivalent.' }),
  champ('organisme/foyers/lits', 'Logements-foyers : lits par structure non autonome', 'nombres', FOYERS, 'R302-15', {
    aide: 'Un nombre par structure, séparés par des virgules (12, 40, 7) : la partie entière du tiers de chacun compte.',
  }),
  champ('options/foyers/departements', 'Départements où se trouvent les logements-foyers', 'liste', FOYERS, 'R445-36', { etape: 'engagements', aide: `Vide : ceux du parc. ${LISTE}` }),
  champ('organisme/accession/activite', 'Activité d’accession à la propriété (L411-2)', 'oui-non', ACCESSION, 'R445-15'),
  champ('organisme/accession/ventes', 'Logements neufs vendus en accession dans les trois années précédant l’entrée en vigueur', 'nombre', ACCESSION, 'R445-15', {
    aide: 'À partir de 20, la convention porte aussi le tableau de R445-22.',
  }),
  champ('options/accession/regions', 'Régions de l’accession', 'liste', ACCESSION, 'R445-22', { etape: 'engagements', aide: 'Vide : celles du parc. Codes séparés par des virgules, par exemple reg-93.' }),
  champ('options/accession/departements', 'Départements identifiés par le préfet pour l’accession', 'liste', ACCESSION, 'R445-22', { etape: 'engagements', aide: LISTE }),

  champ('ventes/aucune', 'Aucun logement n’est mis en vente pendant la convention', 'oui-non', VENTES, 'L445-1', { etape: 'ventes', aide: 'Le plan est alors vide parce que l’organisme l’a décidé.' }),
  champ('ventes/energie/seuil', 'Consommation maximale pour vendre, en kWhEP/m²/an', 'nombre', VENTES, ventes.energie.article, {
    etape: 'ventes',
    aide: `Vide : ${ventes.energie.seuil} (${ventes.energie.source}).`,
  }),
  champ('ventes/energie/source', 'Source de cette consommation maximale', 'texte', VENTES, ventes.energie.article, { etape: 'ventes', aide: 'À remplir quand la valeur n’est pas celle de l’article lu.' }),
  champ('concertation/bilan', 'Bilan de la concertation avec les locataires', 'texte', CONCERTATION, 'R445-2', {
    etape: 'associes',
    aide: 'Bilan des actions menées dans le cadre du plan de concertation locative ; annexé à la convention.',
  }),

  // Une date calculée se remplace (calendrier annoncé par les services de l'État) ; le motif va avec.
  ...delais.flatMap((d) => [
    champ(`calendrier/echeance/${d.code}/date`, `${d.libelle} : date retenue`, 'date', DATES_MODIFIEES, d.article, { aide: d.aide }),
    champ(`calendrier/echeance/${d.code}/motif`, `${d.libelle} : motif de la date retenue`, 'texte', DATES_MODIFIEES, d.article),
  ]),
  ...obligations.map((o) => champ(`calendrier/echeance/${o.code}/date`, `${o.libelle} : jour que l’organisme se donne`, 'date', DATES_MODIFIEES, o.article, { aide: o.aide })),
];
