import type { DefinitionControle } from '../types.ts';

/** Constats : leur code, leur niveau, leur article, leur phrase. Les règles qui les lèvent sont du code. */
export const controles: readonly DefinitionControle[] = [
  { code: 'champ-vide', niveau: 'bloquant', article: 'L445-1', etape: 'organisme', message: '« {libelle} » est vide.' },
  { code: 'champ-a-completer', niveau: 'a-justifier', article: 'L445-1', etape: 'organisme', message: '« {libelle} » est vide.' },
  { code: 'champ-invalide', niveau: 'bloquant', article: 'L445-1', etape: 'organisme', message: '« {libelle} » contient « {valeur} » : {raison}' },
  { code: 'commune-inconnue', niveau: 'a-justifier', article: 'R*445-1', etape: 'organisme', message: 'Commune du siège : « {valeur} » n’est pas le code INSEE d’une commune d’aujourd’hui. {proposition}' },
  { code: 'siren-autre-declaration', niveau: 'a-justifier', article: 'L445-1', etape: 'organisme', message: 'Le SIREN est {valeur}, mais la déclaration importée (« {fichier} ») est celle de {declare} : corriger le SIREN, importer la déclaration de l’organisme, ou dire pourquoi.' },
  { code: 'courriel-sans-forme', niveau: 'information', article: '', etape: 'organisme', message: 'Courriel : « {valeur} » n’a pas la forme d’une adresse (nom@domaine.fr).' },
  { code: 'psp-absent', niveau: 'bloquant', article: 'R445-2-2', etape: 'organisme', message: 'La date du plan stratégique de patrimoine n’est pas saisie.' },
  { code: 'psp-trop-ancien', niveau: 'bloquant', article: 'R445-2-2', etape: 'organisme', message: 'Le plan stratégique de patrimoine ({psp}) a trois ans ou plus à la date d’effet ({effet}).' },
  { code: 'psp-posterieur', niveau: 'a-justifier', article: 'R445-2-2', etape: 'organisme', message: 'Le plan stratégique de patrimoine ({psp}) est postérieur à la date d’effet ({effet}).' },
  { code: 'dates-incoherentes', niveau: 'bloquant', article: 'R445-2-4', etape: 'organisme', message: '« {apres} » ({dateApres}) précède « {avant} » ({dateAvant}).' },
  { code: 'dates-a-justifier', niveau: 'a-justifier', article: 'R445-2-6', etape: 'organisme', message: '« {apres} » ({dateApres}) précède « {avant} » ({dateAvant}).' },
  { code: 'echeance-depassee', niveau: 'a-justifier', article: 'L445-1', etape: 'organisme', message: '{libelle} : au plus tard le {date}, {constat}.{suite}' },
  { code: 'echeance-trop-tot', niveau: 'a-justifier', article: 'R445-2-5', etape: 'organisme', message: '{libelle} : le {fait}, alors que le délai court jusqu’au {date}.' },
  { code: 'echeance-sans-motif', niveau: 'a-justifier', article: 'L445-1', etape: 'organisme', message: "{libelle} : la date légale a été remplacée par le {date}, sans motif." },

  { code: 'stock-vide', niveau: 'bloquant', article: 'R445-3', etape: 'patrimoine', message: 'Aucun logement n’est dans le parc : importer la déclaration RPLS.' },
  { code: 'ensemble-sans-adresse', niveau: 'a-justifier', article: 'R445-3', etape: 'patrimoine', message: 'L’ensemble « {nom} » n’a pas d’adresse.' },
  { code: 'import-lignes-rejetees', niveau: 'a-justifier', article: 'R445-3', etape: 'patrimoine', message: "{lignes} du fichier importé {rejetees} : {logements}." },
  { code: 'import-remarque', niveau: 'information', article: 'R445-3', etape: 'patrimoine', message: '{lignes} avec la remarque « {remarque} ».' },
  { code: 'qpv-desaccords', niveau: 'information', article: 'R445-3', etape: 'patrimoine', message: '{logements} dont la situation en QPV déclarée ne s’accorde pas avec les contours de {generation} ({fichier}) : {detail}. Le déclaré reste celui du dossier.' },

  { code: 'npl-non-conforme', niveau: 'bloquant', article: 'L445-3', etape: 'loyers', message: 'Politique des loyers « {scenario} »{ou} : {constat}' },
  { code: 'npl-incomplete', niveau: 'a-justifier', article: 'L445-3', etape: 'loyers', message: 'Politique des loyers « {scenario} » : {logements} hors du calcul, {comptes} comptés.' },

  { code: 'cible-vide', niveau: 'bloquant', article: 'R445-5', etape: 'engagements', message: '{cellule} : la valeur est obligatoire.' },
  { code: 'cible-illisible', niveau: 'bloquant', article: 'R445-5-2', etape: 'engagements', message: '{cellule} : « {valeur} » ne se lit pas. {raison}' },
  { code: 'reference-illisible', niveau: 'a-justifier', article: 'Arrêté du 19 octobre 2017, art. 3', etape: 'engagements', message: '{cellule}, référence : « {valeur} » ne se lit pas. {raison}' },
  { code: 'ecart-pourcentage', niveau: 'a-justifier', article: 'R445-5-2', etape: 'engagements', message: '{cellule} : {valeur} se contredit. {raison}' },
  { code: 'numerateur-superieur', niveau: 'bloquant', article: 'R445-5', etape: 'engagements', message: '{cellule} : le numérateur dépasse le dénominateur ({valeur}).' },
  { code: 'valeur-non-entiere', niveau: 'bloquant', article: 'R445-5-2', etape: 'engagements', message: '{cellule} : {valeur} doit être un nombre entier.' },
  { code: 'forme-inattendue', niveau: 'a-justifier', article: 'R445-5-2', etape: 'engagements', message: '{cellule} : {valeur}. {raison}' },
  { code: 'part-superieure', niveau: 'bloquant', article: 'R445-5', etape: 'engagements', message: '{cellule} : {valeur}, plus que {parent} ({valeurParent}).' },
  { code: 'total-different', niveau: 'bloquant', article: 'R445-5', etape: 'engagements', message: '{cellule} : {valeur} ne vaut pas la somme des modes de financement ({somme}).' },
  { code: 'au-dela-du-parc', niveau: 'a-justifier', article: 'R445-5', etape: 'engagements', message: '{cellule} : {valeur} dépasse {parc}, nombre tiré du dernier import : {formule}.' },
  { code: 'cumul-decroissant', niveau: 'bloquant', article: 'R445-5', etape: 'engagements', message: '{cellule} : {valeur} à six ans, moins que {valeurTrois} à trois ans.' },
  { code: 'cumul-decroissant-a-justifier', niveau: 'a-justifier', article: 'R445-5', etape: 'engagements', message: '{cellule} : {valeur} à six ans, moins que {valeurTrois} à trois ans.' },
  { code: 'territoire-sans-stock', niveau: 'a-justifier', article: 'R445-5', etape: 'engagements', message: '{territoire} : des engagements y sont attendus, mais aucun logement du parc ne s’y trouve.' },
  { code: 'cible-sans-stock', niveau: 'a-justifier', article: 'R445-5', etape: 'engagements', message: '{cellule} : {valeur}, alors qu’aucun logement du parc n’est dans {territoire}.' },
  { code: 'cible-hors-matrice', niveau: 'a-justifier', article: 'R445-5', etape: 'engagements', message: 'La cible {champ} ({valeur}) n’est plus demandée : territoire, année ou indicateur hors de la matrice. Elle est gardée.' },
  { code: 'ps1-sans-territoire', niveau: 'a-justifier', article: 'R445-5', etape: 'engagements', message: 'PS-1 n’a aucun territoire : retenir les EPCI et EPT de L441-1 où se trouve le parc, ou justifier qu’il n’y en a pas.' },
  { code: 'departement-absent', niveau: 'bloquant', article: 'R445-5', etape: 'engagements', message: '{territoire} compte {logements} mais n’est pas dans la matrice.' },
  { code: 'indicateur-inconnu', niveau: 'bloquant', article: 'R445-5-1', etape: 'engagements', message: 'L’indicateur demandé « {indicateur} » n’existe pas dans le millésime {millesime}.' },

  { code: 'seuil-cible', niveau: 'a-justifier', article: 'L441-1', etape: 'engagements', message: '{cellule} : {calcul}. {texte}' },
  { code: 'seuil-observe', niveau: 'information', article: 'L441-1', etape: 'engagements', message: '{libelle}, {territoire} : {calcul}. {texte}' },
  { code: 'objectif-sans-source', niveau: 'a-justifier', article: 'L441-1', etape: 'engagements', message: '{libelle}, {territoire} : l’objectif « {valeur} » remplace le minimum de la loi, mais sa source n’est pas dite.' },
  { code: 'objectif-illisible', niveau: 'a-justifier', article: 'L441-1', etape: 'engagements', message: '{libelle}, {territoire} : l’objectif « {valeur} » ne se lit pas ; le minimum de la loi est appliqué. {raison}' },

  { code: 'observations-ouvertes', niveau: 'a-justifier', article: 'L445-1', etape: 'echanges', message: '{observations} encore {ouvertes} : répondre, ou dire pourquoi le prochain dépôt s’en passe.' },
];
