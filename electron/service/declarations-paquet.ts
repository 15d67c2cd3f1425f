import { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { computeLoyers, SOMMES_NULLES } from '../../shared/domain/loyers/taux.ts';
import type { Base } from '../store/base.ts';
import { readDonneesPrecedent, readPrecedent } from '../store/reprise.ts';
import type { PointTendance } from './declarations.ts';

/** Le parc tel que le disait le paquet de la convention précédente ; `null` si le dossier n'en part pas. */
export function pointPaquet(base: Base): PointTendance | null {
  const octets = readDonneesPrecedent(base);
  const precedent = readPrecedent(base);
  if (octets === null || precedent === null) return null;
  const donnees = DonneesPaquet.parse(JSON.parse(octets.toString('utf8')));
  const { etat } = donnees;
  const loyers = (surface: string) => {
    const ligne = donnees.loyers.find((l) => l.surface === surface && l.par === 'organisme')?.lignes[0];
    if (ligne === undefined) return computeLoyers(SOMMES_NULLES);
    const { code: _, nom: __, ...reste } = ligne;
    return reste;
  };
  return {
    annee: null, libelle: `paquet v${donnees.version} (${donnees.date.slice(0, 10).split('-').reverse().join('/')})`, source: 'paquet', declarations: [],
    logements: etat.logements, sortis: etat.sortis, qpv: etat.qpv,
    vacance: { vacants: etat.vacants, proposes: null, plusDeTroisMois: null, dureeInconnue: null },
    dpe: etat.dpe, dpeAvant: etat.dpeAvant ?? {}, dpeDepuis: etat.dpeDepuis ?? {}, dpeSansDate: etat.dpeSansDate ?? {},
    loyers: { SH: loyers('SH'), SU: loyers('SU'), SC: loyers('SC') },
  };
}
