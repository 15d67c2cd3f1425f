import { KeyRound, Upload } from 'lucide-react';
import { useEffect } from 'react';
import { inspecter } from '../../app/inspecteur.ts';
import { useRequete } from '../../app/requetes.ts';
import { useSession } from '../../app/session.ts';
import { Bouton, Echec, Segments, Squelette, Vide } from '../../ui/index.ts';
import { Correspondance } from '../patrimoine/Correspondance.tsx';
import { accueillirImport, useImport } from '../patrimoine/importation.ts';
import '../patrimoine/patrimoine.css';
import '../patrimoine/styles/import.css';
import '../patrimoine/styles/rapport.css';
import '../patrimoine/styles/comparaison.css';
import '../patrimoine/styles/correspondance.css';
import { Chiffres } from './Chiffres.tsx';
import { Cote } from './Cote.tsx';
import { BandeauAttributions, choisirAttributions } from './Import.tsx';
import { Lignes } from './Lignes.tsx';
import { MAILLES, nommerPeriode, periodeMontree, useReglages, type Etat, type Par } from './mesures.ts';
import { Table } from './Table.tsx';
import './attributions.css';

/** Vue Attributions des engagements : ce que les attributions importées disent, par territoire et par année. */
export function Attributions() {
  const dossier = useSession((s) => s.dossier);
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? false;
  const { par } = useReglages();
  const lu = useRequete('attributions.resultats', { par });
  const { phase } = useImport();
  useEffect(accueillirImport, []);
  useEffect(() => {
    // Ce qui était choisi dans un autre dossier n'y existe peut-être pas.
    if (useReglages.getState().dossier !== dossier) useReglages.setState({ dossier, choisi: null, filtre: null, periode: null });
  }, [dossier]);
  useCible();
  if (phase.nom === 'correspondance') {
    return (
      <section className="patrimoine attributions-correspondance" aria-label="Attributions">
        <Correspondance key={phase.chemin} chemin={phase.chemin} analyse={phase.analyse} aTraduire={phase.aTraduire} />
      </section>
    );
  }
  return (
    <section className="attributions" aria-label="Attributions">
      {!lu.donnees ? lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={12} /> : <Corps etat={lu.donnees} lectureSeule={lectureSeule} />}
    </section>
  );
}

const MAILLE_DE: Record<string, Par> = { reg: 'region', dep: 'departement', epci: 'epci', ept: 'epci', com: 'commune' };

/** Un chiffre demandé d'ailleurs ouvre son explication ; ses lignes, la liste. */
function useCible() {
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    const [racine, territoire, periode, mesure, etat] = cible?.champ.split('/') ?? [];
    if (racine !== 'attributions' && racine !== 'attributions-lignes') return;
    if (racine === 'attributions-lignes') useReglages.setState({ filtre: { territoire: territoire ?? 'organisme', periode: periode ?? 'toutes', mesure: mesure ?? '', etat: etat ?? '' } });
    else if (territoire !== undefined && periode !== undefined && mesure !== undefined) {
      useReglages.setState({ par: MAILLE_DE[territoire.split('-')[0] ?? ''] ?? 'organisme', periode, choisi: territoire, filtre: null });
      inspecter(cible?.champ ?? '');
    } else useReglages.setState({ filtre: null });
    useSession.setState({ cible: null });
  }, [cible]);
}

function Corps({ etat, lectureSeule }: { etat: Etat; lectureSeule: boolean }) {
  const { par, choisi, filtre, periode: voulue } = useReglages();
  const { phase } = useImport();
  const periode = periodeMontree(etat, voulue);
  const organisme = etat.organisme.find((l) => l.periode === periode);
  const choisie = etat.lignes.find((l) => l.territoire === choisi && l.periode === periode);
  const ligne = choisie ?? organisme;
  if (organisme === undefined || ligne === undefined) {
    return (
      <>
        <BandeauAttributions lectureSeule={lectureSeule} />
        {phase.nom === 'repos' && (
          <Vide icone={KeyRound} phrase="Les attributions des trois années qui précèdent la convention diront ici les références de PS-1, PS-2, PS-3 et PP-5, par territoire, et ce qu’elles montrent des minimums de la loi. Une ligne par attribution ; rien qui nomme une personne.">
            {!lectureSeule && <Bouton variante="principal" icone={Upload} onClick={() => void choisirAttributions()}>Importer des attributions</Bouton>}
          </Vide>
        )}
      </>
    );
  }
  const periodes = etat.organisme.filter((l) => l.attributions > 0 || l.periode === periode).map((l) => ({ valeur: l.periode, libelle: nommerPeriode(l.periode, etat.reference) }));
  return (
    <>
      <BandeauAttributions lectureSeule={lectureSeule} />
      {filtre !== null ? (
        <Lignes key={JSON.stringify(filtre)} etat={etat} filtre={filtre} />
      ) : (
        <>
          <div className="attributions-commandes">
            <Segments nom="Période" valeur={periode} options={periodes} surChoix={(v) => useReglages.setState({ periode: v })} />
            <Segments nom="Maille" valeur={par} options={MAILLES} surChoix={(v) => useReglages.setState({ par: v, choisi: null })} />
            {choisie && <Bouton variante="texte" onClick={() => useReglages.setState({ choisi: null })}>Revenir à l’organisme</Bouton>}
          </div>
          <Chiffres etat={etat} ligne={ligne} />
          <div className="attributions-corps">
            <div className="attributions-table">
              <Table etat={etat} periode={periode} />
            </div>
            <div className="attributions-cote defile" tabIndex={0} role="region" aria-label="Minimums et années">
              <Cote etat={etat} ligne={ligne} lectureSeule={lectureSeule} />
            </div>
          </div>
        </>
      )}
    </>
  );
}
