import type { Entree, Sortie } from '../../../shared/contract.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

type Vue = Sortie<'associes.lire'>;
type Fait = { json: Record<string, unknown>; texte: string };

export const verbe: Verbe = {
  nom: 'concertation',
  resume: 'la concertation locative : participants, séances, bilan (R445-2-7)',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    participant: { type: 'texte', valeur: 'NOM', aide: 'ajoute une association ou un administrateur, avec --qualite' },
    qualite: { type: 'texte', valeur: 'CODE', aide: 'sa qualité ; les codes sont dans la liste' },
    affiliation: { type: 'texte', valeur: 'TEXTE', aide: 'organisation nationale à laquelle l’association est affiliée' },
    note: { type: 'texte', valeur: 'TEXTE', aide: 'note sur le participant' },
    seance: { type: 'texte', valeur: 'DATE', aide: 'ajoute une séance tenue, avec --objet' },
    objet: { type: 'texte', valeur: 'CODE', repetable: true, aide: 'ce sur quoi elle a porté ; répétable ; les codes sont dans la liste' },
    presents: { type: 'texte', valeur: 'TEXTE', aide: 'qui y était' },
    texte: { type: 'texte', valeur: 'TEXTE', aide: 'compte rendu de la séance' },
    bilan: { type: 'texte', valeur: 'TEXTE', aide: 'bilan de la concertation, annexé à la convention (R445-2) ; vide : l’efface' },
    modifier: { type: 'texte', valeur: 'LIGNE', aide: 'change la ligne nommée (participant/3, seance/2) au lieu d’en ajouter une' },
    retirer: { type: 'texte', valeur: 'LIGNE', aide: 'retire la ligne nommée' },
  },
  exemples: [
    'concertation convention.cus',
    'concertation convention.cus --participant "Association des locataires" --qualite association-10',
    'concertation convention.cus --seance 2026-02-10 --objet service-rendu --objet gestion-sociale --presents "Trois élus"',
    'concertation convention.cus --modifier participant/1 --affiliation "Confédération"',
    'concertation convention.cus --bilan "Deux séances, un suivi demandé."',
  ],
  notes: 'Une seule action à la fois. Sans action, la liste. Une séance se note une fois tenue ; une date prévue se saisit au calendrier (« definir », calendrier/concertation-locative).',
  async run(appel) {
    const action = lireAction(appel);
    await openDossierDe(appel);
    const fait = action === null ? { json: {}, texte: '' } : await action();
    const vue = await appel.appeler('associes.lire', {});
    return { json: { ...fait.json, ...vue.concertation, qualites: vue.acteurs, objets: vue.objetsConcertation }, texte: fait.texte === '' ? dire(vue) : fait.texte };
  },
};

/** L'action demandée, vérifiée avant d'ouvrir le dossier ; `null` : montrer la liste. */
function lireAction(appel: Appel): (() => Promise<Fait>) | null {
  const ligne = lireLigne(appel);
  const bilan = appel.texte('bilan');
  const acteur = champsActeur(appel, ligne?.genre === 'participant');
  const seance = champsSeance(appel, ligne?.genre === 'seance');
  const demandes = [bilan !== undefined, acteur !== null, seance !== null].filter(Boolean).length;
  const change = demandes > 0;
  if (demandes > 1 || (ligne?.retirer === true && change)) throw invalide('usage', 'Plusieurs actions sont demandées à la fois.', 'En donner une seule par commande.');
  if (ligne !== null && !ligne.retirer && (bilan !== undefined || !change)) throw invalide('usage', '« --modifier » demande ce qui change sur cette ligne.', 'Ajouter par exemple --affiliation, --note, --objet ou --texte.');
  if (ligne !== null && ((acteur !== null && ligne.genre === 'seance') || (seance !== null && ligne.genre === 'participant'))) {
    throw invalide('usage', 'Ces options ne sont pas celles de la ligne à modifier.', 'Donner celles d’un participant, ou celles d’une séance.');
  }
  const repere = ligne === null ? {} : { id: ligne.id, retirer: ligne.retirer };
  const mot = ligne === null ? 'ajouté' : ligne.retirer ? 'retiré' : 'modifié';
  if (bilan !== undefined) {
    return async () => {
      const { enregistreA } = await appel.appeler('champs.definir', { champ: 'concertation/bilan', valeur: bilan });
      return { json: { enregistreA }, texte: bilan.trim() === '' ? 'Bilan effacé.' : 'Bilan enregistré.' };
    };
  }
  if (acteur !== null || (ligne?.retirer === true && ligne.genre === 'participant')) {
    return async () => {
      const { id, operation } = await appel.appeler('concertation.acteur', { ...acteur, ...repere });
      return { json: { ligne: `participant/${id}`, operation }, texte: `Participant ${mot} : participant/${id}` };
    };
  }
  if (seance !== null || ligne !== null) {
    return async () => {
      const { id, operation } = await appel.appeler('concertation.reunion', { ...seance, ...repere });
      return { json: { ligne: `seance/${id}`, operation }, texte: `Séance ${mot}e : seance/${id}` };
    };
  }
  return null;
}

