import { addProtocol } from 'maplibre-gl';
import type { Etat, Question, Questions, Source } from './atelier.ts';
import type { Message, Reponse } from './ouvrier.ts';

/** Le schéma des tuiles : `carte://<fil>/<source>/<z>/<x>/<y>`, lu sans rien demander au réseau. */
const SCHEMA = 'carte';
const fils = new Map<string, FilTuiles>();
let dernier = 0;

addProtocol(SCHEMA, async ({ url }, { signal }) => {
  const [numero = '', source = '', z, x, y] = url.slice(SCHEMA.length + 3).split('/');
  const fil = fils.get(numero);
  if (fil === undefined || signal.aborted) return { data: new ArrayBuffer(0) };
  return { data: await fil.tuile(source as Source, { z: Number(z), x: Number(x), y: Number(y) }) };
});

/** Le fil qui découpe les tuiles d'une carte. Ce qui lui est donné vaut pour toute demande faite après. */
export class FilTuiles {
  #nom = String(++dernier);
  #ouvrier: Worker;
  #attentes = new Map<number, { tenir: (valeur: never) => void; rompre: (cause: Error) => void }>();
  #demandes = 0;
  #versions: Record<Source, number> = { fond: 0, cercles: 0 };
  #servies = new Map<string, number>();

  constructor(panne: (message: string) => void) {
    this.#ouvrier = new Worker(new URL('ouvrier.ts', import.meta.url), { type: 'module', name: 'tuiles' });
    this.#ouvrier.addEventListener('message', (e: MessageEvent<Reponse>) => {
      const attente = this.#attentes.get(e.data.numero);
      this.#attentes.delete(e.data.numero);
      if ('panne' in e.data) attente?.rompre(new Error(e.data.panne));
      else attente?.tenir(e.data.valeur as never);
    });
    this.#ouvrier.addEventListener('error', (e) => panne(e.message || 'le découpage de la carte s’est arrêté'));
    fils.set(this.#nom, this);
  }

  adresse(source: Source): string {
    return `${SCHEMA}://${this.#nom}/${source}/{z}/{x}/{y}`;
  }

  donner(source: Source | 'les deux', etat: Etat): void {
    if (source !== 'cercles') this.#versions.fond += 1;
    if (source !== 'fond') this.#versions.cercles += 1;
    this.#envoyer({ etat });
  }

  demander<Q extends Question>(question: Q, demande: Questions[Q]['demande']): Promise<Questions[Q]['reponse']> {
    const numero = ++this.#demandes;
    return new Promise((tenir, rompre) => {
      this.#attentes.set(numero, { tenir, rompre });
      this.#envoyer({ numero, question, demande } as Message);
    });
  }

  tuile(source: Source, tuile: { z: number; x: number; y: number }): Promise<ArrayBuffer> {
    this.#servies.set(`${source}/${tuile.z}/${tuile.x}/${tuile.y}`, this.#versions[source]);
    return this.demander('tuile', { source, tuile });
  }

  /** Vrai si la tuile a été découpée avant ce qui a été donné depuis : elle est à redemander. */
  isPerimee(source: Source, { z, x, y }: { z: number; x: number; y: number }): boolean {
    return (this.#servies.get(`${source}/${z}/${x}/${y}`) ?? 0) < this.#versions[source];
  }

  #envoyer(message: Message): void {
    this.#ouvrier.postMessage(message);
  }

  fermer(): void {
    fils.delete(this.#nom);
    this.#ouvrier.terminate();
    this.#attentes.clear();
  }
}
