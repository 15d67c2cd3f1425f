import { direFixes, direOrigine, libelleBase, libelleExclusNpl, libellePlafond, maximumEcrit } from '../../shared/domain/loyers/npl/libelles.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import type { Cellule, Classeur, Colonne, Feuille } from './classeur.ts';
import { presentation } from './engagements.ts';
import { writeXlsx } from './xlsx.ts';

type Npl = NonNullable<DonneesPaquet['npl']>;

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const entier = (titre: string, largeur = 12): Colonne => ({ titre, largeur, format: 'entier' });
const euros = (titre: string, largeur = 18): Colonne => ({ titre, largeur, format: 'euros' });
/** Les taux gardent leurs décimales : deux ou quatre, telles que décidées. */
const taux = (titre: string, largeur = 14): Colonne => ({ titre, largeur, format: 'nombre' });
const surface = (titre: string): Colonne => ({ titre, largeur: 16, format: 'decimal2' });

/** Ce que la note de méthode dit du calcul : les mêmes mots que l'écran et l'article. */
export const METHODE: readonly string[] = [
  'Masse maximale = Σ surface × montant maximal par m² et par mois, avant et après, sur les mêmes logements et la même surface (L445-3, II).',
  'Avant : maximum des conventions APL ou d’une ancienne CUS (L445-3-1), tel que déclaré au RPLS ou saisi ; sans plafond réglementaire, loyers pratiqués dans la limite fixée par arrêté (R445-10).',
  'Le maximum déclaré au titre d’une convention d’utilité sociale (champ 57 du RPLS) est compté à la place de celui de la convention APL (champ 56) : L445-3-1 l’y substitue jusqu’à ce que l’ensemble entre dans la nouvelle politique des loyers. Chaque ensemble dit d’où vient le sien. Le RPLS ne dit pas quelle convention l’a fixé : L445-3-1 vaut pour celles d’avant la loi du 27 janvier 2017.',
  'Après : montant maximal de la moyenne des loyers maximaux de chaque plafond de ressources (L445-3, IV), sinon montant maximal de l’ensemble (III) ; un ensemble non cité garde son maximum, comme un plafond de ressources que le scénario laisse sans maximum.',
  'Répartition décidée entre plafonds de ressources (L445-3, I) : la masse d’avant est celle de l’ensemble, partagée par surface entre eux ; le taux d’avant y est le même pour tous, et le RPLS ne le porte pas.',
  'Un maximum en surface corrigée exprimé en surface utile garde son montant (R445-9). Surfaces utile et corrigée ne sont jamais additionnées.',
  'Surface utile : surface habitable et moitié des annexes (D331-10, D353-16, 2°), telle que déclarée, donnée pour l’ensemble, ou déduite de sa surface habitable et de ses annexes. Les annexes qui n’y entrent pas peuvent avoir un loyer accessoire, dans les conditions de la convention : il n’est ni dans la masse ni dans les moyennes.',
  'Un maximum conventionné à l’occasion de travaux ou en cours d’exploitation est au m² de surface corrigée, sauf si la convention d’utilité sociale le fixe au m² de surface utile (D353-16, 3°) : la base se choisit ensemble par ensemble.',
  'Le coefficient propre à chaque logement (D353-16, 2° c) partage le maximum entre les logements d’un ensemble sans l’élever, Σ coefficient × surface utile étant au plus la surface utile totale : la masse se calcule à l’ensemble, ces coefficients n’y entrent pas et restent ceux des conventions.',
  'Les majorations de D353-16, 4° et 5° (logements occupés lors du conventionnement, PLUS ou PLAI attribués à des ménages au-dessus des plafonds) ne sont pas calculées : le maximum compté est celui qui est déclaré ou saisi.',
  'Un logement sans surface ou sans maximum connu sort des deux côtés et il est compté ici ; il n’est jamais compté pour zéro.',
  'Un maximum connu vaut pour la surface de sa base ; une surface donnée se partage comme les surfaces déclarées. Un maximum déclaré à 0 € n’en est pas un.',
  'Masse d’avant, maximums et moyennes sont révisés ensemble, de l’année où ils sont écrits à celle du scénario, par l’IRL du deuxième trimestre de l’année précédente (L445-3, V) ; s’il manque un indice, rien n’est révisé et c’est dit. La limite de R445-10 vaut telle qu’écrite : les loyers pratiqués révisés sont comptés dans cette limite.',
  'Aucun arrondi avant l’affichage : un taux s’écrit au dix-millième inférieur, la masse d’avant au centime inférieur, celle d’après au supérieur sans jamais démentir la comparaison exacte ; le reste est la différence de ce qui est écrit.',
];

