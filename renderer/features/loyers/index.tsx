import { FileText, Map as IconeCarte } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape, ouvrirFiche, useSession } from '../../app/session.ts';
import { Carte } from '../../map/Carte.tsx';
import { LienCartes } from '../../map/lien.ts';
import type { ModeSelection } from '../../../shared/domain/carte/selection.ts';
import { etendueObjet, rangsDe } from '../../../shared/domain/carte/plan.ts';
import { libelleMesure } from '../../../shared/domain/carte/mesures.ts';
import { direClasses, MEMES_CLASSES } from '../../../shared/domain/carte/classer.ts';
import { Bouton, Echec, Poignee, Squelette, Vide } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { Bornes } from './Bornes.tsx';
import { Chercher, type Trouve } from './Chercher.tsx';
import { useColoriages, type Coloriage } from './coloriage.ts';
import { Commandes } from './Commandes.tsx';
import { choisisDe, useComparaison } from './comparaison.ts';
import { useEchap, useLargeur } from './ecran.ts';
import { Fond } from './Fond.tsx';
import { Quartiers } from './Quartiers.tsx';
import { Repere } from './Repere.tsx';
import { Histogramme } from './Histogramme.tsx';
import { Impression } from './Impression.tsx';
import { options, useAutresSurfaces, useOrganisme, useSeconde } from './lectures.ts';
import { Legende } from './Legende.tsx';
import { Outils } from './Outils.tsx';
import { direMoyennes, perimetreDe } from './perimetre.ts';
import { Selection } from './Selection.tsx';
import { direExclus, joindre, lignesLoyers, MESURES, titreMesure, type Ligne, type Mesure } from './mesures.ts';
import { basculer, choisir, deselectionner, LARGEUR_TABLE, reglerTable, selectionner, useReglages } from './reglages.ts';
import { usePlaces } from './places.ts';
import { reunir, type Etendue } from './positions.ts';
import { TableLoyers } from './TableLoyers.tsx';
import { decrire, direLigne, direPlaces, type Montree } from './textes.ts';
import { useNpl } from '../npl/magasin.ts';
import './loyers.css';

const AUCUN: Coloriage = { mesure: 'loyerM2', classes: { bornes: [], couleurs: [] }, classees: [], legende: [] };
const AUCUN_SCENARIO: never[] = [];

