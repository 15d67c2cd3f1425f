import { OperationOrigine } from '../../../shared/contract.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { LIBELLE_OPERATION } from '../../../shared/domain/origines/operations.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { optionObligatoire } from '../arguments.ts';
import { nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

type Origine = Sortie<'origines.lister'>['origines'][number];

export const verbe: Verbe = {
  nom: 'origines',
  resume: 'montre, ajoute ou retire les organismes repris ou fusionnés, dont les logements sont réunis dans le dossier',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    ajouter: { type: 'texte', valeur: 'SIREN', aide: 'ajoute cet organisme, ou change ce qui en est dit' },
    nom: { type: 'texte', valeur: 'NOM', aide: 'son nom (obligatoire avec --ajouter)' },
    operation: { type: 'texte', valeur: 'OPERATION', aide: 'nature de l’opération (obligatoire avec --ajouter)', choix: OperationOrigine.options },
    date: { type: 'texte', valeur: 'DATE', aide: 'date de l’opération, par exemple 2025-12-31' },
    retirer: { type: 'texte', valeur: 'SIREN', aide: 'retire cet organisme, si rien n’en a été importé' },
  },
  exemples: [
    'origines convention.cus',
    'origines convention.cus --ajouter 782824114 --nom "Foyer du Rivage" --operation absorption --date 2025-12-31',
    'importer convention.cus rpls-rivage.csv',
    'importer convention.cus export-rivage.xlsx --origine 782824114',
  ],
  notes: 'Une déclaration RPLS dit elle-même son organisme (SIRET de sa première ligne) ; pour un tableau, « importer » demande --origine.\nHors du dossier, un logement d’un organisme repris s’écrit SIREN:IDENTIFIANT.',
  async run(appel) {
    const ajouter = appel.texte('ajouter');
    const retirer = appel.texte('retirer');
    if (ajouter !== undefined && retirer !== undefined) throw invalide('usage', '« --ajouter » et « --retirer » ne se donnent pas ensemble.', 'Voir « cus origines --aide ».');
    const orpheline = ajouter === undefined ? ['nom', 'operation', 'date'].find((o) => appel.texte(o) !== undefined) : undefined;
    if (orpheline !== undefined) throw invalide('usage', `« --${orpheline} » ne va qu’avec « --ajouter ».`, 'Voir « cus origines --aide ».');
    const definition = ajouter === undefined ? null : readDefinition(appel, ajouter);
    await openDossierDe(appel);
    if (definition !== null) await appel.appeler('origines.definir', definition);
    if (retirer !== undefined) await appel.appeler('origines.retirer', { siren: retirer });
    const { origines } = await appel.appeler('origines.lister', {});
    return { json: { origines }, texte: describe(origines) };
  },
};

function readDefinition(appel: Appel, siren: string) {
  const nom = appel.texte('nom');
  const operation = appel.texte('operation');
  const date = appel.texte('date');
  if (nom === undefined) throw optionObligatoire('origines', 'nom');
  if (operation === undefined) throw optionObligatoire('origines', 'operation');
  return { siren, nom, operation: OperationOrigine.parse(operation), ...(date === undefined ? {} : { date }) };
}

const describe = (origines: readonly Origine[]): string =>
  tableau(
    [
      { titre: 'SIREN', valeur: (o) => o.siren },
      { titre: 'Organisme', valeur: (o) => o.nom },
      { titre: 'Opération', valeur: (o) => (o.operation === null ? 'Organisme du dossier' : LIBELLE_OPERATION[o.operation]) },
      { titre: 'Date', valeur: (o) => (o.date === null ? '' : formatDate(o.date)) },
      { titre: 'Déclaration', valeur: (o) => (o.fichier === null ? 'rien d’importé' : o.annee === null ? 'sans année' : String(o.annee)) },
      { titre: 'Logements', valeur: (o) => nombre(o.logements), droite: true },
      { titre: 'Sortis du parc', valeur: (o) => nombre(o.sortis), droite: true },
    ],
    origines,
  );
