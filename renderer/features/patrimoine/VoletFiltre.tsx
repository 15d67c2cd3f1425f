import { ArrowDown, ArrowUp, EyeOff, Group } from 'lucide-react';
import { use, useEffect, useId, useState, type FormEvent } from 'react';
import type { Filtres } from '../../app/session.ts';
import { useRequete } from '../../app/requetes.ts';
import { FermerVolet } from '../../grille/colonnes.ts';
import { Bouton, Coche, Recherche, Saisie, Segments } from '../../ui/index.ts';
import { nombre } from '../../ui/format.ts';
import { aIntervalle, ecrireBorne, exempleBorne, lireBorne } from './bornes.ts';
import { intitule, type Colonne } from './cases.tsx';
import { colonneFiltree, filtreDe, poserFiltreColonne, type Filtre, type Mode } from './filtres.ts';

type Pose = (filtre: Omit<Filtre, 'colonne'> | null) => void;

export type ActionsColonne = { trier: (sens: 'asc' | 'desc') => void; grouper: (() => void) | null; masquer: (() => void) | null };

const MOTS: Record<Mode, string> = { valeurs: 'Valeurs', contient: 'Contient', intervalle: 'Entre', vide: 'Vide ?' };

/** Le menu d'une colonne : trier, grouper, masquer, et la filtrer par valeurs, texte, intervalle ou absence. */
export function VoletColonne({ colonne, filtres, actions }: { colonne: Colonne; filtres: Filtres; actions: ActionsColonne }) {
  const fermer = use(FermerVolet);
  const modes: Mode[] = [...(aIntervalle(colonne) ? (['intervalle', 'valeurs'] as const) : (['valeurs'] as const)), ...(colonne.type === 'texte' ? (['contient'] as const) : []), 'vide'];
  const pose = (m: Mode): Filtre | undefined => filtreDe(filtres, colonneFiltree(colonne.nom, m));
  const dejaPose = modes.find((m) => {
    const f = pose(m);
    return f !== undefined && modeDe(f) === m;
  });
  const [mode, setMode] = useState<Mode>(dejaPose ?? modes[0] ?? 'valeurs');
  const poser: Pose = (f) => poserFiltreColonne(colonne.nom, mode, f);
  const faire = (action: () => void) => () => {
    action();
    fermer();
  };
  const filtre = pose(mode);
  return (
    <div className="volet-filtre">
      <div className="volet-menu">
        <Bouton variante="texte" icone={ArrowUp} onClick={faire(() => actions.trier('asc'))}>Croissant</Bouton>
        <Bouton variante="texte" icone={ArrowDown} onClick={faire(() => actions.trier('desc'))}>Décroissant</Bouton>
        {actions.grouper && <Bouton variante="texte" icone={Group} onClick={faire(actions.grouper)}>Grouper</Bouton>}
        {actions.masquer && <Bouton variante="texte" icone={EyeOff} onClick={faire(actions.masquer)}>Masquer</Bouton>}
      </div>
      <Segments nom="Filtrer par" valeur={mode} options={modes.map((m) => ({ valeur: m, libelle: MOTS[m] }))} surChoix={setMode} />
      {mode === 'valeurs' && <Valeurs cible={colonneFiltree(colonne.nom, 'valeurs')} filtres={filtres} choisies={filtre?.valeurs ?? []} poser={poser} />}
      {mode === 'contient' && <Contient valeur={filtre?.contient ?? ''} poser={poser} fermer={fermer} />}
      {mode === 'intervalle' && <Intervalle colonne={colonne} filtre={filtre} poser={poser} fermer={fermer} />}
      {mode === 'vide' && <Vide valeur={filtre?.vide} poser={poser} />}
      <div className="volet-actions">
        <Bouton variante="texte" disabled={dejaPose === undefined} onClick={faire(() => poser(null))}>Effacer</Bouton>
        {mode === 'contient' || mode === 'intervalle' ? <span /> : <Bouton onClick={fermer}>Fermer</Bouton>}
      </div>
    </div>
  );
}

function modeDe(f: Filtre): Mode {
  if (f.contient !== undefined) return 'contient';
  if (f.de !== undefined || f.a !== undefined) return 'intervalle';
  return f.vide === undefined ? 'valeurs' : 'vide';
}

const LIMITE = 200;

