import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { OptionsChoix } from '../../shared/pont.ts';

type OptionsDialogue = { title?: string; defaultPath?: string; filters?: FileFilter[] };

/** Relit des options venues de l'écran : seules les formes attendues passent. */
export function lireOptions(lu: unknown): OptionsDialogue {
  if (typeof lu !== 'object' || lu === null) return {};
  const { titre, defaut, filtres } = lu as { [cle in keyof OptionsChoix]: unknown };
  return {
    ...(typeof titre === 'string' ? { title: titre } : {}),
    ...(typeof defaut === 'string' ? { defaultPath: defaut } : {}),
    ...(Array.isArray(filtres) ? { filters: filtres.flatMap(lireFiltre) } : {}),
  };
}

function lireFiltre(lu: unknown): FileFilter[] {
  if (typeof lu !== 'object' || lu === null || !('nom' in lu) || !('extensions' in lu)) return [];
  const { nom, extensions } = lu;
  if (typeof nom !== 'string' || !Array.isArray(extensions)) return [];
  return [{ name: nom, extensions: extensions.filter((e): e is string => typeof e === 'string') }];
}

export async function choisirFichier(fenetre: BrowserWindow, options: unknown): Promise<string | null> {
  const choix = await dialog.showOpenDialog(fenetre, { ...lireOptions(options), properties: ['openFile'] });
  return choix.canceled ? null : (choix.filePaths[0] ?? null);
}

export async function choisirDestination(fenetre: BrowserWindow, options: unknown): Promise<string | null> {
  const choix = await dialog.showSaveDialog(fenetre, { ...lireOptions(options), properties: ['createDirectory'] });
  return choix.canceled || !choix.filePath ? null : choix.filePath;
}

export async function choisirRepertoire(fenetre: BrowserWindow, options: unknown): Promise<string | null> {
  const choix = await dialog.showOpenDialog(fenetre, {
    ...lireOptions(options),
    properties: ['openDirectory', 'createDirectory'],
  });
  return choix.canceled ? null : (choix.filePaths[0] ?? null);
}
