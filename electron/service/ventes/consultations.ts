import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { parseDate, addMois } from '../../../shared/domain/calendrier/dates.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { LIBELLE_AVIS, checkDatesAvis, direReservesAvis, isAbrege, judgeAvis } from '../../../shared/domain/ventes/avis.ts';
import { isSansAutorisation } from '../../../shared/domain/ventes/drapeaux.ts';
import { direEcartes } from '../../../shared/domain/ventes/ecartes.ts';
import { parseListe } from '../../../shared/domain/ventes/saisie.ts';
import type { ReponseAvis } from '../../../shared/domain/ventes/types.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { deConsulte } from '../../../shared/territoires/noms.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import type { Base } from '../../store/base.ts';
import { appendJournal } from '../../store/journal.ts';
import { closeOperation, openOperation } from '../../store/operations.ts';
import { CLE_COMMUNE, cleGarant, consultationVide, deleteConsultation, writeConsultation } from '../../store/ventes/consultations.ts';
import type { ConsultationGardee } from '../../store/ventes/consultations.ts';
import { jourAvance } from '../contexte.ts';
import type { Contexte } from '../contexte.ts';
import { jourDe, MONTREES, parDe } from './ecriture.ts';
import type { Bilan } from './ecriture.ts';
import { readPlan } from './plan.ts';
import type { LigneVente, Plan } from './plan.ts';

export type ConsultationLue = Sortie<'ventes.consultations'>['lignes'][number];

/** Pourquoi un logement du plan ne demande pas de consultation ; `null` : il en demande une. */
export type SansConsultation = 'vendus' | 'horsParc' | 'sansAutorisation';
export function sansConsultation(l: LigneVente, { cadre }: Plan): SansConsultation | null {
  if (l.etat === 'vendu') return 'vendus';
  if (!l.auParc) return 'horsParc';
  // L445-1 ne fait consulter que sur les logements soumis à autorisation.
  return isSansAutorisation(l, cadre.regles) ? 'sansAutorisation' : null;
}

type Consultes = { lignes: LigneVente[]; parCommune: Map<string, LigneVente[]>; ecartes: Record<SansConsultation, number> };
const consultes = new WeakMap<Plan, Consultes>();

/** Logements du plan sur lesquels on consulte, et le nombre de ceux qui n'y sont pas, par raison. */
export function consulter(plan: Plan): Consultes {
  const garde = consultes.get(plan);
  if (garde !== undefined) return garde;
  const r: Consultes = { lignes: [], parCommune: new Map(), ecartes: { vendus: 0, horsParc: 0, sansAutorisation: 0 } };
  for (const l of plan.lignes) {
    const raison = sansConsultation(l, plan);
    if (raison !== null) {
      r.ecartes[raison]++;
      continue;
    }
    r.lignes.push(l);
    const siens = r.parCommune.get(l.commune);
    if (siens === undefined) r.parCommune.set(l.commune, [l]);
    else siens.push(l);
  }
  consultes.set(plan, r);
  return r;
}

/** Les logements du plan sur lesquels porte une consultation. */
export function logementsDe(plan: Plan, c: ConsultationGardee): LigneVente[] {
  const { lignes, parCommune } = consulter(plan);
  if (c.nature === 'commune') return parCommune.get(c.cle.slice(CLE_COMMUNE.length)) ?? [];
  const [communes, logements] = [new Set(c.communes), new Set(c.logements)];
  return lignes.filter((l) => communes.has(l.commune) || logements.has(l.identifiant));
}

/** Une consultation par commune du plan, et chaque garant saisi ; celles d'une commune sortie du plan restent, si quelque chose y est noté. */
export function listConsultations(plan: Plan): ConsultationGardee[] {
  const gardees = new Map(plan.consultations.map((c) => [c.cle, c]));
  const duPlan = [...consulter(plan).parCommune.keys()];
  const communes = [...new Set([...duPlan.map((c) => `${CLE_COMMUNE}${c}`), ...plan.consultations.filter((c) => c.nature === 'commune').map((c) => c.cle)])];
  const { compare } = new Intl.Collator('fr');
  const nommees = communes.map((cle) => gardees.get(cle) ?? consultationVide(cle, 'commune')).sort((a, b) => compare(nomDe(plan, a), nomDe(plan, b)));
  return [...nommees, ...plan.consultations.filter((c) => c.nature !== 'commune')];
}

