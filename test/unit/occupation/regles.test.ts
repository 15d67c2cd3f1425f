import { describe, expect, it, vi } from 'vitest';
import { BORNES_USUELLES, bandesDe, libelleBande, parseBornes, parseRessources, rangBande } from '../../../shared/domain/occupation/bandes.ts';
import { rangEmmenagement } from '../../../shared/domain/occupation/comptes.ts';
import { messageOccupation } from '../../../shared/domain/occupation/anomalies.ts';
import { codeDe } from '../../../shared/domain/occupation/codes.ts';
import { lireMenage, lireReunis, repareIdentifiant } from '../../../shared/domain/occupation/lecture.ts';
import { ColonneScrutee, containsNir, titrePersonnel } from '../../../shared/domain/occupation/personnel.ts';
import { computeVacance, moisDeVacance, ordonnerExclus } from '../../../shared/domain/occupation/rpls.ts';
import { OPS } from '../../../shared/domain/tableaux/ops.ts';

describe('bandes de ressources', () => {
  const bandes = bandesDe(BORNES_USUELLES);

  it('nomme les bandes, la dernière sans fin', () => {
    expect(bandes.map(libelleBande)).toEqual(['0 à 20 %', '20 à 40 %', '40 à 60 %', '60 à 80 %', '80 à 100 %', '100 à 120 %', '120 à 130 %', '130 à 150 %', 'plus de 150 %']);
  });

  it.each([
    ['0', 0], ['20', 0], ['20,01', 1], ['100 %', 4], ['100.5', 5], ['150', 7], ['150,01', 8], ['2000', 8],
    ['0-20', 0], ['20 à 40 %', 1], ['de 80 à 100 %', 4], ['[130;150[', 7], ['> 150', 8], ['150 et plus', 8], ['Plus de 150 %', 8], ['moins de 20 %', 0], ['inférieur à 20', 0], ['jusqu’à 20 %', 0],
  ])('range « %s » dans la bande %i', (texte, rang) => {
    const lu = parseRessources(texte);
    expect(lu === null ? null : rangBande(bandes, lu)).toBe(rang);
  });

  it.each(['20-60', '> 100', 'moins de 60', '10 à 30'])('ne répartit pas « %s », à cheval sur plusieurs bandes', (texte) => {
    const lu = parseRessources(texte);
    expect(lu).not.toBeNull();
    expect(lu === null ? 0 : rangBande(bandes, lu)).toBeNull();
  });

  it.each(['', 'NC', 'voir dossier', '-5', '60-40', '20-20', 'abc %', '1e5'])('ne lit pas « %s »', (texte) => expect(parseRessources(texte)).toBeNull());

  it.each([['60,100', [60, 100]], [' 20 ; 40 ', [20, 40]], ['', [...BORNES_USUELLES]]])('lit les bornes « %s »', (texte, bornes) => {
    expect(parseBornes(texte)).toEqual({ ok: true, bornes });
  });
  it.each(['40, 20', '20, 20', '0', '12,5', 'a', '1001', Array.from({ length: 21 }, (_, i) => i + 1).join()])('refuse les bornes « %s »', (texte) => {
    expect(parseBornes(texte).ok).toBe(false);
  });
});

