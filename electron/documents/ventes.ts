import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { ETATS_VENTE, LIBELLE_ETAT_VENTE } from '../../shared/domain/ventes/types.ts';
import type { Cellule, Classeur, Colonne, Feuille } from './classeur.ts';
import { presentation } from './engagements.ts';
import { libelleFinancement, libelleType } from './libelles.ts';
import { writeXlsx } from './xlsx.ts';

export type VentesDeposees = NonNullable<DonneesPaquet['ventes']>;

const texte = (titre: string, largeur: number): Colonne => ({ titre, largeur, format: 'texte' });
const entier = (titre: string, largeur = 12): Colonne => ({ titre, largeur, format: 'entier' });
const annee = (titre: string): Colonne => ({ titre, largeur: 12, format: 'annee' });
const date = (titre: string): Colonne => ({ titre, largeur: 13, format: 'date' });
const ouiNon = (v: boolean | null): string => (v === null ? '' : v ? 'oui' : 'non');

/** La liste : une ligne par logement, par commune et EPCI (L445-1). Ses titres sont ceux que l'import relit. */
export function feuillePlan({ lignes, resume }: Pick<VentesDeposees, 'lignes' | 'resume'>): Feuille {
  const acquereurs = new Map(resume.listeAcquereurs.map((a) => [a.code, a.libelle]));
  return {
    nom: 'Logements', figerEntete: true,
    colonnes: [
      texte('Identifiant', 20), texte('Commune (code)', 12), texte('Commune', 24), texte('EPCI (SIREN)', 14), texte('EPCI', 32), texte('Adresse', 36), texte('Ensemble', 30),
      texte('Type', 14), entier('Pièces', 8), { titre: 'Surface habitable (m²)', largeur: 12, format: 'decimal2' }, annee('Construction'), annee('Entrée au patrimoine'), texte('Financement', 26),
      texte('DPE', 7), texte('DPE (mois)', 11), { titre: 'Consommation', largeur: 14, format: 'nombre' }, texte('QPV', 8), texte('Occupé', 8), annee('Année'), texte('Acquéreur', 36), texte('État', 24),
      date('Date'), texte('Documents', 12), texte('Au parc', 9), texte('À signaler', 60),
    ],
    lignes: lignes.map((l): Cellule[] => [
      l.identifiant, l.commune, l.nomCommune, l.epci ?? '', l.nomEpci, l.adresse, l.nomEnsemble, l.type === null ? '' : libelleType(l.type), l.pieces, l.surface, l.construct, l.patrimoine,
      l.finan === null ? '' : libelleFinancement(l.finan), l.dpe ?? '', l.dpeDate ?? '', l.conso === null ? null : Number(l.conso), ouiNon(l.qpv), ouiNon(l.occupe), l.annee,
      l.acquereur === null ? '' : (acquereurs.get(l.acquereur) ?? l.acquereur), LIBELLE_ETAT_VENTE[l.etat], l.date, ouiNon(l.documents), ouiNon(l.auParc), l.drapeaux.map((d) => `${d.court} (${d.article})`).join(' ; '),
    ]),
  };
}

function feuilleTerritoires(nom: string, lignes: VentesDeposees['territoires'][number]['lignes'], resume: VentesDeposees['resume']): Feuille {
  const annees = Object.keys(resume.annees).filter((a) => a !== 'inconnu').sort();
  const acquereurs = resume.listeAcquereurs.filter((a) => (resume.acquereurs[a.code] ?? 0) > 0);
  const total = (codes: Record<string, number>, cle: string): Cellule => ({ v: codes[cle] ?? 0, aspect: 'total' });
  const colonnes = (c: { annees: Record<string, number>; acquereurs: Record<string, number>; etats: Record<string, number> }, dire: (comptes: Record<string, number>, cle: string) => Cellule): Cellule[] => [
    ...annees.map((a) => dire(c.annees, a)), dire(c.annees, 'inconnu'), ...acquereurs.map((a) => dire(c.acquereurs, a.code)), dire(c.acquereurs, 'inconnu'), ...ETATS_VENTE.map((e) => dire(c.etats, e)),
  ];
  return {
    nom, figerEntete: true,
    colonnes: [texte('Code', 14), texte('Nom', 36), entier('Logements'), ...annees.map((a) => entier(a, 9)), entier('Sans année'), ...acquereurs.map((a) => entier(a.court, 14)), entier('Acquéreur à dire', 14), entier('À vendre', 9), entier('Mis en commercialisation', 16), entier('Vendus', 9)],
    lignes: [
      ...lignes.map((l): Cellule[] => [l.code, l.nom, l.logements, ...colonnes(l, (comptes, cle) => comptes[cle] ?? 0)]),
      ['', { v: 'Ensemble du plan', aspect: 'total' }, { v: resume.logements, aspect: 'total' }, ...colonnes(resume, total)],
    ],
  };
}

