import { compte } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'millesime',
  resume: 'montre les règles dont le dossier relève, et le passage à d’autres',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    vers: { type: 'texte', valeur: 'NOM', aide: 'compare au millésime NOM : ce qui est gardé, déplacé, perdu' },
    appliquer: { type: 'drapeau', aide: 'fait le passage ; le passage inverse remet le dossier comme il était' },
  },
  exemples: ['millesime convention.cus', 'millesime convention.cus --vers 2019 --json'],
  async run(appel) {
    await openDossierDe(appel);
    const vers = appel.texte('vers');
    if (vers === undefined) {
      const r = await appel.appeler('millesime.lister', {});
      return { json: { ...r }, texte: r.millesimes.map((m) => `${m.nom === r.actuel ? '*' : ' '} ${m.nom}  ${m.libelle}`).join('\n') };
    }
    const p = appel.drapeau('appliquer') ? await appel.appeler('millesime.changer', { vers }) : await appel.appeler('millesime.comparer', { vers });
    const texte = [
      `Du millésime ${p.de} au millésime ${p.vers} : ${compte(p.gardes.length, 'valeur gardée', 'valeurs gardées')}, ${compte(p.deplaces.length, 'déplacée')}, ${compte(p.perdus.length, 'que les règles ne demandent plus', 'que les règles ne demandent plus')}.`,
      ...p.deplaces.map((d) => `  ${d.de} → ${d.vers}`),
      ...p.perdus.map((d) => `  ${d.champ} : ${d.raison} (gardée dans le dossier)`),
      ...(p.signature === '' ? [] : [p.signature]),
      'enregistreA' in p ? 'Fait.' : 'Comparé seulement : rien n’a été changé. Ajouter --appliquer pour le faire.',
    ];
    return { json: { ...p }, texte: texte.join('\n') };
  },
};
