import type { Entree, Sortie } from '../../../shared/contract.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { refuserNonLues } from '../options.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

type Vue = Sortie<'associes.lire'>;
type Personne = Vue['personnes'][number];

const GROUPES: Record<Personne['groupe'], string> = { etat: 'État', signataire: 'signataire', associee: 'associée', 'a-confirmer': 'À CONFIRMER', ecartee: 'écartée' };

export const verbe: Verbe = {
  nom: 'associes',
  resume: 'les personnes publiques associées, celles qui signent, les échanges, la concertation ; leurs packs',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    packs: { type: 'texte', valeur: 'RÉPERTOIRE', aide: 'écrit le pack (PDF et XLSX) de chaque personne, à son territoire seul' },
    personne: { type: 'texte', valeur: 'CODE', repetable: true, aide: 'la personne concernée (epci-…, dep-…) ; répétable avec --noter et --packs' },
    noter: { type: 'texte', valeur: 'OBJET', aide: 'enregistre un envoi, une réunion ou une réponse (deliberation, elements, reunion, demande-signature, renonciation, avis…)' },
    date: { type: 'texte', valeur: 'DATE', aide: 'date de ce qui est noté' },
    mode: { type: 'texte', valeur: 'TEXTE', aide: 'comment (courriel, lettre recommandée…)' },
    texte: { type: 'texte', valeur: 'TEXTE', aide: 'ce que dit l’envoi ou la réponse' },
    corriger: { type: 'texte', valeur: 'N', aide: 'change la date, le mode ou le texte de l’échange N (son numéro est dans --json)' },
    retirer: { type: 'texte', valeur: 'N', aide: 'retire l’échange N' },
    retenir: { type: 'drapeau', aide: 'retient la personne' },
    ecarter: { type: 'drapeau', aide: 'écarte la personne' },
    proposition: { type: 'drapeau', aide: 'revient à ce que les données proposent pour elle' },
    ajouter: { type: 'texte', valeur: 'CODE|NOM', aide: 'ajoute une personne que le parc ne désigne pas : code d’un territoire (dep-13, Insee 69123, SIREN), ou nom' },
    motif: { type: 'texte', valeur: 'TEXTE', aide: 'motif de la décision' },
    rattachement: { type: 'texte', valeur: 'oui|non', choix: ['oui', 'non'], aide: 'l’office lui est rattaché (L445-1)' },
    aoh: { type: 'texte', valeur: 'oui|non', choix: ['oui', 'non'], aide: 'autorité organisatrice de l’habitat (L301-5-1-3)' },
    'parc-social': { type: 'texte', valeur: 'N', aide: 'parc social de son ressort, avec --source' },
    source: { type: 'texte', valeur: 'TEXTE', aide: 'd’où vient ce nombre' },
    contact: { type: 'texte', valeur: 'TEXTE', aide: 'personne à joindre ; vide : l’efface' },
    orientations: { type: 'texte', valeur: 'TEXTE', aide: 'orientations et programme d’actions de son territoire, repris dans son pack (R445-2-5) ; vide : les efface' },
  },
  exemples: [
    'associes convention.cus',
    'associes convention.cus --noter elements --personne dep-13 --personne epci-200054807 --date 2026-01-15 --mode courriel',
    'associes convention.cus --personne epci-200054807 --aoh oui --parc-social 125000 --source "RPLS 2025"',
    'associes convention.cus --personne dep-13 --contact "Direction de l’habitat" --orientations "Réhabiliter les ensembles F et G"',
    'associes convention.cus --corriger 4 --date 2026-01-20',
    'associes convention.cus --packs packs --json',
  ],
  notes: [
    'Une seule action à la fois. Sans action, la liste : d’où elle vient, en quelle qualité chacune signe, ses dates.',
    'Les participants et les séances de la concertation locative, et son bilan, s’écrivent avec « concertation ».',
    'Qui est autorité organisatrice de l’habitat n’est jamais proposé : l’organisme le dit, avec le parc social du ressort et sa source.',
  ].join('\n'),
  async run(appel) {
    const packs = appel.fichier('packs');
    const action = lireAction(appel, packs);
    await openDossierDe(appel);
    const fait = await action();
    const vue = await appel.appeler('associes.lire', {});
    const { personnes, echanges, concertation, ecarts } = vue;
    return { json: { ...fait.json, personnes, echanges, concertation, ecarts }, texte: fait.texte === '' ? dire(vue) : fait.texte };
  },
};

type Fait = { json: Record<string, unknown>; texte: string };

