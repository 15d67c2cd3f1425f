import { lazy, Suspense, useCallback, useEffect, useState, type DragEvent } from 'react';
import { PanelRight, Search } from 'lucide-react';
import { Bandeau, Bouton, BoutonIcone, Echec, Squelette } from '../ui/index.ts';
import { fermerAvis, useAvis } from './avis.ts';
import { BandeauService } from './BandeauService.tsx';
import { useCommandes } from './commandes.ts';
import { recevoirFichier } from './dossiers.ts';
import { EtatEnregistrement } from './EtatEnregistrement.tsx';
import { LIBELLES, type EtapeId } from './etapes.ts';
import { Inspecteur } from './Inspecteur.tsx';
import { ouvrirInspecteur, useInspecteur } from './inspecteur.ts';
import { useEtroit } from './largeur.ts';
import { Logo } from './Logo.tsx';
import { Palette } from './Palette.tsx';
import { usePalette } from './palette.ts';
import { Rail } from './Rail.tsx';
import { Rattrapage } from './Rattrapage.tsx';
import { useRequete } from './requetes.ts';
import { aller, useSession, type Ecran } from './session.ts';
import { Accueil } from '../features/accueil/Accueil.tsx';
import { Creation } from '../features/accueil/Creation.tsx';
import './cadre.css';

const ECRANS: Record<EtapeId, React.LazyExoticComponent<() => React.ReactNode>> = {
  organisme: lazy(() => import('../features/organisme/Organisme.tsx')),
  patrimoine: lazy(() => import('../features/patrimoine/index.tsx')),
  occupation: lazy(() => import('../features/occupation/index.tsx')),
  'service-rendu': lazy(() => import('../features/service/index.tsx')),
  loyers: lazy(() => import('../features/loyers/Etape.tsx')),
  associes: lazy(() => import('../features/associes/index.tsx')),
  engagements: lazy(() => import('../features/engagements/Etape.tsx')),
  ventes: lazy(() => import('../features/ventes/index.tsx')),
  controle: lazy(() => import('../features/controle/Controle.tsx')),
  echanges: lazy(() => import('../features/echanges/Echanges.tsx')),
};
const Journal = lazy(() => import('../features/journal/Journal.tsx'));
const Verifier = lazy(() => import('../features/verifier/Verifier.tsx'));

function Travail({ ecran }: { ecran: Ecran }) {
  switch (ecran.nom) {
    case 'accueil':
      return <Accueil />;
    case 'creation':
      return <Creation rpls={ecran.rpls} />;
    case 'verifier':
      return <Verifier chemin={ecran.chemin} />;
    case 'journal':
      return <Journal />;
    case 'etape': {
      const Etape = ECRANS[ecran.etape];
      return <Etape />;
    }
  }
}

