import { Building2, Upload } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { prendreImport, useSession } from '../../app/session.ts';
import { Bouton, Echec, Segments, Squelette, Vide } from '../../ui/index.ts';
import { CoucheGlisse } from '../ensembles/CoucheGlisse.tsx';
import { Fiche } from '../ensembles/Fiche.tsx';
import { Qpv } from '../qpv/Qpv.tsx';
import { BandeauImport } from './BandeauImport.tsx';
import { BarreTable } from './BarreTable.tsx';
import { groupesDe } from './cases.tsx';
import { Comparaison } from './Comparaison.tsx';
import { Compteurs } from './Compteurs.tsx';
import { Correspondance } from './Correspondance.tsx';
import { accueillirDecisions } from './decisions.ts';
import { Evolution } from './evolution/Evolution.tsx';
import { Figures } from './Figures.tsx';
import type { Etat, Repartition } from './etatDesLieux.ts';
import { accueillir, estParcEntier, useSelection, type Vue } from './filtres.ts';
import { accueillirImport, choisirEtCommencer, commencer, montrerRapport, useImport, type Resultat } from './importation.ts';
import { Puces } from './Puces.tsx';
import { Rapport } from './Rapport.tsx';
import { TableEnsembles } from './TableEnsembles.tsx';
import { TableGroupes } from './TableGroupes.tsx';
import { TableLogements } from './TableLogements.tsx';
import { TableTerritoires } from './TableTerritoires.tsx';
import './patrimoine.css';
import './styles/import.css';
import './styles/compteurs.css';
import './styles/filtres.css';
import './styles/figures.css';
import './styles/rapport.css';
import './styles/comparaison.css';
import './styles/correspondance.css';
import './styles/ensembles.css';
import './styles/corrections.css';
import './styles/etroit.css';

const VUES: { valeur: Vue; libelle: string }[] = [
  { valeur: 'logements', libelle: 'Logements' },
  { valeur: 'ensembles', libelle: 'Ensembles' },
  { valeur: 'communes', libelle: 'Communes' },
  { valeur: 'epci', libelle: 'EPCI' },
  { valeur: 'departements', libelle: 'Départements' },
  { valeur: 'regions', libelle: 'Régions' },
  { valeur: 'qpv', libelle: 'QPV' },
  { valeur: 'evolution', libelle: 'Évolution' },
];

/** Les vues par territoire : leur maille, et le préfixe des codes de territoire. */
const TERRITOIRES = {
  communes: { maille: 'commune', prefixe: 'com' },
  epci: { maille: 'epci', prefixe: 'epci' },
  departements: { maille: 'departement', prefixe: 'dep' },
  regions: { maille: 'region', prefixe: 'reg' },
} as const;

/** Écran Patrimoine : l'import en bandeau, les compteurs, la table et ses répartitions. */
export default function Patrimoine() {
  const demandes = useSession((s) => s.filtres);
  const aImporter = useSession((s) => s.aImporter);
  const fiche = useSession((s) => s.fiche);
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? false;
  const dernier = useRequete('import.dernier', {});
  const { phase, rapport } = useImport();

  useEffect(accueillirImport, []);
  useEffect(accueillirDecisions, []);
  useEffect(accueillir, [demandes]);
  useEffect(() => {
    const demande = prendreImport();
    if (demande) void commencer(demande.chemin, demande.origine);
  }, [aImporter]);

  const resultat = dernier.donnees?.import ?? null;
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (cible?.champ.startsWith('qpv/')) {
      useSelection.setState({ vue: 'qpv' });
      useSession.setState({ cible: null });
      return;
    }
    // Un constat sur l'import se corrige d'après le rapport.
    if (!cible?.champ.startsWith('import/') || !dernier.donnees) return;
    if (resultat) montrerRapport(true);
    else useSession.setState({ cible: null });
  }, [cible, dernier.donnees, resultat]);
  return (
    <section className="patrimoine" aria-label="Patrimoine">
      <CoucheGlisse />
      <BandeauImport dernier={resultat} lectureSeule={lectureSeule} />
      {phase.nom === 'comparaison' ? (
        <Comparaison resultat={phase.resultat} jeton={phase.jeton} />
      ) : phase.nom === 'correspondance' ? (
        <Correspondance key={phase.chemin} chemin={phase.chemin} analyse={phase.analyse} aTraduire={phase.aTraduire} />
      ) : resultat && fiche !== null && !rapport ? (
        <Fiche id={fiche} lectureSeule={lectureSeule} />
      ) : resultat ? (
        <>
          {rapport && <Rapport resultat={resultat} comparaison={null} />}
          <Parc lectureSeule={lectureSeule} />
        </>
      ) : (
        <SansImport etat={dernier} lectureSeule={lectureSeule} occupe={phase.nom !== 'repos'} />
      )}
    </section>
  );
}

