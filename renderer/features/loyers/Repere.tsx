import { MapPin, MapPinOff } from 'lucide-react';
import { useState } from 'react';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, Echec, Recherche, Saisie } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';

type Pose = ((lon: number, lat: number) => void) | null;
type Props = { code: string; nom: string; commune: string; poser: (faire: Pose) => void; enPose: boolean };

const nombreDe = (texte: string): number | null => (/^\s*-?\d+([.,]\d+)?\s*$/.test(texte) ? Number(texte.replace(',', '.')) : null);

/** Place un ensemble à la main : d'un clic sur la carte, par ses coordonnées, ou par une adresse de la BAN chargée. */
export function Repere({ code, nom, commune, poser, enPose }: Props) {
  const lu = useRequete('qpv.repere', { objet: 'ensemble', cle: code }).donnees;
  const pose = useOperation('qpv.poser');
  const leve = useOperation('qpv.lever');
  const [lon, setLon] = useState('');
  const [lat, setLat] = useState('');
  const [texte, setTexte] = useState('');
  const cherche = useRequete('qpv.chercherAdresse', { commune, texte }, texte.trim().length > 2).donnees;
  function placer(x: number, y: number) {
    poser(null);
    void pose.lancer({ objet: 'ensemble', cle: code, lon: Math.round(x * 1e6) / 1e6, lat: Math.round(y * 1e6) / 1e6 });
  }
  const [x, y] = [nombreDe(lon), nombreDe(lat)];
  const p = lu?.positions;
  const mieux = p ? p.fichier + p.ban : 0;
  const total = p ? Object.values(p).reduce((s, n) => s + n, 0) : 0;
  return (
    <details className="repere" open={enPose || undefined}>
      <summary>
        Position de <strong>{nom}</strong>
        {p && ` : ${mieux === total ? 'exacte' : lu.repere ? (mieux > 0 ? 'exacte, complétée par un repère' : 'repère posé') : mieux > 0 ? 'exacte en partie' : 'approchée'}`}
      </summary>
      <p>
        {p && (
          <span className="doux">
            {mieux > 0 && `${accord(mieux, 'logement placé', 'logements placés')} par le fichier ou la BAN, qu’un repère ne déplace pas${mieux < total || lu?.repere ? ' ; ' : '.'}`}
            {lu?.repere ? `repère posé, il place ${accord(p.repere, 'logement')}.` : mieux < total ? `${accord(total - mieux, 'logement')} sans position exacte.` : ''}
          </span>
        )}
      </p>
      <div className="repere-commandes">
        <Bouton icone={MapPin} aria-pressed={enPose} occupe={pose.enCours} onClick={() => poser(enPose ? null : placer)}>
          {enPose ? 'Cliquer sur la carte…' : lu?.repere ? 'Déplacer le repère' : 'Poser un repère sur la carte'}
        </Bouton>
        <form
          className="repere-saisie"
          onSubmit={(e) => {
            e.preventDefault();
            if (x !== null && y !== null) placer(x, y);
          }}
        >
          <Saisie compact aria-label="Longitude" placeholder="Longitude" value={lon} onChange={(e) => setLon(e.target.value)} fautif={lon !== '' && x === null} />
          <Saisie compact aria-label="Latitude" placeholder="Latitude" value={lat} onChange={(e) => setLat(e.target.value)} fautif={lat !== '' && y === null} />
          <Bouton type="submit" disabled={x === null || y === null}>
            Poser là
          </Bouton>
        </form>
        <Recherche nom="Chercher une adresse de la BAN" value={texte} onChange={(e) => setTexte(e.target.value)} />
        {lu?.repere && (
          <Bouton variante="texte" icone={MapPinOff} occupe={leve.enCours} onClick={() => void leve.lancer({ objet: 'ensemble', cle: code })}>
            Retirer le repère
          </Bouton>
        )}
      </div>
      {texte.trim().length > 2 && cherche && (
        <div role="status">
          {!cherche.banChargee && <p className="doux petit">Aucun extrait de la BAN n’est chargé sur cet ordinateur : Patrimoine, vue QPV.</p>}
          {cherche.banChargee && cherche.adresses.length === 0 && <p className="doux petit">Aucune adresse de la commune ne correspond.</p>}
          <ul className="repere-adresses">
            {cherche.adresses.map((a) => (
              <li key={`${a.libelle} ${a.lon} ${a.lat}`}>
                <Bouton variante="texte" onClick={() => placer(a.lon, a.lat)}>
                  {a.libelle}
                </Bouton>
              </li>
            ))}
          </ul>
        </div>
      )}
      {pose.erreur && <Echec erreur={pose.erreur} fermer={pose.effacer} />}
      {leve.erreur && <Echec erreur={leve.erreur} fermer={leve.effacer} />}
    </details>
  );
}
