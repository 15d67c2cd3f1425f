import { Maille, Surface } from '../../../shared/contract.ts';
import { libelleExclus } from '../../../shared/domain/loyers/libelles.ts';
import { euros, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'loyers',
  resume: 'montre les loyers moyens, leurs maximums et les écarts, en €/m²',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    par: { type: 'texte', valeur: 'MAILLE', aide: 'regroupement ; ensemble par défaut', choix: Maille.options },
    surface: { type: 'texte', valeur: 'SURFACE', aide: 'surface habitable, utile ou corrigée ; SH par défaut', choix: Surface.options },
  },
  exemples: ['loyers convention.cus --par commune', 'loyers convention.cus --par organisme --surface SU --json'],
  notes: 'Sont comptés les logements loués dont le loyer et la surface demandée sont connus. Les lignes portent les montants et surfaces\nexacts ; un loyer au m² est arrondi à deux décimales.',
  async run(appel) {
    const par = Maille.parse(appel.texte('par') ?? 'ensemble');
    const surface = Surface.parse(appel.texte('surface') ?? 'SH');
    await openDossierDe(appel);
    const { lignes, exclus } = await appel.appeler('loyers.lire', { par, surface });
    const ecartes = Object.entries(exclus).filter(([, n]) => n > 0);
    const texte = tableau(
      [
        { titre: 'Code', valeur: (l) => l.code },
        { titre: 'Nom', valeur: (l) => l.nom },
        { titre: 'Logements', valeur: (l) => nombre(l.logements), droite: true },
        { titre: 'Comptés', valeur: (l) => nombre(l.loues), droite: true },
        { titre: 'Surface m²', valeur: (l) => nombre(l.surface, 2), droite: true },
        { titre: 'Loyers', valeur: (l) => euros(l.loyerMensuel), droite: true },
        { titre: '€/m²', valeur: (l) => nombre(l.loyerM2, 2), droite: true },
        { titre: 'Avec max.', valeur: (l) => nombre(l.avecMaximum), droite: true },
        { titre: 'Max. €/m²', valeur: (l) => nombre(l.loyerMaxM2, 2), droite: true },
        { titre: 'Écart €/m²', valeur: (l) => nombre(l.ecartM2, 2), droite: true },
      ],
      lignes,
    );
    const note = ecartes.map(([raison, n]) => `${libelleExclus(raison)} : ${nombre(n)}`).join(' ; ');
    return { json: { lignes }, texte: note === '' ? texte : `${texte}\n\nHors moyenne. ${note.charAt(0).toUpperCase()}${note.slice(1)}.` };
  },
};
