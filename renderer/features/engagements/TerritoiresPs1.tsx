import { useRequete } from '../../app/requetes.ts';
import { Bouton, Coche, Echec } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import { enregistrerChamp } from '../organisme/ChampDossier.tsx';

const CHAMP = 'options/territoires-ps1';
const NOM = 'Territoires de PS-1 retenus';

/** Où PS-1 se décline : ce que les données proposent et pourquoi, ce que l'organisme retient. */
export function TerritoiresPs1({ lectureSeule }: { lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('territoires.ps1', {});
  const territoires = donnees?.territoires ?? [];
  if (erreur) return <Echec erreur={erreur} reessayer={recharger} />;
  if (territoires.length === 0) return null;
  const retenus = territoires.filter((t) => t.retenu).map((t) => t.code);
  const definir = (codes: readonly string[]) => enregistrerChamp(CHAMP, NOM, codes.join(','));
  return (
    <section className="ps1" aria-label={NOM}>
      <h3 className="etiquette">Territoires de PS-1</h3>
      <p className="doux">
        {donnees?.decide
          ? 'Ceux que l’organisme a retenus.'
          : 'Ceux que les données désignent ; là où elles ne suffisent pas, cocher ou décocher fixe la liste.'}{' '}
        {donnees?.decide && !lectureSeule && (
          <Bouton variante="texte" onClick={() => definir([])}>
            Revenir à la proposition
          </Bouton>
        )}
      </p>
      <ul>
        {territoires.map((t) => {
          // Une liste vide veut dire « les proposés » : le dernier ne se décoche pas.
          const seul = t.retenu && retenus.length === 1;
          return (
            <li key={t.code}>
              <Coche coche={t.retenu} inactif={lectureSeule || seul} surChange={(oui) => definir(oui ? [...retenus, t.code] : retenus.filter((c) => c !== t.code))}>
                {t.nom} <span className="doux">{accord(t.logements, 'logement')}</span>
              </Coche>
              <p className="doux petit">
                {!t.certain && <strong>À confirmer. </strong>}
                {t.certain && t.propose && !t.retenu && <strong className="ps1-ecarte">Désigné par les données, non retenu. </strong>}
                {typographie(t.motif)} <span className="champ-article">{t.article}</span>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
