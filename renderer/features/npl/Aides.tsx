import { Check, Eye } from 'lucide-react';
import { useEffect, useMemo, useState, type FormEvent } from 'react';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { MODULATION_HISTORIQUE } from '../../../shared/domain/loyers/npl/modulation.ts';
import { useOperation } from '../../app/operation.ts';
import { useVersion } from '../../app/requetes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Bouton, BoutonIcone, Choix, Echec, Saisie } from '../../ui/index.ts';
import { accord, euros, nombre, typographie } from '../../ui/format.ts';
import { X } from 'lucide-react';
import { entier } from './cases.tsx';
import { aideMixite, MIXITE_VIDE, MixiteVisee, OffreMixite, type ReglageMixite } from './MixiteVisee.tsx';
import { demanderPoids, Poids, POIDS_EGAUX, type Critere, type ReglagePoids } from './Poids.tsx';
import type { Rangee } from './lignes.ts';
import { motPlafond, useNpl } from './magasin.ts';

type Aide = Entree<'npl.aider'>['aide'];
/** Partager par poids est une façon de partager ce qui reste. */
type Nature = Exclude<Aide['nature'], 'repartir'>;
type Vue = Sortie<'npl.aider'>;
type Proposee = Vue['propositions'][number];

const NATURES: { valeur: Nature; libelle: string }[] = [
  { valeur: 'ajouter', libelle: 'Monter ou baisser en €/m²' },
  { valeur: 'pourcentage', libelle: 'Monter ou baisser en %' },
  { valeur: 'plafond', libelle: 'Amener au plafond de la zone' },
  { valeur: 'reste', libelle: 'Partager ce qui reste' },
  { valeur: 'respecter', libelle: 'Ramener sous la masse' },
  { valeur: 'mixite', libelle: 'Viser une mixité' },
  { valeur: 'moduler', libelle: 'Moduler selon la taille moyenne' },
  { valeur: 'irl', libelle: 'Écrire en valeur de l’année (IRL)' },
];
const PRODUITS = [{ valeur: 'propre', libelle: 'celui de chaque ligne' }, ...(['PLAI', 'PLUS', 'PLS', 'PLI'] as const).map((valeur) => ({ valeur, libelle: `${valeur} pour toutes` }))] as const;
const PARTAGES = [
  { valeur: 'surface', libelle: 'selon la surface' },
  { valeur: 'logements', libelle: 'selon les logements' },
  { valeur: 'egal', libelle: 'à parts égales' },
  { valeur: 'zone', libelle: 'selon la zone, par poids' },
  { valeur: 'service-rendu', libelle: 'selon le service rendu, par poids' },
  { valeur: 'occupation', libelle: 'selon les ressources, par poids' },
] as const;
type Partage = (typeof PARTAGES)[number]['valeur'];
const critereDe = (selon: Partage): Critere | null => (selon === 'zone' || selon === 'service-rendu' || selon === 'occupation' ? selon : null);

type Reglage = { nature: Nature; valeur: string; produit: (typeof PRODUITS)[number]['valeur']; selon: Partage; poids: ReglagePoids; mixite: ReglageMixite; modulation: { taux: string; a: string; b: string; source: string } };

/** L'aide demandée, ou pourquoi elle ne se lit pas encore. */
function aideDe({ nature, valeur, produit, selon, poids, mixite, modulation }: Reglage): Aide | string {
  switch (nature) {
    case 'ajouter': return /\d/u.test(valeur) ? { nature, ecart: valeur.trim() } : 'Écrire un écart comme « 0,25 » ou « -0,10 ».';
    case 'pourcentage': {
      const n = Number(valeur.replace('%', '').replace('−', '-').replace(',', '.').trim());
      return valeur.trim() === '' || !Number.isFinite(n) || n < -100 || n > 1000 ? 'Écrire un pourcentage comme « 2,5 » ou « -1 ».' : { nature, pourcentage: n };
    }
    case 'plafond': return produit === 'propre' ? { nature } : { nature, produit };
    case 'reste':
      if (selon === 'surface' || selon === 'logements' || selon === 'egal') return { nature, selon };
      return { nature: 'repartir', selon, ...demanderPoids(poids) };
    case 'mixite': return aideMixite(mixite);
    case 'moduler': return modulation.taux.trim() === '' || modulation.a.trim() === '' || modulation.b.trim() === '' ? 'Écrire la base, « a » et « b ».' : { nature, ...modulation };
    default: return { nature };
  }
}

