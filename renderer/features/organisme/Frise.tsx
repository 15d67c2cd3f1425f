import { useMemo } from 'react';
import { CalendarClock, CalendarX2, Check, Circle, CircleDashed, type LucideIcon } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerAuChamp } from '../../app/session.ts';
import { classes, Echec } from '../../ui/index.ts';
import { date, dateLongue, echeance, typographie } from '../../ui/format.ts';
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
          <p className="frise-inconnues doux">
            Pas encore calculables :{' '}
            {inconnues.map((e, i) => (
              <span key={e.code}>
                {i > 0 && ', '}
                <button type="button" className="lien" onClick={() => allerAuChamp(e.depuis)}>
                  {typographie(e.libelle)}
                </button>
              </span>
            ))}
            .
          </p>
        )}
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
        {e.realisee ? `faite le ${date(e.realisee)}` : e.jours !== null && e.etat !== 'passee' ? echeance(e.jours) : MOTS[e.etat]}
        {e.realisee && alerte ? `, ${MOTS[e.etat]}` : ''}
      </span>
    </li>
  );
}
