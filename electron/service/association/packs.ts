import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { retenues } from '../../../shared/domain/association/etape.ts';
import type { Personne } from '../../../shared/domain/association/types.ts';
import { invalide, refus } from '../../../shared/erreurs.ts';
import type { DonneesPack } from '../../../shared/paquet/pack.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { runDocuments } from '../depot/documents-fil.ts';
import { writeFichier } from '../fichiers.ts';
import { millesimeDe } from '../millesime.ts';
import { readAssociation } from './lecture.ts';
import { buildPack, readSource } from './pack-donnees.ts';

type Packs = Sortie<'associes.packs'>;

/** Un nom de fichier lisible et sans surprise : lettres, chiffres, tirets. */
const slug = (t: string): string => t.normalize('NFD').replace(/[\u0300-\u036f]/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 48);

const SANS_TERRITOIRE = 'Aucun territoire connu ne lui est donné : l’ajouter avec le code de son territoire.';
const SANS_PARC = 'Aucun logement du parc n’est sur son territoire.';

/** Écrit les packs des personnes retenues (ou de celles demandées) ; rien n'est écrit avant que tous soient faits. */
export async function writePacks(contexte: Contexte, { repertoire: donne, personnes: demandees }: EntreeLue<'associes.packs'>, suivi: Suivi): Promise<Packs> {
  const repertoire = resolve(donne);
  const { base } = contexte.dossier();
  const millesime = millesimeDe(base);
  const etat = readAssociation(base, contexte.maintenant().toISOString().slice(0, 10));
  const publiques = retenues(etat);
  const inconnue = demandees?.find((c) => !publiques.some((p) => p.code === c));
  if (inconnue !== undefined) throw invalide('personne-inconnue', `« ${inconnue} » n’est pas une personne publique retenue.`, 'Choisir parmi celles qui sont signataires ou associées ; rien n’a été écrit.');
  const voulues = demandees === undefined ? publiques : publiques.filter((p) => demandees.includes(p.code));
  const sans: Packs['sans'] = [];
  const faites: [Personne, DonneesPack][] = [];
  const natures = new Map(millesime.association.natures.map((n) => [n.nature, n.libelle]));
  const source = await readSource(contexte, millesime, suivi);
  for (const p of voulues) {
    suivi.signal.throwIfAborted();
    if (p.territoire === null || p.logements === 0) {
      sans.push({ personne: p.code, nom: p.nom, raison: p.territoire === null ? SANS_TERRITOIRE : SANS_PARC });
      continue;
    }
    faites.push([p, buildPack(contexte, source, { ...p, libelleNature: natures.get(p.nature) ?? p.nature }, p.territoire)]);
  }
  if (faites.length === 0) throw refus('aucun-pack', 'Aucune personne publique retenue n’a de logement du parc sur son territoire.', 'Importer le parc, ou retenir une personne publique ; rien n’a été écrit.');
  const fichiers = await runDocuments({ packs: faites.map(([, d]) => d) }, (fait, total) => suivi.progres({ etape: 'Packs des personnes publiques', fait, total }), suivi.signal);
  suivi.signal.throwIfAborted();
  mkdirSync(repertoire, { recursive: true });
  const packs: Packs['packs'] = [];
  for (const [rang, [p, d]] of faites.entries()) {
    const nom = `association-${p.code}-${slug(p.nom)}`;
    const [pdf, xlsx] = [join(repertoire, `${nom}.pdf`), join(repertoire, `${nom}.xlsx`)];
    await writeFichier(contexte, pdf, fichiers[2 * rang]?.octets ?? new Uint8Array());
    await writeFichier(contexte, xlsx, fichiers[2 * rang + 1]?.octets ?? new Uint8Array());
    packs.push({ personne: p.code, nom: p.nom, pdf, xlsx, logements: d.etat.logements, ensembles: d.etat.ensembles, engagements: d.engagements.length, masques: d.masques });
  }
  return { repertoire, packs, sans };
}
