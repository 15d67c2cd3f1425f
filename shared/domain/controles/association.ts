import { associees, retenues } from '../association/etape.ts';
import type { EtatAssociation } from '../association/etape.ts';
import type { Personne } from '../association/types.ts';
import { parseDate } from '../calendrier/dates.ts';
import { formatDate, formatEntier } from '../nombres/format.ts';
import { pluriel } from '../nombres/accord.ts';
import { findChamp } from '../../millesimes/index.ts';
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

type Dates = {
  /** Date du calendrier, si elle est faite et qu'aucun échange ne détaille l'objet : elle vaut alors pour toutes. */
  calendrier(objet: string): string | null;
  detaillee(objet: string): boolean;
  /** Adoption, dépôt ou signature : l'association est derrière soi. */
  passee: boolean;
};

function readDates(etat: EtatAssociation, { millesime: { association: regle }, champs, constates, aujourdhui }: EntreeControles): Dates {
  // Une date à venir est une intention : rien n'est fait.
  const faite = (champ: string): string | null => {
    const date = parseDate(champs[champ] ?? '') ?? parseDate(constates[champ] ?? '');
    return date === null || date > aujourdhui ? null : date;
  };
  const detaillee = (objet: string): boolean => etat.echanges.some((e) => e.objet === objet);
  return {
    detaillee,
    calendrier: (objet) => (detaillee(objet) ? null : faite(regle.objets.find((o) => o.code === objet)?.champ ?? '')),
    passee: regle.champs.suites.some((c) => faite(c) !== null),
  };
}

/** Ce que le texte demande de chaque transmission, quand au moins une est enregistrée ou que l'étape est passée : sinon le calendrier le dit seul. */
function checkTransmissions(etat: EtatAssociation, { calendrier, detaillee, passee }: Dates): Releve[] {
  const siennes = associees(etat);
  const [elements, reunion] = [calendrier('elements'), calendrier('reunion')];
  const du = passee && elements === null;
  const tenue = (p: Personne): string | null => p.reunionLe ?? reunion;
  const recus = (p: Personne): string | null => p.elementsLe ?? elements;
  // Deux dates du calendrier : l'échéance elle-même le dit.
  const propre = (p: Personne): boolean => p.reunionLe !== null || p.elementsLe !== null;
  const tropTot = siennes.filter((p) => propre(p) && recus(p) !== null && p.reunionDes !== null && (tenue(p) ?? p.reunionDes) < p.reunionDes);
  return [
    ...(detaillee('deliberation') ? releve('association-deliberation-manquante', retenues(etat).filter((p) => p.deliberationLe === null)) : []),
    ...(detaillee('elements') || du ? releve('association-elements-manquants', siennes.filter((p) => recus(p) === null && tenue(p) === null)) : []),
    ...(passee ? releve('association-reunion-manquante', siennes.filter((p) => tenue(p) === null)) : []),
    ...releve('association-reunion-sans-elements', siennes.filter((p) => tenue(p) !== null && recus(p) === null)),
    ...chacune('association-reunion-trop-tot', tropTot, (p) => ({ reunion: jour(tenue(p)), des: jour(p.reunionDes), elements: jour(recus(p)), ecart: (tenue(p) ?? '') < (recus(p) ?? '') ? 'avant' : 'moins d’un mois après' })),
  ];
}

/** Ce qui est dit fait à une date qui n'est pas encore venue. */
function checkAVenir(etat: EtatAssociation, { millesime, champs, aujourdhui }: EntreeControles): Releve[] {
  const futurs = new Set(etat.echanges.filter((e) => e.date > aujourdhui).map((e) => e.personne));
  const seances = etat.reunions.filter((r) => r.date > aujourdhui);
  const prevus = millesime.association.champs.faits.flatMap((champ): Releve[] => {
    const date = parseDate(champs[champ] ?? '');
    if (date === null || date <= aujourdhui) return [];
    const definition = findChamp(millesime, champ);
    return [{ code: 'association-date-a-venir', champ, valeurs: { libelle: definition?.libelle ?? champ, date: formatDate(date) }, ...(definition === undefined ? {} : { article: definition.article }) }];
  });
  return [
    ...prevus,
    ...releve('echange-a-venir', etat.personnes.filter((p) => futurs.has(p.code))),
    ...(seances.length === 0 ? [] : [{ code: 'concertation-a-venir', champ: 'concertation', valeurs: { dates: seances.map((r) => formatDate(r.date)).join(', ') } }]),
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
    ...chacune('association-renonciation-sans-qualite', etat.personnes.filter((p) => p.renonciationLe !== null && !p.aoh && p.qualite?.code !== 'rattachement'), (p) => ({ date: jour(p.renonciationLe) })),
    ...chacune('association-renonciation-sans-date', aoh.filter((p) => p.renonciationLe !== null && p.limiteRenonciation === null && p.qualite?.code !== 'rattachement'), (p) => ({ date: jour(p.renonciationLe) })),
    ...chacune('association-demande-sans-date', retenues(etat).filter((p) => p.qualite?.code === 'demande' && p.limiteDemande === null), (p) => ({ date: jour(p.demandeLe) })),
    ...chacune('association-demande-tardive', retenues(etat).filter((p) => p.demandeTardive), (p) => ({ date: jour(p.demandeLe), limite: jour(p.limiteDemande) })),
  ];
}

function checkConcertation({ reunions }: EtatAssociation, { millesime: { association: { concertation, champs: noms } }, champs, aujourdhui }: EntreeControles, passee: boolean): Releve[] {
  if (reunions.length === 0) {
    const dite = parseDate(champs[noms.concertation] ?? '');
    return passee && (dite === null || dite > aujourdhui) ? [{ code: 'concertation-absente', champ: 'concertation' }] : [];
  }
  const couverts = new Set(reunions.flatMap((r) => r.objets));
  const manquent = concertation.objets.filter((o) => !couverts.has(o.code));
  return manquent.length === 0 ? [] : [{ code: 'concertation-objet', champ: 'concertation', valeurs: { objets: manquent.map((o) => `« ${o.libelle} »`).join(' et ') } }];
}

/** Association des personnes publiques et concertation locative (L445-1, R445-2-4, R445-2-5, R445-2-7, D445-1-1). */
export function checkAssociation(entree: EntreeControles): Releve[] {
  const { association: etat } = entree;
  if (etat === undefined) return [];
  const dates = readDates(etat, entree);
  return [
    ...checkTransmissions(etat, dates),
    ...checkSignataires(etat, entree),
    ...checkAVenir(etat, entree),
    ...releve('association-a-confirmer', etat.personnes.filter((p) => !p.certain && p.groupe !== 'etat')),
    ...checkConcertation(etat, entree, dates.passee),
  ];
}
