import type { Sortie } from '../../../shared/contract.ts';
import { compte } from '../tableau.ts';
import type { Verbe } from '../verbe.ts';

type Verdict = Sortie<'paquet.verifier'>;
const SORTIES = { signe: 0, 'non-signe': 0, modifie: 1, illisible: 2 } as const;
const QUOI = { change: 'changé', absent: 'absent', 'en-trop': 'en trop' } as const;

export const verbe: Verbe = {
  nom: 'verifier',
  resume: 'dit si un paquet est intègre, et par qui il est signé',
  arguments: [{ nom: 'PAQUET', aide: 'paquet .asice ou .zip, d’ici ou d’ailleurs' }],
  options: { autorites: { type: 'texte', valeur: 'CA.pem', aide: 'certificats des autorités reconnues' } },
  exemples: ['verifier CUS_782824114_2019_v01.asice', 'verifier recu.asice --autorites autorites.pem --json'],
  notes: 'Sortie 0 : signé ou non signé, intègre. 1 : modifié. 2 : illisible.',
  async run(appel) {
    const autorites = appel.fichier('autorites');
    const v = await appel.appeler('paquet.verifier', { chemin: appel.chemin(appel.argument(0)), ...(autorites === undefined ? {} : { autorites }) });
    const { verdict, signataires, fichiers, ecarts, raison } = v;
    const texte = describeVerdict(v);
    if (SORTIES[verdict] !== 0) appel.avertir(texte);
    return { json: { verdict, signataires, fichiers, ecarts, ...(raison === null ? {} : { raison }) }, texte: SORTIES[verdict] === 0 ? texte : `Verdict : ${verdict}`, sortie: SORTIES[verdict] };
  },
};

export function describeVerdict(v: Verdict): string {
  switch (v.verdict) {
    case 'signe':
      return v.signataires
        .map((s) => `Intègre et signé par ${s.nom}${s.date === null ? '' : ` le ${s.date}`} (${s.autorite === 'verifiee' ? 'autorité vérifiée' : 'autorité non vérifiée sur ce poste'}).`)
        .concat(`${compte(v.fichiers.length, 'fichier couvert', 'fichiers couverts')}.`)
        .join('\n');
    case 'non-signe':
      return `Intègre, non signé. ${compte(v.fichiers.length, 'fichier')}.`;
    case 'modifie':
      return ['Modifié : refusé.', ...(v.raison === null ? [] : [v.raison]), ...v.ecarts.map((e) => `  ${e.fichier} : ${QUOI[e.quoi]}`), 'Demander le fichier d’origine à son expéditeur.'].join('\n');
    case 'illisible':
      return `Illisible. ${v.raison ?? ''}\nVérifier qu’il s’agit bien du paquet reçu, entier.`;
  }
}
