import ical, { ICalAlarmType, ICalEventStatus } from 'ical-generator';
import type { EvenementEcrit } from '../../shared/domain/calendrier/exports.ts';

const JOUR = 86_400;
/** Rappel proposé par Atelier CUS, non réglementaire. */
const RAPPEL_JOURS = 14;

export type Agenda = {
  nom: string;
  /** Nomme le dossier dans l'identifiant des événements : les exporter de nouveau les met à jour, sans doublon. */
  dossier: string;
  /** Instant ISO : le même état au même instant donne les mêmes octets. */
  instant: string;
  /** Instant de la dernière modification du dossier. */
  modifie: string;
  evenements: readonly EvenementEcrit[];
};

/** Un agenda iCalendar (RFC 5545) : des jours entiers, avec un rappel ; ceux qui ont quitté le calendrier, annulés. */
export function writeAgenda({ nom, dossier, instant, modifie, evenements }: Agenda): string {
  // La bibliothèque protège les textes des événements, pas le nom de l'agenda (RFC 5545, 3.3.11).
  const calendrier = ical({ name: nom.replace(/[\\;,]/gu, '\\$&').replace(/\s+/gu, ' '), prodId: { company: 'Atelier CUS', product: 'Calendrier', language: 'FR' } });
  for (const e of evenements) {
    calendrier.createEvent({
      id: `${e.code}.${dossier}@atelier-cus`,
      stamp: new Date(instant),
      sequence: e.sequence,
      status: e.annuleLe === null ? null : ICalEventStatus.CANCELLED,
      lastModified: new Date(e.annuleLe ?? modifie),
      start: new Date(`${e.date}T00:00:00Z`),
      end: new Date(Date.parse(`${e.date}T00:00:00Z`) + JOUR * 1000),
      allDay: true,
      summary: e.titre,
      description: e.description,
      // Un texte, et non l'objet de la bibliothèque : elle écrirait une heure dans UNTIL, qu'un jour entier n'a pas.
      repeating: e.chaqueAnneeJusqua === null ? null : `FREQ=YEARLY;UNTIL=${e.chaqueAnneeJusqua.replaceAll('-', '')}`,
      alarms: e.annuleLe === null ? [{ type: ICalAlarmType.display, trigger: RAPPEL_JOURS * JOUR, description: e.titre }] : [],
    });
  }
  // Chaque ligne finit par CRLF, la dernière comprise (RFC 5545, 3.1) : la bibliothèque s'en passe.
  return `${calendrier.toString()}\r\n`;
}
