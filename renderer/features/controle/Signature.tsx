import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { Bandeau, Bouton, Champ, Echec, Saisie, Segments } from '../../ui/index.ts';
import { dateLongue, nomDeFichier } from '../../ui/format.ts';

export type Certificat = Sortie<'certificat.lire'>;
type Mode = 'p12' | 'essai' | 'sans';
/** Le mot de passe ne quitte jamais l'état de cet écran ; `lu` : la clé s'est ouverte avec lui. */
export type ChoixSignature = { mode: Mode; p12: string | null; motDePasse: string; lu: Certificat | null };

/** Avec quoi signer : une clé existante, une clé d'essai créée ici, ou rien. */
export function Signature({ choix, surChoix, sansTexte }: { choix: ChoixSignature; surChoix: (c: ChoixSignature) => void; sansTexte?: string }) {
  return (
    <fieldset className="signature">
      <legend className="etiquette">Signature</legend>
      <Segments<Mode>
        nom="Signature"
        valeur={choix.mode}
        options={[
          { valeur: 'p12', libelle: 'Certificat .p12' },
          { valeur: 'essai', libelle: 'Clé d’essai' },
          { valeur: 'sans', libelle: 'Sans signature' },
        ]}
        surChoix={(mode) => surChoix({ ...choix, mode, ...(mode === 'p12' ? {} : { p12: null, motDePasse: '', lu: null }) })}
      />
      {choix.mode === 'p12' && <Existante choix={choix} surChoix={surChoix} />}
      {choix.mode === 'essai' && <Essai surCree={surChoix} />}
      {choix.mode === 'sans' && (
        <p className="doux">
          {sansTexte ??
            'Le paquet est un .zip avec l’empreinte de chaque fichier : une modification se voit, mais rien ne dit qui l’a fait. Aucun texte n’exige de signature.'}
        </p>
      )}
    </fieldset>
  );
}

function Existante({ choix, surChoix }: { choix: ChoixSignature; surChoix: (c: ChoixSignature) => void }) {
  const lire = useOperation('certificat.lire', false);
  const { p12, motDePasse, lu } = choix;

  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Choisir un certificat', filtres: [FILTRES.certificat] });
    if (chemin) surChoix({ ...choix, p12: chemin, motDePasse: '', lu: null });
  }
  async function ouvrir() {
    if (!p12 || motDePasse === '' || lu) return;
    const certificat = await lire.lancer({ p12, motDePasse });
    if (certificat) surChoix({ ...choix, lu: certificat });
  }

  return (
    <>
      <div className="signature-fichier">
        <Bouton icone={KeyRound} onClick={() => void choisir()}>
          {p12 ? 'Changer de certificat' : 'Choisir un certificat…'}
        </Bouton>
        {p12 && <span className="coupe">{nomDeFichier(p12)}</span>}
      </div>
      {p12 && !lu && (
        <Champ libelle="Mot de passe du certificat" aide="Demandé à chaque fois, jamais gardé.">
          {({ id, decrit }) => (
            <div className="signature-fichier">
              <Saisie
                id={id}
                aria-describedby={decrit}
                type="password"
                autoComplete="off"
                value={motDePasse}
                onChange={(e) => surChoix({ ...choix, motDePasse: e.target.value, lu: null })}
                onBlur={() => void ouvrir()}
                onKeyDown={(e) => e.key === 'Enter' && void ouvrir()}
              />
              <Bouton occupe={lire.enCours} disabled={motDePasse === ''} onClick={() => void ouvrir()}>
                Ouvrir
              </Bouton>
            </div>
          )}
        </Champ>
      )}
      {lire.erreur && !lu && <Echec erreur={lire.erreur} />}
      {lu && <EnMots certificat={lu} />}
    </>
  );
}

/** Le certificat dit en une phrase. */
export function EnMots({ certificat: c }: { certificat: Certificat }) {
  return (
    <div className="certificat" role="group" aria-label="Certificat">
      <p>
        <strong>{c.nom}</strong>
        {c.autosigne ? ', certificat autosigné' : `, certifié par ${c.emetteur}`}, valable du {dateLongue(c.du)} au {dateLongue(c.au)}.
      </p>
      <p className="doux petit">
        {c.algorithme}, série {c.serie}
      </p>
      {c.autosigne && (
        <p className="petit certificat-essai">Autosigné : il prouve que le paquet n’a pas changé, pas qui a signé. Bon pour essayer et pour un échange interne.</p>
      )}
    </div>
  );
}

function Essai({ surCree }: { surCree: (c: ChoixSignature) => void }) {
  const [nom, setNom] = useState('');
  const [motDePasse, setMotDePasse] = useState('');
  const creer = useOperation('certificat.creer', false);
  async function lancer() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où garder la clé d’essai', filtres: [FILTRES.certificat], defaut: 'cle-essai.p12' });
    if (!destination) return;
    const chemin = /\.(p12|pfx)$/i.test(destination) ? destination : `${destination}.p12`;
    const r = await creer.lancer({ destination: chemin, nom: nom.trim(), motDePasse });
    if (r) surCree({ mode: 'p12', p12: r.p12, motDePasse, lu: r.description });
  }
  return (
    <>
      <Bandeau ton="info" titre="Une clé d’essai est autosignée.">
        Personne d’autre ne la garantit : elle sert à essayer et aux échanges internes.
      </Bandeau>
      <Champ libelle="Nom du signataire">{({ id }) => <Saisie id={id} value={nom} onChange={(e) => setNom(e.target.value)} />}</Champ>
      <Champ libelle="Mot de passe de la clé" aide="À retenir : il n’est gardé nulle part.">
        {({ id, decrit }) => (
          <Saisie id={id} aria-describedby={decrit} type="password" autoComplete="off" value={motDePasse} onChange={(e) => setMotDePasse(e.target.value)} />
        )}
      </Champ>
      {creer.erreur && <Echec erreur={creer.erreur} fermer={creer.effacer} />}
      <div>
        <Bouton occupe={creer.enCours} disabled={!nom.trim() || motDePasse === ''} onClick={() => void lancer()}>
          Créer une clé d’essai…
        </Bouton>
      </div>
    </>
  );
}
