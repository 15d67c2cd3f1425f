import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Nature } from '../../shared/contract.ts';
import type { Entree, Operation, Sortie } from '../../shared/contract.ts';
import { anneesDe, countHorizon } from '../../shared/domain/ventes/horizons.ts';
import { findMillesime } from '../../shared/millesimes/index.ts';
import { associationDemonstration, bailleurDemonstration, champsDemonstration, ecrireFichier, notesServiceRendu, valeursDemonstration } from '../demo/index.ts';
import { baremesDemonstration, choisirEnsembles, scenariosDemonstration, SOURCE_FICTIVE } from '../demo/npl.ts';
import { scenariosCibles } from '../demo/scenarios.ts';
import { communesDemonstration, consultationsDemonstration, planDemonstration } from '../demo/ventes.ts';
import type { Candidat } from '../demo/ventes.ts';

/** De quoi exécuter une opération du contrat : le service le donne, le terminal aussi. */
export type Appeler = <O extends Operation>(operation: O, entree: Entree<O>) => Promise<Sortie<O>>;

export async function createDossierFictif(appeler: Appeler, chemin: string): Promise<Sortie<'dossier.creer'>> {
  const { siren, nom, nature, effet, millesime } = bailleurDemonstration;
  return appeler('dossier.creer', { chemin, siren, nom, nature: Nature.parse(nature), effet, millesime });
}

/** Organisme et calendrier. Rend le nombre de champs remplis. */
export async function fillChamps(appeler: Appeler): Promise<number> {
  const champs = Object.entries(champsDemonstration);
  for (const [champ, valeur] of champs) await appeler('champs.definir', { champ, valeur });
  return champs.length;
}

/** Écrit la déclaration RPLS fictive dans `repertoire`, sans rien y remplacer, et l'importe. */
export async function importParc(appeler: Appeler, repertoire: string): Promise<{ fichier: string; resultat: Sortie<'import.lire'> }> {
  const fichier = freeName(repertoire, bailleurDemonstration.nomFichier);
  ecrireFichier(bailleurDemonstration.generer(), fichier);
  return { fichier, resultat: await appeler('import.lire', { chemin: fichier, appliquer: true }) };
}

/** Part de la grille proposée et note presque tous les ensembles. Rend combien ont un résultat, sur combien. */
export async function fillServiceRendu(appeler: Appeler): Promise<{ notes: number; ensembles: number }> {
  const { proposee } = await appeler('serviceRendu.grille', {});
  await appeler('serviceRendu.definirGrille', { grille: proposee });
  const { criteres, ensembles } = await appeler('serviceRendu.notes', {});
  const notes = notesServiceRendu(ensembles.map((e) => e.id), criteres.map((c) => c.code));
  await appeler('serviceRendu.noter', { notes, geste: 'Notes du bailleur fictif' });
  const { organisme } = await appeler('serviceRendu.lire', { par: 'organisme' });
  return { notes: organisme?.ensemblesNotes ?? 0, ensembles: organisme?.ensembles ?? 0 };
}

/** Écrit l'enquête d'occupation fictive dans `repertoire`, l'importe, et donne sa date de référence. */
export async function fillOccupation(appeler: Appeler, repertoire: string): Promise<Sortie<'import.lire'>> {
  const fichier = freeName(repertoire, bailleurDemonstration.nomEnquete);
  writeFileSync(fichier, `\ufeff${bailleurDemonstration.genererOps().texte}`);
  const resultat = await appeler('import.lire', { chemin: fichier, type: 'ops' });
  await appeler('champs.definir', { champ: 'occupation/date-reference', valeur: bailleurDemonstration.dateReferenceEnquete });
  return resultat;
}

/** Transmissions, réponses et concertation du bailleur fictif. Rend le nombre de personnes publiques et d'échanges. */
export async function fillAssociation(appeler: Appeler): Promise<{ personnes: number; echanges: number }> {
  const d = associationDemonstration;
  const { code } = await appeler('associes.ajouter', { ...d.rattachement });
  await appeler('associes.definir', { code, rattachement: true });
  const proposees = (await appeler('associes.lire', {})).personnes;
  const connue = (c: string): boolean => proposees.some((p) => p.code === c);
  if (connue(d.aoh.code)) await appeler('associes.definir', { code: d.aoh.code, aoh: true, parcSocial: d.aoh.parcSocial, parcSource: d.aoh.parcSource });
  if (connue(d.orientations.code)) await appeler('associes.definir', { code: d.orientations.code, orientations: d.orientations.texte });
  const { personnes } = await appeler('associes.lire', {});
  const publiques = personnes.filter((p) => p.groupe === 'signataire' || p.groupe === 'associee').map((p) => p.code);
  const etat = personnes.filter((p) => p.groupe === 'etat').map((p) => p.code);
  const noter = (objet: string, quand: string, a: string[]) => appeler('associes.noter', { personnes: a, objet, date: quand, mode: d.mode });
  await noter('psp', d.psp, etat);
  await noter('deliberation', d.deliberation, [...etat, ...publiques]);
  await noter('elements', d.elements, publiques);
  await noter('reunion', d.reunion, publiques);
  for (const { personne, ...reponse } of d.reponses) if (connue(personne)) await appeler('associes.noter', { personnes: [personne], ...reponse });
  for (const a of d.acteurs) await appeler('concertation.acteur', a);
  for (const r of d.reunions) await appeler('concertation.reunion', { ...r, objets: [...r.objets] });
  await appeler('champs.definir', { champ: 'concertation/bilan', valeur: d.bilan });
  return { personnes: publiques.length, echanges: (await appeler('associes.lire', {})).echanges.length };
}

