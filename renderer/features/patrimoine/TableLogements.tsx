import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import { useVersion } from '../../app/requetes.ts';
import { appeler } from '../../app/service.ts';
import { triSuivant } from '../../grille/colonnes.ts';
import { Grille } from '../../grille/Grille.tsx';
import { usePages } from '../../grille/usePages.ts';
import { Echec } from '../../ui/index.ts';
import { accord, deuxDecimales } from '../../ui/format.ts';
import { saisir } from '../ensembles/glisser.ts';
import type { Colonne, Logement } from './cases.tsx';
import { AjoutVentes } from './AjoutVentes.tsx';
import { AppliquerSelection, BandeauCorrections } from './BandeauCorrections.tsx';
import { BandeauDecisions } from './BandeauDecisions.tsx';
import { useDefinitions } from './definitions.tsx';
import { Deplacement } from './Deplacement.tsx';
import { useSelection } from './filtres.ts';
import { useEditionLogements } from './useEditionLogements.ts';
import { marquerCases } from './marques.ts';
import { useRetenus } from './retenus.ts';

type Page = Sortie<'logements.page'>;
type Totaux = Page['totaux'];

const TOTAUX: Record<string, (t: Totaux) => string> = {
  surfhab: (t) => deuxDecimales(t.surfaceHabitable),
  loyerprinc: (t) => deuxDecimales(t.loyerMensuel),
  mode: (t) => accord(t.loues, 'loué'),
};

/** La ligne de la table sous un élément, une fois lue. */
function ligneSous(element: EventTarget | null, ligneA: (rang: number) => Logement | null): { rangee: Element; ligne: Logement } | null {
  const rangee = element instanceof Element ? element.closest('.grille-rangee') : null;
  const ligne = rangee === null ? null : ligneA(Number(rangee.getAttribute('aria-rowindex')) - 2);
  return rangee === null || ligne === null ? null : { rangee, ligne };
}

