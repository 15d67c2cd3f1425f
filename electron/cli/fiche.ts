import type { Sortie } from '../../shared/contract.ts';
import { CODES } from '../../shared/domain/rpls/codes.ts';
import { compte, comptesTries, euros, nombre, tableau } from './tableau.ts';

type Fiche = Sortie<'ensembles.fiche'>;
const libelleFinan = (code: string): string => (CODES.FINAN as Readonly<Record<string, string>>)[code] ?? 'inconnu';

/** La fiche d'un ensemble en quelques lignes : R445-3 d'abord ; `--json` la donne entière. */
export function direFiche({ ensemble: e, decide, surfaces, dpe, loyers, vacants, sortis, observations }: Fiche): string {
  const qui = (d: boolean): string => (d ? 'décidé par l’organisme' : 'proposé');
  return [
    `${e.nom} (${e.id}), nom ${qui(decide.nom)}, composition ${decide.composition ? 'décidée par l’organisme' : 'proposée'}`,
    `Adresse : ${e.adresse === '' ? 'non renseignée' : e.adresse}, ${e.commune} ${e.nomCommune}`,
    `Logements : ${nombre(e.logements)}, dont ${compte(vacants, 'vacant')}${sortis > 0 ? ` ; ${compte(sortis, 'sorti')} du patrimoine en plus` : ''}`,
    `Financements : ${comptesTries(e.financements).map(([f, n]) => `${f} ${libelleFinan(f)} × ${nombre(n)}`).join(', ')}`,
    `En QPV : ${nombre(e.qpv)} sur ${nombre(e.logements)}${e.qpvInconnu > 0 ? `, ${nombre(e.qpvInconnu)} de situation inconnue` : ''}`,
    `Surfaces du parc : ${(['SH', 'SU', 'SC'] as const).map((s) => `${s} ${nombre(surfaces[s].total, 2)} m² (${compte(surfaces[s].logements, 'logement')})`).join(', ')}`,
    `DPE : ${dpe.map((d) => `${d.classe} ${nombre(d.avant + d.depuis + d.sansDate)} (avant juillet 2021 : ${nombre(d.avant)}, depuis : ${nombre(d.depuis)}, sans date : ${nombre(d.sansDate)})`).join(' ; ')}`,
    '',
    tableau(
      [
        { titre: 'Surface', valeur: (l) => l.sorte },
        { titre: 'Comptés', valeur: (l) => nombre(l.loues), droite: true },
        { titre: 'Loyers', valeur: (l) => euros(l.loyerMensuel), droite: true },
        { titre: '€/m²', valeur: (l) => nombre(l.loyerM2, 2), droite: true },
        { titre: 'Avec max.', valeur: (l) => nombre(l.avecMaximum), droite: true },
        { titre: 'Max. €/m²', valeur: (l) => nombre(l.loyerMaxM2, 2), droite: true },
        { titre: 'Écart €/m²', valeur: (l) => nombre(l.ecartM2, 2), droite: true },
      ],
      loyers,
    ),
    ...(observations.length > 0 ? ['', `${compte(observations.length, 'observation')} de l’État : atelier-cus observations.`] : []),
  ].join('\n');
}
