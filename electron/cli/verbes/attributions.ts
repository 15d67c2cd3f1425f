import { MailleAttributions } from '../../../shared/contract.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { direMesure, direSomme } from '../../../shared/domain/attributions/part.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

type Lu = Sortie<'attributions.resultats'>;
type Ligne = Lu['lignes'][number];

export const verbe: Verbe = {
  nom: 'attributions',
  resume: 'montre les attributions importées, par territoire et par année, et les minimums de la loi',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    par: { type: 'texte', valeur: 'MAILLE', aide: 'regroupement ; organisme par défaut. Dans le Grand Paris, un établissement public territorial tient lieu d’EPCI', choix: MailleAttributions.options },
    periode: { type: 'texte', valeur: 'PERIODE', aide: 'une année, « reference » (les trois années qui précèdent la convention) ou « toutes » ; tout sinon' },
    seuil: { type: 'texte', valeur: 'CODE', aide: 'minimum de la loi dont un territoire a un autre objectif (avec --territoire et --objectif)' },
    territoire: { type: 'texte', valeur: 'TERRITOIRE', aide: 'territoire de cet objectif (epci-200054807)' },
    objectif: { type: 'texte', valeur: 'TAUX', aide: 'cet objectif (« 30 % ») ; vide, le minimum de la loi revient' },
    source: { type: 'texte', valeur: 'TEXTE', aide: 'd’où vient cet objectif' },
  },
  exemples: [
    'attributions convention.cus', 'attributions convention.cus --par epci --periode reference --json',
    'attributions convention.cus --seuil quartile-hors-qpv --territoire epci-200054807 --objectif "30 %" --source "CIA du 12 mars 2024"',
  ],
  notes:
    'Les attributions s’importent par « cus importer convention.cus F --type attributions ».\nEn JSON, chaque mesure a son « nombre », sa « base », « inconnu » (de la base, sans valeur connue) et « baseInconnue » (dont rien ne dit si elles en sont ; dont « baseInconnueOui » et « baseInconnueNon », qui compteraient ou ne compteraient pas au nombre). Une valeur absente n’est jamais prise pour un « non ».',
  async run(appel) {
    const donnes = ['seuil', 'territoire', 'objectif'].filter((o) => appel.texte(o) !== undefined);
    if ((donnes.length > 0 && donnes.length < 3) || (donnes.length === 0 && appel.texte('source') !== undefined)) throw invalide('usage', 'Un objectif se donne par --seuil, --territoire et --objectif ensemble.', 'Voir « cus attributions --aide ».');
    const periode = appel.texte('periode');
    if (periode !== undefined && !/^(?:\d{4}|reference|toutes)$/u.test(periode)) throw invalide('usage', `« ${periode} » n’est pas une période.`, 'Donner une année, « reference » ou « toutes ».');
    await openDossierDe(appel);
    if (donnes.length === 3) {
      await appel.appeler('attributions.definirObjectif', { seuil: appel.texte('seuil') ?? '', territoire: appel.texte('territoire') ?? '', saisie: appel.texte('objectif') ?? '', source: appel.texte('source') ?? '' });
    }
    const lu = await appel.appeler('attributions.resultats', { par: MailleAttributions.parse(appel.texte('par') ?? 'organisme') });
    const garder = (l: Ligne): boolean => periode === undefined || l.periode === periode;
    const montre = { ...lu, lignes: lu.lignes.filter(garder), organisme: lu.organisme.filter(garder) };
    return { json: montre, texte: describe(montre) };
  },
};

const direPeriode = (periode: string, reference: readonly number[]): string => (periode === 'toutes' ? 'Toutes' : periode === 'reference' ? `Référence (${reference.join(', ')})` : periode);

function dire(l: Ligne, mesure: string): string {
  const c = l.mesures[mesure];
  return c === undefined ? '' : mesure.startsWith('refus') ? direSomme(c) : direMesure(c);
}

function describe(lu: Lu): string {
  if (lu.annees.length === 0) return 'Aucune attribution n’a été importée. Les importer par « cus importer convention.cus F --type attributions ».';
  const colonne = (titre: string, mesure: string) => ({ titre, valeur: (l: Ligne) => dire(l, mesure), droite: true });
  const lignes = tableau(
    [
      { titre: 'Territoire', valeur: (l) => l.nom },
      { titre: 'Période', valeur: (l) => direPeriode(l.periode, lu.reference) },
      { titre: 'Attributions', valeur: (l) => nombre(l.attributions), droite: true },
      { titre: 'Hors QPV', valeur: (l) => nombre(l.horsQpv), droite: true },
      colonne('1er quartile ou relogés (PS-1)', 'ps1'), colonne('Prioritaires', 'prioritaires'), colonne('DALO', 'dalo'), colonne('Mutations', 'mutations'),
      colonne('Refus hors QPV (PS-1)', 'refus-hors-qpv'), colonne('Refus, en tout', 'refus'),
    ],
    lu.lignes,
  );
  const seuils = lu.seuils.flatMap((s) => [
    `${s.code} : ${s.texte} (${s.article})`,
    ...s.territoires.flatMap((t) => (t.objectif === null ? [] : [`  ${t.nom} (${t.code}) : objectif de ${t.objectif.saisie}${t.objectif.source === '' ? ', sans source' : `, ${t.objectif.source}`}`])),
  ]);
  return [
    lu.annees.map((a) => `${a.annee} : ${compte(a.attributions, 'attribution')}, ${a.fichier}`).join('\n'),
    lignes,
    '« inconnues » : attributions de la base dont la valeur n’est pas connue. « peut-être de la base » : dont rien ne dit si elles en sont.\nUne part en partie inconnue est donnée par ce qui en est sûr (« au moins », « au plus », « de … à … »).',
    `Minimums de la loi :\n${seuils.join('\n')}`,
    ...(lu.reference.length > 0 ? [`Référence : ${lu.reference.join(', ')}. ${lu.reserve}`] : []),
  ].join('\n\n');
}
