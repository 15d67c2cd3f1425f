import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import { readAssociation } from './association/lecture.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { millesimeDe } from './millesime.ts';

/** D'où vient un chiffre d'une personne publique : ses logements, la part du parc social de son ressort. */
export function explainAssociation(contexte: Contexte, sujet: string): Fond {
  const { base } = contexte.dossier();
  const { association: regle } = millesimeDe(base);
  const [, code = '', quoi = ''] = sujet.split('/');
  const p = readAssociation(base, contexte.maintenant().toISOString().slice(0, 10)).personnes.find((x) => x.code === code);
  if (p === undefined) throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucune personne publique.`, 'Choisir un chiffre de l’écran.');
  const exclusion = regle.exclusions.filter((x) => x.territoire === code).map((x) => ` ${x.texte}`).join('');
  if (quoi === 'part') {
    const { numerateur, denominateur } = regle.aoh.part;
    const { part } = p;
    return {
      titre: `Part du parc social du ressort, ${p.nom}`,
      valeur: part === null ? '' : `${formatEntier(part.logements)} sur ${formatEntier(part.parcSocial)}`,
      formule:
        part === null
          ? 'Le parc social du ressort n’est pas saisi : la part ne peut pas être comparée au seuil.'
          : `Logements du parc sur le territoire, comparés en entiers à ${numerateur} % du parc social du ressort : ${formatEntier(part.logements)} × ${denominateur} = ${formatEntier(part.logements * denominateur)}, ${part.atteinte ? 'au moins' : 'moins que'} ${formatEntier(part.parcSocial)} × ${numerateur} = ${formatEntier(part.parcSocial * numerateur)}. ${regle.aoh.texte}`,
      articles: [regle.aoh.article, regle.aoh.renonciation.article, regle.aoh.reconnaissance],
      sources: [{ libelle: `Parc social du ressort : ${p.parcSource === '' ? 'source non donnée' : p.parcSource}`, nombre: p.parcSocial, filtres: [] }],
      incertitude: 'Le parc social du ressort et la qualité d’autorité organisatrice de l’habitat sont saisis par l’organisme ; les logements comptés ici sont ceux de sa déclaration.',
    };
  }
  if (quoi === 'logements') {
    const [genre = '', valeur = ''] = code.split(/-(.*)/su);
    const colonne = { com: 'commune', epci: 'epci', dep: 'departement' }[genre];
    return {
      titre: `Logements sur le territoire, ${p.nom}`,
      valeur: formatEntier(p.logements),
      formule: `Logements du parc dans les communes d’aujourd’hui du territoire.${exclusion} ${p.pourquoi}`,
      articles: [p.article],
      sources: [{ libelle: 'Logements du parc', nombre: p.logements, filtres: colonne === undefined || exclusion !== '' ? [] : [{ colonne: 'parc', valeurs: ['oui'] }, { colonne, valeurs: [valeur] }] }],
      incertitude: p.certain ? '' : 'Nos données ne disent pas les compétences : à confirmer par l’organisme.',
    };
  }
  const valeurs: Readonly<Record<string, string>> = {
    decision: p.decidee ? `${p.retenue ? 'retenue' : 'écartée'}${p.motif === '' ? '' : ` : ${p.motif}`}` : 'proposition des données', rattachement: p.rattachement ? 'oui' : 'non',
    aoh: p.aoh ? 'oui' : 'non', 'parc-social': p.parcSocial === null ? '' : formatEntier(p.parcSocial), contact: p.contact, orientations: p.orientations,
  };
  return {
    titre: p.nom,
    valeur: valeurs[quoi] ?? p.qualite?.libelle ?? '',
    formule: [p.pourquoi, p.qualite?.texte ?? regle.associee.texte].join(' '),
    articles: [...new Set([p.article, p.qualite?.article ?? regle.associee.article])],
    sources: [],
    incertitude: p.certain ? '' : 'À confirmer par l’organisme.',
  };
}
