import { Download, FilePlus2, PanelRight, Redo2, Scale, Undo2, Wand2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useAnnulation, useHistorique } from '../../app/historique.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape, useSession } from '../../app/session.ts';
import { Bandeau, Bouton, BoutonIcone, Choix, Echec, Pastille, Recherche, Segments, Squelette, Vide } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import { Aides } from './Aides.tsx';
import { Baremes } from './Baremes.tsx';
import { Constats } from './Constats.tsx';
import { Fiche } from './Fiche.tsx';
import { Jauge } from './Jauge.tsx';
import { ETATS, useMontrees, useRangees, type Rangee } from './lignes.ts';
import { GESTES, choisirScenario, MENEES, ouvrirPour, relacher, useNpl, type Resultat, type Resume } from './magasin.ts';
import { Creation, Scenarios } from './Scenarios.tsx';
import { TableNpl } from './TableNpl.tsx';
import './npl.css';
import './jauge.css';
import './aides.css';
import './scenarios.css';
import './baremes.css';
import './etroit.css';

/** Nouvelle politique des loyers, facultative (L445-2, L445-3) : scénarios, masse maximale, maximums par ensemble. */
export function Npl() {
  const dossier = useSession((s) => s.dossier);
  const info = useRequete('dossier.info', {}).donnees;
  const lus = useRequete('npl.scenarios', {});
  const { vue, creer } = useNpl();
  const scenarios = lus.donnees?.scenarios;
  const lectureSeule = info?.lectureSeule ?? true;
  const historique = useHistorique(GESTES);
  useAnnulation(historique, lectureSeule ? null : MENEES);
  useEffect(() => ouvrirPour(dossier), [dossier]);
  useCible(scenarios);
  const choisi = useNpl((s) => s.scenario);
  const courant = scenarios?.find((s) => s.id === choisi) ?? scenarios?.find((s) => s.retenu) ?? scenarios?.at(-1);
  if (!scenarios || !info) return <section className="npl" aria-label="Politique des loyers">{lus.erreur ? <Echec erreur={lus.erreur} reessayer={lus.recharger} /> : <Squelette lignes={12} />}</section>;
  if (!courant && vue !== 'baremes') {
    return (
      <section className="npl" aria-label="Politique des loyers">
        <Messages />
        {creer && !lectureSeule ? <Creation scenarios={scenarios} /> : (
          <Vide icone={Scale} phrase="Fixer une nouvelle politique des loyers est facultatif (L445-2) : ses scénarios, leur masse maximale et leurs maximums par ensemble se décident ici.">
            {!lectureSeule && <Bouton variante="principal" icone={FilePlus2} onClick={() => useNpl.setState({ creer: true })}>Créer un scénario</Bouton>}
            <Bouton variante="texte" onClick={() => useNpl.setState({ vue: 'baremes' })}>Saisir les barèmes</Bouton>
          </Vide>
        )}
      </section>
    );
  }
  return (
    <section className="npl" aria-label="Politique des loyers">
      <Tete scenarios={scenarios} courant={courant} lectureSeule={lectureSeule} historique={historique} />
      <Messages />
      {courant ? <Scenario key={courant.id} scenario={courant.id} scenarios={scenarios} lectureSeule={lectureSeule} /> : <Baremes lectureSeule={lectureSeule} />}
    </section>
  );
}

/** Un champ demandé d'ailleurs (palette, constat, inspecteur) ouvre la bonne vue. */
function useCible(scenarios: readonly Resume[] | undefined) {
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (!cible?.champ.startsWith('npl/') || !scenarios) return;
    const [, genre = '', code, plafond] = cible.champ.split('/');
    if (genre === 'creer') useNpl.setState({ creer: true, vue: scenarios.length === 0 ? 'ensembles' : 'scenarios' });
    else if (genre === 'baremes') useNpl.setState({ vue: 'baremes' });
    else if (genre === 'scenario') useNpl.setState({ vue: 'scenarios' });
    else useNpl.setState({ vue: 'ensembles' });
    if (genre === 'retenu') {
      const retenu = scenarios.find((s) => s.retenu);
      if (retenu) choisirScenario(retenu.id);
      // Une nature de constat à justifier, sans ligne : la vue qui les a tous.
      if (code !== undefined && plafond === undefined) useNpl.setState({ vue: 'constats' });
      else if (code !== undefined) useNpl.setState({ texte: '', etat: 'tous', filtres: {}, choisie: `${code}/${plafond ?? ''}`, fiche: true });
    }
    useSession.setState({ cible: null });
  }, [cible, scenarios]);
}

