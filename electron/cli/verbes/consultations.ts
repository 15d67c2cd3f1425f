import type { Sortie } from '../../../shared/contract.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { refuserNonLues } from '../options.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

type Consultation = Sortie<'ventes.consultations'>['lignes'][number];

/** Options qui remplissent une colonne de la consultation. */
const COLONNES = ['envoyee', 'recue', 'reponse', 'repondue', 'echeance', 'motif', 'adresse', 'communes', 'logements', 'nom', 'note'] as const;
const QUALITES = { commune: 'commune', collectivite: 'collectivité', groupement: 'groupement' } as const;

export const verbe: Verbe = {
  nom: 'consultations',
  resume: 'les consultations sur le plan de mise en vente : lettres, envois, réceptions, avis, garants (L445-1)',
  arguments: [{ nom: 'D.cus', aide: 'le dossier' }],
  options: {
    cle: { type: 'texte', valeur: 'CLÉ', repetable: true, aide: 'la consultation concernée : code Insee d’une commune du plan, ou garant-1 ; répétable' },
    envoyee: { type: 'texte', valeur: 'DATE', aide: 'jour d’envoi de la lettre ; vide (--envoyee "") efface, comme pour toutes ces options' },
    recue: { type: 'texte', valeur: 'DATE', aide: 'jour où le maire a reçu la consultation : les deux mois en courent' },
    reponse: { type: 'texte', valeur: 'AVIS', choix: ['favorable', 'defavorable', 'reserves', 'aucune'], aide: 'l’avis reçu' },
    repondue: { type: 'texte', valeur: 'DATE', aide: 'date de l’avis' },
    echeance: { type: 'texte', valeur: 'DATE', aide: 'date limite retenue à la place de la calculée, avec --motif ; jamais avant la fin du délai d’une commune' },
    motif: { type: 'texte', valeur: 'TEXTE', aide: 'pourquoi cette date' },
    adresse: { type: 'texte', valeur: 'TEXTE', aide: 'adresse de la lettre' },
    note: { type: 'texte', valeur: 'TEXTE', aide: 'reste dans le dossier' },
    ajouter: { type: 'texte', valeur: 'NOM', aide: 'ajoute une collectivité qui a financé ou garanti, avec --communes ou --logements' },
    nature: { type: 'texte', valeur: 'collectivite|groupement', choix: ['collectivite', 'groupement'], aide: 'sa qualité ; collectivite par défaut' },
    communes: { type: 'texte', valeur: 'CODES', aide: 'communes où elle a financé ou garanti : 13055,13001' },
    logements: { type: 'texte', valeur: 'IDENTIFIANTS', aide: 'logements du plan qu’elle a financés ou garantis, séparés par des points-virgules ou des virgules' },
    nom: { type: 'texte', valeur: 'NOM', aide: 'nouveau nom d’un garant' },
    retirer: { type: 'texte', valeur: 'CLÉ', aide: 'retire un garant' },
    courriers: { type: 'texte', valeur: 'RÉPERTOIRE', aide: 'écrit les lettres (DOCX) : toutes, ou celles de --cle' },
  },
  exemples: [
    'consultations convention.cus',
    'consultations convention.cus --courriers lettres --cle 13055',
    'consultations convention.cus --cle 13055 --cle 13001 --envoyee 15/01/2026 --recue 19/01/2026',
    'consultations convention.cus --cle 13055 --reponse favorable --repondue 02/03/2026',
    'consultations convention.cus --ajouter "Département des Bouches-du-Rhône" --communes 13055,13001 --json',
    'consultations convention.cus --retirer garant-1',
  ],
  notes: 'Une seule action à la fois. Les communes à consulter se lisent du plan ; sans action, la liste, avec le dernier jour de chaque délai. Une valeur illisible est refusée, et rien n’est changé.',
  async run(appel) {
    const action = lireAction(appel);
    await openDossierDe(appel);
    const fait = await action();
    const { lignes, ecartes, ecartesDits } = await appel.appeler('ventes.consultations', {});
    return { json: { ...fait.json, consultations: lignes, ecartes }, texte: fait.texte === '' ? dire(lignes, ecartesDits) : fait.texte };
  },
};

type Fait = { json: Record<string, unknown>; texte: string };
const cleDe = (donnee: string): string => (/^(?:commune|garant)-/u.test(donnee) ? donnee : `commune-${donnee.toUpperCase()}`);

