import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { createDossierFictif, fillAssociation, fillAttributions, fillChamps, fillEngagements, fillNpl, fillOccupation, fillScenarios, fillServiceRendu, fillVentes, importParc } from '../../service/demonstration-etapes.ts';
import { ensureRepertoire } from '../../service/repertoires.ts';
import { nomProgramme } from '../environnement.ts';
import { aucunOu, compte, euros, nombre } from '../tableau.ts';
import type { Appel, Reponse, Verbe } from '../verbe.ts';
import { describeVerdict } from './verifier.ts';

const MOT_DE_PASSE = 'demonstration';
const SIGNATAIRE = 'Direction générale (certificat d’essai)';

export const verbe: Verbe = {
  nom: 'demo',
  resume: 'fait toute la chaîne sur un bailleur fictif, du fichier RPLS au paquet signé et retour',
  arguments: [{ nom: 'REPERTOIRE', aide: 'où laisser le dossier, le paquet et le certificat' }],
  options: {},
  exemples: ['demo essai', 'demo essai --json --maintenant 2026-03-01T09:00:00Z'],
  notes: 'Rien n’est remplacé : si le répertoire n’est pas vide, la démonstration va dans un sous-répertoire numéroté.',
  async run(appel) {
    const { repertoire, retirer } = await chooseRepertoire(appel.chemin(appel.argument(0)));
    try {
      return await runChaine(appel, repertoire);
    } catch (e) {
      retirer();
      throw e;
    }
  },
};

async function runChaine(appel: Appel, repertoire: string): Promise<Reponse> {
  const { etapes, etape } = stopwatch(appel);
  appel.dire(`Démonstration dans ${repertoire}`);
  const fichiers = {
    dossier: join(repertoire, 'habitat-du-littoral.cus'), p12: join(repertoire, 'certificat.p12'),
    motDePasse: join(repertoire, 'mot-de-passe.txt'), avis: join(repertoire, 'avis-rempli.xlsx'),
  };
  await etape('Création du dossier', () => createDossierFictif(appel.appeler, fichiers.dossier), (d) => `${d.organisme.nom}, SIREN ${d.organisme.siren}, période ${d.periode}`);
  await etape('Organisme et calendrier', () => fillChamps(appel.appeler), (n) => compte(n, 'champ'));
  await etape('Import de la déclaration RPLS', () => importParc(appel.appeler, repertoire), ({ resultat: r }) => `${compte(r.lignes, 'ligne')}, ${compte(r.acceptees, 'acceptée')}, ${compte(r.rejetees, 'rejetée')}`);
  await etape('État des lieux', () => appel.appeler('etat.lire', {}), (e) => `${compte(e.logements, 'logement')}, dont ${nombre(e.qpv)} en QPV, dans ${compte(Object.keys(e.communes).length, 'commune')}`);
  await etape('Ensembles immobiliers', () => appel.appeler('ensembles.lister', {}), (e) => compte(e.ensembles.length, 'ensemble'));
  await etape('Occupation sociale', () => fillOccupation(appel.appeler, repertoire), (r) => `${compte(r.lignes, 'ligne')}, ${compte(r.acceptees, 'acceptée')}, ${compte(r.rejetees, 'rejetée')}`);
  await etape('Service rendu', () => fillServiceRendu(appel.appeler), (s) => `${nombre(s.notes)} sur ${compte(s.ensembles, 'ensemble noté', 'ensembles notés')}`);
  await etape('Loyers', () => appel.appeler('loyers.lire', { par: 'organisme', surface: 'SH' }), describeLoyers);
  await etape('Attributions', () => fillAttributions(appel.appeler, repertoire), (r) => `${compte(r.lignes, 'ligne')}, ${compte(r.acceptees, 'acceptée')}, ${compte(r.rejetees, 'rejetée')}`);
  await etape('Engagements', () => fillEngagements(appel.appeler), (e) => `${compte(e.renseignes, 'cible')} sur ${compte(e.attendus, 'attendue')}`);
  await etape('Plan de mise en vente', () => fillVentes(appel.appeler), (n) => compte(n, 'logement'));
  await etape('Politique des loyers', () => fillNpl(appel.appeler, repertoire), describeNpl);
  await etape('Scénarios de cibles', () => fillScenarios(appel.appeler), (l) => l.map((s) => `${s.nom} : ${compte(s.differences, 'différence')}`).join(' ; '));
  await etape('Association et concertation', () => fillAssociation(appel.appeler), (a) => `${compte(a.personnes, 'personne publique', 'personnes publiques')}, ${compte(a.echanges, 'échange')}`);
  await etape('Contrôles', () => appel.appeler('controles.lister', {}), (c) => `${aucunOu(c.bloquants.length, 'aucun constat bloquant', 'constat bloquant', 'constats bloquants')}, ${nombre(c.aJustifier.length)} à justifier, ${compte(c.informations.length, 'information')}`);
  const { certificat } = await etape('Certificat d’essai', () => createCertificat(appel, fichiers), (c) => `${c.description.nom}, ${c.description.algorithme}, autosigné`);
  const signature = { p12: fichiers.p12, motDePasse: MOT_DE_PASSE };
  const deposer = () => appel.appeler('depot.deposer', { repertoire, ...signature });
  const verifier = (chemin: string) => appel.appeler('paquet.verifier', { chemin, autorites: certificat });
  const v1 = await etape('Dépôt v1, signé', deposer, describeDepot);
  await etape('Vérification du paquet', () => verifier(v1.paquet), describeVerdict);
  await etape('Remarques de l’instructeur (avis.xlsx)', () => annotate(appel, v1.paquet, fichiers.avis), (a) => compte(a.observations, 'remarque'));
  await etape('Lecture du Retour', () => appel.appeler('retour.lire', { chemin: fichiers.avis }), (r) => compte(r.nouvelles, 'observation nouvelle', 'observations nouvelles'));
  await etape('Réponses, valeur proposée acceptée', () => answer(appel), ([repondues, acceptees]) => `${compte(repondues, 'réponse')}, ${compte(acceptees, 'valeur acceptée', 'valeurs acceptées')}`);
  const v2 = await etape('Dépôt v2, signé', deposer, describeDepot);
  await etape('Modifications de v1 à v2', () => appel.appeler('modifications.lister', { de: v1.version, a: v2.version }), (m) => m.modifications.map((x) => `${x.libelle} : ${x.avant ?? 'vide'} → ${x.apres ?? 'vide'}`).join(' ; '));
  const verdict = await etape('Vérification du paquet v2', () => verifier(v2.paquet), describeVerdict);
  return {
    json: { etapes, dossier: fichiers.dossier, paquet: v2.paquet, certificat, verdict: verdict.verdict },
    texte: conclude(fichiers.dossier, v2.paquet, certificat),
    sortie: verdict.verdict === 'signe' ? 0 : 1,
  };
}

