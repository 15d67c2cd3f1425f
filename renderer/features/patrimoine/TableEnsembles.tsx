import { ArrowRight, Combine, Download, FileText, PencilLine, Split } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { ouvrirFiche } from '../../app/session.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { AUCUNE } from '../../grille/retenues.ts';
import { Bouton, Echec, Recherche, Squelette } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { BandeauDecisions } from './BandeauDecisions.tsx';
import { decider, useDecisions } from './decisions.ts';
import { chercherEnsembles, familles, type Ensemble } from './ensembles.ts';
import { montrer, PARC } from './filtres.ts';
import { NomEnsemble } from './NomEnsemble.tsx';
import { RegleEnsembles } from '../ensembles/RegleEnsembles.tsx';
import { Scission } from './Scission.tsx';

const cleDe = (e: Ensemble): string => e.id;

const COLONNES: ColonneLocale<Ensemble>[] = [
  { cle: 'logements', libelle: 'Logements', largeur: 100, droite: true, triable: true, valeur: (e) => e.logements, contenu: (e) => nombre(e.logements), sujet: (e) => `ensemble/${e.id}` },
  {
    cle: 'qpv', libelle: 'En QPV', largeur: 128, droite: true, triable: true, aide: 'n sur N (R445-3)', valeur: (e) => e.qpv, sujet: (e) => `ensemble/${e.id}`,
    contenu: (e) => (e.qpvInconnu === e.logements ? 'inconnu' : `${nombre(e.qpv)} sur ${nombre(e.logements)}`),
  },
  { cle: 'nomCommune', libelle: 'Commune', largeur: 144, triable: true, valeur: (e) => e.nomCommune, contenu: (e) => e.nomCommune },
  { cle: 'adresse', libelle: 'Adresse', largeur: 190, triable: true, valeur: (e) => e.adresse, contenu: (e) => e.adresse },
  { cle: 'financement', libelle: 'Financement', largeur: 260, valeur: familles, contenu: familles },
  { cle: 'id', libelle: 'Code', largeur: 130, triable: true, valeur: (e) => e.id, contenu: (e) => e.id },
];

type Decides = { noms: ReadonlySet<string>; compositions: ReadonlySet<string>; total: number };

function direDecide({ noms, compositions }: Decides, id: string): string {
  if (!noms.has(id)) return compositions.has(id) ? 'composition' : 'proposé';
  return compositions.has(id) ? 'nom, composition' : 'nom';
}

type Contour = Sortie<'qpv.ecarts'>['lignes'][number];
type Nommer = { nommer: (e: Ensemble, nom: string) => void; fermer: () => void };

/** Le nom, qui se change à sa place ; ce qui est lu ; et qui en a décidé. */
/** Ce que les contours chargés disent d'un ensemble, à côté du déclaré ; aucune colonne sans contours. */
function colonneContours(contours: ReadonlyMap<string, Contour>): ColonneLocale<Ensemble>[] {
  if (contours.size === 0) return [];
  const dire = (c: Contour | undefined): string => {
    if (c === undefined) return '';
    const situes = c.logements - c.ecarts['sans-position'] - c.ecarts['sans-contour'];
    return situes === 0 ? 'sans position' : `${nombre(c.dedans)} sur ${accord(situes, 'situé')}${c.quartiers.length > 0 ? `, ${c.quartiers.map((q) => q.nom).join(', ')}` : ''}`;
  };
  return [
    {
      cle: 'contours', libelle: 'D’après les contours', largeur: 190, triable: true, aide: 'Logements à position sûre dans un contour de QPV, et son nom',
      valeur: (e) => contours.get(e.id)?.dedans ?? -1, contenu: (e) => dire(contours.get(e.id)),
    },
  ];
}

function colonnesDe(renomme: string | null, decides: Decides, contours: ReadonlyMap<string, Contour>, { nommer, fermer }: Nommer): ColonneLocale<Ensemble>[] {
  return [
    {
      cle: 'nom', libelle: 'Ensemble immobilier', largeur: 238, triable: true, valeur: (e) => e.nom,
      sujet: (e) => (e.id === renomme ? null : `ensemble/${e.id}`),
      contenu: (e) => (e.id === renomme ? <NomEnsemble nom={e.nom} valider={(nom) => nommer(e, nom)} fermer={fermer} /> : e.nom),
    },
    ...COLONNES.slice(0, 2),
    ...colonneContours(contours),
    ...COLONNES.slice(2),
    {
      cle: 'origine', libelle: 'Décidé', largeur: 130, triable: true, aide: 'Ce que l’organisme a décidé lui-même ; le reste est proposé (R445-3)',
      valeur: (e) => direDecide(decides, e.id), contenu: (e) => (direDecide(decides, e.id) === 'proposé' ? <span className="doux">proposé</span> : direDecide(decides, e.id)),
    },
  ];
}

