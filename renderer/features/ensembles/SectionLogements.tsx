import { date, deuxDecimales, nombre } from '../../ui/format.ts';
import { AvecFiche, Compte, Comptes, libelleCode, type Fiche } from './lecture.tsx';

const pieces = (cle: string): string => (cle === 'inconnu' ? 'inconnu' : cle === '1' ? '1 pièce' : cle === '9' ? '9 pièces et plus' : `${cle} pièces`);
const ranger = (comptes: Record<string, number>): [string, number][] =>
  Object.entries(comptes).sort(([a], [b]) => Number(a === 'inconnu') - Number(b === 'inconnu') || a.localeCompare(b, 'fr', { numeric: true }));

/** Typologie, surfaces, âge, énergie, conventions, vacance. */
export function SectionLogements({ id }: { id: string }) {
  return <AvecFiche id={id}>{(f) => <Contenu id={id} f={f} />}</AvecFiche>;
}

function Contenu({ id, f }: { id: string; f: Fiche }) {
  const lignes = (comptes: Record<string, number>, dimension: string, nommer: (cle: string) => string) =>
    ranger(comptes).map(([cle, n]) => ({ sujet: `${dimension}/${cle}`, nom: nommer(cle), n }));
  return (
    <div className="fiche-blocs">
      <Comptes id={id} titre="Taille" lignes={lignes(f.pieces, 'pieces', pieces)} />
      <Comptes id={id} titre="Type" lignes={lignes(f.types, 'type', (c) => libelleCode('TYPECONST', c))} />
      <Surfaces id={id} f={f} />
      <Comptes id={id} titre="Année de construction" lignes={lignes(f.annees, 'annee', (c) => (c === 'inconnu' ? 'inconnue' : c))} />
      <Dpe id={id} f={f} />
      <Comptes
        id={id}
        titre="Occupation au 1er janvier"
        lignes={lignes(f.modes, 'mode', (c) => libelleCode('MODE', c))}
      />
      <Conventions id={id} f={f} />
    </div>
  );
}

/** Trois surfaces, jamais additionnées entre elles. */
function Surfaces({ id, f }: { id: string; f: Fiche }) {
  const sortes = [
    ['SH', 'habitable'],
    ['SU', 'utile'],
    ['SC', 'corrigée'],
  ] as const;
  return (
    <div className="fiche-bloc">
      <h4 className="fiche-bloc-titre">Surfaces</h4>
      <table className="fiche-table">
        <thead>
          <tr>
            <th scope="col">Sorte</th>
            <th scope="col" className="fiche-droite">m²</th>
            <th scope="col" className="fiche-droite">Logements</th>
          </tr>
        </thead>
        <tbody>
          {sortes.map(([s, mot]) => (
            <tr key={s}>
              <th scope="row">
                {mot} ({s})
              </th>
              <td className="fiche-droite">
                <Compte id={id} sujet={`surface/${s}`} n={f.surfaces[s].total} nom={`Surface ${mot}`}>
                  {f.surfaces[s].logements === 0 ? '–' : deuxDecimales(f.surfaces[s].total)}
                </Compte>
              </td>
              <td className="fiche-droite">{nombre(f.surfaces[s].logements)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Dpe({ id, f }: { id: string; f: Fiche }) {
  const colonnes = [
    ['avant', 'avant'],
    ['depuis', 'depuis'],
    ['sansDate', 'sans date'],
  ] as const;
  return (
    <div className="fiche-bloc fiche-bloc-large">
      <h4 className="fiche-bloc-titre">
        Classe énergie <span className="doux">diagnostics d’avant et depuis le 1er juillet 2021, date où la méthode a changé</span>
      </h4>
      <table className="fiche-table">
        <thead>
          <tr>
            <th scope="col">Classe</th>
            {colonnes.map(([c, mot]) => (
              <th key={c} scope="col" className="fiche-droite">
                {mot}
              </th>
            ))}
            <th scope="col" className="fiche-droite">Total</th>
          </tr>
        </thead>
        <tbody>
          {f.dpe.map((d) => (
            <tr key={d.classe}>
              <th scope="row">{d.classe}</th>
              {colonnes.map(([c, mot]) => (
                <td key={c} className="fiche-droite">
                  {d[c] === 0 ? <span className="doux">–</span> : <Compte id={id} sujet={`dpe/${d.classe}/${c}`} n={d[c]} nom={`Classe ${d.classe}, ${mot} : ${nombre(d[c])}`} />}
                </td>
              ))}
              <td className="fiche-droite">
                <Compte id={id} sujet={`dpe/${d.classe}`} n={d.avant + d.depuis + d.sansDate} nom={`Classe ${d.classe}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CONVENTIONS_MONTREES = 6;

function Conventions({ id, f }: { id: string; f: Fiche }) {
  const { oui, non, inconnu, liste } = f.conventions;
  return (
    <div className="fiche-bloc">
      <h4 className="fiche-bloc-titre">Conventions APL</h4>
      <dl className="fiche-comptes">
        {([['oui', 'conventionnés', oui], ['non', 'non conventionnés', non], ['inconnu', 'inconnu', inconnu]] as const)
          .filter(([, , n]) => n > 0)
          .map(([cle, nom, n]) => (
            <div key={cle}>
              <dt>{nom}</dt>
              <dd>
                <Compte id={id} sujet={`conventions/${cle}`} n={n} nom={`${nom} : ${nombre(n)}`} />
              </dd>
            </div>
          ))}
      </dl>
      {liste.length > 0 && (
        <ul className="fiche-liste">
          {liste.slice(0, CONVENTIONS_MONTREES).map((c) => (
            <li key={`${c.numero} ${c.date}`}>
              <span>
                {c.numero === '' ? 'sans numéro' : c.numero}
                {c.date !== '' && <span className="doux">, du&nbsp;{date(c.date)}</span>}
              </span>
              <span>{nombre(c.logements)}</span>
            </li>
          ))}
          {liste.length > CONVENTIONS_MONTREES && <li className="doux">et {nombre(liste.length - CONVENTIONS_MONTREES)} autres</li>}
        </ul>
      )}
    </div>
  );
}
