import { ChevronDown, ChevronRight, MessageSquare } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import { SaisieLibre, type Edition, type Mouvement } from '../../grille/SaisieLibre.tsx';
import { classes, Etincelle } from '../../ui/index.ts';
import { nombre, typographie } from '../../ui/format.ts';
import { basculerGroupe, texteDe, useEngagements } from './magasin.ts';
import type { Rangee, RangeeLigne } from './rangees.ts';
import { nommer } from './rangees.ts';
import type { Bloc, Place } from './selection.ts';
import { lireCase, nomTrajectoire, trajectoire } from './valeurs.ts';

type Props = {
  rangee: Rangee;
  rang: number;
  haut: number;
  gabarit: string;
  horizons: readonly string[];
  active: number;
  bloc: Pick<Bloc, 'gauche' | 'droite'> | null;
  edition: Edition<Place> | null;
  lectureSeule: boolean;
  /** Colonne qui porte la poignée de recopie ; -1 : aucune. */
  poignee: number;
  surPoignee: () => void;
  /** Colonnes que l'étirement en cours couvre sur cette ligne. */
  etire: { gauche: number; droite: number } | null;
  finirSaisie: (texte: string | null, mouvement: Mouvement) => void;
  surAppui: (e: MouseEvent, rang: number, colonne: number) => void;
  surEntree: (rang: number, colonne: number) => void;
  surDouble: (e: MouseEvent, rang: number, colonne: number) => void;
};

/** Une rangée ne se redessine que si ce qu'elle montre change : se déplacer n'en touche que deux. */
export const RangeeGrille = memo(function RangeeGrille(props: Props) {
  const { rangee: r, rang, haut, gabarit } = props;
  const style = { transform: `translateY(${haut}px)`, gridTemplateColumns: gabarit };
  if (r.genre === 'groupe') return <Groupe {...props} rangee={r} style={style} />;
  return (
    <div role="row" aria-rowindex={rang + 2} className="matrice-rangee" style={style}>
      <span role="rowheader" aria-colindex={1} className={classes('matrice-nom', `matrice-niveau-${r.niveau}`)} title={nommer(r.ligne)}>
        <span className="coupe">{typographie(r.libelle)}</span>
        <Courbe rangee={r} />
      </span>
      {[0, ...r.cases.map((_, i) => i + 1)].map((colonne) => (
        <Case key={colonne} {...props} rangee={r} colonne={colonne} />
      ))}
    </div>
  );
});

function Groupe({ rangee: r, rang, style, horizons, active, surAppui }: Props & { rangee: Extract<Rangee, { genre: 'groupe' }>; style: React.CSSProperties }) {
  const Chevron = r.replie ? ChevronRight : ChevronDown;
  const compte = r.attendus > 0 ? `${nombre(r.renseignes)} sur ${nombre(r.attendus)}` : '';
  return (
    <div role="row" aria-rowindex={rang + 2} className={classes('matrice-rangee', `matrice-groupe-${r.niveau}`)} style={style}>
      <span
        role="gridcell"
        id={active >= 0 ? `case-${rang}-${active}` : undefined}
        aria-colindex={1}
        aria-colspan={horizons.length + 2}
        aria-expanded={!r.replie}
        aria-selected={active >= 0}
        tabIndex={-1}
        className={classes('matrice-nom', 'matrice-groupe', `matrice-niveau-${r.niveau}`, active >= 0 && 'matrice-active')}
        title={r.libelle}
        onMouseDown={(e) => surAppui(e, rang, 0)}
        onClick={() => basculerGroupe(r.cle)}
        onKeyDown={() => undefined}
      >
        <span className="matrice-groupe-texte">
          <Chevron aria-hidden="true" />
          {r.code && <strong className="matrice-code">{r.code}</strong>}
        <span className="coupe">{typographie(r.libelle)}</span>
        {compte && (
          <span className={classes('matrice-compte', r.renseignes === r.attendus && 'matrice-compte-plein')}>
            {compte}
            <span className="hors-vue"> cases obligatoires renseignées</span>
          </span>
        )}
        </span>
      </span>
    </div>
  );
}

