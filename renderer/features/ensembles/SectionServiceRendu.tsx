import { Chiffre } from '../../app/Chiffre.tsx';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape } from '../../app/session.ts';
import { Bouton, Echec, Squelette } from '../../ui/index.ts';
import { deuxDecimales, nombre } from '../../ui/format.ts';
import { SansDonnee } from './lecture.tsx';

/** Le service rendu d'un ensemble (R445-3) : son résultat, celui de chaque famille, ses notes. */
export function SectionServiceRendu({ id }: { id: string }) {
  const lu = useRequete('serviceRendu.lire', { par: 'ensemble' });
  const notes = useRequete('serviceRendu.notes', {});
  if (!lu.donnees || !notes.donnees) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={4} />;
  const { grille, lignes } = lu.donnees;
  const ligne = lignes.find((l) => l.code === id);
  const saisies = notes.donnees.ensembles.find((e) => e.id === id)?.saisies ?? [];
  if (grille === null || ligne === undefined || saisies.every((s) => s === '')) {
    return (
      <SansDonnee phrase="Cet ensemble n’est pas encore noté.">
        <Bouton variante="texte" onClick={() => allerEtape('service-rendu')}>Aller au service rendu</Bouton>
      </SansDonnee>
    );
  }
  const dit = (n: number | null | undefined) => (n == null ? 'sans résultat' : deuxDecimales(n));
  return (
    <div className="fiche-blocs">
      <div className="fiche-bloc">
        <h4 className="fiche-bloc-titre">Résultat</h4>
        <dl className="fiche-comptes">
          <div>
            <dt>{ligne.classe === null ? `Ensemble, ${nombre(ligne.notes)} critères notés sur ${nombre(ligne.criteres)}` : (grille.classes[ligne.classe]?.libelle ?? 'Ensemble')}</dt>
            <dd><Chiffre sujet={`service-rendu/ensemble/${id}/resultat`} nom="Résultat de l’ensemble">{dit(ligne.resultat)}</Chiffre></dd>
          </div>
          {grille.familles.map((f, i) => (
            <div key={f.code}>
              <dt>{f.libelle}</dt>
              <dd><Chiffre sujet={`service-rendu/ensemble/${id}/${f.code}`} nom={f.libelle}>{dit(ligne.familles[i]?.resultat)}</Chiffre></dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="fiche-bloc">
        <h4 className="fiche-bloc-titre">Notes</h4>
        <dl className="fiche-comptes">
          {notes.donnees.criteres.map((c, i) => (
            <div key={c.code}>
              <dt>{c.libelle}</dt>
              <dd><Chiffre sujet={`service-rendu/note/${id}/${c.code}`} nom={c.libelle}>{saisies[i] === '' ? 'non noté' : saisies[i]}</Chiffre></dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
