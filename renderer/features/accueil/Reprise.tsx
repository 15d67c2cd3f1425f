import { Check, History, Minus, ShieldCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { Bouton, Echec, Progression } from '../../ui/index.ts';
import { dateHeure, nombre, nomDeFichier, typographie } from '../../ui/format.ts';

export type Precedent = Sortie<'dossier.precedent'>;

/** De quoi partir d'une convention précédente : ce qui en serait repris se lit avant de rien créer. */
export function Reprise({ precedent, surChange }: { precedent: Precedent | null; surChange: (p: Precedent | null) => void }) {
  const [enCours, setEnCours] = useState<string | null>(null);
  const [erreur, setErreur] = useState<Erreur | null>(null);
  const demande = useRef(0);

  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Convention précédente : son dossier ou son paquet', filtres: [{ nom: 'Dossier ou paquet', extensions: ['cus', 'asice', 'zip'] }] });
    if (!chemin) return;
    const mienne = ++demande.current;
    setErreur(null);
    setEnCours(chemin);
    try {
      const lu = await appeler('dossier.precedent', { chemin });
      if (mienne === demande.current) surChange(lu);
    } catch (cause) {
      if (mienne === demande.current) setErreur(enErreur(cause));
    } finally {
      if (mienne === demande.current) setEnCours(null);
    }
  }

  return (
    <section className="reprise" aria-label="Convention précédente">
      {enCours !== null && <Progression libelle={`Lecture de ${nomDeFichier(enCours)}`} fait={0} total={null} />}
      {erreur && <Echec erreur={erreur} fermer={() => setErreur(null)} />}
      {precedent === null ? (
        enCours === null && (
          <div className="reprise-invite">
            <Bouton icone={History} onClick={() => void choisir()}>
              Partir d’une convention précédente…
            </Bouton>
            <span className="doux">Son dossier .cus, ou son paquet .asice ou .zip, qui sera vérifié. Il est seulement lu.</span>
          </div>
        )
      ) : (
        <div className="reprise-carte">
          <header>
            <h2 className="titre-section">D’après {[precedent.organisme.nom, precedent.periode].filter(Boolean).join(', ')}</h2>
            <p className="doux">
              {precedent.nature === 'dossier' ? 'Dossier' : 'Paquet'} « {nomDeFichier(precedent.chemin)} »
              {precedent.version !== null && `, dépôt v${precedent.version}`}
            </p>
            {precedent.verdict && <Verdict verdict={precedent.verdict} />}
          </header>
          <div className="reprise-listes">
            <div>
              <h3 className="etiquette">Repris</h3>
              <ul>
                {precedent.repris.map((r) => (
                  <li key={r.libelle}>
                    <Check aria-hidden="true" />
                    <span>
                      {typographie(r.libelle)}
                      {r.nombre !== null && <strong> {nombre(r.nombre)}</strong>}
                      {r.precision && <span className="doux petit">{typographie(r.precision)}</span>}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
            <div>
              <h3 className="etiquette">Laissé</h3>
              <ul className="reprise-laisses">
                {precedent.laisses.map((l) => (
                  <li key={l.libelle}>
                    <Minus aria-hidden="true" />
                    <span>
                      {typographie(l.libelle)}
                      {l.nombre !== null && <strong> {nombre(l.nombre)}</strong>}
                      <span className="doux petit">{typographie(l.raison)}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          </div>
          <div className="creation-actions">
            <Bouton onClick={() => void choisir()}>Choisir un autre fichier</Bouton>
            <Bouton variante="texte" onClick={() => surChange(null)}>
              Partir de rien
            </Bouton>
          </div>
        </div>
      )}
    </section>
  );
}

function Verdict({ verdict: { verdict, signataires } }: { verdict: NonNullable<Precedent['verdict']> }) {
  return (
    <p className="reprise-verdict">
      <ShieldCheck aria-hidden="true" />
      {verdict === 'signe'
        ? `Paquet intègre, signé par ${signataires.map((s) => (s.date === null ? s.nom : `${s.nom} le ${dateHeure(s.date)}`)).join(', ')}.`
        : 'Paquet intègre, non signé.'}
    </p>
  );
}
