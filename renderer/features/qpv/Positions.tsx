import { Chiffre } from '../../app/Chiffre.tsx';
import { nombre } from '../../ui/format.ts';
import { montrer, PARC } from '../patrimoine/filtres.ts';
import { total, type EtatQpv } from './Sources.tsx';

const ORIGINES: { cle: keyof EtatQpv['positions']; libelle: string; sure: boolean }[] = [
  { cle: 'fichier', libelle: 'coordonnées du fichier', sure: true },
  { cle: 'ban', libelle: 'adresse de la BAN', sure: true },
  { cle: 'repere', libelle: 'repère posé', sure: true },
  { cle: 'voie', libelle: 'à la voie', sure: false },
  { cle: 'commune', libelle: 'centre de la commune', sure: false },
  { cle: 'departement', libelle: 'centre du département', sure: false },
  { cle: 'aucune', libelle: 'sans position', sure: false },
];

/** D'où vient la position des logements ; seules les sûres décident d'un quartier. */
export function Positions({ etat }: { etat: EtatQpv }) {
  const { positions, fichier } = etat;
  return (
    <section aria-label="Positions des logements">
      <h2 className="titre-section">Positions</h2>
      <ul className="qpv-positions">
        {ORIGINES.filter((o) => positions[o.cle] > 0).map((o) => (
          <li key={o.cle} className={o.sure ? undefined : 'qpv-approchee'}>
            <Chiffre sujet={`qpv/position/${o.cle}`} nom={`${nombre(positions[o.cle])}, ${o.libelle}`} className="nombre">
              {nombre(positions[o.cle])}
            </Chiffre>
            <button type="button" className="compteur-filtre" onClick={() => montrer([PARC, { colonne: 'position', valeurs: [o.cle] }])}>
              {o.libelle}
              {!o.sure && o.cle !== 'aucune' && ' (approchée)'}
            </button>
          </li>
        ))}
      </ul>
      {total(fichier.devines) > 0 && (
        <p className="petit">
          EPSG absent, système deviné : {Object.entries(fichier.devines).map(([s, n]) => `${s}, ${nombre(n)}`).join(' ; ')}.
        </p>
      )}
      {total(fichier.ecartees) > 0 && (
        <p className="qpv-ecarte">
          Coordonnées du fichier écartées : {Object.entries(fichier.ecartees).map(([r, n]) => `${r}, ${nombre(n)}`).join(' ; ')}.
        </p>
      )}
      <p className="qpv-detail">Un point sur la limite d’un quartier est dedans. Une voie ou une commune ne décide jamais d’un quartier. Un repère se pose depuis la carte (Loyers).</p>
    </section>
  );
}
