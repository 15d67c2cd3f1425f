import { ensembleDe, findMesure, isSomme } from '../../shared/domain/attributions/mesures.ts';
import { direBornes, direMesure, direSomme } from '../../shared/domain/attributions/part.ts';
import { direInconnu } from '../../shared/domain/attributions/proposer.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import { anneesDe, anneesReference, communesDans, direFichiers, findSeuil, nomDe, readAtomes } from './attributions-resultats.ts';
import { cumulDe } from '../../shared/domain/attributions/comptes.ts';
import { lotsEnVigueur, readObjectifs } from '../store/attributions.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { readEngagements } from './matrice.ts';
import { millesimeDe } from './millesime.ts';

const inconnu = (sujet: string) => invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre des attributions.`, 'Choisir un chiffre de l’écran.');

/** L'objectif qui remplace un minimum dans un territoire : `attributions/objectif/SEUIL/TERRITOIRE`. */
function explainObjectif(contexte: Contexte, code: string, territoire: string): Fond {
  const { base } = contexte.dossier();
  const seuil = findSeuil(millesimeDe(base), code);
  if (seuil === undefined) throw inconnu(`attributions/objectif/${code}/${territoire}`);
  const o = readObjectifs(base).find((x) => x.seuil === code && x.territoire === territoire);
  return {
    titre: `Objectif d’attributions, ${seuil.libelle}, ${nomDe(territoire)}`, valeur: o === undefined ? '' : [o.saisie, o.source].filter((t) => t !== '').join(', '),
    formule: `Saisi à l’étape Engagements. Il remplace, dans ce territoire : ${seuil.texte} ${seuil.objectif?.texte ?? ''}`, articles: [seuil.article], sources: [], incertitude: seuil.incertitude,
  };
}

/** D'où vient un chiffre des attributions : `attributions/TERRITOIRE/PERIODE/MESURE`, MESURE pouvant être `attributions`. */
export function explainAttributions(contexte: Contexte, sujet: string): Fond {
  const [, territoire = '', periode = '', code = ''] = sujet.split('/');
  if (territoire === 'objectif') return explainObjectif(contexte, periode, code);
  const mesure = findMesure(code);
  const nom = nomDe(territoire);
  if ((mesure === undefined && code !== 'attributions') || territoire === '' || !/^(?:\d{4}|reference|toutes)$/u.test(periode)) throw inconnu(sujet);
  const { base } = contexte.dossier();
  const etat = readEngagements(base);
  const reference = anneesReference(etat);
  const annees = anneesDe(periode, reference);
  const lots = lotsEnVigueur(base).filter((l) => annees === null || annees.has(l.annee));
  const c = cumulDe(readAtomes(base), communesDans(territoire), annees);
  const quand = periode === 'reference' ? reference.join(', ') : periode === 'toutes' ? lots.map((l) => l.annee).join(', ') : periode;
  const fichiers = direFichiers(lots);
  const lien = (libelle: string, nombre: number, etatLignes: string) => ({ libelle, nombre, filtres: [], champ: `attributions-lignes/${territoire}/${periode}/${code}/${etatLignes}` });
  const commun = { titre: `${mesure?.libelle ?? 'Attributions'}, ${nom}, ${quand}`, incertitude: 'Champs et écritures du tableau d’attributions sont de l’application : aucun texte lu n’en fixe le format. Commune et QPV d’un logement reconnu sont ceux du jour de l’import.' };
  if (mesure === undefined) {
    return {
      ...commun, valeur: formatEntier(c.attributions), articles: [], sources: [lien('Attributions', c.attributions, '')],
      formule: `Lignes acceptées, une par attribution, de l’année de leur date : ${formatEntier(c.horsQpv)} hors QPV, ${formatEntier(c.qpv)} en QPV, ${formatEntier(c.qpvInconnu)} de situation inconnue. Fichiers : ${fichiers || 'aucun'}.`,
    };
  }
  const compte = c.mesures[mesure.code];
  const somme = isSomme(mesure.code);
  const seuils = etat.millesime.seuils.filter((s) => s.mesure === mesure.code);
  const references = etat.millesime.attributions.lignes.filter((l) => l.mesure === mesure.code);
  const articles = [...references.map((r) => etat.millesime.indicateurs.find((i) => i.code === r.indicateur)?.article ?? ''), ...seuils.map((s) => s.article)].filter((a) => a !== '');
  const inconnus = direInconnu(compte);
  const bornes = direBornes(compte);
  const dire = (m: typeof compte): string => (somme ? direSomme(m) : direMesure(m));
  const entier = ensembleDe(mesure.code);
  const enTout = entier === null ? [] : [`${findMesure(entier)?.libelle ?? ''} : ${direSomme(c.mesures[entier])}.`];
  const parAn = lots.length < 2 ? [] : [`Par année : ${lots.map(({ annee }) => `${annee}, ${dire(cumulDe(readAtomes(base), communesDans(territoire), new Set([annee])).mesures[mesure.code])}`).join(' ; ')}.`];
  return {
    ...commun,
    valeur: somme ? direSomme(compte) : direMesure(compte),
    formule: [mesure.formule, ...(inconnus === '' ? [] : [`Inconnu : ${inconnus}${somme || bornes === '' ? '' : ` ; suivant ce qu’il cache, la part vraie va ${bornes}`}.`]), ...enTout, ...parAn, ...seuils.map((s) => s.texte), `Fichiers : ${fichiers || 'aucun'}.`].join(' '),
    articles: [...new Set(articles)],
    sources: [
      ...(somme ? [] : [lien('Attributions comptées', compte.nombre, 'compte')]), lien(mesure.sur, compte.base, 'base'), ...(compte.inconnu > 0 ? [lien('Valeur inconnue', compte.inconnu, 'inconnu')] : []),
      ...(compte.baseInconnue > 0 ? [lien('Peut-être de la base', compte.baseInconnue, 'base-inconnue')] : []),
    ],
    incertitude: [commun.incertitude, ...references.map((r) => r.reserve), ...(references.length > 0 && periode === 'reference' ? [etat.millesime.attributions.reserve] : []), ...seuils.map((s) => s.incertitude)].filter((t) => t !== '').join(' '),
  };
}
