import { Nature } from '../../../shared/contract.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { isChevauchee, parseDate } from '../../../shared/domain/calendrier/dates.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { optionObligatoire } from '../arguments.ts';
import { nombre } from '../tableau.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'creer',
  resume: 'crée un dossier : une convention à préparer, dans un fichier .cus',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus à créer' }],
  options: {
    depuis: { type: 'texte', valeur: 'ANCIEN', aide: 'part de la convention précédente : son dossier .cus, ou son paquet .asice ou .zip' },
    siren: { type: 'texte', valeur: 'N', aide: 'SIREN de l’organisme, neuf chiffres (obligatoire, sauf avec --depuis)' },
    nom: { type: 'texte', valeur: 'NOM', aide: 'nom de l’organisme (obligatoire, sauf avec --depuis)' },
    nature: { type: 'texte', valeur: 'NATURE', aide: 'nature de l’organisme', choix: Nature.options },
    effet: { type: 'texte', valeur: 'DATE', aide: 'date d’effet de la convention, par exemple 2026-01-01' },
    millesime: { type: 'texte', valeur: 'ANNEE', aide: 'millésime des règles ; par défaut le plus récent' },
  },
  exemples: ['creer convention.cus --siren 782824114 --nom "Habitat du Littoral" --nature OPH --effet 2026-01-01', 'creer convention-2032.cus --depuis convention-2026.cus --effet 2032-01-01'],
  notes: 'Un fichier qui existe n’est jamais remplacé.\nAvec --depuis, l’ancien fichier est seulement lu ; un paquet modifié depuis son scellement est refusé. Les cibles d’avant sont gardées en souvenir, non reprises.',
  async run(appel) {
    const chemin = appel.chemin(appel.argument(0));
    const effet = appel.texte('effet');
    const annee = appel.texte('millesime');
    const nature = Nature.optional().parse(appel.texte('nature'));
    const depuis = appel.fichier('depuis');
    const siren = depuis === undefined ? required(appel.texte('siren'), 'siren') : appel.texte('siren');
    const nom = depuis === undefined ? required(appel.texte('nom'), 'nom') : appel.texte('nom');
    const precedent = depuis === undefined ? null : await appel.appeler('dossier.precedent', { chemin: depuis });
    const { organisme, millesime } = await appel.appeler('dossier.creer', {
      chemin,
      ...(depuis === undefined ? {} : { depuis }),
      ...(siren === undefined ? {} : { siren }),
      ...(nom === undefined ? {} : { nom }),
      ...(nature === undefined ? {} : { nature }),
      ...(effet === undefined ? {} : { effet }),
      ...(annee === undefined ? {} : { millesime: annee }),
    });
    const debut = parseDate(effet ?? '');
    const terme = precedent?.echeance ?? null;
    const chevauche = isChevauchee(debut, terme);
    if (chevauche) appel.avertir(`La date d’effet, ${formatDate(debut ?? '')}, n’est pas après le terme de la convention en cours, ${formatDate(terme ?? '')} : les deux vaudraient ensemble (L445-1). Corriger l’une des dates, ou dire pourquoi.`);
    return {
      json: { dossier: chemin, organisme, millesime, ...(precedent === null ? {} : { precedent, chevauche }) },
      texte: `${precedent === null ? '' : `${describe(precedent)}\n\n`}Dossier créé : ${chemin}\n${organisme.nom} (SIREN ${organisme.siren}), millésime ${millesime}.`,
    };
  },
};

function describe(p: Sortie<'dossier.precedent'>): string {
  const signe = p.verdict?.verdict === 'signe' ? `, paquet signé par ${p.verdict.signataires.map((s) => s.nom).join(', ')}` : p.verdict === null ? '' : ', paquet non signé';
  return [
    `D’après ${p.chemin} (${[p.organisme.nom, p.periode].filter((t) => t !== '').join(', ')}${signe}) :`,
    ...p.repris.map((r) => `  repris : ${r.libelle}${r.nombre === null ? '' : ` (${nombre(r.nombre)})`}${r.precision === '' ? '' : `. ${r.precision}`}`),
    ...p.laisses.map((l) => `  laissé : ${l.libelle}${l.nombre === null ? '' : ` (${nombre(l.nombre)})`}. ${l.raison}`),
  ].join('\n');
}

function required(valeur: string | undefined, option: string): string {
  if (valeur === undefined) throw optionObligatoire('creer', option);
  return valeur;
}
