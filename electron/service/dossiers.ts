import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import type { EntreeLue } from '../../shared/contract.ts';
import { parseValeurChamp } from '../../shared/domain/organisme/champs.ts';
import { parseSiren, refusSiren } from '../../shared/domain/organisme/siren.ts';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { findChamp, findMillesime, MILLESIME_PAR_DEFAUT } from '../../shared/millesimes/index.ts';
import { writeChamp } from '../store/champs.ts';
import { createDossier, openDossier } from '../store/ouverture.ts';
import { backupDossier, copyBase, listSauvegardes, restoreSauvegarde } from '../store/sauvegarde.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { readInfo } from './etapes.ts';
import { CHAMP_MILLESIME } from './millesime.ts';
import { withPrecedent } from './precedent.ts';
import type { PrecedentLu } from './precedent.ts';
import { ensureRepertoire } from './repertoires.ts';
import { forgetRecent, noteRecent, readRecents } from './recents.ts';

/** Ouvre le dossier, en fait le dossier courant et le note parmi les récents. */
async function open(contexte: Contexte, chemin: string) {
  const absolu = resolve(chemin);
  // Ne ferme le dossier courant qu'une fois l'autre ouvert : un refus laisse l'écran comme il était.
  const dejaCourant = !contexte.aucunDossierOuvert() && contexte.dossier().chemin === absolu;
  if (!dejaCourant) {
    await contexte.ouvrir(
      await openDossier(absolu, { utilisateur: contexte.utilisateur, ordinateur: contexte.ordinateur, maintenant: contexte.maintenant() }),
    );
  }
  const info = readInfo(contexte.dossier(), contexte.maintenant());
  noteRecent(contexte, info, true);
  if (contexte.sauvegardeQuotidienne && !dejaCourant) backupOncePerDay(contexte);
  return info;
}

/** Une sauvegarde par jour d'ouverture, sans faire attendre ; une sauvegarde manquée n'empêche pas de travailler. */
function backupOncePerDay(contexte: Contexte): void {
  const { base, chemin, lectureSeule } = contexte.dossier();
  const maintenant = contexte.maintenant();
  const derniere = listSauvegardes(chemin)[0];
  const fraiche = derniere !== undefined && maintenant.getTime() - statSync(derniere).mtimeMs < 86_400_000;
  if (lectureSeule || fraiche) return;
  backupDossier(base, chemin, maintenant).catch((e: unknown) => console.error('sauvegarde du jour :', e));
}

/** Un dossier sain, ou tenu ailleurs, ne se remplace pas par une sauvegarde. */
async function assertEndommage(contexte: Contexte, chemin: string): Promise<void> {
  if (!existsSync(chemin)) return;
  const qui = { utilisateur: contexte.utilisateur, ordinateur: contexte.ordinateur, maintenant: contexte.maintenant() };
  try {
    (await openDossier(chemin, qui)).fermer();
  } catch (e) {
    if (e instanceof ErreurCus && ['dossier-endommage', 'pas-un-dossier'].includes(e.erreur.code)) return;
    throw e;
  }
  throw invalide('dossier-sain', `Le dossier « ${chemin} » s’ouvre normalement.`, 'L’ouvrir ; pour revenir en arrière, ouvrir la sauvegarde elle-même.');
}

/** Le système et la fenêtre reconnaissent un dossier à son extension. */
function assertNomDossier(chemin: string): void {
  if (extname(chemin).toLowerCase() === '.cus') return;
  throw invalide('extension-dossier', `« ${chemin} » n’est pas un nom de dossier : il ne finit pas par .cus.`, `Donner par exemple le nom « ${basename(chemin)}.cus ».`);
}

