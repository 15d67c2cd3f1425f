import { join } from 'node:path';
import { bailleurDemonstration, ecrireFichier, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import { fillChamps, fillEngagements } from '../../../electron/service/demonstration-etapes.ts';
import { exiger, lancerService } from './enfant.ts';

const options = { ...bailleurDemonstration.options, logements: 400, departements: ['13'], nombreCommunes: 4 };

/** Un dossier complet de 400 logements, prêt à déposer ; `suivante` : une déclaration corrigée, à importer ensuite. */
export async function creerModele(repertoire: string): Promise<{ dossier: string; suivante: string }> {
  const [dossier, rpls, suivante] = [join(repertoire, 'modele.cus'), join(repertoire, 'rpls.csv'), join(repertoire, 'suivante.csv')];
  ecrireFichier(generateBailleur(options), rpls);
  ecrireFichier(generateEvolution(options), suivante);
  const service = await lancerService(repertoire);
  const { siren, nom, effet } = bailleurDemonstration;
  await exiger(service, 'dossier.creer', { chemin: dossier, siren, nom, nature: 'OPH', effet });
  await fillChamps((o, e) => exiger(service, o, e));
  await exiger(service, 'import.lire', { chemin: rpls, appliquer: true });
  await fillEngagements((o, e) => exiger(service, o, e));
  await service.fermer();
  return { dossier, suivante };
}