/** Nom du consulté ; une commune qui a une homonyme dans le plan, avec son code. */
export const nomDe = ({ nommer }: Plan, c: ConsultationGardee): string => (c.nature === 'commune' ? nommer(c.cle.slice(CLE_COMMUNE.length)) : c.nom);

export function toConsultation(plan: Plan, c: ConsultationGardee, aujourdhui: string): ConsultationLue {
  const { mois } = plan.cadre.regles.avis;
  const commune = c.nature === 'commune';
  const { etat, limite, tardif } = judgeAvis({ ...c, commune }, mois, aujourdhui);
  return {
    cle: c.cle, nature: c.nature, nom: nomDe(plan, c), adresse: c.adresse, communes: commune ? [c.cle.slice(CLE_COMMUNE.length)] : c.communes, identifiants: c.logements, logements: logementsDe(plan, c).length,
    envoyee: c.envoyee, recue: c.recue, reponse: c.reponse, repondue: c.repondue, note: c.note, etat, libelleEtat: LIBELLE_AVIS[etat],
    calculee: c.recue === null ? null : addMois(c.recue, mois), limite, echeance: c.echeance, motif: c.motif, tardif, aVerifier: direReservesAvis(c, aujourdhui), delaiLegal: commune,
  };
}

export function readToutes(base: Base, aujourdhui: string): Sortie<'ventes.consultations'> {
  const plan = readPlan(base, aujourdhui);
  const { article, obligation, silence, opposition, sansDelai } = plan.cadre.regles.avis;
  const { ecartes } = consulter(plan);
  return { lignes: listConsultations(plan).map((c) => toConsultation(plan, c, aujourdhui)), ecartes, ecartesDits: direEcartes(ecartes, plan.cadre.regles), article, obligation, silence, opposition, sansDelai };
}

const REPONSES: Readonly<Record<string, ReponseAvis | null>> = { '': null, aucune: null, favorable: 'favorable', defavorable: 'defavorable', 'défavorable': 'defavorable', reserves: 'reserves', 'avec reserves': 'reserves', 'avec réserves': 'reserves' };

type Lue = { ok: true; change: Partial<ConsultationGardee> } | { ok: false; message: string };

function lireColonne(plan: Plan, colonne: string, texte: string): Lue | null {
  const net = texte.trim();
  switch (colonne) {
    case 'envoyee': case 'recue': case 'repondue': case 'echeance': {
      const date = net === '' ? null : parseDate(net);
      return net !== '' && date === null ? { ok: false, message: `« ${net} » n’est pas une date (31/12/2027).` } : { ok: true, change: { [colonne]: date } };
    }
    case 'reponse': {
      const reponse = REPONSES[net.toLowerCase()];
      return reponse === undefined ? { ok: false, message: `« ${net} » : répondre favorable, défavorable, avec réserves, ou rien.` } : { ok: true, change: { reponse } };
    }
    case 'nom': case 'adresse': case 'motif': case 'note':
      return net.length > 2000 ? { ok: false, message: 'Ce texte a plus de 2 000 caractères.' } : { ok: true, change: { [colonne]: net } };
    case 'nature':
      return net === 'collectivite' || net === 'groupement' ? { ok: true, change: { nature: net } } : { ok: false, message: `« ${net} » n’est ni une collectivité, ni un groupement.` };
    case 'communes': {
      const codes = net.split(/[,;\s]+/u).filter((c) => c !== '');
      const faux = codes.filter((c) => resolveDepcom(c).commune === null);
      if (faux.length > 0) return { ok: false, message: `Commune inconnue : ${faux.join(', ')}.` };
      return { ok: true, change: { communes: [...new Set(codes.map((c) => resolveDepcom(c).commune ?? c))] } };
    }
    case 'logements': {
      const ids = parseListe(texte, (id) => plan.parIdentifiant.has(id));
      const faux = ids.filter((i) => !plan.parIdentifiant.has(i));
      return faux.length > 0 ? { ok: false, message: `Pas au plan de mise en vente : ${faux.slice(0, 5).join(', ')}${faux.length > 5 ? '…' : ''}.` } : { ok: true, change: { logements: ids } };
    }
    default:
      return null;
  }
}

