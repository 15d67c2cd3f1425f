import { useEffect, useState } from 'react';
import { formatValeurChamp, parseValeurChamp } from '../../../shared/domain/organisme/champs.ts';
import type { DefinitionChamp } from '../../../shared/millesimes/types.ts';
import { enregistrer, useEnFile } from '../../app/enregistrement.ts';
import { suivre } from '../../app/inspecteur.ts';
import { appeler } from '../../app/service.ts';
import { Champ, Choix, Saisie, Segments } from '../../ui/index.ts';
import { typographie } from '../../ui/format.ts';
import type { ChampLu } from './Organisme.tsx';

/** La définition dont la lecture d'une valeur a besoin, depuis ce que le service a donné du champ. */
function definitionDe(c: ChampLu): DefinitionChamp | null {
  if (c.type === 'cible') return null;
  return {
    champ: c.champ,
    libelle: c.libelle,
    type: c.type,
    groupe: c.groupe,
    etape: 'organisme',
    article: c.article,
    aide: c.aide,
    choix: c.choix ?? [],
    siVide: c.obligatoire ? 'bloquant' : null,
  };
}

/** Met un champ en file d'enregistrement. */
export function enregistrerChamp(champ: string, libelle: string, valeur: string): void {
  enregistrer({ cle: champ, libelle, valeur, ecrire: () => appeler('champs.definir', { champ, valeur }) });
}

/**
 * Un champ du dossier. Quitter le champ l'enregistre ; une valeur illisible est gardée telle que
 * tapée, avec sa raison : elle bloque le dépôt, jamais la saisie.
 */
export function ChampDossier({ champ: c, lectureSeule, libelle }: { champ: ChampLu; lectureSeule: boolean; libelle?: string }) {
  const definition = definitionDe(c);
  const conserve = useEnFile(c.champ) ?? c.valeur ?? '';
  const montre = definition ? formatValeurChamp(definition, conserve) : conserve;
  const [texte, setTexte] = useState(montre);
  const [edite, setEdite] = useState(false);
  useEffect(() => {
    if (!edite) setTexte(montre);
  }, [montre, edite]);

  const lu = definition ? parseValeurChamp(definition, texte) : { ok: true as const, valeur: texte };
  // Pendant la frappe, une date ou un SIREN incomplets ne sont pas encore une faute.
  const faute = !lu.ok && !edite ? premiereMajuscule(lu.raison) : null;
  const nom = typographie(libelle ?? c.libelle);

  function definir(valeur: string) {
    if (valeur.trim() !== conserve) enregistrerChamp(c.champ, nom, valeur);
  }

  function quitter() {
    setEdite(false);
    const valeur = lu.ok ? lu.valeur : texte;
    if (lu.ok && definition) setTexte(formatValeurChamp(definition, lu.valeur));
    definir(valeur);
  }

  return (
    <div data-champ={c.champ} data-sujet={c.champ} className="champ-dossier">
      <Champ
        libelle={nom}
        obligatoire={c.obligatoire}
        vide={texte.trim() === ''}
        aide={c.aide}
        article={c.article}
        faute={faute}
      >
        {({ id, decrit }) =>
          c.type === 'choix' && c.choix ? (
            <Choix
              id={id}
              decrit={decrit}
              nom={nom}
              inactif={lectureSeule}
              valeur={conserve || null}
              options={[...c.choix, ...(conserve ? [{ valeur: '', libelle: 'Laisser vide' }] : [])]}
              surChoix={definir}
            />
          ) : c.type === 'oui-non' ? (
            <Segments
              nom={nom}
              valeur={conserve === 'oui' || conserve === 'non' ? conserve : ''}
              options={[
                { valeur: '', libelle: 'Non renseigné' },
                { valeur: 'oui', libelle: 'Oui' },
                { valeur: 'non', libelle: 'Non' },
              ]}
              surChoix={definir}
            />
          ) : (
            <Saisie
              id={id}
              aria-describedby={decrit}
              readOnly={lectureSeule}
              fautif={faute !== null}
              placeholder={c.type === 'date' ? 'jj/mm/aaaa' : undefined}
              value={texte}
              className={c.type === 'date' || c.type === 'nombre' || c.type === 'siren' ? 'saisie-courte' : undefined}
              onFocus={() => {
                setEdite(true);
                suivre(c.champ);
              }}
              onChange={(e) => setTexte(e.target.value)}
              onBlur={quitter}
              onKeyDown={(e) => {
                if (e.key === 'Enter') quitter();
                if (e.key === 'Escape' && texte !== montre) {
                  e.preventDefault();
                  setTexte(montre);
                }
              }}
            />
          )
        }
      </Champ>
    </div>
  );
}

function premiereMajuscule(texte: string): string {
  return texte.charAt(0).toUpperCase() + texte.slice(1);
}
