import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detailDossier, TABLES_REFAITES } from '../../../shared/domain/reprise/inventaire.ts';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { listTables, REPRISES } from '../../../electron/store/reprise.ts';
import { essaiVentes } from '../ventes/aide.ts';
import { ouvrirAtelier } from '../import/aide.ts';

test('chaque table d’un dossier est dite reprise ou laissée, et ce qui est dit repris l’est', async () => {
  const atelier = await ouvrirAtelier();
  await atelier.faire('dossier.fermer', {});
  const base = openReadOnly(atelier.dossier);
  const tables = listTables(base);
  base.close();
  // Une ligne par table : rien de l'inventaire n'est tu faute de contenu.
  const detail = detailDossier({
    champs: 1, logements: 1, annees: [2026], ensembles: 1, decides: 1, origines: 1, corrections: 1, profils: 1, grille: true, cibles: 1, personnes: 1, acteurs: 1,
    ventes: 1, vendus: 1, communesVente: 1, valeursDefinies: 1, echeance: true, restent: Object.fromEntries(tables.map((t) => [t, 1])),
  });
  const dites = new Set([...detail.repris, ...detail.laisses].flatMap((d) => d.tables));
  expect(tables.filter((t) => !dites.has(t))).toEqual([...TABLES_REFAITES].toSorted());
  expect([...dites].filter((t) => !tables.includes(t))).toEqual([]);
  // Les champs d'identité et les cibles en souvenir passent à part.
  const reprises = new Set(detail.repris.flatMap((d) => d.tables));
  for (const t of ['champ', 'engagement', 'reference']) reprises.delete(t);
  expect([...reprises].toSorted()).toEqual(REPRISES.map((r) => r.table).toSorted());
  // Une table dite seulement laissée n'est pas copiée ; une table copiée en partie est dite des deux côtés.
  const laissees = new Set(detail.laisses.flatMap((d) => d.tables));
  expect(REPRISES.filter((r) => r.ou !== undefined && r.table !== 'anomalie' && !laissees.has(r.table)).map((r) => r.table)).toEqual([]);
});

/** Une convention menée, avec un plan dont un logement est vendu, un taux de commune, une consultation, un garant. */
async function avecPlan() {
  const essai = await essaiVentes();
  const { faire, choisis } = essai;
  const retires = (await essai.plan()).map((l) => l.identifiant);
  if (retires.length > 0) await faire('ventes.retirer', { identifiants: retires });
  const [a = '', b = '', c = ''] = choisis;
  await faire('ventes.ajouter', { identifiants: [a, b, c], annee: '2027', acquereur: 'locataires' });
  await faire('ventes.definir', { cases: [{ identifiant: a, colonne: 'etat', texte: 'Vendu' }, { identifiant: b, colonne: 'note', texte: 'Occupante intéressée' }] });
  await faire('ventes.ajouterGarant', { nature: 'collectivite', nom: 'Département' });
  return { ...essai, a, b, c };
}

test('le plan repart sans les logements vendus, et l’inventaire compte ce qui passe et ce qui reste', async () => {
  const { faire, repertoire, plan, a, b, c } = await avecPlan();
  const commune = (await plan())[0]?.commune ?? '';
  await faire('ventes.definirCommunes', { cases: [{ commune, colonne: 'taux', texte: '18,5 %' }] });
  const { chemin } = await faire('dossier.info', {});
  const avant = (await plan()).filter((l) => l.identifiant !== a);
  const lu = await faire('dossier.precedent', { chemin });
  const compte = (liste: readonly { libelle: string; nombre: number | null }[], libelle: string) => liste.find((r) => r.libelle === libelle)?.nombre;
  expect(compte(lu.repris, 'Plan de mise en vente : logements non vendus')).toBe(2);
  expect(compte(lu.repris, 'Taux et situation des communes')).toBe((await faire('ventes.communes', {})).chargees);
  expect(compte(lu.laisses, 'Logements vendus du plan de mise en vente')).toBe(1);
  const notees = (await faire('ventes.consultations', {})).lignes.filter((l) => l.nature !== 'commune' || l.envoyee !== null || l.recue !== null || l.reponse !== null);
  expect(compte(lu.laisses, 'Consultations sur le plan de mise en vente')).toBe(notees.length);

  await faire('dossier.creer', { chemin: join(repertoire, 'suite.cus'), depuis: chemin, effet: '2032-01-01' });
  const apres = await plan();
  expect(apres.map((l) => [l.identifiant, l.etat, l.annee, l.acquereur, l.note])).toEqual(avant.map((l) => [l.identifiant, l.etat, l.annee, l.acquereur, l.note]));
  expect(apres.map((l) => l.identifiant).toSorted()).toEqual([b, c].toSorted());
  expect((await faire('ventes.communes', {})).lignes.find((l) => l.commune === commune)?.taux).toBe('18.5');
  expect((await faire('ventes.consultations', {})).lignes.every((l) => l.nature === 'commune' && l.envoyee === null && l.reponse === null)).toBe(true);
});

test('un paquet ne reprend ni plan, ni personnes publiques, ni attributions : chacun est dit, avec son nombre', async () => {
  const { faire, repertoire, plan, fichier } = await avecPlan();
  const nombre = (await plan()).length;
  const jours = ['2024-03-01', '2025-04-02', '2025-05-03'];
  await faire('import.lire', { chemin: fichier('attributions.csv', ['DATE;COMMUNE', ...jours.map((j) => `${j};13055`)].join('\r\n')), type: 'attributions', appliquer: true });
  const { paquet } = await faire('depot.deposer', { repertoire: join(repertoire, 'envoi'), sansSignature: true, malgre: 'essai' });
  const { laisses } = await faire('dossier.precedent', { chemin: paquet });
  const dit = laisses.find((l) => l.libelle === 'Plan de mise en vente');
  expect([dit?.nombre, dit?.raison.startsWith('Dont 1 vendu.')]).toEqual([nombre, true]);
  const { personnes } = await faire('associes.lire', {});
  expect(laisses.find((l) => l.libelle === 'Personnes publiques et échanges')?.nombre).toBe(personnes.length);
  expect(laisses.find((l) => l.libelle === 'Attributions')?.nombre).toBe(jours.length);
});