const colonneInconnue = (colonne: string) => invalide('colonne-inconnue', `La colonne « ${colonne} » d’une consultation n’existe pas.`, 'Rien n’a été changé.');

const DUNE_COMMUNE: ReadonlySet<string> = new Set(['nom', 'nature', 'communes', 'logements']);
const direValeur = (v: string | readonly string[] | null | undefined): string | null => (v === null || v === undefined || v.length === 0 ? null : typeof v === 'string' ? (/^\d{4}-/u.test(v) ? formatDate(v) : v) : v.join(', '));

/** Les dates données ici qui ne peuvent pas être ; ce qui l'était déjà, ou que l'on efface, n'est pas reproché. */
function refuserDates(contexte: Contexte, c: ConsultationGardee, donnees: readonly { colonne: string; texte: string }[]): { colonne: string; texte: string; message: string; code: string }[] {
  return checkDatesAvis(c, jourAvance(contexte)).flatMap(({ colonnes, code, message }) => {
    const donnee = donnees.findLast((d) => d.texte.trim() !== '' && colonnes.some((n) => n === d.colonne));
    return donnee === undefined ? [] : [{ ...donnee, message, code }];
  });
}

/** Pourquoi la date retenue ne peut pas l'être ; `null` : elle le peut. */
function refusAbrege({ cadre: { regles } }: Plan, c: ConsultationGardee): string | null {
  const calculee = c.recue === null ? null : addMois(c.recue, regles.avis.mois);
  if (calculee === null || !isAbrege({ commune: c.nature === 'commune', echeance: c.echeance }, calculee)) return null;
  return `« ${formatDate(c.echeance ?? '')} » est avant la fin du délai de la commune, le ${formatDate(calculee)} (${regles.avis.article}) : une date retenue peut l’allonger, non l’abréger.`;
}

/** Note ce qui a été envoyé, reçu, répondu ; ou rien si une case est illisible. */
export function definirConsultations(contexte: Contexte, { cases }: EntreeLue<'ventes.definirConsultation'>): Bilan {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction((): Bilan => {
      const plan = readPlan(base, jourDe(contexte));
      const connues = new Map(listConsultations(plan).map((c) => [c.cle, c]));
      const refusees: Bilan['refusees'] = [];
      const apres = new Map<string, ConsultationGardee>();
      const dits: { champ: string; avant: string | null; apres: string | null }[] = [];
      for (const { cle, colonne, texte } of cases) {
        const avant = apres.get(cle) ?? connues.get(cle);
        if (avant === undefined) throw invalide('consultation-inconnue', `Aucune consultation « ${cle} » dans ce plan.`, 'Relire la liste ; rien n’a été changé.');
        const lue: Lue | null = avant.nature === 'commune' && DUNE_COMMUNE.has(colonne) ? { ok: false, message: 'Cela se lit du plan, pour une commune.' } : lireColonne(plan, colonne, texte);
        if (lue === null) throw colonneInconnue(colonne);
        if (!lue.ok) {
          refusees.push({ cible: cle, colonne, texte, message: lue.message });
          continue;
        }
        const suite = { ...avant, ...lue.change };
        const cleColonne = Object.keys(lue.change)[0] as keyof ConsultationGardee;
        const [a, b] = [direValeur(avant[cleColonne]), direValeur(suite[cleColonne])];
        if (a === b) continue;
        apres.set(cle, suite);
        dits.push({ champ: `ventes/consultation/${cle}/${colonne}`, avant: a, apres: b });
      }
      for (const { cle, texte } of cases.filter((c) => c.colonne === 'echeance')) {
        const suite = apres.get(cle);
        const message = suite === undefined ? null : refusAbrege(plan, suite);
        const rang = dits.findIndex((d) => d.champ === `ventes/consultation/${cle}/echeance`);
        if (message === null || rang < 0) continue;
        dits.splice(rang, 1);
        refusees.push({ cible: cle, colonne: 'echeance', texte, message });
      }
      // Ensemble, après toutes : poser l'envoi et la réception d'un geste ne dépend pas de leur ordre.
      for (const [cle, c] of apres) refusees.push(...refuserDates(contexte, c, cases.filter((x) => x.cle === cle).map(({ colonne, texte }) => ({ colonne, texte }))).map((r) => ({ cible: cle, ...r })));
      const reste = { inchangees: Math.max(0, cases.length - refusees.length - dits.length), nombreRefusees: refusees.length, refusees: refusees.slice(0, MONTREES), enregistreA: par.quand };
      if (dits.length === 0 || refusees.length > 0) return { operation: null, libelle: '', changees: 0, ...reste };
      const [premiere] = apres.values();
      const libelle = apres.size === 1 && premiere !== undefined ? `Consultation ${deConsulte(premiere.nature === 'commune', nomDe(plan, premiere))}` : `Consultations (${apres.size})`;
      const operation = openOperation(base, 'ventes.consultations', libelle, par);
      for (const c of apres.values()) writeConsultation(base, c);
      for (const d of dits) appendJournal(base, { ...par, ...d, operation });
      closeOperation(base);
      return { operation, libelle, changees: dits.length, ...reste };
    })
    .immediate();
}

