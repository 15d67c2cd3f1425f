import type { Sortie } from '../../../shared/contract.ts';
import { CODES } from '../../../shared/domain/rpls/codes.ts';
import { FAMILLE_DE_FINAN, FAMILLES, LIBELLE_FAMILLE } from '../../../shared/domain/rpls/familles.ts';

export type Etat = Sortie<'etat.lire'>;

/** Une barre : ce qu'elle compte, les valeurs de la colonne qu'elle filtre, le sujet qui l'explique. */
export type Barre = { cle: string; libelle: string; logements: number; colonne: string; valeurs: string[]; sujet: string | null };

export function barresFinancement(etat: Etat): Barre[] {
  return FAMILLES.flatMap((famille) => {
    const logements = etat.familles[famille] ?? 0;
    if (logements === 0) return [];
    const codes = famille === 'INCONNU' ? [''] : Object.keys(FAMILLE_DE_FINAN).filter((f) => FAMILLE_DE_FINAN[f] === famille);
    return [{ cle: famille, libelle: LIBELLE_FAMILLE[famille], logements, colonne: 'finan', valeurs: codes, sujet: `etat/famille/${famille}` }];
  });
}

export function barresDpe(etat: Etat): Barre[] {
  return [...Object.keys(CODES.DPEENERGIE), 'inconnu'].map((cle) => ({
    cle,
    libelle: cle === 'inconnu' ? 'Inconnu' : cle,
    logements: etat.dpe[cle] ?? 0,
    colonne: 'dpeenergie',
    valeurs: [cle === 'inconnu' ? '' : cle],
    sujet: `etat/dpe/${cle}`,
  }));
}

export function barresTaille(etat: Etat): Barre[] {
  return [...Object.keys(CODES.NBPIECE), 'inconnu'].flatMap((cle) => {
    const logements = etat.pieces[cle] ?? 0;
    if (logements === 0) return [];
    const libelle = cle === 'inconnu' ? 'Inconnu' : cle === '9' ? '9 pièces et plus' : cle === '1' ? '1 pièce' : `${cle} pièces`;
    return [{ cle, libelle, logements, colonne: 'nbpiece', valeurs: [cle === 'inconnu' ? '' : cle], sujet: `etat/pieces/${cle}` }];
  });
}

/** Par décennie de construction ; les années inconnues à part, jamais dans une décennie. */
export function barresAnnee(etat: Etat): Barre[] {
  const decennies = new Map<number, { logements: number; annees: string[] }>();
  for (const [annee, n] of Object.entries(etat.annees)) {
    if (annee === 'inconnu') continue;
    // Rien n'est gagné à détailler l'avant-guerre.
    const debut = Math.max(1900, Math.floor(Number(annee) / 10) * 10);
    const d = decennies.get(debut) ?? { logements: 0, annees: [] };
    decennies.set(debut, { logements: d.logements + n, annees: [...d.annees, annee] });
  }
  const debuts = [...decennies.keys()].sort((a, b) => a - b);
  const [premier = 0] = debuts;
  const dernier = debuts[debuts.length - 1] ?? premier;
  const barres = debuts.length === 0 ? [] : Array.from({ length: (dernier - premier) / 10 + 1 }, (_, i): Barre => {
    const debut = premier + 10 * i;
    const d = decennies.get(debut);
    const avant = debut === 1900 && (d?.annees.some((a) => Number(a) < 1900) ?? false);
    return { cle: String(debut), libelle: avant ? 'avant 1910' : `${debut} à ${debut + 9}`, logements: d?.logements ?? 0, colonne: 'construct', valeurs: d?.annees ?? [], sujet: null };
  });
  const inconnu = etat.annees['inconnu'] ?? 0;
  if (inconnu > 0) barres.push({ cle: 'inconnu', libelle: 'Inconnue', logements: inconnu, colonne: 'construct', valeurs: [''], sujet: 'etat/annee/inconnu' });
  return barres;
}