/** Écrit le tableau d'attributions fictif dans `repertoire`, et l'importe. */
export async function fillAttributions(appeler: Appeler, repertoire: string): Promise<Sortie<'import.lire'>> {
  const fichier = freeName(repertoire, bailleurDemonstration.nomAttributions);
  writeFileSync(fichier, `\ufeff${bailleurDemonstration.genererAttributions().texte}`);
  return appeler('import.lire', { chemin: fichier, type: 'attributions' });
}

/** Donne à toute la matrice des cibles plausibles, et les références que les données proposent. Rend l'avancement. */
export async function fillEngagements(appeler: Appeler): Promise<{ attendus: number; renseignes: number }> {
  const { lignes } = await appeler('engagements.matrice', {});
  const cellules = lignes.flatMap((l) => [
    { champ: l.champReference, denominateurPropose: l.cellules[0]?.denominateurPropose?.valeur ?? null },
    ...l.cellules.map((c) => ({ champ: c.champ, denominateurPropose: c.denominateurPropose?.valeur ?? null })),
  ]);
  const { propositions } = await appeler('engagements.propositions', {});
  const proposees = new Map(propositions.map((p) => [p.champ, p.proposee]));
  const valeurs = valeursDemonstration(cellules, Number(bailleurDemonstration.effet.slice(0, 4)));
  await appeler('engagements.definir', { cellules: valeurs.map(({ champ, saisie }) => ({ champ, valeur: proposees.get(champ) ?? saisie })) });
  const { attendus, renseignes } = await appeler('engagements.matrice', {});
  return { attendus, renseignes };
}

/** Deux scénarios de cibles partis de celles du dossier. Rend le nombre de cases que chacun change. */
export async function fillScenarios(appeler: Appeler): Promise<{ nom: string; differences: number }[]> {
  const { lignes } = await appeler('engagements.matrice', {});
  const cases = lignes.flatMap((l) => l.cellules.map((c) => ({ champ: c.champ, saisie: c.saisie ?? '' })));
  for (const { nom, changer } of scenariosCibles) {
    const cellules = changer(cases);
    const { id } = await appeler('engagements.creerScenario', { nom });
    if (cellules.length > 0) await appeler('engagements.definir', { scenario: id, cellules });
  }
  return (await appeler('engagements.scenarios', {})).scenarios.map(({ nom, differences }) => ({ nom, differences }));
}

/** Un petit plan de mise en vente, ses communes et ses consultations, et les cibles qui s'y accordent. Rend le nombre de logements. */
export async function fillVentes(appeler: Appeler): Promise<number> {
  const filtres = [
    { colonne: 'parc', valeurs: ['oui'] }, { colonne: 'construct', de: '1950', a: '2012' }, { colonne: 'dpeenergie', valeurs: ['A', 'B', 'C', 'D', 'E'] }, { colonne: 'qpv', valeurs: ['2'] }, { colonne: 'origine', valeurs: ['1'] }, { colonne: 'mode', valeurs: ['1', '2'] },
  ];
  const candidats: Candidat[] = [];
  for (let fini = false; !fini; ) {
    const { lignes, total } = await appeler('logements.page', { decalage: candidats.length, nombre: 1000, filtres });
    candidats.push(...lignes.map((l) => ({ identifiant: String(l['ident_int']), ensemble: String(l['code_ensemble']), commune: String(l['commune']), departement: String(l['departement']) })));
    fini = lignes.length === 0 || candidats.length >= total;
  }
  const { periode } = await appeler('ventes.resume', {});
  const plan = planDemonstration(candidats, periode);
  const { ajoutes } = await appeler('ventes.ajouter', { identifiants: plan.identifiants });
  await appeler('ventes.definir', { cases: plan.cases });
  await appeler('ventes.definirCommunes', { cases: communesDemonstration(plan.communes) });
  const { cle } = await appeler('ventes.ajouterGarant', { nature: 'groupement', nom: 'Groupement fictif garant' });
  await appeler('ventes.definirConsultation', { cases: [{ cle, colonne: 'communes', texte: plan.communes.slice(0, 2).join(', ') }] });
  const { lignes } = await appeler('ventes.consultations', {});
  await appeler('ventes.definirConsultation', { cases: consultationsDemonstration(lignes.map((c) => c.cle), champsDemonstration['calendrier/consultation-communes'] ?? '') });
  await accorderCibles(appeler, periode);
  return ajoutes;
}

