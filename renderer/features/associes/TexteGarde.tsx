import { useEffect, useState } from 'react';
import { enregistrer, useEnFile } from '../../app/enregistrement.ts';
import { Champ, Paragraphe } from '../../ui/index.ts';

/** Un texte de plusieurs lignes, enregistré quand on le quitte ; ce qui attend encore reste montré. */
export function TexteGarde(props: {
  cle: string;
  libelle: string;
  valeur: string;
  aide?: string;
  article?: string;
  lignes?: number;
  inactif: boolean;
  ecrire: (valeur: string) => Promise<{ enregistreA: string | null }>;
}) {
  const garde = useEnFile(props.cle) ?? props.valeur;
  const [texte, setTexte] = useState(garde);
  const [edite, setEdite] = useState(false);
  useEffect(() => {
    if (!edite) setTexte(garde);
  }, [garde, edite]);
  function quitter() {
    setEdite(false);
    if (texte !== garde) enregistrer({ cle: props.cle, libelle: props.libelle, valeur: texte, ecrire: () => props.ecrire(texte) });
  }
  return (
    <div data-champ={props.cle} data-sujet={props.cle}>
      <Champ libelle={props.libelle} aide={props.aide} article={props.article} large>
        {({ id, decrit }) => (
          <Paragraphe id={id} aria-describedby={decrit} rows={props.lignes ?? 3} readOnly={props.inactif} value={texte} onFocus={() => setEdite(true)} onChange={(e) => setTexte(e.target.value)} onBlur={quitter} />
        )}
      </Champ>
    </div>
  );
}
