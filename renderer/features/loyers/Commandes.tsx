import { useId, type ReactNode } from 'react';
import { METHODES, type Methode } from '../../../shared/domain/carte/classes.ts';
import { Choix } from '../../ui/index.ts';
import { CLASSES, MAILLES, MESURES, SURFACES, TAILLES } from './mesures.ts';
import { regler, useReglages } from './reglages.ts';

/** La ligne de réglages : elle vaut pour la carte, la légende, l'histogramme et le tableau. */
export function Commandes({ service }: { /** Le dossier a une grille du service rendu. */ service: boolean }) {
  const r = useReglages();
  const deLaGrille = r.mesure === 'serviceRendu';
  const classes: { valeur: Methode | 'main' | 'grille'; libelle: string }[] = [
    ...(deLaGrille ? [{ valeur: 'grille' as const, libelle: 'De la grille' }] : CLASSES.map((c) => ({ valeur: c.valeur, libelle: c.libelle }))),
    ...(r.posees ? [{ valeur: 'main' as const, libelle: 'Posées à la main' }] : []),
  ];
  return (
    <div className="loyers-commandes" role="group" aria-label="Réglages de la carte et du tableau">
      <Reglage libelle="Colorer par">{(id) => <Choix id={id} compact valeur={r.mesure} options={MESURES.filter((m) => service || m.valeur !== 'serviceRendu')} surChoix={(mesure) => regler({ mesure })} />}</Reglage>
      <Reglage libelle="Taille">{(id) => <Choix id={id} compact valeur={r.taille} options={TAILLES} surChoix={(taille) => useReglages.setState({ taille })} />}</Reglage>
      <Reglage libelle="Classes">
        {(id) => (
          <Choix
            id={id}
            compact
            valeur={r.posees ? 'main' : deLaGrille ? 'grille' : r.methode}
            options={classes}
            surChoix={(choix) => {
              const methode = METHODES.find((m) => m === choix);
              if (methode) regler({ methode });
              else if (choix === 'grille') regler({});
            }}
          />
        )}
      </Reglage>
      <Reglage libelle="Surface">{(id) => <Choix id={id} compact valeur={r.surface} options={SURFACES} surChoix={(surface) => regler({ surface })} />}</Reglage>
      <Reglage libelle="Maille">{(id) => <Choix id={id} compact valeur={r.maille} options={MAILLES} surChoix={(maille) => regler({ maille })} />}</Reglage>
    </div>
  );
}

function Reglage({ libelle, children }: { libelle: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="loyers-reglage">
      <label htmlFor={id}>{libelle}</label>
      {children(id)}
    </div>
  );
}
