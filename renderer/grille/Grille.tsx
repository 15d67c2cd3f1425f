import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref } from 'react';
import { classes } from '../ui/index.ts';
import { deplacer, type Case } from './clavier.ts';
import type { ColonneGrille, Tri } from './colonnes.ts';
import type { Geste } from './retenues.ts';
import { useEdition, type EditionGrille } from './edition.tsx';
import { Rangee } from './Rangee.tsx';
import { idTitre, Tete } from './Tete.tsx';
import './grille.css';

const HAUTEUR = 30;
const TETE = 32;
/** Une ligne de texte parmi plusieurs, et ce qui l'entoure (voir grille.css). */
const INTERLIGNE = 16;
const hauteurDe = (lignes: number): number => (lignes === 1 ? HAUTEUR : INTERLIGNE * lignes + 9);
const teteDe = (lignes: number): number => (lignes === 1 ? TETE : INTERLIGNE * 2 + 8);
const figures = tableFeatures({ columnSizingFeature, columnResizingFeature });
const SANS_LIGNE: never[] = [];

export type PropsGrille<L> = {
  /** Nom accessible. */
  nom: string;
  colonnes: readonly ColonneGrille<L>[];
  total: number;
  /** La ligne d'un rang, ou `null` tant qu'elle n'est pas lue. */
  ligneA: (index: number) => L | null;
  tri: Tri | null;
  surTri: (colonne: string) => void;
  /** Rangs montrés : pour lire ce qui manque. */
  surVisible?: (premier: number, dernier: number) => void;
  /** Totaux de la sélection, par colonne, épinglés en bas. */
  totaux?: Record<string, ReactNode>;
  choisie?: number | null;
  surChoix?: (index: number) => void;
  /** Sélection de plusieurs lignes : Espace, Maj+flèches, Ctrl+A, Échap ; la case, Ctrl+clic, Maj+clic. */
  estRetenue?: (index: number) => boolean;
  surRetenir?: (geste: Geste) => void;
  /** Vrai si des lignes sont retenues : Échap les lâche. */
  retient?: boolean;
  /** Lignes qui s'ouvrent (groupes) : clic, Entrée, Espace ; → ouvre et ← ferme depuis la première colonne. `ouvert` null : ne s'ouvre pas. */
  deplier?: { etat: (index: number) => { niveau: number; ouvert: boolean | null } | null; basculer: (index: number) => void };
  /** F2 sur une ligne. */
  surRenommer?: (index: number) => void;
  /** Modification des cases, comme dans un tableur. */
  edition?: EditionGrille<L>;
  /** Un chiffre demandé (clic, Entrée) ou suivi (déplacement, clic sur un nom). */
  surSujet?: (sujet: string, demande: boolean) => void;
  /** Lignes de texte qu'une case montre avant d'être coupée : 1, ou plus pour une table courte aux phrases longues. */
  lignesTexte?: 1 | 2 | 3;
  occupe?: boolean;
  vide?: ReactNode;
  className?: string;
  racine?: Ref<HTMLDivElement>;
};

/**
 * Table virtuelle : seules les lignes vues existent, quel que soit leur nombre (540 000 lignes de
 * 30 px font 16,2 millions de pixels ; Chromium en accepte 33). Un seul arrêt de tabulation ; les
 * flèches mènent à toute case, en-têtes compris.
 */