/** L'action demandée, vérifiée avant d'ouvrir le dossier. */
function lireAction(appel: Appel): () => Promise<Fait> {
  const cles = appel.textes('cle').map(cleDe);
  const [ajouter, retirer, courriers] = [appel.texte('ajouter'), appel.texte('retirer'), appel.fichier('courriers')];
  const cases = COLONNES.flatMap((colonne): { colonne: string; texte: string }[] => {
    const texte = appel.texte(colonne);
    return texte === undefined ? [] : [{ colonne, texte }];
  });
  const nature = appel.texte('nature') === 'groupement' ? 'groupement' : 'collectivite';
  if (retirer !== undefined) refuserNonLues(appel, verbe.options, 'retirer', []);
  if (courriers !== undefined) refuserNonLues(appel, verbe.options, 'courriers', ['cle']);
  if (ajouter !== undefined) refuserNonLues(appel, verbe.options, 'ajouter', ['nature', ...COLONNES.filter((c) => c !== 'nom')]);
  if (ajouter !== undefined) {
    if (ajouter.trim() === '') throw invalide('usage', 'Le nom de la collectivité est vide.', 'Donner --ajouter "NOM".');
    return async () => {
      const r = await appel.appeler('ventes.ajouterGarant', { nature, nom: ajouter, cases });
      return { json: { ajoutee: r.cle, operation: r.operation }, texte: `Ajoutée : ${r.cle}` };
    };
  }
  if (retirer !== undefined) {
    return async () => {
      const r = await appel.appeler('ventes.retirerGarant', { cle: retirer });
      return { json: { retiree: retirer, operation: r.operation }, texte: `Retirée : ${retirer}` };
    };
  }
  if (courriers !== undefined) return () => ecrireLettres(appel, courriers, cles);
  if (appel.texte('nature') !== undefined) cases.push({ colonne: 'nature', texte: nature });
  if (cases.length > 0 && cles.length === 0) throw invalide('usage', 'Il manque la consultation à remplir.', 'Ajouter --cle CLÉ : un code Insee de commune du plan, ou garant-1.');
  if (cles.length > 0 && cases.length === 0) throw invalide('usage', '« --cle » ne dit pas ce qui change.', 'Ajouter ce qui est à noter (--envoyee, --reponse…), ou --courriers.');
  if (cases.length > 0) return () => definir(appel, cles, cases);
  return () => Promise.resolve({ json: {}, texte: '' });
}

async function definir(appel: Appel, cles: readonly string[], cases: readonly { colonne: string; texte: string }[]): Promise<Fait> {
  const r = await appel.appeler('ventes.definirConsultation', { cases: cles.flatMap((cle) => cases.map((c) => ({ cle, ...c }))) });
  const [refusee] = r.refusees;
  if (refusee !== undefined) throw invalide(refusee.code ?? 'valeur-illisible', `${refusee.cible}, ${refusee.colonne} : ${refusee.message}`, 'Corriger la valeur ; rien n’a été changé.');
  return { json: { operation: r.operation, changees: r.changees }, texte: r.operation === null ? 'Rien à changer.' : `${r.libelle} : ${compte(r.changees, 'case changée', 'cases changées')}.` };
}

/** Écrit les lettres, et dit quels logements et quels consultés n'en ont pas. */
export async function ecrireLettres(appel: Appel, repertoire: string, cles: readonly string[] = []): Promise<Fait> {
  const r = await appel.appeler('ventes.courriers', { repertoire, ...(cles.length === 0 ? {} : { cles: [...cles] }) });
  if (r.ecartesDits !== '') appel.avertir(`Dans aucune lettre : ${r.ecartesDits}.`);
  for (const nom of r.sansLogement) appel.avertir(`Pas de lettre pour ${nom} : aucun logement du plan ne lui correspond.`);
  return { json: { courriers: r }, texte: `${compte(r.fichiers.length, 'lettre écrite', 'lettres écrites')} dans ${r.repertoire}.` };
}

function dire(lignes: readonly Consultation[], sans: string): string {
  const jour = (d: string | null): string => (d === null ? '' : formatDate(d));
  if (lignes.length === 0) return sans === '' ? 'Aucune consultation : le plan de mise en vente est vide.' : `Aucune consultation : ${sans}.`;
  return [
    tableau(
      [
        { titre: 'Clé', valeur: (c: Consultation) => c.cle },
        { titre: 'Consulté', valeur: (c) => `${c.nom} (${QUALITES[c.nature]})` },
        { titre: 'Logements', valeur: (c) => nombre(c.logements), droite: true },
        { titre: 'Envoyée', valeur: (c) => jour(c.envoyee) },
        { titre: 'Reçue', valeur: (c) => jour(c.recue) },
        { titre: 'Délai jusqu’au', valeur: (c) => `${jour(c.limite)}${c.limite === null ? '' : c.limite === c.echeance ? ` (retenu, ${c.motif === '' ? 'sans motif' : c.motif}${c.calculee === null ? '' : ` ; calculé : ${jour(c.calculee)}`})` : c.delaiLegal ? '' : ' (proposé)'}` },
        { titre: 'Avis', valeur: (c) => `${c.libelleEtat}${c.tardif ? ' (réponse tardive)' : ''}${c.aVerifier.length > 0 ? ' (à vérifier)' : ''}` },
      ],
      lignes,
    ),
    ...lignes.flatMap((c) => c.aVerifier.map((t) => `À vérifier, ${c.nom} : ${t}`)),
    ...(sans === '' ? [] : [`Sans consultation : ${sans}.`]),
  ].join('\n');
}
