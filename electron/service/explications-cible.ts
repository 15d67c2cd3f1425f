import { parseChamp } from '../../shared/domain/engagements/champ.ts';
import { proposeDenominateur } from '../../shared/domain/engagements/denominateur.ts';
import type { Proposition } from '../../shared/domain/engagements/propositions.ts';
import { parseSaisie } from '../../shared/domain/nombres/saisie.ts';
import { formatEntier, formatTauxCalcule, formatSaisie } from '../../shared/domain/nombres/format.ts';
import { findIndicateur, findSeuil } from '../../shared/millesimes/index.ts';
import { labelCible } from './cibles.ts';
import type { ChampCible } from '../../shared/domain/engagements/champ.ts';
import type { Base } from '../store/base.ts';
import { readCiblesPrecedentes, readPrecedent } from '../store/reprise.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { readEngagements } from './matrice.ts';
import { filtresTerritoire } from './filtres.ts';
import { showLignes } from './engagements-propositions.ts';
import { readPropositionsDe, readSansPropositions } from './propositions/index.ts';
import { readConsolidation } from './engagements-repartition.ts';

/** Ce que la convention précédente disait de la même ligne : un souvenir, jamais une valeur proposée. */
function precedentDe(base: Base, { indicateur, territoire, ventilation }: ChampCible): Pick<Fond, 'precedent'> {
  const convention = readPrecedent(base);
  if (convention === null) return {};
  const cibles = readCiblesPrecedentes(base, indicateur, territoire, ventilation);
  const reference = cibles.find((c) => c.reference !== null && c.reference !== '')?.reference;
  const valeurs = [
    ...cibles.map((c) => ({ libelle: c.horizon.replace(/^(\d+)ans$/u, 'Cumul à $1 ans'), valeur: c.saisie })),
    ...(reference === undefined || reference === null ? [] : [{ libelle: 'Sa référence', valeur: reference }]),
  ];
  return valeurs.length === 0 ? {} : { precedent: { convention: [convention.nom, convention.periode].filter((t) => t !== '').join(', '), valeurs } };
}

