import type { EvenementEcrit, EvenementExporte } from '../../shared/domain/calendrier/exports.ts';
import type { Base } from './base.ts';
import { writeHors } from './version.ts';

/** Événements que le dossier a déjà écrits dans un agenda, annulés compris. */
export function readAgendaExporte(base: Base): EvenementExporte[] {
  return base
    .prepare<[], EvenementExporte>('SELECT code, titre, date, jusqua AS chaqueAnneeJusqua, sequence, annule_le AS annuleLe FROM agenda_exporte ORDER BY date, code')
    .all();
}

/** Retient ce qui vient d'être écrit. Le fichier est parti : aucune opération ne l'annule, et rien de ce que le dossier donne à lire ne change. */
export function keepAgendaExporte(base: Base, evenements: readonly EvenementEcrit[]): void {
  const garder = base.prepare(
    `INSERT INTO agenda_exporte (code, titre, date, jusqua, sequence, annule_le) VALUES (@code, @titre, @date, @chaqueAnneeJusqua, @sequence, @annuleLe)
     ON CONFLICT (code) DO UPDATE SET titre = excluded.titre, date = excluded.date, jusqua = excluded.jusqua, sequence = excluded.sequence, annule_le = excluded.annule_le`,
  );
  writeHors(base, 'lecture', () =>
    base
      .transaction(() => {
        for (const { code, titre, date, chaqueAnneeJusqua, sequence, annuleLe } of evenements) garder.run({ code, titre, date, chaqueAnneeJusqua, sequence, annuleLe });
      })
      .immediate(),
  );
}
