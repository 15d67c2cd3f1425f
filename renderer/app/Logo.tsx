/** Équerre et maison : la marque de l'atelier. */
export function Logo({ taille = 18 }: { taille?: number }) {
  return (
    <svg width={taille} height={taille} viewBox="0 0 18 18" fill="none" aria-hidden="true">
      <path d="M2.5 15.5V2.5l13 13z" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <path d="M5.5 12.5V9.7l2.8 2.8z" fill="currentColor" />
      <path d="M10 2.5h5.5V8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
