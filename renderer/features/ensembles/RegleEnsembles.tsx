import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { CE_QUI_RESTE } from '../../../shared/domain/ensembles/decisions.ts';
import { CRITERES, findInutiles, findPrereglage, isMemeRegle, LIBELLES_CRITERES, NIVEAUX_MAXIMUM } from '../../../shared/domain/ensembles/regle.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, BoutonIcone, Choix, Echec, Menu, Progression, Squelette } from '../../ui/index.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { appliquerRegle, useDecisions } from '../patrimoine/decisions.ts';
import { BilanRegle } from './BilanRegle.tsx';
import { ajouterCritere, ajouterNiveau, criteresLibres, deplacerNiveau, retirerCritere, retirerNiveau, type Niveaux } from './reglage.ts';
import { useEssai } from './useEssai.ts';
import './regle.css';

type Lue = Sortie<'ensembles.regle'>;

/** La règle de la proposition : la lire, la régler, voir ce qu'elle donnerait, l'appliquer. */
export function RegleEnsembles({ lectureSeule, fermer }: { lectureSeule: boolean; fermer: () => void }) {
  const { donnees, erreur, recharger } = useRequete('ensembles.regle', {});
  const cadre = useRef<HTMLElement | null>(null);
  // À l'ouverture, et quand une règle appliquée a remplacé le bouton qui avait le clavier.
  useEffect(() => {
    if (document.activeElement === document.body || cadre.current?.contains(document.activeElement) !== true) cadre.current?.focus();
  }, [donnees?.texte]);
  useEffect(() => {
    const ici = cadre.current;
    function surTouche(e: KeyboardEvent) {
      if (e.key !== 'Escape' || e.defaultPrevented) return;
      e.preventDefault();
      fermer();
    }
    ici?.addEventListener('keydown', surTouche);
    return () => ici?.removeEventListener('keydown', surTouche);
  }, [fermer]);
  return (
    <section ref={cadre} tabIndex={-1} className="regle" aria-label="Règle de la proposition">
      <header className="regle-tete">
        <h3 className="titre-section">Règle de la proposition</h3>
        <span className="doux petit">Proposée par Atelier CUS, non réglementaire.</span>
        <Bouton variante="texte" onClick={fermer}>
          Fermer
        </Bouton>
      </header>
      {donnees ? <Reglage key={JSON.stringify(donnees.regle)} lue={donnees} lectureSeule={lectureSeule} /> : erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={5} />}
    </section>
  );
}