const direMixite = (n: number, { compares, fixes }: { compares: number; fixes: number }): string => `${formatEntier(n)} sur ${pluriel(compares, 'comparé')} (${direFixes(fixes, formatEntier)})`;

function masse({ resultat: r }: Npl): Feuille {
  const ligne = (libelle: string, valeur: Cellule, article = ''): Cellule[] => [libelle, valeur, article];
  return {
    nom: 'Masse', figerEntete: true, colonnes: [texte('Grandeur', 58), { titre: 'Valeur', largeur: 20, format: 'nombre' }, texte('Article', 16)],
    lignes: [
      ligne('Scénario', r.scenario.nom), ligne('Année', { v: r.scenario.annee, format: 'texte' }),
      ligne('Logements comptés', { v: r.logements, format: 'entier' }),
      ligne('Masse maximale avant (par mois)', { v: r.avant, format: 'euros' }, 'L445-3, II'),
      ligne('Masse maximale après (par mois)', { v: r.apres, format: 'euros', aspect: 'total' }, 'L445-3, II'),
      ligne('Reste (par mois)', { v: r.reste, format: 'euros', aspect: 'total' }, 'L445-3, II'),
      ligne('Masse maximale avant (par an)', { v: r.avantAnnuel, format: 'euros' }), ligne('Masse maximale après (par an)', { v: r.apresAnnuel, format: 'euros' }),
      ligne('Année des montants', { v: r.anneeMontants ?? 'non révisés : chacun dans son année', format: 'texte' }, 'L445-3, V'),
      ...(r.origines ?? []).map((o) => ligne(`Maximum d’aujourd’hui : ${o.libelle}${o.cus > 0 && o.cus < o.logements ? `, dont ${pluriel(o.cus, 'logement')} d’une ancienne CUS` : ''}`, { v: o.logements, format: 'entier' }, o.articles.join(', '))),
      ligne('Contrainte de masse', r.respectee ? 'respectée' : 'dépassée', 'L445-3, II'),
      ...r.parBase.flatMap((b) => [
        ligne(`${libelleBase(b.base)} (m²)`, { v: b.surface, format: 'decimal2' }), ligne(`${libelleBase(b.base)}, avant (€/m²)`, b.avantM2), ligne(`${libelleBase(b.base)}, après (€/m²)`, b.apresM2),
      ]),
      ...(r.resteM2 === null ? [] : [ligne('Reste (€/m²)', r.resteM2)]),
      ...Object.entries(r.exclus).map(([raison, n]) => ligne(`Hors du calcul : ${libelleExclusNpl(raison)}`, { v: n, format: 'entier' })),
      ligne('Hors QPV, logements dont le maximum est au niveau PLAI', { v: direMixite(r.mixite.horsQpv.auNiveauPlai, r.mixite.horsQpv) }, 'L445-2'),
      ligne('En QPV, logements dont le maximum est au-dessus', { v: direMixite(r.mixite.qpv.auDessusPlai, r.mixite.qpv) }, 'L445-2'),
      ligne('Logements non comparés au niveau PLAI', { v: r.mixite.nonCompares, format: 'entier' }),
    ],
  };
}

