/**
 * Mise en forme française : espaces insécables fines dans les nombres, virgule décimale, dates
 * du calendrier civil. Rien n'est calculé ici, seulement montré.
 */
const ENTIER = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
const DEUX = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const LIBRE = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 10 });
const FINE = '\u202f';
const INSECABLE = '\u00a0';

/** `1 234` ; `—` pour une valeur absente. */
export function nombre(n: number | null | undefined): string {
  return n === null || n === undefined ? '—' : ENTIER.format(n);
}

/** Un nombre avec toutes ses décimales, sans arrondi utile : `12,5`. */
export function decimal(n: number | null | undefined): string {
  return n === null || n === undefined ? '—' : LIBRE.format(n);
}

/** `1 234,56`. */
export function deuxDecimales(n: number | null | undefined): string {
  return n === null || n === undefined ? '—' : DEUX.format(n);
}

/** `1 234,56 €`. */
export function euros(n: number | null | undefined): string {
  return n === null || n === undefined ? '—' : `${DEUX.format(n)}${INSECABLE}€`;
}

/** `25 %` à partir d'un pourcentage déjà exprimé sur 100. */
export function pourcent(n: number | null | undefined): string {
  return n === null || n === undefined ? '—' : `${LIBRE.format(n)}${FINE}%`;
}

/** `3 logements`, `1 logement` ; le pluriel commence à deux. */
export function accord(n: number, singulier: string, pluriel = `${singulier}s`): string {
  return `${ENTIER.format(n)}${INSECABLE}${Math.abs(n) < 2 ? singulier : pluriel}`;
}

const JOUR = /^(\d{4})-(\d{2})-(\d{2})/;
const DATE_LONGUE = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `2026-03-12` → `12/03/2026` ; un texte qui n'est pas une date est rendu tel quel. */
export function date(iso: string | null | undefined): string {
  if (!iso) return '—';
  const m = JOUR.exec(iso);
  return m ? `${m[3]}/${m[2]}/${m[1]}` : iso;
}

/** `12 mars 2026`. */
export function dateLongue(iso: string | null | undefined): string {
  if (!iso) return '—';
  const m = JOUR.exec(iso);
  if (!m) return iso;
  const texte = DATE_LONGUE.format(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3])));
  return texte.replace(/^1 /, '1er ').replaceAll(' ', INSECABLE);
}

/** Heure locale d'un instant : `14:32`. */
export function heure(iso: string | null | undefined): string {
  if (!iso) return '—';
  const d = new Date(iso);
  if (Number.isNaN(d.getTime())) return iso;
  return `${String(d.getHours()).padStart(2, '0')}:${String(d.getMinutes()).padStart(2, '0')}`;
}

/** `12/03/2026 à 14:32`, heure de ce poste. */
export function dateHeure(iso: string | null | undefined): string {
  if (!iso) return '—';
  const d = new Date(iso);
  if (Number.isNaN(d.getTime())) return iso;
  const jour = `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
  return `${date(jour)} à ${heure(iso)}`;
}

/** `il y a 2 h`, `hier`, `il y a 5 jours`, puis la date. */
export function ilYA(iso: string | null | undefined, maintenant: Date): string {
  if (!iso) return '—';
  const d = new Date(iso);
  const minutes = Math.round((maintenant.getTime() - d.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return iso;
  if (minutes < 1) return 'à l’instant';
  if (minutes < 60) return `il y a ${minutes}${INSECABLE}min`;
  if (minutes < 60 * 24) return `il y a ${Math.round(minutes / 60)}${INSECABLE}h`;
  const jours = Math.round(minutes / 1440);
  if (jours === 1) return 'hier';
  return jours < 31 ? `il y a ${jours}${INSECABLE}jours` : `le ${date(iso)}`;
}

/** Jours restants d'une échéance : `J-41`, `aujourd’hui`, `passée de 3 jours`. */
export function echeance(jours: number): string {
  if (jours === 0) return 'aujourd’hui';
  return jours > 0 ? `J-${jours}` : `passée de ${accord(-jours, 'jour')}`;
}

/** Une empreinte lue à voix haute : par groupes de quatre. */
export function parQuatre(empreinte: string): string {
  return (empreinte.match(/.{1,4}/g) ?? []).join(' ');
}

/** Ponctuation française : apostrophe courbe, espaces insécables devant `; : ? ! % »` et après `«`. */
export function typographie(texte: string): string {
  return texte
    .replaceAll("'", '’')
    .replace(/[  ]([;?!%])/g, `${FINE}$1`)
    .replace(/[  ](:)(?=\s|$)/g, `${INSECABLE}$1`)
    .replace(/« /g, `«${INSECABLE}`)
    .replace(/ »/g, `${INSECABLE}»`);
}

/** Le nom de fichier au bout d'un chemin, Windows compris. */
export function nomDeFichier(chemin: string): string {
  return chemin.split(/[\\/]/).pop() ?? chemin;
}

/** Le dossier qui contient le fichier. */
export function repertoire(chemin: string): string {
  return chemin.replace(/[\\/][^\\/]*$/, '');
}
