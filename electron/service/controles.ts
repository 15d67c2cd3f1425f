import { basename } from 'node:path';
import { runControles } from '../../shared/domain/controles/controles.ts';
import type { EntreeControles } from '../../shared/domain/controles/types.ts';
import { cleJustification } from '../../shared/domain/controles/types.ts';
import type { CommuneNommee, Constats } from '../../shared/domain/controles/types.ts';
import { libelleAnomalie } from '../../shared/domain/rpls/libelles-anomalies.ts';
import { nomTerritoire, resolveDepcom } from '../../shared/territoires/index.ts';
import { lireLigneEntete } from '../import/rpls/entete.ts';
import type { Base } from '../store/base.ts';
import { readJustifications, writeJustification } from '../store/engagements.ts';
import { countObservations } from '../store/retours.ts';
import { countAnomalies, countEnsembles, readStockCommunes } from '../store/stock.ts';
import { readAssociation } from './association/lecture.ts';
import { readSeuilsObserves } from './attributions-seuils.ts';
import { readConstates } from './constates.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';
import { hasContours } from './qpv/presence.ts';
import { countNuls } from '../store/npl/parc.ts';
import { readConstatsNpl } from './npl/constats.ts';
import { readConstatsVentes } from './ventes/constats.ts';
import { readEngagements } from './matrice.ts';
import type { EtatEngagements } from './matrice.ts';

/** Tous les constats du dossier au jour dit (date ISO) ; `qpv` : les désaccords avec les contours de cet ordinateur. */
export function readConstats(base: Base, aujourdhui: string, etat: EtatEngagements = readEngagements(base), qpv: EntreeControles['qpv'] = null): Constats {
  const { stockDe, departements } = etat.territoires;
  const anomalies = countAnomalies(base);
  const { sansAdresse } = countEnsembles(base);
  const importe = base.prepare<[], { n: number }>('SELECT count(*) AS n FROM import').get()?.n ?? 0;
  return runControles({
    millesime: etat.millesime,
    aujourdhui,
    champs: etat.champs,
    constates: readConstates(base),
    matrice: etat.matrice,
    saisies: etat.saisies,
    parc: {
      logements: stockDe('organisme').parc,
      stockDe,
      departements: departements.map((code) => ({ code, nom: nomTerritoire(code), logements: stockDe(code).parc })),
      ensemblesSansAdresse: sansAdresse.map((e) => ({ id: e.code, nom: e.nom })),
    },
    communes: {
      trouver: (code) => nommerCommune(resolveDepcom(code).commune),
      duParc: readStockCommunes(base).flatMap((c) => nommerCommune(c.commune) ?? []),
    },
    import:
      importe === 0
        ? null
        : {
            rejetees: anomalies.filter((a) => a.rejet).reduce((n, a) => n + a.nombre, 0),
            remarques: anomalies
              .filter((a) => !a.rejet)
              .map((a) => ({ code: a.code, libelle: libelleAnomalie(a.code), nombre: a.nombre })),
          },
    declarant: readDeclarant(base),
    qpv,
    npl: readConstatsNpl(base),
    nuls: countNuls(base),
    association: readAssociation(base, aujourdhui, etat),
    attributions: readSeuilsObserves(base, etat),
    ventes: readConstatsVentes(base, aujourdhui, etat),
    observations: { ouvertes: countObservations(base).ouvertes },
    justifications: new Map(readJustifications(base).map((j) => [cleJustification(j.code, j.champ || null), j.motif])),
  });
}

function readDeclarant(base: Base): NonNullable<EntreeControles['declarant']> | null {
  const declaration = base
    .prepare<[], { entete: Buffer | null; fichier: string }>('SELECT i.entete, i.fichier FROM declaration d JOIN import i ON i.id = d.import WHERE d.en_vigueur = 1 AND d.origine IS NULL')
    .get();
  const siren = declaration?.entete == null ? null : (lireLigneEntete(declaration.entete)?.siren ?? null);
  return declaration === undefined || siren === null ? null : { siren, fichier: basename(declaration.fichier) };
}

function nommerCommune(code: string | null): CommuneNommee | null {
  return code === null ? null : { code, nom: nomTerritoire(`com-${code}`) };
}

/** Sans contours sur cet ordinateur, rien n'est à comparer, ni à charger. */
async function readQpv(contexte: Contexte, suivi: Suivi): Promise<EntreeControles['qpv']> {
  if (!hasContours(contexte.repertoireDonnees)) return null;
  const { readEcarts } = await import('./qpv/desaccords.ts');
  const lus = await readEcarts(contexte, suivi);
  if (lus === null) return null;
  const { generation, fichier, ecarts } = lus;
  return { generation, fichier, ouiDehors: ecarts['oui-dehors'], nonDedans: ecarts['non-dedans'], inconnuDedans: ecarts['inconnu-dedans'] };
}

export const handlers = {
  'controles.lister': async (contexte, _entree, suivi) => {
    const { base } = contexte.dossier();
    const qpv = await readQpv(contexte, suivi);
    return readConstats(base, contexte.maintenant().toISOString().slice(0, 10), readEngagements(base), qpv);
  },

  'controles.justifier': (contexte, { code, champ, motif }) => {
    const quand = contexte.maintenant().toISOString();
    writeJustification(contexte.dossierEcriture().base, code, champ ?? '', motif.trim(), { qui: contexte.utilisateur, quand });
    return { enregistreA: quand };
  },
} satisfies Partial<Handlers>;
