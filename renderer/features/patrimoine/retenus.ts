import { useCallback, useEffect, useRef, useState } from 'react';
import { appeler, enErreur } from '../../app/service.ts';
import type { Filtres } from '../../app/session.ts';
import type { Tri } from '../../grille/colonnes.ts';
import { appliquerGeste, AUCUNE, type Geste, type Retenues } from '../../grille/retenues.ts';
import type { Logement } from './cases.tsx';
import { useDecisions } from './decisions.ts';

/** Au-delà, retenir un à un n'a plus de sens : on filtre, ou on fusionne des ensembles. */
const RETENUS_MAX = 20_000;
const PAGE = 1000;

const identifiantDe = (l: Logement | null): string | null => (l === null ? null : String(l['ident_int']));

/** Les logements retenus par leur identifiant ; ceux d'une plage qui ne sont pas sous les yeux se lisent. */
export function useRetenus(lus: { total: number; ligneA: (i: number) => Logement | null }, filtres: Filtres, tri: Tri | null) {
  const [retenues, setRetenues] = useState<Retenues>(AUCUNE);
  const lacher = useCallback(() => setRetenues(AUCUNE), []);
  // Un autre filtre cache ce qui était retenu : rien ne se déplace sans se voir.
  useEffect(lacher, [filtres, lacher]);
  const demande = useRef(0);

  function surRetenir(geste: Geste) {
    const mienne = ++demande.current;
    const [de, a] = plage(geste, lus.total);
    if (a - de >= RETENUS_MAX) {
      useDecisions.setState({
        fait: null,
        erreur: { code: 'trop-de-logements', message: 'Cette plage a trop de logements pour être retenue d’un coup.', action: 'Filtrer la table, ou fusionner leurs ensembles.', sortie: 2 },
      });
      return;
    }
    const cles = new Map<number, string>();
    for (let i = de; i <= a; i++) {
      const cle = identifiantDe(lus.ligneA(i));
      if (cle !== null) cles.set(i, cle);
    }
    const appliquer = () => setRetenues((r) => appliquerGeste(r, geste, (d, f) => Array.from({ length: f - d + 1 }, (_, i) => cles.get(d + i) ?? []).flat(), lus.total));
    if (cles.size === a - de + 1) {
      appliquer();
      return;
    }
    void lire(de, a).then(appliquer, (cause: unknown) => useDecisions.setState({ fait: null, erreur: enErreur(cause) }));

    async function lire(premier: number, dernier: number) {
      for (let decalage = premier; decalage <= dernier; decalage += PAGE) {
        const { lignes } = await appeler('logements.page', { decalage, nombre: Math.min(PAGE, dernier - decalage + 1), filtres, ...(tri ? { tri } : {}) });
        for (const [i, l] of lignes.entries()) cles.set(decalage + i, String(l['ident_int']));
        if (mienne !== demande.current) return;
      }
    }
  }
  const estRetenue = (i: number): boolean => {
    const cle = identifiantDe(lus.ligneA(i));
    return cle !== null && retenues.retenues.has(cle);
  };
  return { retenus: retenues.retenues, lacher, grille: { surRetenir, estRetenue, retient: retenues.retenues.size > 0 } };
}

function plage(geste: Geste, total: number): [number, number] {
  switch (geste.mode) {
    case 'rien': return [0, -1];
    case 'tout': return [0, total - 1];
    case 'bascule':
    case 'etendre': return [Math.min(geste.de, geste.a), Math.max(geste.de, geste.a)];
  }
}
