import type { CommuneNommee, EntreeControles, Releve } from './types.ts';

const SIEGE = 'organisme/siege/commune';
const SIREN = 'organisme/siren';
const COURRIEL = 'organisme/contact/courriel';

/** Ce que les champs d'identité disent d'improbable : SIREN, code de commune, adresse électronique. */
export function checkIdentite({ champs, communes, declarant = null }: EntreeControles): Releve[] {
  const releves: Releve[] = [];
  const siren = (champs[SIREN] ?? '').replace(/\s/gu, '');
  if (declarant !== null && siren !== '' && declarant.siren !== siren) {
    releves.push({ code: 'siren-autre-declaration', champ: SIREN, valeurs: { valeur: siren, declare: declarant.siren, fichier: declarant.fichier } });
  }
  const siege = (champs[SIEGE] ?? '').trim();
  if (siege !== '' && communes.trouver(siege)?.code !== siege) {
    releves.push({ code: 'commune-inconnue', champ: SIEGE, valeurs: { valeur: siege, proposition: proposer(siege, communes) } });
  }
  const courriel = (champs[COURRIEL] ?? '').trim();
  if (courriel !== '' && !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(courriel)) {
    releves.push({ code: 'courriel-sans-forme', champ: COURRIEL, valeurs: { valeur: courriel } });
  }
  return releves;
}

/** Ce qu'il faut taper : la commune d'aujourd'hui d'un code d'hier, ou celle du parc qui porte seule ce nom. */
function proposer(siege: string, { trouver, duParc }: EntreeControles['communes']): string {
  const actuelle = trouver(siege);
  if (actuelle !== null) return `Elle est aujourd’hui dans ${nommer(actuelle)} : taper ce code.`;
  const [seule, ...autres] = duParc.filter((c) => reduire(c.nom) === reduire(siege));
  if (seule !== undefined && autres.length === 0) return `Taper le code de la commune : ${seule.code} pour ${seule.nom}.`;
  return 'Taper le code de la commune, cinq caractères, par exemple 13055.';
}

const nommer = ({ code, nom }: CommuneNommee): string => `${nom} (${code})`;

/** Nom sans accents, majuscules ni tirets, pour reconnaître celui que quelqu'un a tapé. */
function reduire(nom: string): string {
  return nom.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, ' ').trim();
}
