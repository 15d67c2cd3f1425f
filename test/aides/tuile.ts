/** Lit une tuile vectorielle, d'après la norme MVT et elle seule : ce que l'écriture a mis est relu sans elle. */

export type ObjetLu = { id: number; type: number; proprietes: Record<string, number | string>; anneaux: [number, number][][] };

export type Champ = { numero: number; valeur: number; octets: Uint8Array };

/** Les champs d'un message protobuf : entiers, ou octets. */
export function* champs(octets: Uint8Array): Generator<Champ> {
  let ici = 0;
  const varint = (): number => {
    let [valeur, poids] = [0, 1];
    for (;;) {
      const o = octets[ici++] ?? 0;
      valeur += (o & 127) * poids;
      if (o < 128) return valeur;
      poids *= 128;
    }
  };
  while (ici < octets.length) {
    const cle = varint();
    const valeur = varint();
    const long = cle % 8 === 2 ? valeur : 0;
    yield { numero: Math.floor(cle / 8), valeur, octets: octets.subarray(ici, ici + long) };
    ici += long;
  }
}

/** Les nombres d'un champ compact. */
function nombres(octets: Uint8Array): number[] {
  const lus: number[] = [];
  let [valeur, poids] = [0, 1];
  for (const o of octets) {
    valeur += (o & 127) * poids;
    poids *= 128;
    if (o >= 128) continue;
    lus.push(valeur);
    [valeur, poids] = [0, 1];
  }
  return lus;
}

const signe = (n: number): number => (n % 2 === 0 ? n / 2 : -(n + 1) / 2);

function geometrie(lus: readonly number[]): [number, number][][] {
  const anneaux: [number, number][][] = [];
  let [x, y, i] = [0, 0, 0];
  while (i < lus.length) {
    const commande = lus[i++] ?? 0;
    const combien = (commande & 7) === 7 ? 0 : commande >> 3;
    for (let k = 0; k < combien; k++) {
      x += signe(lus[i++] ?? 0);
      y += signe(lus[i++] ?? 0);
      if ((commande & 7) === 1) anneaux.push([]);
      anneaux.at(-1)?.push([x, y]);
    }
  }
  return anneaux;
}

/** Les objets de chaque couche d'une tuile. */
export function lireTuile(tuile: ArrayBuffer): Record<string, ObjetLu[]> {
  return Object.fromEntries(
    [...champs(new Uint8Array(tuile))].map(({ octets }) => {
      const lus = [...champs(octets)];
      const textes = (n: number) => lus.filter((c) => c.numero === n).map((c) => new TextDecoder().decode(c.octets));
      const dire = (c: Champ | undefined): number | string => (c?.numero === 1 ? new TextDecoder().decode(c.octets) : (c?.valeur ?? -1));
      const [cles, valeurs] = [textes(3), lus.filter((c) => c.numero === 4).map((c) => dire([...champs(c.octets)][0]))];
      const objets = lus.filter((c) => c.numero === 2).map(({ octets: o }): ObjetLu => {
        const de = (n: number) => [...champs(o)].find((c) => c.numero === n);
        const tags = nombres(de(2)?.octets ?? new Uint8Array());
        return {
          id: de(1)?.valeur ?? -1,
          type: de(3)?.valeur ?? -1,
          proprietes: Object.fromEntries(Array.from({ length: tags.length / 2 }, (_, i) => [cles[tags[2 * i] ?? 0] ?? '', valeurs[tags[2 * i + 1] ?? 0] ?? -1])),
          anneaux: geometrie(nombres(de(4)?.octets ?? new Uint8Array())),
        };
      });
      return [textes(1)[0] ?? '', objets];
    }),
  );
}
