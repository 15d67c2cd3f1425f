import type { Sortie } from '../../../shared/contract.ts';
import type { EtatAssociation } from '../../../shared/domain/association/etape.ts';
import { buildPersonnes } from '../../../shared/domain/association/personnes.ts';
import { computeEcheances } from '../../../shared/domain/calendrier/echeances.ts';
import { parseDate } from '../../../shared/domain/calendrier/dates.ts';
import { readOptions } from '../../../shared/domain/engagements/options.ts';
import type { ValeursChamps } from '../../../shared/domain/organisme/champs.ts';
import type { Millesime } from '../../../shared/millesimes/types.ts';
import { readEchanges } from '../../store/association/echanges.ts';
import { readActeurs, readReunions } from '../../store/association/concertation.ts';
import { readSaisies } from '../../store/association/personnes.ts';
import type { Base } from '../../store/base.ts';
import { readChamps } from '../../store/champs.ts';
import { readConstates } from '../constates.ts';
import { millesimeDe } from '../millesime.ts';
import { readTerritoires } from '../territoires.ts';
import type { TerritoiresDossier } from '../territoires.ts';
import { compterParc, readPresences } from './presents.ts';

export type Connus = { millesime: Millesime; champs: ValeursChamps; territoires: TerritoiresDossier };

/** Personnes, échanges et concertation du dossier au jour dit : écran, terminal, contrôles, documents et paquet les prennent ici. */
export function readAssociation(base: Base, aujourdhui: string, connus?: Connus): EtatAssociation {
  const { millesime, champs, territoires } = connus ?? { millesime: millesimeDe(base), champs: Object.fromEntries(readChamps(base)), territoires: readTerritoires(base) };
  const echanges = readEchanges(base);
  const personnes = buildPersonnes({
    millesime,
    aujourdhui,
    natureOrganisme: champs['organisme/nature'] ?? '',
    rattachement: champs[millesime.association.rattachement.champ] ?? '',
    presences: readPresences(base, millesime, territoires, readOptions(millesime, champs).territoiresPs1),
    logementsDe: compterParc(millesime, territoires),
    saisies: readSaisies(base),
    echanges,
    echeances: computeEcheances(millesime, champs, aujourdhui, readConstates(base), territoires.stockDe('organisme').parc),
  });
  return { personnes, echanges, acteurs: readActeurs(base), reunions: readReunions(base) };
}

const ORDRE = ['etat', 'signataire', 'associee', 'a-confirmer', 'ecartee'];

export function readVue(base: Base, aujourdhui: string): Sortie<'associes.lire'> {
  const millesime = millesimeDe(base);
  const champs = Object.fromEntries(readChamps(base));
  const { association: regle } = millesime;
  const etat = readAssociation(base, aujourdhui);
  const natures = new Map(regle.natures.map((n) => [n.nature, n]));
  const calendrier = Object.fromEntries(regle.objets.flatMap((o) => {
    const date = o.champ === null ? null : parseDate(champs[o.champ] ?? '');
    return date === null ? [] : [[o.code, date]];
  }));
  const objets = new Map(regle.objets.map((o) => [o.code, o]));
  const qualites = new Map(regle.concertation.acteurs.map((a) => [a.code, a.libelle]));
  const ecarts = regle.objets.flatMap(({ code, champ, libelle }) => {
    const derniere = etat.echanges.filter((e) => e.objet === code).at(-1)?.date;
    if (champ === null || derniere === undefined) return [];
    const dit = calendrier[code] ?? null;
    return dit === derniere ? [] : [{ champ, libelle, calendrier: dit, enregistree: derniere }];
  });
  return {
    personnes: etat.personnes
      .map((p) => ({ ...p, libelleNature: natures.get(p.nature)?.libelle ?? p.nature, natureCourte: natures.get(p.nature)?.court ?? p.nature, aohPossible: regle.aoh.natures.includes(p.nature) }))
      .sort((a, b) => ORDRE.indexOf(a.groupe) - ORDRE.indexOf(b.groupe) || b.logements - a.logements || (a.nom < b.nom ? -1 : 1)),
    echanges: etat.echanges.map((e) => ({ ...e, libelle: objets.get(e.objet)?.libelle ?? e.objet, sens: objets.get(e.objet)?.sens ?? 'envoi', article: objets.get(e.objet)?.article ?? '' })),
    concertation: {
      acteurs: etat.acteurs.map((a) => ({ ...a, libelleQualite: qualites.get(a.qualite) ?? a.qualite })),
      reunions: etat.reunions.map((r) => ({ ...r, objets: [...r.objets] })),
      bilan: champs[regle.champs.bilan] ?? '',
    },
    objets: regle.objets.map((o) => ({ ...o, avec: [...o.avec] })),
    acteurs: [...regle.concertation.acteurs],
    objetsConcertation: [...regle.concertation.objets],
    texteConcertation: regle.concertation.texte,
    articleConcertation: regle.concertation.article,
    texteAoh: regle.aoh.texte,
    calendrier,
    ecarts,
  };
}
