import type { Content } from 'pdfmake/interfaces.js';
import { ETATS_VENTE, LIBELLE_ETAT_VENTE } from '../../../shared/domain/ventes/types.ts';
import { formatDate, formatDecimal } from '../../../shared/domain/nombres/format.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { formatNombre } from '../format.ts';
import { colonnesAnnees, LARGEUR_ANNEE } from '../ventes-annees.ts';
import { TEXTE_VENTES, QUALITES } from '../ventes.ts';
import type { VentesDeposees } from '../ventes.ts';
import { pdfText } from './moteur.ts';
import { type CellulePdf, table } from './tables.ts';

/** Plan de mise en vente dans la convention : la liste par EPCI et commune, les totaux, les documents, les avis (L445-1). */
export function planVentes({ ventes: v }: DonneesPaquet): Content[] {
  if (v === undefined) return [{ text: 'La convention ne comporte pas de logement à mettre en vente.', style: 'texte' }];
  return [
    ...TEXTE_VENTES(v).map((m): Content => ({ text: pdfText(m), style: 'texte' })),
    synthese(v),
    ...v.territoires.map((t) => totaux(v, t)),
    documents(v),
    avis(v),
    ...listes(v),
  ];
}

function synthese({ resume: r }: VentesDeposees): Content {
  const acquereurs = r.listeAcquereurs.map((a): CellulePdf[] => [a.libelle, r.acquereurs[a.code] ?? 0]).filter(([, n]) => n !== 0);
  const drapeauSans = r.drapeaux.find((d) => d.code === 'vente-sans-autorisation');
  const sansAutorisation = drapeauSans?.nombre ?? 0;
  return table('Logements du plan', [{ titre: '', largeur: '*' }, { titre: 'Logements', largeur: 80, nombre: true }], [
    ['Ensemble du plan, vendus compris', r.logements],
    ...ETATS_VENTE.map((e): CellulePdf[] => [`dont ${LIBELLE_ETAT_VENTE[e].toLowerCase()}`, r.etats[e] ?? 0]),
    ...Object.keys(r.annees).filter((a) => a !== 'inconnu').sort().map((a): CellulePdf[] => [`Mise en vente en ${a}`, r.annees[a] ?? 0]),
    ...(r.annees['inconnu'] === undefined ? [] : [['Année à dire', r.annees['inconnu']] satisfies CellulePdf[]]),
    ...acquereurs,
    ...(r.acquereurs['inconnu'] === undefined ? [] : [['Acquéreur à dire', r.acquereurs['inconnu']] satisfies CellulePdf[]]),
    ...(sansAutorisation === 0 ? [] : [[`Non vendus destinés à un autre organisme HLM, sans autorisation (${drapeauSans?.article ?? ''})`, sansAutorisation] satisfies CellulePdf[]]),
    ['En quartier prioritaire', r.qpv],
  ], { note: `${formatNombre(r.communes)} commune(s), ${formatNombre(r.epci)} EPCI ; R445-5 pour les acquéreurs` });
}

function totaux({ resume }: VentesDeposees, { par, lignes }: VentesDeposees['territoires'][number]): Content {
  const { colonnes, note } = colonnesAnnees(Object.keys(resume.annees));
  return table(par === 'commune' ? 'Par commune' : 'Par EPCI', [
    { titre: par === 'commune' ? 'Commune' : 'EPCI', largeur: '*' }, { titre: 'Logements', largeur: 50, nombre: true }, ...colonnes.map((a) => ({ titre: a.titre, largeur: LARGEUR_ANNEE(a.titre), nombre: true })),
  ], lignes.map((l): CellulePdf[] => [`${l.nom} (${l.code})`, l.logements, ...colonnes.map((a) => a.lire(l.annees))]), { note: note === '' ? 'L445-1' : `L445-1 ; ${note}` });
}

/** Ce que l'on sait des documents d'habitabilité et d'énergie, et de la consommation. */
function documents({ resume: r, lignes }: VentesDeposees): Content {
  const nombre = (code: string): number => r.drapeaux.find((d) => d.code === code)?.nombre ?? 0;
  const aVendre = lignes.filter((l) => l.etat !== 'vendu').length;
  return table('Habitabilité et performance énergétique', [{ titre: '', largeur: '*' }, { titre: 'Logements', largeur: 80, nombre: true }], [
    ['Non encore vendus', aVendre],
    ['Documents relatifs aux normes dits réunis', r.documents],
    [`Consommation dite au-dessus de ${formatDecimal(r.energie.seuil)} kWhEP/m²/an`, nombre('vente-energie-au-dessus')],
    ['Consommation à vérifier', nombre('vente-energie-a-verifier')],
  ], { note: `L445-1, ${r.energie.article}` });
}

function avis({ consultations }: VentesDeposees): Content {
  const jour = (d: string | null): string => (d === null ? '' : formatDate(d));
  return table('Consultations', [
    { titre: 'Consulté', largeur: '*' }, { titre: 'Qualité', largeur: 62 }, { titre: 'Log.', largeur: 30, nombre: true }, { titre: 'Reçue le', largeur: 52 }, { titre: 'Délai', largeur: 52 }, { titre: 'Avis', largeur: 84 }, { titre: 'du', largeur: 52 },
  ], consultations.map((c): CellulePdf[] => [c.nom, QUALITES[c.nature], c.logements, jour(c.recue), jour(c.limite), c.libelleEtat, jour(c.repondue)]), { note: 'L445-1 ; deux mois pour la commune, date proposée pour les autres' });
}

/** La liste même, un tableau par commune, EPCI en surtitre. */
function listes({ lignes, resume }: VentesDeposees): Content[] {
  const acquereurs = new Map(resume.listeAcquereurs.map((a) => [a.code, a.court]));
  const communes = new Map<string, VentesDeposees['lignes']>();
  for (const l of lignes) communes.set(l.commune, [...(communes.get(l.commune) ?? []), l]);
  return [...communes.values()].map((liste) => {
    const premiere = liste[0];
    return table(`${premiere?.nomCommune ?? ''} (${premiere?.commune ?? ''})`, [
      { titre: 'Identifiant', largeur: 86 }, { titre: 'Adresse', largeur: '*' }, { titre: 'Pièces', largeur: 26, nombre: true }, { titre: 'm²', largeur: 30, nombre: true }, { titre: 'Constr.', largeur: 32, nombre: true }, { titre: 'DPE', largeur: 20 },
      { titre: 'Année', largeur: 28, nombre: true }, { titre: 'Acquéreur', largeur: 62 }, { titre: 'État', largeur: 44 },
    ], liste.map((l): CellulePdf[] => [
      l.identifiant, l.adresse, l.pieces, l.surface, l.construct === null ? '' : String(l.construct), l.dpe ?? '', l.annee === null ? '' : String(l.annee), l.acquereur === null ? '' : (acquereurs.get(l.acquereur) ?? l.acquereur), LIBELLE_ETAT_VENTE[l.etat],
    ]), { note: `${formatNombre(liste.length)} logement(s)`, ...(premiere === undefined || premiere.nomEpci === '' ? {} : { surtitre: premiere.nomEpci }) });
  });
}
