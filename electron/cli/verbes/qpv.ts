import type { Sortie } from '../../../shared/contract.ts';
import { ECARTS } from '../../../shared/domain/qpv/ecarts.ts';
import { GENERATIONS } from '../../../shared/domain/qpv/generations.ts';
import { assertCible } from '../../service/fichiers.ts';
import { compte, comptesTries, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'qpv',
  resume: 'situe les logements et compare leur QPV déclaré aux contours officiels',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    charger: { type: 'texte', valeur: 'F.geojson', aide: 'charge des contours de QPV : .geojson, .json, .gz ou l’archive .zip officielle' },
    ban: { type: 'texte', valeur: 'F.csv', aide: 'charge un extrait départemental de la BAN (.csv ou .csv.gz) et y cherche les adresses du parc' },
    generation: { type: 'texte', valeur: 'ANNEE', aide: 'génération comparée, gardée dans le dossier ; la plus récente chargée par défaut', choix: GENERATIONS.map((g) => g.generation) },
    retirer: { type: 'texte', valeur: 'ANNEE', aide: 'retire de cet ordinateur les contours d’une génération', choix: GENERATIONS.map((g) => g.generation) },
    desaccords: { type: 'texte', valeur: 'F.csv', aide: 'écrit tous les logements en désaccord' },
  },
  exemples: ['qpv convention.cus --charger QP2024.zip', 'qpv convention.cus --ban adresses-13.csv.gz --json', 'qpv convention.cus --desaccords desaccords.csv'],
  notes:
    'Les contours et les extraits de la BAN sont gardés sur cet ordinateur, pour tous les dossiers. La valeur déclarée (champ 22) n’est jamais\n' +
    'changée. Seuls comptent les logements dont la position est sûre : coordonnées du fichier (X, Y, EPSG), adresse exacte de la BAN,\n' +
    'repère posé. Un point sur la limite d’un quartier est dedans. En JSON, « lignes » donne les 100 premiers désaccords.',
  async run(appel) {
    const destination = appel.fichier('desaccords');
    const dossier = appel.chemin(appel.argument(0));
    if (destination !== undefined) assertCible(destination, { dossier, entrees: [appel.fichier('charger'), appel.fichier('ban')] });
    await openDossierDe(appel);
    const faits = await preparer(appel);
    const ecrit = destination === undefined ? null : await appel.appeler('qpv.exporter', { destination });
    const e = await appel.appeler('qpv.etat', {});
    const { total, lignes } = await appel.appeler('qpv.lignes', { nombre: 100 });
    const { voie, commune, departement, aucune } = e.positions;
    return {
      json: {
        generation: e.generation,
        contours: e.contours,
        ban: e.ban,
        logements: e.logements,
        positions: { fichier: e.positions.fichier, ban: e.positions.ban, repere: e.positions.repere, approximative: { voie, commune, departement, aucune } },
        fichier: e.fichier,
        adresses: e.adresses,
        desaccords: e.ecarts,
        total,
        lignes,
        ...(ecrit === null ? {} : { exporte: ecrit.chemin }),
      },
      texte: [...faits, describe(e), ...(ecrit === null ? [] : [`${compte(ecrit.lignes, 'désaccord écrit', 'désaccords écrits')} : ${ecrit.chemin}`])].join('\n\n'),
    };
  },
};

async function preparer(appel: Appel): Promise<string[]> {
  const faits: string[] = [];
  const retirer = GENERATIONS.find((g) => g.generation === appel.texte('retirer'));
  if (retirer !== undefined) await appel.appeler('qpv.retirer', { generation: retirer.generation });
  const contours = appel.fichier('charger');
  if (contours !== undefined) {
    const c = await appel.appeler('qpv.charger', { chemin: contours });
    for (const [raison, n] of comptesTries(c.ecartes)) appel.avertir(`${compte(n, 'tracé écarté', 'tracés écartés')} : ${raison}.`);
    faits.push(`${compte(c.contours, 'contour')} de ${c.generation} : ${c.nom}${c.remplace === null ? '' : ` (remplace ${c.remplace})`}.`);
  }
  const ban = appel.fichier('ban');
  if (ban !== undefined) {
    const b = await appel.appeler('qpv.chargerBan', { chemin: ban });
    if (b.ecartees > 0) appel.avertir(`${compte(b.ecartees, 'ligne écartée', 'lignes écartées')} de la BAN : sans numéro, sans commune connue ou sans point en France.`);
    const s = await appel.appeler('qpv.situer', {});
    faits.push(`${compte(b.adresses, 'adresse')} dans ${b.nom} ; dans le parc : ${nombre(s.adresse)} exactes, ${nombre(s.voie)} à la voie, ${nombre(s.ambigue)} ambiguës, ${nombre(s.introuvable)} introuvables.`);
  }
  const generation = GENERATIONS.find((g) => g.generation === appel.texte('generation'));
  if (generation !== undefined) await appel.appeler('qpv.choisir', { generation: generation.generation });
  return faits;
}

function describe(e: Sortie<'qpv.etat'>): string {
  const { positions: p, ecarts } = e;
  const parties = [
    tableau<[string, number]>(
      [
        { titre: 'Position', valeur: (l) => l[0] },
        { titre: 'Logements', valeur: (l) => nombre(l[1]), droite: true },
      ],
      [
        ['Coordonnées du fichier', p.fichier], ['Adresse de la BAN', p.ban], ['Repère posé', p.repere], ['Voie (approchée)', p.voie],
        ['Commune (approchée)', p.commune], ['Département (approchée)', p.departement], ['Aucune', p.aucune],
      ],
    ),
  ];
  const ecartees = comptesTries(e.fichier.ecartees);
  if (ecartees.length > 0) parties.push(`Coordonnées du fichier écartées. ${ecartees.map(([r, n]) => `${r} : ${nombre(n)}`).join(' ; ')}.`);
  const devines = comptesTries(e.fichier.devines);
  if (devines.length > 0) parties.push(`Système de coordonnées deviné, faute d’EPSG. ${devines.map(([s, n]) => `${s} : ${nombre(n)}`).join(' ; ')}.`);
  if (ecarts === null) parties.push('Aucun contour de QPV n’est chargé sur cet ordinateur : rien n’est comparé (--charger).');
  else {
    parties.push(
      tableau<(typeof ECARTS)[number]>(
        [
          { titre: `Déclaré et contours de ${e.generation ?? ''}`, valeur: (l) => l.libelle },
          { titre: 'Logements', valeur: (l) => nombre(ecarts[l.ecart]), droite: true },
        ],
        ECARTS,
      ),
    );
  }
  return parties.join('\n\n');
}
