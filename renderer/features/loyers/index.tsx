import { FileText, Map as IconeCarte } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Feature } from 'geojson';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape, ouvrirFiche, useSession } from '../../app/session.ts';
import { Carte } from '../../map/Carte.tsx';
import type { DonneesCarte } from '../../map/moteur.ts';
import { Bouton, Echec, Poignee, Segments, Squelette, Vide } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { Npl } from '../npl/index.tsx';
import { Commandes } from './Commandes.tsx';
import { Fond } from './Fond.tsx';
import { Quartiers } from './Quartiers.tsx';
import { Repere } from './Repere.tsx';
import { Histogramme } from './Histogramme.tsx';
import { Legende } from './Legende.tsx';
import { classeLigne, classer, direExclus, legende, MESURES, SURFACES, type Ligne, type Maille } from './mesures.ts';
import { centres, cerclesDe, collection, direPrecisions, etendueDe, foyers, isApprochee, LIBELLE_PRECISION, milieu, quartiersDe, tracesDe, type Etendue } from './positions.ts';
import { LARGEUR_TABLE, reglerTable, reglerVue, useReglages } from './reglages.ts';
import { TableLoyers } from './TableLoyers.tsx';
import './loyers.css';

const SANS_LIGNE: Ligne[] = [];
const CONTOURS = new Set(['departement', 'region']);

const VUES = [{ valeur: 'carte', libelle: 'Carte et tableau' }, { valeur: 'npl', libelle: 'Politique des loyers' }] as const;

/** Étape Loyers : ce qu'ils sont, et la politique facultative qui les fixe. */
export default function Loyers() {
  const vue = useReglages((s) => s.vue);
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (cible) reglerVue(cible.champ.startsWith('npl/') ? 'npl' : 'carte');
  }, [cible]);
  return (
    <div className="loyers-etape">
      <div className="loyers-vues">
        <Segments nom="Vue des loyers" valeur={vue} options={VUES} surChoix={reglerVue} />
      </div>
      {vue === 'carte' ? <CarteEtTableau /> : <Npl />}
    </div>
  );
}

