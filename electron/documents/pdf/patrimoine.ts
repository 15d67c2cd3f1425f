import type { Column, Content } from 'pdfmake/interfaces.js';
import { accord, pluriel } from '../../../shared/domain/nombres/accord.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { formatDecimal2, formatEuros, formatNombre, formatPart } from '../format.ts';
import { MAILLES, SURFACES, keysByCount, libelleFamille, libelleFinancement, libelleInconnu, libelleType, sortedKeys, textFinancements } from '../libelles.ts';
import { ENCRE_DOUCE, OCRE, VERT, pdfText } from './moteur.ts';
import { type CellulePdf, type LigneComptes, pair, table, tableComptes } from './tables.ts';

type Etat = DonneesPaquet['etat'];

export function etatDesLieux({ etat }: DonneesPaquet): Content[] {
  const total = etat.logements;
  const lignes = (comptes: Record<string, number>, cles: string[], libelle: (c: string) => string): LigneComptes[] =>
    cles.map((c) => ({ libelle: libelle(c), nombre: comptes[c] ?? 0 }));
  const court = { demi: true };
  const nom = (code: string): string => etat.noms[code] ?? libelleInconnu(code);
  return [
    chiffresCles(etat),
    tableComptes('Par financement', lignes(etat.financements, sortedKeys(etat.financements), (c) => (c === 'inconnu' ? libelleFinancement(c) : `${c}  ${libelleFinancement(c)}`)), total),
    pair(
      tableComptes('Par famille', lignes(etat.familles, keysByCount(etat.familles), libelleFamille), total, court),
      tableComptes('Quartiers prioritaires', [
        { libelle: 'En QPV', nombre: etat.qpv }, { libelle: 'Hors QPV', nombre: etat.horsQpv }, { libelle: 'Non renseigné', nombre: etat.qpvInconnu },
      ], total, court),
    ),
    pair(
      tableComptes('Par étiquette énergie', lignes(etat.dpe, sortedKeys(etat.dpe), libelleInconnu), total, court),
      tableComptes('Par décennie de construction', decennies(etat.annees), total, court),
    ),
    pair(
      tableComptes('Par nombre de pièces', lignes(etat.pieces, sortedKeys(etat.pieces), libelleInconnu), total, court),
      tableComptes('Par type', lignes(etat.types, sortedKeys(etat.types), libelleType), total, court),
    ),
    tableComptes('Par département', lignes(etat.departements, keysByCount(etat.departements), nom), total),
    tableComptes('Par EPCI', lignes(etat.epci, keysByCount(etat.epci), nom), total),
    tableComptes('Par commune', lignes(etat.communes, keysByCount(etat.communes), nom), total),
  ];
}

function chiffresCles(etat: Etat): Content {
  const chiffre = (n: string, libelle: string, couleur: string): Column => ({
    width: '*', stack: [{ text: pdfText(n), fontSize: 20, color: couleur }, { text: libelle, color: ENCRE_DOUCE }],
  });
  return {
    stack: [
      { columns: [
        chiffre(formatNombre(etat.logements), accord(etat.logements, 'logement'), VERT),
        chiffre(formatNombre(etat.ensembles), accord(etat.ensembles, 'ensemble immobilier', 'ensembles immobiliers'), VERT),
        chiffre(formatNombre(etat.qpv), pdfText(`en QPV, sur ${formatNombre(etat.logements)}`), OCRE),
        chiffre(formatNombre(etat.vacants), accord(etat.vacants, 'vacant'), VERT),
      ], columnGap: 12 },
      { text: pdfText(`Hors du parc, non ${accord(etat.sortis, 'compté')} : ${pluriel(etat.sortis, 'logement vendu, démoli ou sorti', 'logements vendus, démolis ou sortis')} autrement.`), style: 'note', margin: [0, 6, 0, 16] },
    ],
  };
}

