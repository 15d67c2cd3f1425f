import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { parseChamp } from '../../shared/domain/engagements/champ.ts';
import { computePassage, computePassageChamps } from '../../shared/domain/engagements/changement.ts';
import { findChamp, findMillesime, millesimes } from '../../shared/millesimes/index.ts';
import type { Millesime } from '../../shared/millesimes/types.ts';
import type { Base } from '../store/base.ts';
import { readChamp, readChamps, writeChamp } from '../store/champs.ts';
import { readCible, readCibles, readReferences, writeCible, writeCommentaire, writeReference } from '../store/engagements.ts';
import type { EcritureCible } from '../store/engagements.ts';
import { changeCibles, labelCible } from './cibles.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { CHAMP_MILLESIME, millesimeDe } from './millesime.ts';

// Les gardés se comptent par milliers, et l'écran n'en montre que le début.
const GARDES_NOMMES = 200;

type Passage = Sortie<'millesime.comparer'>;

function comparer(base: Base, vers: string): Passage {
  const de = millesimeDe(base);
  const cible = findMillesime(vers);
  const champs = [...readCibles(base).keys(), ...readReferences(base).keys()];
  const passage = computePassage(de, cible, readChamp(base, 'calendrier/date-effet'), champs);
  const pris = passage.deplaces.filter((d) => champs.includes(d.vers));
  if (pris.length > 0) {
    throw invalide('passage-impossible', `Une valeur existe déjà à la place où « ${pris[0]?.de ?? ''} » irait (${pris[0]?.vers ?? ''}).`, 'Effacer l’une des deux ; rien n’a été changé.');
  }
  const simples = [...readChamps(base)].flatMap(([nom, valeur]) => (valeur === '' ? [] : [nom]));
  const autres = computePassageChamps(de, cible, simples);
  const memeSignataire = de.etat.signataire === cible.etat.signataire && de.etat.destinataire === cible.etat.destinataire;
  const deplaces = [...passage.deplaces, ...autres.deplaces];
  const perdus = [...passage.perdus, ...autres.perdus];
  const organisme = readChamp(base, 'organisme/nom');
  const dire = (m: Millesime, champ: string): [string, string] => [champ, findChamp(m, champ)?.libelle ?? labelCible(m, champ, organisme)];
  return {
    de: de.nom, vers: cible.nom, ...passage, deplaces, perdus,
    noms: Object.fromEntries([
      ...[...passage.gardes.slice(0, GARDES_NOMMES), ...deplaces.map((d) => d.de), ...perdus.map((d) => d.champ)].map((champ) => dire(de, champ)),
      ...deplaces.map((d) => dire(cible, d.vers)),
    ]),
    signature: memeSignataire ? '' : `Signataire : ${cible.etat.signataire} (avant : ${de.etat.signataire}) ; projet adressé au ${cible.etat.destinataire} (${cible.etat.article}).`,
  };
}

function changer(contexte: Contexte, vers: string): Sortie<'millesime.changer'> {
  const { base } = contexte.dossierEcriture();
  const par = { qui: contexte.utilisateur, quand: contexte.maintenant().toISOString() };
  const { valeur, operation } = changeCibles(base, 'millesime.changer', `Passage au millésime ${vers}`, par, (e) => {
    const passage = comparer(base, vers);
    if (passage.de !== passage.vers) e.operation?.();
    for (const d of passage.deplaces) deplacer(base, d.de, d.vers, e);
    writeChamp(base, CHAMP_MILLESIME, passage.vers, par);
    return passage;
  });
  return { ...valeur, operation, enregistreA: par.quand };
}

/** Une valeur change de nom avec ce qui l'accompagne ; le journal garde les deux moitiés du déplacement. */
function deplacer(base: Base, de: string, vers: string, par: EcritureCible): void {
  const [ancien, nouveau] = [parseChamp(de), parseChamp(vers)];
  if (ancien === null && nouveau === null) {
    const auteur = { qui: par.qui, quand: par.quand };
    writeChamp(base, vers, readChamp(base, de) ?? '', auteur);
    writeChamp(base, de, '', auteur);
    return;
  }
  if (ancien === null || nouveau === null) return;
  if (ancien.genre === 'reference' || nouveau.genre === 'reference') {
    const saisie = readReferences(base).get(de) ?? '';
    if (nouveau.genre === 'reference') writeReference(base, { ...nouveau, champ: vers }, saisie, par);
    if (ancien.genre === 'reference') writeReference(base, { ...ancien, champ: de }, '', par);
    return;
  }
  const gardee = readCible(base, de);
  if (gardee === null) return;
  const { saisie, valeur, pourcentage, numerateur, denominateur } = gardee;
  writeCible(base, { ...nouveau, champ: vers }, saisie === '' ? null : { saisie, valeur, pourcentage, numerateur, denominateur }, par);
  writeCommentaire(base, { ...nouveau, champ: vers }, gardee.commentaire ?? '', par);
  writeCommentaire(base, { ...ancien, champ: de }, '', par);
  writeCible(base, { ...ancien, champ: de }, null, par);
}

export const handlers = {
  'millesime.lister': (contexte) => ({
    actuel: millesimeDe(contexte.dossier().base).nom,
    millesimes: millesimes.map(({ nom, libelle, texte, enVigueurDepuis }) => ({ nom, libelle, texte, enVigueurDepuis })),
  }),
  'millesime.comparer': (contexte, { vers }) => comparer(contexte.dossier().base, vers),
  'millesime.changer': (contexte, { vers }) => changer(contexte, vers),
} satisfies Partial<Handlers>;
