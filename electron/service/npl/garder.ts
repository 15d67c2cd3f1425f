import { refus } from '../../../shared/erreurs.ts';
import { libelleBase } from '../../../shared/domain/loyers/npl/libelles.ts';
import { zonageDe } from '../../../shared/domain/loyers/npl/plafonds.ts';
import { formatTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { formatDecimal } from '../../../shared/domain/nombres/format.ts';
import { addZones, readIrl, readLimites, readPlafondsLoyer, readZones, writeIrl, writeLimite, writePlafondLoyer } from '../../store/npl/baremes.ts';
import type { Base } from '../../store/base.ts';
import type { BaremesEcrits } from './scenario.ts';

const contraire = (ou: string, fichier: string, dossier: string) =>
  refus('bareme-contraire', `${ou} : le fichier donne ${fichier}, le dossier porte ${dossier}.`, 'Corriger le fichier, ou le barème du dossier ; rien n’a été changé.');

/**
 * Garde les barèmes d'un fichier de scénario avec lui, dans la transaction de l'appelant : ce qui est déjà là ne
 * s'écrit pas deux fois, ce qui contredit le dossier est refusé en nommant la case, et rien n'est alors gardé.
 */
export function saveBaremes(base: Base, { plafonds, limites, irl, zones }: BaremesEcrits, source: string, quand: string): void {
  const gardes = readPlafondsLoyer(base);
  for (const p of plafonds ?? []) {
    const siens = gardes.filter((g) => g.annee === p.annee && g.produit === p.produit && g.zone === p.zone);
    if (siens.some((g) => g.taux === p.taux)) continue;
    const [autre] = siens;
    if (autre !== undefined) throw contraire(`Plafond ${p.produit} de ${p.annee}, zone ${p.zone}`, formatTaux(p.taux), formatTaux(autre.taux));
    writePlafondLoyer(base, null, { ...p, source: p.source || source });
    gardes.push({ ...p, id: 0 });
  }
  for (const l of limites ?? []) {
    const autre = readLimites(base).find((g) => g.base === l.base);
    if (autre === undefined) writeLimite(base, l.base, l.taux, l.source || source, l.annee);
    else if (autre.taux !== l.taux) throw contraire(`Limite de R445-10 en ${libelleBase(l.base).toLowerCase()}`, formatTaux(l.taux), formatTaux(autre.taux));
  }
  for (const i of irl ?? []) {
    const autre = readIrl(base).find((g) => g.annee === i.annee);
    const ecrire = (n: number): string => formatDecimal((n / 100).toFixed(2));
    if (autre === undefined) writeIrl(base, i.annee, i.indice, i.source || source);
    else if (autre.indice !== i.indice) throw contraire(`IRL du 2e trimestre ${i.annee}`, ecrire(i.indice), ecrire(autre.indice));
  }
  if (zones !== null) saveZones(base, zones, source, quand);
}

function saveZones(base: Base, zones: ReadonlyMap<string, readonly string[]>, source: string, quand: string): void {
  const gardees = readZones(base, zones.keys());
  const neuves = [...zones].flatMap(([commune, siennes]) => siennes.flatMap((zone) => {
    const zonage = zonageDe(zone);
    const deja = gardees.get(commune)?.find((z) => zonageDe(z) === zonage);
    if (deja !== undefined && deja !== zone) throw contraire(`Zone de la commune ${commune} (zonage ${zonage})`, zone, deja);
    return deja === undefined ? [{ zonage, commune, zone }] : [];
  }));
  addZones(base, neuves, source, quand);
}
