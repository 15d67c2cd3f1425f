import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { suivre } from '../../app/inspecteur.ts';
import type { Edition } from '../../grille/SaisieLibre.tsx';
import { annuler, basculerGroupe, poser, rendreCompte, retablir, texteDe } from './magasin.ts';
import { copierBloc, ecrireTsv, lireTsv, planifierCollage, planifierEffacement, planifierEtirement, planifierRecopie, planifierRecopieDroite } from './presse.ts';
import { champEn, nommer, type Matrice, type Rangee } from './rangees.ts';
import { RangeeGrille } from './RangeeGrille.tsx';
import { HAUTEUR_TETE, montrerColonne, TeteGrille } from './TeteGrille.tsx';
import { blocDe, borner, caseSuivante, caseVerticale, type Place } from './selection.ts';

const HAUTEUR = 30;

export type Selection = { active: Place; ancre: Place };

/**
 * La matrice au clavier, comme un tableur : flèches, Tab, Entrée ou F2 ou la frappe pour saisir,
 * Échap, Suppr, Maj pour étendre, copier, coller, Ctrl+D, Ctrl+R, Ctrl+Z. Échap puis Tab quitte la grille.
 */
export function Grille(props: {
  matrice: Matrice;
  rangees: Rangee[];
  selection: Selection;
  surSelection: (s: Selection) => void;
  surAnnulation: (champ: string | null) => void;
  lectureSeule: boolean;
  /** Demande d'ouvrir la saisie sur la case active avec ce texte (bouton *Proposer*). */
  amorce: { texte: string; jeton: number } | null;
}) {
  const { matrice, rangees, selection, surSelection, lectureSeule, amorce } = props;
  const { active, ancre } = selection;
  const conteneur = useRef<HTMLDivElement>(null);
  const [edition, setEdition] = useState<Edition<Place> | null>(null);
  const [laisser, setLaisser] = useState(false);
  const glisse = useRef(false);
  const colonnes = matrice.colonnes.length + 1;
  const horizons = useMemo(() => matrice.colonnes.map((c) => c.horizon), [matrice.colonnes]);
  const bloc = blocDe(ancre, active);
  const rangee = rangees[active.rang];
  const champ = champEn(rangee, active.colonne);

  const virtuel = useVirtualizer({
    count: rangees.length,
    getScrollElement: () => conteneur.current,
    estimateSize: () => HAUTEUR,
    overscan: 16,
    // Les rangées commencent sous l'en-tête collant, que leur rang ignore : il manque à la fin, pas au début.
    scrollPaddingStart: 4,
    scrollPaddingEnd: HAUTEUR_TETE + 8,
  });

  const aller = useCallback(
    (place: Place, etendre = false) => {
      const but = borner(place, rangees.length, colonnes);
      surSelection({ active: but, ancre: etendre ? ancre : but });
      setLaisser(false);
    },
    [ancre, colonnes, rangees.length, surSelection],
  );

  const montrer = useCallback(() => {
    virtuel.scrollToIndex(active.rang, { align: 'auto' });
    const vue = conteneur.current;
    if (vue) montrerColonne(vue, active.colonne);
  }, [active.rang, active.colonne, virtuel]);

  useLayoutEffect(montrer, [montrer]);

  useEffect(() => {
    // L'inspecteur qui s'ouvre, la fenêtre qui rétrécit : la case active reste en vue.
    const vue = conteneur.current;
    if (!vue) return undefined;
    const observateur = new ResizeObserver(() => requestAnimationFrame(montrer));
    observateur.observe(vue);
    return () => observateur.disconnect();
  }, [montrer]);

  useEffect(() => {
    if (champ) suivre(champ);
    else if (rangee) {
      const l = rangee.genre === 'ligne' ? rangee.ligne : rangee.premiere;
      suivre(l.cellules[0]?.champ ?? l.champReference);
    }
  }, [champ, rangee]);

  useEffect(() => {
    if (!amorce || lectureSeule) return;
    setEdition({ place: selection.active, texte: amorce.texte, curseur: 'debut', provisoire: true });
    // La sélection du moment est celle de la demande : elle ne la relance pas.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [amorce]);

  function ouvrirSaisie(texte: string, curseur: Edition<Place>['curseur']) {
    if (champ !== null && !lectureSeule) setEdition({ place: active, texte, curseur });
  }

  const fermerSaisie = useCallback(
    (texte: string | null, mouvement: 'bas' | 'haut' | 'suite' | 'retour' | 'rester') => {
      if (!edition) return;
      const place = edition.place;
      setEdition(null);
      const cible = champEn(rangees[place.rang], place.colonne);
      const ligne = rangees[place.rang];
      const inchange = edition.provisoire && texte?.trim() === edition.texte;
      if (texte !== null && !inchange && cible !== null && ligne?.genre === 'ligne') {
        poser([{ champ: cible, valeur: texte, nom: nommer(ligne.ligne, horizons[place.colonne - 1] ?? null) }]);
      }
      if (mouvement === 'rester') return;
      conteneur.current?.focus();
      if (mouvement === 'bas') aller(caseVerticale(rangees, place, 1));
      else if (mouvement === 'haut') aller(caseVerticale(rangees, place, -1));
      else aller(caseSuivante(rangees, colonnes, place, mouvement === 'suite' ? 1 : -1) ?? place);
    },
    [aller, colonnes, edition, horizons, rangees],
  );

  const finirSaisie = useCallback(
    (texte: string | null, mouvement: 'bas' | 'haut' | 'suite' | 'retour' | 'rester' | 'ici') => {
      if (mouvement === 'ici') {
        fermerSaisie(texte, 'rester');
        conteneur.current?.focus();
      } else fermerSaisie(texte, mouvement);
    },
    [fermerSaisie],
  );

  function effacer() {
    poser(planifierEffacement(rangees, horizons, bloc));
  }

  function replier(replie: boolean): boolean {
    if (rangee?.genre !== 'groupe' || rangee.replie === replie) return false;
    basculerGroupe(rangee.cle, replie);
    return true;
  }

  function surTouche(e: KeyboardEvent<HTMLDivElement>) {
    if (edition) return;
    const ctrl = e.ctrlKey || e.metaKey;
    const { rang, colonne } = active;
    const page = Math.max(1, Math.floor((conteneur.current?.clientHeight ?? 300) / HAUTEUR) - 2);
    const vers = (place: Place) => aller(place, e.shiftKey);
    if (e.altKey) return;
    switch (e.key) {
      case 'ArrowDown':
        vers({ rang: ctrl ? rangees.length - 1 : rang + 1, colonne });
        break;
      case 'ArrowUp':
        vers({ rang: ctrl ? 0 : rang - 1, colonne });
        break;
      case 'ArrowRight':
        if (!replier(false)) vers({ rang, colonne: ctrl ? colonnes - 1 : colonne + 1 });
        break;
      case 'ArrowLeft':
        if (!replier(true)) vers({ rang, colonne: ctrl ? 0 : colonne - 1 });
        break;
      case 'PageDown':
        vers({ rang: rang + page, colonne });
        break;
      case 'PageUp':
        vers({ rang: rang - page, colonne });
        break;
      case 'Home':
        vers({ rang: ctrl ? 0 : rang, colonne: 0 });
        break;
      case 'End':
        vers({ rang: ctrl ? rangees.length - 1 : rang, colonne: colonnes - 1 });
        break;
      case 'Tab': {
        const suite = laisser ? null : caseSuivante(rangees, colonnes, active, e.shiftKey ? -1 : 1);
        if (!suite) return;
        aller(suite);
        break;
      }
      case 'Enter':
      case 'F2':
        if (rangee?.genre === 'groupe') basculerGroupe(rangee.cle);
        else ouvrirSaisie(champ ? texteDe(champ) : '', 'fin');
        break;
      case ' ':
        if (rangee?.genre !== 'groupe') return;
        basculerGroupe(rangee.cle);
        break;
      case 'Escape':
        setLaisser(true);
        if (bloc.haut === bloc.bas && bloc.gauche === bloc.droite) return;
        surSelection({ active, ancre: active });
        break;
      case 'Delete':
      case 'Backspace':
        if (lectureSeule) return;
        effacer();
        break;
      default:
        if (ctrl) {
          if (!surRaccourci(e)) return;
        } else if (e.key.length === 1 && champ !== null && !lectureSeule) ouvrirSaisie(e.key, 'fin');
        else return;
    }
    e.preventDefault();
    e.stopPropagation();
  }

  function surRaccourci(e: KeyboardEvent): boolean {
    const touche = e.key.toLowerCase();
    if (touche === 'a') {
      surSelection({ ancre: { rang: 0, colonne: 0 }, active: { rang: rangees.length - 1, colonne: colonnes - 1 } });
      return true;
    }
    if (lectureSeule) return false;
    if (touche === 'd') poser(planifierRecopie(rangees, horizons, bloc, texteDe));
    else if (touche === 'r') poser(planifierRecopieDroite(rangees, horizons, bloc, texteDe));
    else if (touche === 'z' && !e.shiftKey) props.surAnnulation(annuler());
    else if (touche === 'y' || (touche === 'z' && e.shiftKey)) props.surAnnulation(retablir());
    else return false;
    return true;
  }

  function surCopie(e: ClipboardEvent, presse: DataTransfer, couper: boolean) {
    if (edition) return;
    e.preventDefault();
    presse.setData('text/plain', ecrireTsv(copierBloc(rangees, bloc, texteDe)));
    if (couper && !lectureSeule) effacer();
  }

  function surCollage(e: ClipboardEvent, presse: DataTransfer) {
    if (edition || lectureSeule) return;
    const texte = presse.getData('text/plain');
    if (texte === '') return;
    e.preventDefault();
    const tableau = lireTsv(texte);
    const { poses, refus } = planifierCollage(rangees, horizons, bloc, tableau);
    poser(poses);
    rendreCompte({ titre: 'Collage', enregistrees: poses.length, refus, champs: poses.map((p) => p.champ) });
    const largeur = Math.max(...tableau.map((l) => l.length));
    if (tableau.length > 1 || largeur > 1) {
      const dernier = poses.at(-1)?.champ;
      const bas = rangees.findLastIndex((r) => r.genre === 'ligne' && dernier !== undefined && [r.ligne.champReference, ...r.cases.map((c) => c?.champ)].includes(dernier));
      const ancrage = { rang: bloc.haut, colonne: bloc.gauche };
      surSelection({ ancre: ancrage, active: borner({ rang: Math.max(bas, bloc.haut), colonne: bloc.gauche + largeur - 1 }, rangees.length, colonnes) });
    }
  }

  // Hors d'un champ de texte, le presse-papiers vise la sélection de texte et non ce qui a le focus :
  // après un clic sur une case, l'événement part du corps de la page.
  const surPresse = useRef<(e: ClipboardEvent) => void>(() => undefined);
  useEffect(() => {
    surPresse.current = (e) => {
      if (!e.clipboardData || !conteneur.current?.contains(document.activeElement)) return;
      if (e.type === 'paste') surCollage(e, e.clipboardData);
      else surCopie(e, e.clipboardData, e.type === 'cut');
    };
  });
  useEffect(() => {
    const recevoir = (e: ClipboardEvent) => surPresse.current(e);
    const evenements = ['copy', 'cut', 'paste'] as const;
    for (const nom of evenements) document.addEventListener(nom, recevoir);
    return () => {
      for (const nom of evenements) document.removeEventListener(nom, recevoir);
    };
  }, []);

  function surPointage(e: MouseEvent, place: Place, double: boolean) {
    if (edition) {
      const memePlace = edition.place.rang === place.rang && edition.place.colonne === place.colonne;
      if (memePlace) return;
    }
    // Sans cela la case prendrait le focus, et le perdrait en sortant de la vue : le clavier n'irait plus nulle part.
    e.preventDefault();
    conteneur.current?.focus();
    aller(place, e.shiftKey);
    if (double) {
      const cible = champEn(rangees[place.rang], place.colonne);
      if (cible !== null && !lectureSeule) setEdition({ place, texte: texteDe(cible), curseur: 'fin' });
    }
  }

  const [etire, setEtire] = useState<Place | null>(null);
  function surSurvol(place: Place) {
    if (etire !== null) setEtire(place);
    else if (glisse.current) surSelection({ ancre, active: place });
  }
  function surPoignee() {
    setEtire({ rang: bloc.bas, colonne: bloc.droite });
  }
  const surEtirement = useRef<() => void>(() => undefined);
  useEffect(() => {
    surEtirement.current = () => {
      if (etire === null) return;
      setEtire(null);
      poser(planifierEtirement(rangees, horizons, bloc, etire, texteDe));
      surSelection({ ancre: { rang: bloc.haut, colonne: bloc.gauche }, active: borner({ rang: Math.max(bloc.bas, etire.rang), colonne: Math.max(bloc.droite, etire.rang > bloc.bas ? bloc.droite : etire.colonne) }, rangees.length, colonnes) });
    };
  });
  useEffect(() => {
    const lacher = () => {
      glisse.current = false;
      surEtirement.current();
    };
    window.addEventListener('pointerup', lacher);
    return () => window.removeEventListener('pointerup', lacher);
  }, []);

  // Des gestes qui ne changent pas d'une image à l'autre : sans eux chaque flèche redessinerait toutes les rangées.
  const gestes = useRef({ surPointage, surSurvol, surPoignee });
  useEffect(() => {
    gestes.current = { surPointage, surSurvol, surPoignee };
  });
  const appui = useCallback((e: MouseEvent, rang: number, colonne: number) => {
    glisse.current = true;
    gestes.current.surPointage(e, { rang, colonne }, false);
  }, []);
  const entree = useCallback((rang: number, colonne: number) => gestes.current.surSurvol({ rang, colonne }), []);
  const double = useCallback((e: MouseEvent, rang: number, colonne: number) => gestes.current.surPointage(e, { rang, colonne }, true), []);
  const poignee = useCallback(() => gestes.current.surPoignee(), []);
  const { gauche, droite } = bloc;
  const colonnesChoisies = useMemo(() => ({ gauche, droite }), [gauche, droite]);
  const finEtiree = etire === null ? droite : etire.rang > bloc.bas ? droite : Math.max(droite, etire.colonne);
  const colonnesEtirees = useMemo(() => ({ gauche, droite: finEtiree }), [gauche, finEtiree]);
  const gabarit = `minmax(var(--col-nom), 1fr) var(--col-ref) repeat(${matrice.colonnes.length}, var(--col))`;
  return (
    <div
      ref={conteneur}
      role="grid"
      tabIndex={0}
      aria-label="Matrice des engagements"
      aria-describedby="matrice-aide"
      aria-rowcount={rangees.length + 1}
      aria-colcount={colonnes + 1}
      aria-multiselectable="true"
      aria-readonly={lectureSeule || undefined}
      aria-activedescendant={`case-${active.rang}-${active.colonne}`}
      className="matrice defile"
      style={{ ['--n' as string]: matrice.colonnes.length }}
      onKeyDown={surTouche}
    >
      <p id="matrice-aide" className="hors-vue">
        Flèches pour se déplacer, Entrée, F2 ou la frappe pour saisir, Suppr pour effacer, Maj et flèches pour étendre, Ctrl+D pour recopier vers le bas, Ctrl+R vers la droite,
        Échap puis Tab pour quitter la grille.
      </p>
      <TeteGrille colonnes={matrice.colonnes} gabarit={gabarit} />
      <div role="presentation" className="matrice-corps" style={{ height: virtuel.getTotalSize() }}>
        {virtuel.getVirtualItems().map((v) => {
          const r = rangees[v.index];
          if (!r) return null;
          return (
            <RangeeGrille
              key={r.cle}
              rangee={r}
              rang={v.index}
              haut={v.start}
              gabarit={gabarit}
              horizons={horizons}
              active={active.rang === v.index ? active.colonne : -1}
              bloc={v.index >= bloc.haut && v.index <= bloc.bas ? colonnesChoisies : null}
              edition={edition?.place.rang === v.index ? edition : null}
              lectureSeule={lectureSeule}
              poignee={!lectureSeule && edition === null && v.index === bloc.bas ? bloc.droite : -1}
              surPoignee={poignee}
              etire={etire !== null && v.index >= bloc.haut && v.index <= Math.max(bloc.bas, etire.rang) ? colonnesEtirees : null}
              finirSaisie={finirSaisie}
              surAppui={appui}
              surEntree={entree}
              surDouble={double}
            />
          );
        })}
      </div>
    </div>
  );
}
