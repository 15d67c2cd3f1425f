/** Petite courbe référence → cible. `null` est une valeur absente, laissée en blanc. */
export function Etincelle({ valeurs, nom, largeur = 56, hauteur = 16 }: { valeurs: (number | null)[]; nom: string; largeur?: number; hauteur?: number }) {
  const connus = valeurs.filter((v): v is number => v !== null);
  if (connus.length < 2) return null;
  const min = Math.min(...connus);
  const etendue = Math.max(...connus) - min;
  const x = (i: number) => 3 + (i * (largeur - 6)) / Math.max(1, valeurs.length - 1);
  const y = (v: number) => (etendue === 0 ? hauteur / 2 : hauteur - 3 - ((v - min) * (hauteur - 6)) / etendue);
  const points = valeurs.flatMap((v, i) => (v === null ? [] : [{ x: x(i), y: y(v) }]));
  const dernier = points[points.length - 1];
  return (
    <svg role="img" aria-label={nom} width={largeur} height={hauteur} viewBox={`0 0 ${largeur} ${hauteur}`}>
      <polyline points={points.map((p) => `${p.x},${p.y}`).join(' ')} fill="none" stroke="var(--encre-douce)" strokeWidth="1.2" />
      {dernier && <circle cx={dernier.x} cy={dernier.y} r="2.2" fill="var(--accent)" />}
    </svg>
  );
}
