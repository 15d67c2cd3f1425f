import type { Sortie } from '../../../shared/contract.ts';
import { formatDate } from '../../../shared/domain/nombres/format.ts';
import { compte, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

type Echeance = Sortie<'calendrier.lire'>['echeances'][number];

const GENRES: Record<Echeance['genre'], string> = { limite: 'au plus tard', 'au-plus-tot': 'pas avant', repere: 'repère' };
const ETATS: Record<Echeance['etat'], string> = { inconnue: 'date inconnue', 'a-venir': 'à venir', passee: 'passée', 'en-retard': 'EN RETARD', 'trop-tot': 'TROP TÔT' };
const SANS_SUITE = 'Les textes lus ne disent pas ce qui suit.';

export const verbe: Verbe = {
  nom: 'calendrier',
  resume: 'les délais légaux, calculés des dates du dossier, et leur export vers un agenda (.ics)',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: { exporter: { type: 'texte', valeur: 'F.ics', aide: 'écrit les échéances datées, chacune avec son article et un rappel' } },
  exemples: ['calendrier convention.cus', 'calendrier convention.cus --exporter cus.ics', 'calendrier convention.cus --json'],
  notes: 'Une date calculée se remplace avec « definir » (calendrier/echeance/CODE/date et …/motif). Exporter de nouveau met à jour les mêmes événements ; une étape déjà exportée qui n’est plus au calendrier y est écrite annulée.',
  async run(appel) {
    const destination = appel.fichier('exporter');
    await openDossierDe(appel);
    const { echeances, obligations } = await appel.appeler('calendrier.lire', {});
    const ecrit = destination === undefined ? null : await appel.appeler('calendrier.exporter', { destination });
    return { json: { echeances, obligations, ...(ecrit === null ? {} : { export: ecrit }) }, texte: [dire(echeances, obligations), ...(ecrit === null ? [] : ['', `${compte(ecrit.evenements, 'événement écrit', 'événements écrits')}${ecrit.annules === 0 ? '' : `, ${compte(ecrit.annules, 'annulé', 'annulés')}`} : ${ecrit.chemin}`])].join('\n') };
  },
};

function dire(echeances: readonly Echeance[], obligations: Sortie<'calendrier.lire'>['obligations']): string {
  const datees = echeances.filter((e) => e.date !== null).toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1));
  const inconnues = echeances.filter((e) => e.date === null);
  const alertes = datees.filter((e) => e.etat === 'en-retard' || e.etat === 'trop-tot');
  return [
    ...(datees.length === 0 ? ['Aucun délai ne peut encore être calculé.'] : [tableau(
      [
        { titre: 'Date', valeur: (e) => formatDate(e.date ?? '') },
        { titre: 'Sens', valeur: (e) => GENRES[e.genre] },
        { titre: 'Échéance', valeur: (e) => e.libelle },
        { titre: 'Article', valeur: (e) => (e.remplacement === null ? e.article : `date retenue, ${direLoi(e)}`) },
        { titre: 'État', valeur: (e) => (e.realisee === null ? ETATS[e.etat] : `${ETATS[e.etat]}, ${e.prevue ? 'prévue' : 'faite'} le ${formatDate(e.realisee)}`) },
      ],
      datees,
    )]),
    ...datees.flatMap(direRemplacement),
    ...alertes.flatMap((e) => ['', `${e.libelle} : ${e.consequence === null ? SANS_SUITE : `${e.consequence.texte} (${e.consequence.article})`}`]),
    ...(inconnues.length === 0 ? [] : ['', 'Pas encore calculables :', ...inconnues.map((e) => `  ${e.libelle} (${e.article}) : il manque « ${e.libelleDepuis} » (${e.depuis})`)]),
    ...obligations.map((o) => `\nChaque année : ${o.libelle} (${o.article}). ${o.date === null ? o.aide : `Jour que l’organisme se donne : ${formatDate(o.date)}.`}`),
  ].join('\n');
}

const direLoi = (e: Echeance): string => (e.calculee === null ? `celle de l’article ${e.article} ne se calcule pas` : `${formatDate(e.calculee)} d’après l’article ${e.article}`);

/** La date de la loi reste dite à côté de celle qui la remplace. */
function direRemplacement(e: Echeance): string[] {
  if (e.remplacement === null) return [];
  const loi = e.calculee === null ? `date que l’article ${e.article} donne (non calculable)` : `date du ${formatDate(e.calculee)}, d’après l’article ${e.article}`;
  return ['', `${e.libelle} : ${loi}, remplacée par le ${formatDate(e.remplacement.date)}, ${e.remplacement.motif === '' ? 'sans motif' : `motif : ${e.remplacement.motif}`}.`];
}
