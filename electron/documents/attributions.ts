import { bornesPourcent, lirePart } from '../../shared/domain/attributions/part.ts';
import { formatDate } from '../../shared/domain/nombres/format.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import type { Cellule, Colonne, Feuille } from './classeur.ts';

type Etat = NonNullable<DonneesPaquet['attributions']>[number];

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const pourcent = (titre: string): Colonne => ({ titre, largeur: 10, format: 'pourcent' });
const entier = (titre: string, largeur = 14): Colonne => ({ titre, largeur, format: 'entier' });

const MAILLES: Readonly<Record<Etat['par'], string>> = { organisme: 'Organisme', region: 'Région', departement: 'Département', epci: 'EPCI ou EPT', commune: 'Commune' };

export function libellePeriode(periode: string, reference: readonly number[]): string {
  if (periode === 'toutes') return 'Toutes les années importées';
  return periode === 'reference' ? `Référence (${reference.join(', ')})` : periode;
}

function lignesDe(e: Etat): Cellule[][] {
  return e.lignes.flatMap((l) => {
    const tete = [MAILLES[e.par], l.territoire, l.nom, libellePeriode(l.periode, e.reference)];
    return [
      [...tete, 'Attributions', l.attributions, '', null, null, null, null, null, null, null, null],
      ...e.mesures.flatMap((m): Cellule[][] => {
        const c = l.mesures[m.code];
        if (c === undefined || c.base + c.baseInconnue === 0) return [];
        // Rien de connu : ni zéro, ni part.
        const { genre } = lirePart(c);
        const inconnue = genre === 'inconnue';
        const exacte = m.somme || c.base === 0 || c.inconnu + c.baseInconnue > 0 ? null : Math.round((10_000 * c.nombre) / c.base) / 100;
        const bornes = m.somme || exacte !== null ? null : bornesPourcent(c);
        // Une somme où il manque des valeurs vaut au moins ce qui est connu.
        const auMoins: Cellule = m.somme ? (genre === 'bornee' ? { v: c.nombre, format: 'entier' } : null) : (bornes?.min ?? null);
        return [[...tete, m.libelle, inconnue ? null : c.nombre, m.sur, c.base, exacte, auMoins, bornes?.max ?? null, c.inconnu, c.baseInconnue, m.somme ? null : c.baseInconnueOui, m.somme ? null : c.baseInconnueNon]];
      }),
    ];
  });
}

function methode(e: Etat): Feuille {
  return {
    nom: 'Attributions, méthode',
    figerEntete: false,
    colonnes: [texte('Ce que disent les lignes', 140)],
    lignes: [
      ...e.annees.map((a): Cellule[] => [`${a.annee} : ${a.attributions} attributions, « ${a.fichier} », importé le ${formatDate(a.importeLe.slice(0, 10))}`]),
      ['Une valeur absente reste inconnue : elle n’est jamais comptée comme un « non ». Champs et écritures du tableau sont de l’application, aucun texte lu n’en fixe le format.'],
      ['Sans valeur : attributions de la base dont la valeur n’est pas connue, comptées au seul dénominateur. Base inconnue : attributions dont rien ne dit si elles sont de la base, hors du compte ; dont comptées, dont non comptées : celles qui, si elles en étaient, compteraient au nombre, ou n’y compteraient pas. Part : quand tout est connu ; sinon ce qu’elle vaut au moins et au plus, suivant ce que l’inconnu cache. D’une somme (des refus), « Au moins » est un nombre : ce qui est connu, quand il en manque. Nombre vide : aucune valeur connue.'],
      [e.reserve],
      ...e.mesures.map((m): Cellule[] => [`${m.libelle} : ${m.formule}`]),
      ...e.seuils.map((s): Cellule[] => [`${s.libelle} (${s.article}) : ${s.texte} ${s.incertitude}`]),
      ...e.seuils.flatMap((s) => s.territoires.flatMap((t): Cellule[][] => (t.objectif === null ? [] : [[`${s.libelle}, ${t.nom} : objectif de ${t.objectif.saisie}${t.objectif.source === '' ? ', source non dite' : ` (${t.objectif.source})`}`]]))),
    ],
  };
}

/** Les attributions importées, une ligne par territoire, période et mesure ; rien quand aucune ne l'a été. */
export function feuillesAttributions({ attributions: etats }: DonneesPaquet): Feuille[] {
  const [premier] = etats ?? [];
  if (etats === undefined || premier === undefined) return [];
  return [
    {
      nom: 'Attributions',
      figerEntete: true,
      colonnes: [
        texte('Maille', 14), texte('Code', 18), texte('Territoire', 36), texte('Période', 28), texte('Mesure', 44), entier('Nombre'), texte('Sur', 44), entier('Base'), pourcent('Part'), pourcent('Au moins'), pourcent('Au plus'), entier('Sans valeur'),
        entier('Base inconnue'), entier('Dont comptées', 14), entier('Dont non comptées', 18),
      ],
      lignes: etats.flatMap(lignesDe),
    },
    methode(premier),
  ];
}
