import { useMemo } from 'react';
import { CalendarClock, CalendarPlus, CalendarX2, Check, Circle, CircleDashed, type LucideIcon } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerAuChamp } from '../../app/session.ts';
import { Bouton, classes, Echec } from '../../ui/index.ts';
import { accord, date, dateLongue, echeance, typographie } from '../../ui/format.ts';
import { ChampDossier } from './ChampDossier.tsx';
import type { ChampLu } from './Organisme.tsx';

type EcheanceLegale = Sortie<'calendrier.lire'>['echeances'][number];
type EtatEcheance = EcheanceLegale['etat'];

const ICONES: Record<EtatEcheance, LucideIcon> = {
  inconnue: CircleDashed,
  'a-venir': CalendarClock,
  passee: Check,
  'en-retard': CalendarX2,
  'trop-tot': CalendarX2,
};

const MOTS: Record<EtatEcheance, string> = {
  inconnue: 'date de départ à renseigner',
  'a-venir': 'à venir',
  passee: 'passée',
  'en-retard': 'en retard',
  'trop-tot': 'faite avant la fin du délai',
};

const MOT_GENRE: Record<EcheanceLegale['genre'], string> = {
  limite: 'au plus tard',
  'au-plus-tot': 'pas avant',
  repere: 'repère',
};

const SANS_SUITE = 'Les textes lus ne disent pas ce qui suit d’un retard.';

/** Écrit les échéances datées dans un fichier d'agenda. */
function Agenda() {
  const exporter = useOperation('calendrier.exporter', false);
  const choisir = async (): Promise<void> => {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire l’agenda', filtres: [{ nom: 'Agenda', extensions: ['ics'] }], defaut: 'calendrier-cus.ics' });
    if (destination !== null) await exporter.lancer({ destination });
  };
  return (
    <div className="frise-agenda">
      <Bouton icone={CalendarPlus} occupe={exporter.enCours} onClick={() => void choisir()}>
        Exporter vers un agenda
      </Bouton>
      {exporter.resultat && (
        <span className="doux petit" role="status">
          {accord(exporter.resultat.evenements, 'échéance écrite', 'échéances écrites')}
          {exporter.resultat.sansDate.length > 0 && `, ${accord(exporter.resultat.sansDate.length, 'sans date laissée de côté', 'sans date laissées de côté')}`}{exporter.resultat.annules > 0 && `, ${accord(exporter.resultat.annules, 'écrite annulée, car elle n’est plus au calendrier', 'écrites annulées, car elles ne sont plus au calendrier')}`}.
        </span>
      )}
      {exporter.erreur && <Echec erreur={exporter.erreur} />}
    </div>
  );
}

/** Les délais légaux calculés des dates saisies, dans l'ordre du temps, chacun avec son article. */
export function Frise({ champs, lectureSeule }: { champs: readonly ChampLu[]; lectureSeule: boolean }) {
  const parNom = useMemo(() => new Map(champs.map((c) => [c.champ, c])), [champs]);
  const lu = useRequete('calendrier.lire', {});
  const echeances = lu.donnees?.echeances ?? [];
  const datees = echeances.filter((e) => e.date !== null).sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
  const inconnues = echeances.filter((e) => e.date === null);

  return (
    <section className="groupe" aria-label="Frise des délais légaux">
      <h2 className="groupe-titre">Délais légaux</h2>
      <div>
        {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
        {datees.length > 0 && <Agenda />}
        {lu.donnees && datees.length === 0 && (
          <p className="doux frise-vide">
            Les délais légaux apparaîtront ici, calculés des dates du calendrier : renseigner la date d’effet, l’échéance en cours et les délibérations.
          </p>
        )}
        <ol className="frise">
          {datees.map((e) => (
            <LigneFrise key={e.code} e={e} parNom={parNom} lectureSeule={lectureSeule} />
          ))}
        </ol>
        {inconnues.length > 0 && (
          <div className="frise-inconnues doux">
            <p>Pas encore calculables :</p>
            <ul>
              {inconnues.map((e) => (
                <li key={e.code}>
                  {typographie(e.libelle)} <span className="champ-article">{e.article}</span> : il manque{' '}
                  <button type="button" className="lien" onClick={() => allerAuChamp(e.depuis)}>
                    {typographie(e.libelleDepuis)}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        {lu.donnees?.obligations.map((o) => {
          const jour = parNom.get(o.champDate);
          return (
            <div key={o.code} className="frise-annuelle">
              <p>
                <strong>{typographie(o.libelle)}</strong> <span className="doux">chaque année</span>
              </p>
              <p className="doux petit">
                {typographie(o.aide)} <span className="champ-article">{o.article}</span>
              </p>
              {jour && (
                <details className="frise-modifier" open={o.date !== null}>
                  <summary>Se donner un jour</summary>
                  <ChampDossier champ={{ ...jour, aide: 'Repris chaque année dans l’agenda jusqu’au terme de la convention ; choix de l’organisme, non réglementaire.', article: '' }} libelle="Premier jour" lectureSeule={lectureSeule} />
                </details>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function LigneFrise({ e, parNom, lectureSeule }: { e: EcheanceLegale; parNom: Map<string, ChampLu>; lectureSeule: boolean }) {
  const Icone = e.etat === 'passee' && e.realisee === null ? Circle : ICONES[e.etat];
  const champDate = parNom.get(e.champDate);
  const champMotif = parNom.get(e.champMotif);
  const alerte = e.etat === 'en-retard' || e.etat === 'trop-tot';
  return (
    <li className={classes('frise-ligne', alerte && 'frise-alerte', e.etat === 'a-venir' && 'frise-avenir')}>
      <Icone aria-hidden="true" />
      <span className="frise-date">{dateLongue(e.date)}</span>
      <div className="frise-texte">
        <p>
          <strong>{typographie(e.libelle)}</strong> <span className="doux">{MOT_GENRE[e.genre]}</span>
        </p>
        <p className="doux petit">
          {typographie(e.aide)} <span className="champ-article">{e.article}</span>
        </p>
        {alerte && (
          <p className="petit frise-suite">{e.consequence ? <>{typographie(e.consequence.texte)} <span className="champ-article">{e.consequence.article}</span></> : SANS_SUITE}</p>
        )}
        {!alerte && e.consequence && <p className="petit doux">{typographie(e.consequence.texte)} <span className="champ-article">{e.consequence.article}</span></p>}
        {e.remplacement && (
          <p className="petit">
            Date retenue, la loi donnant le {date(e.calculee)}
            {e.remplacement.motif ? ` : ${e.remplacement.motif}` : ' (motif à renseigner)'}.
          </p>
        )}
        {champDate && champMotif && (
          <details className="frise-modifier">
            <summary>Retenir une autre date</summary>
            <div className="groupe-champs">
              <ChampDossier champ={{ ...champDate, aide: '', article: '' }} libelle="Date retenue" lectureSeule={lectureSeule} />
              <ChampDossier champ={{ ...champMotif, aide: '', article: '' }} libelle="Motif" lectureSeule={lectureSeule} />
            </div>
          </details>
        )}
      </div>
      <span className="frise-etat">
        {e.realisee ? `${e.prevue ? 'prévue' : 'faite'} le ${date(e.realisee)}` : e.jours !== null && e.etat !== 'passee' ? echeance(e.jours) : MOTS[e.etat]}
        {e.realisee && alerte ? `, ${MOTS[e.etat]}` : ''}
      </span>
    </li>
  );
}
