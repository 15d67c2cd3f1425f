import type { Compte, Cumul } from '../../../shared/domain/attributions/comptes.ts';
import { findMesure, isSomme } from '../../../shared/domain/attributions/mesures.ts';
import { proposerReference } from '../../../shared/domain/attributions/proposer.ts';
import type { MesureAttributions } from '../../../shared/millesimes/types.ts';
import type { Proposition } from '../../../shared/domain/engagements/propositions.ts';
import { lotsEnVigueur } from '../../store/attributions.ts';
import type { Base } from '../../store/base.ts';
import { anneesReference, cumulsTerritoires, direFichiers } from '../attributions-resultats.ts';
import type { EtatEngagements } from '../matrice.ts';

/** Les références que disent les attributions importées des années qui précèdent la convention. */
export function* proposeAttributions(base: Base, etat: EtatEngagements): Generator<Proposition> {
  const { lignes: definitions, reserve } = etat.millesime.attributions;
  const reference = anneesReference(etat);
  const lots = lotsEnVigueur(base).filter((l) => reference.includes(l.annee));
  if (lots.length === 0) return;
  const importees = new Set(lots.map((l) => l.annee));
  const parAnnee = new Map(reference.map((annee) => [annee, importees.has(annee) ? cumulsTerritoires(base, new Set([annee])) : null]));
  const source = `Attributions importées : ${direFichiers(lots)}`;
  for (const ligne of etat.matrice.lignes) {
    const { indicateur, ventilation, territoire } = ligne;
    const d = definitions.find((x) => x.indicateur === indicateur.code && x.ventilation === ventilation.code);
    const mesure = d === undefined ? undefined : findMesure(d.mesure);
    if (d === undefined || mesure === undefined) continue;
    const annees = reference.map((annee) => ({ annee, compte: compteDe(parAnnee.get(annee) ?? null, territoire.code, mesure.code) }));
    // Une année importée où ce territoire n'a aucune attribution compte pour zéro ; une année absente ne compte pas.
    const p = proposerReference(mesure, annees, ventilation.formes.includes('fraction'), [reserve, d.reserve]);
    if (p === null) continue;
    yield {
      champ: ligne.champReference, valeur: p.valeur, formule: p.formule, source, article: ventilation.accompagnement?.article ?? indicateur.article,
      lignes: { vue: 'attributions', filtres: { territoire: territoire.code, periode: 'reference', mesure: mesure.code, etat: isSomme(mesure.code) ? 'base' : 'compte' }, nombre: isSomme(mesure.code) ? p.base : p.nombre },
      reserve: p.reserve,
    };
  }
}

const ZERO: Compte = { nombre: 0, base: 0, inconnu: 0, baseInconnue: 0 };
const compteDe = (cumuls: ReadonlyMap<string, Cumul> | null, territoire: string, mesure: MesureAttributions): Compte | null => (cumuls === null ? null : (cumuls.get(territoire)?.mesures[mesure] ?? ZERO));
