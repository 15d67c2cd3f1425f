import type { NaturePersonne, Saisie } from '../../../shared/domain/association/types.ts';
import type { Base } from '../base.ts';
import type { QuiQuand } from '../champs.ts';
import { openJournal } from '../journal.ts';

type Ligne = {
  code: string; nom: string; nature: NaturePersonne; territoire: string | null; retenue: number | null; motif: string; rattachement: number; aoh: number;
  parcSocial: number | null; parcSource: string; contact: string; orientations: string;
};

const LIRE = 'SELECT code, nom, nature, territoire, retenue, motif, rattachement, aoh, parc_social AS parcSocial, parc_source AS parcSource, contact, orientations FROM association_personne';

const lire = (l: Ligne): Saisie => ({ ...l, retenue: l.retenue === null ? null : l.retenue === 1, rattachement: l.rattachement === 1, aoh: l.aoh === 1 });

/** Ce que l'organisme a décidé ou saisi des personnes publiques, par code. */
export const readSaisies = (base: Base): Saisie[] => base.prepare<[], Ligne>(`${LIRE} ORDER BY code`).all().map(lire);

/** Nom stable de ce qui se saisit d'une personne publique. */
export const champPersonne = (code: string, quoi: string): string => `association/${code}/${quoi}`;

const LIBELLE_DECISION = { oui: 'retenue', non: 'écartée' } as const;

/** Chaque chose saisie, telle que le journal la dit ; vide : rien. */
const dire = (s: Saisie | null): Record<string, string> => ({
  decision: s === null || s.retenue === null ? '' : [s.retenue ? LIBELLE_DECISION.oui : LIBELLE_DECISION.non, s.motif].filter((t) => t !== '').join(' : '),
  rattachement: s?.rattachement === true ? 'oui' : '',
  aoh: s?.aoh === true ? 'oui' : '',
  'parc-social': s === null || s.parcSocial === null ? '' : [String(s.parcSocial), s.parcSource].filter((t) => t !== '').join(' ; '),
  contact: s?.contact ?? '',
  orientations: s?.orientations ?? '',
});

/** Écrit une personne et une ligne de journal par chose changée ; vrai si quelque chose a changé. Dans l'opération de l'appelant. */
export function writeSaisie(base: Base, avant: Saisie | null, apres: Saisie, par: QuiQuand & { operation: number }): void {
  const bit = (b: boolean | null): number | null => (b === null ? null : b ? 1 : 0);
  base
    .prepare(
      `INSERT INTO association_personne (code, nom, nature, territoire, retenue, motif, rattachement, aoh, parc_social, parc_source, contact, orientations)
       VALUES (@code, @nom, @nature, @territoire, @retenue, @motif, @rattachement, @aoh, @parcSocial, @parcSource, @contact, @orientations)
       ON CONFLICT (code) DO UPDATE SET nom = excluded.nom, nature = excluded.nature, territoire = excluded.territoire, retenue = excluded.retenue, motif = excluded.motif,
         rattachement = excluded.rattachement, aoh = excluded.aoh, parc_social = excluded.parc_social, parc_source = excluded.parc_source,
         contact = excluded.contact, orientations = excluded.orientations`,
    )
    .run({ ...apres, retenue: bit(apres.retenue), rattachement: bit(apres.rattachement), aoh: bit(apres.aoh) });
  const [a, b] = [dire(avant), dire(apres)];
  const inscrire = openJournal(base);
  for (const quoi of Object.keys(b)) {
    if ((a[quoi] ?? '') === b[quoi]) continue;
    inscrire({ ...par, champ: champPersonne(apres.code, quoi), avant: a[quoi] === '' ? null : (a[quoi] ?? null), apres: b[quoi] === '' ? null : (b[quoi] ?? null) });
  }
}
