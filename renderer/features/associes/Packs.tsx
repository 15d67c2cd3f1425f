import { FolderDown } from 'lucide-react';
import type { EtatOperation } from '../../app/operation.ts';
import { Bandeau, Bouton, Echec, Progression } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';

type Ecriture = EtatOperation<'associes.packs'>;

/** Écrit le pack de chaque personne retenue, ou de celles cochées, dans un répertoire choisi. */
export function BoutonPacks({ packs, codes }: { packs: Ecriture; codes: readonly string[] }) {
  async function ecrire() {
    const repertoire = await window.atelier.choisirRepertoire({ titre: 'Où écrire les packs' });
    if (repertoire !== null) await packs.lancer({ repertoire, ...(codes.length === 0 ? {} : { personnes: [...codes] }) });
  }
  return (
    <Bouton icone={FolderDown} occupe={packs.enCours} onClick={() => void ecrire()}>
      {codes.length === 0 ? 'Écrire tous les packs' : `Écrire ${accord(codes.length, 'pack')}`}
    </Bouton>
  );
}

/** Où en est l'écriture, ce qu'elle a donné, et ce qui n'a pas eu de pack. */
export function SuitePacks({ packs }: { packs: Ecriture }) {
  const { resultat } = packs;
  return (
    <>
      {packs.enCours && <Progression libelle={packs.progres?.etape ?? 'Lecture du dossier'} fait={packs.progres?.fait ?? 0} total={packs.progres?.total ?? null} action={<Bouton onClick={packs.annuler}>Annuler</Bouton>} />}
      {packs.erreur && <Echec erreur={packs.erreur} fermer={packs.effacer} />}
      {resultat && (
        <Bandeau
          ton="succes"
          titre={`${accord(resultat.packs.length, 'pack écrit', 'packs écrits')}, en PDF et en classeur`}
          actions={
            <>
              <Bouton onClick={() => window.atelier.montrerFichier(resultat.packs[0]?.pdf ?? resultat.repertoire)}>Montrer</Bouton>
              <Bouton variante="texte" onClick={packs.effacer}>Masquer</Bouton>
            </>
          }
        >
          Chacun ne porte que sur son territoire ; les petits effectifs y sont masqués (R411-5).
          {resultat.sans.length > 0 && ` Sans pack : ${resultat.sans.map((s) => `${s.nom} (${typographie(s.raison)})`).join(' ; ')}`}
        </Bandeau>
      )}
    </>
  );
}
