import { nombre } from '../../../ui/format.ts';

const L = 260;
const H = 120;
const BAS = 20;
const HAUT = 22;
const MARGE = 30;
const CLASSES = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

const abscisse = (i: number, n: number): number => (n < 2 ? L / 2 : MARGE + (i * (L - 2 * MARGE)) / (n - 1));

/** Une grandeur d'un point à l'autre, chaque valeur écrite ; l'échelle part du plus petit, non de zéro. */
export function Courbe(props: { titre: string; libelles: string[]; valeurs: (number | null)[]; ecrire: (v: number) => string }) {
  const connus = props.valeurs.filter((v): v is number => v !== null);
  const [min, max] = [Math.min(...connus), Math.max(...connus)];
  const y = (v: number) => (max === min ? (HAUT + H - BAS) / 2 : H - BAS - 8 - ((v - min) * (H - BAS - HAUT - 12)) / (max - min));
  const points = props.valeurs.flatMap((v, i) => (v === null ? [] : [{ i, v, x: abscisse(i, props.valeurs.length), y: y(v) }]));
  const texte = props.valeurs.map((v, i) => `${props.libelles[i] ?? ''} : ${v === null ? 'inconnu' : props.ecrire(v)}`).join(', ');
  return (
    <figure className="evolution-figure">
      <figcaption>{props.titre}</figcaption>
      <svg role="img" aria-label={`${props.titre} : ${texte}`} viewBox={`0 0 ${L} ${H}`}>
        <polyline points={points.map((p) => `${p.x},${p.y}`).join(' ')} className="evolution-ligne" />
        {points.map((p) => (
          <g key={p.i}>
            <circle cx={p.x} cy={p.y} r="3" className="evolution-point" />
            <text x={p.x} y={p.y - 8} className="evolution-valeur">{props.ecrire(p.v)}</text>
          </g>
        ))}
        <Axe libelles={props.libelles} />
      </svg>
    </figure>
  );
}

function Axe({ libelles }: { libelles: string[] }) {
  return libelles.map((l, i) => (
    <text key={l} x={abscisse(i, libelles.length)} y={H - 4} className="evolution-annee">{l.length > 10 ? `${l.slice(0, 9)}…` : l}</text>
  ));
}

/** La part de chaque classe à chaque point, de A en haut à G en bas ; les classes inconnues n'y sont pas. */
export function Barres({ titre, libelles, points }: { titre: string; libelles: string[]; points: Record<string, number>[] }) {
  const largeur = Math.min(34, (L - 2 * MARGE) / Math.max(1, points.length));
  return (
    <figure className="evolution-figure">
      <figcaption>{titre}</figcaption>
      <svg role="img" aria-label={`${titre} : ${points.map((p, i) => `${libelles[i] ?? ''} : ${CLASSES.map((c) => `${c} ${nombre(p[c] ?? 0)}`).join(', ')}`).join(' ; ')}`} viewBox={`0 0 ${L} ${H}`}>
        {points.map((p, i) => {
          const total = CLASSES.reduce((n, c) => n + (p[c] ?? 0), 0);
          let haut = 6;
          return (
            <g key={libelles[i]}>
              {total > 0 &&
                CLASSES.map((c, rang) => {
                  const h = ((p[c] ?? 0) * (H - BAS - 10)) / total;
                  const debut = haut;
                  haut += h;
                  return (
                    <g key={c}>
                      <rect x={abscisse(i, points.length) - largeur / 2} y={debut} width={largeur} height={Math.max(0, h - 0.5)} style={{ fill: `var(--seq-${rang + 1})` }}>
                        <title>{`${c} : ${nombre(p[c] ?? 0)}`}</title>
                      </rect>
                      {h > 11 && <text x={abscisse(i, points.length) - largeur / 2 - 9} y={debut + h / 2 + 4} className="evolution-classe">{c}</text>}
                    </g>
                  );
                })}
            </g>
          );
        })}
        <Axe libelles={libelles} />
      </svg>
    </figure>
  );
}
