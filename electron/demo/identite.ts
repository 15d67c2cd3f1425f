import { hasard } from './hasard.ts';

/** Bailleur fictif : aucun organisme réel n'est visé ; le SIREN n'a que la clé de juste. */
export type Identite = {
  siren: string;
  /** Valide, ou quatorze zéros. */
  siret: string;
  raisonSociale: string;
};

function avecCle(debut: string): string {
  for (let cle = 0; cle < 10; cle++) {
    const code = `${debut}${cle}`;
    let somme = 0;
    for (let i = 0; i < code.length; i++) {
      const chiffre = Number(code[code.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
      somme += chiffre > 9 ? chiffre - 9 : chiffre;
    }
    if (somme % 10 === 0) return code;
  }
  throw new Error('clé introuvable');
}

/** SIREN fictif en 913…, de clé valide, propre à la graine. */
export function sirenFictif(graine: number): string {
  return avecCle(`913${String(hasard(graine, 913).entier(0, 99_999)).padStart(5, '0')}`);
}

export function identiteFictive(graine: number, siren: string | undefined, siret: 'valide' | 'zeros', raisonSociale: string | undefined): Identite {
  const s = siren ?? sirenFictif(graine);
  return {
    siren: s,
    siret: siret === 'zeros' ? '0'.repeat(14) : avecCle(`${s}0001`),
    raisonSociale: raisonSociale ?? `OFFICE FICTIF DE L'HABITAT N° ${graine}`,
  };
}
