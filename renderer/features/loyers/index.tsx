import { FileText, Map as IconeCarte } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape, ouvrirFiche, useSession } from '../../app/session.ts';
import { Carte } from '../../map/Carte.tsx';
import { LienCartes } from '../../map/lien.ts';
import type { DonneesCarte } from '../../map/donnees.ts';
import type { ModeSelection } from '../../../shared/domain/carte/selection.ts';
import { codesDe, etendueObjet, milieuObjet, PLAN_VIDE, rangsDe } from '../../../shared/domain/carte/plan.ts';
import { isMesureNpl } from '../../../shared/domain/carte/npl.ts';
import { direClasses } from '../../../shared/domain/carte/classer.ts';
import { Bouton, Echec, Poignee, Squelette, Vide } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { Bornes } from './Bornes.tsx';
import { Chercher, type Trouve } from './Chercher.tsx';
import { useColoriage, type Coloriage } from './coloriage.ts';
import { Commandes } from './Commandes.tsx';
import { Fond } from './Fond.tsx';
import { Quartiers } from './Quartiers.tsx';
import { Repere } from './Repere.tsx';
import { Histogramme } from './Histogramme.tsx';
import { Impression } from './Impression.tsx';
import { Legende } from './Legende.tsx';
import { Outils } from './Outils.tsx';
import { direMoyennes, perimetreDe } from './perimetre.ts';
import { Selection } from './Selection.tsx';
import { direExclus, direValeur, joindre, legende, lignesLoyers, mesureDe, MESURES, titreMesure, type Ligne, type Maille, type Mesure, type Surface } from './mesures.ts';
import { basculer, choisir, deselectionner, LARGEUR_TABLE, reglerTable, selectionner, useReglages } from './reglages.ts';
import { centres, cerclesDe, direPrecisions, foyers, isApprochee, LIBELLE_PRECISION, nomsDe, positionsDe, quartiersDe, reunir, surfacesDe, type Etendue } from './positions.ts';
import { TableLoyers, type AutreSurface } from './TableLoyers.tsx';
import { useNpl } from '../npl/magasin.ts';
import './loyers.css';

const AUCUN: Coloriage = { mesure: 'loyerM2', classes: { bornes: [], couleurs: [] }, classees: [], legende: [] };

