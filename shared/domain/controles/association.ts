import { associees, retenues } from '../association/etape.ts';
import type { EtatAssociation } from '../association/etape.ts';
import type { Personne } from '../association/types.ts';
import { parseDate } from '../calendrier/dates.ts';
import { formatDate, formatEntier } from '../nombres/format.ts';
import { pluriel } from '../nombres/accord.ts';
import type { EntreeControles, Releve } from './types.ts';

const NOMMEES = 6;

/** « A, B et 12 autres » : un constat par règle, non par personne. */
function nommer(liste: readonly Personne[]): string {
  const noms = liste.slice(0, NOMMEES).map((p) => p.nom);
  const reste = liste.length - noms.length;
  if (reste > 0) return `${noms.join(', ')} et ${pluriel(reste, 'autre')}`;
  return noms.length < 2 ? noms.join('') : `${noms.slice(0, -1).join(', ')} et ${noms.at(-1) ?? ''}`;
}

/** `association/CODE` quand une seule est en cause, sinon la liste entière. */
const champDe = (liste: readonly Personne[]): string => (liste.length === 1 && liste[0] !== undefined ? `association/${liste[0].code}` : 'association');

const releve = (code: string, liste: readonly Personne[], valeurs: Record<string, string> = {}): Releve[] =>
  liste.length === 0 ? [] : [{ code, champ: champDe(liste), valeurs: { personnes: nommer(liste), nombre: formatEntier(liste.length), ...valeurs } }];

/** Un par personne : chacun a sa propre date, donc son propre motif. */
const chacune = (code: string, liste: readonly Personne[], valeurs: (p: Personne) => Record<string, string>): Releve[] =>
  liste.map((p) => ({ code, champ: `association/${p.code}`, valeurs: { personnes: p.nom, ...valeurs(p) } }));

const jour = (iso: string | null): string => (iso === null ? 'date inconnue' : formatDate(iso));

/** Ce que le texte demande de chaque transmission, quand au moins une est enregistrée : sinon le calendrier le dit seul. */
function checkTransmissions(etat: EtatAssociation, adopte: string | null, champ: (code: string) => string): Releve[] {
  const detaillee = (objet: string): boolean => etat.echanges.some((e) => e.objet === objet);
  const sansDate = (code: string): boolean => champ(code) === '';
  return [
    ...(detaillee('deliberation') ? releve('association-deliberation-manquante', retenues(etat).filter((p) => p.deliberationLe === null)) : []),
    ...(detaillee('elements') || (adopte !== null && sansDate('elements')) ? releve('association-elements-manquants', associees(etat).filter((p) => p.elementsLe === null)) : []),
    ...(adopte !== null && (detaillee('reunion') || sansDate('reunion')) ? releve('association-reunion-manquante', associees(etat).filter((p) => p.reunionLe === null)) : []),
    ...chacune('association-reunion-trop-tot', associees(etat).filter((p) => p.reunionTropTot), (p) => ({ reunion: jour(p.reunionLe), des: jour(p.reunionDes), elements: jour(p.elementsLe) })),
  ];
}

function checkSignataires(etat: EtatAssociation, { millesime, champs, aujourdhui }: EntreeControles): Releve[] {
  const { rattachement } = millesime.association;
  const office = rattachement.natures.includes(champs['organisme/nature'] ?? '');
  const aoh = etat.personnes.filter((p) => p.aoh && p.retenue);
  const passe = (p: Personne): boolean => p.limiteRenonciation !== null && p.limiteRenonciation < aujourdhui;
  return [
    // Sans personne publique, c'est le parc qui manque.
    ...(office && retenues(etat).length > 0 && !etat.personnes.some((p) => p.qualite?.code === 'rattachement') ? [{ code: 'association-rattachement-absent', champ: 'association' } satisfies Releve] : []),
    ...releve('association-aoh-sans-parc', aoh.filter((p) => p.part === null && p.qualite?.code !== 'rattachement')),
    ...chacune('association-parc-incoherent', aoh.filter((p) => p.parcSocial !== null && p.parcSocial < p.logements), (p) => ({ parcSocial: formatEntier(p.parcSocial ?? 0), logements: formatEntier(p.logements) })),
    ...releve('association-aoh-silence', aoh.filter((p) => p.qualite?.code === 'aoh' && p.accordLe === null && p.renonciationLe === null && passe(p))),
    ...chacune('association-renonciation-tardive', aoh.filter((p) => p.renonciationTardive), (p) => ({ date: jour(p.renonciationLe), limite: jour(p.limiteRenonciation) })),
    ...chacune('association-renonciation-rattachement', etat.personnes.filter((p) => p.qualite?.code === 'rattachement' && p.renonciationLe !== null), (p) => ({ date: jour(p.renonciationLe) })),
    ...chacune('association-demande-tardive', retenues(etat).filter((p) => p.demandeTardive), (p) => ({ date: jour(p.demandeLe), limite: jour(p.limiteDemande) })),
  ];
}

function checkConcertation({ reunions }: EtatAssociation, { millesime: { association: { concertation } } }: EntreeControles, adopte: string | null, dite: boolean): Releve[] {
  if (reunions.length === 0) return adopte !== null && !dite ? [{ code: 'concertation-absente', champ: 'concertation' }] : [];
  const couverts = new Set(reunions.flatMap((r) => r.objets));
  const manquent = concertation.objets.filter((o) => !couverts.has(o.code));
  return manquent.length === 0 ? [] : [{ code: 'concertation-objet', champ: 'concertation', valeurs: { objets: manquent.map((o) => `« ${o.libelle} »`).join(' et ') } }];
}

/** Association des personnes publiques et concertation locative (L445-1, R445-2-4, R445-2-5, R445-2-7, D445-1-1). */
export function checkAssociation(entree: EntreeControles): Releve[] {
  const { association: etat, champs, millesime } = entree;
  if (etat === undefined) return [];
  const { association: regle } = millesime;
  const adopte = parseDate(champs[regle.champs.adoption] ?? '');
  const champ = (code: string): string => champs[regle.objets.find((o) => o.code === code)?.champ ?? ''] ?? '';
  return [
    ...checkTransmissions(etat, adopte, champ),
    ...checkSignataires(etat, entree),
    ...releve('association-a-confirmer', etat.personnes.filter((p) => !p.certain && p.groupe !== 'etat')),
    ...checkConcertation(etat, entree, adopte, (champs[regle.champs.concertation] ?? '') !== ''),
  ];
}