describe('une ligne d’enquête', () => {
  const lire = (champs: Record<string, string>) => {
    const dites: string[] = [];
    const menage = lireMenage(new Map(Object.entries(champs)), false, (code, champ) => dites.push(`${code} ${champ}`));
    return { menage, dites };
  };

  it('répond si une valeur est connue, ou si elle le dit', () => {
    expect(lire({ NB_OCCUPANTS: '2' }).menage.repondant).toBe(true);
    expect(lire({ DATE_BAIL: '01/02/2020' }).menage.repondant).toBe(false);
    expect(lire({ REPONDANT: 'oui' }).menage.repondant).toBe(true);
  });

  it('ignore et dit les valeurs d’un non-répondant', () => {
    const { menage, dites } = lire({ REPONDANT: 'N', NB_OCCUPANTS: '3', DATE_BAIL: '2020-02-01' });
    expect({ menage, dites }).toEqual({
      menage: { repondant: false, occupants: null, majeurs: null, mineurs: null, type: null, age: null, ressources: null, apl: null, activite: null, bail: '2020-02-01' },
      dites: ['ops-sans-reponse REPONDANT'],
    });
  });

  it.each([
    [{ NB_OCCUPANTS: '0' }, 'ops-valeur-hors-mesure NB_OCCUPANTS'], [{ NB_OCCUPANTS: '212' }, 'ops-valeur-hors-mesure NB_OCCUPANTS'], [{ NB_OCCUPANTS: '2,5' }, 'ops-valeur-illisible NB_OCCUPANTS'],
    [{ AGE_TITULAIRE: '-4' }, 'ops-valeur-illisible AGE_TITULAIRE'], [{ TYPE_MENAGE: 'tribu' }, 'ops-valeur-illisible TYPE_MENAGE'], [{ RESSOURCES_PCT_PLUS: '99999' }, 'ops-valeur-illisible RESSOURCES_PCT_PLUS'],
    [{ RESSOURCES_PCT_PLUS: '2001' }, 'ops-valeur-hors-mesure RESSOURCES_PCT_PLUS'], [{ DATE_BAIL: '31/02/2020' }, 'ops-valeur-illisible DATE_BAIL'], [{ DATE_BAIL: '2020' }, 'ops-valeur-illisible DATE_BAIL'],
    [{ DATE_BAIL: '45000' }, 'ops-date-retablie DATE_BAIL'], [{ NB_OCCUPANTS: '4', NB_MAJEURS: '2', NB_MINEURS: '1' }, 'ops-composition-incoherente NB_OCCUPANTS'],
  ])('signale %o', (champs, dite) => expect(lire(champs).dites).toEqual([dite]));

  it('tient « NC » et vide pour une absence, sans rien dire', () => expect(lire({ NB_OCCUPANTS: 'NC', AGE_TITULAIRE: '', RESSOURCES_PCT_PLUS: '#N/A' }).dites).toEqual([]));

  it('rétablit un identifiant de tableur, et lui seul', () => {
    expect(['2,00E+04', '12345.0', 'L-001', '1001'].map(repareIdentifiant)).toEqual(['20000', '12345', null, null]);
  });

  it('rejette des effectifs impossibles', () => {
    const reunir = (champs: Record<string, string>) => lireReunis(new Map(Object.entries(champs)), () => undefined);
    expect(reunir({ REPONDANTS: '' })).toBeNull();
    expect(reunir({ REPONDANTS: '10', ENQUETES: '9' })).toBeNull();
    expect(reunir({ REPONDANTS: '10', R_0_20: '6', R_20_40: '5' })).toBeNull();
    expect(reunir({ REPONDANTS: '10', R_0_20: '6', R_20_40: '4' })?.effectifs).toEqual({ ressources: [6, 4] });
  });
});

describe('emménagés depuis deux ans (R442-14)', () => {
  it.each([
    ['2024-01-02', 0], ['2024-01-01', 1], ['2026-01-01', 0], ['2026-01-02', null], ['2024-01', 1], ['2024-02', 0], ['1980-05-01', 1], [null, null],
  ])('%s → %s au 1er janvier 2026', (bail, rang) => expect(rangEmmenagement(bail, '2026-01-01')).toBe(rang));
  it('ne compte rien sans date de référence', () => expect(rangEmmenagement('2025-01-01', null)).toBeNull());
});

describe('titres et valeurs des fichiers', () => {
  it.each([['Ressources en % plafond PLUS', 'RESSOURCES_PCT_PLUS'], ['Ressources (en % du plafond PLUS)', 'RESSOURCES_PCT_PLUS'], ['Emménagement récent', 'EMMENAGES_RECENTS'], ['Date d’emménagement', 'DATE_BAIL']])(
    '« %s » est %s', (titre, champ) => expect(OPS.champDuTitre(titre)).toBe(champ),
  );
  it.each(['Chômage', 'au chômage', 'Demandeuse d’emploi', 'Chômeuse'])('« %s » est un demandeur d’emploi', (texte) => expect([codeDe('ACTIVITE', texte), OPS.comprend('ACTIVITE', texte)]).toEqual([3, true]));
  it('un message nomme le champ, non son code', () => expect(messageOccupation('ops-valeur-illisible', 'DATE_BAIL', 'oui')).toBe('Date d’emménagement : « oui » ne se lit pas. La valeur est ignorée.'));
});