/** Le cadre commun : barre, rail, travail, inspecteur. Un fichier se dépose n'importe où. */
export function Cadre() {
  const ecran = useSession((s) => s.ecran);
  const dossier = useSession((s) => s.dossier);
  const info = useRequete('dossier.info', {}, dossier !== null).donnees;
  const etape = ecran.nom === 'etape' ? ecran.etape : null;
  const lieu = etape ?? ecran.nom;
  const inspecteurOuvert = useInspecteur((s) => s.ouverts[lieu] === true) && etape !== null;
  const etroit = useEtroit(1100);
  const { rail, basculerRail } = useRail(etroit);
  useCommandes(basculerRail);
  const depot = useDepot();

  useEffect(() => {
    const nom = info ? `${info.organisme.nom} — ` : '';
    document.title = `${etape ? `${LIBELLES[etape]} — ` : ''}${etape ? nom : ''}Atelier CUS`;
  }, [etape, info]);

  return (
    <div className="cadre" {...depot.poignees}>
      <header className="barre">
        <button type="button" className="barre-accueil" onClick={() => aller({ nom: 'accueil' })} aria-label="Accueil">
          <Logo />
          <span>Atelier CUS</span>
        </button>
        {info && dossier && (
          <button
            type="button"
            className="barre-dossier coupe"
            onClick={() => aller({ nom: 'etape', etape: etape ?? 'organisme' })}
            title={info.chemin}
          >
            <span className="barre-nom">{info.organisme.nom}</span>
            <span className="doux">{info.periode ? `CUS ${info.periode}` : 'sans date d’effet'}</span>
            {info.lectureSeule && <span className="barre-lecture">lecture seule</span>}
          </button>
        )}
        <span className="barre-milieu" />
        <button type="button" className="barre-recherche" onClick={() => usePalette.setState({ ouverte: true })} aria-label="Rechercher ou faire (Ctrl+K)">
          <Search aria-hidden="true" />
          <span>Rechercher ou faire…</span>
          <kbd>Ctrl+K</kbd>
        </button>
        {dossier && <EtatEnregistrement />}
        {etape && (
          <BoutonIcone
            nom="D’où vient ce chiffre"
            raccourci="Ctrl+Alt+I"
            icone={PanelRight}
            aria-pressed={inspecteurOuvert}
            onClick={() => ouvrirInspecteur(!inspecteurOuvert)}
          />
        )}
      </header>
      <div className="cadre-avis">
        <BandeauService />
        <Avis />
        {etape && info?.avertissements.map((a) => <Bandeau key={a} ton="attention" titre={a} />)}
      </div>
      <div className="corps">
        {etape && <Rail info={info} actif={etape} replie={rail === 'replie'} />}
        <main className="travail" data-region="travail" tabIndex={-1} aria-label={etape ? LIBELLES[etape] : undefined}>
          <Rattrapage lieu={lieu}>
            <Suspense fallback={<Attente />}>
              <Travail ecran={ecran} />
            </Suspense>
          </Rattrapage>
        </main>
        {inspecteurOuvert && <Inspecteur etape={lieu} />}
      </div>
      {depot.survol && (
        <div className="depose" aria-hidden="true">
          <p>{dossier ? 'Déposer pour importer, lire un retour ou vérifier un paquet' : 'Déposer pour ouvrir, vérifier ou créer une convention'}</p>
        </div>
      )}
      <Palette />
    </div>
  );
}

function Attente() {
  return (
    <div className="attente">
      <Squelette lignes={8} />
    </div>
  );
}

function Avis() {
  const { erreur, info } = useAvis();
  if (erreur) return <Echec erreur={erreur} fermer={fermerAvis} />;
  if (!info) return null;
  return (
    <Bandeau
      ton="info"
      titre={info}
      actions={
        <Bouton variante="texte" onClick={fermerAvis}>
          Masquer
        </Bouton>
      }
    />
  );
}

/** Étroit, le rail se replie de lui-même ; le choix fait dans une largeur n'engage pas l'autre. */
function useRail(etroit: boolean) {
  const [choix, setChoix] = useState<{ etroit: boolean; rail: 'replie' | 'ouvert' } | null>(null);
  const rail = choix?.etroit === etroit ? choix.rail : etroit ? 'replie' : 'ouvert';
  const basculerRail = useCallback(
    () => setChoix({ etroit, rail: rail === 'replie' ? 'ouvert' : 'replie' }),
    [etroit, rail],
  );
  return { rail, basculerRail };
}

function useDepot() {
  const [survol, setSurvol] = useState(false);
  const contientFichier = (e: DragEvent) => Array.from(e.dataTransfer.types).includes('Files');
  return {
    survol,
    poignees: {
      onDragOver: (e: DragEvent) => {
        if (!contientFichier(e)) return;
        e.preventDefault();
        setSurvol(true);
      },
      onDragLeave: (e: DragEvent) => {
        if (e.relatedTarget === null) setSurvol(false);
      },
      onDrop: (e: DragEvent) => {
        if (!contientFichier(e)) return;
        e.preventDefault();
        setSurvol(false);
        const [fichier] = Array.from(e.dataTransfer.files);
        const chemin = fichier ? window.atelier.cheminDe(fichier) : '';
        if (chemin) void recevoirFichier(chemin);
      },
    },
  };
}
