import { ArrowRight, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { familleDe, FAMILLES, LIBELLE_FAMILLE } from '../../../shared/domain/rpls/familles.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Bouton, Echec, Recherche, Squelette } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { montrer, PARC } from './filtres.ts';

type Ensemble = Sortie<'ensembles.lister'>['ensembles'][number];

const cleDe = (e: Ensemble): string => e.id;
const plat = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** « PLUS 40, PLAI 8 » : les familles de financement, de la plus nombreuse à la moins nombreuse. */
function familles(e: Ensemble): string {
  const comptes = new Map<string, number>();
  for (const [code, n] of Object.entries(e.financements)) comptes.set(familleDe(code), (comptes.get(familleDe(code)) ?? 0) + n);
  return FAMILLES.flatMap((f) => (comptes.has(f) ? [{ f, n: comptes.get(f) ?? 0 }] : []))
    .sort((a, b) => b.n - a.n)
    .map(({ f, n }) => `${LIBELLE_FAMILLE[f]} ${nombre(n)}`)
    .join(', ');
}

const COLONNES: ColonneLocale<Ensemble>[] = [
  { cle: 'nom', libelle: 'Ensemble immobilier', largeur: 216, triable: true, valeur: (e) => e.nom, contenu: (e) => e.nom, sujet: (e) => `ensemble/${e.id}` },
  { cle: 'logements', libelle: 'Logements', largeur: 100, droite: true, triable: true, valeur: (e) => e.logements, contenu: (e) => nombre(e.logements), sujet: (e) => `ensemble/${e.id}` },
  {
    cle: 'qpv', libelle: 'En QPV', largeur: 128, droite: true, triable: true, aide: 'n sur N (R445-3)', valeur: (e) => e.qpv, sujet: (e) => `ensemble/${e.id}`,
    contenu: (e) => (e.qpvInconnu === e.logements ? 'inconnu' : `${nombre(e.qpv)} sur ${nombre(e.logements)}`),
  },
  { cle: 'nomCommune', libelle: 'Commune', largeur: 144, triable: true, valeur: (e) => e.nomCommune, contenu: (e) => e.nomCommune },
  { cle: 'adresse', libelle: 'Adresse', largeur: 190, triable: true, valeur: (e) => e.adresse, contenu: (e) => e.adresse },
  { cle: 'financement', libelle: 'Financement', largeur: 260, valeur: familles, contenu: familles },
  { cle: 'id', libelle: 'Code', largeur: 130, triable: true, valeur: (e) => e.id, contenu: (e) => e.id },
];

export function TableEnsembles() {
  const { donnees, erreur, recharger } = useRequete('ensembles.lister', {});
  const [cherche, setCherche] = useState('');
  const [choisi, setChoisi] = useState<string | null>(null);
  const exporter = useOperation('ensembles.exporter', false);
  const lignes = useMemo(() => {
    const parties = plat(cherche).split(/\s+/).filter(Boolean);
    return (donnees?.ensembles ?? []).filter((e) => parties.every((p) => plat(`${e.nom} ${e.adresse} ${e.nomCommune} ${e.id}`).includes(p)));
  }, [donnees, cherche]);
  const totaux = useMemo(() => {
    const somme = (f: (e: Ensemble) => number) => lignes.reduce((n, e) => n + f(e), 0);
    return { nom: accord(lignes.length, 'ensemble'), logements: nombre(somme((e) => e.logements)), qpv: `${nombre(somme((e) => e.qpv))} sur ${nombre(somme((e) => e.logements))}` };
  }, [lignes]);
  async function exporterVers() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire les ensembles', filtres: [FILTRES.tableau], defaut: 'ensembles.xlsx' });
    if (destination && (await exporter.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={10} />;
  return (
    <>
      <div className="table-actions">
        <Recherche nom="Chercher un ensemble, une adresse, une commune" value={cherche} onChange={(e) => setCherche(e.target.value)} />
        <Bouton icone={ArrowRight} disabled={choisi === null} onClick={() => choisi !== null && montrer([PARC, { colonne: 'code_ensemble', valeurs: [choisi] }])}>
          Voir ses logements
        </Bouton>
        <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void exporterVers()}>
          Exporter
        </Bouton>
      </div>
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
      <GrilleLocale
        nom="Ensembles immobiliers"
        colonnes={COLONNES}
        lignes={lignes}
        cleDe={cleDe}
        choisie={choisi}
        surChoix={setChoisi}
        totaux={totaux}
        vide="Aucun ensemble ne répond à cette recherche."
      />
    </>
  );
}