/** Écran Loyers : la carte et le tableau des mêmes chiffres, sur la même sélection. */
export default function Loyers() {
  const reglages = useReglages();
  // Un réglage vaut aussitôt dans les commandes ; des milliers de lignes suivent, par morceaux qui laissent la fenêtre répondre.
  const { mesure, comparee, taille, methode, nombre: voulu, surface, maille, annee, scenario: voulue, scenarioCompare, retenues, choisi, selection, ...differe } = useDeferredValue(reglages);
  const { largeurTable, outil } = reglages;
  // Une borne que l'on déplace suit la main : elle ne vaut toutefois que pour sa mesure.
  const posees = reglages.mesure === mesure ? reglages.posees : differe.posees;
  const dossier = useSession((s) => s.dossier);
  // La carte montre le scénario ouvert dans la politique des loyers, tant qu'on n'en choisit pas un autre.
  const ouvert = useNpl((s) => (s.dossier === dossier ? s.scenario : null));
  const scenario = voulue ?? ouvert;
  // Dans l'ordre où l'écran s'en sert : le service répond à l'une après l'autre.
  const fond = useRequete('carte.plan', {});
  const lu = useRequete('carte.loyers', { par: maille, surface });
  const lieux = useRequete('carte.lieux', {});
  const qpv = useRequete('qpv.tracer', {}).donnees;
  const suite = lu.donnees !== undefined && lieux.donnees !== undefined;
  const mesures = useRequete('carte.valeurs', { par: maille, surface, ...options(annee, scenario) }, suite);
  const valeurs = useDeferredValue(mesures.donnees);
  const inconnu = mesures.erreur?.code === 'scenario-inconnu';
  // Un scénario supprimé depuis : celui du dossier reprend sa place.
  useEffect(() => {
    if (!inconnu) return;
    useReglages.setState({ scenario: null });
    useNpl.setState({ scenario: null });
  }, [inconnu]);
  const organisme = useOrganisme(surface, annee, scenario, suite);
  const autres = useAutresSurfaces(maille, surface, suite);
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? true;
  const [pose, setPose] = useState<((lon: number, lat: number) => void) | null>(null);
  const [cible, setCible] = useState<Etendue | null>(null);
  const [lien] = useState(() => new LienCartes());
  const vue = useRef<Etendue | null>(null);
  const grille = useRef<HTMLDivElement | null>(null);
  const [place, cadre] = useLargeur();

  useEffect(() => {
    useReglages.setState({ choisi: null, retenues: [], posees: null, outil: null, annee: null, scenario: null, scenarioCompare: null });
    deselectionner();
  }, [dossier]);

  const service = useRequete('serviceRendu.lire', { par: maille }).donnees;
  const grilleService = service?.grille ?? null;
  const base = useMemo(() => lignesLoyers(lu.donnees), [lu.donnees]);
  const lignes = useMemo(() => joindre(base, valeurs), [base, valeurs]);
  const montre = valeurs?.scenarios.find((s) => s.id === valeurs.scenario) ?? null;
  const lueSeconde = useSeconde(base, { maille, surface, annee, premier: scenario ?? montre?.id ?? null, voulu: scenarioCompare, comparee, scenarios: valeurs?.scenarios ?? AUCUN_SCENARIO, actif: suite });
  const { seconde } = lueSeconde;
  const [lePremier, second] = useColoriages(base, lignes, mesure, { lignes: seconde?.lignes ?? lignes, mesure: comparee }, { methode, posees, grille: grilleService, nombre: voulu });
  const premier = lePremier ?? AUCUN;
  const { classes, classees } = premier;
  /** Vrai pour les lignes des classes retenues dans la légende ; `null` : toutes. */
  const gardees = useMemo(() => (retenues.length === 0 ? null : classees.map((l) => retenues.includes(l.classe))), [classees, retenues]);
  const montrees = useMemo(() => (gardees === null ? lignes : lignes.filter((_, i) => gardees[i])), [lignes, gardees]);
  const perimetre = useMemo(() => perimetreDe(lignes, montrees, selection.retenues, gardees !== null), [lignes, montrees, selection, gardees]);
  const rangs = useMemo(() => new Map(base.map((l, i) => [l.code, i])), [base]);
  const ligneDe = (code: string): Ligne | undefined => lignes[rangs.get(code) ?? -1];
  const colorees = useMemo(() => [premier, ...(second && seconde === null && second.mesure !== premier.mesure ? [second] : [])], [premier, second, seconde]);
  const prises = useMemo(() => lignes.filter((l) => selection.retenues.has(l.code)), [lignes, selection]);
  const choisis = useMemo(() => choisisDe(prises, premier), [prises, premier]);
  const { choisis: choisisSecond, coloree: deSeconde, total: totalSecond } = useComparaison(seconde, second, { lignes, rangs, retenues: selection.retenues, gardees });
  const absences = valeurs?.absences;
  const champs = valeurs?.champs;
  const connues = useMemo(() => MESURES.filter((m) => m.surface || (champs !== undefined && m.valeur in champs)), [champs]);
  const avec = useCallback((m: Mesure) => absences !== undefined && absences[m] === undefined && connues.some((c) => c.valeur === m), [absences, connues]);

  const { plan, positions, traces, quartiers, nomsQuartiers, precisions, lieuxTable, dites, dessiner, etenduesDe, pointDe } = usePlaces({ maille, rangs, taille, fond: fond.donnees, lieux: lieux.donnees, qpv });
  const donneesDe = useCallback((c: Coloriage) => dessiner(gardees === null ? c.classees : c.classees.filter((_, i) => gardees[i]), c.classes.couleurs), [dessiner, gardees]);
  const donnees = useMemo(() => donneesDe(premier), [donneesDe, premier]);
  const donneesSeconde = useMemo(() => (second === null ? null : donneesDe(second)), [donneesDe, second]);
  const etendue = useMemo(() => reunir(etenduesDe(rangs.keys())), [etenduesDe, rangs]);
  const pointChoisi = useMemo(() => pointDe(choisi, donnees), [choisi, donnees, pointDe]);

  const cliquer = useCallback((code: string | null, ajoute: boolean) => {
    if (code !== null && ajoute) basculer(code, maille);
    else choisir(code, maille);
  }, [maille]);
  function pas(sens: 1 | -1) {
    const { choisi: courant } = useReglages.getState();
    const rang = montrees.findIndex((l) => l.code === courant);
    const suivante = montrees[(rang + sens + montrees.length) % montrees.length];
    if (suivante) choisir(suivante.code, maille);
  }
  /** Va au lieu trouvé et sélectionne ce qu'il désigne à la maille montrée. */
  function aller(t: Trouve) {
    const codes = (maille === 'ensemble' ? t.ensembles : maille === 'commune' ? t.communes : maille === 'epci' ? t.epci : []).filter((c) => rangs.has(c));
    if (codes.length > 0) {
      selectionner(codes, 'remplacer', maille);
      choisir(codes.length === 1 ? (codes[0] ?? null) : null, maille);
      useReglages.setState({ retenues: [] });
    }
    const communes = rangsDe(plan, 'commune');
    // Une commune se montre entière, si son tracé est chargé : ses ensembles sans adresse sont tous à son centre.
    const territoire = t.nature === 'commune' || t.nature === 'epci' ? t.communes.flatMap((c) => communes.get(c) ?? []).map((rang) => etendueObjet(plan, rang)) : [];
    const e = t.point ? ([t.point.lon, t.point.lat, t.point.lon, t.point.lat] satisfies Etendue) : reunir([...territoire, ...etenduesDe(codes)]);
    // Une étendue neuve à chaque fois : y retourner doit y mener.
    if (e) setCible([e[0] - 0.004, e[1] - 0.004, e[2] + 0.004, e[3] + 0.004]);
  }
  useEchap();

  if (!lu.donnees && lu.erreur) return <Echec erreur={lu.erreur} reessayer={lu.recharger} />;
  if (lu.donnees?.nombre === 0) {
    return (
      <section className="loyers" aria-label="Loyers">
        <Vide icone={IconeCarte} phrase="Les loyers au m², sur la carte et en tableau, se lisent ici une fois le patrimoine importé.">
          <Bouton variante="principal" onClick={() => allerEtape('patrimoine')}>
            Aller au patrimoine
          </Bouton>
        </Vide>
      </section>
    );
  }
  const ligneChoisie = choisi === null ? undefined : ligneDe(choisi);
  const max = Math.max(280, place - 380);
  const montreesCartes: Montree[] = [...colorees.map((c) => ({ mesure: c.mesure, scenario: montre, lire: (l: Ligne) => l[c.mesure] })), ...(deSeconde ? [deSeconde] : [])];
  const communs = {
    etendue, choisi, pointChoisi, cible, lien, outil,
    cadre: `${maille} ${positions ? 'oui' : 'non'}`,
    retenus: selection.retenues,
    surChoix: cliquer,
    surPas: pas,
    surZone: (codes: string[], mode: ModeSelection) => selectionner(codes, mode, maille),
    surFinOutil: () => useReglages.setState({ outil: null }),
    dire: (code: string) => (code.startsWith('qpv/') ? [nomsQuartiers.get(code) ?? code, `Quartier prioritaire de ${qpv?.generation ?? ''}`] : direLigne(ligneDe(code), montreesCartes, precisions.get(code))),
  };
  const notesMesure = ({ mesure: m, classes: c }: Coloriage, de: { absence: string | undefined; precision: string | undefined } = { absence: absences?.[m], precision: valeurs?.precisions[m] }): string[] => [
    ...[de.absence, de.precision].filter((t) => t !== undefined),
    ...direClasses(c, { mesure: m, nombre: voulu, posees: m === mesure ? posees : null, grille: grilleService }),
  ];
  const notes = [...notesMesure(premier), ...direPlaces(maille, traces.size, lignes.length, positions), ...dites];
  const notesSecond = second === null ? [] : [...notesMesure(second, seconde ?? undefined), ...(seconde && second.mesure === mesure ? [MEMES_CLASSES] : [])];
  const autreScenario = seconde?.scenario ?? montre;
  return (
    <section className="loyers" aria-label="Loyers" ref={cadre}>
      <Commandes mesures={connues} absences={absences ?? {}} grille={grilleService !== null} annees={valeurs?.annees ?? []} annee={valeurs?.annee ?? null} scenarios={valeurs?.scenarios ?? []} scenario={valeurs?.scenario ?? null} scenarioCompare={seconde?.scenario.id ?? valeurs?.scenario ?? null} />
      {lu.donnees ? (
        <Selection perimetre={perimetre} montrees={montrees} maille={maille} surface={surface}>
          <Chercher aller={aller} />
          <Impression scenario={scenario} scenarioCompare={seconde?.scenario.id ?? null} mesure={mesure} comparee={comparee} maille={maille} bornes={posees} vue={() => vue.current ?? undefined} />
        </Selection>
      ) : (
        <div className="loyers-selection" />
      )}
      <div className="loyers-corps">
        <div className="loyers-carte">
          <button type="button" className="loyers-saut" onClick={() => grille.current?.focus()}>
            Voir le tableau
          </button>
          <div className="loyers-cartes">
            <div className="loyers-cote">
              {second && <TitreCarte titre={libelleMesure(mesure, montre)} />}
              <div className="loyers-cadre">
                <Outils />
                <Carte nom="Carte des loyers" donnees={donnees} annonce={ligneChoisie ? decrire(ligneChoisie, montreesCartes) : ''} surPose={pose} surVue={(e) => { vue.current = e; }} {...communs} />
              </div>
            </div>
            {second && donneesSeconde && (
              <div className="loyers-cote">
                <TitreCarte titre={libelleMesure(second.mesure, autreScenario)} />
                <Carte nom={`Seconde carte : ${libelleMesure(second.mesure, autreScenario)}`} donnees={donneesSeconde} annonce="" {...communs} />
              </div>
            )}
          </div>
          {maille === 'ensemble' && ligneChoisie && !lectureSeule && (
            <Repere key={ligneChoisie.code} code={ligneChoisie.code} nom={ligneChoisie.nom} commune={communeDe(positions, ligneChoisie.code)} poser={(faire) => setPose(() => faire)} enPose={pose !== null} />
          )}
          {lu.donnees ? (
            <div className="loyers-lecture" data-deux={second !== null}>
              <Legende
                titre={titreMesure(mesure, surface, montre)}
                lignes={premier.legende}
                selectionner={(classe) => selectionner(classees.filter((l) => l.classe === classe).map((l) => l.code), 'ajouter', maille)}
                choisis={choisis}
                notes={second ? notes : []}
              >
                <Quartiers generation={qpv?.generation ?? null} quartiers={quartiers} montrer={setCible} />
              </Legende>
              <div>
                {second ? (
                  <Legende titre={titreMesure(second.mesure, surface, autreScenario)} lignes={second.legende} choisis={choisisSecond} notes={notesSecond} filtre={false} />
                ) : (
                  <Histogramme lignes={lignes} mesure={mesure} classes={classes} titre={titreMesure(mesure, surface, montre)} />
                )}
                <Bornes mesure={mesure} classes={classes} />
                {!second && notes.map((n) => <p key={n} className="legende-note">{n}</p>)}
              </div>
            </div>
          ) : (
            <div className="loyers-lecture">
              <Squelette lignes={5} />
            </div>
          )}
          <Fond fond={fond.donnees} attribution={positions?.attribution ?? ''} />
          {(lieux.erreur ?? fond.erreur) && <Echec erreur={lieux.erreur ?? fond.erreur ?? { code: '', message: '', action: '', sortie: 2 }} reessayer={lieux.erreur ? lieux.recharger : fond.recharger} />}
          {mesures.erreur && <Echec erreur={mesures.erreur} reessayer={mesures.recharger} />}
          {lueSeconde.erreur && <Echec erreur={lueSeconde.erreur} reessayer={lueSeconde.recharger} />}
        </div>
        <Poignee nom="Largeur du tableau" cote="droite" largeur={Math.min(largeurTable, max)} min={280} max={max} defaut={LARGEUR_TABLE} surChange={reglerTable} />
        <div className="loyers-table" style={{ width: Math.min(largeurTable, max) }}>
          {lu.donnees ? (
            <TableLoyers
              lignes={montrees}
              perimetre={perimetre}
              organisme={organisme}
              maille={maille}
              surface={surface}
              colorees={colorees}
              seconde={deSeconde}
              totalSecond={totalSecond}
              scenario={montre}
              autres={autres}
              avec={avec}
              lieux={lieuxTable}
              racine={grille}
              occupe={false}
            />
          ) : (
            <Squelette lignes={12} />
          )}
          {maille === 'ensemble' && ligneChoisie && (
            <p>
              <Bouton icone={FileText} onClick={() => ouvrirFiche(ligneChoisie.code)}>
                {`Fiche de ${ligneChoisie.nom}`}
              </Bouton>
            </p>
          )}
          <p className="doux petit">
            {mesure === 'serviceRendu' && service?.organisme && <>Service rendu : {nombre(service.organisme.ensemblesNotes)} sur {accord(service.organisme.ensembles, 'ensemble noté', 'ensembles notés')}, {nombre(service.organisme.logementsNotes)} logements sur {nombre(service.organisme.logements)}. </>}
            {lu.donnees && (
              <>
                {direMoyennes(perimetre.mot, perimetre.total, maille)} {perimetre.tout && `${direMoyennes('Tout', perimetre.tout, maille)} `}
                {direExclus(lu.donnees.exclus, nombre)}
              </>
            )}
          </p>
        </div>
      </div>
    </section>
  );
}

const communeDe = (carte: { ensembles: { id: string; commune: string }[] } | undefined, id: string): string => carte?.ensembles.find((e) => e.id === id)?.commune ?? id.slice(0, 5);

/** Ce que montre chaque carte, au-dessus d'elle, quand elles sont deux. */
const TitreCarte = ({ titre }: { titre: string }) => (
  <h2 className="loyers-titre-carte coupe" title={titre}>
    {titre}
  </h2>
);
