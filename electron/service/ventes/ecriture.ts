import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { LIBELLE_COLONNE_VENTE, isColonneVente, parseCaseVente } from '../../../shared/domain/ventes/saisie.ts';
import type { ColonneVente } from '../../../shared/domain/ventes/saisie.ts';
import { LIBELLE_ETAT_VENTE } from '../../../shared/domain/ventes/types.ts';
import type { EtatVente } from '../../../shared/domain/ventes/types.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { ReglesVentes } from '../../../shared/millesimes/types.ts';
import type { Base } from '../../store/base.ts';
import { closeOperation, openOperation } from '../../store/operations.ts';
import { deleteVentes, estAuPlan, logementDe, logementsParNumero, nommerVente, prepareAjout, trouverVente, writeChangements } from '../../store/ventes/plan.ts';
import type { ChangementVente, LogementAjoute } from '../../store/ventes/plan.ts';
import type { Contexte } from '../contexte.ts';
import { idsFiltres } from '../logements.ts';
import { filterVentes } from './filtres.ts';
import { readPlan } from './plan.ts';
import type { LigneVente, Plan } from './plan.ts';

export type Bilan = Sortie<'ventes.definir'>;
export const MONTREES = 200;
type Demande = { identifiant: string; colonne: ColonneVente; texte: string };

export const jourDe = (contexte: Contexte): string => contexte.maintenant().toISOString().slice(0, 10);
export const parDe = (contexte: Contexte) => ({ qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() });

/** Ce qu'une case vaut, en mots, pour le journal et l'export. */
export function direCaseVente(regles: ReglesVentes, colonne: string, valeur: string | number | null): string | null {
  if (valeur === null || valeur === '') return null;
  if (colonne === 'acquereur') return regles.acquereurs.find((a) => a.code === valeur)?.libelle ?? String(valeur);
  if (colonne === 'etat') return LIBELLE_ETAT_VENTE[valeur as EtatVente];
  if (colonne === 'date') return formatDate(String(valeur));
  if (colonne === 'documents') return valeur === 1 ? 'oui' : 'non';
  return String(valeur);
}

const valeurDe = (l: LigneVente, colonne: ColonneVente): string | number | null => (colonne === 'documents' ? (l.documents ? 1 : 0) : l[colonne]);

function colonneDe(nom: string): ColonneVente {
  if (isColonneVente(nom)) return nom;
  throw invalide('colonne-non-modifiable', `La colonne « ${nom} » ne se remplit pas dans le plan.`, `Remplir ${Object.values(LIBELLE_COLONNE_VENTE).join(', ')} ; rien n’a été changé.`);
}

/** Change des cases du plan, en une opération annulable, ou ne change rien. */
export function definirCases(contexte: Contexte, { cases, partiel }: EntreeLue<'ventes.definir'>): Bilan {
  return ecrireCases(contexte, partiel, () => cases.map((c) => ({ ...c, colonne: colonneDe(c.colonne) })));
}

export function appliquer(contexte: Contexte, { filtre, colonne, texte, attendus }: EntreeLue<'ventes.appliquer'>): Bilan {
  return ecrireCases(contexte, false, (plan) => {
    const lignes = filterVentes(plan, filtre);
    if (lignes.length !== attendus) throw invalide('selection-changee', `Le filtre montre ${pluriel(lignes.length, 'logement')}, et non ${attendus}.`, 'Relire la sélection, puis recommencer ; rien n’a été changé.');
    return lignes.map((l) => ({ identifiant: l.identifiant, colonne: colonneDe(colonne), texte }));
  });
}

function ecrireCases(contexte: Contexte, partiel: boolean, preparer: (plan: Plan) => Demande[]): Bilan {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction((): Bilan => {
      const plan = readPlan(base, jourDe(contexte));
      const { changements, refusees, inchangees } = computeChangements(base, plan, preparer(plan));
      const reste = { inchangees, nombreRefusees: refusees.length, refusees: refusees.slice(0, MONTREES), enregistreA: par.quand };
      if (changements.length === 0 || (refusees.length > 0 && !partiel)) return { operation: null, libelle: '', changees: 0, ...reste };
      const libelle = libeller(plan.cadre.regles, changements);
      const operation = openOperation(base, 'ventes.definir', libelle, par);
      writeChangements(base, operation, changements, par, (c, v) => direCaseVente(plan.cadre.regles, c, v));
      closeOperation(base);
      return { operation, libelle, changees: changements.length, ...reste };
    })
    .immediate();
}

/** Les cases qui changent vraiment ; la même deux fois : la dernière. */
export function computeChangements(base: Base, { parIdentifiant, cadre }: Plan, demandes: readonly Demande[]): { changements: ChangementVente[]; refusees: Bilan['refusees']; inchangees: number } {
  const trouver = trouverVente(base);
  const refusees: Bilan['refusees'] = [];
  const parCase = new Map<string, ChangementVente>();
  for (const { identifiant, colonne, texte } of demandes) {
    const ligne = parIdentifiant.get(identifiant);
    const cle = trouver(identifiant);
    const refuser = (message: string): void => void refusees.push({ cible: identifiant, colonne, texte, message });
    if (ligne === undefined || cle === null) {
      refuser(`« ${identifiant} » n’est pas au plan de mise en vente.`);
      continue;
    }
    const lue = parseCaseVente(colonne, texte, cadre.regles, cadre.annees);
    if (lue.ok) parCase.set(JSON.stringify([identifiant, colonne]), { ...cle, identifiant, colonne, avant: valeurDe(ligne, colonne), apres: lue.valeur });
    else refuser(lue.message);
  }
  const toutes = [...parCase.values()];
  const changements = toutes.filter((c) => c.avant !== c.apres);
  return { changements, refusees, inchangees: toutes.length - changements.length };
}

