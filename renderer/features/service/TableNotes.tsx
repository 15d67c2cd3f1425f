import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import type { Edition } from '../../grille/SaisieLibre.tsx';
import { ecrireTsv, lireTsv } from '../engagements/presse.ts';
import { blocDe, borner, type Place } from '../engagements/selection.ts';
import { champNote, poser, remonter, useService } from './magasin.ts';
import { planifierCollage, planifierEffacement, planifierRecopie, type Planche } from './poses.ts';
import { RangeeNotes } from './RangeeNotes.tsx';
import { TeteNotes } from './TeteNotes.tsx';
import { accord } from '../../ui/format.ts';

const HAUTEUR = 30;
export const HAUTEUR_TETE = 76;

export type Selection = { active: Place; ancre: Place };
type Grille = NonNullable<Sortie<'serviceRendu.grille'>['grille']>;
type Resultat = Sortie<'serviceRendu.lire'>['lignes'][number];

/**
 * Ensembles × critères, au clavier comme un tableur : flèches, Tab, Entrée, F2 ou la frappe pour noter, Suppr, Maj
 * pour étendre, copier, coller, Ctrl+D, Ctrl+Z. La dernière colonne est le résultat. Échap puis Tab quitte la grille.
 */
export function TableNotes(props: {
  planche: Planche;
  grille: Grille;
  resultats: ReadonlyMap<string, Resultat>;
  selection: Selection;
  surSelection: (s: Selection) => void;
  lectureSeule: boolean;
}) {
  const { planche, selection, surSelection, lectureSeule } = props;
  const { ensembles, criteres } = planche;
  const { active, ancre } = selection;
  const locales = useService((s) => s.locales);
  const conteneur = useRef<HTMLDivElement>(null);
  const [edition, setEdition] = useState<Edition<Place> | null>(null);
  const [laisser, setLaisser] = useState(false);
  const glisse = useRef(false);
  const colonnes = criteres.length + 1;
  const bloc = blocDe(ancre, active);
  const ensemble = ensembles[active.rang];
  const critere = criteres[active.colonne];

  const rangs = useMemo(() => indexer(planche), [planche]);
  const texteDe = useCallback(
    (e: string, c: string): string => locales.get(champNote(e, c)) ?? rangs.ensembles.get(e)?.saisies[rangs.criteres.get(c) ?? -1] ?? '',
    [locales, rangs],
  );
  const virtuel = useVirtualizer({
    count: ensembles.length, getScrollElement: () => conteneur.current, estimateSize: () => HAUTEUR, overscan: 12,
    scrollPaddingStart: HAUTEUR_TETE + 4, scrollPaddingEnd: 8,
  });

  const aller = useCallback(
    (place: Place, etendre = false) => {
      const but = borner(place, ensembles.length, colonnes);
      surSelection({ active: but, ancre: etendre ? ancre : but });
      setLaisser(false);
    },
    [ancre, colonnes, ensembles.length, surSelection],
  );
  useLayoutEffect(() => {
    virtuel.scrollToIndex(active.rang, { align: 'auto' });
    const vue = conteneur.current;
    if (vue) montrerColonne(vue, active.colonne);
  }, [active.rang, active.colonne, virtuel]);
  useEffect(() => {
    if (ensemble) suivre(critere ? champNote(ensemble.id, critere.code) : `service-rendu/ensemble/${ensemble.id}/resultat`);
  }, [ensemble, critere]);

  function ecrire(poses: Parameters<typeof poser>[0], geste: string) {
    if (!lectureSeule) poser(poses, geste, texteDe);
  }
  function ouvrirSaisie(texte: string, place = active) {
    if (!lectureSeule && criteres[place.colonne] && ensembles[place.rang]) setEdition({ place, texte, curseur: 'fin' });
  }
  const finirSaisie = useCallback(
    (texte: string | null, mouvement: 'bas' | 'haut' | 'suite' | 'retour' | 'rester' | 'ici') => {
      if (!edition) return;
      const { place } = edition;
      setEdition(null);
      const [e, c] = [ensembles[place.rang], criteres[place.colonne]];
      if (texte !== null && e && c) poser([{ ensemble: e.id, critere: c.code, saisie: texte, nom: `${e.nom}, ${c.libelle}` }], '', texteDe);
      if (mouvement === 'rester') return;
      conteneur.current?.focus();
      if (mouvement === 'bas') aller({ ...place, rang: place.rang + 1 });
      else if (mouvement === 'haut') aller({ ...place, rang: place.rang - 1 });
      else if (mouvement !== 'ici') aller(suivante(place, mouvement === 'suite' ? 1 : -1, ensembles.length, criteres.length) ?? place);
    },
    [aller, criteres, edition, ensembles, texteDe],
  );

  function surTouche(e: KeyboardEvent<HTMLDivElement>) {
    if (edition || e.altKey) return;
    const ctrl = e.ctrlKey || e.metaKey;
    const { rang, colonne } = active;
    const page = Math.max(1, Math.floor(((conteneur.current?.clientHeight ?? 300) - HAUTEUR_TETE) / HAUTEUR) - 1);
    const vers = (place: Place) => aller(place, e.shiftKey);
    switch (e.key) {
      case 'ArrowDown': vers({ rang: ctrl ? ensembles.length - 1 : rang + 1, colonne }); break;
      case 'ArrowUp': vers({ rang: ctrl ? 0 : rang - 1, colonne }); break;
      case 'ArrowRight': vers({ rang, colonne: ctrl ? colonnes - 1 : colonne + 1 }); break;
      case 'ArrowLeft': vers({ rang, colonne: ctrl ? 0 : colonne - 1 }); break;
      case 'PageDown': vers({ rang: rang + page, colonne }); break;
      case 'PageUp': vers({ rang: rang - page, colonne }); break;
      case 'Home': vers({ rang: ctrl ? 0 : rang, colonne: 0 }); break;
      case 'End': vers({ rang: ctrl ? ensembles.length - 1 : rang, colonne: colonnes - 1 }); break;
      case 'Tab': {
        const suite = laisser ? null : suivante(active, e.shiftKey ? -1 : 1, ensembles.length, criteres.length);
        if (!suite) return;
        aller(suite);
        break;
      }
      case 'Enter':
      case 'F2':
        if (critere && ensemble) ouvrirSaisie(texteDe(ensemble.id, critere.code));
        else if (ensemble) inspecter(`service-rendu/ensemble/${ensemble.id}/resultat`);
        break;
      case 'Escape':
        setLaisser(true);
        surSelection({ active, ancre: active });
        break;
      case 'Delete':
      case 'Backspace':
        ecrire(planifierEffacement(planche, bloc), 'Service rendu : notes effacées');
        break;
      default:
        if (ctrl ? !surRaccourci(e) : e.key.length !== 1 || !critere || lectureSeule) return;
        if (!ctrl) ouvrirSaisie(e.key);
    }
    e.preventDefault();
    e.stopPropagation();
  }
  function surRaccourci(e: KeyboardEvent): boolean {
    const touche = e.key.toLowerCase();
    if (touche === 'a') surSelection({ ancre: { rang: 0, colonne: 0 }, active: { rang: ensembles.length - 1, colonne: colonnes - 1 } });
    else if (lectureSeule) return false;
    else if (touche === 'd') ecrire(planifierRecopie(planche, bloc, texteDe), 'Service rendu : recopie vers le bas');
    else if (touche === 'z' && !e.shiftKey) void remonter('annuler');
    else if (touche === 'y' || (touche === 'z' && e.shiftKey)) void remonter('refaire');
    else return false;
    return true;
  }

  // Hors d'un champ de texte, l'événement du presse-papiers part du corps de la page.
  const surPresse = useRef<(e: ClipboardEvent) => void>(() => undefined);
  useEffect(() => {
    surPresse.current = (e) => {
      if (!e.clipboardData || edition || !conteneur.current?.contains(document.activeElement)) return;
      if (e.type === 'paste') {
        const texte = e.clipboardData.getData('text/plain');
        if (texte === '' || lectureSeule) return;
        const tableau = lireTsv(texte);
        const { poses, refus } = planifierCollage(planche, bloc, tableau);
        ecrire(poses, `Service rendu : ${accord(poses.length, 'note collée', 'notes collées')}`);
        useService.setState({ bilan: { titre: 'Collage', enregistrees: poses.length, refus } });
      } else {
        const lignes = ensembles.slice(bloc.haut, bloc.bas + 1).map((x) => criteres.slice(bloc.gauche, bloc.droite + 1).map((c) => texteDe(x.id, c.code)));
        e.clipboardData.setData('text/plain', ecrireTsv(lignes));
        if (e.type === 'cut') ecrire(planifierEffacement(planche, bloc), 'Service rendu : notes coupées');
      }
      e.preventDefault();
    };
  });
  useEffect(() => {
    const recevoir = (e: ClipboardEvent) => surPresse.current(e);
    const lacher = () => void (glisse.current = false);
    for (const nom of ['copy', 'cut', 'paste'] as const) document.addEventListener(nom, recevoir);
    window.addEventListener('pointerup', lacher);
    return () => {
      for (const nom of ['copy', 'cut', 'paste'] as const) document.removeEventListener(nom, recevoir);
      window.removeEventListener('pointerup', lacher);
    };
  }, []);

  function surAppui(e: MouseEvent, place: Place) {
    if (edition && edition.place.rang === place.rang && edition.place.colonne === place.colonne) return;
    glisse.current = true;
    conteneur.current?.focus();
    aller(place, e.shiftKey);
    const cible = ensembles[place.rang];
    if (place.colonne === criteres.length && cible && !e.shiftKey) inspecter(`service-rendu/ensemble/${cible.id}/resultat`);
  }

  return (
    <div
      ref={conteneur} role="grid" tabIndex={0} aria-label="Notes du service rendu" aria-describedby="notes-aide" aria-rowcount={ensembles.length + 1} aria-colcount={colonnes + 1}
      aria-multiselectable="true" aria-readonly={lectureSeule || undefined} aria-activedescendant={`note-${active.rang}-${active.colonne}`}
      className="notes defile" style={{ ['--n' as string]: criteres.length }} onKeyDown={surTouche}
    >
      <p id="notes-aide" className="hors-vue">
        Flèches pour se déplacer, Entrée, F2 ou la frappe pour noter, Suppr pour effacer, Maj et flèches pour étendre, Ctrl+D pour recopier vers le bas, Échap puis Tab pour quitter la grille.
      </p>
      <TeteNotes grille={props.grille} criteres={criteres} />
      <div role="presentation" className="notes-corps" style={{ height: virtuel.getTotalSize() }}>
        {virtuel.getVirtualItems().map((v) => {
          const e = ensembles[v.index];
          return e ? (
            <RangeeNotes
              key={e.id} ensemble={e} planche={planche} grille={props.grille} resultat={props.resultats.get(e.id)} rang={v.index} haut={v.start} texteDe={texteDe}
              active={active.rang === v.index ? active.colonne : -1} bloc={v.index >= bloc.haut && v.index <= bloc.bas ? bloc : null}
              edition={edition?.place.rang === v.index ? edition : null} finirSaisie={finirSaisie} surAppui={surAppui}
              surEntree={(colonne) => glisse.current && surSelection({ ancre, active: { rang: v.index, colonne } })}
              surDouble={(place) => ouvrirSaisie(texteDe(e.id, criteres[place.colonne]?.code ?? ''), place)}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

const indexer = (planche: Planche) => ({
  ensembles: new Map(planche.ensembles.map((e) => [e.id, e])), criteres: new Map(planche.criteres.map((c, j) => [c.code, j])),
});

/** La case à noter d'après, ou d'avant, dans le sens de lecture ; `null` au bout. */
function suivante({ rang, colonne }: Place, sens: 1 | -1, rangs: number, criteres: number): Place | null {
  const n = rang * criteres + Math.min(colonne, criteres - 1) + sens;
  return criteres === 0 || n < 0 || n >= rangs * criteres ? null : { rang: Math.floor(n / criteres), colonne: n % criteres };
}

function montrerColonne(vue: HTMLElement, colonne: number): void {
  const titre = vue.querySelector<HTMLElement>(`[data-tete="${colonne}"]`);
  const fige = vue.querySelector<HTMLElement>('[data-tete="nom"]')?.offsetWidth ?? 0;
  const resultat = vue.querySelector<HTMLElement>('[data-tete].notes-resultat');
  // Le nom et le résultat restent en place de chaque côté : une case ne doit pas se cacher dessous.
  if (!titre || titre === resultat) return;
  const libre = vue.clientWidth - (resultat?.offsetWidth ?? 0);
  if (titre.offsetLeft < vue.scrollLeft + fige) vue.scrollLeft = titre.offsetLeft - fige;
  const fin = titre.offsetLeft + titre.offsetWidth;
  if (fin > vue.scrollLeft + libre) vue.scrollLeft = fin - libre;
}
