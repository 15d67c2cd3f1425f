import type { Sortie } from '../../../shared/contract.ts';
import { compte } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

type Constats = Sortie<'controles.lister'>;
type Constat = Constats['bloquants'][number];

export const verbe: Verbe = {
  nom: 'controler',
  resume: 'fait tous les contrôles ; sortie 1 si le dépôt est bloqué',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {},
  exemples: ['controler convention.cus', 'controler convention.cus --json'],
  async run(appel) {
    await openDossierDe(appel);
    const constats = await appel.appeler('controles.lister', {});
    const courts = (l: Constat[]) => l.map(({ code, message, article, champ }) => ({ code, message, article, champ }));
    const { bloquants, aJustifier, informations } = constats;
    return {
      json: { bloquants: courts(bloquants), aJustifier: courts(aJustifier), informations: courts(informations) },
      texte: [section('Bloquants', bloquants), section('À justifier', aJustifier), section('Informations', informations), conclude(constats)].filter((s) => s !== '').join('\n\n'),
      sortie: bloquants.length > 0 ? 1 : 0,
    };
  },
};

function section(titre: string, constats: readonly Constat[]): string {
  if (constats.length === 0) return '';
  const lignes = constats.map((c) => {
    const lieu = [c.article, c.champ ?? ''].filter((t) => t !== '').join(' ; ');
    const justifie = c.justification === null ? '' : `\n    Justifié : ${c.justification}`;
    return `  ${c.message}${lieu === '' ? '' : ` [${lieu}]`}${justifie}`;
  });
  return [`${titre} (${constats.length})`, ...lignes].join('\n');
}

function conclude({ bloquants, aJustifier }: Constats): string {
  if (bloquants.length > 0) return `Le dépôt est bloqué : ${compte(bloquants.length, 'constat bloquant', 'constats bloquants')}.`;
  const reste = aJustifier.filter((c) => c.justification === null).length;
  return reste === 0 ? 'Rien ne bloque le dépôt.' : `Rien ne bloque le dépôt ; ${compte(reste, 'constat')} à justifier.`;
}
