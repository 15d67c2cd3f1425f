import { useEffect } from 'react';
import { create } from 'zustand';
import { garderPreference, lirePreference } from '../../app/memoire.ts';
import { useSession } from '../../app/session.ts';
import { Segments } from '../../ui/index.ts';
import { Attributions } from '../attributions/index.tsx';
import { Avancement } from './Avancement.tsx';
import Matrice from './Engagements.tsx';
import './etape.css';

const VUES = [{ valeur: 'matrice', libelle: 'Matrice' }, { valeur: 'attributions', libelle: 'Attributions' }] as const;
type Vue = (typeof VUES)[number]['valeur'];

const useVue = create<{ vue: Vue }>(() => ({ vue: lirePreference('engagements.vue') === 'attributions' ? 'attributions' : 'matrice' }));

function regler(vue: Vue): void {
  useVue.setState({ vue });
  garderPreference('engagements.vue', vue);
}

/** Étape Engagements : la matrice des cibles, et les attributions dont viennent plusieurs références. */
export default function Etape() {
  const vue = useVue((s) => s.vue);
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (cible !== null) regler(cible.champ.startsWith('attributions') ? 'attributions' : 'matrice');
  }, [cible]);
  return (
    <div className="engagements-etape">
      <header className="engagements-vues">
        <h1 className="titre-ecran">Engagements</h1>
        <Segments nom="Vue des engagements" valeur={vue} options={VUES} surChoix={regler} />
        {vue === 'matrice' && <Avancement />}
      </header>
      {vue === 'matrice' ? <Matrice /> : <Attributions />}
    </div>
  );
}
