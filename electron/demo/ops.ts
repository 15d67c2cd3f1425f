/**
 * Enquête d'occupation fictive des logements d'une déclaration, avec les défauts des vrais exports et les
 * totaux exacts que l'import doit retrouver. Les comptes sont faits ici, ligne par ligne, sans le code jugé.
 */
import { hasard } from './hasard.ts';
import type { Hasard } from './hasard.ts';
import type { Logement } from './logements.ts';

type SituationOps = 'total' | 'qpv' | 'horsQpv' | 'qpvInconnu';
type TotauxSituation = { concernes: number; repondants: number; occupants: number; bandes: number[]; recents: number; monoparentales: number; apl: number };
export type TotauxOps = {
  lignes: number;
  acceptees: number;
  rejets: Record<string, number>;
  situations: Record<SituationOps, TotauxSituation>;
  /** Répondants par commune d'aujourd'hui. */
  communes: Record<string, number>;
  parc: { offerts: number; vacants: number; vacantsTroisMois: number; baseRotation: number; rotation: number };
};

const BORNES = [20, 40, 60, 80, 100, 120, 130, 150];
const LIBELLES = ['0-20 %', '20 à 40 %', '40-60', '60 - 80', 'de 80 à 100 %', '100-120', '120-130', '130-150 %', 'plus de 150 %'];
const TITRES = ['Identifiant logement', 'Répondant', 'Nb occupants', 'Nb majeurs', 'Nb mineurs', 'Type de ménage', 'Âge du titulaire', 'Ressources % PLUS', 'APL', 'Activité', "Date d'emménagement"];
const RANG = { BAIL: 40, LOCAT: 26, REMLOCDATE: 61 };

const situation = (): TotauxSituation => ({ concernes: 0, repondants: 0, occupants: 0, bandes: [...BORNES.map(() => 0), 0, 0], recents: 0, monoparentales: 0, apl: 0 });

/** `reference` : la date de référence, un 1er janvier. */
export function generateOps(graine: number, logements: readonly Logement[], annee: number, reference: string): { texte: string; totaux: TotauxOps } {
  const totaux: TotauxOps = {
    lignes: 0, acceptees: 0, rejets: {}, communes: {},
    situations: { total: situation(), qpv: situation(), horsQpv: situation(), qpvInconnu: situation() },
    parc: { offerts: 0, vacants: 0, vacantsTroisMois: 0, baseRotation: 0, rotation: 0 },
  };
  const lignes: string[] = [TITRES.join(';')];
  let premiere: string | null = null;
  for (const [i, l] of logements.entries()) {
    const { faits: f } = l;
    if (f.sortie !== null && f.sortie !== 9) continue;
    compterParc(totaux, l, annee);
    if (f.mode !== 1) continue;
    const h = hasard(graine, 11, i);
    // Un logement loué sur cent n'est pas dans le fichier de l'enquête : il reste concerné.
    const dedans = !h.chance(0.01);
    const m = menageFictif(h, annee);
    const s = [totaux.situations.total, totaux.situations[f.qpv === 1 ? 'qpv' : f.qpv === 2 ? 'horsQpv' : 'qpvInconnu']];
    for (const t of s) t.concernes++;
    if (!dedans) continue;
    ecrire([f.ident, ...m.cellules]);
    totaux.acceptees++;
    premiere ??= f.ident;
    if (!m.repondant) continue;
    totaux.communes[f.commune] = (totaux.communes[f.commune] ?? 0) + 1;
    for (const t of s) {
      t.repondants++;
      t.occupants += m.occupants ?? 0;
      t.bandes[m.bande] = (t.bandes[m.bande] ?? 0) + 1;
      if (m.bail > `${Number(reference.slice(0, 4)) - 2}${reference.slice(4)}` && m.bail <= reference) t.recents++;
      if (m.type === 4) t.monoparentales++;
      if (m.apl) t.apl++;
    }
  }
  rejeter('ops-logement-inconnu', ['LOGT-INCONNU-1', 'oui', '2', '2', '0', '2', '44', '55', 'non', 'CDI', '01/02/2020']);
  rejeter('ops-identifiant-absent', ['', 'oui', '1', '1', '0', '1', '70', '35', 'oui', 'retraité', '01/02/2011']);
  if (premiere !== null) rejeter('ops-doublon', [premiere, 'oui', '5', '2', '3', '3', '41', '61', 'oui', 'CDI', '01/02/2021']);
  return { texte: `${lignes.join('\r\n')}\r\n`, totaux };

  function ecrire(cellules: readonly string[]): void {
    lignes.push(cellules.join(';'));
    totaux.lignes++;
  }
  function rejeter(code: string, cellules: readonly string[]): void {
    ecrire(cellules);
    totaux.rejets[code] = (totaux.rejets[code] ?? 0) + 1;
  }
}

