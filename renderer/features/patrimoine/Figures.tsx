import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useState, type ReactNode } from 'react';
import type { Filtres } from '../../app/session.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { classes, Segments } from '../../ui/index.ts';
import { accord, decimal, nombre } from '../../ui/format.ts';
import {
  barresAge, barresAnnee, barresDpe, barresFinan, barresFinancement, barresMethode, barresQpv, barresSurface, barresTaille, barresType, fondre, type Barre, type Repartition,
} from './etatDesLieux.ts';
import { basculer, estRetenu } from './filtres.ts';

const FINE = '\u202f';
const part = (n: number, total: number): string => (total === 0 ? '' : `${decimal(Math.round((1000 * n) / total) / 10)}${FINE}%`);

type Variante = { nom: string; barres: (r: Repartition) => Barre[] };
const FIGURES: { titre: string; colonnes: boolean; variantes: [Variante, ...Variante[]] }[] = [
  { titre: 'Financement', colonnes: false, variantes: [{ nom: 'Familles', barres: barresFinancement }, { nom: 'Codes', barres: barresFinan }] },
  { titre: 'Classe énergie (DPE)', colonnes: true, variantes: [{ nom: 'Classe', barres: barresDpe }] },
  { titre: 'Méthode du DPE', colonnes: false, variantes: [{ nom: 'Date', barres: barresMethode }] },
  { titre: 'Année de construction', colonnes: true, variantes: [{ nom: 'Décennies', barres: barresAnnee }, { nom: 'Âges', barres: barresAge }] },
  { titre: 'Taille', colonnes: false, variantes: [{ nom: 'Pièces', barres: barresTaille }, { nom: 'Surface', barres: barresSurface }] },
  { titre: 'Type', colonnes: false, variantes: [{ nom: 'Type', barres: barresType }] },
  { titre: 'QPV', colonnes: false, variantes: [{ nom: 'QPV', barres: barresQpv }] },
];

/**
 * Les répartitions de ce que la table montre : chaque barre la filtre, et montre si elle la retient.
 * `suffixe` : le territoire que les explications nomment ; `parc` : la référence quand la table est filtrée.
 */
export function Figures(props: { repartition: Repartition; parc: Repartition | null; titre: string; suffixe: string; filtres: Filtres; occupe: boolean }) {
  const { repartition, parc, filtres } = props;
  const [forme, setForme] = useState<'figures' | 'tableau'>('figures');
  const [variantes, setVariantes] = useState<Record<string, string>>({});
  return (
    <aside className={classes('figures', 'defile', props.occupe && 'figures-occupees')} aria-label="Répartitions" aria-busy={props.occupe || undefined}>
      <header className="figures-tete">
        <div>
          <h2 className="etiquette">{props.titre}</h2>
          {parc !== null && <p className="doux petit">{nombre(repartition.logements)} sur {accord(parc.logements, 'logement')} du parc</p>}
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
      {FIGURES.map((f) => {
        const variante = f.variantes.find((v) => v.nom === variantes[f.titre]) ?? f.variantes[0];
        const siens = variante.barres(repartition).map((b) => ({ ...b, sujet: b.sujet === null ? null : `${b.sujet}${props.suffixe}` }));
        const barres = parc === null ? siens : fondre(variante.barres(parc), siens);
        if (barres.length === 0) return null;
        const choix = f.variantes.length < 2 ? null : (
          <span className="figure-variantes" role="group" aria-label={`${f.titre} : classer par`}>
            {f.variantes.map((v) => (
              <button key={v.nom} type="button" aria-pressed={v === variante} onClick={() => setVariantes({ ...variantes, [f.titre]: v.nom })}>
                {v.nom}
              </button>
            ))}
          </span>
        );
        const commun = { titre: f.titre, choix, barres, total: repartition.logements };
        if (forme === 'tableau') return <Tableau key={f.titre} {...commun} />;
        return f.colonnes && variante === f.variantes[0] ? <Colonnes key={f.titre} {...commun} filtres={filtres} /> : <Barres key={f.titre} {...commun} filtres={filtres} />;
      })}
    </aside>
  );
}

type PropsFigure = { titre: string; choix: ReactNode; barres: Barre[]; total: number; filtres: Filtres };

function nomBarre(titre: string, b: Barre, total: number): string {
  const parts = (b.parts ?? []).filter((p) => p.logements > 0).map((p) => `${p.nom} ${nombre(p.logements)}`);
  return `${titre} ${b.libelle} : ${accord(b.logements, 'logement')}, ${part(b.logements, total)}${parts.length > 0 ? `, dont ${parts.join(', ')}` : ''}`;
}

