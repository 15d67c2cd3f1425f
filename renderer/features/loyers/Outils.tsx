import { BoxSelect, Lasso } from 'lucide-react';
import { BoutonIcone } from '../../ui/index.ts';
import { useReglages, type Outil } from './reglages.ts';

/** De quoi sélectionner sur la carte ; au clavier, la même sélection se fait dans le tableau. */
export function Outils() {
  const outil = useReglages((s) => s.outil);
  const prendre = (o: Outil) => useReglages.setState({ outil: outil === o ? null : o });
  return (
    <div className="loyers-outils" role="group" aria-label="Sélectionner sur la carte">
      <BoutonIcone nom="Sélectionner dans un rectangle" icone={BoxSelect} variante="normal" aria-pressed={outil === 'rectangle'} onClick={() => prendre('rectangle')} />
      <BoutonIcone nom="Sélectionner dans un contour tracé" icone={Lasso} variante="normal" aria-pressed={outil === 'lasso'} onClick={() => prendre('lasso')} />
    </div>
  );
}
