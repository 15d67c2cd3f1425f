import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatDecimal, formatEntier } from '../../shared/domain/nombres/format.ts';
import { direEchelle, parseNote } from '../../shared/domain/service-rendu/echelle.ts';
import { MENTION_PROPOSEE } from '../../shared/domain/service-rendu/proposee.ts';
import { LIBELLE_ASPECT, listCriteres } from '../../shared/domain/service-rendu/types.ts';
import type { Famille, Grille } from '../../shared/domain/service-rendu/types.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { findEnsemble } from '../store/decisions.ts';
import { readGrille, readNote } from '../store/service-rendu.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { filtresTerritoire } from './filtres.ts';
import { readServiceRendu } from './service-rendu-resultats.ts';
import type { Ligne } from './service-rendu-resultats.ts';

type Filtres = Fond['sources'][number]['filtres'];
const PARC = { colonne: 'parc', valeurs: ['oui'] };
const MAILLES = ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const;
const ARTICLES = ['R445-3', 'L445-1', 'R445-2-7'];
const QPV: Record<string, string> = { qpv: '1', 'hors-qpv': '2', 'qpv-inconnu': '' };
const INCERTITUDE = 'R445-3 dit ce que l’appréciation prend notamment en compte ; critères, poids, échelle et classes sont ceux de l’organisme, aucun texte ne les fixe.';

/**
 * D'où vient un chiffre du service rendu. Sujets : `service-rendu/grille`, `service-rendu/note/ENSEMBLE/CRITERE`,
 * `service-rendu/MAILLE/CODE` (résultat), `…/FAMILLE`, `…/classe-N`, `…/notes` (complétude).
 */
export function explainServiceRendu(contexte: Contexte, sujet: string): Fond {
  const { base } = contexte.dossier();
  const grille = readGrille(base);
  const [, genre = '', code = '', quoi = 'resultat'] = sujet.split('/');
  if (grille === null) throw inconnu(sujet);
  if (genre === 'grille') return explainGrille(grille);
  if (genre === 'note') return explainNote(base, grille, code, quoi, sujet);
  const maille = MAILLES.find((m) => m === genre);
  const lu = readServiceRendu(base, maille ?? 'organisme');
  const ligne = (genre === 'qpv' ? lu.qpv : lu.lignes).find((l) => l.code === code);
  if (ligne === undefined || (maille === undefined && genre !== 'qpv')) throw inconnu(sujet);
  const filtres: Filtres =
    genre === 'qpv' ? [PARC, { colonne: 'qpv', valeurs: [QPV[code] ?? ''] }]
    : maille === 'ensemble' ? [PARC, { colonne: 'code_ensemble', valeurs: [code] }]
    : filtresTerritoire(maille === 'organisme' ? 'organisme' : `${{ commune: 'com', epci: 'epci', departement: 'dep' }[maille ?? 'commune']}-${code}`);
  const sources = [{ libelle: genre === 'ensemble' ? 'Logements de l’ensemble' : 'Logements du parc', nombre: ligne.logements, filtres }];
  const commun = { articles: ARTICLES, sources, incertitude: INCERTITUDE };
  if (quoi === 'notes') return { ...commun, titre: `Notes données, ${ligne.nom}`, valeur: `${formatEntier(ligne.notes)} sur ${formatEntier(ligne.criteres)}`, formule: direSeuil(grille) };
  const classe = /^classe-(\d+)$/u.exec(quoi);
  if (classe !== null) return { ...commun, ...explainClasse(grille, ligne, Number(classe[1]), sujet) };
  const famille = grille.familles.find((f) => f.code === quoi);
  if (famille === undefined && quoi !== 'resultat') throw inconnu(sujet);
  const resultat = famille === undefined ? ligne.resultat : (ligne.familles.find((f) => f.code === famille.code)?.resultat ?? null);
  return {
    ...commun,
    titre: `${famille === undefined ? 'Service rendu' : famille.libelle}, ${ligne.nom}`,
    valeur: direResultat(grille, ligne, famille, resultat),
    formule: genre === 'ensemble' ? formuleEnsemble(base, grille, ligne, famille) : formuleTerritoire(ligne, famille),
  };
}

const decimal = (n: number): string => formatDecimal(n.toFixed(2));
const poids = (texte: string): string => texte.replace('.', ',');

function direResultat(grille: Grille, ligne: Ligne, famille: Famille | undefined, resultat: number | null): string {
  if (resultat === null) return 'Sans résultat';
  const classe = famille === undefined && ligne.classe !== null ? ` (${grille.classes[ligne.classe]?.libelle ?? ''})` : '';
  return `${decimal(resultat)}${classe}`;
}

const direSeuil = (grille: Grille): string =>
  `Critères notés parmi ceux dont le poids, et celui de leur famille, n’est pas nul. Un ensemble n’a de résultat que si au moins ${grille.seuil} % de ses critères sont notés (et au moins un).`;

const ARRONDI = 'Calcul exact ; arrondi une fois, à deux décimales, pour être dit ; la classe se lit sur ce résultat';

