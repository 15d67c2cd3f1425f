import { ArrowRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { dire } from '../../app/avis.ts';
import { useRequete } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Bouton, Echec, Segments, Squelette } from '../../ui/index.ts';
import { accord, decimal, nombre } from '../../ui/format.ts';
import { barresAge, barresDpe, barresFinan, barresFinancement, barresMethode, barresQpv, barresSurface, barresTaille, barresType, type Barre, type Etat, type Repartition } from './etatDesLieux.ts';
import { montrer } from './filtres.ts';

type Maille = 'commune' | 'epci' | 'departement' | 'region';
type Territoire = Sortie<'etat.territoires'>['lignes'][number];
type Ligne = Territoire & { part: number; loues: number | null; loyerM2: number | null };

const cleDe = (l: Ligne): string => l.code;
const MAILLES: Record<Maille, { nom: string; code: string; prefixe: string; un: string; plusieurs: string }> = {
  commune: { nom: 'Commune', code: 'Code Insee', prefixe: 'com', un: 'commune', plusieurs: 'communes' },
  epci: { nom: 'EPCI', code: 'SIREN', prefixe: 'epci', un: 'EPCI', plusieurs: 'EPCI' },
  departement: { nom: 'Département', code: 'Code', prefixe: 'dep', un: 'département', plusieurs: 'départements' },
  region: { nom: 'Région', code: 'Code', prefixe: 'reg', un: 'région', plusieurs: 'régions' },
};

/** Ce que montrent les colonnes : l'essentiel, ou une répartition de chaque territoire. */
const VENTILATIONS: { valeur: string; libelle: string; barres: ((r: Repartition) => Barre[])[] }[] = [
  { valeur: 'essentiel', libelle: 'L’essentiel', barres: [] },
  { valeur: 'familles', libelle: 'Financement', barres: [barresFinancement] },
  { valeur: 'codes', libelle: 'Codes', barres: [barresFinan] },
  { valeur: 'dpe', libelle: 'DPE', barres: [barresDpe, barresMethode] },
  { valeur: 'qpv', libelle: 'QPV', barres: [barresQpv] },
  { valeur: 'pieces', libelle: 'Typologie', barres: [barresTaille, barresSurface] },
  { valeur: 'ages', libelle: 'Âge', barres: [barresAge] },
  { valeur: 'types', libelle: 'Type', barres: [barresType] },
];

