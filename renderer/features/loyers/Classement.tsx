import { Popover } from '@base-ui/react/popover';
import { SlidersHorizontal } from 'lucide-react';
import { nombreAdmis, nombresDeClasses } from '../../../shared/domain/carte/classer.ts';
import { METHODES, type Methode } from '../../../shared/domain/carte/classes.ts';
import { Bouton, Choix } from '../../ui/index.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { CLASSES, TAILLES } from './mesures.ts';
import { Reglage } from './Reglage.tsx';
import { regler, useReglages } from './reglages.ts';

export type ScenarioCarte = Sortie<'carte.valeurs'>['scenarios'][number];

/** Ce qui se règle plus rarement : classes, taille des cercles, année des plafonds. Le bouton dit ce qui vaut ; la légende, l'année. */
export function Classement({ grille, annees, annee }: { grille: boolean; annees: readonly number[]; annee: number | null }) {
  const r = useReglages();
  const deLaGrille = r.mesure === 'serviceRendu' && grille;
  const options: { valeur: Methode | 'main' | 'grille'; libelle: string }[] = [
    ...(deLaGrille ? [{ valeur: 'grille' as const, libelle: 'De la grille' }] : CLASSES.map((c) => ({ valeur: c.valeur, libelle: c.libelle }))),
    ...(r.posees ? [{ valeur: 'main' as const, libelle: 'Posées à la main' }] : []),
  ];
  const plafond = [r.mesure, r.comparee].some((m) => m?.startsWith('plafond'));
  const anneesDites = annee === null || annees.includes(annee) ? annees : [annee, ...annees];
  const valeur = r.posees ? 'main' : deLaGrille ? 'grille' : r.methode;
  const nombre = nombreAdmis(r.mesure, r.nombre);
  const dit = [options.find((o) => o.valeur === valeur)?.libelle ?? '', ...(valeur === 'main' || valeur === 'grille' ? [] : [String(nombre)])].join(' ');
  return (
    <Popover.Root>
      <Popover.Trigger render={<Bouton icone={SlidersHorizontal} aria-label={`Classes et cercles : ${dit}`}>{dit}</Bouton>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="flottant-couche">
          <Popover.Popup className="flottant loyers-classement" aria-label="Classes et cercles">
            <Reglage libelle="Classes">
              {(id) => (
                <Choix
                  id={id}
                  compact
                  valeur={valeur}
                  options={options}
                  surChoix={(choix) => {
                    const methode = METHODES.find((m) => m === choix);
                    if (methode) regler({ methode });
                    else if (choix === 'grille') regler({});
                  }}
                />
              )}
            </Reglage>
            {!deLaGrille && (
              <Reglage libelle="Nombre">
                {(id) => <Choix id={id} compact valeur={String(nombre)} options={nombresDeClasses(r.mesure).map((n) => ({ valeur: String(n), libelle: String(n) }))} surChoix={(n) => regler({ nombre: Number(n) })} />}
              </Reglage>
            )}
            <Reglage libelle="Taille des cercles">{(id) => <Choix id={id} compact valeur={r.taille} options={TAILLES} surChoix={(taille) => useReglages.setState({ taille })} />}</Reglage>
            {plafond && anneesDites.length > 0 && annee !== null && (
              <Reglage libelle="Plafonds de">
                {(id) => <Choix id={id} compact valeur={String(annee)} options={anneesDites.map((a) => ({ valeur: String(a), libelle: annees.includes(a) ? String(a) : `${a} (non saisis)` }))} surChoix={(a) => regler({ annee: Number(a) })} />}
              </Reglage>
            )}
            <p className="doux petit">Une borne se déplace sur l’histogramme, ou se tape dessous.</p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