/** Les valeurs de la colonne sous les autres filtres, avec leur nombre de logements. */
function Valeurs({ cible, filtres, choisies, poser }: { cible: string; filtres: Filtres; choisies: readonly string[]; poser: Pose }) {
  const [tape, setTape] = useState('');
  const [cherche, setCherche] = useState('');
  useEffect(() => {
    const minuterie = setTimeout(() => setCherche(tape), 180);
    return () => clearTimeout(minuterie);
  }, [tape]);
  const { donnees, erreur } = useRequete('logements.valeurs', { colonne: cible, filtres: filtres.filter((f) => f.colonne !== cible), cherche, limite: LIMITE });
  const basculer = (valeur: string, coche: boolean) => {
    const restantes = coche ? [...choisies, valeur] : choisies.filter((v) => v !== valeur);
    poser(restantes.length === 0 ? null : { valeurs: restantes });
  };
  const valeurs = donnees?.valeurs ?? [];
  const cachees = choisies.filter((v) => !valeurs.some((o) => o.valeur === v)).length;
  return (
    <>
      {(tape !== '' || cherche !== '' || (donnees?.distinctes ?? 0) > 12) && <Recherche nom="Chercher une valeur" value={tape} onChange={(e) => setTape(e.target.value)} />}
      <ul className="volet-valeurs defile" aria-busy={donnees === undefined}>
        {valeurs.map((o) => (
          <li key={o.valeur}>
            <Coche coche={choisies.includes(o.valeur)} surChange={(c) => basculer(o.valeur, c)}>
              {o.libelle} <span className="doux">{nombre(o.logements)}</span>
            </Coche>
          </li>
        ))}
      </ul>
      {erreur && <p className="champ-faute">{erreur.message}</p>}
      {donnees && valeurs.length === 0 && <p className="doux">Aucune valeur de ce nom.</p>}
      {donnees && donnees.distinctes > valeurs.length && <p className="doux petit">{nombre(valeurs.length)} montrées sur {nombre(donnees.distinctes)} : chercher pour trouver les autres.</p>}
      {cachees > 0 && <p className="doux petit">{nombre(cachees)} autre{cachees > 1 ? 's' : ''} choisie{cachees > 1 ? 's' : ''}.</p>}
    </>
  );
}

function Contient({ valeur, poser, fermer }: { valeur: string; poser: Pose; fermer: () => void }) {
  const id = useId();
  const [texte, setTexte] = useState(valeur);
  function valider(e: FormEvent) {
    e.preventDefault();
    poser(texte.trim() === '' ? null : { contient: texte.trim() });
    fermer();
  }
  return (
    <form className="volet-filtre" onSubmit={valider}>
      <label htmlFor={id} className="etiquette">Contient, sans égard aux accents</label>
      <Saisie id={id} value={texte} onChange={(e) => setTexte(e.target.value)} autoFocus />
      <Bouton variante="principal" type="submit">Filtrer</Bouton>
    </form>
  );
}

/** Bornes comprises ; une seule suffit. Ce qui ne se lit pas se dit, et ne filtre rien. */
function Intervalle({ colonne, filtre, poser, fermer }: { colonne: Colonne; filtre: Filtre | undefined; poser: Pose; fermer: () => void }) {
  const id = useId();
  const [de, setDe] = useState(filtre?.de === undefined ? '' : ecrireBorne(colonne, filtre.de));
  const [a, setA] = useState(filtre?.a === undefined ? '' : ecrireBorne(colonne, filtre.a));
  const lue = (texte: string) => (texte.trim() === '' ? undefined : lireBorne(colonne, texte));
  const [lueDe, lueA] = [lue(de), lue(a)];
  const faute = lueDe === null || lueA === null;
  function valider(e: FormEvent) {
    e.preventDefault();
    if (faute) return;
    poser(lueDe === undefined && lueA === undefined ? null : { ...(lueDe == null ? {} : { de: lueDe }), ...(lueA == null ? {} : { a: lueA }) });
    fermer();
  }
  const champ = (suffixe: string, libelle: string, valeur: string, changer: (t: string) => void, fautif: boolean, premier: boolean) => (
    <div>
      <label htmlFor={`${id}-${suffixe}`} className="etiquette">{libelle}</label>
      <Saisie id={`${id}-${suffixe}`} value={valeur} onChange={(e) => changer(e.target.value)} fautif={fautif} autoFocus={premier} placeholder={exempleBorne(colonne)} inputMode={colonne.type === 'mois' || colonne.type === 'jour' ? 'text' : 'decimal'} />
    </div>
  );
  return (
    <form className="volet-filtre" onSubmit={valider} aria-label={`Intervalle : ${intitule(colonne)}`}>
      <div className="volet-bornes">
        {champ('de', 'De', de, setDe, lueDe === null, true)}
        {champ('a', 'À', a, setA, lueA === null, false)}
      </div>
      {faute ? <p className="champ-faute">{colonne.type === 'mois' ? 'Écrire un mois comme 07/2021.' : colonne.type === 'jour' ? 'Écrire un jour comme 14/07/2021.' : 'Écrire un nombre.'}</p> : <p className="doux petit">Bornes comprises ; les inconnus n’y sont pas.</p>}
      <Bouton variante="principal" type="submit" disabled={faute}>Filtrer</Bouton>
    </form>
  );
}

function Vide({ valeur, poser }: { valeur: boolean | undefined; poser: Pose }) {
  return (
    <>
      <Coche coche={valeur === true} surChange={(c) => poser(c ? { vide: true } : null)}>Seulement les inconnus</Coche>
      <Coche coche={valeur === false} surChange={(c) => poser(c ? { vide: false } : null)}>Seulement les renseignés</Coche>
    </>
  );
}