/** Les ensembles immobiliers : ceux que l'application propose, ceux que l'organisme décide (R445-3). */
export function TableEnsembles({ lectureSeule }: { lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('ensembles.lister', {});
  const lusContours = useRequete('qpv.ecarts', { par: 'ensemble', desaccords: false }).donnees;
  const contours = useMemo(() => new Map((lusContours?.lignes ?? []).map((l) => [l.code, l])), [lusContours]);
  const [cherche, setCherche] = useState('');
  const [choisi, setChoisi] = useState<string | null>(null);
  const [retenues, setRetenues] = useState(AUCUNE);
  const [renomme, setRenomme] = useState<string | null>(null);
  const [scinde, setScinde] = useState<string | null>(null);
  const [regle, setRegle] = useState(false);
  const grille = useRef<HTMLDivElement | null>(null);
  const occupait = useRef(false);
  const enCours = useDecisions((s) => s.enCours);
  const exporter = useOperation('ensembles.exporter', false);
  const lignes = useMemo(() => chercherEnsembles(donnees?.ensembles ?? [], cherche), [donnees, cherche]);
  const decides = useMemo((): Decides => {
    const [noms, compositions] = [donnees?.nomsDecides ?? [], donnees?.compositionsDecidees ?? []];
    return { noms: new Set(noms), compositions: new Set(compositions), total: new Set([...noms, ...compositions]).size };
  }, [donnees]);
  // Ce que la recherche cache, ou ce qui n'existe plus, n'est plus retenu : rien ne se fait sans se voir.
  const visibles = useMemo(() => lignes.filter((e) => retenues.retenues.has(e.id)), [lignes, retenues]);
  const seul = visibles.length === 1 ? (visibles[0]?.id ?? null) : visibles.length === 0 ? choisi : null;
  const cible = donnees?.ensembles.find((e) => e.id === scinde) ?? null;

  const fermerNom = useCallback(() => setRenomme(null), []);
  useEffect(() => {
    // Le champ du nom ou le volet disparus, la grille reprend le clavier, sauf si la personne est allée ailleurs.
    const occupee = renomme !== null || scinde !== null || regle;
    if (!occupee && occupait.current && document.activeElement === document.body) grille.current?.focus();
    occupait.current = occupee;
  }, [renomme, scinde, regle]);
  const fermerRegle = useCallback(() => setRegle(false), []);
  const fermerScission = useCallback(() => setScinde(null), []);
  // Refusé, le champ se ferme aussi : l'erreur dit pourquoi, l'ancien nom est resté.
  const nommer = useCallback(
    (e: Ensemble, nom: string) => void (nom.trim() === e.nom ? Promise.resolve(null) : decider('ensembles.renommer', { id: e.id, nom })).then(fermerNom),
    [fermerNom],
  );
  async function fusionner() {
    const r = await decider('ensembles.fusionner', { ids: visibles.map((e) => e.id) });
    if (r === null) return;
    setRetenues(AUCUNE);
    setChoisi(r.ensembles[0]?.id ?? null);
    grille.current?.focus();
  }
  async function exporterVers() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire les ensembles', filtres: [FILTRES.tableau], defaut: 'ensembles.xlsx' });
    if (destination && (await exporter.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  const colonnes = useMemo(() => colonnesDe(renomme, decides, contours, { nommer, fermer: fermerNom }), [renomme, decides, contours, nommer, fermerNom]);
  const totaux = useMemo(() => {
    const comptes = visibles.length > 0 ? visibles : lignes;
    const somme = (f: (e: Ensemble) => number) => comptes.reduce((n, e) => n + f(e), 0);
    return {
      nom: visibles.length > 0 ? accord(visibles.length, 'ensemble retenu', 'ensembles retenus') : accord(lignes.length, 'ensemble'),
      logements: nombre(somme((e) => e.logements)),
      qpv: `${nombre(somme((e) => e.qpv))} sur ${nombre(somme((e) => e.logements))}`,
    };
  }, [lignes, visibles]);

  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={10} />;
  return (
    <>
      <div className="table-actions">
        <Recherche nom="Chercher un ensemble, une adresse, une commune" value={cherche} onChange={(e) => setCherche(e.target.value)} />
        {!lectureSeule && (
          <>
            <Bouton icone={PencilLine} disabled={seul === null} aria-keyshortcuts="F2" title="F2" onClick={() => setRenomme(seul)}>
              Renommer
            </Bouton>
            <Bouton icone={Combine} disabled={visibles.length < 2} occupe={enCours} onClick={() => void fusionner()}>
              Fusionner{visibles.length < 2 ? '' : ` (${nombre(visibles.length)})`}
            </Bouton>
            <Bouton icone={Split} disabled={seul === null} aria-expanded={scinde !== null} onClick={() => setScinde(scinde === null ? seul : null)}>
              Scinder…
            </Bouton>
          </>
        )}
        <Bouton icone={FileText} disabled={seul === null} onClick={() => seul !== null && ouvrirFiche(seul)}>
          Ouvrir la fiche
        </Bouton>
        <Bouton icone={ArrowRight} disabled={seul === null} onClick={() => seul !== null && montrer([PARC, { colonne: 'code_ensemble', valeurs: [seul] }])}>
          Voir ses logements
        </Bouton>
        <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void exporterVers()}>
          Exporter
        </Bouton>
      </div>
      <p className="ensembles-regle">
        <span className="doux">
          {accord(donnees.ensembles.length - decides.total, 'proposé')}, {accord(decides.total, 'décidé')} par l’organisme.
          {!lectureSeule && ' Retenir : Espace, Maj+flèches.'}
        </span>
        <Bouton variante="texte" aria-expanded={regle} onClick={() => setRegle(!regle)}>
          Règle de la proposition
        </Bouton>
      </p>
      <BandeauDecisions lectureSeule={lectureSeule} />
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
      {regle && !cible && <RegleEnsembles lectureSeule={lectureSeule} fermer={fermerRegle} />}
      {/* Le volet prend la place de la table, qui garde son tri et sa position. */}
      {cible && (
        <Scission
          key={cible.id}
          ensemble={cible}
          fermer={fermerScission}
        />
      )}
      <GrilleLocale
        nom="Ensembles immobiliers"
        {...(cible || regle ? { className: 'grille-cachee' } : {})}
        racine={grille}
        colonnes={colonnes}
        lignes={lignes}
        cleDe={cleDe}
        choisie={choisi}
        surChoix={setChoisi}
        {...(lectureSeule ? {} : { retenues, surRetenues: setRetenues, surRenommer: setRenomme })}
        totaux={totaux}
        vide="Aucun ensemble ne répond à cette recherche."
      />
    </>
  );
}
