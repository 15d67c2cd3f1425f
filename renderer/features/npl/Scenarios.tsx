import { ArrowRight, Copy, FilePlus2, Star, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, BoutonIcone, Champ, Choix, Echec, Pastille, Saisie } from '../../ui/index.ts';
import { accord, euros } from '../../ui/format.ts';
import { Comparaison } from './Comparaison.tsx';
import { choisirScenario, ecrit, useNpl, type Resume } from './magasin.ts';

/** Les scénarios du dossier : leur masse, celui que la convention porte, de quoi en créer, en comparer. */
export function Scenarios({ scenarios, lectureSeule }: { scenarios: readonly Resume[]; lectureSeule: boolean }) {
  const creer = useNpl((s) => s.creer);
  const retenir = useOperation('npl.retenir');
  const supprimer = useOperation('npl.supprimer');
  const erreur = retenir.erreur ?? supprimer.erreur;
  return (
    <div className="npl-scenarios defile">
      {erreur && <Echec erreur={erreur} fermer={() => { retenir.effacer(); supprimer.effacer(); }} />}
      <table className="npl-liste">
        <thead>
          <tr><th scope="col">Scénario</th><th scope="col">Année</th><th scope="col" className="nombre">Avant, par mois</th><th scope="col" className="nombre">Après</th><th scope="col" className="nombre">Reste</th><th scope="col">Masse</th><th scope="col"><span className="hors-vue">Gestes</span></th></tr>
        </thead>
        <tbody>
          {scenarios.map((s) => (
            <Scenario
              key={s.id}
              s={s}
              lectureSeule={lectureSeule}
              retenir={() => void retenir.lancer({ scenario: s.retenu ? null : s.id })}
              supprimer={() => void supprimer.lancer({ scenario: s.id })}
            />
          ))}
        </tbody>
      </table>
      {!lectureSeule && (creer ? <Creation scenarios={scenarios} /> : <Bouton icone={FilePlus2} onClick={() => useNpl.setState({ creer: true })}>Créer un scénario</Bouton>)}
      <p className="doux petit">Fixer une nouvelle politique des loyers est facultatif (L445-2). Un scénario n’entre dans la convention, ses contrôles et son paquet que s’il est retenu.</p>
      {scenarios.length > 1 && <Comparaison scenarios={scenarios} />}
    </div>
  );
}

function Scenario({ s, lectureSeule, retenir, supprimer }: { s: Resume; lectureSeule: boolean; retenir: () => void; supprimer: () => void }) {
  const modifier = useOperation('npl.modifier');
  const ouvrir = () => {
    choisirScenario(s.id);
    useNpl.setState({ vue: 'ensembles' });
  };
  return (
    <tr className={s.retenu ? 'npl-retenu' : undefined}>
      <td className="npl-nom">
        <SaisieQuittee key={s.nom} nom={`Nom de ${s.nom}`} depart={s.nom} inactif={lectureSeule} ecrire={(nom) => modifier.lancer({ scenario: s.id, nom })} />
        {s.retenu && <Pastille ton="accent">Retenu</Pastille>}
        {modifier.erreur && <p className="champ-faute" role="alert">{modifier.erreur.message} {modifier.erreur.action}</p>}
      </td>
      <td className="npl-annee"><SaisieQuittee key={s.annee} nom={`Année de ${s.nom}`} depart={String(s.annee)} inactif={lectureSeule} verifier={estAnnee} ecrire={(a) => modifier.lancer({ scenario: s.id, annee: Number(a) })} /></td>
      <td className="nombre">{euros(s.avant)}</td>
      <td className="nombre">{euros(s.apres)}</td>
      <td className="nombre">{euros(s.reste).replace('-', '−')}</td>
      <td>
        <span className={s.respectee ? 'npl-bon' : 'npl-fautif'}>{s.respectee ? 'respectée' : 'dépassée'}</span>
        {s.constats > 0 && <span className="npl-fautif petit">, {accord(s.constats, 'constat bloquant', 'constats bloquants')}</span>}
      </td>
      <td className="npl-gestes">
        <Bouton icone={ArrowRight} onClick={ouvrir} aria-label={`Ouvrir ${s.nom}`}>Ouvrir</Bouton>
        {!lectureSeule && (
          <>
            <Bouton icone={Star} variante="texte" onClick={retenir} aria-label={s.retenu ? `Ne plus retenir ${s.nom}` : `Retenir ${s.nom} pour la convention`}>
              {s.retenu ? 'Ne plus retenir' : 'Retenir pour la convention'}
            </Bouton>
            <BoutonIcone nom={`Supprimer ${s.nom} (Ctrl+Z le rend)`} icone={Trash2} onClick={supprimer} />
          </>
        )}
      </td>
    </tr>
  );
}

