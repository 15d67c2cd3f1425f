import { composeSaisie, parseSaisie } from '../../shared/domain/nombres/saisie.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';

/** Ce qu'une ligne du fichier écrirait dans un champ : une cible, un commentaire, une référence. */
export type EcritureLigne = { ligne: number; champ: string; valeur: string };

/** `1 250` et `1250` ne se contredisent pas ; un texte illisible n'est que lui-même. */
function sensDe({ champ, valeur }: EcritureLigne): string {
  const lue = champ.endsWith('#commentaire') ? null : parseSaisie(valeur, { pointDecimal: true });
  return lue?.ok === true ? (composeSaisie(lue.saisie) ?? valeur) : valeur;
}

/**
 * Les champs auxquels un fichier donne des valeurs différentes, et la phrase qui les nomme toutes avec leurs lignes :
 * choisir l'une d'elles serait deviner un engagement. La même valeur deux fois ne se contredit pas.
 */
export function findContradictions(ecritures: readonly EcritureLigne[]): Map<string, { raison: string; lignes: ReadonlySet<number> }> {
  const parChamp = new Map<string, Map<string, EcritureLigne[]>>();
  for (const e of ecritures) {
    const sens = parChamp.get(e.champ) ?? new Map<string, EcritureLigne[]>();
    sens.set(sensDe(e), [...(sens.get(sensDe(e)) ?? []), e]);
    parChamp.set(e.champ, sens);
  }
  return new Map([...parChamp].filter(([, sens]) => sens.size > 1).map(([champ, sens]) => {
    const groupes = [...sens.values()].map((g) => `« ${g[0]?.valeur ?? ''} » ${g.length > 1 ? 'lignes' : 'ligne'} ${g.map((e) => e.ligne).join(', ')}`);
    const quoi = champ.endsWith('#commentaire') ? 'Le commentaire de cette case' : champ.startsWith('reference/') ? 'La référence de cette rangée' : 'Cette case';
    return [champ, {
      raison: `${quoi} reçoit ${pluriel(sens.size, 'valeur différente', 'valeurs différentes')} : ${groupes.join(' ; ')}. Aucune n’est gardée : n’en laisser qu’une dans le fichier.`,
      lignes: new Set([...sens.values()].flat().map((e) => e.ligne)),
    }];
  }));
}

/** `la cible « 10/100 » (ligne 2), la référence « 900 » (lignes 2, 3)` ; vide si rien n'est gardé. */
export function direGardees(ecritures: readonly EcritureLigne[]): string {
  const dites = new Map<string, number[]>();
  for (const { champ, valeur, ligne } of ecritures) {
    const quoi = `${champ.endsWith('#commentaire') ? 'le commentaire' : champ.startsWith('reference/') ? 'la référence' : 'la cible'} « ${valeur} »`;
    dites.set(quoi, [...(dites.get(quoi) ?? []), ligne]);
  }
  return [...dites].map(([quoi, lignes]) => `${quoi} (${lignes.length > 1 ? 'lignes' : 'ligne'} ${lignes.join(', ')})`).join(', ');
}
