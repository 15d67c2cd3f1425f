import { useCallback, useMemo, useRef, useState, type PointerEvent } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import { useVersion } from '../../app/requetes.ts';
import { appeler } from '../../app/service.ts';
import { triSuivant, type ColonneGrille } from '../../grille/colonnes.ts';
import { Grille } from '../../grille/Grille.tsx';
import { usePages } from '../../grille/usePages.ts';
import { Echec } from '../../ui/index.ts';
import { accord, deuxDecimales, nombre } from '../../ui/format.ts';
import { saisir } from '../ensembles/glisser.ts';
import { aDroite, contenuCase, intitule, largeurDe, ordonner, type Colonne, type Logement } from './cases.tsx';
import { BandeauDecisions } from './BandeauDecisions.tsx';
import { Deplacement } from './Deplacement.tsx';
import type { Etat } from './etatDesLieux.ts';
import { filtreDe, poserFiltre, useSelection } from './filtres.ts';
import { useRetenus } from './retenus.ts';
import { VoletTexte, VoletValeurs } from './VoletFiltre.tsx';

type Page = Sortie<'logements.page'>;

/** Toujours présentes, quel que soit le groupe : on sait de quel logement on parle. */
const REPERES = ['ident_int', 'organisme_origine', 'nom_commune', 'nom_ensemble'];
/** L'identifiant d'un bailleur repris commence par son SIREN. */
const LARGEUR_AVEC_SIREN = 216;
const TOTAUX: Record<string, (t: Page['totaux']) => string> = {
  ident_int: (t) => accord(t.logements, 'logement'),
  surfhab: (t) => deuxDecimales(t.surfaceHabitable),
  loyerprinc: (t) => deuxDecimales(t.loyerMensuel),
  mode: (t) => `${nombre(t.loues)} loués`,
};

/** Sur quelle colonne filtre celle-ci : le nom d'une commune se filtre par son code. */
const colonneFiltree = (nom: string): string => (nom === 'nom_commune' ? 'commune' : nom);

/** La ligne de la table sous un élément, une fois lue. */
function ligneSous(element: EventTarget | null, ligneA: (rang: number) => Logement | null): { rangee: Element; ligne: Logement } | null {
  const rangee = element instanceof Element ? element.closest('.grille-rangee') : null;
  const ligne = rangee === null ? null : ligneA(Number(rangee.getAttribute('aria-rowindex')) - 2);
  return rangee === null || ligne === null ? null : { rangee, ligne };
}

export function TableLogements({ colonnes, etat, lectureSeule }: { colonnes: readonly Colonne[]; etat: Etat; lectureSeule: boolean }) {
  const { groupe, filtres, tri } = useSelection();
  const version = useVersion();
  const [choisie, setChoisie] = useState<number | null>(null);
  const cle = JSON.stringify([version, filtres, tri]);
  const pages = usePages<Logement, Page>(cle, (decalage, combien) =>
    appeler('logements.page', { decalage, nombre: combien, filtres, ...(tri ? { tri } : {}) }),
  );
  const cadre = useRef<HTMLDivElement | null>(null);
  const { retenus, lacher, grille } = useRetenus(pages, filtres, tri);
  const communes = useMemo(
    () =>
      Object.entries(etat.communes)
        .map(([code, n]) => ({ valeur: code, libelle: etat.noms[code] ?? code, detail: `${code}, ${nombre(n)}` }))
        .sort((a, b) => a.libelle.localeCompare(b.libelle, 'fr')),
    [etat],
  );
  const montrees = useMemo(() => {
    const reperes = REPERES.flatMap((nom) => colonnes.find((c) => c.nom === nom) ?? []);
    return [...reperes, ...ordonner(colonnes.filter((c) => c.groupe === groupe && !REPERES.includes(c.nom)))];
  }, [colonnes, groupe]);

  const definitions = useMemo(
    () =>
      montrees.map((c): ColonneGrille<Logement> => {
        const cible = colonneFiltree(c.nom);
        const filtre = filtreDe(filtres, cible);
        const poser = (f: Parameters<typeof poserFiltre>[1]) => poserFiltre(cible, f);
        const options =
          cible === 'commune'
            ? communes
            : c.codes
              ? [...Object.entries(c.codes).map(([valeur, l]) => ({ valeur, libelle: l === valeur ? l : `${valeur} ${l}` })), ...(c.nom === 'organisme_origine' ? [] : [{ valeur: '', libelle: 'Inconnu' }])]
              : null;
        return {
          cle: c.nom,
          libelle: intitule(c),
          aide: c.nom === 'nom_commune' ? 'Commune d’aujourd’hui ; le tri suit le code Insee' : intitule(c),
          largeur: c.nom === 'ident_int' && montrees.some((m) => m.nom === 'organisme_origine') ? LARGEUR_AVEC_SIREN : largeurDe(c),
          droite: aDroite(c),
          contenu: (l) => contenuCase(c, l[c.nom] ?? null),
          ...(c.nom === 'nom_ensemble' ? { sujet: (l: Logement) => (typeof l['code_ensemble'] === 'string' ? `ensemble/${l['code_ensemble']}` : null) } : {}),
          triable: true,
          filtre: {
            actif: filtre !== undefined,
            volet: options ? (
              <VoletValeurs options={options} choisies={filtre?.valeurs ?? []} surChange={poser} />
            ) : (
              <VoletTexte libelle={c.libelle} filtre={filtre} nombre={c.type === 'euros' || c.type === 'surface'} surChange={poser} />
            ),
          },
        };
      }),
    [montrees, filtres, communes],
  );
  const totaux = useMemo(() => {
    const t = pages.tranche?.totaux;
    return t ? Object.fromEntries(Object.entries(TOTAUX).map(([nom, dire]) => [nom, dire(t)])) : {};
  }, [pages.tranche]);
  const surTri = useCallback((colonne: string) => useSelection.setState((s) => ({ tri: triSuivant(s.tri, colonne) })), []);
  const surSujet = useCallback((sujet: string, demande: boolean) => (demande ? inspecter(sujet) : suivre(sujet)), []);

  /** Une ligne se glisse vers un ensemble, ou vers la ligne d'un logement de cet ensemble ; les retenues partent ensemble. */
  function surPointeur(e: PointerEvent<HTMLDivElement>) {
    const saisie = ligneSous(e.target, pages.ligneA);
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
      <BandeauDecisions lectureSeule={lectureSeule} />
      <div className="table-glisse" onPointerDown={lectureSeule ? undefined : surPointeur}>
      <Grille
        nom="Logements"
        racine={cadre}
        {...(lectureSeule ? {} : grille)}
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
    </>
  );
}
