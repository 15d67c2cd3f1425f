import type { MouseEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { parseNote } from '../../../shared/domain/service-rendu/echelle.ts';
import { SaisieLibre, type Edition, type Mouvement } from '../../grille/SaisieLibre.tsx';
import { accord, deuxDecimales, nombre, typographie } from '../../ui/format.ts';
import { classes } from '../../ui/index.ts';
import type { Bloc, Place } from '../engagements/selection.ts';
import { couleurClasse } from './couleurs.ts';
import type { EnsembleNote } from './magasin.ts';
import type { Planche } from './poses.ts';
import { GABARIT } from './TeteNotes.tsx';

type Grille = NonNullable<Sortie<'serviceRendu.grille'>['grille']>;

type Props = {
  ensemble: EnsembleNote;
  planche: Planche;
  grille: Grille;
  resultat: Sortie<'serviceRendu.lire'>['lignes'][number] | undefined;
  rang: number;
  haut: number;
  texteDe: (ensemble: string, critere: string) => string;
  active: number;
  bloc: Bloc | null;
  edition: Edition<Place> | null;
  finirSaisie: (texte: string | null, mouvement: Mouvement) => void;
  surAppui: (e: MouseEvent, place: Place) => void;
  surEntree: (colonne: number) => void;
  surDouble: (place: Place) => void;
};

export function RangeeNotes(props: Props) {
  const { ensemble: e, planche, grille, resultat, rang, active, bloc } = props;
  const fin = planche.criteres.length;
  const gestes = (colonne: number) => ({
    onMouseDown: (ev: MouseEvent) => props.surAppui(ev, { rang, colonne }),
    onMouseEnter: () => props.surEntree(colonne),
  });
  const choisie = (colonne: number): boolean => bloc !== null && colonne >= bloc.gauche && colonne <= bloc.droite;
  const etat = (colonne: number) => classes('notes-case', 'nombre', choisie(colonne) && 'notes-choisie', active === colonne && 'notes-active');
  const classe = resultat?.classe ?? null;
  return (
    <div role="row" aria-rowindex={rang + 2} className="notes-rangee" style={{ transform: `translateY(${props.haut}px)`, gridTemplateColumns: GABARIT }}>
      <span role="rowheader" aria-colindex={1} className="notes-nom" title={`${e.nom}, ${e.nomCommune}, ${accord(e.logements, 'logement')}`}>
        <span className="coupe">{typographie(e.nom)}</span>
        <span className="doux petit coupe notes-lieu">
          {e.nomCommune}, {nombre(e.logements)}
          <span className="hors-vue"> logements</span>
        </span>
      </span>
      {planche.criteres.map((c, colonne) => {
        const texte = props.texteDe(e.id, c.code);
        const lue = parseNote(planche.echelle, texte);
        const enEdition = props.edition?.place.colonne === colonne ? props.edition : null;
        return (
          <span
            key={c.code} role="gridcell" id={`note-${rang}-${colonne}`} aria-colindex={colonne + 2} aria-label={`${e.nom}, ${c.libelle} : ${texte === '' ? 'non noté' : texte}`}
            aria-selected={choisie(colonne) || active === colonne} aria-invalid={!lue.ok || undefined} tabIndex={-1} title={lue.ok ? undefined : lue.message}
            className={classes(etat(colonne), !lue.ok && 'notes-fautive')} {...gestes(colonne)} onDoubleClick={() => props.surDouble({ rang, colonne })}
          >
            {enEdition ? <SaisieLibre edition={enEdition} nom={`${e.nom}, ${c.libelle}`} classe="notes-saisie" longueurMax={200} finir={props.finirSaisie} /> : <span className="coupe">{texte}</span>}
          </span>
        );
      })}
      <span
        role="gridcell" id={`note-${rang}-${fin}`} aria-colindex={fin + 2} tabIndex={-1} aria-selected={choisie(fin) || active === fin} className={classes(etat(fin), 'notes-resultat')} {...gestes(fin)}
        data-sujet={`service-rendu/ensemble/${e.id}/resultat`}
        title={resultat === undefined ? undefined : `${classe === null ? 'Sans résultat' : (grille.classes[classe]?.libelle ?? '')} : ${nombre(resultat.notes)} critères notés sur ${nombre(resultat.criteres)}`}
      >
        {resultat === undefined || resultat.resultat === null ? (
          <span className="doux">{resultat !== undefined && resultat.notes > 0 ? `${resultat.notes}/${resultat.criteres}` : '–'}</span>
        ) : (
          <>
            <span className="service-pave" aria-hidden="true" style={{ background: couleurClasse(grille, classe) }} />
            {deuxDecimales(resultat.resultat)}
          </>
        )}
      </span>
    </div>
  );
}
