import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { Cadre } from './Cadre.tsx';
import { GardeFenetre } from './GardeFenetre.tsx';
import { Rattrapage } from './Rattrapage.tsx';

/** La fenêtre. La CSP refuse les styles en ligne : les composants n'en posent pas. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={500}>
        <Rattrapage lieu="fenetre">
          <Cadre />
        </Rattrapage>
        <GardeFenetre />
      </Tooltip.Provider>
    </CSPProvider>
  );
}
