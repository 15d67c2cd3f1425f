/** Écran Patrimoine. */
export default function Patrimoine() {
  return <section aria-label="Patrimoine" />;
}