function Reglage({ lue, lectureSeule }: { lue: Lue; lectureSeule: boolean }) {
  const [regle, setRegle] = useState<Niveaux>(lue.regle);
  const enCours = useDecisions((s) => s.enCours);
  const { essai: dernier, aJour, progres, erreur, annuler, recommencer } = useEssai(regle);
  const essai = aJour ? dernier : null;
  const prereglage = findPrereglage(regle)?.cle ?? 'autre';
  const change = !isMemeRegle(regle, lue.regle);
  const inutiles = useMemo(() => new Set(findInutiles(regle)), [regle]);
  const options = [...lue.prereglages.map((p) => ({ valeur: p.cle, libelle: p.libelle })), ...(prereglage === 'autre' ? [{ valeur: 'autre', libelle: 'Réglée à la main' }] : [])];
  return (
    <>
      <div className="regle-defile defile">
        <div className="regle-corps">
          <div className="regle-niveaux">
            <div className="regle-prereglage">
              <Choix nom="Préréglage" compact valeur={prereglage} options={options} inactif={lectureSeule} surChoix={(cle) => setRegle(lue.prereglages.find((p) => p.cle === cle)?.regle ?? regle)} />
              <span className="doux">{lue.prereglages.find((p) => p.cle === prereglage)?.aide ?? ''}</span>
            </div>
            <ol aria-label="Niveaux de la règle">
              {regle.map((niveau, i) => (
                <li key={niveau.join('+') + regle.slice(0, i).filter((n) => n.join() === niveau.join()).length} className="regle-niveau">
                  <span className="doux regle-rang">{i === 0 ? 'Même' : 'à défaut, même'}</span>
                  <ul className="regle-criteres" aria-label={`Niveau ${i + 1}`}>
                    {niveau.map((c) => (
                      <li key={c} className="regle-critere" title={LIBELLES_CRITERES[c].champs}>
                        {LIBELLES_CRITERES[c].libelle}
                        {!lectureSeule && regle.length + niveau.length > 2 && (
                          <button type="button" aria-label={`Retirer ${LIBELLES_CRITERES[c].libelle} du niveau ${i + 1}`} onClick={() => setRegle(retirerCritere(regle, i, c))}>
                            <X aria-hidden="true" />
                          </button>
                        )}
                      </li>
                    ))}
                    {!lectureSeule && criteresLibres(niveau).length > 0 && (
                      <li>
                        <Menu
                          declencheur={<BoutonIcone nom={`Ajouter un critère au niveau ${i + 1}`} icone={Plus} />}
                          lignes={criteresLibres(niveau).map((c) => ({ libelle: `et ${LIBELLES_CRITERES[c].libelle.toLowerCase()} (${LIBELLES_CRITERES[c].champs})`, action: () => setRegle(ajouterCritere(regle, i, c)) }))}
                        />
                      </li>
                    )}
                  </ul>
                  <span className="regle-prend doux">{inutiles.has(i) ? 'ne sert jamais' : essai ? accord(essai.parNiveau[i] ?? 0, 'logement') : ''}</span>
                  {!lectureSeule && (
                    <span className="regle-gestes">
                      <BoutonIcone nom={`Monter le niveau ${i + 1}`} icone={ArrowUp} disabled={i === 0} onClick={() => setRegle(deplacerNiveau(regle, i, -1))} />
                      <BoutonIcone nom={`Descendre le niveau ${i + 1}`} icone={ArrowDown} disabled={i === regle.length - 1} onClick={() => setRegle(deplacerNiveau(regle, i, 1))} />
                      <BoutonIcone nom={`Retirer le niveau ${i + 1}`} icone={X} disabled={regle.length < 2} onClick={() => setRegle(retirerNiveau(regle, i))} />
                    </span>
                  )}
                </li>
              ))}
              <li className="regle-niveau">
                <span className="doux regle-rang">à défaut,</span>
                <span>le reste de la commune</span>
                <span className="regle-prend doux">{essai ? accord(essai.parNiveau[regle.length] ?? 0, 'logement') : ''}</span>
              </li>
            </ol>
            {!lectureSeule && regle.length < NIVEAUX_MAXIMUM && (
              <Menu
                declencheur={<Bouton variante="texte" icone={Plus}>Ajouter un niveau</Bouton>}
                lignes={CRITERES.map((c) => ({ libelle: `${LIBELLES_CRITERES[c].libelle} (${LIBELLES_CRITERES[c].champs})`, action: () => setRegle(ajouterNiveau(regle, c)) }))}
              />
            )}
          </div>
          <div className="regle-essai" aria-live="polite">
            {dernier && <BilanRegle essai={dernier} change={change} aJour={aJour} />}
            {!dernier && !erreur && <Squelette lignes={4} nom="La règle s’essaie" />}
            {progres && <Progression libelle={progres.etape} fait={progres.fait} total={progres.total} action={<Bouton variante="texte" onClick={annuler}>Annuler</Bouton>} />}
            {erreur && <Echec erreur={erreur} reessayer={recommencer} />}
          </div>
        </div>
        <p className="doux petit">Toujours dans une seule commune. {typographie(CE_QUI_RESTE)}</p>
      </div>
      {!lectureSeule && (
        <footer className="regle-pied">
          <Bouton variante="principal" disabled={!change || essai === null} occupe={enCours} onClick={() => void appliquerRegle(regle)}>
            Appliquer la règle{change && essai ? ` (${nombre(essai.ensembles)} ensembles)` : ''}
          </Bouton>
          <Bouton disabled={!change} onClick={() => setRegle(lue.regle)}>
            Revenir à la règle du dossier
          </Bouton>
          <span className="doux">{change ? 'Rien n’est changé tant que la règle n’est pas appliquée ; l’appliquer s’annule d’un Ctrl+Z.' : 'C’est la règle du dossier.'}</span>
        </footer>
      )}
    </>
  );
}
