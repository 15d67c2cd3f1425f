import { useMemo, type Ref } from 'react';
import { colonneMesure, formatMesure, MESURES, mesureDe, sujetMesure } from '../../../shared/domain/carte/mesures.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { accord, deuxDecimales, nombre } from '../../ui/format.ts';
import { isMesureNpl, type MesureNpl } from '../../../shared/domain/carte/npl.ts';
import { classeDe } from '../../../shared/domain/carte/classes.ts';
import type { ScenarioCarte } from './Classement.tsx';
import { MAILLES, SURFACES, type Classes, type Ligne, type Maille, type Mesure, type Surface } from './mesures.ts';
import type { Perimetre } from './perimetre.ts';
import { choisir, useReglages } from './reglages.ts';

const cleDe = (l: Ligne): string => l.code;
const dire = (v: number | null, mesure: Mesure) => (v === null ? '–' : formatMesure(v, mesure, false));
/** Montrées toujours, après le nom et ce que la carte colore ; les autres mesures viennent plus loin. */
const PREMIERES: readonly Mesure[] = ['loyerM2', 'loyerMaxM2', 'ecartM2', 'marge'];

/** Les loyers d'une autre surface : à côté, jamais dans une même moyenne. */
export type AutreSurface = { surface: Surface; lignes: ReadonlyMap<string, { loyerM2: number | null; loues: number }> };
/** Où est chaque ensemble, et d'où on le sait : ce que la carte montre d'un coup d'œil. */
export type Lieux = ReadonlyMap<string, { commune: string; position: string }>;
/** L'année des plafonds choisie et le scénario montré : l'explication d'un chiffre est celle de ce qui est montré. */
type Choix = { annee: number | null; scenario: ScenarioCarte | null };
/** Une mesure colorée sur une carte, et ses classes. */
export type Coloree = { mesure: Mesure; classes: Classes };
/** La mesure de la seconde carte, d'un autre scénario que les autres colonnes. */
export type ColoreeSeconde = Coloree & { scenario: ScenarioCarte; lire: (l: Ligne) => number | null };
const CLE_SECONDE = 'seconde';

