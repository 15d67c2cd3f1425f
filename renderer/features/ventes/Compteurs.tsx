import { Chiffre } from '../../app/Chiffre.tsx';
import { nomDuChamp } from '../../app/champs.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { Bouton, classes, Recherche } from '../../ui/index.ts';
import { basculer, estFiltre, estRetenu, montrerTout, useVentes, type Filtre, type Resume } from './magasin.ts';

/** Les chiffres du plan. Le nombre dit d'où il vient, le mot en dessous filtre la table. */
export function Compteurs({ resume }: { resume: Resume }) {
  const { filtre, vue, tri } = useVentes();
  const tout = vue === 'plan' && !estFiltre(filtre);
  return (
    <ul className="compteurs" aria-label="Le plan de mise en vente en chiffres">
      <Compteur sujet="ventes/total" n={resume.logements} libelle="au plan" actif={tout} faire={montrerTout} />
      <Compteur sujet="ventes/communes" n={resume.communes} libelle={resume.communes > 1 ? 'communes' : 'commune'} actif={vue === 'communes'} faire={() => useVentes.setState({ vue: 'communes' })} />
      <Compteur sujet="ventes/epcis" n={resume.epci} libelle="EPCI" actif={vue === 'plan' && tri?.colonne === 'nomEpci'} faire={() => useVentes.setState({ vue: 'plan', tri: tri?.colonne === 'nomEpci' ? null : { colonne: 'nomEpci', sens: 'asc' } })} />
      <Compteur sujet="ventes/etat/a-vendre" n={resume.etats['a-vendre'] ?? 0} libelle="à vendre" petit actif={estRetenu(filtre, 'etats', 'a-vendre')} faire={() => basculer('etats', 'a-vendre')} />
      <Compteur sujet="ventes/etat/commercialise" n={resume.etats['commercialise'] ?? 0} libelle="en commercialisation" petit actif={estRetenu(filtre, 'etats', 'commercialise')} faire={() => basculer('etats', 'commercialise')} />
      <Compteur sujet="ventes/etat/vendu" n={resume.etats['vendu'] ?? 0} libelle={(resume.etats['vendu'] ?? 0) > 1 ? 'vendus' : 'vendu'} petit actif={estRetenu(filtre, 'etats', 'vendu')} faire={() => basculer('etats', 'vendu')} />
      <Compteur sujet="ventes/qpv" n={resume.qpv} libelle="en QPV" petit qpv actif={estRetenu(filtre, 'drapeaux', 'vente-qpv')} faire={() => basculer('drapeaux', 'vente-qpv')} />
    </ul>
  );
}

function Compteur(props: { sujet: string; n: number; libelle: string; actif: boolean; faire: () => void; petit?: boolean; qpv?: boolean }) {
  return (
    <li className={classes('compteur', props.petit && 'compteur-petit', props.qpv && 'compteur-qpv')}>
      <Chiffre sujet={props.sujet} nom={`${nombre(props.n)} ${props.libelle}`} className="compteur-nombre">
        {nombre(props.n)}
      </Chiffre>
      <button type="button" className="compteur-filtre" aria-pressed={props.actif} onClick={props.faire}>
        {props.libelle}
      </button>
    </li>
  );
}

type Puce = { valeur: string; libelle: string; n: number; ton?: string; aide?: string };

/** Années, acquéreurs et signalements, chacun avec son nombre : autant de filtres. */
export function Filtres({ resume }: { resume: Resume }) {
  const filtre = useVentes((s) => s.filtre);
  const annees = [...new Set([...resume.periode.map(String), ...Object.keys(resume.annees).filter((a) => a !== 'inconnu')])].sort().map((a): Puce => ({ valeur: a, libelle: a, n: resume.annees[a] ?? 0 }));
  const acquereurs = resume.listeAcquereurs.map((a): Puce => ({ valeur: a.code, libelle: a.court, n: resume.acquereurs[a.code] ?? 0, aide: a.libelle })).filter((p) => p.n > 0);
  const inconnu = (comptes: Record<string, number>, libelle: string): Puce[] => ((comptes['inconnu'] ?? 0) > 0 ? [{ valeur: '', libelle, n: comptes['inconnu'] ?? 0 }] : []);
  const drapeaux = resume.drapeaux.filter((d) => d.code !== 'vente-qpv').map((d): Puce => ({ valeur: d.code, libelle: d.court, n: d.nombre, ton: d.niveau, aide: d.article }));
  return (
    <div className="ventes-filtres">
      <Groupe nom="Année" liste="annees" puces={[...annees, ...inconnu(resume.annees, 'sans année')]} filtre={filtre} sujet={(v) => `ventes/annee/${v === '' ? 'inconnu' : v}`} />
      <Groupe nom="Acquéreur" liste="acquereurs" puces={[...acquereurs, ...inconnu(resume.acquereurs, 'à dire')]} filtre={filtre} sujet={(v) => `ventes/acquereur/${v === '' ? 'inconnu' : v}`} />
      <Groupe nom="À signaler" liste="drapeaux" puces={drapeaux} filtre={filtre} sujet={(v) => `ventes/drapeau/${v}`} />
      {filtre.cibles?.[0] !== undefined && <Compte champ={filtre.cibles[0]} />}
      <div className="ventes-cherche">
        <Recherche nom="Chercher un logement du plan" value={filtre.cherche ?? ''} onChange={(e) => useVentes.setState({ vue: 'plan', filtre: { ...filtre, cherche: e.target.value } })} />
        {estFiltre(filtre) && <Bouton variante="texte" onClick={montrerTout}>Tout montrer</Bouton>}
      </div>
    </div>
  );
}

/** La case d'engagement dont la table montre les logements comptés ; l'ôter montre tout le plan. */
function Compte({ champ }: { champ: string }) {
  return (
    <div className="ventes-groupe" role="group" aria-label="Case d’engagement">
      <span className="etiquette">Comptés par</span>
      <span className="ventes-puce ventes-puce-active">
        <button type="button" aria-pressed onClick={() => basculer('cibles', champ)}>{typographie(nomDuChamp('', champ))}</button>
      </span>
    </div>
  );
}

function Groupe({ nom, liste, puces, filtre, sujet }: { nom: string; liste: 'annees' | 'acquereurs' | 'drapeaux'; puces: readonly Puce[]; filtre: Filtre; sujet: (valeur: string) => string }) {
  if (puces.length === 0) return null;
  return (
    <div className="ventes-groupe" role="group" aria-label={nom}>
      <span className="etiquette">{nom}</span>
      {puces.map((p) => (
        <span key={p.valeur} className={classes('ventes-puce', p.ton === 'bloquant' && 'ventes-puce-brique', p.ton === 'a-justifier' && 'ventes-puce-ambre', p.n === 0 && 'ventes-puce-vide', estRetenu(filtre, liste, p.valeur) && 'ventes-puce-active')}>
          <button type="button" aria-pressed={estRetenu(filtre, liste, p.valeur)} title={p.aide} onClick={() => basculer(liste, p.valeur)}>
            {p.libelle}
          </button>
          <Chiffre sujet={sujet(p.valeur)} nom={`${p.libelle}, ${accord(p.n, 'logement')}`} className="ventes-puce-nombre">
            {nombre(p.n)}
          </Chiffre>
        </span>
      ))}
    </div>
  );
}
