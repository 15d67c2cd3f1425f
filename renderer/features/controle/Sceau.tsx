import { FolderOpen } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { formatSiren } from '../../../shared/domain/organisme/siren.ts';
import { allerEtape } from '../../app/session.ts';
import { Bouton, Copier } from '../../ui/index.ts';
import { accord, dateHeure, nomDeFichier, parQuatre } from '../../ui/format.ts';
import { useRequete } from '../../app/requetes.ts';
import { EnMots } from './Signature.tsx';

type Fait = Sortie<'depot.deposer'>;
type Info = Sortie<'dossier.info'>;

/** Le message à envoyer avec le paquet, prêt à copier. */
export function messageDdt(fait: Pick<Fait, 'paquet' | 'version' | 'empreinte' | 'certificat'>, info: Info): string {
  const periode = info.periode ? ` ${info.periode}` : '';
  const signe = fait.certificat
    ? `Le paquet est signé par ${fait.certificat.nom}${fait.certificat.autosigne ? ', avec un certificat autosigné : il montre que le paquet n’a pas changé, sans qu’une autorité garantisse le nom du signataire' : ''}.`
    : 'Le paquet n’est pas signé ; l’empreinte de chacun de ses fichiers y figure.';
  return [
    `Objet : convention d’utilité sociale${periode}, ${info.organisme.nom} (SIREN ${formatSiren(info.organisme.siren)}), version ${fait.version}`,
    '',
    'Madame, Monsieur,',
    '',
    `Vous trouverez ci-joint le projet de convention d’utilité sociale${periode} de l’organisme « ${info.organisme.nom} », version ${fait.version}, dans le fichier ${nomDeFichier(fait.paquet)}.`,
    'Ce fichier s’ouvre comme une archive ZIP ; le document LISEZ-MOI.txt dit par où commencer. Les observations peuvent être portées dans avis.xlsx, à renvoyer tel quel.',
    signe,
    `Empreinte du dépôt (SHA-256 de donnees.json) : ${parQuatre(fait.empreinte)}`,
    '',
    'Cordialement,',
  ].join('\n');
}

/** Après le dépôt : ce qui a été scellé, où c'est, et quoi écrire. */
export function Sceau({ fait, info, suivant }: { fait: Fait; info: Info; suivant: () => void }) {
  const depot = useRequete('depot.lister', {}).donnees?.depots.find((d) => d.version === fait.version);
  const observations = useRequete('observations.lister', {}).donnees?.observations ?? [];
  const ouvertes = observations.filter((o) => o.etat === 'ouverte').length;
  const message = messageDdt(fait, info);
  return (
    <div className="sceau-cadre">
      <div className="sceau" role="status" aria-label={`Version ${fait.version} déposée`}>
        <p className="etiquette">{fait.certificat ? 'Scellé et signé' : 'Scellé, non signé'}</p>
        <p className="sceau-version">Version {fait.version}</p>
        <p>{info.organisme.nom}</p>
        {depot && <p className="doux">{dateHeure(depot.date)}</p>}
        <p className="sceau-empreinte" data-testid="empreinte" aria-label={`Empreinte ${fait.empreinte}`}>
          {parQuatre(fait.empreinte)}
        </p>
      </div>
      {fait.certificat && <EnMots certificat={fait.certificat} />}
      <p className="paquet-nom">{fait.paquet}</p>
      <div className="page-actions">
        <Bouton variante="principal" icone={FolderOpen} onClick={() => window.atelier.montrerFichier(fait.paquet)}>
          Montrer le fichier
        </Bouton>
        <Bouton onClick={() => allerEtape('echanges')}>Suivre les échanges</Bouton>
        <Bouton variante="texte" onClick={suivant}>
          {`Préparer la v${fait.version + 1}${ouvertes > 0 ? ` (${accord(ouvertes, 'observation encore ouverte', 'observations encore ouvertes')})` : ''}`}
        </Bouton>
      </div>
      <h3 className="etiquette">À écrire à la DDT</h3>
      <pre className="sceau-message" tabIndex={0} aria-label="Message à copier">
        {message}
      </pre>
      <div>
        <Copier texte={message} libelle="Copier le message" />
      </div>
    </div>
  );
}
