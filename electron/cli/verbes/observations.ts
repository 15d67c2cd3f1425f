import type { Sortie } from '../../../shared/contract.ts';
import { AVIS, ETATS, NATURES } from '../../../shared/domain/observations/libelles.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

type Observation = Sortie<'observations.lister'>['observations'][number];

export const verbe: Verbe = {
  nom: 'observations',
  resume: 'montre les remarques de l’État, y répond, accepte une valeur proposée',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    repondre: { type: 'texte', valeur: 'ID', aide: 'répond à une observation, avec --texte' },
    texte: { type: 'texte', valeur: '"REPONSE"', aide: 'texte de la réponse' },
    accepter: { type: 'texte', valeur: 'ID', aide: 'donne au champ la valeur proposée' },
  },
  exemples: [
    'observations convention.cus',
    'observations convention.cus --repondre 3f2a9c1b7d04 --texte "Délibération jointe."',
    'observations convention.cus --accepter 3f2a9c1b7d04',
  ],
  async run(appel) {
    const change = readChange(appel);
    await openDossierDe(appel);
    await change();
    const { avis, observations } = await appel.appeler('observations.lister', {});
    return {
      json: {
        avis,
        observations: observations.map(({ id, champ, nature, etat, texte, valeurProposee, reponses }) => ({ id, champ, nature, etat, texte, valeurProposee, reponses })),
      },
      texte: [`Avis : ${avis === null ? 'aucun' : AVIS[avis].toLowerCase()}`, ...observations.map(describe)].join('\n\n'),
    };
  },
};

function readChange(appel: Appel): () => Promise<void> {
  const repondre = appel.texte('repondre');
  const accepter = appel.texte('accepter');
  const texte = appel.texte('texte');
  if (repondre !== undefined && accepter !== undefined) throw usage('Répondre et accepter sont deux commandes.');
  if ((repondre === undefined) !== (texte === undefined)) throw usage('Les options --repondre et --texte vont ensemble.');
  if (texte !== undefined && texte.trim() === '') throw usage('La réponse est vide.');
  return async () => {
    if (repondre !== undefined && texte !== undefined) await appel.appeler('observations.repondre', { id: repondre, texte });
    if (accepter !== undefined) await appel.appeler('observations.accepter', { id: accepter });
  };
}

const usage = (message: string) => invalide('usage', message, 'Voir « cus observations --aide ».');

function describe(o: Observation): string {
  return [
    `${o.id}  ${ETATS[o.etat].toLowerCase()}  ${NATURES[o.nature].toLowerCase()}  ${o.champ}`,
    `  ${o.libelleChamp}`,
    ...(o.texte === '' ? [] : [`  ${o.texte}`]),
    ...(o.valeurProposee === null ? [] : [`  Valeur proposée : ${o.valeurProposee} (aujourd’hui : ${o.valeurActuelle ?? 'vide'})`]),
    ...o.reponses.map((r) => `  → ${r.texte} (${r.auteur}, ${r.date.slice(0, 10)})`),
  ].join('\n');
}