/** Années regroupées par dix ; la somme reste le total, l'inconnu à part. */
export function decennies(annees: Record<string, number>): LigneComptes[] {
  const comptes = new Map<string, number>();
  for (const annee of sortedKeys(annees)) {
    const libelle = /^\d{4}$/.test(annee) ? `${annee.slice(0, 3)}0 à ${annee.slice(0, 3)}9` : libelleInconnu(annee);
    comptes.set(libelle, (comptes.get(libelle) ?? 0) + (annees[annee] ?? 0));
  }
  return [...comptes].map(([libelle, nombre]) => ({ libelle, nombre }));
}

/** Une ligne par ensemble : adresse, logements, financements, QPV « n sur N » (R445-3). */
export function ensembles({ ensembles: liste }: Pick<DonneesPaquet, 'ensembles'>): Content[] {
  return [
    table(
      'Liste des ensembles immobiliers',
      [
        { titre: 'Ensemble', largeur: 108 }, { titre: 'Adresse', largeur: '*' }, { titre: 'Commune', largeur: 80 },
        { titre: 'Logements', largeur: 40, nombre: true }, { titre: 'Financements', largeur: 92 }, { titre: 'QPV', largeur: 46, nombre: true },
      ],
      liste.map((e): CellulePdf[] => [
        e.nom === '' ? e.id : e.nom, e.adresse, e.nomCommune, e.logements, textFinancements(e.financements),
        e.qpv > 0 ? { text: pdfText(`${formatNombre(e.qpv)} sur ${formatNombre(e.logements)}`), alignment: 'right', color: OCRE } : `0 sur ${formatNombre(e.logements)}`,
      ]),
      { note: 'R445-3' },
    ),
  ];
}

/** Loyers par organisme, département, EPCI et commune ; par ensemble, ils sont dans etat-des-lieux.xlsx. */
export function loyers(donnees: DonneesPaquet): Content[] {
  const ordre = ['organisme', 'departement', 'epci', 'commune'];
  const blocs = donnees.loyers.filter((b) => ordre.includes(b.par)).toSorted((a, b) => (a.surface === b.surface ? ordre.indexOf(a.par) - ordre.indexOf(b.par) : 0));
  return [
    { text: 'Loyer moyen : somme des loyers divisée par la somme des surfaces, sur les logements loués dont le loyer et la surface sont connus. L’écart au maximum porte sur ceux qui ont un maximum, dont le nombre est donné. Les loyers par ensemble sont dans etat-des-lieux.xlsx.', style: 'texte' },
    ...blocs.map((bloc) =>
      table(
        `${MAILLES[bloc.par] ?? bloc.par}, ${SURFACES[bloc.surface] ?? bloc.surface}`,
        [
          { titre: '', largeur: '*' }, { titre: 'Loués retenus', largeur: 34, nombre: true }, { titre: 'Surface (m²)', largeur: 54, nombre: true }, { titre: 'Loyers par mois', largeur: 66, nombre: true },
          { titre: 'Moyen', largeur: 32, nombre: true }, { titre: 'Avec maximum', largeur: 42, nombre: true }, { titre: 'Maximum', largeur: 40, nombre: true }, { titre: 'Écart', largeur: 30, nombre: true },
        ],
        bloc.lignes.map((l): CellulePdf[] => [
          l.nom, l.loues, formatDecimal2(l.surface), formatEuros(l.loyerMensuel), taux(l.loyerM2), l.avecMaximum, taux(l.loyerMaxM2), taux(l.ecartM2),
        ]),
        { note: couverture(bloc) },
      ),
    ),
  ];
}

const taux = (n: number | null): string => (n === null ? '' : formatDecimal2(n));

function couverture(bloc: DonneesPaquet['loyers'][number]): string {
  const loues = bloc.lignes.reduce((s, l) => s + l.loues, 0);
  const logements = bloc.lignes.reduce((s, l) => s + l.logements, 0);
  return `en euros par m² et par mois ; ${pluriel(loues, 'logement retenu', 'logements retenus')} sur ${formatNombre(logements)} (${formatPart(loues, logements)})`;
}
