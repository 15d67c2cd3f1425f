/** Les quartiers prioritaires : contours chargés, positions des logements, désaccords avec le déclaré. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';

export const GenerationQpv = z.enum(['2015', '2024']);

/** Un jeu de contours gardé sur cet ordinateur. */
export const FicheContours = z.object({
  generation: GenerationQpv,
  nom: texte,
  chargeLe: texte,
  contours: entier,
  empreinte: texte,
  /** Système d'origine (code EPSG), converti en longitude et latitude. */
  epsg: entier,
  /** Tracés écartés, par raison (libellé). */
  ecartes: comptes,
});

/** Un extrait de la BAN gardé sur cet ordinateur. */
export const FicheBan = z.object({ nom: texte, departements: z.array(texte), adresses: entier, ecartees: entier, chargeLe: texte, empreinte: texte });

/** Nombre de logements du parc par issue de la comparaison (shared/domain/qpv/ecarts.ts). */
export const EcartsQpv = z.object({
  'oui-dehors': entier,
  'non-dedans': entier,
  'inconnu-dedans': entier,
  'inconnu-dehors': entier,
  'sans-position': entier,
  'sans-contour': entier,
  accord: entier,
});

/** Logements du parc par origine de leur position ; les quatre dernières sont approchées ou absentes. */
export const PositionsParc = z.object({ fichier: entier, ban: entier, repere: entier, voie: entier, commune: entier, departement: entier, aucune: entier });

export const LigneEcarts = z.object({
  /** Code de la commune, ou de l'ensemble. */
  code: texte,
  nom: texte,
  commune: texte,
  nomCommune: texte,
  logements: entier,
  /** Déclarés en QPV. */
  declares: entier,
  /** Dans un contour. */
  dedans: entier,
  ecarts: EcartsQpv,
  /** Quartiers où se trouvent ses logements, d'après les contours. */
  quartiers: z.array(z.object({ code: texte, nom: texte, logements: entier })),
});

export const AdresseTrouvee = z.object({ libelle: texte, lon: z.number(), lat: z.number() });

const objet = z.enum(['logement', 'ensemble']);
const ChangementPosition = z.object({ operation: entier, libelle: texte, enregistreA: texte });

export const operationsQpv = {
  'qpv.etat': {
    input: rien,
    output: z.object({
      contours: z.array(FicheContours),
      /** Celle que la comparaison prend : choisie, sinon la plus récente chargée ; `null` sans contours. */
      generation: GenerationQpv.nullable(),
      ban: z.array(FicheBan),
      logements: entier,
      positions: PositionsParc,
      /** Coordonnées du fichier : logements par système dit, par système deviné, et écartées par raison (libellé). */
      fichier: z.object({ systemes: comptes, devines: comptes, ecartees: comptes }),
      /** Adresses distinctes du parc dans la BAN ; `aChercher` : jamais cherchées. */
      adresses: z.object({ adresse: entier, voie: entier, ambigue: entier, introuvable: entier, aChercher: entier }),
      ecarts: EcartsQpv.nullable(),
    }),
  },
  'qpv.charger': { input: z.strictObject({ chemin }), output: FicheContours.extend({ remplace: texte.nullable() }) },
  'qpv.retirer': { input: z.strictObject({ generation: GenerationQpv }), output: rien },
  'qpv.choisir': { input: z.strictObject({ generation: GenerationQpv }), output: z.object({ enregistreA: texte }) },
  'qpv.chargerBan': { input: z.strictObject({ chemin }), output: FicheBan },
  'qpv.retirerBan': { input: z.strictObject({ nom: texte }), output: rien },
  /** Cherche dans la BAN gardée toutes les adresses du parc ; une opération, annulable. */
  'qpv.situer': {
    input: rien,
    output: z.object({ operation: entier, adresse: entier, voie: entier, ambigue: entier, introuvable: entier, enregistreA: texte }),
  },
  'qpv.ecarts': {
    input: z.strictObject({ par: z.enum(['commune', 'ensemble']), desaccords: z.boolean().default(true) }),
    output: z.object({ generation: GenerationQpv.nullable(), lignes: z.array(LigneEcarts) }),
  },
  /** Les logements en désaccord, et eux seuls ; `total` les compte tous. */
  'qpv.lignes': {
    input: z.strictObject({ nombre: entier.min(1).max(1000).default(100) }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({
          identifiant: texte, ensemble: texte, nomEnsemble: texte, commune: texte, adresse: texte, declare: z.enum(['oui', 'non', 'inconnu']), ecart: texte,
          quartier: texte.nullable(), nomQuartier: texte.nullable(), origine: texte, lon: z.number(), lat: z.number(),
        }),
      ),
    }),
  },
  'qpv.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
  /** Contours des départements du parc, pour la carte : propriétés `code`, `nom`. */
  'qpv.tracer': { input: rien, output: z.object({ generation: GenerationQpv.nullable(), geojson: z.unknown() }) },
  'qpv.poser': { input: z.strictObject({ objet, cle: texte, lon: z.number(), lat: z.number() }), output: ChangementPosition },
  'qpv.lever': { input: z.strictObject({ objet, cle: texte }), output: ChangementPosition },
  /** Repère d'un ensemble, et ce que ses logements ont comme position. */
  'qpv.repere': {
    input: z.strictObject({ objet, cle: texte }),
    output: z.object({ repere: z.object({ lon: z.number(), lat: z.number() }).nullable(), positions: PositionsParc }),
  },
  'qpv.chercherAdresse': { input: z.strictObject({ commune: texte, texte }), output: z.object({ adresses: z.array(AdresseTrouvee), banChargee: z.boolean() }) },
} as const;
