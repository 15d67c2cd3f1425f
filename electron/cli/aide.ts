import { OPTIONS_COMMUNES } from './arguments.ts';
import { nomProgramme } from './environnement.ts';
import type { Option, Verbe } from './verbe.ts';

const PROGRAMME = nomProgramme(process.env);

/** L'aide générale : chaque verbe en une ligne. */
export function helpGenerale(verbes: readonly Verbe[]): string {
  const largeur = Math.max(...verbes.map((v) => v.nom.length));
  return [
    'Atelier CUS au terminal : préparer, contrôler, signer et déposer une convention d’utilité sociale, sans réseau.',
    '',
    `Usage : ${PROGRAMME} VERBE [ARGUMENTS] [OPTIONS]`,
    '',
    ...verbes.map((v) => `  ${v.nom.padEnd(largeur)}  ${v.resume}`),
    `  ${'aide'.padEnd(largeur)}  montre cette aide, ou celle d’un verbe`,
    '',
    'Pour tous les verbes :',
    ...linesOptions(OPTIONS_COMMUNES),
    '',
    'Codes de sortie : 0 fait ; 1 la réponse est non (constat bloquant, paquet modifié, retour refusé) ; 2 demande ou fichier invalide.',
    'Sur 1 et 2, rien n’est changé dans le dossier.',
    '',
    'Exemples :',
    `  ${PROGRAMME} demo essai`,
    `  ${PROGRAMME} creer convention.cus --siren 782824114 --nom "Habitat du Littoral"`,
    `  ${PROGRAMME} importer convention.cus rpls.csv --json`,
    `  ${PROGRAMME} deposer --aide`,
  ].join('\n');
}

/** L'aide d'un verbe : usage, arguments, options, exemples. */
export function helpVerbe(verbe: Verbe): string {
  const largeur = Math.max(0, ...verbe.arguments.map((a) => a.nom.length));
  const options = Object.keys(verbe.options).length > 0 ? ' [OPTIONS]' : '';
  return [
    `Usage : ${PROGRAMME} ${[verbe.nom, ...verbe.arguments.map((a) => a.nom)].join(' ')}${options}`,
    '',
    `${verbe.resume.charAt(0).toUpperCase()}${verbe.resume.slice(1)}.`,
    ...(verbe.arguments.length > 0 ? ['', ...verbe.arguments.map((a) => `  ${a.nom.padEnd(largeur)}  ${a.aide}`)] : []),
    '',
    'Options :',
    ...linesOptions({ ...verbe.options, ...OPTIONS_COMMUNES }),
    ...(verbe.notes === undefined ? [] : ['', verbe.notes]),
    '',
    'Exemples :',
    ...verbe.exemples.map((e) => `  ${PROGRAMME} ${e}`),
  ].join('\n');
}

function linesOptions(options: Readonly<Record<string, Option>>): string[] {
  const noms = Object.entries(options).map(([nom, o]) => [`--${nom}${o.type === 'texte' ? ` ${o.valeur ?? 'TEXTE'}` : ''}`, o] as const);
  const largeur = Math.max(...noms.map(([n]) => n.length));
  return noms.map(([n, o]) => `  ${n.padEnd(largeur)}  ${o.aide}${o.choix === undefined ? '' : ` (${o.choix.join(', ')})`}`);
}