/** D'où vient une cible : l'indicateur mot pour mot, son numérateur, son dénominateur et les lignes qui le donnent. */
export function explainCible(contexte: Contexte, sujet: string): Fond {
  const { base } = contexte.dossier();
  const etat = readEngagements(base);
  const cible = parseChamp(sujet);
  const indicateur = cible === null ? undefined : findIndicateur(etat.millesime, cible.indicateur);
  const saisie = etat.saisies.get(sujet) ?? '';
  const lue = parseSaisie(saisie);
  const unite = indicateur?.ventilations.find((v) => v.code === cible?.ventilation)?.accompagnement?.unite ?? indicateur?.unite;
  const valeur = lue.ok ? formatSaisie(lue.saisie, unite) : saisie;
  if (cible === null || indicateur === undefined) {
    return { titre: sujet, valeur, formule: '', articles: [], sources: [], incertitude: '' };
  }
  const trouve = etat.matrice.index.get(sujet);
  const ligne = trouve?.ligne ?? etat.matrice.lignes.find((l) => l.champReference === sujet);
  const proposition =
    trouve === undefined ? null : proposeDenominateur(trouve.ligne, trouve.cellule.horizon, etat.territoires.stockDe, etat.lecture);
  const proposee = ligne === undefined ? undefined : readPropositionsDe(base, etat, ligne).get(sujet);
  const tue = ligne === undefined || proposee !== undefined ? undefined : readSansPropositions(base, { ...etat, matrice: { ...etat.matrice, lignes: [ligne] } }, new Map()).find((t) => t.champ === sujet);
  const denominateur = indicateur.denominateur;
  const parties = [`${indicateur.code}. ${indicateur.libelle}.`];
  const ventilation = indicateur.ventilations.find((v) => v.code === cible.ventilation);
  if (ventilation !== undefined && ventilation.code !== 'total') parties.push(`Ventilation : ${ventilation.libelle}.`);
  parties.push(`Numérateur : ${indicateur.numerateur}.`);
  if (denominateur !== null) parties.push(`Dénominateur : ${denominateur.libelle}.`);
  parties.push(indicateur.territoires.texte);
  if (cible.genre === 'reference') parties.push('Référence : la valeur passée à côté de laquelle la cible se lit.');
  if (proposition !== null) parties.push(`D’après les données : ${formatEntier(proposition.valeur)} (${proposition.formule}).`);
  if (proposee !== undefined) parties.push(`Proposé : ${proposee.valeur} (${proposee.formule} ; ${proposee.source}).`);
  if (tue !== undefined) parties.push(`Sans proposition : ${tue.raison}`);
  const seuil = findSeuil(etat.millesime, indicateur.code, cible.ventilation);
  if (seuil !== undefined) parties.push(`Minimum : ${seuil.minimum.n} sur ${seuil.minimum.d}. ${seuil.texte} (${seuil.article}).`);
  const ensemble = trouve === undefined ? undefined : readConsolidation(etat, { indicateur: indicateur.code, ventilation: cible.ventilation }).find((c) => c.horizon === trouve.cellule.horizon);
  if (ensemble !== undefined && ensemble.methode !== 'incomplete') {
    const rapport = ensemble.nombre === null ? '' : ensemble.denominateur === null ? formatEntier(ensemble.nombre) : `${formatEntier(ensemble.nombre)}/${formatEntier(ensemble.denominateur)}`;
    parties.push(`Pour l’organisme : ${[rapport, ensemble.pourcentage === null ? '' : formatTauxCalcule(ensemble.pourcentage)].filter((t) => t !== '').join(' = ')}. ${ensemble.explication}`);
  }
  const parc = denominateur?.donnee ?? null;
  return {
    titre: labelCible(etat.millesime, sujet, etat.champs['organisme/nom'] ?? null),
    valeur,
    formule: parties.join(' '),
    articles: [...new Set([indicateur.article, ventilation?.accompagnement?.article ?? indicateur.article, indicateur.territoires.article, ...(seuil === undefined ? [] : [seuil.article]), ...(indicateur.transmissionAnnuelle === null ? [] : [indicateur.transmissionAnnuelle.article])])],
    sources: [
      ...(parc === null || proposition === null
        ? []
        : [
            {
              libelle: proposition.source,
              nombre: proposition.valeur,
              filtres: [
                ...filtresTerritoire(cible.territoire),
                ...(parc === 'parcFG' ? [{ colonne: 'dpeenergie', valeurs: ['F', 'G'] }] : []),
              ],
            },
          ]),
      // Le dénominateur, déjà dit ci-dessus, n'est pas redit avec la proposition qui le reprend.
      ...(proposee !== undefined && (cible.genre === 'reference' || proposee.lignes?.vue === 'ventes') ? sourceDe(proposee) : []),
    ],
    incertitude: [...[proposee?.prudence, proposee?.reserve].flatMap((t) => t ?? []), ...indicateur.incertitudes].join(' '),
    ...precedentDe(base, cible),
  };
}

/** Les lignes d'où une proposition vient, qui s'ouvrent là où elles se listent. */
function sourceDe({ source, lignes }: Proposition): Fond['sources'] {
  if (lignes?.vue === 'logements') return [{ libelle: source, nombre: lignes.nombre, filtres: showLignes(lignes)?.filtres ?? [] }];
  if (lignes?.vue === 'ventes') return [{ libelle: source, nombre: lignes.nombre, filtres: [], champ: `ventes/cible/${lignes.filtres['cibles'] ?? ''}` }];
  if (lignes?.vue !== 'attributions') return [];
  const { territoire = '', periode = '', mesure = '', etat = '' } = lignes.filtres;
  return [{ libelle: source, nombre: lignes.nombre, filtres: [], champ: `attributions-lignes/${territoire}/${periode}/${mesure}/${etat}` }];
}
