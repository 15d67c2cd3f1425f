export default function Verifier(_props: { chemin?: string | null }) { return null; }