function moyennes({ resultat: r }: Npl): Feuille {
  return {
    nom: 'Moyennes par plafond', figerEntete: true,
    colonnes: [texte('Plafond de ressources', 22), texte('Surface', 18), entier('Logements'), surface('Surface (m²)'), taux('Moyenne avant (€/m²)'), taux('Moyenne après (€/m²)')],
    lignes: r.moyennes.map((m) => [libellePlafond(m.plafond), libelleBase(m.base), m.logements, m.surface, m.avantM2, m.apresM2]),
  };
}

const origineDe = (r: Npl['resultat'], l: Npl['resultat']['lignes'][number]): string => direOrigine(r.origines, l, formatEntier);
/** Où lire un maximum déclaré, quand sa source n'est pas celle d'une saisie. */
const CHAMPS: Readonly<Record<string, string>> = { apl: 'champ 56 du RPLS', cus: 'champ 57 du RPLS', 'apl-cus': 'champs 56 et 57 du RPLS', rpls: 'champs 56 et 57 du RPLS' };
/** Où lire le montant écrit d'une ligne ; d'une répartition décidée, le RPLS ne porte que la somme de l'ensemble. */
const sourceDe = (l: Npl['resultat']['lignes'][number]): string => `${CHAMPS[l.origine] ?? l.source}${l.repartie === true ? `${l.origine in CHAMPS || l.source !== '' ? ', ' : ''}en tout pour l’ensemble ; ici partagé par surface, répartition décidée` : ''}`;

function parEnsemble({ resultat: r }: Npl): Feuille {
  return {
    nom: 'Ensembles', figerEntete: true,
    colonnes: [
      texte('Identifiant', 16), texte('Ensemble', 30), texte('Code commune', 13), texte('Commune', 22), texte('Zones', 10), texte('QPV', 12), texte('Plafond de ressources', 18),
      texte('Surface', 16), entier('Logements comptés'), surface('Surface (m²)'), texte('Origine du maximum', 34), euros('Maximum avant (mois)'), taux('Avant (€/m²)'),
      taux('Maximum (€/m²)'), taux('Moyenne maximale (€/m²)'), { titre: 'Écrits en', largeur: 10, format: 'texte' }, euros('Maximum après (mois)'), taux('Après (€/m²)'), taux('Plafond de la zone'), taux('Plafond PLS'),
    ],
    lignes: r.lignes.map((l) => [
      l.ensemble, l.nom, l.commune, l.nomCommune, l.zones.join(', '), `${l.qpv} sur ${l.logements}`, libellePlafond(l.plafond), libelleBase(l.base), l.comptes, l.surface, origineDe(r, l),
      l.avant, l.avantM2, maximumEcrit(l), l.moyenne, l.annee === null ? '' : String(l.annee), l.apres, l.apresM2, l.plafondLoyer, l.plafondPls,
    ]),
  };
}

/**
 * Les éléments que le préfet peut demander (R445-8) : de quoi refaire le compte. Avant = montant écrit × IRL de l'année du
 * scénario / IRL de celle du montant ; après = taux qui fait la masse × surface × les mêmes indices, ou l'avant s'il n'est pas fixé.
 */
function elements({ resultat: r }: Npl): Feuille {
  const annee = (titre: string): Colonne => ({ titre, largeur: 12, format: 'texte' });
  return {
    nom: 'Éléments de calcul', figerEntete: true,
    colonnes: [
      texte('Identifiant', 16), texte('Ensemble', 30), texte('Commune', 22), texte('Plafond de ressources', 18), texte('Surface', 16), entier('Logements de l’ensemble'), entier('Logements comptés'),
      surface('Surface comptée (m²)'), texte('Origine du maximum', 34), texte('Source', 30), annee('Année du maximum'), taux('Montant écrit (€ par mois)', 18),
      taux('IRL de l’année du scénario'), taux('IRL de l’année du montant'), taux('Taux qui fait la masse (€/m²)'), annee('Année du taux'), taux('IRL de l’année du scénario'), taux('IRL de l’année du taux'),
      surface('Surface donnée (m²)'), surface('Habitable donnée (m²)'), surface('Annexes données (m²)'),
    ],
    lignes: r.lignes.map((l) => [
      l.ensemble, l.nom, l.nomCommune, libellePlafond(l.plafond), libelleBase(l.base), l.logements, l.comptes, l.surface, origineDe(r, l), sourceDe(l),
      l.anneeAvant === null ? '' : String(l.anneeAvant), l.avantEcrit, l.irlAvant?.[0] ?? null, l.irlAvant?.[1] ?? null, l.moyenne ?? l.maximum, l.maximum === null || l.annee === null ? '' : String(l.annee),
      l.irlApres?.[0] ?? null, l.irlApres?.[1] ?? null, l.surfaceDonnee ?? null, l.habitable ?? null, l.annexes ?? null,
    ]),
  };
}

