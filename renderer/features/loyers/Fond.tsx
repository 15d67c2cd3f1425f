import { Popover } from '@base-ui/react/popover';
import { Layers, Trash2, Upload } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { useOperation } from '../../app/operation.ts';
import { Bouton, BoutonIcone, Echec } from '../../ui/index.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';

type Plan = Pick<Sortie<'carte.plan'>, 'fonds' | 'attribution'>;
type Niveau = Plan['fonds'][number]['niveau'];

const NIVEAUX: Record<Niveau, { nom: string; sans: string }> = {
  commune: { nom: 'Communes', sans: 'aucun tracé : leurs noms seulement' },
  epci: { nom: 'EPCI', sans: 'aucun tracé : placés au milieu de leurs communes' },
  departement: { nom: 'Départements', sans: 'contours fournis, sommaires' },
  region: { nom: 'Régions', sans: '' },
};

/** Le fond de carte, niveau par niveau : d'où vient chacun, le charger, le retirer. */
export function Fond({ fond, attribution }: { fond: Plan | undefined; attribution: string }) {
  const charger = useOperation('carte.chargerFond');
  const retirer = useOperation('carte.retirerFond');
  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Charger un fond de carte', filtres: [{ nom: 'TopoJSON ou GeoJSON', extensions: ['json', 'geojson', 'topojson', 'gz', 'zip'] }] });
    if (chemin) await charger.lancer({ chemin });
  }
  const sources = typographie([fond?.attribution, attribution].filter((t) => t !== undefined && t !== '').join(' '));
  const dits = (['commune', 'epci', 'departement', 'region'] as const).filter((n) => n !== 'region' || fond?.fonds.some((f) => f.niveau === n));
  return (
    <div className="loyers-fond">
      <p className="doux petit coupe" title={sources}>
        {sources}
      </p>
      <Popover.Root>
        <Popover.Trigger render={<Bouton variante="texte" icone={Layers}>Fond de carte</Bouton>} />
        <Popover.Portal>
          <Popover.Positioner sideOffset={4} align="end" className="flottant-couche">
            <Popover.Popup className="flottant loyers-fonds" aria-label="Fond de carte">
              <ul>
                {dits.map((niveau) => {
                  const f = fond?.fonds.find((x) => x.niveau === niveau);
                  return (
                    <li key={niveau}>
                      <span>
                        <strong>{NIVEAUX[niveau].nom}</strong>
                        <span className="doux petit">{f ? `${accord(f.traces, 'tracé', 'tracés')}, ${f.nom}` : NIVEAUX[niveau].sans}</span>
                      </span>
                      {f && <BoutonIcone nom={`Retirer ce fond : ${NIVEAUX[niveau].nom}`} icone={Trash2} disabled={retirer.enCours} onClick={() => void retirer.lancer({ niveau })} />}
                    </li>
                  );
                })}
              </ul>
              <p className="petit">Un fichier remplace le niveau qu’il contient, et lui seul. Les contours de quartiers prioritaires se chargent aussi ici : ils vont avec ceux de Patrimoine, vue QPV.</p>
              <Bouton icone={Upload} occupe={charger.enCours} onClick={() => void choisir()}>
                Charger un fichier
              </Bouton>
              <div role="status" className="petit">
                {charger.resultat && direCharge(charger.resultat)}
              </div>
              {charger.erreur && <Echec erreur={charger.erreur} fermer={charger.effacer} />}
              {retirer.erreur && <Echec erreur={retirer.erreur} fermer={retirer.effacer} />}
              <p className="doux petit">{sources}</p>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

function direCharge({ nom, niveaux, ignores, quartiers }: Sortie<'carte.chargerFond'>): string {
  if (quartiers) return `${nom} : ${accord(quartiers.contours, 'quartier prioritaire', 'quartiers prioritaires')} de ${quartiers.generation}, gardés avec les contours de QPV.`;
  const lus = Object.entries(niveaux).map(([n, k]) => `${NIVEAUX[n as Niveau].nom.toLowerCase().replace('epci', 'EPCI')} ${nombre(k)}`);
  return `${nom} : ${lus.join(', ')}${ignores > 0 ? ` ; ${accord(ignores, 'tracé laissé de côté', 'tracés laissés de côté')}` : ''}.`;
}
