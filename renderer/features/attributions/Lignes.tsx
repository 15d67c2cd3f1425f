import { ArrowLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Bouton, Echec, Squelette } from '../../ui/index.ts';
import { accord, date, nombre, typographie } from '../../ui/format.ts';
import { nommerPeriode, useReglages, type Etat, type Filtre } from './mesures.ts';

type Attribution = Sortie<'attributions.lister'>['lignes'][number];
const PAGE = 200;
const ETATS = ['compte', 'autre', 'inconnu', 'base', 'base-inconnue'] as const;
const DIRE: Record<string, string> = { compte: 'comptées', autre: 'non comptées', inconnu: 'valeur inconnue', base: 'toute la base', 'base-inconnue': 'peut-être de la base' };

const texte = (cle: keyof Attribution, libelle: string, largeur: number): ColonneLocale<Attribution> => {
  const lire = (a: Attribution): string => String(a[cle] ?? '');
  return { cle, libelle, largeur, triable: true, valeur: lire, contenu: (a) => (lire(a) === 'inconnu' ? <span className="doux">inconnu</span> : typographie(lire(a))) };
};

const COLONNES: ColonneLocale<Attribution>[] = [
  { cle: 'jour', libelle: 'Date', largeur: 112, triable: true, valeur: (a) => a.jour, contenu: (a) => date(a.jour) },
  texte('nomCommune', 'Commune', 150), texte('logement', 'Logement', 130), texte('qpv', 'QPV', 86), texte('bail', 'Bail signé', 86), texte('quartile', 'Quartile', 120), texte('reloge', 'Relogé', 130), texte('prioritaire', 'Prioritaire', 92),
  texte('categorie', 'Catégorie', 150), texte('dalo', 'DALO', 76), texte('reserve', 'Réservé', 190), texte('mutation', 'Mutation', 110), texte('mutationRu', 'Mutation RU', 100), texte('venant', 'Vient d’un QPV', 110),
  { cle: 'refus', libelle: 'Refus', largeur: 66, droite: true, triable: true, valeur: (a) => a.refus, contenu: (a) => (a.refus === null ? '' : nombre(a.refus)) },
  texte('fichier', 'Fichier', 190), { cle: 'ligne', libelle: 'Ligne', largeur: 76, droite: true, triable: true, valeur: (a) => a.ligne, contenu: (a) => nombre(a.ligne) },
];
const cleDe = (a: Attribution): string => `${a.annee} ${a.ligne}`;

/** Les attributions derrière un chiffre, une page à la fois. */
export function Lignes({ etat, filtre }: { etat: Etat; filtre: Filtre }) {
  const [page, setPage] = useState(0);
  const mesure = etat.mesures.find((m) => m.code === filtre.mesure);
  const voulu = ETATS.find((e) => e === filtre.etat);
  const lu = useRequete('attributions.lister', {
    territoire: filtre.territoire, periode: filtre.periode, decalage: page * PAGE, nombre: PAGE, ...(mesure === undefined ? {} : { mesure: mesure.code }), ...(mesure === undefined || voulu === undefined ? {} : { etat: voulu }),
  });
  const lignes = useMemo(() => lu.donnees?.lignes ?? [], [lu.donnees]);
  const total = lu.donnees?.total ?? 0;
  const nom = [...etat.lignes, ...etat.organisme].find((l) => l.territoire === filtre.territoire)?.nom ?? filtre.territoire;
  const pages = Math.max(1, Math.ceil(total / PAGE));
  return (
    <div className="attributions-lignes">
      <div className="attributions-commandes">
        <Bouton icone={ArrowLeft} onClick={() => useReglages.setState({ filtre: null })}>Revenir au tableau</Bouton>
        <p>
          <strong>{accord(total, 'attribution')}</strong> <span className="doux">{typographie([nom, nommerPeriode(filtre.periode, etat.reference), mesure?.libelle ?? '', mesure === undefined ? '' : (DIRE[filtre.etat] ?? '')].filter((t) => t !== '').join(', '))}</span>
        </p>
        {pages > 1 && (
          <span className="attributions-outils">
            <Bouton disabled={page === 0} onClick={() => setPage(page - 1)}>Précédentes</Bouton>
            <span className="doux">page {nombre(page + 1)} sur {nombre(pages)}</span>
            <Bouton disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>Suivantes</Bouton>
          </span>
        )}
      </div>
      {lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : lu.donnees ? <GrilleLocale nom="Attributions" colonnes={COLONNES} lignes={lignes} cleDe={cleDe} vide="Aucune attribution." /> : <Squelette lignes={10} />}
    </div>
  );
}
