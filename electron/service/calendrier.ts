import { extname, resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { buildAgenda } from '../../shared/domain/calendrier/agenda.ts';
import { parseDate } from '../../shared/domain/calendrier/dates.ts';
import { followExports } from '../../shared/domain/calendrier/exports.ts';
import { champsRemplacement, computeEcheances } from '../../shared/domain/calendrier/echeances.ts';
import type { EcheanceLegale } from '../../shared/domain/calendrier/echeances.ts';
import { invalide } from '../../shared/erreurs.ts';
import { keepAgendaExporte, readAgendaExporte } from '../store/agenda.ts';
import type { Base } from '../store/base.ts';
import { readChamp, readChamps } from '../store/champs.ts';
import { lastChange, lastRang, premiereEmpreinte } from '../store/journal-lecture.ts';
import { readConstates } from './constates.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import { millesimeDe } from './millesime.ts';
import { readTerritoires } from './territoires.ts';
import { echeancesVentes } from './ventes/echeances.ts';

type Calendrier = { echeances: EcheanceLegale[]; obligations: Sortie<'calendrier.lire'>['obligations'] };

function readCalendrier(base: Base, aujourdhui: string): Calendrier {
  const millesime = millesimeDe(base);
  const champs = Object.fromEntries(readChamps(base));
  return {
    echeances: [...computeEcheances(millesime, champs, aujourdhui, readConstates(base), readTerritoires(base).stockDe('organisme').parc), ...echeancesVentes(base, aujourdhui)],
    obligations: millesime.obligations.map(({ code, libelle, article, aide }) => {
      const champDate = champsRemplacement(code).date;
      return { code, libelle, article, aide, date: parseDate(champs[champDate] ?? ''), champDate };
    }),
  };
}

const jourDe = (contexte: Contexte): string => contexte.maintenant().toISOString().slice(0, 10);

async function exporter(contexte: Contexte, destination: string): Promise<Sortie<'calendrier.exporter'>> {
  const chemin = resolve(destination);
  if (extname(chemin).toLowerCase() !== '.ics') throw invalide('format-inconnu', `« ${destination} » ne finit pas par .ics.`, 'Donner un nom de fichier en .ics.');
  const { base, lectureSeule } = contexte.dossier();
  const { echeances, obligations } = readCalendrier(base, jourDe(contexte));
  const terme = echeances.find((e) => e.code === 'fin')?.date ?? null;
  const { writeAgenda } = await import('../documents/agenda.ts');
  const nom = `Convention d’utilité sociale, ${readChamp(base, 'organisme/nom') ?? ''}`;
  const dossier = (premiereEmpreinte(base) ?? readChamp(base, 'organisme/siren') ?? 'dossier').slice(0, 24);
  const instant = contexte.maintenant().toISOString();
  const ecrits = followExports(buildAgenda(echeances, obligations, terme), readAgendaExporte(base), lastRang(base), instant);
  await writeFichier(contexte, chemin, writeAgenda({ nom, dossier, instant, modifie: lastChange(base) ?? instant, evenements: ecrits }));
  if (!lectureSeule) keepAgendaExporte(base, ecrits);
  const annules = ecrits.filter((e) => e.annuleLe !== null).length;
  return { chemin, evenements: ecrits.length - annules, annules, sansDate: echeances.filter((e) => e.date === null).map(({ libelle, depuis, libelleDepuis }) => ({ libelle, champ: depuis, libelleDepuis })) };
}

export const handlers = {
  'calendrier.lire': (contexte) => {
    const { echeances, obligations } = readCalendrier(contexte.dossier().base, jourDe(contexte));
    return {
      echeances: echeances.map(({ controle: _, ...e }) => {
        const noms = champsRemplacement(e.code);
        return { ...e, champDate: noms.date, champMotif: noms.motif };
      }),
      obligations,
    };
  },
  'calendrier.exporter': (contexte, { destination }) => exporter(contexte, destination),
} satisfies Partial<Handlers>;
