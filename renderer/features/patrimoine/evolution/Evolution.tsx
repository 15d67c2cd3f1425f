import { Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Sortie } from '../../../../shared/contract.ts';
import { buildTableau, part, type RangeeTendance } from '../../../../shared/domain/declarations/tableau.ts';
import { dire } from '../../../app/avis.ts';
import { useOperation } from '../../../app/operation.ts';
import { useVersion } from '../../../app/requetes.ts';
import { appeler, enErreur } from '../../../app/service.ts';
import { Bandeau, Bouton, Choix, Echec, Progression } from '../../../ui/index.ts';
import { deuxDecimales, nombre } from '../../../ui/format.ts';
import type { Etat } from '../etatDesLieux.ts';
import { Barres, Courbe } from './Figures.tsx';
import { Declarations } from './Declarations.tsx';
import './evolution.css';

export type Tendances = Sortie<'declarations.tendances'>;
const TOUS = '-';
const FINE = '\u202f';

/** Ce que valent les grandeurs du parc d'une déclaration à l'autre, en figures et en tableau. */
export function Evolution({ etat, lectureSeule }: { etat: Etat; lectureSeule: boolean }) {
  const version = useVersion();
  const { lancer, annuler, enCours, progres, erreur, resultat } = useOperation('declarations.tendances', false);
  const [territoire, setTerritoire] = useState('organisme');
  const [origine, setOrigine] = useState(TOUS);
  const [tendances, setTendances] = useState<Tendances | null>(null);
  const choix = useMemo(() => ({ territoire, ...(origine === TOUS ? {} : { origine }) }), [territoire, origine]);
  useEffect(() => {
    void lancer(choix);
  }, [lancer, choix, version]);
  // L'ancienne reste montrée pendant que la nouvelle se compte.
  useEffect(() => {
    if (resultat) setTendances(resultat);
  }, [resultat]);

  const territoires = useMemo(() => {
    const options = (codes: Record<string, number>, prefixe: string) =>
      Object.keys(codes).map((c) => ({ valeur: `${prefixe}-${c}`, libelle: etat.noms[c] ?? c })).toSorted((a, b) => a.libelle.localeCompare(b.libelle, 'fr'));
    return [{ valeur: 'organisme', libelle: 'Tout le parc' }, ...options(etat.departements, 'dep'), ...options(etat.epci, 'epci'), ...options(etat.communes, 'com')];
  }, [etat]);
  const organismes = useMemo(() => {
    const vus = new Map(tendances?.points.flatMap((p) => p.declarations).map((d) => [d.siren, d.nom]));
    return [{ valeur: TOUS, libelle: 'Tous les organismes' }, ...[...vus].map(([valeur, libelle]) => ({ valeur, libelle }))];
  }, [tendances]);

  async function exporter() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire l’évolution', filtres: [{ nom: 'Classeur ou CSV', extensions: ['xlsx', 'csv'] }], defaut: 'evolution.xlsx' });
    if (!destination) return;
    try {
      const { chemin } = await appeler('declarations.exporter', { destination, ...choix });
      window.atelier.montrerFichier(chemin);
    } catch (cause) {
      dire(enErreur(cause));
    }
  }

  return (
    <section className="evolution defile" aria-label="Évolution du parc" aria-busy={enCours || undefined}>
      <div className="evolution-tete">
        <Choix nom="Territoire" compact valeur={territoire} options={territoires} surChoix={setTerritoire} />
        {organismes.length > 2 || origine !== TOUS ? <Choix nom="Organisme" compact valeur={origine} options={organismes} surChoix={setOrigine} /> : null}
        {tendances && (
          <Bouton icone={Download} onClick={() => void exporter()}>
            Exporter
          </Bouton>
        )}
      </div>
      {erreur && erreur.code !== 'annule' && <Echec erreur={erreur} reessayer={() => void lancer(choix)} />}
      {enCours && progres !== null && (
        <Progression libelle={progres.etape} fait={progres.fait} total={progres.total} action={<Bouton variante="texte" onClick={annuler}>Annuler</Bouton>} />
      )}
      {tendances && <Contenu t={tendances} lectureSeule={lectureSeule} />}
      {tendances === null && <Declarations lectureSeule={lectureSeule} />}
    </section>
  );
}

