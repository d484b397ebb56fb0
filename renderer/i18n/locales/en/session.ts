/** Signing in, unlocking, signing out, and the first filling of this laptop. */
export const session = {
  signIn: {
    title: 'Sign in to Rapport',
    hint: 'Once, while online. After that Rapport opens on this laptop without a connection too.',
    email: 'E-mail',
    passphrase: 'Passphrase',
    submit: 'Sign in',
    emailInvalid: 'Type your whole e-mail address, for example anna.nagy@firm.com.',
    passphraseMissing: 'Type your passphrase.',
    offline: 'The server cannot be reached. The first sign-in needs a connection: check it, and the server’s address below.',
    server: 'Server',
    changeServer: 'Change server',
    serverAddress: 'Server address',
    device: 'This laptop: {{name}}',
    showPassphrase: 'Show or hide the passphrase',
  },
  unlock: {
    title: 'Rapport is locked',
    hint: 'Your data on this laptop is sealed. Your passphrase opens it, with or without a connection.',
    submit: 'Unlock',
    someoneElse: 'Someone else?',
  },
  signOut: {
    action: 'Sign out',
    discard: 'Discard unsent work and sign out',
    question: 'Signing out removes this person’s data from this laptop.',
    confirm: 'Sign out',
  },
  progress: {
    opening: 'Opening your data',
    pulling: 'Fetching your households for the first time',
    more: 'More households are on their way to this laptop',
    ready: 'Ready',
  },
} as const
