import { scaleLinear, scalePoint } from '@visx/scale';
import { Circle, LinePath } from '@visx/shape';
import { nombre, pourcent, typographie } from '../../ui/format.ts';
import { texteDe, useEngagements } from './magasin.ts';
import { nommerHorizon, type Cellule, type Ligne, type Matrice } from './rangees.ts';
import { estCumul, grandeurDe, lireCase } from './valeurs.ts';

const [LARGEUR, HAUTEUR] = [340, 104];
const MARGE = { haut: 20, bas: 18, gauche: 10, droite: 10 };

type PointTrajectoire = { cle: string; libelle: string; texte: string; valeur: number | null };

/**
 * De la référence à la dernière cible de la ligne : un dessin, et la même chose en tableau pour qui le lit. Un point
 * par valeur lisible ; nombres et taux mêlés ne se comparent pas et ne se relient pas. `plancher` : minimum de la loi.
 */
export function Trajectoire({ matrice, ligne, plancher }: { matrice: Matrice; ligne: Ligne; plancher: { minimum: { n: number; d: number }; article: string } | null }) {
  const locales = useEngagements((s) => s.locales);
  const index = useEngagements((s) => s.index);
  const lire = (champ: string): string => texteDe(champ, { locales, index });
  const cases = matrice.colonnes.flatMap((c): Cellule[] => ligne.cellules.filter((x) => x.horizon === c.horizon));
  const cumuls = cases.length > 0 && cases.every((c) => estCumul(c.horizon));
  const tous = [
    { cle: 'reference', libelle: 'Référence', texte: lire(ligne.champReference) },
    ...cases.map((c) => ({ cle: c.horizon, libelle: cumuls ? (matrice.colonnes.find((x) => x.horizon === c.horizon)?.libelle ?? nommerHorizon(c.horizon)) : c.horizon, texte: lire(c.champ) })),
  ].map((p) => ({ ...p, grandeur: grandeurDe(p.texte) }));
  const genres = new Set(tous.flatMap((p) => (p.grandeur === null ? [] : [p.grandeur.genre])));
  const genre = genres.size === 1 ? [...genres][0] : null;
  const points: PointTrajectoire[] = tous.map(({ grandeur, ...p }) => ({ ...p, valeur: genre === null ? null : (grandeur?.valeur ?? null) }));
  const connus = points.flatMap((p) => (p.valeur === null ? [] : [{ ...p, valeur: p.valeur }]));
  const seuil = plancher !== null && genre === 'taux' ? (100 * plancher.minimum.n) / plancher.minimum.d : null;
  const dire = (v: number): string => (genre === 'taux' ? pourcent(Math.round(v * 10) / 10) : nombre(v));
  const resume = genres.size > 1 ? 'Nombres et taux sont mêlés sur cette ligne : ils ne se comparent pas.' : connus.length === 0 ? 'Aucune valeur lisible à dessiner.' : '';
  return (
    <figure className="trajectoire">
      <figcaption className="doux petit">
        {cumuls ? 'Référence, puis cumuls depuis le début de la convention' : `De la référence à ${cases.at(-1)?.horizon ?? 'la cible'}`}
        {seuil !== null && plancher && <> · minimum {dire(seuil)} ({plancher.article})</>}
      </figcaption>
      {resume === '' ? <Dessin points={points} connus={connus} seuil={seuil} dire={dire} /> : <p className="doux petit">{resume}</p>}
      <table className="hors-vue">
        <caption>Trajectoire de {typographie(ligne.nomTerritoire)}</caption>
        <thead>
          <tr>{points.map((p) => <th key={p.cle} scope="col">{p.libelle}</th>)}</tr>
        </thead>
        <tbody>
          <tr>{points.map((p) => <td key={p.cle}>{p.texte === '' ? 'vide' : lireCase(p.texte).affiche}</td>)}</tr>
        </tbody>
      </table>
    </figure>
  );
}

function Dessin({ points, connus, seuil, dire }: { points: PointTrajectoire[]; connus: (PointTrajectoire & { valeur: number })[]; seuil: number | null; dire: (v: number) => string }) {
  const valeurs = [...connus.map((p) => p.valeur), ...(seuil === null ? [] : [seuil])];
  const [min, max] = [Math.min(...valeurs), Math.max(...valeurs)];
  const jeu = max === min ? Math.max(1, Math.abs(max)) * 0.1 : (max - min) * 0.12;
  const x = scalePoint({ domain: points.map((p) => p.cle), range: [MARGE.gauche + 14, LARGEUR - MARGE.droite - 14] });
  const y = scaleLinear({ domain: [min - jeu, max + jeu], range: [HAUTEUR - MARGE.bas, MARGE.haut] });
  // La référence n'est pas une année de la convention : un trait ne la relie pas aux cumuls.
  const suite = connus.filter((p) => p.cle !== 'reference' || !points.some((q) => estCumul(q.cle)));
  return (
    <svg viewBox={`0 0 ${LARGEUR} ${HAUTEUR}`} className="trajectoire-dessin" aria-hidden="true">
      {seuil !== null && <line x1={MARGE.gauche} x2={LARGEUR - MARGE.droite} y1={y(seuil)} y2={y(seuil)} className="trajectoire-plancher" />}
      <LinePath data={suite} x={(p) => x(p.cle) ?? 0} y={(p) => y(p.valeur)} className="trajectoire-trait" />
      {points.map((p, i) => (
        <text key={p.cle} x={i === 0 ? MARGE.gauche : i === points.length - 1 ? LARGEUR - MARGE.droite : x(p.cle)} y={HAUTEUR - 4} textAnchor={i === 0 ? 'start' : i === points.length - 1 ? 'end' : 'middle'} className="trajectoire-axe">{p.cle === 'reference' && points.length > 4 ? 'Réf.' : p.libelle}</text>
      ))}
      {connus.map((p) => (
        <g key={p.cle}>
          <Circle cx={x(p.cle)} cy={y(p.valeur)} r={3} className={p.cle === 'reference' ? 'trajectoire-reference' : 'trajectoire-point'} />
          <text x={x(p.cle)} y={y(p.valeur) - 7} textAnchor="middle" className="trajectoire-valeur">{dire(p.valeur)}</text>
        </g>
      ))}
    </svg>
  );
}
