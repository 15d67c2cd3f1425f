import { compiler } from '../outils/compiler.ts';
import { lancer } from '../outils/messages.ts';

/** `npm run build` : construit ce qui est livré dans `dist/`. */
await lancer(async () => {
  await compiler('utilityProcess');
  return 0;
});
