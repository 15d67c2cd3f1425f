export default function Echanges() { return null; }
