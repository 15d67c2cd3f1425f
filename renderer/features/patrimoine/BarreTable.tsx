import { Download, FoldVertical, UnfoldVertical } from 'lucide-react';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, BoutonIcone, Choix, Echec, Progression, Segments } from '../../ui/index.ts';
import type { Colonne } from './cases.tsx';
import { ChoixColonnes } from './ChoixColonnes.tsx';
import { colonnesMontrees, useColonnesChoisies } from './colonnesChoisies.ts';
import { nomGroupe } from './definitions.tsx';
import { grouperPar, useSelection } from './filtres.ts';
import { cheminDe } from './groupes.ts';

/** Ce qu'on groupe le plus ; toute autre colonne se groupe depuis son menu. */
const PROPOSEES = [
  'commune', 'epci', 'departement', 'region', 'code_ensemble', 'famille', 'finan', 'dpeenergie', 'dpe_periode', 'age', 'decennie', 'construct', 'typeconst', 'nbpiece', 'taille', 'qpv', 'mode', 'cus',
  'libsegpatrim', 'contreslog', 'organisme_origine',
];
const AUCUN = 'aucun';
/** Ouvrir d'un coup plus de groupes que cela ne se lit pas. */
const OUVERTS_MAX = 2000;

/** Les commandes de la table des logements : groupes de colonnes, colonnes, groupement, export. */
export function BarreTable({ colonnes, groupes }: { colonnes: readonly Colonne[]; groupes: readonly string[] }) {
  const { groupe, par, filtres, tri, triGroupes } = useSelection();
  const choix = useColonnesChoisies((s) => s.choix);
  const exporter = useOperation('logements.exporter', false);
  const lu = useRequete('logements.groupes', { par: par.length > 0 ? par : ['parc'], filtres, tri: triGroupes }, par.length > 0);
  const options = (pris: string | undefined, choisi: string | undefined) =>
    [...new Set([...PROPOSEES.filter((p) => colonnes.some((c) => c.nom === p)), ...(choisi === undefined ? [] : [choisi])])].filter((p) => p !== pris).map((p) => ({ valeur: p, libelle: nomGroupe(p, colonnes) }));
  const [premiere, seconde] = par;

  function tout() {
    const chemins = (lu.donnees?.groupes ?? []).map((g) => cheminDe([g.cle]));
    useSelection.setState({ ouverts: new Set(chemins.slice(0, OUVERTS_MAX)) });
  }
  async function exporterVers() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire les logements montrés', filtres: [FILTRES.tableauOuOds], defaut: 'logements.xlsx' });
    if (!destination) return;
    const noms = colonnesMontrees(colonnes, groupe, choix).map((c) => c.nom);
    if (await exporter.lancer({ destination, filtres, colonnes: noms, ...(tri ? { tri } : {}) })) window.atelier.montrerFichier(destination);
  }
  return (
    <>
      <div className="barre-table">
        <Segments nom="Colonnes" valeur={groupe} options={groupes.map((g) => ({ valeur: g, libelle: g }))} surChoix={(g) => useSelection.setState({ groupe: g })} />
        <span className="barre-groupes">
          <Choix compact nom="Grouper par" valeur={premiere ?? AUCUN} options={[{ valeur: AUCUN, libelle: 'Sans groupes' }, ...options(undefined, premiere)]} surChoix={(v) => grouperPar(v === AUCUN ? [] : [v, ...(seconde !== undefined && seconde !== v ? [seconde] : [])])} />
          {premiere !== undefined && (
            <>
              <Choix compact nom="Puis par" valeur={seconde ?? AUCUN} options={[{ valeur: AUCUN, libelle: 'puis rien' }, ...options(premiere, seconde)]} surChoix={(v) => grouperPar(v === AUCUN ? [premiere] : [premiere, v])} />
              <BoutonIcone nom="Ouvrir tous les groupes" icone={UnfoldVertical} onClick={tout} />
              <BoutonIcone nom="Fermer tous les groupes" icone={FoldVertical} onClick={() => useSelection.setState({ ouverts: new Set() })} />
            </>
          )}
        </span>
        <span className="barre-actions">
          <ChoixColonnes colonnes={colonnes} groupe={groupe} />
          <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void exporterVers()}>
            Exporter
          </Bouton>
        </span>
      </div>
      {exporter.enCours && (
        <Progression
          libelle={exporter.progres?.etape ?? 'Écriture des logements'}
          fait={exporter.progres?.fait ?? 0}
          total={exporter.progres?.total ?? null}
          action={<Bouton variante="texte" onClick={exporter.annuler}>Annuler</Bouton>}
        />
      )}
      {exporter.erreur && exporter.erreur.code !== 'annule' && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
    </>
  );
}
