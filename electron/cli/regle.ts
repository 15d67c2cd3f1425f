import { CE_QUI_RESTE } from '../../shared/domain/ensembles/decisions.ts';
import { CRITERES, LIBELLES_CRITERES, PREREGLAGES, describeRegle, parseRegle, writeRegle } from '../../shared/domain/ensembles/regle.ts';
import type { Critere } from '../../shared/domain/ensembles/regle.ts';
import { invalide } from '../../shared/erreurs.ts';
import { compte, nombre } from './tableau.ts';
import type { Appel, Reponse } from './verbe.ts';

export const NOTES_REGLE = [
  'REGLE : un préréglage, ou des niveaux séparés par « , », chacun de critères joints par « + ». Un logement suit le premier niveau dont',
  'tous les critères sont renseignés ; ceux d’une même commune qui y ont les mêmes valeurs vont ensemble.',
  `  préréglages : ${PREREGLAGES.map((p) => `${p.cle} (${writeRegle(p.regle)})`).join(', ')}`,
  `  critères : ${CRITERES.map((c) => `${c} (${LIBELLES_CRITERES[c].champs})`).join(', ')}`,
  `Règles proposées par Atelier CUS, non réglementaires. ${CE_QUI_RESTE}`,
].join('\n');

/** Lit la règle du dossier, en essaie une autre, ou l'applique. */
export async function runRegle(appel: Appel, texte: string): Promise<Reponse> {
  if (texte === 'actuelle') {
    const { regle, texte: dit } = await appel.appeler('ensembles.regle', {});
    const essai = await appel.appeler('ensembles.essayerRegle', { regle });
    return { json: { regle: writeRegle(regle), niveaux: regle, texte: dit, essai }, texte: `Règle : ${dit}.` };
  }
  const lue = parseRegle(texte);
  if (lue === null) {
    throw invalide('regle-invalide', `« ${texte} » n’est pas une règle d’ensembles.`, `Donner un préréglage (${PREREGLAGES.map((p) => p.cle).join(', ')}) ou des niveaux de critères (${CRITERES.join(', ')}), comme « segment+programme,adresse ».`);
  }
  const regle: Critere[][] = lue.map((n) => [...n]);
  const fait = appel.drapeau('appliquer') ? await appel.appeler('ensembles.appliquerRegle', { regle }) : null;
  const essai = fait?.essai ?? (await appel.appeler('ensembles.essayerRegle', { regle }));
  const phrases = [
    `${fait === null ? 'Cette règle donnerait' : 'Cette règle donne'} ${compte(essai.ensembles, 'ensemble')} pour ${compte(essai.logements, 'logement')} : ${nombre(essai.moyenne, 1)} en moyenne, ${nombre(essai.maximum)} au plus, ${compte(essai.seuls, 'd’un seul logement', 'd’un seul logement')}.`,
    `Des ${compte(essai.actuels, 'ensemble')} d’avant, ${nombre(essai.changes)} ${fait === null ? 'changeraient' : 'ont changé'}, dont ${nombre(essai.disparus)} sans plus de logement ; ${compte(essai.nouveaux, 'nouveau', 'nouveaux')}.`,
    ...(essai.nomsGardesAPart.length > 0 ? [`Gardés à part, parce que nommés : ${essai.nomsGardesAPart.map((e) => e.nom).join(', ')}.`] : []),
    ...(fait === null ? ['Rien n’est changé ; --appliquer la change.'] : []),
  ];
  return { json: { regle: writeRegle(regle), niveaux: regle, texte: describeRegle(regle), applique: fait !== null, essai }, texte: phrases.join('\n') };
}
