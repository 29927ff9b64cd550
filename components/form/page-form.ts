/** The id of the form that is alone on its page. */
export const PAGE_FORM_ID = 'page-form'

/**
 * The field of a button that belongs to this form and chooses a language, without JavaScript. The form is
 * then posted to its own action, which returns it with what was typed (`submit` in `app/_forms`).
 */
export const LANGUAGE_FIELD = 'switchTo'
