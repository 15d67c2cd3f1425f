import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { dire } from '../../app/avis.ts';
import { useRequete } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Bouton, Echec, Squelette } from '../../ui/index.ts';
import { accord, decimal, nombre } from '../../ui/format.ts';
import type { Etat } from './etatDesLieux.ts';
import { montrer } from './filtres.ts';

type Genre = 'commune' | 'epci';
type Ligne = { code: string; nom: string; logements: number; part: number; ensembles: number; loues: number; loyerM2: number | null };

const cleDe = (l: Ligne): string => l.code;

function colonnesDe(genre: Genre): ColonneLocale<Ligne>[] {
  const loyer = (mesure: string) => (l: Ligne) => `loyers/${genre}/${l.code}/SH/${mesure}`;
  return [
    { cle: 'nom', libelle: genre === 'commune' ? 'Commune' : 'EPCI', largeur: 260, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
    { cle: 'code', libelle: genre === 'commune' ? 'Code Insee' : 'SIREN', largeur: 110, triable: true, valeur: (l) => l.code, contenu: (l) => l.code },
    {
      cle: 'logements', libelle: 'Logements', largeur: 110, droite: true, triable: true, valeur: (l) => l.logements,
      contenu: (l) => nombre(l.logements), sujet: (l) => `etat/${genre}/${l.code}`,
    },
    { cle: 'part', libelle: 'Part du parc', largeur: 110, droite: true, triable: true, valeur: (l) => l.part, contenu: (l) => `${decimal(Math.round(10 * l.part) / 10)}\u202f%` },
    ...(genre === 'commune'
      ? [{ cle: 'ensembles', libelle: 'Ensembles', largeur: 100, droite: true, triable: true, valeur: (l: Ligne) => l.ensembles, contenu: (l: Ligne) => nombre(l.ensembles) }]
      : []),
    { cle: 'loues', libelle: 'Loués', largeur: 100, droite: true, triable: true, aide: 'Loués, avec un loyer et une surface habitable', valeur: (l) => l.loues, contenu: (l) => nombre(l.loues), sujet: loyer('loues') },
    {
      cle: 'loyerM2', libelle: 'Loyer (€/m² SH)', largeur: 130, droite: true, triable: true, valeur: (l) => l.loyerM2,
      contenu: (l) => (l.loyerM2 === null ? '–' : formatTaux(l.loyerM2)), sujet: loyer('loyerM2'),
    },
  ];
}

/** Le parc par commune ou par EPCI. La ligne choisie règle aussi les répartitions, à droite. */
export function TableTerritoires(props: { genre: Genre; etat: Etat; choisi: string | null; surChoix: (code: string) => void }) {
  const { genre, etat } = props;
  const loyers = useRequete('loyers.lire', { par: genre, surface: 'SH' });
  const ensembles = useRequete('ensembles.lister', {}, genre === 'commune').donnees;
  const colonnes = useMemo(() => colonnesDe(genre), [genre]);
  const lignes = useMemo(() => {
    const parCode = new Map((loyers.donnees?.lignes ?? []).map((l) => [l.code, l]));
    const parCommune = new Map<string, number>();
    for (const e of ensembles?.ensembles ?? []) parCommune.set(e.commune, (parCommune.get(e.commune) ?? 0) + 1);
    return Object.entries(genre === 'commune' ? etat.communes : etat.epci)
      .map(([code, n]): Ligne => ({
        code,
        nom: etat.noms[code] ?? code,
        logements: n,
        part: etat.logements === 0 ? 0 : (100 * n) / etat.logements,
        ensembles: parCommune.get(code) ?? 0,
        loues: parCode.get(code)?.loues ?? 0,
        loyerM2: parCode.get(code)?.loyerM2 ?? null,
      }))
      .sort((a, b) => b.logements - a.logements);
  }, [genre, etat, loyers.donnees, ensembles]);
  const compte = lignes.reduce((n, l) => n + l.logements, 0);
  const hors = etat.logements - compte;

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
  if (!loyers.donnees) return loyers.erreur ? <Echec erreur={loyers.erreur} reessayer={loyers.recharger} /> : <Squelette lignes={10} />;
  return (
    <>
      <div className="table-actions">
        <Bouton icone={ArrowRight} disabled={props.choisi === null} onClick={() => props.choisi !== null && void voir(props.choisi)}>
          Voir ses logements
        </Bouton>
        {hors > 0 && genre === 'epci' && <span className="doux">{accord(hors, 'logement')} dans une commune hors EPCI.</span>}
      </div>
      <GrilleLocale
        nom={genre === 'commune' ? 'Communes' : 'EPCI'}
        colonnes={colonnes}
        lignes={lignes}
        cleDe={cleDe}
        choisie={props.choisi}
        surChoix={props.surChoix}
        totaux={{
          nom: genre === 'commune' ? accord(lignes.length, 'commune') : `${nombre(lignes.length)} EPCI`,
          logements: nombre(compte),
          loues: nombre(lignes.reduce((n, l) => n + l.loues, 0)),
          ...(genre === 'commune' ? { ensembles: nombre(lignes.reduce((n, l) => n + l.ensembles, 0)) } : {}),
        }}
      />
    </>
  );
}
