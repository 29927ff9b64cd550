/** Every screen by the name of its pictures, in the order of the gallery. */
export const SCREENS: Record<string, Record<string, string>> = {
  'Home page': {
    home: 'What everybody sees first: goods, a search, and the way to log in or register.',
    'home-popup': 'The pop-up Recovery Account, for customers who have none yet.',
  },
  Registering: {
    register: 'Name, both primary addresses and a password.',
    'register-refused': 'Refused: a summary with links, and the same sentence at each field.',
    'register-code': 'The number is proven before the account is there.',
    'register-done': 'The end. It is the same for an address that has an account already.',
  },
  'Log-in': {
    login: 'With the e-mail address or the number in any notation.',
    'login-refused': 'One sentence for a wrong password and an unknown account.',
    'login-throttled': 'Too many tries: how long to wait, and what to do instead.',
  },
  'Forgotten password': {
    reset: 'Who one is, and where the code goes: the same two choices for everybody.',
    'reset-code': 'The code screen of somebody who is not signed in: it names no address.',
    'reset-code-wrong': 'A wrong code.',
    'reset-code-early': 'Another code asked for too early: how long to wait.',
    'reset-code-expired': 'The code has expired; the button below sends another.',
    'reset-code-exhausted': 'Five wrong attempts: the way begins anew.',
    'reset-throttled': 'Too many codes were asked for.',
    'reset-password': 'The new password, its rules before one types.',
    'reset-done': 'Every session is over; the way leads to the log-in.',
  },
  Profile: {
    'profile-first': 'Before there is a recovery account: the blue box at the bottom.',
    profile: 'With a confirmed recovery account and one that waits.',
    'profile-resume': 'A wizard that was left can be taken up again.',
    points: 'The points and where they came from.',
    password: 'A change of the password, which ends every other session.',
    devices: 'Which devices are signed in; each can be ended.',
    activity: 'What happened to the security of the account, and how its notices fared.',
  },
  Wizard: {
    'wizard-kind': 'Step 1: e-mail address or number.',
    'wizard-address': 'Step 2: the address.',
    'wizard-suggestion': 'A slip in a well-known domain is asked about.',
    'wizard-refused': 'The primary address is refused as recovery account.',
    'wizard-authorise': 'Step 3: the code from the primary number.',
    'wizard-confirm': 'Step 4: the code from the new address.',
    'wizard-done': 'The recovery account counts, and the points are there.',
  },
  'Changing addresses': {
    'change-phone': 'Another primary number: the number, the password, and how to prove oneself.',
    'change-authorise': 'The code that proves who asks.',
    'change-review': 'What is about to happen, before it does.',
    'change-confirm': 'The code from the new number.',
    'change-done': 'Back in the profile, which says what has changed.',
    'replace-email':
      'A recovery account is replaced; the old one works until the new one is proven.',
    'remove-ask': 'A recovery account is removed only with a code.',
    'remove-code': 'That code.',
    'prove-email': 'The primary e-mail address is confirmed.',
  },
  'When it was somebody else': {
    freeze: 'Freezing the own account from the profile.',
    'freeze-done': 'Frozen: nobody can log in or change anything.',
    secure: 'The link of a notice: what happened, and one button that stops it.',
    'secure-frozen': 'What comes next.',
    'secure-unknown': 'A link that is none.',
    'unfreeze-first': 'Opening the account again: the first of two addresses to prove.',
    'unfreeze-code': 'The code to it.',
    'unfreeze-second': 'The second address.',
    'unfreeze-review':
      'What changed in the days before, each to be kept or undone, and a new password.',
    'unfreeze-done': 'Open again.',
    'profile-restricted': 'For a day, addresses and points cannot be touched.',
    restriction: 'A code to a third address lifts that.',
    'restriction-code': 'That code.',
  },
  Help: {
    help: 'Customer care, and answers to what is asked most.',
    'not-found': 'A page that is not there.',
  },
}

export const NAMES = Object.values(SCREENS).flatMap((screens) => Object.keys(screens))
