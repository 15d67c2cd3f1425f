import type { Handlers } from '../contexte.ts';
import { prepareColonnes } from '../logements.ts';
import { definirCommunes, importerCommunes, listCommunes } from './communes.ts';
import { ajouterGarant, definirConsultations, readToutes, retirerGarant } from './consultations.ts';
import { ajouter, appliquer, definirCases, jourDe, retirer } from './ecriture.ts';
import { filterVentes, sortVentes } from './filtres.ts';
import { importerVentes } from './import.ts';
import { readPlan } from './plan.ts';
import { listTerritoires, readResume } from './resume.ts';

export const handlers = {
  'ventes.resume': (contexte) => readResume(contexte.dossier().base, jourDe(contexte)),
  'ventes.page': (contexte, { decalage, nombre, tri, filtre }) => {
    const montrees = sortVentes(filterVentes(readPlan(contexte.dossier().base, jourDe(contexte)), filtre), tri);
    // En centièmes, pour que la somme soit celle des surfaces montrées.
    const surface = montrees.reduce((n, l) => n + Math.round((l.surface ?? 0) * 100), 0) / 100;
    return { total: montrees.length, lignes: montrees.slice(decalage, decalage + nombre), surface };
  },
  'ventes.territoires': (contexte, { par, filtre }) => ({ lignes: listTerritoires(filterVentes(readPlan(contexte.dossier().base, jourDe(contexte)), filtre), par) }),
  'ventes.ajouter': async (contexte, demande, suivi) => {
    await prepareColonnes(contexte, (demande.filtres ?? []).map((f) => f.colonne), suivi);
    return ajouter(contexte, demande);
  },
  'ventes.importer': importerVentes,
  'ventes.definir': definirCases,
  'ventes.appliquer': appliquer,
  'ventes.retirer': retirer,
  'ventes.exporter': async (contexte, demande) => (await import('./export.ts')).exporterVentes(contexte, demande),
  'ventes.communes': (contexte) => listCommunes(contexte.dossier().base, jourDe(contexte)),
  'ventes.definirCommunes': definirCommunes,
  'ventes.importerCommunes': importerCommunes,
  'ventes.consultations': (contexte) => readToutes(contexte.dossier().base, jourDe(contexte)),
  'ventes.ajouterGarant': ajouterGarant,
  'ventes.retirerGarant': retirerGarant,
  'ventes.definirConsultation': definirConsultations,
  'ventes.courriers': async (contexte, demande) => (await import('./courriers.ts')).ecrireCourriers(contexte, demande),
} satisfies Partial<Handlers>;
