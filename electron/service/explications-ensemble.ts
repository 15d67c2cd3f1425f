import type { Sortie } from '../../shared/contract.ts';
import { DPE_NOUVEAU } from '../../shared/domain/ensembles/fiche.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { CODES } from '../../shared/domain/rpls/codes.ts';
import { invalide } from '../../shared/erreurs.ts';
import { formatDecimal2, formatEuros } from '../documents/format.ts';
import { readMoisDpe } from '../store/fiche.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';

type Fiche = Sortie<'ensembles.fiche'>;
type Filtre = Fond['sources'][number]['filtres'][number];
type Chiffre = { titre: string; valeur: string; formule: string; nombre: number | null; filtres: Filtre[]; parc?: boolean; articles?: string[]; incertitude?: string };

const PARC: Filtre = { colonne: 'parc', valeurs: ['oui'] };
const cleOu = (cle: string): string[] => (cle === 'inconnu' ? [''] : [cle]);
const libelle = (champ: keyof typeof CODES, cle: string): string => (CODES[champ] as Readonly<Record<string, string>>)[cle] ?? 'inconnu';
const SURFACES: Record<string, { titre: string; filtres: Filtre[] }> = {
  SH: { titre: 'Surface habitable', filtres: [] },
  SU: { titre: 'Surface utile', filtres: [{ colonne: 'modesurf', valeurs: ['1'] }] },
  SC: { titre: 'Surface corrigée', filtres: [{ colonne: 'modesurf', valeurs: ['2'] }] },
};

