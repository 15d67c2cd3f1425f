/** Écran Loyers. */
export default function Loyers() {
  return <section aria-label="Loyers" />;
}
