import { useState } from 'react';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { toutEnregistrer } from '../../app/enregistrement.ts';
import { Bouton, Echec, Saisie, Segments } from '../../ui/index.ts';
import { typographie } from '../../ui/format.ts';
import { cibleDe, commeUnPas, rendreCompte } from './magasin.ts';
import { nommerHorizon, type Ligne } from './rangees.ts';
import { lireCase } from './valeurs.ts';
import { Volet } from './Volet.tsx';

type Selon = 'stock' | 'reference' | 'poids';

/** Répartit un nombre de l'organisme entre les territoires de la ligne courante : montré d'abord, puis écrit d'un geste. */
export function Repartition({ ligne, horizon, lectureSeule }: { ligne: Ligne; horizon: string | null; lectureSeule: boolean }) {
  const [total, setTotal] = useState('');
  const [selon, setSelon] = useState<Selon>('stock');
  const [poids, setPoids] = useState<Readonly<Record<string, string>>>({});
  const ecrire = useOperation('engagements.repartir');
  const demande = { ...cibleDe(), indicateur: ligne.indicateur, ventilation: ligne.ventilation, horizon: horizon ?? '', total: total.trim() === '' ? '0' : total, selon, ...(selon === 'poids' ? { poids } : {}) };
  // Sans poids encore tapés, les territoires se montrent pour qu'on les tape.
  const lue = useRequete('engagements.repartir', selon === 'poids' && Object.values(poids).every((p) => p.trim() === '') ? { ...demande, total: '0' } : demande, horizon !== null);
  const vue = lue.donnees;
  const echec = ecrire.erreur ?? lue.erreur;
  const pret = vue !== undefined && lue.erreur === null && total.trim() !== '' && vue.parts.some((p) => p.part > 0 || vue.total === 0);

  async function faire() {
    await toutEnregistrer();
    const r = await commeUnPas(() => ecrire.lancer({ ...demande, appliquer: true }));
    if (r) rendreCompte({ titre: `${ligne.indicateur}, répartition`, enregistrees: r.parts.length, refus: [] });
  }
  return (
    <Volet
      titre={`Répartir entre territoires : ${ligne.indicateur}${ligne.ventilation === 'total' ? '' : `, ${typographie(ligne.libelleVentilation)}`}${horizon === null ? '' : `, ${nommerHorizon(horizon)}`}`}
      actions={<Bouton disabled={lectureSeule || !pret} occupe={ecrire.enCours} onClick={() => void faire()}>Répartir</Bouton>}
    >
      {horizon === null ? (
        <p className="doux">Choisir une case d’une année ou d’un horizon dans la grille : c’est elle qui sera répartie.</p>
      ) : (
        <>
          <div className="repartition-choix">
            <label className="doux" htmlFor="repartition-total">Nombre pour l’organisme</label>
            <Saisie id="repartition-total" className="saisie-courte" inputMode="numeric" value={total} onChange={(e) => setTotal(e.target.value)} onKeyDown={(e) => e.key === 'Enter' && pret && !lectureSeule && void faire()} />
            <Segments nom="Selon" valeur={selon} options={[{ valeur: 'stock', libelle: 'Selon le parc' }, { valeur: 'reference', libelle: 'Selon la référence' }, { valeur: 'poids', libelle: 'Selon le besoin' }]} surChoix={setSelon} />
          </div>
          {echec && <Echec erreur={echec} fermer={ecrire.effacer} />}
          {vue && !lue.erreur && (
            <div className="volet-corps defile">
              <p className="doux petit">{typographie(vue.explication)}</p>
              <table className="volet-table">
                <thead>
                  <tr><th scope="col">Territoire</th><th scope="col" className="nombre">Poids</th><th scope="col" className="nombre">Actuelle</th><th scope="col" className="nombre">Après</th></tr>
                </thead>
                <tbody>
                  {vue.parts.map((p) => (
                    <tr key={p.territoire}>
                      <th scope="row">{p.nom}</th>
                      <td className="nombre">
                        {selon === 'poids' ? (
                          <Saisie compact aria-label={`Poids de ${p.nom}`} className="saisie-poids nombre" value={poids[p.territoire] ?? ''} onChange={(e) => setPoids({ ...poids, [p.territoire]: e.target.value })} />
                        ) : (
                          lireCase(p.poids).affiche
                        )}
                      </td>
                      <td className="nombre doux">{p.actuelle === null ? 'vide' : lireCase(p.actuelle).affiche}</td>
                      <td className="nombre"><strong>{lireCase(p.apres).affiche}</strong></td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {vue.remarques.map((r) => <p key={r} className="detail-constat petit">{typographie(r)}</p>)}
            </div>
          )}
        </>
      )}
    </Volet>
  );
}