export function TableLogements({ colonnes, lectureSeule }: { colonnes: readonly Colonne[]; lectureSeule: boolean }) {
  const { groupe, filtres, tri } = useSelection();
  const version = useVersion();
  const [choisie, setChoisie] = useState<number | null>(null);
  const cle = JSON.stringify([version, filtres, tri]);
  const pages = usePages<Logement, Page>(cle, (decalage, combien) =>
    appeler('logements.page', { decalage, nombre: combien, filtres, ...(tri ? { tri } : {}) }),
  );
  const cadre = useRef<HTMLDivElement | null>(null);
  const { retenus, lacher, grille } = useRetenus(pages, filtres, tri);
  const { definitions: neutres } = useDefinitions(colonnes, groupe, filtres);
  const definitions = useMemo(() => marquerCases(neutres), [neutres]);
  const desRetenus = useTotauxRetenus(retenus, version);
  const totaux = useMemo(() => {
    const t = retenus.size > 0 ? desRetenus : pages.tranche?.totaux;
    if (!t) return {};
    const somme = retenus.size > 0 ? accord(t.logements, 'logement retenu', 'logements retenus') : accord(t.logements, 'logement');
    return { ident_int: somme, ...Object.fromEntries(Object.entries(TOTAUX).map(([nom, dire]) => [nom, dire(t)])) };
  }, [pages.tranche, retenus.size, desRetenus]);
  const surTri = useCallback((colonne: string) => useSelection.setState((s) => ({ tri: triSuivant(s.tri, colonne) })), []);
  // Une case se choisit pour être modifiée : l'inspecteur la suit s'il est ouvert, un ensemble l'ouvre.
  const surSujet = useCallback((sujet: string, demande: boolean) => (demande && !sujet.startsWith('logement/') ? inspecter(sujet) : suivre(sujet)), []);
  const edition = useEditionLogements({ total: pages.total, ligneA: pages.ligneA, colonnes, definitions, filtres, tri, retenus });

  /** Une ligne se glisse vers un ensemble, ou vers la ligne d'un logement de cet ensemble ; les retenues partent ensemble. */
  function surPointeur(e: PointerEvent<HTMLDivElement>) {
    // Dans une case en cours de modification, le pointeur choisit du texte.
    const saisie = e.target instanceof Element && e.target.closest('.grille-saisie') !== null ? null : ligneSous(e.target, pages.ligneA);
    if (saisie === null) return;
    const ident = String(saisie.ligne['ident_int']);
    const ensemble = String(saisie.ligne['code_ensemble']);
    saisir(e, {
      identifiants: () => (retenus.has(ident) ? [...retenus] : [ident]),
      communes: () => [String(saisie.ligne['commune'])],
      cibleSous(element) {
        const sous = ligneSous(element, pages.ligneA);
        const id = sous === null ? '' : String(sous.ligne['code_ensemble']);
        return sous === null || id === ensemble ? null : { id, nom: String(sous.ligne['nom_ensemble']), cadre: sous.rangee.getBoundingClientRect() };
      },
      fait: lacher,
    });
  }

  return (
    <>
      {pages.erreur && <Echec erreur={pages.erreur} reessayer={pages.recharger} />}
      {!lectureSeule && retenus.size > 0 && <Deplacement retenus={retenus} lacher={lacher} rendreFocus={() => cadre.current?.focus()} />}
      {!lectureSeule && <AjoutVentes retenus={retenus} filtres={filtres} total={pages.total} fait={lacher} />}
      <BandeauDecisions lectureSeule={lectureSeule} />
      {!lectureSeule && <BandeauCorrections />}
      {!lectureSeule && retenus.size === 0 && <AppliquerSelection total={pages.total} filtres={filtres} colonnes={colonnes} rendreFocus={() => cadre.current?.focus()} />}
      <div className="table-glisse" onPointerDown={lectureSeule ? undefined : surPointeur}>
        <Grille
          nom="Logements"
          racine={cadre}
          {...(lectureSeule ? {} : { ...grille, edition })}
          colonnes={definitions}
          total={pages.total}
          ligneA={pages.ligneA}
          tri={tri}
          surTri={surTri}
          surVisible={pages.surVisible}
          totaux={totaux}
          choisie={choisie}
          surChoix={setChoisie}
          surSujet={surSujet}
          occupe={pages.occupe}
          vide={pages.occupe ? 'Lecture des logements…' : 'Aucun logement ne répond à ces filtres.'}
        />
      </div>
      {pages.tranche && <BarreTotaux totaux={retenus.size > 0 ? desRetenus : pages.tranche.totaux} retenus={retenus.size > 0} />}
    </>
  );
}

/** Les sommes, quelles que soient les colonnes montrées. */
function BarreTotaux({ totaux, retenus }: { totaux: Totaux | null; retenus: boolean }) {
  if (totaux === null) return null;
  return (
    <p className="table-totaux" aria-live="polite">
      <span className="etiquette">{retenus ? 'Lignes retenues' : 'Sélection'}</span>
      <span>{accord(totaux.logements, 'logement')}</span>
      <span>{deuxDecimales(totaux.surfaceHabitable)} m² habitables</span>
      <span>{deuxDecimales(totaux.loyerMensuel)} € de loyers déclarés par mois, loués ou non</span>
      <span>{accord(totaux.loues, 'loué')}</span>
    </p>
  );
}

/** Sommes des seuls logements retenus, relues quand ils changent. */
function useTotauxRetenus(retenus: ReadonlySet<string>, version: number): Totaux | null {
  const [lus, setLus] = useState<{ pour: ReadonlySet<string>; totaux: Totaux } | null>(null);
  useEffect(() => {
    if (retenus.size === 0) return;
    let attendu = true;
    const minuterie = setTimeout(() => {
      appeler('logements.totaux', { identifiants: [...retenus] }).then(
        (totaux) => attendu && setLus({ pour: retenus, totaux }),
        () => undefined,
      );
    }, 60);
    return () => {
      attendu = false;
      clearTimeout(minuterie);
    };
  }, [retenus, version]);
  return lus !== null && lus.pour === retenus ? lus.totaux : null;
}
