import type { Sortie } from '../../../shared/contract.ts';
import { intituleColonne, texteCode, texteMois } from '../../../shared/domain/rpls/affichage-colonne.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { parseFiltres } from '../filtres.ts';
import { compte, euros, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

type Colonne = Sortie<'logements.colonnes'>['colonnes'][number];
type Groupes = Sortie<'logements.groupes'>['groupes'];
type Totaux = Sortie<'logements.totaux'>;

const DEFAUT = ['ident_int', 'nom_commune', 'nom_ensemble', 'finan', 'typeconst', 'nbpiece', 'surfhab', 'loyerprinc', 'dpeenergie'];
const MONTRES = 50;
const PAGE = 1000;

const liste = (texte: string | undefined): string[] | null => (texte === undefined ? null : texte.split(',').map((n) => n.trim()).filter((n) => n !== ''));

function parseTri(texte: string | undefined): { colonne: string; sens: 'asc' | 'desc' } | undefined {
  if (texte === undefined) return undefined;
  return texte.endsWith(':desc') ? { colonne: texte.slice(0, -':desc'.length), sens: 'desc' } : { colonne: texte.replace(/:asc$/u, ''), sens: 'asc' };
}

function parseNombre(texte: string | undefined): number {
  if (texte === undefined) return MONTRES;
  if (!/^\d{1,6}$/u.test(texte)) throw invalide('usage', `« ${texte} » n’est pas un nombre de lignes.`, 'Donner un nombre entier, par exemple --nombre 200.');
  return Number(texte);
}

export const verbe: Verbe = {
  nom: 'logements',
  resume: 'liste, groupe, répartit ou exporte les logements d’une sélection',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    filtre: { type: 'texte', valeur: 'FILTRE', repetable: true, aide: 'à répéter : finan=13,14 ; nomvoie~école ; surfhab:40..65 ; bail:vide' },
    colonnes: { type: 'texte', valeur: 'C1,C2', aide: 'colonnes montrées ou exportées' },
    tri: { type: 'texte', valeur: 'COLONNE', aide: 'croissant ; COLONNE:desc pour décroissant' },
    grouper: { type: 'texte', valeur: 'C1[,C2]', aide: 'sous-totaux par une colonne ou deux, à la place des lignes' },
    nombre: { type: 'texte', valeur: 'N', aide: `lignes rendues, ${MONTRES} par défaut ; 0 : les totaux seuls` },
    exporter: { type: 'texte', valeur: 'F.csv|F.xlsx|F.ods', aide: 'écrit toutes les lignes de la sélection dans un fichier' },
  },
  exemples: [
    'logements convention.cus --filtre finan=13 --filtre surfhab:40..65 --json',
    'logements convention.cus --grouper commune,finan',
    'logements convention.cus --filtre dpeenergie=F,G --colonnes ident_int,nom_commune,dpedate --exporter passoires.xlsx',
  ],
  notes:
    'Sans filtre sur « parc », les logements sortis du parc n’y sont pas ; --filtre parc=oui,non les ajoute. Une valeur vide veut dire inconnu : « qpv= ».\nUn intervalle comprend ses bornes et jamais l’inconnu. Les colonnes portent les noms du RPLS en minuscules, et nom_commune, commune, epci,\ndepartement, region, nom_ensemble, code_ensemble, famille, age, decennie, taille, dpe_periode.',
  async run(appel) {
    const filtres = parseFiltres(appel.textes('filtre'));
    const tri = parseTri(appel.texte('tri'));
    const par = liste(appel.texte('grouper'));
    if (par !== null && par.length > 2) throw invalide('usage', `--grouper prend une colonne ou deux, pas ${par.length}.`, 'En retirer : les sous-totaux s’emboîtent sur deux niveaux au plus.');
    const voulu = parseNombre(appel.texte('nombre'));
    const destination = appel.fichier('exporter');
    await openDossierDe(appel);
    const { colonnes: connues } = await appel.appeler('logements.colonnes', {});
    const colonnes = (liste(appel.texte('colonnes')) ?? DEFAUT).map((nom) => {
      const colonne = connues.find((c) => c.nom === nom);
      if (colonne === undefined) throw invalide('colonne-inconnue', `La colonne « ${nom} » n’existe pas.`, `Choisir parmi : ${connues.map((c) => c.nom).join(', ')}.`);
      return colonne;
    });
    const commun = { filtres, ...(tri === undefined ? {} : { tri }) };
    const { total, totaux } = await appel.appeler('logements.page', { decalage: 0, nombre: 1, ...commun });
    const repartition = await appel.appeler('logements.repartition', { filtres });
    const json = { ...totaux, repartition };
    if (destination !== undefined) {
      const ecrit = await appel.appeler('logements.exporter', { destination, colonnes: colonnes.map((c) => c.nom), ...commun });
      return { json: { ...json, exporte: ecrit.chemin, lignesEcrites: ecrit.lignes }, texte: `${compte(ecrit.lignes, 'logement écrit', 'logements écrits')} : ${ecrit.chemin}` };
    }
    if (par !== null) {
      const { groupes } = await appel.appeler('logements.groupes', { par, filtres });
      return { json: { ...json, groupes }, texte: `${texteGroupes(groupes, par, connues)}\n\n${texteTotaux(totaux)}` };
    }
    const lignes: Sortie<'logements.page'>['lignes'] = [];
    while (lignes.length < Math.min(voulu, total)) {
      const page = await appel.appeler('logements.page', { decalage: lignes.length, nombre: Math.min(PAGE, voulu - lignes.length), ...commun });
      if (page.lignes.length === 0) break;
      lignes.push(...page.lignes);
    }
    const choisies = lignes.map((l) => Object.fromEntries(colonnes.map((c) => [c.nom, l[c.nom] ?? null])));
    const table = tableau<(typeof lignes)[number]>(
      colonnes.map((c) => ({ titre: intituleColonne(c), valeur: (l) => texteDe(c, l[c.nom] ?? null), droite: c.type === 'euros' || c.type === 'surface' || c.type === 'nombre' })),
      lignes,
    );
    const reste = total - lignes.length;
    return { json: { ...json, lignes: choisies }, texte: `${voulu === 0 ? '' : `${table}\n${reste > 0 ? `… et ${compte(reste, 'autre')} (--nombre ou --exporter les donnent)\n` : ''}\n`}${texteTotaux(totaux)}` };
  },
};

