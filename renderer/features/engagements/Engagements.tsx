import { ChevronsDownUp, ChevronsUpDown, CircleDashed, Download, GitCompareArrows, Lightbulb, Redo2, Split, Undo2, Upload, type LucideIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { findIndicateur, findMillesime } from '../../../shared/millesimes/index.ts';
import { nomDuChamp } from '../../app/champs.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { toutEnregistrer, useEnregistrement } from '../../app/enregistrement.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete, useVersion } from '../../app/requetes.ts';
import { allerAuChamp, useSession } from '../../app/session.ts';
import { Bandeau, Bouton, BoutonIcone, Echec, Squelette, Vide } from '../../ui/index.ts';
import { accord, nombre, nomDeFichier } from '../../ui/format.ts';
import { Bilan } from './Bilan.tsx';
import { Detail } from './Detail.tsx';
import { Grille, type Selection } from './Grille.tsx';
import { annuler, chargerMatrice, commeUnPas, deplier, filePrete, montrerScenario, relireMatrice, rendreCompte, retablir, texteDe, useEngagements, type Volet } from './magasin.ts';
import { Propositions } from './Propositions.tsx';
import { Repartition } from './Repartition.tsx';
import { Scenarios } from './Scenarios.tsx';
import { Demandes } from './Demandes.tsx';
import { champEn, construireRangees, groupesDe, groupesNiveau, nommer } from './rangees.ts';
import { prochaineVide } from './selection.ts';
import './engagements.css';

/** Relire 10 000 cases coûte une image ou deux : seulement quand la frappe s'arrête. */
const RELECTURE_MS = 900;

/** Relit la matrice après une écriture, quand plus rien n'attend : jamais au milieu d'une frappe. */
function useMatrice() {
  const version = useVersion();
  const occupe = useEnregistrement((s) => s.enCours !== null || s.attente.length > 0);
  const { matrice, erreur } = useEngagements();
  useEffect(() => {
    if (!useEngagements.getState().matrice) {
      void chargerMatrice();
      return undefined;
    }
    if (occupe) return undefined;
    const minuterie = setTimeout(() => {
      if (filePrete()) void relireMatrice();
    }, RELECTURE_MS);
    return () => clearTimeout(minuterie);
  }, [version, occupe]);
  // Ailleurs, un import ou une valeur acceptée change la matrice : elle n'est pas remontrée ancienne.
  useEffect(() => () => useEngagements.setState({ matrice: null }), []);
  return { matrice, erreur };
}

