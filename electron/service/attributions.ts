import { basename, resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { findChampAttribution } from '../../shared/domain/attributions/champs.ts';
import { findMesure } from '../../shared/domain/attributions/mesures.ts';
import type { Mesure } from '../../shared/domain/attributions/mesures.ts';
import type { Attribution, Tri } from '../../shared/domain/attributions/types.ts';
import { parseTerritoire, nomTerritoire } from '../../shared/territoires/index.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Encodage } from '../import/fichier.ts';
import { writeRapport } from '../import/rapport.ts';
import { dernierImportAttributions, iterateAttributions, lotsEnVigueur, readObjectifs, writeObjectif } from '../store/attributions.ts';
import { iterateAnomalies } from '../store/imports.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { anneesDe, anneesReference, communesDans, findSeuil, nomDe, readAttributions } from './attributions-resultats.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { assertCible } from './fichiers.ts';
import { readEngagements } from './matrice.ts';
import { millesimeDe } from './millesime.ts';

type Demande = EntreeLue<'attributions.lister'>;
type LigneListee = Sortie<'attributions.lister'>['lignes'][number];

const dire = (t: Tri): string => (t === null ? 'inconnu' : t ? 'oui' : 'non');
const code = (champ: string, c: string | null): string => (c === null ? 'inconnu' : (findChampAttribution(champ)?.codes?.[c] ?? c));

/** Ce que la mesure dit d'une attribution. */
function etatDe(m: Mesure, a: Attribution): NonNullable<Demande['etat']> | null {
  const base = m.base(a);
  if (base === false) return null;
  if (base === null) return 'base-inconnue';
  const valeur = m.valeur(a);
  return valeur === null ? 'inconnu' : valeur > 0 ? 'compte' : 'autre';
}

function lister(contexte: Contexte, { territoire, periode, mesure, etat, decalage, nombre }: Demande): Sortie<'attributions.lister'> {
  const { base } = contexte.dossier();
  const m = mesure === undefined ? undefined : findMesure(mesure);
  if (mesure !== undefined && m === undefined) throw invalide('mesure-inconnue', `« ${mesure} » ne se compte pas dans les attributions.`, 'Choisir une mesure du tableau.');
  const dans = communesDans(territoire);
  const fichiers = new Map(lotsEnVigueur(base).map((l) => [l.annee, basename(l.fichier)]));
  const lignes: LigneListee[] = [];
  let total = 0;
  for (const { annee, ligne, ident, attribution: a } of iterateAttributions(base, anneesDe(periode, anneesReference(readEngagements(base))))) {
    if (!dans(a.commune)) continue;
    const trouve = m === undefined ? null : etatDe(m, a);
    if (m !== undefined && (trouve === null || (etat !== undefined && (etat === 'base' ? trouve === 'base-inconnue' : trouve !== etat)))) continue;
    total++;
    if (total <= decalage || lignes.length >= nombre) continue;
    lignes.push({
      annee, ligne, fichier: fichiers.get(annee) ?? '', jour: a.jour, logement: ident, commune: a.commune, nomCommune: a.commune === null ? nomDe('inconnu') : nomTerritoire(`com-${a.commune}`),
      qpv: a.qpv === null ? 'inconnu' : a.qpv === 1 ? 'en QPV' : 'hors QPV', bail: dire(a.bail), quartile: a.quartile === null ? (a.premier === false ? 'autre que le 1er' : 'inconnu') : code('QUARTILE', String(a.quartile)),
      reloge: code('RELOGE', a.reloge), prioritaire: dire(a.prioritaire), categorie: a.categorie ?? '', dalo: dire(a.dalo),
      reserve: `${code('RESERVE', a.reserve)}${a.echec === true ? ', candidat échoué' : ''}`, mutation: code('MUTATION', a.mutation), mutationRu: dire(a.mutationRu), venant: dire(a.venant), refus: a.refus,
    });
  }
  return { total, lignes };
}

/** Le rapport du dernier import, comme celui d'une déclaration. */
function exporterRapport(contexte: Contexte, destination: string): Sortie<'attributions.anomalies'> {
  const { base, chemin: dossier } = contexte.dossier();
  const dernier = dernierImportAttributions(base);
  if (dernier === null) throw invalide('aucun-import', 'Aucun tableau d’attributions n’a encore été importé dans ce dossier.', 'Importer d’abord un fichier.');
  const chemin = resolve(destination);
  assertCible(chemin, { dossier, entrees: [dernier.fichier] });
  const { lignes, rejets } = writeRapport(chemin, { type: 'logements', encodage: (dernier.encodage ?? 'utf-8') as Encodage, entete: dernier.entete }, () => iterateAnomalies(base, 'main', dernier.id));
  return { chemin, lignes, ...(rejets === null ? {} : { rejets }) };
}

function definirObjectif(contexte: Contexte, entree: EntreeLue<'attributions.definirObjectif'>): Sortie<'attributions.definirObjectif'> {
  const { base } = contexte.dossierEcriture();
  const seuil = findSeuil(millesimeDe(base), entree.seuil);
  if (seuil === undefined || seuil.objectif === null) {
    throw invalide('seuil-inconnu', `« ${entree.seuil} » n’est pas un minimum auquel un autre objectif puisse se substituer.`, 'Voir les minimums avec « cus attributions ».');
  }
  if (parseTerritoire(entree.territoire) === null) throw invalide('territoire-inconnu', `« ${entree.territoire} » n’est pas un territoire d’aujourd’hui.`, 'Donner un code comme epci-200054807.');
  const quand = contexte.maintenant().toISOString();
  const o = { seuil: entree.seuil, territoire: entree.territoire, saisie: entree.saisie.trim(), source: entree.source.trim() };
  const avant = readObjectifs(base).find((x) => x.seuil === o.seuil && x.territoire === o.territoire);
  const change = o.saisie === '' ? avant !== undefined : avant?.saisie !== o.saisie || avant.source !== o.source;
  if (change) {
    base
      .transaction(() => {
        const par = { qui: contexte.utilisateur, quand };
        const operation = openOperation(base, 'attributions.objectif', `Objectif d’attributions, ${nomTerritoire(o.territoire)} : ${o.saisie === '' ? 'celui de la loi' : o.saisie}`, par);
        writeObjectif(base, o, operation, par);
        closeOperation(base);
      })
      .immediate();
  }
  return { ...o, enregistreA: quand };
}

export const handlers = {
  'attributions.resultats': (contexte, { par }) => {
    const { base } = contexte.dossier();
    return readAttributions(base, readEngagements(base), par);
  },
  'attributions.lister': (contexte, demande) => lister(contexte, demande),
  'attributions.dernier': (contexte) => {
    const dernier = dernierImportAttributions(contexte.dossier().base);
    return { import: dernier === null ? null : (JSON.parse(dernier.resultat) as Sortie<'import.lire'>) };
  },
  'attributions.anomalies': (contexte, { destination }) => exporterRapport(contexte, destination),
  'attributions.definirObjectif': (contexte, entree) => definirObjectif(contexte, entree),
} satisfies Partial<Handlers>;
