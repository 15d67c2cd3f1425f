import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useOperation } from '../../app/operation.ts';
import { toutEnregistrer } from '../../app/enregistrement.ts';
import { Bouton, Coche, Echec } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import { cibleDe, commeUnPas, rendreCompte, useEngagements, type Proposition } from './magasin.ts';
import { lireCase } from './valeurs.ts';
import { Volet } from './Volet.tsx';

const HAUTEUR = 52;

/** Tout ce que les données proposent, à côté de ce qui est saisi : rien n'est écrit sans être coché. */
export function Propositions({ lectureSeule, aller }: { lectureSeule: boolean; aller: (champ: string) => void }) {
  const propositions = useEngagements((s) => s.propositions);
  const tues = useEngagements((s) => s.sansProposition);
  const liste = useMemo(() => [...propositions.values()], [propositions]);
  // Les cases vides sont cochées d'avance ; une valeur tapée n'est remplacée que si la personne la coche.
  const [choix, setChoix] = useState<ReadonlyMap<string, boolean>>(new Map());
  const retenue = (p: Proposition): boolean => choix.get(p.champ) ?? p.actuelle === null;
  const retenues = liste.filter(retenue);
  const reprendre = useOperation('engagements.reprendre');
  const vue = useRef<HTMLDivElement>(null);
  const virtuel = useVirtualizer({ count: liste.length, getScrollElement: () => vue.current, estimateSize: () => HAUTEUR, overscan: 8 });

  async function faire() {
    await toutEnregistrer();
    const champs = retenues.map((p) => p.champ);
    const r = await commeUnPas(() => reprendre.lancer({ ...cibleDe(), champs }));
    if (!r) return;
    const refus = r.ecartees.map((e) => ({ champ: e.champ, nom: propositions.get(e.champ)?.libelle ?? e.champ, valeur: '', raison: e.raison }));
    rendreCompte({ titre: 'Propositions reprises', enregistrees: r.reprises, refus });
    setChoix(new Map());
  }
  const cocher = (oui: (p: Proposition) => boolean) => setChoix(new Map(liste.map((p) => [p.champ, oui(p)])));
  return (
    <Volet
      titre={liste.length === 0 ? 'Propositions des données' : `${accord(liste.length, 'proposition')} des données`}
      actions={
        <>
          <Bouton variante="texte" disabled={liste.length === 0} onClick={() => cocher((p) => p.actuelle === null)}>Cases vides</Bouton>
          <Bouton variante="texte" disabled={liste.length === 0} onClick={() => cocher(() => true)}>Toutes</Bouton>
          <Bouton variante="texte" disabled={liste.length === 0} onClick={() => cocher(() => false)}>Aucune</Bouton>
          <Bouton disabled={lectureSeule || retenues.length === 0} occupe={reprendre.enCours} onClick={() => void faire()}>
            {retenues.length === 0 ? 'Reprendre' : `Reprendre ${accord(retenues.length, 'valeur')}`}
          </Bouton>
        </>
      }
    >
      {reprendre.erreur && <Echec erreur={reprendre.erreur} fermer={reprendre.effacer} />}
      <p className="doux petit">Proposé par Atelier CUS, non réglementaire. Une valeur déjà saisie n’est remplacée que si elle est cochée.</p>
      {tues.size > 0 && (
        <details className="sans-proposition petit">
          <summary>{accord(tues.size, 'case')} sans proposition : trop d’attributions inconnues</summary>
          <ul>
            {[...tues.values()].map((t) => (
              <li key={t.champ}><button type="button" className="lien" onClick={() => aller(t.champ)}>{typographie(t.libelle)}</button> <span className="doux">{typographie(t.raison)}</span></li>
            ))}
          </ul>
        </details>
      )}
      {liste.length === 0 ? (
        <p className="doux">Les données du dossier ne proposent rien de plus que ce qui est saisi. Une autre déclaration, des attributions ou des ventes peuvent en apporter.</p>
      ) : (
        <div ref={vue} className="volet-corps defile">
          <ul className="propositions" style={{ height: virtuel.getTotalSize() }}>
            {virtuel.getVirtualItems().map((v) => {
              const p = liste[v.index];
              if (!p) return null;
              const actuelle = p.actuelle === null ? 'vide' : lireCase(p.actuelle).affiche;
              return (
                <li key={p.champ} className="proposition" style={{ transform: `translateY(${v.start}px)` }} title={[p.prudence, p.formule, p.source, p.reserve].filter(Boolean).join('\n')}>
                  <Coche coche={retenue(p)} inactif={lectureSeule} surChange={(oui) => setChoix(new Map([...choix, [p.champ, oui]]))}>
                    <span className="hors-vue">Reprendre {p.libelle}</span>
                  </Coche>
                  <button type="button" className="lien coupe" onClick={() => aller(p.champ)}>{typographie(p.libelle)}</button>
                  <span className="nombre doux">{actuelle}</span>
                  <span aria-hidden="true" className="doux">→</span>
                  <strong className="nombre">{lireCase(p.proposee).affiche}</strong>
                  <span className="proposition-source doux petit">
                    {p.prudence && <strong>À vérifier : {typographie(p.prudence)} </strong>}{typographie(p.formule)}. {typographie(p.source)}.{p.reserve && ` Réserve : ${typographie(p.reserve)}`}
                  </span>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </Volet>
  );
}
