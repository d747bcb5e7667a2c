/** Where the developer panel is, and where its forms go. */
export const panelPaths = {
  panel: '/emulator',
  faults: '/emulator/faults',
  clearFaults: '/emulator/faults/clear',
  clock: '/emulator/clock',
} as const;
