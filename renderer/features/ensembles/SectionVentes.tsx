import { euros, nombre } from '../../ui/format.ts';
import { AvecFiche, Compte, Comptes, libelleCode, SansDonnee, type Fiche } from './lecture.tsx';

/** Ce que la déclaration dit des ventes et des sorties ; le plan de mise en vente est une autre étape. */
export function SectionVentes({ id }: { id: string }) {
  return <AvecFiche id={id}>{(f) => <Contenu id={id} ventes={f.ventes} />}</AvecFiche>;
}

function Contenu({ id, ventes: v }: { id: string; ventes: Fiche['ventes'] }) {
  const rien = Object.keys(v.sorties).length === 0 && v.commercialises === 0 && Object.keys(v.acquereurs).length === 0 && v.prix.logements === 0;
  if (rien) return <SansDonnee phrase="La déclaration RPLS ne dit ni vente, ni mise en commercialisation, ni sortie du patrimoine dans cet ensemble." />;
  return (
    <div className="fiche-blocs">
      <Comptes id={id} titre="Mise en commercialisation" lignes={[{ sujet: 'commercialises', nom: 'logements du parc', n: v.commercialises }]} />
      <Comptes id={id} titre="Sortis du patrimoine" lignes={Object.entries(v.sorties).map(([c, n]) => ({ sujet: `sortie/${c}`, nom: libelleCode('SORTIEPATRIM', c), n }))} />
      <Comptes id={id} titre="Acquéreurs" lignes={Object.entries(v.acquereurs).map(([c, n]) => ({ sujet: `acquereur/${c}`, nom: libelleCode('QUALACQ', c), n }))} />
      {v.prix.logements > 0 && (
        <div className="fiche-bloc">
          <h4 className="fiche-bloc-titre">Montants déclarés</h4>
          <dl className="fiche-comptes">
            {([['prix', 'Prix de vente', v.prix], ['produit', 'Produit financier net', v.produit]] as const).map(([cle, nom, c]) => (
              <div key={cle}>
                <dt>
                  {nom} <span className="doux">({nombre(c.logements)})</span>
                </dt>
                <dd>
                  <Compte id={id} sujet={cle} n={c.total} nom={nom}>
                    {euros(c.total)}
                  </Compte>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}
