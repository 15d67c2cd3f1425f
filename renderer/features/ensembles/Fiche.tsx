import { ArrowLeft, ArrowRight, ChevronLeft, ChevronRight, PencilLine } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { estOuvert, suivre } from '../../app/inspecteur.ts';
import { useRequete } from '../../app/requetes.ts';
import { fermerFiche, montrerLogements, ouvrirFiche } from '../../app/session.ts';
import { Bouton, BoutonIcone, Echec, Squelette } from '../../ui/index.ts';
import { nombre } from '../../ui/format.ts';
import { BandeauDecisions } from '../patrimoine/BandeauDecisions.tsx';
import { decider } from '../patrimoine/decisions.ts';
import { NomEnsemble } from '../patrimoine/NomEnsemble.tsx';
import { Identite } from './Identite.tsx';
import type { Fiche as Donnees } from './lecture.tsx';
import { SECTIONS } from './sections.tsx';
import './fiche.css';

const ECRIT = 'input, textarea, select, [contenteditable]';

/** La fiche d'un ensemble immobilier : son identité (R445-3), puis une section par sujet. */
export function Fiche({ id, lectureSeule }: { id: string; lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('ensembles.fiche', { id });
  const cadre = useRef<HTMLElement | null>(null);
  useEffect(() => {
    cadre.current?.focus();
    if (cadre.current) cadre.current.scrollTop = 0;
    suivre(`ensemble/${id}`);
  }, [id]);
  useTouches(cadre, donnees);
  return (
    <article ref={cadre} className="fiche defile" tabIndex={-1} aria-label={donnees ? `Fiche de ${donnees.ensemble.nom}` : 'Fiche d’un ensemble'}>
      {donnees ? <Tete fiche={donnees} lectureSeule={lectureSeule} /> : <Retour />}
      <BandeauDecisions lectureSeule={lectureSeule} />
      {!donnees && (erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={10} />)}
      {donnees && (
        <>
          <Identite fiche={donnees} />
          {SECTIONS.map(({ cle, titre, article, Section }) => (
            <section key={cle} id={`fiche-${cle}`} className="fiche-section" aria-labelledby={`fiche-titre-${cle}`}>
              <h3 id={`fiche-titre-${cle}`} className="titre-section" tabIndex={-1}>
                {titre}
                {article !== undefined && <span className="doux petit"> {article}</span>}
              </h3>
              <Section key={id} id={id} />
            </section>
          ))}
        </>
      )}
    </article>
  );
}

const Retour = () => (
  <Bouton variante="texte" icone={ArrowLeft} onClick={fermerFiche}>
    Ensembles
  </Bouton>
);

/** Alt+flèches : l'ensemble d'avant ou d'après ; Échap, l'inspecteur fermé, revient à la table. */
function useTouches(cadre: RefObject<HTMLElement | null>, fiche: Donnees | undefined): void {
  const precedent = fiche?.precedent ?? null;
  const suivant = fiche?.suivant ?? null;
  useEffect(() => {
    function surTouche(e: KeyboardEvent) {
      const ici = e.target === document.body || (e.target instanceof Node && cadre.current?.contains(e.target) === true);
      if (!ici || (e.target instanceof Element && e.target.closest(ECRIT))) return;
      const vers = e.altKey && e.key === 'ArrowLeft' ? precedent : e.altKey && e.key === 'ArrowRight' ? suivant : null;
      if (vers !== null) ouvrirFiche(vers);
      else if (e.key === 'Escape' && !estOuvert()) fermerFiche();
      else return;
      e.preventDefault();
    }
    // Avant la fenêtre : là, Échap aurait déjà fermé l'inspecteur.
    window.addEventListener('keydown', surTouche, { capture: true });
    return () => window.removeEventListener('keydown', surTouche, { capture: true });
  }, [cadre, precedent, suivant]);
}

function Tete({ fiche, lectureSeule }: { fiche: Donnees; lectureSeule: boolean }) {
  const { ensemble: e, rang, total, precedent, suivant } = fiche;
  const [renomme, setRenomme] = useState(false);
  useEffect(() => setRenomme(false), [e.id]);
  return (
    <header className="fiche-tete">
      <div className="fiche-chemin">
        <Retour />
        <span className="fiche-pas">
          <BoutonIcone nom="Ensemble précédent" raccourci="Alt+←" icone={ChevronLeft} disabled={precedent === null} onClick={() => precedent !== null && ouvrirFiche(precedent)} />
          <span className="doux">
            {nombre(rang)} sur {nombre(total)}
          </span>
          <BoutonIcone nom="Ensemble suivant" raccourci="Alt+→" icone={ChevronRight} disabled={suivant === null} onClick={() => suivant !== null && ouvrirFiche(suivant)} />
        </span>
      </div>
      <div className="fiche-titre">
        {renomme ? (
          <NomEnsemble
            nom={e.nom}
            valider={(nom) => void (nom.trim() === e.nom ? Promise.resolve(null) : decider('ensembles.renommer', { id: e.id, nom })).then(() => setRenomme(false))}
            fermer={() => setRenomme(false)}
          />
        ) : (
          <h2 className="titre-ecran">{e.nom}</h2>
        )}
        <span className="doux fiche-code">{e.id}</span>
      </div>
      <div className="fiche-actions">
        <nav aria-label="Sections de la fiche">
          <ul>
            {SECTIONS.map((s) => (
              <li key={s.cle}>
                <Bouton variante="texte" onClick={() => allerSection(s.cle)}>
                  {s.titre}
                </Bouton>
              </li>
            ))}
          </ul>
        </nav>
        {!lectureSeule && (
          <Bouton icone={PencilLine} onClick={() => setRenomme(true)}>
            Renommer
          </Bouton>
        )}
        <Bouton icone={ArrowRight} onClick={() => montrerLogements([{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [e.id] }])}>
          Voir ses logements
        </Bouton>
      </div>
    </header>
  );
}

function allerSection(cle: string): void {
  document.getElementById(`fiche-${cle}`)?.scrollIntoView({ block: 'start' });
  document.getElementById(`fiche-titre-${cle}`)?.focus({ preventScroll: true });
}
