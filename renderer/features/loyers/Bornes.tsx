import { useState } from 'react';
import { formatMesure } from '../../../shared/domain/carte/mesures.ts';
import { Saisie } from '../../ui/index.ts';
import { deplacerBorne, mesureDe, type Classes, type Mesure } from './mesures.ts';
import { useReglages } from './reglages.ts';

const nombreDe = (texte: string): number | null => {
  const net = texte.replaceAll(/[\s\u202f\u00a0]/gu, '').replace(',', '.').replace('−', '-');
  return /^-?\d+(\.\d+)?$/u.test(net) ? Number(net) : null;
};

/** Les bornes tapées : la même chose qu'en les glissant sur l'histogramme. Zéro reste la borne d'un écart. */
export function Bornes({ mesure, classes }: { mesure: Mesure; classes: Classes }) {
  const { bornes } = classes;
  const interieures = bornes.slice(1, -1).map((valeur, i) => ({ valeur, rang: i + 1 }));
  if (interieures.length === 0) return null;
  return (
    <details className="loyers-bornes">
      <summary>Bornes à la main</summary>
      <div>
        {interieures.map(({ valeur, rang }) => (
          <Borne
            key={`${rang} ${valeur}`}
            rang={rang}
            valeur={formatMesure(valeur, mesure, false)}
            fixe={mesureDe(mesure).divergente && valeur === 0}
            entre={[bornes[rang - 1] ?? -Infinity, bornes[rang + 1] ?? Infinity]}
            poser={(v) => useReglages.setState({ posees: deplacerBorne(bornes, rang, v), retenues: [] })}
          />
        ))}
      </div>
    </details>
  );
}

function Borne({ rang, valeur, fixe, entre, poser }: { rang: number; valeur: string; fixe: boolean; entre: [number, number]; poser: (v: number) => void }) {
  const [texte, setTexte] = useState(valeur);
  const lu = nombreDe(texte);
  const fautive = lu === null || lu <= entre[0] || lu >= entre[1];
  const valider = () => {
    if (texte === valeur) return;
    if (lu === null || fautive) setTexte(valeur);
    else poser(lu);
  };
  return (
    <Saisie
      compact
      aria-label={`Borne ${rang}, tapée`}
      value={texte}
      disabled={fixe}
      fautif={texte !== valeur && fautive}
      onChange={(e) => setTexte(e.target.value)}
      onBlur={valider}
      onKeyDown={(e) => {
        if (e.key === 'Enter') valider();
        if (e.key === 'Escape' && texte !== valeur) {
          setTexte(valeur);
          e.preventDefault();
          e.stopPropagation();
        }
      }}
    />
  );
}
