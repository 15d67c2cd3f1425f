import { create } from 'zustand';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import type { Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { enregistrer, useEnregistrement } from '../../app/enregistrement.ts';
import { annoncer } from '../../app/operation.ts';
import { invalider } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { trouverGeste, type OperationBloc } from '../../app/historique.ts';
import { AUCUNE, type Retenues } from '../../grille/retenues.ts';
import { accord } from '../../ui/format.ts';

export type Resultat = Sortie<'npl.lire'>;
export type LigneNpl = Resultat['lignes'][number];
export type Resume = Sortie<'npl.scenarios'>['scenarios'][number];
export type Vue = 'ensembles' | 'constats' | 'scenarios' | 'baremes';
export type Etat = 'tous' | 'fixes' | 'inchanges' | 'constats' | 'pls' | 'hors';

/** Ce qui vient d'être fait ou refusé, dit au-dessus du tableau. */
export type Dit = { ton: 'succes' | 'attention' | 'info'; titre: string; lignes: string[] };

type Magasin = {
  dossier: string | null;
  vue: Vue;
  scenario: number | null;
  comparer: number | null;
  creer: boolean;
  texte: string;
  etat: Etat;
  /** Valeurs retenues par colonne filtrée. */
  filtres: Readonly<Record<string, readonly string[]>>;
  retenues: Retenues;
  choisie: string | null;
  fiche: boolean;
  aides: boolean;
  /** Cases écrites, que la lecture suivante n'a pas encore rendues. */
  locales: ReadonlyMap<string, string>;
  /** La dernière lecture, par ensemble et plafond. */
  lues: ReadonlyMap<string, LigneNpl>;
  dit: Dit | null;
  erreur: Erreur | null;
};

const DEPART: Omit<Magasin, 'dossier'> = {
  vue: 'ensembles', scenario: null, comparer: null, creer: false, texte: '', etat: 'tous', filtres: {}, retenues: AUCUNE, choisie: null, fiche: false, aides: false,
  locales: new Map(), lues: new Map(), dit: null, erreur: null,
};
export const useNpl = create<Magasin>(() => ({ dossier: null, ...DEPART }));

/** Un autre dossier : rien de ce qui était choisi n'y existe. */
export function ouvrirPour(dossier: string | null): void {
  if (useNpl.getState().dossier !== dossier) useNpl.setState({ dossier, ...DEPART });
}

export function choisirScenario(scenario: number | null): void {
  useNpl.setState({ scenario, retenues: AUCUNE, locales: new Map(), lues: new Map(), dit: null, erreur: null });
}

export const echouer = (cause: unknown): void => useNpl.setState({ erreur: enErreur(cause) });

/** Après une écriture faite hors de la file des saisies. */
export function ecrit(operation: Parameters<typeof annoncer>[0], enregistreA?: string): void {
  if (enregistreA !== undefined) useEnregistrement.setState({ enregistreA });
  annoncer(operation);
  invalider();
}

export const COLONNES_SAISIE = ['maximum', 'moyenne'] as const;
export type ColonneSaisie = (typeof COLONNES_SAISIE)[number];
export const estSaisie = (colonne: string): colonne is ColonneSaisie => COLONNES_SAISIE.some((c) => c === colonne);
export const cleCase = (l: { ensemble: string; plafond: string }, colonne: string): string => `${l.ensemble}/${l.plafond}/${colonne}`;

/** Le texte d'une case tel qu'il se modifie, se copie et se recopie. */
export function texteDe(ligne: LigneNpl, colonne: ColonneSaisie): string {
  // Une saisie ouverte tient la ligne d'avant la dernière lecture : celle-ci prime.
  const valeur = (useNpl.getState().lues.get(cleCase(ligne, '')) ?? ligne)[colonne];
  return useNpl.getState().locales.get(cleCase(ligne, colonne)) ?? (valeur === null ? '' : formatTaux(valeur));
}

type ChoixPlafond = NonNullable<Entree<'npl.definir'>['choix'][number]['plafonds']>[number];
export type CaseNpl = { ligne: LigneNpl; colonne: ColonneSaisie; texte: string };

const LISIBLE = 'Un loyer en €/m² et par mois s’écrit avec quatre décimales au plus, comme « 6,29 ».';

/** Ce qu'une ou deux cases d'une ligne demandent ; ou pourquoi elles ne peuvent pas être écrites. */
export function demander(ligne: LigneNpl, textes: Partial<Record<ColonneSaisie, string>>): { plafond: ChoixPlafond } | { refus: string } {
  const lire = (t: string | undefined): string | null | undefined => (t === undefined ? undefined : t.trim() === '' ? null : t.trim());
  const [maximum, moyenne] = [lire(textes.maximum), lire(textes.moyenne)];
  const faux = [maximum, moyenne].find((t) => typeof t === 'string' && parseTaux(t) === null);
  if (faux !== undefined) return { refus: `« ${faux} » ne se lit pas. ${LISIBLE}` };
  // La relecture peut ne pas être revenue : ce qui vient d'être écrit prime sur ce qui a été lu.
  const fixe = maximum === undefined ? lire(texteDe(ligne, 'maximum')) ?? null : maximum;
  if (typeof moyenne === 'string' && fixe === null) return { refus: 'La moyenne maximale suit un nouveau maximum : le fixer d’abord.' };
  return { plafond: { plafond: ligne.plafond, maximum: fixe, ...(moyenne === undefined ? {} : { moyenne }) } };
}

/**
 * Écrit une case par la file des saisies : quitter l'application l'attend. Rend la raison d'un refus, ou `null`,
 * sans attendre l'écriture : la frappe suivante va dans la case suivante. Un refus du service se dit au-dessus.
 */
export function ecrireCase(scenario: number, { ligne, colonne, texte }: CaseNpl): string | null {
  const demande = demander(ligne, { [colonne]: texte });
  if ('refus' in demande) return demande.refus;
  garder([{ ligne, colonne, texte }]);
  enregistrer({
    cle: `npl/${scenario}/${cleCase(ligne, colonne)}`,
    libelle: `${colonne === 'maximum' ? 'Nouveau maximum' : 'Moyenne maximale'}, ${ligne.nom}`,
    valeur: texte,
    async ecrire() {
      const bilan = await appeler('npl.definir', { scenario, choix: [{ ensemble: ligne.ensemble, plafonds: [demande.plafond] }] });
      if (bilan.refus.length > 0) useNpl.setState({ locales: new Map(), dit: { ton: 'attention', titre: 'Refusé, rien n’a été changé.', lignes: bilan.refus.map((r) => `${ligne.nom}, ${motPlafond(ligne.plafond)} : ${r.raison}`) } });
      annoncer('npl.definir');
      return bilan;
    },
  });
  return null;
}

/** Retient ce qui vient d'être écrit, jusqu'à ce que la lecture le rende ; un maximum effacé emporte sa moyenne. */
function garder(cases: readonly CaseNpl[]): void {
  useNpl.setState((s) => {
    const locales = new Map(s.locales);
    for (const { ligne, colonne, texte } of cases) {
      locales.set(cleCase(ligne, colonne), texte.trim());
      if (colonne === 'maximum' && texte.trim() === '') locales.set(cleCase(ligne, 'moyenne'), '');
    }
    return { dit: null, erreur: null, locales };
  });
}

/** Une lecture est revenue : les cases qu'elle rend telles qu'écrites n'ont plus besoin d'être retenues. */
export function relacher(lignes: readonly LigneNpl[]): void {
  const { locales } = useNpl.getState();
  const lues = new Map(lignes.map((l) => [cleCase(l, ''), l]));
  const restantes = new Map<string, string>();
  for (const ligne of locales.size === 0 ? [] : lignes) {
    for (const colonne of COLONNES_SAISIE) {
      const locale = locales.get(cleCase(ligne, colonne));
      const lu = locale === undefined || locale === '' ? null : parseTaux(locale);
      if (locale !== undefined && (lu === null ? null : Number(lu) / 10_000) !== ligne[colonne]) restantes.set(cleCase(ligne, colonne), locale);
    }
  }
  useNpl.setState({ lues, ...(locales.size === 0 ? {} : { locales: restantes }) });
}

/** Au plus tant d'ensembles par écriture : ce que le contrat accepte d'un coup. */
const LOT = 20_000;

/** Écrit un bloc de cases d'un geste, annulable ; ce qui est refusé est nommé, le reste est écrit. `avant` : ce qui a déjà été écarté. */
export async function ecrireBloc(scenario: number, cases: readonly CaseNpl[], avant: readonly string[] = []): Promise<void> {
  const refus = [...avant];
  const lignes = new Map<string, { ligne: LigneNpl; textes: Partial<Record<ColonneSaisie, string>> }>();
  for (const { ligne, colonne, texte } of cases) {
    const cle = cleCase(ligne, '');
    const deja = lignes.get(cle) ?? { ligne, textes: {} };
    lignes.set(cle, { ligne, textes: { ...deja.textes, [colonne]: texte } });
  }
  const choix = new Map<string, { ensemble: string; plafonds: ChoixPlafond[] }>();
  const demandees: CaseNpl[] = [];
  const noms = new Map<string, string>();
  const refuses = new Set<string>();
  for (const { ligne, textes } of lignes.values()) {
    const demande = demander(ligne, textes);
    if ('refus' in demande) {
      refus.push(`${ligne.nom}, ${ligne.plafond} : ${demande.refus}`);
      continue;
    }
    const c = choix.get(ligne.ensemble) ?? { ensemble: ligne.ensemble, plafonds: [] };
    c.plafonds.push(demande.plafond);
    choix.set(ligne.ensemble, c);
    noms.set(ligne.ensemble, ligne.nom);
    for (const colonne of COLONNES_SAISIE) if (textes[colonne] !== undefined) demandees.push({ ligne, colonne, texte: textes[colonne] });
  }
  const demandes = [...choix.values()];
  try {
    for (let i = 0; i < demandes.length; i += LOT) {
      const bilan = await appeler('npl.definir', { scenario, choix: demandes.slice(i, i + LOT) });
      refus.push(...bilan.refus.map((r) => `${noms.get(r.ensemble) ?? r.ensemble}${r.plafond === null ? '' : `, ${r.plafond}`} : ${r.raison} Rien n’est changé dans cet ensemble.`));
      for (const r of bilan.refus) refuses.add(r.ensemble);
      if (bilan.enregistreA !== null) ecrit('npl.definir', bilan.enregistreA);
    }
    // Le service refuse un ensemble entier : aucune de ses cases n'est écrite.
    const ecrites = demandees.filter((c) => !refuses.has(c.ligne.ensemble));
    if (ecrites.length + refus.length === 0) return;
    garder(ecrites);
    useNpl.setState({ erreur: null, dit: { ton: refus.length > 0 ? 'attention' : 'succes', titre: `${accord(ecrites.length, 'case écrite', 'cases écrites')}${refus.length > 0 ? `, ${accord(refus.length, 'refusée')}` : ''}.`, lignes: refus } });
  } catch (cause) {
    echouer(cause);
    invalider();
  }
}

/** Attend que les saisies en file soient écrites. */
const fileVide = (): Promise<void> =>
  new Promise((resolve) => {
    const libre = (): boolean => {
      const { enCours, attente } = useEnregistrement.getState();
      return enCours === null && attente.length === 0;
    };
    if (libre()) return resolve();
    const quitter = useEnregistrement.subscribe(() => {
      if (!libre()) return;
      quitter();
      resolve();
    });
  });

/** Ctrl+Z n'annule ici que ce qui est de la politique des loyers. */
export const GESTES = /^npl\./u;

/** Annule ou refait, une fois la file vide, la dernière opération : la liste de l'écran peut avoir un geste de retard. */
async function basculer(sens: 'annuler' | 'refaire', demandee: OperationBloc): Promise<void> {
  try {
    await fileVide();
    const { operations } = await appeler('operations.lister', {});
    const o = trouverGeste(operations, sens, GESTES) ?? demandee;
    const { enregistreA } = await appeler(`operations.${sens}`, { operation: o.id });
    useNpl.setState({ erreur: null, locales: new Map(), dit: { ton: 'info', titre: `${sens === 'annuler' ? 'Annulé' : 'Refait'} : ${o.libelle}.`, lignes: [] } });
    ecrit(`operations.${sens}`, enregistreA);
  } catch (cause) {
    echouer(cause);
  }
}

export const MENEES = {
  annuler: (o: OperationBloc) => void basculer('annuler', o),
  refaire: (o: OperationBloc) => void basculer('refaire', o),
};

export const motPlafond = (p: Plafond): string => (p === 'INCONNU' ? 'Non renseigné' : p);
