import type { Profil, Sortie } from '../../shared/contract.ts';
import { isRejet, messageAnomalie } from '../../shared/domain/rpls/anomalies.ts';
import type { LogementConnu } from '../store/connus.ts';
import { Illisibles } from '../../shared/domain/tableaux/illisibles.ts';
import { annule } from '../import/erreurs.ts';
import { Enregistreur } from '../import/enregistreur.ts';
import { Groupes } from '../import/groupes.ts';
import { lireTableau } from '../import/tableau/lecteur.ts';
import { ouvrirTableau } from '../import/tableau/ouvrir.ts';
import { connusDe } from './imports-connus.ts';
import { ESSAYEURS } from './imports-lecteurs.ts';
import { natureNonLue } from './imports-refus.ts';
import { isSurPlace, unMessage } from './rangees.ts';
import type { Contexte, Suivi } from './contexte.ts';

export type Essai = Sortie<'import.essayer'>;
export type DemandeEssai = { quoi: 'essai'; chemin: string; profil: Profil; connus: LogementConnu[] | null; limite: number | null };

/** Au-delà d'un fichier qui se lit en un instant, seules les premières lignes sont essayées, et la réponse le dit. */
const LIMITE = 20_000;
const PREMIERES = 5;
const CLE = 'import/essai';

/**
 * Lit un tableau comme l'import le lirait, sans toucher au dossier : ce qui serait accepté, signalé,
 * rejeté, et les premières lignes de chaque anomalie. Un nouvel essai arrête le précédent (« annule »).
 */
export async function essayer(contexte: Contexte, demande: Omit<DemandeEssai, 'quoi' | 'limite'>, suivi: Suivi): Promise<Essai> {
  const precedent = contexte.session.get(CLE) as AbortController | undefined;
  precedent?.abort();
  const mien = new AbortController();
  contexte.session.set(CLE, mien);
  const signal = AbortSignal.any([mien.signal, suivi.signal]);
  try {
    const surPlace = isSurPlace(demande.chemin);
    const complete: DemandeEssai = { ...demande, quoi: 'essai', limite: surPlace ? null : LIMITE };
    if (demande.profil.type !== 'logements') return await essayerNature(contexte, complete, { ...suivi, signal });
    if (surPlace) {
      return await lireEssai(complete, () => {
        if (signal.aborted) throw annule();
      });
    }
    const message = await unMessage(complete, signal);
    if (!('essai' in message)) throw new Error('le fil de lecture n’a rien rendu');
    return message.essai;
  } finally {
    if (contexte.session.get(CLE) === mien) contexte.session.delete(CLE);
  }
}

/** L'essai d'un tableau de logements, par le lecteur de l'import. `suivre` peut lever pour l'arrêter. */
export async function lireEssai({ chemin, profil, connus, limite }: DemandeEssai, suivre: () => void): Promise<Essai> {
  const { rangees, date1904, format } = await ouvrirTableau(chemin, {
    separateur: profil.separateur, feuille: profil.feuille, suivre, ...(profil.encodage === 'auto' ? {} : { encodage: profil.encodage }),
  });
  const vues = new Vues();
  const e = new Enregistreur({ logement: () => undefined, anomalie: (a) => vues.add(a) }, new Groupes([], 1, 1));
  const options = { strict: format === 'texte', date1904, connus: connusDe(connus), ...(limite === null ? {} : { limite }) };
  const { complet, invraisemblables } = await lireTableau(rangees, profil, options, e);
  return { lignes: e.lignes, acceptees: e.acceptees, signalees: e.signalees, rejetees: e.rejetees, complet, anomalies: vues.liste(), ...vues.nonComprises(), colonnes: invraisemblables };
}

/** L'essai d'une autre nature, par la lecture même de son import. */
async function essayerNature(contexte: Contexte, { chemin, profil, limite }: DemandeEssai, suivi: Suivi): Promise<Essai> {
  const essayeur = profil.type === 'logements' ? undefined : ESSAYEURS[profil.type];
  if (essayeur === undefined) return natureNonLue(profil.type);
  const { vues: lues, ...comptes } = await essayeur(contexte, { chemin, profil, limite }, suivi);
  const vues = new Vues();
  for (const vue of lues) vues.add(vue);
  return { ...comptes, anomalies: vues.liste(), ...vues.nonComprises(), colonnes: [] };
}

type Vue = { ligne: number; champ: string; valeur: string; code: string; message?: string; rejet?: boolean };

/** Compte les anomalies par code, et garde les premières de chacun. */
class Vues {
  readonly #parCode = new Map<string, { nombre: number; rejet: boolean; premieres: Omit<Vue, 'rejet'>[] }>();

  readonly #illisibles = new Illisibles();

  add({ ligne, champ, valeur, code, message, rejet }: Vue): void {
    this.#illisibles.add({ champ, valeur, code });
    const vues = this.#parCode.get(code) ?? { nombre: 0, rejet: rejet ?? isRejet(code), premieres: [] };
    this.#parCode.set(code, vues);
    vues.nombre++;
    if (vues.premieres.length < PREMIERES) vues.premieres.push({ ligne, champ, valeur: valeur.slice(0, 200), code, ...(message === undefined ? {} : { message }) });
  }

  /** Les valeurs que leur champ ne comprend pas ; rien quand il n'y en a pas. */
  nonComprises(): Pick<Essai, 'illisibles'> {
    const illisibles = this.#illisibles.liste();
    return illisibles.length === 0 ? {} : { illisibles };
  }

  /** Les rejets d'abord, les plus nombreux en tête. */
  liste(): Essai['anomalies'] {
    return [...this.#parCode]
      .map(([code, { nombre, rejet, premieres }]) => ({ code, rejet, nombre, premieres: premieres.map((a) => ({ ...a, message: a.message ?? messageAnomalie(code, a.champ, a.valeur) })) }))
      .toSorted((a, b) => Number(b.rejet) - Number(a.rejet) || b.nombre - a.nombre);
  }
}