type Ligne = { genre: 'participant' | 'seance'; id: number; retirer: boolean };

function lireLigne(appel: Appel): Ligne | null {
  const [modifier, retirer] = [appel.texte('modifier'), appel.texte('retirer')];
  if (modifier !== undefined && retirer !== undefined) throw invalide('usage', '« --modifier » et « --retirer » ne vont pas ensemble.', 'En donner une seule.');
  const nom = modifier ?? retirer;
  if (nom === undefined) return null;
  const lue = /^(participant|seance)\/([1-9]\d{0,8})$/u.exec(nom);
  if (lue === null) throw invalide('usage', `« ${nom} » ne nomme pas une ligne de la concertation.`, 'Écrire par exemple participant/3 ou seance/2, tel que la liste le donne.');
  return { genre: lue[1] === 'seance' ? 'seance' : 'participant', id: Number(lue[2]), retirer: retirer !== undefined };
}

function champsActeur(appel: Appel, change: boolean): Omit<Entree<'concertation.acteur'>, 'id' | 'retirer'> | null {
  const [nom, qualite, affiliation, note] = ['participant', 'qualite', 'affiliation', 'note'].map((o) => appel.texte(o));
  if ([nom, qualite, affiliation, note].every((v) => v === undefined)) return null;
  if (!change && (nom === undefined || qualite === undefined)) throw invalide('usage', 'Un participant s’ajoute avec son nom et sa qualité.', 'Donner --participant NOM et --qualite CODE, ou --modifier participant/N.');
  return { ...(nom === undefined ? {} : { nom }), ...(qualite === undefined ? {} : { qualite }), ...(affiliation === undefined ? {} : { affiliation }), ...(note === undefined ? {} : { note }) };
}

function champsSeance(appel: Appel, change: boolean): Omit<Entree<'concertation.reunion'>, 'id' | 'retirer'> | null {
  const objets = appel.textes('objet');
  const [date, participants, texte] = ['seance', 'presents', 'texte'].map((o) => appel.texte(o));
  if (objets.length === 0 && [date, participants, texte].every((v) => v === undefined)) return null;
  if (!change && date === undefined) throw invalide('usage', 'Une séance s’ajoute avec sa date.', 'Donner --seance DATE, ou --modifier seance/N.');
  return { ...(date === undefined ? {} : { date }), ...(objets.length === 0 ? {} : { objets }), ...(participants === undefined ? {} : { participants }), ...(texte === undefined ? {} : { texte }) };
}

function dire({ concertation: { acteurs, reunions, bilan }, acteurs: qualites, objetsConcertation: objets, texteConcertation, articleConcertation }: Vue): string {
  const libelles = new Map(objets.map((o) => [o.code, o.libelle]));
  return [
    `${texteConcertation} (${articleConcertation})`,
    '',
    acteurs.length === 0
      ? 'Aucun participant.'
      : tableau([{ titre: 'Ligne', valeur: (a) => `participant/${a.id}` }, { titre: 'Nom', valeur: (a) => a.nom }, { titre: 'Qualité', valeur: (a) => a.libelleQualite }, { titre: 'Affiliation', valeur: (a) => a.affiliation }, { titre: 'Note', valeur: (a) => a.note }], acteurs),
    '',
    reunions.length === 0
      ? 'Aucune séance.'
      : tableau([{ titre: 'Ligne', valeur: (r) => `seance/${r.id}` }, { titre: 'Date', valeur: (r) => formatDate(r.date) }, { titre: 'Objet', valeur: (r) => r.objets.map((o) => libelles.get(o) ?? o).join(', ') }, { titre: 'Présents', valeur: (r) => r.participants }, { titre: 'Compte rendu', valeur: (r) => r.texte }], reunions),
    '',
    bilan === '' ? 'Aucun bilan.' : `Bilan : ${bilan}`,
    '',
    `Qualités : ${qualites.map((q) => `${q.code} (${q.libelle})`).join(' ; ')}.`,
    `Objets : ${objets.map((o) => `${o.code} (${o.libelle})`).join(' ; ')}.`,
  ].join('\n');
}