function Messages() {
  const dit = useNpl((s) => s.dit);
  const erreur = useNpl((s) => s.erreur);
  return (
    <>
      {erreur && <Echec erreur={erreur} fermer={() => useNpl.setState({ erreur: null })} />}
      {dit && (
        <Bandeau ton={dit.ton} titre={typographie(dit.titre)} actions={<Bouton variante="texte" onClick={() => useNpl.setState({ dit: null })}>Masquer</Bouton>}>
          {dit.lignes.length > 0 && <ul className="npl-refus defile">{dit.lignes.map((l, i) => <li key={i}>{typographie(l)}</li>)}</ul>}
        </Bandeau>
      )}
    </>
  );
}

function Tete({ scenarios, courant, lectureSeule, historique }: { scenarios: readonly Resume[]; courant: Resume | undefined; lectureSeule: boolean; historique: ReturnType<typeof useHistorique> }) {
  const vue = useNpl((s) => s.vue);
  const exporter = useOperation('npl.exporter', false);
  async function choisir(s: Resume) {
    const destination = await window.atelier.choisirDestination({ titre: 'Exporter la politique des loyers', filtres: [{ nom: 'Tableau', extensions: ['xlsx', 'ods', 'csv'] }], defaut: 'politique-des-loyers.xlsx' });
    if (destination && (await exporter.lancer({ scenario: s.id, destination }))) window.atelier.montrerFichier(destination);
  }
  const { annuler, refaire } = historique;
  return (
    <>
      <header className="npl-tete">
        {courant && (
          <>
            <Choix compact nom="Scénario" valeur={String(courant.id)} options={scenarios.map((s) => ({ valeur: String(s.id), libelle: `${s.nom}, ${s.annee}` }))} surChoix={(v) => choisirScenario(Number(v))} />
            {courant.retenu && <Pastille ton="accent">Retenu</Pastille>}
          </>
        )}
        <Segments
          nom="Vue de la politique des loyers"
          valeur={vue}
          options={[
            { valeur: 'ensembles', libelle: 'Ensembles' },
            { valeur: 'constats', libelle: courant && courant.constats > 0 ? `Constats (${accord(courant.constats, 'bloquant')})` : 'Constats' },
            { valeur: 'scenarios', libelle: scenarios.length > 1 ? `Scénarios (${scenarios.length})` : 'Scénarios' },
            { valeur: 'baremes', libelle: 'Barèmes' },
          ]}
          surChoix={(v) => useNpl.setState({ vue: v })}
        />
        <span className="npl-outils">
          {!lectureSeule && (
            <>
              <BoutonIcone nom={annuler ? `Annuler : ${typographie(annuler.libelle)}` : 'Annuler'} raccourci="Ctrl+Z" icone={Undo2} disabled={!annuler} onClick={() => annuler && MENEES.annuler(annuler)} />
              <BoutonIcone nom={refaire ? `Refaire : ${typographie(refaire.libelle)}` : 'Refaire'} raccourci="Ctrl+Y" icone={Redo2} disabled={!refaire} onClick={() => refaire && MENEES.refaire(refaire)} />
            </>
          )}
          {courant && <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void choisir(courant)}>Exporter</Bouton>}
        </span>
      </header>
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
    </>
  );
}

