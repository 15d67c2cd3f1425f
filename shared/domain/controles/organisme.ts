import { addAnnees, isChevauchee, parseDate } from '../calendrier/dates.ts';
import { champsRemplacement, computeEcheances, type EcheanceLegale } from '../calendrier/echeances.ts';
import { formatDate } from '../nombres/format.ts';
import { parseValeurChamp } from '../organisme/champs.ts';
import { findChamp } from '../../millesimes/index.ts';
import type { EntreeControles, Releve } from './types.ts';

/** Champs d'identité et de calendrier : vides s'ils sont demandés, illisibles. */
export function checkChamps({ millesime, champs }: EntreeControles): Releve[] {
  const releves: Releve[] = [];
  for (const d of millesime.champs) {
    const texte = champs[d.champ] ?? '';
    if (texte.trim() === '') {
      if (d.siVide === null) continue;
      const code = d.champ === millesime.psp.champ ? 'psp-absent' : d.siVide === 'bloquant' ? 'champ-vide' : 'champ-a-completer';
      releves.push({ code, champ: d.champ, valeurs: { libelle: d.libelle }, article: d.article, etape: d.etape });
      continue;
    }
    const lu = parseValeurChamp(d, texte);
    if (!lu.ok) {
      releves.push({ code: 'champ-invalide', champ: d.champ, valeurs: { libelle: d.libelle, valeur: texte, raison: lu.raison }, article: d.article, etape: d.etape });
    }
  }
  return releves;
}

/** R445-2-2 : le plan date de moins de trois ans à la date d'effet (trois ans jour pour jour, c'est trop). */
export function checkPsp({ millesime, champs }: EntreeControles): Releve[] {
  const psp = parseDate(champs[millesime.psp.champ] ?? '');
  const effet = parseDate(champs['calendrier/date-effet'] ?? '');
  if (psp === null || effet === null) return [];
  const valeurs = { psp: formatDate(psp), effet: formatDate(effet) };
  if (psp > effet) return [{ code: 'psp-posterieur', champ: millesime.psp.champ, valeurs }];
  const perime = addAnnees(psp, millesime.psp.maxAnnees);
  return perime !== null && perime <= effet ? [{ code: 'psp-trop-ancien', champ: millesime.psp.champ, valeurs }] : [];
}

/** Dates qui se suivent : une délibération ne se transmet pas avant d'être prise. */
export function checkOrdres({ millesime, champs }: EntreeControles): Releve[] {
  const releves: Releve[] = [];
  for (const o of millesime.ordres) {
    const avant = parseDate(champs[o.avant] ?? '');
    const apres = parseDate(champs[o.apres] ?? '');
    if (avant === null || apres === null || avant <= apres) continue;
    releves.push({
      code: o.niveau === 'bloquant' ? 'dates-incoherentes' : 'dates-a-justifier',
      champ: o.apres,
      article: o.article,
      valeurs: {
        avant: findChamp(millesime, o.avant)?.libelle ?? o.avant,
        apres: findChamp(millesime, o.apres)?.libelle ?? o.apres,
        dateAvant: formatDate(avant),
        dateApres: formatDate(apres),
      },
    });
  }
  return releves;
}

/** L445-1 : une convention suit l'autre ; la prorogation de R445-2-10 ne va, elle, que jusqu'à la conclusion de la nouvelle. */
export function checkChevauchement({ champs }: EntreeControles): Releve[] {
  const effet = parseDate(champs['calendrier/date-effet'] ?? '');
  const terme = parseDate(champs['calendrier/echeance-precedente'] ?? '');
  if (effet === null || terme === null || !isChevauchee(effet, terme)) return [];
  return [{ code: 'effet-avant-terme', champ: 'calendrier/date-effet', valeurs: { effet: formatDate(effet), terme: formatDate(terme) } }];
}

function releveEcheance(e: EcheanceLegale): Releve[] {
  const releves: Releve[] = [];
  const date = formatDate(e.date ?? '');
  if (e.etat === 'en-retard' && e.controle === null) {
    const constat = e.realisee === null ? 'et ce n’est pas fait' : `${e.prevue ? 'prévu' : 'fait'} le ${formatDate(e.realisee)}`;
    const suite = e.consequence === null ? '' : ` ${e.consequence.texte} (${e.consequence.article})`;
    releves.push({ code: 'echeance-depassee', champ: e.champ, article: e.article, valeurs: { libelle: e.libelle, date, constat, suite } });
  }
  if (e.etat === 'trop-tot' && e.realisee !== null) {
    releves.push({ code: 'echeance-trop-tot', champ: e.champ, article: e.article, valeurs: { libelle: e.libelle, date, fait: formatDate(e.realisee) } });
  }
  if (e.remplacement !== null && e.remplacement.motif === '') {
    releves.push({ code: 'echeance-sans-motif', champ: champsRemplacement(e.code).motif, article: e.article, valeurs: { libelle: e.libelle, date } });
  }
  return releves;
}

export function checkEcheances({ millesime, champs, aujourdhui, constates, parc }: EntreeControles): Releve[] {
  return computeEcheances(millesime, champs, aujourdhui, constates, parc.logements).flatMap(releveEcheance);
}
