import 'maplibre-gl/dist/maplibre-gl.css';
import { Maximize } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { Bandeau, BoutonIcone } from '../ui/index.ts';
import { usePalette } from './couleurs.ts';
import type { ModeSelection } from '../../shared/domain/carte/selection.ts';
import type { DonneesCarte } from './donnees.ts';
import type { LienCartes } from './lien.ts';
import { Moteur } from './moteur.ts';
import { Zone } from './Zone.tsx';
import './carte.css';

type Etendue = [number, number, number, number];

export type PropsCarte = {
  nom: string;
  donnees: DonneesCarte;
  etendue: Etendue | null;
  /** Recadre quand cette clé change. */
  cadre: string;
  choisi: string | null;
  pointChoisi: [number, number] | null;
  /** `ajoute` : avec Ctrl ou Maj, l'objet entre dans la sélection ou en sort. */
  surChoix: (code: string | null, ajoute: boolean) => void;
  /** Les objets sélectionnés. */
  retenus: ReadonlySet<string>;
  /** L'outil en main ; `null` : la carte se déplace. */
  outil: 'rectangle' | 'lasso' | null;
  surZone: (codes: string[], mode: ModeSelection) => void;
  surFinOutil: () => void;
  /** Lie la vue de cette carte à celle d'une autre. */
  lien?: LienCartes;
  /** Où l'étendue montrée est tenue à jour, pour l'imprimer. */
  surVue?: (etendue: Etendue) => void;
  /** Le prochain clic pose un repère là ; `null` : un clic choisit un objet. */
  surPose?: ((lon: number, lat: number) => void) | null;
  /** Étendue à montrer de près ; une nouvelle valeur y mène. */
  cible?: Etendue | null;
  /** Pg.suiv / Pg.préc sur la carte : l'objet suivant, dans l'ordre du tableau. */
  surPas: (pas: 1 | -1) => void;
  /** Ce qu'on dit d'un objet survolé : un titre, puis des lignes. */
  dire: (code: string) => string[];
  annonce: string;
};