export const estAnnee = (t: string): string | null => (/^\d{4}$/u.test(t) && Number(t) >= 1990 && Number(t) <= 2100 ? null : 'Une année s’écrit avec quatre chiffres, de 1990 à 2100.');

/** Un champ qui s'écrit quand on le quitte ou par Entrée ; Échap y remet ce qu'il y avait. */
export function SaisieQuittee(props: { nom: string; depart: string; inactif: boolean; verifier?: (t: string) => string | null; ecrire: (texte: string) => Promise<unknown>; droite?: boolean; vide?: boolean; id?: string; decrit?: string | undefined }) {
  const [texte, setTexte] = useState(props.depart);
  const propre = texte.trim();
  const faute = propre === '' ? (props.vide ? null : 'À renseigner.') : (props.verifier?.(propre) ?? null);
  const quitter = () => {
    if (propre !== props.depart && faute === null) void props.ecrire(propre);
  };
  return (
    <>
      <Saisie
        compact
        id={props.id}
        aria-label={props.id === undefined ? props.nom : undefined}
        aria-describedby={props.decrit}
        className={props.droite ? 'nombre' : ''}
        title={texte}
        value={texte}
        fautif={faute !== null}
        disabled={props.inactif}
        onChange={(e) => setTexte(e.currentTarget.value)}
        onBlur={quitter}
        onKeyDown={(e) => {
          if (e.key === 'Enter') quitter();
          if (e.key === 'Escape' && texte !== props.depart) {
            e.stopPropagation();
            e.preventDefault();
            setTexte(props.depart);
          }
        }}
      />
      {faute !== null && <p className="champ-faute" role="alert">{faute}</p>}
    </>
  );
}

/** Nouveau scénario, de rien ou d'après un autre. */
export function Creation({ scenarios }: { scenarios: readonly Resume[] }) {
  const effet = useRequete('dossier.info', {}).donnees?.dateEffet?.slice(0, 4) ?? '';
  const plafonds = useRequete('npl.baremes', {}).donnees?.plafonds ?? [];
  // L'année des autres scénarios, à défaut celle des derniers plafonds saisis : une autre n'aurait pas de plafond à lire.
  const connues = scenarios.length > 0 ? scenarios.map((s) => s.annee) : plafonds.map((p) => p.annee);
  const proposee = connues.length > 0 ? String(Math.max(...connues)) : effet;
  const [nom, setNom] = useState(scenarios.length === 0 ? 'Scénario A' : '');
  const [annee, setAnnee] = useState<string | null>(null);
  const [depuis, setDepuis] = useState('rien');
  const creer = useOperation('npl.creer');
  const valeur = annee ?? proposee;
  const faute = valeur === '' ? null : estAnnee(valeur);
  async function valider(e: FormEvent) {
    e.preventDefault();
    if (nom.trim() === '' || valeur === '' || faute !== null) return;
    const cree = await creer.lancer({ nom: nom.trim(), annee: Number(valeur), ...(depuis === 'rien' ? {} : { depuis: Number(depuis) }) });
    if (!cree) return;
    ecrit('npl.creer');
    choisirScenario(cree.id);
    useNpl.setState({ creer: false, vue: 'ensembles' });
  }
  return (
    <form className="npl-creation" aria-label="Nouveau scénario" onSubmit={(e) => void valider(e)}>
      <Champ libelle="Nom du scénario">{({ id }) => <Saisie id={id} value={nom} autoFocus onChange={(e) => setNom(e.currentTarget.value)} />}</Champ>
      <Champ libelle="Année des barèmes" faute={faute} aide={`Celle dont les plafonds de loyer sont lus ; proposée par Atelier CUS, ${scenarios.length > 0 ? 'celle des autres scénarios' : connues.length > 0 ? 'celle des derniers plafonds saisis' : 'celle de la date d’effet'}.`}>{({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} inputMode="numeric" value={valeur} onChange={(e) => setAnnee(e.currentTarget.value.trim())} />}</Champ>
      {scenarios.length > 0 && (
        <Champ libelle="D’après">
          {({ id }) => <Choix id={id} valeur={depuis} options={[{ valeur: 'rien', libelle: 'Rien : les maximums d’aujourd’hui' }, ...scenarios.map((s) => ({ valeur: String(s.id), libelle: `Copie de ${s.nom}` }))]} surChoix={setDepuis} />}
        </Champ>
      )}
      <span className="npl-creation-gestes">
        <Bouton type="submit" variante="principal" icone={depuis === 'rien' ? FilePlus2 : Copy} occupe={creer.enCours} disabled={nom.trim() === '' || valeur === '' || faute !== null}>Créer le scénario</Bouton>
        <Bouton variante="texte" onClick={() => useNpl.setState({ creer: false })}>Abandonner</Bouton>
      </span>
      {creer.erreur && <Echec erreur={creer.erreur} fermer={creer.effacer} />}
    </form>
  );
}
