import type { Delai, Millesime } from '../../millesimes/types.ts';
import { addJours, addMois } from '../calendrier/dates.ts';
import type { EcheanceLegale } from '../calendrier/echeances.ts';
import { computePart } from './part.ts';
import type { Echange, Groupe, Personne, Presence, Saisie } from './types.ts';

export type EntreePersonnes = {
  millesime: Millesime;
  aujourdhui: string;
  natureOrganisme: string;
  /** Texte du champ « rattachement ». */
  rattachement: string;
  presences: readonly Presence[];
  /** Logements du parc sur un territoire, qu'il soit proposé ou non. */
  logementsDe: (territoire: string) => number;
  saisies: readonly Saisie[];
  echanges: readonly Echange[];
  echeances: readonly EcheanceLegale[];
};

const RIEN: Omit<Saisie, 'code' | 'nom' | 'nature' | 'territoire'> = {
  retenue: null, motif: '', rattachement: false, aoh: false, parcSocial: null, parcSource: '', contact: '', orientations: '',
};
const ABSENTE = 'Donnée à la main ; aucun logement du parc n’est sur son territoire.';
const DONNEE = 'Donnée à la main ; des logements du parc sont sur son territoire.';
export const ETAT_SIGNATAIRE = 'etat-signataire';
export const ETAT_DESTINATAIRE = 'etat-destinataire';

const net = (t: string): string => t.normalize('NFD').replace(/[\u0300-\u036f]/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, ' ').trim();

/** Fin d'un délai compté d'une date propre à une personne. */
function fin(delai: Delai | undefined, depart: string): string | null {
  if (delai === undefined) return null;
  const mois = addMois(depart, delai.duree.mois);
  return mois === null ? null : addJours(mois, delai.duree.jours ?? 0);
}

/** L'État d'abord : celui qui signe, celui à qui le projet est adressé ; un seul quand c'est le même. */
function personnesEtat({ millesime: { etat } }: EntreePersonnes): Presence[] {
  const de = (code: string, nom: string): Presence => ({ code, nom, nature: 'etat', logements: 0, propose: true, certain: true, motif: '', article: etat.article });
  const signataire = { ...de(ETAT_SIGNATAIRE, etat.signataire), motif: 'Signe la convention au nom de l’État.' };
  return etat.signataire === etat.destinataire ? [signataire] : [signataire, { ...de(ETAT_DESTINATAIRE, etat.destinataire), motif: 'Reçoit le projet de convention.' }];
}

/**
 * Les personnes publiques : celles que le parc désigne et celles que l'organisme a ajoutées, avec la qualité
 * en laquelle chacune signe (L445-1), et ses délais. Ce que l'organisme a décidé l'emporte toujours.
 */
export function buildPersonnes(entree: EntreePersonnes): Personne[] {
  const saisies = new Map(entree.saisies.map((s) => [s.code, s]));
  const presences = [...personnesEtat(entree), ...entree.presences];
  const connues = new Set(presences.map((p) => p.code));
  const rattachement = net(entree.rattachement);
  const choisie = entree.saisies.some((s) => s.rattachement);
  const nomme = (nom: string): boolean => rattachement !== '' && [net(nom), net(nom.replace(/\([^)]*\)/gu, ''))].includes(rattachement);
  const toutes = [
    ...presences.map((p) => ({ presence: p, saisie: saisies.get(p.code) ?? { ...RIEN, code: p.code, nom: p.nom, nature: p.nature, territoire: p.nature === 'etat' ? null : p.code }, presente: p.nature !== 'etat' })),
    // Une décision, un contact ou un chiffre saisis restent, même quand le parc n'y est plus.
    ...entree.saisies.filter((s) => !connues.has(s.code)).map((s) => {
      const logements = s.territoire === null ? 0 : entree.logementsDe(s.territoire);
      return {
        presence: { code: s.code, nom: s.nom, nature: s.nature, logements, propose: false, certain: true, motif: logements > 0 ? DONNEE : ABSENTE, article: 'L445-1' } satisfies Presence,
        saisie: s,
        presente: false,
      };
    }),
  ];
  // Un nom que plusieurs portent n'en désigne aucune.
  const seul = toutes.filter(({ presence }) => nomme(presence.nom)).length === 1;
  return toutes.map(({ presence, saisie, presente }) => {
    const parNom = !choisie && seul && nomme(presence.nom);
    return buildPersonne(entree, presence, { ...saisie, nom: presente ? presence.nom : saisie.nom }, presente, parNom);
  });
}

