/** The git-ignored folder of the full report. */
export const REPORT_FOLDER = '.ux'
/** The folder of every picture, below the report. */
export const PICTURES = 'pictures'
/** The folder of the few pictures that git keeps. */
export const DOCS_IMAGES = 'docs/images'