/** Écran Loyers : la carte et le tableau des mêmes chiffres, sur la même sélection. */
export default function Loyers() {
  const reglages = useReglages();
  // Un réglage vaut aussitôt dans les commandes ; des milliers de lignes suivent, par morceaux qui laissent la fenêtre répondre.
  const { mesure, comparee, taille, methode, nombre: voulu, surface, maille, annee, scenario: voulue, retenues, choisi, selection, ...differe } = useDeferredValue(reglages);
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
  const positions = useMemo(() => positionsDe(lieux.donnees), [lieux.donnees]);
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? true;
  const [pose, setPose] = useState<((lon: number, lat: number) => void) | null>(null);
  const [cible, setCible] = useState<Etendue | null>(null);
  const [lien] = useState(() => new LienCartes());
  const vue = useRef<Etendue | null>(null);
  const grille = useRef<HTMLDivElement | null>(null);
  const [place, cadre] = useLargeur();

  useEffect(() => {
    useReglages.setState({ choisi: null, retenues: [], posees: null, outil: null, annee: null, scenario: null });
    deselectionner();
  }, [dossier]);

  const service = useRequete('serviceRendu.lire', { par: maille }).donnees;
  const grilleService = service?.grille ?? null;
  const base = useMemo(() => lignesLoyers(lu.donnees), [lu.donnees]);
  const lignes = useMemo(() => joindre(base, valeurs), [base, valeurs]);
  const premier = useColoriage(base, lignes, mesure, { methode, posees, grille: grilleService, nombre: voulu }) ?? AUCUN;
  const { classes, classees } = premier;
  const second = useColoriage(base, lignes, comparee, { methode, posees: null, grille: grilleService, nombre: voulu });
  /** Vrai pour les lignes des classes retenues dans la légende ; `null` : toutes. */
  const gardees = useMemo(() => (retenues.length === 0 ? null : classees.map((l) => retenues.includes(l.classe))), [classees, retenues]);
  const montrees = useMemo(() => (gardees === null ? lignes : lignes.filter((_, i) => gardees[i])), [lignes, gardees]);
  const perimetre = useMemo(() => perimetreDe(lignes, montrees, selection.retenues, gardees !== null), [lignes, montrees, selection, gardees]);
  const rangs = useMemo(() => new Map(base.map((l, i) => [l.code, i])), [base]);
  const ligneDe = (code: string): Ligne | undefined => lignes[rangs.get(code) ?? -1];
  const colorees = useMemo(() => [premier, ...(second && second.mesure !== premier.mesure ? [second] : [])], [premier, second]);
  const prises = useMemo(() => lignes.filter((l) => selection.retenues.has(l.code)), [lignes, selection]);
  const choisis = useMemo(() => choisisDe(prises, premier), [prises, premier]);
  const choisisSecond = useMemo(() => (second === null ? null : choisisDe(prises, second)), [prises, second]);
  const absences = valeurs?.absences;
  const champs = valeurs?.champs;
  const connues = useMemo(() => MESURES.filter((m) => m.surface || (champs !== undefined && m.valeur in champs)), [champs]);
  const avec = useCallback((m: Mesure) => absences !== undefined && absences[m] === undefined && connues.some((c) => c.valeur === m), [absences, connues]);

  const plan = fond.donnees?.plan ?? PLAN_VIDE;
  const codesFond = useMemo(() => codesDe(plan), [plan]);
  /** Rang, dans le fond, des objets de cette maille qui portent du patrimoine. */
  const traces = useMemo(() => new Map([...rangsDe(plan, maille)].filter(([code]) => rangs.has(code))), [plan, maille, rangs]);
  const places = useMemo(() => (positions ? centres(positions, maille) : new Map<string, [number, number]>()), [positions, maille]);
  const autour = useMemo(() => (positions && maille === 'ensemble' ? foyers(positions) : undefined), [positions, maille]);
  const quartiers = useMemo(() => quartiersDe(qpv?.geojson), [qpv]);
  const nomsQuartiers = useMemo(() => new Map(quartiers.codes.map((code, i) => [code, `${quartiers.noms[i] ?? ''} (${code.slice(4)})`])), [quartiers]);
  const precisions = useMemo(() => new Map((positions?.ensembles ?? []).map((e) => [e.id, e.precision])), [positions]);
  const lieuxTable = useMemo(
    () => (maille === 'ensemble' ? new Map((positions?.ensembles ?? []).map((e) => [e.id, { commune: e.nomCommune, position: LIBELLE_PRECISION[e.precision] }])) : null),
    [positions, maille],
  );
  const surs = useMemo(
    () => new Set(maille === 'ensemble' ? (positions?.ensembles ?? []).filter((e) => !isApprochee(e.precision)).map((e) => e.id) : []),
    [positions, maille],
  );
  const dites = useMemo(() => (maille === 'ensemble' && positions ? direPrecisions(positions) : []), [maille, positions]);
  const noms = useMemo(() => nomsDe(plan, codesFond, positions?.communes ?? []), [plan, codesFond, positions]);
  const donneesDe = useCallback(
    (c: Coloriage): DonneesCarte => {
      const vues = gardees === null ? c.classees : c.classees.filter((_, i) => gardees[i]);
      return { surfaces: surfacesDe(plan, codesFond, traces, vues), quartiers, cercles: cerclesDe(vues, places, traces, taille, autour, surs), noms, couleurs: c.classes.couleurs };
    },
    [noms, plan, codesFond, traces, quartiers, gardees, places, taille, autour, surs],
  );
  const donnees = useMemo(() => donneesDe(premier), [donneesDe, premier]);
  const donneesSeconde = useMemo(() => (second === null ? null : donneesDe(second)), [donneesDe, second]);
  /** L'étendue d'un objet de la carte : celle de son tracé, ou son point ; `null` s'il n'y est pas. */
  const etendueDe = useCallback(
    (code: string): Etendue | null => {
      const rang = traces.get(code);
      if (rang !== undefined) return etendueObjet(plan, rang);
      const p = places.get(code);
      return p === undefined ? null : [p[0], p[1], p[0], p[1]];
    },
    [traces, plan, places],
  );
  const etenduesDe = useCallback((codes: Iterable<string>) => [...codes].map(etendueDe).filter((e) => e !== null), [etendueDe]);
  const etendue = useMemo(() => reunir(etenduesDe(rangs.keys())), [etenduesDe, rangs]);
  const pointChoisi = useMemo((): [number, number] | null => {
    if (choisi === null || !donnees.cercles.rangs.has(choisi)) {
      const rang = choisi === null ? undefined : donnees.surfaces.rangs.get(choisi);
      return rang === undefined ? null : milieuObjet(plan, rang);
    }
    return places.get(choisi) ?? null;
  }, [choisi, donnees, places, plan]);

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
  const communs = {
    etendue, choisi, pointChoisi, cible, lien, outil,
    cadre: `${maille} ${positions ? 'oui' : 'non'}`,
    retenus: selection.retenues,
    surChoix: cliquer,
    surPas: pas,
    surZone: (codes: string[], mode: ModeSelection) => selectionner(codes, mode, maille),
    surFinOutil: () => useReglages.setState({ outil: null }),
    dire: (code: string) => (code.startsWith('qpv/') ? [nomsQuartiers.get(code) ?? code, `Quartier prioritaire de ${qpv?.generation ?? ''}`] : direLigne(ligneDe(code), colorees.map((c) => c.mesure), precisions.get(code))),
  };
  const montre = valeurs?.scenarios.find((s) => s.id === valeurs.scenario);
  /** Le titre d'une mesure ; d'un scénario, il le nomme. */
  const titreDe = (m: Mesure): string => `${titreMesure(m, surface)}${isMesureNpl(m) && montre ? `, scénario « ${montre.nom} » (${montre.annee})` : ''}`;
  const notesMesure = ({ mesure: m, classes: c }: Coloriage): string[] => [
    ...[absences?.[m], valeurs?.precisions[m]].filter((t) => t !== undefined),
    ...direClasses(c, { mesure: m, nombre: voulu, posees: m === mesure ? posees : null, grille: grilleService }),
  ];
  const notes = [...notesMesure(premier), ...notesDe(maille, traces.size, lignes.length, positions), ...dites];
  return (
    <section className="loyers" aria-label="Loyers" ref={cadre}>
      <Commandes mesures={connues} absences={absences ?? {}} grille={grilleService !== null} annees={valeurs?.annees ?? []} annee={valeurs?.annee ?? null} scenarios={valeurs?.scenarios ?? []} scenario={valeurs?.scenario ?? null} />
      {lu.donnees ? (
        <Selection perimetre={perimetre} montrees={montrees} maille={maille} surface={surface}>
          <Chercher aller={aller} />
          <Impression scenario={scenario} mesure={mesure} comparee={comparee} maille={maille} bornes={posees} vue={() => vue.current ?? undefined} />
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
            <Outils />
            <Carte nom="Carte des loyers" donnees={donnees} annonce={ligneChoisie ? decrire(ligneChoisie, mesure) : ''} surPose={pose} surVue={(e) => { vue.current = e; }} {...communs} />
            {second && donneesSeconde && <Carte nom={`Seconde carte : ${mesureDe(second.mesure).libelle}`} donnees={donneesSeconde} annonce="" {...communs} />}
          </div>
          {maille === 'ensemble' && ligneChoisie && !lectureSeule && (
            <Repere key={ligneChoisie.code} code={ligneChoisie.code} nom={ligneChoisie.nom} commune={communeDe(positions, ligneChoisie.code)} poser={(faire) => setPose(() => faire)} enPose={pose !== null} />
          )}
          {lu.donnees ? (
            <div className="loyers-lecture">
              <Legende
                titre={titreDe(mesure)}
                lignes={premier.legende}
                selectionner={(classe) => selectionner(classees.filter((l) => l.classe === classe).map((l) => l.code), 'ajouter', maille)}
                choisis={choisis}
                notes={second ? notes : []}
              >
                <Quartiers generation={qpv?.generation ?? null} quartiers={quartiers} montrer={setCible} />
              </Legende>
              <div>
                {second ? (
                  <Legende titre={titreDe(second.mesure)} lignes={second.legende} choisis={choisisSecond} notes={notesMesure(second)} filtre={false} />
                ) : (
                  <Histogramme lignes={lignes} mesure={mesure} classes={classes} titre={titreDe(mesure)} />
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

/** Échap rend l'outil, puis vide la sélection ; une saisie ou une liste ouverte le gardent pour elles. */
function useEchap(): void {
  useEffect(() => {
    const surTouche = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented || (e.target instanceof Element && e.target.closest('input, .flottant') !== null)) return;
      const { outil, selection } = useReglages.getState();
      if (outil === null && selection.retenues.size === 0) return;
      e.preventDefault();
      if (outil !== null) useReglages.setState({ outil: null });
      else deselectionner();
    };
    document.addEventListener('keydown', surTouche);
    return () => document.removeEventListener('keydown', surTouche);
  }, []);
}

/** L'année des plafonds et le scénario demandés ; le service choisit ce qui ne l'est pas. */
const options = (annee: number | null, scenario: number | null) => ({ ...(annee === null ? {} : { annee }), ...(scenario === null ? {} : { scenario }) });

/** La ligne de l'organisme entier, pour les totaux du tableau. */
function useOrganisme(surface: Surface, annee: number | null, scenario: number | null, actif: boolean): Ligne | null {
  const loyers = useRequete('carte.loyers', { par: 'organisme', surface }, actif).donnees;
  const mesures = useRequete('carte.valeurs', { par: 'organisme', surface, ...options(annee, scenario) }, actif).donnees;
  return useMemo(() => joindre(lignesLoyers(loyers), mesures)[0] ?? null, [loyers, mesures]);
}

/** Les loyers des deux autres surfaces, pour les lire à côté. */
function useAutresSurfaces(par: Maille, surface: Surface, actif: boolean): AutreSurface[] {
  const sh = useAutreSurface(par, 'SH', actif && surface !== 'SH');
  const su = useAutreSurface(par, 'SU', actif && surface !== 'SU');
  const sc = useAutreSurface(par, 'SC', actif && surface !== 'SC');
  return useMemo(() => [sh, su, sc].filter((a): a is AutreSurface => a !== null && a.surface !== surface), [sh, su, sc, surface]);
}

function useAutreSurface(par: Maille, surface: Surface, actif: boolean): AutreSurface | null {
  const lu = useDeferredValue(useRequete('carte.loyers', { par, surface }, actif).donnees);
  return useMemo(() => (lu === undefined ? null : { surface, lignes: new Map(lignesLoyers(lu).map((l) => [l.code, { loyerM2: l.loyerM2, loues: l.loues }])) }), [lu, surface]);
}

/** Les logements sélectionnés de chaque classe ; `null` sans sélection. */
function choisisDe(prises: readonly Ligne[], { mesure, classes }: Coloriage): Map<number | null, number> | null {
  return prises.length === 0 ? null : new Map(legende(prises, prises.map((l) => l[mesure]), mesure, classes).map((l) => [l.classe, l.logements]));
}

function decrire(l: Ligne, mesure: Mesure): string {
  const v = l[mesure];
  return `${l.nom} : ${v === null ? 'sans valeur' : direValeur(v, mesure)}, ${accord(l.logements, 'logement')}`;
}

const communeDe = (carte: { ensembles: { id: string; commune: string }[] } | undefined, id: string): string => carte?.ensembles.find((e) => e.id === id)?.commune ?? id.slice(0, 5);

function direLigne(l: Ligne | undefined, mesures: readonly Mesure[], precision?: keyof typeof LIBELLE_PRECISION): string[] {
  if (!l) return [];
  const valeur = (m: Mesure) => { const v = l[m]; return `${mesureDe(m).libelle} : ${v === null ? 'sans valeur' : direValeur(v, m)}`; };
  const place = precision === undefined ? [] : [`Position : ${LIBELLE_PRECISION[precision]}`];
  const dites = [...new Set<Mesure>([...mesures, 'loyerM2', 'loyerMaxM2'])];
  return [l.nom, ...dites.map(valeur), `${accord(l.logements, 'logement')}, ${accord(l.loues, 'loué')}`, ...place];
}

/** Ce que la carte ne sait pas placer exactement, dit sous la légende. */
function notesDe(maille: Maille, traces: number, lignes: number, carte: { ensembles: { precision: string }[]; sansPosition: number } | undefined): string[] {
  if (maille === 'organisme') return ['L’organisme entier n’a pas de place sur la carte : voir le tableau.'];
  const notes: string[] = [];
  const cercles = traces < lignes;
  if (cercles && maille === 'departement') return ['Les départements sans tracé sont dans le tableau.'];
  const approchees = maille !== 'ensemble' || carte === undefined || carte.ensembles.some((e) => isApprochee(e.precision));
  if (cercles && approchees) notes.push(`Position approchée (${maille === 'epci' ? 'milieu des communes du parc' : maille === 'ensemble' ? 'autour du centre de la commune' : 'centre de la commune'}).`);
  const loin = maille === 'ensemble' ? 0 : (carte?.ensembles.filter((e) => e.precision === 'departement').length ?? 0);
  if (cercles && maille !== 'epci' && loin > 0) notes.push(`${accord(loin, 'ensemble placé', 'ensembles placés')} au centre du département.`);
  if (carte && carte.sansPosition > 0 && maille === 'ensemble') notes.push(`${accord(carte.sansPosition, 'ensemble sans position', 'ensembles sans position')} : dans le tableau seulement.`);
  return notes;
}

/** Largeur de l'écran, pour que le tableau ne prenne jamais toute la place. */
function useLargeur(): [number, (el: HTMLElement | null) => void] {
  const [largeur, setLargeur] = useState(1000);
  const cadre = useCallback((el: HTMLElement | null) => {
    if (!el) return undefined;
    const suivi = new ResizeObserver(() => setLargeur(el.clientWidth));
    suivi.observe(el);
    return () => suivi.disconnect();
  }, []);
  return [largeur, cadre];
}
