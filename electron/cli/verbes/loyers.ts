import { Maille, Surface } from '../../../shared/contract.ts';
import { libelleExclus } from '../../../shared/domain/loyers/libelles.ts';
import { METHODES } from '../../../shared/domain/carte/classes.ts';
import { MESURES_CARTE } from '../../../shared/domain/carte/mesures.ts';
import type { Entree } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { assertCible } from '../../service/fichiers.ts';
import { trouverScenario } from '../scenario-npl.ts';
import { compte, euros, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'loyers',
  resume: 'montre les loyers moyens, leurs maximums et les écarts, en €/m²',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    par: { type: 'texte', valeur: 'MAILLE', aide: 'regroupement ; ensemble par défaut', choix: Maille.options },
    carte: { type: 'texte', valeur: 'F.pdf', aide: 'dessine la carte dans ce fichier (.pdf ou .svg, à sa vraie échelle)' },
    mesure: { type: 'texte', valeur: 'MESURE', aide: 'ce que la carte colore ; loyerM2 par défaut', choix: MESURES_CARTE },
    comparee: { type: 'texte', valeur: 'MESURE', aide: 'seconde mesure, sur une seconde carte à côté', choix: MESURES_CARTE },
    classes: { type: 'texte', valeur: 'METHODE', aide: 'classes de la carte ; quantiles par défaut', choix: METHODES },
    nombre: { type: 'texte', valeur: 'N', aide: 'nombre de classes, de 2 à 7 (6 au plus pour un écart) ; 5 par défaut' },
    bornes: { type: 'texte', valeur: 'A,B,…', aide: 'bornes des classes, croissantes, décimales avec un point (l’emporte sur --classes)' },
    annee: { type: 'texte', valeur: 'AAAA', aide: 'année des plafonds de loyer ; celle de la déclaration par défaut' },
    scenario: { type: 'texte', valeur: 'NOM', aide: 'scénario de politique des loyers que la carte montre ; le retenu par défaut, sinon le dernier' },
    'scenario-compare': { type: 'texte', valeur: 'NOM', aide: 'scénario de la seconde carte ; celui de la première par défaut' },
    format: { type: 'texte', valeur: 'FORMAT', aide: 'taille de la feuille ; A4 par défaut', choix: ['A4', 'A3'] },
    territoire: { type: 'texte', valeur: 'CODE', aide: 'cadre la carte sur ce territoire (dep-13, epci-200054807, com-13055)' },
    surface: { type: 'texte', valeur: 'SURFACE', aide: 'surface habitable, utile ou corrigée ; SH par défaut', choix: Surface.options },
  },
  exemples: ['loyers convention.cus --par commune', 'loyers convention.cus --par organisme --surface SU --json', 'loyers convention.cus --carte carte.pdf --mesure ecartM2 --format A3', 'loyers convention.cus --carte scenario.pdf --mesure ecartNpl --surface SU --scenario "Scénario A"', 'loyers convention.cus --carte scenarios.pdf --mesure maximumNpl --comparee maximumNpl --surface SU --scenario "Scénario A" --scenario-compare "Scénario B"'],
  notes: 'La carte se fait en PDF ou en SVG ; une image PNG demande une fenêtre pour la peindre, et se fait à l’écran (Loyers, Imprimer la carte).\nSont comptés les logements loués dont le loyer et la surface demandée sont connus. Les lignes portent les montants et surfaces\nexacts ; un loyer au m² est arrondi à deux décimales.',
  async run(appel) {
    const par = Maille.parse(appel.texte('par') ?? 'ensemble');
    const surface = Surface.parse(appel.texte('surface') ?? 'SH');
    const destination = appel.fichier('carte');
    const dessin = readDessin(appel, destination !== undefined);
    if (destination !== undefined) assertCible(destination, { dossier: appel.chemin(appel.argument(0)) });
    await openDossierDe(appel);
    const scenarios = await readScenarios(appel);
    const carte = destination === undefined ? null : await appel.appeler('carte.imprimer', { ...dessin, ...scenarios, par, surface, destination });
    const { lignes, exclus } = await appel.appeler('loyers.lire', { par, surface });
    const ecartes = Object.entries(exclus).filter(([, n]) => n > 0);
    const texte = tableau(
      [
        { titre: 'Code', valeur: (l) => l.code },
        { titre: 'Nom', valeur: (l) => l.nom },
        { titre: 'Logements', valeur: (l) => nombre(l.logements), droite: true },
        { titre: 'Comptés', valeur: (l) => nombre(l.loues), droite: true },
        { titre: 'Surface m²', valeur: (l) => nombre(l.surface, 2), droite: true },
        { titre: 'Loyers', valeur: (l) => euros(l.loyerMensuel), droite: true },
        { titre: '€/m²', valeur: (l) => nombre(l.loyerM2, 2), droite: true },
        { titre: 'Avec max.', valeur: (l) => nombre(l.avecMaximum), droite: true },
        { titre: 'Max. €/m²', valeur: (l) => nombre(l.loyerMaxM2, 2), droite: true },
        { titre: 'Écart €/m²', valeur: (l) => nombre(l.ecartM2, 2), droite: true },
      ],
      lignes,
    );
    const note = ecartes.map(([raison, n]) => `${libelleExclus(raison)} : ${nombre(n)}`).join(' ; ');
    const dites = carte === null ? [] : [carte.titre, `Carte écrite à l’échelle 1 : ${nombre(carte.echelle)} : ${carte.chemin}${carte.hors > 0 ? ` (${compte(carte.hors, 'hors de la feuille', 'hors de la feuille')})` : ''}`, ''];
    return {
      json: { lignes, ...(carte === null ? {} : { carte }) },
      texte: [...dites, texte, ...(note === '' ? [] : ['', `Hors moyenne. ${note.charAt(0).toUpperCase()}${note.slice(1)}.`])].join('\n'),
    };
  },
};

