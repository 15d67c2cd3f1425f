import type { Sortie } from '../../../shared/contract.ts';
import { comptesTries, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

const COMMUNES_MONTREES = 20;

export const verbe: Verbe = {
  nom: 'etat',
  resume: 'montre l’état des lieux : le parc par financement, QPV, DPE, territoire',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: { territoire: { type: 'texte', valeur: 'CODE', aide: 'un territoire seulement : com-13055, epci-200054807, dep-13' } },
  exemples: ['etat convention.cus', 'etat convention.cus --territoire dep-13 --json'],
  async run(appel) {
    await openDossierDe(appel);
    const territoire = appel.texte('territoire');
    const e = await appel.appeler('etat.lire', territoire === undefined ? {} : { territoire });
    const { logements, ensembles, qpv, horsQpv, qpvInconnu, financements, familles, dpe, annees, types, communes, epci, departements } = e;
    return {
      json: { logements, ensembles, qpv, horsQpv, qpvInconnu, financements, familles, dpe, annees, types, communes, epci, departements },
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
    comptes('Famille de financement', e.familles),
    comptes('Financement', e.financements),
    comptes('DPE', e.dpe),
    comptes('Type', e.types),
    comptes('Département', e.departements, e.noms),
    comptes('EPCI', e.epci, e.noms),
    comptes('Commune', e.communes, e.noms),
  ];
  return parties.filter((p) => p !== '').join('\n\n');
}

function comptes(titre: string, valeurs: Readonly<Record<string, number>>, noms: Readonly<Record<string, string>> = {}): string {
  const lignes = comptesTries(valeurs);
  if (lignes.length === 0) return '';
  const reste = lignes.length - COMMUNES_MONTREES;
  const texte = tableau(
    [
      { titre, valeur: ([cle]) => (noms[cle] === undefined ? cle : `${cle} ${noms[cle]}`) },
      { titre: 'Logements', valeur: ([, n]) => nombre(n), droite: true },
    ],
    lignes.slice(0, COMMUNES_MONTREES),
  );
  return reste > 0 ? `${texte}\n… et ${reste} autres (--json les donne tous)` : texte;
}
