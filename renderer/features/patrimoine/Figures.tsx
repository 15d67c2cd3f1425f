import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useState } from 'react';
import type { Filtres } from '../../app/session.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { classes, Segments } from '../../ui/index.ts';
import { accord, decimal, nombre } from '../../ui/format.ts';
import { barresAnnee, barresDpe, barresFinancement, barresTaille, type Barre, type Etat } from './etatDesLieux.ts';
import { basculer, estRetenu } from './filtres.ts';

const FINE = '\u202f';
const part = (n: number, total: number): string => (total === 0 ? '' : `${decimal(Math.round((1000 * n) / total) / 10)}${FINE}%`);

/** Les répartitions du parc : chaque barre filtre la table, et montre si la table la retient. */
export function Figures({ etat, filtres, entier }: { etat: Etat; filtres: Filtres; /** La table est filtrée, pas ces figures : le dire. */ entier: boolean }) {
  const [forme, setForme] = useState<'figures' | 'tableau'>('figures');
  const [nom, perimetre] = ['Répartition du parc', etat.territoire === 'organisme' ? '' : (etat.noms[etat.territoire.slice(4)] ?? '')];
  const figures = [
    { titre: 'Financement', barres: barresFinancement(etat), colonnes: false },
    { titre: 'Classe énergie (DPE)', barres: barresDpe(etat), colonnes: true },
    { titre: 'Année de construction', barres: barresAnnee(etat), colonnes: true },
    { titre: 'Taille', barres: barresTaille(etat), colonnes: false },
  ];
  return (
    <aside className="figures defile" aria-label={nom}>
      <header className="figures-tete">
        <div>
          <h2 className="etiquette">{entier ? (perimetre ? `${perimetre}, tout le parc` : 'Tout le parc') : perimetre || nom}</h2>
          {entier && <p className="doux petit">Sans les filtres de la table.</p>}
        </div>
        <Segments
          nom="Forme des répartitions"
          valeur={forme}
          options={[
            { valeur: 'figures', libelle: 'Figures' },
            { valeur: 'tableau', libelle: 'Tableau' },
          ]}
          surChoix={setForme}
        />
      </header>
      {figures.map((f) =>
        forme === 'tableau' ? (
          <Tableau key={f.titre} titre={f.titre} barres={f.barres} total={etat.logements} />
        ) : f.colonnes ? (
          <Colonnes key={f.titre} titre={f.titre} barres={f.barres} total={etat.logements} filtres={filtres} />
        ) : (
          <Barres key={f.titre} titre={f.titre} barres={f.barres} total={etat.logements} filtres={filtres} />
        ),
      )}
    </aside>
  );
}

type PropsFigure = { titre: string; barres: Barre[]; total: number; filtres: Filtres };

function nomBarre(titre: string, b: Barre, total: number): string {
  return `${titre} ${b.libelle} : ${accord(b.logements, 'logement')}, ${part(b.logements, total)}`;
}

/** Barres couchées : un libellé, une barre, un nombre. */
function Barres({ titre, barres, total, filtres }: PropsFigure) {
  const x = scaleLinear<number>({ domain: [0, Math.max(1, ...barres.map((b) => b.logements))], range: [0, 100] });
  const filtree = barres.some((b) => estRetenu(filtres, b.colonne, b.valeurs));
  return (
    <figure className="figure">
      <figcaption className="figure-titre">{titre}</figcaption>
      <ul>
        {barres.map((b) => {
          const retenu = estRetenu(filtres, b.colonne, b.valeurs);
          return (
            <li key={b.cle} className="figure-ligne">
              <button
                type="button"
                className={classes('figure-barre', filtree && !retenu && 'figure-estompee')}
                aria-pressed={retenu}
                aria-label={nomBarre(titre, b, total)}
                onClick={() => basculer(b.colonne, b.valeurs)}
              >
                <span className="coupe">{b.libelle}</span>
                <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                  <Bar x={0} y={1} width={Math.max(b.logements > 0 ? 0.6 : 0, x(b.logements))} height={10} className={b.cle.toLowerCase() === 'inconnu' ? 'figure-inconnu' : 'figure-plein'} />
                </svg>
              </button>
              <Nombre barre={b} titre={titre} />
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

function Nombre({ barre, titre }: { barre: Barre; titre: string }) {
  const texte = nombre(barre.logements);
  if (barre.sujet === null) return <span className="nombre">{texte}</span>;
  return (
    <Chiffre sujet={barre.sujet} nom={`${titre} ${barre.libelle}, ${texte}`} className="nombre">
      {texte}
    </Chiffre>
  );
}

const HAUT = 64;

/** Colonnes debout : l'ordre des classes ou du temps se lit de gauche à droite. */
function Colonnes({ titre, barres, total, filtres }: PropsFigure) {
  const [vue, setVue] = useState<Barre | null>(null);
  const largeur = 280;
  const x = scaleBand<string>({ domain: barres.map((b) => b.cle), range: [0, largeur], padding: 0.16 });
  const y = scaleLinear<number>({ domain: [0, Math.max(1, ...barres.map((b) => b.logements))], range: [0, HAUT] });
  const filtree = barres.some((b) => estRetenu(filtres, b.colonne, b.valeurs));
  // Une année s'écrit entière : toutes n'ont pas la place, quelques-unes suffisent à se repérer.
  const pas = Math.ceil(barres.length / 6);
  const court = (b: Barre, i: number) => (b.cle === 'inconnu' ? '?' : b.colonne !== 'construct' || i % pas === 0 ? b.cle : '\u00a0');
  return (
    <figure className="figure">
      <figcaption className="figure-titre">
        {titre}
        <span className="doux figure-lue" aria-hidden="true">
          {vue && `${vue.libelle} : ${nombre(vue.logements)} (${part(vue.logements, total)})`}
        </span>
      </figcaption>
      <div className="figure-colonnes" role="group" aria-label={titre}>
        {barres.map((b, i) => {
          const retenu = estRetenu(filtres, b.colonne, b.valeurs);
          return (
            <button
              key={b.cle}
              type="button"
              className={classes('figure-colonne', filtree && !retenu && 'figure-estompee')}
              aria-pressed={retenu}
              aria-label={nomBarre(titre, b, total)}
              disabled={b.logements === 0}
              data-sujet={b.sujet ?? undefined}
              onMouseEnter={() => setVue(b)}
              onMouseLeave={() => setVue(null)}
              onFocus={() => setVue(b)}
              onClick={() => basculer(b.colonne, b.valeurs)}
            >
              <svg viewBox={`0 0 ${x.bandwidth()} ${HAUT}`} preserveAspectRatio="none" aria-hidden="true">
                <Bar
                  x={0}
                  y={HAUT - Math.max(b.logements > 0 ? 1 : 0, y(b.logements))}
                  width={x.bandwidth()}
                  height={Math.max(b.logements > 0 ? 1 : 0, y(b.logements))}
                  className={b.cle === 'inconnu' ? 'figure-inconnu' : 'figure-plein'}
                />
              </svg>
              <span aria-hidden="true" className="figure-repere">
                {court(b, i)}
              </span>
            </button>
          );
        })}
      </div>
    </figure>
  );
}

function Tableau({ titre, barres, total }: Omit<PropsFigure, 'filtres'>) {
  return (
    <table className="figure-tableau">
      <caption className="figure-titre">{titre}</caption>
      <tbody>
        {barres.map((b) => (
          <tr key={b.cle}>
            <th scope="row">{b.libelle}</th>
            <td className="nombre">
              <Nombre barre={b} titre={titre} />
            </td>
            <td className="nombre doux">{part(b.logements, total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
