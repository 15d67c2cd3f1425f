/**
 * La règle de la proposition : une suite de niveaux. Un logement suit le premier niveau dont tous les
 * critères sont renseignés ; deux logements d'une même commune qui ont les mêmes valeurs à ce niveau vont
 * ensemble. Aucun texte ne fixe de règle : l'organisme détermine ce qui est géographiquement cohérent
 * (R445-3) ; celles-ci sont proposées par l'application.
 */
export const CRITERES = ['segment', 'programme', 'adresse', 'voie', 'immeuble', 'bat', 'batiment', 'lieudit'] as const;
export type Critere = (typeof CRITERES)[number];
export type Regle = readonly (readonly Critere[])[];

type DefinitionCritere = { libelle: string; champs: string; meme: string };

/** `meme` : comment le dire après « le même » ou « la même ». */
export const LIBELLES_CRITERES: Readonly<Record<Critere, DefinitionCritere>> = {
  segment: { libelle: 'Segment', champs: 'CODSEGPATRIM', meme: 'même segment' },
  programme: { libelle: 'Programme', champs: 'COMPLGEO', meme: 'même programme' },
  adresse: { libelle: 'Adresse', champs: 'NUMVOIE, INDREP, TYPVOIE, NOMVOIE', meme: 'même adresse' },
  voie: { libelle: 'Voie, sans numéro', champs: 'TYPVOIE, NOMVOIE', meme: 'même voie' },
  immeuble: { libelle: 'Immeuble', champs: 'IMMEU', meme: 'même immeuble' },
  bat: { libelle: 'Bâtiment', champs: 'BAT', meme: 'même bâtiment' },
  batiment: { libelle: 'Immeuble ou bâtiment', champs: 'IMMEU, BAT, dans leur LIEUDIT', meme: 'mêmes immeuble et bâtiment' },
  lieudit: { libelle: 'Lieudit', champs: 'LIEUDIT', meme: 'même lieudit' },
};

/** La règle d'un dossier où rien n'a été réglé. */
export const REGLE_DEPART: Regle = [['programme'], ['adresse'], ['batiment'], ['lieudit']];

export type Prereglage = { cle: string; libelle: string; aide: string; regle: Regle };

/** Leurs noms ne sont pas ceux de critères : une règle écrite se relit sans ambiguïté. */
export const PREREGLAGES: readonly Prereglage[] = [
  { cle: 'par-programme', libelle: 'Par programme', aide: 'Le programme, puis l’adresse : la règle de départ.', regle: REGLE_DEPART },
  { cle: 'par-segment', libelle: 'Par segment', aide: 'Le segment de la CUS, puis le programme, le bâtiment, l’adresse.', regle: [['segment'], ['programme'], ['batiment'], ['adresse'], ['lieudit']] },
  {
    cle: 'par-segment-programme', libelle: 'Par segment et programme', aide: 'Un même programme se partage entre ses segments.',
    regle: [['segment', 'programme'], ['programme'], ['adresse'], ['batiment'], ['lieudit']],
  },
  {
    cle: 'par-batiment', libelle: 'Par bâtiment', aide: 'Chaque bâtiment d’un programme est un ensemble.',
    regle: [['programme', 'immeuble', 'bat'], ['programme', 'bat'], ['programme', 'immeuble'], ['programme'], ['adresse'], ['batiment'], ['lieudit']],
  },
  { cle: 'par-adresse', libelle: 'Par adresse', aide: 'Chaque adresse est un ensemble, même dans un programme.', regle: [['adresse'], ['programme'], ['batiment'], ['lieudit']] },
];

export const NIVEAUX_MAXIMUM = 8;
export const CRITERES_MAXIMUM = 4;

export const isMemeRegle = (a: Regle, b: Regle): boolean => JSON.stringify(a) === JSON.stringify(b);

export const findPrereglage = (regle: Regle): Prereglage | null => PREREGLAGES.find((p) => isMemeRegle(p.regle, regle)) ?? null;

/** Ce qui empêche une règle d'être une règle, en une phrase ; `null` si rien. */
export function faultRegle(regle: Regle): string | null {
  if (regle.length === 0) return 'La règle n’a aucun niveau.';
  if (regle.length > NIVEAUX_MAXIMUM) return `La règle a plus de ${NIVEAUX_MAXIMUM} niveaux.`;
  for (const niveau of regle) {
    if (niveau.length === 0) return 'Un niveau n’a aucun critère.';
    if (niveau.length > CRITERES_MAXIMUM) return `Un niveau a plus de ${CRITERES_MAXIMUM} critères.`;
    if (new Set(niveau).size < niveau.length) return 'Un niveau nomme deux fois le même critère.';
  }
  return null;
}

// « Immeuble ou bâtiment » est renseigné dès que l'un des deux l'est.
const exige = (niveau: readonly Critere[], c: Critere): boolean =>
  niveau.includes(c) || (c === 'batiment' && (niveau.includes('immeuble') || niveau.includes('bat'))) || (c === 'voie' && niveau.includes('adresse')) || (c === 'adresse' && niveau.includes('voie'));

/** Rangs des niveaux qui ne serviront jamais : un niveau d'avant prend déjà tout ce qu'ils prendraient. */
export function findInutiles(regle: Regle): number[] {
  return regle.flatMap((niveau, i) => (regle.slice(0, i).some((avant) => avant.every((c) => exige(niveau, c))) ? [i] : []));
}

/** « même segment et même programme ; à défaut, même adresse ; à défaut, le reste de la commune ». */
export function describeRegle(regle: Regle): string {
  const niveaux = regle.map((niveau) => niveau.map((c) => LIBELLES_CRITERES[c].meme).join(' et '));
  return [...niveaux, 'le reste de la commune'].join(' ; à défaut, ');
}

/** Lit une règle écrite au terminal ou dans le dossier : « segment+programme,adresse » ou le nom d'un préréglage ; `null` si ce n'en est pas une. */
export function parseRegle(texte: string): Regle | null {
  const prereglage = PREREGLAGES.find((p) => p.cle === texte.trim());
  if (prereglage !== undefined) return prereglage.regle;
  const regle: Critere[][] = [];
  for (const niveau of texte.split(',')) {
    const criteres = niveau.split('+').map((c) => CRITERES.find((x) => x === c.trim().toLowerCase()));
    if (criteres.some((c) => c === undefined)) return null;
    regle.push(criteres.flatMap((c) => c ?? []));
  }
  return faultRegle(regle) === null ? regle : null;
}

/** L'inverse de `parseRegle`. */
export const writeRegle = (regle: Regle): string => regle.map((n) => n.join('+')).join(',');
