import { Pastille } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { Compte, libelleCode, type Fiche } from './lecture.tsx';

/** Ce que R445-3 demande au moins de chaque ensemble : adresse, logements, financements, situation en QPV. */
export function Identite({ fiche }: { fiche: Fiche }) {
  const { ensemble: e, communes, epci, departement } = fiche;
  const financements = Object.entries(e.financements).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return (
    <section className="fiche-identite" aria-label="Identité de l’ensemble">
      <dl>
        <div className="fiche-adresse">
          <dt className="etiquette">Adresse</dt>
          <dd>
            {e.adresse === '' ? <span className="fiche-manque">sans adresse</span> : e.adresse}
            <span className="doux fiche-lieu">
              {communes.length > 0 ? communes.map((c) => c.nom).join(', ') : e.nomCommune}
              {departement !== '' && `, ${departement}`}
              {epci !== null && `, ${epci.nom}`}
            </span>
          </dd>
        </div>
        <div>
          <dt className="etiquette">Logements</dt>
          <dd className="fiche-grand">
            <Compte id={e.id} sujet="" n={e.logements} nom={accord(e.logements, 'logement')} />
          </dd>
        </div>
        <div className="fiche-financements">
          <dt className="etiquette">{financements.length > 1 ? 'Financements principaux' : 'Financement principal'}</dt>
          <dd>
            <ul>
              {financements.map(([code, n]) => (
                <li key={code}>
                  <span>{code === 'inconnu' ? 'financement inconnu' : `${libelleCode('FINAN', code)} (${code})`}</span>
                  <Compte id={e.id} sujet={`financement/${code}`} n={n} nom={`Financement ${libelleCode('FINAN', code)} : ${accord(n, 'logement')}`} />
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt className="etiquette">En QPV</dt>
          <dd className="fiche-grand fiche-qpv">
            {e.qpvInconnu === e.logements ? (
              <Compte id={e.id} sujet="qpvInconnu" n={e.qpvInconnu} nom="Situation en QPV inconnue">
                inconnu
              </Compte>
            ) : (
              <Compte id={e.id} sujet="qpv" n={e.qpv} nom={`En QPV : ${nombre(e.qpv)} sur ${nombre(e.logements)}`}>
                {nombre(e.qpv)} <span className="fiche-sur">sur {nombre(e.logements)}</span>
              </Compte>
            )}
            {e.qpvInconnu > 0 && e.qpvInconnu < e.logements && (
              <span className="fiche-lieu">
                <Compte id={e.id} sujet="qpvInconnu" n={e.qpvInconnu} nom="Situation en QPV inconnue">
                  {accord(e.qpvInconnu, 'inconnu')}
                </Compte>
              </span>
            )}
          </dd>
        </div>
      </dl>
      <p className="fiche-decide">
        <Pastille ton={fiche.decide.nom ? 'accent' : 'neutre'}>nom {fiche.decide.nom ? 'décidé' : 'proposé'}</Pastille>
        <Pastille ton={fiche.decide.composition ? 'accent' : 'neutre'}>composition {fiche.decide.composition ? 'décidée' : 'proposée'}</Pastille>
        <span className="doux petit">L’application propose, l’organisme détermine (R445-3).</span>
      </p>
    </section>
  );
}
