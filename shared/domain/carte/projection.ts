/**
 * Conique conforme sur la sphère, centrée sur l'étendue montrée : l'échelle est la même partout sur la feuille à
 * moins d'un pour cent pour la métropole, et le nord est en haut au milieu. Degrés vers mètres au sol.
 */
export type Etendue = readonly [ouest: number, sud: number, est: number, nord: number];
export type Projection = (lon: number, lat: number) => [x: number, y: number];

const RAYON = 6_371_008.8;
const rad = (d: number): number => (d * Math.PI) / 180;

export function projeter([ouest, sud, est, nord]: Etendue): Projection {
  const lon0 = rad((ouest + est) / 2);
  const lat0 = (sud + nord) / 2;
  // Les parallèles d'échelle exacte sont à un sixième des bords ; sur l'équateur le cône serait un cylindre.
  const ecart = Math.max(0.01, (nord - sud) / 3);
  const borner = (d: number): number => (Math.abs(d) < 0.01 ? 0.01 : Math.max(-85, Math.min(85, d)));
  const [p1, p2] = [rad(borner(lat0 - ecart)), rad(borner(lat0 + ecart))];
  const t = (p: number): number => Math.tan(Math.PI / 4 + p / 2);
  const n = Math.log(Math.cos(p1) / Math.cos(p2)) / Math.log(t(p2) / t(p1)) || Math.sin(rad(borner(lat0)));
  const f = (Math.cos(p1) * t(p1) ** n) / n;
  const rho = (lat: number): number => (RAYON * f) / t(rad(Math.max(-89, Math.min(89, lat)))) ** n;
  const rho0 = rho(lat0);
  return (lon, lat) => {
    const [r, angle] = [rho(lat), n * (rad(lon) - lon0)];
    return [r * Math.sin(angle), rho0 - r * Math.cos(angle)];
  };
}

const PAS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5] as const;

/** Le premier dénominateur rond d'échelle qui n'est pas plus petit : 231 400 → 250 000. */
export function echelleRonde(denominateur: number): number {
  const puissance = 10 ** Math.floor(Math.log10(Math.max(1, denominateur)));
  return (PAS.find((p) => p * puissance >= denominateur) ?? 10) * puissance;
}

/** La plus grande longueur ronde (1, 2 ou 5) au plus égale, en mètres. */
export function longueurRonde(metres: number): number {
  const puissance = 10 ** Math.floor(Math.log10(metres));
  return ([5, 2].find((p) => p * puissance <= metres) ?? 1) * puissance;
}
