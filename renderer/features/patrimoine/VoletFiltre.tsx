import { use, useId, useState, type FormEvent } from 'react';
import { FermerVolet } from '../../grille/colonnes.ts';
import { Bouton, Coche, Recherche, Saisie } from '../../ui/index.ts';
import type { Filtre } from './filtres.ts';

type Pose = (filtre: Omit<Filtre, 'colonne'> | null) => void;

/** Filtre d'une colonne de codes : cocher les valeurs gardées. `compte` : logements de chacune, s'il est connu. */
export function VoletValeurs(props: {
  options: readonly { valeur: string; libelle: string; detail?: string }[];
  choisies: readonly string[];
  surChange: Pose;
}) {
  const fermer = use(FermerVolet);
  const [cherche, setCherche] = useState('');
  const plat = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const vues = props.options.filter((o) => plat(`${o.libelle} ${o.valeur}`).includes(plat(cherche)));
  const basculer = (valeur: string, coche: boolean) => {
    const restantes = coche ? [...props.choisies, valeur] : props.choisies.filter((v) => v !== valeur);
    props.surChange(restantes.length === 0 ? null : { valeurs: restantes });
  };
  return (
    <div className="volet-filtre">
      {props.options.length > 12 && <Recherche nom="Chercher une valeur" value={cherche} onChange={(e) => setCherche(e.target.value)} />}
      <ul className="volet-valeurs defile">
        {vues.slice(0, 300).map((o) => (
          <li key={o.valeur}>
            <Coche coche={props.choisies.includes(o.valeur)} surChange={(c) => basculer(o.valeur, c)}>
              {o.libelle} {o.detail && <span className="doux">{o.detail}</span>}
            </Coche>
          </li>
        ))}
      </ul>
      {vues.length === 0 && <p className="doux">Aucune valeur de ce nom.</p>}
      <Actions effacer={() => props.surChange(null)} fermer={fermer} actif={props.choisies.length > 0} />
    </div>
  );
}

/** Filtre d'une colonne de texte : contient ; d'une colonne de montants : vaut exactement. */
export function VoletTexte(props: { libelle: string; filtre: Filtre | undefined; nombre: boolean; surChange: Pose }) {
  const fermer = use(FermerVolet);
  const id = useId();
  const vide = props.filtre?.valeurs?.includes('') === true;
  const [texte, setTexte] = useState(props.filtre?.contient ?? (vide ? '' : (props.filtre?.valeurs?.[0]?.replace('.', ',') ?? '')));
  const lu = lireNombre(texte);
  const faute = props.nombre && texte.trim() !== '' && lu === null;
  function valider(e: FormEvent) {
    e.preventDefault();
    if (faute) return;
    const propre = texte.trim();
    if (propre === '') props.surChange(null);
    else props.surChange(props.nombre ? { valeurs: [String(lu)] } : { contient: propre });
    fermer();
  }
  return (
    <form className="volet-filtre" onSubmit={valider}>
      <label htmlFor={id} className="etiquette">
        {props.nombre ? 'Vaut exactement' : 'Contient'}
      </label>
      <Saisie id={id} value={texte} onChange={(e) => setTexte(e.target.value)} fautif={faute} autoFocus inputMode={props.nombre ? 'decimal' : 'text'} />
      {faute && <p className="champ-faute">Ce n’est pas un nombre.</p>}
      <Coche
        coche={vide}
        surChange={(c) => {
          setTexte('');
          props.surChange(c ? { valeurs: [''] } : null);
        }}
      >
        Seulement les valeurs inconnues
      </Coche>
      <div className="volet-actions">
        <Bouton
          variante="texte"
          disabled={!props.filtre}
          onClick={() => {
            setTexte('');
            props.surChange(null);
            fermer();
          }}
        >
          Effacer
        </Bouton>
        <Bouton variante="principal" type="submit">
          Filtrer
        </Bouton>
      </div>
    </form>
  );
}

/** `1 234,56` ou `1234.56` → 1234.56 ; `null` si ce n'est pas un nombre. */
export function lireNombre(texte: string): number | null {
  const propre = texte.replace(/[\s\u00a0\u202f€]/gu, '').replace('m²', '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(propre) ? Number(propre) : null;
}

function Actions({ effacer, fermer, actif }: { effacer: () => void; fermer: () => void; actif: boolean }) {
  return (
    <div className="volet-actions">
      <Bouton variante="texte" disabled={!actif} onClick={effacer}>
        Effacer
      </Bouton>
      <Bouton onClick={fermer}>Fermer</Bouton>
    </div>
  );
}
