import { FileUp, MapPinned, Trash2, Upload } from 'lucide-react';
import { GENERATIONS } from '../../../shared/domain/qpv/generations.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { useOperation } from '../../app/operation.ts';
import { Bouton, BoutonIcone, Echec, Progression } from '../../ui/index.ts';
import { accord, date, nombre, typographie } from '../../ui/format.ts';

export type EtatQpv = Sortie<'qpv.etat'>;

const total = (comptes: Readonly<Record<string, number>>): number => Object.values(comptes).reduce((s, n) => s + n, 0);

/** Contours et adresses gardés sur cet ordinateur : charger, choisir, remplacer, retirer. */
export function Sources({ etat, lectureSeule }: { etat: EtatQpv; lectureSeule: boolean }) {
  return (
    <>
      <Contours etat={etat} lectureSeule={lectureSeule} />
      <Ban etat={etat} lectureSeule={lectureSeule} />
    </>
  );
}

function Contours({ etat, lectureSeule }: { etat: EtatQpv; lectureSeule: boolean }) {
  const charger = useOperation('qpv.charger');
  const retirer = useOperation('qpv.retirer');
  const choisir = useOperation('qpv.choisir');
  async function choisirFichier() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Charger des contours de QPV', filtres: [{ nom: 'GeoJSON des quartiers prioritaires', extensions: ['geojson', 'json', 'gz', 'zip'] }] });
    if (chemin) await charger.lancer({ chemin });
  }
  return (
    <section aria-label="Contours des quartiers prioritaires">
      <h2 className="titre-section">Contours des quartiers</h2>
      {etat.contours.length === 0 && <p className="doux">Le GeoJSON officiel (ANCT, data.gouv.fr) se charge une fois par ordinateur. Rien n’est comparé sans lui.</p>}
      <ul className="qpv-sources">
        {etat.contours.map((c) => (
          <li key={c.generation}>
            <label className="qpv-generation">
              <input
                type="radio"
                name="generation"
                disabled={lectureSeule || choisir.enCours}
                checked={etat.generation === c.generation}
                onChange={() => void choisir.lancer({ generation: c.generation })}
              />
              <span>
                <strong>{c.generation}</strong>, {accord(c.contours, 'quartier', 'quartiers')}
                <span className="qpv-detail">
                  {typographie(c.nom)}, chargé le {date(c.chargeLe.slice(0, 10))}, empreinte {c.empreinte.slice(0, 8)}
                  {c.epsg !== 4326 && `, converti depuis l’EPSG ${c.epsg}`}
                </span>
              </span>
            </label>
            <BoutonIcone nom={`Retirer les contours de ${c.generation} de cet ordinateur`} icone={Trash2} onClick={() => void retirer.lancer({ generation: c.generation })} />
            {Object.entries(c.ecartes).map(([raison, n]) => (
              <p key={raison} className="qpv-ecarte">
                {accord(n, 'tracé écarté', 'tracés écartés')} : {raison}.
              </p>
            ))}
            <p className="qpv-detail">{GENERATIONS.find((g) => g.generation === c.generation)?.textes}</p>
          </li>
        ))}
      </ul>
      <Bouton icone={Upload} occupe={charger.enCours} onClick={() => void choisirFichier()}>
        Charger des contours
      </Bouton>
      {[charger, retirer, choisir].map((o, i) => o.erreur && <Echec key={i} erreur={o.erreur} fermer={o.effacer} />)}
    </section>
  );
}

function Ban({ etat, lectureSeule }: { etat: EtatQpv; lectureSeule: boolean }) {
  const charger = useOperation('qpv.chargerBan');
  const retirer = useOperation('qpv.retirerBan');
  const situer = useOperation('qpv.situer');
  async function choisirFichier() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Charger un extrait de la BAN', filtres: [{ nom: 'Base adresse nationale, un département', extensions: ['csv', 'gz'] }] });
    if (chemin && (await charger.lancer({ chemin })) && !lectureSeule) await situer.lancer({});
  }
  const { adresses: a } = etat;
  const cherchees = a.adresse + a.voie + a.ambigue + a.introuvable;
  return (
    <section aria-label="Adresses (BAN)">
      <h2 className="titre-section">Adresses (BAN)</h2>
      {etat.ban.length === 0 && <p className="doux">Un extrait départemental de la Base adresse nationale place les logements à leur numéro.</p>}
      <ul className="qpv-sources">
        {etat.ban.map((b) => (
          <li key={b.nom}>
            <span>
              <strong>{b.departements.join(', ')}</strong>, {accord(b.adresses, 'adresse')}
              <span className="qpv-detail">
                {b.nom}, chargé le {date(b.chargeLe.slice(0, 10))}
                {b.ecartees > 0 && `, ${accord(b.ecartees, 'ligne écartée', 'lignes écartées')} (sans numéro, sans commune ou sans point)`}
              </span>
            </span>
            <BoutonIcone nom={`Retirer ${b.nom} de cet ordinateur`} icone={Trash2} onClick={() => void retirer.lancer({ nom: b.nom })} />
          </li>
        ))}
      </ul>
      {cherchees > 0 && (
        <p className="petit">
          Adresses du parc : {nombre(a.adresse)} exactes, {nombre(a.voie)} à la voie, {nombre(a.ambigue)} ambiguës, {nombre(a.introuvable)} introuvables.
        </p>
      )}
      {a.aChercher > 0 && cherchees > 0 && <p className="petit">{accord(a.aChercher, 'adresse jamais cherchée', 'adresses jamais cherchées')}.</p>}
      {charger.enCours && <Progression libelle="Lecture de la BAN" fait={charger.progres?.fait ?? 0} total={charger.progres?.total ?? null} action={<Bouton variante="texte" onClick={charger.annuler}>Annuler</Bouton>} />}
      {situer.enCours && <Progression libelle={situer.progres?.etape ?? 'Recherche dans la BAN'} fait={situer.progres?.fait ?? 0} total={situer.progres?.total ?? null} action={<Bouton variante="texte" onClick={situer.annuler}>Annuler</Bouton>} />}
      <div className="qpv-boutons">
        <Bouton icone={FileUp} occupe={charger.enCours || situer.enCours} onClick={() => void choisirFichier()}>
          Charger un extrait
        </Bouton>
        {etat.ban.length > 0 && !lectureSeule && (
          <Bouton icone={MapPinned} occupe={situer.enCours} onClick={() => void situer.lancer({})}>
            Chercher les adresses
          </Bouton>
        )}
      </div>
      {[charger, retirer, situer].map((o, i) => o.erreur && <Echec key={i} erreur={o.erreur} fermer={o.effacer} />)}
    </section>
  );
}

export { total };
