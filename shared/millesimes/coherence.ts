import type { Millesime } from './types.ts';

function doubles(genre: string, codes: readonly string[]): string[] {
  return codes.filter((c, i) => codes.indexOf(c) !== i).map((c) => `${genre} en double : ${c}`);
}

/** Défauts d'un fichier de millésime (codes en double, renvois vers rien). Vide : il est cohérent. */
export function checkMillesime(m: Millesime): string[] {
  const champs = new Set(m.champs.map((c) => c.champ));
  const politiques = new Set(m.politiques.map((p) => p.code));
  const etapes = new Set(m.etapes.map((e) => e.code));
  const tables = new Set(m.tables.map((t) => t.code));
  const codes = new Set(m.indicateurs.map((i) => i.code));
  const cites = [
    m.psp.champ,
    m.ventes.energie.champSeuil,
    m.ventes.energie.champSource,
    ...m.delais.flatMap((d) => [d.depuis, d.realise, d.report, d.si !== null && 'champ' in d.si ? d.si.champ : null]),
    ...m.ordres.flatMap((o) => [o.avant, o.apres]),
    ...m.association.objets.map((o) => o.champ),
    ...Object.values(m.association.champs).flat(),
    m.association.rattachement.champ,
  ].filter((c) => c !== null);
  const ventilations = m.indicateurs.flatMap((i) => {
    const connues = new Set(i.ventilations.map((v) => v.code));
    return [
      ...doubles(`ventilation de ${i.code}`, i.ventilations.map((v) => v.code)),
      ...i.ventilations
        .flatMap((v) => [...v.sommeDe, ...(v.partDe === null ? [] : [v.partDe])])
        .filter((c) => !connues.has(c))
        .map((c) => `ventilation inconnue de ${i.code} : ${c}`),
    ];
  });
  return [
    ...doubles('indicateur', m.indicateurs.flatMap((i) => [i.code, ...i.alias])),
    ...doubles('champ', m.champs.map((c) => c.champ)),
    ...doubles('délai', m.delais.map((d) => d.code)),
    ...doubles('contrôle', m.controles.map((c) => c.code)),
    ...doubles('seuil', m.seuils.map((x) => x.code)),
    ...m.seuils.filter((x) => x.minimum.d <= 0 || x.minimum.n < 0 || x.minimum.n > x.minimum.d).map((x) => `seuil impossible : ${x.code}`),
    ...doubles('référence d’attributions', m.attributions.lignes.map((l) => `${l.indicateur}/${l.ventilation}`)),
    ...m.delais.flatMap((d) => (d.controle === null || m.controles.some((c) => c.code === d.controle) ? [] : [`contrôle inconnu : ${d.controle}`])),
    ...doubles('objet', m.association.objets.map((o) => o.code)),
    ...[m.association.demande.delai, m.association.aoh.renonciation.delai, m.association.reunion].filter((d) => !m.delais.some((x) => x.code === d)).map((d) => `délai inconnu : ${d}`),
    ...doubles('chapitre', m.plan.map((c) => c.numero)),
    ...ventilations,
    ...cites.filter((c) => !champs.has(c)).map((c) => `champ inconnu : ${c}`),
    ...m.indicateurs.filter((i) => !politiques.has(i.politique)).map((i) => `politique inconnue : ${i.politique}`),
    ...doubles('tableau', m.tables.map((t) => t.code)),
    ...m.indicateurs.filter((i) => !tables.has(i.table)).map((i) => `tableau inconnu : ${i.table}`),
    ...m.indicateurs.flatMap((i) => [i.territoires.champ, i.territoires.surDemande]).filter((c) => c !== null && !champs.has(c)).map((c) => `champ inconnu : ${c}`),
    ...m.indicateurs.flatMap((i) => i.references.flatMap((r) => (r.champs === null ? [] : [r.champs.rang, r.champs.valeurs]))).filter((c) => !champs.has(c)).map((c) => `champ inconnu : ${c}`),
    ...m.indicateurs.flatMap((i) => i.references.filter((r) => !i.ventilations.some((v) => v.code === r.ventilation)).map((r) => `ventilation inconnue de ${i.code} : ${r.ventilation}`)),
    ...m.obligations.flatMap((o) => o.indicateurs.filter((i) => !codes.has(i)).map((i) => `indicateur inconnu : ${i}`)),
    ...doubles('acquéreur', m.ventes.acquereurs.map((a) => a.code)),
    ...doubles('drapeau de vente', m.ventes.drapeaux.map((d) => d.code)),
    ...m.ventes.drapeaux.filter((d) => !m.controles.some((c) => c.code === d.code)).map((d) => `drapeau sans contrôle : ${d.code}`),
    ...[...m.champs, ...m.controles].filter((c) => !etapes.has(c.etape)).map((c) => `étape inconnue : ${c.etape}`),
    ...m.champs.filter((c) => c.type === 'choix' && c.choix.length === 0).map((c) => `choix vide : ${c.champ}`),
  ];
}
