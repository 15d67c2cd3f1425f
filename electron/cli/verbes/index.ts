import type { Verbe } from '../verbe.ts';
import { verbe as annoter } from './annoter.ts';
import { verbe as associes } from './associes.ts';
import { verbe as attributions } from './attributions.ts';
import { verbe as calendrier } from './calendrier.ts';
import { verbe as champs } from './champs.ts';
import { verbe as concertation } from './concertation.ts';
import { verbe as consultations } from './consultations.ts';
import { verbe as controler } from './controler.ts';
import { verbe as creer } from './creer.ts';
import { verbe as definir } from './definir.ts';
import { verbe as demo } from './demo.ts';
import { verbe as deposer } from './deposer.ts';
import { verbe as engagements } from './engagements.ts';
import { verbe as ensembles } from './ensembles.ts';
import { verbe as etat } from './etat.ts';
import { verbe as importer } from './importer.ts';
import { verbe as logements } from './logements.ts';
import { verbe as journal } from './journal.ts';
import { verbe as loyers } from './loyers.ts';
import { verbe as millesime } from './millesime.ts';
import { verbe as modifications } from './modifications.ts';
import { verbe as npl } from './npl.ts';
import { verbe as observations } from './observations.ts';
import { verbe as qpv } from './qpv.ts';
import { verbe as operations } from './operations.ts';
import { verbe as occupation } from './occupation.ts';
import { verbe as origines } from './origines.ts';
import { verbe as retour } from './retour.ts';
import { verbe as scenarios } from './scenarios.ts';
import { verbe as serviceRendu } from './service-rendu.ts';
import { verbe as ventes } from './ventes.ts';
import { verbe as verifier } from './verifier.ts';

/** Tous les verbes, dans l'ordre du travail. */
export const verbes: readonly Verbe[] = [
  creer, definir, champs, calendrier, origines, importer, operations, etat, logements, ensembles, qpv, occupation, serviceRendu, loyers, npl, attributions, engagements, scenarios, ventes, consultations, associes, concertation,
  millesime, controler, deposer, verifier, annoter, retour, observations, modifications, journal, demo,
];
