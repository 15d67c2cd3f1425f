import { useEffect } from 'react';
import type { Entree } from '../../../shared/contract.ts';
import { useOperation } from '../../app/operation.ts';
import { useVersion } from '../../app/requetes.ts';
import { Choix, Echec, Saisie, Squelette } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';

type Demande = Entree<'npl.classes'>;
export type Critere = Demande['selon'];
type Zonage = NonNullable<Demande['zonage']>;
type Arrondi = 'centime' | 'exact';

/** Le poids tapé de chaque classe ; une classe qui n'y est pas a le poids 1. */
export type ReglagePoids = { zonage: Zonage; poids: Readonly<Record<string, string>>; sansClasse: string; arrondi: Arrondi };
export const POIDS_EGAUX: ReglagePoids = { zonage: '123', poids: {}, sansClasse: '0', arrondi: 'centime' };

export const demanderPoids = (r: ReglagePoids) => ({ zonage: r.zonage, poids: { ...r.poids }, sansClasse: r.sansClasse, arrondi: r.arrondi });

const ZONAGES: { valeur: Zonage; libelle: string }[] = [{ valeur: '123', libelle: 'zones 1, 1bis, 2, 3' }, { valeur: 'ABC', libelle: 'zones Abis, A, B1, B2, C' }];
const ARRONDIS: { valeur: Arrondi; libelle: string }[] = [{ valeur: 'centime', libelle: 'au centime d’€/m²' }, { valeur: 'exact', libelle: 'à quatre décimales' }];
const lisible = (t: string): boolean => /^\d{0,4}([.,]\d{1,2})?$/u.test(t.trim());

/** Un poids par classe de la sélection : égaux au départ, c'est la personne qui les change. */
export function Poids({ scenario, selon, cibles, reglage, discret, surChange }: { scenario: number; selon: Critere; cibles: Demande['cibles']; reglage: ReglagePoids; discret: boolean; surChange: (r: ReglagePoids) => void }) {
  const lues = useOperation('npl.classes', false);
  const version = useVersion();
  const { lancer } = lues;
  const { zonage } = reglage;
  useEffect(() => void lancer({ scenario, selon, zonage, cibles }), [lancer, scenario, selon, zonage, cibles, version]);
  const vues = lues.resultat;
  return (
    <div className="npl-poids" role="group" aria-label="Poids des classes">
      {selon === 'zone' && <Choix compact nom="Zonage" valeur={zonage} options={ZONAGES} surChoix={(z) => surChange({ ...reglage, zonage: z, poids: {} })} />}
      <Choix compact nom="Arrondi" valeur={reglage.arrondi} options={ARRONDIS} surChoix={(arrondi) => surChange({ ...reglage, arrondi })} />
      {lues.erreur && <Echec erreur={lues.erreur} fermer={lues.effacer} />}
      {vues === null && lues.erreur === null && <Squelette lignes={1} />}
      {vues?.classes.map((c) => {
        const texte = c.classe === null ? reglage.sansClasse : (reglage.poids[c.classe] ?? '1');
        const ecrire = (t: string) => surChange(c.classe === null ? { ...reglage, sansClasse: t } : { ...reglage, poids: { ...reglage.poids, [c.classe]: t } });
        return (
          <label key={c.classe ?? ''} className="npl-poids-classe">
            <span>
              {typographie(c.libelle)} <span className="doux petit">{accord(c.lignes, 'ligne')}</span>
            </span>
            <Saisie compact inputMode="decimal" aria-label={`Poids, ${c.libelle}`} value={texte} fautif={!lisible(texte)} onChange={(e) => ecrire(e.currentTarget.value)} />
          </label>
        );
      })}
      {(!discret || vues?.absence != null) && <p className="doux petit npl-poids-aide">
        {vues !== null && vues.absence !== null ? typographie(vues.absence) : 'La hausse par m² d’une classe est proportionnelle à son poids ; 0 : inchangée. Les poids sont à décider : tous à 1 au départ.'}
      </p>}
    </div>
  );
}