const figeesDe = (genre: Maille): ColonneLocale<Ligne>[] => [
  { cle: 'nom', libelle: MAILLES[genre].nom, largeur: 230, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
  {
    cle: 'logements', libelle: 'Logements', largeur: 100, droite: true, triable: true, valeur: (l) => l.logements, contenu: (l) => nombre(l.logements), sujet: (l) => `etat/${genre}/${l.code}`,
  },
];

function essentielles(genre: Maille): ColonneLocale<Ligne>[] {
  // Les loyers n'ont pas de maille « région ».
  const loyer = genre === 'region' ? undefined : (mesure: string) => (l: Ligne) => `loyers/${genre}/${l.code}/SH/${mesure}`;
  const ici = (l: Ligne) => `@${MAILLES[genre].prefixe}-${l.code}`;
  return [
    { cle: 'code', libelle: MAILLES[genre].code, largeur: 110, triable: true, valeur: (l) => l.code, contenu: (l) => l.code },
    { cle: 'part', libelle: 'Part du parc', largeur: 110, droite: true, triable: true, valeur: (l) => l.part, contenu: (l) => `${decimal(Math.round(10 * l.part) / 10)}\u202f%` },
    { cle: 'ensembles', libelle: 'Ensembles', largeur: 100, droite: true, triable: true, aide: 'Ensembles qui y ont au moins un logement du parc', valeur: (l) => l.ensembles, contenu: (l) => nombre(l.ensembles) },
    { cle: 'vacants', libelle: 'Vacants', largeur: 90, droite: true, triable: true, valeur: (l) => l.vacants, contenu: (l) => nombre(l.vacants), sujet: (l) => `etat/vacants${ici(l)}` },
    ...(loyer === undefined
      ? []
      : [
          { cle: 'loues', libelle: 'Loués comptés', largeur: 120, droite: true, triable: true, aide: 'Loués, avec un loyer et une surface habitable', valeur: (l: Ligne) => l.loues, contenu: (l: Ligne) => (l.loues === null ? '–' : nombre(l.loues)), sujet: loyer('loues') },
          { cle: 'loyerM2', libelle: 'Loyer (€/m² SH)', largeur: 130, droite: true, triable: true, valeur: (l: Ligne) => l.loyerM2, contenu: (l: Ligne) => (l.loyerM2 === null ? '–' : formatTaux(l.loyerM2)), sujet: loyer('loyerM2') },
        ]),
  ];
}

/** Une colonne par valeur que le parc a ; le compte d'un territoire vient de la même fonction que ses figures. */
function ventilees(genre: Maille, etat: Etat, barres: readonly ((r: Repartition) => Barre[])[]): ColonneLocale<Ligne>[] {
  return barres.flatMap((faire) =>
    faire(etat).map((b): ColonneLocale<Ligne> => {
      const compte = (l: Ligne): number => faire({ ...l, annees: {} }).find((x) => x.cle === b.cle)?.logements ?? 0;
      return {
        cle: `${b.colonne}/${b.cle}`, libelle: b.libelle, aide: b.libelle, largeur: Math.max(84, Math.min(190, 40 + 7 * b.libelle.length)), droite: true, triable: true,
        valeur: compte, contenu: (l) => (compte(l) === 0 ? <span className="doux">0</span> : nombre(compte(l))),
        sujet: (l) => (b.sujet === null ? null : `${b.sujet}@${MAILLES[genre].prefixe}-${l.code}`),
      };
    }),
  );
}

/** Le parc par territoire, ventilé comme l'état des lieux. La ligne choisie règle aussi les répartitions, à droite. */
export function TableTerritoires(props: { genre: Maille; etat: Etat; choisi: string | null; surChoix: (code: string) => void }) {
  const { genre, etat } = props;
  const [ventilation, setVentilation] = useState('essentiel');
  const lus = useRequete('etat.territoires', { par: genre });
  const loyers = useRequete('loyers.lire', { par: genre === 'region' ? 'organisme' : genre, surface: 'SH' }, genre !== 'region').donnees;
  const lignes = useMemo(() => {
    const parCode = new Map((genre === 'region' ? [] : (loyers?.lignes ?? [])).map((l) => [l.code, l]));
    return (lus.donnees?.lignes ?? []).map((l): Ligne => ({
      ...l, part: etat.logements === 0 ? 0 : (100 * l.logements) / etat.logements, loues: parCode.get(l.code)?.loues ?? null, loyerM2: parCode.get(l.code)?.loyerM2 ?? null,
    }));
  }, [genre, etat, lus.donnees, loyers]);
  const colonnes = useMemo(() => {
    const barres = VENTILATIONS.find((v) => v.valeur === ventilation)?.barres ?? [];
    return [...figeesDe(genre), ...(barres.length === 0 ? essentielles(genre) : ventilees(genre, etat, barres))];
  }, [genre, etat, ventilation]);
  const totaux = useMemo(() => {
    const somme = (f: (l: Ligne) => number) => lignes.reduce((n, l) => n + f(l), 0);
    // Une part ou un loyer moyen ne s'additionnent pas ; un ensemble peut être dans deux communes.
    const sans = new Set(['part', 'loyerM2', 'ensembles']);
    return {
      ...Object.fromEntries(colonnes.filter((c) => c.droite === true && !sans.has(c.cle)).map((c) => [c.cle, nombre(somme((l) => Number(c.valeur(l) ?? 0)))])),
      nom: accord(lignes.length, MAILLES[genre].un, MAILLES[genre].plusieurs),
    };
  }, [colonnes, lignes, genre]);

  async function voir(code: string) {
    try {
      // Les communes d'un EPCI sont dites par le service, avec le compte qu'elles expliquent.
      const { sources } = await appeler('explication.lire', { sujet: `etat/${genre}/${code}` });
      const filtres = sources[0]?.filtres;
      if (filtres) montrer(filtres);
    } catch (cause) {
      dire(enErreur(cause));
    }
  }
  if (!lus.donnees) return lus.erreur ? <Echec erreur={lus.erreur} reessayer={lus.recharger} /> : <Squelette lignes={10} />;
  return (
    <>
      <div className="table-actions">
        <Segments nom="Ventiler par" valeur={ventilation} options={VENTILATIONS} surChoix={setVentilation} />
        <Bouton icone={ArrowRight} disabled={props.choisi === null} onClick={() => props.choisi !== null && void voir(props.choisi)}>
          Voir ses logements
        </Bouton>
        {lus.donnees.hors > 0 && <span className="doux">{accord(lus.donnees.hors, 'logement')} dans une commune hors {MAILLES[genre].un}.</span>}
      </div>
      {(ventilation === 'ages' || ventilation === 'pieces' || ventilation === 'familles') && (
        <p className="doux petit">Classes d’âge et de surface, familles de financement : proposées par Atelier CUS, non réglementaires.</p>
      )}
      {ventilation === 'dpe' && <p className="doux petit">La méthode du DPE a changé au 1er juillet 2021 : avant et après ne se comparent pas.</p>}
      <GrilleLocale
        nom={MAILLES[genre].plusieurs === 'EPCI' ? 'EPCI' : `${MAILLES[genre].plusieurs.charAt(0).toUpperCase()}${MAILLES[genre].plusieurs.slice(1)}`}
        colonnes={colonnes}
        lignes={lignes}
        cleDe={cleDe}
        choisie={props.choisi}
        surChoix={props.surChoix}
        totaux={totaux}
      />
    </>
  );
}
