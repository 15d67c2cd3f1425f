import type { ReactNode } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { CODES } from '../../../shared/domain/rpls/codes.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { useRequete } from '../../app/requetes.ts';
import { Echec, Squelette } from '../../ui/index.ts';
import { nombre } from '../../ui/format.ts';

export type Fiche = Sortie<'ensembles.fiche'>;

/** Libellé d'un code du RPLS ; « inconnu » quand il est absent. */
export function libelleCode(champ: keyof typeof CODES, code: string): string {
  return (CODES[champ] as Readonly<Record<string, string>>)[code] ?? 'inconnu';
}

/** Lit la fiche ; la même lecture sert à toutes les sections. */
export function AvecFiche({ id, children }: { id: string; children: (fiche: Fiche) => ReactNode }) {
  const { donnees, erreur, recharger } = useRequete('ensembles.fiche', { id });
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={4} />;
  return children(donnees);
}

/** Rien à montrer : une phrase, et une action. */
export function SansDonnee({ phrase, children }: { phrase: ReactNode; children?: ReactNode }) {
  return (
    <p className="fiche-vide">
      <span className="doux">{phrase}</span>
      {children}
    </p>
  );
}

/** Un compte qui s'explique, sous le nom de la fiche : `ensemble/<code>/<dimension>/<clé>`. */
export function Compte({ id, sujet, n, nom, children }: { id: string; sujet: string; n: number; nom: string; children?: ReactNode }) {
  return (
    <Chiffre sujet={sujet === '' ? `ensemble/${id}` : `ensemble/${id}/${sujet}`} nom={nom}>
      {children ?? nombre(n)}
    </Chiffre>
  );
}

/** Une liste de comptes : un nom, un nombre qui s'explique ; rien à zéro. */
export function Comptes({ id, titre, lignes }: { id: string; titre: string; lignes: readonly { sujet: string; nom: string; n: number }[] }) {
  const montrees = lignes.filter((l) => l.n > 0);
  return (
    <div className="fiche-bloc">
      <h4 className="fiche-bloc-titre">{titre}</h4>
      {montrees.length === 0 ? (
        <p className="doux">Rien.</p>
      ) : (
        <dl className="fiche-comptes">
          {montrees.map((l) => (
            <div key={l.sujet}>
              <dt>{l.nom}</dt>
              <dd>
                <Compte id={id} sujet={l.sujet} n={l.n} nom={`${titre}, ${l.nom} : ${nombre(l.n)}`} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