function buildPersonne(entree: EntreePersonnes, p: Presence, s: Saisie, presente: boolean, parNom: boolean): Personne {
  const { millesime, aujourdhui } = entree;
  const { association: regle, delais } = millesime;
  const premiere = (objet: string): string | null => entree.echanges.filter((e) => e.personne === p.code && e.objet === objet).map((e) => e.date).toSorted()[0] ?? null;
  const [deliberationLe, elementsLe, reunionLe] = [premiere('deliberation'), premiere('elements'), premiere('reunion')];
  const [demandeLe, renonciationLe, accordLe] = [premiere('demande-signature'), premiere('renonciation'), premiere('accord')];
  const limite = (code: string, depart: string | null): string | null =>
    depart === null ? (entree.echeances.find((e) => e.code === code)?.date ?? null) : fin(delais.find((d) => d.code === code), depart);
  const personne = p.nature !== 'etat';
  const limiteDemande = personne ? limite(regle.demande.delai, deliberationLe) : null;
  const limiteRenonciation = s.aoh ? limite(regle.aoh.renonciation.delai, deliberationLe) : null;
  const reunionDes = personne ? limite(regle.reunion, elementsLe) : null;
  const rattachee = regle.rattachement.natures.includes(entree.natureOrganisme) && (s.rattachement || parNom);
  const part = s.aoh && s.parcSocial !== null ? computePart(p.logements, s.parcSocial, regle.aoh.part) : null;
  const retenue = s.retenue ?? (p.propose || rattachee);
  // Passé le délai, renoncer n'a plus d'effet (D445-1-1) : elle reste signataire, et le constat le dit.
  const renonce = renonciationLe !== null && (limiteRenonciation === null || renonciationLe <= limiteRenonciation);
  const qualite = qualiteDe(entree, { rattachee, certainRattachement: s.rattachement, atteinte: part?.atteinte === true && !renonce, demandeLe });
  const groupe: Groupe = !personne ? 'etat' : !retenue ? (p.certain || s.retenue === false ? 'ecartee' : 'a-confirmer') : qualite !== null ? 'signataire' : 'associee';
  const prochaines = [
    { libelle: 'Fin du délai pour demander à signer', date: retenue && qualite === null ? limiteDemande : null },
    { libelle: 'Fin du délai pour renoncer à signer', date: retenue && qualite?.code === 'aoh' ? limiteRenonciation : null },
    { libelle: 'Réunion possible à partir de', date: retenue && reunionLe === null ? reunionDes : null },
  ].flatMap((x) => (x.date !== null && x.date >= aujourdhui ? [{ libelle: x.libelle, date: x.date }] : []));
  const note = [...regle.exclusions.filter((x) => x.territoire === p.code).map((x) => x.texte), ...regle.aConfirmer.filter((x) => x.territoires.includes(p.code)).map((x) => x.texte)];
  return {
    ...s,
    retenue,
    logements: p.logements,
    presente,
    propose: p.propose,
    certain: s.retenue !== null || p.certain,
    pourquoi: [p.motif, ...note].filter((t) => t !== '').join(' '),
    article: p.article,
    decidee: s.retenue !== null,
    groupe,
    qualite: personne && retenue ? qualite : null,
    part,
    deliberationLe, elementsLe, reunionLe, demandeLe, renonciationLe, accordLe, limiteDemande, limiteRenonciation, reunionDes,
    demandeTardive: demandeLe !== null && limiteDemande !== null && demandeLe > limiteDemande,
    renonciationTardive: renonciationLe !== null && limiteRenonciation !== null && renonciationLe > limiteRenonciation,
    // Sans transmission détaillée, celle du calendrier vaut pour toutes.
    reunionTropTot: reunionLe !== null && reunionDes !== null && reunionLe < reunionDes && (elementsLe !== null || !entree.echanges.some((e) => e.objet === 'elements')),
    prochaine: prochaines.toSorted((a, b) => (a.date < b.date ? -1 : 1))[0] ?? null,
  };
}

/** Le rattachement d'abord : son établissement ne peut pas renoncer (D445-1-1). */
function qualiteDe(
  { millesime: { association: regle } }: EntreePersonnes,
  { rattachee, certainRattachement, atteinte, demandeLe }: { rattachee: boolean; certainRattachement: boolean; atteinte: boolean; demandeLe: string | null },
): Personne['qualite'] {
  const dire = (code: 'rattachement' | 'aoh' | 'demande', certain: boolean): Personne['qualite'] => {
    const { libelle, article, texte } = regle[code];
    return { code, libelle, article, texte, certain };
  };
  if (rattachee) return dire('rattachement', certainRattachement);
  if (atteinte) return dire('aoh', true);
  return demandeLe === null ? null : dire('demande', true);
}
