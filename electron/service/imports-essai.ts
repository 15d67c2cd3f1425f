import type { Profil, Sortie } from '../../shared/contract.ts';
import { findNature } from '../../shared/domain/tableaux/natures.ts';
import { isRejet, messageAnomalie } from '../../shared/domain/rpls/anomalies.ts';
import type { LogementConnu } from '../store/connus.ts';
import { annule } from '../import/erreurs.ts';
import { Enregistreur } from '../import/enregistreur.ts';
import { Groupes } from '../import/groupes.ts';
import { lireTableau } from '../import/tableau/lecteur.ts';
import { ouvrirTableau } from '../import/tableau/ouvrir.ts';
import { connusDe } from './imports-connus.ts';
import { natureNonLue } from './imports-refus.ts';
import { isSurPlace, iterateLignes, unMessage } from './rangees.ts';
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
    if (demande.profil.type !== 'logements') return await essayerNature(complete, { ...suivi, signal });
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
  return { lignes: e.lignes, acceptees: e.acceptees, signalees: e.signalees, rejetees: e.rejetees, complet, anomalies: vues.liste(), colonnes: invraisemblables };
}

/** L'essai d'une autre nature : chaque valeur que son champ ne comprend pas est signalée. */
async function essayerNature({ chemin, profil, limite }: DemandeEssai, suivi: Suivi): Promise<Essai> {
  const nature = findNature(profil.type) ?? natureNonLue(profil.type);
  const vues = new Vues();
  let [lignes, signalees, complet] = [0, 0, true];
  for await (const l of iterateLignes(chemin, profil, suivi)) {
    if (!('textes' in l)) continue;
    if (limite !== null && lignes >= limite) {
      complet = false;
      break;
    }
    lignes++;
    const incompris = [...l.textes].filter(([champ, texte]) => texte !== '' && !nature.comprend(champ, texte));
    for (const [champ, valeur] of incompris) vues.add({ ligne: l.ligne, champ, valeur, code: 'code-inconnu' });
    if (incompris.length > 0) signalees++;
  }
  return { lignes, acceptees: lignes, signalees, rejetees: 0, complet, anomalies: vues.liste(), colonnes: [] };
}

type Vue = { ligne: number; champ: string; valeur: string; code: string };

/** Compte les anomalies par code, et garde les premières de chacun. */
class Vues {
  readonly #parCode = new Map<string, { nombre: number; premieres: Vue[] }>();

  add({ ligne, champ, valeur, code }: Vue): void {
    const vues = this.#parCode.get(code) ?? { nombre: 0, premieres: [] };
    this.#parCode.set(code, vues);
    vues.nombre++;
    if (vues.premieres.length < PREMIERES) vues.premieres.push({ ligne, champ, valeur: valeur.slice(0, 200), code });
  }

  /** Les rejets d'abord, les plus nombreux en tête. */
  liste(): Essai['anomalies'] {
    return [...this.#parCode]
      .map(([code, { nombre, premieres }]) => ({ code, rejet: isRejet(code), nombre, premieres: premieres.map((a) => ({ ...a, message: messageAnomalie(code, a.champ, a.valeur) })) }))
      .toSorted((a, b) => Number(b.rejet) - Number(a.rejet) || b.nombre - a.nombre);
  }
}