function SansImport(props: { etat: { donnees: { import: Resultat | null } | undefined; erreur: Parameters<typeof Echec>[0]['erreur'] | null; recharger: () => void }; lectureSeule: boolean; occupe: boolean }) {
  const { donnees, erreur, recharger } = props.etat;
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={10} />;
  if (props.occupe) return null;
  return (
    <Vide icone={Building2} phrase="Les logements, les ensembles et les territoires du parc se lisent ici, une fois la déclaration RPLS ou un tableau de logements importé.">
      {!props.lectureSeule && (
        <Bouton variante="principal" icone={Upload} onClick={() => void choisirEtCommencer('Importer un fichier de logements')}>
          Importer un fichier de logements
        </Bouton>
      )}
    </Vide>
  );
}

function Parc({ lectureSeule }: { lectureSeule: boolean }) {
  const { vue, filtres, par } = useSelection();
  const [choisi, setChoisi] = useState<{ vue: Vue; code: string } | null>(null);
  const etat = useRequete('etat.lire', {});
  const colonnes = useRequete('logements.colonnes', {});
  const vueTerritoire = vue === 'logements' || vue === 'ensembles' || vue === 'qpv' || vue === 'evolution' ? null : TERRITOIRES[vue];
  const territoire = vueTerritoire !== null && choisi?.vue === vue ? `${vueTerritoire.prefixe}-${choisi.code}` : null;
  const local = useRequete('etat.lire', { territoire: territoire ?? 'organisme' }, territoire !== null).donnees;
  const filtree = vue === 'logements' && !estParcEntier(filtres);
  const selection = useRequete('logements.repartition', { filtres }, filtree);
  const groupes = useMemo(() => groupesDe((colonnes.donnees?.colonnes ?? []).filter((c) => c.derivee !== true)), [colonnes.donnees]);
  // Pendant que la nouvelle sélection se compte, l'ancienne reste, estompée : rien ne saute.
  const [derniere, setDerniere] = useState<Repartition | null>(null);
  useEffect(() => {
    if (selection.donnees) setDerniere(selection.donnees);
  }, [selection.donnees]);

  if (!etat.donnees || !colonnes.donnees) {
    const manque = etat.erreur ? etat : colonnes;
    return manque.erreur ? <Echec erreur={manque.erreur} reessayer={manque.recharger} /> : <Squelette lignes={12} />;
  }
  const montree: Repartition = filtree ? (selection.donnees ?? derniere ?? etat.donnees) : territoire !== null && local ? local : etat.donnees;
  return (
    <>
      <Compteurs etat={etat.donnees} filtres={filtres} vue={vue} />
      <div className="patrimoine-commandes">
        <Segments nom="Vue du patrimoine" valeur={vue} options={VUES} surChoix={(v) => useSelection.setState({ vue: v })} />
        {vue === 'logements' && <Puces filtres={filtres} colonnes={colonnes.donnees.colonnes} noms={etat.donnees.noms} />}
      </div>
      {vue === 'logements' && <BarreTable colonnes={colonnes.donnees.colonnes} groupes={groupes} />}
      {selection.erreur && filtree && <Echec erreur={selection.erreur} reessayer={selection.recharger} />}
      {vue === 'qpv' ? (
        <Qpv lectureSeule={lectureSeule} />
      ) : vue === 'evolution' ? (
        <Evolution etat={etat.donnees} lectureSeule={lectureSeule} />
      ) : (
        <div className="patrimoine-corps">
          <div className="patrimoine-table">
            {vue === 'logements' && par.length === 0 && <TableLogements colonnes={colonnes.donnees.colonnes} lectureSeule={lectureSeule} />}
            {vue === 'logements' && par.length > 0 && <TableGroupes key={par.join(' ')} colonnes={colonnes.donnees.colonnes} />}
            {vue === 'ensembles' && <TableEnsembles lectureSeule={lectureSeule} />}
            {vueTerritoire !== null && (
              <TableTerritoires key={vue} genre={vueTerritoire.maille} etat={etat.donnees} choisi={choisi?.vue === vue ? choisi.code : null} surChoix={(code) => setChoisi({ vue, code })} />
            )}
          </div>
          <Figures
            repartition={montree}
            parc={filtree ? etat.donnees : null}
            titre={filtree ? 'Sélection de la table' : territoire !== null && local ? nomDe(etat.donnees, territoire) : 'Tout le parc'}
            suffixe={territoire !== null && local ? `@${territoire}` : ''}
            filtres={filtres}
            occupe={filtree && !selection.donnees}
          />
        </div>
      )}
    </>
  );
}

const nomDe = (etat: Etat, territoire: string): string => etat.noms[territoire] ?? etat.noms[territoire.slice(territoire.indexOf('-') + 1)] ?? territoire;
