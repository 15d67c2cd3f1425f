import { Chiffre } from '../../app/Chiffre.tsx';
import type { Filtres } from '../../app/session.ts';
import { classes } from '../../ui/index.ts';
import { nombre } from '../../ui/format.ts';
import type { Etat } from './etatDesLieux.ts';
import { basculer, estParcEntier, estRetenu, montrer, PARC, useSelection, type Vue } from './filtres.ts';

/** Les chiffres du parc. Le nombre dit d'où il vient, le mot en dessous filtre la table. */
export function Compteurs({ etat, filtres, vue }: { etat: Etat; filtres: Filtres; vue: Vue }) {
  const voir = (v: Vue) => () => useSelection.setState({ vue: v });
  const qpv = estRetenu(filtres, 'qpv', ['1']);
  const vacants = estRetenu(filtres, 'mode', ['2']);
  const sortis = estRetenu(filtres, 'parc', ['non']);
  return (
    <ul className="compteurs" aria-label="Le parc en chiffres">
      <Compteur sujet="etat/logements" nombre={etat.logements} libelle="logements" actif={vue === 'logements' && estParcEntier(filtres)} faire={() => montrer([PARC])} />
      <Compteur sujet="etat/ensembles" nombre={etat.ensembles} libelle="ensembles immobiliers" actif={vue === 'ensembles'} faire={voir('ensembles')} />
      <Compteur sujet="etat/qpv" nombre={etat.qpv} sur={etat.logements} libelle="en QPV" qpv actif={vue === 'logements' && qpv} faire={() => basculer('qpv', ['1'])} />
      <Compteur sujet={null} nombre={Object.keys(etat.communes).length} libelle="communes" actif={vue === 'communes'} faire={voir('communes')} />
      <Compteur sujet={null} nombre={Object.keys(etat.epci).length} libelle="EPCI" actif={vue === 'epci'} faire={voir('epci')} />
      <Compteur sujet="etat/vacants" nombre={etat.vacants} libelle="vacants" petit actif={vue === 'logements' && vacants} faire={() => basculer('mode', ['2'])} />
      {etat.qpvInconnu > 0 && (
        <Compteur sujet="etat/qpvInconnu" nombre={etat.qpvInconnu} libelle="QPV inconnu" petit actif={vue === 'logements' && estRetenu(filtres, 'qpv', [''])} faire={() => basculer('qpv', [''])} />
      )}
      {etat.sortis > 0 && (
        <Compteur
          sujet="etat/sortis"
          nombre={etat.sortis}
          libelle="sortis du parc"
          petit
          actif={vue === 'logements' && sortis}
          faire={() => montrer(sortis ? [PARC] : [{ colonne: 'parc', valeurs: ['non'] }])}
        />
      )}
    </ul>
  );
}

function Compteur(props: {
  sujet: string | null;
  nombre: number;
  sur?: number;
  libelle: string;
  actif: boolean;
  faire: () => void;
  petit?: boolean;
  qpv?: boolean;
}) {
  const texte = props.sur === undefined ? nombre(props.nombre) : `${nombre(props.nombre)} sur ${nombre(props.sur)}`;
  const montre = (
    <>
      {nombre(props.nombre)}
      {props.sur !== undefined && <span className="compteur-sur"> sur {nombre(props.sur)}</span>}
    </>
  );
  return (
    <li className={classes('compteur', props.petit && 'compteur-petit', props.qpv && 'compteur-qpv')}>
      {props.sujet === null ? (
        <span className="compteur-nombre">{montre}</span>
      ) : (
        <Chiffre sujet={props.sujet} nom={`${texte} ${props.libelle}`} className="compteur-nombre">
          {montre}
        </Chiffre>
      )}
      <button type="button" className="compteur-filtre" aria-pressed={props.actif} onClick={props.faire}>
        {props.libelle}
      </button>
    </li>
  );
}
