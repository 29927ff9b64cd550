import { DocumentTitle } from '@/components/document-title'
import { documentTitle, type Screen } from './screens'

/** The document title of a page without a form. A form writes the title itself. */
export async function PageTitle({ screen }: { screen: Screen }) {
  return <DocumentTitle title={await documentTitle(screen)} />
}
