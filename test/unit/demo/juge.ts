/**
 * Lecture littérale des règles, volontairement naïve et sans rien de commun avec l'import ni avec le
 * générateur : elle vérifie que les totaux annoncés sont bien ceux du fichier.
 */
import { parse } from 'csv-parse/sync';
import { findCommune, resolveDepcom } from '../../../shared/territoires/index.ts';
import { totauxVides } from '../../../electron/demo/totaux.ts';
import type { Totaux } from '../../../electron/demo/totaux.ts';

export type Lecture = { totaux: Totaux; anomalies: { ligne: number; code: string }[]; acceptees: Map<string, string> };

const champs = (ligne: string): string[] => {
  if (!ligne.includes('"')) return ligne.split(';');
  const lues: string[][] = parse(ligne, { delimiter: ';', relax_quotes: true, relax_column_count: true });
  return lues[0] ?? [];
};

const CODES = {
  QPV: ['1', '2'],
  TYPECONST: ['C', 'I', 'E'],
  MODE: ['1', '2', '3', '4', '5', '9'],
  DPE: 'A B C D E F G'.split(' '),
  FINAN: '10 11 12 13 14 15 16 17 49 50 51 52 53 54 55 99'.split(' '),
};
const FAMILLES: Record<string, string> = { 10: 'PLAI', 11: 'PLAI', 12: 'PLUS', 13: 'PLUS', 14: 'PLS', 16: 'PLI', 15: 'AUTRE', 17: 'AUTRE', 49: 'AUTRE' };

export function juger(texte: string): Lecture {
  const lignes = texte.replace(/^\ufeff/, '').split(/\r?\n/);
  const t = totauxVides();
  const anomalies: Lecture['anomalies'] = [];
  const acceptees = new Map<string, string>();
  const entete = (lignes[0] ?? '').split(';');
  let maximumChamps = 0;
  const un = (comptes: Record<string, number>, cle: string): void => void (comptes[cle] = (comptes[cle] ?? 0) + 1);
  for (let i = 1; i < lignes.length; i++) {
    const brut = lignes[i] ?? '';
    if (brut === '') continue;
    t.lignes++;
    const c = champs(brut);
    const [, ident = '', , depcom = ''] = c;
    const lieu = resolveDepcom(depcom);
    const rejet =
      c.length < 63 ? 'nombre-de-champs'
      : ident === '' ? 'identifiant-absent'
      : acceptees.has(ident) ? 'doublon'
      : lieu.commune === null ? 'commune-inconnue'
      : !['', '9', '1', '2', '3', '4', '5'].includes(c[36] ?? '') ? 'sortie-invalide'
      : null;
    if (rejet !== null) {
      t.rejetees++;
      t.rejets[rejet] = (t.rejets[rejet] ?? 0) + 1;
      anomalies.push({ ligne: i + 1, code: rejet });
      continue;
    }
    t.acceptees++;
    acceptees.set(ident, c.join('\u0000'));
    maximumChamps = Math.max(maximumChamps, c.length);
    const remarques: (keyof Totaux['remarques'])[] = [];
    if (lieu.statut === 'fusionnee') remarques.push('commune-fusionnee');
    const code = (rang: number, permis: string[]): string | null => {
      const v = c[rang] ?? '';
      if (v === '' || permis.includes(v)) return v || null;
      remarques.push('code-inconnu');
      return null;
    };
    const entier = (rang: number, sentinelle?: string): number | null => {
      const v = c[rang] ?? '';
      return v === '' || v === sentinelle ? null : Number(v);
    };
    const qpv = code(21, CODES.QPV);
    const type = code(22, CODES.TYPECONST);
    const finan = code(31, CODES.FINAN);
    const mode = code(39, CODES.MODE);
    const dpe = code(48, CODES.DPE);
    const surface = entier(24) || null;
    if (c[24] === '0') remarques.push('surface-nulle');
    const loyer = entier(43, '9999');
    const maximum = entier(56) ?? entier(55);
    if (loyer !== null && maximum !== null && loyer > maximum) remarques.push('loyer-superieur-au-maximum');
    if (loyer !== null && (mode === '2' || mode === '3')) remarques.push('loyer-sans-locataire');
    if (Number(c[27]) < Number(c[25])) remarques.push('annees-incoherentes');
    if (remarques.length > 0) t.signalees++;
    for (const r of remarques) {
      t.remarques[r] = (t.remarques[r] ?? 0) + 1;
      anomalies.push({ ligne: i + 1, code: r });
    }
    if (c[36] !== '' && c[36] !== '9') {
      t.sortis++;
      continue;
    }
    t.parc++;
    if (qpv === '1') t.qpv++;
    else if (qpv === '2') t.horsQpv++;
    else t.qpvInconnu++;
    un(t.financements, finan ?? 'inconnu');
    un(t.familles, finan === null ? 'INCONNU' : (FAMILLES[finan] ?? 'AVANT_1977'));
    un(t.dpe, dpe ?? 'inconnu');
    un(t.annees, c[25] ?? '');
    un(t.types, type ?? 'inconnu');
    un(t.pieces, c[23] ?? '');
    const commune = findCommune(lieu.commune ?? '');
    un(t.communes, commune?.code ?? '');
    if (commune?.epci) un(t.epci, commune.epci);
    un(t.departements, commune?.departement ?? '');
    if (mode !== '1' || loyer === null) continue;
    const modesurf = c[41];
    const parSorte = { SH: surface, SU: modesurf === '1' ? entier(42, '999') : null, SC: modesurf === '2' ? entier(42, '999') : null };
    for (const sorte of ['SH', 'SU', 'SC'] as const) {
      const s = parSorte[sorte];
      if (s === null) continue;
      const l = t.loyers[sorte];
      l.loues++;
      l.surface += s;
      l.loyer += loyer;
      if (maximum === null) continue;
      l.avecMaximum++;
      l.surfaceAvecMaximum += s;
      l.loyerAvecMaximum += loyer;
      l.maximum += maximum;
    }
  }
  if (maximumChamps > 63) t.remarques['champs-supplementaires'] = 1;
  if (Number(entete[10]) !== t.lignes) t.remarques['nombre-annonce'] = 1;
  if (/^0+$/.test(entete[9] ?? '')) t.remarques['siret-invalide'] = 1;
  return { totaux: t, anomalies, acceptees };
}
