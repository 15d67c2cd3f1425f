import { invalide, refus } from '../../../shared/erreurs.ts';
import { compte, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'scenarios',
  resume: 'compare des jeux de cibles et en adopte un',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    creer: { type: 'texte', valeur: 'NOM', aide: 'nouveau scénario, copie des cibles du dossier' },
    depuis: { type: 'texte', valeur: 'NOM', aide: 'avec --creer : copie de ce scénario' },
    scenario: { type: 'texte', valeur: 'NOM', aide: 'le scénario dont il s’agit' },
    definir: { type: 'texte', valeur: 'CHAMP=VALEUR', repetable: true, aide: 'écrit une cible du scénario' },
    comparer: { type: 'drapeau', aide: 'ce qui diffère du dossier, ou de --avec' },
    avec: { type: 'texte', valeur: 'NOM', aide: 'l’autre scénario de la comparaison' },
    adopter: { type: 'drapeau', aide: 'écrit ses cibles dans le dossier, en une opération' },
    renommer: { type: 'texte', valeur: 'NOM', aide: 'lui donne ce nom' },
    supprimer: { type: 'drapeau', aide: 'le supprime ; l’opération s’annule' },
  },
  exemples: ['scenarios convention.cus --creer Ambitieux', 'scenarios convention.cus --scenario Ambitieux --definir engagement/PP-3/dep-13/2027/total=120', 'scenarios convention.cus --scenario Ambitieux --comparer --json', 'scenarios convention.cus --scenario Ambitieux --renommer Prudent'],
  notes: 'Le dépôt ne porte que les cibles du dossier : un scénario n’y entre qu’adopté.',
  async run(appel) {
    await openDossierDe(appel);
    const nom = appel.texte('creer');
    if (nom !== undefined) {
      const depuis = appel.texte('depuis');
      const s = await appel.appeler('engagements.creerScenario', { nom, ...(depuis === undefined ? {} : { depuis: await numero(appel, depuis) }) });
      return { json: { scenario: s }, texte: `Scénario « ${s.nom} » créé : ${compte(s.saisies, 'saisie')}.` };
    }
    const vise = appel.texte('scenario');
    if (vise === undefined && appel.texte('renommer') !== undefined) throw invalide('usage', 'Il manque le scénario à renommer.', 'Ajouter --scenario NOM.');
    if (vise === undefined) return lister(appel);
    return agir(appel, vise, await numero(appel, vise));
  },
};

async function agir(appel: Appel, nom: string, scenario: number) {
  const cellules = appel.textes('definir').map((d) => ({ champ: d.slice(0, d.indexOf('=')), valeur: d.slice(d.indexOf('=') + 1) }));
  if (cellules.length > 0) {
    const r = await appel.appeler('engagements.definir', { scenario, cellules });
    const mauvaises = r.cellules.filter((c) => !c.ok);
    for (const c of r.cellules) if (c.message !== '') appel.avertir(`${c.champ} : ${c.message}`);
    if (mauvaises.length === r.cellules.length) throw refus('cible-refusee', `Aucune cible n’a été écrite dans « ${nom} ».`, 'Corriger le nom des champs.');
    return { json: { cellules: r.cellules }, texte: `${compte(r.cellules.length - mauvaises.length, 'cible écrite', 'cibles écrites')} dans « ${nom} ».` };
  }
  const nouveau = appel.texte('renommer');
  if (nouveau !== undefined) {
    const s = await appel.appeler('engagements.renommerScenario', { scenario, nom: nouveau });
    return { json: { scenario: s }, texte: s.operation === null ? 'Rien à changer.' : `« ${nom} » renommé « ${s.nom} ».` };
  }
  if (appel.drapeau('adopter')) {
    const r = await appel.appeler('engagements.adopter', { scenario });
    return { json: { ...r }, texte: `« ${nom} » adopté : ${compte(r.ecrites, 'cible écrite', 'cibles écrites')}, ${compte(r.videes, 'vidée')}.` };
  }
  if (appel.drapeau('supprimer')) return { json: { ...(await appel.appeler('engagements.supprimerScenario', { scenario })) }, texte: `« ${nom} » supprimé.` };
  const avec = appel.texte('avec');
  const c = await appel.appeler('engagements.comparer', { de: avec === undefined ? null : await numero(appel, avec), a: scenario });
  const table = tableau(
    [{ titre: 'Case', valeur: (d) => d.libelle }, { titre: c.de, valeur: (d) => d.avant ?? '—', droite: true }, { titre: c.a, valeur: (d) => d.apres ?? '—', droite: true }],
    c.differences,
  );
  return { json: { ...c }, texte: [...(c.differences.length === 0 ? [] : [table, '']), `${compte(c.differences.length, 'case diffère', 'cases diffèrent')}, ${compte(c.identiques, 'identique')}.`].join('\n') };
}

async function lister(appel: Appel) {
  const { scenarios } = await appel.appeler('engagements.scenarios', {});
  const table = tableau(
    [{ titre: 'Scénario', valeur: (s) => s.nom }, { titre: 'Saisies', valeur: (s) => String(s.saisies), droite: true }, { titre: 'Différences avec le dossier', valeur: (s) => String(s.differences), droite: true }],
    scenarios,
  );
  return { json: { scenarios }, texte: scenarios.length === 0 ? 'Aucun scénario de cibles.' : table };
}

async function numero(appel: Appel, nom: string): Promise<number> {
  const { scenarios } = await appel.appeler('engagements.scenarios', {});
  const s = scenarios.find((x) => x.nom === nom);
  if (s === undefined) throw refus('scenario-inconnu', `Aucun scénario de cibles ne s’appelle « ${nom} ».`, `Choisir parmi : ${scenarios.map((x) => x.nom).join(', ') || 'aucun'}.`);
  return s.id;
}
