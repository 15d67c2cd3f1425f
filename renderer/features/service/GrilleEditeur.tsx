import { ArrowDown, ArrowUp, Download, Plus, Trash2, Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { MENTION_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { ASPECTS, LIBELLE_ASPECT } from '../../../shared/domain/service-rendu/types.ts';
import type { Famille, Grille } from '../../../shared/domain/service-rendu/types.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, BoutonIcone, Choix, Echec, Saisie } from '../../ui/index.ts';
import { typographie } from '../../ui/format.ts';
import { addCritere, addFamille, changeCritere, changeFamille, moveCritere, removeCritere, shiftCritere } from './brouillon.ts';
import { ChampNombre } from './ChampNombre.tsx';
import { EchelleEditeur } from './EchelleEditeur.tsx';
import { useService } from './magasin.ts';
import { PassageDit } from './PassageDit.tsx';

const virgule = (t: string) => t.replace('.', ',');
const point = (t: string) => t.replace(',', '.').trim();

/** La grille : familles, critères, poids, échelle, classes. Rien ne change au dossier avant « Enregistrer la grille ». */
export function GrilleEditeur({ enregistree, lectureSeule }: { enregistree: Grille; lectureSeule: boolean }) {
  const brouillon = useService((s) => s.brouillon);
  const grille = brouillon ?? enregistree;
  const examen = useExamen(brouillon);
  const definir = useOperation('serviceRendu.definirGrille');
  const exporter = useOperation('serviceRendu.exporterGrille', false);
  const lire = useOperation('serviceRendu.lireGrille', false);
  const changer = (g: Grille) => !lectureSeule && useService.setState({ brouillon: g, dit: null });
  async function enregistrer() {
    if (!brouillon) return;
    const r = await definir.lancer({ grille: brouillon });
    if (r) useService.setState({ brouillon: null, dit: `${r.libelle}. Ctrl+Z dans les notes y revient.` });
  }
  async function choisirFichier() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Lire une grille', filtres: [{ nom: 'Grille du service rendu', extensions: ['json'] }] });
    const r = chemin ? await lire.lancer({ chemin }) : null;
    if (r) changer(r.grille);
  }
  async function ecrireFichier() {
    const destination = await window.atelier.choisirDestination({ titre: 'Exporter la grille', filtres: [{ nom: 'Grille du service rendu', extensions: ['json'] }], defaut: 'grille-service-rendu.json' });
    if (destination && (await exporter.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  const erreur = definir.erreur ?? exporter.erreur ?? lire.erreur;
  return (
    <div className="service-grille defile">
      <div className="service-grille-tete">
        <p className="doux">
          {grille.proposee && !brouillon ? `Grille ${MENTION_PROPOSEE}. ` : 'Grille de l’organisme. '}
          R445-3 demande de prendre notamment en compte la qualité de la construction et des prestations techniques, la localisation et l’environnement de l’ensemble immobilier ; le reste est à la main de l’organisme.{' '}
          <Chiffre sujet="service-rendu/grille" nom="La grille">D’où cela vient</Chiffre>
        </p>
        <span className="service-grille-actions">
          <Bouton variante="texte" icone={Download} onClick={() => void ecrireFichier()}>Exporter la grille</Bouton>
          {!lectureSeule && <Bouton variante="texte" icone={Upload} onClick={() => void choisirFichier()}>Lire une grille</Bouton>}
        </span>
      </div>
      {erreur && <Echec erreur={erreur} />}
      {brouillon && (
        <PassageDit
          examen={examen} occupe={definir.enCours} enregistrer={() => void enregistrer()} abandonner={() => useService.setState({ brouillon: null })}
        />
      )}
      <fieldset className="service-champs" disabled={lectureSeule}>
        <legend className="hors-vue">Familles et critères</legend>
        {grille.familles.map((f) => <FamilleEditeur key={f.code} famille={f} grille={grille} changer={changer} />)}
        <Bouton icone={Plus} onClick={() => changer(addFamille(grille))}>Ajouter une famille</Bouton>
        <EchelleEditeur grille={grille} changer={changer} />
      </fieldset>
    </div>
  );
}

type Examen = Sortie<'serviceRendu.examinerGrille'>;

/** L'examen du brouillon, un instant après la frappe : ce qu'il changerait, ce qui l'empêche. */
function useExamen(brouillon: Grille | null): Examen | null {
  const [pose, setPose] = useState(brouillon);
  useEffect(() => {
    const minuterie = setTimeout(() => setPose(brouillon), 250);
    return () => clearTimeout(minuterie);
  }, [brouillon]);
  const vide: Grille = { proposee: false, echelle: { genre: 'nombres', min: '0', max: '1', decimales: 0 }, sens: 'croissant', seuil: 0, familles: [], classes: [] };
  const lu = useRequete('serviceRendu.examinerGrille', { grille: pose ?? vide }, pose !== null).donnees;
  return pose !== null && pose === brouillon ? (lu ?? null) : null;
}

function FamilleEditeur({ famille: f, grille, changer }: { famille: Famille; grille: Grille; changer: (g: Grille) => void }) {
  const autres = grille.familles.map((x) => ({ valeur: x.code, libelle: x.libelle }));
  return (
    <section className="service-famille" aria-label={f.libelle}>
      <div className="service-famille-tete">
        <Saisie aria-label="Nom de la famille" className="service-famille-nom" value={f.libelle} maxLength={120} onChange={(e) => changer(changeFamille(grille, f.code, { libelle: e.currentTarget.value }))} />
        <Choix
          nom={`Aspect de R445-3, ${f.libelle}`} compact valeur={f.aspect ?? 'aucun'}
          options={[...ASPECTS.map((a) => ({ valeur: a, libelle: `R445-3 : ${LIBELLE_ASPECT[a].toLowerCase()}` })), { valeur: 'aucun' as const, libelle: 'Propre à l’organisme' }]}
          surChoix={(aspect) => changer(changeFamille(grille, f.code, { aspect: aspect === 'aucun' ? null : aspect }))}
        />
        <ChampNombre libelle="Poids" valeur={f.poids} surChange={(poids) => changer(changeFamille(grille, f.code, { poids }))} />
        <BoutonIcone nom={`Retirer la famille ${f.libelle}`} icone={Trash2} onClick={() => changer({ ...grille, familles: grille.familles.filter((x) => x.code !== f.code) })} />
      </div>
      <ul className="service-criteres">
        {f.criteres.map((c, i) => (
          <li key={c.code}>
            <Saisie compact aria-label="Nom du critère" value={c.libelle} maxLength={120} onChange={(e) => changer(changeCritere(grille, c.code, { libelle: e.currentTarget.value }))} />
            <Saisie compact aria-label={`Aide, ${c.libelle}`} placeholder="Aide pour noter" value={c.aide} maxLength={400} onChange={(e) => changer(changeCritere(grille, c.code, { aide: e.currentTarget.value }))} />
            <Choix compact nom={`Famille, ${c.libelle}`} valeur={f.code} options={autres} surChoix={(vers) => changer(moveCritere(grille, c.code, vers))} />
            <Saisie compact inputMode="decimal" aria-label={`Poids, ${c.libelle}`} className="service-nombre" value={virgule(c.poids)} onChange={(e) => changer(changeCritere(grille, c.code, { poids: point(e.currentTarget.value) }))} />
            <span className="service-rangs">
              <BoutonIcone nom={`Monter ${typographie(c.libelle)}`} icone={ArrowUp} disabled={i === 0} onClick={() => changer(shiftCritere(grille, c.code, -1))} />
              <BoutonIcone nom={`Descendre ${typographie(c.libelle)}`} icone={ArrowDown} disabled={i === f.criteres.length - 1} onClick={() => changer(shiftCritere(grille, c.code, 1))} />
              <BoutonIcone nom={`Retirer ${typographie(c.libelle)}`} icone={Trash2} onClick={() => changer(removeCritere(grille, c.code))} />
            </span>
          </li>
        ))}
      </ul>
      <Bouton variante="texte" icone={Plus} onClick={() => changer(addCritere(grille, f.code))}>Ajouter un critère</Bouton>
    </section>
  );
}