function Scenario({ scenario, scenarios, lectureSeule }: { scenario: number; scenarios: readonly Resume[]; lectureSeule: boolean }) {
  const vue = useNpl((s) => s.vue);
  const lu = useRequete('npl.lire', { scenario });
  const toutes = useRangees(lu.donnees);
  const { donnees } = lu;
  useEffect(() => {
    if (donnees) relacher(donnees.lignes);
  }, [donnees]);
  if (!donnees) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={10} />;
  return (
    <>
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      <Jauge scenario={scenario} resultat={donnees} />
      {vue === 'ensembles' && <Ensembles scenario={scenario} resultat={donnees} toutes={toutes} lectureSeule={lectureSeule} />}
      {vue === 'constats' && <Constats resultat={donnees} toutes={toutes} lectureSeule={lectureSeule} />}
      {vue === 'scenarios' && <Scenarios scenarios={scenarios} lectureSeule={lectureSeule} />}
      {vue === 'baremes' && <Baremes lectureSeule={lectureSeule} />}
    </>
  );
}

function Ensembles({ scenario, resultat, toutes, lectureSeule }: { scenario: number; resultat: Resultat; toutes: readonly Rangee[]; lectureSeule: boolean }) {
  const { texte, etat, filtres, retenues, choisie, fiche, aides } = useNpl();
  const montrees = useMontrees(toutes);
  const grille = useRef<HTMLDivElement | null>(null);
  const rangee = toutes.find((r) => r.cle === choisie) ?? (choisie === null ? undefined : toutes.find((r) => r.ensemble === choisie.split('/')[0]));
  const visees = retenues.retenues.size > 0 ? toutes.filter((r) => retenues.retenues.has(r.cle)) : montrees;
  const poses = Object.values(filtres).filter((v) => v.length > 0).length;
  const filtre = texte !== '' || etat !== 'tous' || poses > 0;
  // Alt+Entrée ouvre le détail de l'ensemble de la ligne, avant que la grille n'y voie un chiffre à expliquer.
  useEffect(() => {
    function surTouche(e: KeyboardEvent) {
      if (e.key !== 'Enter' || !e.altKey || e.target !== grille.current) return;
      e.preventDefault();
      e.stopPropagation();
      useNpl.setState({ fiche: true });
    }
    window.addEventListener('keydown', surTouche, true);
    return () => window.removeEventListener('keydown', surTouche, true);
  }, []);
  if (toutes.length === 0) {
    return (
      <Vide icone={Scale} phrase="Les maximums par ensemble se fixent ici une fois le patrimoine importé.">
        <Bouton variante="principal" onClick={() => allerEtape('patrimoine')}>Aller au patrimoine</Bouton>
      </Vide>
    );
  }
  return (
    <>
      <div className="npl-filtres">
        <Recherche nom="Chercher un ensemble ou une commune" value={texte} onChange={(e) => useNpl.setState({ texte: e.currentTarget.value })} />
        <Choix compact nom="Lignes montrées" valeur={etat} options={ETATS} surChoix={(v) => useNpl.setState({ etat: v })} />
        {filtre && <Bouton variante="texte" onClick={() => useNpl.setState({ texte: '', etat: 'tous', filtres: {} })}>Tout montrer</Bouton>}
        {retenues.retenues.size > 0 && <span className="doux petit">{accord(retenues.retenues.size, 'ligne choisie', 'lignes choisies')}, Échap les lâche</span>}
        <span className="npl-outils">
          {!lectureSeule && <Bouton icone={Wand2} aria-expanded={aides} onClick={() => useNpl.setState({ aides: !aides })}>Aides sur la sélection</Bouton>}
          <Bouton icone={PanelRight} aria-expanded={fiche} aria-keyshortcuts="Alt+Enter" title="Base, surface, maximum d’une convention, répartition (Alt+Entrée)" onClick={() => useNpl.setState({ fiche: !fiche, ...(choisie === null ? { choisie: montrees[0]?.cle ?? null } : {}) })}>Détail de l’ensemble</Bouton>
        </span>
      </div>
      {aides && !lectureSeule && <Aides scenario={scenario} visees={visees} choisies={retenues.retenues.size > 0} />}
      <div className="npl-corps">
        <TableNpl scenario={scenario} resultat={resultat} toutes={toutes} montrees={montrees} lectureSeule={lectureSeule} racine={grille} />
        {fiche && rangee && <Fiche scenario={scenario} rangee={rangee} toutes={toutes} lectureSeule={lectureSeule} />}
      </div>
    </>
  );
}
