import { compteVide } from '../../../shared/domain/attributions/comptes.ts';
import type { Compte, Cumul } from '../../../shared/domain/attributions/comptes.ts';
import { ensembleDe, findMesure, isSomme } from '../../../shared/domain/attributions/mesures.ts';
import type { Mesure } from '../../../shared/domain/attributions/mesures.ts';
import { direSomme } from '../../../shared/domain/attributions/part.ts';
import { addComptes, proposerReference } from '../../../shared/domain/attributions/proposer.ts';
import type { ReferenceProposee, ReferenceTue } from '../../../shared/domain/attributions/proposer.ts';
import type { MesureAttributions } from '../../../shared/millesimes/types.ts';
import type { Proposition, SansProposition } from '../../../shared/domain/engagements/propositions.ts';
import { lotsEnVigueur } from '../../store/attributions.ts';
import type { Base } from '../../store/base.ts';
import { anneesReference, cumulsTerritoires, direFichiers } from '../attributions-resultats.ts';
import type { EtatEngagements } from '../matrice.ts';

type Referencee = { ligne: EtatEngagements['matrice']['lignes'][number]; mesure: Mesure; p: ReferenceProposee | ReferenceTue; source: string };

/** Les références que disent les attributions importées des années qui précèdent la convention, ligne par ligne de la matrice. */
export function* iterateReferences(base: Base, etat: EtatEngagements): Generator<Referencee> {
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
    const entier = ensembleDe(mesure.code);
    const enTout = entier === null ? [] : [`${findMesure(entier)?.libelle ?? ''} : ${direSomme(addComptes(reference.flatMap((annee) => compteDe(parAnnee.get(annee) ?? null, territoire.code, entier) ?? [])))}.`];
    // Une année importée où ce territoire n'a aucune attribution compte pour zéro ; une année absente ne compte pas.
    const p = proposerReference(mesure, annees, ventilation.formes.includes('fraction'), [reserve, d.reserve, ...enTout]);
    if (p === null) continue;
    yield { ligne, mesure, p, source };
  }
}

/** Ces références, proposées. */
export function* proposeAttributions(base: Base, etat: EtatEngagements): Generator<Proposition> {
  for (const { ligne: { champReference, indicateur, ventilation, territoire }, mesure, p, source } of iterateReferences(base, etat)) {
    if (p.genre === 'tue') continue;
    yield {
      champ: champReference, valeur: p.valeur, formule: p.formule, source, article: ventilation.accompagnement?.article ?? indicateur.article,
      lignes: { vue: 'attributions', filtres: { territoire: territoire.code, periode: 'reference', mesure: mesure.code, etat: isSomme(mesure.code) ? 'base' : 'compte' }, nombre: isSomme(mesure.code) ? p.compte.base : p.compte.nombre },
      reserve: p.reserve === '' ? null : p.reserve, ...(p.prudence === '' ? {} : { prudence: p.prudence }),
    };
  }
}

/** Les références que les attributions ne proposent pas, faute d'en savoir assez. */
export function* iterateTues(base: Base, etat: EtatEngagements): Generator<SansProposition> {
  for (const { ligne, p } of iterateReferences(base, etat)) if (p.genre === 'tue') yield { champ: ligne.champReference, raison: p.raison };
}

const compteDe = (cumuls: ReadonlyMap<string, Cumul> | null, territoire: string, mesure: MesureAttributions): Compte | null => (cumuls === null ? null : (cumuls.get(territoire)?.mesures[mesure] ?? compteVide()));