const colonnesDe = (communes: ReadonlyMap<string, string>): ColonneLocale<Proposee>[] => [
  { cle: 'nom', libelle: 'Ensemble', largeur: 240, triable: true, valeur: (p) => p.nom, contenu: (p) => entier(p.nom) },
  { cle: 'commune', libelle: 'Commune', largeur: 150, triable: true, valeur: (p) => communes.get(p.ensemble) ?? '', contenu: (p) => entier(communes.get(p.ensemble) ?? '') },
  { cle: 'plafond', libelle: 'Plafond', largeur: 110, triable: true, valeur: (p) => p.plafond, contenu: (p) => motPlafond(p.plafond) },
  { cle: 'logements', libelle: 'Logements', largeur: 110, droite: true, triable: true, valeur: (p) => p.logements ?? -1, contenu: (p) => (p.logements === undefined ? '' : nombre(p.logements)) },
  { cle: 'avant', libelle: 'Avant €/m²', largeur: 130, droite: true, triable: true, valeur: (p) => p.avant, contenu: (p) => formatTaux(p.avant) },
  { cle: 'apres', libelle: 'Proposé €/m²', largeur: 120, droite: true, triable: true, valeur: (p) => p.apres, contenu: (p) => formatTaux(p.apres) },
];

/** Le taux de base et les deux nombres du coefficient ; ceux du texte ancien se reprennent d'un geste, dits tels. */
function Modulation({ reglage, surChange }: { reglage: Reglage['modulation']; surChange: (r: Reglage['modulation']) => void }) {
  const champ = (cle: 'taux' | 'a' | 'b', nom: string) => (
    <label className="npl-poids-classe">
      <span>{nom}</span>
      <Saisie compact inputMode="decimal" aria-label={`Modulation, ${nom}`} value={reglage[cle]} onChange={(e) => surChange({ ...reglage, [cle]: e.currentTarget.value })} />
    </label>
  );
  const { a, b, source } = MODULATION_HISTORIQUE;
  return (
    <>
      {champ('taux', 'Base €/m²')}
      {champ('a', 'a')}
      {champ('b', 'b (m²)')}
      <Bouton variante="texte" title={typographie(source)} onClick={() => surChange({ ...reglage, a, b, source })}>Reprendre {a} et {b} (arrêté de 2010, historique)</Bouton>
      <span className="doux petit">Base × a × (1 + logements × b / surface utile)</span>
    </>
  );
}