/** L'action demandée, vérifiée avant d'ouvrir le dossier. */
function lireAction(appel: Appel, packs: string | undefined): () => Promise<Fait> {
  const personnes = appel.textes('personne');
  const [noter, ajouter] = [appel.texte('noter'), appel.texte('ajouter')];
  const champs = definition(appel);
  const correction = lireCorrection(appel);
  const demandes = [packs !== undefined, noter !== undefined, ajouter !== undefined, champs !== null, correction !== null].filter(Boolean);
  if (demandes.length > 1) throw invalide('usage', 'Plusieurs actions sont demandées à la fois.', 'En donner une seule par commande.');
  checkLues(appel);
  if (correction !== null) return correction;
  if (packs !== undefined) return () => ecrirePacks(appel, packs, personnes);
  if (noter !== undefined) {
    const date = appel.texte('date');
    if (date === undefined || personnes.length === 0) throw invalide('usage', '« --noter » demande une date et au moins une personne.', 'Ajouter --date DATE et --personne CODE.');
    const entree: Entree<'associes.noter'> = { personnes, objet: noter, date, mode: appel.texte('mode') ?? '', texte: appel.texte('texte') ?? '' };
    return async () => {
      const r = await appel.appeler('associes.noter', entree);
      return { json: { notes: r.echanges, operation: r.operation }, texte: `${compte(r.echanges.length, 'échange enregistré', 'échanges enregistrés')}.` };
    };
  }
  if (ajouter !== undefined) {
    const motif = appel.texte('motif') ?? '';
    const territoire = /^(?:dep|epci|ept|com|reg)-/u.test(ajouter);
    return async () => {
      const r = await appel.appeler('associes.ajouter', { ...(territoire ? { territoire: ajouter } : { nom: ajouter }), motif });
      const nom = (await appel.appeler('associes.lire', {})).personnes.find((p) => p.code === r.code)?.nom ?? ajouter;
      return { json: { ajoutee: r.code, operation: r.operation }, texte: `Ajoutée : ${nom} (${r.code})${r.code.startsWith('libre-') ? ', sans territoire, donc sans pack' : ''}` };
    };
  }
  if (champs !== null) {
    const [code] = personnes;
    if (code === undefined || personnes.length > 1) throw invalide('usage', 'Cette action demande une personne, et une seule.', 'Ajouter --personne CODE.');
    return async () => {
      const r = await appel.appeler('associes.definir', { code, ...champs });
      const suite = r.remplace === null ? '' : ` L’office n’est plus rattaché à ${r.remplace.nom} (${r.remplace.code}) : il ne l’est qu’à une personne publique.`;
      return { json: { operation: r.operation, remplace: r.remplace }, texte: r.operation === null ? 'Rien à changer.' : `Enregistré : ${code}.${suite}` };
    };
  }
  return () => Promise.resolve({ json: {}, texte: '' });
}

const DECISIONS = ['retenir', 'ecarter', 'proposition'] as const;
const CHAMPS = ['rattachement', 'aoh', 'parc-social', 'source', 'contact', 'orientations'] as const;

/** Refuse ce que l'action choisie ne lit pas : une option perdue laisserait croire que tout est enregistré. */
function checkLues(appel: Appel): void {
  const LUES = { packs: ['personne'], noter: ['personne', 'date', 'mode', 'texte'], ajouter: ['motif'], corriger: ['date', 'mode', 'texte'], retirer: [] };
  for (const [action, lues] of Object.entries(LUES)) if (appel.texte(action) !== undefined) return refuserNonLues(appel, verbe.options, action, lues);
  const decision = DECISIONS.find((d) => appel.drapeau(d));
  const champ = decision ?? CHAMPS.find((c) => appel.texte(c) !== undefined);
  if (champ === undefined) return refuserNonLues(appel, verbe.options, 'la liste', []);
  refuserNonLues(appel, verbe.options, champ, ['personne', ...CHAMPS, ...(decision === undefined || decision === 'proposition' ? [] : ['motif'])]);
}

function lireCorrection(appel: Appel): (() => Promise<Fait>) | null {
  const [corriger, retirer] = [appel.texte('corriger'), appel.texte('retirer')];
  if (corriger === undefined && retirer === undefined) return null;
  if (corriger !== undefined && retirer !== undefined) throw invalide('usage', '« --corriger » et « --retirer » ne vont pas ensemble.', 'En donner une seule.');
  const id = Number(corriger ?? retirer);
  if (!Number.isSafeInteger(id) || id < 1) throw invalide('usage', `« ${corriger ?? retirer ?? ''} » n’est pas le numéro d’un échange.`, 'Le lire dans « associes DOSSIER --json ».');
  const change = Object.fromEntries(['date', 'mode', 'texte'].flatMap((o) => (appel.texte(o) === undefined ? [] : [[o, appel.texte(o)]])));
  if (corriger !== undefined && Object.keys(change).length === 0) throw invalide('usage', '« --corriger » demande ce qui change.', 'Ajouter --date, --mode ou --texte.');
  return async () => {
    const { operation } = await appel.appeler('associes.corriger', { id, ...change, retirer: retirer !== undefined });
    return { json: { operation }, texte: operation === null ? 'Rien à changer.' : `Échange ${id} ${retirer === undefined ? 'corrigé' : 'retiré'}.` };
  };
}

