import { ArrowRight } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { direFixes } from '../../../shared/domain/loyers/npl/libelles.ts';
import { findMillesime } from '../../../shared/millesimes/index.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { AUCUNE } from '../../grille/retenues.ts';
import { Bouton, Choix, Echec } from '../../ui/index.ts';
import { accord, nombre, pourcent, typographie } from '../../ui/format.ts';
import { entier } from './cases.tsx';
import type { Rangee } from './lignes.ts';
import { useNpl, type Resultat } from './magasin.ts';

type Constat = Resultat['constats'][number];
type Dit = { cle: string; nom: string; commune: string; constat: Constat };

/** Va à la ligne d'un ensemble, tous filtres levés ; hors de la masse, ou pour sa surface, ouvre aussi sa fiche. */
export function montrerLigne(toutes: readonly Rangee[], ensemble: string, plafond: string | null): void {
  const siennes = toutes.filter((r) => r.ensemble === ensemble);
  const ligne = siennes.find((r) => r.ligne?.plafond === plafond) ?? siennes[0];
  if (ligne) useNpl.setState({ vue: 'ensembles', texte: '', etat: 'tous', filtres: {}, retenues: AUCUNE, choisie: ligne.cle, fiche: true });
}

const rang = (c: Constat): number => (c.bloquant ? 0 : c.aJustifier ? 1 : 2);
const cleDit = (d: Dit): string => d.cle;
const gravite = (c: Constat): ReactNode => (c.bloquant ? <span className="npl-fautif">Bloquant</span> : c.aJustifier ? 'À justifier' : 'À savoir');

/** Ce que le calcul a trouvé, et ce que le scénario offre de mixité. */
export function Constats({ resultat, toutes, lectureSeule }: { resultat: Resultat; toutes: readonly Rangee[]; lectureSeule: boolean }) {
  const noms = useMemo(() => new Map(toutes.map((r) => [r.ensemble, r])), [toutes]);
  const dits = useMemo(
    () => resultat.constats.map((constat, i): Dit => ({ cle: String(i), constat, nom: constat.ensemble === null ? 'Tout le scénario' : (noms.get(constat.ensemble)?.nom ?? constat.ensemble), commune: noms.get(constat.ensemble ?? '')?.nomCommune ?? '' })).sort((a, b) => rang(a.constat) - rang(b.constat)),
    [resultat, noms],
  );
  const choisi = useNpl((s) => s.choisie);
  const constat = dits.find((d) => `constat ${d.cle}` === choisi)?.constat;
  /** Choisir de nouveau le constat choisi (Entrée, second clic) ouvre sa ligne. */
  function choisir(cle: string) {
    if (`constat ${cle}` === choisi && constat && constat.ensemble !== null) montrerLigne(toutes, constat.ensemble, constat.plafond);
    else useNpl.setState({ choisie: `constat ${cle}` });
  }
  const colonnes = useMemo(
    (): ColonneLocale<Dit>[] => [
      { cle: 'nom', libelle: 'Où', largeur: 210, triable: true, valeur: (d) => d.nom, contenu: (d) => entier(d.nom) },
      { cle: 'commune', libelle: 'Commune', largeur: 120, triable: true, valeur: (d) => d.commune, contenu: (d) => entier(d.commune) },
      { cle: 'gravite', libelle: 'Gravité', largeur: 96, triable: true, valeur: (d) => (d.constat.bloquant ? 0 : d.constat.aJustifier ? 1 : 2), contenu: (d) => gravite(d.constat) },
      { cle: 'plafond', libelle: 'Plafond', largeur: 86, triable: true, valeur: (d) => d.constat.plafond, contenu: (d) => d.constat.plafond ?? '–' },
      { cle: 'message', libelle: 'Constat', largeur: 450, triable: true, valeur: (d) => d.constat.message, contenu: (d) => entier(typographie(d.constat.message)) },
      { cle: 'logements', libelle: 'Logements', largeur: 92, droite: true, triable: true, valeur: (d) => d.constat.logements, contenu: (d) => (d.constat.logements === 0 ? '–' : nombre(d.constat.logements)) },
      { cle: 'article', libelle: 'Article', largeur: 84, triable: true, valeur: (d) => d.constat.article, contenu: (d) => d.constat.article },
    ],
    [],
  );
  const bloquants = dits.filter((d) => d.constat.bloquant).length;
  return (
    <div className="npl-constats">
      <Mixite resultat={resultat} />
      <div className="npl-constats-tete">
        <p>{dits.length === 0 ? 'Aucun constat.' : `${accord(dits.length, 'constat')}, dont ${accord(bloquants, 'bloquant')}.`}</p>
        {!lectureSeule && resultat.constats.some((c) => c.code === 'plafond-non-renseigne') && <Inconnus resultat={resultat} />}
        {constat && (
          <Bouton icone={ArrowRight} disabled={constat.ensemble === null} onClick={() => constat.ensemble !== null && montrerLigne(toutes, constat.ensemble, constat.plafond)}>
            Ouvrir la ligne de ce constat
          </Bouton>
        )}
      </div>
      {dits.length > 0 && (
        <div className="npl-constats-grille">
          <GrilleLocale nom="Constats" colonnes={colonnes} lignes={dits} cleDe={cleDit} choisie={choisi?.startsWith('constat ') ? choisi.slice(8) : null} surChoix={choisir} />
        </div>
      )}
    </div>
  );
}

