import { formatDate } from '../nombres/format.ts';
import { parseDate } from '../calendrier/dates.ts';
import type { DefinitionChamp } from '../../millesimes/types.ts';
import { missingCase } from '../../erreurs.ts';
import { formatSiren, parseSiren, refusSiren } from './siren.ts';
import { parseListeTerritoires } from '../engagements/champ.ts';

export type ValeurLue = { ok: true; valeur: string } | { ok: false; raison: string };

/** Valeurs des champs simples du dossier, par nom stable. Absent ou vide : pas de valeur. */
export type ValeursChamps = Readonly<Record<string, string>>;

// Un clavier donne l'apostrophe droite, l'application écrit la typographique.
const comparable = (texte: string): string => texte.toLowerCase().replaceAll('’', "'");

const refuse = (raison: string): ValeurLue => ({ ok: false, raison });

/**
 * Lit une valeur tapée pour ce champ et la rend dans son écriture conservée (date ISO, SIREN sans
 * espaces, code de choix). Une valeur vide est acceptée : elle efface. Le refus dit pourquoi.
 */
export function parseValeurChamp(definition: DefinitionChamp, texte: string): ValeurLue {
  const net = texte.trim();
  if (net === '') return { ok: true, valeur: '' };
  switch (definition.type) {
    case 'texte':
    case 'paragraphe':
      return { ok: true, valeur: net };
    case 'date': {
      const date = parseDate(net);
      return date === null ? refuse('ce n’est pas une date ; taper par exemple 31/12/2026.') : { ok: true, valeur: date };
    }
    case 'siren': {
      const siren = parseSiren(net);
      return siren === null ? refuse(`ce SIREN est invalide : ${refusSiren(net)}.`) : { ok: true, valeur: siren };
    }
    case 'choix': {
      const cherche = comparable(net);
      const choix = definition.choix.find((c) => comparable(c.valeur) === cherche || comparable(c.libelle) === cherche);
      const possibles = definition.choix.map((c) => c.valeur).join(', ');
      return choix === undefined ? refuse(`choisir parmi ${possibles}.`) : { ok: true, valeur: choix.valeur };
    }
    case 'oui-non':
      return /^(oui|non)$/i.test(net) ? { ok: true, valeur: net.toLowerCase() } : refuse('répondre oui ou non.');
    case 'nombre':
      return /^\d{1,9}$/.test(net) ? { ok: true, valeur: String(Number(net)) } : refuse('taper un nombre entier.');
    case 'nombres': {
      const parties = net.split(/[,;]+/u).map((t) => t.replaceAll(/[\s\u00a0\u202f]/gu, '')).filter((t) => t !== '');
      const faux = parties.find((t) => !/^\d{1,9}$/u.test(t));
      return faux === undefined ? { ok: true, valeur: parties.map((t) => String(Number(t))).join(', ') } : refuse(`« ${faux} » n’est pas un nombre entier ; séparer les nombres par des virgules, par exemple 12, 40, 7.`);
    }
    case 'liste': {
      const { codes, inconnus } = parseListeTerritoires(net);
      return inconnus.length > 0
        ? refuse(`« ${inconnus[0]} » n’est pas un code de territoire ; écrire par exemple dep-13 ou epci-200054807.`)
        : { ok: true, valeur: codes.join(',') };
    }
    default:
      return missingCase(definition.type);
  }
}

/** Écriture pour la lecture : `31/12/2026`, `782 824 114`, libellé du choix. */
export function formatValeurChamp(definition: DefinitionChamp, valeur: string): string {
  if (definition.type === 'date') return formatDate(valeur);
  if (definition.type === 'siren') return formatSiren(valeur);
  if (definition.type === 'choix') return definition.choix.find((c) => c.valeur === valeur)?.libelle ?? valeur;
  return valeur;
}

/** La valeur conservée du champ si elle est lisible, `null` si elle est vide ou invalide. */
export function readChamp(definition: DefinitionChamp, champs: ValeursChamps): string | null {
  const lu = parseValeurChamp(definition, champs[definition.champ] ?? '');
  return lu.ok && lu.valeur !== '' ? lu.valeur : null;
}