/** La carte et le tableau des mêmes chiffres, sur la même sélection. */
function CarteEtTableau() {
  const { mesure, taille, methode, surface, maille, posees, retenues, choisi, largeurTable } = useReglages();
  const dossier = useSession((s) => s.dossier);
  const lu = useRequete('loyers.lire', { par: maille, surface });
  const organisme = useRequete('loyers.lire', { par: 'organisme', surface }).donnees?.lignes[0] ?? null;
  const carte = useRequete('carte.lire', { surface });
  const fond = useRequete('carte.fond', {});
  const qpv = useRequete('qpv.tracer', {}).donnees;
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? true;
  const [pose, setPose] = useState<((lon: number, lat: number) => void) | null>(null);
  const [cible, setCible] = useState<Etendue | null>(null);
  const grille = useRef<HTMLDivElement | null>(null);
  const [place, cadre] = useLargeur();

  useEffect(() => useReglages.setState({ choisi: null, retenues: [], posees: null }), [dossier]);

  const lignes = lu.donnees?.lignes ?? SANS_LIGNE;
  const classes = useMemo(() => classer(lignes, mesure, methode, posees), [lignes, mesure, methode, posees]);
  const lignesLegende = useMemo(() => legende(lignes, mesure, classes), [lignes, mesure, classes]);
  const montrees = useMemo(
    () => (retenues.length === 0 ? lignes : lignes.filter((l) => retenues.includes(classeLigne(l, mesure, classes)))),
    [lignes, retenues, mesure, classes],
  );
  const parCode = useMemo(() => new Map(lignes.map((l) => [l.code, l])), [lignes]);

  const traces = useMemo(() => tracesDe(fond.donnees?.geojson), [fond.donnees]);
  const contours = useMemo(() => collection(traces.filter((t) => CONTOURS.has(t.properties.niveau))), [traces]);
  const tracesMaille = useMemo(() => traces.filter((t) => t.properties.niveau === maille && parCode.has(t.properties.code)), [traces, maille, parCode]);
  const places = useMemo(() => (carte.donnees ? centres(carte.donnees, maille) : new Map<string, [number, number]>()), [carte.donnees, maille]);
  const autour = useMemo(() => (carte.donnees && maille === 'ensemble' ? foyers(carte.donnees) : undefined), [carte.donnees, maille]);
  const quartiers = useMemo(() => quartiersDe(qpv?.geojson), [qpv]);
  const nomsQuartiers = useMemo(() => new Map(quartiers.map((q) => [q.properties.code, `${q.properties.nom} (${q.properties.code.slice(4)})`])), [quartiers]);
  const precisions = useMemo(() => new Map((carte.donnees?.ensembles ?? []).map((e) => [e.id, e.precision])), [carte.donnees]);
  const surs = useMemo(
    () => new Set(maille === 'ensemble' ? (carte.donnees?.ensembles ?? []).filter((e) => !isApprochee(e.precision)).map((e) => e.id) : []),
    [carte.donnees, maille],
  );
  const objets = useMemo(() => {
    const codes = new Set(montrees.map((l) => l.code));
    const surfaces = tracesMaille.filter((t) => codes.has(t.properties.code));
    const avecTrace = new Set(tracesMaille.map((t) => t.properties.code));
    return { surfaces, cercles: cerclesDe(montrees, places, avecTrace, taille, (l) => classeLigne(l, mesure, classes), autour, surs) };
  }, [montrees, tracesMaille, places, taille, mesure, classes, autour, surs]);
  const donnees = useMemo(
    (): DonneesCarte => ({
      contours,
      quartiers: collection(quartiers),
      surfaces: collection(objets.surfaces),
      cercles: collection(objets.cercles),
      classes: new Map(montrees.flatMap((l) => { const c = classeLigne(l, mesure, classes); return c === null ? [] : [[l.code, c]]; })),
      couleurs: classes.couleurs,
    }),
    [contours, quartiers, objets, montrees, mesure, classes],
  );
  const etendue = useMemo(() => etendueDe([...tracesMaille, ...cerclesDe(lignes, places, new Set(tracesMaille.map((t) => t.properties.code)), 'egale', () => 0)]), [tracesMaille, lignes, places]);
  const pointChoisi = useMemo(() => {
    const objet = choisi === null ? undefined : ([...objets.cercles, ...objets.surfaces] as Feature[]).find((f) => f.properties?.['code'] === choisi);
    return objet ? milieu(objet) : null;
  }, [choisi, objets]);

  const choisir = useCallback((code: string | null) => useReglages.setState({ choisi: code }), []);
  function pas(sens: 1 | -1) {
    const rang = montrees.findIndex((l) => l.code === choisi);
    const suivante = montrees[(rang + sens + montrees.length) % montrees.length];
    if (suivante) choisir(suivante.code);
  }

  if (!lu.donnees) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Attente />;
  if (lu.donnees.lignes.length === 0) {
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
  const unite = `${MESURES.find((m) => m.valeur === mesure)?.titre ?? ''} de surface ${SURFACES.find((s) => s.valeur === surface)?.mot ?? ''}`;
  const ligneChoisie = choisi === null ? undefined : parCode.get(choisi);
  const max = Math.max(280, place - 380);
  return (
    <section className="loyers" aria-label="Loyers" ref={cadre}>
      <Commandes />
      <div className="loyers-corps">
        <div className="loyers-carte">
          <button type="button" className="loyers-saut" onClick={() => grille.current?.focus()}>
            Voir le tableau
          </button>
          <Carte
            nom="Carte des loyers"
            donnees={donnees}
            etendue={etendue}
            cadre={`${maille} ${fond.donnees?.nom ?? ''} ${carte.donnees ? 'oui' : 'non'}`}
            choisi={choisi}
            pointChoisi={pointChoisi}
            surChoix={choisir}
            surPas={pas}
            annonce={ligneChoisie ? decrire(ligneChoisie, mesure) : ''}
            dire={(code) => (code.startsWith('qpv/') ? [nomsQuartiers.get(code) ?? code, `Quartier prioritaire de ${qpv?.generation ?? ''}`] : direLigne(parCode.get(code), precisions.get(code)))}
            surPose={pose}
            cible={cible}
          />
          {maille === 'ensemble' && ligneChoisie && !lectureSeule && (
            <Repere key={ligneChoisie.code} code={ligneChoisie.code} nom={ligneChoisie.nom} commune={communeDe(carte.donnees, ligneChoisie.code)} poser={(faire) => setPose(() => faire)} enPose={pose !== null} />
          )}
          <div className="loyers-lecture">
            <Legende titre={unite} lignes={lignesLegende} notes={[...notesDe(maille, tracesMaille.length, lignes.length, carte.donnees), ...(maille === 'ensemble' && carte.donnees ? direPrecisions(carte.donnees) : [])]}>
              <Quartiers generation={qpv?.generation ?? null} quartiers={quartiers} montrer={setCible} />
            </Legende>
            <Histogramme lignes={lignes} mesure={mesure} classes={classes} titre={unite} />
          </div>
          <Fond fond={fond.donnees} attribution={carte.donnees?.attribution ?? ''} />
          {(carte.erreur ?? fond.erreur) && <Echec erreur={carte.erreur ?? fond.erreur ?? { code: '', message: '', action: '', sortie: 2 }} reessayer={carte.erreur ? carte.recharger : fond.recharger} />}
        </div>
        <Poignee nom="Largeur du tableau" cote="droite" largeur={Math.min(largeurTable, max)} min={280} max={max} defaut={LARGEUR_TABLE} surChange={reglerTable} />
        <div className="loyers-table" style={{ width: Math.min(largeurTable, max) }}>
          <TableLoyers
            lignes={montrees}
            ensemble={retenues.length === 0 ? organisme : null}
            maille={maille}
            surface={surface}
            mesure={mesure}
            classes={classes}
            racine={grille}
            occupe={false}
          />
          {maille === 'ensemble' && ligneChoisie && (
            <p>
              <Bouton icone={FileText} onClick={() => ouvrirFiche(ligneChoisie.code)}>
                {`Fiche de ${ligneChoisie.nom}`}
              </Bouton>
            </p>
          )}
          <p className="doux petit">
            {organisme && <>Moyennes sur {accord(organisme.loues, 'logement loué', 'logements loués')}. </>}
            {direExclus(lu.donnees.exclus, nombre)}
          </p>
        </div>
      </div>
    </section>
  );
}

function Attente() {
  return (
    <section className="loyers" aria-label="Loyers">
      <Squelette lignes={12} />
    </section>
  );
}

function decrire(l: Ligne, mesure: 'loyerM2' | 'loyerMaxM2' | 'ecartM2'): string {
  const v = l[mesure];
  return `${l.nom} : ${v === null ? 'sans valeur' : `${formatTaux(v)} €/m²`}, ${accord(l.logements, 'logement')}`;
}

const communeDe = (carte: { ensembles: { id: string; commune: string }[] } | undefined, id: string): string => carte?.ensembles.find((e) => e.id === id)?.commune ?? id.slice(0, 5);

function direLigne(l: Ligne | undefined, precision?: keyof typeof LIBELLE_PRECISION): string[] {
  if (!l) return [];
  const taux = (v: number | null) => (v === null ? 'sans valeur' : `${formatTaux(v)}\u00a0€/m²`);
  const place = precision === undefined ? [] : [`Position : ${LIBELLE_PRECISION[precision]}`];
  return [l.nom, `Loyer ${taux(l.loyerM2)}`, `Maximum ${taux(l.loyerMaxM2)}`, `${accord(l.logements, 'logement')}, ${accord(l.loues, 'loué')}`, ...place];
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
