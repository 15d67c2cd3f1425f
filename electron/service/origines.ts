import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { parseDate } from '../../shared/domain/calendrier/dates.ts';
import { parseSiren, refusSiren } from '../../shared/domain/organisme/siren.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import type { QuiQuand } from '../store/champs.ts';
import { closeOperation, openOperation } from '../store/operations.ts';
import { countByOrigine, deleteOrigine, findOrigine, isOrigineImportee, listOrigines, writeOrigine } from '../store/origines.ts';
import type { ComptesOrigine } from '../store/origines.ts';
import type { Contexte, Handlers } from './contexte.ts';

type Origines = Sortie<'origines.lister'>['origines'];

const RIEN = { annee: null, fichier: null, importeLe: null, logements: 0, sortis: 0 };

/** Ce que chaque bailleur apporte au dossier : écran, terminal, documents et paquet le prennent ici. */
export function readOrigines(base: Base): Origines {
  const comptes = new Map(countByOrigine(base).map((c) => [c.origine, c]));
  const apport = (c: ComptesOrigine | undefined): typeof RIEN | Omit<ComptesOrigine, 'origine'> => {
    if (c === undefined) return RIEN;
    const { origine: _, ...reste } = c;
    return reste;
  };
  return [
    {
      siren: readChamp(base, 'organisme/siren') ?? '', nom: readChamp(base, 'organisme/nom') ?? '', operation: null, date: null,
      ...apport(comptes.get(null)), retirable: false,
    },
    ...listOrigines(base).map(({ id, ...o }) => ({ ...o, ...apport(comptes.get(id)), retirable: !isOrigineImportee(base, id) })),
  ];
}

/** Une opération en bloc, annulable : refaire un import suppose que son origine soit encore là. */
function conduct(base: Base, nature: string, libelle: string, par: QuiQuand, faire: () => void): void {
  base
    .transaction(() => {
      openOperation(base, nature, libelle, par);
      faire();
      closeOperation(base);
    })
    .immediate();
}

function definir(contexte: Contexte, entree: EntreeLue<'origines.definir'>): Sortie<'origines.definir'> {
  const { base } = contexte.dossierEcriture();
  const siren = parseSiren(entree.siren);
  if (siren === null) throw invalide('siren-invalide', `Le SIREN « ${entree.siren} » n’est pas valide : ${refusSiren(entree.siren)}.`, 'Vérifier le numéro ; rien n’a été changé.');
  if (siren === readChamp(base, 'organisme/siren')) {
    throw invalide('origine-organisme', `${siren} est le SIREN de l’organisme du dossier lui-même.`, 'Donner celui du bailleur repris ou fusionné ; rien n’a été changé.');
  }
  const nom = entree.nom.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (nom === '') throw invalide('nom-vide', 'Le nom de l’organisme repris est vide.', 'Donner son nom ; rien n’a été changé.');
  const saisie = entree.date?.trim() ?? '';
  const date = saisie === '' ? null : parseDate(saisie);
  if (saisie !== '' && date === null) throw invalide('date-invalide', `« ${saisie} » n’est pas une date.`, 'L’écrire par exemple 2025-12-31 ou 31/12/2025, ou la laisser vide ; rien n’a été changé.');
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  const connue = findOrigine(base, siren);
  if (connue?.nom === nom && connue.operation === entree.operation && connue.date === date) return { siren, enregistreA: par.quand };
  conduct(base, 'origines.definir', connue !== null ? `Organisme repris « ${nom} » modifié` : `Organisme repris « ${nom} » déclaré`, par, () => writeOrigine(base, { siren, nom, operation: entree.operation, date }, par));
  return { siren, enregistreA: par.quand };
}

function retirer(contexte: Contexte, saisie: string): Sortie<'origines.retirer'> {
  const { base } = contexte.dossierEcriture();
  const origine = findOrigine(base, parseSiren(saisie) ?? saisie);
  if (origine === null) throw invalide('origine-inconnue', `« ${saisie} » n’est pas un organisme repris de ce dossier.`, 'Choisir un organisme de la liste ; rien n’a été changé.');
  if (isOrigineImportee(base, origine.id)) {
    throw refus('origine-importee', `Des logements de « ${origine.nom} » sont dans le dossier.`, 'Annuler d’abord leur import ; rien n’a été changé.');
  }
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  conduct(base, 'origines.retirer', `Organisme repris « ${origine.nom} » retiré`, par, () => deleteOrigine(base, origine, par));
  return { siren: origine.siren, enregistreA: par.quand };
}

export const handlers = {
  'origines.lister': (contexte) => ({ origines: readOrigines(contexte.dossier().base) }),
  'origines.definir': definir,
  'origines.retirer': (contexte, { siren }) => retirer(contexte, siren),
} satisfies Partial<Handlers>;
