import { useMemo } from 'react';
import { createPortal } from 'react-dom';
import { useRequete } from '../../app/requetes.ts';
import { classes } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import { useGlisse, type Glisse } from './glisser.ts';
import './glisse.css';

/** Pendant qu'on glisse des logements : combien, où ils iraient, et les ensembles où les déposer. */
export function CoucheGlisse() {
  const glisse = useGlisse((s) => s.glisse);
  if (glisse === null) return null;
  const { cible } = glisse;
  // Hors de l'écran : ses conteneurs déplaceraient ce qui suit le pointeur.
  return createPortal(
    <div className="glisse">
      {cible && <div className="glisse-cadre" style={{ left: cible.cadre.left, top: cible.cadre.top, width: cible.cadre.width, height: cible.cadre.height }} />}
      <VoletDepot communes={glisse.communes} cible={cible?.id ?? null} />
      <Etiquette glisse={glisse} />
    </div>,
    document.body,
  );
}

/** Largeur au plus de l'étiquette : au bord droit, elle passe à gauche du pointeur. */
const LARGEUR = 300;

function Etiquette({ glisse }: { glisse: Glisse }) {
  const { x, y } = glisse;
  const cote = x + LARGEUR > window.innerWidth ? { right: window.innerWidth - x + 14 } : { left: x + 14 };
  return (
    <p role="status" className={classes('glisse-etiquette', glisse.cible && 'glisse-etiquette-prete')} style={{ ...cote, top: Math.min(y + 14, window.innerHeight - 60) }}>
      <strong>{accord(glisse.identifiants.length, 'logement')}</strong> {glisse.cible ? typographie(`vers « ${glisse.cible.nom} »`) : 'à déposer sur un ensemble (Échap abandonne)'}
    </p>
  );
}

const MONTRES = 300;

/** Les ensembles des mêmes communes d'abord : c'est là qu'on déplace. */
function VoletDepot({ communes, cible }: { communes: readonly string[]; cible: string | null }) {
  const { donnees } = useRequete('ensembles.lister', {});
  const montres = useMemo(() => {
    const tous = donnees?.ensembles ?? [];
    const proches = tous.filter((e) => communes.includes(e.commune));
    return [...proches, ...tous.filter((e) => !communes.includes(e.commune))].slice(0, MONTRES);
  }, [donnees, communes]);
  return (
    <section className="glisse-volet" aria-label="Ensembles où déposer">
      <h3 className="etiquette">Déposer sur un ensemble</h3>
      <ul className="defile">
        {montres.map((e) => (
          <li key={e.id} data-depot={e.id} data-depot-nom={e.nom} className={classes('glisse-lieu', e.id === cible && 'glisse-lieu-vise')}>
            <span className="coupe">{e.nom}</span>
            <span className="doux petit coupe">{[e.adresse, e.nomCommune, accord(e.logements, 'logement')].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
      {(donnees?.ensembles.length ?? 0) > MONTRES && <p className="doux petit">Un ensemble plus loin se choisit par « Déplacer vers un ensemble… ».</p>}
    </section>
  );
}
