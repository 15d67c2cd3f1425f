import { useEffect } from 'react';
import { create } from 'zustand';
import { garderPreference, lirePreference } from '../../app/memoire.ts';
import { useSession } from '../../app/session.ts';
import { Segments } from '../../ui/index.ts';
import { Npl } from '../npl/index.tsx';
import CarteEtTableau from './index.tsx';
import './etape.css';

const VUES = [{ valeur: 'carte', libelle: 'Carte et tableau' }, { valeur: 'npl', libelle: 'Politique des loyers' }] as const;
type Vue = (typeof VUES)[number]['valeur'];

const useVue = create<{ vue: Vue }>(() => ({ vue: lirePreference('loyers.vue') === 'npl' ? 'npl' : 'carte' }));

function regler(vue: Vue): void {
  useVue.setState({ vue });
  garderPreference('loyers.vue', vue);
}

/** Étape Loyers : ce qu'ils sont, et la politique facultative qui les fixe. */
export default function Etape() {
  const vue = useVue((s) => s.vue);
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (cible?.champ.startsWith('npl/')) regler('npl');
    else if (cible?.champ.startsWith('loyer')) regler('carte');
  }, [cible]);
  return (
    <div className="loyers-etape">
      <div className="loyers-vues">
        <Segments nom="Vue des loyers" valeur={vue} options={VUES} surChoix={regler} />
      </div>
      {vue === 'carte' ? <CarteEtTableau /> : <Npl />}
    </div>
  );
}
