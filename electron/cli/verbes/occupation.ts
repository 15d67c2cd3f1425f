import { Maille } from '../../../shared/contract.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { EXCLUS } from '../../../shared/domain/occupation/rpls.ts';
import { LEGENDE_MASQUE } from '../../../shared/domain/occupation/legende.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

type Lu = Sortie<'occupation.lire'>;
type Ligne = Lu['lignes'][number];

export const verbe: Verbe = {
  nom: 'occupation',
  resume: 'montre l’occupation sociale, la vacance et la rotation, en QPV et hors QPV',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    par: { type: 'texte', valeur: 'MAILLE', aide: 'regroupement ; organisme par défaut', choix: Maille.options },
    public: { type: 'drapeau', aide: 'masque les effectifs de moins de onze logements (R411-5), comme pour d’autres que l’État' },
    exporter: { type: 'texte', valeur: 'F.csv|F.xlsx|F.ods', aide: 'écrit aussi les tableaux ; sans masquage (pour l’État) sauf avec --public' },
    bandes: { type: 'texte', valeur: 'BORNES', aide: 'change les bornes des bandes de ressources, en % des plafonds du PLUS (« 20,40,60 ») ; « usuelles » revient à celles proposées' },
  },
  exemples: ['occupation convention.cus', 'occupation convention.cus --par commune --public --json', 'occupation convention.cus --par ensemble --public --exporter occupation.xlsx'],
  notes:
    'L’enquête s’importe par « cus importer convention.cus F --type ops » ; sa date de référence se donne par « cus definir convention.cus occupation/date-reference 2026-01-01 ».\nUne valeur masquée est null en JSON et « s » dans les fichiers. Le taux de réponse est rapporté aux logements loués au RPLS ou présents dans l’enquête.',
  async run(appel) {
    await openDossierDe(appel);
    const par = Maille.parse(appel.texte('par') ?? 'organisme');
    const masquer = appel.drapeau('public');
    const bandes = appel.texte('bandes');
    if (bandes !== undefined) await appel.appeler('occupation.definirBandes', { bornes: bandes === 'usuelles' ? '' : bandes });
    const destination = appel.fichier('exporter');
    const ecrit = destination === undefined ? null : await appel.appeler('occupation.exporter', { destination, destinataire: masquer ? 'autres' : 'etat', ...(appel.texte('par') === undefined ? {} : { par }) });
    const lu = await appel.appeler('occupation.lire', { par, masquer });
    return { json: { ...lu, ...(ecrit === null ? {} : { exporte: ecrit.chemin }) }, texte: [describe(lu), ...(ecrit === null ? [] : [`${compte(ecrit.lignes, 'ligne écrite', 'lignes écrites')} : ${ecrit.chemin}`])].join('\n\n') };
  },
};

const part = (n: number | null, sur: number | null): string => (n === null || sur === null ? 's' : `${nombre(n)} sur ${nombre(sur)}${sur === 0 ? '' : ` (${nombre((100 * n) / sur, 1)} %)`}`);

function describe(lu: Lu): string {
  const lignes = tableau(
    [
      { titre: 'Code', valeur: (l) => l.code },
      { titre: 'Nom', valeur: (l) => l.nom },
      { titre: 'Logements', valeur: (l) => nombre(l.total.logements), droite: true },
      // Sans enquête, aucune réponse n'est connue : un zéro serait faux.
      ...(lu.enquete === null ? [] : [
        { titre: 'Réponses', valeur: (l: Ligne) => part(l.total.repondants, l.total.concernes), droite: true },
        { titre: 'En QPV', valeur: (l: Ligne) => part(l.qpv.repondants, l.qpv.concernes), droite: true },
        { titre: 'Hors QPV', valeur: (l: Ligne) => part(l.horsQpv.repondants, l.horsQpv.concernes), droite: true },
      ]),
      { titre: 'Vacance', valeur: (l) => part(l.total.vacants, l.total.offerts), droite: true },
      { titre: 'Plus de 3 mois', valeur: (l) => part(l.total.vacantsTroisMois, l.total.offerts), droite: true },
      { titre: 'Rotation', valeur: (l) => part(l.total.rotation, l.total.baseRotation), droite: true },
    ],
    lu.lignes,
  );
  const o = lu.organisme;
  const ressources = lu.variables[0];
  const bandes = o === null || ressources === undefined || lu.enquete === null ? [] : [
    tableau(
      [
        { titre: ressources.libelle, valeur: ({ m }) => m },
        { titre: 'Ménages', valeur: ({ k }) => part(o.total.variables[0]?.[k] ?? null, o.total.repondants), droite: true },
        { titre: 'En QPV', valeur: ({ k }) => part(o.qpv.variables[0]?.[k] ?? null, o.qpv.repondants), droite: true },
        { titre: 'Hors QPV', valeur: ({ k }) => part(o.horsQpv.variables[0]?.[k] ?? null, o.horsQpv.repondants), droite: true },
      ],
      ressources.modalites.map((m, k) => ({ m, k })),
    ),
  ];
  const raisons = [...Object.entries(lu.exclus.vacance).map(([r, n]) => `hors de la vacance, ${EXCLUS[r] ?? r} : ${nombre(n)}`), ...Object.entries(lu.exclus.duree).map(([r, n]) => `durée inconnue, ${EXCLUS[r] ?? r} : ${nombre(n)}`), ...Object.entries(lu.exclus.rotation).map(([r, n]) => `hors de la rotation, ${EXCLUS[r] ?? r} : ${nombre(n)}`)];
  return [
    lu.enquete === null ? 'Aucune enquête d’occupation n’a été importée : seules la vacance et la rotation sont connues.' : `Enquête : ${compte(lu.enquete.lignes, 'ligne')}, date de référence ${lu.dateReference ?? 'non donnée'}.`,
    lignes, ...bandes, ...(raisons.length > 0 ? [`${raisons.join(' ; ')}.`] : []),
    ...(lu.masque ? [`${LEGENDE_MASQUE} Masqués ici : ${nombre(lu.masques)}.`] : []),
  ].join('\n\n');
}