function libeller(regles: ReglesVentes, changements: readonly ChangementVente[]): string {
  const [premier] = changements;
  const colonnes = new Set(changements.map((c) => c.colonne));
  const logements = new Set(changements.map((c) => c.identifiant)).size;
  if (premier === undefined) return '';
  const ou = logements === 1 ? `logement ${premier.identifiant}` : pluriel(logements, 'logement');
  if (colonnes.size > 1) return `Plan de mise en vente : ${pluriel(changements.length, 'case')} de ${ou}`;
  const valeurs = new Set(changements.map((c) => c.apres));
  const quoi = LIBELLE_COLONNE_VENTE[colonneDe(premier.colonne)];
  return `Plan de mise en vente : ${quoi}${valeurs.size === 1 ? ` « ${direCaseVente(regles, premier.colonne, premier.apres) ?? 'vide'} »` : ''}, ${ou}`;
}

/** Ajoute des logements du parc au plan ; ceux que l'on ne trouve pas, ou sortis du parc, sont rendus avec la raison. */
export function ajouter(contexte: Contexte, demande: EntreeLue<'ventes.ajouter'>): Sortie<'ventes.ajouter'> {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction((): Sortie<'ventes.ajouter'> => {
      const plan = readPlan(base, jourDe(contexte));
      const { regles, annees } = plan.cadre;
      const cases = (['annee', 'acquereur'] as const).flatMap((colonne) => {
        const lue = parseCaseVente(colonne, demande[colonne], regles, annees);
        if (!lue.ok) throw invalide('valeur-illisible', lue.message, 'Corriger la valeur ; rien n’a été ajouté.');
        return lue.valeur === null ? [] : [{ colonne, valeur: lue.valeur }];
      });
      const { neufs, deja, refuses } = trier(base, demande);
      const bilan = { deja, nombreRefuses: refuses.length, refuses: refuses.slice(0, MONTREES), enregistreA: par.quand };
      if (neufs.size === 0) return { operation: null, ajoutes: 0, ...bilan };
      const operation = openOperation(base, 'ventes.ajouter', `Ajout de ${pluriel(neufs.size, 'logement')} au plan de mise en vente`, par);
      const inserer = prepareAjout(base, operation, par);
      for (const [identifiant, l] of neufs) inserer(identifiant, l);
      const changements = [...neufs].flatMap(([identifiant, { origine, ident }]) => cases.map(({ colonne, valeur }) => ({ origine, ident, identifiant, colonne, avant: null, apres: valeur })));
      writeChangements(base, operation, changements, par, (c, v) => direCaseVente(regles, c, v));
      closeOperation(base);
      return { operation, ajoutes: neufs.size, ...bilan };
    })
    .immediate();
}

type Tri = { neufs: Map<string, LogementAjoute>; deja: number; refuses: { identifiant: string; raison: string }[] };

function trier(base: Base, { filtres, identifiants }: EntreeLue<'ventes.ajouter'>): Tri {
  const [nommer, trouver, lire, present] = [nommerVente(base), trouverVente(base), logementDe(base), estAuPlan(base)];
  const tri: Tri = { neufs: new Map(), deja: 0, refuses: [] };
  const prendre = (identifiant: string, l: LogementAjoute | null): void => {
    if (l === null) tri.refuses.push({ identifiant, raison: 'Aucun logement du dossier n’a cet identifiant.' });
    else if (present(l) || tri.neufs.has(identifiant)) tri.deja++;
    else if (l.sorti) tri.refuses.push({ identifiant, raison: 'Ce logement est sorti du parc.' });
    else tri.neufs.set(identifiant, l);
  };
  if (filtres !== undefined) for (const l of logementsParNumero(base, idsFiltres(base, filtres))) prendre(nommer(l.origine, l.ident), l);
  for (const identifiant of identifiants ?? []) {
    const net = identifiant.trim();
    const cle = trouver(net);
    if (net !== '') prendre(net, cle === null ? null : lire(cle));
  }
  return tri;
}

export function retirer(contexte: Contexte, { identifiants }: EntreeLue<'ventes.retirer'>): Bilan {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction((): Bilan => {
      const { parIdentifiant } = readPlan(base, jourDe(contexte));
      const trouver = trouverVente(base);
      const presents = [...new Set(identifiants)].flatMap((identifiant) => {
        const cle = parIdentifiant.has(identifiant) ? trouver(identifiant) : null;
        return cle === null ? [] : [{ ...cle, identifiant }];
      });
      const vide = { inchangees: new Set(identifiants).size - presents.length, nombreRefusees: 0, refusees: [], enregistreA: par.quand };
      if (presents.length === 0) return { operation: null, libelle: '', changees: 0, ...vide };
      const libelle = `Retrait de ${pluriel(presents.length, 'logement')} du plan de mise en vente`;
      const operation = openOperation(base, 'ventes.retirer', libelle, par);
      const changees = deleteVentes(base, operation, presents, par);
      closeOperation(base);
      return { operation, libelle, changees, ...vide };
    })
    .immediate();
}
