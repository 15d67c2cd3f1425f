import { BoxSelect, Lasso, X } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { formatMesure } from '../../../shared/domain/carte/mesures.ts';
import { totalLignes } from '../../../shared/domain/loyers/taux.ts';
import { accord, euros } from '../../ui/format.ts';
import { Bouton, BoutonIcone } from '../../ui/index.ts';
import { MAILLES, SURFACES, type Ligne, type Maille, type Surface } from './mesures.ts';
import { deselectionner, selectionner, useReglages, type Outil } from './reglages.ts';

const MOTS: Record<Maille, [string, string]> = { ensemble: ['ensemble', 'ensembles'], commune: ['commune', 'communes'], epci: ['EPCI', 'EPCI'], departement: ['département', 'départements'], organisme: ['organisme', 'organismes'] };

/** Les totaux de la sélection, toujours là, et de quoi sélectionner sur la carte. Sans sélection, ceux de tout ce qui est montré. */
export function Selection({ lignes, montrees, maille, surface, children }: { lignes: readonly Ligne[]; montrees: readonly Ligne[]; maille: Maille; surface: Surface; children?: ReactNode }) {
  const { retenues } = useReglages((s) => s.selection);
  const filtre = useReglages((s) => s.retenues.length > 0);
  const outil = useReglages((s) => s.outil);
  const t = useMemo(() => totalLignes(retenues.size === 0 ? montrees : lignes.filter((l) => retenues.has(l.code))), [lignes, montrees, retenues]);
  const mot = SURFACES.find((s) => s.valeur === surface)?.mot ?? '';
  const [un, plusieurs] = MOTS[maille];
  const prendre = (o: Outil) => useReglages.setState({ outil: outil === o ? null : o });
  return (
    <div className="loyers-selection" role="group" aria-label="Sélection">
      <BoutonIcone nom="Sélectionner dans un rectangle" icone={BoxSelect} aria-pressed={outil === 'rectangle'} onClick={() => prendre('rectangle')} />
      <BoutonIcone nom="Sélectionner dans un contour tracé" icone={Lasso} aria-pressed={outil === 'lasso'} onClick={() => prendre('lasso')} />
      <p role="status">
        <strong>{retenues.size > 0 ? 'Sélection' : filtre ? 'Classes montrées' : `Tout (${MAILLES.find((m) => m.valeur === maille)?.libelle.toLowerCase() ?? ''})`}</strong>
        {` : ${accord(t.lignes, un, plusieurs)}, ${accord(t.logements, 'logement')} ; ${euros(t.loyerMensuel)} par mois`}
        {t.loyerM2 === null ? ', aucun logement loué à compter' : `, ${formatMesure(t.loyerM2, 'loyerM2')} de surface ${mot} sur ${accord(t.loues, 'logement loué', 'logements loués')}`}
      </p>
      {retenues.size === 0 && filtre && (
        <Bouton variante="texte" onClick={() => selectionner(montrees.map((l) => l.code), 'remplacer')}>
          Sélectionner ces lignes
        </Bouton>
      )}
      {retenues.size > 0 && (
        <Bouton variante="texte" icone={X} onClick={deselectionner}>
          Ne rien sélectionner
        </Bouton>
      )}
      {children}
    </div>
  );
}