/** Les cibles que le plan nourrit prennent ses nombres, département par département. */
async function accorderCibles(appeler: Appeler, periode: readonly number[]): Promise<void> {
  const { millesime: nom } = await appeler('dossier.info', {});
  const millesime = findMillesime(nom);
  const { indicateur } = millesime.ventes;
  const [premiere] = periode;
  if (indicateur === null || premiere === undefined) return;
  const { lignes: plan } = await appeler('ventes.page', { decalage: 0, nombre: 1000 });
  const { lignes } = await appeler('engagements.matrice', {});
  const cellules = lignes.filter((l) => l.indicateur === indicateur.code).flatMap((ligne) => {
    const dedans = plan.filter((v) => `dep-${v.departement}` === ligne.territoire);
    return ligne.cellules.flatMap(({ champ, horizon, denominateurPropose }) => {
      const compte = countHorizon(dedans, millesime.ventes, ligne.ventilation, anneesDe(horizon, millesime.horizons, premiere));
      if (compte === null) return [];
      return [{ champ, valeur: ligne.ventilation === indicateur.mises && denominateurPropose !== null ? `${compte.retenus}/${denominateurPropose.valeur}` : String(compte.retenus) }];
    });
  });
  if (cellules.length > 0) await appeler('engagements.definir', { cellules });
}

/**
 * Barèmes fictifs, et deux scénarios de politique des loyers. Le premier, retenu : des ensembles hors QPV au niveau PLAI,
 * et ce que la masse laisse réparti en QPV. Rend la masse du scénario retenu.
 */
export async function fillNpl(appeler: Appeler, repertoire: string): Promise<Sortie<'npl.jauge'>> {
  const { annee, irl, limites } = baremesDemonstration;
  const charger = async (nature: 'plafonds' | 'zones', nom: string, texte: string): Promise<void> => {
    const chemin = freeName(repertoire, nom);
    writeFileSync(chemin, `\ufeff${texte}`);
    await appeler('npl.importerBareme', { chemin, nature, source: SOURCE_FICTIVE });
  };
  const communes = Object.keys((await appeler('etat.lire', {})).communes);
  for (const zonage of ['123', 'ABC'] as const) await charger('zones', baremesDemonstration.nomZonage(zonage), baremesDemonstration.ecrireZonage(zonage, communes));
  await charger('plafonds', baremesDemonstration.nomPlafonds, baremesDemonstration.ecrirePlafonds());
  await appeler('npl.definirBaremes', { irl, limites });
  const { id } = await appeler('npl.creer', { nom: scenariosDemonstration.retenu, annee });
  const depart = await appeler('npl.lire', { scenario: id });
  const inconnus = [...new Set(depart.lignes.filter((l) => l.plafond === 'INCONNU').map((l) => l.ensemble))];
  if (inconnus.length > 0) await appeler('npl.definir', { scenario: id, choix: inconnus.map((ensemble) => ({ ensemble, inconnus: 'PLUS' as const })) });
  const { lignes } = await appeler('npl.lire', { scenario: id });
  const { baisses, hausses } = choisirEnsembles(lignes);
  await appeler('npl.aider', { scenario: id, aide: { nature: 'plafond', produit: 'PLAI' }, cibles: baisses, appliquer: true });
  const variante = await appeler('npl.creer', { nom: scenariosDemonstration.variante, annee, depuis: id });
  await appeler('npl.aider', { scenario: id, aide: { nature: 'repartir', selon: 'zone' }, cibles: hausses, appliquer: true });
  await appeler('npl.aider', { scenario: variante.id, aide: { nature: 'mixite', ...scenariosDemonstration.visee }, cibles: lignes.map(({ ensemble, plafond }) => ({ ensemble, plafond })), appliquer: true });
  await appeler('npl.retenir', { scenario: id });
  return appeler('npl.jauge', { scenario: id });
}

/** `nom`, ou `nom 2`, `nom 3`… : le premier qui n'est pas pris dans `repertoire`. */
export function freeName(repertoire: string, nom: string): string {
  const point = nom.lastIndexOf('.');
  const [base, extension] = point < 0 ? [nom, ''] : [nom.slice(0, point), nom.slice(point)];
  for (let n = 1; ; n += 1) {
    const chemin = join(repertoire, n === 1 ? nom : `${base} ${n}${extension}`);
    if (!existsSync(chemin)) return chemin;
  }
}
