import { Popover } from '@base-ui/react/popover';
import { ArrowDown, ArrowUp, Columns3, Plus, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Bouton, BoutonIcone, Recherche } from '../../ui/index.ts';
import { intitule, type Colonne } from './cases.tsx';
import { choisirColonnes, colonnesMontrees, deplacerNom, PREMIERE, retablirColonnes, useColonnesChoisies } from './colonnesChoisies.ts';

const plat = (t: string): string => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Ajouter, retirer, ranger les colonnes d'un groupe : à la souris, ou Alt+↑, Alt+↓ et Suppr sur une ligne. */
export function ChoixColonnes({ colonnes, groupe }: { colonnes: readonly Colonne[]; groupe: string }) {
  const choix = useColonnesChoisies((s) => s.choix);
  const [cherche, setCherche] = useState('');
  const liste = useRef<HTMLUListElement | null>(null);
  const montrees = colonnesMontrees(colonnes, groupe, choix).filter((c) => c.nom !== PREMIERE);
  const noms = montrees.map((c) => c.nom);
  const autres = colonnes.filter((c) => c.nom !== PREMIERE && !noms.includes(c.nom) && plat(`${c.libelle} ${c.groupe}`).includes(plat(cherche)));

  // Rangée ou retirée, la ligne suit le clavier avant la frappe suivante.
  const [aFocaliser, focaliser] = useState<{ nom: string | undefined } | null>(null);
  useLayoutEffect(() => {
    if (aFocaliser?.nom !== undefined) liste.current?.querySelector<HTMLElement>(`[data-colonne="${aFocaliser.nom}"]`)?.focus();
  }, [aFocaliser]);
  function deplacer(nom: string, pas: -1 | 1) {
    choisirColonnes(groupe, deplacerNom(noms, nom, pas));
    focaliser({ nom });
  }
  function retirer(nom: string) {
    const i = noms.indexOf(nom);
    choisirColonnes(groupe, noms.filter((n) => n !== nom));
    focaliser({ nom: noms[i + 1] ?? noms[i - 1] });
  }
  function surTouche(e: KeyboardEvent<HTMLButtonElement>, nom: string) {
    const i = noms.indexOf(nom);
    if (e.altKey && e.key === 'ArrowUp') deplacer(nom, -1);
    else if (e.altKey && e.key === 'ArrowDown') deplacer(nom, 1);
    else if (e.key === 'Delete') retirer(nom);
    else if (e.key === 'ArrowUp') focaliser({ nom: noms[i - 1] });
    else if (e.key === 'ArrowDown') focaliser({ nom: noms[i + 1] });
    else return;
    e.preventDefault();
  }
  return (
    <Popover.Root>
      <Popover.Trigger render={<Bouton icone={Columns3}>Colonnes</Bouton>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="flottant-couche">
          <Popover.Popup className="flottant choix-colonnes" aria-label={`Colonnes : ${groupe}`}>
            <section>
              <h3 className="etiquette">Montrées, dans cet ordre</h3>
              <ul ref={liste} className="choix-colonnes-liste defile">
                {montrees.map((c, i) => (
                  <li key={c.nom} className="choix-colonnes-ligne">
                    <button type="button" tabIndex={i === 0 ? 0 : -1} data-colonne={c.nom} className="choix-colonnes-nom coupe" title={intitule(c)} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete" onKeyDown={(e) => surTouche(e, c.nom)}>
                      {intitule(c)}
                    </button>
                    <BoutonIcone nom={`Monter ${c.libelle}`} icone={ArrowUp} tabIndex={-1} disabled={i === 0} onClick={() => deplacer(c.nom, -1)} />
                    <BoutonIcone nom={`Descendre ${c.libelle}`} icone={ArrowDown} tabIndex={-1} disabled={i === montrees.length - 1} onClick={() => deplacer(c.nom, 1)} />
                    <BoutonIcone nom={`Retirer ${c.libelle}`} icone={X} tabIndex={-1} onClick={() => retirer(c.nom)} />
                  </li>
                ))}
              </ul>
              <p className="doux petit">Alt+flèche range, Suppr retire. L’identifiant reste le premier.</p>
            </section>
            <section>
              <h3 className="etiquette">À ajouter</h3>
              <Recherche nom="Chercher une colonne" value={cherche} onChange={(e) => setCherche(e.target.value)} />
              <ul className="choix-colonnes-liste defile">
                {autres.map((c) => (
                  <li key={c.nom}>
                    <button type="button" className="choix-colonnes-ajout" onClick={() => choisirColonnes(groupe, [...noms, c.nom])}>
                      <Plus aria-hidden="true" />
                      <span className="coupe" title={intitule(c)}>{intitule(c)}</span>
                      <span className="doux petit">{c.groupe}</span>
                    </button>
                  </li>
                ))}
              </ul>
              {autres.length === 0 && <p className="doux">Aucune autre colonne de ce nom.</p>}
              <div className="volet-actions">
                <Bouton variante="texte" disabled={choix[groupe] === undefined} onClick={() => retablirColonnes(groupe)}>
                  Rétablir « {groupe} »
                </Bouton>
                <Popover.Close render={<Bouton>Fermer</Bouton>} />
              </div>
            </section>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
