/** Where the consent screen posts to. */
export const consentPath = '/emulator/consent';