describe('vacance et rotation', () => {
  it('les raisons des exclus viennent dans l’ordre des codes, quel que soit celui des logements', () => {
    expect(Object.entries(ordonnerExclus({ 'locat-recente': 3, 'mode-5': 2, 'mode-inconnu': 1 }))).toEqual([['mode-inconnu', 1], ['mode-5', 2], ['locat-recente', 3]]);
  });

  const logement = { mode: 2, bail: null, locat: 2000, remlocdate: null, annee: 2026 };
  it.each([['2025-09', 4], ['2025-10', 3], ['2026-01', 0], ['2026-02', -1], ['2024-12', 13]])('%s : %i mois au 1er janvier 2026', (date, mois) => expect(moisDeVacance(date, 2026)).toBe(mois));
  it.each([
    [{ remlocdate: '2025-09' }, { vacantTroisMois: true, horsDuree: '' }], [{ remlocdate: '2025-10' }, { vacantTroisMois: false, horsDuree: '' }],
    [{ remlocdate: '2026-03' }, { vacantTroisMois: false, horsDuree: 'duree-inconnue' }], [{ remlocdate: null }, { vacantTroisMois: false, horsDuree: 'duree-inconnue' }],
    [{ annee: null, remlocdate: '2025-01' }, { vacantTroisMois: false, horsDuree: 'annee-inconnue', horsRotation: 'annee-inconnue' }],
    [{ mode: 1, remlocdate: '2020-01' }, { vacant: false, offert: true, vacantTroisMois: false }], [{ mode: null }, { offert: false, horsVacance: 'mode-inconnu' }],
    [{ mode: 1, locat: 2024, bail: '2025-01' }, { baseRotation: true, rotation: true }], [{ mode: 1, locat: 2025, bail: '2025-01' }, { baseRotation: false, rotation: false, horsRotation: 'locat-recente' }],
    [{ mode: 1, locat: 2024, bail: '2024-12' }, { baseRotation: true, rotation: false }], [{ mode: 4, locat: 2024, bail: '2025-01' }, { baseRotation: false, rotation: true, horsRotation: 'mode-4' }],
  ])('%o', (champs, attendu) => expect(computeVacance({ ...logement, ...champs })).toMatchObject(attendu));
});

const poser = Reflect.get(Map.prototype, 'set') as Map<unknown, unknown>['set'];

describe('données personnelles', () => {
  it.each(['Nom', 'NOM DU LOCATAIRE', 'Prénom', 'nom_prenom', 'N° sécu', 'NIR', 'Numéro de sécurité sociale', 'N° SS', 'Date de naissance', 'Né(e) le', 'E-mail', 'Courriel', 'Téléphone portable', 'Tél.', 'Locataire', 'Titulaire du bail', 'IBAN'])(
    'reconnaît « %s »', (titre) => expect(titrePersonnel(titre)).not.toBeNull(),
  );
  it.each(['Nom du programme', 'Nom de la résidence', 'Commune', 'Code Insee', 'Âge du titulaire', 'Nombre d’occupants', 'Type de ménage', 'APL', 'Activité du titulaire', 'Identifiant', 'Date d’emménagement', 'Ménages répondants', 'Ensemble'])(
    'laisse « %s »', (titre) => expect(titrePersonnel(titre)).toBeNull(),
  );
  it('vérifie la clé d’un numéro de sécurité sociale', () => {
    const cle = (n: string): string => String(97 - Number(BigInt(n.replace('2A', '19')) % 97n)).padStart(2, '0');
    const juste = `1850578006084${cle('1850578006084')}`;
    const corse = `2 85 05 2A 006 084 ${cle('285052A006084'.replace('2A', '19'))}`;
    expect([juste, `dossier ${juste}.`, corse, `${juste}0`, juste.replace(/\d$/u, (c) => String((Number(c) + 1) % 10)), '123456789012345'].map(containsNir)).toEqual([true, true, true, false, false, false]);
  });
  const verdict = (nom: string, valeurs: string[]) => {
    const c = new ColonneScrutee(nom, undefined);
    for (const v of valeurs) c.add(v);
    return c.verdict()?.raison ?? null;
  };
  it('reconnaît des noms, non des lieux ni des codes', () => {
    expect(verdict('Contact', ['DUPONT Jean', 'Mme Marie MARTIN', 'KONÉ Fatoumata'])).toBe('noms de personnes');
    expect(verdict('Programme', ['Jean Moulin', 'Pierre et Marie Curie', 'Jean Jaurès'])).toBeNull();
    expect(verdict('Libellé', ['Résidence Jean Moulin', 'Rue Pierre Curie', 'Les Maries'])).toBeNull();
    expect(verdict('Agence', ['Nord', 'Sud', 'Est'])).toBeNull();
    expect(verdict('Activité', ['CDI', 'Retraité', 'Étudiant'])).toBeNull();
  });
  it('le verdict rendu, aucune table ne retient une cellule', () => {
    const noms = ['QUENTINOIS Jean', 'Mme Marie ZABULON', 'WILFRANC Fatoumata'];
    const tables = new Set<Map<unknown, unknown>>();
    const ecrire = vi.spyOn(Map.prototype, 'set').mockImplementation(function (this: Map<unknown, unknown>, cle: unknown, valeur: unknown) {
      tables.add(this);
      return poser.call(this, cle, valeur);
    });
    const dit = verdict('Contact', noms);
    ecrire.mockRestore();
    const retenus = [...tables].flatMap((t) => [...t.keys()]).filter((cle) => typeof cle === 'string' && noms.includes(cle));
    expect([dit, tables.size > 0, retenus]).toEqual(['noms de personnes', true, []]);
  });
});
