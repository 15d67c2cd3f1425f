import { basename } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { formatValeur } from '../../shared/domain/rpls/affichage.ts';
import { findChamp } from '../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../shared/domain/rpls/champs.ts';
import { communeDe } from '../../shared/domain/rpls/correction.ts';
import { ecrireValeur, relireValeur } from '../../shared/domain/rpls/ecriture.ts';
import { invalide } from '../../shared/erreurs.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readCorrection, readLogement, readProvenance } from '../store/corrections.ts';
import type { LogementLu } from '../store/corrections.ts';
import { identifiantPublic, resolveIdentifiant } from '../store/origines.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';

/** `logement/<identifiant>/<CHAMP>` ; l'identifiant peut lui-même avoir des barres. */
const SUJET = /^logement\/([^]+)\/([A-Z_]+)$/u;

export const isCase = (nom: string): boolean => nom.startsWith('logement/');

/** L'identifiant et le champ d'une case nommée ; `null` si le nom n'en est pas une. */
export function parseCaseNommee(nom: string): { identifiant: string; champ: Champ } | null {
  const [, identifiant = '', colonne = ''] = SUJET.exec(nom) ?? [];
  const champ = findChamp(colonne);
  return champ === null ? null : { identifiant, champ };
}

function trouver(base: Base, nom: string): { logement: LogementLu; champ: Champ } {
  const nommee = parseCaseNommee(nom);
  if (nommee === null) throw invalide('champ-inconnu', `Le champ « ${nom} » n’existe pas.`, 'Nommer une case de logement : logement/<identifiant>/<CHAMP>, par exemple logement/A12/LOYERPRINC.');
  const cle = resolveIdentifiant(base)(nommee.identifiant);
  const logement = cle === null ? null : readLogement(base, cle.declaration, cle.ident, identifiantPublic(base));
  if (logement === null) throw invalide('logement-inconnu', `Aucun logement n’a l’identifiant « ${nommee.identifiant} ».`, 'Vérifier l’identifiant ; rien n’a été changé.');
  return { logement, champ: nommee.champ };
}

/** `champs.definir` sur une case de logement : la même correction que dans la table. Erreur « valeur-refusee ». */
export async function defineCase(contexte: Contexte, nom: string, texte: string): Promise<Sortie<'champs.definir'>> {
  const { base } = contexte.dossierEcriture();
  const { logement, champ } = trouver(base, nom);
  const bilan = await contexte.appeler('corrections.saisir', { cases: [{ identifiant: logement.identifiant, colonne: champ.colonne, texte }] });
  const [refusee] = bilan.refusees;
  if (refusee !== undefined) throw invalide('valeur-refusee', refusee.message, 'Corriger la valeur ; rien n’a été changé.');
  const apres = trouver(base, nom).logement;
  const lire = (l: LogementLu): string | null => ecrireValeur(champ, l.valeurs[champ.position - 1] ?? null);
  return { champ: nom, avant: lire(logement), apres: lire(apres), enregistreA: bilan.enregistreA };
}

/** D'où vient la valeur d'une case : son import et sa ligne, ou la correction qui la remplace. */
export function explainCase(contexte: Contexte, nom: string): Fond {
  const { base } = contexte.dossier();
  const { logement, champ } = trouver(base, nom);
  const valeur = logement.valeurs[champ.position - 1] ?? null;
  const correction = readCorrection(base, logement, champ.colonne);
  const provenance = readProvenance(base, logement.id);
  const fichier = provenance === null ? '' : ` de « ${basename(provenance.fichier)} », ligne ${provenance.ligne}`;
  const origine = provenance === null ? 'Provenance inconnue' : `${correction === null ? 'Lu' : 'Corrigé à la main ; l’import'}${fichier}`;
  const dire = (v: typeof valeur): string => formatValeur(champ, v) ?? 'vide';
  const commune = champ.nom === 'DEPCOM' ? `. Commune d’aujourd’hui : ${nomTerritoire(`com-${communeDe(valeur) ?? ''}`)}` : '';
  return {
    titre: `${champ.libelle}, logement ${logement.identifiant}`,
    valeur: formatValeur(champ, valeur) ?? '',
    formule: `${origine}${correction === null ? '' : ` disait : ${dire(correction.importee)}`}${commune}. Champ ${champ.position} de la déclaration (${champ.nom}).`,
    articles: [],
    sources: [],
    incertitude: '',
    ...(correction === null
      ? {}
      : { correction: { ...correction, identifiant: logement.identifiant, colonne: champ.colonne, importee: formatValeur(champ, correction.importee), corrigee: formatValeur(champ, correction.corrigee) } }),
  };
}

/** Une ligne de journal d'une case, dans l'écriture de l'écran. */
export function direCase<L extends { avant: string | null; apres: string | null }>(nom: string, ligne: L): L {
  const nommee = parseCaseNommee(nom);
  if (nommee === null) return ligne;
  const { champ } = nommee;
  const dire = (texte: string | null): string | null => (texte === null ? null : (formatValeur(champ, relireValeur(champ, texte)) ?? texte));
  return { ...ligne, avant: dire(ligne.avant), apres: dire(ligne.apres) };
}
