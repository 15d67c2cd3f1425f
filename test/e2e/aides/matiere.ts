import { parse } from 'csv-parse/sync';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bailleurDemonstration, ecrireFichier, generateBailleur, generateEvolution, valeursDemonstration } from '../../../electron/demo/index.ts';
import type { ComptesEvolution, OptionsBailleur, Totaux } from '../../../electron/demo/index.ts';
import { formatChamp } from '../../../shared/domain/engagements/champ.ts';

/** L'instant des deux chaînes : la fenêtre et le terminal écrivent les mêmes dates. */
export const MAINTENANT = '2026-03-01T09:00:00Z';

const options: OptionsBailleur = {
  graine: 41,
  logements: 3_000,
  annee: 2026,
  salete: 0.02,
  departements: ['13', '69'],
  nombreCommunes: 8,
  raisonSociale: 'HABITAT FICTIF DU RHÔNE',
};

export type Matiere = {
  siren: string;
  rpls: string;
  /** Sa déclaration corrigée : la même année, quelques logements de plus, de moins, changés. */
  suivante: string;
  totaux: Totaux;
  totauxSuivants: Totaux;
  evolution: ComptesEvolution;
};

/** Écrit les deux déclarations d'un bailleur fictif de 3 000 logements, et ce qu'elles doivent donner. */
export function ecrireMatiere(dossier: string): Matiere {
  const premiere = generateBailleur(options);
  const seconde = generateEvolution(options);
  const [rpls, suivante] = [join(dossier, 'rpls-2026.csv'), join(dossier, 'rpls-2026-corrige.csv')];
  ecrireFichier(premiere, rpls);
  ecrireFichier(seconde, suivante);
  return { siren: premiere.identite.siren, rpls, suivante, totaux: premiere.totaux(), totauxSuivants: seconde.totaux(), evolution: seconde.evolution() };
}

export const NOM = 'Habitat fictif du Rhône';

/** Ce qui est tapé dans l'écran Organisme, dans l'ordre de l'écran ; le terminal définit les mêmes champs. */
export const CHAMPS: readonly { champ: string; frappe: string; valeur: string }[] = [
  { champ: 'organisme/siege/adresse', frappe: '1 rue Fictive, 13000 Exemple', valeur: '1 rue Fictive, 13000 Exemple' },
  { champ: 'organisme/siege/commune', frappe: '13055', valeur: '13055' },
  { champ: 'organisme/contact/nom', frappe: 'Camille Exemple', valeur: 'Camille Exemple' },
  { champ: 'organisme/psp/date', frappe: '20/06/2024', valeur: '2024-06-20' },
  { champ: 'organisme/psp/transmission', frappe: '05/07/2024', valeur: '2024-07-05' },
  { champ: 'calendrier/deliberation-lancement', frappe: '13/03/2025', valeur: '2025-03-13' },
  { champ: 'calendrier/transmission-deliberation', frappe: '27/03/2025', valeur: '2025-03-27' },
  { champ: 'calendrier/transmission-elements', frappe: '2/6/2025', valeur: '2025-06-02' },
  { champ: 'calendrier/reunion-association', frappe: '10/07/2025', valeur: '2025-07-10' },
  { champ: 'calendrier/concertation-locative', frappe: '18/09/2025', valeur: '2025-09-18' },
  { champ: 'calendrier/consultation-communes', frappe: '25/09/2025', valeur: '2025-09-25' },
  { champ: 'calendrier/deliberation-adoption', frappe: '11/12/2025', valeur: '2025-12-11' },
];

/** Cases tapées une à une ; `corrigee` : la bonne valeur, tapée après avoir suivi le constat qui bloque. */
export const CASES = [
  { champ: 'engagement/PP-1/dep-13/3ans/total', saisie: '1 200', corrigee: '66' },
  { champ: 'engagement/PP-1/dep-13/6ans/total', saisie: '1250', corrigee: '135' },
  { champ: 'engagement/PP-1/dep-13/3ans/plus', saisie: '21', corrigee: null },
] as const;
/** Un bloc collé : deux lignes, deux colonnes. */
export const COLLAGE = [
  ['36', '75'],
  ['30/36', '85,5 %'],
] as const;
export const CHAMPS_COLLES = [
  ['engagement/PP-1/dep-13/3ans/plai', 'engagement/PP-1/dep-13/6ans/plai'],
  ['engagement/PP-1/dep-13/3ans/plai.hors-qpv', 'engagement/PP-1/dep-13/6ans/plai.hors-qpv'],
] as const;

