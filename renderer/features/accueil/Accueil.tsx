import { FilePlus2, FolderOpen, ShieldCheck, Sparkles, X, type LucideIcon } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { choisirEtOuvrir, ouvrirDemonstration, ouvrirDossier } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { aller, allerEtape, demanderImport, useSession } from '../../app/session.ts';
import { Bandeau, Bouton, BoutonIcone, Echec, MarqueEtat, MOT_ETAT, Squelette, Vide } from '../../ui/index.ts';
import { dateLongue, echeance, ilYA, nomDeFichier, repertoire, typographie } from '../../ui/format.ts';
import './accueil.css';

type Recent = Sortie<'dossier.recents'>['dossiers'][number];

/** `v1 déposée, lecture seule` ; vide quand il n'y a rien à en dire. */
function statut(d: Recent): string {
  return [d.version ? `v${d.version} déposée` : '', d.lectureSeule ? 'lecture seule' : ''].filter(Boolean).join(', ');
}

/** L'accueil : les dossiers récents, et trois portes. */
export function Accueil() {
  const aPlacer = useSession((s) => s.aPlacer);
  const recents = useRequete('dossier.recents', {});
  return (
    <div className="accueil">
      <section className="accueil-recents" aria-labelledby="accueil-titre">
        <h1 id="accueil-titre" className="titre-ecran">
          Conventions en cours
        </h1>
        {aPlacer && <APlacer chemin={aPlacer} />}
        {recents.erreur && <Echec erreur={recents.erreur} reessayer={recents.recharger} />}
        {recents.chargement && <Squelette lignes={6} nom="Lecture des dossiers récents" />}
        {recents.donnees &&
          (recents.donnees.dossiers.length === 0 ? (
            <Vide phrase="Les dossiers ouverts sur ce poste seront listés ici, avec leur avancement et leur prochaine échéance." />
          ) : (
            <ul className="accueil-liste">
              {recents.donnees.dossiers.map((d) => (
                <LigneRecente key={d.chemin} dossier={d} />
              ))}
            </ul>
          ))}
      </section>
      <section className="accueil-portes" aria-label="Commencer">
        <Porte icone={FilePlus2} nom="Nouvelle convention" faire={() => aller({ nom: 'creation', rpls: null })}>
          À partir du SIREN, ou d’un fichier RPLS déposé ici.
        </Porte>
        <Porte icone={FolderOpen} nom="Ouvrir un fichier" faire={() => void choisirEtOuvrir()}>
          Un dossier .cus, ou un paquet à lire.
        </Porte>
        <Porte icone={Sparkles} nom="Dossier de démonstration" faire={() => void ouvrirDemonstration()}>
          Un bailleur fictif, prêt, pour tout essayer.
        </Porte>
        <button type="button" className="accueil-lien" onClick={() => aller({ nom: 'verifier', chemin: null })}>
          <ShieldCheck aria-hidden="true" />
          Vérifier un paquet
        </button>
        <p className="accueil-note doux petit">Un fichier se dépose n’importe où dans la fenêtre. Rien ne quitte ce poste.</p>
      </section>
    </div>
  );
}

/** Un fichier de logements est arrivé alors qu'un dossier est ouvert : à quoi il sert, en place. */
function APlacer({ chemin }: { chemin: string }) {
  const info = useRequete('dossier.info', {}).donnees;
  return (
    <Bandeau
      ton="info"
      titre={`${nomDeFichier(chemin)} : à quoi sert ce fichier de logements ?`}
      actions={
        <>
          <Bouton variante="principal" onClick={() => aller({ nom: 'creation', rpls: chemin })}>
            Nouvelle convention
          </Bouton>
          {info && !info.lectureSeule && <Bouton onClick={() => demanderImport(chemin)}>{`Importer dans « ${info.organisme.nom} »`}</Bouton>}
          <Bouton variante="texte" onClick={() => useSession.setState({ aPlacer: null })}>
            Ne rien faire
          </Bouton>
        </>
      }
    />
  );
}

function Porte({ icone: Icone, nom, faire, children }: { icone: LucideIcon; nom: string; faire: () => void; children: string }) {
  return (
    <button type="button" className="porte" onClick={faire} aria-label={nom}>
      <Icone aria-hidden="true" />
      <span className="porte-nom">{nom}</span>
      <span className="doux">{children}</span>
    </button>
  );
}

function LigneRecente({ dossier: d }: { dossier: Recent }) {
  const oublier = useOperation('dossier.oublier');
  const ouvert = useSession((s) => s.dossier === d.chemin);
  // Le dossier ouvert change sous les yeux ; la liste ne le sait qu'à sa fermeture.
  const info = useRequete('dossier.info', {}, ouvert).donnees;
  const vif = ouvert && info ? info : d;
  const etapes = vif.etapes.filter((e) => e.etape !== 'depot');
  return (
    <li className="recent">
      <button
        type="button"
        className="recent-bouton"
        disabled={!d.present}
        aria-label={`Ouvrir ${d.nom}${d.periode ? `, ${d.periode}` : ''}`}
        onClick={() => (ouvert ? allerEtape('organisme') : void ouvrirDossier(d.chemin))}
      >
        <span className="recent-nom">
          {d.nom || nomDeFichier(d.chemin)}
          {d.periode && <span className="doux"> {d.periode}</span>}
          {statut(d) && <span className="doux petit"> · {statut(d)}</span>}
        </span>
        <span className="recent-etats">
          {etapes.map((e) => (
            <span key={e.etape} title={`${e.libelle} : ${MOT_ETAT[e.etat]}`}>
              <MarqueEtat etat={e.etat} />
            </span>
          ))}
          <span className="hors-vue">{etapes.map((e) => `${e.libelle} ${MOT_ETAT[e.etat]}`).join(', ')}</span>
        </span>
        <span className="recent-echeance">
          {vif.prochaineEcheance && (
            <>
              {typographie(vif.prochaineEcheance.libelle)}, {dateLongue(vif.prochaineEcheance.date)}{' '}
              <strong className={vif.prochaineEcheance.jours < 0 ? 'recent-passee' : undefined}>{echeance(vif.prochaineEcheance.jours)}</strong>
            </>
          )}
        </span>
        <span className="doux petit coupe recent-chemin" title={d.chemin}>
          {d.present
            ? `${ouvert ? 'ouvert, ' : ''}modifié ${ilYA((ouvert ? info?.enregistreA : null) ?? d.modifieLe, new Date())} · ${nomDeFichier(d.chemin)} · ${repertoire(d.chemin)}`
            : `introuvable : ${d.chemin}`}
        </span>
      </button>
      <BoutonIcone
        nom={`Retirer ${d.nom} de cette liste (le fichier reste)`}
        icone={X}
        onClick={() => void oublier.lancer({ chemin: d.chemin })}
      />
    </li>
  );
}