/** D'où vient un chiffre de la fiche d'un ensemble : `ensemble/<code>` ou `ensemble/<code>/<dimension>/<clé>`. */
export async function explainEnsemble(contexte: Contexte, sujet: string): Promise<Fond> {
  const [, code = '', dimension = '', cle = '', suite = ''] = sujet.split('/');
  const fiche = await contexte.appeler('ensembles.fiche', { id: code });
  if (dimension === '') return identite(fiche);
  const c = chiffre(contexte, fiche, dimension, cle, suite);
  if (c === null) throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre du dossier.`, 'Choisir un chiffre de l’écran.');
  return {
    titre: `${c.titre}, ${fiche.ensemble.nom}`,
    valeur: c.valeur,
    formule: `${c.formule}.`,
    articles: c.articles ?? ['R445-3'],
    sources: [{ libelle: 'Logements de l’ensemble', nombre: c.nombre, filtres: [...(c.parc === false ? [] : [PARC]), { colonne: 'code_ensemble', valeurs: [code] }, ...c.filtres] }],
    incertitude: c.incertitude ?? '',
  };
}

function identite({ ensemble: e, decide, communes }: Fiche): Fond {
  const qui = (d: boolean): string => (d ? 'décidé par l’organisme' : 'proposé');
  return {
    titre: e.nom,
    valeur: `${formatEntier(e.logements)} logements`,
    formule: `${e.adresse === '' ? 'Sans adresse' : e.adresse}, ${communes.map((c) => c.nom).join(', ')}. En QPV : ${formatEntier(e.qpv)} sur ${formatEntier(e.logements)}${e.qpvInconnu > 0 ? `, ${formatEntier(e.qpvInconnu)} de situation inconnue` : ''}. Nom ${qui(decide.nom)}, composition ${decide.composition ? 'décidée par l’organisme' : 'proposée d’après la règle des ensembles'}.`,
    articles: ['R445-3'],
    sources: [{ libelle: 'Logements de l’ensemble', nombre: e.logements, filtres: [PARC, { colonne: 'code_ensemble', valeurs: [e.id] }] }],
    incertitude: '',
  };
}

function chiffre(contexte: Contexte, f: Fiche, dimension: string, cle: string, suite: string): Chiffre | null {
  const compte = (titre: string, n: number, formule: string, colonne: string, valeurs: string[]): Chiffre => ({ titre, valeur: formatEntier(n), formule, nombre: n, filtres: [{ colonne, valeurs }] });
  const deux = (titre: string, c: { logements: number; total: number }, unite: (n: number) => string, formule: string, filtres: Filtre[], parc?: boolean): Chiffre => ({
    titre, valeur: unite(c.total), formule: `${formule} ; ${formatEntier(c.logements)} logements l’ont`, nombre: null, filtres, ...(parc === undefined ? {} : { parc }),
  });
  switch (dimension) {
    case 'qpv': return { ...compte('Logements en QPV', f.ensemble.qpv, 'Logements du parc dont le champ 22 (QPV) est « oui »', 'qpv', ['1']), valeur: `${formatEntier(f.ensemble.qpv)} sur ${formatEntier(f.ensemble.logements)}` };
    case 'qpvInconnu': return compte('Situation en QPV inconnue', f.ensemble.qpvInconnu, 'Logements du parc dont le champ 22 (QPV) est absent ou illisible', 'qpv', ['']);
    case 'financement': return compte(`Financement ${cle} (${libelle('FINAN', cle)})`, f.ensemble.financements[cle] ?? 0, 'Logements du parc de ce financement initial (champ 32)', 'finan', cleOu(cle));
    case 'pieces': return compte(cle === 'inconnu' ? 'Nombre de pièces inconnu' : `Logements de ${cle} ${cle === '1' ? 'pièce' : 'pièces'}`, f.pieces[cle] ?? 0, 'Logements du parc de cette taille (champ 24)', 'nbpiece', cleOu(cle));
    case 'type': return compte(`Type de construction ${libelle('TYPECONST', cle)}`, f.types[cle] ?? 0, 'Logements du parc de ce type (champ 23)', 'typeconst', cleOu(cle));
    case 'annee': return compte(`Construits en ${cle}`, f.annees[cle] ?? 0, 'Logements du parc de cette année de construction (champ 26)', 'construct', cleOu(cle));
    case 'mode': return compte(`Mode d’occupation : ${libelle('MODE', cle)}`, f.modes[cle] ?? 0, 'Logements du parc de ce mode d’occupation au 1er janvier (champ 40)', 'mode', cleOu(cle));
    case 'vacants': return compte('Logements vacants', f.vacants, 'Logements du parc proposés à la location et vacants au 1er janvier (champ 40, mode 2)', 'mode', ['2']);
    case 'conventions': {
      const [n, code] = cle === 'oui' ? [f.conventions.oui, '1'] : cle === 'non' ? [f.conventions.non, '2'] : [f.conventions.inconnu, ''];
      return compte(`Convention APL : ${cle}`, n, 'Logements du parc selon le champ 34 (conventionné APL)', 'conv', [code]);
    }
    case 'dpe': return dpe(contexte, f, cle, suite);
    case 'surface': {
      const s = SURFACES[cle];
      const c = f.surfaces[cle as 'SH'] as Fiche['surfaces']['SH'] | undefined;
      return s === undefined || c === undefined ? null : deux(s.titre, c, (n) => `${formatDecimal2(n)} m²`, `Σ ${s.titre.toLowerCase()} des logements du parc, loués ou non`, s.filtres);
    }
    case 'sortis': return { ...compte('Logements sortis du patrimoine', f.sortis, 'Logements de la déclaration dont le motif de sortie est 1 à 5 : gardés, non comptés', 'parc', ['non']), parc: false };
    case 'sortie': return { ...compte(`Sortis : ${libelle('SORTIEPATRIM', cle)}`, f.ventes.sorties[cle] ?? 0, 'Logements de la déclaration sortis pour ce motif (champ 37)', 'sortiepatrim', [cle]), parc: false };
    case 'commercialises': return compte('Mis en commercialisation', f.ventes.commercialises, 'Logements du parc dont le champ « mis en commercialisation » est « oui »', 'miscommercial', ['1']);
    case 'acquereur': return { ...compte(`Acquéreur : ${libelle('QUALACQ', cle)}`, f.ventes.acquereurs[cle] ?? 0, 'Logements vendus à cet acquéreur', 'qualacq', [cle]), parc: false };
    case 'prix': return deux('Prix de vente', f.ventes.prix, formatEuros, 'Σ prix de vente déclarés', [], false);
    case 'produit': return deux('Produit financier net', f.ventes.produit, formatEuros, 'Σ produits financiers nets déclarés', [], false);
    default: return null;
  }
}

function dpe(contexte: Contexte, f: Fiche, classe: string, periode: string): Chiffre | null {
  const l = f.dpe.find((d) => d.classe === classe);
  const mots: Record<string, string> = { avant: 'daté d’avant le 1er juillet 2021', depuis: 'daté du 1er juillet 2021 ou d’après', sansDate: 'sans date' };
  const mot = mots[periode];
  if (l === undefined || (periode !== '' && mot === undefined)) return null;
  const n = periode === '' ? l.avant + l.depuis + l.sansDate : l[periode as 'avant'];
  const mois = periode === 'avant' || periode === 'depuis' ? readMoisDpe(contexte.dossier().base, f.ensemble.id).filter((m) => m < DPE_NOUVEAU === (periode === 'avant')) : [''];
  return {
    titre: `Classe énergie ${classe}${mot === undefined ? '' : `, ${mot}`}`, valeur: formatEntier(n), nombre: n,
    formule: `Logements du parc de cette classe (champ 49)${mot === undefined ? '' : `, diagnostic ${mot} (champ 48)`}`,
    filtres: [{ colonne: 'dpeenergie', valeurs: cleOu(classe) }, ...(periode === '' ? [] : [{ colonne: 'dpedate', valeurs: mois }])],
    incertitude: 'La méthode du DPE a changé le 1er juillet 2021 : deux classes d’avant et d’après ne se comparent pas.',
  };
}
