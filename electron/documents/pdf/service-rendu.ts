import type { Content } from 'pdfmake/interfaces.js';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import { MENTION_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { direEchelle } from '../../../shared/domain/service-rendu/echelle.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { formatDecimal2, formatNombre, formatPart } from '../format.ts';
import { MAILLES } from '../libelles.ts';
import { SANS_SERVICE_RENDU, nomClasse, serviceRenduNote } from '../service-rendu.ts';
import type { ServiceRenduGrille } from '../service-rendu.ts';
import { pdfText } from './moteur.ts';
import { type CellulePdf, type ColonnePdf, table, tableComptes } from './tables.ts';

type Ligne = ServiceRenduGrille['qpv'][number];

/** L'état du service rendu (R445-3) : la grille, les territoires, les ensembles ; sans note, une phrase. */
export function serviceRendu(donnees: DonneesPaquet): Content[] {
  const lu = serviceRenduNote(donnees);
  if (lu === null) return [{ text: SANS_SERVICE_RENDU, style: 'texte' }];
  const { grille } = lu;
  const tout = lu.mailles.find((m) => m.par === 'organisme')?.lignes[0];
  const ordre = ['departement', 'epci', 'commune'];
  return [
    {
      text: pdfText(
        `L’appréciation de l’état du service rendu prend notamment en compte la qualité de la construction et des prestations techniques, la localisation et l’environnement de l’ensemble immobilier (R445-3). Elle suit la grille de l’organisme${
          grille.proposee ? ` (${MENTION_PROPOSEE})` : ''} : échelle ${direEchelle(grille.echelle)}, la meilleure note étant la plus ${grille.sens === 'croissant' ? 'grande' : 'petite'}. Le résultat d’un ensemble est la moyenne pondérée de ses notes par famille, puis des familles ; il n’est donné que si au moins ${grille.seuil} % des critères sont notés. Celui d’un territoire est la moyenne des ensembles notés, pondérée par leurs logements. Les notes de chaque ensemble sont dans etat-des-lieux.xlsx.`,
      ),
      style: 'texte',
    },
    ...(tout === undefined
      ? []
      : [
          tableComptes(
            'Logements par classe de résultat',
            [...grille.classes.map((c, i) => ({ libelle: c.libelle, nombre: tout.classes[i]?.logements ?? 0 })), { libelle: 'Sans résultat', nombre: tout.logements - tout.logementsNotes }],
            tout.logements,
          ),
          tableLignes(lu, 'Organisme, en QPV et hors QPV', [tout, ...lu.qpv.filter((l) => l.logements > 0)]),
        ]),
    tableGrille(lu),
    ...lu.mailles.filter((m) => ordre.includes(m.par)).toSorted((a, b) => ordre.indexOf(a.par) - ordre.indexOf(b.par)).map((m) => tableLignes(lu, `Par ${(MAILLES[m.par] ?? m.par).replace(/^(?!EPCI)./u, (c) => c.toLowerCase())}`, m.lignes)),
    tableEnsembles(lu),
  ];
}

const dit = (n: number | null): string => (n === null ? '' : formatDecimal2(n));

function tableLignes(lu: ServiceRenduGrille, titre: string, lignes: readonly Ligne[]): Content {
  const familles = lu.grille.familles.length <= 5 ? lu.grille.familles : [];
  const colonnes: ColonnePdf[] = [
    { titre: '', largeur: '*' }, { titre: 'Ensembles notés', largeur: 54, nombre: true }, { titre: 'Logements notés', largeur: 72, nombre: true }, { titre: 'Résultat', largeur: 36, nombre: true }, { titre: 'Classe', largeur: 64 },
    ...familles.map((f): ColonnePdf => ({ titre: f.libelle, largeur: 44, nombre: true })),
  ];
  return table(
    titre, colonnes,
    lignes.map((l): CellulePdf[] => [
      l.nom, `${formatNombre(l.ensemblesNotes)} sur ${formatNombre(l.ensembles)}`, `${formatNombre(l.logementsNotes)} sur ${formatNombre(l.logements)}`, dit(l.resultat), nomClasse(lu, l.classe),
      ...familles.map((f) => dit(l.familles.find((x) => x.code === f.code)?.resultat ?? null)),
    ]),
    { note: 'moyenne pondérée par les logements' },
  );
}

function tableGrille({ grille }: ServiceRenduGrille): Content {
  return table(
    'Grille de l’organisme',
    [{ titre: 'Famille', largeur: 150 }, { titre: 'Critères et poids', largeur: '*' }, { titre: 'Poids', largeur: 40, nombre: true }],
    grille.familles.map((f): CellulePdf[] => [f.libelle, f.criteres.map((c) => `${c.libelle} (${c.poids.replace('.', ',')})`).join(', '), f.poids.replace('.', ',')]),
    { note: grille.proposee ? MENTION_PROPOSEE : 'définie par l’organisme' },
  );
}

function tableEnsembles(lu: ServiceRenduGrille): Content {
  const lignes = lu.mailles.find((m) => m.par === 'ensemble')?.lignes ?? [];
  const notes = lignes.filter((l) => l.resultat !== null);
  const logements = notes.reduce((s, l) => s + l.logements, 0);
  const total = lignes.reduce((s, l) => s + l.logements, 0);
  return table(
    'Ensembles immobiliers',
    [{ titre: 'Ensemble', largeur: '*' }, { titre: 'Logements', largeur: 48, nombre: true }, { titre: 'Critères notés', largeur: 60, nombre: true }, { titre: 'Résultat', largeur: 44, nombre: true }, { titre: 'Classe', largeur: 90 }],
    lignes.map((l): CellulePdf[] => [l.nom, l.logements, `${formatNombre(l.notes)} sur ${formatNombre(l.criteres)}`, dit(l.resultat), l.resultat === null ? 'sans résultat' : nomClasse(lu, l.classe)]),
    { note: `${pluriel(notes.length, 'ensemble noté', 'ensembles notés')} sur ${formatNombre(lignes.length)} ; ${formatPart(logements, total)} des logements` },
  );
}
