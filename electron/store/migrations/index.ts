import { migration as dossier } from './0001-dossier.ts';
import { migration as corrections } from './0002-corrections.ts';
import { migration as ensembles } from './0003-ensembles.ts';
import { migration as qpv } from './0004-qpv.ts';
import { migration as occupation } from './0005-occupation.ts';
import { migration as serviceRendu } from './0006-service-rendu.ts';
import { migration as origines } from './0007-origines.ts';
import { migration as npl } from './0008-npl.ts';
import { migration as dimensions } from './0009-dimensions.ts';
import { migration as resumeNpl } from './0010-resume-npl.ts';
import { migration as attributions } from './0011-attributions.ts';
import { migration as ventes } from './0012-ventes.ts';
import { migration as association } from './0013-association.ts';
import { migration as scenariosCibles } from './0014-scenarios-cibles.ts';
import { migration as nplJustesse } from './0016-npl-justesse.ts';
import { migration as ventesConnu } from './0018-ventes-connu.ts';
import { migration as nplLimite } from './0021-npl-limite.ts';
import { migration as nplOrigine } from './0022-npl-origine.ts';
import { migration as agendaExporte } from './0023-agenda-exporte.ts';
import { migration as maximumNul } from './0024-maximum-nul.ts';

export type Migration = { version: number; nom: string; sql: string };

/** Toutes les migrations, dans l'ordre ; la version du fichier est celle de la dernière appliquée. */
export const migrations: readonly Migration[] = [dossier, corrections, ensembles, qpv, occupation, serviceRendu, origines, npl, dimensions, resumeNpl, attributions, ventes, association, scenariosCibles, nplJustesse, ventesConnu, nplLimite, nplOrigine, agendaExporte, maximumNul];

/** Les numéros peuvent sauter : c'est le plus grand qui compte. */
export const VERSION_FICHIER = Math.max(...migrations.map((m) => m.version));
