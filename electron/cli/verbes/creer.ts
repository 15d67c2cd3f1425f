import { Nature } from '../../../shared/contract.ts';
import { optionObligatoire } from '../arguments.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'creer',
  resume: 'crée un dossier : une convention à préparer, dans un fichier .cus',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus à créer' }],
  options: {
    siren: { type: 'texte', valeur: 'N', aide: 'SIREN de l’organisme, neuf chiffres (obligatoire)' },
    nom: { type: 'texte', valeur: 'NOM', aide: 'nom de l’organisme (obligatoire)' },
    nature: { type: 'texte', valeur: 'NATURE', aide: 'nature de l’organisme', choix: Nature.options },
    effet: { type: 'texte', valeur: 'DATE', aide: 'date d’effet de la convention, par exemple 2026-01-01' },
    millesime: { type: 'texte', valeur: 'ANNEE', aide: 'millésime des règles ; par défaut le plus récent' },
  },
  exemples: ['creer convention.cus --siren 782824114 --nom "Habitat du Littoral" --nature OPH --effet 2026-01-01'],
  notes: 'Un fichier qui existe n’est jamais remplacé.',
  async run(appel) {
    const chemin = appel.chemin(appel.argument(0));
    const effet = appel.texte('effet');
    const annee = appel.texte('millesime');
    const nature = Nature.optional().parse(appel.texte('nature'));
    const { organisme, millesime } = await appel.appeler('dossier.creer', {
      chemin,
      siren: required(appel.texte('siren'), 'siren'),
      nom: required(appel.texte('nom'), 'nom'),
      ...(nature === undefined ? {} : { nature }),
      ...(effet === undefined ? {} : { effet }),
      ...(annee === undefined ? {} : { millesime: annee }),
    });
    return {
      json: { dossier: chemin, organisme, millesime },
      texte: `Dossier créé : ${chemin}\n${organisme.nom} (SIREN ${organisme.siren}), millésime ${millesime}.`,
    };
  },
};

function required(valeur: string | undefined, option: string): string {
  if (valeur === undefined) throw optionObligatoire('creer', option);
  return valeur;
}