/**
 * Le répertoire, créé au besoin ; s'il contient déjà quelque chose, un sous-répertoire numéroté.
 * `retirer` enlève ce qui a été créé et est resté vide.
 */
async function chooseRepertoire(demande: string): Promise<{ repertoire: string; retirer: () => void }> {
  for (let n = 1; ; n += 1) {
    const repertoire = n === 1 ? demande : join(demande, `essai-${n}`);
    let retirer: () => void;
    try {
      retirer = ensureRepertoire(repertoire);
    } catch (e) {
      if (e instanceof Error && 'code' in e && e.code === 'EEXIST') throw invalide('pas-un-repertoire', `« ${repertoire} » n’est pas un répertoire.`, 'Donner un répertoire.');
      throw e;
    }
    if ((await readdir(repertoire)).length === 0) return { repertoire, retirer };
  }
}

function stopwatch(appel: Appel) {
  const etapes: { nom: string; dureeMs: number }[] = [];
  async function etape<T>(nom: string, faire: () => Promise<T>, dire: (resultat: T) => string): Promise<T> {
    const debut = performance.now();
    const resultat = await faire();
    const dureeMs = Math.round(performance.now() - debut);
    etapes.push({ nom, dureeMs });
    appel.dire(`${String(etapes.length).padStart(2)}. ${nom} (${nombre(dureeMs)} ms)\n    ${dire(resultat).replaceAll('\n', '\n    ')}`);
    return resultat;
  }
  return { etapes, etape };
}

function createCertificat(appel: Appel, { p12, motDePasse }: { p12: string; motDePasse: string }): Promise<Sortie<'certificat.creer'>> {
  writeFileSync(motDePasse, `${MOT_DE_PASSE}\n`, { mode: 0o600 });
  return appel.appeler('certificat.creer', { destination: p12, nom: SIGNATAIRE, motDePasse: MOT_DE_PASSE });
}

