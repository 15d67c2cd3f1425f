import { formatEntier } from '../../../shared/domain/nombres/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

const DEFAUT = 50;

export const verbe: Verbe = {
  nom: 'journal',
  resume: 'montre tout ce qui a été changé, par qui et quand, et vérifie que rien n’en a été retouché',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    cherche: { type: 'texte', valeur: 'TEXTE', aide: 'seulement les lignes qui le contiennent (champ, personne, valeur)' },
    nombre: { type: 'texte', valeur: 'N', aide: `les N plus récentes ; ${DEFAUT} par défaut, 500 au plus` },
    exporter: { type: 'texte', valeur: 'FICHIER.csv', aide: 'écrit tout le journal' },
  },
  exemples: ['journal convention.cus', 'journal convention.cus --cherche engagement/PS-2 --json', 'journal convention.cus --exporter journal.csv'],
  notes: 'Sortie 1 quand une ligne du journal n’est plus celle qui fut écrite.',
  async run(appel) {
    const nombre = Number(appel.texte('nombre') ?? DEFAUT);
    if (!Number.isInteger(nombre) || nombre < 1 || nombre > 500) throw invalide('usage', '« --nombre » se donne de 1 à 500.', 'Donner par exemple --nombre 100.');
    const cherche = appel.texte('cherche');
    const destination = appel.fichier('exporter');
    await openDossierDe(appel);
    const { lignes: ecrites, rupture } = await appel.appeler('journal.verifier', {});
    const { total, lignes } = await appel.appeler('journal.lire', { decalage: 0, nombre, ...(cherche === undefined ? {} : { cherche }) });
    const export_ = destination === undefined ? null : await appel.appeler('journal.exporter', { destination });
    return {
      json: { total, lignes, verifiees: ecrites, rupture, ...(export_ === null ? {} : { export: export_.chemin }) },
      sortie: rupture === null ? 0 : 1,
      texte: [
        tableau(
          [
            { titre: 'Quand', valeur: (l) => l.quand },
            { titre: 'Qui', valeur: (l) => l.qui },
            { titre: 'Quoi', valeur: (l) => l.libelle },
            { titre: 'Avant', valeur: (l) => l.avant ?? '' },
            { titre: 'Après', valeur: (l) => l.apres ?? '' },
          ],
          lignes,
        ),
        total > lignes.length ? `${formatEntier(lignes.length)} lignes sur ${formatEntier(total)}, les plus récentes.` : '',
        rupture === null
          ? `Chaîne vérifiée : les ${formatEntier(ecrites)} lignes sont celles qui ont été écrites.`
          : `La chaîne se rompt le ${rupture.quand}, à « ${rupture.libelle} » : cette ligne n’est plus celle qui fut écrite.`,
        export_ === null ? '' : `Journal écrit : ${export_.chemin}`,
      ].filter((t) => t !== '').join('\n'),
    };
  },
};
