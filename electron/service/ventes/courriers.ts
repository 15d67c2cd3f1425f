import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { formatPeriodeExacte, parseDate } from '../../../shared/domain/calendrier/dates.ts';
import { findCommune, nomDepartement } from '../../../shared/territoires/index.ts';
import { CLE_COMMUNE } from '../../store/ventes/consultations.ts';
import { readChamp } from '../../store/champs.ts';
import type { LettreConsultation } from '../../documents/ventes-lettre.ts';
import type { ConsultationGardee } from '../../store/ventes/consultations.ts';
import type { Contexte } from '../contexte.ts';
import { writeFichier } from '../fichiers.ts';
import { consulter, listConsultations, logementsDe, nomDe } from './consultations.ts';
import { direEcartes } from '../../../shared/domain/ventes/ecartes.ts';
import { jourDe } from './ecriture.ts';
import { nomCommune, readPlan } from './plan.ts';

/** Nom de fichier sans rien qu'un système refuse. */
const nomFichier = (cle: string, nom: string): string =>
  `consultation-${`${cle}-${nom}`.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^A-Za-z0-9-]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 80)}.docx`;

function destinataireDe(c: ConsultationGardee): LettreConsultation['destinataire'] {
  const { adresse } = c;
  if (c.nature !== 'commune') return { commune: null, nature: c.nature, nom: c.nom, adresse };
  const code = c.cle.slice(CLE_COMMUNE.length);
  return { commune: { code, departement: nomDepartement(findCommune(code)?.departement ?? '') ?? '' }, nom: nomCommune(code), adresse };
}

/** Écrit les lettres de consultation, une par commune et par garant ; celles sans logement ne s'écrivent pas, et le disent. */
export async function ecrireCourriers(contexte: Contexte, { repertoire, cles }: EntreeLue<'ventes.courriers'>): Promise<Sortie<'ventes.courriers'>> {
  const { base } = contexte.dossier();
  const plan = readPlan(base, jourDe(contexte));
  const toutes = listConsultations(plan);
  const voulues = cles === undefined ? toutes : cles.map((cle) => {
    const c = toutes.find((x) => x.cle === cle);
    if (c === undefined) throw invalide('consultation-inconnue', `Aucune consultation « ${cle} » dans ce plan.`, 'Relire la liste des consultations ; rien n’a été écrit.');
    return c;
  });
  if (voulues.length === 0) throw plan.lignes.length === 0 ? invalide('plan-vide', 'Aucune commune à consulter : le plan de mise en vente est vide.', 'Ajouter des logements au plan ; rien n’a été écrit.') : invalide('rien-a-consulter', `Aucune commune à consulter : ${direEcartes(consulter(plan).ecartes, plan.cadre.regles)}.`, 'Rien n’a été écrit.');
  const { writeLettre } = await import('../../documents/ventes-lettre.ts');
  const { echeances } = await contexte.appeler('calendrier.lire', {});
  const periode = formatPeriodeExacte(parseDate(readChamp(base, 'calendrier/date-effet') ?? ''), echeances.find((e) => e.code === 'fin')?.date ?? null);
  const champ = (nom: string): string => readChamp(base, nom) ?? '';
  const { avis } = plan.cadre.regles;
  const cible = resolve(repertoire);
  await mkdir(cible, { recursive: true });
  const fichiers: { cle: string; chemin: string }[] = [];
  const sansLogement: string[] = [];
  const instant = contexte.maintenant();
  for (const c of voulues) {
    const logements = logementsDe(plan, c);
    if (logements.length === 0) {
      sansLogement.push(nomDe(plan, c));
      continue;
    }
    const lettre = {
      organisme: { nom: champ('organisme/nom'), siren: champ('organisme/siren'), adresse: champ('organisme/siege/adresse'), contact: [champ('organisme/contact/nom'), champ('organisme/contact/courriel'), champ('organisme/contact/telephone')] },
      destinataire: destinataireDe(c),
      convention: `convention d’utilité sociale${periode === '' ? '' : ` ${periode}`}`,
      date: instant.toISOString().slice(0, 10),
      article: avis.article,
      loi: avis,
      logements,
    };
    const chemin = join(cible, nomFichier(c.cle, c.nature === 'commune' ? nomCommune(c.cle.slice(CLE_COMMUNE.length)) : c.nom));
    await writeFichier(contexte, chemin, await writeLettre(lettre, instant));
    fichiers.push({ cle: c.cle, chemin });
  }
  const { ecartes } = consulter(plan);
  return { repertoire: cible, fichiers, sansLogement, ecartes, ecartesDits: direEcartes(ecartes, plan.cadre.regles) };
}
