import { extname, resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { CODES } from '../../shared/domain/rpls/codes.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import type { Classeur, Colonne } from '../documents/classeur.ts';
import { csvLine } from '../documents/csv.ts';
import type { Base } from '../store/base.ts';
import { listDecides, listEnsembles } from '../store/ensembles.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { handlers as decisions } from './ensembles-decisions.ts';
import { handlers as regle } from './ensembles-regle.ts';
import { readFiche } from './ensembles-fiche.ts';
import { writeFichier } from './fichiers.ts';

type Ensembles = Sortie<'ensembles.lister'>['ensembles'];

/** Les ensembles immobiliers du parc (R445-3) : adresse, logements, financements, QPV « n sur N » ; `seul` : le code d’un seul d’entre eux. */
export function readEnsembles(base: Base, seul: string | null = null): Ensembles {
  return listEnsembles(base, seul).map(({ code, nom, adresse, commune, logements, financements, qpv, qpvInconnu }) => ({
    id: code, nom, adresse, commune, nomCommune: findCommune(commune)?.nom ?? commune, logements, financements, qpv, qpvInconnu,
  }));
}

const COLONNES: Colonne[] = [
  { titre: 'id', largeur: 18, format: 'texte' },
  { titre: 'nom', largeur: 32, format: 'texte' },
  { titre: 'adresse', largeur: 40, format: 'texte' },
  { titre: 'commune', largeur: 10, format: 'texte' },
  { titre: 'nom_commune', largeur: 24, format: 'texte' },
  { titre: 'logements', largeur: 11, format: 'entier' },
  { titre: 'financements', largeur: 40, format: 'texte' },
  { titre: 'qpv', largeur: 14, format: 'texte' },
  { titre: 'logements_en_qpv', largeur: 12, format: 'entier' },
  { titre: 'qpv_inconnu', largeur: 12, format: 'entier' },
];

/** « PLUS : 12, PLA ordinaire : 3 », du plus nombreux au moins nombreux. */
function financementsEnTexte(financements: Record<string, number>): string {
  const libelles: Readonly<Record<string, string>> = CODES.FINAN;
  return Object.entries(financements)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([code, n]) => `${libelles[code] ?? code} : ${n}`)
    .join(', ');
}

const ligne = (e: Ensembles[number]): (string | number)[] => [
  e.id, e.nom, e.adresse, e.commune, e.nomCommune, e.logements, financementsEnTexte(e.financements), `${e.qpv} sur ${e.logements}`, e.qpv, e.qpvInconnu,
];

async function exporter(contexte: Contexte, destination: string): Promise<Sortie<'ensembles.exporter'>> {
  const chemin = resolve(destination);
  const lignes = readEnsembles(contexte.dossier().base).map(ligne);
  switch (extname(chemin).toLowerCase()) {
    case '.csv':
      await writeFichier(contexte, chemin, `\ufeff${csvLine(COLONNES.map((c) => c.titre))}${lignes.map(csvLine).join('')}`);
      break;
    case '.xlsx': {
      const { writeXlsx } = await import('../documents/xlsx.ts');
      const classeur: Classeur = {
        titre: 'Ensembles immobiliers', auteur: 'Atelier CUS', date: contexte.maintenant().toISOString(),
        feuilles: [{ nom: 'Ensembles', colonnes: COLONNES, lignes, figerEntete: true }],
      };
      await writeFichier(contexte, chemin, await writeXlsx(classeur));
      break;
    }
    default:
      throw invalide('format-inconnu', `« ${destination} » ne finit ni par .csv ni par .xlsx.`, 'Donner un nom de fichier en .csv ou en .xlsx.');
  }
  return { chemin, lignes: lignes.length };
}

export const handlers = {
  'ensembles.lister': (contexte) => {
    const { base } = contexte.dossier();
    const { noms, compositions } = listDecides(base);
    return { ensembles: readEnsembles(base), nomsDecides: noms, compositionsDecidees: compositions };
  },
  'ensembles.fiche': (contexte, { id }) => readFiche(contexte, id),
  'ensembles.exporter': (contexte, { destination }) => exporter(contexte, destination),
  ...decisions,
  ...regle,
} satisfies Partial<Handlers>;