/** Barres couchées : un libellé, une barre, un nombre. */
function Barres({ titre, choix, barres, total, filtres }: PropsFigure) {
  const x = scaleLinear<number>({ domain: [0, Math.max(1, ...barres.map((b) => b.logements))], range: [0, 100] });
  const filtree = barres.some((b) => estRetenu(filtres, b.colonne, b.valeurs));
  return (
    <figure className="figure">
      <figcaption className="figure-titre">
        {titre}
        {choix}
      </figcaption>
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
                  <Bar x={0} y={1} width={Math.max(b.logements > 0 ? 0.6 : 0, x(b.logements))} height={10} className={TEINTES[b.cle.toLowerCase()] ?? 'figure-plein'} />
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

/** Les barres qui ne sont pas de la teinte commune ; celles de la méthode du DPE légendent ses classes. */
const TEINTES: Readonly<Record<string, string>> = { inconnu: 'figure-inconnu', avant: 'figure-avant', 'sans-date': 'figure-sans-date' };

const HAUT = 64;

/** Colonnes debout : l'ordre des classes ou du temps se lit de gauche à droite. */
function Colonnes({ titre, choix, barres, total, filtres }: PropsFigure) {
  const [vue, setVue] = useState<Barre | null>(null);
  const largeur = 280;
  const x = scaleBand<string>({ domain: barres.map((b) => b.cle), range: [0, largeur], padding: 0.16 });
  const y = scaleLinear<number>({ domain: [0, Math.max(1, ...barres.map((b) => b.logements))], range: [0, HAUT] });
  const filtree = barres.some((b) => estRetenu(filtres, b.colonne, b.valeurs));
  // Une année s'écrit entière : toutes n'ont pas la place, quelques-unes suffisent à se repérer.
  const pas = Math.ceil(barres.length / 6);
  const court = (b: Barre, i: number) => (b.cle === 'inconnu' ? '?' : b.colonne !== 'decennie' || i % pas === 0 ? b.cle : '\u00a0');
  return (
    <figure className="figure">
      <figcaption className="figure-titre">
        {titre}
        <span className="doux figure-lue" aria-hidden="true">
          {vue && `${vue.libelle} : ${nombre(vue.logements)}${total === 0 ? '' : ` (${part(vue.logements, total)})`}`}
        </span>
        {choix}
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
              disabled={b.logements === 0 && !retenu && b.sujet !== null}
              data-sujet={b.sujet ?? undefined}
              onMouseEnter={() => setVue(b)}
              onMouseLeave={() => setVue(null)}
              onFocus={() => setVue(b)}
              onClick={() => basculer(b.colonne, b.valeurs)}
            >
              <svg viewBox={`0 0 ${x.bandwidth()} ${HAUT}`} preserveAspectRatio="none" aria-hidden="true">
                {empiler(b, y).map((m) => (
                  <Bar key={m.classe} x={0} y={m.haut} width={x.bandwidth()} height={m.hauteur} className={m.classe} />
                ))}
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

/** Les morceaux d'une colonne, du bas vers le haut : la méthode d'aujourd'hui, celle d'avant, la date inconnue. */
function empiler(b: Barre, y: (n: number) => number): { classe: string; haut: number; hauteur: number }[] {
  const hauteur = (n: number) => Math.max(n > 0 ? 1 : 0, y(n));
  const [avant, depuis, sansDate] = b.parts ?? [];
  const morceaux =
    avant && depuis && sansDate
      ? [{ classe: 'figure-plein', n: depuis.logements }, { classe: 'figure-avant', n: avant.logements }, { classe: 'figure-sans-date', n: sansDate.logements }]
      : [{ classe: b.cle === 'inconnu' ? 'figure-inconnu' : 'figure-plein', n: b.logements }];
  let bas = HAUT;
  return morceaux.filter((m) => m.n > 0).map((m) => {
    const h = Math.min(hauteur(m.n), bas);
    bas -= h;
    return { classe: m.classe, haut: bas, hauteur: h };
  });
}

function Tableau({ titre, choix, barres, total }: Omit<PropsFigure, 'filtres'>) {
  return (
    <table className="figure-tableau">
      <caption>
        <span className="figure-titre">
          {titre}
          {choix}
        </span>
      </caption>
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