function texteDe(c: Colonne, v: string | number | null): string {
  if (v === null) return '—';
  switch (c.type) {
    case 'euros':
    case 'surface': return nombre(Number(v), 2);
    case 'code': return texteCode(String(v), c.codes, c.derivee);
    case 'mois':
    case 'jour': return texteMois(String(v));
    case 'nombre':
    case 'texte': return String(v);
  }
}

const texteTotaux = (t: Totaux): string =>
  `${compte(t.logements, 'logement')}, ${nombre(t.surfaceHabitable, 2)} m² habitables, ${euros(t.loyerMensuel)} de loyers déclarés par mois (loués ou non), ${compte(t.loues, 'loué')}.`;

function texteGroupes(groupes: Groupes, par: readonly string[], colonnes: readonly Colonne[]): string {
  const lignes = groupes.flatMap((g) => [{ nom: g.libelle, ...g }, ...g.sous.map((s) => ({ ...s, nom: `  ${s.libelle}` }))]);
  return tableau(
    [
      { titre: par.map((p) => colonnes.find((c) => c.nom === p)?.libelle ?? p).join(', '), valeur: (l) => l.nom },
      { titre: 'Logements', valeur: (l) => nombre(l.logements), droite: true },
      { titre: 'Surface m²', valeur: (l) => nombre(l.surfaceHabitable, 2), droite: true },
      { titre: 'Loyers', valeur: (l) => euros(l.loyerMensuel), droite: true },
      { titre: 'Loués', valeur: (l) => nombre(l.loues), droite: true },
    ],
    lignes,
  );
}
