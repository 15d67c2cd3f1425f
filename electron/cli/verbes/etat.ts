import type { Sortie } from '../../../shared/contract.ts';
import { AGES, SURFACES_HABITABLES } from '../../../shared/domain/rpls/classes.ts';
import type { Classe } from '../../../shared/domain/rpls/classes.ts';
import { CODES } from '../../../shared/domain/rpls/codes.ts';
import { LIBELLE_FAMILLE } from '../../../shared/domain/rpls/familles.ts';
import type { Famille } from '../../../shared/domain/rpls/familles.ts';
import { compte, comptesTries, nombre, tableau } from '../tableau.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { openDossierDe } from '../verbe.ts';
import { runTendances } from './etat-tendances.ts';
import type { Verbe } from '../verbe.ts';

const COMMUNES_MONTREES = 20;

export const verbe: Verbe = {
  nom: 'etat',
  resume: 'montre l’état des lieux : le parc par financement, QPV, DPE, territoire',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    tendances: { type: 'drapeau', aide: 'compare les déclarations gardées : parc, entrées et sorties, vacance, DPE, loyers' },
    exporter: { type: 'texte', valeur: 'F', aide: 'avec --tendances, écrit l’évolution en .csv ou .xlsx' },
    origine: { type: 'texte', valeur: 'SIREN', aide: 'avec --tendances, un seul des organismes réunis' },
    territoire: { type: 'texte', valeur: 'CODE', aide: 'un territoire seulement : com-13055, epci-200054807, dep-13' },
  },
  exemples: ['etat convention.cus', 'etat convention.cus --territoire dep-13 --json', 'etat convention.cus --tendances --exporter evolution.xlsx'],
  async run(appel) {
    if (!appel.drapeau('tendances')) {
      const seule = ['exporter', 'origine'].find((o) => appel.texte(o) !== undefined);
      if (seule !== undefined) throw invalide('usage', `« --${seule} » ne va qu’avec « --tendances ».`, 'Voir « cus etat --aide ».');
    }
    await openDossierDe(appel);
    if (appel.drapeau('tendances')) return runTendances(appel);
    const territoire = appel.texte('territoire');
    const e = await appel.appeler('etat.lire', territoire === undefined ? {} : { territoire });
    const { territoire: _, noms: __, ...json } = e;
    return {
      json,
      texte: describe(e),
    };
  },
};

function describe(e: Sortie<'etat.lire'>): string {
  const parties = [
    tableau<[string, number]>(
      [
        { titre: 'Parc', valeur: (l) => l[0] },
        { titre: 'Nombre', valeur: (l) => nombre(l[1]), droite: true },
      ],
      [
        ['Logements', e.logements], ['Ensembles immobiliers', e.ensembles], ['En QPV', e.qpv], ['Hors QPV', e.horsQpv],
        ['QPV inconnu', e.qpvInconnu], ['Vacants', e.vacants], ['Sortis du parc', e.sortis],
      ],
    ),
    comptes('Famille de financement', e.familles, (c) => (isFamille(c) ? LIBELLE_FAMILLE[c] : c)),
    comptes('Financement', e.financements, (c) => nommer(c, CODES.FINAN)),
    comptes('DPE', e.dpe, (c) => nommer(c, {})),
    comptes('DPE d’avant juillet 2021', e.dpeAvant, (c) => nommer(c, {})),
    comptes('DPE depuis juillet 2021', e.dpeDepuis, (c) => nommer(c, {})),
    comptes('DPE sans date', e.dpeSansDate, (c) => nommer(c, {})),
    comptes('Âge (classes proposées)', e.ages, (c) => nommerClasse(c, AGES)),
    comptes('Surface (classes proposées)', e.surfaces, (c) => nommerClasse(c, SURFACES_HABITABLES)),
    comptes('Type', e.types, (c) => nommer(c, CODES.TYPECONST)),
    comptes('Région', e.regions, (c) => nommer(c, { [c]: e.noms[`reg-${c}`] ?? c })),
    comptes('Département', e.departements, (c) => nommer(c, e.noms)),
    comptes('EPCI', e.epci, (c) => nommer(c, e.noms)),
    comptes('Commune', e.communes, (c) => nommer(c, e.noms)),
  ];
  return parties.filter((p) => p !== '').join('\n\n');
}

const isFamille = (cle: string): cle is Famille => Object.hasOwn(LIBELLE_FAMILLE, cle);

const nommerClasse = (cle: string, classes: readonly Classe[]): string => (cle === 'inconnu' ? 'Inconnu' : (classes.find((c) => c.cle === cle)?.libelle ?? cle));

/** « 13 PLUS » : le code, que d'autres fichiers portent, et son nom. */
function nommer(cle: string, noms: Readonly<Record<string, string>>): string {
  if (cle === 'inconnu') return 'Inconnu';
  const nom = noms[cle];
  return nom === undefined || nom === cle ? cle : `${cle} ${nom}`;
}

function comptes(titre: string, valeurs: Readonly<Record<string, number>>, libelle: (cle: string) => string): string {
  const lignes = comptesTries(valeurs);
  if (lignes.length === 0) return '';
  const reste = lignes.length - COMMUNES_MONTREES;
  const texte = tableau(
    [
      { titre, valeur: ([cle]) => libelle(cle) },
      { titre: 'Logements', valeur: ([, n]) => nombre(n), droite: true },
    ],
    lignes.slice(0, COMMUNES_MONTREES),
  );
  return reste > 0 ? `${texte}\n… et ${compte(reste, 'autre')} (--json donne tout)` : texte;
}
