import { Trash2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import { useVersion } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { triSuivant } from '../../grille/colonnes.ts';
import { Grille } from '../../grille/Grille.tsx';
import { appliquerGeste, AUCUNE, type Geste } from '../../grille/retenues.ts';
import { usePages } from '../../grille/usePages.ts';
import { accord, deuxDecimales } from '../../ui/format.ts';
import { Bouton, Echec } from '../../ui/index.ts';
import { useCorrections } from '../patrimoine/corrections.ts';
import { useDecisions } from '../patrimoine/decisions.ts';
import { colonnesPlan, MODIFIABLES, optionsCase, texteCase } from './colonnesPlan.tsx';
import { editionDe } from './edition.ts';
import { ecrireVentes, mener } from './gestes.ts';
import { estFiltre, useVentes, type Resume, type Vente } from './magasin.ts';

type Page = Sortie<'ventes.page'>;
const PAGE = 1000;
const cleDe = (l: Vente): string => l.identifiant;

function plageDe(geste: Geste, total: number): readonly [number, number] {
  switch (geste.mode) {
    case 'rien': return [0, -1];
    case 'tout': return [0, total - 1];
    case 'bascule':
    case 'etendre': return [Math.min(geste.de, geste.a), Math.max(geste.de, geste.a)];
  }
}

/** La table du plan : une ligne par logement, les colonnes de l'organisme modifiables comme dans un tableur. */
export function TablePlan({ resume, lectureSeule }: { resume: Resume; lectureSeule: boolean }) {
  const { filtre, tri } = useVentes();
  const version = useVersion();
  const [choisie, setChoisie] = useState<number | null>(null);
  const [retenues, setRetenues] = useState(AUCUNE);
  const cadre = useRef<HTMLDivElement | null>(null);
  const lirePage = useCallback((decalage: number, nombre: number) => appeler('ventes.page', { decalage, nombre, filtre, ...(tri ? { tri } : {}) }), [filtre, tri]);
  const pages = usePages<Vente, Page>(JSON.stringify([version, filtre, tri]), lirePage);
  const colonnes = useMemo(() => colonnesPlan(resume), [resume]);
  useEffect(() => setRetenues(AUCUNE), [filtre]);

  const lire = useCallback(
    async (de: number, nombre: number): Promise<Vente[]> => {
      const vues = Array.from({ length: nombre }, (_, i) => pages.ligneA(de + i));
      if (vues.every((l) => l !== null)) return vues;
      const lues: Vente[] = [];
      for (let decalage = de; decalage < de + nombre; decalage += PAGE) lues.push(...(await lirePage(decalage, Math.min(PAGE, de + nombre - decalage))).lignes);
      return lues;
    },
    [pages, lirePage],
  );
  const edition = editionDe<Vente>({
    total: pages.total, ligneA: pages.ligneA, lire, colonnes, retenus: retenues.retenues, cleDe, nomDe: (l) => `logement ${l.identifiant}`, modifiables: MODIFIABLES,
    texte: (l, c) => texteCase(resume, l, c), options: (c) => optionsCase(resume, c), ecrire: ecrireVentes,
  });

  function surRetenir(geste: Geste) {
    const [de, a] = plageDe(geste, pages.total);
    void lire(de, a - de + 1).then(
      (lignes) => setRetenues((r) => appliquerGeste(r, geste, (d, f) => lignes.slice(d - de, f - de + 1).map(cleDe), pages.total)),
      (cause: unknown) => useCorrections.setState({ erreur: enErreur(cause) }),
    );
  }
  const estRetenue = (i: number): boolean => {
    const l = pages.ligneA(i);
    return l !== null && retenues.retenues.has(cleDe(l));
  };
  async function retirer() {
    const bilan = await mener(() => appeler('ventes.retirer', { identifiants: [...retenues.retenues] }));
    if (bilan === null) return;
    setRetenues(AUCUNE);
    useDecisions.setState({ fait: bilan.operation === null ? null : { titre: `${bilan.libelle}.`, remarques: [], operation: bilan.operation }, erreur: null });
    cadre.current?.focus();
  }
  const surTri = useCallback((colonne: string) => useVentes.setState((s) => ({ tri: triSuivant(s.tri, colonne) })), []);
  const surSujet = useCallback((sujet: string, demande: boolean) => (demande && sujet.endsWith('/drapeaux') ? inspecter(sujet) : suivre(sujet)), []);
  const nRetenus = retenues.retenues.size;
  return (
    <>
      {pages.erreur && <Echec erreur={pages.erreur} reessayer={pages.recharger} />}
      {!lectureSeule && (
        <div className="table-actions">
          <span className="doux" role="status">
            {nRetenus > 0 ? accord(nRetenus, 'logement retenu', 'logements retenus') : <span className="ventes-aide-retenue">Retenir : Espace, Maj+flèches. Recopier : Ctrl+D.</span>}
          </span>
          {nRetenus > 0 && (
            <>
              <Bouton icone={Trash2} onClick={() => void retirer()}>Retirer du plan</Bouton>
              <Bouton variante="texte" onClick={() => setRetenues(AUCUNE)}>Tout lâcher</Bouton>
            </>
          )}
        </div>
      )}
      <Grille
        nom="Plan de mise en vente"
        racine={cadre}
        colonnes={colonnes}
        total={pages.total}
        ligneA={pages.ligneA}
        tri={tri}
        surTri={surTri}
        surVisible={pages.surVisible}
        totaux={pages.tranche ? { adresse: accord(pages.tranche.total, 'logement'), surface: deuxDecimales(pages.tranche.surface) } : {}}
        choisie={choisie}
        surChoix={setChoisie}
        {...(lectureSeule ? {} : { edition, surRetenir, estRetenue, retient: nRetenus > 0 })}
        surSujet={surSujet}
        occupe={pages.occupe}
        vide={pages.occupe ? 'Lecture du plan…' : estFiltre(filtre) ? 'Aucun logement du plan ne répond à ces filtres.' : 'Le plan est vide.'}
      />
    </>
  );
}