/** Des remarques comme l'État en fait : à compléter, proposition de valeur, question, avis favorable. */
async function annotate(appel: Appel, paquet: string, sortie: string): Promise<Sortie<'paquet.annoter'>> {
  const { champs } = await appel.appeler('paquet.lire', { chemin: paquet });
  const gestion = champs.findLast((c) => c.champ.startsWith('engagement/G-1/')) ?? champs.at(-1);
  const sociale = champs.find((c) => c.champ.startsWith('engagement/PS-2/')) ?? champs.at(-1);
  return appel.appeler('paquet.annoter', {
    paquet,
    sortie,
    avis: 'reserve',
    auteur: 'Instruction fictive, DDTM',
    observations: [
      { champ: 'organisme/contact/telephone', nature: 'a-completer', texte: 'Indiquer un numéro de téléphone.' },
      { champ: 'organisme/siege/adresse', nature: 'favorable', texte: '' },
      ...(sociale === undefined ? [] : [{ champ: sociale.champ, nature: 'question' as const, texte: 'Comment cette cible a-t-elle été répartie entre les territoires ?' }]),
      ...(gestion === undefined ? [] : [{ champ: gestion.champ, nature: 'proposition' as const, texte: 'Un peu moins que prévu paraît possible.', valeurProposee: '1400' }]),
    ],
  });
}

/** Accepte chaque valeur proposée, répond au reste. Rend combien de réponses et combien d'acceptations. */
async function answer(appel: Appel): Promise<[number, number]> {
  const { observations } = await appel.appeler('observations.lister', {});
  let [repondues, acceptees] = [0, 0];
  await appel.appeler('champs.definir', { champ: 'organisme/contact/telephone', valeur: '01 99 00 00 00' });
  for (const { id, etat, nature, valeurProposee } of observations) {
    if (etat !== 'ouverte') continue;
    if (nature === 'proposition' && valeurProposee !== null) {
      await appel.appeler('observations.accepter', { id });
      acceptees += 1;
    } else {
      await appel.appeler('observations.repondre', { id, texte: nature === 'a-completer' ? 'Numéro ajouté.' : 'À proportion du parc de chaque territoire.' });
      repondues += 1;
    }
  }
  return [repondues, acceptees];
}

const describeLoyers = ({ lignes: [l] }: Sortie<'loyers.lire'>): string =>
  l === undefined ? 'aucun loyer' : `${nombre(l.loyerM2, 2)} €/m² en moyenne sur ${compte(l.loues, 'logement compté', 'logements comptés')}, ${euros(l.loyerMensuel)} par mois`;

const describeNpl = (j: Sortie<'npl.jauge'>): string => `Scénario « ${j.scenario.nom} » (${j.scenario.annee}) : masse maximale ${euros(j.avant)} par mois avant, ${euros(j.apres)} après, ${j.respectee ? 'respectée' : 'DÉPASSÉE'} ; barèmes fictifs`;

const describeDepot = (d: Sortie<'depot.deposer'>): string => `${d.paquet}\nEmpreinte ${d.empreinte}`;

function conclude(dossier: string, paquet: string, certificat: string): string {
  return [
    '',
    `Dossier     ${dossier}`,
    `Paquet      ${paquet}`,
    `Certificat  ${certificat}`,
    '',
    'Vérifier la signature sans Atelier CUS :',
    '',
    ...commandesOpenssl(paquet, certificat).map((c) => `  ${c}`),
    '',
    'Poursuivre :',
    '',
    `  ${nomProgramme(process.env)} etat ${quote(dossier)}`,
    `  ${nomProgramme(process.env)} observations ${quote(dossier)}`,
  ].join('\n');
}

/** Les commandes qui vérifient la signature d'un paquet avec openssl seul. */
function commandesOpenssl(paquet: string, certificat: string): string[] {
  return [
    `unzip -p ${quote(paquet)} META-INF/ASiCManifest.xml > manifeste.xml`,
    `unzip -p ${quote(paquet)} META-INF/signature.p7s > signature.p7s`,
    `openssl cms -verify -cades -binary -inform DER -in signature.p7s -content manifeste.xml -CAfile ${quote(certificat)} -purpose any -out /dev/null`,
  ];
}

const quote = (chemin: string): string => (/^[\w/.-]+$/u.test(chemin) ? chemin : `'${chemin.replaceAll("'", `'\\''`)}'`);
