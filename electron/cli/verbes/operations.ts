import type { Entree, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

type Bloc = Sortie<'operations.annuler'>['operation'];

export const verbe: Verbe = {
  nom: 'operations',
  resume: 'liste ce qui a été fait en bloc, l’annule ou le refait',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    annuler: { type: 'texte', valeur: 'ID', aide: 'annule cette opération : la dernière qui ne l’est pas' },
    refaire: { type: 'texte', valeur: 'ID', aide: 'refait cette opération : la dernière annulée, tant que rien d’autre n’a été fait' },
  },
  exemples: ['operations convention.cus', 'operations convention.cus --annuler 12', 'operations convention.cus --refaire 12 --json'],
  async run(appel) {
    const [annuler, refaire] = [appel.texte('annuler'), appel.texte('refaire')];
    if (annuler !== undefined && refaire !== undefined) throw invalide('usage', '« --annuler » et « --refaire » ne vont pas ensemble.', 'Donner l’un ou l’autre.');
    await openDossierDe(appel);
    const faite =
      annuler !== undefined ? await appel.appeler('operations.annuler', numero(annuler))
      : refaire !== undefined ? await appel.appeler('operations.refaire', numero(refaire))
      : null;
    const { operations } = await appel.appeler('operations.lister', {});
    return {
      json: { ...(faite === null ? {} : { operation: faite.operation }), operations },
      texte: faite === null ? lister(operations) : `${annuler === undefined ? 'Refait' : 'Annulé'} : ${faite.operation.libelle}`,
    };
  },
};

function numero(texte: string): Entree<'operations.annuler'> {
  if (!/^\d{1,15}$/u.test(texte)) throw invalide('usage', `« ${texte} » n’est pas le numéro d’une opération.`, 'Voir les numéros avec « cus operations ».');
  return { operation: Number(texte) };
}

function lister(operations: readonly Bloc[]): string {
  if (operations.length === 0) return 'Aucune opération.';
  return tableau(
    [
      { titre: 'Id', valeur: (o) => nombre(o.id), droite: true },
      { titre: 'Quand', valeur: (o) => o.quand },
      { titre: 'Qui', valeur: (o) => o.qui },
      { titre: 'Opération', valeur: (o) => o.libelle },
      { titre: 'État', valeur: (o) => (o.annuleeLe === null ? (o.annulable ? 'annulable' : '') : o.refaisable ? 'annulée, à refaire' : 'annulée') },
    ],
    operations,
  );
}