/** La moyenne avec ses poids et ses notes : de quoi la refaire à la main. */
function formuleEnsemble(base: Base, grille: Grille, ligne: Ligne, famille: Famille | undefined): string {
  const familles = famille === undefined ? grille.familles : [famille];
  const detail = familles.map((f) => {
    const notes = f.criteres.map((c) => {
      const saisie = readNote(base, ligne.code, c.code)?.saisie ?? null;
      return `${c.libelle} (poids ${poids(c.poids)}) ${saisie === null ? 'non noté' : parseNote(grille.echelle, saisie).ok ? saisie : `« ${saisie} » illisible, non compté`}`;
    });
    const r = ligne.familles.find((x) => x.code === f.code)?.resultat ?? null;
    return `${f.libelle} (poids ${poids(f.poids)})${r === null ? '' : ` : ${decimal(r)}`} — ${notes.join(' ; ')}`;
  });
  const regle = famille === undefined ? 'Moyenne des familles selon leur poids, chacune étant la moyenne de ses critères notés selon le leur' : 'Moyenne des critères notés de la famille, selon leur poids';
  return `${regle}. ${detail.join('. ')}. ${formatEntier(ligne.notes)} critères notés sur ${formatEntier(ligne.criteres)}, seuil ${grille.seuil} %. ${ARRONDI}.`;
}

function formuleTerritoire(ligne: Ligne, famille: Famille | undefined): string {
  const couvert = famille === undefined ? ligne : (ligne.familles.find((f) => f.code === famille.code) ?? ligne);
  return `Moyenne des résultats ${famille === undefined ? '' : `« ${famille.libelle} » `}des ensembles, pondérée par leurs logements du parc dans ce territoire. Ensembles notés : ${formatEntier(couvert.ensemblesNotes)} sur ${formatEntier(ligne.ensembles)}, soit ${formatEntier(couvert.logementsNotes)} logements sur ${formatEntier(ligne.logements)} ; les autres n’entrent pas dans la moyenne. ${ARRONDI}.`;
}

function explainClasse(grille: Grille, ligne: Ligne, rang: number, sujet: string): Pick<Fond, 'titre' | 'valeur' | 'formule'> {
  const classe = grille.classes[rang];
  const compte = ligne.classes[rang];
  if (classe === undefined || compte === undefined) throw inconnu(sujet);
  const fin = grille.classes[rang + 1]?.de;
  return {
    titre: `${classe.libelle}, ${ligne.nom}`,
    valeur: `${pluriel(compte.ensembles, 'ensemble')}, ${pluriel(compte.logements, 'logement')}`,
    formule: `Ensembles dont le résultat va de ${poids(classe.de)} inclus ${fin === undefined ? 'au bout de l’échelle' : `à ${poids(fin)} exclu`}, et leurs logements du parc. ${formatEntier(ligne.ensemblesNotes)} ensembles sur ${formatEntier(ligne.ensembles)} ont un résultat.`,
  };
}

function explainGrille(grille: Grille): Fond {
  const familles = grille.familles.map((f) => `${f.libelle}${f.aspect === null ? '' : ` (R445-3 : ${LIBELLE_ASPECT[f.aspect].toLowerCase()})`}, poids ${poids(f.poids)} : ${f.criteres.map((c) => `${c.libelle} (${poids(c.poids)})`).join(', ')}`);
  return {
    titre: 'Grille du service rendu',
    valeur: `${pluriel(listCriteres(grille).length, 'critère')}, échelle ${direEchelle(grille.echelle)}`,
    formule: `${familles.join('. ')}. La meilleure note est la plus ${grille.sens === 'croissant' ? 'grande' : 'petite'}. ${direSeuil(grille)}`,
    articles: ARTICLES, sources: [],
    incertitude: grille.proposee ? `Grille ${MENTION_PROPOSEE}. ${INCERTITUDE}` : INCERTITUDE,
  };
}

function explainNote(base: Base, grille: Grille, ensemble: string, code: string, sujet: string): Fond {
  const critere = listCriteres(grille).find((c) => c.code === code);
  const nom = findEnsemble(base, ensemble);
  if (critere === undefined || nom === null) throw inconnu(sujet);
  const note = readNote(base, ensemble, code);
  const lue = note === null ? null : parseNote(grille.echelle, note.saisie);
  const niveau = grille.echelle.genre === 'niveaux' && lue?.ok === true ? grille.echelle.niveaux.find((n) => n.valeur === lue.valeur) : undefined;
  return {
    titre: `${critere.libelle}, ${nom.nom}`,
    valeur: note === null ? 'Non noté' : `${note.saisie}${niveau === undefined || niveau.libelle === '' ? '' : ` (${niveau.libelle})`}`,
    formule: [
      `Note donnée par l’organisme, échelle ${direEchelle(grille.echelle)} ; famille « ${critere.famille.libelle} », poids ${poids(critere.poids)}`,
      ...(critere.aide === '' ? [] : [critere.aide.replace(/\.$/u, '')]),
      ...(note === null ? ['Non notée, elle n’entre pas dans la moyenne'] : []),
      ...(lue?.ok === false ? [`Gardée telle que tapée, elle ne compte pas : ${lue.message.replace(/\.$/u, '')}`] : []),
      ...(note === null ? [] : [`Donnée par ${note.qui} le ${note.quand.slice(0, 10).split('-').toReversed().join('/')}`]),
    ].join('. ').concat('.'),
    articles: ARTICLES, sources: [{ libelle: 'Logements de l’ensemble', nombre: nom.logements, filtres: [PARC, { colonne: 'code_ensemble', valeurs: [ensemble] }] }],
    incertitude: INCERTITUDE,
  };
}

const inconnu = (sujet: string) => invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre du service rendu.`, 'Choisir un chiffre de l’écran.');
