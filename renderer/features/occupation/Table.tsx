import { useMemo } from 'react';
import type { Situation } from '../../../shared/domain/occupation/modalites.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { accord, nombre } from '../../ui/format.ts';
import { effectif, MAILLES, part, rapport, sujetDe, useReglages, type Cumul, type Etat, type Ligne } from './mesures.ts';

const cleDe = (l: Ligne): string => l.code;
/** Une part sans dénominateur se range à la fin. */
const ratio = (n: number | null, sur: number | null): number | null => (n === null || sur === null || sur === 0 ? null : n / sur);

type Taux = readonly [cle: string, libelle: string, aide: string, n: (c: Cumul) => number | null, sur: (c: Cumul) => number | null];
const TAUX: readonly Taux[] = [
  ['repondants', 'Réponses', 'Ménages répondants sur logements concernés', (c) => c.repondants, (c) => c.concernes],
  ['vacance', 'Vacance', 'Mode 2 sur modes 1 et 2', (c) => c.vacants, (c) => c.offerts],
  ['vacance3', 'Plus de 3 mois', 'Vacants depuis plus de trois mois sur modes 1 et 2', (c) => c.vacantsTroisMois, (c) => c.offerts],
  ['rotation', 'Rotation', 'Emménagements sur logements mis en location avant N − 1', (c) => c.rotation, (c) => c.baseRotation],
];

function colonnesDe(etat: Etat, situation: Situation, variable: string): ColonneLocale<Ligne>[] {
  const { par } = etat;
  const i = etat.variables.findIndex((v) => v.code === variable);
  const [reponses, ...autres] = TAUX.map(([cle, libelle, aide, n, sur]): ColonneLocale<Ligne> => ({
    cle, libelle, aide, largeur: 168, droite: true, triable: true, valeur: (l) => ratio(n(l[situation]), sur(l[situation])), sujet: (l) => sujetDe(par, l.code, situation, cle),
    contenu: (l) => <Rapport n={n(l[situation])} sur={sur(l[situation])} />,
  }));
  const modalites = (etat.variables[i]?.modalites ?? []).map((m, k): ColonneLocale<Ligne> => ({
    cle: `${variable}-${k}`, libelle: m, aide: `Ménages répondants : ${m}`, largeur: 106, droite: true, triable: true, valeur: (l) => l[situation].variables[i]?.[k] ?? null,
    contenu: (l) => effectif(l[situation].variables[i]?.[k] ?? null), sujet: (l) => sujetDe(par, l.code, situation, `${variable}-${k}`),
  }));
  const occupants: ColonneLocale<Ligne> = {
    cle: 'occupants', libelle: 'Occupants', aide: 'Occupants des ménages répondants', largeur: 92, droite: true, triable: true, valeur: (l) => l[situation].occupants,
    contenu: (l) => effectif(l[situation].occupants), sujet: (l) => sujetDe(par, l.code, situation, 'occupants'),
  };
  return [
    { cle: 'nom', libelle: MAILLES.find((m) => m.valeur === par)?.libelle ?? '', largeur: 210, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
    { cle: 'logements', libelle: 'Logements', aide: 'Logements du parc', largeur: 92, droite: true, triable: true, valeur: (l) => l[situation].logements, contenu: (l) => nombre(l[situation].logements) },
    ...(etat.enquete === null || reponses === undefined ? [] : [reponses, ...modalites, occupants]),
    ...autres,
    { cle: 'code', libelle: 'Code', largeur: 130, triable: true, valeur: (l) => l.code, contenu: (l) => l.code },
  ];
}

function Rapport({ n, sur }: { n: number | null; sur: number | null }) {
  return (
    <>
      <span className="doux">{rapport(n, sur)}</span> <span className="occupation-part">{part(n, sur)}</span>
    </>
  );
}

/** Une ligne par territoire ou par ensemble ; les modalités de la variable choisie en colonnes. */
export function Table({ etat }: { etat: Etat }) {
  const { situation, variable, choisi } = useReglages();
  const { par } = etat;
  const colonnes = useMemo(() => colonnesDe(etat, situation, variable), [etat, situation, variable]);
  const lignes = useMemo(() => etat.lignes.filter((l) => l[situation].logements > 0), [etat, situation]);
  return (
    <GrilleLocale
      nom="Occupation sociale"
      colonnes={colonnes}
      lignes={lignes}
      cleDe={cleDe}
      choisie={choisi?.par === par ? choisi.code : null}
      surChoix={(code) => useReglages.setState({ choisi: { par, code } })}
      totaux={totauxDe(etat, lignes.length)}
      triInitial={{ colonne: 'logements', sens: 'desc' }}
      vide="Aucun logement du parc dans cette situation."
    />
  );
}

/** La ligne du bas est celle de l'organisme, telle que le service la donne : un taux ne s'additionne pas. */
function totauxDe(etat: Etat, lignes: number) {
  const { situation, variable } = useReglages.getState();
  const c = etat.organisme?.[situation];
  const i = etat.variables.findIndex((v) => v.code === variable);
  if (!c) return {};
  return {
    nom: `Organisme (${accord(lignes, 'ligne')})`,
    logements: nombre(c.logements),
    occupants: effectif(c.occupants),
    ...Object.fromEntries((c.variables[i] ?? []).map((n, k) => [`${variable}-${k}`, effectif(n)])),
    ...Object.fromEntries(TAUX.map(([cle, , , n, sur]) => [cle, `${rapport(n(c), sur(c))} ${part(n(c), sur(c))}`])),
  };
}