/** Remplit, comme dans un tableur, toutes les cibles vides d'un export de la matrice. Rend leur nombre. */
export async function remplirEngagements(exporte: string, rempli: string): Promise<number> {
  const lignes: Record<string, string>[] = parse(await readFile(exporte, 'utf8'), { columns: true, delimiter: ';', bom: true });
  const colonnes = Object.keys(lignes[0] ?? {});
  let remplies = 0;
  for (const l of lignes) {
    if (l['valeur'] || l['pourcentage'] || l['numerateur']) continue;
    const champ = formatChamp({
      genre: 'engagement', indicateur: l['indicateur'] ?? '', territoire: l['territoire'] ?? '', horizon: l['horizon'] ?? '', ventilation: l['ventilation'] ?? '',
    });
    for (const v of valeursDemonstration([{ champ, denominateurPropose: null }], Number(bailleurDemonstration.effet.slice(0, 4)))) {
      l['valeur'] = v.valeur === null ? '' : String(v.valeur);
      l['numerateur'] = v.numerateur === null ? '' : String(v.numerateur);
      l['denominateur'] = v.denominateur === null ? '' : String(v.denominateur);
      remplies += 1;
    }
  }
  const ecrire = (valeurs: readonly string[]): string => `${valeurs.map((v) => (/[;"\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join(';')}\r\n`;
  await writeFile(rempli, ecrire(colonnes) + lignes.map((l) => ecrire(colonnes.map((c) => l[c] ?? ''))).join(''));
  return remplies;
}

/** Remarques de l'État, toutes sur des champs du paquet. */
export const REMARQUES = [
  { champ: 'organisme/psp/date', nature: 'question', texte: 'Quelle délibération approuve le plan ?', valeur: '' },
  { champ: 'engagement/PP-1/dep-13/6ans/plai.hors-qpv', nature: 'proposition', texte: 'Une part plus forte est attendue.', valeur: '90 %' },
] as const;
export const remarquesCsv = (): string =>
  `champ;nature;texte;valeur_proposee\n${REMARQUES.map((r) => `${r.champ};${r.nature};${r.texte};${r.valeur}\n`).join('')}`;
export const REPONSE = 'Délibération du 20 juin 2024, jointe.';

export const CLE = { nom: 'Camille Exemple', motDePasse: 'phrase de passe' };

/** Un tableau de logements comme en tient un petit bailleur : titres français, colonnes à lui, mots à lui. */
export const TABLEAU = {
  entetes: ['Lot', 'Code INSEE', 'Résidence', 'Nom de voie', 'Surface habitable', 'Loyer principal', 'Financement', 'QPV', 'Statut', 'Note interne'],
  logements: 48,
  /** Ce que la personne dit à l'écran, et que le terminal lit dans un profil. */
  profil: {
    version: 1,
    type: 'logements',
    entete: 1,
    colonnes: {
      Lot: 'IDENT_INT', 'Code INSEE': 'DEPCOM', 'Résidence': 'COMPLGEO', 'Nom de voie': 'NOMVOIE', 'Surface habitable': 'SURFHAB',
      'Loyer principal': 'LOYERPRINC', Financement: 'FINAN', QPV: 'QPV', Statut: 'MODE',
    },
    valeurs: { FINAN: { PLAI: '10' }, MODE: { 'en bail': '1' } },
  },
};

/** Écrit ce tableau. */
export async function ecrireTableau(dossier: string): Promise<string> {
  const lignes = Array.from({ length: TABLEAU.logements }, (_, i) =>
    [`LOT-${String(i + 1).padStart(3, '0')}`, i % 3 === 0 ? '13055' : '13001', i % 3 === 0 ? 'Les Pins' : 'Les Oliviers', 'rue Fictive', `${40 + i},5`, `${250 + 3 * i},00`, i % 4 === 0 ? 'PLAI' : 'PLUS', i % 5 === 0 ? 'oui' : 'non', 'en bail', 'à revoir'].join(';'),
  );
  const chemin = join(dossier, 'logements.csv');
  await writeFile(chemin, `\uFEFF${TABLEAU.entetes.join(';')}\r\n${lignes.join('\r\n')}\r\n`);
  return chemin;
}
