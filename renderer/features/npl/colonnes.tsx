import { useMemo } from 'react';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { libelleBase, REPARTIE } from '../../../shared/domain/loyers/npl/libelles.ts';
import type { ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Coche, classes } from '../../ui/index.ts';
import { deuxDecimales, nombre, typographie } from '../../ui/format.ts';
import { entier } from './cases.tsx';
import { ecartAvant, ecartPlafond, VALEURS, type Rangee } from './lignes.ts';
import { cleCase, motPlafond, useNpl, type ColonneSaisie, type LigneNpl } from './magasin.ts';

const taux = (v: number | null): string => (v === null ? '–' : formatTaux(v));
const ecart = (v: number | null): string => (v !== null && v > 0 ? `+${formatTaux(v)}` : taux(v));

/** Les colonnes du tableau ; `toutes` : les lignes d'où viennent les valeurs des filtres. */
export function useColonnes(toutes: readonly Rangee[], { id, annee }: { id: number | null; annee: number }): ColonneLocale<Rangee>[] {
  const filtres = useNpl((s) => s.filtres);
  const locales = useNpl((s) => s.locales);
  return useMemo(() => {
    const de = <T,>(f: (l: LigneNpl) => T) => (r: Rangee): T | null => (r.ligne === null ? null : f(r.ligne));
    const filtre = (cle: string) => ({ actif: (filtres[cle]?.length ?? 0) > 0, volet: <Volet colonne={cle} toutes={toutes} /> });
    const sujet = (r: Rangee) => (r.ligne === null ? null : `npl/${id ?? ''}/ensemble/${r.ensemble}/${r.ligne.plafond}`);
    const chiffre = (cle: string, libelle: string, largeur: number, aide: string, valeur: (l: LigneNpl) => number | null, ecrire: (v: number | null) => string, explique = false): ColonneLocale<Rangee> => ({
      cle, libelle, largeur, aide, droite: true, triable: true, valeur: de(valeur), contenu: (r) => (r.ligne === null ? '' : ecrire(valeur(r.ligne))), ...(explique ? { sujet } : {}),
    });
    const mot = (cle: string, libelle: string, largeur: number, aide: string, contenu: (r: Rangee) => string): ColonneLocale<Rangee> => ({ cle, libelle, largeur, aide, triable: true, valeur: contenu, contenu, filtre: filtre(cle) });
    const saisie = (cle: ColonneSaisie, libelle: string, aide: string): ColonneLocale<Rangee> => ({
      cle, libelle, aide, largeur: 122, droite: true, triable: true, valeur: de((l) => l[cle]),
      contenu: (r) => (r.ligne === null ? '' : <Saisie ligne={r.ligne} colonne={cle} locale={locales.get(cleCase(r.ligne, cle))} fautif={fautifs(r, cle).length > 0} scenarioAnnee={annee} />),
      marque: (r) => (fautifs(r, cle).length === 0 ? null : fautifs(r, cle).join(' ')),
    });
    return [
      { cle: 'nom', libelle: 'Ensemble', largeur: 236, triable: true, valeur: (r) => r.nom, contenu: (r) => entier(r.nom) },
      mot('commune', 'Commune', 112, 'Commune de l’ensemble', (r) => r.nomCommune),
      mot('plafond', 'Plafond', 110, 'Plafond de ressources (L445-3, I)', (r) => (r.ligne === null ? 'Hors masse' : motPlafond(r.ligne.plafond))),
      { ...chiffre('avantM2', 'Actuel €/m²', toutes.some((r) => r.ligne?.repartie === true) ? 146 : 104, 'Maximum d’aujourd’hui, en €/m² et par mois', (l) => l.avantM2, taux, true), contenu: (r) => (r.ligne?.repartie === true ? <span title={typographie(REPARTIE)}>{taux(r.ligne.avantM2)} <span className="doux petit">réparti</span></span> : r.ligne === null ? '' : taux(r.ligne.avantM2)) },
      saisie('maximum', 'Nouveau max.', 'Nouveau montant maximal de l’ensemble, en €/m² et par mois (L445-3, III). Suppr revient à celui d’aujourd’hui.'),
      saisie('moyenne', 'Moyenne max.', 'Montant maximal de la moyenne des loyers maximaux, en €/m² et par mois (L445-3, IV) ; vide : le maximum'),
      chiffre('ecart', 'Écart', 78, 'Taux qui fait la masse après, moins le maximum d’aujourd’hui', ecartAvant, ecart),
      { ...mot('base', 'Base', 74, 'Surface à laquelle la masse est rapportée', (r) => r.ligne?.base ?? ''), contenu: (r) => (r.ligne === null ? '' : <span title={libelleBase(r.ligne.base)}>{r.ligne.base}</span>) },
      chiffre('comptes', 'Logements', 96, 'Logements que la masse compte', (l) => l.comptes, nombre),
      chiffre('surface', 'Surface m²', 98, 'Surface comptée, dans la base', (l) => l.surface, deuxDecimales),
      chiffre('plafondLoyer', 'Zone €/m²', 92, 'Plafond de loyer de l’année pour ce produit dans la zone (barèmes)', (l) => l.plafondLoyer, taux),
      chiffre('sousPlafond', 'Sous la zone', 104, 'Plafond de loyer de la zone, moins le maximum ; négatif : au-dessus', ecartPlafond, taux),
      chiffre('plafondPls', 'PLS €/m²', 88, 'Maximum des logements PLS de la zone, à ne pas dépasser sauf PLI (L445-3, IV)', (l) => l.plafondPls, taux),
      mot('zones', 'Zones', 84, 'Zones de la commune dans les zonages chargés', (r) => (r.zones.length === 0 ? '–' : r.zones.join(', '))),
      { ...mot('qpv', 'QPV', 84, 'Logements en quartier prioritaire, sur ceux de l’ensemble', (r) => (r.qpv === 0 ? '–' : `${nombre(r.qpv)} sur ${nombre(r.logements)}`)), valeur: (r) => r.qpv },
      { ...mot('origine', 'Origine', 168, 'D’où vient le maximum d’aujourd’hui', (r) => r.origine), contenu: (r) => <span title={r.origineDite}>{r.origine}</span> },
      chiffre('avant', 'Masse avant €', 120, 'Par mois', (l) => l.avant, deuxDecimales, true),
      chiffre('apres', 'Masse après €', 120, 'Par mois', (l) => l.apres, deuxDecimales, true),
      { cle: 'constats', libelle: 'Constats', largeur: 320, triable: true, valeur: (r) => r.constats.length, contenu: (r) => entier(r.constats.map((c) => c.message).join(' ')) },
    ];
  }, [toutes, id, annee, filtres, locales]);
}