export default function Engagements() {
  const info = useRequete('dossier.info', {}).donnees;
  const { matrice, erreur } = useMatrice();
  const replis = useEngagements((s) => s.replis);
  const index = useEngagements((s) => s.index);
  const bilan = useEngagements((s) => s.bilan);
  const volet = useEngagements((s) => s.volet);
  const scenario = useEngagements((s) => s.scenario);
  const millesime = info?.millesime ?? null;

  const rangees = useMemo(() => {
    if (!matrice || !millesime) return [];
    const regles = findMillesime(millesime);
    return construireRangees(matrice, replis, (code) => findIndicateur(regles, code)?.court ?? code);
    // `index` change quand une case de la matrice a été écrite en place.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [matrice, replis, millesime, index]);

  const { selection, setSelection, versChamp } = useSelection(rangees);
  const [amorce, setAmorce] = useState<{ texte: string; jeton: number } | null>(null);
  const cible = useSession((s) => s.cible);

  useEffect(() => {
    if (!cible || rangees.length === 0) return;
    if (!index.has(cible.champ)) return;
    versChamp(cible.champ);
    useSession.setState({ cible: null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role="grid"]')?.focus());
  }, [cible, rangees, index, versChamp]);

  if (!matrice || !info || !millesime) {
    return <div className="page">{erreur ? <Echec erreur={erreur} reessayer={() => void chargerMatrice()} /> : <Squelette lignes={14} nom="Lecture de la matrice" />}</div>;
  }

  const rangee = rangees[selection.active.rang];
  const ligne = rangee?.genre === 'ligne' ? rangee.ligne : rangee?.premiere;
  const colonne = rangee?.genre === 'ligne' ? selection.active.colonne : -1;
  const horizon = colonne > 0 ? (matrice.colonnes[colonne - 1] ?? null) : null;
  const cellule = rangee?.genre === 'ligne' && colonne > 0 ? (rangee.cases[colonne - 1] ?? null) : null;

  function allerVide() {
    const place = prochaineVide(rangees, selection.active, (champ) => texteDe(champ) === '');
    if (!place) return;
    setSelection({ active: place, ancre: place });
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }

  return (
    <div className="engagements">
      <header className="engagements-tete">
        {scenario && (
          <p className="scenario-montre">
            Scénario <strong>{scenario.nom}</strong>{' '}
            <button type="button" className="lien" onClick={() => void montrerScenario(null)}>
              Revenir au dossier
            </button>
          </p>
        )}
        <Outils lectureSeule={info.lectureSeule} allerVide={allerVide} versChamp={versChamp} />
      </header>
      {erreur && <Echec erreur={erreur} reessayer={() => void chargerMatrice()} />}
      <Demandes lectureSeule={info.lectureSeule} />
      {bilan && <Bilan bilan={bilan} fermer={() => useEngagements.setState({ bilan: null })} aller={versChamp} />}
      {matrice.lignes.length === 0 ? (
        <Vide phrase="La matrice des engagements apparaîtra ici : une ligne par indicateur et par territoire où l’organisme a des logements, une colonne par année.">
          {info.dateEffet === null && <Bouton onClick={() => allerAuChamp('calendrier/date-effet')}>Donner la date d’effet</Bouton>}
          <Bouton onClick={() => allerAuChamp('patrimoine')}>Importer le patrimoine</Bouton>
        </Vide>
      ) : (
        <>
          <Grille
            matrice={matrice}
            rangees={rangees}
            selection={selection}
            surSelection={setSelection}
            surAnnulation={(champ) => champ && versChamp(champ)}
            lectureSeule={info.lectureSeule}
            amorce={amorce}
          />
          {volet === 'propositions' && <Propositions lectureSeule={info.lectureSeule} aller={versChamp} />}
          {volet === 'scenarios' && <Scenarios lectureSeule={info.lectureSeule} aller={versChamp} />}
          {volet === 'repartition' && ligne && <Repartition ligne={ligne} horizon={horizon?.horizon ?? null} lectureSeule={info.lectureSeule} />}
          {volet === 'detail' && ligne && (
            <Detail
              matrice={matrice}
              millesime={millesime}
              ligne={ligne}
              cellule={cellule}
              horizon={horizon?.horizon ?? null}
              libelleHorizon={horizon?.libelle ?? 'Référence'}
              lectureSeule={info.lectureSeule}
              amorcer={(texte) => setAmorce((a) => ({ texte, jeton: (a?.jeton ?? 0) + 1 }))}
            />
          )}
        </>
      )}
    </div>
  );
}

/** La sélection suit sa ligne quand des groupes se replient ou que la matrice est relue. */
function useSelection(rangees: ReturnType<typeof construireRangees>) {
  const [{ cle, selection }, setEtat] = useState<{ cle: string | null; selection: Selection }>({
    cle: null,
    selection: { active: { rang: 0, colonne: 1 }, ancre: { rang: 0, colonne: 1 } },
  });
  const setSelection = useCallback(
    (s: Selection) => setEtat({ cle: rangees[s.active.rang]?.cle ?? null, selection: s }),
    [rangees],
  );

  let courante = selection;
  const ici = rangees[selection.active.rang];
  if (rangees.length > 0 && cle === null) {
    // À l'arrivée, la première case ouverte.
    const rang = Math.max(0, rangees.findIndex((r) => r.genre === 'ligne'));
    const r = rangees[rang];
    const libre = r?.genre === 'ligne' ? r.cases.findIndex((c) => c !== null) + 1 : 0;
    courante = { active: { rang, colonne: libre }, ancre: { rang, colonne: libre } };
  } else if (cle !== null && ici?.cle !== cle) {
    const rang = rangees.findIndex((r) => r.cle === cle);
    const active = { ...selection.active, rang: rang >= 0 ? rang : Math.min(selection.active.rang, Math.max(0, rangees.length - 1)) };
    courante = { active, ancre: active };
  }

  const versChamp = useCallback((champ: string) => {
    const trouve = useEngagements.getState().index.get(champ);
    if (!trouve) return;
    deplier(groupesDe(trouve.ligne));
    setAttendu(champ);
  }, []);
  const [attendu, setAttendu] = useState<string | null>(null);
  useEffect(() => {
    if (attendu === null) return;
    for (const [rang, r] of rangees.entries()) {
      if (r.genre !== 'ligne') continue;
      const colonne = [0, ...r.cases.map((_, i) => i + 1)].find((c) => champEn(r, c) === attendu);
      if (colonne === undefined) continue;
      setEtat({ cle: r.cle, selection: { active: { rang, colonne }, ancre: { rang, colonne } } });
      setAttendu(null);
      return;
    }
  }, [attendu, rangees]);

  return { selection: courante, setSelection, versChamp };
}

/** Ouvre un outil sous la grille, ou revient au détail. */
function BasculeVolet({ volet, nom, icone }: { volet: Volet; nom: string; icone: LucideIcon }) {
  const ouvert = useEngagements((s) => s.volet === volet);
  return (
    <Bouton icone={icone} aria-pressed={ouvert} onClick={() => useEngagements.setState({ volet: ouvert ? 'detail' : volet })}>
      {nom}
    </Bouton>
  );
}

function Outils({ lectureSeule, allerVide, versChamp }: { lectureSeule: boolean; allerVide: () => void; versChamp: (champ: string) => void }) {
  const { annulables, retablissables, matrice, propositions, scenario } = useEngagements();
  const importer = useOperation('engagements.importer');
  const exporter = useOperation('engagements.exporter', false);

  async function choisirImport() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Importer des engagements', filtres: [FILTRES.tableau] });
    if (!chemin) return;
    // Un seul compte rendu à la fois : le dernier.
    exporter.effacer();
    useEngagements.setState({ bilan: null });
    // Une saisie encore en file s'écrirait par-dessus ce que l'import apporte.
    await toutEnregistrer();
    const r = await commeUnPas(() => importer.lancer({ chemin }));
    if (!r) return;
    const { index } = useEngagements.getState();
    const refus = r.refusees.map((x) => {
      const trouve = index.get(x.champ);
      const nom = trouve ? nommer(trouve.ligne, trouve.cellule?.horizon ?? null) : x.champ && nomDuChamp('', x.champ);
      return { champ: trouve ? x.champ : null, nom: `ligne ${x.ligne}${nom ? `, ${nom}` : ''}`, valeur: '', raison: x.garde === undefined ? x.raison : `${x.raison} Gardé : ${x.garde}.` };
    });
    rendreCompte({ titre: `Import de ${nomDeFichier(chemin)}`, enregistrees: r.enregistrees, refus });
  }
  async function choisirExport() {
    const destination = await window.atelier.choisirDestination({ titre: 'Exporter les engagements', filtres: [FILTRES.tableau], defaut: 'engagements.xlsx' });
    if (!destination) return;
    useEngagements.setState({ bilan: null });
    importer.effacer();
    await exporter.lancer({ destination });
  }
  const revenir = (champ: string | null) => champ && versChamp(champ);

  return (
    <>
      <div className="page-actions engagements-outils" role="toolbar" aria-label="Outils de la matrice">
        <BoutonIcone nom="Annuler la saisie" raccourci="Ctrl+Z" icone={Undo2} disabled={annulables.length === 0} onClick={() => revenir(annuler())} />
        <BoutonIcone nom="Rétablir la saisie" raccourci="Ctrl+Y" icone={Redo2} disabled={retablissables.length === 0} onClick={() => revenir(retablir())} />
        <BoutonIcone
          nom="Tout replier par indicateur"
          icone={ChevronsDownUp}
          onClick={() => matrice && useEngagements.setState({ replis: new Set(groupesNiveau(matrice, 1)) })}
        />
        <BoutonIcone nom="Tout déplier" icone={ChevronsUpDown} onClick={() => useEngagements.setState({ replis: new Set() })} />
        <Bouton icone={CircleDashed} onClick={allerVide}>
          Prochaine case vide
        </Bouton>
        <BasculeVolet volet="propositions" icone={Lightbulb} nom={propositions.size === 0 ? 'Propositions' : `Propositions (${nombre(propositions.size)})`} />
        <BasculeVolet volet="repartition" icone={Split} nom="Répartir" />
        <BasculeVolet volet="scenarios" icone={GitCompareArrows} nom="Scénarios" />
        <Bouton icone={Upload} disabled={lectureSeule || scenario !== null} occupe={importer.enCours} onClick={() => void choisirImport()}>
          Importer
        </Bouton>
        <Bouton icone={Download} disabled={scenario !== null} occupe={exporter.enCours} onClick={() => void choisirExport()}>
          Exporter
        </Bouton>
      </div>
      {(importer.erreur ?? exporter.erreur) && (
        <div className="engagements-avis">
          {importer.erreur && <Echec erreur={importer.erreur} fermer={importer.effacer} />}
          {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
        </div>
      )}
      {exporter.resultat && (
        <div className="engagements-avis">
          <Bandeau
            ton="succes"
            titre={`${accord(exporter.resultat.lignes, 'ligne écrite', 'lignes écrites')} dans ${nomDeFichier(exporter.resultat.chemin)}`}
            actions={
              <>
                <Bouton onClick={() => window.atelier.montrerFichier(exporter.resultat?.chemin ?? '')}>Montrer le fichier</Bouton>
                <Bouton variante="texte" onClick={exporter.effacer}>
                  Masquer
                </Bouton>
              </>
            }
          />
        </div>
      )}
    </>
  );
}
