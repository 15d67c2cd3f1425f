import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Nature } from '../../shared/contract.ts';
import type { Entree, Operation, Sortie } from '../../shared/contract.ts';
import { associationDemonstration, bailleurDemonstration, champsDemonstration, ecrireFichier, notesServiceRendu, valeursDemonstration } from '../demo/index.ts';

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

/** `nom`, ou `nom 2`, `nom 3`… : le premier qui n'est pas pris dans `repertoire`. */
export function freeName(repertoire: string, nom: string): string {
  const point = nom.lastIndexOf('.');
  const [base, extension] = point < 0 ? [nom, ''] : [nom.slice(0, point), nom.slice(point)];
  for (let n = 1; ; n += 1) {
    const chemin = join(repertoire, n === 1 ? nom : `${base} ${n}${extension}`);
    if (!existsSync(chemin)) return chemin;
  }
}