const DE_MAXIMUM = new Set(['plafond-sans-maximum', 'superieur-au-pls', 'taux-nul', 'plafond-absent-du-fichier', 'hausse-excessive']);
const DE_MOYENNE = new Set(['moyenne-superieure-au-maximum']);
const fautifs = (r: Rangee, colonne: ColonneSaisie): string[] => r.constats.filter((c) => (colonne === 'maximum' ? DE_MAXIMUM : DE_MOYENNE).has(c.code)).map((c) => c.message);

function Saisie({ ligne, colonne, locale, fautif, scenarioAnnee }: { ligne: LigneNpl; colonne: ColonneSaisie; locale: string | undefined; fautif: boolean; scenarioAnnee: number }) {
  const texte = locale ?? (ligne[colonne] === null ? '' : formatTaux(ligne[colonne]));
  const annee = texte === '' || ligne.annee === null || ligne.annee === scenarioAnnee ? null : ligne.annee;
  return <span className={classes(fautif && 'npl-fautif', texte === '' && 'doux')} title={annee === null ? undefined : `Écrit en valeur de ${annee}, révisé à ${scenarioAnnee} pour la masse (L445-3, V)`}>{texte === '' ? '–' : texte}{annee !== null && <span className="doux petit"> ({annee})</span>}</span>;
}

/** Les valeurs d'une colonne, à cocher. */
function Volet({ colonne, toutes }: { colonne: string; toutes: readonly Rangee[] }) {
  const choisies = useNpl((s) => s.filtres[colonne]) ?? [];
  const comptes = useMemo(() => {
    const n = new Map<string, number>();
    for (const r of toutes) {
      const v = VALEURS[colonne]?.(r) ?? '';
      n.set(v, (n.get(v) ?? 0) + 1);
    }
    return [...n].sort((a, b) => a[0].localeCompare(b[0], 'fr', { numeric: true }));
  }, [colonne, toutes]);
  const basculer = (valeur: string, coche: boolean) =>
    useNpl.setState((s) => ({ filtres: { ...s.filtres, [colonne]: coche ? [...choisies, valeur] : choisies.filter((v) => v !== valeur) } }));
  return (
    <ul className="npl-volet defile">
      {comptes.map(([valeur, n]) => (
        <li key={valeur}>
          <Coche coche={choisies.includes(valeur)} surChange={(c) => basculer(valeur, c)}>
            {valeur} <span className="doux">{nombre(n)}</span>
          </Coche>
        </li>
      ))}
    </ul>
  );
}