/** Les aides sur la sélection : voir ce qu'elles proposent et la masse qui en résulte, puis appliquer d'un geste, annulable. */
export function Aides({ scenario, visees, choisies }: { scenario: number; visees: readonly Rangee[]; choisies: boolean }) {
  const [reglage, setReglage] = useState<Reglage>({ nature: 'ajouter', valeur: '', produit: 'propre', selon: 'surface', poids: POIDS_EGAUX, mixite: MIXITE_VIDE, modulation: { taux: '', a: '', b: '', source: '' } });
  const voir = useOperation('npl.aider', false);
  const appliquer = useOperation('npl.aider');
  const version = useVersion();
  const cibles = useMemo(() => visees.flatMap((r) => (r.ligne === null ? [] : [{ ensemble: r.ensemble, plafond: r.ligne.plafond }])), [visees]);
  const aide = aideDe(reglage);
  const critere = reglage.nature === 'reste' ? critereDe(reglage.selon) : null;
  const { effacer } = voir;
  // Ce qui a été montré ne vaut plus dès que le scénario, la sélection ou l'aide change.
  useEffect(() => effacer(), [version, cibles, reglage, effacer]);
  const regler = (r: Partial<Reglage>) => setReglage((s) => ({ ...s, ...r }));
  const vue = voir.resultat;
  const colonnes = useMemo(() => {
    // Seule une mixité visée change les logements d'un plafond.
    const toutes = colonnesDe(new Map(visees.map((r) => [r.ensemble, r.nomCommune])));
    return vue?.propositions[0]?.logements === undefined ? toutes.filter((c) => c.cle !== 'logements') : toutes;
  }, [visees, vue]);
  function previsualiser(e: FormEvent) {
    e.preventDefault();
    if (typeof aide !== 'string' && cibles.length > 0) void voir.lancer({ scenario, aide, cibles });
  }
  async function faire() {
    if (typeof aide === 'string') return;
    const fait = await appliquer.lancer({ scenario, aide, cibles, appliquer: true });
    if (fait) useNpl.setState({ locales: new Map(), dit: { ton: fait.respectee ? 'succes' : 'attention', titre: `${accord(fait.propositions.length, 'maximum fixé', 'maximums fixés')}, ${fait.respectee ? `reste ${euros(fait.reste)}` : `masse dépassée de ${euros(Math.abs(fait.reste))}`} par mois.`, lignes: [fait.explication] } });
  }
  return (
    <section className="npl-aides" aria-label="Aides">
      <form className="npl-aides-forme" onSubmit={previsualiser}>
        <Choix compact nom="Aide" valeur={reglage.nature} options={NATURES} surChoix={(nature) => regler({ nature })} />
        {(reglage.nature === 'ajouter' || reglage.nature === 'pourcentage') && (
          <Saisie compact aria-label={reglage.nature === 'ajouter' ? 'Écart en €/m²' : 'Pourcentage'} placeholder={reglage.nature === 'ajouter' ? '0,25 ou -0,10' : '2,5 ou -1'} value={reglage.valeur} onChange={(e) => regler({ valeur: e.currentTarget.value })} />
        )}
        {reglage.nature === 'plafond' && <Choix compact nom="Produit" valeur={reglage.produit} options={PRODUITS} surChoix={(produit) => regler({ produit })} />}
        {reglage.nature === 'reste' && <Choix compact nom="Partager" valeur={reglage.selon} options={PARTAGES} surChoix={(selon) => regler({ selon, poids: POIDS_EGAUX })} />}
        {reglage.nature === 'mixite' && <MixiteVisee reglage={reglage.mixite} surChange={(mixite) => regler({ mixite })} />}
        {reglage.nature === 'moduler' && <Modulation reglage={reglage.modulation} surChange={(modulation) => regler({ modulation })} />}
        <span className={choisies ? 'doux petit' : 'npl-toutes petit'}>{choisies ? `sur ${accord(cibles.length, 'ligne choisie', 'lignes choisies')}` : `Aucune ligne choisie : porte sur ${cibles.length < 2 ? 'la ligne montrée' : `les ${nombre(cibles.length)} lignes montrées`} (Espace en choisit)`}</span>
        <Bouton type="submit" icone={Eye} occupe={voir.enCours} disabled={typeof aide === 'string' || cibles.length === 0} title={typeof aide === 'string' ? aide : undefined}>Voir les propositions</Bouton>
        {vue && vue.propositions.length > 0 && <Bouton variante="principal" icone={Check} occupe={appliquer.enCours} onClick={() => void faire()}>{vue.propositions.length < 2 ? 'Appliquer' : `Appliquer aux ${nombre(vue.propositions.length)} lignes`}</Bouton>}
        <BoutonIcone nom="Fermer les aides" icone={X} onClick={() => useNpl.setState({ aides: false })} />
      </form>
      {critere !== null && <Poids scenario={scenario} selon={critere} cibles={cibles} reglage={reglage.poids} discret={voir.resultat !== null} surChange={(poids) => regler({ poids })} />}
      {voir.erreur && <Echec erreur={voir.erreur} fermer={voir.effacer} />}
      {appliquer.erreur && <Echec erreur={appliquer.erreur} fermer={appliquer.effacer} />}
      {vue && (
        <div className="npl-aides-vue" role="status">
          <p>{typographie(vue.explication)}</p>
          <p>
            Masse après : <strong>{euros(vue.apres)}</strong>, {vue.respectee ? <span className="npl-bon">reste {euros(vue.reste)}</span> : <span className="npl-fautif">dépassée de {euros(Math.abs(vue.reste))}</span>} par mois. Rien n’est encore changé.
          </p>
          {reglage.nature === 'mixite' && <OffreMixite {...vue.mixite} />}
          {vue.propositions.length > 0 && <div className="npl-aides-grille"><GrilleLocale nom="Propositions" colonnes={colonnes} lignes={vue.propositions} cleDe={(p) => `${p.ensemble}/${p.plafond}`} /></div>}
        </div>
      )}
    </section>
  );
}