/** Ajoute un garant, avec ce qu'on en dit déjà ; rien n'est ajouté si une case ne se lit pas. */
export function ajouterGarant(contexte: Contexte, { nature, nom, cases }: EntreeLue<'ventes.ajouterGarant'>): Sortie<'ventes.ajouterGarant'> {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction(() => {
      const cle = cleGarant(base);
      const plan = readPlan(base, jourDe(contexte));
      let garant = consultationVide(cle, nature, nom.trim());
      const dits = cases.flatMap(({ colonne, texte }) => {
        const lue = lireColonne(plan, colonne, texte);
        if (lue === null) throw colonneInconnue(colonne);
        if (!lue.ok) throw invalide('valeur-illisible', `${colonne} : ${lue.message}`, 'Corriger la valeur ; rien n’a été changé.');
        garant = { ...garant, ...lue.change };
        const apres = direValeur(Object.values(lue.change)[0]);
        return apres === null ? [] : [{ champ: `ventes/consultation/${cle}/${colonne}`, avant: null, apres }];
      });
      const [impossible] = refuserDates(contexte, garant, cases);
      if (impossible !== undefined) throw invalide(impossible.code, impossible.message, 'Corriger la date ; rien n’a été changé.');
      const operation = openOperation(base, 'ventes.consultations', `Collectivité à consulter ajoutée : ${garant.nom}`, par);
      writeConsultation(base, garant);
      appendJournal(base, { ...par, champ: `ventes/consultation/${cle}`, avant: null, apres: garant.nom, operation });
      for (const d of dits) appendJournal(base, { ...par, ...d, operation });
      closeOperation(base);
      return { cle, operation, enregistreA: par.quand };
    })
    .immediate();
}

export function retirerGarant(contexte: Contexte, { cle }: EntreeLue<'ventes.retirerGarant'>): Sortie<'ventes.retirerGarant'> {
  const { base } = contexte.dossierEcriture();
  const par = parDe(contexte);
  return base
    .transaction(() => {
      const garant = readPlan(base, jourDe(contexte)).consultations.find((c) => c.cle === cle && c.nature !== 'commune');
      if (garant === undefined) throw invalide('consultation-inconnue', `« ${cle} » n’est pas une collectivité saisie.`, 'Une commune du plan est toujours à consulter ; rien n’a été changé.');
      const operation = openOperation(base, 'ventes.consultations', `Collectivité à consulter retirée : ${garant.nom}`, par);
      deleteConsultation(base, cle);
      appendJournal(base, { ...par, champ: `ventes/consultation/${cle}`, avant: garant.nom, apres: null, operation });
      closeOperation(base);
      return { operation, enregistreA: par.quand };
    })
    .immediate();
}
