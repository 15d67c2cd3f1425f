import { useState } from 'react';
import { Chiffre } from '../../app/Chiffre.tsx';
import { useOperation } from '../../app/operation.ts';
import { Bouton, Echec, Saisie } from '../../ui/index.ts';
import { accord, date, nomDeFichier, typographie } from '../../ui/format.ts';
import { direInconnues, direMesure, direPartCourte, direRapport, lirePart } from '../../../shared/domain/attributions/part.ts';
import { Barre } from './Barre.tsx';
import { compteDe, direVerdict, nommerPeriode, pourcent, requisDe, sujetDe, ZERO, type Etat, type Ligne, type Seuil } from './mesures.ts';

/** Ce que les années disent d'un territoire, les minimums de la loi qui s'y apprécient, et d'où viennent les lignes. */
export function Cote({ etat, ligne, lectureSeule }: { etat: Etat; ligne: Ligne; lectureSeule: boolean }) {
  const toutes = [...etat.lignes, ...etat.organisme];
  const annees = etat.annees.map((a) => toutes.find((l) => l.territoire === ligne.territoire && l.periode === String(a.annee)));
  return (
    <>
      <h2 className="titre-section">{ligne.nom}</h2>
      {etat.seuils.map((s) => (
        <Minimum key={s.code} s={s} territoire={ligne.territoire} annees={annees.flatMap((l) => l ?? [])} lectureSeule={lectureSeule} />
      ))}
      <h3 className="etiquette">Années importées</h3>
      <ul className="attributions-fichiers">
        {etat.annees.map((a) => (
          <li key={a.annee}>
            <strong>{a.annee}</strong> {accord(a.attributions, 'attribution')} <span className="doux">{nomDeFichier(a.fichier)}, {date(a.importeLe.slice(0, 10))}</span>
          </li>
        ))}
      </ul>
      <p className="doux petit">
        {etat.reference.length > 0 && `${nommerPeriode('reference', etat.reference)} : les années qui précèdent la convention. `}
        {typographie(etat.reserve)}
      </p>
      <p className="doux petit">Une valeur absente reste inconnue : elle n’est jamais comptée comme un « non ». Champs et écritures du tableau : proposés par Atelier CUS, non réglementaires.</p>
    </>
  );
}

function Minimum({ s, territoire, annees, lectureSeule }: { s: Seuil; territoire: string; annees: readonly Ligne[]; lectureSeule: boolean }) {
  const ici = s.territoires.find((t) => t.code === territoire);
  const avec = annees.filter((l) => lirePart(compteDe(l, s.mesure)).genre !== 'vide');
  const { taux: minimum, objectif } = requisDe(s, { territoire, periode: 'toutes' }, ZERO);
  return (
    <section className="attributions-minimum">
      <h3 className="attributions-minimum-titre">
        {typographie(s.libelle)} <span className="doux">{s.article}, {objectif ? 'objectif ' : ''}{pourcent(minimum)}</span>
      </h3>
      {avec.length === 0 ? (
        <p className="doux petit">Rien à mesurer : aucune attribution connue de cette base.</p>
      ) : (
        <table className="attributions-annees">
          <tbody>
            {avec.map((l) => {
              const c = compteDe(l, s.mesure);
              const requis = requisDe(s, l, c);
              const { verdict } = requis;
              return (
                <tr key={l.periode}>
                  <th scope="row">{l.periode}</th>
                  <td className="nombre">
                    <Barre compte={c} minimum={minimum} verdict={verdict} />
                    <Chiffre sujet={sujetDe(l.territoire, l.periode, s.mesure)} nom={`${s.libelle}, ${l.periode}, ${direMesure(c)}`}>
                      <span className="doux">{direRapport(c)}</span> {lirePart(c).genre === 'inconnue' ? '' : direPartCourte(c)}
                    </Chiffre>
                    {(verdict === 'sous' || verdict === 'indecis') && <span className="attributions-verdict petit">{[direVerdict(requis), direInconnues(c)].filter((t) => t !== '').join(' : ')}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {ici === undefined && s.territoires.length > 0 && <p className="doux petit">S’apprécie ailleurs : {accord(s.territoires.length, 'territoire')}, {s.territoires.slice(0, 3).map((t) => t.nom).join(', ')}{s.territoires.length > 3 ? '…' : '.'}</p>}
      {ici !== undefined && s.objectif !== null && <Objectif key={`${s.code} ${territoire} ${ici.objectif?.saisie ?? ''}`} s={s} territoire={territoire} garde={ici.objectif} lectureSeule={lectureSeule} />}
    </section>
  );
}

/** Un autre objectif que celui de la loi, avec sa source : il la remplace dans les constats. */
function Objectif({ s, territoire, garde, lectureSeule }: { s: Seuil; territoire: string; garde: { saisie: string; source: string } | null; lectureSeule: boolean }) {
  const [ouvert, setOuvert] = useState(garde !== null);
  const [saisie, setSaisie] = useState(garde?.saisie ?? '');
  const [source, setSource] = useState(garde?.source ?? '');
  const ecrire = useOperation('attributions.definirObjectif');
  const change = saisie.trim() !== (garde?.saisie ?? '') || source.trim() !== (garde?.source ?? '');
  if (!ouvert) {
    return lectureSeule ? null : (
      <Bouton variante="texte" onClick={() => setOuvert(true)}>Un autre objectif y est fixé…</Bouton>
    );
  }
  return (
    <form
      className="attributions-objectif"
      aria-label={`Objectif, ${s.libelle}`}
      onSubmit={(e) => {
        e.preventDefault();
        void ecrire.lancer({ seuil: s.code, territoire, saisie, source });
      }}
    >
      <Saisie compact aria-label="Objectif" placeholder="30 %" value={saisie} readOnly={lectureSeule} onChange={(e) => setSaisie(e.target.value)} />
      <Saisie compact aria-label="Source de l’objectif" placeholder="Source : CIA du…" value={source} readOnly={lectureSeule} onChange={(e) => setSource(e.target.value)} />
      {!lectureSeule && <Bouton type="submit" disabled={!change} occupe={ecrire.enCours}>Enregistrer</Bouton>}
      {ecrire.erreur && <Echec erreur={ecrire.erreur} fermer={ecrire.effacer} />}
      <p className="doux petit">{typographie(s.objectif ?? '')} Vide : {pourcent((100 * s.minimum.n) / s.minimum.d)}.</p>
    </form>
  );
}
