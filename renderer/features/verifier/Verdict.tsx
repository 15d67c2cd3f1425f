import { FileWarning, ShieldAlert, ShieldCheck, ShieldQuestion, type LucideIcon } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { accord, dateHeure, typographie } from '../../ui/format.ts';

type VerdictLu = Sortie<'paquet.verifier'>;
type Genre = VerdictLu['verdict'];

const ICONES: Record<Genre, LucideIcon> = {
  signe: ShieldCheck,
  'non-signe': ShieldQuestion,
  modifie: ShieldAlert,
  illisible: FileWarning,
};

const QUOI: Record<VerdictLu['ecarts'][number]['quoi'], string> = {
  change: 'a changé depuis la signature',
  absent: 'manque',
  'en-trop': 'a été ajouté',
};

/** Le verdict en une phrase, comme on le dirait au téléphone. */
export function enUnePhrase(v: VerdictLu): string {
  switch (v.verdict) {
    case 'signe': {
      const noms = v.signataires.map((s) => `${s.nom} (autorité ${s.autorite === 'verifiee' ? 'vérifiée' : 'non vérifiée sur ce poste'})`);
      return `Intègre et signé par ${noms.join(', ') || 'un certificat sans nom'}`;
    }
    case 'non-signe':
      return 'Intègre, non signé';
    case 'modifie':
      return 'Modifié : refusé';
    case 'illisible':
      return 'Illisible';
  }
}

export function Verdict({ verdict: v }: { verdict: VerdictLu }) {
  const Icone = ICONES[v.verdict];
  return (
    <section className="verdict" data-verdict={v.verdict} aria-label="Verdict">
      <div className="verdict-tete" role="status">
        <Icone aria-hidden="true" />
        <h2 className="verdict-phrase">{enUnePhrase(v)}</h2>
      </div>
      {v.raison && <p>{typographie(v.raison)}</p>}
      {v.signataires.map((s, i) => (
        <p key={i} className="doux">
          {s.nom}
          {s.date && `, signature datée du ${dateHeure(s.date)}`}
        </p>
      ))}
      {v.ecarts.length > 0 && (
        <ul className="verdict-ecarts" aria-label="Écarts">
          {v.ecarts.map((e) => (
            <li key={`${e.fichier} ${e.quoi}`}>
              <strong>{e.fichier}</strong> {QUOI[e.quoi]}.
            </li>
          ))}
        </ul>
      )}
      {v.fichiers.length > 0 && (
        <details>
          <summary>{accord(v.fichiers.length, 'fichier')}</summary>
          <ul className="verdict-fichiers">
            {v.fichiers.map((f) => (
              <li key={f}>{f}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