/** Ce que le calcul laisse de côté, ensemble par ensemble, et pourquoi : avec les logements comptés, tout le parc y est. */
function horsCalcul({ resultat: r }: Npl): Feuille {
  const noms = new Map([...r.lignes, ...r.horsMasse].map((l) => [l.ensemble, l]));
  return {
    nom: 'Hors du calcul', figerEntete: true,
    colonnes: [texte('Identifiant', 16), texte('Ensemble', 30), texte('Commune', 22), entier('Logements'), texte('Raison', 90), texte('Article', 12)],
    lignes: r.constats.filter((c) => c.code in r.exclus).map((c) => [c.ensemble ?? '', noms.get(c.ensemble ?? '')?.nom ?? '', noms.get(c.ensemble ?? '')?.nomCommune ?? '', c.logements, c.message, c.article]),
  };
}

function constats({ resultat: r }: Npl): Feuille {
  return {
    nom: 'Constats', figerEntete: true,
    colonnes: [texte('Gravité', 14), texte('Ensemble', 16), texte('Plafond', 14), entier('Logements'), texte('Constat', 90), texte('Article', 12)],
    lignes: r.constats.map((c) => [c.bloquant ? 'bloquant' : c.aJustifier ? 'à justifier' : 'information', c.ensemble ?? '', c.plafond ?? '', c.logements, c.message, c.article]),
  };
}

function baremes({ baremes: b }: Npl): Feuille {
  return {
    nom: 'Barèmes', figerEntete: true,
    colonnes: [texte('Barème', 34), { titre: 'Année', largeur: 10, format: 'texte' }, texte('Zone ou surface', 18), taux('Valeur'), texte('Source', 60)],
    lignes: [
      ...b.plafonds.map((p): Cellule[] => [`Plafond de loyer ${p.produit} (€/m²)`, String(p.annee), p.zone, p.maximum, p.source]),
      ...b.limites.map((l): Cellule[] => ['Limite de R445-10 (€/m²), non révisée', l.annee === undefined ? '' : String(l.annee), libelleBase(l.base), l.maximum, l.source]),
      ...b.irl.map((i): Cellule[] => ['IRL du 2e trimestre', String(i.annee), '', i.indice, i.source]),
      ...b.zones.map((z): Cellule[] => [`Zonage ${z.zonage}`, '', '', { v: z.communes, format: 'entier' }, z.source]),
    ],
  };
}

/** Feuilles de la politique des loyers, sans présentation : pour le paquet et pour un export seul. */
export const feuillesNpl = (npl: Npl): Feuille[] => [masse(npl), moyennes(npl), parEnsemble(npl), elements(npl), horsCalcul(npl), constats(npl), baremes(npl)];

/** politique-des-loyers.xlsx : l'annexe de la nouvelle politique des loyers et les éléments de R445-8. */
export function writeNplXlsx(donnees: DonneesPaquet): Promise<Uint8Array> {
  if (donnees.npl === undefined) throw new Error('aucune politique des loyers dans ces données');
  const classeur: Classeur = {
    titre: `Politique des loyers, ${donnees.organisme.nom}, ${donnees.periode}`, auteur: donnees.organisme.nom, date: donnees.date,
    feuilles: [presentation(donnees, 'Nouvelle politique des loyers (L445-2, L445-3)', [...METHODE]), ...feuillesNpl(donnees.npl)],
  };
  return writeXlsx(classeur);
}
