import { useMemo } from 'react';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { accord, nombre } from '../../ui/format.ts';
import { bornesPourcent, direPartCourte, direRapport, direSomme, lirePart } from '../../../shared/domain/attributions/part.ts';
import { compteDe, MAILLES, sujetDe, useReglages, type Compte, type Etat, type Ligne } from './mesures.ts';

const cleDe = (l: Ligne): string => l.territoire;
const MESURES = [
  'ps1', 'quartile-hors-qpv', 'reloges-hors-qpv', 'l441-mixite', 'prioritaires', 'prioritaires-hors-qpv', 'dalo', 'dalo-hors-qpv', 'l441-prioritaires', 'l441-collectivites', 'non-reserves', 'mutations', 'mutations-internes',
  'mutations-externes', 'renouvellement-urbain', 'qpv-vers-hors', 'hors-vers-qpv', 'signes',
];
const LARGEUR = 184;

function Part({ c }: { c: Compte }) {
  return (
    <>
      {c.inconnu + c.baseInconnue > 0 && <span className="attributions-inconnu" title={`${accord(c.inconnu, 'valeur inconnue', 'valeurs inconnues')}, ${accord(c.baseInconnue, 'appartenance inconnue', 'appartenances inconnues')}`}>?</span>}{' '}
      <span className="doux">{direRapport(c)}</span> {lirePart(c).genre !== 'inconnue' && <span className="attributions-part">{direPartCourte(c)}</span>}
    </>
  );
}

const nommer = (m: Etat['mesures'][number]): string => (m.indicateurs.length > 0 ? `${m.libelle} (${m.indicateurs.join(', ')})` : m.libelle);

function colonnesDe(etat: Etat): ColonneLocale<Ligne>[] {
  const effectif = (cle: string, libelle: string, lire: (l: Ligne) => number, largeur = 112): ColonneLocale<Ligne> => ({ cle, libelle, largeur, droite: true, triable: true, valeur: lire, contenu: (l) => nombre(lire(l)), sujet: (l) => sujetDe(l.territoire, l.periode, 'attributions') });
  const refus = (cle: string): ColonneLocale<Ligne>[] => {
    const m = etat.mesures.find((x) => x.code === cle);
    return m === undefined ? [] : [{ cle, libelle: nommer(m), aide: m.formule, largeur: 132, droite: true, triable: true, valeur: (l) => (lirePart(compteDe(l, cle)).genre === 'inconnue' ? null : compteDe(l, cle).nombre), contenu: (l) => direSomme(compteDe(l, cle)), sujet: (l) => sujetDe(l.territoire, l.periode, cle) }];
  };
  return [
    { cle: 'nom', libelle: MAILLES.find((m) => m.valeur === etat.par)?.libelle ?? '', largeur: 220, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
    effectif('attributions', 'Attributions', (l) => l.attributions), effectif('horsQpv', 'Hors QPV', (l) => l.horsQpv), effectif('qpv', 'En QPV', (l) => l.qpv, 84),
    ...MESURES.flatMap((code): ColonneLocale<Ligne>[] => {
      const m = etat.mesures.find((x) => x.code === code);
      if (m === undefined) return [];
      return [{
        cle: code, libelle: nommer(m), aide: m.formule, largeur: LARGEUR, droite: true, triable: true, sujet: (l) => sujetDe(l.territoire, l.periode, code),
        valeur: (l) => bornesPourcent(compteDe(l, code))?.min ?? null, contenu: (l) => <Part c={compteDe(l, code)} />,
      }];
    }),
    ...refus('refus-hors-qpv'), ...refus('refus'),
    { cle: 'code', libelle: 'Code', largeur: 130, triable: true, valeur: (l) => l.territoire, contenu: (l) => l.territoire },
  ];
}

/** Une ligne par territoire, pour la période choisie ; la ligne du bas est celle de l'organisme, telle que le service la donne. */
export function Table({ etat, periode }: { etat: Etat; periode: string }) {
  const { choisi } = useReglages();
  const colonnes = useMemo(() => colonnesDe(etat), [etat]);
  const lignes = useMemo(() => etat.lignes.filter((l) => l.periode === periode), [etat, periode]);
  const total = etat.organisme.find((l) => l.periode === periode);
  const totaux = total === undefined ? {} : {
    nom: `Organisme (${accord(lignes.length, 'ligne')})`, attributions: nombre(total.attributions), horsQpv: nombre(total.horsQpv), qpv: nombre(total.qpv),
    ...Object.fromEntries(etat.mesures.map((m) => [m.code, m.somme ? direSomme(compteDe(total, m.code)) : <Part key={m.code} c={compteDe(total, m.code)} />])),
  };
  return (
    <GrilleLocale
      nom="Attributions par territoire"
      colonnes={colonnes}
      lignes={lignes}
      cleDe={cleDe}
      choisie={choisi}
      surChoix={(territoire) => useReglages.setState({ choisi: territoire })}
      totaux={totaux}
      triInitial={{ colonne: 'attributions', sens: 'desc' }}
      vide="Aucune attribution dans cette période."
    />
  );
}
