import type { DonneesPaquet } from '../../paquet/donnees.ts';
import type { ValeurNommee } from './valeurs.ts';

type Association = NonNullable<DonneesPaquet['association']>;

/** Ce qu'un dépôt dit de chaque personne publique et de la concertation, sous le nom que le journal lui donne. */
export function valeursAssociation({ personnes, echanges, concertation }: Association): ValeurNommee[] {
  const libelles = new Map(echanges.map((e) => [e.objet, e.libelle]));
  const plein = (t: string): string | null => (t === '' ? null : t);
  return [
    ...personnes.flatMap((p): ValeurNommee[] => {
      const dire = (quoi: string, libelle: string, valeur: string | null): ValeurNommee => ({ champ: `association/${p.code}/${quoi}`, libelle: `Association, ${p.nom}, ${libelle}`, valeur });
      const siens = echanges.filter((e) => e.personne === p.code);
      return [
        dire('decision', 'place', p.qualite === null ? p.groupe : `${p.groupe}, ${p.qualite.libelle}`),
        dire('parc-social', 'parc social du ressort', p.parcSocial === null ? null : `${p.parcSocial} ; ${p.parcSource}`),
        dire('orientations', 'orientations', plein(p.orientations)),
        ...[...new Set(siens.map((e) => e.objet))].map((objet) =>
          dire(objet, libelles.get(objet) ?? objet, siens.filter((e) => e.objet === objet).map((e) => [e.date, e.mode, e.texte].filter((t) => t !== '').join(', ')).join(' ; ')),
        ),
      ];
    }),
    ...concertation.acteurs.map((a) => ({ champ: `concertation/acteur/${a.id}`, libelle: 'Concertation locative, participant', valeur: [a.nom, a.affiliation].filter((t) => t !== '').join(', ') })),
    ...concertation.reunions.map((r) => ({ champ: `concertation/reunion/${r.id}`, libelle: 'Concertation locative, séance', valeur: [r.date, r.libellesObjets.join(', '), r.participants, r.texte].filter((t) => t !== '').join(' ; ') })),
  ];
}