function Courbe({ rangee }: { rangee: RangeeLigne }) {
  const horizons = rangee.cases.flatMap((c) => (c ? [c.horizon] : []));
  // Une seule chaîne : la courbe ne se redessine que si un de ses textes change.
  const textes = useEngagements((s) => [rangee.ligne.champReference, ...rangee.cases.flatMap((c) => (c ? [c.champ] : []))].map((champ) => texteDe(champ, s)).join('\n'));
  const [reference = '', ...suite] = textes.split('\n');
  return <Etincelle nom={nomTrajectoire(horizons)} valeurs={trajectoire(reference, horizons.map((horizon, i) => ({ horizon, texte: suite[i] ?? '' })))} />;
}

function Case(props: Props & { rangee: RangeeLigne; colonne: number }) {
  const { rangee: r, rang, colonne, active, bloc, edition, horizons } = props;
  const cellule = colonne === 0 ? null : (r.cases[colonne - 1] ?? null);
  const champ = colonne === 0 ? r.ligne.champReference : (cellule?.champ ?? null);
  const locale = useEngagements((s) => (champ ? s.locales.get(champ) : undefined));
  const texte = useEngagements((s) => (champ ? texteDe(champ, s) : ''));
  const lu = lireCase(texte, r.ligne.unite);
  const remarques = [...(locale?.refus ? [locale.refus] : []), ...(lu.message ? [lu.message] : []), ...(locale || champ === null ? [] : (cellule === null ? r.ligne.constatsReference : cellule.constats).filter((c) => c !== lu.message))];
  const estActive = active === colonne;
  const choisie = bloc !== null && colonne >= bloc.gauche && colonne <= bloc.droite;
  const nom = nommer(r.ligne, horizons[colonne - 1] ?? null);
  const vide = texte === '';
  const dit = champ === null ? 'non demandé' : vide ? (cellule?.obligatoire ? 'à renseigner' : 'vide') : lu.affiche;
  const enEdition = edition?.place.colonne === colonne ? edition : null;
  return (
    <span
      role="gridcell"
      id={`case-${rang}-${colonne}`}
      aria-colindex={colonne + 2}
      aria-label={`${nom} : ${dit}`}
      aria-selected={choisie || estActive}
      aria-disabled={champ === null || undefined}
      aria-invalid={remarques.length > 0 || undefined}
      tabIndex={-1}
      data-champ={champ ?? undefined}
      data-colonne={colonne}
      title={remarques.length > 0 ? remarques.join('\n') : undefined}
      className={classes(
        colonne === 0 ? 'matrice-ref' : 'matrice-colonne',
        'matrice-case',
        'nombre',
        champ === null && 'matrice-fermee',
        choisie && 'matrice-choisie',
        estActive && 'matrice-active',
        props.etire !== null && colonne >= props.etire.gauche && colonne <= props.etire.droite && 'matrice-etiree',
        remarques.length > 0 && 'matrice-fautive',
        locale && !locale.refus && 'matrice-attente',
      )}
      onMouseDown={(e) => props.surAppui(e, rang, colonne)}
      onMouseEnter={() => props.surEntree(rang, colonne)}
      onDoubleClick={(e) => props.surDouble(e, rang, colonne)}
    >
      {cellule !== null && cellule.observations > 0 && <MessageSquare aria-label="observation de l’État" className="matrice-observation" />}
      {enEdition ? (
        <SaisieLibre edition={enEdition} nom={nom} classe="matrice-saisie" finir={props.finirSaisie} />
      ) : (
        <span className="coupe">{lu.affiche}</span>
      )}
      {props.poignee === colonne && champ !== null && (
        <span
          aria-hidden="true"
          className="matrice-poignee"
          onMouseDown={(e) => {
            e.preventDefault();
            e.stopPropagation();
            props.surPoignee();
          }}
        />
      )}
      {vide && cellule?.obligatoire && !enEdition && <span className="matrice-attendue" aria-hidden="true" />}
    </span>
  );
}
