import type { Content } from 'pdfmake/interfaces.js';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { MENTION_USUELLES } from '../../../shared/domain/occupation/bandes.ts';
import { LIBELLE_SITUATION } from '../../../shared/domain/occupation/modalites.ts';
import { EXCLUS } from '../../../shared/domain/occupation/rpls.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { formatNombre, formatPart } from '../format.ts';
import { MAILLES } from '../libelles.ts';
import { SANS_ENQUETE, SANS_OCCUPATION, situationsDe } from '../occupation.ts';
import type { EtatOccupation } from '../occupation.ts';
import { pdfText } from './moteur.ts';
import { type CellulePdf, table } from './tables.ts';

/** L'état de l'occupation sociale, en QPV et hors QPV (L445-1) ; sans enquête, une phrase. */
export function occupation({ occupation: etats }: DonneesPaquet): Content[] {
  const tout = etats?.find((e) => e.par === 'organisme');
  const ligne = tout?.organisme ?? null;
  if (etats === undefined || tout === undefined || ligne === null) return [{ text: SANS_OCCUPATION, style: 'texte' }];
  const situations = situationsDe(ligne);
  const ordre = ['departement', 'epci', 'commune'];
  return [
    { text: pdfText(introduire(tout)), style: 'texte' },
    ...(tout.enquete === null
      ? []
      : tout.variables.map((v, i) =>
          table(
            v.libelle,
            [{ titre: '', largeur: '*' }, ...situations.map((s) => ({ titre: LIBELLE_SITUATION[s], largeur: 92, nombre: true }))],
            v.modalites.map((m, k): CellulePdf[] => [m, ...situations.map((s) => avecPart(ligne[s].variables[i]?.[k] ?? 0, ligne[s].repondants ?? 0))]),
            { note: situations.map((s) => `${LIBELLE_SITUATION[s]} : ${formatNombre(ligne[s].repondants ?? 0)} répondants sur ${formatNombre(ligne[s].concernes ?? 0)}`).join(' ; ') },
          ),
        )),
    ...etats.filter((e) => e.par === 'organisme' || ordre.includes(e.par)).toSorted((a, b) => ordre.indexOf(a.par) - ordre.indexOf(b.par)).map(taux),
    { text: pdfText(`Les effectifs par ensemble immobilier, et par commune en QPV et hors QPV, sont dans etat-des-lieux.xlsx. ${exclus(tout)}`), style: 'texte' },
  ];
}

const avecPart = (n: number, total: number): string => `${formatNombre(n)} (${formatPart(n, total)})`;

function introduire(e: EtatOccupation): string {
  if (e.enquete === null) return `${SANS_OCCUPATION} La vacance et la rotation viennent du RPLS.`;
  return `Résultats de l’enquête auprès des locataires (L442-5)${e.dateReference === null ? ', dont la date de référence n’est pas renseignée' : `, à la date du ${formatDate(e.dateReference)}`}. Les ressources sont en pour cent des plafonds du PLUS, par bandes ${e.bornesUsuelles ? `(${MENTION_USUELLES})` : 'fixées par l’organisme'}. Chaque part est rapportée aux ménages répondants, dont le nombre est donné.`;
}

function taux(e: EtatOccupation): Content {
  const ratio = (n: number | null, total: number | null): string => (n === null || total === null ? 's' : `${formatNombre(n)} sur ${formatNombre(total)}${total === 0 ? '' : ` (${formatPart(n, total)})`}`);
  return table(
    `Réponse, vacance et rotation : ${(MAILLES[e.par] ?? e.par).replace(/^(?!EPCI)./u, (c) => c.toLowerCase())}`,
    [{ titre: '', largeur: '*' }, { titre: 'Réponses', largeur: 96, nombre: true }, { titre: 'Vacance', largeur: 88, nombre: true }, { titre: 'Plus de trois mois', largeur: 88, nombre: true }, { titre: 'Rotation', largeur: 88, nombre: true }],
    e.lignes.flatMap((l) =>
      (e.par === 'organisme' ? situationsDe(l) : (['total'] as const)).map((s): CellulePdf[] => {
        const c = l[s];
        return [e.par === 'organisme' ? LIBELLE_SITUATION[s] : l.nom, e.enquete === null ? SANS_ENQUETE : ratio(c.repondants, c.concernes), ratio(c.vacants, c.offerts), ratio(c.vacantsTroisMois, c.offerts), ratio(c.rotation, c.baseRotation)];
      }),
    ),
  );
}

function exclus({ exclus: x }: EtatOccupation): string {
  const dire = (comptes: Record<string, number>): string => Object.entries(comptes).map(([r, n]) => `${EXCLUS[r] ?? r} : ${pluriel(n, 'logement')}`).join(', ') || 'aucun';
  return `Hors de la vacance : ${dire(x.vacance)}. Durée de vacance inconnue : ${dire(x.duree)}. Hors de la rotation : ${dire(x.rotation)}.`;
}