export function Grille<L>(props: PropsGrille<L>) {
  const { colonnes, total, ligneA, surVisible, surChoix, surSujet, surRetenir, estRetenue } = props;
  const cadre = useRef<HTMLDivElement | null>(null);
  const prefixe = useId();
  const [active, setActive] = useState<Case>({ ligne: 0, colonne: 0 });
  const [filtre, setFiltre] = useState<string | null>(null);
  /** D'où part l'extension en cours (Maj+flèches, Maj+clic). */
  const ancre = useRef<number | null>(null);

  const definitions = useMemo(
    () => colonnes.map((c): ColumnDef<typeof figures, never> => ({ id: c.cle, size: c.largeur, minSize: 48, header: c.libelle })),
    [colonnes],
  );
  const table = useTable({ features: figures, columns: definitions, data: SANS_LIGNE });
  const { columnSizing } = table.state;
  const largeurs = useMemo(() => colonnes.map((c) => columnSizing[c.cle] ?? c.largeur), [colonnes, columnSizing]);
  const debuts = useMemo(() => {
    let x = 0;
    return largeurs.map((l) => (x += l) - l);
  }, [largeurs]);
  const largeur = largeurs.reduce((n, l) => n + l, 0);

  const { lignesTexte = 1 } = props;
  const [hauteur, tete] = [hauteurDe(lignesTexte), teteDe(lignesTexte)];
  const pied = props.totaux === undefined ? 0 : HAUTEUR;
  const virtuel = useVirtualizer({
    count: total,
    getScrollElement: () => cadre.current,
    estimateSize: () => hauteur,
    overscan: 6,
    scrollPaddingEnd: tete + pied,
  });
  useEffect(() => virtuel.measure(), [virtuel, hauteur]);
  const rangees = virtuel.getVirtualItems();
  const premier = rangees[0]?.index ?? 0;
  const dernier = rangees[rangees.length - 1]?.index ?? -1;
  useEffect(() => {
    if (dernier >= premier) surVisible?.(premier, dernier);
  }, [premier, dernier, surVisible]);

  const ici: Case = { ligne: Math.min(active.ligne, total - 1), colonne: Math.min(active.colonne, colonnes.length - 1) };
  const idCase = `${prefixe}-case`;
  const { setColumnSizing } = table;
  const surLargeur = useCallback((cle: string, l: number) => setColumnSizing((s) => ({ ...s, [cle]: l })), [setColumnSizing]);
  const colonneIci = colonnes[ici.colonne];
  const visible = ici.ligne === -1 || (ici.ligne >= premier && ici.ligne <= dernier);

  const montrer = useCallback(
    ({ ligne, colonne }: Case) => {
      const el = cadre.current;
      if (!el) return;
      if (ligne >= 0) virtuel.scrollToIndex(ligne, { align: 'auto' });
      const debut = debuts[colonne] ?? 0;
      const fige = largeurs[0] ?? 0;
      if (colonne > 0 && debut < el.scrollLeft + fige) el.scrollLeft = debut - fige;
      const fin = debut + (largeurs[colonne] ?? 0);
      if (fin > el.scrollLeft + el.clientWidth) el.scrollLeft = fin - el.clientWidth;
    },
    [virtuel, debuts, largeurs],
  );

  const edition = useEdition({ edition: props.edition, colonnes, total, ligneA, cadre, ici, surDeplacer: (vers) => {
    setActive(vers);
    montrer(vers);
  } });

  function surClic(e: MouseEvent<HTMLDivElement>) {
    if (e.target instanceof Element && e.target.closest('.grille-saisie')) return;
    const cible = e.target instanceof Element ? e.target.closest('.grille-rangee > [aria-colindex]') : null;
    const ligne = Number(cible?.parentElement?.getAttribute('aria-rowindex')) - 2;
    if (cible === null || !(ligne >= 0)) return;
    const rang = Number(cible.getAttribute('aria-colindex')) - 1;
    setActive({ ligne, colonne: rang });
    surChoix?.(ligne);
    if (props.deplier && props.deplier.etat(ligne)?.ouvert != null) {
      props.deplier.basculer(ligne);
      return;
    }
    if (surRetenir && surClicRetenir(e, ligne)) return;
    // Un chiffre s'explique d'un clic ; le nom d'une ligne, lui, se choisit sans rien ouvrir.
    const lue = ligneA(ligne);
    const colonne = colonnes[rang];
    const sujet = lue === null ? null : colonne?.sujet?.(lue);
    if (sujet) surSujet?.(sujet, colonne?.droite === true);
  }

  /** Maj+clic étend ; la case et Ctrl+clic basculent ; vrai si le clic était l'un d'eux. */
  function surClicRetenir(e: MouseEvent<HTMLDivElement>, ligne: number): boolean {
    if (e.shiftKey) {
      etendre(Math.max(0, ici.ligne), ligne);
      return true;
    }
    ancre.current = null;
    const laCase = e.target instanceof Element && e.target.closest('.grille-retenir') !== null;
    if (!laCase && !e.ctrlKey && !e.metaKey) return false;
    surRetenir?.({ mode: 'bascule', de: ligne, a: ligne, neuf: true });
    return true;
  }

  function etendre(de: number, a: number) {
    const neuf = ancre.current === null;
    ancre.current ??= de;
    surRetenir?.({ mode: 'etendre', de: ancre.current, a, neuf });
  }

  /** Les touches de la sélection multiple ; vrai si la touche en était une. */
  function surToucheRetenir(e: KeyboardEvent<HTMLDivElement>): boolean {
    if (!surRetenir) return false;
    const ctrl = e.ctrlKey || e.metaKey;
    if (ctrl && e.key.toLowerCase() === 'a') surRetenir({ mode: 'tout' });
    else if (e.key === 'Escape' && total > 0 && props.retient === true) surRetenir({ mode: 'rien' });
    else if (e.key === ' ' && ici.ligne >= 0) surRetenir({ mode: 'bascule', de: ici.ligne, a: ici.ligne, neuf: true });
    else return false;
    ancre.current = null;
    return true;
  }

  /** Entrée, Espace, et les flèches de la première colonne ; vrai si la touche a ouvert ou fermé un groupe. */
  function surToucheDeplier(e: KeyboardEvent<HTMLDivElement>): boolean {
    const ouvert = ici.ligne < 0 ? null : (props.deplier?.etat(ici.ligne)?.ouvert ?? null);
    if (ouvert === null || e.altKey || e.ctrlKey || e.metaKey) return false;
    const fleche = ici.colonne === 0 && e.key === (ouvert ? 'ArrowLeft' : 'ArrowRight');
    if (e.key !== 'Enter' && e.key !== ' ' && !fleche) return false;
    props.deplier?.basculer(ici.ligne);
    return true;
  }

  function surTouche(e: KeyboardEvent<HTMLDivElement>) {
    if (e.target !== cadre.current) return;
    if (surToucheDeplier(e) || edition.surTouche(e)) {
      e.preventDefault();
      return;
    }
    if (surToucheRetenir(e)) {
      e.preventDefault();
      return;
    }
    if (e.key === 'F2' && props.surRenommer && ici.ligne >= 0) {
      e.preventDefault();
      props.surRenommer(ici.ligne);
      return;
    }
    if (ici.ligne === -1 && e.key === 'ArrowDown' && e.altKey) {
      if (colonneIci?.filtre) setFiltre(colonneIci.cle);
      e.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor(((cadre.current?.clientHeight ?? 0) - tete - pied) / hauteur) - 1);
    const vers = e.altKey || e.metaKey ? null : deplacer(ici, e, { lignes: total, colonnes: colonnes.length, page });
    if (vers) {
      e.preventDefault();
      setActive(vers);
      montrer(vers);
      const ligne = vers.ligne < 0 ? null : ligneA(vers.ligne);
      const sujet = ligne === null ? null : colonnes[vers.colonne]?.sujet?.(ligne);
      if (sujet) surSujet?.(sujet, false);
      if (vers.ligne >= 0 && vers.ligne !== ici.ligne) surChoix?.(vers.ligne);
      if (!e.shiftKey) ancre.current = null;
      else if (vers.ligne >= 0 && vers.ligne !== ici.ligne) etendre(Math.max(0, ici.ligne), vers.ligne);
      return;
    }
    if (e.key !== 'Enter' && e.key !== ' ') return;
    e.preventDefault();
    if (ici.ligne === -1) {
      if (colonneIci?.triable) props.surTri(colonneIci.cle);
      return;
    }
    const ligne = ligneA(ici.ligne);
    const sujet = ligne === null ? null : colonneIci?.sujet?.(ligne);
    if (e.key === 'Enter' && sujet) surSujet?.(sujet, true);
    else surChoix?.(ici.ligne);
  }

  // D'autres colonnes : elles se lisent depuis la première.
  const groupe = colonnes.map((c) => c.cle).join(' ');
  useEffect(() => {
    if (cadre.current) cadre.current.scrollLeft = 0;
  }, [groupe]);

  // Un choix fait ailleurs (carte) se voit ici.
  const { choisie } = props;
  useEffect(() => {
    if (choisie === null || choisie === undefined || choisie < 0) return;
    setActive((a) => (a.ligne === choisie ? a : { ...a, ligne: choisie }));
    virtuel.scrollToIndex(choisie, { align: 'auto' });
  }, [choisie, virtuel]);

  return (
    <div
      ref={(el) => {
        cadre.current = el;
        if (typeof props.racine === 'function') props.racine(el);
        else if (props.racine) props.racine.current = el;
      }}
      role="grid"
      {...(props.deplier ? { role: 'treegrid' } : {})}
      tabIndex={0}
      aria-label={props.nom}
      aria-rowcount={total + 1 + (pied > 0 ? 1 : 0)}
      aria-colcount={colonnes.length}
      aria-busy={props.occupe || undefined}
      aria-multiselectable={surRetenir ? true : undefined}
      aria-activedescendant={visible && colonneIci ? (ici.ligne === -1 ? idTitre(prefixe, colonneIci.cle) : idCase) : undefined}
      className={classes('grille', 'defile', lignesTexte > 1 && 'grille-plusieurs', props.occupe && 'grille-occupee', props.className)}
      style={lignesTexte > 1 ? ({ '--rangee': `${hauteur}px`, '--tete': `${tete}px` } as CSSProperties) : undefined}
      onKeyDown={surTouche}
      onClick={surClic}
      onDoubleClick={edition.surDouble}
    >
      <Tete
        prefixe={prefixe}
        colonnes={colonnes}
        largeurs={largeurs}
        largeur={largeur}
        tri={props.tri}
        active={ici.ligne === -1 ? ici.colonne : -1}
        filtre={filtre}
        retour={cadre}
        surTri={props.surTri}
        surFiltre={setFiltre}
        surLargeur={surLargeur}
      />
      <div role="rowgroup" className="grille-corps" style={{ height: virtuel.getTotalSize(), width: largeur }}>
        {total === 0 && <div className="grille-vide">{props.vide}</div>}
        {rangees.map((r) => (
          <Rangee
            key={r.key}
            id={idCase}
            index={r.index}
            haut={r.start}
            ligne={ligneA(r.index)}
            colonnes={colonnes}
            largeurs={largeurs}
            active={r.index === ici.ligne ? ici.colonne : -1}
            choisie={r.index === props.choisie}
            retenue={estRetenue ? estRetenue(r.index) : null}
            saisie={r.index === ici.ligne ? edition.saisie : null}
            {...(props.deplier ? depliDe(props.deplier.etat(r.index)) : {})}
          />
        ))}
      </div>
      {props.totaux && (
        <div role="row" aria-rowindex={total + 2} className="grille-pied" style={{ width: largeur }}>
          {colonnes.map((c, j) => (
            <div
              key={c.cle}
              role="gridcell"
              aria-colindex={j + 1}
              className={classes('grille-case', c.droite && 'grille-droite', j === 0 && 'grille-figee')}
              style={{ width: largeurs[j] }}
            >
              {props.totaux?.[c.cle]}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** En propriétés simples : une rangée ne se refait que si elles changent. */
const depliDe = (etat: { niveau: number; ouvert: boolean | null } | null): { niveau?: number; ouvert?: boolean } =>
  etat === null ? {} : { niveau: etat.niveau, ...(etat.ouvert === null ? {} : { ouvert: etat.ouvert }) };