/** La carte : souris et clavier ; tout ce qu'elle montre est aussi dans le tableau. */
export function Carte(props: PropsCarte) {
  const conteneur = useRef<HTMLDivElement | null>(null);
  const moteur = useRef<Moteur | null>(null);
  const palette = usePalette();
  const [pret, setPret] = useState(false);
  const [panne, setPanne] = useState<string | null>(null);
  const [survol, setSurvol] = useState<{ code: string; x: number; y: number } | null>(null);
  const { donnees, etendue, cadre, choisi, pointChoisi, retenus, lien } = props;
  const surVue = useRef(props.surVue);
  const surChoix = useRef(props.surChoix);
  const surPose = useRef(props.surPose ?? null);
  const pose = props.surPose != null;
  const point = useRef(pointChoisi);
  const cadree = useRef(false);
  useEffect(() => {
    surChoix.current = props.surChoix;
    surPose.current = props.surPose ?? null;
    surVue.current = props.surVue;
    point.current = pointChoisi;
  });

  useEffect(() => {
    const el = conteneur.current;
    if (!el) return undefined;
    let m: Moteur;
    try {
      m = new Moteur(el, palette, {
        survol: (code, x, y) => setSurvol(code === null ? null : { code, x, y }),
        clic: (code, lon, lat, ajoute) => (surPose.current ? surPose.current(lon, lat) : surChoix.current(code, ajoute)),
        vue: (vue) => {
          lien?.diffuser(m, vue);
          surVue.current?.(m.etendue);
        },
        pret: () => setPret(true),
        // Hors de React : un dessin qui finit n'a rien à refaire dans l'écran.
        repos: (oui) => el.setAttribute('aria-busy', String(!oui)),
        panne: setPanne,
      });
    } catch (cause) {
      setPanne(cause instanceof Error ? cause.message : String(cause));
      return undefined;
    }
    moteur.current = m;
    const delier = lien?.ajouter(m);
    const suivi = new ResizeObserver(() => {
      m.redimensionner();
      if (point.current) m.amener(point.current);
    });
    suivi.observe(el);
    return () => {
      suivi.disconnect();
      delier?.();
      moteur.current = null;
      setPret(false);
      m.fermer();
    };
    // La palette change par `teinter`, sans refaire la carte.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => moteur.current?.teinter(palette), [palette]);
  useEffect(() => moteur.current?.donner(donnees), [donnees, pret]);
  useEffect(() => moteur.current?.choisir(choisi), [choisi, pret]);
  useEffect(() => moteur.current?.retenir(retenus), [retenus, pret]);
  useEffect(() => moteur.current?.poser(pose), [pose, pret]);
  useEffect(() => {
    if (pret && props.cible) moteur.current?.montrer(props.cible);
  }, [props.cible, pret]);
  useEffect(() => {
    const m = moteur.current;
    if (!pret || !etendue || m === null) return;
    // Une seconde carte arrive sur la vue de la première ; une autre maille ou un autre fond recadre les deux.
    const neuve = !cadree.current;
    cadree.current = true;
    if (!neuve || !lien?.mene(m)) m.cadrer(etendue, false);
    // L'étendue suit les données ; on ne recadre qu'au changement de clé.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cadre, pret, etendue === null]);
  useEffect(() => {
    if (pret && pointChoisi) moteur.current?.amener(pointChoisi);
  }, [pointChoisi, pret]);

  function surTouche(e: KeyboardEvent) {
    if (e.key === 'PageDown') props.surPas(1);
    else if (e.key === 'PageUp') props.surPas(-1);
    else if (e.key === 'Home' && etendue) moteur.current?.cadrer(etendue, true);
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  if (panne !== null && !pret) {
    return (
      <div className="carte carte-panne">
        <Bandeau ton="attention" titre="La carte ne peut pas s’afficher sur ce poste.">
          Les mêmes chiffres sont dans le tableau. Détail technique : {panne}
        </Bandeau>
      </div>
    );
  }
  return (
    <div className="carte" data-pret={pret} data-retenus={retenus.size}>
      {/* Le canevas porte le focus : flèches pour se déplacer, + et − pour l'échelle. */}
      <div ref={conteneur} className="carte-toile" role="region" aria-label={props.nom} onKeyDownCapture={surTouche} />
      {props.outil !== null && (
        <Zone
          outil={props.outil}
          surZone={(contour, mode) => {
            void moteur.current?.codesDans(contour).then((codes) => props.surZone(codes, mode));
            props.surFinOutil();
          }}
          abandonner={props.surFinOutil}
        />
      )}
      {etendue && (
        <div className="carte-cadrer">
          <BoutonIcone nom="Voir tout le parc" icone={Maximize} variante="normal" onClick={() => moteur.current?.cadrer(etendue, true)} />
        </div>
      )}
      {survol && (
        <div className="infobulle carte-bulle" style={placerBulle(survol, conteneur.current)} aria-hidden="true">
          {props.dire(survol.code).map((ligne, i) => (i === 0 ? <strong key={ligne}>{ligne}</strong> : <span key={ligne}>{ligne}</span>))}
        </div>
      )}
      <p className="hors-vue" aria-live="polite">
        {props.annonce}
      </p>
    </div>
  );
}

/** Largeur que la bulle ne dépasse pas (`.carte-bulle`), et ce qui la sépare de l'objet et du bord, en pixels. */
const [LARGEUR_BULLE, ECART, BORD] = [260, 12, 4];

/** Du côté de l'objet où il y a le plus de place, sans sortir de la carte, même étroite. */
function placerBulle({ x, y }: { x: number; y: number }, cadre: HTMLElement | null): CSSProperties {
  const [large, haut] = [cadre?.clientWidth ?? 0, cadre?.clientHeight ?? 0];
  const tenir = (v: number): number => Math.max(BORD, Math.min(v, large - LARGEUR_BULLE - BORD));
  return {
    ...(x > large / 2 ? { right: tenir(large - x + ECART) } : { left: tenir(x + ECART) }),
    ...(y > haut / 2 ? { bottom: haut - y + ECART } : { top: y + ECART }),
  };
}
