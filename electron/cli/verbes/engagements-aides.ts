import { formatTauxCalcule } from '../../../shared/domain/nombres/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import type { Appel, Reponse } from '../verbe.ts';

const NOMMES = 3;

/** Ce que les données proposent ; avec `--reprendre`, ce qui en a été repris d'abord. */
export async function proposer(appel: Appel): Promise<Reponse> {
  const demandes = appel.textes('reprendre');
  const vides = demandes.includes('vides');
  const reprise = demandes.length === 0 ? null : await appel.appeler('engagements.reprendre', { vides, champs: demandes.filter((d) => d !== 'vides') });
  for (const e of reprise?.ecartees ?? []) appel.avertir(`${e.champ} : ${e.raison}`);
  const { propositions, sansProposition } = await appel.appeler('engagements.propositions', {});
  const table = tableau(
    [
      { titre: 'Champ', valeur: (p) => p.champ },
      { titre: 'Actuelle', valeur: (p) => p.actuelle ?? '—', droite: true },
      { titre: 'Proposée', valeur: (p) => p.proposee, droite: true },
      { titre: 'À vérifier', valeur: (p) => p.prudence ?? '' },
      { titre: 'D’après', valeur: (p) => p.source },
    ],
    propositions,
  );
  const tues = tableau([{ titre: 'Champ', valeur: (t) => t.champ }, { titre: 'Actuelle', valeur: (t) => t.actuelle ?? '—', droite: true }, { titre: 'Raison', valeur: (t) => t.raison }], sansProposition);
  const reserves = new Map<string, string[]>();
  for (const p of propositions) if (p.reserve !== null) reserves.set(p.reserve, [...(reserves.get(p.reserve) ?? []), p.champ]);
  return {
    json: { propositions, sansProposition, ...(reprise === null ? {} : { reprises: reprise.reprises, operation: reprise.operation, ecartees: reprise.ecartees }) },
    texte: [
      ...(reprise === null ? [] : [`${compte(reprise.reprises, 'proposition reprise', 'propositions reprises')}.`, '']),
      ...(propositions.length === 0 ? ['Les données ne proposent rien de plus que ce qui est saisi.'] : [table, '', 'Proposé par Atelier CUS, non réglementaire : à vérifier avant de reprendre.']),
      ...(reserves.size === 0 ? [] : ['', 'Réserves :', ...[...reserves].map(([reserve, champs]) => `  ${champs.slice(0, NOMMES).join(', ')}${champs.length > NOMMES ? ` et ${compte(champs.length - NOMMES, 'autre')}` : ''} : ${reserve}`)]),
      ...(sansProposition.length === 0 ? [] : ['', `${compte(sansProposition.length, 'case')} sans proposition :`, tues]),
    ].join('\n'),
  };
}

/** Répartit un nombre entre territoires ; sans `--appliquer`, rien n'est écrit. */
export async function repartir(appel: Appel): Promise<Reponse> {
  const [indicateur = '', horizon = '', ventilation = 'total'] = (appel.texte('case') ?? '').split('/');
  if (horizon === '') throw invalide('case-absente', 'L’option --case ne dit pas ce qui est réparti.', 'Donner l’indicateur et l’horizon, par exemple --case PP-3/2027.');
  const poids = Object.fromEntries(appel.textes('poids').map((p) => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1)]));
  const selon = appel.texte('selon');
  const appliquer = appel.drapeau('appliquer');
  const r = await appel.appeler('engagements.repartir', {
    indicateur, ventilation, horizon, total: appel.texte('repartir') ?? '', selon: selon === 'reference' || selon === 'poids' ? selon : 'stock', appliquer,
    ...(Object.keys(poids).length === 0 ? {} : { poids }),
  });
  const table = tableau(
    [
      { titre: 'Territoire', valeur: (p) => p.nom },
      { titre: 'Poids', valeur: (p) => p.poids, droite: true },
      { titre: 'Part', valeur: (p) => nombre(p.part), droite: true },
      { titre: 'Actuelle', valeur: (p) => p.actuelle ?? '—', droite: true },
      { titre: 'Après', valeur: (p) => p.apres, droite: true },
    ],
    r.parts,
  );
  return { json: { ...r }, texte: [table, '', r.explication, ...r.remarques, appliquer ? 'Fait.' : 'Montré seulement : rien n’a été changé. Ajouter --appliquer pour l’écrire.'].join('\n') };
}

/** Ce que les territoires font ensemble, horizon par horizon. */
export async function consolider(appel: Appel): Promise<Reponse> {
  const { lignes } = await appel.appeler('engagements.consolidation', {});
  const table = tableau(
    [
      { titre: 'Case', valeur: (c) => `${c.indicateur}/${c.horizon}/${c.ventilation}` },
      { titre: 'Nombre', valeur: (c) => nombre(c.nombre), droite: true },
      { titre: 'Dénominateur', valeur: (c) => nombre(c.denominateur), droite: true },
      { titre: 'Taux', valeur: (c) => (c.pourcentage === null ? '—' : formatTauxCalcule(c.pourcentage)), droite: true },
      { titre: 'Calcul', valeur: (c) => c.explication },
    ],
    lignes,
  );
  // Un taux exact à deux décimales : un nombre dans le JSON, comme les pourcentages de la matrice.
  const json = lignes.map((c) => ({ ...c, pourcentage: c.pourcentage === null ? null : Number(c.pourcentage) }));
  return { json: { lignes: json }, texte: lignes.length === 0 ? 'Rien à consolider.' : table };
}
