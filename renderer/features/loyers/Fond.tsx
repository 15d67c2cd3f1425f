import { Layers, RotateCcw } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { useOperation } from '../../app/operation.ts';
import { Bouton, Echec } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';

const NIVEAUX: Record<string, [string, string]> = {
  commune: ['commune', 'communes'],
  epci: ['EPCI', 'EPCI'],
  departement: ['département', 'départements'],
  region: ['région', 'régions'],
};

/** Le fond de carte : d'où il vient, en charger un autre, revenir à celui fourni. */
export function Fond({ fond, attribution }: { fond: Pick<Sortie<'carte.plan'>, 'origine' | 'attribution'> | undefined; attribution: string }) {
  const charger = useOperation('carte.chargerFond');
  const retirer = useOperation('carte.retirerFond');
  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Charger un fond de carte', filtres: [{ nom: 'TopoJSON ou GeoJSON', extensions: ['json', 'geojson', 'topojson', 'gz'] }] });
    if (chemin) await charger.lancer({ chemin });
  }
  const lu = charger.resultat;
  return (
    <div className="loyers-fond">
      <p className="doux petit">
        {fond && <>Fond : {typographie(fond.attribution)}. </>}
        {typographie(attribution)}
        {lu && fond?.origine === 'charge' && (
          <>
            {' '}
            Reconnus : {Object.entries(lu.niveaux).map(([n, k]) => accord(k, ...(NIVEAUX[n] ?? [n, n]))).join(', ')}
            {lu.ignores > 0 && <> ; {accord(lu.ignores, 'tracé laissé de côté', 'tracés laissés de côté')}</>}.
          </>
        )}
      </p>
      <Bouton variante="texte" icone={Layers} occupe={charger.enCours} onClick={() => void choisir()}>
        Charger un fond de carte
      </Bouton>
      {fond?.origine === 'charge' && (
        <Bouton variante="texte" icone={RotateCcw} occupe={retirer.enCours} onClick={() => void retirer.lancer({})}>
          Revenir au fond fourni
        </Bouton>
      )}
      {charger.erreur && <Echec erreur={charger.erreur} fermer={charger.effacer} />}
    </div>
  );
}
