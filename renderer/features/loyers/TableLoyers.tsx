import { useMemo, type Ref } from 'react';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { deuxDecimales, nombre } from '../../ui/format.ts';
import { classeLigne, MAILLES, type Classes, type Ligne, type Maille, type Mesure, type Surface } from './mesures.ts';
import { useReglages } from './reglages.ts';

const cleDe = (l: Ligne): string => l.code;
const taux = (v: number | null) => (v === null ? '–' : formatTaux(v));

function colonnesDe(maille: Maille, surface: Surface, mesure: Mesure, classes: Classes): ColonneLocale<Ligne>[] {
  const sujet = (m: string) => (l: Ligne) => (l.code === '' ? null : `loyers/${maille}/${l.code}/${surface}/${m}`);
  const nom = MAILLES.find((m) => m.valeur === maille)?.libelle ?? '';
  const rate = (cle: Mesure, libelle: string, aide: string): ColonneLocale<Ligne> => ({
    cle, libelle, aide, largeur: 98, droite: true, triable: true, valeur: (l) => l[cle], sujet: sujet(cle),
    contenu: (l) => (cle === mesure ? <Pave ligne={l} mesure={cle} classes={classes} /> : taux(l[cle])),
  });
  const compte = (cle: 'logements' | 'loues' | 'avecMaximum', libelle: string, aide: string): ColonneLocale<Ligne> => ({
    cle, libelle, aide, largeur: 92, droite: true, triable: true, valeur: (l) => l[cle], contenu: (l) => nombre(l[cle]),
    ...(cle === 'loues' ? { sujet: sujet('loues') } : {}),
  });
  return [
    { cle: 'nom', libelle: nom, largeur: 172, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
    ...(mesure === 'serviceRendu'
      ? [{
          cle: 'serviceRendu', libelle: 'Service rendu', aide: 'Résultat sur l’échelle de la grille de l’organisme (R445-3)', largeur: 112, droite: true, triable: true,
          valeur: (l: Ligne) => l.serviceRendu, sujet: (l: Ligne) => (l.code === '' ? null : `service-rendu/${maille}/${l.code}/resultat`),
          contenu: (l: Ligne) => <Pave ligne={l} mesure="serviceRendu" classes={classes} />,
        }]
      : []),
    rate('loyerM2', 'Loyer €/m²', 'Σ loyer / Σ surface des logements loués'),
    rate('loyerMaxM2', 'Max. €/m²', 'Sur les logements qui ont un maximum'),
    rate('ecartM2', 'Écart €/m²', 'Maximum moins loyer, sur les mêmes logements'),
    compte('logements', 'Logements', 'Logements du parc'),
    compte('loues', 'Loués', 'Ceux de la moyenne : loués, avec un loyer et cette surface'),
    compte('avecMaximum', 'Avec max.', 'Ceux des loués qui ont un loyer maximum'),
    { cle: 'surface', libelle: `Surface (m² ${surface})`, largeur: 124, droite: true, triable: true, valeur: (l) => l.surface, contenu: (l) => deuxDecimales(l.surface), sujet: sujet('surface') },
    { cle: 'loyerMensuel', libelle: 'Loyer mensuel (€)', largeur: 132, droite: true, triable: true, valeur: (l) => l.loyerMensuel, contenu: (l) => deuxDecimales(l.loyerMensuel), sujet: sujet('loyerMensuel') },
    { cle: 'code', libelle: 'Code', largeur: 120, triable: true, valeur: (l) => l.code, contenu: (l) => l.code },
  ];
}

/** La valeur colorée sur la carte, avec le pavé de sa classe : le tableau se lit comme la carte. */
function Pave({ ligne, mesure, classes }: { ligne: Ligne; mesure: Mesure; classes: Classes }) {
  const classe = classeLigne(ligne, mesure, classes);
  return (
    <>
      {classe !== null && <span className="loyers-pave" aria-hidden="true" style={{ background: `var(--${classes.couleurs[classe]})` }} />}
      {taux(ligne[mesure])}
    </>
  );
}

const centimes = (n: number): number => Math.round(n * 100) / 100;

export function TableLoyers(props: {
  lignes: readonly Ligne[];
  /** La ligne de l'organisme, pour les taux du total ; absente quand la sélection n'est pas entière. */
  ensemble: Ligne | null;
  maille: Maille;
  surface: Surface;
  mesure: Mesure;
  classes: Classes;
  racine: Ref<HTMLDivElement>;
  occupe: boolean;
}) {
  const { lignes, ensemble, maille, surface, mesure, classes } = props;
  const choisi = useReglages((s) => s.choisi);
  const colonnes = useMemo(() => colonnesDe(maille, surface, mesure, classes), [maille, surface, mesure, classes]);
  const totaux = useMemo(() => {
    const somme = (f: (l: Ligne) => number) => lignes.reduce((n, l) => n + f(l), 0);
    return {
      nom: `${nombre(lignes.length)} ${lignes.length < 2 ? 'ligne' : 'lignes'}`,
      logements: nombre(somme((l) => l.logements)),
      loues: nombre(somme((l) => l.loues)),
      avecMaximum: nombre(somme((l) => l.avecMaximum)),
      surface: deuxDecimales(centimes(somme((l) => l.surface))),
      loyerMensuel: deuxDecimales(centimes(somme((l) => l.loyerMensuel))),
      // Un taux ne s'additionne pas : celui de tout l'organisme vient du service.
      ...(ensemble ? { serviceRendu: taux(ensemble.serviceRendu), loyerM2: taux(ensemble.loyerM2), loyerMaxM2: taux(ensemble.loyerMaxM2), ecartM2: taux(ensemble.ecartM2) } : {}),
    };
  }, [lignes, ensemble]);
  return (
    <GrilleLocale
      nom="Loyers"
      colonnes={colonnes}
      lignes={lignes}
      cleDe={cleDe}
      choisie={choisi}
      surChoix={(code) => useReglages.setState({ choisi: code })}
      totaux={totaux}
      racine={props.racine}
      triInitial={{ colonne: 'logements', sens: 'desc' }}
      occupe={props.occupe}
      vide="Aucune ligne dans les classes retenues."
    />
  );
}