function Contenu({ t, lectureSeule }: { t: Tendances; lectureSeule: boolean }) {
  const rangees = useMemo(() => buildTableau(t.points, t.mouvements), [t]);
  const reportees = t.points.filter((p) => p.declarations.some((d) => d.reportee));
  const libelles = t.points.map((p) => p.libelle);
  const pourcent = (v: number) => `${deuxDecimales(100 * v)}${FINE}%`;
  return (
    <>
      {t.points.length < 2 && (
        <Bandeau ton="info" titre="Une seule déclaration est dans le dossier.">
          L’évolution se lira ici dès qu’une déclaration d’une autre année sera importée : l’ancienne reste gardée.
        </Bandeau>
      )}
      {reportees.length > 0 && (
        <p className="doux">
          {reportees.map((p) => `${p.libelle} : ${p.declarations.filter((d) => d.reportee).map((d) => `${d.nom}, déclaration ${d.annee ?? 'sans année'}`).join(' ; ')}`).join('. ')}. Un organisme sans
          déclaration de l’année y est par sa précédente.
        </p>
      )}
      <div className="evolution-figures">
        <Courbe titre="Logements du parc" libelles={libelles} valeurs={t.points.map((p) => p.logements)} ecrire={nombre} />
        <Courbe titre="Vacance (MODE 2 / MODE 1 et 2)" libelles={libelles} valeurs={t.points.map((p) => part(p.vacance.vacants, p.vacance.proposes))} ecrire={pourcent} />
        <Courbe titre="Loyer moyen (€/m² habitable)" libelles={libelles} valeurs={t.points.map((p) => p.loyers.SH.loyerM2)} ecrire={deuxDecimales} />
        <Barres titre="DPE, classes A à G" libelles={libelles} points={t.points.map((p) => p.dpe)} />
      </div>
      <Declarations lectureSeule={lectureSeule} />
      <Tableau libelles={libelles} rangees={rangees} />
    </>
  );
}

function ecrire(r: RangeeTendance, v: number | null): string {
  if (v === null) return '–';
  switch (r.format) {
    case 'entier': return nombre(v);
    case 'taux': return `${deuxDecimales(100 * v)}${FINE}%`;
    case 'euros': return deuxDecimales(v);
  }
}

/** Les groupes que personne n'a mesurés n'ont pas de ligne ; les autres se replient. */
function Tableau({ libelles, rangees }: { libelles: string[]; rangees: RangeeTendance[] }) {
  const groupes = [...new Set(rangees.map((r) => r.groupe))]
    .map((nom) => ({ nom, lignes: rangees.filter((r) => r.groupe === nom) }))
    .filter((g) => g.lignes.some((r) => r.valeurs.some((v) => v !== null && v !== 0)));
  return (
    <div className="evolution-defile">
      <table className="evolution-table">
        <thead>
          <tr>
            <th scope="col">Grandeur</th>
            {libelles.map((l) => (
              <th key={l} scope="col" className="nombre">{l}</th>
            ))}
          </tr>
        </thead>
        {groupes.map((g) => (
          <tbody key={g.nom}>
            <tr>
              <th scope="rowgroup" colSpan={libelles.length + 1} className="evolution-groupe">{g.nom}</th>
            </tr>
            {g.lignes.map((r) => (
              <tr key={r.libelle}>
                <th scope="row">{r.libelle}</th>
                {r.valeurs.map((v, i) => (
                  <td key={libelles[i]} className="nombre">{ecrire(r, v)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <p className="doux petit">
        Vacance de plus de trois mois : dernière mise en location (champ 62) plus de trois mois entiers avant le 1er janvier de la déclaration (proposé par Atelier CUS, non réglementaire). La méthode du DPE a changé au
        1er juillet 2021 : avant et depuis ne se comparent pas. Les courbes commencent à leur plus petite valeur, non à zéro.
      </p>
    </div>
  );
}
