import { basename } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { compareDecimal, parseDecimal, writeDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { isNonCommunique } from '../../../shared/domain/nombres/saisie.ts';
import { parseNombre, parseOuiNon } from '../../../shared/domain/ventes/saisie.ts';
import type { CommuneVente } from '../../../shared/domain/ventes/types.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { deCommune } from '../../../shared/territoires/noms.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import type { Base } from '../../store/base.ts';
import { openJournal } from '../../store/journal.ts';
import { closeOperation, openOperation } from '../../store/operations.ts';
import { prepareCommune } from '../../store/ventes/communes.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { jourDe, MONTREES, parDe } from './ecriture.ts';
import type { Bilan } from './ecriture.ts';
import { nomCommune, readPlan } from './plan.ts';
import { readTableauVentes } from './tableau.ts';
import type { LigneLue } from './tableau.ts';

/** Ce qui se saisit d'une commune, avec ce que chaque colonne accepte. */
const COLONNES = {
  taux: lirePourcent, objectif: lirePourcent, residences: lireEntier, sociaux: lireEntier, carence: lireOuiNon, mixite: lireOuiNon, source: (t: string) => ({ ok: true as const, valeur: t }),
} satisfies Record<string, (texte: string) => Lue>;
type Colonne = keyof typeof COLONNES;
type Lue = { ok: true; valeur: string | number | boolean | null } | { ok: false; message: string };
const isColonne = (nom: string): nom is Colonne => Object.hasOwn(COLONNES, nom);

const CENT = { mantisse: 100n, echelle: 0 };
const UN = { mantisse: 1n, echelle: 0 };

function lirePourcent(texte: string): Lue {
  if (texte === '') return { ok: true, valeur: null };
  const n = parseNombre(texte.replace(/%\s*$/u, ''));
  const d = n === null ? null : parseDecimal(n);
  // Un tableur garde 0,185 sous « 18,5 % » : sans le signe, rien ne dit lequel des deux est écrit.
  if (d !== null && d.mantisse > 0n && compareDecimal(d, UN) < 0 && !/%\s*$/u.test(texte)) {
    return { ok: false, message: `« ${texte} » : part de 1 ou pourcentage ? Écrire « ${writeDecimal(enPourcent(d)).replace('.', ',')} % » ou « ${texte} % ».` };
  }
  return d === null || compareDecimal(d, CENT) > 0 ? { ok: false, message: `« ${texte} » n’est pas un taux en % (18,45).` } : { ok: true, valeur: n };
}

const enPourcent = ({ mantisse, echelle }: { mantisse: bigint; echelle: number }) => ({ mantisse: mantisse * 10n ** BigInt(Math.max(0, 2 - echelle)), echelle: Math.max(0, echelle - 2) });

/**
 * Vrai quand le fichier donne ses taux en parts de 1 : tous ses objectifs (20 ou 25 % dans la loi) sont écrits
 * sous 1, sans « % », comme un tableur garde une case montrée en pourcentage.
 */
function isEnParts(lignes: readonly LigneLue[]): boolean {
  const objectifs = lignes.filter((l) => l.a('objectif')).map((l) => l.lire('objectif')).filter((t) => t !== '' && !isNonCommunique(t));
  return objectifs.length > 0 && objectifs.every((t) => {
    const n = parseNombre(t);
    const d = n === null ? null : parseDecimal(n);
    return d !== null && compareDecimal(d, UN) < 0;
  });
}

/** `0.185` → `18.5 %` ; un texte qui n'est pas une part reste tel quel. */
function depuisPart(texte: string): string {
  const n = parseNombre(texte);
  const d = n === null ? null : parseDecimal(n);
  return d === null || compareDecimal(d, UN) > 0 ? texte : `${writeDecimal(enPourcent(d))} %`;
}

function lireEntier(texte: string): Lue {
  if (texte === '') return { ok: true, valeur: null };
  const n = parseNombre(texte);
  return n === null || !/^\d{1,9}$/u.test(n) ? { ok: false, message: `« ${texte} » n’est pas un nombre entier.` } : { ok: true, valeur: Number(n) };
}

function lireOuiNon(texte: string): Lue {
  if (texte === '') return { ok: true, valeur: null };
  const v = parseOuiNon(texte);
  return v === null ? { ok: false, message: `« ${texte} » : répondre oui ou non.` } : { ok: true, valeur: v };
}

const VIDE = (commune: string): CommuneVente => ({ commune, taux: null, objectif: null, residences: null, sociaux: null, carence: null, mixite: null, source: '' });
const dire = (v: string | number | boolean | null): string | null => (v === null || v === '' ? null : typeof v === 'boolean' ? (v ? 'oui' : 'non') : String(v));

/** Écrit ces communes et leur journal ; rend les cases changées. Dans une opération ouverte. */
function ecrire(base: Base, operation: number, changees: Iterable<{ avant: CommuneVente; apres: CommuneVente }>, par: { qui: string; quand: string }): number {
  const poser = prepareCommune(base);
  const inscrire = openJournal(base);
  let n = 0;
  for (const { avant, apres } of changees) {
    poser(apres);
    for (const colonne of Object.keys(COLONNES).filter(isColonne)) {
      if (avant[colonne] === apres[colonne]) continue;
      n++;
      inscrire({ ...par, champ: `ventes/commune/${apres.commune}/${colonne}`, avant: dire(avant[colonne]), apres: dire(apres[colonne]), operation });
    }
  }
  return n;
}

export function listCommunes(base: Base, aujourdhui: string): Sortie<'ventes.communes'> {
  const { communes, saisies } = readPlan(base, aujourdhui);
  const lignes = [...communes]
    .filter(([, c]) => c.logements > 0)
    .map(([commune, c]) => {
      const { commune: _, ...saisie } = c.saisie ?? VIDE(commune);
      const etat = ({ atteint, dit, manque }: typeof c.sru.actuel) => ({ atteint, dit, manque: [...manque] });
      return { commune, nom: c.nom, logements: c.logements, retires: c.sru.retires, ...saisie, actuel: etat(c.sru.actuel), apres: etat(c.sru.apres), incoherent: c.sru.incoherent?.calcule ?? null };
    })
    .sort((a, b) => b.logements - a.logements || (a.nom < b.nom ? -1 : 1));
  return { lignes, chargees: saisies.size };
}

export function definirCommunes(contexte: Contexte, { cases }: EntreeLue<'ventes.definirCommunes'>): Bilan {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction((): Bilan => {
      const { saisies } = readPlan(base, jourDe(contexte));
      const refusees: Bilan['refusees'] = [];
      const apres = new Map<string, CommuneVente>();
      for (const { commune: code, colonne, texte } of cases) {
        if (!isColonne(colonne)) throw invalide('colonne-inconnue', `La colonne « ${colonne} » d’une commune n’existe pas.`, `Remplir ${Object.keys(COLONNES).join(', ')} ; rien n’a été changé.`);
        const commune = resolveDepcom(code).commune;
        const lue: Lue = commune === null ? { ok: false, message: `Commune « ${code} » inconnue.` } : COLONNES[colonne](texte.trim());
        if (!lue.ok || commune === null) refusees.push({ cible: code, colonne, texte, message: lue.ok ? '' : lue.message });
        else apres.set(commune, { ...(apres.get(commune) ?? saisies.get(commune) ?? VIDE(commune)), [colonne]: lue.valeur });
      }
      const changees = [...apres.values()].map((a) => ({ avant: saisies.get(a.commune) ?? VIDE(a.commune), apres: a })).filter(({ avant, apres: a }) => Object.keys(COLONNES).filter(isColonne).some((c) => avant[c] !== a[c]));
      const reste = { inchangees: cases.length - refusees.length, nombreRefusees: refusees.length, refusees: refusees.slice(0, MONTREES), enregistreA: par.quand };
      if (changees.length === 0 || refusees.length > 0) return { operation: null, libelle: '', changees: 0, ...reste };
      const libelle = `Taux et situation ${changees.length === 1 ? deCommune(nomCommune(changees[0]?.apres.commune ?? '')) : `de ${pluriel(changees.length, 'commune')}`}`;
      const operation = openOperation(base, 'ventes.communes', libelle, par);
      const n = ecrire(base, operation, changees, par);
      closeOperation(base);
      return { operation, libelle, changees: n, ...reste, inchangees: cases.length - n };
    })
    .immediate();
}

const LIBELLES: Readonly<Record<Exclude<Colonne, 'source'>, string>> = {
  taux: 'le taux', objectif: 'le taux à atteindre', residences: 'le nombre de résidences principales', sociaux: 'le nombre de logements sociaux', carence: 'l’arrêté de carence', mixite: 'le contrat de mixité sociale',
};
const NOMMEES = 5;

/** Ce que la source dit ne pas connaître : gardé inconnu, le reste de la ligne aussi. */
function direInconnus(inconnus: ReadonlyMap<Exclude<Colonne, 'source'>, readonly string[]>): string[] {
  return [...inconnus].map(([colonne, noms]) =>
    `Non communiqué dans le fichier, ${LIBELLES[colonne]} reste inconnu pour ${noms.slice(0, NOMMEES).join(', ')}${noms.length > NOMMEES ? ` et ${pluriel(noms.length - NOMMEES, 'autre')}` : ''} ; le reste de la ligne est gardé.`);
}

const SYNONYMES: Readonly<Record<string, readonly string[]>> = {
  commune: ['code_commune', 'code_insee', 'insee', 'code', 'depcom', 'codgeo', 'code_insee_de_la_commune'],
  taux: ['taux_sru', 'taux_lls', 'taux_de_logements_sociaux'],
  objectif: ['taux_legal', 'taux_cible', 'taux_a_atteindre', 'seuil'],
  residences: ['residences_principales', 'rp', 'nombre_de_residences_principales'],
  sociaux: ['logements_sociaux', 'lls', 'nombre_de_logements_sociaux'],
  carence: ['arrete_de_carence', 'carencee', 'en_carence'],
  mixite: ['contrat_de_mixite_sociale', 'cms'],
  source: [],
};

/** Charge la table des communes : les colonnes présentes remplacent, les autres restent ; une ligne illisible est refusée avec son numéro. */
export async function importerCommunes(contexte: Contexte, { chemin, source }: EntreeLue<'ventes.importerCommunes'>, suivi: Suivi): Promise<Sortie<'ventes.importerCommunes'>> {
  const { base } = contexte.dossierEcriture();
  const { lignes, ignorees } = await readTableauVentes(chemin, SYNONYMES, ['commune'], suivi);
  const attendues = Object.keys(COLONNES).filter(isColonne).filter((c) => c !== 'source');
  // Une liste de codes n'apprend rien des communes : la garder passerait pour un chargement.
  if (!attendues.some((c) => lignes[0]?.a(c) === true)) {
    throw invalide('colonnes-absentes', `« ${basename(chemin)} » n’a, avec « commune », aucune colonne à lire${ignorees.length === 0 ? '' : ` (ignorées : ${ignorees.join(', ')})`}.`, `Ajouter au moins l’une de : ${attendues.join(', ')} ; rien n’a été changé.`);
  }
  const par = parDe(contexte);
  return base
    .transaction((): Sortie<'ventes.importerCommunes'> => {
      const { saisies } = readPlan(base, jourDe(contexte));
      const refusees: { ligne: number; raison: string }[] = [];
      const lues = new Map<string, { apres: CommuneVente; ligne: number }>();
      const enParts = isEnParts(lignes);
      const inconnus = new Map<Exclude<Colonne, 'source'>, string[]>();
      for (const l of lignes) {
        const code = /^\d{4}$/u.test(l.lire('commune')) ? `0${l.lire('commune')}` : l.lire('commune').toUpperCase();
        const commune = resolveDepcom(code).commune;
        const refuser = (raison: string): void => void refusees.push({ ligne: l.ligne, raison });
        if (commune === null) {
          refuser(`Commune « ${l.lire('commune')} » inconnue.`);
          continue;
        }
        // Le taux d'un arrondissement ou d'une commune d'hier n'est pas celui de la commune d'aujourd'hui.
        if (commune !== code) {
          refuser(`« ${code} » est aujourd’hui dans ${nomCommune(commune)} (${commune}) : donner le taux de la commune entière.`);
          continue;
        }
        const deja = lues.get(commune);
        if (deja !== undefined) {
          refuser(`${nomCommune(commune)} est déjà à la ligne ${deja.ligne}.`);
          continue;
        }
        let apres: CommuneVente = saisies.get(commune) ?? VIDE(commune);
        if (source !== '') apres = { ...apres, source };
        let raison: string | null = null;
        const tues: Exclude<Colonne, 'source'>[] = [];
        for (const colonne of Object.keys(COLONNES).filter(isColonne)) {
          if (!l.a(colonne) || (colonne === 'source' && l.lire('source') === '')) continue;
          if (colonne !== 'source' && isNonCommunique(l.lire(colonne))) {
            tues.push(colonne);
            apres = { ...apres, [colonne]: null };
            continue;
          }
          const lue: Lue = COLONNES[colonne](enParts && (colonne === 'taux' || colonne === 'objectif') ? depuisPart(l.lire(colonne)) : l.lire(colonne));
          if (lue.ok) apres = { ...apres, [colonne]: lue.valeur };
          else raison ??= lue.message;
        }
        if (raison !== null) {
          refuser(raison);
          continue;
        }
        lues.set(commune, { apres, ligne: l.ligne });
        for (const colonne of tues) inconnus.set(colonne, [...(inconnus.get(colonne) ?? []), nomCommune(commune)]);
      }
      const bilan = { lignes: lignes.length, enregistrees: lues.size, refusees, colonnesIgnorees: ignorees, remarques: [...(enParts ? ['Taux et objectifs donnés en parts de 1 (0,25) : lus en pourcentage (25 %).'] : []), ...direInconnus(inconnus)], enregistreA: par.quand };
      if (lues.size === 0) return { operation: null, ...bilan };
      const operation = openOperation(base, 'ventes.communes', `Table des communes chargée : ${pluriel(lues.size, 'commune')} (« ${basename(chemin)} »)`, par);
      ecrire(base, operation, [...lues.values()].map(({ apres }) => ({ avant: saisies.get(apres.commune) ?? VIDE(apres.commune), apres })), par);
      closeOperation(base);
      return { operation, ...bilan };
    })
    .immediate();
}
