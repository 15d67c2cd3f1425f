import { invalide } from '../../shared/erreurs.ts';
import { AVIS, NATURES } from '../../shared/domain/observations/libelles.ts';
import type { DonneesPaquet, DonneesRetour } from '../../shared/paquet/donnees.ts';
import { COLONNES_OBSERVATIONS, FEUILLE_AVIS, FEUILLE_OBSERVATIONS, LIGNES_AVIS as L, controle, refusRemarque } from './avis-forme.ts';
import { type ChampObservable, champsObservables } from './champs.ts';
import { type Case, type Cellule, type Classeur, type Feuille, TEXTE_MAX, isDate } from './classeur.ts';
import { formatInstant } from './format.ts';
import { writeXlsx } from './xlsx.ts';

type Observation = DonneesRetour['observations'][number];
type Remplissage = Pick<DonneesRetour, 'avis' | 'auteur' | 'date' | 'observations'>;

/** avis.xlsx vierge : le formulaire que l'instructeur remplit avec n'importe quel tableur. */
export function buildAvis(donnees: DonneesPaquet, empreinte: string): Promise<Uint8Array> {
  return writeXlsx(formulaire(donnees, empreinte, null));
}

/**
 * Le même formulaire, rempli d'après un Retour. Plusieurs remarques sur un champ y ont chacune leur
 * ligne. Erreurs : `retour-autre-depot`, `champ-inconnu`, `remarque-refusee`.
 */
export async function writeRetourXlsx(retour: DonneesRetour, donnees: DonneesPaquet): Promise<Uint8Array> {
  if (retour.siren !== donnees.organisme.siren || retour.version !== donnees.version)
    throw invalide(
      'retour-autre-depot',
      `Le Retour porte sur le dépôt v${retour.version} de l’organisme « ${retour.nomOrganisme} », le paquet est le dépôt v${donnees.version} de l’organisme « ${donnees.organisme.nom} ».`,
      'Choisir le paquet auquel ces remarques répondent.',
    );
  const connus = new Set(champsObservables(donnees).map((c) => c.champ));
  const inconnue = retour.observations.find((o) => !connus.has(o.champ));
  if (inconnue)
    throw invalide(
      'champ-inconnu',
      `La remarque de la ligne ${inconnue.ligne} porte sur « ${inconnue.champ} », un champ absent du dépôt.`,
      'Corriger le nom du champ ; les noms admis sont dans la colonne « champ » d’avis.xlsx.',
    );
  for (const o of retour.observations) {
    const raison = o.texte.length > TEXTE_MAX ? 'Le texte dépasse 32 767 caractères, la limite d’un tableur.' : refusRemarque(o);
    if (raison !== null)
      throw invalide('remarque-refusee', `La remarque de la ligne ${o.ligne} ne peut pas être écrite. ${raison}`, 'Corriger cette remarque, puis recommencer.');
  }
  return await writeXlsx(formulaire(donnees, retour.empreinte, retour));
}

type Ligne = { champ: ChampObservable; observation: Observation | null };

function formulaire(donnees: DonneesPaquet, empreinte: string, rempli: Remplissage | null): Classeur {
  const parChamp = new Map<string, Observation[]>();
  for (const o of rempli?.observations ?? []) parChamp.set(o.champ, [...(parChamp.get(o.champ) ?? []), o]);
  const lignes = champsObservables(donnees).flatMap((champ): Ligne[] => {
    const remarques = parChamp.get(champ.champ) ?? [];
    return remarques.length > 0 ? remarques.map((observation) => ({ champ, observation })) : [{ champ, observation: null }];
  });
  return {
    titre: `Avis, ${donnees.organisme.nom}, ${donnees.periode}, v${donnees.version}`,
    auteur: donnees.organisme.nom,
    date: donnees.date,
    feuilles: [feuilleAvis(donnees, empreinte, lignes.length, rempli), feuilleObservations(lignes, empreinte)],
  };
}

function feuilleAvis(donnees: DonneesPaquet, empreinte: string, nombre: number, rempli: Remplissage | null): Feuille {
  const { siren, nom } = donnees.organisme;
  const ligne = (libelle: string, valeur: Cellule): Cellule[] => [{ v: libelle, aspect: 'libelle' }, valeur];
  const saisie = (v: string | null): Case =>
    v !== null && isDate(v) ? { v, format: 'date', aspect: 'saisie' } : { v: v === '' ? null : v, format: 'texte', aspect: 'saisie' };
  const lignes: Cellule[][] = [
    [{ v: 'Avis sur la convention d’utilité sociale', aspect: 'titre' }],
    [{ v: `Dépôt du ${formatInstant(donnees.date)}, période ${donnees.periode}.`, aspect: 'note' }],
    [],
    ligne(L.siren, siren),
    ligne(L.organisme, nom),
    ligne(L.version, String(donnees.version)),
    ligne(L.empreinte, empreinte),
    ligne(L.lignes, String(nombre)),
    ligne(L.controle, controle(siren, donnees.version, empreinte, nombre)),
    [],
    ligne(L.avis, saisie(rempli?.avis ? AVIS[rempli.avis] : null)),
    ligne(L.auteur, saisie(rempli?.auteur ?? null)),
    ligne(L.date, saisie(rempli?.date ?? null)),
    [],
    [{ v: 'Remplir les trois cases vertes ci-dessus, puis la feuille « Observations ».', aspect: 'note' }],
    [{ v: 'Les lignes ne se déplacent pas et les identifiants ne se modifient pas : une ligne déplacée est signalée et n’est pas lue.', aspect: 'note' }],
    [{ v: 'Enregistrer au format XLSX et renvoyer ce fichier à l’organisme.', aspect: 'note' }],
  ];
  const rang = lignes.findIndex((l) => (l[0] as Case | undefined)?.v === L.avis);
  return {
    nom: FEUILLE_AVIS,
    sansEntete: true,
    figerEntete: false,
    protege: true,
    colonnes: [{ titre: '', largeur: 24, format: 'texte' }, { titre: '', largeur: 72, format: 'texte' }],
    listes: [{ colonne: 1, valeurs: Object.values(AVIS), lignes: [rang, rang] }],
    lignes,
  };
}

const LARGEURS = [6, 46, 16, 68, 36, 16, 60, 20, 12];

function feuilleObservations(lignes: Ligne[], empreinte: string): Feuille {
  const saisie = (v: string | null): Case => ({ v: v === '' ? null : v, format: 'texte', aspect: 'saisie' });
  return {
    nom: FEUILLE_OBSERVATIONS,
    figerEntete: true,
    protege: true,
    colonnes: COLONNES_OBSERVATIONS.map((titre, i) => ({ titre, largeur: LARGEURS[i] ?? 12, format: titre === 'N°' ? 'entier' : 'texte' })),
    cachees: [COLONNES_OBSERVATIONS.indexOf('Contrôle')],
    listes: [{ colonne: COLONNES_OBSERVATIONS.indexOf('Nature'), valeurs: Object.values(NATURES) }],
    lignes: lignes.map(({ champ, observation: o }, i) => [
      i + 1, champ.champ, champ.groupe, champ.libelle, champ.valeur,
      saisie(o === null ? null : NATURES[o.nature]), saisie(o?.texte ?? null), saisie(o?.valeurProposee ?? null),
      controle(empreinte, i + 1, champ.champ),
    ]),
  };
}

export { readAvis } from './avis-lecture.ts';
export type { AvisLu, LigneRefusee } from './avis-lecture.ts';
