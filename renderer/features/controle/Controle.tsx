export default function Controle() { return null; }
