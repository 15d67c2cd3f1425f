import { useEffect, useRef, useState } from 'react';
import { annoncer, useOperation } from '../../app/operation.ts';
import { invalider, useRequete } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { toutEnregistrer } from '../../app/enregistrement.ts';
import { findIndicateur, findMillesime } from '../../../shared/millesimes/index.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { Bandeau, Bouton, Choix, Echec, Squelette } from '../../ui/index.ts';
import { accord, date, typographie } from '../../ui/format.ts';

const MONTREES = 200;

/** Les règles dont le dossier relève, et le passage à d'autres : ce qui est gardé, déplacé, perdu, avant de le faire. */
export function Millesime({ lectureSeule }: { lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('millesime.lister', {});
  const [vers, setVers] = useState<string | null>(null);
  const changer = useOperation('millesime.changer');
  const [echec, setEchec] = useState<Erreur | null>(null);
  /** Le millésime d'avant, rendu par une annulation : dit jusqu'au geste suivant. */
  const [rendu, setRendu] = useState<string | null>(null);
  const actuel = donnees?.millesimes.find((m) => m.nom === donnees.actuel);
  const autres = donnees?.millesimes.filter((m) => m.nom !== donnees.actuel) ?? [];
  const fait = changer.resultat;
  const section = useRef<HTMLElement>(null);
  const defaire = useRef<(() => void) | null>(null);
  useEffect(() => {
    defaire.current = fait === null || fait.operation === null || lectureSeule ? null : () => void revenir();
  });
  useEffect(() => {
    // Le bouton qui a fait passer n'est plus là : le clavier va à celui qui défait.
    if (fait !== null) section.current?.querySelector<HTMLButtonElement>('.bandeau button')?.focus();
  }, [fait]);
  useEffect(() => {
    const ici = section.current;
    const surTouche = (e: KeyboardEvent): void => {
      if (!(e.ctrlKey || e.metaKey) || e.shiftKey || e.key.toLowerCase() !== 'z' || defaire.current === null) return;
      e.preventDefault();
      defaire.current();
    };
    ici?.addEventListener('keydown', surTouche);
    return () => ici?.removeEventListener('keydown', surTouche);
  }, []);

  async function passer() {
    if (vers === null) return;
    setRendu(null);
    await toutEnregistrer();
    if (await changer.lancer({ vers })) setVers(null);
  }
  async function revenir() {
    if (fait?.operation === null || fait === null) return;
    try {
      await appeler('operations.annuler', { operation: fait.operation });
      setRendu(fait.de);
      changer.effacer();
      annoncer('operations.annuler');
      invalider();
      section.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
    } catch (cause) {
      setEchec(enErreur(cause));
    }
  }
  return (
    <section ref={section} className="groupe" aria-label="Règles appliquées">
      <h2 className="groupe-titre">Règles appliquées</h2>
      <div className="millesime">
      {erreur && <Echec erreur={erreur} reessayer={recharger} />}
      {(changer.erreur ?? echec) !== null && <Echec erreur={(changer.erreur ?? echec) as Erreur} fermer={() => { changer.effacer(); setEchec(null); }} />}
      {fait && (
        <Bandeau ton="succes" titre={`Passage au millésime ${fait.vers} fait`} actions={fait.operation === null ? undefined : <Bouton disabled={lectureSeule} onClick={() => void revenir()}>Annuler le passage</Bouton>}>
          {accord(fait.deplaces.length, 'valeur déplacée', 'valeurs déplacées')}, {accord(fait.perdus.length, 'gardée hors de la matrice', 'gardées hors de la matrice')}.
        </Bandeau>
      )}
      {rendu !== null && <p role="status" className="doux">Passage annulé : le dossier relève de nouveau du millésime {rendu}, et ses valeurs sont celles d’avant.</p>}
      {actuel && (
        <p>
          <strong>{actuel.nom}</strong> · {typographie(actuel.libelle)} <span className="doux">({typographie(actuel.texte)}, en vigueur depuis le {date(actuel.enVigueurDepuis)})</span>
        </p>
      )}
      {donnees && autres.length === 0 && <p className="doux petit">Cette version de l’application ne connaît pas d’autres règles.</p>}
      {autres.length > 0 && (
        <div className="millesime-choix">
          <label className="doux" htmlFor="millesime-vers">Comparer à</label>
          <Choix id="millesime-vers" nom="Comparer à d’autres règles" valeur={vers} inactif={lectureSeule} options={autres.map((m) => ({ valeur: m.nom, libelle: `${m.nom} · ${m.libelle}` }))} surChoix={setVers} />
        </div>
      )}
      {vers !== null && <Passage vers={vers} lectureSeule={lectureSeule} occupe={changer.enCours} passer={() => void passer()} />}
      </div>
    </section>
  );
}

/** Un indicateur par son code et son intitulé. */
const indicateur = (millesime: string, code: string): string => [code, findIndicateur(findMillesime(millesime), code)?.court].filter(Boolean).join(', ');

function Passage({ vers, lectureSeule, occupe, passer }: { vers: string; lectureSeule: boolean; occupe: boolean; passer: () => void }) {
  const { donnees: p, erreur, recharger } = useRequete('millesime.comparer', { vers });
  if (erreur) return <Echec erreur={erreur} reessayer={recharger} />;
  if (!p) return <Squelette lignes={4} nom="Comparaison des règles" />;
  const nom = (champ: string): string => p.noms[champ] ?? champ;
  const liste = (titre: string, lignes: readonly string[]) =>
    lignes.length > 0 && (
      <details className="millesime-liste">
        <summary>{titre} ({lignes.length})</summary>
        <ul className="defile">
          {lignes.slice(0, MONTREES).map((l) => <li key={l}>{typographie(l)}</li>)}
          {lignes.length > MONTREES && <li className="doux">et {lignes.length - MONTREES} autres, que « cus millesime » écrit toutes.</li>}
        </ul>
      </details>
    );
  return (
    <div className="millesime-passage">
      {p.signature !== '' && <p>{typographie(p.signature)}</p>}
      {liste('Indicateurs ajoutés', p.indicateurs.ajoutes.map((c) => indicateur(p.vers, c)))}
      {liste('Indicateurs retirés', p.indicateurs.retires.map((c) => indicateur(p.de, c)))}
      {liste('Indicateurs renommés', p.indicateurs.renommes.map((r) => `${r.de} devient ${r.vers}`))}
      {liste('Libellés changés', p.indicateurs.libelles.map((c) => `${c} : ${findIndicateur(findMillesime(p.vers), c)?.libelle ?? ''}`))}
      {liste('Valeurs gardées', p.gardes.map(nom))}
      {liste('Valeurs déplacées', p.deplaces.map((d) => `${nom(d.de)} devient ${nom(d.vers)}`))}
      {liste('Valeurs que ces règles ne demandent plus, gardées dans le dossier', p.perdus.map((d) => `${nom(d.champ)} : ${d.raison}`))}
      <Bouton disabled={lectureSeule} occupe={occupe} onClick={passer}>Passer au millésime {vers}</Bouton>
    </div>
  );
}
