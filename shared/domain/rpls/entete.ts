import { isSiret } from '../organisme/siren.ts';

/** La première ligne du fichier : l'organisme qui déclare (12 champs). */
export type Entete = {
  annee: number;
  raisonSociale: string;
  siret: string;
  /** SIREN du SIRET quand celui-ci est valide ; `null` sinon (quatorze zéros compris). */
  siren: string | null;
  /** Nombre de logements annoncé ; `null` s'il est absent ou illisible. */
  annonce: number | null;
  commentaire: string;
};

export const CHAMPS_ENTETE = 12;

/** `null` quand les champs ne sont pas ceux d'une première ligne de déclaration. */
export function parseEntete(champs: readonly string[]): Entete | null {
  const [annee = '', , raisonSociale = ''] = champs;
  if (champs.length !== CHAMPS_ENTETE || !/^[12]\d{3}$/.test(annee.trim())) return null;
  const siret = (champs[9] ?? '').replace(/\s/g, '');
  const annonce = (champs[10] ?? '').trim();
  return {
    annee: Number(annee),
    raisonSociale: raisonSociale.trim(),
    siret,
    siren: isSiret(siret) ? siret.slice(0, 9) : null,
    annonce: /^\d{1,9}$/.test(annonce) ? Number(annonce) : null,
    commentaire: (champs[11] ?? '').trim(),
  };
}

/** Commentaire des fichiers de lignes rejetées : à la relecture, ce qui n'y est pas n'a pas disparu. */
export const COMMENTAIRE_COMPLEMENT = 'COMPLEMENT : LIGNES CORRIGEES';

/** Vrai quand le fichier ne porte qu'une partie des logements, à ajouter au reste. */
export const isComplement = (entete: Entete): boolean => entete.commentaire.toUpperCase().startsWith(COMMENTAIRE_COMPLEMENT);
