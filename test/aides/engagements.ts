import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';

type Engagement = DonneesPaquet['engagements'][number];

const ANNEES = ['2026', '2027', '2028', '2029', '2030', '2031'];
const CUMULS = ['3ans', '6ans'];
const PP1 = ['plai', 'plus', 'pls'].flatMap((f) => [f, `${f}.hors-qpv`, `${f}.hors-ru`]);

/** Libellés de R445-5 et R445-5-1 (2019) ; la forme des cibles suit `decisions.md`. */
const INDICATEURS: { code: string; libelle: string; horizons: string[]; ventilations: string[]; maille: 'dep' | 'epci' | 'organisme'; demande?: true; unite: string }[] = [
  { code: 'PP-1', libelle: 'Nombre de logements locatifs, pour chaque mode de financement (PLAI, PLUS, PLS), donnant lieu à des dossiers de financement agréés par les services de l’État ou par les délégataires, dont part hors QPV et part hors du cadre de la rénovation urbaine', horizons: CUMULS, ventilations: PP1, maille: 'dep', unite: 'logements' },
  { code: 'PP-2', libelle: 'Nombre de logements disposant après rénovation d’une étiquette A à E, parmi le parc de logements de classe énergétique F et G', horizons: ANNEES, ventilations: ['total'], maille: 'dep', unite: 'logements' },
  { code: 'PP-3', libelle: 'Nombre de logements réhabilités, appartenant à une opération de réhabilitation éligible à un prêt CDC, parmi le parc total de logements', horizons: ANNEES, ventilations: ['total'], maille: 'dep', unite: 'logements' },
  { code: 'PP-4', libelle: 'Nombre de logements mis en commercialisation, parmi le parc total de logements', horizons: CUMULS, ventilations: ['total'], maille: 'dep', unite: 'logements' },
  { code: 'PP-5', libelle: 'Nombre de mutations de locataires déjà logés dans le parc de l’organisme ou d’un autre organisme, réalisées vers le parc de l’organisme, parmi le nombre total des attributions', horizons: ANNEES, ventilations: ['total'], maille: 'dep', demande: true, unite: '%' },
  { code: 'PS-1', libelle: 'Nombre d’attributions, suivies de baux signés, réalisées en application des 23e à 26e alinéas de L441-1, parmi le nombre total des attributions hors QPV', horizons: ANNEES, ventilations: ['total'], maille: 'epci', unite: '%' },
  { code: 'PS-2', libelle: 'Nombre d’attributions aux ménages relevant d’une catégorie de personnes prioritaires, dont part hors QPV, parmi le nombre total des attributions', horizons: ANNEES, ventilations: ['total', 'hors-qpv'], maille: 'dep', unite: '%' },
  { code: 'PS-3', libelle: 'Nombre d’attributions aux ménages reconnus prioritaires et devant se voir attribuer un logement en urgence, dont part hors QPV, parmi le nombre total des attributions', horizons: ANNEES, ventilations: ['total', 'hors-qpv'], maille: 'dep', demande: true, unite: '%' },
  { code: 'SR-1', libelle: 'Nombre de logements accessibles aux personnes à mobilité réduite, parmi le parc total de logements', horizons: ANNEES, ventilations: ['total'], maille: 'dep', unite: '%' },
  { code: 'G-1', libelle: 'Coût de gestion par logement, hors dépenses de maintenance et cotisations mentionnées aux articles L452-4, L452-4-1 et L342-21', horizons: ANNEES, ventilations: ['total'], maille: 'organisme', unite: 'euros par logement et par an' },
];

const VENTILATIONS: Record<string, string> = { total: 'Total', 'hors-qpv': 'dont hors QPV' };

function libelleVentilation(ventilation: string): string {
  const [famille = '', part] = ventilation.split('.');
  const nom = VENTILATIONS[ventilation] ?? famille.toUpperCase();
  if (part === undefined) return nom;
  return `${nom}, ${part === 'hors-qpv' ? 'dont hors QPV' : 'dont hors rénovation urbaine'}`;
}

/** Les dix indicateurs sur les territoires du parc ; quelques cases vides, une saisie illisible. */
export function engagementsExemple(etat: DonneesPaquet['etat'], alea: (n: number) => number): Engagement[] {
  const territoires = {
    dep: Object.keys(etat.departements).map((c): [string, string] => [`dep-${c}`, etat.noms[c] ?? c]),
    epci: Object.keys(etat.epci).map((c): [string, string] => [`epci-${c}`, etat.noms[c] ?? c]),
    organisme: [['organisme', 'Habitat du Littoral']] as [string, string][],
  };
  const engagements: Engagement[] = [];
  for (const i of INDICATEURS)
    for (const [territoire, nomTerritoire] of territoires[i.maille])
      for (const ventilation of i.ventilations)
        for (const horizon of i.horizons) {
          const commun = {
            champ: `engagement/${i.code}/${territoire}/${horizon}/${ventilation}`,
            indicateur: i.code, libelle: i.libelle, article: i.demande ? 'R445-5-1' : 'R445-5', surDemande: i.demande === true, unite: i.unite,
            territoire, nomTerritoire, ventilation, libelleVentilation: libelleVentilation(ventilation), horizon,
            obligatoire: !i.demande, reference: horizon === i.horizons[0] ? String(10 + alea(90)) : null,
          };
          engagements.push({ ...commun, ...cible(i.unite, alea, engagements.length) });
        }
  return engagements;
}

type Chiffres = Pick<Engagement, 'saisie' | 'valeur' | 'pourcentage' | 'numerateur' | 'denominateur' | 'commentaire'>;

function cible(unite: string, alea: (n: number) => number, rang: number): Chiffres {
  const vide = { saisie: null, valeur: null, pourcentage: null, numerateur: null, denominateur: null, commentaire: null };
  if (rang % 17 === 16) return vide;
  if (rang === 40) return { ...vide, saisie: 'environ 12', commentaire: '=à préciser avec la DDTM' };
  if (unite === '%') {
    const denominateur = 40 + alea(300);
    const numerateur = alea(denominateur);
    if (rang % 2 === 0) return { ...vide, saisie: `${numerateur}/${denominateur}`, numerateur, denominateur };
    const pourcentage = (1000 + alea(4000)) / 100;
    return { ...vide, saisie: `${String(pourcentage).replace('.', ',')} %`, pourcentage };
  }
  const valeur = unite === 'logements' ? alea(1600) : (90_000 + alea(40_000)) / 100;
  return { ...vide, saisie: String(valeur).replace('.', ','), valeur, commentaire: rang % 11 === 0 ? 'Sous réserve de l’agrément.' : null };
}