function definition(appel: Appel): Omit<Entree<'associes.definir'>, 'code'> | null {
  const [retenir, ecarter, proposition] = [appel.drapeau('retenir'), appel.drapeau('ecarter'), appel.drapeau('proposition')];
  if ([retenir, ecarter, proposition].filter(Boolean).length > 1) throw invalide('usage', '« --retenir », « --ecarter » et « --proposition » ne vont pas ensemble.', 'En donner une seule.');
  const [rattachement, aoh, parcSocial, source, motif, contact, orientations] = ['rattachement', 'aoh', 'parc-social', 'source', 'motif', 'contact', 'orientations'].map((o) => appel.texte(o));
  if (!retenir && !ecarter && !proposition && [rattachement, aoh, parcSocial, source, contact, orientations].every((v) => v === undefined)) return null;
  return {
    ...(proposition ? { retenue: null } : retenir || ecarter ? { retenue: retenir, motif: motif ?? '' } : {}),
    ...(rattachement === undefined ? {} : { rattachement: rattachement === 'oui' }),
    ...(aoh === undefined ? {} : { aoh: aoh === 'oui' }),
    ...(parcSocial === undefined ? {} : { parcSocial }),
    ...(source === undefined ? {} : { parcSource: source }),
    ...(contact === undefined ? {} : { contact }),
    ...(orientations === undefined ? {} : { orientations }),
  };
}

async function ecrirePacks(appel: Appel, repertoire: string, personnes: string[]): Promise<Fait> {
  const r = await appel.appeler('associes.packs', { repertoire, ...(personnes.length === 0 ? {} : { personnes }) });
  for (const s of r.sans) appel.avertir(`Sans pack, ${s.nom} : ${s.raison}`);
  return {
    json: { ...r },
    texte: [
      tableau(
        [
          { titre: 'Personne', valeur: (p) => p.nom },
          { titre: 'Logements', valeur: (p) => nombre(p.logements), droite: true },
          { titre: 'Ensembles', valeur: (p) => nombre(p.ensembles), droite: true },
          { titre: 'Engagements', valeur: (p) => nombre(p.engagements), droite: true },
          { titre: 'Masqués', valeur: (p) => nombre(p.masques), droite: true },
        ],
        r.packs,
      ),
      `${compte(r.packs.length, 'pack écrit', 'packs écrits')} (PDF et XLSX) dans ${r.repertoire}`,
    ].join('\n'),
  };
}

const jour = (iso: string | null): string => (iso === null ? '' : formatDate(iso));

function dire({ personnes, echanges, concertation, ecarts }: Vue): string {
  const part = (p: Personne): string => (p.part === null ? (p.aoh ? 'parc social à saisir' : '') : `${nombre(p.part.logements)} / ${nombre(p.part.parcSocial)} ${p.part.atteinte ? '≥' : '<'} ${p.part.seuil.numerateur} %`);
  return [
    tableau(
      [
        { titre: 'Code', valeur: (p) => p.code },
        { titre: 'Personne publique', valeur: (p) => p.nom },
        { titre: 'Place', valeur: (p) => `${GROUPES[p.groupe]}${p.qualite === null ? '' : ` (${p.qualite.libelle}${p.qualite.certain ? '' : ', à confirmer'})`}` },
        { titre: 'Logements', valeur: (p) => (p.groupe === 'etat' ? '' : nombre(p.logements)), droite: true },
        { titre: '5 %', valeur: part },
        { titre: 'Délibération', valeur: (p) => jour(p.deliberationLe) },
        { titre: 'Éléments', valeur: (p) => jour(p.elementsLe) },
        { titre: 'Réunion', valeur: (p) => jour(p.reunionLe) },
        { titre: 'Article', valeur: (p) => p.qualite?.article ?? p.article },
      ],
      personnes,
    ),
    '',
    `${compte(echanges.length, 'échange enregistré', 'échanges enregistrés')} ; concertation locative : ${compte(concertation.acteurs.length, 'participant')}, ${compte(concertation.reunions.length, 'séance')}.`,
    ...ecarts.map((e) => `${e.libelle} : dernière enregistrée le ${jour(e.enregistree)}, ${e.calendrier === null ? 'aucune date au calendrier' : `le calendrier dit ${jour(e.calendrier)}`} (${e.champ}).`),
  ].join('\n');
}
