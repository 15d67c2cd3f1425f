import type { Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { assertCible } from '../../service/fichiers.ts';
import { parseFiltres } from '../filtres.ts';
import { refuserNonLues } from '../options.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import { ecrireLettres } from './consultations.ts';
import type { Appel, Reponse, Verbe } from '../verbe.ts';

const MONTREES = 20;
const PAGE = 1000;

export const verbe: Verbe = {
  nom: 'ventes',
  resume: 'montre et remplit le plan de mise en vente, écrit les lettres de consultation (L445-1, L443-7)',
  arguments: [{ nom: 'D.cus', aide: 'le dossier' }],
  options: {
    ajouter: { type: 'texte', valeur: 'FICHIER', aide: 'ajoute ou met à jour d’après un tableau (CSV, XLSX, ODS) : identifiant;annee;acquereur;etat;date;conso;documents;note' },
    filtre: { type: 'texte', valeur: 'FILTRE', repetable: true, aide: 'ajoute les logements du parc que ces filtres montrent (voir « logements »)' },
    annee: { type: 'texte', valeur: 'AAAA', aide: 'année de mise en vente de ce que --filtre ajoute' },
    acquereur: { type: 'texte', valeur: 'CODE', aide: 'acquéreur de ce que --filtre ajoute : locataires, personnes-morales, societe-vente, organisme-hlm, autre' },
    communes: { type: 'texte', valeur: 'FICHIER', aide: 'charge la table des communes : commune;taux;objectif;residences;sociaux;carence;mixite;source' },
    source: { type: 'texte', valeur: 'TEXTE', aide: 'd’où vient la table des communes' },
    exporter: { type: 'texte', valeur: 'FICHIER', aide: 'écrit le plan en .csv, .xlsx ou .ods' },
    courriers: { type: 'texte', valeur: 'REPERTOIRE', aide: 'écrit les lettres de consultation (DOCX), une par commune et par garant' },
  },
  exemples: [
    'ventes convention.cus --json',
    'ventes convention.cus --ajouter plan.csv',
    'ventes convention.cus --filtre code_ensemble=13055-3FA92C1B --annee 2027 --acquereur locataires',
    'ventes convention.cus --communes sru.csv --source "bilan SRU au 1er janvier 2025"',
    'ventes convention.cus --exporter plan.xlsx --courriers lettres',
    'consultations convention.cus --cle 13055 --envoyee 15/01/2026',
  ],
  notes: 'Une seule écriture par commande : --ajouter, --filtre ou --communes, sans --exporter ni --courriers. Avec --json : les logements (lignes), les totaux par commune et EPCI, les taux des communes (tauxCommunes), les consultations. Pour noter un envoi, un avis ou un garant : « consultations ». Une ligne refusée l’est avec son numéro et sa raison ; les autres sont écrites d’un geste, annulable (« operations ») ; si toutes le sont, la sortie est 1. Les nombres du plan, les taux et les délais sont ceux de l’écran.',
  async run(appel) {
    const [ajouter, communes, exporter, courriers] = [appel.fichier('ajouter'), appel.fichier('communes'), appel.fichier('exporter'), appel.fichier('courriers')];
    const filtres = appel.textes('filtre');
    const dossier = appel.chemin(appel.argument(0));
    checkActions(appel);
    if (filtres.length === 0 && (appel.texte('annee') !== undefined || appel.texte('acquereur') !== undefined)) {
      throw invalide('option-sans-filtre', '« --annee » et « --acquereur » disent ce que « --filtre » ajoute.', 'Ajouter --filtre, ou donner ces colonnes dans le tableau de --ajouter.');
    }
    if (exporter !== undefined) assertCible(exporter, { dossier, entrees: [ajouter, communes] });
    await openDossierDe(appel);
    const fait: Record<string, unknown> = {};
    // Un fichier dont rien n'est gardé n'a rien changé : la réponse est non.
    if (communes !== undefined) {
      const r = (fait['tableCommunes'] = await charger(appel, communes));
      if (r.enregistrees === 0) return rienGarde(appel, communes, fait);
    }
    if (ajouter !== undefined) {
      const r = (fait['import'] = await importer(appel, ajouter));
      if (r.ajoutees + r.modifiees + r.inchangees === 0) return rienGarde(appel, ajouter, fait);
    }
    if (filtres.length > 0) fait['ajout'] = await ajouterFiltres(appel, filtres);
    if (exporter !== undefined) fait['export'] = (await appel.appeler('ventes.exporter', { destination: exporter })).chemin;
    if (courriers !== undefined) {
      const lettres = await ecrireLettres(appel, courriers);
      Object.assign(fait, lettres.json);
      appel.dire(lettres.texte);
    }
    return montrer(appel, fait);
  },
};

/** Une seule écriture par commande : sortie 1 ou 2, rien n'est changé. Les fichiers écrits ne changent pas le dossier. */
function checkActions(appel: Appel): void {
  if (appel.texte('communes') !== undefined) refuserNonLues(appel, verbe.options, 'communes', ['source']);
  else if (appel.texte('source') !== undefined) throw invalide('option-seule', '« --source » dit d’où vient la table des communes, qui n’est pas donnée.', 'Ajouter --communes FICHIER, ou retirer cette option.');
  if (appel.texte('ajouter') !== undefined) refuserNonLues(appel, verbe.options, 'ajouter', []);
  if (appel.textes('filtre').length > 0) refuserNonLues(appel, verbe.options, 'filtre', ['annee', 'acquereur']);
}

async function rienGarde(appel: Appel, chemin: string, fait: Record<string, unknown>): Promise<Reponse> {
  appel.avertir(`Aucune ligne de « ${chemin} » n’est gardée : rien n’a été changé.`);
  return { ...(await montrer(appel, fait)), sortie: 1 };
}

async function charger(appel: Appel, chemin: string) {
  const r = await appel.appeler('ventes.importerCommunes', { chemin, source: appel.texte('source') ?? '' });
  avertirRefus(appel, r.refusees.map((l) => `Ligne ${l.ligne} refusée : ${l.raison}`));
  for (const c of r.colonnesIgnorees) appel.avertir(`Colonne ignorée : ${c}.`);
  for (const c of r.remarques) appel.avertir(c);
  appel.dire(`${compte(r.enregistrees, 'commune gardée', 'communes gardées')} sur ${compte(r.lignes, 'ligne')}.`);
  return r;
}

async function importer(appel: Appel, chemin: string) {
  const r = await appel.appeler('ventes.importer', { chemin });
  avertirRefus(appel, r.refusees.map((l) => `Ligne ${l.ligne} refusée${l.identifiant === '' ? '' : ` (${l.identifiant})`} : ${l.raison}`));
  for (const c of r.colonnesIgnorees) appel.avertir(`Colonne ignorée : ${c}.`);
  appel.dire(`${compte(r.ajoutees, 'logement ajouté', 'logements ajoutés')}, ${compte(r.modifiees, 'modifié')}, ${compte(r.inchangees, 'inchangé')} sur ${compte(r.lignes, 'ligne')}.`);
  return r;
}

async function ajouterFiltres(appel: Appel, textes: readonly string[]) {
  const r = await appel.appeler('ventes.ajouter', { filtres: parseFiltres(textes), annee: appel.texte('annee') ?? '', acquereur: appel.texte('acquereur') ?? '' });
  avertirRefus(appel, r.refuses.map((l) => `${l.identifiant} refusé : ${l.raison}`), r.nombreRefuses);
  appel.dire(`${compte(r.ajoutes, 'logement ajouté', 'logements ajoutés')}, ${compte(r.deja, 'déjà au plan', 'déjà au plan')}.`);
  return r;
}

function avertirRefus(appel: Appel, refus: readonly string[], total = refus.length): void {
  for (const r of refus.slice(0, MONTREES)) appel.avertir(r);
  if (total > MONTREES) appel.avertir(`… et ${compte(total - MONTREES, 'autre refus', 'autres refus')}.`);
}

async function montrer(appel: Appel, fait: Record<string, unknown>) {
  const resume = await appel.appeler('ventes.resume', {});
  const { lignes: epci } = await appel.appeler('ventes.territoires', { par: 'epci' });
  const { lignes: communes } = await appel.appeler('ventes.territoires', { par: 'commune' });
  const { lignes: consultations } = await appel.appeler('ventes.consultations', {});
  const { lignes: tauxCommunes } = await appel.appeler('ventes.communes', {});
  const lignes: Sortie<'ventes.page'>['lignes'] = [];
  for (let decalage = 0; decalage < resume.logements; decalage += PAGE) lignes.push(...(await appel.appeler('ventes.page', { decalage, nombre: PAGE })).lignes);
  const { texte: _, incertitudes: __, ...nombres } = resume;
  const texte =
    resume.logements === 0
      ? 'Le plan de mise en vente est vide.'
      : [
          `Plan de mise en vente : ${compte(resume.logements, 'logement')}, ${compte(resume.communes, 'commune')}, ${nombre(resume.epci)} EPCI.`,
          `  par année : ${dire(resume.annees, (c) => (c === 'inconnu' ? 'sans année' : c))}`,
          `  par acquéreur : ${dire(resume.acquereurs, (c) => resume.listeAcquereurs.find((a) => a.code === c)?.court ?? 'à dire')}`,
          `  état : ${dire(resume.etats, (c) => resume.listeEtats.find((e) => e.code === c)?.libelle ?? c)}`,
          '',
          tableau(
            [
              { titre: 'Commune', valeur: (c: (typeof communes)[number]) => `${c.nom} (${c.code})` },
              { titre: 'Logements', valeur: (c) => nombre(c.logements), droite: true },
              { titre: 'Sans année', valeur: (c) => nombre(c.annees['inconnu'] ?? 0), droite: true },
              { titre: 'Vendus', valeur: (c) => nombre(c.etats['vendu'] ?? 0), droite: true },
              { titre: 'Avis', valeur: (c) => avisDe(consultations, c.code) },
            ],
            communes,
          ),
          ...(resume.drapeaux.length === 0 ? [] : ['', ...resume.drapeaux.map((d) => `${d.niveau === 'bloquant' ? '✗' : '·'} ${d.court} : ${compte(d.nombre, 'logement')} (${d.article})`)]),
        ].join('\n');
  return { json: { ...nombres, lignes, communes, epci, tauxCommunes, consultations, ...fait }, texte };
}

const dire = (comptes: Record<string, number>, libelle: (cle: string) => string): string =>
  Object.entries(comptes).sort(([a], [b]) => (a < b ? -1 : 1)).map(([cle, n]) => `${libelle(cle)} ${nombre(n)}`).join(' ; ');

const avisDe = (consultations: Sortie<'ventes.consultations'>['lignes'], commune: string): string => consultations.find((c) => c.cle === `commune-${commune}`)?.libelleEtat ?? '';
