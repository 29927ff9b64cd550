type Screen = {
  /** What the screen is for. */
  text: string
  /** One of the six that are shown in both sizes, light and dark, and both languages. */
  isMain?: true
}

/** Every screen by the name of its pictures, in the order of the gallery. */
export const SCREENS: Record<string, Record<string, Screen>> = {
  'Home page': {
    home: { text: 'What everybody sees first: goods, a search, and the way to log in or register.' },
    'home-popup': { text: 'The pop-up Recovery Account, for customers who have none yet.', isMain: true },
  },
  Registering: {
    register: { text: 'Name, both primary addresses and a password.' },
    'register-refused': { text: 'Refused: a summary with links, and the same sentence at each field.' },
    'register-code': { text: 'The number is proven before the account is there.' },
    'register-done': { text: 'The end. It is the same for an address that has an account already.' },
  },
  'Log-in': {
    login: { text: 'With the e-mail address or the number in any notation.', isMain: true },
    'login-refused': { text: 'One sentence for a wrong password and an unknown account.' },
    'login-throttled': { text: 'Too many tries: how long to wait, and what to do instead.' },
  },
  'Forgotten password': {
    reset: { text: 'Who one is, and where the code goes: the same two choices for everybody.', isMain: true },
    'reset-code': { text: 'The code screen of somebody who is not signed in: it names no address.', isMain: true },
    'reset-code-wrong': { text: 'A wrong code.' },
    'reset-code-early': { text: 'Another code asked for too early: how long to wait.' },
    'reset-code-expired': { text: 'The code has expired; the button below sends another.' },
    'reset-code-exhausted': { text: 'Five wrong guesses: the way begins anew.' },
    'reset-throttled': { text: 'Too many codes were asked for.' },
    'reset-password': { text: 'The new password, its rules before one types.' },
    'reset-done': { text: 'Every session is over; the way leads to the log-in.' },
  },
  Profile: {
    'profile-first': { text: 'Before there is a recovery account: the blue box at the bottom.' },
    profile: { text: 'With a confirmed recovery account and one that waits.', isMain: true },
    'profile-resume': { text: 'A wizard that was left can be taken up again.' },
    points: { text: 'The points and where they came from.' },
    password: { text: 'A change of the password, which ends every other session.' },
    devices: { text: 'Which devices are signed in; each can be ended.' },
    activity: { text: 'What happened to the security of the account, and how its notices fared.' },
  },
  Wizard: {
    'wizard-kind': { text: 'Step 1: e-mail address or number.' },
    'wizard-address': { text: 'Step 2: the address.', isMain: true },
    'wizard-suggestion': { text: 'A slip in a well-known domain is asked about.' },
    'wizard-refused': { text: 'The primary address is refused as recovery account.' },
    'wizard-authorise': { text: 'Step 3: the code from the primary number.' },
    'wizard-confirm': { text: 'Step 4: the code from the new address.' },
    'wizard-done': { text: 'The recovery account counts, and the points are there.' },
  },
  'Changing addresses': {
    'change-phone': { text: 'Another primary number: the number, the password, and how to prove oneself.' },
    'change-authorise': { text: 'The code that proves who asks.' },
    'change-review': { text: 'What is about to happen, before it does.' },
    'change-confirm': { text: 'The code from the new number.' },
    'change-done': { text: 'Back in the profile, which says what has changed.' },
    'replace-email': { text: 'A recovery account is replaced; the old one works until the new one is proven.' },
    'remove-ask': { text: 'A recovery account is removed only with a code.' },
    'remove-code': { text: 'That code.' },
    'prove-email': { text: 'The primary e-mail address is confirmed.' },
  },
  'When it was somebody else': {
    freeze: { text: 'Freezing the own account from the profile.' },
    'freeze-done': { text: 'Frozen: nobody can log in or change anything.' },
    secure: { text: 'The link of a notice: what happened, and one button that stops it.' },
    'secure-frozen': { text: 'What comes next.' },
    'secure-unknown': { text: 'A link that is none.' },
    'thaw-first': { text: 'Opening the account again: the first of two addresses to prove.' },
    'thaw-code': { text: 'The code to it.' },
    'thaw-second': { text: 'The second address.' },
    'thaw-review': { text: 'What changed in the days before, each to be kept or undone, and a new password.' },
    'thaw-done': { text: 'Open again.' },
    'profile-restricted': { text: 'For a day, addresses and points cannot be touched.' },
    restriction: { text: 'A code to a third address lifts that.' },
    'restriction-code': { text: 'That code.' },
  },
  Help: {
    help: { text: 'Customer care, and answers to what is asked most.' },
    'not-found': { text: 'A page that is not there.' },
  },
}

export const NAMES = Object.values(SCREENS).flatMap((screens) => Object.keys(screens))

export const isMain = (name: string) => Object.values(SCREENS).some((screens) => screens[name]?.isMain)
