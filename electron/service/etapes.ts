import type { Sortie } from '../../shared/contract.ts';
import { computeEcheances, prochaineEcheance } from '../../shared/domain/calendrier/echeances.ts';
import { computeEtapes } from '../../shared/domain/controles/etapes.ts';
import type { EtatOccupationSociale, EtatServiceRendu } from '../../shared/domain/controles/etapes.ts';
import { formatPeriode } from '../../shared/domain/engagements/matrice.ts';
import { remarkGrille } from '../../shared/domain/service-rendu/grille.ts';
import { isNature } from '../../shared/domain/organisme/natures.ts';
import { lastChange } from '../store/journal-lecture.ts';
import { countObservations } from '../store/retours.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { CHAMP_GEL } from '../store/ouverture.ts';
import type { DossierOuvert } from '../store/ouverture.ts';
import { readAssociation } from './association/lecture.ts';
import { readConstates } from './constates.ts';
import { readConstats } from './controles.ts';
import { readEngagements } from './matrice.ts';
import { enqueteEnVigueur } from '../store/occupation.ts';
import { countVentes } from '../store/ventes/plan.ts';
import { echeancesVentes } from './ventes/echeances.ts';
import { isAucune } from './ventes/resume.ts';
import { readServiceRendu } from './service-rendu-resultats.ts';

/** Ce que le cadre montre d'un dossier : identité, étapes, prochaine date, dernier enregistrement. */
export function readInfo(dossier: DossierOuvert, maintenant: Date): Sortie<'dossier.info'> {
  const { base } = dossier;
  const aujourdhui = maintenant.toISOString().slice(0, 10);
  const etat = readEngagements(base);
  const constats = readConstats(base, aujourdhui, etat);
  const nature = etat.champs['organisme/nature'] ?? '';
  const depot = readDepot(base);
  const gel = readChamp(base, CHAMP_GEL);
  const version = gel === null ? depot?.version : Number(gel);
  const dateEffet = etat.champs['calendrier/date-effet'] ?? null;
  return {
    chemin: dossier.chemin,
    organisme: {
      siren: etat.champs['organisme/siren'] ?? '',
      nom: etat.champs['organisme/nom'] ?? '',
      nature: isNature(nature) ? nature : null,
    },
    millesime: etat.millesime.nom,
    dateEffet,
    periode: formatPeriode(etat.millesime, dateEffet),
    etapes: computeEtapes({
      aujourdhui,
      millesime: etat.millesime,
      champs: etat.champs,
      matrice: etat.matrice,
      saisies: etat.saisies,
      constats,
      parc: { logements: etat.territoires.stockDe('organisme').parc, loues: countLoues(base) },
      occupation: readEtatOccupation(base),
      serviceRendu: readEtatServiceRendu(base),
      ventes: { logements: countVentes(base), aucune: isAucune(base) },
      association: readAssociation(base, aujourdhui, etat),
      depot,
      observations: countObservations(base),
    }),
    prochaineEcheance: prochaineEcheance([...computeEcheances(etat.millesime, etat.champs, aujourdhui, readConstates(base), etat.territoires.stockDe('organisme').parc), ...echeancesVentes(base, aujourdhui)]),
    enregistreA: lastChange(base),
    lectureSeule: dossier.lectureSeule,
    ...(version === undefined ? {} : { version }),
    avertissements: dossier.avertissements,
  };
}

function readEtatOccupation(base: Base): EtatOccupationSociale {
  const enquete = enqueteEnVigueur(base);
  return { reponses: enquete === null ? null : (JSON.parse(enquete.resultat) as { acceptees: number }).acceptees, reference: readChamp(base, 'occupation/date-reference') !== null };
}

function readEtatServiceRendu(base: Base): EtatServiceRendu {
  const { grille, organisme, illisibles } = readServiceRendu(base, 'organisme');
  return { grille: grille !== null, ensembles: organisme?.ensembles ?? 0, notes: organisme?.ensemblesNotes ?? 0, illisibles, remarques: grille === null ? [] : remarkGrille(grille) };
}

function countLoues(base: Base): number {
  return base.prepare<[], { n: number | null }>("SELECT sum(loues) AS n FROM resume_ensemble WHERE surface = 'SH'").get()?.n ?? 0;
}

function readDepot(base: Base): { version: number; modifieDepuis: boolean } | null {
  const depot = base.prepare<[], { version: number; date: string }>('SELECT version, date FROM depot ORDER BY version DESC LIMIT 1').get();
  if (depot === undefined) return null;
  // Les lignes du journal qui suivent celle du dépôt disent s'il a changé depuis.
  const apres = base
    .prepare<[string], { n: number }>(
      `SELECT count(*) AS n FROM journal WHERE id > coalesce((SELECT max(id) FROM journal WHERE champ = ?), 0)
       AND champ NOT LIKE 'depot/%' AND champ NOT LIKE 'retour/%' AND champ NOT LIKE 'observation/%'`,
    )
    .get(`depot/v${depot.version}`);
  return { version: depot.version, modifieDepuis: (apres?.n ?? 0) > 0 };
}
