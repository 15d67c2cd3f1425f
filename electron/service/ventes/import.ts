import { basename } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { COLONNES_VENTE, parseCaseVente } from '../../../shared/domain/ventes/saisie.ts';
import type { ColonneVente } from '../../../shared/domain/ventes/saisie.ts';
import { closeOperation, openOperation } from '../../store/operations.ts';
import { logementDe, prepareAjout, trouverVente, writeChangements } from '../../store/ventes/plan.ts';
import type { ChangementVente, CleVente, LogementAjoute } from '../../store/ventes/plan.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { direCaseVente, jourDe, parDe } from './ecriture.ts';
import { readPlan } from './plan.ts';
import type { LigneVente } from './plan.ts';
import { readTableauVentes } from './tableau.ts';
import type { LigneLue } from './tableau.ts';

type Resultat = Sortie<'ventes.importer'>;

const SYNONYMES: Readonly<Record<string, readonly string[]>> = {
  identifiant: ['ident_int', 'id', 'logement', 'identifiant_logement', 'reference'],
  annee: ['annee_de_mise_en_vente', 'annee_mise_en_vente', 'annee_de_vente'],
  acquereur: ['acquereur_prevu', 'acheteur'],
  etat: ['etat_de_la_vente'],
  date: ['date_de_vente', 'date_de_l_etat'],
  conso: ['consommation', 'consommation_kwhep_m2_an', 'kwhep'],
  documents: ['documents_reunis', 'documents_d_habitabilite_et_d_energie_reunis'],
  note: ['commentaire'],
};

type Lecture = { neufs: Map<string, LogementAjoute>; changements: ChangementVente[]; modifiees: number; inchangees: number; refusees: Resultat['refusees'] };

/**
 * Ajoute ou met à jour les logements d'un tableau. Une ligne sans logement connu, en double, ou dont une valeur ne
 * se lit pas est refusée avec son numéro ; les autres sont écrites d'un geste, annulable. Une case vide ne
 * change rien.
 */
export async function importerVentes(contexte: Contexte, { chemin }: EntreeLue<'ventes.importer'>, suivi: Suivi): Promise<Resultat> {
  const { base } = contexte.dossierEcriture();
  const { lignes, ignorees } = await readTableauVentes(chemin, SYNONYMES, ['identifiant'], suivi);
  const par = parDe(contexte);
  return base
    .transaction((): Resultat => {
      const plan = readPlan(base, jourDe(contexte));
      const { regles, annees } = plan.cadre;
      const [trouver, lireLogement] = [trouverVente(base), logementDe(base)];
      const l: Lecture = { neufs: new Map(), changements: [], modifiees: 0, inchangees: 0, refusees: [] };
      const vus = new Map<string, number>();
      for (const ligne of lignes) {
        const identifiant = ligne.lire('identifiant');
        const refuser = (raison: string): void => void l.refusees.push({ ligne: ligne.ligne, identifiant, raison });
        const cle = trouver(identifiant);
        const connu = plan.parIdentifiant.get(identifiant);
        const logement = cle === null || connu !== undefined ? null : lireLogement(cle);
        const deja = vus.get(identifiant);
        if (identifiant === '') refuser('L’identifiant est vide.');
        else if (deja !== undefined) refuser(`Ce logement est déjà à la ligne ${deja}.`);
        else if (cle === null || (connu === undefined && logement === null)) refuser('Aucun logement du dossier n’a cet identifiant.');
        else if (logement?.sorti === true) refuser('Ce logement est sorti du parc.');
        else {
          const lues = lireCases(ligne, identifiant, cle, connu, (c, t) => parseCaseVente(c, t, regles, annees));
          if (typeof lues === 'string') {
            refuser(lues);
            continue;
          }
          vus.set(identifiant, ligne.ligne);
          if (logement !== null) l.neufs.set(identifiant, logement);
          else if (lues.length > 0) l.modifiees++;
          else l.inchangees++;
          l.changements.push(...lues);
        }
      }
      const bilan = { lignes: lignes.length, ajoutees: l.neufs.size, modifiees: l.modifiees, inchangees: l.inchangees, refusees: l.refusees, colonnesIgnorees: ignorees, enregistreA: par.quand };
      if (l.neufs.size === 0 && l.changements.length === 0) return { operation: null, ...bilan };
      const operation = openOperation(base, 'ventes.importer', `Import du plan de mise en vente : ${pluriel(l.neufs.size + l.modifiees, 'logement')} (« ${basename(chemin)} »)`, par);
      const inserer = prepareAjout(base, operation, par);
      for (const [identifiant, logement] of l.neufs) inserer(identifiant, logement);
      writeChangements(base, operation, l.changements, par, (c, v) => direCaseVente(regles, c, v));
      closeOperation(base);
      return { operation, ...bilan };
    })
    .immediate();
}

const VIDES: Readonly<Record<ColonneVente, string | number | null>> = { annee: null, acquereur: null, etat: 'a-vendre', date: null, conso: null, documents: 0, note: '' };

function lireCases(ligne: LigneLue, identifiant: string, cle: CleVente, connu: LigneVente | undefined, lire: (c: ColonneVente, t: string) => ReturnType<typeof parseCaseVente>): ChangementVente[] | string {
  const changements: ChangementVente[] = [];
  for (const colonne of COLONNES_VENTE) {
    const texte = ligne.lire(colonne);
    if (texte === '') continue;
    const lue = lire(colonne, texte);
    if (!lue.ok) return lue.message;
    const avant = connu === undefined ? VIDES[colonne] : colonne === 'documents' ? (connu.documents ? 1 : 0) : connu[colonne];
    if (avant !== lue.valeur) changements.push({ ...cle, identifiant, colonne, avant, apres: lue.valeur });
  }
  return changements;
}