const OPTIONS_CARTE = ['mesure', 'comparee', 'classes', 'nombre', 'bornes', 'annee', 'format', 'territoire', 'scenario', 'scenario-compare'] as const;

/** Les scénarios nommés : celui de la carte, celui de la seconde. */
async function readScenarios(appel: Appel): Promise<{ scenario?: number; scenarioCompare?: number }> {
  const [nom, compare] = [appel.texte('scenario'), appel.texte('scenario-compare')];
  return {
    ...(nom === undefined ? {} : { scenario: await trouverScenario(appel, nom) }),
    ...(compare === undefined ? {} : { scenarioCompare: await trouverScenario(appel, compare) }),
  };
}

/** Les réglages de la carte ; donnés sans --carte, ils ne feraient rien : refusés. */
function readDessin(appel: Appel, voulue: boolean): Omit<Entree<'carte.imprimer'>, 'destination' | 'par' | 'surface'> {
  const seule = OPTIONS_CARTE.find((o) => appel.texte(o) !== undefined);
  if (!voulue && seule !== undefined) throw invalide('option-seule', `--${seule} règle la carte, qui n’est pas demandée.`, 'Ajouter --carte F.pdf, ou retirer cette option.');
  const entierDe = (option: 'nombre' | 'annee', min: number, max: number): number | undefined => {
    const lu = appel.texte(option);
    if (lu === undefined) return undefined;
    const n = Number(lu);
    if (!Number.isInteger(n) || n < min || n > max) throw invalide('nombre-invalide', `« ${lu} » ne convient pas à --${option}.`, `Donner un nombre entier de ${min} à ${max}.`);
    return n;
  };
  const bornes = appel.texte('bornes')?.split(',').map((b) => (b.trim() === '' ? Number.NaN : Number(b)));
  if (bornes !== undefined && (bornes.length < 2 || bornes.length > 8 || bornes.some((b, i) => Number.isNaN(b) || (i > 0 && b <= (bornes[i - 1] ?? 0))))) {
    throw invalide('bornes-invalides', `« ${appel.texte('bornes') ?? ''} » ne fait pas de classes.`, 'Donner de deux à huit nombres croissants, séparés par des virgules : « 4,5.5,7 ».');
  }
  const comparee = MESURES_CARTE.find((m) => m === appel.texte('comparee'));
  const [nombreClasses, annee, territoire] = [entierDe('nombre', 2, 7), entierDe('annee', 1990, 2100), appel.texte('territoire')];
  return {
    mesure: MESURES_CARTE.find((m) => m === appel.texte('mesure')) ?? 'loyerM2',
    methode: METHODES.find((m) => m === appel.texte('classes')) ?? 'quantiles',
    format: appel.texte('format') === 'A3' ? 'A3' : 'A4',
    ...(comparee === undefined ? {} : { comparee }), ...(nombreClasses === undefined ? {} : { nombre: nombreClasses }), ...(annee === undefined ? {} : { annee }), ...(territoire === undefined ? {} : { territoire }), ...(bornes === undefined ? {} : { bornes }),
  };
}