function feuilleConsultations(consultations: VentesDeposees['consultations']): Feuille {
  return {
    nom: 'Consultations', figerEntete: true,
    colonnes: [texte('Consulté', 36), texte('Qualité', 16), entier('Logements'), date('Envoyée le'), date('Reçue le'), date('Délai jusqu’au'), texte('Délai', 30), texte('Avis', 20), date('Avis du')],
    lignes: consultations.map((c): Cellule[] => [
      c.nom, QUALITES[c.nature], c.logements, c.envoyee, c.recue, c.limite, c.echeance !== null && c.echeance === c.limite ? `retenu${c.motif === '' ? ', sans motif' : ` : ${c.motif}`}` : c.delaiLegal ? 'deux mois, L445-1' : 'proposé, non réglementaire', c.libelleEtat, c.repondue,
    ]),
  };
}

export const QUALITES = { commune: 'commune', collectivite: 'collectivité', groupement: 'groupement' } as const;

function feuilleCommunes(communes: VentesDeposees['communes']): Feuille {
  return {
    nom: 'Taux des communes', figerEntete: true,
    colonnes: [texte('Code', 10), texte('Commune', 28), entier('Logements du plan'), texte('Taux (%)', 10), texte('À atteindre (%)', 12), entier('Résidences principales', 14), entier('Logements sociaux', 14), texte('Aujourd’hui', 34), texte('Après les ventes', 34), texte('Arrêté de carence', 14), texte('Contrat de mixité sociale', 16), texte('Source', 40)],
    lignes: communes.map((c): Cellule[] => [c.commune, c.nom, c.logements, c.taux ?? '', c.objectif ?? '', c.residences, c.sociaux, direSru(c.actuel), direSru(c.apres), ouiNon(c.carence), ouiNon(c.mixite), c.source]),
  };
}

/** Un taux au regard de son objectif, ou ce qu'il manque pour le dire. */
export function direSru({ atteint, dit, manque }: VentesDeposees['communes'][number]['actuel']): string {
  if (atteint === null) return manque.length === 0 ? '' : `il manque ${manque.join(', ')}`;
  return `${atteint ? 'atteint' : 'non atteint'}${dit === '' ? '' : ` : ${dit}`}`;
}

/** Feuilles du plan, sans présentation : pour le paquet et pour un export seul. */
export function feuillesVentes(v: VentesDeposees): Feuille[] {
  return [
    feuillePlan(v),
    ...v.territoires.map((t) => feuilleTerritoires(t.par === 'commune' ? 'Par commune' : 'Par EPCI', t.lignes, v.resume)),
    feuilleConsultations(v.consultations),
    feuilleCommunes(v.communes),
  ];
}

/** Ce que le plan dit de lui-même : l'article et le seuil retenu. */
export const TEXTE_VENTES = (v: VentesDeposees): string[] => [
  v.resume.texte,
  `Consommation maximale pour vendre : ${v.resume.energie.seuil} kWhEP/m²/an (${v.resume.energie.source}).`,
];

/** Les mêmes, et ce que l'outil ne sait pas : pour qui instruit, non pour une convention qui se signe. */
const METHODE_VENTES = (v: VentesDeposees): string[] => [...TEXTE_VENTES(v), v.resume.energie.bornes, ...v.resume.incertitudes];

/** plan-de-mise-en-vente.xlsx : la liste de L445-1, ses totaux, les consultations, les taux des communes. */
export function writeVentesXlsx(donnees: DonneesPaquet): Promise<Uint8Array> {
  if (donnees.ventes === undefined) throw new Error('aucun plan de mise en vente dans ces données');
  const classeur: Classeur = {
    titre: `Plan de mise en vente, ${donnees.organisme.nom}, ${donnees.periode}`, auteur: donnees.organisme.nom, date: donnees.date,
    feuilles: [presentation(donnees, 'Plan de mise en vente (L445-1, L443-7)', METHODE_VENTES(donnees.ventes)), ...feuillesVentes(donnees.ventes)],
  };
  return writeXlsx(classeur);
}
