import { create } from 'zustand';

export const usePalette = create<{ ouverte: boolean }>(() => ({ ouverte: false }));
