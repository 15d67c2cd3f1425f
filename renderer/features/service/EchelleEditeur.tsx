import { Plus, Trash2 } from 'lucide-react';
import { bornesEchelle } from '../../../shared/domain/service-rendu/echelle.ts';
import type { Echelle, Grille } from '../../../shared/domain/service-rendu/types.ts';
import { Bouton, BoutonIcone, Choix, Saisie, Segments } from '../../ui/index.ts';
import { ChampNombre } from './ChampNombre.tsx';
import { ECHELLES } from './brouillon.ts';
import { couleurClasse } from './couleurs.ts';

const virgule = (t: string) => t.replace('.', ',');
const point = (t: string) => t.replace(',', '.').trim();
const entier = (t: string): number => (/^\d{1,3}$/u.test(t.trim()) ? Number(t.trim()) : -1);

/** L'échelle des notes, son sens, le seuil de complétude et les classes de résultat. */
export function EchelleEditeur({ grille, changer }: { grille: Grille; changer: (g: Grille) => void }) {
  const connue = ECHELLES.find((e) => JSON.stringify(e.echelle) === JSON.stringify(grille.echelle))?.valeur ?? null;
  return (
    <div className="service-reglages">
      <section aria-label="Échelle">
        <h2 className="titre-section">Échelle</h2>
        <Choix nom="Échelle des notes" compact valeur={connue} invite="Échelle de l’organisme" options={ECHELLES} surChoix={(v) => changer(withEchelle(grille, ECHELLES.find((e) => e.valeur === v)?.echelle ?? grille.echelle))} />
        <Niveaux echelle={grille.echelle} changer={(echelle) => changer({ ...grille, echelle })} />
        <Segments
          nom="Sens de l’échelle" valeur={grille.sens} surChoix={(sens) => changer({ ...grille, sens })}
          options={[{ valeur: 'croissant', libelle: 'La plus grande est la meilleure' }, { valeur: 'decroissant', libelle: 'La plus petite' }]}
        />
      </section>
      <section aria-label="Résultat">
        <h2 className="titre-section">Résultat</h2>
        <ChampNombre libelle="Critères notés, au moins" unite="%" valeur={grille.seuil < 0 ? '' : String(grille.seuil)} surChange={(v) => changer({ ...grille, seuil: entier(v) })} />
        <p className="doux petit">Sous ce seuil, un ensemble n’a pas de résultat et n’entre pas dans les moyennes. Seuil et classes sont de l’organisme, non réglementaires.</p>
        <ul className="service-classes">
          {grille.classes.map((c, i) => (
            <li key={i}>
              <span className="service-pave" aria-hidden="true" style={{ background: couleurClasse(grille, i) }} />
              <Saisie compact aria-label={`Nom de la classe ${i + 1}`} value={c.libelle} maxLength={120} onChange={(e) => changer({ ...grille, classes: grille.classes.with(i, { ...c, libelle: e.currentTarget.value }) })} />
              <span className="doux">à partir de</span>
              <Saisie compact className="service-nombre" inputMode="decimal" aria-label={`Borne de la classe ${i + 1}`} value={virgule(c.de)} onChange={(e) => changer({ ...grille, classes: grille.classes.with(i, { ...c, de: point(e.currentTarget.value) }) })} />
              <BoutonIcone nom={`Retirer la classe ${c.libelle}`} icone={Trash2} onClick={() => changer({ ...grille, classes: grille.classes.filter((_, j) => j !== i) })} />
            </li>
          ))}
        </ul>
        <Bouton variante="texte" icone={Plus} onClick={() => changer({ ...grille, classes: [...grille.classes, { libelle: `Classe ${grille.classes.length + 1}`, de: bornesEchelle(grille.echelle).max }] })}>Ajouter une classe</Bouton>
      </section>
    </div>
  );
}

/** Une autre échelle étale les classes sur elle : leurs bornes d'avant n'y voudraient plus rien dire. */
function withEchelle(grille: Grille, echelle: Echelle): Grille {
  const { min, max } = bornesEchelle(echelle);
  const [bas, haut] = [Number(min), Number(max)];
  const classes = grille.classes.map((c, i) => ({ ...c, de: i === 0 ? min : String(Math.round((bas + ((haut - bas) * i) / grille.classes.length) * 100) / 100) }));
  return { ...grille, echelle, classes };
}

function Niveaux({ echelle, changer }: { echelle: Echelle; changer: (e: Echelle) => void }) {
  if (echelle.genre === 'nombres') {
    return (
      <p className="service-bornes">
        <ChampNombre libelle="De" valeur={echelle.min} surChange={(min) => changer({ ...echelle, min })} />
        <ChampNombre libelle="à" valeur={echelle.max} surChange={(max) => changer({ ...echelle, max })} />
        <ChampNombre libelle="décimales" valeur={echelle.decimales < 0 ? '' : String(echelle.decimales)} surChange={(v) => changer({ ...echelle, decimales: entier(v) })} />
      </p>
    );
  }
  const { niveaux } = echelle;
  return (
    <>
      <ul className="service-classes">
        {niveaux.map((n, i) => (
          <li key={i}>
            <Saisie compact className="service-nombre" aria-label={`Code du niveau ${i + 1}`} value={n.code} maxLength={12} onChange={(e) => changer({ ...echelle, niveaux: niveaux.with(i, { ...n, code: e.currentTarget.value.trim() }) })} />
            <Saisie compact aria-label={`Nom du niveau ${n.code}`} placeholder="Nom du niveau" value={n.libelle} maxLength={120} onChange={(e) => changer({ ...echelle, niveaux: niveaux.with(i, { ...n, libelle: e.currentTarget.value }) })} />
            <span className="doux">vaut</span>
            <Saisie compact className="service-nombre" inputMode="decimal" aria-label={`Valeur du niveau ${n.code}`} value={virgule(n.valeur)} onChange={(e) => changer({ ...echelle, niveaux: niveaux.with(i, { ...n, valeur: point(e.currentTarget.value) }) })} />
            <BoutonIcone nom={`Retirer le niveau ${n.code}`} icone={Trash2} onClick={() => changer({ ...echelle, niveaux: niveaux.filter((_, j) => j !== i) })} />
          </li>
        ))}
      </ul>
      <Bouton variante="texte" icone={Plus} onClick={() => changer({ ...echelle, niveaux: [...niveaux, { code: String(niveaux.length + 1), libelle: '', valeur: String(niveaux.length + 1) }] })}>Ajouter un niveau</Bouton>
    </>
  );
}
