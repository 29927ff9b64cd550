/** Every screen by the name of its pictures, in the order of the report. */
export const SCREENS: Record<string, Record<string, string>> = {
  'Home page': {
    home: 'What everybody sees first: goods, a search, and the way to log in or register.',
    'home-popup': 'The pop-up Recovery Account, for customers who have none yet.',
  },
  Registering: {
    register: 'Name, both primary addresses and a password.',
    'register-refused': 'Refused: a summary with links, and the same sentence at each field.',
    'register-code': 'The customer proves the number before the account exists.',
    'register-email':
      'The account exists; the e-mail is confirmed, or later. The same when another account has it.',
    'register-done-phone': 'The end without the code of the e-mail: only the number logs in.',
    'register-done': 'The end after both codes.',
  },
  'Log-in': {
    login: 'With the e-mail address or the number in any notation.',
    'login-refused': 'One sentence for a wrong password and an unknown account.',
    'login-held':
      'After many tries the form waits; with JavaScript it computes and goes on by itself.',
    'logged-out': 'After a log-out: the browser can be forgotten.',
  },
  'Forgotten password': {
    reset: 'The account, and where the code goes. Everybody gets the same two choices.',
    'reset-code': 'The code screen without a session. It names no address.',
    'reset-code-wrong': 'A wrong code.',
    'reset-code-early': 'Another code was requested too early: how long to wait.',
    'reset-code-expired': 'The code has expired; the button below sends another.',
    'reset-code-exhausted': 'After five wrong attempts the customer starts again.',
    'reset-held': 'After many requests the form waits, as at the log-in.',
    'reset-link': 'The link in a notice of wrong codes: a reset with attempts of its own.',
    'reset-password': 'The new password. Its rules are shown before the customer types.',
    'reset-done': 'Every session has ended. The page leads to the log-in.',
  },
  Profile: {
    'profile-first': 'Before there is a recovery account: the blue box at the bottom.',
    profile: 'With one confirmed and one unconfirmed recovery account.',
    'profile-resume': 'The customer can continue an unfinished wizard.',
    points: 'The points and where they came from.',
    password: 'A change of the password, which ends every other session.',
    devices: 'Which devices are signed in; each can be ended.',
    activity: 'What happened to the security of the account, and how its notices fared.',
  },
  Wizard: {
    'wizard-kind': 'Step 1: e-mail address or number.',
    'wizard-address': 'Step 2: the address.',
    'wizard-suggestion': 'The page asks about a typing error in a well-known domain.',
    'wizard-refused': 'The primary address is refused as recovery account.',
    'wizard-authorise': 'Step 3: the code from the primary number.',
    'wizard-confirm': 'Step 4: the code from the new address.',
    'wizard-done': 'The recovery account is active, and the points are booked.',
  },
  'Changing addresses': {
    'change-phone': 'Another primary number: the number, the password, and where the code goes.',
    'change-authorise': 'The code that proves who requests the change.',
    'change-review': 'What is about to happen, before it does.',
    'change-confirm': 'The code from the new number.',
    'change-done': 'Back in the profile, which says what has changed.',
    'replace-email':
      'A recovery account is replaced; the old one works until the new one is proven.',
    'remove-ask': 'Removing a recovery account requires a code.',
    'remove-code': 'The code that confirms the removal.',
    'prove-email': 'The primary e-mail address is confirmed.',
    'profile-without-email': 'Another account has confirmed the unconfirmed e-mail of this one.',
    'add-email': 'An account without a primary e-mail adds one.',
  },
  'When it was somebody else': {
    freeze: 'The customer freezes the account from the profile.',
    'freeze-done': 'Frozen: nobody can log in or change anything.',
    secure: 'The link of a notice: what happened, and one button that stops it.',
    'secure-frozen': 'The account is frozen: what comes next.',
    'secure-unknown': 'An invalid link.',
    'unfreeze-first': 'Opening the account again: the first of two addresses to prove.',
    'unfreeze-code': 'The code to the first address.',
    'unfreeze-second': 'The second address.',
    'unfreeze-review':
      'What changed in the days before, each to be kept or undone, and a new password.',
    'unfreeze-done': 'Open again.',
    'profile-restricted': 'For a day, addresses and points cannot be changed.',
    restriction: 'A code to a third address lifts that.',
    'restriction-code': 'The code that lifts the restriction.',
  },
  Help: {
    help: 'Persona care, and answers to frequent questions.',
    'not-found': 'A page that does not exist.',
  },
}

export const SCREEN_NAMES = Object.values(SCREENS).flatMap((screens) => Object.keys(screens))
