import { findMesure } from '../../shared/domain/attributions/mesures.ts';
import { findChamp } from '../../shared/millesimes/index.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import type { CodeEtape } from '../../shared/millesimes/types.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { labelCible } from './cibles.ts';
import { listCriteres } from '../../shared/domain/service-rendu/types.ts';
import { findScenarioCibles } from '../store/scenarios-cibles.ts';
import { readGrille } from '../store/service-rendu.ts';
import { parseCaseNommee } from './corrections-champ.ts';
import { labelVentes } from './ventes/libelles.ts';
import { CHAMP_MILLESIME, millesimeDe } from './millesime.ts';

const EVENEMENTS = { import: 'Import', depot: 'Dépôt', retour: 'Retour', observation: 'Observation', gel: 'Copie figée' } as const;

/** Nom français d'un champ, pour le journal, les observations et les modifications. */
export function labelChamp(base: Base, champ: string): string {
  const millesime = millesimeDe(base);
  const connu = findChamp(millesime, champ);
  if (connu !== undefined) return connu.libelle;
  if (champ === CHAMP_MILLESIME) return 'Millésime des règles';
  const evenement = /^(import|depot|retour|observation|gel)\/(.*)$/u.exec(champ);
  if (evenement !== null) return `${EVENEMENTS[evenement[1] as keyof typeof EVENEMENTS]} ${evenement[2] ?? ''}`.trim();
  if (champ === 'ensembles/regle') return 'Règle des ensembles immobiliers';
  if (champ.startsWith('ventes/')) return labelVentes(base, champ);
  if (champ.startsWith('occupation/')) return labelOccupation(base, champ);
  if (champ.startsWith('attributions/')) return labelAttributions(base, champ);
  if (champ === 'service-rendu/grille') return 'Grille du service rendu';
  if (champ.startsWith('service-rendu/')) return labelServiceRendu(base, champ);
  const nommee = parseCaseNommee(champ);
  if (nommee !== null) return `${nommee.champ.libelle}, logement ${nommee.identifiant}`;
  if (champ.startsWith('ensemble/')) return `Ensemble immobilier ${champ.slice('ensemble/'.length)}`;
  if (champ.startsWith('origine/')) return `Organisme repris ou fusionné ${champ.slice('origine/'.length)}`;
  if (champ.startsWith('declaration/')) return `Déclaration en vigueur, organisme ${champ.slice('declaration/'.length)}`;
  if (champ === 'dossier/precedent') return 'Convention précédente reprise';
  if (champ === 'association' || champ.startsWith('association/') || champ.startsWith('concertation')) return labelAssociation(base, champ);
  if (champ.startsWith('operation/')) return 'Opération annulée ou refaite';
  if (champ.startsWith('justification/')) return `Justification du constat ${champ.split('/')[1] ?? ''}`;
  const scenario = /^scenario-cibles\/(\d+)(?:\/(.+))?$/u.exec(champ);
  if (scenario !== null) {
    const nom = findScenarioCibles(base, Number(scenario[1]))?.nom ?? `n° ${scenario[1] ?? ''}, supprimé`;
    return [`Scénario de cibles « ${nom} »`, ...(scenario[2] === undefined ? [] : [labelCible(millesime, scenario[2], readChamp(base, 'organisme/nom'))])].join(', ');
  }
  return labelCible(millesime, champ, readChamp(base, 'organisme/nom'));
}

/** Un chiffre de l'occupation : le territoire ou l'ensemble, et ce qu'il mesure. */
function labelOccupation(base: Base, champ: string): string {
  const [, maille = '', code = '', , mesure = ''] = champ.split('/');
  const nom = maille === 'ensemble' ? (base.prepare<[string], string>('SELECT nom FROM ensemble WHERE code = ?').pluck().get(code) ?? code) : code;
  return `Occupation sociale, ${[nom, mesure].filter((t) => t !== '').join(', ')}`;
}

const QUOI: Readonly<Record<string, string>> = {
  decision: 'décision', rattachement: 'rattachement', aoh: 'autorité organisatrice de l’habitat', 'parc-social': 'parc social du ressort', contact: 'contact', orientations: 'orientations et programme d’actions',
};

/** Une personne publique et ce qui s'en dit ; une ligne de la concertation. */
function labelAssociation(base: Base, champ: string): string {
  const [racine = '', code = '', quoi = ''] = champ.split('/');
  if (racine === 'concertation') return `Concertation locative${code === 'acteur' ? ', participant' : code === 'reunion' ? ', séance' : ''}`;
  if (code === '') return 'Personnes publiques associées';
  const millesime = millesimeDe(base);
  const nom = code.startsWith('etat-') ? (code === 'etat-signataire' ? millesime.etat.signataire : millesime.etat.destinataire)
    : (base.prepare<[string], string>('SELECT nom FROM association_personne WHERE code = ?').pluck().get(code) ?? nomTerritoire(code));
  const objet = QUOI[quoi] ?? millesime.association.objets.find((o) => o.code === quoi)?.libelle;
  return `Association, ${[nom, objet ?? quoi].filter((t) => t !== '').join(', ')}`;
}

/** Un chiffre des attributions, ou l'objectif d'un territoire. */
function labelAttributions(base: Base, champ: string): string {
  const [, premier = '', second = '', code = ''] = champ.split('/');
  if (premier !== 'objectif') return `Attributions, ${[nomTerritoire(premier), findMesure(code)?.libelle ?? code].filter((t) => t !== '').join(', ')}`;
  return `Objectif d’attributions, ${millesimeDe(base).seuils.find((s) => s.code === second)?.libelle ?? second}, ${nomTerritoire(code)}`;
}

/** Une note, ou un résultat : l'ensemble ou le territoire, et le critère ou la famille. */
function labelServiceRendu(base: Base, champ: string): string {
  const [, genre = '', code = '', quoi = ''] = champ.split('/');
  const grille = readGrille(base);
  const noms = grille === null ? [] : [...listCriteres(grille), ...grille.familles];
  const nom = genre === 'ensemble' || genre === 'note' ? (base.prepare<[string], string>('SELECT nom FROM ensemble WHERE code = ?').pluck().get(code) ?? code) : code;
  return `Service rendu, ${[nom, noms.find((n) => n.code === quoi)?.libelle ?? quoi].filter((t) => t !== '').join(', ')}`;
}

/** Étape du rail où le champ se remplit. */
export function etapeChamp(base: Base, champ: string): CodeEtape {
  if (champ.startsWith('association') || champ.startsWith('concertation')) return 'associes';
  if (champ.startsWith('attributions/') || champ.startsWith('engagement/') || champ.startsWith('reference/') || champ.startsWith('scenario-cibles/')) return 'engagements';
  if (champ.startsWith('occupation/')) return 'occupation';
  if (champ.startsWith('service-rendu/')) return 'service-rendu';
  if (champ.startsWith('ventes/')) return 'ventes';
  return findChamp(millesimeDe(base), champ)?.etape ?? 'patrimoine';
}
