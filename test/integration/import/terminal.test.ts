import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execute } from '../../../electron/cli/executer.ts';
import { isSiret } from '../../../shared/domain/organisme/siren.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { SIREN, declaration, ligne } from './aide.ts';

async function preparer() {
  const cwd = tempDir();
  const progression = { suivre: () => undefined, effacer: () => undefined };
  const cus = (...argv: string[]) => execute(argv, { env: { ATELIER_CUS_DONNEES: cwd }, cwd, signal: new AbortController().signal, progression });
  const ecrire = (nom: string, contenu: string) => writeFileSync(join(cwd, nom), contenu);
  expect((await cus('creer', 'd.cus', '--siren', SIREN, '--nom', 'X')).sortie).toBe(0);
  ecrire('parc.csv', declaration(ligne({ IDENT_INT: 'A' }), ligne({ IDENT_INT: 'B', DEPCOM: '99999' })));
  return { cwd, cus, ecrire, chemin: (nom: string) => join(cwd, nom) };
}

it('« importer » dit où sont le rapport et les rejets, en JSON et en texte', async () => {
  const { cus, chemin } = await preparer();
  const json = JSON.parse((await cus('importer', 'd.cus', 'parc.csv', '--anomalies', 'A.csv', '--json')).stdout) as Record<string, unknown>;
  expect(json['rejets']).toBe(chemin('A.rejets.csv'));
  const { stdout } = await cus('importer', 'd.cus', 'parc.csv', '--anomalies', 'A.csv');
  expect(stdout).toContain(`Anomalies écrites : ${chemin('A.csv')}\nLignes rejetées à corriger, puis à importer : ${chemin('A.rejets-2.csv')}`);
  expect(JSON.parse((await cus('importer', 'd.cus', 'parc.csv', '--json')).stdout)).not.toHaveProperty('rejets');
  expect((await cus('importer', '--aide')).stdout).toContain('ligne_originale');
});

it.each(['d.cus', './d.cus-wal', 'd.cus.verrou', 'parc.csv', 'profil.json'])('« --anomalies %s » est refusé sans rien écrire', async (cible) => {
  const { cus, ecrire, chemin } = await preparer();
  ecrire('profil.json', '{"version":1,"type":"logements","colonnes":{"I":"IDENT_INT","C":"DEPCOM"}}');
  const lire = () => ['d.cus', 'parc.csv', 'profil.json'].map((f) => readFileSync(chemin(f)));
  const avant = lire();
  const fin = await cus('importer', 'd.cus', 'parc.csv', '--profil', 'profil.json', '--anomalies', cible, '--json');
  expect(fin.sortie).toBe(2);
  expect((JSON.parse(fin.stdout) as { erreur: { code: string } }).erreur.code).toMatch(/^cible-est-/);
  expect(lire()).toEqual(avant);
});

it('un SIREN changé après coup se dit : la déclaration importée est celle d’un autre', async () => {
  const { cus, ecrire } = await preparer();
  ecrire('nommee.csv', declaration(ligne({ IDENT_INT: 'A' })).replace('00000000000000', `${SIREN}${nicDe(SIREN)}`));
  expect((await cus('importer', 'd.cus', 'nommee.csv')).sortie).toBe(0);
  const releves = async () => {
    const { aJustifier } = JSON.parse((await cus('controler', 'd.cus', '--json')).stdout) as { aJustifier: { code: string; message: string; champ: string }[] };
    return aJustifier.filter((c) => c.code === 'siren-autre-declaration').map(({ champ, message }) => ({ champ, message }));
  };
  expect(await releves()).toEqual([]);
  expect((await cus('definir', 'd.cus', 'organisme/siren', '732829320')).sortie).toBe(0);
  expect(await releves()).toEqual([
    { champ: 'organisme/siren', message: `Le SIREN est 732829320, mais la déclaration importée (« nommee.csv ») est celle de ${SIREN} : corriger le SIREN, importer la déclaration de l’organisme, ou dire pourquoi.` },
  ]);
});

/** Les cinq chiffres qui font un SIRET valide de ce SIREN. */
function nicDe(siren: string): string {
  for (let n = 0; ; n++) {
    const nic = `0001${n}`;
    if (isSiret(siren + nic)) return nic;
  }
}