function compterParc({ parc }: TotauxOps, { faits: f, champs }: Logement, annee: number): void {
  const bail = Number((champs[RANG.BAIL] ?? '').slice(3)) || 0;
  const locat = Number(champs[RANG.LOCAT] ?? '') || null;
  if (f.mode === 1 || f.mode === 2) parc.offerts++;
  if (f.mode === 2) {
    parc.vacants++;
    const [mois = 0, an = 0] = (champs[RANG.REMLOCDATE] ?? '').split('/').map(Number);
    if (an > 0 && (annee - an) * 12 + (1 - mois) > 3) parc.vacantsTroisMois++;
  }
  if (locat === null || locat >= annee - 1) return;
  if (f.mode === 1 || f.mode === 2) parc.baseRotation++;
  if (bail >= annee - 1) parc.rotation++;
}

type MenageFictif = { repondant: boolean; occupants: number | null; bande: number; type: number; apl: boolean; bail: string; cellules: string[] };

function menageFictif(h: Hasard, annee: number): MenageFictif {
  const repondant = h.chance(0.82);
  const type = h.pondere([[1, 38], [2, 17], [3, 22], [4, 19], [5, 4]] as const);
  const mineurs = type === 3 || type === 4 ? h.entier(1, 4) : 0;
  const majeurs = type === 1 || type === 4 ? 1 : type === 5 ? 3 : 2;
  const rang = h.pondere([[0, 18], [1, 20], [2, 21], [3, 17], [4, 12], [5, 6], [6, 2], [7, 2], [8, 2]] as const);
  const bas = rang === 0 ? 0 : (BORNES[rang - 1] ?? 0);
  const haut = BORNES[rang] ?? 210;
  // La borne du haut est dans la bande : on la tire parfois, exprès.
  const valeur = h.chance(0.08) && BORNES[rang] !== undefined ? haut : h.entier(bas * 10 + 1, haut * 10 - 1) / 10;
  const illisible = h.chance(0.006);
  const absente = h.chance(0.03);
  const ressources = illisible ? 'voir dossier' : absente ? h.parmi(['', 'NC', 'NA']) : h.chance(0.1) ? (LIBELLES[rang] ?? '') : `${String(valeur).replace('.', h.chance(0.5) ? ',' : '.')}${h.chance(0.3) ? ' %' : ''}`;
  const bail = `${h.chance(0.16) ? annee - h.entier(1, 2) : annee - h.entier(3, 30)}-${String(h.entier(1, 12)).padStart(2, '0')}-${String(h.entier(1, 28)).padStart(2, '0')}`;
  const apl = h.chance(0.47);
  const aberrant = h.chance(0.004);
  const occupants = majeurs + mineurs;
  const cellules = [
    repondant ? h.parmi(['O', 'oui', 'Oui', '1']) : h.parmi(['N', 'non']),
    ...(repondant
      ? [
          aberrant ? '212' : String(occupants), String(majeurs), String(mineurs), h.chance(0.5) ? String(type) : (['Isolé', 'Couple', 'Couple avec enfants', 'Monoparentale', 'Autre'][type - 1] ?? ''),
          String(h.entier(19, 93)), ressources, apl ? h.parmi(['O', 'oui']) : h.parmi(['N', 'non']), h.parmi(['CDI', 'CDD', 'Chômeur', 'Retraité', 'Étudiant', 'Inactif', '1', '4']),
        ]
      : ['', '', '', '', '', '', '', '']),
    h.chance(0.2) ? bail : bail.split('-').toReversed().join('/'),
  ];
  return { repondant, occupants: aberrant ? null : occupants, bande: illisible || absente ? BORNES.length + 1 : rang, type, apl, bail, cellules };
}