function colonnesDe(maille: Maille, surface: Surface, colorees: readonly Coloree[], seconde: ColoreeSeconde | null, autres: readonly AutreSurface[], avec: (m: Mesure) => boolean, lieux: Lieux | null, choix: Choix): ColonneLocale<Ligne>[] {
  const nom = MAILLES.find((m) => m.valeur === maille)?.libelle ?? '';
  const composer = (cle: Mesure, scenario: ScenarioCarte | null, coloree: Coloree | undefined, lire: (l: Ligne) => number | null): ColonneLocale<Ligne> => {
    const m = mesureDe(cle);
    // Deux scénarios dans un même tableau : chaque colonne nomme le sien.
    const nomme = isMesureNpl(cle) ? scenario : null;
    const libelle = colonneMesure(cle, seconde === null ? null : nomme);
    return {
      cle, libelle, aide: nomme === null ? m.aide : `${m.aide} ; scénario « ${nomme.nom} » (${nomme.annee})`,
      largeur: m.colonne === undefined ? Math.max(92, 30 + libelle.length * 6.8) : seconde === null ? 128 : 134, droite: true, triable: true,
      valeur: lire, sujet: (l) => sujetMesure(cle, maille, l.code, surface, { annee: choix.annee, scenario: nomme?.id ?? null }),
      contenu: (l) => (coloree ? <Pave valeur={lire(l)} {...coloree} /> : dire(lire(l), cle)),
    };
  };
  const colonne = (cle: Mesure) => composer(cle, choix.scenario, colorees.find((c) => c.mesure === cle), (l) => l[cle]);
  const compte = (cle: 'logements' | 'loues' | 'avecMaximum', libelle: string, aide: string): ColonneLocale<Ligne> => ({
    cle, libelle, aide, largeur: 92, droite: true, triable: true, valeur: (l) => l[cle], contenu: (l) => nombre(l[cle]),
    ...(cle === 'loues' ? { sujet: (l: Ligne) => (l.code === '' ? null : `loyers/${maille}/${l.code}/${surface}/loues`) } : {}),
  });
  const sujet = (m: string) => (l: Ligne) => (l.code === '' ? null : `loyers/${maille}/${l.code}/${surface}/${m}`);
  const enTete = colorees.map((c) => c.mesure);
  return [
    { cle: 'nom', libelle: nom, largeur: 188, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
    // Deux ensembles peuvent avoir le même nom : la commune les distingue.
    ...(lieux === null ? [] : ([{ cle: 'commune', libelle: 'Commune', largeur: 108, triable: true, valeur: (l) => lieux.get(l.code)?.commune ?? null, contenu: (l) => lieux.get(l.code)?.commune ?? '–' }] satisfies ColonneLocale<Ligne>[])),
    ...enTete.map(colonne),
    ...(seconde === null ? [] : [{ ...composer(seconde.mesure, seconde.scenario, seconde, seconde.lire), cle: CLE_SECONDE }]),
    ...PREMIERES.filter((m) => !enTete.includes(m)).map(colonne),
    compte('logements', 'Logements', 'Logements du parc'),
    compte('loues', 'Loués', 'Ceux de la moyenne : loués, avec un loyer et cette surface'),
    compte('avecMaximum', 'Avec max.', 'Ceux des loués qui ont un loyer maximum'),
    { cle: 'surface', libelle: `Surface (m² ${surface})`, largeur: 124, droite: true, triable: true, valeur: (l) => l.surface, contenu: (l) => deuxDecimales(l.surface), sujet: sujet('surface') },
    { cle: 'loyerMensuel', libelle: 'Loyer mensuel (€)', largeur: 132, droite: true, triable: true, valeur: (l) => l.loyerMensuel, contenu: (l) => deuxDecimales(l.loyerMensuel), sujet: sujet('loyerMensuel') },
    ...autres.flatMap(({ surface: s, lignes }): ColonneLocale<Ligne>[] => [
      {
        cle: `loyer-${s}`, libelle: `Loyer €/m² ${s}`, aide: `Au m² de surface ${SURFACES.find((x) => x.valeur === s)?.mot ?? ''}, sur les loués qui en ont une`, largeur: 112, droite: true, triable: true,
        valeur: (l) => lignes.get(l.code)?.loyerM2 ?? null, contenu: (l) => dire(lignes.get(l.code)?.loyerM2 ?? null, 'loyerM2'), sujet: (l) => sujetMesure('loyerM2', maille, l.code, s),
      },
      { cle: `loues-${s}`, libelle: `Loués ${s}`, aide: 'Ceux de cette moyenne', largeur: 84, droite: true, triable: true, valeur: (l) => lignes.get(l.code)?.loues ?? 0, contenu: (l) => nombre(lignes.get(l.code)?.loues ?? 0) },
    ]),
    ...MESURES.filter((m) => avec(m.valeur) && !PREMIERES.includes(m.valeur) && !enTete.includes(m.valeur)).map((m) => colonne(m.valeur)),
    ...(lieux === null ? [] : ([
      { cle: 'position', libelle: 'Position sur la carte', aide: 'D’où vient le point de l’ensemble sur la carte', largeur: 236, triable: true, valeur: (l) => lieux.get(l.code)?.position ?? null, contenu: (l) => lieux.get(l.code)?.position ?? 'sans position' },
    ] satisfies ColonneLocale<Ligne>[])),
    { cle: 'code', libelle: 'Code', largeur: 120, triable: true, valeur: (l) => l.code, contenu: (l) => l.code },
  ];
}

/** La valeur colorée sur la carte, avec le pavé de sa classe : le tableau se lit comme la carte. */
function Pave({ valeur, mesure, classes }: { valeur: number | null } & Coloree) {
  const classe = classeDe(valeur, classes.bornes);
  return (
    <>
      {classe !== null && <span className="loyers-pave" aria-hidden="true" style={{ background: `var(--${classes.couleurs[classe]})` }} />}
      {dire(valeur, mesure)}
    </>
  );
}

export function TableLoyers(props: {
  lignes: readonly Ligne[];
  /** Ce que le pied totalise. */
  perimetre: Perimetre;
  /** La ligne de l'organisme, pour ce qui ne se totalise pas ici (service rendu). */
  organisme: Ligne | null;
  maille: Maille;
  surface: Surface;
  colorees: readonly Coloree[];
  /** La mesure de la seconde carte, d'un autre scénario, et son total sur le même périmètre ; `null` : il n'y en a pas. */
  seconde: ColoreeSeconde | null;
  totalSecond: Record<MesureNpl, number | null> | null;
  /** Le scénario des autres colonnes. */
  scenario: ScenarioCarte | null;
  autres: readonly AutreSurface[];
  /** Les mesures qui ont des valeurs dans ce dossier. */
  avec: (m: Mesure) => boolean;
  /** À la maille de l'ensemble seulement. */
  lieux: Lieux | null;
  racine: Ref<HTMLDivElement>;
  occupe: boolean;
}) {
  const { lignes, perimetre, organisme, maille, surface, colorees, seconde, totalSecond, scenario, autres, avec, lieux } = props;
  const choisi = useReglages((s) => s.choisi);
  const selection = useReglages((s) => s.selection);
  const annee = useReglages((s) => s.annee);
  const colonnes = useMemo(() => colonnesDe(maille, surface, colorees, seconde, autres, avec, lieux, { annee, scenario }), [maille, surface, colorees, seconde, autres, avec, lieux, annee, scenario]);
  const totaux = useMemo(() => {
    const { total: t, genre, mot } = perimetre;
    const seul = genre === 'tout' && organisme !== null ? { serviceRendu: organisme.serviceRendu } : {};
    return {
      nom: <span title={`${mot} : ${accord(t.lignes, 'ligne')}`}>{genre === 'classes' ? 'Classes' : mot} : {accord(t.lignes, 'ligne')}</span>,
      logements: nombre(t.logements),
      loues: nombre(t.loues),
      avecMaximum: nombre(t.avecMaximum),
      surface: deuxDecimales(t.surface),
      loyerMensuel: deuxDecimales(t.loyerMensuel),
      ...Object.fromEntries(MESURES.map((m) => [m.valeur, dire({ ...t, ...seul }[m.valeur], m.valeur)])),
      ...(seconde === null || !isMesureNpl(seconde.mesure) ? {} : { [CLE_SECONDE]: dire(totalSecond?.[seconde.mesure] ?? null, seconde.mesure) }),
    };
  }, [perimetre, organisme, seconde, totalSecond]);
  return (
    <GrilleLocale
      nom="Loyers"
      colonnes={colonnes}
      lignes={lignes}
      cleDe={cleDe}
      choisie={choisi}
      surChoix={(code) => choisir(code, maille)}
      retenues={selection}
      surRetenues={(retenues) => useReglages.setState((s) => (s.maille === maille ? { selection: retenues } : s))}
      totaux={totaux}
      racine={props.racine}
      triInitial={{ colonne: 'logements', sens: 'desc' }}
      occupe={props.occupe}
      vide="Aucune ligne dans les classes retenues."
    />
  );
}
