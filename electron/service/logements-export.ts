import { extname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { intituleColonne, texteCode, texteMois } from '../../shared/domain/rpls/affichage-colonne.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import type { Colonne as ColonneClasseur, Format, Valeur } from '../documents/classeur.ts';
import type { Flux } from '../documents/flux.ts';
import { csvLine } from '../documents/csv.ts';
import { readLogements } from '../store/logements.ts';
import { readVersionLecture } from '../store/version.ts';
import type { Contexte, Suivi } from './contexte.ts';
import { writeFlux } from './fichiers.ts';
import { lecteurLignes, listColonnes } from './logements-colonnes.ts';
import type { Colonne } from './logements-colonnes.ts';
import { selectTriee } from './logements.ts';

type Demande = EntreeLue<'logements.exporter'>;

/** Lignes lues d'un coup : assez pour aller vite, assez peu pour rendre la main. */
const BLOC = 1000;
/** Limite d'une feuille de tableur, en-tête compris. */
const LIGNES_MAX = 1_048_575;

/** Une année ne se groupe pas par milliers : « 1 974 » se lirait comme une quantité. */
const FORMATS: Readonly<Record<Colonne['type'], Format>> = {
  texte: 'texte', code: 'texte', mois: 'texte', jour: 'date', nombre: 'annee', euros: 'decimal2', surface: 'decimal2',
};
const LARGEURS: Readonly<Record<Colonne['type'], number>> = { texte: 22, code: 26, mois: 12, jour: 14, nombre: 12, euros: 14, surface: 14 };

const toColonne = (c: Colonne): ColonneClasseur => ({ titre: intituleColonne(c), largeur: LARGEURS[c.type], format: FORMATS[c.type] });

/** Une case comme la table la montre ; nombres et dates gardent leur sorte. */
function toValeur(colonne: Colonne, v: Valeur | undefined): Valeur {
  if (v === null || v === undefined) return null;
  switch (colonne.type) {
    case 'code': return texteCode(String(v), colonne.codes, colonne.derivee);
    case 'mois': return texteMois(String(v));
    case 'texte': return String(v);
    case 'jour':
    case 'nombre':
    case 'euros':
    case 'surface':
      return v;
  }
}

function findColonnes(connues: readonly Colonne[], noms: readonly string[]): Colonne[] {
  return noms.map((nom) => {
    const colonne = connues.find((c) => c.nom === nom);
    if (colonne === undefined) throw invalide('colonne-inconnue', `La colonne « ${nom} » n’existe pas.`, 'Choisir une colonne de la table des logements.');
    return colonne;
  });
}

/**
 * Écrit la sélection triée dans les colonnes demandées, ligne à ligne, avec progression et annulation.
 * Erreurs : « format-inconnu », « colonne-inconnue », « trop-de-lignes », « dossier-change » (une écriture
 * pendant l'export mêlerait l'avant et l'après), celles de l'écriture.
 */
export async function exportLogements(contexte: Contexte, demande: Demande, suivi: Suivi): Promise<Sortie<'logements.exporter'>> {
  const { base } = contexte.dossier();
  const chemin = resolve(demande.destination);
  const format = extname(chemin).toLowerCase();
  if (format !== '.csv' && format !== '.xlsx' && format !== '.ods') {
    throw invalide('format-inconnu', `« ${demande.destination} » ne finit ni par .csv, ni par .xlsx, ni par .ods.`, 'Donner un nom de fichier en .csv, en .xlsx ou en .ods.');
  }
  const colonnes = findColonnes(listColonnes(base), demande.colonnes);
  const { ids } = selectTriee(contexte, demande.filtres, demande.tri);
  if (format !== '.csv' && ids.length > LIGNES_MAX) {
    throw refus('trop-de-lignes', 'Une feuille de tableur ne tient pas plus de 1 048 575 logements.', 'Filtrer la table, ou exporter en CSV.');
  }
  const version = readVersionLecture(base);
  const montrer = lecteurLignes(base);

  async function* blocs(): AsyncGenerator<Valeur[][]> {
    for (let decalage = 0; decalage < ids.length; decalage += BLOC) {
      suivi.progres({ etape: 'Écriture des logements', fait: decalage, total: ids.length });
      // Rendre la main : un export ne retient ni une frappe ni une annulation.
      await new Promise<void>((rendre) => void setImmediate(rendre));
      suivi.signal.throwIfAborted();
      if (contexte.aucunDossierOuvert() || contexte.dossier().base !== base || readVersionLecture(base) !== version) throw changed();
      yield readLogements(base, ids.subarray(decalage, decalage + BLOC)).map((l) => {
        const ligne = montrer(l);
        return colonnes.map((c) => toValeur(c, ligne[c.nom]));
      });
    }
  }
  const octets = format === '.csv' ? csv(colonnes, blocs()) : await classeur(contexte, format, { nom: 'Logements', colonnes: colonnes.map(toColonne), lignes: blocs() });
  const precedent = await writeFlux(contexte, chemin, octets, { signal: suivi.signal });
  suivi.progres({ etape: 'Écriture des logements', fait: ids.length, total: ids.length });
  return { chemin, lignes: ids.length, precedent };
}

async function classeur(contexte: Contexte, format: '.xlsx' | '.ods', flux: Flux): Promise<Readable> {
  const { fluxOds, fluxXlsx } = await import('../documents/flux.ts');
  if (format === '.xlsx') return fluxXlsx(flux);
  return fluxOds(flux, { titre: 'Logements', auteur: contexte.utilisateur, date: contexte.maintenant().toISOString() });
}

async function* csv(colonnes: readonly Colonne[], blocs: AsyncIterable<Valeur[][]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`\uFEFF${csvLine(colonnes.map(intituleColonne))}`);
  for await (const bloc of blocs) yield Buffer.from(bloc.map(csvLine).join(''));
}

function changed(): ErreurCus {
  return refus('dossier-change', 'Le dossier a changé pendant l’export : le fichier aurait mêlé l’avant et l’après.', 'Recommencer l’export : rien n’a été écrit.');
}
