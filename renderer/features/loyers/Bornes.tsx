import { useId, useState } from 'react';
import { formatMesure } from '../../../shared/domain/carte/mesures.ts';
import { Saisie } from '../../ui/index.ts';
import { deplacerBorne, mesureDe, type Classes, type Mesure } from './mesures.ts';
import { poserBornes } from './reglages.ts';

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
            fixe={mesureDe(mesure).cotes !== null && valeur === 0}
            dire={(v) => formatMesure(v, mesure, false)}
            entre={[bornes[rang - 1] ?? -Infinity, bornes[rang + 1] ?? Infinity]}
            poser={(v) => poserBornes(deplacerBorne(bornes, rang, v), mesure)}
          />
        ))}
      </div>
    </details>
  );
}

function Borne({ rang, valeur, fixe, entre, dire, poser }: { rang: number; valeur: string; fixe: boolean; entre: [number, number]; dire: (v: number) => string; poser: (v: number) => void }) {
  const [texte, setTexte] = useState(valeur);
  const lu = nombreDe(texte);
  const fautive = lu === null || lu <= entre[0] || lu >= entre[1];
  const refusee = texte !== valeur && fautive;
  const aide = useId();
  const valider = () => {
    if (texte !== valeur && lu !== null && !fautive) poser(lu);
  };
  return (
    <span>
      <Saisie
        compact
        aria-label={`Borne ${rang}, tapée`}
        aria-describedby={refusee ? aide : undefined}
        value={texte}
        disabled={fixe}
        title={fixe ? 'Zéro reste une borne : il y a des valeurs de part et d’autre' : undefined}
        fautif={refusee}
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
      {refusee && (
        <span id={aide} role="alert" className="loyers-refus petit">
          {lu === null ? 'Ce n’est pas un nombre' : `Elle doit être entre ${dire(entre[0])} et ${dire(entre[1])}`} : la carte garde {valeur}. Échap y revient.
        </span>
      )}
    </span>
  );
}
