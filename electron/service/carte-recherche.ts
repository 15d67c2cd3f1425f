import type { Sortie } from '../../shared/contract.ts';
import { normaliserVoie } from '../../shared/domain/positions/adresse.ts';
import { findCommune, nomTerritoire } from '../../shared/territoires/index.ts';
import { listProgrammes } from '../store/carte.ts';
import { groupBy } from '../documents/libelles.ts';
import type { Contexte } from './contexte.ts';
import { readEnsembles } from './ensembles.ts';
import { withBan } from './qpv/gardes.ts';

type Trouve = Sortie<'carte.chercher'>['trouves'][number];

const PAR_NATURE = 8;
/** Au-delà, une adresse de la BAN est à tant d'un ensemble qu'elle n'est pas la sienne (degrés, environ 150 m). */
const PROCHE = 0.0014;
/** Communes où une adresse sans commune est cherchée. */
const COMMUNES_BAN = 300;

const simple = (t: string): string => t.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/gu, ' ').trim();

/**
 * Ensembles, programmes, communes, EPCI du parc et adresses de la BAN gardée dont le nom contient tous les mots ;
 * ceux qui commencent par le texte d'abord. Chacun porte les lignes qu'il désigne, à chaque maille.
 */
export async function searchCarte(contexte: Contexte, texte: string): Promise<Sortie<'carte.chercher'>> {
  const { base } = contexte.dossier();
  const voulu = simple(texte);
  if (voulu === '') return { trouves: [], banChargee: false };
  const mots = voulu.split(' ');
  const contient = (...champs: string[]): boolean => {
    const la = simple(champs.join(' '));
    return mots.every((m) => la.includes(m));
  };
  const garder = (liste: Trouve[]): Trouve[] => liste.toSorted((a, b) => Number(simple(b.libelle).startsWith(voulu)) - Number(simple(a.libelle).startsWith(voulu))).slice(0, PAR_NATURE);
  const ensembles = readEnsembles(base);
  const codes = (liste: typeof ensembles): Pick<Trouve, 'ensembles' | 'communes' | 'epci'> => ({
    ensembles: liste.map((e) => e.id),
    communes: [...new Set(liste.map((e) => e.commune))],
    epci: [...new Set(liste.map((e) => findCommune(e.commune)?.epci ?? '').filter((c) => c !== ''))],
  });
  const parCommune = groupBy(ensembles, (e) => e.commune);
  const parEpci = groupBy(ensembles.filter((e) => findCommune(e.commune)?.epci != null), (e) => findCommune(e.commune)?.epci ?? '');
  const parCode = new Map(ensembles.map((e) => [e.id, e]));
  const territoires = [
    ...garder([...parCommune].filter(([code, liste]) => contient(code, liste[0]?.nomCommune ?? '')).map(([code, liste]) => ({ nature: 'commune' as const, libelle: liste[0]?.nomCommune ?? code, detail: code, point: null, ...codes(liste), communes: [code] }))),
    ...garder([...parEpci].filter(([code]) => contient(code, nomTerritoire(`epci-${code}`))).map(([code, liste]) => ({ nature: 'epci' as const, libelle: nomTerritoire(`epci-${code}`), detail: code, point: null, ...codes(liste), epci: [code] }))),
  ];
  const programmes = [...groupBy(listProgrammes(base), (p) => p.programme)].filter(([nom]) => contient(nom)).map(([nom, lignes]) => {
    const liste = lignes.flatMap((l) => parCode.get(l.ensemble) ?? []);
    return { nature: 'programme' as const, libelle: nom, detail: liste[0]?.nomCommune ?? '', point: null, ...codes(liste) };
  });
  const trouves: Trouve[] = [
    ...territoires,
    ...garder(ensembles.filter((e) => contient(e.nom, e.id) || contient(e.adresse, e.nomCommune)).map((e) => ({ nature: 'ensemble' as const, libelle: e.nom, detail: `${e.adresse}, ${e.nomCommune}`, point: null, ...codes([e]) }))),
    ...garder(programmes.filter((p) => p.ensembles.length > 0)),
  ];
  const { positions, banChargee, adresses } = await searchAdresses(contexte, texte, [...parCommune.keys()]);
  for (const a of adresses) {
    const proche = positions
      .map((p) => ({ id: p.id, d: Math.hypot(p.lat - a.lat, (p.lon - a.lon) * Math.cos((a.lat * Math.PI) / 180)), sur: p.precision === 'adresse' || p.precision === 'repere' }))
      .filter((p) => p.sur && p.d <= PROCHE)
      .toSorted((p, q) => p.d - q.d)[0];
    const ici = proche === undefined ? undefined : parCode.get(proche.id);
    trouves.push({ nature: 'adresse', libelle: a.libelle, detail: ici?.nom ?? 'aucun ensemble à moins de 150 m', point: { lon: a.lon, lat: a.lat }, ...codes(ici === undefined ? [] : [ici]) });
  }
  return { trouves, banChargee };
}

/** « 12 rue du Port, Toulon » : la voie, au numéro, dans les communes du parc que la fin nomme, ou dans toutes. */
async function searchAdresses(contexte: Contexte, texte: string, communes: readonly string[]) {
  const [debut = '', ...reste] = texte.split(',');
  const commune = simple(reste.join(' '));
  const lu = /^\s*(\d{1,5})?\s*(?:bis|ter|quater)?[\s]*(.*)$/iu.exec(debut);
  const voie = normaliserVoie(lu?.[2] ?? '');
  const retenues = communes.filter((c) => commune === '' || simple(findCommune(c)?.nom ?? '').includes(commune)).slice(0, COMMUNES_BAN);
  return withBan(contexte.repertoireDonnees, async (extraits) => {
    const adresses = voie.length < 3 ? [] : extraits.flatMap((e) => retenues.flatMap((c) => e.chercher(c, voie, lu?.[1] === undefined ? null : Number(lu[1]), PAR_NATURE))).slice(0, PAR_NATURE);
    const positions = adresses.length === 0 ? [] : (await contexte.appeler('carte.lire', { surface: 'SH' })).ensembles;
    return { adresses, positions, banChargee: extraits.length > 0 };
  });
}
