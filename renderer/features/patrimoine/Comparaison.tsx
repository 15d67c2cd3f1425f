import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import { appeler } from '../../app/service.ts';
import { usePages } from '../../grille/usePages.ts';
import { Bandeau, Bouton, Coche, Echec } from '../../ui/index.ts';
import { accord, nombre, nomDeFichier } from '../../ui/format.ts';
import { intitule, texteCase, type Colonne } from './cases.tsx';
import { abandonner, appliquer, montrerRapport, useImport, type Resultat } from './importation.ts';
import { Conflits } from './Conflits.tsx';
import { Rapport } from './Rapport.tsx';

type Volet = 'ajoutes' | 'modifies' | 'disparus';
type Tranche = Sortie<'import.comparaison'>;
type Ligne = Tranche['lignes'][number];

const TITRES: Record<Volet, string> = { ajoutes: 'Ajoutés', modifies: 'Modifiés', disparus: 'Disparus' };

/** Ce qu'une mise à jour changerait, avant de l'appliquer : ajoutés, modifiés champ par champ, disparus. */
export function Comparaison({ resultat: r, jeton }: { resultat: Resultat; jeton: string }) {
  const rapport = useImport((s) => s.rapport);
  const colonnes = useRequete('logements.colonnes', {}).donnees?.colonnes;
  const parNom = useMemo(() => new Map((colonnes ?? []).map((c) => [c.nom, c])), [colonnes]);
  const anomalies = r.rejetees + r.signalees;
  const avant = r.inchanges + r.modifies + r.disparus;
  // Plus de la moitié du parc : un mauvais fichier bien plus souvent qu'une vraie mise à jour.
  const massif = r.disparus * 2 > avant;
  const [verifie, setVerifie] = useState<string | null>(null);
  return (
    <section className="comparaison" aria-label="Comparaison avant application">
      <header className="comparaison-tete">
        <div>
          <h2 className="titre-section">Ce que changerait {nomDeFichier(r.fichier)}{r.origine && ` pour ${r.origine.nom}`}</h2>
          <p className="doux">
            Rien n’est encore écrit dans le dossier. {accord(r.inchanges, 'logement inchangé', 'logements inchangés')} ; {accord(r.rejetees, 'ligne rejetée', 'lignes rejetées')}.
          </p>
        </div>
        <span className="page-actions">
          {anomalies > 0 && (
            <Bouton aria-expanded={rapport} onClick={() => montrerRapport(!rapport)}>
              {rapport ? 'Masquer le rapport' : 'Voir le rapport'}
            </Bouton>
          )}
          <Bouton variante={massif ? 'principal' : 'normal'} onClick={() => void abandonner()}>
            Abandonner
          </Bouton>
          <Bouton variante={massif ? 'danger' : 'principal'} disabled={massif && verifie !== jeton} onClick={() => void appliquer()}>
            Appliquer
          </Bouton>
        </span>
      </header>
      {r.disparus * 10 > avant && (
        <Bandeau ton="attention" titre={`${accord(r.disparus, 'logement')} sur ${nombre(avant)} ne sont pas dans ce fichier et sortiraient du dossier.`}>
          <p>Vérifier que le fichier est complet et que c’est bien le bon avant d’appliquer.</p>
          {massif && (
            <Coche coche={verifie === jeton} surChange={(oui) => setVerifie(oui ? jeton : null)}>
              {`Oui, ${accord(r.disparus, 'logement doit', 'logements doivent')} sortir du dossier.`}
            </Coche>
          )}
        </Bandeau>
      )}
      {rapport && <Rapport resultat={r} comparaison={jeton} />}
      {(r.conflits ?? 0) + (r.corrections?.confirmees ?? 0) + (r.corrections?.sansLogement ?? 0) > 0 && <Conflits resultat={r} jeton={jeton} />}
      <div className="comparaison-volets">
        <UnVolet volet="ajoutes" compte={r.ajoutes} jeton={jeton} decisions={r.corrections?.remplacees ?? 0} parNom={parNom} />
        <UnVolet volet="modifies" compte={r.modifies} jeton={jeton} decisions={r.corrections?.remplacees ?? 0} parNom={parNom} />
        <UnVolet volet="disparus" compte={r.disparus} jeton={jeton} decisions={r.corrections?.remplacees ?? 0} parNom={parNom} />
      </div>
    </section>
  );
}

function UnVolet({ volet, compte, jeton, decisions, parNom }: { volet: Volet; compte: number; jeton: string; decisions: number; parNom: Map<string, Colonne> }) {
  const cadre = useRef<HTMLDivElement | null>(null);
  const pages = usePages<Ligne, Tranche>(`${jeton} ${volet} ${compte} ${decisions}`, (decalage, n) =>
    compte === 0 ? Promise.resolve({ total: 0, lignes: [] }) : appeler('import.comparaison', { comparaison: jeton, volet, decalage, nombre: n }),
  );
  const virtuel = useVirtualizer({
    count: pages.total,
    getScrollElement: () => cadre.current,
    estimateSize: (i) => 46 + 20 * (pages.ligneA(i)?.changements.length ?? (volet === 'modifies' ? 2 : 0)),
    overscan: 4,
  });
  const lignes = virtuel.getVirtualItems();
  const premier = lignes[0]?.index ?? 0;
  const dernier = lignes[lignes.length - 1]?.index ?? 0;
  const { surVisible } = pages;
  useEffect(() => surVisible(premier, dernier), [surVisible, premier, dernier]);
  return (
    <section className={`volet volet-${volet}`} aria-label={`${TITRES[volet]} : ${nombre(compte)}`}>
      <h3 className="volet-titre">
        {TITRES[volet]} <strong>{nombre(compte)}</strong>
      </h3>
      {pages.erreur && <Echec erreur={pages.erreur} reessayer={pages.recharger} />}
      <div ref={cadre} className="volet-liste defile" tabIndex={0} role="list" aria-label={TITRES[volet]}>
        {compte === 0 && <p className="doux volet-vide">Aucun logement.</p>}
        <div style={{ height: virtuel.getTotalSize(), position: 'relative' }}>
          {lignes.map((v) => {
            const ligne = pages.ligneA(v.index);
            return (
              <div
                key={v.key}
                ref={virtuel.measureElement}
                data-index={v.index}
                role="listitem"
                aria-setsize={pages.total}
                aria-posinset={v.index + 1}
                className="volet-ligne"
                style={{ top: v.start }}
              >
                {ligne === null ? <span className="grille-attente" /> : <UneLigne ligne={ligne} parNom={parNom} />}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function UneLigne({ ligne, parNom }: { ligne: Ligne; parNom: Map<string, Colonne> }) {
  return (
    <>
      <strong>{ligne.identifiant}</strong>
      <span className="doux">{[ligne.adresse, ligne.commune].filter(Boolean).join(', ')}</span>
      {ligne.changements.length > 0 && (
        <dl className="volet-changements">
          {ligne.changements.map((c) => {
            const colonne = parNom.get(c.champ.toLowerCase());
            const dire = (v: string | null) => (v === null || v === '' ? 'vide' : colonne ? texteCase(colonne, v) : v);
            return (
              <div key={c.champ}>
                <dt>{colonne ? intitule(colonne) : c.champ}</dt>
                <dd>
                  <s className="doux">{dire(c.avant)}</s> → <span>{dire(c.apres)}</span>
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </>
  );
}