const PRODUITS = (['PLAI', 'PLUS', 'PLS', 'PLI'] as const).map((valeur) => ({ valeur, libelle: valeur }));

/** Donne d'un geste, annulable, un plafond de ressources à tous les logements comptés qui n'en disent pas (L445-3, I). */
function Inconnus({ resultat }: { resultat: Resultat }) {
  const [produit, setProduit] = useState<(typeof PRODUITS)[number]['valeur']>('PLUS');
  const definir = useOperation('npl.definir');
  const { id } = resultat.scenario;
  const vises = resultat.lignes.filter((l) => l.plafond === 'INCONNU');
  const donner = () => {
    if (id !== null) void definir.lancer({ scenario: id, choix: vises.map((l) => ({ ensemble: l.ensemble, inconnus: produit })) });
  };
  return (
    <span className="npl-rangee">
      <Choix compact nom="Plafond de ressources à donner" valeur={produit} options={PRODUITS} surChoix={setProduit} />
      <Bouton occupe={definir.enCours} onClick={donner}>Le donner aux {accord(vises.reduce((n, l) => n + l.comptes, 0), 'logement', 'logements')} sans plafond</Bouton>
      {definir.erreur && <Echec erreur={definir.erreur} fermer={definir.effacer} />}
    </span>
  );
}

const part = (n: number, sur: number): string => (sur === 0 ? '' : `, soit ${pourcent(Math.floor((1000 * n) / sur) / 10)}`);
const deQui = ({ compares, fixes }: { compares: number; fixes: number }): string => `${direFixes(fixes, nombre)}, ${nombre(compares - fixes)} à celui d’aujourd’hui`;

/** Des logements, non des attributions : le minimum d'attributions hors QPV n'est pas déduite d'ici. */
function Mixite({ resultat }: { resultat: Resultat }) {
  const { horsQpv, qpv, nonCompares } = resultat.mixite;
  const millesime = useRequete('dossier.info', {}).donnees?.millesime;
  const seuil = millesime === undefined ? undefined : findMillesime(millesime).seuils.find((s) => s.mesure === 'l441-quartile');
  return (
    <section className="npl-mixite" aria-label="Mixité">
      <h2 className="etiquette">Mixité : ce que les maximums offrent (L445-2, L441-1)</h2>
      <dl>
        <div><dt>Hors QPV, maximum au niveau PLAI de la zone ou au-dessous</dt><dd><Chiffre sujet={`npl/${resultat.scenario.id ?? ''}/mixite/hors-qpv`} nom="Hors QPV, au niveau PLAI">{nombre(horsQpv.auNiveauPlai)}</Chiffre> sur {accord(horsQpv.compares, 'logement comparé', 'logements comparés')}{part(horsQpv.auNiveauPlai, horsQpv.compares)}</dd><dd className="doux petit">{deQui(horsQpv)}</dd></div>
        <div><dt>En QPV, maximum au-dessus du niveau PLAI</dt><dd><Chiffre sujet={`npl/${resultat.scenario.id ?? ''}/mixite/qpv`} nom="En QPV, au-dessus du niveau PLAI">{nombre(qpv.auDessusPlai)}</Chiffre> sur {accord(qpv.compares, 'logement comparé', 'logements comparés')}{part(qpv.auDessusPlai, qpv.compares)}</dd><dd className="doux petit">{deQui(qpv)}</dd></div>
        <div><dt>Non comparés</dt><dd>{nombre(nonCompares)}</dd></div>
      </dl>
      <p className="doux petit">
        Le niveau est celui du maximum que le scénario fixe, sinon de celui d’aujourd’hui. Ce sont des logements, non des attributions{seuil === undefined ? '' : typographie(` : les ${pourcent((100 * seuil.minimum.n) / seuil.minimum.d)} de ${seuil.article} portent sur les attributions suivies de baux signés, hors QPV ; la part ci-dessus se lit à côté, sans jamais les dire atteints`)}. Non comparés : zone ou plafond PLAI inconnu, surface corrigée, ensemble à cheval sur un QPV ou de situation inconnue.
      </p>
    </section>
  );
}