/** Crée le dossier, à partir d'une convention précédente s'il y en a une : ce qui est donné ici l'emporte. */
async function creer(contexte: Contexte, entree: EntreeLue<'dossier.creer'>, precedent: PrecedentLu | null) {
  const millesime = findMillesime(entree.millesime ?? MILLESIME_PAR_DEFAUT);
  const avant = precedent?.precedent.organisme ?? null;
  const saisi = entree.siren ?? avant?.siren ?? '';
  const siren = parseSiren(saisi);
  if (siren === null) {
    throw invalide(
      'siren-invalide',
      `Le SIREN « ${saisi} » n’est pas valide : ${refusSiren(saisi)}.`,
      'Vérifier le numéro, par exemple sur l’avis de situation de l’organisme.',
    );
  }
  if (avant !== null && avant.siren !== siren) {
    throw invalide(
      'autre-organisme',
      `La convention précédente est celle de l’organisme ${avant.siren} (${avant.nom}), et non de l’organisme ${siren}.`,
      'Partir d’une convention du même organisme ; un organisme absorbé se déclare ensuite dans Organisme.',
    );
  }
  const nom = (entree.nom ?? avant?.nom ?? '').trim();
  if (nom === '') throw invalide('nom-vide', 'Le nom de l’organisme est vide.', 'Donner le nom de l’organisme.');
  const champs: [string, string | undefined][] = [
    ...(precedent?.champs ?? []),
    [CHAMP_MILLESIME, millesime.nom],
    ['organisme/siren', siren],
    ['organisme/nom', nom],
    ['organisme/nature', entree.nature],
    ['calendrier/date-effet', entree.effet === undefined ? undefined : readDateEffet(entree.effet)],
  ];
  const chemin = resolve(entree.chemin);
  assertNomDossier(chemin);
  if (!existsSync(dirname(chemin))) {
    throw invalide('repertoire-absent', `Le répertoire « ${dirname(chemin)} » n’existe pas.`, 'Le créer, ou choisir un autre emplacement.');
  }
  const par = { qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() };
  createDossier(chemin, (base) => {
    for (const [champ, valeur] of new Map(champs.filter(([, v]) => v !== undefined))) writeChamp(base, champ, valeur ?? '', par);
    precedent?.fill(base, par);
  }, precedent?.copie);
  return open(contexte, chemin);

  function readDateEffet(effet: string): string {
    const definition = findChamp(millesime, 'calendrier/date-effet');
    const lue = definition === undefined ? null : parseValeurChamp(definition, effet);
    if (lue?.ok !== true) {
      throw invalide('date-invalide', `La date d’effet « ${effet} » n’est pas une date.`, 'L’écrire par exemple 2026-01-01 ou 01/01/2026.');
    }
    return lue.valeur;
  }
}

export const handlers = {
  'dossier.precedent': (contexte, { chemin }, suivi) => withPrecedent(contexte, chemin, suivi, ({ precedent }) => precedent),

  'dossier.creer': (contexte, entree, suivi) =>
    entree.depuis === undefined ? creer(contexte, entree, null) : withPrecedent(contexte, entree.depuis, suivi, (lu) => creer(contexte, entree, lu)),

  'dossier.ouvrir': (contexte, { chemin }) => open(contexte, chemin),

  'dossier.fermer': async (contexte) => {
    if (!contexte.aucunDossierOuvert()) noteRecent(contexte, readInfo(contexte.dossier(), contexte.maintenant()));
    await contexte.fermer();
    return {};
  },

  'dossier.info': (contexte) => {
    const info = readInfo(contexte.dossier(), contexte.maintenant());
    noteRecent(contexte, info);
    return info;
  },

  'dossier.recents': (contexte) => ({ dossiers: readRecents(contexte.repertoireDonnees) }),

  'dossier.oublier': (contexte, { chemin }) => {
    forgetRecent(contexte.repertoireDonnees, resolve(chemin));
    return {};
  },

  'dossier.copier': async (contexte, { destination }) => {
    const absolu = resolve(destination);
    assertNomDossier(absolu);
    if (existsSync(absolu)) throw invalide('fichier-existant', `Le fichier « ${absolu} » existe déjà.`, 'Choisir un autre nom.');
    await copyBase(contexte.dossier().base, absolu);
    return { chemin: absolu };
  },

  'dossier.restaurer': async (contexte, { chemin, sauvegarde }) => {
    const absolu = resolve(chemin);
    await assertEndommage(contexte, absolu);
    return { chemin: absolu, misDeCote: restoreSauvegarde(absolu, resolve(sauvegarde), contexte.maintenant()) };
  },

  'dossier.demonstration': async (contexte, { repertoire }, suivi) => {
    const retirer = ensureRepertoire(resolve(repertoire));
    const { createDemonstration } = await import('./demonstration.ts');
    try {
      await createDemonstration(contexte, resolve(repertoire), suivi);
    } catch (e) {
      retirer();
      throw e;
    }
    return contexte.appeler('dossier.info', {});
  },
} satisfies Partial<Handlers>;
